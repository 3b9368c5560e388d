package upkeep

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/epoch"
	"github.com/openledger/openledger/storage/erasure"
	"github.com/openledger/openledger/storage/pin"
)

// A World is what a statement is checked against.
type World struct {
	Network record.Network
	Domain  [32]byte  // of the Ledger
	Get     epoch.Get // blocks, checked against their CIDs
	// Find calls use with blocks that somebody says are the statement behind some
	// evidence, until it returns no error.
	Find func(ctx context.Context, evidence [32]byte, use func(block []byte) error) error
	// Shards returns what audits know of a version, which MUST be one of that
	// Datanet.
	Shards func(ctx context.Context, datanet [32]byte, version cid.Cid) (pin.Shards, error)
	// Beacon returns the public random value of a slot.
	Beacon func(ctx context.Context, slot uint64) ([32]byte, error)
}

// An Unfounded says that a payment does not follow from its statement.
type Unfounded struct{ Reason string }

func (e *Unfounded) Error() string { return "a payment of storage without ground: " + e.Reason }

func unfounded(format string, args ...any) error { return &Unfounded{fmt.Sprintf(format, args...)} }

// Statement reads one that a payment may follow from: its shares are those that the
// evidence commits to. Its audits are not checked.
func (w *World) Statement(ctx context.Context, evidence [32]byte) (s Statement, err error) {
	return s, w.each(ctx, evidence, func(one Statement) error { s = one; return nil })
}

// each calls use with the statements behind some evidence until one is right.
func (w *World) each(ctx context.Context, evidence [32]byte, use func(s Statement) error) error {
	err := w.Find(ctx, evidence, func(block []byte) error {
		s, err := Open(block)
		if err != nil {
			return err
		}
		scores, err := s.Scores()
		if err == nil && scores.Evidence() != evidence {
			err = errors.New("it is another statement")
		}
		if err != nil {
			return err
		}
		return use(s)
	})
	if err != nil {
		return fmt.Errorf("statement of storage behind %x: %w", evidence[:8], err)
	}
	return nil
}

// Check says whether a payment out of the pool of storage is one that a statement
// makes, and whether that is right: one is enough, since anybody may publish
// others. An *Unfounded error: none that was found is; others say what is not to be
// had.
func (w *World) Check(ctx context.Context, p *epoch.Payment) error {
	d := &p.Distribution
	return w.each(ctx, d.Evidence, func(s Statement) error {
		part, ok, err := s.Part(d.Part)
		if err != nil {
			return unfounded("%v", err)
		}
		if !ok || part.Hash() != d.Hash() {
			return unfounded("its statement makes another part %d", d.Part)
		}
		auditor, err := w.CheckStatement(ctx, &s)
		if err != nil {
			return err
		}
		if signer, ok := p.Signer(w.Domain); !ok || [20]byte(signer) != [20]byte(auditor) {
			return unfounded("it is signed by %x, the audits are those of %s", signer, auditor)
		}
		return nil
	})
}

// CheckStatement recomputes every audit of a statement and returns who audited.
func (w *World) CheckStatement(ctx context.Context, s *Statement) (auditor record.Account, err error) {
	var shares []Share
	var last passed
	for i := range s.Audits {
		a, err := w.audit(ctx, &s.Audits[i])
		if err != nil {
			return auditor, fmt.Errorf("audit %d of a statement of storage: %w", i, err)
		}
		n := len(shares) - 1
		switch {
		case i > 0 && a.auditor != auditor:
			return auditor, unfounded("audits %d and %d are those of two auditors", i-1, i)
		case i > 0 && last.share.Compare(a.share) == 0 && last.slot >= a.slot, i > 0 && last.share.Compare(a.share) > 0:
			return auditor, unfounded("audit %d is out of order, or the second one of its hour", i)
		case i > 0 && last.share.Compare(a.share) == 0:
			shares[n].Weight += a.share.Weight
		default:
			shares = append(shares, a.share)
		}
		auditor, last = a.auditor, a
	}
	if !slices.Equal(shares, s.Shares) {
		return auditor, unfounded("its shares are not what its audits are worth")
	}
	return auditor, nil
}

