package op

// The element-wise operators take matrices of one shape, any stride. An output
// may be the same matrix as an input, but not share part of it.

// Exp writes exp(x) to y; see the function Exp.
func (e *Engine) Exp(y, x Matrix) {
	e.unary("Exp", y, x, func(j *rowJob, i, _ int) { j.exp(j.a.Row(i), j.b.Row(i)) })
}

// SiLU writes x / (1 + exp(-x)) to y; see the function Silu.
func (e *Engine) SiLU(y, x Matrix) {
	e.unary("SiLU", y, x, func(j *rowJob, i, _ int) { j.silu(j.a.Row(i), j.b.Row(i)) })
}

// Scale writes x·s to y.
func (e *Engine) Scale(y, x Matrix, s float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows("Scale", y, x)
	checkApart("Scale", y, x)
	j := &e.row
	j.a, j.b, j.s = y, x, s
	e.eachRow(x.Rows, x.Cols, func(j *rowJob, i, _ int) { j.scale(j.a.Row(i), j.b.Row(i), j.s) })
}

// AddScaled computes y = fma(s, x, y).
func (e *Engine) AddScaled(y, x Matrix, s float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.addScaled(y, x, s)
}

// addScaled is AddScaled for a caller that holds e.mu.
func (e *Engine) addScaled(y, x Matrix, s float32) {
	checkRows("AddScaled", y, x)
	checkApart("AddScaled", y, x)
	j := &e.row
	j.a, j.b, j.s = y, x, s
	e.eachRow(x.Rows, x.Cols, func(j *rowJob, i, _ int) { j.addScaled(j.a.Row(i), j.b.Row(i), j.s) })
}

// Add computes y = a + b.
func (e *Engine) Add(y, a, b Matrix) {
	e.binary("Add", y, a, b, func(j *rowJob, i, _ int) { j.add(j.a.Row(i), j.b.Row(i), j.c.Row(i)) })
}

// Mul computes y = a·b, element by element.
func (e *Engine) Mul(y, a, b Matrix) {
	e.binary("Mul", y, a, b, func(j *rowJob, i, _ int) { j.mul(j.a.Row(i), j.b.Row(i), j.c.Row(i)) })
}

// SiLUMul computes y = silu(gate)·up, the middle of a Llama feed-forward.
//
// Error against float64: 3.5 units in the last place.
func (e *Engine) SiLUMul(y, gate, up Matrix) {
	e.binary("SiLUMul", y, gate, up, func(j *rowJob, i, _ int) {
		j.siluMul(j.a.Row(i), j.b.Row(i), j.c.Row(i))
	})
}

// SiLUMulBackward computes the gradients of SiLUMul.
//
//	dup = dy·silu(gate)    dgate = (dy·up)·silu'(gate)
//
// dgate and dup may each be one of the inputs, but not the same one.
func (e *Engine) SiLUMulBackward(dgate, dup, dy, gate, up Matrix) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows("SiLUMulBackward", dgate, dup, dy, gate, up)
	checkApart("SiLUMulBackward", dgate, dy, gate, up)
	checkApart("SiLUMulBackward", dup, dy, gate, up)
	if dgate.overlaps(dup) {
		panic("op: SiLUMulBackward: dgate and dup overlap")
	}
	j := &e.row
	j.a, j.b, j.c, j.d, j.f = dgate, dup, dy, gate, up
	e.eachRow(dy.Rows, dy.Cols, func(j *rowJob, i, _ int) {
		j.siluMulGrad(j.a.Row(i), j.b.Row(i), j.c.Row(i), j.d.Row(i), j.f.Row(i))
	})
}

func (e *Engine) unary(name string, y, x Matrix, f func(j *rowJob, i, worker int)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows(name, y, x)
	checkApart(name, y, x)
	e.row.a, e.row.b = y, x
	e.eachRow(x.Rows, x.Cols, f)
}

func (e *Engine) binary(name string, y, a, b Matrix, f func(j *rowJob, i, worker int)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows(name, y, a, b)
	checkApart(name, y, a, b)
	e.row.a, e.row.b, e.row.c = y, a, b
	e.eachRow(y.Rows, y.Cols, f)
}
