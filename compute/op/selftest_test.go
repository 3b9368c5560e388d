package op

import (
	"math"
	"testing"
)

func TestSelfTestsPass(t *testing.T) {
	for _, e := range engines(t, 2) {
		for _, r := range SelfTests(e) {
			if !r.OK {
				t.Errorf("%s: %s: %s", e.Kernels(), r.Name, r.Detail)
			}
		}
	}
}

// TestSelfTestValues keeps the golden digests meaningful: the results that they
// guard are finite and hold subnormals and both zeros.
func TestSelfTestValues(t *testing.T) {
	subnormal, zero, normal := 0, 0, 0
	e := newEngine(t, "ref", 1)
	for _, s := range append(matrixSelfTests(), rowSelfTests()...) {
		for i, v := range s.run(e) {
			switch a := math.Abs(float64(v)); {
			case math.IsNaN(a) || math.IsInf(a, 0):
				t.Fatalf("%s: element %d is %v", s.name, i, v)
			case a == 0:
				zero++
			case a < 0x1p-126:
				subnormal++
			default:
				normal++
			}
		}
	}
	if subnormal < 10 || normal < 1000 {
		t.Errorf("%d subnormal, %d zero, %d normal results", subnormal, zero, normal)
	}
}

func TestSelfTestFindsAWrongBit(t *testing.T) {
	wrong := matrixSelfTests()[0]
	run := wrong.run
	wrong.run = func(e *Engine) []float32 {
		out := append([]float32(nil), run(e)...)
		if e.Kernels() != "ref" {
			out[5] = math.Float32frombits(math.Float32bits(out[5]) ^ 1)
		}
		return out
	}
	e := newEngine(t, "", 1)
	if e.Kernels() == "ref" {
		t.Skip("no fast kernels on this machine")
	}
	if r := wrong.check(e); r.OK || r.Detail == "" {
		t.Errorf("a wrong bit passed: %+v", r)
	}
}
