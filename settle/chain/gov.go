package chain

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/openledger/openledger/settle/contract/ledger"
	"github.com/openledger/openledger/settle/contract/opengovernor"
)

var governorABI = opengovernor.NewOpenGovernor()

// A Proposal is what holders of OPEN vote on: one call of the timelock.
type Proposal struct {
	ID                    *big.Int
	Target                common.Address
	Data                  []byte
	Text                  string
	Proposer              common.Address
	Start, End            time.Time // of the vote
	State                 ProposalState
	For, Against, Abstain *big.Int
	Quorum                *big.Int  // votes that it takes, once the vote has begun
	Ready                 time.Time // when it can be executed, once it is queued
}

// A ProposalState is how far a proposal is, as OpenZeppelin's Governor has it.
type ProposalState uint8

// States are those of the contract.
const (
	Pending ProposalState = iota
	Active
	Canceled
	Defeated
	Succeeded
	Queued
	Expired
	Executed
)

func (s ProposalState) String() string {
	return [...]string{"pending", "active", "canceled", "defeated", "succeeded", "queued", "expired", "executed"}[s%8]
}

// A Vote is for, against or neither; numbers are those of the contract.
type Vote uint8

// Votes.
const (
	Against Vote = iota
	For
	Abstain
)

func (p *Proposal) parts() (targets []common.Address, values []*big.Int, data [][]byte) {
	return []common.Address{p.Target}, []*big.Int{new(big.Int)}, [][]byte{p.Data}
}

// Delegate has the caller's OPEN count as votes of somebody, of itself too: before
// that they count for nobody.
func (k *Contracts) Delegate(to common.Address) Call {
	return Call{To: k.Token, Data: tokenABI.PackDelegate(to)}
}

// Votes returns the votes that an account has now.
func (k *Contracts) Votes(ctx context.Context, a common.Address) (*big.Int, error) {
	return view(ctx, k.Client, k.Token, tokenABI.PackGetVotes(a), tokenABI.UnpackGetVotes)
}

// Threshold returns the votes that it takes to propose.
func (k *Contracts) Threshold(ctx context.Context) (*big.Int, error) {
	return view(ctx, k.Client, k.Governor, governorABI.PackProposalThreshold(), governorABI.UnpackProposalThreshold)
}

// ProposeSplit proposes another split of fees.
func (k *Contracts) ProposeSplit(bps [6]uint16, text string) Call {
	p := Proposal{Target: k.Ledger, Data: ledgerABI.PackSetSplit(bps)}
	targets, values, data := p.parts()
	return Call{To: k.Governor, Data: governorABI.PackPropose(targets, values, data, text)}
}

// ProposeTerms proposes other times and amounts of epochs; zero leaves one as it is.
func (k *Contracts) ProposeTerms(ctx context.Context, w Window, bond *big.Int, text string) (Call, error) {
	t, err := k.terms(ctx)
	if err != nil {
		return Call{}, err
	}
	for _, c := range []struct {
		to   *uint32
		from time.Duration
	}{{&t.Window, w.Proof}, {&t.LeaderTime, w.Leader}, {&t.DemandTime, w.Demand}} {
		if c.from > 0 {
			*c.to = uint32(c.from / time.Second)
		}
	}
	if bond != nil && bond.Sign() > 0 {
		t.Bond = bond
	}
	p := Proposal{Target: k.Ledger, Data: ledgerABI.PackSetTerms(ledger.LedgerTerms(t))}
	targets, values, data := p.parts()
	return Call{To: k.Governor, Data: governorABI.PackPropose(targets, values, data, text)}, nil
}

// CastVote votes on a proposal.
func (k *Contracts) CastVote(id *big.Int, v Vote) Call {
	return Call{To: k.Governor, Data: governorABI.PackCastVote(id, uint8(v))}
}

// QueueProposal hands a proposal that succeeded to the timelock.
func (k *Contracts) QueueProposal(p Proposal) Call {
	targets, values, data := p.parts()
	return Call{To: k.Governor, Data: governorABI.PackQueue(targets, values, data, crypto.Keccak256Hash([]byte(p.Text)))}
}

// ExecuteProposal carries a proposal out whose time in the timelock is over.
func (k *Contracts) ExecuteProposal(p Proposal) Call {
	targets, values, data := p.parts()
	return Call{To: k.Governor, Data: governorABI.PackExecute(targets, values, data, crypto.Keccak256Hash([]byte(p.Text)))}
}

// Proposals returns all proposals of one call each, the oldest first.
func (k *Contracts) Proposals(ctx context.Context) (all []Proposal, err error) {
	err = k.logs(ctx, k.Governor, governorABI.GetABI().Events["ProposalCreated"].ID, 0, func(l *types.Log) error {
		e, err := governorABI.UnpackProposalCreatedEvent(l)
		if err != nil || len(e.Targets) != 1 || len(e.Calldatas) != 1 {
			return err
		}
		all = append(all, Proposal{
			ID: e.ProposalId, Target: e.Targets[0], Data: e.Calldatas[0], Text: e.Description, Proposer: e.Proposer,
			Start: time.Unix(e.VoteStart.Int64(), 0), End: time.Unix(e.VoteEnd.Int64(), 0),
		})
		return nil
	})
	for i := range all {
		if err == nil {
			err = k.follow(ctx, &all[i])
		}
	}
	return all, err
}

// follow reads how far a proposal is.
func (k *Contracts) follow(ctx context.Context, p *Proposal) error {
	n, err := view(ctx, k.Client, k.Governor, governorABI.PackState(p.ID), governorABI.UnpackState)
	if err != nil {
		return fmt.Errorf("read the state of a proposal: %w", err)
	}
	p.State = ProposalState(n)
	votes, err := view(ctx, k.Client, k.Governor, governorABI.PackProposalVotes(p.ID), governorABI.UnpackProposalVotes)
	if err != nil {
		return fmt.Errorf("read the votes on a proposal: %w", err)
	}
	p.For, p.Against, p.Abstain, p.Quorum = votes.ForVotes, votes.AgainstVotes, votes.AbstainVotes, new(big.Int)
	if p.State != Pending {
		if p.Quorum, err = view(ctx, k.Client, k.Governor, governorABI.PackQuorum(big.NewInt(p.Start.Unix())), governorABI.UnpackQuorum); err != nil {
			return fmt.Errorf("read the quorum of a proposal: %w", err)
		}
	}
	eta, err := view(ctx, k.Client, k.Governor, governorABI.PackProposalEta(p.ID), governorABI.UnpackProposalEta)
	if err == nil && eta.Sign() > 0 {
		p.Ready = time.Unix(eta.Int64(), 0)
	}
	return err
}

// Says returns in words what a proposal does.
func (k *Contracts) Says(p Proposal) string {
	a := ledgerABI.GetABI()
	if len(p.Data) < 4 || p.Target != k.Ledger {
		return fmt.Sprintf("call %v with %d bytes", p.Target, len(p.Data))
	}
	m, err := a.MethodById(p.Data[:4])
	if err != nil {
		return fmt.Sprintf("call the Ledger with %d bytes", len(p.Data))
	}
	args, err := m.Inputs.Unpack(p.Data[4:])
	if err != nil {
		return m.Name
	}
	return fmt.Sprintf("%s %v", m.Name, args)
}
