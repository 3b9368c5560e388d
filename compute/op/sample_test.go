package op

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSample(t *testing.T) {
	ln := func(p ...float64) []float32 {
		out := make([]float32, len(p))
		for i := range p {
			out[i] = float32(math.Log(p[i]))
		}
		return out
	}
	const almost = 1 - 0x1p-24
	x := ln(0.1, 0.4, 0.05, 0.4, 0.05)
	for _, c := range []struct {
		name   string
		logits []float32
		config SampleConfig
		u      float32
		want   int
	}{
		{"greedy, tie to the lower id", x, SampleConfig{}, 0.9, 1},
		{"first", x, SampleConfig{Temperature: 1}, 0, 0},
		{"second", x, SampleConfig{Temperature: 1}, 0.2, 1},
		{"last", x, SampleConfig{Temperature: 1}, almost, 4},
		{"top-k 1, tie to the lower id", x, SampleConfig{Temperature: 1, TopK: 1}, almost, 1},
		{"top-k 2", x, SampleConfig{Temperature: 1, TopK: 2}, almost, 3},
		{"top-k 3", x, SampleConfig{Temperature: 1, TopK: 3}, 0.05, 0},
		{"top-k 4, tie to the lower id", x, SampleConfig{Temperature: 1, TopK: 4}, 0.54, 2},
		{"top-k above V", x, SampleConfig{Temperature: 1, TopK: 50}, almost, 4},
		{"top-p reached by one", x, SampleConfig{Temperature: 1, TopP: 0.3}, almost, 1},
		{"top-p, the crossing one too", x, SampleConfig{Temperature: 1, TopP: 0.5}, almost, 3},
		{"top-p 1 keeps all", x, SampleConfig{Temperature: 1, TopP: 1}, almost, 4},
		{"min-p", x, SampleConfig{Temperature: 1, MinP: 0.2}, 0, 0},
		{"min-p", x, SampleConfig{Temperature: 1, MinP: 0.3}, 0, 1},
		{"top-k then top-p", x, SampleConfig{Temperature: 1, TopK: 3, TopP: 0.5}, almost, 3},
		{"cold", x, SampleConfig{Temperature: 0.01}, 0.001, 1},
		{"not finite", ln(0, 1), SampleConfig{Temperature: 1}, 0.5, -1},
		{"too cold", []float32{3e10, 1}, SampleConfig{Temperature: 1e-30, MinP: 0.5}, 0.5, -1},
		{"one", ln(1), SampleConfig{Temperature: 1, TopP: 0.1, MinP: 1}, 0.5, 0},
	} {
		for _, e := range engines(t, 1) {
			if got := e.Sample(c.logits, c.config, c.u); got != c.want {
				t.Errorf("%s, %s: got %d, want %d", c.name, e.Kernels(), got, c.want)
			}
		}
	}
}

// TestSampleSearch compares the heap with sorting.
func TestSampleSearch(t *testing.T) {
	const seed = 5
	r := rand.New(rand.NewPCG(seed, 0))
	var s sampler
	for range 200 {
		logits := make([]float32, 1+r.IntN(2000))
		for i := range logits {
			logits[i] = float32(math.Ldexp(float64(r.IntN(20)-10), r.IntN(30)-15))
			if r.IntN(9) == 0 {
				logits[i] = special[r.IntN(2)] // zeros of both signs are equal
			}
		}
		k := 1 + r.IntN(len(logits))
		order := make([]int32, len(logits))
		for i := range order {
			order[i] = int32(i)
		}
		slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(logits[b]+0, logits[a]+0) })
		want := order[:k]
		slices.Sort(want)
		s.reset(logits, nil, &referenceRows)
		s.keep(&referenceRows, func(n int, _ float32) bool { return n < k })
		if !slices.Equal(s.ids, want) {
			t.Fatalf("seed %d: the %d highest of %v: got %v, want %v", seed, k, logits, s.ids, want)
		}
	}
}

// TestSampleDistribution draws many tokens and counts them.
func TestSampleDistribution(t *testing.T) {
	e := newEngine(t, "", 1)
	logits := []float32{0, 1, 2, -1}
	w, count, n := Words{Seed: 8, Purpose: PurposeSample}, [4]int{}, 40000
	for range n {
		count[e.Sample(logits, SampleConfig{Temperature: 2}, Uniform(w.Next()))]++
	}
	total := 0.0
	for _, x := range logits {
		total += math.Exp(float64(x) / 2)
	}
	for i, x := range logits {
		want := math.Exp(float64(x)/2) / total
		if got := float64(count[i]) / float64(n); math.Abs(got-want) > 0.01 {
			t.Errorf("token %d: drawn %.3f of the time, want %.3f", i, got, want)
		}
	}
}
