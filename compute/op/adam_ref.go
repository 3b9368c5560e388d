package op

// adamStep holds the numbers that all elements of one Adam step share.
type adamStep struct {
	b1, b1c float32 // b1, 1 - b1
	b2, b2c float32 // b2, 1 - b2
	p1, p2  float32 // 1 - b1^step, 1 - b2^step
	epsRoot float32
	eps     float32
	decay   float32 // 0 - lr·weightDecay
	lr      float32 // 0 - lr
}

// adamRef updates parameters t and moments m and v from the gradient g, and
// writes to d the divisor of each element.
//
//	m = fma(b1, m, (1 - b1)·g)    v = fma(b2, v, ((1 - b2)·g)·g)
//	d = sqrt(v / (1 - p2) + epsRoot) + eps
//	t = fma(0 - lr·decay, t, t)   t = fma(0 - lr, (m / (1 - p1)) / d, t)
//
// Source: Kingma and Ba 2015; the decay as Loshchilov and Hutter 2019.
func adamRef(t, g, m, v, d []float32, c *adamStep) {
	for i, x := range g {
		m[i] = Fma(c.b1, m[i], float32(c.b1c*x))
		v[i] = Fma(c.b2, v[i], float32(float32(c.b2c*x)*x))
		d[i] = sqrt32(v[i]/c.p2+c.epsRoot) + c.eps
		y := Fma(c.decay, t[i], t[i])
		t[i] = Fma(c.lr, m[i]/c.p1/d[i], y)
	}
}

// sgdRef is m = fma(mu, m, g), t = fma(0 - lr, m, t).
func sgdRef(t, g, m []float32, lr, mu float32) {
	for i, x := range g {
		m[i] = Fma(mu, m[i], x)
		t[i] = Fma(0-lr, m[i], t[i])
	}
}
