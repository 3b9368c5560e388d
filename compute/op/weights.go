package op

import (
	"fmt"
	"math"
)

// Weights is a matrix of N outputs by K inputs, packed once for the
// implementation of the engine that packed it, read by every product after
// that, and never changed.
type Weights struct {
	n, k   int
	format Format
	owner  *kernels // whose layout the values are in

	f32   []float32 // F32
	half  []uint16  // BF16, F16
	int8  []int8    // Q8
	scale []float32 // Q8: (N), W[n,k] = scale[n] * int8[n,k]

	ahead ahead
}

// N returns the number of outputs.
func (w *Weights) N() int { return w.n }

// K returns the number of inputs.
func (w *Weights) K() int { return w.k }

// Format returns how the weights are kept.
func (w *Weights) Format() Format { return w.format }

// Bytes returns the memory that the packed weights take.
func (w *Weights) Bytes() int {
	return 4*len(w.f32) + 2*len(w.half) + len(w.int8) + 4*len(w.scale)
}

// String returns format and shape, as in "bf16 (576,1536)".
func (w *Weights) String() string {
	if w == nil {
		return "nil weights"
	}
	return fmt.Sprintf("%v (%d,%d)", w.format, w.n, w.k)
}

// PackF32 packs the (N,K) matrix w.
func (e *Engine) PackF32(w Matrix) *Weights {
	if !w.valid() {
		panic(fmt.Sprintf("op: PackF32: %v with %d values", w, len(w.Data)))
	}
	p := e.newWeights(w.Rows, w.Cols, F32)
	p.f32 = slabOf[float32](e, p.padded()*p.k)
	e.pack(p, packSource{f32: w})
	return p
}

// PackHalf packs n rows of k BF16 or F16 values, little endian, as safetensors
// files hold them.
func (e *Engine) PackHalf(f Format, w []byte, n, k int) *Weights {
	if f != BF16 && f != F16 || n < 0 || k < 0 || len(w) != 2*n*k {
		panic(fmt.Sprintf("op: PackHalf: %v (%d,%d) from %d bytes", f, n, k, len(w)))
	}
	p := e.newWeights(n, k, f)
	p.half = slabOf[uint16](e, p.padded()*p.k)
	e.pack(p, packSource{half: w})
	return p
}

// PackQ8 rounds the (N,K) matrix w to int8 digits, one scale per row, and
// packs them: scale = maxabs / 127, digit = RNE(w / scale) in [-127,127].
func (e *Engine) PackQ8(w Matrix) *Weights {
	if !w.valid() {
		panic(fmt.Sprintf("op: PackQ8: %v with %d values", w, len(w.Data)))
	}
	checkQ8Inner("PackQ8", w.Cols)
	p := e.newWeights(w.Rows, w.Cols, Q8)
	e.makeQ8(p)
	e.pack(p, packSource{f32: w})
	return p
}

// PackInt8 packs n rows of k digits in [-127,127] with one scale per row, as
// Int8 returns them.
func (e *Engine) PackInt8(w []int8, scale []float32, n, k int) *Weights {
	if n < 0 || k < 0 || len(w) != n*k || len(scale) != n {
		panic(fmt.Sprintf("op: PackInt8: (%d,%d) from %d digits and %d scales", n, k, len(w), len(scale)))
	}
	checkQ8Inner("PackInt8", k)
	p := e.newWeights(n, k, Q8)
	e.makeQ8(p)
	copy(p.scale, scale)
	e.pack(p, packSource{int8: w})
	return p
}

// Int8 returns the digits, row by row, and the scales of Q8 weights.
func (w *Weights) Int8() (rows func(n int, dst []int8), scale []float32) {
	if w.format != Q8 {
		panic("op: Int8 of " + w.String())
	}
	return w.int8Row, w.scale
}

func (w *Weights) int8Row(n int, dst []int8) {
	checkRow(w, n, len(dst))
	w.digits(n, dst)
}

// Row writes row n, widened to float32, to dst (K). Q8: scale[n] * digit,
// rounded once.
func (w *Weights) Row(n int, dst []float32) {
	checkRow(w, n, len(dst))
	if w.format == Q8 {
		for k := range dst {
			dst[k] = w.scale[n] * float32(w.digit(n, k))
		}
		return
	}
	for k0 := 0; k0 < w.k; k0 += blockK {
		part := dst[k0:min(k0+blockK, w.k)]
		at, step := w.index(n, k0), w.width(n/w.cols())
		for k := range part {
			switch i := at + k*step; w.format {
			case F32:
				part[k] = w.f32[i]
			case BF16:
				part[k] = widenBF16(w.half[i])
			case F16:
				part[k] = widenF16(w.half[i])
			}
		}
	}
}

// at returns element (n, k) widened to float32.
func (w *Weights) at(n, k int) float32 {
	if w.format == Q8 {
		return w.scale[n] * float32(w.digit(n, k))
	}
	i := w.index(n, k)
	switch w.format {
	case F32:
		return w.f32[i]
	case BF16:
		return widenBF16(w.half[i])
	}
	return widenF16(w.half[i])
}

func checkRow(w *Weights, n, length int) {
	if n < 0 || n >= w.n || length != w.k {
		panic(fmt.Sprintf("op: row %d of %v into %d values", n, w, length))
	}
}

// widenBF16 is exact: bfloat16 is the upper half of a float32.
func widenBF16(h uint16) float32 { return math.Float32frombits(uint32(h) << 16) }

// widenF16 is exact: every binary16 is a float32, subnormals included.
func widenF16(h uint16) float32 {
	sign, exponent, fraction := uint32(h)>>15<<31, uint32(h)>>10&31, uint32(h)&1023
	switch exponent {
	case 0: // zero or subnormal: fraction * 2^-24
		return math.Float32frombits(math.Float32bits(float32(fraction)*0x1p-24) | sign)
	case 31: // infinity or NaN
		return math.Float32frombits(sign | 0x7f800000 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+127-15)<<23 | fraction<<13)
}
