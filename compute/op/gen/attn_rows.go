package main

import "fmt"

// softmaxKernel writes the softmax of one row in place: n >= 1 groups, of which
// the first and the last are masked. Masked elements hold -Inf before, +0 after.
func softmaxKernel(g *group) {
	name := "softmaxRow" + g.isa
	g.begin(name, name+"(s *float32, n int, first, last *uint32)", name+" replaces a row of scores by probabilities.")
	s, n, first, last := g.ptr("s"), g.ptr("n"), g.ptr("first"), g.ptr("last")
	at, count := g.gp(), g.gp()
	g.start()
	g.copyGP(s, at)
	g.copyGP(n, count)
	m := g.load(at)
	g.counted(count, func() {
		x := g.load(at)
		g.max(m, m, x)
		g.free(x)
		g.advance([]string{at}, 64)
	})
	top := g.fold(m, g.max)
	sum := g.new()
	g.clear([][]val{{sum}})
	body := func(mask string) {
		x := g.load(at)
		g.sub(x, x, top)
		g.exp(&x, false)
		if mask != "" {
			keep := g.load(mask)
			g.and(x, x, keep)
			g.free(keep)
		}
		g.add(sum, sum, x)
		g.store(x, at)
		g.free(x)
	}
	g.copyGP(s, at)
	body(first)
	g.advance([]string{at}, 64)
	g.copyGP(n, count)
	one, middle := g.text().label("one"), g.text().label("middle")
	g.advance([]string{count}, -1)
	g.branchZero(count, one)
	g.advance([]string{count}, -1)
	g.branchZero(count, middle)
	g.loop(count, []string{at}, func() { body("") })
	g.text().at(middle)
	body(last)
	g.text().at(one)
	r := g.fold(sum, g.add)
	quotient := val{regs: g.take(1)}
	per := g.per
	g.per = 1
	g.div(quotient, g.c(1), r)
	g.per = per
	g.copyGP(s, at)
	g.loop(n, []string{at}, func() {
		x := g.load(at)
		g.mul(x, x, quotient)
		g.store(x, at)
		g.free(x)
	})
	g.end()
}

// fold combines the 16 lanes in the tree of op.fold and returns the result in
// all lanes of one register; a is used up.
func (g *group) fold(a val, op func(d, a, b val) val) val {
	per := g.per
	defer func() { g.per = per }()
	g.per = 1
	one := func(i int) val { return val{regs: a.regs[i : i+1]} }
	for half := len(a.regs) / 2; half > 0; half /= 2 {
		for i := range half {
			op(one(i), one(i), one(i+half))
		}
	}
	g.free(val{regs: a.regs[1:]})
	r := one(0)
	t := val{regs: g.take(1)}
	if g.n != nil {
		for _, bytes := range []int{8, 4} {
			g.n.op("VEXT", bytes, g.v(r, 0).b16(), g.v(r, 0).b16(), g.v(t, 0).b16())
			op(r, r, t)
		}
		g.n.op("VDUP", fmt.Sprintf("%v.S[0]", g.v(r, 0)), g.v(r, 0).s4())
		g.free(t)
		return r
	}
	isa := g.isa
	if isa == "512" {
		g.x.op("VEXTRACTF64X4", 1, g.reg(r, 0), y(g.reg(t, 0)))
		g.isa = "256"
		op(r, r, t)
	}
	g.isa = "128"
	g.x.op("VEXTRACTF128", 1, y(g.reg(r, 0)), g.reg(t, 0))
	op(r, r, t)
	for _, order := range []int{0x4e, 0xb1} {
		g.x.op("VPERMILPS", order, g.reg(r, 0), g.reg(t, 0))
		op(r, r, t)
	}
	low := g.reg(r, 0)
	g.isa = isa
	g.x.op("VBROADCASTSS", low, g.reg(r, 0))
	g.free(t)
	return r
}

// gradKernel writes ds = (p·(dp - D))·scale over dp for n groups of one row,
// with D the lanes of fma(p, dp, lane).
func gradKernel(g *group) {
	name := "scoreGradRow" + g.isa
	g.begin(name, name+"(p, dp *float32, n int, scale float32)", name+" replaces dp by ds.")
	p, dp, n := g.ptr("p"), g.ptr("dp"), g.ptr("n")
	scale := g.scalar("scale")
	x, y, count := g.gp(), g.gp(), g.gp()
	sum := g.new()
	g.start()
	g.clear([][]val{{sum}})
	g.copyGP(p, x)
	g.copyGP(dp, y)
	g.copyGP(n, count)
	g.loop(count, []string{x, y}, func() {
		a, b := g.load(x), g.load(y)
		g.fma(sum, a, b)
		g.free(a, b)
	})
	d := g.fold(sum, g.add)
	g.loop(n, []string{p, dp}, func() {
		a, b := g.load(p), g.load(dp)
		g.sub(b, b, d)
		g.mul(b, a, b)
		g.mul(b, b, scale)
		g.store(b, dp)
		g.free(a, b)
	})
	g.end()
}
