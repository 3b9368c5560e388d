package baseline

import (
	"fmt"
	"slices"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
)

// A Factors whitens gradients of a LoRA: for each of its matrices the
// eigenvectors of the second moments of what it reads and of the gradient of
// what it writes, and in this basis the mean squares of the gradient's elements.
// Labels are drawn from the model, so it is the Fisher matrix, not the empirical
// one.
type Factors struct {
	left, right []op.Matrix // by parameter: eigenvectors, one a row
	squares     [][]float32 // by parameter, in the basis
}

// NewFactors passes over the samples times so often, with labels drawn anew.
func NewFactors(e *op.Engine, m *llama.Model, l *llama.LoRA, samples []train.Sample, times int, seed uint64) (*Factors, error) {
	keep := []string{"logits"}
	for _, p := range l.Params() {
		reads, writes := influence.Around(p.Name)
		for _, name := range []string{reads, writes} {
			if !slices.Contains(keep, name) {
				keep = append(keep, name)
			}
		}
	}
	longest := 0
	for _, s := range samples {
		longest = max(longest, len(s.IDs))
	}
	x, err := influence.NewExamples(m, l, longest, keep...)
	if err != nil {
		return nil, err
	}
	f, ps := &Factors{}, x.Params()
	reads, writes := make([]op.Matrix, len(ps)), make([]op.Matrix, len(ps))
	for i, p := range ps {
		reads[i], writes[i] = op.NewMatrix(p.Cols, p.Cols), op.NewMatrix(p.Rows, p.Rows)
	}
	grads := op.NewMatrix(len(samples)*times, x.Size())
	draw := influence.NewDrawing(e, seed, 0)
	for k := range grads.Rows {
		s := samples[k%len(samples)]
		if _, err := x.Gradient(s, grads.Row(k)); err != nil {
			return nil, err
		}
		if _, err := x.Gradient(draw.Labels(s, x.Value("logits")), grads.Row(k)); err != nil {
			return nil, err
		}
		for i, p := range ps {
			r, w := influence.Around(p.Name)
			for _, y := range []struct {
				values []float32
				sum    op.Matrix
			}{{x.Value(r), reads[i]}, {x.Value(w), writes[i]}} {
				v := op.Matrix{Data: y.values, Rows: len(y.values) / y.sum.Cols, Cols: y.sum.Cols, Stride: y.sum.Cols}
				e.Gemm(y.sum, v, v, true, false, true)
			}
		}
	}
	for i := range ps {
		f.left, f.right = append(f.left, basis(writes[i])), append(f.right, basis(reads[i]))
	}
	b := &Bank{Params: ps, Samples: grads, Queries: op.NewMatrix(1, x.Size()), e: e}
	for i, p := range b.parts() {
		turned := b.bilinear(p.Param, f.left[i], f.right[i], p.samples)
		squares := make([]float32, turned.Cols)
		for k := range turned.Rows {
			for j, v := range turned.Row(k) {
				squares[j] += v * v / float32(turned.Rows)
			}
		}
		f.squares = append(f.squares, squares)
	}
	return f, nil
}

func basis(sum op.Matrix) op.Matrix {
	a := make([][]float64, sum.Rows)
	for i := range a {
		for _, v := range sum.Row(i) {
			a[i] = append(a[i], float64(v))
		}
	}
	out := op.NewMatrix(sum.Rows, sum.Cols)
	for i, row := range eigen(a) {
		for j, v := range row {
			out.Row(i)[j] = float32(v)
		}
	}
	return out
}

// EKFAC is the influence function with factors for the inverse Hessian, damped by
// a part of the mean eigenvalue of each matrix.
func EKFAC(b *Bank, f *Factors, damping float64) (Scores, error) {
	s := newScores(b.Queries.Rows, b.Samples.Rows)
	for i, p := range b.parts() {
		if len(f.squares) <= i || len(f.squares[i]) != p.Rows*p.Cols {
			return s, fmt.Errorf("baseline: the factors are not those of %s", p.Name)
		}
		mean := 0.0
		for _, v := range f.squares[i] {
			mean += float64(v) / float64(len(f.squares[i]))
		}
		x, y := b.bilinear(p.Param, f.left[i], f.right[i], p.samples), b.bilinear(p.Param, f.left[i], f.right[i], p.queries)
		for q := range y.Rows {
			for j := range y.Row(q) {
				y.Row(q)[j] /= float32(float64(f.squares[i][j]) + damping*mean)
			}
		}
		s.add(1, products(b.e, y, x))
	}
	return s, nil
}
