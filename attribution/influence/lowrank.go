package influence

import (
	"errors"
	"fmt"
	"maps"

	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
)

// Draws is how often LowRank draws the labels of each sample of a step.
const Draws = 4

// LowRank is Settle for a run that is not smooth: the Hessian of each step is
// replaced by the Fisher matrix of its samples, whose labels are drawn from the
// model, Draws times. It has no negative eigenvalue and no third derivative, so
// it stays calm where the run itself jumps. Equal on all machines as Settle is,
// but an estimate: its steps back have no program, and a model card says so.
func LowRank(e *op.Engine, b tape.Backend, t *train.Trainer, r Recording, queries []Query, seed uint64) ([]share.Score, error) {
	p, err := NewReplay(b, t, r, queries)
	if err != nil {
		return nil, err
	}
	if p.fisher, err = newFisher(e, p, seed); err != nil {
		return nil, err
	}
	return p.settle()
}

// A fisher is what a step back has in place of the Hessian.
type fisher struct {
	e      *op.Engine
	seed   uint64
	g      *llama.Gradients // of single samples
	shrink *tape.Tape       // shrunk -> adjoint: what decay leaves of it
	dot    *tape.Tape       // the product of a gradient and the direction, as rows
	pull   *tape.Tape       // factor -> adjoint + gradient x factor
	total  tape.Ref
	progs  [3]tape.Program // of these
	rows   [2][]tape.Matrix
	buffer []float32
}

func newFisher(e *op.Engine, p *Replay, seed uint64) (*fisher, error) {
	f := &fisher{e: e, seed: seed}
	var err error
	if f.g, err = p.t.GradientsFor(p.t.Samples(), "logits"); err != nil {
		return nil, fmt.Errorf("influence: %w", err)
	}
	env := tape.Env{States: maps.Clone(p.env.States)}
	shrink, dot, pull := tape.NewBuilder(), tape.NewBuilder(), tape.NewBuilder()
	left, factor, total := shrink.Input(shrunk, tape.F32, 1, 1), pull.Input("factor", tape.F32, 1, 1), tape.None
	for _, x := range f.g.Params {
		env.States[grad+x.Name] = x.Grad
		n := x.Rows * x.Cols
		for k, name := range []string{"row of " + grad, "row of " + direction} {
			m, err := p.backend.Matrix(1, n)
			if err != nil {
				return nil, fmt.Errorf("influence: %s%s: %w", name, x.Name, err)
			}
			env.States[name+x.Name], f.rows[k] = m, append(f.rows[k], m)
		}
		if v := shrink.State(adjoint+x.Name, x.Rows, x.Cols); p.t.Options().Optimizer.Decay > 0 && !x.Vector {
			shrink.Store(v, shrink.ScaleBy(v, left), 1)
		}
		product := dot.MatMul(dot.State("row of "+grad+x.Name, 1, n), dot.State("row of "+direction+x.Name, 1, n), tape.None, tape.None, 0)
		if total == tape.None {
			total = product
		} else {
			total = dot.Add(total, product)
		}
		v := pull.State(adjoint+x.Name, x.Rows, x.Cols)
		pull.Store(v, pull.Add(v, pull.ScaleBy(pull.State(grad+x.Name, x.Rows, x.Cols), factor)), 1)
	}
	dot.Keep(total)
	f.shrink, f.dot, f.pull = shrink.Build(), dot.Build(), pull.Build()
	f.total = kept(f.dot)
	for i, part := range []*tape.Tape{f.shrink, f.dot, f.pull} {
		if f.progs[i], err = p.backend.Program(part, env, tape.Dims{Tokens: 1, Picks: 1}); err != nil {
			return nil, fmt.Errorf("influence: %w", err)
		}
	}
	return f, nil
}

// down takes the adjoint over step n: with the direction u, the mean over the
// draws, and the sum over the samples, of w·(g·u)·g is added to it.
func (f *fisher) down(p *Replay, n int, left, w float32) error {
	m, err := p.r.Moment(n) // the same as before
	if err == nil {
		err = p.write("", m.Before)
	}
	for i, x := range f.g.Params {
		if err == nil {
			err = f.copy(f.rows[1][i], p.env.States[direction+x.Name])
		}
	}
	if err == nil {
		err = f.run(0, n, left)
	}
	if err != nil {
		return err
	}
	draw := NewDrawing(f.e, f.seed, uint32(n))
	for _, number := range p.t.Numbers(n) {
		s := p.t.Samples()[number]
		if err := f.gradient(s, n); err != nil {
			return err
		}
		logits := append([]float32(nil), f.g.Value("logits")...)
		for range Draws {
			if err := f.gradient(draw.Labels(s, logits), n); err != nil {
				return err
			}
			for i, x := range f.g.Params {
				if err := f.copy(f.rows[0][i], x.Grad); err != nil {
					return err
				}
			}
			if err := f.run(1, n); err != nil {
				return err
			}
			factor := float32(float32(f.progs[1].Read(f.total)[0]*w) / Draws)
			if err := f.run(2, n, factor); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *fisher) gradient(s train.Sample, n int) error {
	return errors.Join(f.g.Zero(), f.g.Add(llama.Batch{IDs: s.IDs, Targets: s.Targets, Docs: []int{len(s.IDs)}}, 1, uint64(n)))
}

func (f *fisher) run(part, n int, inputs ...float32) error {
	b := scalars(uint64(n), inputs...)
	return f.progs[part].Run(&b)
}

// copy copies a matrix of whatever shape.
func (f *fisher) copy(to, from tape.Matrix) error {
	rows, cols := from.Shape()
	if x := from.Host(); x != nil {
		return to.Write(x)
	}
	if len(f.buffer) < rows*cols {
		f.buffer = make([]float32, rows*cols)
	}
	return errors.Join(from.Read(f.buffer[:rows*cols]), to.Write(f.buffer[:rows*cols]))
}
