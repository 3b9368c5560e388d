package op

import "math"

// Exp returns e^x for x in [-87.33654, 88.72283] and the value at the nearer
// end outside; it is never 0, subnormal or infinite.
//
// Largest error against float64, all float32 of the range: 1.023 units in the
// last place, at 26.716946. Source: the coefficients of Cephes expf.
func Exp(x float32) float32 {
	const shift = 12582912 // 1.5 · 2²³: adding it rounds to an integer
	if x < -87.33654 {
		x = -87.33654
	}
	if x > 88.72283 {
		x = 88.72283
	}
	t := Fma(x, 1.44269504088896341, shift)
	n := t - shift
	x = Fma(n, -0.693359375, x)
	x = Fma(n, 2.12194440e-4, x)
	p := float32(1.9875691500e-4)
	p = Fma(p, x, 1.3981999507e-3)
	p = Fma(p, x, 8.3334519073e-3)
	p = Fma(p, x, 4.1665795894e-2)
	p = Fma(p, x, 1.6666665459e-1)
	p = Fma(p, x, 5.0000001201e-1)
	p = Fma(float32(p*x), x, x)
	p = p + 1
	return math.Float32frombits(math.Float32bits(p) + math.Float32bits(t)<<23)
}

// Log returns the natural logarithm of x, which is finite and above 0; of any
// other x it returns NaN.
//
// x = 2^e·f with f in [√½, √2), as real numbers: the float32 just below √½ has
// f = √2. Largest error against float64, all float32 > 0: 0.827 units in the
// last place, at 1.413642. Source: the coefficients of Cephes logf.
func Log(x float32) float32 {
	if !(x > 0 && x <= math.MaxFloat32) {
		return float32(math.NaN())
	}
	const root = 0x3f3504f4 // the first float32 above √½
	e := int32(0)
	if x < 0x1p-126 {
		x, e = x*0x1p24, -24
	}
	bits := int32(math.Float32bits(x))
	k := (bits - root) >> 23
	z := math.Float32frombits(uint32(bits-k<<23)) - 1
	n := float32(e + k)
	zz := float32(z * z)
	y := float32(7.0376836292e-2)
	y = Fma(y, z, -1.1514610310e-1)
	y = Fma(y, z, 1.1676998740e-1)
	y = Fma(y, z, -1.2420140846e-1)
	y = Fma(y, z, 1.4249322787e-1)
	y = Fma(y, z, -1.6668057665e-1)
	y = Fma(y, z, 2.0000714765e-1)
	y = Fma(y, z, -2.4999993993e-1)
	y = Fma(y, z, 3.3333331174e-1)
	y = float32(float32(y*z) * zz)
	y = Fma(n, -2.12194440e-4, y)
	y = Fma(-0.5, zz, y)
	return Fma(n, 0.693359375, z+y)
}

// Silu returns x·sigmoid(x). Largest error against float64: 2.41 units in the
// last place above -80, at -16.68; exp reaches its end soon below.
func Silu(x float32) float32 {
	return x / (1 + Exp(0-x))
}

// SiluGrad returns the derivative of Silu at x. Largest error against float64:
// 1.2e-6, near |x| = 16, where 1 - s has few bits left.
func SiluGrad(x float32) float32 {
	s := 1 / (1 + Exp(0-x))
	return float32(s * Fma(x, 1-s, 1))
}

// sqrt32 returns the square root, correctly rounded: the float64 root of a
// float32 rounds to the same float32 as the exact one (53 >= 2·24 + 2 bits).
func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }
