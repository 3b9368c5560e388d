package influence

import (
	"errors"
	"fmt"
	"math"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
)

// A Smoothness says how far the derivative of a run is from what retraining
// does: the correlation, over validation queries, of the predicted with the real
// change of their losses, of the worse one of two probes.
type Smoothness float64

// ExactFrom is the correlation from which scores may be called exact.
const ExactFrom Smoothness = 0.95

// Exact tells whether exact replay says what retraining would do. Else
// LowRank estimates it, and the model card says so.
func (s Smoothness) Exact() bool { return s >= ExactFrom }

// probe is how much less the samples of a probe weigh.
const probe = 0.1

// Gate measures a run that has done all its steps: twice it trains again with
// half of the samples, drawn by the seed, weighing a tenth less. What AdamW
// divided by and the clip factors stay as they were: without that every weight
// that is lowered is a rate that is raised, and all samples together do nothing.
// The predictions are the derivative of the run in this direction, forwards: what
// the way back computes, transposed. It costs two and four trainings.
func Gate(b tape.Backend, t *train.Trainer, r Recording, validation []train.Sample, seed uint64) (Smoothness, error) {
	if len(validation) < 3 {
		return 0, fmt.Errorf("influence: %d validation queries: a correlation needs 3 at least", len(validation))
	}
	p, err := NewReplay(b, t, r, nil)
	if err != nil {
		return 0, err
	}
	base, err := losses(t, validation)
	if err != nil {
		return 0, err
	}
	worst := Smoothness(1)
	for side := range uint32(2) {
		words := op.Words{Seed: seed, Step: side, Purpose: op.PurposeOrder}
		change := make([]float32, len(t.Samples()))
		for i := range change {
			if words.Below(2) == 0 {
				change[i] = -probe
			}
		}
		predicted, err := p.predict(change, validation)
		if err != nil {
			return 0, err
		}
		if err := p.again(func(i int) float32 { return 1 + change[i] }); err != nil {
			return 0, err
		}
		real, err := losses(t, validation)
		if err != nil {
			return 0, err
		}
		for i := range real {
			real[i] -= base[i]
		}
		worst = min(worst, Smoothness(correlation(predicted, real)))
	}
	return worst, p.Close()
}

func losses(t *train.Trainer, samples []train.Sample) ([]float64, error) {
	out := make([]float64, len(samples))
	for i := range samples {
		l, err := t.Evaluate(samples[i : i+1])
		if err != nil {
			return nil, fmt.Errorf("influence: %w", err)
		}
		out[i] = float64(l)
	}
	return out, nil
}

// predict returns the derivative of the mean losses of queries in the direction
// in which the weights of the samples change.
func (p *Replay) predict(change []float32, queries []train.Sample) ([]float64, error) {
	e, half, err := p.forth(change)
	if err != nil {
		return nil, err
	}
	if err := p.write(before, p.result); err != nil {
		return nil, err
	}
	out := make([]float64, len(queries))
	for side, part := range []*tape.Tape{p.tapes.plus, p.tapes.minus} {
		if err := p.run(part, 0, e); err != nil {
			return nil, err
		}
		at, err := losses(p.t, queries)
		if err != nil {
			return nil, err
		}
		for i, l := range at {
			out[i] += float64(1-2*side) * l * float64(half)
		}
	}
	return out, nil
}

// zero makes a kind of states zeros.
func (p *Replay) zero(kinds ...string) error {
	zeros := make([]float32, size(p.t))
	for _, kind := range kinds {
		if err := p.write(kind, zeros); err != nil {
			return err
		}
	}
	return nil
}

// forth walks through the run with the derivative of the parameters in that
// direction, which it leaves in the states of that name, and returns the strides
// for it.
func (p *Replay) forth(change []float32) (e, half float32, err error) {
	o := p.t.Options()
	x := newForth(p.t.Params(), o.Optimizer, direction)
	if err := errors.Join(p.compile(x.difference, x.step, x.norm), p.zero(direction, moment)); err != nil {
		return 0, 0, err
	}
	strides := func(n int) (e, half float32, err error) {
		if err := p.run(x.norm, n); err != nil {
			return 0, 0, err
		}
		e, half = strideOf(p.programs[x.norm].Read(kept(x.norm))[0])
		return e, half, nil
	}
	for n := 1; n <= len(o.Rates); n++ {
		m, err := p.moment(n)
		if err != nil {
			return 0, 0, err
		}
		e, half, err := strides(n)
		if err != nil {
			return 0, 0, err
		}
		for side, part := range []*tape.Tape{p.tapes.plus, p.tapes.minus} {
			if err := p.run(part, n, e); err != nil {
				return 0, 0, err
			}
			sign := float32(1 - 2*side)
			if err := p.t.GradientWith(n, func(i int) float32 { return 1 + sign*float32(e*change[i]) }); err != nil {
				return 0, 0, err
			}
		}
		p1, p2 := p.t.Powers(n)
		if err := errors.Join(p.run(x.difference, n, half, m.Clip), p.run(x.step, n, o.Rates[n-1], p1, p2)); err != nil {
			return 0, 0, err
		}
	}
	return strides(0)
}

