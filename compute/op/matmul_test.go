package op

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// engines returns one engine per implementation of this machine, the reference
// last.
func engines(t testing.TB, threads int) []*Engine {
	var list []*Engine
	for _, name := range Available() {
		list = append(list, newEngine(t, name, threads))
	}
	return list
}

func newEngine(t testing.TB, kernels string, threads int) *Engine {
	e, err := New(Config{Threads: threads, Kernels: kernels})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

// special are values that find wrong roundings: signed zeros, subnormals, the
// border of both, values that cancel, large ones.
var special = []float32{0, float32(math.Copysign(0, -1)), 1, -1, 0x1p-149, -0x1p-149, 0x1p-126, -0x1p-127,
	0x1.fffffep-127, 1 + 0x1p-23, -1 + 0x1p-24, 0x1p-75, -0x1p-75, 3e15, -3e15, 0x1p40, 1e-20}

// randomMatrix returns values of one of three kinds: normal, special, or so
// small that products are subnormal.
func randomMatrix(r *rand.Rand, rows, cols, stride int) Matrix {
	m := Matrix{make([]float32, rows*stride), rows, cols, stride}
	kind := r.IntN(4)
	for i := range m.Data {
		switch {
		case kind == 0 || kind == 3 && i%7 == 0:
			m.Data[i] = special[r.IntN(len(special))]
		case kind == 1:
			m.Data[i] = float32(r.NormFloat64()) * 0x1p-70
		default:
			m.Data[i] = float32(r.NormFloat64())
		}
	}
	return m
}

func (m Matrix) clone() Matrix {
	m.Data = append([]float32(nil), m.Data...)
	return m
}

// sameBits fails unless a and b hold the same bits, gaps of the stride included.
func sameBits(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %d values, want %d", what, len(got), len(want))
	}
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: element %d: got %v (%#08x), want %v (%#08x)", what, i,
				got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
		}
	}
}

// product is one case of a matrix product, for all operators and formats.
type product struct{ m, n, k, pad int }

// sizes samples 1..130 and the borders of tiles, segments and blocks.
func sizes(r *rand.Rand) []product {
	list := []product{{1, 1, 1, 0}, {8, 32, 256, 0}, {9, 33, 257, 1}, {6, 16, 255, 0}, {130, 130, 130, 3},
		{1, 130, 1025, 0}, {2, 70, 2049, 0}, {125, 40, 1030, 5}, {3, 300, 7, 0}, {16, 129, 64, 0}, {250, 3, 9, 0}}
	more := 40
	if testing.Short() {
		more = 12
	}
	for range more {
		list = append(list, product{1 + r.IntN(130), 1 + r.IntN(130), 1 + r.IntN(130), r.IntN(3)})
	}
	return list
}

// halves returns bf16 or f16 bytes of any finite values.
func halves(r *rand.Rand, f Format, n int) []byte {
	b := make([]byte, 2*n)
	for i := range n {
		h := uint16(r.Uint32())
		if f == BF16 {
			h = uint16(math.Float32bits(float32(r.NormFloat64())) >> 16)
			if r.IntN(9) == 0 {
				h = uint16(r.IntN(256)) | h&0x8000 // subnormal or tiny
			}
		} else if h&0x7c00 == 0x7c00 {
			h &^= 0x4000
		}
		binary.LittleEndian.PutUint16(b[2*i:], h)
	}
	return b
}

// weightsOf packs the same values in format f on engine e.
func weightsOf(e *Engine, f Format, w Matrix, half []byte) *Weights {
	switch f {
	case F32:
		return e.PackF32(w)
	case Q8:
		return e.PackQ8(w)
	}
	return e.PackHalf(f, half, w.Rows, w.Cols)
}

