package tape

import "github.com/openledger/openledger/compute/op"

func initEmbeds() {
	rules[Embed] = rule{
		name: "Embed", in: "wi", out: "m", unchecked: true,
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[1].cols == 1 && in[0].cols > 0, f32(in[1].rows, in[0].cols))
		},
		run: runEmbed,
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.gather(0, t.ints(1, rect{r.row, r.rows, 0, 1}), r.col, r.cols)
		},
		lower: func(l *lowering, a *App) []Ref {
			if w := a.In[0]; l.split(w) {
				return l.emit(EmbedQ8, a.Attrs, w, l.scales[w], a.In[1])
			}
			return nil
		},
	}
	rules[EmbedQ8] = rule{
		name: "EmbedQ8", in: "dmi", out: "m", unchecked: true,
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[2].cols == 1 && in[0].cols > 0 && in[1] == f32(in[0].rows, 1), f32(in[2].rows, in[0].cols))
		},
		run: func(f *frame, a *App) error {
			return runEmbed(f, &App{In: []Ref{a.In[0], a.In[2]}, Out: a.Out})
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			ids := t.ints(2, rect{r.row, r.rows, 0, 1})
			m, scale := t.gather(0, ids, r.col, r.cols), t.gather(1, ids, 0, 1)
			for i := range m.Rows {
				row := m.Row(i)
				for j, d := range row {
					row[j] = scale.Data[i] * d
				}
			}
			return m
		},
	}
	rules[Select] = rule{
		name: "Select", in: "mi", out: "m", unchecked: true,
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[1].cols == 1 && in[0].cols > 0, f32(in[1].rows, in[0].cols))
		},
		run: func(f *frame, a *App) error {
			x, rows := f.m(a.In[0]), f.ints(a.In[1])
			if err := checkIndices("index", rows, x.Rows); err != nil {
				return err
			}
			f.e.Embed(f.m(a.Out[0]), x, rows)
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.gather(0, t.ints(1, rect{r.row, r.rows, 0, 1}), r.col, r.cols)
		},
	}
	rules[Scatter] = rule{
		name: "Scatter", in: "mii", out: "m", unchecked: true,
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(isColumn(in[1], in[0]) && in[0].cols > 0 && in[2].cols == 1, f32(in[2].rows, in[0].cols))
		},
		run: func(f *frame, a *App) error {
			y, rows := f.m(a.Out[0]), f.ints(a.In[1])
			if err := checkIndices("index", rows, y.Rows); err != nil {
				return err
			}
			clear(y.Data)
			f.e.EmbedBackward(y, f.m(a.In[0]), rows)
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			y := op.NewMatrix(r.rows, r.cols)
			t.scatter(y, 0, 1, r)
			return y
		},
	}
	rules[EmbedGrad] = rule{
		name: "EmbedGrad", in: "mim?", out: "m", share: [][]int{{2}},
		// The number of rows is that of the State it goes to; see Builder.
		shape: func(a *Attrs, in []shape) []shape {
			v := Dim(a.To)
			ok := in[1].rows == in[0].rows && in[1].cols == 1 && in[0].cols > 0 && v > 0 && a.From == 0
			return fit(ok && in[2].absentOr(v, in[0].cols), f32(v, in[0].cols))
		},
		run: func(f *frame, a *App) error {
			dtable, ids := f.m(a.Out[0]), f.ints(a.In[1])
			if err := checkIndices("token", ids, dtable.Rows); err != nil {
				return err
			}
			f.begin(dtable, a.In[2])
			f.e.EmbedBackward(dtable, f.m(a.In[0]), ids)
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			y := op.NewMatrix(r.rows, r.cols)
			if c := t.floats(2, r); c.m.Rows > 0 {
				y = c.m
			}
			t.scatter(y, 0, 1, r)
			return y
		},
	}
}

// scatter adds to y, which is rect r of the result, the rows of operand x whose
// ids lie in r.
func (t *tiler) scatter(y op.Matrix, x, ids int, r rect) {
	for i, id := range t.ints(ids, rect{0, t.rows(ids), 0, 1}) {
		if at := int(id) - r.row; at >= 0 && at < r.rows {
			addTo(y.Row(at), t.floats(x, rect{i, 1, r.col, r.cols}).m.Data)
		}
	}
}

func runEmbed(f *frame, a *App) error {
	y, table, ids := f.m(a.Out[0]), &f.slots[a.In[0]], f.ints(a.In[1])
	n := table.m.Rows
	if table.w != nil {
		n = table.w.N()
	}
	if err := checkIndices("token", ids, n); err != nil {
		return err
	}
	if table.w != nil {
		f.e.EmbedWeights(y, table.w, ids)
	} else {
		f.e.Embed(y, table.m, ids)
	}
	return nil
}
