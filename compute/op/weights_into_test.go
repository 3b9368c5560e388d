package op

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestPackInto: weights packed into memory that held something else give the
// bits of weights with memory of their own.
func TestPackInto(t *testing.T) {
	const seed = 4
	r := rand.New(rand.NewPCG(seed, 0))
	memory := aligned[uint8](1 << 20)
	for _, e := range engines(t, 1) {
		for _, f := range []Format{F32, BF16, F16} {
			for _, s := range [][2]int{{8, 576}, {576, 8}, {1, 3}, {33, 1}, {17, 1030}, {3, 64}} {
				n, k := s[0], s[1]
				data := make([]byte, n*k*f.Bytes())
				values := make([]float32, n*k)
				for i := range values {
					values[i] = float32(r.NormFloat64())
				}
				if f == F32 {
					copy(data, unsafe.Slice((*byte)(unsafe.Pointer(&values[0])), len(data)))
				} else {
					Narrow(data, f, values)
				}
				for i := range memory {
					memory[i] = 0xff
				}
				w := e.PackInto(memory[:e.PackedBytes(f, n, k)], f, data, n, k)
				want := e.PackF32(Matrix{values, n, k, k})
				if f != F32 {
					want = e.PackHalf(f, data, n, k)
				}
				if w.Bytes() != want.Bytes() || w.String() != want.String() {
					t.Fatalf("%v of %d bytes, want %v of %d", w, w.Bytes(), want, want.Bytes())
				}
				x := NewMatrix(3, k)
				for i := range x.Data {
					x.Data[i] = float32(r.NormFloat64())
				}
				got, y := NewMatrix(3, n), NewMatrix(3, n)
				e.MatMul(got, x, w, MatMulOpt{})
				e.MatMul(y, x, want, MatMulOpt{})
				sameBits(t, fmt.Sprintf("seed %d, %s, %v", seed, e.Kernels(), w), got.Data, y.Data)
			}
		}
	}
}
