package index

import (
	"math"

	"github.com/openledger/openledger/compute/op"
)

// root returns the square root of x, rounded to float32: that of the float64 is
// correctly rounded, and so is what is rounded once more.
func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// orthonormal makes the rows of v orthonormal, in order (Gram and Schmidt, each
// row twice). A row that the ones before span becomes 0.
func orthonormal(e *op.Engine, v op.Matrix) {
	for i := range v.Rows {
		row := v.Slice(i, i+1)
		before := e.SumSquares(row.Data)
		for range 2 {
			for k := range i {
				e.AddScaled(row, v.Slice(k, k+1), -op.LanesDot(v.Row(k), row.Data))
			}
		}
		left := e.SumSquares(row.Data)
		if !(left > float32(before*1e-10)) {
			clear(row.Data)
			continue
		}
		e.ScaleSlice(row.Data, 1/root(left))
	}
}

// sweeps is how often eigen goes through all pairs: more than any matrix of a
// LoRA's rank needs, and always the same number.
const sweeps = 12

// eigen returns the eigenvectors of a symmetric matrix, one a row, by Jacobi's
// rotations in a fixed order. The matrix is destroyed. Each product is rounded
// before it is added: no compiler may fuse them.
func eigen(a op.Matrix) op.Matrix {
	n := a.Rows
	x, v := make([]float64, n*n), make([]float64, n*n)
	for i := range n {
		v[i*n+i] = 1
		for j, y := range a.Row(i) {
			x[i*n+j] = float64(y)
		}
	}
	for range sweeps {
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotate(x, v, n, p, q)
			}
		}
	}
	out := op.NewMatrix(n, n)
	for i, y := range v {
		out.Data[i] = float32(y)
	}
	return out
}

// rotate makes element (p, q) of a zero.
func rotate(a, v []float64, n, p, q int) {
	if a[p*n+q] == 0 {
		return
	}
	theta := (a[q*n+q] - a[p*n+p]) / (2 * a[p*n+q])
	t := 1 / (math.Abs(theta) + math.Sqrt(float64(theta*theta)+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(float64(t*t)+1)
	s := float64(t * c)
	turn := func(x, y *float64) {
		*x, *y = float64(c**x)-float64(s**y), float64(s**x)+float64(c**y)
	}
	for k := range n {
		turn(&a[k*n+p], &a[k*n+q])
	}
	for k := range n {
		turn(&a[p*n+k], &a[q*n+k])
		turn(&v[p*n+k], &v[q*n+k])
	}
}
