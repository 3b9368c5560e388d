package train

import (
	"fmt"
	"math"
	"slices"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// An updater is the optimizer as a tape: clip, then one update per parameter,
// in the order of the names.
type updater struct {
	params  []llama.Param
	moments []tape.Matrix // per parameter: m, and v for adamw
	o       Optimizer
	tape    *tape.Tape
	env     tape.Env
	prog    tape.Program
	total   tape.Ref   // sum of squares of all gradients; None without clipping
	factor  tape.Ref   // of clipping
	divisor []tape.Ref // per parameter, where record is set
	record  func(step int, param string, divisor []float32) error

	p1, p2  float32 // powers of the betas, running products
	inputs  [3][1]float32
	binding tape.Binding
}

func newUpdater(b tape.Backend, params []llama.Param, o Options) (*updater, error) {
	u := &updater{params: params, o: o.Optimizer, record: o.Record, p1: 1, p2: 1, total: tape.None, factor: tape.None}
	env := tape.Env{States: map[string]tape.Matrix{}}
	state := func(name string, p llama.Param, m tape.Matrix) error {
		if m == nil {
			var err error
			if m, err = b.Matrix(p.Rows, p.Cols); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			u.moments = append(u.moments, m)
		}
		env.States[name] = m
		return nil
	}
	for _, p := range params {
		for _, s := range []struct {
			name string
			m    tape.Matrix
		}{{p.Name, p.Value}, {gradOf(p), p.Grad}, {"m " + p.Name, nil}, {"v " + p.Name, nil}} {
			if s.name == "v "+p.Name && u.o.Kind == "sgd" {
				continue
			}
			if err := state(s.name, p, s.m); err != nil {
				return nil, err
			}
		}
	}
	u.build(o.Clip)
	u.env = env
	var err error
	u.prog, err = b.Program(u.tape, env, tape.Dims{Tokens: 1, Picks: 1})
	for i := range u.inputs {
		u.binding.Inputs = append(u.binding.Inputs, tape.Data{F: u.inputs[i][:]})
	}
	u.binding.Dims = tape.Dims{Tokens: 1, Picks: 1}
	return u, err
}

func gradOf(p llama.Param) string { return "grad " + p.Name }

// build writes the tape. See arithmetic.md section 6 for the order.
func (u *updater) build(clip float32) {
	b := tape.NewBuilder()
	lr := b.Input("rate", tape.F32, 1, 1)
	p1, p2 := b.Input("power of beta1", tape.F32, 1, 1), b.Input("power of beta2", tape.F32, 1, 1)
	if clip > 0 {
		for _, p := range u.params {
			squares := b.SumSquares(b.State(gradOf(p), p.Rows, p.Cols))
			if u.total == tape.None {
				u.total = squares
			} else {
				u.total = b.Add(u.total, squares)
			}
		}
		b.Named(b.Keep(u.total), "sum of squares")
		u.factor = b.Keep(b.Named(b.ClipFactor(u.total, clip), "clip factor"))
	}
	for _, p := range u.params {
		value, g, m := b.State(p.Name, p.Rows, p.Cols), b.State(gradOf(p), p.Rows, p.Cols), b.State("m "+p.Name, p.Rows, p.Cols)
		if clip > 0 {
			g = b.Named(b.ScaleBy(g, u.factor), gradOf(p)+" clipped")
		}
		if u.o.Kind == "sgd" {
			b.SGD(value, g, m, lr, u.o.Momentum)
			continue
		}
		c := op.AdamConfig{B1: u.o.Beta1, B2: u.o.Beta2, Eps: u.o.Eps, EpsRoot: u.o.EpsRoot}
		if !p.Vector {
			c.WeightDecay = u.o.Decay
		}
		d := b.Adam(value, g, m, b.State("v "+p.Name, p.Rows, p.Cols), lr, p1, p2, c)
		if u.record != nil {
			b.Keep(b.Named(d, divisorOf(p)))
		}
	}
	u.tape = b.Build()
	find := func(name string) tape.Ref {
		return tape.Ref(slices.IndexFunc(u.tape.Slots, func(s tape.Slot) bool { return s.Class == tape.Value && s.Name == name }))
	}
	if clip > 0 {
		u.total, u.factor = find("sum of squares"), find("clip factor")
	}
	if u.record != nil && u.o.Kind == "adamw" {
		for _, p := range u.params {
			u.divisor = append(u.divisor, find(divisorOf(p)))
		}
	}
}

func divisorOf(p llama.Param) string { return "divisor " + p.Name }

// run does one update from the gradients.
func (u *updater) run(rate float32, step int) (norm, factor float32, err error) {
	u.p1, u.p2 = float32(u.p1*u.o.Beta1), float32(u.p2*u.o.Beta2)
	u.inputs[0][0], u.inputs[1][0], u.inputs[2][0] = rate, u.p1, u.p2
	u.binding.Step = uint64(step)
	if err := u.prog.Run(&u.binding); err != nil {
		return 0, 0, err
	}
	for i, d := range u.divisor {
		if err := u.record(step, u.params[i].Name, u.prog.Read(d)); err != nil {
			return 0, 0, fmt.Errorf("record the divisor of %s: %w", u.params[i].Name, err)
		}
	}
	if u.factor == tape.None {
		return 0, 1, nil
	}
	return float32(math.Sqrt(float64(u.prog.Read(u.total)[0]))), u.prog.Read(u.factor)[0], nil
}
