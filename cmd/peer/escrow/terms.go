package escrow

import (
	"math"
	"math/big"
	"time"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

// Wei returns an amount in units of 1e-18 OPEN, as contracts count.
func Wei(a job.Amount) *big.Int {
	return new(big.Int).Mul(new(big.Int).SetUint64(uint64(a)), big.NewInt(1e12))
}

// seconds rounds a duration up.
func seconds(m job.Millis) time.Duration {
	return time.Duration((m+999)/1000) * time.Second
}

// lastsFor is how long a job may take from now, from the first bid to its end.
func lastsFor(s *job.Spec) time.Duration {
	return seconds(s.Terms.Job) + seconds(s.Terms.Pause) + seconds(s.Terms.Window)
}

// offer is what a requester opens a job with. All but until follows from its spec,
// so that who is to be engaged can check it.
func offer(s *job.Spec, until time.Time) chain.Offer {
	return chain.Offer{
		Spec: s.ID(), Steps: uint32(s.Steps()), Window: seconds(s.Terms.Window), Patience: seconds(s.Terms.Clock)*2 + seconds(s.Terms.Window),
		Until: until, Escrow: Wei(s.Escrow()), Data: Wei(s.Terms.Data), Pool: [20]byte(s.Terms.Pool),
	}
}

// A contract is an engagement with what else its job's offer follows from. It is
// what a Hire asks to sign.
type contract struct {
	Until   uint64 // of the offer, Unix seconds
	Staker  record.Account
	Replica uint64
	From    uint64
	To      uint64
	Due     uint64 // Unix seconds
	Pay     job.Amount
	Stake   job.Amount
	Bond    job.Amount
	Salt    uint64
}

func (c *contract) engagement(k chain.JobKey) chain.Engagement {
	return chain.Engagement{
		Job: k, Worker: [20]byte(c.Staker), Replica: uint32(c.Replica), From: uint32(c.From), To: uint32(c.To), Due: time.Unix(int64(c.Due), 0),
		Pay: Wei(c.Pay), Stake: Wei(c.Stake), Bond: Wei(c.Bond), Salt: c.Salt,
	}
}

// AppendCanon appends [until, staker, replica, from, to, due, pay, stake, bond, salt].
func (c *contract) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 10), c.Until)
	b = canon.AppendBytes(b, c.Staker[:])
	for _, n := range []uint64{c.Replica, c.From, c.To, c.Due, uint64(c.Pay), uint64(c.Stake), uint64(c.Bond), c.Salt} {
		b = canon.AppendUint(b, n)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (c *contract) ReadCanon(r *canon.Reader) {
	const time = 1<<40 - 1 // as the contract has it
	r.Fields(10)
	c.Until = r.Uint(time)
	r.Fixed(c.Staker[:])
	c.Replica, c.From, c.To = r.Uint(math.MaxUint32), r.Uint(job.MaxSteps), r.Uint(job.MaxSteps)
	c.Due = r.Uint(time)
	for _, a := range []*job.Amount{&c.Pay, &c.Stake, &c.Bond} {
		*a = job.Amount(r.Uint(uint64(job.MaxAmount)))
	}
	c.Salt = r.Uint(math.MaxUint64)
}

func readContract(b []byte) (*contract, error) {
	c := new(contract)
	return c, canon.Decode(b, c, canon.Limits{Total: 256, Depth: 1})
}

// A share is what a PayPart asks to sign: that a member is paid for its steps
// before UpTo, and that this is all.
type share struct {
	Member [32]byte
	UpTo   uint64
}

// AppendCanon appends [member, up to].
func (p *share) AppendCanon(b []byte) []byte {
	return canon.AppendUint(canon.AppendBytes(canon.AppendArray(b, 2), p.Member[:]), p.UpTo)
}

// ReadCanon reads what AppendCanon wrote.
func (p *share) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	r.Fixed(p.Member[:])
	p.UpTo = r.Uint(job.MaxSteps)
}

func readShare(b []byte) (*share, error) {
	p := new(share)
	return p, canon.Decode(b, p, canon.Limits{Total: 64, Depth: 1})
}
