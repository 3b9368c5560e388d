package tape

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

// laneCount is the number of partial sums of a sum along a row (op.Lanes).
const laneCount = 16

func initLosses() {
	rules[CrossEntropy] = rule{
		name: "CrossEntropy", in: "mim", out: "mm?", share: [][]int{nil, {0}},
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(isColumn(in[1], in[0]) && in[0].cols > 0 && in[2] == f32(1, 1), f32(in[0].rows, 1), in[0])
		},
		run: func(f *frame, a *App) error {
			logits, targets := f.m(a.In[0]), f.ints(a.In[1])
			if err := checkTargets(targets, logits.Cols); err != nil {
				return err
			}
			f.e.CrossEntropy(f.row(a.Out[0]), f.m(a.Out[1]), logits, targets, f.scalar(a.In[2]))
			return nil
		},
		lower: lowerCrossEntropy,
	}
	rules[RowMax] = rule{
		name: "RowMax", in: "mm?", out: "m", unchecked: true,
		shape: func(a *Attrs, in []shape) []shape {
			return fit(isPart(a, in[0].cols) && in[1].absentOr(in[0].rows, 1), f32(in[0].rows, 1))
		},
		run: func(f *frame, a *App) error {
			x, c, y := f.m(a.In[0]), f.row(a.In[1]), f.m(a.Out[0])
			for i := range x.Rows {
				row := x.Row(i)[a.Attrs.From:a.Attrs.To]
				m := row[0]
				if c != nil {
					m = c[i]
				}
				for _, v := range row {
					m = max(m, v) // of +0 and -0 the former, in any order
				}
				y.Data[i] = m
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.apply(t.rest(), r, t.floats(0, t.span(r)), t.floats(1, r))
		},
	}
	rules[ExpLanes] = rule{
		name: "ExpLanes", in: "mmm?", out: "m",
		shape: func(a *Attrs, in []shape) []shape {
			ok := isPart(a, in[0].cols) && a.From%laneCount == 0 && in[1] == f32(in[0].rows, 1)
			return fit(ok && in[2].absentOr(in[0].rows, laneCount), f32(in[0].rows, laneCount))
		},
		run: func(f *frame, a *App) error {
			x, m, y := f.m(a.In[0]), f.row(a.In[1]), f.m(a.Out[0])
			f.begin(y, a.In[2])
			for i := range x.Rows {
				lanes := y.Row(i)
				for j, v := range x.Row(i)[a.Attrs.From:a.Attrs.To] {
					lanes[j%laneCount] += op.Exp(v - m[i])
				}
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.apply(t.rest(), r, t.floats(0, t.span(r)),
				t.floats(1, rect{r.row, r.rows, 0, 1}), t.floats(2, r))
		},
	}
	rules[RowLosses] = rule{
		name: "RowLosses", in: "mmmi", out: "m",
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(isSoftmax(in) && isColumn(in[3], in[0]), f32(in[0].rows, 1))
		},
		run: func(f *frame, a *App) error {
			x, m, lanes, targets := f.m(a.In[0]), f.row(a.In[1]), f.m(a.In[2]), f.ints(a.In[3])
			if err := checkTargets(targets, x.Cols); err != nil {
				return err
			}
			for i, target := range targets {
				f.row(a.Out[0])[i] = 0
				if target >= 0 {
					f.row(a.Out[0])[i] = m[i] + op.Log(op.Lanes(lanes.Row(i))) - x.Row(i)[target]
				}
			}
			return nil
		},
		tile: tileRowLosses,
	}
	rules[LossGrad] = rule{
		name: "LossGrad", in: "mmmim", out: "m",
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(isSoftmax(in) && isColumn(in[3], in[0]) && in[4] == f32(1, 1), in[0])
		},
		run: func(f *frame, a *App) error {
			if err := checkTargets(f.ints(a.In[3]), f.m(a.In[0]).Cols); err != nil {
				return err
			}
			lossGrad(f.m(a.Out[0]), f.m(a.In[0]), f.row(a.In[1]), f.m(a.In[2]), f.ints(a.In[3]), 0, f.scalar(a.In[4]))
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			y, column := op.NewMatrix(r.rows, r.cols), rect{r.row, r.rows, 0, 1}
			lossGrad(y, t.floats(0, r).m, t.floats(1, column).m.Data,
				t.floats(2, rect{r.row, r.rows, 0, laneCount}).m, t.ints(3, column), r.col,
				t.floats(4, rect{0, 1, 0, 1}).m.Data[0])
			return y
		},
	}
	rules[Sum] = rule{
		name: "Sum", in: "mm?", out: "m", share: [][]int{{1}},
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[0].cols == 1 && in[1].absentOr(1, 1), f32(1, 1))
		},
		run: func(f *frame, a *App) error {
			y := f.m(a.Out[0])
			f.begin(y, a.In[1])
			for _, v := range f.row(a.In[0]) {
				y.Data[0] += v
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.apply(t.attrs, r, t.floats(0, rect{0, t.rows(0), 0, 1}), t.floats(1, r))
		},
	}
}

