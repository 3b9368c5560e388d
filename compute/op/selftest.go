package op

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
)

// A Result is the outcome of one self-test.
type Result struct {
	Name   string
	OK     bool
	Detail string // what differs, empty if OK
}

// A selfTest computes something small with an engine and compares its bits with
// those of arithmetic version 1.
type selfTest struct {
	name   string
	golden uint64 // digest of the result
	run    func(e *Engine) []float32
}

// SelfTests runs each operator of e on values that find wrong kernels and wrong
// machines (subnormals, signed zeros, cancellation, wide exponents) and compares
// the bits with golden digests, in some milliseconds. A peer does this when it
// starts and takes no job with an engine that fails.
func SelfTests(e *Engine) []Result {
	var results []Result
	for _, t := range append(matrixSelfTests(), rowSelfTests()...) {
		results = append(results, t.check(e))
	}
	return results
}

// SelfTest returns an error that names each self-test that e fails.
func SelfTest(e *Engine) error {
	var failed []error
	for _, r := range SelfTests(e) {
		if !r.OK {
			failed = append(failed, fmt.Errorf("op: self-test %s with kernels %s: %s; use %s=ref and report this CPU",
				r.Name, e.Kernels(), r.Detail, KernelsEnv))
		}
	}
	return errors.Join(failed...)
}

// check runs the test. If the digest differs it runs the reference too, to name
// the first element that is wrong.
func (t selfTest) check(e *Engine) Result {
	got := t.run(e)
	digest := bitDigest(got)
	if digest == t.golden {
		return Result{Name: t.name, OK: true}
	}
	r := Result{Name: t.name, Detail: fmt.Sprintf("digest %#016x, want %#016x", digest, t.golden)}
	ref, err := New(Config{Threads: 1, Kernels: reference.name})
	if err != nil {
		return r
	}
	defer ref.Close()
	for i, want := range t.run(ref) {
		if math.Float32bits(got[i]) != math.Float32bits(want) {
			r.Detail += fmt.Sprintf(", element %d is %x, the reference has %x", i, got[i], want)
			return r
		}
	}
	r.Detail += ", and the reference agrees: this build computes another arithmetic"
	return r
}

// bitDigest returns the FNV-1a hash of the bits of x, little endian.
func bitDigest(x []float32) uint64 {
	h := fnv.New64a()
	for _, v := range x {
		b := math.Float32bits(v)
		h.Write([]byte{byte(b), byte(b >> 8), byte(b >> 16), byte(b >> 24)})
	}
	return h.Sum64()
}

// testValues returns a matrix that depends on seed only. One value in eight is
// special; the exponents of the others lie within spread/2 of centre.
func testValues(seed uint32, rows, cols, centre, spread int) Matrix {
	one := float32(math.Ldexp(1, centre))
	special := [...]float32{0, float32(math.Copysign(0, -1)), 0x1p-149, -0x1p-149, 0x1p-127, -0x1.fffffep-127, one * (1 + 0x1p-23), -one}
	m := NewMatrix(rows, cols)
	x := seed
	next := func() uint32 { // Numerical Recipes' generator; its upper bits are good enough here
		x = x*1664525 + 1013904223
		return x >> 8
	}
	for i := range m.Data {
		if next()&7 == 0 {
			m.Data[i] = special[next()>>3&7]
			continue
		}
		exponent := centre + int(next()>>4)%(spread+1) - spread/2
		m.Data[i] = float32(math.Ldexp(float64(int32(next()))-0x1p23, exponent-23))
	}
	return m
}

// matrixSelfTests lists the self-tests of the matrix products.
func matrixSelfTests() []selfTest {
	var list []selfTest
	for i, g := range []struct{ centre, spread int }{{0, 0}, {0, 40}, {-68, 16}} {
		list = append(list, selfTest{fmt.Sprintf("gemm 2^%d±%d", g.centre, g.spread/2), gemmGolden[i], func(e *Engine) []float32 {
			values := func(seed uint32, rows, cols int) Matrix { return testValues(seed, rows, cols, g.centre, g.spread) }
			c := NewMatrix(9, 70)
			e.Gemm(c, values(1, 9, 531), values(2, 531, 70), false, false, false)
			e.Gemm(c, values(3, 33, 9), values(4, 70, 33), true, true, true)
			return c.Data
		}})
	}
	for f := F32; f <= Q8; f++ {
		list = append(list, selfTest{"matmul " + f.String(), matMulGolden[f], func(e *Engine) []float32 {
			return selfTestMatMul(e, f)
		}})
	}
	return list
}

// selfTestMatMul runs the products of one format, forward and backward, for one
// row and for several.
func selfTestMatMul(e *Engine, f Format) []float32 {
	const n, k = 140, 300
	var w *Weights
	switch f {
	case F32:
		w = e.PackF32(testValues(5, n, k, 0, 20))
	case Q8:
		w = e.PackQ8(testValues(5, n, k, 0, 6))
	default:
		half := make([]byte, 2*n*k)
		for i, v := range testValues(5, n, k, 0, 20).Data {
			b := math.Float32bits(v)
			half[2*i], half[2*i+1] = byte(b>>16), byte(b>>24)
			if f == F16 {
				half[2*i+1] &= 0xbf // finite: the largest exponent stays out
			}
		}
		w = e.PackHalf(f, half, n, k)
	}
	bias := testValues(6, 1, n, 0, 20).Data
	var out []float32
	for _, m := range []int{1, 2, 7} {
		y, dx := testValues(7, m, n, 0, 20), NewMatrix(m, k)
		e.MatMul(y, testValues(8, m, k, 0, 20), w, MatMulOpt{Bias: bias, Add: true, Slices: 1 + m%2})
		e.MatMulT(dx, y, w, MatMulOpt{})
		out = append(append(out, y.Data...), dx.Data...)
	}
	return out
}

// The digests of arithmetic version 1.
var gemmGolden = [...]uint64{0x0fd24c11d90a1c42, 0x09e242854aba15b5, 0x3bc899996b36d867}

var matMulGolden = [...]uint64{
	F32: 0xde2f5b3b0144a056, BF16: 0xafb5288eb551961a, F16: 0xaf824c92e94886b4, Q8: 0xa1d21694cb7f81b2,
}
