package baseline

import (
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
)

// TRAK projects the gradients to k random directions and solves with the
// samples' own second moments there, damped by so many times their mean. One
// model, gradients of the loss.
func TRAK(b *Bank, k int, seed uint64, damping float64) (Scores, error) {
	const block = 4096 // parameters at a time
	samples, queries := op.NewMatrix(b.Samples.Rows, k), op.NewMatrix(b.Queries.Rows, k)
	directions := op.NewMatrix(k, block)
	for at := 0; at < b.Samples.Cols; at += block {
		end := min(at+block, b.Samples.Cols)
		b.e.Normals(directions.Data, seed, uint64(at*k), 0, op.PurposeInit, 1)
		p := window(directions, 0, end-at)
		b.e.Gemm(samples, window(b.Samples, at, end), p, false, true, true)
		b.e.Gemm(queries, window(b.Queries, at, end), p, false, true, true)
	}
	s := newScores(queries.Rows, samples.Rows)
	return s, whiten(b.e, s, samples, queries, damping)
}

// LoGra projects the gradient of each parameter from both sides to k directions
// and solves in each of these spaces.
func LoGra(b *Bank, k int, seed uint64, damping float64) (Scores, error) {
	s := newScores(b.Queries.Rows, b.Samples.Rows)
	first := uint64(0)
	for _, p := range b.parts() {
		left, right := op.NewMatrix(min(k, p.Rows), p.Rows), op.NewMatrix(min(k, p.Cols), p.Cols)
		for _, m := range []op.Matrix{left, right} {
			b.e.Normals(m.Data, seed, first, 0, op.PurposeInit, 1)
			first += uint64(len(m.Data))
			if m.Rows == m.Cols {
				clear(m.Data)
				for i := range m.Rows {
					m.Row(i)[i] = 1
				}
			}
		}
		if err := whiten(b.e, s, b.bilinear(p.Param, left, right, p.samples), b.bilinear(p.Param, left, right, p.queries), damping); err != nil {
			return s, err
		}
	}
	return s, nil
}

// bilinear returns left G rightᵀ of each row's gradient G, flat.
func (b *Bank) bilinear(p llama.Param, left, right, rows op.Matrix) op.Matrix {
	out := op.NewMatrix(rows.Rows, left.Rows*right.Rows)
	half := op.NewMatrix(p.Rows, right.Rows)
	for i := range rows.Rows {
		g := op.Matrix{Data: rows.Row(i), Rows: p.Rows, Cols: p.Cols, Stride: p.Cols}
		b.e.Gemm(half, g, right, false, true, false)
		b.e.Gemm(op.Matrix{Data: out.Row(i), Rows: left.Rows, Cols: right.Rows, Stride: right.Rows}, left, half, false, false, false)
	}
	return out
}

// whiten adds queries (C + λ)⁻¹ samplesᵀ, C the mean of the samples' outer
// products and λ damping times the mean of its diagonal. It solves in the space
// of the samples: with K = samples samplesᵀ / n that is
// queries samplesᵀ (K + λ)⁻¹.
func whiten(e *op.Engine, s Scores, samples, queries op.Matrix, damping float64) error {
	n := samples.Rows
	gram, dot := products(e, samples, samples), products(e, queries, samples)
	k, trace := make([][]float64, n), 0.0
	for i := range k {
		k[i] = make([]float64, n)
		for j, x := range gram.Row(i) {
			k[i][j] = float64(x) / float64(n)
		}
		trace += k[i][i]
	}
	lambda := damping * trace / float64(samples.Cols)
	for i := range k {
		k[i][i] += lambda
	}
	c, err := cholesky(k)
	if err != nil {
		return err
	}
	for q := range s {
		x := make([]float64, n)
		for i, v := range dot.Row(q) {
			x[i] = float64(v)
		}
		c.solve(x)
		for i, v := range x {
			s[q][i] += v
		}
	}
	return nil
}