// A passed is what an audit is worth.
type passed struct {
	share   Share
	slot    uint64
	auditor record.Account
}

func (w *World) audit(ctx context.Context, a *Audit) (out passed, err error) {
	envelope, err := w.Get(ctx, a.Pledge)
	if err != nil {
		return out, fmt.Errorf("pledge: %w", err)
	}
	var sealed [3]record.Verified
	for i, b := range [][]byte{envelope, a.Challenge, a.Answer} {
		if sealed[i], err = record.Open(b, w.Network); err != nil {
			return out, unfounded("record %d: %v", i, err)
		}
	}
	pledge, challenge, answer := sealed[0], sealed[1], sealed[2]
	p, err := pin.OpenPledge(pledge)
	var c pin.Challenge
	if err == nil {
		err = canon.Decode(challenge.Payload(), &c, canon.Limits{})
	}
	if err != nil {
		return out, unfounded("%v", err)
	}
	beacon, err := w.Beacon(ctx, a.Slot)
	if err != nil {
		return out, err
	}
	switch {
	case c.Beacon != beacon:
		return out, unfounded("its challenge was not made in its hour")
	case p.Until.Before(StartOf(a.Slot)):
		return out, unfounded("the pledge had ended")
	case challenge.Signer() == pledge.Signer():
		return out, unfounded("%s audited itself", pledge.Signer().Account())
	}
	out = passed{Share{Datanet: pledge.Header().Subject, Account: pledge.Signer().Account()}, a.Slot, challenge.Signer().Account()}
	shards, err := w.Shards(ctx, out.share.Datanet, a.Version)
	if err != nil {
		return out, err
	}
	opened, err := w.Get(ctx, a.Openings)
	if err != nil {
		return out, fmt.Errorf("openings: %w", err)
	}
	if err := pin.CheckOpenings(pledge, challenge, answer, opened, shards); err != nil {
		return out, unfounded("%v", err)
	}
	out.share.Weight, err = pin.LeavesOf(pledge, shards)
	return out, err
}

// Layouts are the shards of a version by the blocks of their layouts, in the
// order of its manifest. They are for one goroutine.
type Layouts struct {
	get    func(c cid.Cid) ([]byte, error)
	shards []cid.Cid
	read   map[uint32]*erasure.Layout
}

// NewLayouts returns the shards with these layouts.
func NewLayouts(get func(c cid.Cid) ([]byte, error), shards []cid.Cid) *Layouts {
	return &Layouts{get, shards, map[uint32]*erasure.Layout{}}
}

func (l *Layouts) layout(shard uint32) (*erasure.Layout, error) {
	if x := l.read[shard]; x != nil {
		return x, nil
	}
	if int64(shard) >= int64(len(l.shards)) {
		return nil, fmt.Errorf("shard %d of a version with %d", shard, len(l.shards))
	}
	b, err := l.get(l.shards[shard])
	if err != nil {
		return nil, fmt.Errorf("layout of shard %d: %w", shard, err)
	}
	x := new(erasure.Layout)
	if err := canon.Decode(b, x, canon.Limits{}); err != nil {
		return nil, fmt.Errorf("layout of shard %d: %w", shard, err)
	}
	l.read[shard] = x
	return x, nil
}

// Leaves returns how many leaves each piece of a shard has.
func (l *Layouts) Leaves(shard uint32) (uint64, error) {
	x, err := l.layout(shard)
	if err != nil {
		return 0, err
	}
	return x.Leaves(), nil
}

// Roots returns the digests of the lists of leaves, by piece.
func (l *Layouts) Roots(shard uint32) ([]merkle.Digest, error) {
	x, err := l.layout(shard)
	if err != nil {
		return nil, err
	}
	return x.Roots, nil
}
