package main

// three writes d = a op b.
func (g *group) three(x86 string, neon func(d, n, m v), d, a, b val) val {
	ra, dropA := g.inReg(a)
	if g.n != nil {
		rb, dropB := g.inReg(b)
		for i := range g.per {
			neon(g.v(d, i), g.v(ra, i), g.v(rb, i))
		}
		dropB()
	} else {
		for i := range g.per {
			g.x.op(x86, g.source(b, i), g.reg(ra, i), g.reg(d, i))
		}
	}
	dropA()
	return d
}

// neonOp picks the encoder; it is not called on x86.
func (g *group) neonOp(f func(a *arm64) func(d, n, m v)) func(d, n, m v) {
	if g.n == nil {
		return nil
	}
	return f(g.n)
}

func (g *group) add(d, a, b val) val {
	return g.three("VADDPS", g.neonOp(func(a *arm64) func(d, n, m v) { return a.fadd }), d, a, b)
}
func (g *group) sub(d, a, b val) val {
	return g.three("VSUBPS", g.neonOp(func(a *arm64) func(d, n, m v) { return a.fsub }), d, a, b)
}
func (g *group) mul(d, a, b val) val {
	return g.three("VMULPS", g.neonOp(func(a *arm64) func(d, n, m v) { return a.fmul }), d, a, b)
}
func (g *group) div(d, a, b val) val {
	return g.three("VDIVPS", g.neonOp(func(a *arm64) func(d, n, m v) { return a.fdiv }), d, a, b)
}

// max and min return b if it is NaN.
func (g *group) max(d, a, b val) val {
	return g.three("VMAXPS", g.neonOp(func(a *arm64) func(d, n, m v) { return a.fmax }), d, a, b)
}
func (g *group) min(d, a, b val) val {
	return g.three("VMINPS", g.neonOp(func(a *arm64) func(d, n, m v) { return a.fmin }), d, a, b)
}

// Integer operations on the bits.
func (g *group) addBits(d, a, b val) val {
	return g.three("VPADDD", g.neonOp(func(a *arm64) func(d, n, m v) { return a.vadd }), d, a, b)
}
func (g *group) maxBits(d, a, b val) val {
	return g.three("VPMAXSD", g.neonOp(func(a *arm64) func(d, n, m v) { return a.smax }), d, a, b)
}
func (g *group) and(d, a, b val) val {
	name := "VPAND"
	if g.isa == "512" {
		name = "VPANDD"
	}
	return g.three(name, g.neonOp(func(a *arm64) func(d, n, m v) { return a.vand }), d, a, b)
}

// vadd and vand are instructions that Go's assembler knows.
func (a *arm64) vadd(d, n, m v) { a.op("VADD", m.s4(), n.s4(), d.s4()) }
func (a *arm64) vand(d, n, m v) { a.op("VAND", m.b16(), n.b16(), d.b16()) }

// shiftLeft writes d = bits of a << n.
func (g *group) shiftLeft(d, a val, n int) val {
	for i := range g.per {
		if g.n != nil {
			g.n.op("VSHL", n, g.v(a, i).s4(), g.v(d, i).s4())
		} else {
			g.x.op("VPSLLD", n, g.reg(a, i), g.reg(d, i))
		}
	}
	return d
}

// sqrt writes the square root of a.
func (g *group) sqrt(d, a val) val {
	for i := range g.per {
		if g.n != nil {
			g.n.fsqrt(g.v(d, i), g.v(a, i))
		} else {
			g.x.op("VSQRTPS", g.reg(a, i), g.reg(d, i))
		}
	}
	return d
}

// copy returns a in new registers.
func (g *group) copy(a val) val {
	d := g.new()
	for i := range g.per {
		switch {
		case g.n != nil && a.at != "":
			g.n.op("FMOVQ", a.at, g.v(d, i).f())
		case g.n != nil:
			g.n.op("VMOV", g.v(a, i).b16(), g.v(d, i).b16())
		default:
			g.x.op("VMOVUPS", g.source(a, i), g.reg(d, i))
		}
	}
	return d
}

// fma is acc = fma(a, b, acc).
func (g *group) fma(acc, a, b val) {
	ra, dropA := g.inReg(a)
	if g.n != nil {
		rb, dropB := g.inReg(b)
		for i := range g.per {
			g.n.fmla(g.v(acc, i), g.v(ra, i), g.v(rb, i))
		}
		dropB()
	} else {
		for i := range g.per {
			g.x.op("VFMADD231PS", g.source(b, i), g.reg(ra, i), g.reg(acc, i))
		}
	}
	dropA()
}

// fmaInto is p = fma(p, x, c): a step of Horner's scheme.
func (g *group) fmaInto(p *val, x, c val) {
	if g.n == nil {
		rx, drop := g.inReg(x)
		for i := range g.per {
			g.x.op("VFMADD213PS", g.source(c, i), g.reg(rx, i), g.reg(*p, i))
		}
		drop()
		return
	}
	sum := g.copy(c)
	g.fma(sum, *p, x)
	g.free(*p)
	*p = sum
}
