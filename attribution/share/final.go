package share

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// A Cluster is near-duplicate records as one: Owner committed to them first.
type Cluster struct {
	Owner  uint64 // contributor, as the caller numbers them
	Score  Score  // sum over the epoch
	Tokens uint64 // of the record that was trained on
}

// A Policy is how a pool is divided. It is part of a Datanet's terms.
type Policy struct {
	// FloorMilli is the noise floor in thousandths of a robust standard deviation
	// of the scores per token (1.4826 times the median absolute deviation).
	FloorMilli uint32
	// CapBps is the most that one cluster gets, in 1/10,000 of the pool.
	CapBps uint32
	// Least is the sum of the scores above the floor from which a pool is paid.
	Least Score
}

// DefaultPolicy: a floor of one standard deviation took the share of the pool
// that 15 % of flipped labels earn from 3.0 % to 0.7 %.
var DefaultPolicy = Policy{FloorMilli: 1000, CapBps: 2500, Least: Unit / 1000}

// A Payout is a pool divided.
type Payout struct {
	Floor   Score      // per token, below which a score is noise
	Credits []*big.Int // by cluster
	Capped  *big.Int   // kept back by the cap
	Rolled  *big.Int   // of a pool that is not paid: all of it
}

// Rest returns what stays in the pool.
func (p Payout) Rest() *big.Int { return new(big.Int).Add(p.Capped, p.Rolled) }

// Final divides a pool: each cluster gets in proportion to its score above
// floor x tokens. If the sum of those is less than the policy's least, the pool
// rolls over. A cluster without tokens gets nothing and counts for nothing.
func Final(pool *big.Int, clusters []Cluster, p Policy) (Payout, error) {
	if pool.Sign() < 0 || p.CapBps > 10_000 {
		return Payout{}, fmt.Errorf("share: a pool of %v with a cap of %d/10000", pool, p.CapBps)
	}
	out := Payout{Floor: floor(clusters, p.FloorMilli), Capped: new(big.Int), Rolled: new(big.Int)}
	weights := make([]*big.Int, len(clusters))
	sum := new(big.Int)
	for i, c := range clusters {
		weights[i] = new(big.Int)
		if c.Tokens > 0 && c.Score > 0 {
			noise := new(big.Int).Mul(big.NewInt(int64(out.Floor)), new(big.Int).SetUint64(c.Tokens))
			if w := noise.Sub(big.NewInt(int64(c.Score)), noise); w.Sign() > 0 {
				weights[i] = w
			}
		}
		sum.Add(sum, weights[i])
	}
	if sum.Cmp(big.NewInt(int64(p.Least))) < 0 || sum.Sign() == 0 {
		for i := range weights {
			weights[i].SetInt64(0)
		}
		out.Credits, out.Rolled = weights, new(big.Int).Set(pool)
		return out, nil
	}
	credits, err := Split(pool, weights)
	if err != nil {
		return Payout{}, err
	}
	most := new(big.Int).Mul(pool, big.NewInt(int64(p.CapBps)))
	most.Quo(most, big.NewInt(10_000))
	for i, c := range credits {
		if c.Cmp(most) > 0 {
			out.Capped.Add(out.Capped, new(big.Int).Sub(c, most))
			credits[i] = new(big.Int).Set(most)
		}
	}
	out.Credits = credits
	return out, nil
}

// floor returns the noise of a score per token. It is 0 where more than half of
// the clusters score alike.
func floor(clusters []Cluster, milli uint32) Score {
	var rates []int64
	for _, c := range clusters {
		if c.Tokens > 0 {
			rates = append(rates, floorDiv(int64(c.Score), c.Tokens))
		}
	}
	if len(rates) == 0 {
		return 0
	}
	middle := median(rates)
	for i, r := range rates {
		rates[i] = distance(r, middle)
	}
	hi, lo := bits.Mul64(uint64(median(rates)), 14_826*uint64(milli))
	if hi >= 10_000_000 {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, 10_000_000)
	return Score(min(q, math.MaxInt64))
}

// median sorts v and returns the middle, the lower one of two.
func median(v []int64) int64 {
	slices.Sort(v)
	return v[(len(v)-1)/2]
}

// distance returns |a-b|, at most the largest int64.
func distance(a, b int64) int64 {
	if a < b {
		a, b = b, a
	}
	return int64(min(uint64(a)-uint64(b), math.MaxInt64))
}

// floorDiv returns floor(a/n).
func floorDiv(a int64, n uint64) int64 {
	if a >= 0 {
		return int64(uint64(a) / n)
	}
	b := uint64(-(a + 1)) // a = -1-b
	return -1 - int64(b/n)
}

// ByOwner sums a payout's credits by owner, in the order of owners.
func ByOwner(clusters []Cluster, credits []*big.Int) []Credit {
	sums := make(map[uint64]*big.Int)
	var all []Credit
	for i, c := range clusters {
		if credits[i].Sign() == 0 {
			continue
		}
		if sums[c.Owner] == nil {
			sums[c.Owner] = new(big.Int)
			all = append(all, Credit{c.Owner, sums[c.Owner]})
		}
		sums[c.Owner].Add(sums[c.Owner], credits[i])
	}
	slices.SortFunc(all, func(a, b Credit) int { return cmp.Compare(a.Owner, b.Owner) })
	return all
}

// A Credit is what an owner gets.
type Credit struct {
	Owner  uint64
	Amount *big.Int
}
