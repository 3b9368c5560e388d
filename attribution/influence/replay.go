package influence

import (
	"errors"
	"fmt"
	"maps"
	"math"

	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
)

// A Replay walks back through a run. It stands between two steps of the way:
// first the batches of queries at the run's result, then the run's steps from
// the last to the first. It uses the run's trainer and its parameters, whose
// state is undefined until Close. It is not safe for concurrent use.
type Replay struct {
	t       *train.Trainer
	r       Recording
	backend tape.Backend
	queries []Query
	batches int         // of queries
	result  []float32   // the parameters that the run came to
	final   train.State // of the run

	outline  *Outline
	tapes    *tapes
	env      tape.Env
	asked    tape.Env // env, but with the gradients of queries
	programs map[*tape.Tape]tape.Program
	done     int     // steps of the way back
	stride   float32 // of the last one

	fisher *fisher // nil: exact

	losses  [2][][]float32 // at both points, by micro-batch
	samples [][]int32      // of each row of losses
}

// QueryBatch is how many queries one step of the way back reads.
const QueryBatch = 16

// NewReplay begins the way back through a run that has done all its steps, with
// the queries that count.
func NewReplay(b tape.Backend, t *train.Trainer, r Recording, queries []Query) (*Replay, error) {
	done, all := t.Steps()
	if done != all {
		return nil, fmt.Errorf("influence: the run has done %d of its %d steps: train it to the end first", done, all)
	}
	p := &Replay{t: t, r: r, backend: b, result: make([]float32, size(t)), programs: map[*tape.Tape]tape.Program{}}
	for i, q := range queries {
		if !(q.Weight-q.Weight == 0) {
			return nil, fmt.Errorf("influence: query %d has weight %g", i, q.Weight)
		}
		if q.Weight != 0 && q.Learnt() == 0 {
			return nil, fmt.Errorf("influence: query %d has no answer: its tokens have no targets", i)
		}
		if q.Weight != 0 {
			p.queries = append(p.queries, q)
		}
	}
	p.batches = (len(p.queries) + QueryBatch - 1) / QueryBatch
	if err := errors.Join(params(t, p.result), t.State(&p.final)); err != nil {
		return nil, err
	}
	var weights []float32
	var samples []train.Sample
	for _, q := range p.queries {
		weights, samples = append(weights, q.Weight), append(samples, q.Sample)
	}
	p.outline = NewOutline(t, len(t.Samples()), weights)
	p.tapes = p.outline.tapes
	g := t.Gradients()
	var err error
	if p.env, err = p.tapes.env(b, g.Params, adamw(t), len(t.Samples())); err != nil {
		return nil, err
	}
	p.asked = tape.Env{States: maps.Clone(p.env.States)}
	if len(samples) > 0 {
		if p.outline.queries, err = t.GradientsFor(samples); err != nil {
			return nil, fmt.Errorf("influence: the queries: %w", err)
		}
		for _, x := range p.outline.queries.Params {
			p.asked.States[grad+x.Name] = x.Grad
		}
	}
	x := p.tapes
	return p, p.compile(x.copy, x.back, x.turn, x.plus, x.minus, x.score, x.down, x.query)
}

// compile makes parts ready to run.
func (p *Replay) compile(parts ...*tape.Tape) (err error) {
	for _, part := range parts {
		limit, env := tape.Dims{Tokens: 1, Picks: 1}, p.env
		switch part {
		case p.tapes.score:
			limit = tape.Dims{Tokens: p.t.Largest(), Picks: p.t.Largest()}
		case p.tapes.query:
			env = p.asked
		}
		if p.programs[part], err = p.backend.Program(part, env, limit); err != nil {
			return fmt.Errorf("influence: %w", err)
		}
	}
	return nil
}

// picked says whether only rows with a target have a loss.
func picked(g *llama.Gradients) bool {
	_, ok := g.Tape().Find(tape.Input, "picks")
	return ok
}

// Steps returns how many steps back are done and how many there are.
func (p *Replay) Steps() (done, all int) {
	return p.done, p.batches + len(p.t.Options().Rates)
}

// Step does the next step back.
func (p *Replay) Step() error {
	done, all := p.Steps()
	if done == all {
		return fmt.Errorf("influence: all %d steps back are done", all)
	}
	var err error
	if done < p.batches {
		err = p.query(done)
	} else {
		err = p.reverse(all - done)
	}
	if err != nil {
		return fmt.Errorf("influence: step back %d of %d: %w", done+1, all, err)
	}
	p.done++
	return nil
}

// run runs one part with inputs of one element.
func (p *Replay) run(part *tape.Tape, n int, inputs ...float32) error {
	b := tape.Binding{Step: uint64(n), Dims: tape.Dims{Tokens: 1, Picks: 1}}
	for i := range inputs {
		b.Inputs = append(b.Inputs, tape.Data{F: inputs[i : i+1]})
	}
	return p.programs[part].Run(&b)
}

// write copies flat values to the states of one kind.
func (p *Replay) write(kind string, values []float32) error {
	for _, x := range p.t.Params() {
		n := x.Rows * x.Cols
		if err := p.env.States[kind+x.Name].Write(values[:n]); err != nil {
			return fmt.Errorf("%s%s: %w", kind, x.Name, err)
		}
		values = values[n:]
	}
	return nil
}

