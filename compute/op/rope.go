package op

import "fmt"

// Rope turns the heads of every row of x by the angles of its position, in
// place; with inverse it turns them back, which is the gradient of turning.
//
//	x (T, heads·HeadDim)    pos (T), 0 <= pos < t.Positions
//
// Pairs are half-split, (i, i + HeadDim/2), as in Hugging Face's Llama:
//
//	y0 = fma(x0, c, 0 - x1·s)    y1 = fma(x1, c, x0·s)
//	back: x0 = fma(y0, c, y1·s)    x1 = fma(y1, c, 0 - y0·s)
//
// Source: Su et al. 2021 (RoFormer).
func (e *Engine) Rope(x Matrix, heads int, pos []int32, t *RopeTable, inverse bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows("Rope", x)
	checkLength("Rope", "pos", len(pos), x.Rows)
	if x.Cols != heads*t.HeadDim {
		panic(fmt.Sprintf("op: Rope: x %v for %d heads of %d", x, heads, t.HeadDim))
	}
	for i, p := range pos {
		if p < 0 || int(p) >= t.Positions {
			panic(fmt.Sprintf("op: Rope: position %d of row %d, the table has %d", p, i, t.Positions))
		}
	}
	j := &e.row
	j.a, j.ids, j.table, j.turn = x, pos, t, j.rope
	if inverse {
		j.turn = j.ropeBack
	}
	e.eachRow(x.Rows, x.Cols, func(j *rowJob, i, _ int) {
		half, p := j.table.HeadDim/2, int(j.ids[i])
		cos, sin := j.table.Cos[p*half:][:half], j.table.Sin[p*half:][:half]
		j.turn(j.a.Row(i), cos, sin)
	})
}
