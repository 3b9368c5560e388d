package main

// peakX86 writes the loops that measure what the machine can do, and its own
// FMA for the tests and self-tests of the portable one.
func peakX86(a *amd64) {
	a.width = 32
	a.fn("fma8(y, a, b *float32, n int)", "fma8 computes y = fma(a, b, y) over n times 8 values.")
	py, pa, pb, n := a.load("y"), a.load("a"), a.load("b"), a.load("n")
	u, v := a.vec(), a.vec()
	a.loop(n, func() {
		a.op("VMOVUPS", mem(pa, 0), u)
		a.op("VMOVUPS", mem(py, 0), v)
		a.op("VFMADD231PS", mem(pb, 0), u, v)
		a.op("VMOVUPS", v, mem(py, 0))
		for _, p := range []string{py, pa, pb} {
			a.op("ADDQ", 32, p)
		}
	})
	a.ret()
	a.fn("relax(n int)", "relax tells the CPU n times that the thread waits for another one.")
	n = a.load("n")
	a.loop(n, func() { a.asm.WriteString("\tPAUSE\n") })
	a.asm.WriteString("\tRET\n")
	for _, w := range []int{64, 32} {
		a.width = w
		name := "peakFMA" + isaOf(a)
		a.fn(name+"(n int)", name+" does n rounds of 24 vector FMAs on registers, 12 chains.")
		n := a.load("n")
		acc, one := a.vecN(12), a.vec()
		for _, v := range append(acc, one) {
			a.zero(v)
		}
		a.loop(n, func() {
			for _, v := range append(acc, acc...) {
				a.op("VFMADD231PS", one, one, v)
			}
		})
		a.ret()
		name = "peakRead" + isaOf(a)
		a.fn(name+"(p unsafe.Pointer, n, apart int)", name+" reads n blocks of 256 bytes in each of four streams, apart bytes from each\nother.")
		p, n, apart := a.load("p"), a.load("n"), a.load("apart")
		streams := []string{p, a.gp(), a.gp(), a.gp()}
		for i := 1; i < 4; i++ {
			a.op("LEAQ", index(streams[i-1], apart, 1, 0), streams[i])
		}
		acc = a.vecN(2)
		for _, v := range acc {
			a.zero(v)
		}
		a.loop(n, func() {
			for _, s := range streams {
				for i := range 256 / w {
					a.op("VORPS", mem(s, i*w), acc[i%2], acc[i%2])
				}
				for i := range 4 {
					a.op("PREFETCHT1", mem(s, ahead+64*i))
				}
				a.op("ADDQ", 256, s)
			}
		})
		a.ret()
	}
}

func peakNEON(a *arm64) {
	a.fn("fma8(y, a, b *float32, n int)", "fma8 computes y = fma(a, b, y) over n times 8 values.")
	py, pa, pb, rounds := a.load("y"), a.load("a"), a.load("b"), a.load("n")
	y, u, w := a.vecN(2), a.vecN(2), a.vecN(2)
	a.loop(rounds, func() {
		a.ldp(y[0], y[1], py, 0)
		a.ldp(u[0], u[1], pa, 0)
		a.ldp(w[0], w[1], pb, 0)
		a.fmla(y[0], u[0], w[0])
		a.fmla(y[1], u[1], w[1])
		a.stp(y[0], y[1], py, 0)
		for _, p := range []string{py, pa, pb} {
			a.op("ADD", 32, p)
		}
	})
	a.ret()
	a.fn("relax(n int)", "relax tells the CPU n times that the thread waits for another one.")
	n := a.load("n")
	a.loop(n, func() { a.asm.WriteString("\tYIELD\n") })
	a.ret()
	a.fn("peakFMANEON(n int)", "peakFMANEON does n rounds of 24 independent vector FMAs on registers.")
	n = a.load("n")
	acc, one := a.vecN(24), a.vec()
	for _, r := range append(acc, one) {
		a.zero(r)
	}
	a.loop(n, func() {
		for _, r := range acc {
			a.fmla(r, one, one)
		}
	})
	a.ret()
	a.fn("peakReadNEON(p unsafe.Pointer, n, apart int)",
		"peakReadNEON reads n blocks of 256 bytes in each of four streams, apart bytes from\n"+
			"each other.")
	p, n, apart := a.load("p"), a.load("n"), a.load("apart")
	streams := []string{p, a.gp(), a.gp(), a.gp()}
	for i := 1; i < 4; i++ {
		a.op("ADD", apart, streams[i-1], streams[i])
	}
	v := a.vecN(2)
	a.loop(n, func() {
		for _, s := range streams {
			for i := 0; i < 256; i += 32 {
				a.ldp(v[0], v[1], s, i)
			}
			for i := 0; i < 256; i += 64 {
				a.op("PRFM", mem(s, ahead+i), "PLDL2KEEP")
			}
			a.op("ADD", 256, s)
		}
	})
	a.ret()
}
