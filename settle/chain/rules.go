package chain

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/openledger/openledger/settle/epoch"
)

// Rules answers what package epoch asks of the chain, as it is now, and keeps
// each answer. Err says whether the chain failed to answer: then what was
// computed MUST be thrown away.
type Rules struct {
	k   *Contracts
	ctx context.Context // of the one replay that the Rules were made for
	err error

	payers   map[payerKey]payerRule
	enrolled map[payerKey]bool
	splits   map[uint64][6]uint16
	forced   map[uint64][32]byte
}

type payerKey struct {
	address common.Address
	epoch   uint64
}

type payerRule struct {
	id    uint32
	limit epoch.Amount
}

// Rules returns the rules for one replay. Answers are of the last block.
func (k *Contracts) Rules(ctx context.Context) *Rules {
	return &Rules{
		k: k, ctx: ctx, payers: make(map[payerKey]payerRule), enrolled: make(map[payerKey]bool),
		splits: make(map[uint64][6]uint16), forced: make(map[uint64][32]byte),
	}
}

var _ epoch.Rules = (*Rules)(nil)

// Err returns why the chain did not answer, nil if it always did.
func (r *Rules) Err() error { return r.err }

func (r *Rules) failed(what string, err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("read %s: %w", what, err)
	}
}

// Domain returns the EIP-712 domain separator.
func (r *Rules) Domain() [32]byte { return r.k.domain }

// Payer returns the number of a payer and its limit.
func (r *Rules) Payer(a common.Address, e uint64) (uint32, epoch.Amount) {
	key := payerKey{a, e}
	p, ok := r.payers[key]
	if !ok {
		var err error
		p.id, err = view(r.ctx, r.k.Client, r.k.Ledger, ledgerABI.PackPayerId(a), ledgerABI.UnpackPayerId)
		r.failed("the number of a payer", err)
		limit, err := view(r.ctx, r.k.Client, r.k.Ledger, ledgerABI.PackLimitOf(p.id, e), ledgerABI.UnpackLimitOf)
		r.failed("the limit of a payer", err)
		if err == nil {
			p.limit = *uint256.MustFromBig(limit)
		}
		r.payers[key] = p
	}
	return p.id, p.limit
}

// Enrolled says whether a key signs distributions of an epoch.
func (r *Rules) Enrolled(a common.Address, e uint64) bool {
	key := payerKey{a, e}
	v, ok := r.enrolled[key]
	if !ok {
		var err error
		v, err = view(r.ctx, r.k.Client, r.k.Ledger, ledgerABI.PackIsEnrolled(a, e), ledgerABI.UnpackIsEnrolled)
		r.failed("who is enrolled", err)
		r.enrolled[key] = v
	}
	return v
}

// Split returns the parts of a fee.
func (r *Rules) Split(e uint64) [6]uint16 {
	v, ok := r.splits[e]
	if !ok {
		var err error
		v, err = view(r.ctx, r.k.Client, r.k.Ledger, ledgerABI.PackSplitOf(e), ledgerABI.UnpackSplitOf)
		r.failed("the split of fees", err)
		r.splits[e] = v
	}
	return v
}

// Forced returns the content of an entry of the forced queue.
func (r *Rules) Forced(i uint64) [32]byte {
	v, ok := r.forced[i]
	if !ok {
		entry, err := view(r.ctx, r.k.Client, r.k.Challenges, challengesABI.PackEntry(new(uint256.Int).SetUint64(i).ToBig()), challengesABI.UnpackEntry)
		r.failed("an entry of the forced queue", err)
		v = entry.Content
		r.forced[i] = v
	}
	return v
}