// isColumn says whether i holds one integer per row of x.
func isColumn(i, x shape) bool { return i.rows == x.rows && i.cols == 1 }

// isPart says whether From and To name columns of n.
func isPart(a *Attrs, n Dim) bool { return a.From >= 0 && a.From < a.To && a.To <= int32(n) }

// isSoftmax checks x, max and lanes.
func isSoftmax(in []shape) bool {
	return in[0].cols > 0 && in[1] == f32(in[0].rows, 1) && in[2] == f32(in[0].rows, laneCount)
}

// checkTargets returns an error for a target that is neither masked (-1) nor in
// a vocabulary of n.
func checkTargets(targets []int32, n int) error {
	for i, t := range targets {
		if t < -1 || int(t) >= n {
			return fmt.Errorf("target %d of row %d is not below %d", t, i, n)
		}
	}
	return nil
}

// lossGrad writes (exp(x - m)·(1/s) - onehot)·w for columns of the logits that
// start at col, +0 in masked rows.
func lossGrad(y, x op.Matrix, m []float32, lanes op.Matrix, targets []int32, col int, w float32) {
	for i, target := range targets {
		if target < 0 {
			clear(y.Row(i))
			continue
		}
		r := 1 / op.Lanes(lanes.Row(i))
		for j, v := range x.Row(i) {
			p := float32(op.Exp(v-m[i]) * r)
			if col+j == int(target) {
				p--
			}
			y.Row(i)[j] = p * w
		}
	}
}

func tileRowLosses(t *tiler, _ int, r rect) op.Matrix {
	y := op.NewMatrix(r.rows, 1)
	m, lanes := t.floats(1, r).m, t.floats(2, rect{r.row, r.rows, 0, laneCount}).m
	for i, target := range t.ints(3, r) {
		if target >= 0 {
			x := t.floats(0, rect{r.row + i, 1, int(target), 1}).m.Data[0]
			y.Data[i] = m.Data[i] + op.Log(op.Lanes(lanes.Row(i))) - x
		}
	}
	return y
}

func lowerCrossEntropy(l *lowering, a *App) []Ref {
	x, targets, w := a.In[0], a.In[1], a.In[2]
	m, lanes := None, None
	v := int(l.t.Slots[x].Cols)
	for from := 0; from < v; from += MaxInner {
		m = l.emit(RowMax, span(from, v), x, m)[0]
	}
	for from := 0; from < v; from += MaxInner {
		lanes = l.emit(ExpLanes, span(from, v), x, m, lanes)[0]
	}
	out := []Ref{l.emit(RowLosses, Attrs{}, x, m, lanes, targets)[0], None}
	if a.Out[1] != None {
		out[1] = l.emit(LossGrad, Attrs{}, x, m, lanes, targets, w)[0]
	}
	return out
}

// span is the part of an index of n that starts at from.
func span(from, n int) Attrs {
	return Attrs{From: int32(from), To: int32(min(from+MaxInner, n))}
}
