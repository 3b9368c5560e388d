package llama

import "github.com/openledger/openledger/compute/tape"

// gradName is the State of a parameter's gradient.
func gradName(param string) string { return "grad " + param }

// loss writes the model, its losses and, unless eval is set, the gradients of
// all trained parameters. Gradients are added to their States, so micro-batches
// follow each other in order.
//
// With picked set only rows with a target go through the output layer. It MUST
// be frozen then: the chain of its gradient counts all tokens. The bits are the
// same either way, since a row without a target adds exact zeros.
func (g *graph) loss(picked, eval bool) {
	b, rows := g.b, tape.Tokens
	hidden := g.hidden()
	x := hidden
	if picked {
		g.picks, rows = b.Input("picks", tape.I32, tape.Picks, 1), tape.Picks
		x = b.Select(hidden, g.picks)
	}
	targets, w := b.Input("targets", tape.I32, rows, 1), b.Input("weight", tape.F32, 1, 1)
	losses, dlogits := b.CrossEntropy(g.logits(x), targets, w)
	b.Keep(b.Named(losses, "losses"))
	b.Sum(b.State("loss", 1, 1), losses, true)
	if eval {
		return
	}
	head := g.c.headWeight()
	dy := b.MatMulT(dlogits, g.param(head), tape.None)
	if picked {
		dy = b.Scatter(dy, g.picks, g.pos)
	}
	if into := g.grad(head); into != tape.None {
		b.MatMulGrad(into, dlogits, hidden, true)
	}
	dx := g.normGrad(normName, dy, g.last)
	for i := g.c.Layers - 1; i >= 0; i-- {
		dx = g.blockGrad(i, dx)
	}
	if into := g.grad(embedName); into != tape.None {
		b.EmbedGrad(into, dx, g.ids, true)
	}
}

// grad declares the gradient of a parameter, None if it is frozen.
func (g *graph) grad(name string) tape.Ref {
	p := g.m.params[name]
	if p.matrix == nil || g.lora != nil {
		return tape.None
	}
	if p.shape.Vector {
		return g.b.VectorState(gradName(name), p.shape.Cols)
	}
	return g.b.State(gradName(name), p.shape.Rows, p.shape.Cols)
}

func (g *graph) normGrad(name string, dy, x tape.Ref) tape.Ref {
	return g.b.RMSNormGrad(dy, x, g.param(name), g.c.Eps, g.grad(name), true)
}

// blockGrad turns the gradient of block i's output into that of its input.
func (g *graph) blockGrad(i int, dy tape.Ref) tape.Ref {
	b, s, name := g.b, &g.blocks[i], blockName(i)
	dh := g.linearGrad(i, "mlp.down_proj", dy, s.h, tape.None)
	dgate, dup := b.SiLUMulGrad(dh, s.gate, s.up)
	dn := g.linearGrad(i, "mlp.gate_proj", dgate, s.n2, tape.None)
	dn = g.linearGrad(i, "mlp.up_proj", dup, s.n2, dn)
	dx := b.Add(dy, g.normGrad(name+"post_attention_layernorm.weight", dn, s.x2))

	do := g.linearGrad(i, "self_attn.o_proj", dx, s.o, tape.None)
	dq, dk, dv := b.AttendGrad(do, s.q, s.k, s.v, g.pos, g.c.Attn(i))
	dq, dk = b.Rope(dq, g.table, g.pos, true), b.Rope(dk, g.table, g.pos, true)
	if g.c.QKNorm {
		dq = g.normGrad(name+"self_attn.q_norm.weight", dq, s.q0)
		dk = g.normGrad(name+"self_attn.k_norm.weight", dk, s.k0)
	}
	dn = g.linearGrad(i, "self_attn.q_proj", dq, s.n1, tape.None)
	dn = g.linearGrad(i, "self_attn.k_proj", dk, s.n1, dn)
	dn = g.linearGrad(i, "self_attn.v_proj", dv, s.n1, dn)
	return b.Add(dx, g.normGrad(name+"input_layernorm.weight", dn, s.x))
}

// linearGrad writes the gradients of a linear layer: of its parameters, and of
// its input x, which is added to c.
//
//	y = fma(scale, B (A x), W x + bias)
//	dB = dy (scale·A x)ᵀ    du = scale·(dy B)    dA = du xᵀ    dx = c + dy W + du A
func (g *graph) linearGrad(i int, path string, dy, x, c tape.Ref) tape.Ref {
	b, name := g.b, blockName(i)+path
	if into := g.grad(name + ".weight"); into != tape.None {
		b.MatMulGrad(into, dy, x, true)
	}
	if g.c.linears()[g.index(path)].bias {
		if into := g.grad(name + ".bias"); into != tape.None {
			b.BiasGrad(into, dy, true)
		}
	}
	dx := b.MatMulT(dy, g.param(name+".weight"), c)
	if m := g.lora.module(name); m != nil {
		u := b.Named(b.Scale(g.blocks[i].middle[path], m.Scale), name+".lora_A scaled")
		wa, wb := b.State(m.nameA(), m.Rank, m.in), b.State(m.nameB(), m.out, m.Rank)
		b.Named(dy, name+" gradient")
		b.MatMulGrad(b.State(gradName(m.nameB()), m.out, m.Rank), dy, u, true)
		du := b.Named(b.Scale(b.MatMulT(dy, wb, tape.None), m.Scale), name+".lora_A gradient")
		b.MatMulGrad(b.State(gradName(m.nameA()), m.Rank, m.in), du, x, true)
		dx = b.MatMulT(du, wa, dx)
	}
	return dx
}
