package op

import "math"

// maxQ8Inner is the longest inner index of an integer product: 133,143 times
// 127*127 still fits an int32, so the order of the sum is free.
const maxQ8Inner = 133143

// sliceScale returns the scale of one row of digits, maxabs / 127.
func sliceScale(x []float32) float32 { return maxAbs(x) / 127 }

// maxAbs returns the largest absolute value of x, +0 if x is empty.
func maxAbs(x []float32) float32 {
	var m float32
	for _, v := range x {
		m = max(m, float32(math.Abs(float64(v))))
	}
	return m
}

// slices2 cuts x into two digits of radix 128 in units of scale, each in
// [-127,127]: x ~ scale * (d0 + d1/128). One slice is d0 alone. A zero scale,
// that of a row of zeros, gives digits 0.
func slices2(x, scale float32) (d0, d1 int8) {
	if scale == 0 {
		return 0, 0
	}
	r := x / scale
	d0 = digit(r)
	return d0, digit((r - float32(d0)) * 128)
}

// digit rounds r to the nearest integer in [-127,127], ties to even.
func digit(r float32) int8 {
	return int8(math.RoundToEven(float64(max(-127, min(127, r)))))
}

// dotSlices returns the integer sums of d0*w and d1*w.
func dotSlices(d0, d1, w []int8) (s0, s1 int32) {
	for k, x := range w {
		s0 += int32(d0[k]) * int32(x)
		s1 += int32(d1[k]) * int32(x)
	}
	return s0, s1
}

// joinSlices returns the product that the integer sums stand for:
// scale * s0 for one slice, scale * (s0 + s1/128) for two.
func joinSlices(scale float32, s0, s1 int32, slices int) float32 {
	if slices == 1 {
		return scale * float32(s0)
	}
	return scale * (Fma(128, float32(s0), float32(s1)) * 0.0078125)
}
