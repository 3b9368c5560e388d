package tape

import "github.com/openledger/openledger/compute/op"

// maxLaneBlock bounds the elements whose squares one primitive adds: 4 MB.
const maxLaneBlock = 1 << 20

func initOptimizers() {
	rules[SumSquares] = rule{
		name: "SumSquares", in: "m", out: "m",
		shape: func(_ *Attrs, in []shape) []shape { return fit(in[0].cols > 0, f32(1, 1)) },
		run: func(f *frame, a *App) error {
			f.m(a.Out[0]).Data[0] = f.e.SumSquares(f.m(a.In[0]).Data)
			return nil
		},
		lower: func(l *lowering, a *App) []Ref {
			s := l.t.Slots[a.In[0]]
			rows, block := int(s.Rows), max(1, maxLaneBlock/int(s.Cols))
			lanes := None
			for from := 0; from < rows; from += block {
				attrs := Attrs{From: int32(from), To: int32(min(from+block, rows))}
				lanes = l.emit(SquareLanes, attrs, a.In[0], lanes)[0]
			}
			return l.emit(FoldLanes, Attrs{}, lanes)
		},
	}
	rules[SquareLanes] = rule{
		name: "SquareLanes", in: "mm?", out: "m",
		shape: func(a *Attrs, in []shape) []shape {
			return fit(isPart(a, in[0].rows) && in[0].cols > 0 && in[1].absentOr(1, laneCount), f32(1, laneCount))
		},
		run: func(f *frame, a *App) error {
			x, y := f.m(a.In[0]), f.m(a.Out[0])
			f.begin(y, a.In[1])
			from, to := int(a.Attrs.From)*x.Cols, int(a.Attrs.To)*x.Cols
			squareLanes(y.Data, x.Data[from:to], from)
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			y := t.floats(1, r).m
			if y.Rows == 0 {
				y = op.NewMatrix(1, laneCount)
			}
			from, n := int(t.attrs.From), t.cols(0)
			x := t.floats(0, rect{from, int(t.attrs.To) - from, 0, n}).m
			squareLanes(y.Data, x.Data, from*n)
			return y
		},
	}
	rules[FoldLanes] = rule{
		name: "FoldLanes", in: "m", out: "m",
		shape: func(_ *Attrs, in []shape) []shape { return fit(in[0] == f32(1, laneCount), f32(1, 1)) },
		run: func(f *frame, a *App) error {
			f.m(a.Out[0]).Data[0] = op.Lanes(f.row(a.In[0]))
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.apply(t.attrs, r, t.floats(0, rect{0, 1, 0, laneCount}))
		},
	}
	rules[ClipFactor] = rule{
		name: "ClipFactor", in: "m", out: "m", shape: shapeScalar, unchecked: true,
		run: func(f *frame, a *App) error {
			f.m(a.Out[0]).Data[0] = op.ClipFactor(f.scalar(a.In[0]), a.Attrs.Scale)
			return nil
		},
		tile: tileSame,
	}
	rules[Adam] = rule{
		name: "Adam", in: "mmmmmmm", out: "mmmm?",
		shape: func(_ *Attrs, in []shape) []shape {
			t := in[0]
			ok := in[1] == t && in[2] == t && in[3] == t
			return fit(ok && in[4] == f32(1, 1) && in[5] == f32(1, 1) && in[6] == f32(1, 1), t, t, t, t)
		},
		run: func(f *frame, a *App) error {
			t, m, v := f.m(a.Out[0]), f.m(a.Out[1]), f.m(a.Out[2])
			f.begin(t, a.In[0])
			f.begin(m, a.In[2])
			f.begin(v, a.In[3])
			f.e.Adam(t.Data, f.row(a.In[1]), m.Data, v.Data, f.scalar(a.In[4]), f.scalar(a.In[5]), f.scalar(a.In[6]),
				op.AdamConfig{
					B1: a.Attrs.Beta1, B2: a.Attrs.Beta2, Eps: a.Attrs.Eps,
					EpsRoot: a.Attrs.EpsRoot, WeightDecay: a.Attrs.Decay,
				}, f.row(a.Out[3]))
			return nil
		},
		tile: tileSame,
	}
	rules[SGD] = rule{
		name: "SGD", in: "mmmm", out: "mm",
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[1] == in[0] && in[2] == in[0] && in[3] == f32(1, 1), in[0], in[0])
		},
		run: func(f *frame, a *App) error {
			t, m := f.m(a.Out[0]), f.m(a.Out[1])
			f.begin(t, a.In[0])
			f.begin(m, a.In[2])
			f.e.SGD(t.Data, f.row(a.In[1]), m.Data, f.scalar(a.In[3]), a.Attrs.Beta1)
			return nil
		},
		tile: tileSame,
	}
}

func shapeScalar(_ *Attrs, in []shape) []shape { return fit(in[0] == f32(1, 1), in[0]) }

// squareLanes continues the lanes of a sum of squares with x, whose first
// element has index at.
func squareLanes(lanes, x []float32, at int) {
	for i, v := range x {
		j := (at + i) % laneCount
		lanes[j] = op.Fma(v, v, lanes[j])
	}
}
