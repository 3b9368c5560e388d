// Package influence says by how much each training example changed what a model
// answers, through the training run itself.
//
// A run can be replayed bit for bit, so the derivative of an answer's loss by
// the weight of an example is computed along the run, backwards, instead of
// being estimated after it (the metagradient). Let F be the sum of the losses of
// the queries of an epoch, weighted by fee and gain. From the last step to the
// first, with v the derivative of F by the parameters and m by the momentum:
//
//	m += the optimizer's step, transposed, of v     the same operator, SGD or Adam
//	u  = the part of m that the gradient has        times the clip factor
//	e  = a power of two, so that e·u has norm .01
//	s_i += (loss_i(θ + e·u) - loss_i(θ - e·u)) / 2e        dF by the weight of i
//	v   = (1 - rate·decay)·v + (g(θ + e·u) - g(θ - e·u)) / 2e
//	m  *= momentum
//
// θ are the parameters before the step, g is its gradient. What made AdamW
// divide (its second moments) and the clip factor are taken as they were.
//
// The invariant: a score is a function of the recorded run and the queries, to
// the bit; not of threads, kernels or how the states were kept. All of it is
// tapes, so a step backwards is committed and disputed as a step forwards is.
//
// Recording keeps the states of a run, on disk or as checkpoints in memory.
// Replay walks back. Start with Settle. Examples gives the gradients of single
// examples, Gate says whether a run was smooth enough for all of this.
//
// Source: Engstrom et al. 2025 (MAGIC) for the derivative through the run.
package influence

import (
	"fmt"
	"math"
	"math/big"

	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/train"
)

// A Query is an answer whose fee is to be divided: its tokens, of which the
// answer's are targets, and how much it counts.
type Query struct {
	train.Sample
	Weight float32 // of the sum of its losses; 0: it counts for nothing
}

// Weights returns what queries count by fee and gain (share.Gain): the products
// over their sum, rounded to f32; all 0 where nothing was paid or gained.
func Weights(fees []*big.Int, gains []uint64) ([]float32, error) {
	if len(fees) != len(gains) {
		return nil, fmt.Errorf("influence: %d fees and %d gains", len(fees), len(gains))
	}
	products, sum := make([]*big.Int, len(fees)), new(big.Int)
	for i, fee := range fees {
		if fee.Sign() < 0 || gains[i] > share.Whole {
			return nil, fmt.Errorf("influence: query %d has a fee of %v and a gain of %d/2^32", i, fee, gains[i])
		}
		products[i] = new(big.Int).Mul(fee, new(big.Int).SetUint64(gains[i]))
		sum.Add(sum, products[i])
	}
	weights := make([]float32, len(fees))
	if sum.Sign() > 0 {
		for i, p := range products {
			weights[i], _ = new(big.Rat).SetFrac(p, sum).Float32() // the nearest
		}
	}
	return weights, nil
}

// Score returns -x in fixed point, rounded to even: x is the derivative of a
// loss by an example's weight, and what lowers the loss has helped. What is out
// of range is the largest or the least score.
func Score(x float32) share.Score {
	y := math.RoundToEven(-float64(x) * float64(share.Unit)) // the product is exact
	switch {
	case y >= math.MaxInt64:
		return math.MaxInt64
	case y <= math.MinInt64:
		return math.MinInt64
	}
	return share.Score(y)
}
