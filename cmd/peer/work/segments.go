package work

import (
	"context"
	"errors"
	"fmt"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Runner is a job that runs: a Bench.
type Runner interface {
	Begin(state []byte) error // nil: before the first step
	Digest() (merkle.Digest, error)
	Step() (trace.Step, train.Result, error)
	State() ([]byte, error)

	// What disputes want; steps are done again from the state of Begin.
	Run() dispute.Run
	Program(step uint64) (*trace.Program, error)
	Recompute() dispute.Recompute
	Plan() dispute.Plan // to be signed before the first commit
	Close() error
}

// A Place is where a run stands: the step that was done last, and the chain up
// to it.
type Place struct {
	Done  uint64
	Last  trace.Step
	Chain merkle.Digest
}

// First puts a run before its first step.
func First(r Runner, id job.ID) (Place, error) {
	if err := r.Begin(nil); err != nil {
		return Place{}, err
	}
	d, err := r.Digest()
	return Place{0, trace.Step{State: d}, trace.Chain([32]byte(id), trace.Initial(d))}, err
}

// After puts a run where a stored segment ended. What the segment's author
// stored MUST open its commit and lead to the state; else the error is a
// ReasonError of NotOpening.
func After(ctx context.Context, r Runner, network record.Network, s *job.Spec, segment uint64, k job.Kept, key [32]byte, get Get) (Place, error) {
	id := s.ID()
	steps, err := Steps(ctx, get, key, k.Leaves)
	if err == nil {
		_, reveal, err2 := steps.Opens(network, id, k)
		if err2 != nil {
			return Place{}, &ReasonError{job.NotOpening, err2}
		}
		return at(ctx, r, s, segment, reveal.Commitment, steps.Steps, k, key, get)
	}
	return Place{}, whose(err)
}

// whose tells a block that could not be had from one that is wrong.
func whose(err error) error {
	if errors.Is(err, job.ErrSealed) {
		return &ReasonError{job.NotOpening, err}
	}
	return err
}

// at begins from the state of a segment whose steps were checked.
func at(ctx context.Context, r Runner, s *job.Spec, segment uint64, c trace.Commitment, steps []trace.Step, k job.Kept, key [32]byte, get Get) (Place, error) {
	first, last := s.Range(segment)
	if c.First != first+1 || c.Last != last || len(steps) != c.Len() {
		return Place{}, &ReasonError{job.NotOpening, fmt.Errorf("steps %d to %d in the place of %d to %d", c.First, c.Last, first+1, last)}
	}
	state, err := State(ctx, get, s, key, k.State)
	if err != nil {
		return Place{}, whose(err)
	}
	p := Place{last, steps[len(steps)-1], c.Chain}
	d, err := merkle.Digest{}, r.Begin(state)
	if err == nil {
		d, err = r.Digest()
	}
	if err == nil && d != p.Last.State {
		err = fmt.Errorf("the stored state is %s, committed was %s", d, p.Last.State)
	}
	if err != nil {
		return Place{}, &ReasonError{job.NotOpening, err}
	}
	return p, nil
}

// Before is After for who may see the segment before, but not its Reveal: an
// auditor.
func Before(ctx context.Context, r Runner, s *job.Spec, g *job.AuditGranted, get Get) (Place, error) {
	steps, err := Steps(ctx, get, g.Key, g.Leaves)
	if err != nil {
		return Place{}, whose(err)
	}
	if err := g.Previous.Check(steps.Steps); err != nil {
		return Place{}, &ReasonError{job.NotOpening, err}
	}
	return at(ctx, r, s, g.Segment-1, g.Previous, steps.Steps, job.Kept{State: g.State}, g.Key, get)
}

// Do does the segment after a place. It returns its steps, from the one before
// its first, and the place after it. said hears of each step.
func Do(ctx context.Context, r Runner, s *job.Spec, segment uint64, p Place, said func(step uint64, loss float32)) ([]trace.Step, trace.Commitment, Place, error) {
	_, last := s.Range(segment)
	b := trace.NewBuilder(p.Done, p.Last, p.Chain)
	steps := []trace.Step{p.Last}
	for t := p.Done + 1; t <= last; t++ {
		if err := ctx.Err(); err != nil {
			return nil, trace.Commitment{}, p, err
		}
		x, result, err := r.Step()
		if err != nil {
			return nil, trace.Commitment{}, p, &ReasonError{job.BadModel, err}
		}
		b.Add(x)
		steps = append(steps, x)
		said(t, result.Loss)
	}
	c := b.Commitment()
	return steps, c, Place{last, steps[len(steps)-1], c.Chain}, nil
}

// Answer answers a question of a dispute about a segment whose start r is at.
func (p *Peer) Answer(r Runner, reveal record.Verified, steps []trace.Step, q Question) ([]byte, error) {
	player := &dispute.Player{Key: p.Key, Reveal: reveal, Steps: steps, Run: r.Run(), Program: r.Program, Recompute: r.Recompute(), Tables: tape.Tables}
	return player.Answer(q.Ask)
}

// Revealed finds the reveal of this peer that a question is about.
func (p *Peer) Revealed(q Question) (v record.Verified, r trace.Reveal, err error) {
	all, err := p.Journal.Heard(q.Job, p.Account(), record.Reveal, p.Network)
	if err != nil {
		return v, r, err
	}
	for _, v := range all {
		if v.Header().Digest() == q.Reveal {
			return v, r, canon.Decode(v.Payload(), &r, canon.Limits{})
		}
	}
	return v, r, fmt.Errorf("job %s: no such reveal of this peer", q.Job)
}
