package tape

import (
	"math"

	"github.com/openledger/openledger/compute/op"
)

func initNorms() {
	rules[RMSNorm] = rule{
		name: "RMSNorm", in: "mv", out: "m", share: [][]int{{0}},
		shape: func(_ *Attrs, in []shape) []shape { return fit(isGain(in[1], in[0].cols), in[0]) },
		run: func(f *frame, a *App) error {
			gain := f.row(a.In[1])
			f.e.RMSNorm(reshaped(f.m(a.Out[0]), len(gain)), reshaped(f.m(a.In[0]), len(gain)), gain, a.Attrs.Eps)
			return nil
		},
		tile: tileNorm,
	}
	rules[RMSNormGrad] = rule{
		name: "RMSNormGrad", in: "mmvm?", out: "m?m?", share: [][]int{{0}, {3}},
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[0] == in[1] && isGain(in[2], in[0].cols) && in[3].absentOr(1, in[2].cols), in[0], f32(1, in[2].cols))
		},
		run: runNormGrad, lower: lowerNormGrad,
		tile: tileNorm, // a primitive when only dx is wanted
	}
	rules[NormRoot] = rule{
		name: "NormRoot", in: "m", out: "m",
		shape: func(a *Attrs, in []shape) []shape {
			n := Dim(a.HeadDim)
			return fit(n > 0 && in[0].cols > 0 && in[0].cols%n == 0, f32(in[0].rows, in[0].cols/max(n, 1)))
		},
		run: func(f *frame, a *App) error {
			n := int(a.Attrs.HeadDim)
			x, y := reshaped(f.m(a.In[0]), n), f.m(a.Out[0])
			for i := range x.Rows {
				q := op.LanesDot(x.Row(i), x.Row(i))/float32(n) + a.Attrs.Eps
				y.Data[i] = 1 / float32(math.Sqrt(float64(q)))
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			n := int(t.attrs.HeadDim)
			return t.apply(t.attrs, r, t.floats(0, rect{r.row, r.rows, r.col * n, r.cols * n}))
		},
	}
	rules[NormGainGrad] = rule{
		name: "NormGainGrad", in: "mmmm?m?", out: "m", share: [][]int{{4, 3}},
		shape: func(a *Attrs, in []shape) []shape {
			n := max(in[2].cols, 1)
			gain := f32(1, in[0].cols/n)
			if in[0].rows > maxDim/n {
				return nil
			}
			last, ok := part(a, in[0].rows*n, in[4] != shape{})
			ok = ok && in[0] == in[1] && in[2].rows == in[0].rows && in[2].cols > 0 && gain.cols > 0 && in[0].cols%n == 0
			return fit(ok && Dim(a.From)%n == 0 && Dim(a.To)%n == 0 && in[4].absentOr(1, gain.cols) &&
				in[3].absentOr(1, gain.cols) && (last || in[3] == shape{}), gain)
		},
		run: runNormGainGrad, tile: tileNormGainGrad,
	}
}

// isGain says whether g is a gain for rows of cols elements.
func isGain(g shape, cols Dim) bool {
	return g.rows == 1 && g.cols > 0 && cols > 0 && cols%g.cols == 0
}

func runNormGrad(f *frame, a *App) error {
	gain, n := f.row(a.In[2]), int(f.m(a.In[2]).Cols)
	dy, x := reshaped(f.m(a.In[0]), n), reshaped(f.m(a.In[1]), n)
	dx := f.m(a.Out[0])
	if a.Out[0] == None {
		dx = f.matrix(dy.Rows, n)
	}
	dg := f.m(a.Out[1])
	if a.Out[1] != None {
		f.begin(dg, a.In[3])
	}
	f.e.RMSNormBackward(reshaped(dx, n), dg.Data, dy, x, gain, a.Attrs.Eps)
	return nil
}

