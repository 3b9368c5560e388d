package chain

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/settle/contract/jobescrow"
	"github.com/openledger/openledger/settle/epoch"
)

// An Offer is what a requester opens a job with; JobEscrow.sol says more.
// Amounts are units of 1e-18 OPEN.
type Offer struct {
	Spec     [32]byte // sha-256 of the JobSpec: job.ID
	Steps    uint32
	Window   time.Duration // in which a submitted range can be disputed
	Patience time.Duration // in which a dispute must be resolved
	Until    time.Time     // nobody is engaged after it
	Escrow   *big.Int      // all that the job can cost, Data included
	Data     *big.Int      // for the data, if all steps are done
	Pool     common.Address
}

func (o *Offer) form() jobescrow.Offer {
	return jobescrow.Offer{
		Spec: o.Spec, Steps: o.Steps, Window: uint32(o.Window / time.Second), Patience: uint32(o.Patience / time.Second),
		Until: big.NewInt(o.Until.Unix()), Escrow: o.Escrow, Data: o.Data, Pool: o.Pool,
	}
}

// A JobKey names a job on one chain: it binds the requester and all of its offer.
type JobKey [32]byte

// A Member names an engagement: it is what its worker signs.
type Member [32]byte

// An Engagement is what a worker or an auditor signs: steps From to To for Pay.
type Engagement struct {
	Job     JobKey
	Worker  common.Address // staker
	Replica uint32
	From    uint32 // From <= step < To
	To      uint32
	Due     time.Time // until when it must have submitted
	Pay     *big.Int  // for all of them
	Stake   *big.Int
	Bond    *big.Int
	Salt    uint64
}

func (e *Engagement) form() jobescrow.Engagement {
	return jobescrow.Engagement{
		Job: e.Job, Worker: e.Worker, Replica: e.Replica, From: e.From, To: e.To, Due: big.NewInt(e.Due.Unix()),
		Pay: e.Pay, Stake: e.Stake, Bond: e.Bond, Salt: e.Salt,
	}
}

const (
	engagementType = "Engagement(bytes32 job,address worker,uint32 replica,uint32 from,uint32 to,uint40 due,uint96 pay,uint96 stake,uint96 bond,uint64 salt)"
	partType       = "Part(bytes32 member,uint32 upTo)"
)

// slots are values as abi.encode writes them.
func slots(typeHash common.Hash, values ...any) []byte {
	out := typeHash.Bytes()
	for _, v := range values {
		switch v := v.(type) {
		case [32]byte:
			out = append(out, v[:]...)
		case common.Address:
			out = append(out, common.LeftPadBytes(v[:], 32)...)
		case uint64:
			out = append(out, common.LeftPadBytes(new(big.Int).SetUint64(v).Bytes(), 32)...)
		case *big.Int:
			out = append(out, common.LeftPadBytes(v.Bytes(), 32)...)
		default:
			panic(fmt.Sprintf("chain: internal error: a %T has no word", v))
		}
	}
	return out
}

func (k *Contracts) inJobs(words []byte) [32]byte {
	hash := crypto.Keccak256(words)
	return [32]byte(crypto.Keccak256([]byte("\x19\x01"), k.jobs[:], hash))
}

// MemberOf returns the name of an engagement, which its worker signs (EIP-712).
func (k *Contracts) MemberOf(e Engagement) Member {
	return k.inJobs(slots(crypto.Keccak256Hash([]byte(engagementType)), [32]byte(e.Job), e.Worker, uint64(e.Replica), uint64(e.From),
		uint64(e.To), big.NewInt(e.Due.Unix()), e.Pay, e.Stake, e.Bond, e.Salt))
}

// PartOf returns what a worker signs to be paid for its steps before upTo.
func (k *Contracts) PartOf(m Member, upTo uint32) [32]byte {
	return k.inJobs(slots(crypto.Keccak256Hash([]byte(partType)), [32]byte(m), uint64(upTo)))
}

// SignFor signs what MemberOf or PartOf returned.
func SignFor(s Signer, digest [32]byte) (out epoch.Signature, err error) {
	b, err := s.Sign(digest)
	if err != nil {
		return out, err
	}
	copy(out[:], b)
	out[64] += 27
	return out, nil
}

// JobOf returns the name of a job on this chain.
func (k *Contracts) JobOf(ctx context.Context, requester common.Address, o Offer) (JobKey, error) {
	return view(ctx, k.Client, k.Jobs, jobsABI.PackJobOf(requester, o.form()), func(b []byte) (JobKey, error) {
		return jobsABI.UnpackJobOf(b)
	})
}

// OpenJob opens a job of the caller, which has approved k.Jobs for the escrow.
func (k *Contracts) OpenJob(o Offer) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackOpen(o.form())}
}

// FundJob puts more aside for a job.
func (k *Contracts) FundJob(job JobKey, amount *big.Int) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackFund(job, amount)}
}

