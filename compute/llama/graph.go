package llama

import (
	"fmt"
	"maps"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// A graph writes a model as a tape. It keeps what the backward pass reads.
type graph struct {
	m    *Model
	c    *Config
	b    *tape.Builder
	lora *LoRA // trained adapter, or nil

	ids, pos, picks, table tape.Ref
	paged                  bool // keys and values live in a cache
	adapted                bool // rows have adapters of their own

	blocks []block
	last   tape.Ref // input of the final norm
}

// A block is what the forward pass of one layer leaves for the backward pass.
type block struct {
	x, n1       tape.Ref // input, after input_layernorm
	q0, k0      tape.Ref // before q_norm and k_norm, if the model has them
	q, k, v, o  tape.Ref // as attention reads them, what it returns
	x2, n2      tape.Ref // after attention, after post_attention_layernorm
	gate, up, h tape.Ref
	middle      map[string]tape.Ref // A x of each trained adapter module
}

func (m *Model) newGraph(context int, keep ...string) *graph {
	g := &graph{m: m, c: &m.Config, b: tape.NewBuilder(keep...)}
	g.ids = g.b.Input("ids", tape.I32, tape.Tokens, 1)
	g.pos = g.b.Input("positions", tape.I32, tape.Tokens, 1)
	g.table = g.b.Table(ropeName, context, g.c.HeadDim)
	return g
}

// param declares a tensor of the model.
func (g *graph) param(name string) tape.Ref {
	p, ok := g.m.params[name]
	if !ok {
		panic("llama: no tensor " + name)
	}
	switch {
	case p.matrix == nil && p.shape.Vector:
		return g.b.Vector(name, p.typ, p.shape.Cols)
	case p.matrix == nil:
		return g.b.Weight(name, p.typ, p.shape.Rows, p.shape.Cols)
	case p.shape.Vector:
		return g.b.VectorState(name, p.shape.Cols)
	}
	return g.b.State(name, p.shape.Rows, p.shape.Cols)
}

// hidden writes the model up to the final norm: (tokens, hidden).
func (g *graph) hidden() tape.Ref {
	x := g.b.Named(g.b.Embed(g.param(embedName), g.ids), "embedding")
	for i := range g.c.Layers {
		x = g.block(i, x)
	}
	g.last = x
	return g.b.Named(g.b.RMSNorm(x, g.param(normName), g.c.Eps), "hidden")
}

// logits writes the output layer.
func (g *graph) logits(hidden tape.Ref) tape.Ref {
	y := g.b.MatMul(hidden, g.param(g.c.headWeight()), tape.None, tape.None, g.m.slices)
	if adapter := g.lora.module(headLinear); adapter != nil {
		_, y = g.adapter(adapter, hidden, y)
	}
	if g.adapted {
		y = g.b.Adapt(y, hidden, g.picks, g.c.Layers*len(g.c.linears()))
	}
	return g.b.Named(y, "logits")
}

// block writes layer i and returns its output.
func (g *graph) block(i int, x tape.Ref) tape.Ref {
	b, name, attn := g.b, blockName(i), g.c.Attn(i)
	s := block{x: x, middle: make(map[string]tape.Ref)}
	s.n1 = b.Named(b.RMSNorm(x, g.param(name+"input_layernorm.weight"), g.c.Eps), name+"input_layernorm")
	qkv := g.linears(i, s.n1, &s, "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")
	s.q, s.k, s.v = qkv[0], qkv[1], qkv[2]
	if g.c.QKNorm {
		s.q0, s.k0 = s.q, s.k
		s.q = b.Named(b.RMSNorm(s.q, g.param(name+"self_attn.q_norm.weight"), g.c.Eps), name+"self_attn.q_norm")
		s.k = b.Named(b.RMSNorm(s.k, g.param(name+"self_attn.k_norm.weight"), g.c.Eps), name+"self_attn.k_norm")
	}
	s.q = b.Rope(s.q, g.table, g.pos, false)
	s.k = b.Rope(s.k, g.table, g.pos, false)
	if g.paged {
		s.o = b.AttendPaged(s.q, s.k, s.v, i, attn)
	} else {
		s.o = b.Attend(s.q, s.k, s.v, g.pos, attn)
	}
	b.Named(s.o, name+"self_attn")
	s.x2 = g.linear(i, "self_attn.o_proj", s.o, x, &s)
	s.n2 = b.Named(b.RMSNorm(s.x2, g.param(name+"post_attention_layernorm.weight"), g.c.Eps), name+"post_attention_layernorm")
	inner := g.linears(i, s.n2, &s, "mlp.gate_proj", "mlp.up_proj")
	s.gate, s.up = inner[0], inner[1]
	s.h = b.Named(b.SiLUMul(s.gate, s.up), name+"mlp.act")
	y := g.linear(i, "mlp.down_proj", s.h, s.x2, &s)
	g.blocks = append(g.blocks, s)
	return y
}

// linears writes linear layers of block i that read the same x. The products
// come first, without adapters by row between them, so that a backend can run
// them together.
func (g *graph) linears(i int, x tape.Ref, s *block, paths ...string) []tape.Ref {
	out := make([]tape.Ref, len(paths))
	adapted := g.adapted
	g.adapted = false
	for k, path := range paths {
		out[k] = g.linear(i, path, x, tape.None, s)
	}
	g.adapted = adapted
	for k, path := range paths {
		if adapted {
			out[k] = g.b.Adapt(out[k], x, tape.None, i*len(g.c.linears())+g.index(path))
		}
	}
	return out
}

// linear writes a linear layer of block i, and adds its output to the residual
// stream unless that is None.
func (g *graph) linear(i int, path string, x, residual tape.Ref, s *block) tape.Ref {
	name, k := blockName(i)+path, g.index(path)
	bias, c := tape.None, residual
	if g.c.linears()[k].bias {
		bias, c = g.param(name+".bias"), tape.None
	}
	adapter := g.lora.module(name)
	if g.adapted || adapter != nil {
		c = tape.None
	}
	y := g.b.Named(g.b.MatMul(x, g.param(name+".weight"), bias, c, g.m.slices), name)
	if c != tape.None || residual == tape.None && !g.adapted && adapter == nil {
		return y
	}
	if adapter != nil {
		s.middle[path], y = g.adapter(adapter, x, y)
	}
	if g.adapted {
		y = g.b.Adapt(y, x, tape.None, i*len(g.c.linears())+k)
	}
	if residual != tape.None {
		y = g.b.Add(residual, y)
	}
	return y
}

// adapter writes the adapter of the layer that makes y of x: its middle A x,
// and the layer's output.
func (g *graph) adapter(p *loraPart, x, y tape.Ref) (u, out tape.Ref) {
	u = g.b.Named(g.b.MatMul(x, g.b.State(p.nameA(), p.Rank, p.in), tape.None, tape.None, 0), p.Name+".lora_A")
	d := g.b.MatMul(u, g.b.State(p.nameB(), p.out, p.Rank), tape.None, tape.None, 0)
	return u, g.b.Named(g.b.AddScaled(y, d, p.Scale), p.Name+".lora_B")
}

func (g *graph) index(path string) int {
	for k, l := range g.c.linears() {
		if l.path == path {
			return k
		}
	}
	panic("llama: no layer " + path)
}

// A program is a tape that is ready to run, with all that it keeps.
type program struct {
	tape *tape.Tape
	env  tape.Env
	prog tape.Program
}

// compile makes a program for batches of at most limit; states are those beside
// the model's own.
func (g *graph) compile(limit tape.Dims, states map[string]tape.Matrix) (p program, err error) {
	p.tape = g.b.Build()
	positions, _ := g.b.Shape(g.table)
	table, err := g.m.table(int(positions))
	if err != nil {
		return p, err
	}
	p.env = tape.Env{
		Weights: make(map[string]tape.Weights), States: maps.Clone(states),
		Tables: map[string]*op.RopeTable{ropeName: table},
	}
	for name, x := range g.m.params {
		if x.matrix != nil {
			p.env.States[name] = x.matrix
		} else {
			p.env.Weights[name] = x.weights
		}
	}
	if p.prog, err = g.m.backend.Program(p.tape, p.env, limit); err != nil {
		return p, fmt.Errorf("llama: %w", err)
	}
	return p, nil
}

// kept returns the slot that can be read under a name.
func (p *program) kept(name string) (tape.Ref, bool) {
	for i, s := range p.tape.Slots {
		if s.Keep && s.Name == name {
			return tape.Ref(i), true
		}
	}
	return tape.None, false
}

// Tape returns the tape.
func (p *program) Tape() *tape.Tape { return p.tape }

// Env returns what the tape keeps between runs: with Tape and a Binding all
// that tape.CPU needs to trace a run.
func (p *program) Env() tape.Env { return p.env }