func TestProducts(t *testing.T) {
	const seed = 3
	r := rand.New(rand.NewPCG(seed, 0))
	es := engines(t, 2)
	ref := es[len(es)-1]
	for _, p := range sizes(r) {
		x := randomMatrix(r, p.m, p.k, p.k+p.pad)
		w := randomMatrix(r, p.n, p.k, p.k+p.pad)
		wt := randomMatrix(r, p.k, p.n, p.n+p.pad)
		xt := randomMatrix(r, p.k, p.m, p.m+p.pad)
		dy := randomMatrix(r, p.m, p.n, p.n+p.pad)
		y0 := randomMatrix(r, p.m, p.n, p.n+p.pad)
		dx0 := randomMatrix(r, p.m, p.k, p.k+p.pad)
		o := MatMulOpt{Add: r.IntN(2) == 0, Slices: r.IntN(3)}
		ot := o
		if r.IntN(2) == 0 {
			o.Bias, ot.Bias = randomMatrix(r, 1, p.n, p.n).Data, randomMatrix(r, 1, p.k, p.k).Data
		}
		name := fmt.Sprintf("seed %d %+v add %v bias %v slices %d", seed, p, o.Add, o.Bias != nil, o.Slices)

		for _, f := range []Format{F32, BF16, F16, Q8} {
			half := halves(r, f, p.n*p.k)
			rw := weightsOf(ref, f, w, half)
			wantY, wantDx := y0.clone(), dx0.clone()
			ref.MatMul(wantY, x, rw, o)
			ref.MatMulT(wantDx, dy, rw, ot)
			row, wantRow := make([]float32, p.k), make([]float32, p.k)
			for _, e := range es[:len(es)-1] {
				ew := weightsOf(e, f, w, half)
				y, dx := y0.clone(), dx0.clone()
				e.MatMul(y, x, ew, o)
				e.MatMulT(dx, dy, ew, ot)
				what := fmt.Sprintf("%s %v %s", e.Kernels(), f, name)
				sameBits(t, "MatMul "+what, y.Data, wantY.Data)
				sameBits(t, "MatMulT "+what, dx.Data, wantDx.Data)
				for n := range p.n {
					ew.Row(n, row)
					rw.Row(n, wantRow)
					sameBits(t, "Row "+what, row, wantRow)
				}
			}
		}
		for form := range 4 {
			ta, tb := form&1 == 1, form&2 == 2
			a, b := x, wt
			if ta {
				a = xt
			}
			if tb {
				b = w
			}
			want := y0.clone()
			ref.Gemm(want, a, b, ta, tb, o.Add)
			for _, e := range es[:len(es)-1] {
				y := y0.clone()
				e.Gemm(y, a, b, ta, tb, o.Add)
				sameBits(t, fmt.Sprintf("Gemm %s ta %v tb %v %s", e.Kernels(), ta, tb, name), y.Data, want.Data)
			}
		}
	}
}

// TestThreads: the number of threads never shows in the bits.
func TestThreads(t *testing.T) {
	const seed, m, n, k = 6, 131, 200, 300
	r := rand.New(rand.NewPCG(seed, 0))
	x, w, dy := randomMatrix(r, m, k, k), randomMatrix(r, n, k, k), randomMatrix(r, m, n, n)
	for _, name := range Available() {
		if name == "ref" && testing.Short() {
			continue
		}
		var want []float32
		for threads := 1; threads <= 8; threads++ {
			e := newEngine(t, name, threads)
			var got []float32
			for _, f := range []Format{F32, Q8} {
				pw := weightsOf(e, f, w, nil)
				for _, rows := range []int{1, 3, m} {
					y, dx := NewMatrix(rows, n), NewMatrix(rows, k)
					e.MatMul(y, x.Slice(0, rows), pw, MatMulOpt{})
					e.MatMulT(dx, dy.Slice(0, rows), pw, MatMulOpt{})
					got = append(append(got, y.Data...), dx.Data...)
				}
			}
			dw := NewMatrix(n, k)
			e.Gemm(dw, dy, x, true, false, false)
			got = append(got, dw.Data...)
			if threads == 1 {
				want = got
			}
			sameBits(t, fmt.Sprintf("seed %d %s with %d threads", seed, name, threads), got, want)
			e.Close()
		}
	}
}

// TestBatchInvariance: a row of y does not depend on the rows beside it.
func TestBatchInvariance(t *testing.T) {
	const n, k = 100, 700
	r := rand.New(rand.NewPCG(7, 0))
	x, w := randomMatrix(r, 20, k, k), randomMatrix(r, n, k, k)
	e := newEngine(t, "", 2)
	for _, f := range []Format{F32, BF16, F16, Q8} {
		pw := weightsOf(e, f, w, halves(r, f, n*k))
		all, one := NewMatrix(20, n), NewMatrix(1, n)
		e.MatMul(all, x, pw, MatMulOpt{})
		for i := range 20 {
			e.MatMul(one, x.Slice(i, i+1), pw, MatMulOpt{})
			sameBits(t, fmt.Sprintf("%v row %d", f, i), one.Data, all.Row(i))
		}
	}
}

func TestProductsAllocateNothing(t *testing.T) {
	for _, threads := range []int{1, 4} {
		e := newEngine(t, "", threads)
		if e.Kernels() == "ref" {
			t.Skip("the reference allocates")
		}
		const m, n, k = 20, 70, 1100
		x, dy, y, dx, dw := benchMatrix(m, k), benchMatrix(m, n), NewMatrix(m, n), NewMatrix(m, k), NewMatrix(n, k)
		bias := make([]float32, n)
		for _, f := range []Format{F32, BF16, Q8} {
			w := weightsOf(e, f, benchMatrix(n, k), make([]byte, 2*n*k))
			run := func() {
				e.MatMul(y, x, w, MatMulOpt{Bias: bias, Add: true})
				e.MatMul(y.Slice(0, 1), x.Slice(0, 1), w, MatMulOpt{Bias: bias, Slices: 1})
				e.MatMulT(dx, dy, w, MatMulOpt{})
				e.Gemm(dw, dy, x, true, false, true)
			}
			for range 10 { // each worker meets each piece some time
				run()
			}
			if a := testing.AllocsPerRun(10, run); a != 0 {
				t.Errorf("%v with %d threads: %v allocations", f, threads, a)
			}
		}
	}
}

