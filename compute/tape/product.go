package tape

import (
	"slices"

	"github.com/openledger/openledger/compute/op"
)

// MaxInner is the longest inner index of a product in a lowered tape: 64 rows
// of each side are then 7.3 MB and 0.12 GFLOP. Longer ones are cut into parts,
// each of which continues the chain of the part before. It is a multiple of
// op.Segment, so a cut never falls inside a segment and no bit changes.
const MaxInner = 14336

// Operand positions of MatMul; those of MatMulT differ as named.
const (
	inX, inW, inBias, inC, inRun = 0, 1, 2, 3, 4
	inTC, inTRun                 = 2, 3
)

func initProducts() {
	rules[MatMul] = rule{
		name: "MatMul", in: "mwv?m?m?", out: "m",
		shape: shapeMatMul, share: [][]int{{inRun, inC}},
		run: runMatMul, tile: tileMatMul, lower: lowerMatMul,
	}
	rules[MatMulT] = rule{
		name: "MatMulT", in: "mwm?m?", out: "m",
		shape: shapeMatMulT, share: [][]int{{inTRun, inTC}},
		run: runMatMulT, tile: tileMatMulT, lower: lowerMatMulT,
	}
	rules[MatMulGrad] = rule{
		name: "MatMulGrad", in: "mmm?", out: "m",
		shape: shapeMatMulGrad, share: [][]int{{2}},
		run: runMatMulGrad, tile: tileMatMulGrad,
	}
	rules[BiasGrad] = rule{
		name: "BiasGrad", in: "mm?", out: "m",
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[0].cols > 0 && in[1].absentOr(1, in[0].cols), f32(1, in[0].cols))
		},
		share: [][]int{{1}},
		run: func(f *frame, a *App) error {
			db := f.m(a.Out[0])
			f.begin(db, a.In[1])
			f.e.BiasGrad(db.Data, f.m(a.In[0]))
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.apply(t.attrs, r, t.floats(0, t.tall(0, r)), t.floats(1, r))
		},
	}
}

func shapeMatMul(a *Attrs, in []shape) []shape {
	x, w := in[inX], in[inW]
	last, ok := part(a, x.cols, in[inRun] != shape{})
	return fit(ok && x.cols == w.cols && w.rows > 0 &&
		isBias(in[inBias], w.rows) && in[inC].absentOr(x.rows, w.rows) && in[inRun].absentOr(x.rows, w.rows) &&
		(in[inBias] == shape{} || in[inC] == shape{}) && a.Slices <= 2 &&
		(last || in[inBias] == shape{} && in[inC] == shape{}),
		f32(x.rows, w.rows))
}

func shapeMatMulT(a *Attrs, in []shape) []shape {
	dy, w := in[inX], in[inW]
	last, ok := part(a, dy.cols, in[inTRun] != shape{})
	return fit(ok && dy.cols == w.rows && w.cols > 0 &&
		in[inTC].absentOr(dy.rows, w.cols) && in[inTRun].absentOr(dy.rows, w.cols) &&
		(last || in[inTC] == shape{}),
		f32(dy.rows, w.cols))
}

func shapeMatMulGrad(_ *Attrs, in []shape) []shape {
	dy, x := in[0], in[1]
	return fit(dy.rows == x.rows && dy.cols > 0 && x.cols > 0 && in[2].absentOr(dy.cols, x.cols), f32(dy.cols, x.cols))
}

// isBias says whether b is absent or a row of n elements of any type.
func isBias(b shape, n Dim) bool { return b == shape{} || b.rows == 1 && b.cols == n }

// part checks From and To against an inner index of n: the first part starts at
// 0 and has no running chain, all others continue one. It also says whether
// this is the last part.
func part(a *Attrs, n Dim, running bool) (last, ok bool) {
	if a.To == 0 {
		return true, a.From == 0 && !running && n > 0
	}
	last = a.To == int32(n)
	return last, n > 0 && a.From < a.To && a.To <= int32(n) && a.From%op.Segment == 0 &&
		(last || a.To%op.Segment == 0) && running == (a.From > 0)
}

// bounds returns From and To with the default filled in.
func (a *Attrs) bounds(n int) (from, to int) {
	if a.To == 0 {
		return 0, n
	}
	return int(a.From), int(a.To)
}

func runMatMul(f *frame, a *App) error {
	x, y, w := f.m(a.In[inX]), f.m(a.Out[0]), &f.slots[a.In[inW]]
	bias, c := f.row(a.In[inBias]), a.In[inC]
	if a.Attrs.To != 0 {
		from, to := a.Attrs.bounds(x.Cols)
		more := f.held(c, y)
		f.chainPart(y, a.In[inRun], columns(x, from, to), f.widened(w, from, to), true)
		for i := range y.Rows {
			addTo(y.Row(i), bias)
		}
		addTo(y.Data, more.Data)
		return nil
	}
	if w.w != nil {
		if c != None {
			f.begin(y, c)
		}
		f.e.MatMul(y, x, w.w, op.MatMulOpt{Bias: bias, Add: c != None, Slices: int(a.Attrs.Slices)})
		return nil
	}
	switch {
	case bias != nil: // bias + chain is chain + bias
		for i := range y.Rows {
			copy(y.Row(i), bias)
		}
	case c != None:
		f.begin(y, c)
	}
	f.e.Gemm(y, x, w.m, false, true, bias != nil || c != None)
	return nil
}

