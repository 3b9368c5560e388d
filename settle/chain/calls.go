package chain

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/settle/contract/challenges"
	"github.com/openledger/openledger/settle/contract/ledger"
	"github.com/openledger/openledger/settle/epoch"
)

// A Call is what a transaction does; To zero makes a contract.
type Call struct {
	To    common.Address
	Data  []byte
	Value *big.Int // ether to send, in wei; nil is none
}

// Transfer sends OPEN.
func (k *Contracts) Transfer(to common.Address, amount *big.Int) Call {
	return Call{To: k.Token, Data: tokenABI.PackTransfer(to, amount)}
}

// Approve lets a contract take OPEN of the caller, for a deposit or a stake.
func (k *Contracts) Approve(spender common.Address, amount *big.Int) Call {
	return Call{To: k.Token, Data: tokenABI.PackApprove(spender, amount)}
}

// Deposit deposits for a payer.
func (k *Contracts) Deposit(payer common.Address, amount *big.Int) Call {
	return Call{To: k.Ledger, Data: ledgerABI.PackDeposit(payer, amount)}
}

// Exit takes an amount out of what the caller can spend.
func (k *Contracts) Exit(amount *big.Int) Call {
	return Call{To: k.Ledger, Data: ledgerABI.PackExit(amount)}
}

// Withdraw pays out what has left, h being the last final header.
func (k *Contracts) Withdraw(h epoch.Header, leaf epoch.SpentLeaf, to common.Address) Call {
	return Call{To: k.Ledger, Data: ledgerABI.PackWithdraw(header(&h), ledger.Spent(spent(&leaf)), to)}
}

// Stake bonds OPEN for a staker.
func (k *Contracts) Stake(staker common.Address, amount *big.Int) Call {
	return Call{To: k.Staking, Data: stakingABI.PackStakeFor(staker, amount)}
}

// SetPayout names where withdrawals and claims of the caller go.
func (k *Contracts) SetPayout(to common.Address) Call {
	return Call{To: k.Staking, Data: stakingABI.PackSetPayout(to)}
}

// Enroll lets the caller sign distributions, from the epoch after the next on.
func (k *Contracts) Enroll() Call { return Call{To: k.Ledger, Data: ledgerABI.PackEnroll()} }

// Post posts an epoch: its header, the one before and the path of its last state.
func (k *Contracts) Post(h, before epoch.Header, last []merkle.Digest) Call {
	return Call{To: k.Ledger, Data: ledgerABI.PackPost(header(&h), header(&before), short(h.Records-1, last))}
}

// Finalize makes an epoch final.
func (k *Contracts) Finalize(h epoch.Header) Call {
	return Call{To: k.Ledger, Data: ledgerABI.PackFinalizeEpoch(header(&h))}
}

// Claim collects what accounts have earned, under the last final header. A pool
// has nothing to claim.
func (k *Contracts) Claim(h epoch.Header, places []uint32, leaves []epoch.EarnedLeaf) Call {
	places, leaves = ascending(places, leaves)
	packed := make([]*big.Int, len(leaves))
	for i := range leaves {
		packed[i] = new(big.Int).SetBytes(leaves[i].Account[:])
		packed[i].Lsh(packed[i], 96).Or(packed[i], leaves[i].Earned.ToBig())
	}
	if len(places) == 1 {
		return Call{To: k.Ledger, Data: ledgerABI.PackClaim(h.Digest(), h.EarnedRoot, places[0], packed[0], short(uint64(places[0]), leaves[0].Path))}
	}
	return Call{To: k.Ledger, Data: ledgerABI.PackClaimMany(h.Digest(), h.EarnedRoot, places, packed, joined(places, leaves))}
}

// SetSplit sets the split of fees from the epoch after the next on; for the
// timelock.
func (k *Contracts) SetSplit(bps [6]uint16) Call {
	return Call{To: k.Ledger, Data: ledgerABI.PackSetSplit(bps)}
}

// Pause stops claims and withdrawals for at most 7 days; for the guardian.
func (k *Contracts) Pause() Call { return Call{To: k.Ledger, Data: ledgerABI.PackPause()} }

// Unpause ends a pause.
func (k *Contracts) Unpause() Call { return Call{To: k.Ledger, Data: ledgerABI.PackUnpause()} }

// Force puts a usage into the queue that aggregators must take.
func (k *Contracts) Force(u *epoch.Usage) Call {
	return Call{To: k.Challenges, Data: challengesABI.PackForce(usage(&epoch.Record{Usage: u}))}
}

