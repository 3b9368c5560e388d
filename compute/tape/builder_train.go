package tape

import "github.com/openledger/openledger/compute/op"

// The parts of a Builder for training. Gradients of parameters go into States:
// with more set, they are added to what the State holds.

// MatMulT is dy w, the gradient of MatMul's x; c may be None.
func (b *Builder) MatMulT(dy, w, c Ref) Ref { return b.value(MatMulT, Attrs{}, dy, w, c, None) }

// MatMulGrad puts the gradient of MatMul's w into a State.
func (b *Builder) MatMulGrad(into, dy, x Ref, more bool) {
	b.gradient(MatMulGrad, Attrs{}, into, more, dy, x)
}

// BiasGrad puts the gradient of a bias into a State.
func (b *Builder) BiasGrad(into, dy Ref, more bool) {
	b.gradient(BiasGrad, Attrs{}, into, more, dy)
}

// EmbedGrad puts the gradient of Embed's table into a State.
func (b *Builder) EmbedGrad(into, dy, ids Ref, more bool) {
	rows, _ := b.Shape(into)
	b.gradient(EmbedGrad, Attrs{To: int32(rows)}, into, more, dy, ids)
}

// gradient applies an operator whose last operand is what to add to.
func (b *Builder) gradient(code Code, a Attrs, into Ref, more bool, in ...Ref) {
	b.apply(code, a, []Ref{into}, append(in, b.held(into, more))...)
}

// held returns what stands in a State's place now, or None.
func (b *Builder) held(state Ref, more bool) Ref {
	if !more {
		return None
	}
	for i := len(b.t.Slots) - 1; i > int(state); i-- {
		if b.t.Slots[i].Class == Update && b.t.Slots[i].Of == state {
			return Ref(i)
		}
	}
	return state
}

// RMSNormGrad returns the gradient of RMSNorm's x, and puts that of the gain
// into a State unless it is None.
func (b *Builder) RMSNormGrad(dy, x, gain Ref, eps float32, into Ref, more bool) Ref {
	if into == None {
		out := b.apply(RMSNormGrad, Attrs{Eps: eps}, nil, dy, x, gain, None)
		return out[0]
	}
	return b.apply(RMSNormGrad, Attrs{Eps: eps}, []Ref{None, into}, dy, x, gain, b.held(into, more))[0]
}

// Scatter is the gradient of Select: x added to those rows of zeros, as many as
// like has.
func (b *Builder) Scatter(x, rows, like Ref) Ref {
	return b.value(Scatter, Attrs{}, x, rows, like)
}

// AttendGrad returns the gradients of Attend.
func (b *Builder) AttendGrad(do, q, k, v, pos Ref, a op.Attn) (dq, dk, dv Ref) {
	out := b.apply(AttendGrad, attnAttrs(a), nil, do, q, k, v, pos)
	return out[0], out[1], out[2]
}

// SiLUMulGrad returns the gradients of SiLUMul.
func (b *Builder) SiLUMulGrad(dy, gate, up Ref) (dgate, dup Ref) {
	out := b.apply(SiLUMulGrad, Attrs{}, nil, dy, gate, up)
	return out[0], out[1]
}

// CrossEntropy returns the loss of each row and the gradient of the logits.
func (b *Builder) CrossEntropy(logits, targets, w Ref) (losses, dlogits Ref) {
	out := b.apply(CrossEntropy, Attrs{}, nil, logits, targets, w)
	return out[0], out[1]
}

// Sum puts the sum of a column into a State.
func (b *Builder) Sum(into, x Ref, more bool) { b.gradient(Sum, Attrs{}, into, more, x) }

// SumSquares returns the sum of squares of a matrix.
func (b *Builder) SumSquares(x Ref) Ref { return b.value(SumSquares, Attrs{}, x) }

// ClipFactor returns the factor for gradients whose squares sum to total.
func (b *Builder) ClipFactor(total Ref, clip float32) Ref {
	return b.value(ClipFactor, Attrs{Scale: clip}, total)
}

// ScaleBy is x·f.
func (b *Builder) ScaleBy(x, f Ref) Ref { return b.value(ScaleBy, Attrs{}, x, f) }

// Store puts x·s in a State's place; with s = 1 the value itself.
func (b *Builder) Store(state, x Ref, s float32) Ref {
	return b.apply(Scale, Attrs{Scale: s}, []Ref{state}, x)[0]
}

// Adam updates a parameter and its moments, all States, and returns the divisor
// of each element. p1 and p2 are the powers of the betas for this step.
func (b *Builder) Adam(param, g, m, v, lr, p1, p2 Ref, c op.AdamConfig) (divisor Ref) {
	a := Attrs{Beta1: c.B1, Beta2: c.B2, Eps: c.Eps, EpsRoot: c.EpsRoot, Decay: c.WeightDecay}
	return b.apply(Adam, a, []Ref{param, m, v}, param, g, m, v, lr, p1, p2)[3]
}

// SGD updates a parameter and its momentum, both States.
func (b *Builder) SGD(param, g, m, lr Ref, mu float32) {
	b.apply(SGD, Attrs{Beta1: mu}, []Ref{param, m}, param, g, m, lr)
}
