package op

import "math"

// The reference of what operators do to one row or one run of elements. All
// slices of one call have one length unless said otherwise; an output may be
// one of the inputs.

func expRef(y, x []float32) {
	for i, v := range x {
		y[i] = Exp(v)
	}
}

func siluRef(y, x []float32) {
	for i, v := range x {
		y[i] = Silu(v)
	}
}

func siluMulRef(y, gate, up []float32) {
	for i, v := range gate {
		y[i] = float32(Silu(v) * up[i])
	}
}

// siluMulGradRef is the backward of siluMulRef: dup = dy·silu(gate), dgate =
// (dy·up)·silu'(gate).
func siluMulGradRef(dgate, dup, dy, gate, up []float32) {
	for i, d := range dy {
		g, u := gate[i], up[i]
		dup[i] = float32(d * Silu(g))
		dgate[i] = float32(float32(d*u) * SiluGrad(g))
	}
}

// maxRef returns the largest element; x is not empty. Which of +0 and -0 it
// returns is never visible: every use subtracts it and takes exp or adds more.
func maxRef(x []float32) float32 {
	m := x[0]
	for _, v := range x {
		if v > m {
			m = v
		}
	}
	return m
}

// The functions called Lanes end a reduction whose first n elements, n a
// multiple of 16, are in the lanes l. The reference has n = 0.

func maxLanes(l *[lanes]float32, n int, x []float32) float32 {
	m := maxRef(l[:])
	if n < len(x) {
		m = max(m, maxRef(x[n:]))
	}
	return m
}

// expSumRef writes e = exp(x - m) and returns the sum of e in lanes.
func expSumRef(e, x []float32, m float32) float32 {
	return expSumLanes(new([lanes]float32), 0, e, x, m)
}

func expSumLanes(l *[lanes]float32, n int, e, x []float32, m float32) float32 {
	for i := n; i < len(x); i++ {
		e[i] = Exp(x[i] - m)
		l[i%lanes] += e[i]
	}
	return fold(l)
}

func scaleRef(y, x []float32, s float32) {
	for i, v := range x {
		y[i] = float32(v * s)
	}
}

func divideRef(y, x []float32, s float32) {
	for i, v := range x {
		y[i] = v / s
	}
}

func addRef(y, a, b []float32) {
	for i, v := range a {
		y[i] = v + b[i]
	}
}

// addScaledRef is y = fma(s, x, y).
func addScaledRef(y, x []float32, s float32) {
	for i, v := range x {
		y[i] = Fma(s, v, y[i])
	}
}

func mulRef(y, a, b []float32) {
	for i, v := range a {
		y[i] = float32(v * b[i])
	}
}

// lossGradRef is the gradient of a cross-entropy for the elements that are not
// the target: (e·r - 0)·w.
func lossGradRef(dx, e []float32, r, w float32) {
	for i, v := range e {
		dx[i] = float32(float32(v*r) * w)
	}
}

// dotRef returns the lanes of fma(a, b, lane).
func dotRef(a, b []float32) float32 { return dotLanes(new([lanes]float32), 0, a, b) }

func dotLanes(l *[lanes]float32, n int, a, b []float32) float32 {
	for i := n; i < len(a); i++ {
		l[i%lanes] = Fma(a[i], b[i], l[i%lanes])
	}
	for i := len(a); i%lanes != 0; i++ {
		l[i%lanes] += 0
	}
	return fold(l)
}

// dot3Ref returns the lanes of fma(a·b, c, lane).
func dot3Ref(a, b, c []float32) float32 { return dot3Lanes(new([lanes]float32), 0, a, b, c) }

func dot3Lanes(l *[lanes]float32, n int, a, b, c []float32) float32 {
	for i := n; i < len(a); i++ {
		l[i%lanes] = Fma(float32(a[i]*b[i]), c[i], l[i%lanes])
	}
	return fold(l)
}

func normRef(y, x, g []float32, r float32) {
	for i, v := range x {
		y[i] = float32(float32(v*r) * g[i])
	}
}

// normGradRef is dx = fma(0 - c, x, (dy·g)·r).
func normGradRef(dx, dy, g, x []float32, c, r float32) {
	for i, v := range x {
		dx[i] = Fma(0-c, v, float32(float32(dy[i]*g[i])*r))
	}
}

// normSegmentRef adds one token to a segment of the gradient of g: s =
// fma(dy, x·r, s).
func normSegmentRef(s, dy, x []float32, r float32) {
	for i, v := range x {
		s[i] = Fma(dy[i], float32(v*r), s[i])
	}
}

// ropeRef turns the heads in x, each 2·h elements with h = len(cos): the pairs
// (x[i], x[i+h]) by the angle of cos[i] and sin[i].
func ropeRef(x, cos, sin []float32) {
	h := len(cos)
	for ; len(x) > 0; x = x[2*h:] {
		for i, c := range cos {
			x0, x1, s := x[i], x[i+h], sin[i]
			x[i] = Fma(x0, c, 0-float32(x1*s))
			x[i+h] = Fma(x1, c, float32(x0*s))
		}
	}
}

// ropeBackRef turns the pairs back; with it a gradient goes through ropeRef.
func ropeBackRef(x, cos, sin []float32) {
	h := len(cos)
	for ; len(x) > 0; x = x[2*h:] {
		for i, c := range cos {
			y0, y1, s := x[i], x[i+h], sin[i]
			x[i] = Fma(y0, c, float32(y1*s))
			x[i+h] = Fma(y1, c, 0-float32(y0*s))
		}
	}
}

// badIndexRef returns the index of the first infinity or NaN, or -1.
func badIndexRef(x []float32) int {
	const exponent = 0xff << 23
	for i, v := range x {
		if math.Float32bits(v)&exponent == exponent {
			return i
		}
	}
	return -1
}

// badIndexLanes has the largest magnitude of the first n elements, as bits.
func badIndexLanes(l *[lanes]float32, n int, x []float32) int {
	if badIndexRef(l[:]) >= 0 {
		return badIndexRef(x)
	}
	if i := badIndexRef(x[n:]); i >= 0 {
		return n + i
	}
	return -1
}
