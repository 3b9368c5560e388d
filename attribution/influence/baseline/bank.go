// Package baseline holds what others estimate influence by, for an honest
// comparison with exact replay: all from the same gradients, of the same run.
//
//	GradDot, GradCos   the product of the gradients of query and example
//	TracIn             that, summed over checkpoints (Pruthi et al. 2020)
//	InRun              that, in every step in which the example took part: the
//	                   first order of in-run data Shapley (Wang et al. 2024)
//	DataInf            with a closed form for the inverse Hessian (Kwon et al. 2024)
//	TRAK               with the inverse of a random projection's (Park et al. 2023)
//	LoGra              the same, projected layer by layer (Choe et al. 2024)
//	EKFAC              with eigenvalue-corrected Kronecker factors (Grosse et al. 2023)
//
// All return scores of queries x samples: positive helped, so leaving the sample
// out raises the loss of the query. They are floats and estimates, and pay
// nobody.
package baseline

import (
	"iter"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
)

// A Bank holds the gradients of samples and queries at one point of a run, one
// a row. Those of samples are of the sum of their losses, as a step weighs them;
// those of queries of the mean.
type Bank struct {
	Params  []llama.Param
	Samples op.Matrix // (samples, parameters)
	Queries op.Matrix // (queries, parameters)

	e *op.Engine
}

// NewBank computes the gradients at the parameters as they are now.
func NewBank(e *op.Engine, x *influence.Examples, samples, queries []train.Sample) (*Bank, error) {
	b := &Bank{Params: x.Params(), e: e}
	var err error
	if b.Samples, err = gradients(x, samples, false); err != nil {
		return nil, err
	}
	b.Queries, err = gradients(x, queries, true)
	return b, err
}

func gradients(x *influence.Examples, samples []train.Sample, mean bool) (op.Matrix, error) {
	m := op.NewMatrix(len(samples), x.Size())
	for i, s := range samples {
		row := m.Row(i)
		if _, err := x.Gradient(s, row); err != nil {
			return m, err
		}
		if mean {
			for k := range row {
				row[k] /= float32(s.Learnt())
			}
		}
	}
	return m, nil
}

// A Scores is queries x samples.
type Scores [][]float64

func newScores(queries, samples int) Scores {
	s := make(Scores, queries)
	for i := range s {
		s[i] = make([]float64, samples)
	}
	return s
}

// add adds factor times the elements of m.
func (s Scores) add(factor float64, m op.Matrix) {
	for i := range s {
		for k, x := range m.Row(i) {
			s[i][k] += factor * float64(x)
		}
	}
}

// products returns a bᵀ.
func products(e *op.Engine, a, b op.Matrix) op.Matrix {
	c := op.NewMatrix(a.Rows, b.Rows)
	e.Gemm(c, a, b, false, true, false)
	return c
}

// window returns columns from..to-1.
func window(m op.Matrix, from, to int) op.Matrix {
	return op.Matrix{Data: m.Data[from:], Rows: m.Rows, Cols: to - from, Stride: m.Stride}
}

// A part is a parameter with its columns of the gradients.
type part struct {
	llama.Param
	samples, queries op.Matrix
}

// parts goes through the parameters in order.
func (b *Bank) parts() iter.Seq2[int, part] {
	return func(yield func(int, part) bool) {
		at := 0
		for i, p := range b.Params {
			end := at + p.Rows*p.Cols
			if !yield(i, part{p, window(b.Samples, at, end), window(b.Queries, at, end)}) {
				return
			}
			at = end
		}
	}
}