// Demand asks for 16 records of an epoch with the sums after them, with a bond;
// epoch.DemandOf says with which number.
func (k *Contracts) Demand(h epoch.Header, number uint64) Call {
	return Call{To: k.Challenges, Data: challengesABI.PackDemand(challenges.Header(header(&h)), number)}
}

// Challenge proves a posted epoch wrong by what epoch.Book.Check found.
func (k *Contracts) Challenge(f *epoch.Fault) (Call, error) {
	h, g := challenges.Header(header(&f.Header)), challenges.Header(header(&f.Previous))
	at := challenges.ChallengesAt{Header: h, Record: f.Record, Path: short(f.Record, f.RecordPath)}
	r := &f.Content
	var data []byte
	switch {
	case f.First != nil && f.First.Path == nil:
		return Call{}, fmt.Errorf("record %d settles what record %d of epoch %d has settled: open that one first (Fault.Open)", f.Record, f.First.Record, f.First.Epoch)
	case f.First != nil:
		first := challenges.ChallengesAt{Header: challenges.Header(header(&f.First.Header)), Record: f.First.Record, Path: short(f.First.Record, f.First.Path)}
		if r.Usage != nil {
			data = challengesABI.PackProveDuplicate(first, usage(&f.First.Content), at, usage(r))
		} else {
			data = challengesABI.PackProveDuplicatePayment(first, payment(&f.First.Content), at, payment(r))
		}
	case f.ForcedOut:
		kind, content, placed := r.Parts()
		data = challengesABI.PackProveForcedOut(at, g, kind, content, placed)
	default:
		c := challenges.ChallengesClaim{
			Header: h, Previous: g, Record: f.Record, RecordPath: short(f.Record, f.RecordPath),
			Before: state(&f.Before), BeforePath: short(f.Record-1, f.BeforePath), Later: state(&f.Later), LaterPath: short(f.Record, f.LaterPath),
		}
		switch {
		case r.Usage != nil && r.Void:
			data = challengesABI.PackProveVoid(c, usage(r), spent(&f.Spent), opened(r, f.Earned))
		case r.Usage != nil:
			data = challengesABI.PackProveUsage(c, usage(r), spent(&f.Spent), opened(r, f.Earned))
		case r.Payment != nil:
			data = challengesABI.PackProvePayment(c, payment(r), opened(r, f.Earned))
		default:
			_, _, placed := r.Parts()
			data = challengesABI.PackProveDismissed(c, placed)
		}
	}
	return Call{To: k.Challenges, Data: data}, nil
}

// opened returns the places that a record changes, as they are opened.
func opened(r *epoch.Record, leaves []epoch.EarnedLeaf) []challenges.Earned {
	places := []uint32{0, 1, 2}
	if r.Payment != nil {
		places = []uint32{r.Place}
	}
	places = append(places, r.Places...)
	out := make([]challenges.Earned, len(leaves))
	for i := range leaves {
		out[i] = earned(&leaves[i])
		if i < len(places) {
			out[i].Path = short(uint64(places[i]), leaves[i].Path)
		}
	}
	return out
}

// Dismiss takes an entry out of the forced queue that an older record, opened, has
// settled already; tip is the last header.
func (k *Contracts) Dismiss(entry uint64, forced *epoch.Usage, first *epoch.First, tip epoch.Header) (Call, error) {
	if first.Path == nil || first.Content.Usage == nil {
		return Call{}, fmt.Errorf("record %d of epoch %d has settled entry %d of the forced queue: open that one first (First.OpenIn)", first.Record, first.Epoch, entry)
	}
	at := challenges.ChallengesAt{Header: challengeHeader(&first.Header), Record: first.Record, Path: path(first.Path)}
	return Call{To: k.Challenges, Data: challengesABI.PackDismiss(new(big.Int).SetUint64(entry), usage(&epoch.Record{Usage: forced}), at, usage(&first.Content), challengeHeader(&tip))}, nil
}

// Entry returns the content of an entry of the forced queue, zero if it was
// dismissed.
func (k *Contracts) Entry(ctx context.Context, entry uint64) ([32]byte, error) {
	e, err := view(ctx, k.Client, k.Challenges, challengesABI.PackEntry(new(big.Int).SetUint64(entry)), challengesABI.UnpackEntry)
	if err != nil {
		return [32]byte{}, fmt.Errorf("read entry %d of the forced queue: %w", entry, err)
	}
	return e.Content, nil
}
