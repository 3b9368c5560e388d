package op

import (
	"fmt"
	"math"
	"math/big"
	"os"
	"testing"
)

// long says whether sweeps cover every value instead of a part of them:
// OPENLEDGER_LONG=1 go test ./compute/op
var long = os.Getenv("OPENLEDGER_LONG") != ""

// ulps returns the distance of got from want in units of the last place of the
// float32 nearest to want.
func ulps(got float32, want float64) float64 {
	_, exponent := math.Frexp(want)
	return math.Abs(float64(got)-want) / math.Ldexp(1, max(exponent-24, -149))
}

// sweep calls f for the float32 between lo and hi, which have one sign: all in
// a long test, else one in step.
func sweep(lo, hi float32, step uint32, f func(x float32)) {
	if long {
		step = 1
	}
	a, b := math.Float32bits(lo), math.Float32bits(hi)
	for bits := uint64(min(a, b)); bits <= uint64(max(a, b)); bits += uint64(step) {
		f(math.Float32frombits(uint32(bits)))
	}
}

func TestMathErrors(t *testing.T) {
	silu := func(x float64) float64 { return x / (1 + math.Exp(-x)) }
	siluGrad := func(x float64) float64 {
		s := 1 / (1 + math.Exp(-x))
		return s * (1 + x*(1-s))
	}
	for _, c := range []struct {
		name   string
		f      func(float32) float32
		exact  func(float64) float64
		lo, hi float32
		bound  float64
	}{
		{"exp+", Exp, math.Exp, 0x1p-30, 88.72283, 1.03},
		{"exp-", Exp, math.Exp, -0x1p-30, -87.33654, 1.03},
		{"log", Log, math.Log, 0x1p-149, math.MaxFloat32, 0.84},
		{"silu+", Silu, silu, 0x1p-100, 1e30, 2.6},
		{"silu-", Silu, silu, -0x1p-100, -80, 2.6},
	} {
		worst, at := 0.0, float32(0)
		sweep(c.lo, c.hi, 4099, func(x float32) {
			if u := ulps(c.f(x), c.exact(float64(x))); u > worst {
				worst, at = u, x
			}
		})
		t.Logf("%-6s largest error %.3f ulp at %v", c.name, worst, at)
		if worst > c.bound {
			t.Errorf("%s(%v) is off by %.3f ulp, want at most %v", c.name, at, worst, c.bound)
		}
	}
	worst := 0.0 // the derivative cancels at -1.278 and near 1, so an absolute bound
	for _, sign := range []float32{-1, 1} {
		sweep(0x1p-100, 80, 4099, func(x float32) {
			x *= sign
			worst = max(worst, math.Abs(float64(SiluGrad(x))-siluGrad(float64(x))))
		})
	}
	t.Logf("silu'  largest absolute error %.3g", worst)
	if worst > 1.2e-6 {
		t.Errorf("silu' is off by %g, want at most 1.2e-6", worst)
	}
}

func TestMathEnds(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	for _, c := range []struct {
		name      string
		got, want float32
	}{
		{"exp(0)", Exp(0), 1},
		{"exp(-0)", Exp(float32(math.Copysign(0, -1))), 1},
		{"exp(-1e30)", Exp(-1e30), Exp(-87.33654)},
		{"exp(1e30)", Exp(1e30), Exp(88.72283)},
		{"exp(-inf)", Exp(-inf), Exp(-87.33654)},
		{"exp(nan)", Exp(nan), nan},
		{"log(1)", Log(1), 0},
		{"log(0)", Log(0), nan},
		{"log(-1)", Log(-1), nan},
		{"log(inf)", Log(inf), nan},
		{"silu(-0)", Silu(float32(math.Copysign(0, -1))), float32(math.Copysign(0, -1))},
	} {
		if math.Float32bits(c.got) != math.Float32bits(c.want) && !(c.got != c.got && c.want != c.want) {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
	if e := Exp(-87.33654); e < 0x1p-126 {
		t.Errorf("exp at its lower end is %g, below the normal numbers", e)
	}
	if e := Exp(88.72283); math.IsInf(float64(e), 0) {
		t.Error("exp at its upper end is infinite")
	}
}

// TestNearest compares the quick way to a correctly rounded table entry with
// the slow one.
func TestNearest(t *testing.T) {
	step := uint32(1 << 21)
	if long {
		step = 1 << 12
	}
	for bits := math.Float32bits(0x1p-20); bits < math.Float32bits(0x1p24); bits += step {
		x := math.Float32frombits(bits + bits>>9&0xfff) // any lower bits
		sin, cos := nearSinCos(x)
		wantSin := nearest(func(prec uint) *big.Float { s, _ := bigSinCos(float64(x), prec); return s })
		wantCos := nearest(func(prec uint) *big.Float { _, c := bigSinCos(float64(x), prec); return c })
		if sin != wantSin || cos != wantCos {
			t.Fatalf("sin, cos of %v: got %v %v, want %v %v", x, sin, cos, wantSin, wantCos)
		}
	}
	for r := uint32(1); r < 1<<22; r += 40009 {
		want := nearest(func(prec uint) *big.Float { return bigCosQuarter(r, prec) })
		if got := cosQuarter(r); got != want {
			t.Fatalf("cos of %d/2^24 turns: got %v, want %v", r, got, want)
		}
	}
	for _, c := range []struct {
		name string
		f    func(prec uint) *big.Float
		want float64
	}{
		{"pi", bigPi, math.Pi},
		{"ln 10", func(p uint) *big.Float { return bigLn(bigFloat(10, p), p) }, math.Ln10},
		{"ln 0.7", func(p uint) *big.Float { return bigLn(bigFloat(0.7, p), p) }, math.Log(0.7)},
		{"e^-7.5", func(p uint) *big.Float { return bigExp(bigFloat(-7.5, p), p) }, math.Exp(-7.5)},
	} {
		a, _ := c.f(128).Float64()
		d := new(big.Float).Sub(c.f(128), c.f(512))
		if relative, _ := d.Float64(); math.Abs(a/c.want-1) > 1e-15 || math.Abs(relative) > math.Abs(a)*0x1p-96 {
			t.Errorf("%s = %v, want %v; 128 and 512 bits differ by %g", c.name, a, c.want, relative)
		}
	}
}

func ExampleChain() {
	fmt.Println(Chain([]float32{1, 2, 3}, []float32{4, 5, 6}))
	// Output: 32
}