// lowerNormGrad gives the gain's gradient its own application with the roots of
// the rows as operand: a tile of it would else need the whole of x.
func lowerNormGrad(l *lowering, a *App) []Ref {
	if a.Out[1] == None {
		return nil
	}
	dy, x, gain, c := a.In[0], a.In[1], a.In[2], a.In[3]
	out := []Ref{None, None}
	if a.Out[0] != None {
		out[0] = l.emit(RMSNormGrad, a.Attrs, dy, x, gain, None)[0]
	}
	root := l.emit(NormRoot, Attrs{HeadDim: int32(l.t.Slots[gain].Cols), Eps: a.Attrs.Eps}, x)[0]
	heads, rows := int(l.t.Slots[root].Cols), int(l.t.Slots[x].Rows)
	whole := lcm(op.Segment, heads) // a part is of whole segments and whole tokens
	part := MaxInner / whole * whole
	if rows *= heads; rows <= MaxInner {
		part = rows
	} else if part == 0 {
		l.fail("the gradient of a gain of %d heads cannot be cut into parts", heads)
		return out
	}
	run := None
	for from := 0; from < rows; from += part {
		attrs := Attrs{From: int32(from), To: int32(min(from+part, rows))}
		if from+part < rows {
			run = l.emit(NormGainGrad, attrs, dy, x, root, None, run)[0]
		} else {
			out[1] = l.emit(NormGainGrad, attrs, dy, x, root, c, run)[0]
		}
	}
	return out
}

func lcm(a, b int) int {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	return a / x * b
}

func runNormGainGrad(f *frame, a *App) error {
	root, dg := f.m(a.In[2]), f.m(a.Out[0])
	n := f.m(a.In[0]).Cols / root.Cols
	dy, x := reshaped(f.m(a.In[0]), n), reshaped(f.m(a.In[1]), n)
	sum, s := make([]float32, n), make([]float32, n)
	if a.In[4] != None {
		copy(sum, f.row(a.In[4]))
	}
	from, to := a.Attrs.bounds(x.Rows)
	for first := from; first < to; first += op.Segment {
		clear(s)
		for i := first; i < min(first+op.Segment, to); i++ {
			for j, v := range x.Row(i) {
				s[j] = op.Fma(dy.Row(i)[j], float32(v*root.Data[i]), s[j])
			}
		}
		addTo(sum, s)
	}
	if a.In[3] == None {
		copy(dg.Data, sum)
		return nil
	}
	f.begin(dg, a.In[3])
	addTo(dg.Data, sum)
	return nil
}

// tileNorm: a tile needs whole normed rows, and the gain.
func tileNorm(t *tiler, _ int, r rect) op.Matrix {
	gain := len(t.in) - 1
	if t.code == RMSNormGrad {
		if gain = 2; t.out != 0 || t.in[3] != (shape{}) {
			t.fail("the gradient of the gain is not a primitive")
		}
	}
	n := t.cols(gain)
	wide := r.blocks(n)
	parts := make([]operand, len(t.in))
	for i := range parts[:gain] {
		parts[i] = t.floats(i, wide)
	}
	parts[gain] = t.floats(gain, rect{0, 1, 0, n})
	return cut(t.apply(t.attrs, wide, parts...), wide, r)
}

// tileNormGainGrad: columns r of each of the n-column blocks of dy and x, in
// the rows of the part.
func tileNormGainGrad(t *tiler, _ int, r rect) op.Matrix {
	blocks := t.cols(2)
	n := t.cols(0) / blocks
	from, to := t.attrs.bounds(t.rows(0) * blocks)
	first, rows := from/blocks, (to-from)/blocks
	if rows*blocks > MaxInner {
		t.fail("a chain over %d rows", rows*blocks)
	}
	gather := func(i int) operand {
		m := op.NewMatrix(rows, blocks*r.cols)
		for b := range blocks {
			part := t.floats(i, rect{first, rows, b*n + r.col, r.cols}).m
			for row := range part.Rows {
				copy(m.Row(row)[b*r.cols:], part.Row(row))
			}
		}
		return operand{m: m}
	}
	return t.apply(t.part(from, to), r, gather(0), gather(1), t.floats(2, rect{first, rows, 0, blocks}), t.floats(3, r), t.floats(4, r))
}
