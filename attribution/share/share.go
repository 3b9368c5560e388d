// Package share makes scores into money.
//
// Split divides an amount so that it sums exactly. Provisional weighs what an
// answer's sources did for it, at once; Final divides a Datanet's pool by the
// exact scores of an epoch: less a floor for noise, per token, and up to a cap.
// What is not paid stays in the pool.
//
// The invariant: all is integers, nothing depends on the order of the clusters
// but ties, and what goes in comes out: credits and the rest are the amount.
//
// The unit is the cluster of near-duplicates, never a name: who copies a record,
// or has ten names, has one cluster. Start with Split and Final.
package share

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
)

// A Score is influence in units of 2^-40 nat: positive helped.
type Score int64

// Unit is a score of one nat.
const Unit Score = 1 << 40

// Split divides amount in proportion to weights by the method of the largest
// remainder (Hamilton): each gets the whole part of its quota, and the units
// left over go one each to the largest remainders, of equal ones to the first.
// The parts sum to amount exactly; if all weights are 0, so are the parts.
func Split(amount *big.Int, weights []*big.Int) ([]*big.Int, error) {
	if amount.Sign() < 0 {
		return nil, fmt.Errorf("share: an amount of %v", amount)
	}
	sum := new(big.Int)
	for i, w := range weights {
		if w.Sign() < 0 {
			return nil, fmt.Errorf("share: weight %d is %v", i, w)
		}
		sum.Add(sum, w)
	}
	parts := make([]*big.Int, len(weights))
	if sum.Sign() == 0 {
		for i := range parts {
			parts[i] = new(big.Int)
		}
		return parts, nil
	}
	rest := new(big.Int).Set(amount)
	remainders := make([]*big.Int, len(weights))
	order := make([]int, len(weights))
	for i, w := range weights {
		order[i] = i
		parts[i], remainders[i] = new(big.Int).QuoRem(new(big.Int).Mul(amount, w), sum, new(big.Int))
		rest.Sub(rest, parts[i])
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(remainders[b].Cmp(remainders[a]), cmp.Compare(a, b))
	})
	one := big.NewInt(1)
	for _, i := range order[:rest.Int64()] { // fewer than there are weights
		parts[i].Add(parts[i], one)
	}
	return parts, nil
}
