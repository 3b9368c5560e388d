package tape

import "github.com/openledger/openledger/compute/op"

// A rect is a part of a matrix.
type rect struct{ row, rows, col, cols int }

// blocks widens r to whole blocks of n columns.
func (r rect) blocks(n int) rect {
	from, to := r.col/n*n, (r.col+r.cols+n-1)/n*n
	return rect{r.row, r.rows, from, to - from}
}

// cut returns r, copied out of m, which holds wide.
func cut(m op.Matrix, wide, r rect) op.Matrix {
	if wide == r {
		return m
	}
	y := op.NewMatrix(r.rows, r.cols)
	for i := range y.Rows {
		copy(y.Row(i), m.Row(r.row - wide.row + i)[r.col-wide.col:])
	}
	return y
}

// tiles calls do for every 64x64 tile of a matrix with this many columns that
// r touches: its number, where it starts, and how wide it is.
func (r rect) tiles(cols int, do func(tile, row, col, width int)) {
	across := (cols + tileSide - 1) / tileSide
	for i := r.row / tileSide; i*tileSide < r.row+r.rows; i++ {
		for j := r.col / tileSide; j*tileSide < r.col+r.cols; j++ {
			do(i*across+j, i*tileSide, j*tileSide, min(tileSide, cols-j*tileSide))
		}
	}
}
