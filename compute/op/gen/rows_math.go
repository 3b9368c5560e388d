package main

// exp replaces x by exp(x), as in math_ref.go. Without top the caller knows
// that x <= 0 or NaN. NaN passes.
func (g *group) exp(x *val, top bool) {
	g.max(*x, g.c(-87.33654), *x)
	if top {
		g.min(*x, g.c(88.72283), *x)
	}
	shift := g.c(12582912)
	t := g.copy(*x)
	g.fmaInto(&t, g.c(1.44269504088896341), shift)
	n := g.sub(g.new(), t, shift)
	g.fma(*x, n, g.c(-0.693359375))
	g.fma(*x, n, g.c(2.12194440e-4))
	g.free(n)
	p := g.copy(g.c(1.9875691500e-4))
	for _, c := range []float32{1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1} {
		g.fmaInto(&p, *x, g.c(c))
	}
	g.mul(p, p, *x)
	g.fmaInto(&p, *x, *x)
	g.free(*x)
	g.add(p, p, g.c(1))
	g.shiftLeft(t, t, 23)
	g.addBits(p, p, t)
	g.free(t)
	*x = p
}

// onePlusExpNeg returns 1 + exp(0 - x).
func (g *group) onePlusExpNeg(x val) val {
	e := g.sub(g.new(), g.c(0), x)
	g.exp(&e, true)
	return g.add(e, e, g.c(1))
}

var rowKernelList = []rowKernel{
	{name: "exp", slices: "y, x", body: func(k *kernel) {
		x := k.load(k.p["x"])
		k.exp(&x, true)
		k.store(x, k.p["y"])
		k.free(x)
	}},
	{name: "silu", slices: "y, x", body: func(k *kernel) {
		x := k.load(k.p["x"])
		e := k.onePlusExpNeg(x)
		k.put("y", k.div(e, x, e), x)
	}},
	{name: "siluMul", slices: "y, gate, up", body: func(k *kernel) {
		x := k.load(k.p["gate"])
		e := k.onePlusExpNeg(x)
		k.div(x, x, e)
		k.with("up", x, k.mul)
		k.put("y", x, e)
	}},
	{name: "siluMulGrad", slices: "dgate, dup, dy, gate, up", body: func(k *kernel) {
		x := k.load(k.p["gate"])
		e := k.onePlusExpNeg(x)
		dup, dy := k.div(k.new(), x, e), k.load(k.p["dy"])
		k.mul(dup, dup, dy)
		k.with("up", dy, k.mul)
		s := k.div(e, k.c(1), e)
		f := k.sub(k.new(), k.c(1), s)
		k.fmaInto(&f, x, k.c(1))
		k.mul(f, s, f)
		k.mul(dy, dy, f)
		k.put("dgate", dy, f, s, x)
		k.put("dup", dup)
	}},
	{name: "max", slices: "x", result: "float32", first: "\tfor i := range l {\n\t\tl[i] = x[0]\n\t}\n", body: func(k *kernel) {
		k.with("x", k.acc, k.max)
	}},
	{name: "expSum", slices: "e, x", scalars: "m", result: "float32", body: func(k *kernel) {
		x := k.load(k.p["x"])
		k.sub(x, x, k.s["m"])
		k.exp(&x, false)
		k.add(k.acc, k.acc, x)
		k.put("e", x)
	}},
	{name: "scale", slices: "y, x", scalars: "s", body: func(k *kernel) {
		x := k.load(k.p["x"])
		k.put("y", k.mul(x, x, k.s["s"]))
	}},
	{name: "divide", slices: "y, x", scalars: "s", body: func(k *kernel) {
		x := k.load(k.p["x"])
		k.put("y", k.div(x, x, k.s["s"]))
	}},
	{name: "add", slices: "y, a, b", body: func(k *kernel) {
		x := k.load(k.p["a"])
		k.with("b", x, k.add)
		k.put("y", x)
	}},
	{name: "mul", slices: "y, a, b", body: func(k *kernel) {
		x := k.load(k.p["a"])
		k.with("b", x, k.mul)
		k.put("y", x)
	}},
	{name: "addScaled", slices: "y, x", scalars: "s", body: func(k *kernel) {
		y, x := k.load(k.p["y"]), k.load(k.p["x"])
		k.fma(y, x, k.s["s"])
		k.put("y", y, x)
	}},
	{name: "lossGrad", slices: "dx, e", scalars: "r, w", body: func(k *kernel) {
		x := k.load(k.p["e"])
		k.mul(x, x, k.s["r"])
		k.put("dx", k.mul(x, x, k.s["w"]))
	}},
	{name: "dot", slices: "a, b", result: "float32", body: func(k *kernel) {
		a, b := k.load(k.p["a"]), k.load(k.p["b"])
		k.fma(k.acc, a, b)
		k.free(a, b)
	}},
	{name: "dot3", slices: "a, b, c", result: "float32", body: func(k *kernel) {
		a := k.load(k.p["a"])
		k.with("b", a, k.mul)
		c := k.load(k.p["c"])
		k.fma(k.acc, a, c)
		k.free(a, c)
	}},
	{name: "norm", slices: "y, x, gain", scalars: "r", body: func(k *kernel) {
		x := k.load(k.p["x"])
		k.mul(x, x, k.s["r"])
		k.with("gain", x, k.mul)
		k.put("y", x)
	}},
	{name: "normGrad", slices: "dx, dy, gain, x", scalars: "c, r", body: func(k *kernel) {
		a := k.load(k.p["dy"])
		k.with("gain", a, k.mul)
		k.mul(a, a, k.s["r"])
		x, c := k.load(k.p["x"]), k.sub(k.new(), k.c(0), k.s["c"])
		k.fma(a, c, x)
		k.put("dx", a, x, c)
	}},
	{name: "normSegment", slices: "s, dy, x", scalars: "r", body: func(k *kernel) {
		s, x := k.load(k.p["s"]), k.load(k.p["x"])
		k.mul(x, x, k.s["r"])
		dy := k.load(k.p["dy"])
		k.fma(s, dy, x)
		k.put("s", s, dy, x)
	}},
	{name: "adam", slices: "t, grad, m, v, d", extra: "c *adamStep", body: adam},
	{name: "sgd", slices: "t, grad, m", scalars: "lr, mu", body: func(k *kernel) {
		m, g := k.load(k.p["m"]), k.load(k.p["grad"])
		k.fmaInto(&m, k.s["mu"], g)
		k.store(m, k.p["m"])
		t, lr := k.load(k.p["t"]), k.sub(g, k.c(0), k.s["lr"])
		k.fma(t, lr, m)
		k.put("t", t, m, g)
	}},
	{name: "badIndex", slices: "x", result: "int", body: func(k *kernel) {
		x := k.load(k.p["x"])
		k.and(x, x, k.bits(0x7fffffff))
		k.maxBits(k.acc, k.acc, x)
		k.free(x)
	}},
}

