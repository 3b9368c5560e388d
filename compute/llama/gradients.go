package llama

import (
	"fmt"

	"github.com/openledger/openledger/compute/tape"
)

// A Batch is a micro-batch: documents packed one after the other.
type Batch struct {
	IDs     []int32 // tokens
	Targets []int32 // the token to predict at each position; -1: none
	Docs    []int   // lengths of the documents
}

// Gradients computes losses and gradients of a model in training. A step is
// Zero, then Add for each micro-batch in order, then the optimizer on Params.
//
// All parameters of a model that was made or loaded for training are trained;
// with a LoRA, its matrices are, and the model is frozen. It is not safe for
// concurrent use.
type Gradients struct {
	Params []Param // in the order of their names

	program
	m      *Model
	states map[string]tape.Matrix
	loss   tape.Matrix
	losses tape.Ref
	limit  int
	picked bool // rows without a target stay out of the output layer

	binding  tape.Binding
	pos      []int32
	picks    []int32 // rows with a target
	targets  []int32 // of these
	perToken []float32
	w        [1]float32
	zeros    []float32
}

// A GradConfig says what is trained.
type GradConfig struct {
	Tokens  int   // of the largest micro-batch
	Context int   // of the longest document; 0: Tokens
	LoRA    *LoRA // nil: the model itself
	Eval    bool  // losses only; nothing is trained

	// Keep names values inside the model to be read after a run: see Value.
	Keep []string
}

// NewGradients prepares training.
func (m *Model) NewGradients(c GradConfig) (*Gradients, error) {
	if c.Context == 0 {
		c.Context = min(c.Tokens, m.Config.Context)
	}
	if c.Tokens <= 0 || c.Context <= 0 || c.Context > m.Config.Context {
		return nil, fmt.Errorf("llama: micro-batches of %d tokens in documents of up to %d; the model's context is %d",
			c.Tokens, c.Context, m.Config.Context)
	}
	g := &Gradients{m: m, limit: c.Tokens, states: make(map[string]tape.Matrix)}
	if err := g.makeParams(c); err != nil {
		return nil, err
	}
	graph := m.newGraph(c.Context, c.Keep...)
	graph.lora = c.LoRA
	g.picked = c.Eval || c.LoRA != nil || m.params[m.Config.headWeight()].matrix == nil
	graph.loss(g.picked, c.Eval)
	var err error
	if g.program, err = graph.compile(tape.Dims{Tokens: c.Tokens, Picks: c.Tokens}, g.states); err != nil {
		return nil, err
	}
	for _, name := range c.Keep {
		if _, ok := g.kept(name); !ok {
			return nil, fmt.Errorf("llama: the model has no value %q in training", name)
		}
	}
	g.losses, _ = g.kept("losses")
	g.perToken = make([]float32, c.Tokens)
	return g, nil
}

// makeParams lists what is trained and makes its gradients.
func (g *Gradients) makeParams(c GradConfig) (err error) {
	if c.LoRA != nil {
		g.Params = c.LoRA.Params()
	} else {
		g.Params = g.m.Params()
	}
	if c.LoRA.module(headLinear) != nil && !c.Eval {
		return fmt.Errorf("llama: the adapter of %s can run but not be trained; leave that layer out", headLinear)
	}
	if len(g.Params) == 0 && !c.Eval {
		return fmt.Errorf("llama: nothing to train: load the model for training, or give a LoRA")
	}
	if g.loss, err = g.m.backend.Matrix(1, 1); err != nil {
		return err
	}
	g.states["loss"] = g.loss
	for i := range g.Params {
		p := &g.Params[i]
		g.states[p.Name] = p.Value
		if c.Eval {
			continue
		}
		if p.Grad, err = g.m.backend.Matrix(p.Rows, p.Cols); err != nil {
			return fmt.Errorf("llama: gradient of %s: %w", p.Name, err)
		}
		g.states[gradName(p.Name)] = p.Grad
	}
	return nil
}

