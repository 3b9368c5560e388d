package main

import "fmt"

// q8NEON writes the kernels of arm64: with SDOT, which adds four products of
// signed bytes to an int32, 4 rows at a time; for CPUs without it (before
// Armv8.2) with SMULL and SADALP, 2 rows at a time and two sums per column.
func q8NEON(a *arm64) {
	for slices := 1; slices <= 2; slices++ {
		for rows := slices; rows <= 4; rows += slices {
			q8KernelNEON(a, fmt.Sprintf("q8sdotx%ds%d", rows, slices), rows, slices, true)
		}
		for rows := slices; rows <= 2; rows += slices {
			q8KernelNEON(a, fmt.Sprintf("q8mullx%ds%d", rows, slices), rows, slices, false)
		}
	}
	a.q8Table("q8sdot", 4)
	a.q8Table("q8mull", 2)
}

func q8KernelNEON(a *arm64, name string, rows, slices int, sdot bool) {
	a.fn(name+q8Args, fmt.Sprintf("%s computes %d rows of digits, %d per activation, and one panel.", name, rows, slices))
	pa, pb, k := a.load("a"), a.load("b"), a.load("k")
	b, av := a.vecN(4), a.vec()
	per := 4 // accumulators per row
	var row, product []v
	if !sdot {
		per, row, product = 8, a.vecN(rows), a.vecN(2)
	}
	acc := a.vecN(per * rows)
	for _, r := range acc {
		a.zero(r)
	}
	a.loop(k, func() {
		a.ldp(b[0], b[1], pb, 0)
		a.ldp(b[2], b[3], pb, 32)
		if sdot {
			a.ldr(av, pa, 0)
		} else {
			a.op("FMOVD", mem(pa, 0), av.f())
		}
		for r := range rows {
			if !sdot {
				a.op("VDUP", fmt.Sprintf("%v.S[%d]", av, r), row[r].s4())
			}
			for i := range 4 {
				if sdot {
					a.sdotLane(acc[per*r+i], b[i], av, r)
					continue
				}
				a.smull(product[0], b[i], row[r])
				a.smull2(product[1], b[i], row[r])
				a.sadalp(acc[per*r+2*i], product[0])
				a.sadalp(acc[per*r+2*i+1], product[1])
			}
		}
		a.op("PRFM", mem(pb, 4*ahead), "PLDL2KEEP")
		a.op("ADD", 4*strip, pa)
		a.op("ADD", 64, pb)
	})
	sums := func(r, i int) v { return acc[per*r+i] }
	if !sdot {
		for r := range rows {
			for i := range 4 {
				to := acc[per*r+2*i]
				a.addp(to, to, acc[per*r+2*i+1])
			}
		}
		sums = func(r, i int) v { return acc[per*r+2*i] }
	}
	for _, r := range b {
		a.free(r)
	}
	a.free(av)
	for _, r := range product {
		a.free(r)
	}
	q8EpilogueNEON(a, rows, slices, sums)
	a.ret()
}

// q8EpilogueNEON turns sums into float32; see epilogue in q8_x86.go.
func q8EpilogueNEON(a *arm64, rows, slices int, sum func(r, i int) v) {
	c, ldc, sx, sw := a.load("c"), a.load("ldc"), a.load("sx"), a.load("sw")
	bias, add := a.load("bias"), a.load("add")
	scale, other, v128, inv := a.vec(), a.vec(), a.vec(), a.vec()
	if slices == 2 {
		word := a.gp()
		for _, k := range []struct {
			to   v
			bits string
		}{{v128, "$0x43000000"}, {inv, "$0x3c000000"}} {
			a.op("MOVD", k.bits, word)
			a.op("VDUP", word, k.to.s4())
		}
	}
	for r := 0; r < rows; r += slices {
		a.op("FMOVS", mem(sx, 4*(r/slices)), scale.f())
		for i := range 4 {
			s := sum(r, i)
			a.scvtf(s, s)
			if slices == 2 {
				low := sum(r+1, i)
				a.scvtf(low, low)
				a.fmla(low, v128, s)
				a.fmul(s, low, inv)
			}
			a.ldr(other, sw, 16*i)
			a.fmulLane(other, other, scale, 0)
			a.fmul(s, s, other)
			for _, o := range []struct{ test, from string }{{bias, bias}, {add, c}} {
				skip := a.label("without")
				a.op("CBZ", o.test, skip)
				a.ldr(other, o.from, 16*i)
				a.fadd(s, other, s)
				a.at(skip)
			}
			a.str(s, c, 16*i)
		}
		a.op("ADD", ldc, c)
	}
}

