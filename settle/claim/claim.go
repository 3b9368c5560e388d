// Package claim proves what an account has earned and collects it.
//
// The invariant: an account is paid what it has earned in all less what it has
// claimed, whoever claims, however often and wherever a process was killed: what
// is claimed is cumulative, and goes through an outbox.
//
// Start with Dues; lines.go says what earnings consist of.
package claim

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// A Due is what an account can claim, with the proof.
type Due struct {
	Account common.Address
	Place   uint32
	Leaf    epoch.EarnedLeaf // under the header of the book
	Claimed *big.Int
}

// Amount returns what a claim pays.
func (d *Due) Amount() *big.Int { return new(big.Int).Sub(d.Leaf.Earned.ToBig(), d.Claimed) }

// Dues returns what accounts can claim under a book, which MUST be that of the
// last final epoch. Those that have nothing to claim are left out.
func Dues(ctx context.Context, k *chain.Contracts, b *epoch.Book, accounts ...common.Address) (all []Due, err error) {
	for _, a := range accounts {
		place, earned, _, ok := b.State().Earned(epoch.AccountOf(a))
		if !ok {
			continue
		}
		claimed, err := k.Claimed(ctx, place)
		if err != nil {
			return nil, fmt.Errorf("read what %v has claimed: %w", a, err)
		}
		if earned.ToBig().Cmp(claimed) > 0 {
			all = append(all, Due{a, place, b.State().OpenEarned(place), claimed})
		}
	}
	return all, nil
}

// most is how many accounts one transaction claims for.
const most = 100

// Put hands claims of dues to an outbox and returns the names of their calls. A
// claim that waits unsigned under an older header is taken back: that header is
// no longer the last final one.
func Put(ctx context.Context, k *chain.Contracts, o *chain.Outbox, h epoch.Header, dues []Due) (names []string, err error) {
	open, err := o.Open(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range open {
		var n uint64
		if _, err := fmt.Sscanf(e.Name, "claim of epoch %d", &n); err == nil && n < h.Epoch {
			if _, err := o.Cancel(ctx, e.Name); err != nil {
				return nil, err
			}
		}
	}
	for len(dues) > 0 {
		some := dues[:min(most, len(dues))]
		dues = dues[len(some):]
		var places []uint32
		var leaves []epoch.EarnedLeaf
		for i := range some {
			places, leaves = append(places, some[i].Place), append(leaves, some[i].Leaf)
		}
		name := fmt.Sprintf("claim of epoch %d at place %d and %d more", h.Epoch, places[0], len(places)-1)
		if name, err = o.Attempt(ctx, name, k.Claim(h, places, leaves)); err != nil {
			return names, err
		}
		names = append(names, name)
	}
	return names, nil
}

// SetPayout has the earnings of the outbox's account go to an address, unless
// they do already; name is that of the call, empty if there is none.
func SetPayout(ctx context.Context, k *chain.Contracts, o *chain.Outbox, account, to common.Address) (name string, err error) {
	now, err := k.Payout(ctx, account)
	if err != nil {
		return "", fmt.Errorf("read the payout address of %v: %w", account, err)
	}
	if now == to {
		return "", nil
	}
	name, ok, err := o.Same(ctx, k.SetPayout(to))
	if err != nil || ok {
		return name, err
	}
	// The count sets it apart from an earlier one: A, B, then A again.
	count, err := k.Client.NonceAt(ctx, account, nil)
	if err != nil {
		return "", fmt.Errorf("ask for the nonce of %v: %w", account, err)
	}
	name = fmt.Sprintf("payout to %v, %d", to, count)
	return name, o.Put(ctx, name, k.SetPayout(to))
}
