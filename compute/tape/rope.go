package tape

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

func initRope() {
	rules[Rope] = rule{
		name: "Rope", in: "mti", out: "m", share: [][]int{{0}},
		shape: func(a *Attrs, in []shape) []shape {
			d := Dim(a.HeadDim)
			ok := d > 0 && d%2 == 0 && in[1].cols == d && in[0].cols > 0 && in[0].cols%max(d, 1) == 0
			return fit(ok && isColumn(in[2], in[0]) && a.Inverse <= 1, in[0])
		},
		run: func(f *frame, a *App) error {
			y, table, pos := f.m(a.Out[0]), f.slots[a.In[1]].t, f.ints(a.In[2])
			if err := checkIndices("position", pos, table.Positions); err != nil {
				return fmt.Errorf("%w, the longest context of the model", err)
			}
			f.begin(y, a.In[0])
			f.e.Rope(y, y.Cols/table.HeadDim, pos, table, a.Attrs.Inverse == 1)
			return nil
		},
		tile: tileRope,
	}
}

// tileRope: whole heads, and the rows of the table at the rows' positions.
func tileRope(t *tiler, _ int, r rect) op.Matrix {
	d := int(t.attrs.HeadDim)
	wide := r.blocks(d)
	rows := t.gather(1, t.ints(2, rect{r.row, r.rows, 0, 1}), 0, d)
	table := &op.RopeTable{HeadDim: d, Positions: r.rows}
	pos := make([]int32, r.rows)
	for i := range pos {
		pos[i] = int32(i)
		table.Cos = append(table.Cos, rows.Row(i)[:d/2]...)
		table.Sin = append(table.Sin, rows.Row(i)[d/2:]...)
	}
	return cut(t.apply(t.attrs, wide, t.floats(0, wide), operand{t: table}, operand{i: pos}), wide, r)
}

// ropeRows returns the table as the matrix that a slot of class Table stands for.
func ropeRows(t *op.RopeTable, positions int) op.Matrix {
	half := t.HeadDim / 2
	m := op.NewMatrix(positions, t.HeadDim)
	for p := range positions {
		copy(m.Row(p), t.Cos[p*half:][:half])
		copy(m.Row(p)[half:], t.Sin[p*half:][:half])
	}
	return m
}
