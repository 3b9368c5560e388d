package op

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"slices"
	"sync"
	"unsafe"
)

// halfKernels convert groups of 16 values in the order of files; see gen/half.go.
// Without them an implementation converts one value at a time.
type halfKernels struct {
	widenBF16, widenF16   func(dst *float32, src unsafe.Pointer, n int)
	narrowBF16, narrowF16 func(dst unsafe.Pointer, src *float32, n int, top *uint32)
}

// conversions are those of the implementation that an Engine gets by default.
var conversions = sync.OnceValue(func() *halfKernels {
	list := implementations()
	for _, k := range list {
		if k.name == os.Getenv(KernelsEnv) {
			return &k.half
		}
	}
	return &list[0].half
})

// Widen writes the BF16 or F16 values in src, little endian, to dst, exactly.
func Widen(dst []float32, f Format, src []byte) { conversions().widen(dst, f, src) }

// Narrow writes src to dst as BF16 or F16, little endian, rounded to nearest
// even, subnormals included. It returns the index of the first element that is
// too large for the format or was not finite, or -1; such elements become
// infinities or NaNs, which MUST NOT be kept.
func Narrow(dst []byte, f Format, src []float32) int { return conversions().narrow(dst, f, src) }

func (k *halfKernels) widen(dst []float32, f Format, src []byte) {
	checkHalf("Widen", f, len(src), len(dst))
	groups, kernel := len(dst)/16, k.widenBF16
	if f == F16 {
		kernel = k.widenF16
	}
	if kernel != nil && groups > 0 {
		kernel(&dst[0], unsafe.Pointer(&src[0]), groups)
		dst, src = dst[16*groups:], src[32*groups:]
	}
	for i := range dst {
		h := binary.LittleEndian.Uint16(src[2*i:])
		if f == BF16 {
			dst[i] = widenBF16(h)
		} else {
			dst[i] = widenF16(h)
		}
	}
}

func (k *halfKernels) narrow(dst []byte, f Format, src []float32) int {
	checkHalf("Narrow", f, len(dst), len(src))
	const part = 4096
	kernel, most := k.narrowBF16, uint32(0x7f7f7fff) // the largest magnitude that stays finite
	if f == F16 {
		kernel, most = k.narrowF16, 0x477fefff
	}
	bad, at := -1, 0
	for kernel != nil && len(src)-at >= 16 {
		n := min(part, (len(src)-at)&^15)
		var top [16]uint32
		kernel(unsafe.Pointer(&dst[2*at]), &src[at], n/16, &top[0])
		if slices.Max(top[:]) > most { // again, for the element and for the bits of NaN
			if i := narrowRef(dst[2*at:2*(at+n)], f, src[at:at+n]); i >= 0 && bad < 0 {
				bad = at + i
			}
		}
		at += n
	}
	if i := narrowRef(dst[2*at:], f, src[at:]); i >= 0 && bad < 0 {
		bad = at + i
	}
	return bad
}

func narrowRef(dst []byte, f Format, src []float32) int {
	bad := -1
	for i, x := range src {
		h, infinite := narrowBF16(x), uint16(0x7f80)
		if f == F16 {
			h, infinite = narrowF16(x), 0x7c00
		}
		if h&infinite == infinite && bad < 0 {
			bad = i
		}
		binary.LittleEndian.PutUint16(dst[2*i:], h)
	}
	return bad
}

func checkHalf(name string, f Format, bytes, values int) {
	if f != BF16 && f != F16 || bytes != 2*values {
		panic(fmt.Sprintf("op: %s: %v, %d bytes for %d values", name, f, bytes, values))
	}
}

// narrowBF16 rounds to nearest even by adding just under half a unit, and the
// rest of it if the last bit kept is odd. NaN stays NaN.
func narrowBF16(x float32) uint16 {
	b := math.Float32bits(x)
	if x != x {
		return uint16(b>>16) | 0x40
	}
	return uint16((b + 0x7fff + b>>16&1) >> 16)
}

// narrowF16 rounds to nearest even. A number below 2^-14 has no implicit bit in
// the result: adding and taking away ½, whose last bit is worth 2^-24, rounds
// it to a multiple of the smallest subnormal.
func narrowF16(x float32) uint16 {
	b := math.Float32bits(x)
	sign, b := uint16(b>>16)&0x8000, b&0x7fffffff
	switch {
	case b > 0x7f800000:
		return sign | 0x7e00
	case b >= 0x477ff000: // 65520 and more round to 65536
		return sign | 0x7c00
	case b < 0x38800000: // below 2^-14
		sum := math.Float32frombits(b) + 0.5
		return sign | uint16(math.Float32bits(sum)-math.Float32bits(0.5))
	}
	b -= (127 - 15) << 23
	return sign | uint16((b+0xfff+b>>13&1)>>13)
}
