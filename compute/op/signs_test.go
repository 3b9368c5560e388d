package op

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"
)

// TestSignDot compares every implementation with the definition, at the widths of
// an index, with all bits set or clear, the extreme integers, rows that fill no
// piece of work, and rows that begin at an odd address.
func TestSignDot(t *testing.T) {
	const seed = 11
	r := rand.New(rand.NewPCG(seed, 0))
	for _, c := range []struct{ k, n int }{{512, 1}, {512, 3}, {1024, 300}, {16384, 7}, {65536, 257}, {MaxSigns, 2}} {
		for kind := range 4 {
			q := make([]int8, c.k)
			rows := make([]byte, c.n*c.k/8+1)[1:]
			for i := range rows {
				rows[i] = byte(r.Uint32())
			}
			for j := range q {
				q[j] = []int8{int8(r.IntN(16) - 8), -8, 7, int8(j%16 - 8)}[kind]
			}
			if kind > 0 {
				for i := range rows[:c.k/8] {
					rows[i] = byte(0xff * (kind % 2))
				}
			}
			want := make([]int32, c.n)
			for i := range want {
				for j, x := range q {
					if rows[i*c.k/8+j/8]>>(j%8)&1 == 1 {
						want[i] += int32(x)
					} else {
						want[i] -= int32(x)
					}
				}
			}
			for _, k := range implementations() {
				for _, threads := range []int{1, 3} {
					e := engineOf(k, threads)
					got := make([]int32, c.n)
					e.SignDot(got, rows, NewInt4s(q))
					e.Close()
					if !slices.Equal(got, want) {
						t.Fatalf("seed %d, %s, %d threads, %d rows of %d, kind %d: got %v, want %v", seed, k.name, threads, c.n, c.k, kind, got[:min(3, c.n)], want[:min(3, c.n)])
					}
				}
			}
		}
	}
}

// TestSignDotShapes: what does not fit is a mistake of the programmer.
func TestSignDotShapes(t *testing.T) {
	e := engineOf(reference, 1)
	for name, f := range map[string]func(){
		"no multiple": func() { NewInt4s(make([]int8, 511)) },
		"nothing":     func() { NewInt4s(nil) },
		"too large":   func() { NewInt4s(append(make([]int8, 511), 8)) },
		"half a row":  func() { e.SignDot(make([]int32, 2), make([]byte, 100), NewInt4s(make([]int8, 512))) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

// BenchmarkSignDot reads 256 MiB of rows of 2 KiB, with the yardstick beside it.
func BenchmarkSignDot(b *testing.B) {
	const n, k = 1 << 17, 1 << 14
	memory := benchMemory(n * k / 8 / 4)
	rows := unsafe.Slice((*byte)(unsafe.Pointer(&memory[0])), 4*len(memory))
	for _, impl := range implementations() {
		b.Run(impl.name, func(b *testing.B) {
			e := engineOf(impl, 1)
			y, q := make([]int32, n), NewInt4s(make([]int8, k))
			b.SetBytes(int64(len(rows)))
			for b.Loop() {
				e.SignDot(y, rows, q)
			}
			b.ReportMetric(bandwidth(e, memory)/1e9, "GB/s-read")
		})
	}
}
