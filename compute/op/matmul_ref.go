package op

// The reference products: gather the two vectors of each output element, take
// their chain (or their integer sum), store. No blocking, no packing.

// vectors hands out the operands of a product whose output is (rows, cols):
// out[i,j] = dot of row i of the left side and column j of the right side.
type vectors interface {
	left(i int, v *operand)
	right(j int, v *operand)
}

// operand is a float32 vector, or digits in units of scale.
type operand struct {
	f      []float32
	d0, d1 []int8
	scale  float32
}

// refJob computes the product column by column.
type refJob struct {
	out     Matrix
	sides   vectors
	inner   int
	integer bool
	opt     MatMulOpt
}

func (e *Engine) matMulRef(y, x Matrix, w *Weights, o MatMulOpt) {
	e.pool.run(y.Cols, &refJob{y, forward{x, w}, w.k, w.format == Q8, o})
}

func (e *Engine) matMulTRef(dx, dy Matrix, w *Weights, o MatMulOpt) {
	e.pool.run(dx.Cols, &refJob{dx, backward{dy, w}, w.n, w.format == Q8, o})
}

func (e *Engine) gemmRef(c, a, b Matrix, ta, tb, add bool) {
	k := a.Cols
	if ta {
		k = a.Rows
	}
	e.pool.run(c.Cols, &refJob{c, pair{a, b, ta, tb}, k, false, MatMulOpt{Add: add}})
}

// do computes column j of the output.
func (t *refJob) do(j, _ int) {
	l, r := newOperand(t.inner), newOperand(t.inner)
	t.sides.right(j, &r)
	for i := range t.out.Rows {
		t.sides.left(i, &l)
		var v float32
		if t.integer {
			s0, s1 := dotSlices(l.d0, l.d1, r.d0)
			v = joinSlices(l.scale*r.scale, s0, s1, t.opt.Slices)
		} else {
			v = Chain(l.f, r.f)
		}
		if t.opt.Bias != nil {
			v = t.opt.Bias[j] + v
		}
		out := &t.out.Data[i*t.out.Stride+j]
		if t.opt.Add {
			v = *out + v
		}
		*out = v
	}
}

func newOperand(n int) operand {
	return operand{f: make([]float32, n), d0: make([]int8, n), d1: make([]int8, n), scale: 1}
}

// quantise cuts v.f into digits.
func (v *operand) quantise() {
	v.scale = sliceScale(v.f)
	for k, x := range v.f {
		v.d0[k], v.d1[k] = slices2(x, v.scale)
	}
}

// forward is x Wᵀ.
type forward struct {
	x Matrix
	w *Weights
}

func (p forward) left(i int, v *operand) {
	copy(v.f, p.x.Row(i))
	if p.w.format == Q8 {
		v.quantise()
	}
}

func (p forward) right(j int, v *operand) {
	if p.w.format == Q8 {
		p.w.int8Row(j, v.d0)
		v.scale = p.w.scale[j]
		return
	}
	p.w.Row(j, v.f)
}

// backward is dy W. The scales of Q8 rows belong to the inner index here, so
// they go into the left side before it is cut.
type backward struct {
	dy Matrix
	w  *Weights
}

func (p backward) left(i int, v *operand) {
	copy(v.f, p.dy.Row(i))
	if p.w.format == Q8 {
		for n := range v.f {
			v.f[n] *= p.w.scale[n]
		}
		v.quantise()
	}
}

func (p backward) right(j int, v *operand) {
	for n := range p.w.n {
		if p.w.format == Q8 {
			v.d0[n] = p.w.digit(n, j)
		} else {
			v.f[n] = p.w.at(n, j)
		}
	}
}

// pair is op(a) op(b).
type pair struct {
	a, b   Matrix
	ta, tb bool
}

func (p pair) left(i int, v *operand)  { p.a.vector(i, p.ta, v.f) }
func (p pair) right(j int, v *operand) { p.b.vector(j, !p.tb, v.f) }

// vector copies row i of m, or column i, to dst.
func (m Matrix) vector(i int, column bool, dst []float32) {
	if !column {
		copy(dst, m.Row(i))
		return
	}
	for k := range dst {
		dst[k] = m.Data[k*m.Stride+i]
	}
}
