package main

import "fmt"

// packX86 writes the kernels that bring operands into the order in which the
// microkernels read them, and the last pass over a product's output. They move
// data only, so AVX2 is as fast as memory and serves AVX-512 too.
func packX86(a *amd64) {
	a.width = 32
	transposeX86(a)
	halvesX86(a, false)
	halvesX86(a, true)
	copyX86(a)
	widenX86(a)
	finishX86(a)
}

// transposeX86: 8x8 blocks through three rounds of shuffles.
func transposeX86(a *amd64) {
	a.fn("transpose8(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, rows, n int)",
		"transpose8 writes n rows of 8 words, dst[k][r] = src[r][k], n >= 8. Strides are in\n"+
			"bytes. Rows above rows-1 repeat the last one.")
	dst, ldd, src, lds, rows, n := a.load("dst"), a.load("ldd"), a.load("src"), a.load("lds"), a.load("rows"), a.load("n")
	ptr := []string{src}
	for r := 1; r < 8; r++ {
		p := a.gp()
		a.op("MOVQ", ptr[r-1], p)
		ptr = append(ptr, p)
		skip := a.label("last")
		a.op("CMPQ", rows, r)
		a.op("JLE", skip)
		a.op("ADDQ", lds, p)
		a.at(skip)
	}
	d := rows // the count is no longer needed
	v, u := a.vecN(8), a.vecN(8)
	block := func() {
		for r := range 8 {
			a.op("VMOVUPS", mem(ptr[r], 0), v[r])
		}
		for i := 0; i < 8; i += 2 {
			a.op("VUNPCKLPS", v[i+1], v[i], u[i])
			a.op("VUNPCKHPS", v[i+1], v[i], u[i+1])
		}
		for i := 0; i < 8; i += 4 {
			a.op("VUNPCKLPD", u[i+2], u[i], v[i])
			a.op("VUNPCKHPD", u[i+2], u[i], v[i+1])
			a.op("VUNPCKLPD", u[i+3], u[i+1], v[i+2])
			a.op("VUNPCKHPD", u[i+3], u[i+1], v[i+3])
		}
		a.op("MOVQ", dst, d)
		for i := range 8 {
			half := map[bool]int{true: 0x20, false: 0x31}[i < 4]
			a.op("VPERM2F128", half, v[4+i%4], v[i%4], u[i])
			a.op("VMOVUPS", u[i], mem(d, 0))
			if i < 7 {
				a.op("ADDQ", ldd, d)
			}
		}
	}
	top, last, end := a.label("block"), a.label("last"), a.label("end")
	a.at(top)
	block()
	a.op("LEAQ", index(dst, ldd, 8, 0), dst)
	for _, p := range ptr {
		a.op("ADDQ", 32, p)
	}
	a.op("SUBQ", 8, n)
	a.op("CMPQ", n, 8)
	a.op("JGE", top)
	a.at(last)
	a.comment("n values are left: go back so that the last 8 form a block again")
	a.op("TESTQ", n, n)
	a.op("JZ", end)
	a.op("SUBQ", 8, n)
	for _, p := range ptr {
		a.op("LEAQ", index(p, n, 4, 0), p)
	}
	a.op("IMULQ", ldd, n)
	a.op("ADDQ", n, dst)
	a.op("MOVQ", 8, n)
	a.op("JMP", top)
	a.at(end)
	a.ret()
}

// halvesX86: 8x8 blocks of half floats through three rounds of shuffles; with
// pairs two blocks at once, one in each half of a register, whose values are
// stored in turn.
func halvesX86(a *amd64, pairs bool) {
	if pairs {
		a.fn("pairHalves(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, apart, n int)",
			"pairHalves writes 8 n rows of 16 half floats, dst[k][2r] = src[r][k] and dst[k][2r+1]\n"+
				"the same of the 8 rows that lie apart bytes behind those at src. Strides are in bytes.")
	} else {
		a.fn("transposeHalves(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, n int)",
			"transposeHalves writes 8 n rows of 8 half floats, dst[k][r] = src[r][k]. Strides are\nin bytes.")
	}
	dst, ldd, src, lds := a.load("dst"), a.load("ldd"), a.load("src"), a.load("lds")
	three, d := a.gp(), a.gp()
	a.op("LEAQ", index(lds, lds, 2, 0), three)
	ptr := []string{src, a.gp()} // rows 0 and 4 of each block
	a.op("LEAQ", index(src, lds, 4, 0), ptr[1])
	if pairs {
		apart := a.load("apart")
		ptr = append(ptr, apart, a.gp())
		a.op("ADDQ", src, apart)
		a.op("LEAQ", index(apart, lds, 4, 0), ptr[3])
	}
	n := a.load("n")
	v, u := a.vecN(8), a.vecN(8)
	row := func(block, r int) string {
		p := ptr[2*block+r/4]
		return []string{mem(p, 0), index(p, lds, 1, 0), index(p, lds, 2, 0), index(p, three, 1, 0)}[r%4]
	}
	unpack := func(size string, a0, a1, low, high string) {
		a.op("VPUNPCKL"+size, a1, a0, low)
		a.op("VPUNPCKH"+size, a1, a0, high)
	}
	a.loop(n, func() {
		for r := range 8 {
			a.op("VMOVDQU", row(0, r), x(v[r]))
			if pairs {
				a.op("VINSERTI128", 1, row(1, r), v[r], v[r])
			}
		}
		for i := 0; i < 8; i += 2 {
			unpack("WD", v[i], v[i+1], u[i], u[i+1])
		}
		for _, i := range []int{0, 1, 4, 5} {
			unpack("DQ", u[i], u[i+2], v[i/4*4+i%4*2], v[i/4*4+i%4*2+1])
		}
		for i := range 4 {
			unpack("QDQ", v[i], v[4+i], u[2*i], u[2*i+1])
		}
		a.op("MOVQ", dst, d)
		for k := range 8 {
			if pairs {
				a.op("VEXTRACTI128", 1, u[k], x(v[0]))
				unpack("WD", x(u[k]), x(v[0]), x(v[1]), x(v[2]))
				a.op("VMOVDQU", x(v[1]), mem(d, 0))
				a.op("VMOVDQU", x(v[2]), mem(d, 16))
			} else {
				a.op("VMOVDQU", x(u[k]), mem(d, 0))
			}
			a.op("ADDQ", ldd, d)
		}
		a.op("MOVQ", d, dst)
		for _, p := range ptr {
			a.op("ADDQ", 16, p)
		}
	})
	a.ret()
}