// digitsNEON writes the kernels described in q8_x86.go.
func digitsNEON(a *arm64) {
	a.fn("maxAbs8(x *float32, n int, out *float32)", "maxAbs8 writes the largest absolute value of n times 8 values.")
	px, n, out := a.load("x"), a.load("n"), a.load("out")
	m, u := a.vec(), a.vecN(2)
	a.zero(m)
	a.loop(n, func() {
		a.ldp(u[0], u[1], px, 0)
		for _, r := range u {
			a.fabs(r, r)
			a.fmax(m, m, r)
		}
		a.op("ADD", 32, px)
	})
	a.fmaxv(m, m)
	a.op("FMOVS", m.f(), mem(out, 0))
	a.ret()

	a.fn("digits8(d0, d1 *int8, x *float32, n int, scale float32, sums *int32)",
		"digits8 cuts n times 8 values into digits (see slices2) and writes their two sums.\n"+
			"A nil d1 leaves the second digit out.")
	d0, d1, px, n, sums := a.load("d0"), a.load("d1"), a.load("x"), a.load("n"), a.load("sums")
	scale, hi, lo, v128 := a.vec(), a.vec(), a.vec(), a.vec()
	x, d, i, sum := a.vecN(2), a.vecN(2), a.vecN(2), a.vecN(2)
	word := a.gp()
	a.op("FMOVS", a.arg("scale"), scale.f())
	a.op("VDUP", scale.String()+".S[0]", scale.s4())
	for _, k := range []struct {
		to   v
		bits string
	}{{hi, "$0x42fe0000"}, {lo, "$0xc2fe0000"}, {v128, "$0x43000000"}} {
		a.op("MOVD", k.bits, word)
		a.op("VDUP", word, k.to.s4())
	}
	a.zero(sum[0])
	a.zero(sum[1])
	// round leaves the digits of x in d, as float32, and stores them.
	round := func(to string, sum v) {
		for h := range 2 {
			a.fmin(d[h], x[h], hi)
			a.fmax(d[h], d[h], lo)
			a.frintn(d[h], d[h])
			a.fcvtns(i[h], d[h])
			a.op("VADD", i[h].s4(), sum.s4(), sum.s4())
		}
		a.xtnH(i[0], i[0])
		a.xtn2H(i[0], i[1])
		a.xtnB(i[0], i[0])
		a.op("FMOVD", i[0].f(), mem(to, 0))
		a.op("ADD", 8, to)
	}
	a.loop(n, func() {
		a.ldp(x[0], x[1], px, 0)
		a.fdiv(x[0], x[0], scale)
		a.fdiv(x[1], x[1], scale)
		round(d0, sum[0])
		skip := a.label("one")
		a.op("CBZ", d1, skip)
		for h := range 2 {
			a.fsub(x[h], x[h], d[h])
			a.fmul(x[h], x[h], v128)
		}
		round(d1, sum[1])
		a.at(skip)
		a.op("ADD", 32, px)
	})
	for j, s := range sum {
		a.addv(s, s)
		a.op("FMOVS", s.f(), mem(sums, 4*j))
	}
	a.ret()

	a.fn("transposeBytes(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, rows, groups int)",
		"transposeBytes transposes 4x4 blocks of bytes and the grid of blocks: block (r, g) of\n"+
			"src, 16 bytes, goes to block (g, r) of dst. Strides are in bytes.")
	dst, ldd, src, lds, rows, groups := a.load("dst"), a.load("ldd"), a.load("src"), a.load("lds"), a.load("rows"), a.load("groups")
	from, to, g, table := a.gp(), a.gp(), a.gp(), a.gp()
	order, block := a.vec(), a.vec()
	a.op("MOVD", "$"+a.constant("transpose4x4", 0x0c080400, 0x0d090501, 0x0e0a0602, 0x0f0b0703), table)
	a.ldr(order, table, 0)
	a.loop(rows, func() {
		a.op("MOVD", src, from)
		a.op("MOVD", dst, to)
		a.op("MOVD", groups, g)
		a.loop(g, func() {
			a.ldr(block, from, 0)
			a.op("VTBL", order.b16(), "["+block.b16()+"]", block.b16())
			a.str(block, to, 0)
			a.op("ADD", 16, from)
			a.op("ADD", ldd, to)
		})
		a.op("ADD", lds, src)
		a.op("ADD", 16, dst)
	})
	a.ret()
}