// again does the run with other weights of its samples, with the divisors and
// clip factors of the run, and leaves its parameters.
func (p *Replay) again(weights func(sample int) float32) error {
	o := p.t.Options()
	x := newForth(p.t.Params(), o.Optimizer, "")
	if err := errors.Join(p.compile(x.clipped, x.step), p.zero(moment)); err != nil {
		return err
	}
	m, err := p.moment(1)
	if err == nil {
		err = p.write("", m.Before)
	}
	now := make([]float32, size(p.t))
	for n := 1; n <= len(o.Rates) && err == nil; n++ {
		if err = params(p.t, now); err != nil {
			break
		}
		if m, err = p.moment(n); err != nil { // which may use the run's parameters
			break
		}
		if err = p.write("", now); err == nil {
			err = p.t.GradientWith(n, weights)
		}
		p1, p2 := p.t.Powers(n)
		if err == nil {
			err = errors.Join(p.run(x.clipped, n, m.Clip), p.run(x.step, n, o.Rates[n-1], p1, p2))
		}
	}
	return err
}

// A forth is the parts of a step forwards, with the second moments and the clip
// factor of the run: of its derivative, or of the parameters.
type forth struct {
	difference *tape.Tape // per, clip -> plus holds the derivative of the gradient
	clipped    *tape.Tape // clip -> plus holds the gradient
	step       *tape.Tape // rate, powers -> the optimizer's step by what plus holds
	norm       *tape.Tape // the sum of squares
}

func newForth(ps []llama.Param, o train.Optimizer, of string) forth {
	state := func(b *tape.Builder, kind string, p llama.Param) tape.Ref {
		return b.State(kind+p.Name, p.Rows, p.Cols)
	}
	scalar := func(b *tape.Builder, name string) tape.Ref { return b.Input(name, tape.F32, 1, 1) }
	d, c, s, n := tape.NewBuilder(), tape.NewBuilder(), tape.NewBuilder(), tape.NewBuilder()
	by, factor := scalar(d, per), scalar(d, clip)
	only := scalar(c, clip)
	lr, p1, p2 := scalar(s, rate), scalar(s, power1), scalar(s, power2)
	total := tape.None
	for _, p := range ps {
		diff := d.AddScaled(state(d, plus, p), state(d, grad, p), -1)
		d.Store(state(d, plus, p), d.ScaleBy(d.ScaleBy(diff, by), factor), 1)
		c.Store(state(c, plus, p), c.ScaleBy(state(c, grad, p), only), 1)
		if o.Kind == "sgd" {
			s.SGD(state(s, of, p), state(s, plus, p), state(s, moment, p), lr, o.Momentum)
		} else {
			a := op.AdamConfig{B1: o.Beta1, B2: 1, Eps: o.Eps, EpsRoot: o.EpsRoot}
			if !p.Vector {
				a.WeightDecay = o.Decay
			}
			s.Adam(state(s, of, p), state(s, plus, p), state(s, moment, p), state(s, second, p), lr, p1, p2, a)
		}
		squares := n.SumSquares(state(n, of, p))
		if total == tape.None {
			total = squares
		} else {
			total = n.Add(total, squares)
		}
	}
	n.Keep(total)
	return forth{d.Build(), c.Build(), s.Build(), n.Build()}
}

func correlation(a, b []float64) float64 {
	var ma, mb, ab, aa, bb float64
	for i := range a {
		ma, mb = ma+a[i]/float64(len(a)), mb+b[i]/float64(len(a))
	}
	for i := range a {
		x, y := a[i]-ma, b[i]-mb
		ab, aa, bb = ab+float64(x*y), aa+float64(x*x), bb+float64(y*y)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
