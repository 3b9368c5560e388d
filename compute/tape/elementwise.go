package tape

import "github.com/openledger/openledger/compute/op"

func initElementwise() {
	rules[SiLUMul] = rule{
		name: "SiLUMul", in: "mm", out: "m", shape: shapeSame, share: [][]int{{0, 1}},
		run: func(f *frame, a *App) error {
			f.e.SiLUMul(f.m(a.Out[0]), f.m(a.In[0]), f.m(a.In[1]))
			return nil
		},
		tile: tileSame,
	}
	rules[SiLUMulGrad] = rule{
		name: "SiLUMulGrad", in: "mmm", out: "mm", share: [][]int{{1, 0}, {2, 0}},
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[0] == in[1] && in[0] == in[2], in[0], in[0])
		},
		run: func(f *frame, a *App) error {
			f.e.SiLUMulBackward(f.m(a.Out[0]), f.m(a.Out[1]), f.m(a.In[0]), f.m(a.In[1]), f.m(a.In[2]))
			return nil
		},
		tile: tileSame,
	}
	rules[Add] = rule{
		name: "Add", in: "mm", out: "m", shape: shapeSame, share: [][]int{{0, 1}},
		run: func(f *frame, a *App) error {
			f.e.Add(f.m(a.Out[0]), f.m(a.In[0]), f.m(a.In[1]))
			return nil
		},
		tile: tileSame,
	}
	rules[AddScaled] = rule{
		name: "AddScaled", in: "mm", out: "m", shape: shapeSame, share: [][]int{{0}},
		run: func(f *frame, a *App) error {
			y := f.m(a.Out[0])
			f.begin(y, a.In[0])
			f.e.AddScaled(y, f.m(a.In[1]), a.Attrs.Scale)
			return nil
		},
		tile: tileSame,
	}
	rules[Scale] = rule{
		name: "Scale", in: "m", out: "m", shape: shapeSame, share: [][]int{{0}},
		run: func(f *frame, a *App) error {
			f.e.Scale(f.m(a.Out[0]), f.m(a.In[0]), a.Attrs.Scale)
			return nil
		},
		tile: tileSame,
	}
	rules[ScaleBy] = rule{
		name: "ScaleBy", in: "mm", out: "m", share: [][]int{{0}},
		shape: func(_ *Attrs, in []shape) []shape { return fit(in[1] == f32(1, 1), in[0]) },
		run: func(f *frame, a *App) error {
			f.e.Scale(f.m(a.Out[0]), f.m(a.In[0]), f.scalar(a.In[1]))
			return nil
		},
		tile: tileSame,
	}
}

// shapeSame: all operands have one shape, which is that of the result.
func shapeSame(_ *Attrs, in []shape) []shape {
	for _, s := range in {
		if s != in[0] {
			return nil
		}
	}
	return []shape{in[0]}
}

// tileSame: a tile needs the same tile of each operand, and all of scalars.
func tileSame(t *tiler, _ int, r rect) op.Matrix {
	parts := make([]operand, len(t.in))
	for i := range parts {
		if t.in[i].rows == 1 && t.in[i].cols == 1 {
			parts[i] = t.floats(i, rect{0, 1, 0, 1})
		} else {
			parts[i] = t.floats(i, r)
		}
	}
	return t.apply(t.attrs, r, parts...)
}
