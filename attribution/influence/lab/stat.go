package lab

import (
	"cmp"
	"math"
	"slices"
)

// Pearson returns the correlation of two lists; 0 where one is constant.
func Pearson(a, b []float64) float64 {
	ma, mb := Mean(a), Mean(b)
	var ab, aa, bb float64
	for i := range a {
		x, y := a[i]-ma, b[i]-mb
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

// Spearman returns the correlation of the ranks; equal values share theirs.
func Spearman(a, b []float64) float64 { return Pearson(ranks(a), ranks(b)) }

func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	out := make([]float64, len(x))
	for i := 0; i < len(order); {
		end := i + 1
		for end < len(order) && x[order[end]] == x[order[i]] {
			end++
		}
		for _, k := range order[i:end] {
			out[k] = float64(i+end-1) / 2
		}
		i = end
	}
	return out
}

// Mean returns the mean; 0 of nothing.
func Mean(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// Error returns the standard error of the mean.
func Error(x []float64) float64 {
	if len(x) < 2 {
		return 0
	}
	m, sum := Mean(x), 0.0
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(len(x)-1) / float64(len(x)))
}

// LDS returns, by query, the rank correlation over subsets between the change of
// its loss when a subset is left out and the sum of that subset's scores.
//
//	scores   queries x samples, positive: helped
//	left     the samples that each retraining left out
//	losses   retrainings x queries
func LDS(scores [][]float64, left []map[int]bool, losses [][]float64) []float64 {
	out := make([]float64, len(scores))
	for q, s := range scores {
		predicted, real := make([]float64, len(left)), make([]float64, len(left))
		for k, set := range left {
			for i := range s { // in order: a map has none
				if set[i] {
					predicted[k] += s[i]
				}
			}
			real[k] = losses[k][q]
		}
		out[q] = Spearman(predicted, real)
	}
	return out
}

// Shares divides 1 by what is positive.
func Shares(x []float64) []float64 {
	out, sum := make([]float64, len(x)), 0.0
	for i, v := range x {
		out[i] = max(v, 0)
		sum += out[i]
	}
	for i := range out {
		if sum > 0 {
			out[i] /= sum
		}
	}
	return out
}

// L1 returns the sum of the differences.
func L1(a, b []float64) (sum float64) {
	for i := range a {
		sum += math.Abs(a[i] - b[i])
	}
	return sum
}
