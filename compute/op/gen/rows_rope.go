package main

import "fmt"

// rope writes the turns of rotary positions, forward and back, for heads whose
// half is a multiple of 8. It works on groups of 8, since halves are often not
// multiples of 16; AVX-512 takes the code of AVX2.
func rope(g *group) {
	g.per /= 2
	for _, name := range []string{"rope", "ropeBack"} {
		asm := name + "Heads" + g.isa
		g.begin(asm, asm+"(x, cos, sin *float32, heads, half int)",
			fmt.Sprintf("%s is %s for heads of 2*half elements.", asm, name))
		x, cos, sin, heads, half := g.ptr("x"), g.ptr("cos"), g.ptr("sin"), g.ptr("heads"), g.ptr("half")
		g.start()
		upper, count := g.gp(), g.gp()
		size := half // in bytes
		groups := g.gp()
		g.copyGP(half, groups)
		g.shiftGP("right", 3, groups)
		g.shiftGP("left", 2, size)
		g.counted(heads, func() {
			g.addGP(x, size, upper)
			g.copyGP(groups, count)
			g.counted(count, func() {
				x0, x1, c, s := g.load(x), g.load(upper), g.load(cos), g.load(sin)
				a, b := g.mul(g.new(), x1, s), g.mul(s, x0, s)
				if name == "rope" {
					g.sub(a, g.c(0), a)
				} else {
					g.sub(b, g.c(0), b)
				}
				g.fma(a, x0, c)
				g.fma(b, x1, c)
				g.store(a, x)
				g.store(b, upper)
				g.free(x0, x1, c, a, b)
				g.advance([]string{x, upper, cos, sin}, 32)
			})
			g.subGP(size, cos)
			g.subGP(size, sin)
			g.copyGP(upper, x)
		})
		g.end()
		fmt.Fprintf(&g.text().stubs, `
func %s%s(x, cos, sin []float32) {
	half := len(cos)
	if half%%8 != 0 || len(x)%%(2*half) != 0 || len(x) == 0 {
		%[1]sRef(x, cos, sin)
		return
	}
	sin = sin[:half]
	%[3]s(&x[0], &cos[0], &sin[0], len(x)/(2*half), half)
}
`, name, g.isa, asm)
	}
	g.per *= 2
}
