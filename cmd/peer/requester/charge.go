package requester

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// From a verdict, which peers believe, to what a contract does: the plan that the
// guilty signed, and the last step of what it computed or committed to.

// charge writes what a contract convicts the guilty of a dispute by. It changes
// nothing in the job: who opens no more than it had to is only safe from the
// contract.
func (f *fought) charge(ctx context.Context) {
	t := f.t
	limited, stop := context.WithTimeout(ctx, 2*time.Duration(t.spec.Terms.Clock)*time.Millisecond)
	defer stop()
	for i := range f.keys {
		account := f.keys[i].Account()
		if !f.found.Convicts(account) || f.found.Kind == dispute.Silence {
			continue
		}
		c, err := f.against(limited, i)
		var b []byte
		if err == nil {
			b, err = canon.Encode(c)
		}
		if err == nil {
			err = t.s.Charge(t.id, b)
		}
		if err == nil && t.escrowed {
			right := f.keys[1-i].Account()
			if f.found.Convicts(right) {
				right = record.Account{}
			}
			err = t.s.Escrow.Charge(t.id, account, right, b)
		}
		switch {
		case err == nil:
			t.s.Log.InfoContext(ctx, "Charge kept", slog.String("job", t.id.String()), slog.String("account", account.String()))
		case ctx.Err() == nil:
			t.s.Log.WarnContext(ctx, "No charge for a contract", slog.String("job", t.id.String()), slog.String("account", account.String()), slog.Any("err", err))
		}
	}
}

// against makes the charge against one side.
func (f *fought) against(ctx context.Context, side int) (c *dispute.Charge, err error) {
	plan, err := f.plan(f.keys[side].Account())
	if err != nil {
		return nil, err
	}
	outlines, err := f.bench.Outlines(ctx)
	if err != nil {
		return nil, err
	}
	var sketch *dispute.Sketch
	if f.found.Step > 0 {
		if sketch, err = f.bench.Sketch(f.found.Step); err != nil {
			return nil, err
		}
	}
	c = new(dispute.Charge)
	if f.found.Kind == dispute.Tile {
		last, err := f.last(ctx, side)
		if err == nil {
			c.Brief, err = last.Brief(plan, f.reveals[side], outlines, sketch)
		}
		return c, err
	}
	w, err := f.d.Wrong(side, plan, outlines, sketch)
	if err == nil {
		c.Link, err = dispute.FindLink(w)
	}
	return c, err
}

// plan returns what an account signed before it worked.
func (q *quarrel) plan(of record.Account) (v record.Verified, err error) {
	all, err := q.t.s.Journal.Heard(q.t.id, of, record.OpenElement, q.t.s.Network)
	if err == nil && (len(all) == 0 || all[0].Header().Sequence != 0) {
		err = fmt.Errorf("no plan of %s", of)
	}
	if err != nil {
		return v, err
	}
	return all[0], nil
}

// last has a guilty side open the tile that it claimed and one element of it.
func (f *fought) last(ctx context.Context, side int) (*dispute.Last, error) {
	l, err := f.d.Last(side, tape.Tables)
	if err != nil {
		return nil, err
	}
	t := f.t
	for {
		ask, due := l.Ask()
		if !due {
			return l, nil
		}
		b, err := t.s.Ask(ctx, f.keys[side], work.Question{Job: t.id, Reveal: f.reveals[side].Header().Digest(), Ask: ask}, ask.Limit)
		if err == nil {
			err = l.Take(b)
		}
		if err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(fmt.Errorf("%s shows no more of what it claimed", f.keys[side].Account()), err)
		case <-time.After(time.Second):
		}
	}
}
