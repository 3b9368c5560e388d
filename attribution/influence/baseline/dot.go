package baseline

import (
	"fmt"
	"math"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
)

// GradDot is the product of the gradients.
func GradDot(b *Bank) Scores {
	s := newScores(b.Queries.Rows, b.Samples.Rows)
	s.add(1, products(b.e, b.Queries, b.Samples))
	return s
}

// GradCos is their cosine.
func GradCos(b *Bank) Scores {
	s := GradDot(b)
	qs, xs := norms(b.Queries), norms(b.Samples)
	for q := range s {
		for i := range s[q] {
			if n := qs[q] * xs[i]; n > 0 {
				s[q][i] /= n
			}
		}
	}
	return s
}

func norms(m op.Matrix) []float64 {
	out := make([]float64, m.Rows)
	for i := range out {
		for _, x := range m.Row(i) {
			out[i] += float64(x) * float64(x)
		}
		out[i] = math.Sqrt(out[i])
	}
	return out
}

// TracIn is the sum of GradDot over checkpoints.
func TracIn(banks []*Bank) Scores {
	s := newScores(banks[0].Queries.Rows, banks[0].Samples.Rows)
	for _, b := range banks {
		s.add(1, products(b.e, b.Queries, b.Samples))
	}
	return s
}

// InRun walks through a run, which is at its start, and adds in each step the
// products of the gradients of all queries with those of the step's samples,
// times the learning rate. visit sees the trainer before each step.
func InRun(e *op.Engine, t *train.Trainer, x *influence.Examples, queries []train.Sample, visit func(step int) error) (Scores, error) {
	samples := t.Samples()
	s := newScores(len(queries), len(samples))
	for n := 1; n <= len(t.Options().Rates); n++ {
		if err := visit(n); err != nil {
			return nil, err
		}
		numbers := t.Numbers(n)
		var batch []train.Sample
		for _, i := range numbers {
			batch = append(batch, samples[i])
		}
		b, err := NewBank(e, x, batch, queries)
		if err != nil {
			return nil, err
		}
		m := products(e, b.Queries, b.Samples)
		factor := float64(t.Options().Rates[n-1]) * float64(t.Weight(n))
		for q := range s {
			for k, v := range m.Row(q) {
				s[q][numbers[k]] += factor * float64(v)
			}
		}
		if _, err := t.Step(); err != nil {
			return nil, fmt.Errorf("in-run Shapley: %w", err)
		}
	}
	return s, nil
}

// DataInf is the influence function with the mean of the inverses of each
// sample's own curvature in place of the inverse of the mean, layer by layer. The
// damping is a tenth of the mean square of a gradient's elements.
func DataInf(b *Bank) Scores {
	s := newScores(b.Queries.Rows, b.Samples.Rows)
	for _, p := range b.parts() {
		n := p.samples.Rows
		gram, dot := products(b.e, p.samples, p.samples), products(b.e, p.queries, p.samples)
		trace := 0.0
		for i := range n {
			trace += float64(gram.Row(i)[i])
		}
		damping := 0.1 * trace / float64(n*p.Rows*p.Cols)
		if damping == 0 {
			continue
		}
		scaled := op.NewMatrix(dot.Rows, n)
		for q := range dot.Rows {
			for j := range n {
				scaled.Row(q)[j] = dot.Row(q)[j] / float32(float64(n)*(damping+float64(gram.Row(j)[j])))
			}
		}
		s.add(1/damping, dot)
		s.add(-1/damping, products(b.e, scaled, gram)) // gram is symmetric
	}
	return s
}
