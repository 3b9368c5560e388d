package op

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestHalfConversions widens every bf16 and f16, and narrows all kinds of float32,
// on every implementation: the bits are those of one value at a time, also where
// the values do not fill a group, start at an odd address, or are too large.
func TestHalfConversions(t *testing.T) {
	const seed = 8
	r := rand.New(rand.NewPCG(seed, 0))
	all := make([]byte, 2<<16+1)[1:]
	for h := range 1 << 16 {
		binary.LittleEndian.PutUint16(all[2*h:], uint16(h))
	}
	values := make([]float32, 100_003)
	for _, f := range []Format{BF16, F16} {
		widen := map[Format]func(uint16) float32{BF16: widenBF16, F16: widenF16}[f]
		for i := range values {
			switch r.IntN(4) {
			case 0: // of any exponent
				values[i] = math.Float32frombits(r.Uint32() &^ 0x40000000)
			case 1: // a tie, or nearly so
				h := uint16(r.Uint32()) & 0xbbff
				values[i] = math.Float32frombits(math.Float32bits((widen(h)+widen(h+1))/2) + uint32(r.IntN(3)) - 1)
			default:
				values[i] = float32(math.Ldexp(r.NormFloat64(), r.IntN(36)-26))
			}
		}
		for _, k := range implementations() {
			name := fmt.Sprintf("seed %d, %s, %v", seed, k.name, f)
			wide := make([]float32, 1<<16)
			k.half.widen(wide, f, all)
			for h, x := range wide {
				if want := widen(uint16(h)); math.Float32bits(x) != math.Float32bits(want) && (x == x || want == want) {
					t.Fatalf("%s: %04x widened to %v, want %v", name, h, x, want)
				}
			}
			for _, n := range []int{0, 1, 15, 16, 17, 4096, 4111, len(values)} {
				got, want := make([]byte, 2*n+1)[1:], make([]byte, 2*n)
				for _, bad := range []float32{0, float32(math.Inf(1)), float32(math.NaN()), -3.4e38, 65520, -65519.996} {
					x := slices.Clone(values[:n])
					if n > 0 && bad != 0 {
						x[n*2/3], x[n-1] = bad, bad
					}
					if g, w := k.half.narrow(got, f, x), narrowRef(want, f, x); g != w || !bytes.Equal(got, want) {
						t.Fatalf("%s: %d values with %v: first too large is %d, want %d; bytes equal %v", name, n, bad, g, w, bytes.Equal(got, want))
					}
				}
			}
		}
	}
}

// BenchmarkHalf converts 4 million values.
func BenchmarkHalf(b *testing.B) {
	const n = 4 << 20
	wide, narrow := alignedFloats(n), make([]byte, 2*n)
	for _, k := range implementations() {
		for _, f := range []Format{BF16, F16} {
			b.Run(fmt.Sprintf("%s/%v/widen", k.name, f), func(b *testing.B) {
				b.SetBytes(2 * n)
				for b.Loop() {
					k.half.widen(wide, f, narrow)
				}
			})
			b.Run(fmt.Sprintf("%s/%v/narrow", k.name, f), func(b *testing.B) {
				b.SetBytes(2 * n)
				for b.Loop() {
					k.half.narrow(narrow, f, wide)
				}
			})
		}
	}
}

// TestHalfRoundTrip widens and narrows every bf16 and f16.
func TestHalfRoundTrip(t *testing.T) {
	for _, f := range []Format{BF16, F16} {
		infinite := map[Format]uint16{BF16: 0x7f80, F16: 0x7c00}[f]
		for h := range 1 << 16 {
			in, out := make([]byte, 2), make([]byte, 2)
			binary.LittleEndian.PutUint16(in, uint16(h))
			x := make([]float32, 1)
			Widen(x, f, in)
			bad := Narrow(out, f, x)
			got, finite := binary.LittleEndian.Uint16(out), uint16(h)&infinite != infinite
			if finite != (bad == -1) {
				t.Fatalf("%v %04x: Narrow says %d", f, h, bad)
			}
			if isNaN := !finite && uint16(h)&(infinite-1)&0x7fff&^infinite != 0; isNaN {
				if x[0] == x[0] {
					t.Fatalf("%v %04x: NaN became %v", f, h, x[0])
				}
				continue
			}
			if got != uint16(h) && finite {
				t.Fatalf("%v %04x = %v came back as %04x", f, h, x[0], got)
			}
		}
	}
}

// TestNarrow compares with rounding in float64 by neighbours: the result is the
// nearest value, the even one of two.
func TestNarrow(t *testing.T) {
	const seed = 6
	r := rand.New(rand.NewPCG(seed, 0))
	for _, f := range []Format{BF16, F16} {
		widen := map[Format]func(uint16) float32{BF16: widenBF16, F16: widenF16}[f]
		narrow := map[Format]func(float32) uint16{BF16: narrowBF16, F16: narrowF16}[f]
		for range 300000 {
			x := math.Float32frombits(r.Uint32())
			if r.IntN(2) == 0 {
				x = float32(math.Ldexp(r.NormFloat64(), r.IntN(40)-26))
			}
			if r.IntN(4) == 0 {
				x = (widen(narrow(x)) + widen(narrow(x)+1)) / 2 // a tie
			}
			if x != x || math.IsInf(float64(x), 0) {
				continue
			}
			h := narrow(x)
			if y := widen(h); math.IsInf(float64(y), 0) {
				if limit := map[Format]float64{BF16: 0x1.ffp127, F16: 65520}[f]; math.Abs(float64(x)) < limit {
					t.Fatalf("seed %d: %v(%v) is infinite", seed, f, x)
				}
				continue
			}
			off := math.Abs(float64(widen(h)) - float64(x))
			for _, other := range []uint16{h + 1, h - 1} {
				y := float64(widen(other))
				if math.IsNaN(y) || math.IsInf(y, 0) {
					continue
				}
				if d := math.Abs(y - float64(x)); d < off || d == off && h&1 == 1 && other>>15 == h>>15 {
					t.Fatalf("seed %d: %v(%v): got %04x = %v, but %04x = %v is nearer or even", seed, f, x, h, widen(h), other, y)
				}
			}
		}
	}
}