// query adds the gradients of a batch of queries at the run's result to the
// adjoint.
func (p *Replay) query(batch int) error {
	if err := p.write("", p.result); err != nil {
		return err
	}
	g := p.outline.queries
	if err := g.Zero(); err != nil {
		return err
	}
	for _, q := range p.batch(batch) {
		b := llama.Batch{IDs: q.IDs, Targets: q.Targets, Docs: []int{len(q.IDs)}}
		if err := g.Add(b, q.Weight, uint64(p.done+1)); err != nil {
			return err
		}
	}
	return p.run(p.tapes.query, p.done+1)
}

func (p *Replay) batch(i int) []Query {
	return p.queries[i*QueryBatch : min((i+1)*QueryBatch, len(p.queries))]
}

// reverse goes back over step n of the run, counted from 1.
func (p *Replay) reverse(n int) error {
	m, err := p.moment(n)
	if err != nil {
		return err
	}
	o := p.t.Options()
	lr := o.Rates[n-1]
	p1, p2 := p.t.Powers(n)
	x := p.tapes
	if err := errors.Join(p.run(x.copy, n), p.run(x.back, n, lr, p1, p2)); err != nil {
		return err
	}
	if err := p.run(x.turn, n, m.Clip); err != nil {
		return err
	}
	e, half := strideOf(p.programs[x.turn].Read(x.total)[0])
	p.samples, p.stride = p.samples[:0], e
	if err := p.run(x.plus, n, e); err != nil {
		return err
	}
	if err := p.gradient(n, 0); err != nil {
		return err
	}
	if err := p.run(x.minus, n, e); err != nil {
		return err
	}
	if err := p.gradient(n, 1); err != nil {
		return err
	}
	w := p.t.Weight(n)
	for i, ids := range p.samples {
		b := tape.Binding{Step: uint64(n), Dims: tape.Dims{Tokens: len(ids), Picks: len(ids)}, Inputs: []tape.Data{
			{F: p.losses[0][i]}, {F: p.losses[1][i]}, {I: ids}, {F: []float32{half}}, {F: []float32{w}},
		}}
		if err := p.programs[x.score].Run(&b); err != nil {
			return err
		}
	}
	left := 1 - float32(lr*o.Optimizer.Decay)
	if p.fisher != nil {
		return p.fisher.down(p, n, left, w)
	}
	return p.run(x.down, n, half, left)
}

// moment brings what is recorded of step n to the tapes.
func (p *Replay) moment(n int) (*Moment, error) {
	m, err := p.r.Moment(n)
	if err == nil {
		err = p.write(before, m.Before)
	}
	if err == nil && m.Second != nil {
		err = p.write(second, m.Second)
	}
	return m, err
}

// gradient makes the gradients of step n at the parameters as they are, and
// notes the losses of its micro-batches.
func (p *Replay) gradient(n, side int) error {
	g, all := p.t.Gradients(), p.t.Samples()
	i := 0
	return p.t.Gradient(n, func(samples []int) {
		if i == len(p.losses[side]) {
			p.losses[side] = append(p.losses[side], nil)
		}
		rows, ids, at := p.losses[side][i][:0], []int32(nil), 0
		losses := g.Losses()
		for _, s := range samples {
			for _, target := range all[s].Targets {
				if target != train.NoTarget || !p.outline.picked {
					rows, ids = append(rows, losses[at]), append(ids, int32(s))
				}
				at++
			}
		}
		p.losses[side][i] = rows
		if side == 0 {
			p.samples = append(p.samples, ids)
		}
		i++
	})
}

// strideOf returns e and 1/(2e) for a direction with the given sum of squares: e
// is the power of two with e·norm in (.00707, .01414], and 1 for a norm of 0.
func strideOf(total float32) (e, half float32) {
	k := 0
	if total > 0 {
		_, k = math.Frexp(1e-4 / float64(total)) // in [2^(k-1), 2^k)
		k = max(-60, min(60, k>>1))
	}
	return float32(math.Ldexp(1, k)), float32(math.Ldexp(1, -k-1))
}

// Scores returns the scores of all samples so far. A sample that no step learnt
// from has 0.
func (p *Replay) Scores() ([]share.Score, error) {
	x := make([]float32, len(p.t.Samples()))
	if err := p.env.States[scores].Read(x); err != nil {
		return nil, fmt.Errorf("influence: %w", err)
	}
	out := make([]share.Score, len(x))
	for i, v := range x {
		out[i] = Score(v)
	}
	return out, nil
}

// Close puts the run back where it was.
func (p *Replay) Close() error { return p.t.SetState(&p.final) }

// Settle walks all the way back and returns the score of each sample of the run:
// how much higher the weighted loss of the queries would be without it, to first
// order. Many queries cost what one does.
func Settle(b tape.Backend, t *train.Trainer, r Recording, queries []Query) ([]share.Score, error) {
	p, err := NewReplay(b, t, r, queries)
	if err != nil {
		return nil, err
	}
	return p.settle()
}

func (p *Replay) settle() ([]share.Score, error) {
	for done, all := p.Steps(); done < all; done++ {
		if err := p.Step(); err != nil {
			return nil, err
		}
	}
	scores, err := p.Scores()
	return scores, errors.Join(err, p.Close())
}