// with replaces a by a op the group at a pointer; max returns its second
// operand if it is NaN, so that operand is the one just loaded.
func (k *kernel) with(name string, a val, op func(d, a, b val) val) {
	b := k.load(k.p[name])
	op(a, a, b)
	k.free(b)
}

// put stores a and frees it and the others.
func (k *kernel) put(name string, a val, others ...val) {
	k.store(a, k.p[name])
	k.free(a)
	k.free(others...)
}

// adam keeps the fields of adamStep in registers; their order is that of
// the struct.
func adam(k *kernel) {
	fields := []string{"b1", "b1c", "b2", "b2c", "p1", "p2", "epsRoot", "eps", "decay", "lr"}
	if k.setup {
		for i, f := range fields {
			k.s[f] = k.broadcast(mem(k.p["extra"], 4*i))
		}
		return
	}
	g, m := k.load(k.p["grad"]), k.load(k.p["m"])
	a := k.mul(k.new(), g, k.s["b1c"])
	k.fmaInto(&m, k.s["b1"], a)
	k.put("m", m)
	k.mul(a, g, k.s["b2c"])
	k.mul(a, a, g)
	k.free(g)
	v := k.load(k.p["v"])
	k.fmaInto(&v, k.s["b2"], a)
	k.store(v, k.p["v"])
	k.free(a)
	d := k.div(v, v, k.s["p2"])
	k.add(d, d, k.s["epsRoot"])
	k.sqrt(d, d)
	k.add(d, d, k.s["eps"])
	k.store(d, k.p["d"])
	q := k.load(k.p["m"])
	k.div(q, q, k.s["p1"])
	k.div(q, q, d)
	k.free(d)
	t := k.load(k.p["t"])
	y := k.copy(t)
	k.fmaInto(&y, k.s["decay"], t)
	k.fma(y, q, k.s["lr"])
	k.put("t", y, t, q)
}
