package op

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"
)

// mustPanic fails unless f panics with a text that begins with want.
func mustPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); !strings.HasPrefix(got, want) {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	f()
}

func TestMatrixWindows(t *testing.T) {
	m := Matrix{make([]float32, 14), 3, 4, 5} // the last row has no gap
	for i := range m.Data {
		m.Data[i] = float32(i)
	}
	if r := m.Row(2); len(r) != 4 || cap(r) != 4 || r[0] != 10 {
		t.Errorf("row 2: %v cap %d", r, cap(r))
	}
	s := m.Slice(1, 3)
	if s.Rows != 2 || s.Row(1)[3] != 13 || !s.valid() {
		t.Errorf("rows 1:3: %v %v", s, s.Data)
	}
	if e := m.Slice(3, 3); e.Rows != 0 || !e.valid() {
		t.Errorf("rows 3:3: %v", e)
	}
	if got := m.String(); got != "(3,4 stride 5)" {
		t.Error(got)
	}
	mustPanic(t, "op: row 3 of a matrix (3,4 stride 5)", func() { m.Row(3) })
	mustPanic(t, "op: rows 2:4 of a matrix (3,4 stride 5)", func() { m.Slice(2, 4) })
	mustPanic(t, "op: NewMatrix: (-1,2)", func() { NewMatrix(-1, 2) })
}

func TestMatrixMemory(t *testing.T) {
	for _, n := range []int{0, 1, 7, 1000, 5 << 20} {
		m := NewMatrix(1, n)
		if at := uintptr(unsafe.Pointer(unsafe.SliceData(m.Data))); len(m.Data) != n || at%64 != 0 {
			t.Errorf("%d values at %#x, %d long", n, at, len(m.Data))
		}
	}
	a := NewMatrix(4, 4)
	for _, c := range []struct {
		name string
		b    Matrix
		want bool
	}{
		{"itself", a, true},
		{"first row", a.Slice(0, 1), true},
		{"another", NewMatrix(4, 4), false},
		{"nothing", a.Slice(0, 0), false},
	} {
		if got := a.overlaps(c.b); got != c.want {
			t.Errorf("overlaps %s: %v", c.name, got)
		}
	}
	if a.Slice(0, 2).overlaps(a.Slice(2, 4)) {
		t.Error("neighbours overlap")
	}
}

func TestFormat(t *testing.T) {
	for f, want := range map[Format]string{F32: "f32 4", BF16: "bf16 2", F16: "f16 2", Q8: "q8 1"} {
		if got := fmt.Sprint(f, f.Bytes()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	mustPanic(t, "op: Format(9)", func() { Format(9).Bytes() })
}

func TestBadShapes(t *testing.T) {
	e, other := newEngine(t, "", 1), newEngine(t, "ref", 1)
	if e.Kernels() == "ref" {
		other = e
	}
	m := NewMatrix
	w := e.PackF32(m(7, 5))
	q := e.PackQ8(m(7, 5))
	y := m(3, 7)
	for _, c := range []struct {
		want string
		run  func()
	}{
		{"op: MatMul: out (3,7) in (3,6) weights f32 (7,5)", func() { e.MatMul(y, m(3, 6), w, MatMulOpt{}) }},
		{"op: MatMul: out (3,8) in (3,5) weights f32 (7,5)", func() { e.MatMul(m(3, 8), m(3, 5), w, MatMulOpt{}) }},
		{"op: MatMul: out (3,7) in (2,5) weights f32 (7,5)", func() { e.MatMul(y, m(2, 5), w, MatMulOpt{}) }},
		{"op: MatMul: out (3,7) in (3,5) weights nil weights", func() { e.MatMul(y, m(3, 5), nil, MatMulOpt{}) }},
		{"op: MatMul: out (3,7) in (3,5) weights", func() { e.MatMul(Matrix{nil, 3, 7, 7}, m(3, 5), w, MatMulOpt{}) }},
		{"op: MatMul: bias (6) for 7 columns", func() { e.MatMul(y, m(3, 5), w, MatMulOpt{Bias: make([]float32, 6)}) }},
		{"op: MatMul: 3 slices", func() { e.MatMul(y, m(3, 5), q, MatMulOpt{Slices: 3}) }},
		{"op: MatMul: out (3,5) overlaps in (3,7)", func() { e.MatMul(Matrix{y.Data, 3, 5, 5}, y, e.PackF32(m(5, 7)), MatMulOpt{}) }},
		{"op: MatMulT: out (3,6) in (3,7) weights f32 (7,5)", func() { e.MatMulT(m(3, 6), y, w, MatMulOpt{}) }},
		{"op: MatMulT: bias (7) for 5 columns", func() { e.MatMulT(m(3, 5), y, w, MatMulOpt{Bias: make([]float32, 7)}) }},
		{"op: Gemm: c (3,7) a (3,5) b (6,7)", func() { e.Gemm(y, m(3, 5), m(6, 7), false, false, false) }},
		{"op: Gemm: c (3,7) a (5,4)ᵀ b (7,5)ᵀ", func() { e.Gemm(y, m(5, 4), m(7, 5), true, true, false) }},
		{"op: Gemm: c (3,7) overlaps", func() { e.Gemm(y, m(3, 3), Matrix{y.Data, 3, 7, 7}, false, false, false) }},
		{"op: PackF32: (2,2) with 3 values", func() { e.PackF32(Matrix{make([]float32, 3), 2, 2, 2}) }},
		{"op: PackHalf: bf16 (2,2) from 7 bytes", func() { e.PackHalf(BF16, make([]byte, 7), 2, 2) }},
		{"op: PackHalf: f32 (2,2) from 8 bytes", func() { e.PackHalf(F32, make([]byte, 8), 2, 2) }},
		{"op: PackInt8: (2,2) from 3 digits and 2 scales", func() { e.PackInt8(make([]int8, 3), make([]float32, 2), 2, 2) }},
		{"op: PackInt8: q8 inner index 133144, above 133143", func() { e.PackInt8(make([]int8, 133144), make([]float32, 1), 1, 133144) }},
		{"op: MatMulT: q8 inner index 133144", func() {
			e.MatMulT(m(1, 1), m(1, 133144), e.PackInt8(make([]int8, 133144), make([]float32, 133144), 133144, 1), MatMulOpt{})
		}},
		{"op: row 7 of f32 (7,5) into 5 values", func() { w.Row(7, make([]float32, 5)) }},
		{"op: row 0 of f32 (7,5) into 4 values", func() { w.Row(0, make([]float32, 4)) }},
		{"op: Int8 of f32 (7,5)", func() { w.Int8() }},
		{"op: Chain: (2) and (3)", func() { Chain(make([]float32, 2), make([]float32, 3)) }},
	} {
		mustPanic(t, c.want, c.run)
	}
	if other != e {
		mustPanic(t, "op: MatMul: weights f32 (7,5) packed for "+e.Kernels()+", engine has ref", func() { other.MatMul(y, m(3, 5), w, MatMulOpt{}) })
	}
}

func TestNew(t *testing.T) {
	if _, err := New(Config{Kernels: "mmx"}); err == nil || !strings.Contains(err.Error(), "available: ") {
		t.Errorf("unknown kernels: %v", err)
	}
	if _, err := New(Config{Threads: -1}); err == nil {
		t.Error("-1 threads")
	}
	t.Setenv(KernelsEnv, "ref")
	if e := newEngine(t, "", 3); e.Kernels() != "ref" || e.Threads() != 3 {
		t.Errorf("%s, %d threads", e.Kernels(), e.Threads())
	}
}
