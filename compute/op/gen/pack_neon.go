package main

// packNEON writes the kernels described in pack_x86.go.
func packNEON(a *arm64) {
	transposeNEON(a)
	copyNEON(a)
	widenNEON(a)
	finishNEON(a)
}

// transposeNEON: 4x4 blocks, two below each other.
func transposeNEON(a *arm64) {
	a.fn("transpose8(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, rows, n int)",
		"transpose8 writes n rows of 8 words, dst[k][r] = src[r][k], n >= 8. Strides are in\n"+
			"bytes. Rows above rows-1 repeat the last one.")
	dst, ldd, src, lds, rows, n := a.load("dst"), a.load("ldd"), a.load("src"), a.load("lds"), a.load("rows"), a.load("n")
	ptr := []string{src}
	for r := 1; r < 8; r++ {
		p := a.gp()
		a.op("MOVD", ptr[r-1], p)
		ptr = append(ptr, p)
		skip := a.label("last")
		a.op("CMP", r, rows)
		a.op("BLE", skip)
		a.op("ADD", lds, p)
		a.at(skip)
	}
	d, back := a.gp(), a.gp()
	in, mid := a.vecN(4), a.vecN(4)
	top, last, end := a.label("block"), a.label("last"), a.label("end")
	a.at(top)
	for half := range 2 {
		for r := range 4 {
			a.ldr(in[r], ptr[4*half+r], 0)
		}
		for i := 0; i < 4; i += 2 {
			a.op("VTRN1", in[i+1].s4(), in[i].s4(), mid[i].s4())
			a.op("VTRN2", in[i+1].s4(), in[i].s4(), mid[i+1].s4())
		}
		a.op("MOVD", dst, d)
		for i := range 4 {
			op := map[bool]string{true: "VTRN1", false: "VTRN2"}[i < 2]
			a.op(op, mid[2+i%2].d2(), mid[i%2].d2(), in[i].d2())
			a.str(in[i], d, 16*half)
			if i < 3 {
				a.op("ADD", ldd, d)
			}
		}
	}
	a.op("ADD", ldd, d, dst)
	for _, p := range ptr {
		a.op("ADD", 16, p)
	}
	a.op("SUB", 4, n)
	a.at(last)
	a.op("CMP", 4, n)
	a.op("BGE", top)
	a.comment("n values are left: go back so that the last 4 form a block again")
	a.op("CBZ", n, end)
	a.op("SUB", 4, n, back)
	a.op("MUL", ldd, back, d)
	a.op("ADD", d, dst)
	for _, p := range ptr {
		a.op("ADD", back+"<<2", p)
	}
	a.op("MOVD", 4, n)
	a.op("B", top)
	a.at(end)
	a.ret()
}

func copyNEON(a *arm64) {
	a.fn("copyRows(dst unsafe.Pointer, ldd, apart int, src unsafe.Pointer, lds, step, rows, w int)",
		"copyRows copies w pieces of 8 words of each of some rows. Pieces are step bytes from\n"+
			"each other in src and apart bytes in dst; rows lds and ldd.")
	dst, ldd, apart, src := a.load("dst"), a.load("ldd"), a.load("apart"), a.load("src")
	lds, step, rows, w := a.load("lds"), a.load("step"), a.load("rows"), a.load("w")
	d, s, i := a.gp(), a.gp(), a.gp()
	v := a.vecN(2)
	a.loop(rows, func() {
		a.op("MOVD", dst, d)
		a.op("MOVD", src, s)
		a.op("MOVD", w, i)
		a.loop(i, func() {
			a.ldp(v[0], v[1], s, 0)
			a.stp(v[0], v[1], d, 0)
			a.op("ADD", step, s)
			a.op("ADD", apart, d)
		})
		a.op("ADD", ldd, dst)
		a.op("ADD", lds, src)
	})
	a.ret()
}

func widenNEON(a *arm64) {
	a.fn("widenBF16x4(dst *float32, src *uint16, n int)", "widenBF16x4 widens n groups of 8 bf16 values packed as pairs (i, i+4).")
	dst, src, n := a.load("dst"), a.load("src"), a.load("n")
	low, both, upper := a.vec(), a.vec(), a.vec()
	mask := a.gp()
	a.op("MOVD", "$0xffff0000", mask)
	a.op("VDUP", mask, upper.s4())
	a.loop(n, func() {
		a.ldr(both, src, 0)
		a.op("VSHL", 16, both.s4(), low.s4())
		a.op("VAND", upper.b16(), both.b16(), both.b16())
		a.stp(low, both, dst, 0)
		a.op("ADD", 16, src)
		a.op("ADD", 32, dst)
	})
	a.ret()

	a.fn("widenF16x8(dst *float32, src *uint16, n int)", "widenF16x8 widens n groups of 8 binary16 values.")
	dst, src, n = a.load("dst"), a.load("src"), a.load("n")
	low, both = a.vec(), a.vec()
	a.loop(n, func() {
		a.ldr(both, src, 0)
		a.fcvtl(low, both)
		a.fcvtl2(both, both)
		a.stp(low, both, dst, 0)
		a.op("ADD", 16, src)
		a.op("ADD", 32, dst)
	})
	a.ret()
}

func finishNEON(a *arm64) {
	a.fn("finishRow(y, t, bias, sum *float32, n int)",
		"finishRow computes y = sum + (bias + t) over n times 8 values; a nil bias or sum is\nleft out.")
	y, t, bias, sum, n := a.load("y"), a.load("t"), a.load("bias"), a.load("sum"), a.load("n")
	v, u := a.vecN(2), a.vecN(2)
	a.loop(n, func() {
		a.ldp(v[0], v[1], t, 0)
		for _, p := range []string{bias, sum} {
			skip := a.label("none")
			a.op("CBZ", p, skip)
			a.ldp(u[0], u[1], p, 0)
			a.fadd(v[0], u[0], v[0])
			a.fadd(v[1], u[1], v[1])
			a.op("ADD", 32, p)
			a.at(skip)
		}
		a.stp(v[0], v[1], y, 0)
		a.op("ADD", 32, t)
		a.op("ADD", 32, y)
	})
	a.ret()
}
