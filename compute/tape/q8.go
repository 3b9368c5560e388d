package tape

import (
	"math"

	"github.com/openledger/openledger/compute/op"
)

// In a lowered tape Q8 weights are two slots: digits (I8) and scales (F32). The
// inner index of dy w may be the vocabulary; then the largest element of a row,
// the integer sums and the final product are applications of their own.

// maxInnerQ8 bounds the inner index of a product with Q8 weights: 64 rows of
// activations and digits are then 8 MB.
const maxInnerQ8 = 24576

func initQ8() {
	rules[MatMulQ8] = rule{
		name: "MatMulQ8", in: "mdmv?m?", out: "m",
		shape: func(a *Attrs, in []shape) []shape {
			n := in[1].rows
			return fit(a.whole() && in[0].cols == in[1].cols && in[2] == f32(n, 1) && isBias(in[3], n) &&
				in[4].absentOr(in[0].rows, n) && a.Slices >= 0 && a.Slices <= 2, f32(in[0].rows, n))
		},
		run: func(f *frame, a *App) error {
			return runMatMul(f, &App{Attrs: a.Attrs, In: []Ref{a.In[0], a.In[1], a.In[3], a.In[4], None}, Out: a.Out})
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			k := t.cols(0)
			return t.apply(t.attrs, r, t.floats(0, rect{r.row, r.rows, 0, k}),
				t.packed(rect{r.col, r.cols, 0, k}), operand{},
				t.floats(3, rect{0, 1, r.col, r.cols}), t.floats(4, r))
		},
	}
	rules[MatMulTQ8] = rule{
		name: "MatMulTQ8", in: "mdmm?", out: "m",
		shape: func(a *Attrs, in []shape) []shape {
			return fit(a.whole() && in[0].cols == in[1].rows && in[2] == f32(in[1].rows, 1) &&
				in[3].absentOr(in[0].rows, in[1].cols), f32(in[0].rows, in[1].cols))
		},
		run: func(f *frame, a *App) error {
			return runMatMulT(f, &App{Attrs: a.Attrs, In: []Ref{a.In[0], a.In[1], a.In[3], None}, Out: a.Out})
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			n := t.cols(0)
			return t.apply(t.attrs, r, t.floats(0, rect{r.row, r.rows, 0, n}),
				t.packed(rect{0, n, r.col, r.cols}), operand{}, t.floats(3, r))
		},
	}
	rules[ScaledMax] = rule{
		name: "ScaledMax", in: "mmm?", out: "m", unchecked: true,
		shape: func(a *Attrs, in []shape) []shape {
			ok := in[1] == f32(in[0].cols, 1) && isPart(a, in[0].cols)
			return fit(ok && in[2].absentOr(in[0].rows, 1), f32(in[0].rows, 1))
		},
		run: func(f *frame, a *App) error {
			dy, scale, y := f.m(a.In[0]), f.row(a.In[1]), f.m(a.Out[0])
			f.begin(y, a.In[2])
			for i := range dy.Rows {
				for n := a.Attrs.From; n < a.Attrs.To; n++ {
					y.Data[i] = max(y.Data[i], abs(dy.Row(i)[n]*scale[n]))
				}
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			s := t.span(r)
			return t.apply(t.rest(), r, t.floats(0, s), t.floats(1, rect{s.col, s.cols, 0, 1}), t.floats(2, r))
		},
	}
	rules[DigitSums] = rule{
		name: "DigitSums", in: "mdmmi?i?", out: "ii",
		shape: func(a *Attrs, in []shape) []shape {
			sums := shape{I32, in[0].rows, in[1].cols}
			ok := in[0].cols == in[1].rows && in[2] == f32(in[1].rows, 1) && in[3] == f32(in[0].rows, 1)
			none := in[4] == shape{} && in[5] == shape{}
			return fit(ok && isPart(a, in[0].cols) && (none || in[4] == sums && in[5] == sums), sums, sums)
		},
		run: runDigitSums, tile: tileDigitSums,
	}
	rules[JoinSums] = rule{
		name: "JoinSums", in: "miim?", out: "m", share: [][]int{{3}},
		shape: func(_ *Attrs, in []shape) []shape {
			y := f32(in[1].rows, in[1].cols)
			return fit(in[0] == f32(in[1].rows, 1) && in[1] == in[2] && in[3].absentOr(y.rows, y.cols), y)
		},
		run: func(f *frame, a *App) error {
			largest, s0, s1, y := f.row(a.In[0]), f.ints(a.In[1]), f.ints(a.In[2]), f.m(a.Out[0])
			f.begin(y, a.In[3])
			for i := range y.Rows {
				for j, c := range y.Row(i) {
					at := i*y.Cols + j
					v := float32(largest[i] / 127 * float32(op.Fma(128, float32(s0[at]), float32(s1[at]))*0.0078125))
					if a.In[3] != None {
						v = c + v
					}
					y.Row(i)[j] = v
				}
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.apply(t.attrs, r, t.floats(0, rect{r.row, r.rows, 0, 1}),
				operand{i: t.ints(1, r)}, operand{i: t.ints(2, r)}, t.floats(3, r))
		},
	}
}

// whole says whether a product is of the whole inner index: with Q8 weights it
// has no parts.
func (a *Attrs) whole() bool { return a.From == 0 && a.To == 0 }

// matMulTQ8 writes dy w for Q8 weights.
func (l *lowering) matMulTQ8(a *App) []Ref {
	dy, w, c := a.In[inX], a.In[inW], a.In[inTC]
	digits, scale, n := w, l.scales[w], int(l.t.Slots[dy].Cols)
	if n <= MaxInner {
		return l.emit(MatMulTQ8, a.Attrs, dy, digits, scale, c)
	}
	largest, sums := None, []Ref{None, None}
	for from := 0; from < n; from += MaxInner {
		largest = l.emit(ScaledMax, span(from, n), dy, scale, largest)[0]
	}
	for from := 0; from < n; from += MaxInner {
		sums = l.emit(DigitSums, span(from, n), dy, digits, scale, largest, sums[0], sums[1])
	}
	return l.emit(JoinSums, Attrs{}, largest, sums[0], sums[1], c)
}

func runDigitSums(f *frame, a *App) error {
	dy, w, scale, largest := f.m(a.In[0]), f.slots[a.In[1]].w, f.row(a.In[2]), f.row(a.In[3])
	sums := [2][]int32{f.ints(a.Out[0]), f.ints(a.Out[1])}
	for i, s := range sums {
		clear(s)
		if c := a.In[4+i]; c != None {
			copy(s, f.ints(c))
		}
	}
	rows, _ := w.Int8()
	row := make([]int8, w.K())
	for n := a.Attrs.From; n < a.Attrs.To; n++ {
		rows(int(n), row)
		for i := range dy.Rows {
			d0, d1 := twoDigits(dy.Row(i)[n]*scale[n], largest[i]/127)
			for k, v := range row {
				sums[0][i*w.K()+k] += d0 * int32(v)
				sums[1][i*w.K()+k] += d1 * int32(v)
			}
		}
	}
	return nil
}

func tileDigitSums(t *tiler, out int, r rect) op.Matrix {
	sums := t.ints(4+out, r)
	if sums == nil {
		sums = make([]int32, r.rows*r.cols)
	}
	s := t.span(r)
	dy, scale := t.floats(0, s).m, t.floats(2, rect{s.col, s.cols, 0, 1}).m
	digits := t.floats(1, rect{s.col, s.cols, r.col, r.cols}).m
	largest := t.floats(3, rect{r.row, r.rows, 0, 1}).m
	for i := range dy.Rows {
		for n, g := range dy.Row(i) {
			d0, d1 := twoDigits(g*scale.Data[n], largest.Data[i]/127)
			if out == 1 {
				d0 = d1
			}
			for j, v := range digits.Row(n) {
				sums[i*r.cols+j] += d0 * int32(v)
			}
		}
	}
	t.sums = sums
	return op.Matrix{}
}

// twoDigits cuts x into two digits of radix 128 in units of scale.
func twoDigits(x, scale float32) (d0, d1 int32) {
	if scale == 0 {
		return 0, 0
	}
	r := x / scale
	d0 = digit(r)
	return d0, digit((r - float32(d0)) * 128)
}

func digit(r float32) int32 {
	return int32(math.RoundToEven(float64(max(-127, min(127, r)))))
}

func abs(x float32) float32 { return float32(math.Abs(float64(x))) }