// Engage engages who signed MemberOf(e); for the requester. It locks stake and
// bond in Staking.
func (k *Contracts) Engage(e Engagement, s epoch.Signature) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackEngage(e.form(), s[:])}
}

// Submit submits the root of a worker's steps before upTo; for its operator key.
func (k *Contracts) Submit(m Member, upTo uint32, root [32]byte) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackSubmit(m, upTo, root)}
}

// ApproveMembers pays members at once, for the requester: all that they were engaged
// for, or what they have submitted.
func (k *Contracts) ApproveMembers(members ...Member) Call {
	all := make([][32]byte, len(members))
	for i, m := range members {
		all[i] = m
	}
	return Call{To: k.Jobs, Data: jobsABI.PackApprove(all)}
}

// ApprovePart pays a member for its steps before upTo, which it signed PartOf for.
func (k *Contracts) ApprovePart(m Member, upTo uint32, s epoch.Signature) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackApprovePart(m, upTo, s[:])}
}

// Release pays a member whose window is over; for anybody.
func (k *Contracts) Release(m Member) Call { return Call{To: k.Jobs, Data: jobsABI.PackRelease(m)} }

// Expire ends the engagement of who submitted nothing in time; for anybody.
func (k *Contracts) Expire(m Member) Call { return Call{To: k.Jobs, Data: jobsABI.PackExpire(m)} }

// Lapse ends a dispute that nobody resolved in time; for anybody.
func (k *Contracts) Lapse(m Member) Call { return Call{To: k.Jobs, Data: jobsABI.PackLapse(m)} }

// Conflict holds two members with different roots of equal steps; for anybody.
func (k *Contracts) Conflict(a, b Member) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackConflict(a, b)}
}

// ConvictMember shows JobEscrow the last step of a dispute: the Referee convicts who
// signed its records, and the member is not paid and loses what the stake of the
// job is more than that took. The challenger's part goes to challenger.
func (k *Contracts) ConvictMember(m Member, b *dispute.Brief, challenger common.Address) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackConvict(m, refereeABI.PackJudge(RefereeBrief(b))[4:], challenger)}
}

// FollowConviction does so to a member that the Referee has convicted already, as
// signer; for anybody.
func (k *Contracts) FollowConviction(m Member, signer common.Address) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackFollow(m, signer)}
}

// ConvictionOf returns who had a signer convicted by the Referee in a job, zero if
// nobody had, and how much that took.
func (k *Contracts) ConvictionOf(ctx context.Context, spec [32]byte, signer common.Address) (challenger common.Address, taken *big.Int, err error) {
	c, err := view(ctx, k.Client, k.Referee, refereeABI.PackConvictionOf(spec, signer), refereeABI.UnpackConvictionOf)
	return c.Challenger, c.Taken, err
}

// RefundJob ends a job of which nobody is engaged any more.
func (k *Contracts) RefundJob(job JobKey) Call {
	return Call{To: k.Jobs, Data: jobsABI.PackRefund(job)}
}

// A JobState is what the chain holds of a job.
type JobState struct {
	Requester      common.Address // zero: there is none
	Held, Promised *big.Int
	Done           uint32 // the last step of a range that was paid
	Engaged        uint32
	Closed         bool
}

// Job returns what the chain holds of a job.
func (k *Contracts) Job(ctx context.Context, job JobKey) (JobState, error) {
	j, err := view(ctx, k.Client, k.Jobs, jobsABI.PackJob(job), jobsABI.UnpackJob)
	if err != nil {
		return JobState{}, fmt.Errorf("read a job: %w", err)
	}
	return JobState{j.Requester, j.Held, j.Promised, j.Done, j.Engaged, j.Closed}, nil
}

// A MemberStage is where an engagement is; JobEscrow.sol has the numbers.
type MemberStage uint8

// Stages are those of the contract.
const (
	NotEngaged MemberStage = iota
	Engaged
	Submitted
	InDispute
	Paid
	Slashed
	Vanished
	Lapsed
)

// A MemberState is what the chain holds of an engagement.
type MemberState struct {
	Stage MemberStage
	UpTo  uint32    // submitted
	Time  time.Time // due, submitted or disputed
	Root  [32]byte
}

// Member returns what the chain holds of an engagement.
func (k *Contracts) Member(ctx context.Context, m Member) (MemberState, error) {
	x, err := view(ctx, k.Client, k.Jobs, jobsABI.PackMember(m), jobsABI.UnpackMember)
	if err != nil {
		return MemberState{}, fmt.Errorf("read an engagement: %w", err)
	}
	return MemberState{MemberStage(x.State), x.UpTo, time.Unix(x.Time.Int64(), 0), x.Root}, nil
}

// Free returns what a staker has bonded and not locked.
func (k *Contracts) Free(ctx context.Context, staker common.Address) (*big.Int, error) {
	return view(ctx, k.Client, k.Staking, stakingABI.PackFreeOf(staker), stakingABI.UnpackFreeOf)
}