// TestInt8RoundTrip: what Int8 gives, PackInt8 takes, on every implementation.
func TestInt8RoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 0))
	const n, k = 37, 90
	w := randomMatrix(r, n, k, k)
	for j := range k {
		w.Data[5*k+j] = 0 // a row of zeros has scale 0
	}
	var first []int8
	for _, e := range engines(t, 1) {
		rows, scale := e.PackQ8(w).Int8()
		digits := make([]int8, n*k)
		for i := range n {
			rows(i, digits[i*k:(i+1)*k])
		}
		if first == nil {
			first = digits
		}
		if string(bytesOf(first)) != string(bytesOf(digits)) {
			t.Fatalf("%s has other digits", e.Kernels())
		}
		again := e.PackInt8(digits, scale, n, k)
		rows, _ = again.Int8()
		back := make([]int8, k)
		for i := range n {
			rows(i, back)
			if string(bytesOf(back)) != string(bytesOf(digits[i*k:(i+1)*k])) {
				t.Fatalf("%s row %d: %v", e.Kernels(), i, back)
			}
		}
		if scale[5] != 0 || again.Bytes() == 0 {
			t.Errorf("scale of a zero row: %v", scale[5])
		}
	}
}

func bytesOf(d []int8) []byte {
	b := make([]byte, len(d))
	for i, v := range d {
		b[i] = byte(v)
	}
	return b
}

// TestQ8LargestSums reaches the ends of int32: K = 133,143 with all digits 127.
func TestQ8LargestSums(t *testing.T) {
	const k = maxQ8Inner
	x, digits := NewMatrix(2, k), make([]int8, 33*k)
	for i := range x.Data {
		x.Data[i] = 1
		if i >= k {
			x.Data[i] = -1
		}
	}
	scale := make([]float32, 33)
	for i := range digits {
		digits[i] = 127
	}
	for i := range scale {
		scale[i] = 1
	}
	want := float32(1) / 127 * float32(127*127*k)
	for _, e := range engines(t, 2) {
		if e.Kernels() == "ref" {
			continue
		}
		w, y := e.PackInt8(digits, scale, 33, k), NewMatrix(2, 33)
		e.MatMul(y, x, w, MatMulOpt{Slices: 1})
		if y.Data[0] != want || y.Row(1)[32] != -want {
			t.Errorf("%s: got %v and %v, want ±%v", e.Kernels(), y.Data[0], y.Row(1)[32], want)
		}
	}
}

// TestQ8Error checks the accuracy of two slices that arithmetic.md promises,
// against the same weights in float64.
func TestQ8Error(t *testing.T) {
	const m, n, k = 8, 64, 4096
	r := rand.New(rand.NewPCG(9, 0))
	e := newEngine(t, "", 2)
	x, w := NewMatrix(m, k), NewMatrix(n, k)
	for _, d := range []Matrix{x, w} {
		for i := range d.Data {
			d.Data[i] = float32(r.NormFloat64())
		}
	}
	q := e.PackQ8(w)
	row := make([]float32, k)
	for slices, bound := range map[int]float64{1: 1.5e-2, 2: 1e-4} {
		y := NewMatrix(m, n)
		e.MatMul(y, x, q, MatMulOpt{Slices: slices})
		var off, size float64
		for j := range n {
			q.Row(j, row)
			for i := range m {
				var exact float64
				for p, v := range row {
					exact += float64(v) * float64(x.Row(i)[p])
				}
				d := float64(y.Row(i)[j]) - exact
				off, size = off+d*d, size+exact*exact
			}
		}
		if rel := math.Sqrt(off / size); rel > bound {
			t.Errorf("%d slices: relative error %.2e, want below %.1e", slices, rel, bound)
		}
	}
}

// TestMatMuls: several products at once have the bits of one after the other.
func TestMatMuls(t *testing.T) {
	const seed, k = 11, 300
	r := rand.New(rand.NewPCG(seed, 0))
	for _, threads := range []int{1, 3} {
		for _, e := range engines(t, threads) {
			for _, m := range []int{1, 2, 5, 9, 70} {
				x := randomMatrix(r, m, k, k)
				var parts []MatMulPart
				var want []Matrix
				for i, f := range []Format{F32, BF16, Q8, BF16, F16, Q8, Q8} {
					n := []int{300, 33, 70, 400, 5, 300, 64}[i]
					w := weightsOf(e, f, randomMatrix(r, n, k, k), smallHalves(r, f, n*k))
					o := MatMulOpt{Add: i%2 == 1, Slices: []int{0, 0, 2, 0, 0, 2, 1}[i]}
					if i%3 == 0 {
						o.Bias = randomMatrix(r, 1, n, n).Data
					}
					p := MatMulPart{randomMatrix(r, m, n, n+i), w, o}
					y := p.Y.clone()
					e.Ahead(w)
					e.MatMul(y, x, w, o)
					parts, want = append(parts, p), append(want, y)
				}
				e.MatMuls(x, parts)
				for i := range parts {
					sameBits(t, fmt.Sprintf("seed %d, %s, %d threads, %d rows, part %d", seed, e.Kernels(), threads, m, i), parts[i].Y.Data, want[i].Data)
				}
			}
		}
	}
}
