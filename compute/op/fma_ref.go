package op

import "math"

// Fma returns a*b + c, rounded once to the nearest float32, ties to even: the
// value that FMADD, VFMADD and FFMA give, subnormals and signed zeros included.
//
// The product of two float32 is exact in float64. The sum is rounded to
// float64 and then to float32, and two roundings differ from one in two cases
// only: the first one landed on the midpoint of two float32, or the result is
// subnormal and has fewer bits than usual. There the float64 is rounded to odd
// instead (Boldo and Melquiond 2008): a sticky last bit remembers that the sum
// was not exact. float32(math.FMA(a, b, c)) has no such bit and is wrong.
func Fma(a, b, c float32) float32 {
	p := float64(float64(a) * float64(b))
	s := p + float64(c)
	const midpoint, lowBits = 1 << 28, 1<<29 - 1
	bits := math.Float64bits(s)
	if bits&lowBits == midpoint || math.Abs(s) < 0x1p-126 {
		s = roundToOdd(p, float64(c), s)
	}
	return float32(s)
}

// roundToOdd returns p+c rounded to odd, given s = p+c rounded to nearest: an
// exact sum is itself, any other is its neighbour whose last bit is set.
func roundToOdd(p, c, s float64) float64 {
	t := s - p // Knuth's two-sum: lost is exactly (p + c) - s
	lost := (p - (s - t)) + (c - t)
	bits := math.Float64bits(s)
	if lost == 0 || bits&1 == 1 {
		return s
	}
	if (lost > 0) == (s > 0) {
		return math.Float64frombits(bits + 1)
	}
	return math.Float64frombits(bits - 1)
}