// copyX86: pieces of rows.
func copyX86(a *amd64) {
	a.fn("copyRows(dst unsafe.Pointer, ldd, apart int, src unsafe.Pointer, lds, step, rows, w int)",
		"copyRows copies w pieces of 8 words of each of some rows. Pieces are step bytes from\n"+
			"each other in src and apart bytes in dst; rows lds and ldd.")
	dst, ldd, apart, src := a.load("dst"), a.load("ldd"), a.load("apart"), a.load("src")
	lds, step, rows, w := a.load("lds"), a.load("step"), a.load("rows"), a.load("w")
	d, s, i := a.gp(), a.gp(), a.gp()
	v := a.vec()
	a.loop(rows, func() {
		a.op("MOVQ", dst, d)
		a.op("MOVQ", src, s)
		a.op("MOVQ", w, i)
		a.loop(i, func() {
			a.op("VMOVUPS", mem(s, 0), v)
			a.op("VMOVUPS", v, mem(d, 0))
			a.op("ADDQ", step, s)
			a.op("ADDQ", apart, d)
		})
		a.op("ADDQ", ldd, dst)
		a.op("ADDQ", lds, src)
	})
	a.ret()
}

// widenX86: packed half floats to float32 in the order of columns.
func widenX86(a *amd64) {
	for _, lanes := range []int{8, 16} {
		name := fmt.Sprintf("widenBF16x%d", lanes)
		a.fn(name+"(dst *float32, src *uint16, n int)",
			fmt.Sprintf("%s widens n groups of %d bf16 values packed as pairs (i, i+%d).", name, 2*lanes, lanes))
		dst, src, n := a.load("dst"), a.load("src"), a.load("n")
		v, u, upper := a.vec(), a.vec(), a.vec()
		a.op("VPBROADCASTD", a.constant("upperHalf", 0xffff0000), upper)
		a.loop(n, func() {
			for i := 0; i < lanes; i += 8 {
				a.op("VMOVUPS", mem(src, 4*i), v)
				a.op("VPSLLD", 16, v, u)
				a.op("VPAND", upper, v, v)
				a.op("VMOVUPS", u, mem(dst, 4*i))
				a.op("VMOVUPS", v, mem(dst, 4*(i+lanes)))
			}
			a.op("ADDQ", 4*lanes, src)
			a.op("ADDQ", 8*lanes, dst)
		})
		a.ret()
	}
	a.fn("widenF16x8(dst *float32, src *uint16, n int)", "widenF16x8 widens n groups of 8 binary16 values.")
	dst, src, n := a.load("dst"), a.load("src"), a.load("n")
	v := a.vec()
	a.loop(n, func() {
		a.op("VCVTPH2PS", mem(src, 0), v)
		a.op("VMOVUPS", v, mem(dst, 0))
		a.op("ADDQ", 16, src)
		a.op("ADDQ", 32, dst)
	})
	a.ret()
}

// finishX86: bias and running sum.
func finishX86(a *amd64) {
	a.fn("finishRow(y, t, bias, sum *float32, n int)",
		"finishRow computes y = sum + (bias + t) over n times 8 values; a nil bias or sum is\nleft out.")
	y, t, bias, sum, n := a.load("y"), a.load("t"), a.load("bias"), a.load("sum"), a.load("n")
	v := a.vec()
	a.loop(n, func() {
		a.op("VMOVUPS", mem(t, 0), v)
		for _, p := range []string{bias, sum} {
			skip := a.label("none")
			a.op("TESTQ", p, p)
			a.op("JZ", skip)
			a.op("VADDPS", mem(p, 0), v, v)
			a.op("ADDQ", 32, p)
			a.at(skip)
		}
		a.op("VMOVUPS", v, mem(y, 0))
		a.op("ADDQ", 32, t)
		a.op("ADDQ", 32, y)
	})
	a.ret()
}
