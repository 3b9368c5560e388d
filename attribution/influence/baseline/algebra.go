package baseline

import (
	"fmt"
	"math"
)

// A lower is the factor L of L Lᵀ.
type lower [][]float64

// cholesky factors a symmetric matrix in its place.
func cholesky(a [][]float64) (lower, error) {
	for j := range a {
		for i := j; i < len(a); i++ {
			x := a[i][j]
			for k, v := range a[j][:j] {
				x -= float64(a[i][k] * v)
			}
			switch {
			case i > j:
				a[i][j] = x / a[j][j]
			case !(x > 0):
				return nil, fmt.Errorf("baseline: a matrix that is not positive at row %d: raise the damping", j)
			default:
				a[j][j] = math.Sqrt(x)
			}
		}
	}
	return a, nil
}

// solve puts the solution of L Lᵀ y = x in the place of x.
func (l lower) solve(x []float64) {
	for i := range x {
		for k := range i {
			x[i] -= float64(l[i][k] * x[k])
		}
		x[i] /= l[i][i]
	}
	for i := len(x) - 1; i >= 0; i-- {
		x[i] /= l[i][i]
		for k := range i {
			x[k] -= float64(l[i][k] * x[i])
		}
	}
}

// eigen returns the eigenvectors of a symmetric matrix, one a row, by Jacobi's
// rotations. The matrix is destroyed.
func eigen(a [][]float64) [][]float64 {
	n := len(a)
	v := make([][]float64, n)
	for i := range v {
		v[i] = make([]float64, n)
		v[i][i] = 1
	}
	for range 30 {
		off, all := 0.0, 0.0
		for i := range a {
			for j, x := range a[i] {
				if all += x * x; i != j {
					off += x * x
				}
			}
		}
		if off <= 1e-20*all {
			break
		}
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotate(a, v, p, q)
			}
		}
	}
	return v
}

// rotate makes a[p][q] zero.
func rotate(a, v [][]float64, p, q int) {
	if a[p][q] == 0 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	turn := func(x, y float64) (float64, float64) { return c*x - s*y, s*x + c*y }
	for k := range a {
		a[k][p], a[k][q] = turn(a[k][p], a[k][q])
	}
	for k := range a {
		a[p][k], a[q][k] = turn(a[p][k], a[q][k])
		v[p][k], v[q][k] = turn(v[p][k], v[q][k])
	}
}
