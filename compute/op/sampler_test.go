package op

import (
	"math/rand/v2"
	"testing"
)

// TestSampler: a Sampler draws what its engine draws, and among some tokens what
// it would draw if there were no others; on every implementation.
func TestSampler(t *testing.T) {
	const seed = 11
	r := rand.New(rand.NewPCG(seed, 0))
	for range 60 {
		n := 1 + r.IntN(700)
		logits, allowed := make([]float32, n), make([]uint64, (n+63)/64)
		var ids []int32
		var some []float32
		for i := range logits {
			logits[i] = float32(r.IntN(40)) / 4
			if r.IntN(3) == 0 {
				allowed[i/64] |= 1 << (i % 64)
				ids, some = append(ids, int32(i)), append(some, logits[i])
			}
		}
		c := SampleConfig{Temperature: float32(r.IntN(3)), TopK: r.IntN(40), TopP: float32(r.IntN(5)) / 4, MinP: float32(r.IntN(3)) / 20}
		u := Uniform(r.Uint32())
		for _, e := range engines(t, 1) {
			s := e.NewSampler()
			if got, want := s.Sample(logits, nil, c, u), e.Sample(logits, c, u); got != want {
				t.Fatalf("seed %d, %s: got %d, want %d", seed, e.Kernels(), got, want)
			}
			if got, want := s.LogSumExp(logits), e.LogSumExp(logits); got != want {
				t.Fatalf("seed %d, %s: log sum %g, want %g", seed, e.Kernels(), got, want)
			}
			want := -1
			if len(ids) > 0 {
				want = int(ids[e.Sample(some, c, u)])
			}
			if got := s.Sample(logits, allowed, c, u); got != want {
				t.Fatalf("seed %d, %s, %d of %d tokens: got %d, want %d", seed, e.Kernels(), len(ids), n, got, want)
			}
		}
	}
}
