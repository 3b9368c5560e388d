package op

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// randomBits returns a finite float32 with any exponent, often a special one.
func randomBits(r *rand.Rand) float32 {
	if r.IntN(8) == 0 {
		return special[r.IntN(len(special))]
	}
	for {
		if f := math.Float32frombits(r.Uint32()); !math.IsNaN(float64(f)) && !math.IsInf(float64(f), 0) {
			return f
		}
	}
}

// near returns a value that makes a*b + c cancel, or sit close to a midpoint.
func near(r *rand.Rand, a, b float32) float32 {
	p := float64(a) * float64(b)
	switch r.IntN(4) {
	case 0:
		return float32(-p)
	case 1:
		return float32(p * math.Ldexp(1, r.IntN(60)-30))
	case 2:
		return float32(-p * math.Ldexp(1, r.IntN(50)-25))
	}
	return randomBits(r)
}

// exact returns a*b + c, rounded once by math/big.
func exact(a, b, c float32) float32 {
	wide := func(f float32) *big.Float { return new(big.Float).SetPrec(1200).SetFloat64(float64(f)) }
	sum := wide(a)
	sum.Mul(sum, wide(b)).Add(sum, wide(c))
	if sum.Sign() == 0 { // big has no rule for the sign of an exact zero
		return float32(float64(a)*float64(b)) + c
	}
	f, _ := sum.Float32()
	return f
}

func TestFmaIsRoundedOnce(t *testing.T) {
	const seed = 1
	r := rand.New(rand.NewPCG(seed, 0))
	for range 200_000 {
		a, b := randomBits(r), randomBits(r)
		if r.IntN(3) == 0 {
			b = math.Float32frombits(math.Float32bits(b)&0x80ffffff | 0x3f000000) // near 1
		}
		c := near(r, a, b)
		got, want := Fma(a, b, c), exact(a, b, c)
		if math.Float32bits(got) != math.Float32bits(want) {
			t.Fatalf("seed %d: Fma(%x, %x, %x) = %x, want %x", seed, a, b, c, got, want)
		}
	}
}

// TestFmaIsTheMachines compares ten million random results with the CPU's.
func TestFmaIsTheMachines(t *testing.T) {
	const seed, chunk = 2, 4096
	rounds := 10_000_000 / chunk
	if testing.Short() {
		rounds /= 20
	}
	e := newEngine(t, "", 1)
	if e.k.mat.fma8 == nil {
		t.Skip("no vector FMA on this machine")
	}
	r := rand.New(rand.NewPCG(seed, 0))
	a, b, c, y := make([]float32, chunk), make([]float32, chunk), make([]float32, chunk), make([]float32, chunk)
	for round := range rounds {
		for i := range a {
			a[i], b[i] = randomBits(r), randomBits(r)
			if i%2 == 0 {
				b[i] = float32(int32(r.Uint32())) * 0x1p-31
			}
			c[i] = near(r, a[i], b[i])
		}
		copy(y, c)
		e.k.mat.fma8(&y[0], &a[0], &b[0], chunk/8)
		for i := range y {
			got := Fma(a[i], b[i], c[i])
			if math.Float32bits(got) != math.Float32bits(y[i]) && !(math.IsNaN(float64(got)) && math.IsNaN(float64(y[i]))) {
				t.Fatalf("seed %d round %d: Fma(%x, %x, %x) = %x, the CPU has %x", seed, round, a[i], b[i], c[i], got, y[i])
			}
		}
	}
}

func BenchmarkFma(b *testing.B) {
	x := float32(1)
	for b.Loop() {
		x = Fma(x, 0.999, 0.001)
	}
}