func runMatMulT(f *frame, a *App) error {
	dy, dx, w, c := f.m(a.In[inX]), f.m(a.Out[0]), &f.slots[a.In[inW]], a.In[inTC]
	if a.Attrs.To != 0 {
		from, to := a.Attrs.bounds(dy.Cols)
		more := f.held(c, dx)
		f.chainPart(dx, a.In[inTRun], columns(dy, from, to), f.widened(w, 0, dx.Cols).Slice(from, to), false)
		addTo(dx.Data, more.Data)
		return nil
	}
	if c != None {
		f.begin(dx, c)
	}
	if w.w != nil {
		f.e.MatMulT(dx, dy, w.w, op.MatMulOpt{Add: c != None})
	} else {
		f.e.Gemm(dx, dy, w.m, false, false, c != None)
	}
	return nil
}

func runMatMulGrad(f *frame, a *App) error {
	dw, c := f.m(a.Out[0]), a.In[2]
	if c != None {
		f.begin(dw, c)
	}
	f.e.Gemm(dw, f.m(a.In[0]), f.m(a.In[1]), true, false, c != None)
	return nil
}

// chainPart continues in y the chains of run (None: +0) with a and b: adding
// the product of one segment adds exactly what the chain adds there.
func (f *frame) chainPart(y op.Matrix, run Ref, a, b op.Matrix, tb bool) {
	f.begin(y, run)
	for k := 0; k < a.Cols; k += op.Segment {
		end := min(k+op.Segment, a.Cols)
		if tb {
			f.e.Gemm(y, columns(a, k, end), columns(b, k, end), false, true, true)
		} else {
			f.e.Gemm(y, columns(a, k, end), b.Slice(k, end), false, false, true)
		}
	}
}

// held returns c as it is now, copied if y will overwrite it.
func (f *frame) held(c Ref, y op.Matrix) op.Matrix {
	m := f.m(c)
	if len(m.Data) > 0 && &m.Data[0] == &y.Data[0] {
		m.Data = slices.Clone(m.Data)
	}
	return m
}

// addTo adds b to y element by element.
func addTo(y, b []float32) {
	for i, x := range b {
		y[i] += x
	}
}

func tileMatMul(t *tiler, _ int, r rect) op.Matrix {
	from, to := t.attrs.bounds(t.cols(inX))
	return t.apply(t.part(from, to), r,
		t.floats(inX, rect{r.row, r.rows, from, to - from}),
		t.floats(inW, rect{r.col, r.cols, from, to - from}),
		t.floats(inBias, rect{0, 1, r.col, r.cols}), t.floats(inC, r), t.floats(inRun, r))
}

func tileMatMulT(t *tiler, _ int, r rect) op.Matrix {
	from, to := t.attrs.bounds(t.cols(inX))
	return t.apply(t.part(from, to), r,
		t.floats(inX, rect{r.row, r.rows, from, to - from}),
		t.floats(inW, rect{from, to - from, r.col, r.cols}),
		t.floats(inTC, r), t.floats(inTRun, r))
}

func tileMatMulGrad(t *tiler, _ int, r rect) op.Matrix {
	return t.apply(t.attrs, r,
		t.floats(0, rect{0, t.rows(0), r.row, r.rows}),
		t.floats(1, rect{0, t.rows(1), r.col, r.cols}), t.floats(2, r))
}

func lowerMatMul(l *lowering, a *App) []Ref {
	x, w := a.In[inX], a.In[inW]
	if l.split(w) {
		return l.emit(MatMulQ8, a.Attrs, x, w, l.scales[w], a.In[inBias], a.In[inC])
	}
	return l.parts(a, int(l.t.Slots[x].Cols), func(run Ref, last bool) []Ref {
		if !last {
			return []Ref{x, w, None, None, run}
		}
		return []Ref{x, w, a.In[inBias], a.In[inC], run}
	})
}

func lowerMatMulT(l *lowering, a *App) []Ref {
	dy, w := a.In[inX], a.In[inW]
	if l.split(w) {
		return l.matMulTQ8(a)
	}
	return l.parts(a, int(l.t.Slots[dy].Cols), func(run Ref, last bool) []Ref {
		if !last {
			return []Ref{dy, w, None, run}
		}
		return []Ref{dy, w, a.In[inTC], run}
	})
}

// parts writes a product with an inner index of n as parts of MaxInner. in
// gives the operands of a part that continues run.
func (l *lowering) parts(a *App, n int, in func(run Ref, last bool) []Ref) []Ref {
	if n <= MaxInner {
		return nil
	}
	run := None
	for from := 0; ; from += MaxInner {
		to := min(from+MaxInner, n)
		attrs := a.Attrs
		attrs.From, attrs.To = int32(from), int32(to)
		if to == n {
			return l.emit(a.Code, attrs, in(run, true)...)
		}
		run = l.emit(a.Code, attrs, in(run, false)...)[0]
	}
}
