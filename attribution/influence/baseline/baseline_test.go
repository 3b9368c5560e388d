package baseline

import (
	"math"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
)

// bank is gradients of nothing: two parameters, 9 samples, 3 queries.
func bank(t *testing.T) *Bank {
	t.Helper()
	e, err := op.New(op.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	b := &Bank{
		Params:  []llama.Param{{Name: "a", Rows: 2, Cols: 3}, {Name: "b", Rows: 4, Cols: 2}},
		Samples: op.NewMatrix(9, 14), Queries: op.NewMatrix(3, 14), e: e,
	}
	e.Normals(b.Samples.Data, 1, 0, 0, op.PurposeInit, 1)
	e.Normals(b.Queries.Data, 2, 0, 0, op.PurposeInit, 1)
	return b
}

// solve returns a⁻¹ x, a symmetric and positive.
func solve(t *testing.T, a [][]float64, x []float64) []float64 {
	t.Helper()
	l, err := cholesky(a)
	if err != nil {
		t.Fatal(err)
	}
	l.solve(x)
	return x
}

// second returns the mean of the outer products of rows, plus λ on the diagonal.
func second(rows [][]float64, lambda float64) [][]float64 {
	n := len(rows[0])
	c := make([][]float64, n)
	for i := range c {
		c[i] = make([]float64, n)
		for j := range c[i] {
			for _, g := range rows {
				c[i][j] += g[i] * g[j] / float64(len(rows))
			}
		}
		c[i][i] += lambda
	}
	return c
}

func rows(m op.Matrix) (out [][]float64) {
	for i := range m.Rows {
		row := make([]float64, m.Cols)
		for k, v := range m.Row(i) {
			row[k] = float64(v)
		}
		out = append(out, row)
	}
	return out
}

func dot(a, b []float64) (s float64) {
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

func compare(t *testing.T, what string, got Scores, want func(q, i int) float64) {
	t.Helper()
	for q := range got {
		for i, x := range got[q] {
			if w := want(q, i); !(math.Abs(x-w) <= 1e-4*(1+math.Abs(w))) {
				t.Errorf("%s of query %d, sample %d: got %g, want %g", what, q, i, x, w)
			}
		}
	}
}

// TestDefinitions: each method against its definition, with the inverses that
// it avoids.
func TestDefinitions(t *testing.T) {
	b := bank(t)
	all, queries := rows(b.Samples), rows(b.Queries)
	compare(t, "GradDot", GradDot(b), func(q, i int) float64 { return dot(queries[q], all[i]) })
	compare(t, "GradCos", GradCos(b), func(q, i int) float64 {
		return dot(queries[q], all[i]) / math.Sqrt(dot(all[i], all[i])*dot(queries[q], queries[q]))
	})
	compare(t, "TracIn", TracIn([]*Bank{b, b}), func(q, i int) float64 { return 2 * dot(queries[q], all[i]) })

	parts := [][2]int{{0, 6}, {6, 14}}
	compare(t, "DataInf", DataInf(b), func(q, i int) (s float64) {
		for _, p := range parts {
			lambda := 0.0
			for _, g := range all {
				lambda += 0.1 * dot(g[p[0]:p[1]], g[p[0]:p[1]]) / float64(9*(p[1]-p[0]))
			}
			for _, g := range all { // the mean of the inverses
				x := append([]float64(nil), all[i][p[0]:p[1]]...)
				s += dot(queries[q][p[0]:p[1]], solve(t, second([][]float64{g[p[0]:p[1]]}, lambda), x)) / 9
			}
		}
		return s
	})

	// 16 directions from both sides are more than there are rows and columns, so
	// nothing is projected.
	logra, err := LoGra(b, 16, 3, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "LoGra", logra, func(q, i int) (s float64) {
		for _, p := range parts {
			var part [][]float64
			trace := 0.0
			for _, g := range all {
				part = append(part, g[p[0]:p[1]])
				trace += dot(g[p[0]:p[1]], g[p[0]:p[1]]) / 9
			}
			x := append([]float64(nil), part[i]...)
			s += dot(queries[q][p[0]:p[1]], solve(t, second(part, 0.5*trace/float64(p[1]-p[0])), x))
		}
		return s
	})
	clear(b.Samples.Data)
	if _, err := TRAK(b, 8, 1, 1); err == nil {
		t.Error("TRAK of no gradients")
	}
}

// TestEigen: the vectors are orthonormal and make the matrix diagonal.
func TestEigen(t *testing.T) {
	b := bank(t)
	a := second(rows(b.Samples), 0)
	again := second(rows(b.Samples), 0)
	v := eigen(a)
	for i := range v {
		av := make([]float64, len(v))
		for k := range av {
			av[k] = dot(again[k], v[i])
		}
		for j := range v {
			want, off := 0.0, dot(v[j], av)
			if i == j {
				want, off = 1, 0
			}
			if math.Abs(dot(v[i], v[j])-want) > 1e-9 || math.Abs(off) > 1e-9 {
				t.Errorf("vectors %d and %d: product %g, off the diagonal %g", i, j, dot(v[i], v[j]), off)
			}
		}
	}
}

// TestEKFAC: with a basis of unit vectors it is a division by the mean squares.
func TestEKFAC(t *testing.T) {
	b := bank(t)
	f := &Factors{}
	unit := func(n int) op.Matrix {
		m := op.NewMatrix(n, n)
		for i := range n {
			m.Row(i)[i] = 1
		}
		return m
	}
	for _, p := range b.Params {
		f.left, f.right = append(f.left, unit(p.Rows)), append(f.right, unit(p.Cols))
		squares := make([]float32, p.Rows*p.Cols)
		for i := range squares {
			squares[i] = float32(i)
		}
		f.squares = append(f.squares, squares)
	}
	got, err := EKFAC(b, f, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	all, queries := rows(b.Samples), rows(b.Queries)
	compare(t, "EK-FAC", got, func(q, i int) (s float64) {
		for k := range 14 {
			square, mean := float64(k), 2.5
			if k >= 6 {
				square, mean = float64(k-6), 3.5
			}
			s += queries[q][k] * all[i][k] / (square + 0.1*mean)
		}
		return s
	})
	f.squares = f.squares[:1]
	if _, err := EKFAC(b, f, 0.1); err == nil {
		t.Error("the factors of another adapter are used")
	}
}
