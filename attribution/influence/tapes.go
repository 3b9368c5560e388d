package influence

import (
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
)

// The names of the states of the way back. Adjoint, moment and scores live from
// step to step; the others are made anew in each.
const (
	adjoint   = "adjoint "   // v: of F by a parameter
	moment    = "moment "    // m: of F by its momentum
	scores    = "scores"     // (samples, 1): of F by the weight of each sample
	before    = "before "    // the parameter before the step
	second    = "second "    // adamw: its second moment after the step
	direction = "direction " // u: of F by the gradient
	plus      = "plus "      // the gradient at θ + e·u
	grad      = "grad "      // as package llama calls it
)

// Inputs of one element.
const (
	rate   = "rate"
	power1 = "power of beta1"
	power2 = "power of beta2"
	clip   = "clip factor"
	stride = "stride"           // e
	per    = "per two strides"  // 1/(2e)
	shrunk = "1 - rate x decay" // what decay leaves of a parameter
	weight = "weight"           // 1 over the targets of the step
)

// tapes are the parts of a step back between which the model runs.
type tapes struct {
	copy  *tape.Tape // plus holds a copy of the adjoint
	back  *tape.Tape // rate, powers -> moment: the optimizer's step transposed
	turn  *tape.Tape // clip -> direction, moment, sum of squares
	plus  *tape.Tape // stride -> the parameters at θ + e·u
	minus *tape.Tape // stride -> plus holds the gradient, the parameters are at θ - e·u
	score *tape.Tape // losses of a micro-batch at both -> scores
	down  *tape.Tape // per two strides -> adjoint
	query *tape.Tape // adjoint + gradient: behind a batch of queries

	total tape.Ref // of turn: the sum of squares of the direction
}

// newTapes writes the tapes for parameters and options of a run over n samples.
// rows are those of a micro-batch that have losses.
func newTapes(ps []llama.Param, o train.Optimizer, n int, rows tape.Dim) *tapes {
	t := &tapes{total: tape.None}
	state := func(b *tape.Builder, kind string, p llama.Param) tape.Ref {
		return b.State(kind+p.Name, p.Rows, p.Cols)
	}
	each := func(write func(b *tape.Builder, p llama.Param), inputs ...string) *tape.Tape {
		b := tape.NewBuilder()
		for _, name := range inputs {
			b.Input(name, tape.F32, 1, 1)
		}
		for _, p := range ps {
			write(b, p)
		}
		return b.Build()
	}
	scalar := func(b *tape.Builder, name string) tape.Ref { return b.Input(name, tape.F32, 1, 1) }

	// With its second moments held fast Adam is linear in the gradient, and so
	// is SGD: the operator of the way forth is that of the way back. What it
	// takes for a momentum, without keeping any of it, is a copy of v.
	t.copy = each(func(b *tape.Builder, p llama.Param) {
		b.Store(state(b, plus, p), state(b, adjoint, p), 1)
	})
	t.back = each(func(b *tape.Builder, p llama.Param) {
		v, m, copied := state(b, adjoint, p), state(b, moment, p), state(b, plus, p)
		if o.Kind == "sgd" {
			b.SGD(m, v, copied, scalar(b, rate), 0)
			return
		}
		c := op.AdamConfig{B1: 0, B2: 1, Eps: o.Eps, EpsRoot: o.EpsRoot}
		b.Adam(m, v, copied, state(b, second, p), scalar(b, rate), scalar(b, power1), scalar(b, power2), c)
	}, rate, power1, power2)

	into, keep := float32(1), o.Momentum // what of the gradient gets into the momentum, and what of that it keeps
	if o.Kind == "adamw" {
		into, keep = 1-o.Beta1, o.Beta1
	}
	b := tape.NewBuilder()
	factor := scalar(b, clip)
	for _, p := range ps {
		m := state(b, moment, p)
		u := b.Store(state(b, direction, p), b.ScaleBy(b.Scale(m, into), factor), 1)
		if squares := b.SumSquares(u); t.total == tape.None {
			t.total = squares
		} else {
			t.total = b.Add(t.total, squares)
		}
		b.Store(m, m, keep)
	}
	b.Named(b.Keep(t.total), "sum of squares")
	t.turn = b.Build()
	t.total = kept(t.turn)

	t.plus = each(func(b *tape.Builder, p llama.Param) {
		moved := b.Add(state(b, before, p), b.ScaleBy(state(b, direction, p), scalar(b, stride)))
		b.Store(state(b, "", p), moved, 1)
	}, stride)
	t.minus = each(func(b *tape.Builder, p llama.Param) {
		b.Store(state(b, plus, p), state(b, grad, p), 1)
		moved := b.Add(state(b, before, p), b.Scale(b.ScaleBy(state(b, direction, p), scalar(b, stride)), -1))
		b.Store(state(b, "", p), moved, 1)
	}, stride)
	t.down = each(func(b *tape.Builder, p llama.Param) {
		v := state(b, adjoint, p)
		left := v
		if o.Decay > 0 && !p.Vector {
			left = b.ScaleBy(v, scalar(b, shrunk))
		}
		diff := b.AddScaled(state(b, plus, p), state(b, grad, p), -1)
		b.Store(v, b.Add(left, b.ScaleBy(diff, scalar(b, per))), 1)
	}, per, shrunk)
	t.query = each(func(b *tape.Builder, p llama.Param) {
		v := state(b, adjoint, p)
		b.Store(v, b.Add(v, state(b, grad, p)), 1)
	})

	b = tape.NewBuilder()
	lp, lm := b.Input("losses plus", tape.F32, rows, 1), b.Input("losses minus", tape.F32, rows, 1)
	ids := b.Input("samples", tape.I32, rows, 1)
	diff := b.AddScaled(lp, lm, -1)
	b.EmbedGrad(b.State(scores, n, 1), b.ScaleBy(b.ScaleBy(diff, scalar(b, per)), scalar(b, weight)), ids, true)
	t.score = b.Build()
	return t
}

// kept returns the value that a tape keeps.
func kept(t *tape.Tape) tape.Ref {
	return tape.Ref(slices.IndexFunc(t.Slots, func(s tape.Slot) bool { return s.Keep }))
}

// env returns the states of all tapes, made on a backend.
func (t *tapes) env(b tape.Backend, ps []llama.Param, adam bool, n int) (tape.Env, error) {
	env := tape.Env{States: map[string]tape.Matrix{}}
	add := func(name string, rows, cols int) error {
		m, err := b.Matrix(rows, cols)
		if err != nil {
			return fmt.Errorf("influence: %s: %w", name, err)
		}
		env.States[name] = m
		return nil
	}
	for _, p := range ps {
		env.States[p.Name], env.States[grad+p.Name] = p.Value, p.Grad
		for _, kind := range []string{adjoint, moment, before, second, direction, plus} {
			if kind == second && !adam {
				continue
			}
			if err := add(kind+p.Name, p.Rows, p.Cols); err != nil {
				return env, err
			}
		}
	}
	return env, add(scores, n, 1)
}
