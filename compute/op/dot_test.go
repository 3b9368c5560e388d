package op

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestChainByHand spells the order out: two segments from +0, then a sum.
func TestChainByHand(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	a, b := randomMatrix(r, 1, 300, 300).Data, randomMatrix(r, 1, 300, 300).Data
	var s0, s1 float32
	for k := 0; k < 256; k++ {
		s0 = exact(a[k], b[k], s0)
	}
	for k := 256; k < 300; k++ {
		s1 = exact(a[k], b[k], s1)
	}
	want := (float32(0) + s0) + s1
	sameBits(t, "Chain", []float32{Chain(a, b)}, []float32{want})
}

func TestChainZeros(t *testing.T) {
	negative := float32(math.Copysign(0, -1))
	tiny := float32(0x1p-149)
	for _, c := range []struct {
		name string
		a, b []float32
	}{
		{"empty", nil, nil},
		{"-0 times 1", []float32{negative}, []float32{1}},
		{"a product that rounds to -0", []float32{-tiny}, []float32{0.25}},
		{"cancellation", []float32{1, -1}, []float32{3, 3}},
	} {
		if got := Chain(c.a, c.b); math.Float32bits(got) != 0 {
			t.Errorf("%s: got %x, want +0", c.name, got)
		}
	}
}

// TestChainPadding is the theorem that tiles rest on: zeros at the end, and
// zeros in place of masked values, change no bit.
func TestChainPadding(t *testing.T) {
	const seed = 4
	r := rand.New(rand.NewPCG(seed, 0))
	for range 200 {
		n := 1 + r.IntN(600)
		a, b := randomMatrix(r, 1, n, n).Data, randomMatrix(r, 1, n, n).Data
		want := Chain(a, b)
		pad := 1 + r.IntN(300)
		sameBits(t, "padded", []float32{Chain(append(a, make([]float32, pad)...), append(b, randomMatrix(r, 1, pad, pad).Data...))},
			[]float32{want})
	}
}

// TestChainError checks the bound that the comment of Chain gives.
func TestChainError(t *testing.T) {
	const seed = 5
	r := rand.New(rand.NewPCG(seed, 0))
	for range 100 {
		n := 1 + r.IntN(3000)
		a, b := make([]float32, n), make([]float32, n)
		sum, size := new(big.Float).SetPrec(400), 0.0
		for k := range a {
			a[k], b[k] = float32(r.NormFloat64()), float32(r.NormFloat64())
			p := float64(a[k]) * float64(b[k])
			sum.Add(sum, big.NewFloat(p))
			size += math.Abs(p)
		}
		want, _ := sum.Float64()
		bound := float64(n/256+1+256) * 0x1p-24 * size
		if got := float64(Chain(a, b)); math.Abs(got-want) > bound {
			t.Fatalf("seed %d n %d: %v, exact %v, bound %v", seed, n, got, want, bound)
		}
	}
}