// Zero sets all gradients and the loss to zero: a step begins.
func (g *Gradients) Zero() error {
	for i := range g.Params {
		if p := &g.Params[i]; p.Grad != nil {
			if err := g.zero(p.Grad); err != nil {
				return err
			}
		}
	}
	return g.zero(g.loss)
}

func (g *Gradients) zero(m tape.Matrix) error {
	if x := m.Host(); x != nil {
		clear(x)
		return nil
	}
	rows, cols := m.Shape()
	if len(g.zeros) < rows*cols {
		g.zeros = make([]float32, rows*cols)
	}
	return m.Write(g.zeros[:rows*cols])
}

// Add computes one micro-batch and adds its gradients and losses to those of
// the step so far. w is 1 over the number of targets in the whole step, whose
// number names it in errors.
func (g *Gradients) Add(b Batch, w float32, step uint64) error {
	binding, err := g.Bind(b, w, step)
	if err != nil {
		return err
	}
	return g.prog.Run(binding)
}

// Bind returns a micro-batch as the tape's binding, good until the next call.
func (g *Gradients) Bind(b Batch, w float32, step uint64) (*tape.Binding, error) {
	if len(b.Targets) != len(b.IDs) || len(b.IDs) == 0 || len(b.IDs) > g.limit {
		return nil, fmt.Errorf("llama: micro-batch of %d tokens with %d targets; 1 to %d are allowed", len(b.IDs), len(b.Targets), g.limit)
	}
	var err error
	if g.pos, err = positions(g.pos[:0], b.Docs, len(b.IDs)); err != nil {
		return nil, err
	}
	g.picks, g.targets = g.picks[:0], g.targets[:0]
	for i, t := range b.Targets {
		if t != -1 {
			g.picks, g.targets = append(g.picks, int32(i)), append(g.targets, t)
		}
	}
	g.w[0] = w
	g.binding.Step, g.binding.Dims = step, tape.Dims{Tokens: len(b.IDs), Picks: len(g.picks)}
	g.binding.Inputs = append(g.binding.Inputs[:0], tape.Data{I: b.IDs}, tape.Data{I: g.pos})
	if g.picked {
		g.binding.Inputs = append(g.binding.Inputs, tape.Data{I: g.picks}, tape.Data{I: g.targets})
	} else {
		g.binding.Inputs = append(g.binding.Inputs, tape.Data{I: b.Targets})
	}
	g.binding.Inputs = append(g.binding.Inputs, tape.Data{F: g.w[:]})
	return &g.binding, nil
}

// Losses returns the loss of each position of the last micro-batch, 0 where
// there is no target. It is good until the next Add.
func (g *Gradients) Losses() []float32 {
	if !g.picked {
		return g.prog.Read(g.losses)
	}
	all := g.perToken[:len(g.pos)]
	clear(all)
	for i, x := range g.prog.Read(g.losses) {
		all[g.picks[i]] = x
	}
	return all
}

// Loss returns the sum of the losses of the step so far, added in order. Times
// w it is the loss of the step.
func (g *Gradients) Loss() (float32, error) {
	var sum [1]float32
	err := g.loss.Read(sum[:])
	return sum[0], err
}

// Value returns a value named in GradConfig.Keep as the last Add left it, row
// by row: "hidden", "model.layers.0.mlp.up_proj" (the output of a layer), the
// same with " gradient" (of it, with LoRA), ".lora_A" and so on.
func (g *Gradients) Value(name string) []float32 {
	r, ok := g.kept(name)
	if !ok {
		panic("llama: value " + name + " is not kept")
	}
	return g.prog.Read(r)
}

// positions appends each token's position in its document.
func positions(pos []int32, docs []int, n int) ([]int32, error) {
	for _, d := range docs {
		if d <= 0 || len(pos)+d > n {
			return nil, fmt.Errorf("llama: documents %v do not make up %d tokens", docs, n)
		}
		for i := range d {
			pos = append(pos, int32(i))
		}
	}
	if len(pos) != n {
		return nil, fmt.Errorf("llama: documents %v do not make up %d tokens", docs, n)
	}
	return pos, nil
}
