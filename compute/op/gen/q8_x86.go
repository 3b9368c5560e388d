package main

import "fmt"

// q8VNNI writes the AVX-512 kernels: VPDPBUSD multiplies four unsigned by four
// signed bytes and adds them to an int32. The weights are the unsigned side,
// stored as w + 128, so each sum is 128 times the sum of the digits too large;
// sums holds that excess per row. All of it is exact modulo 2^32.
func q8VNNI(a *amd64) {
	a.width = 64
	for slices := 1; slices <= 2; slices++ {
		for rows := slices; rows <= 8; rows += slices {
			q8KernelX86(a, fmt.Sprintf("q8vnnix%ds%d", rows, slices), rows, slices, 1)
		}
		for rows := slices; rows <= 2; rows += slices {
			q8KernelX86(a, fmt.Sprintf("q8thinx%ds%d", rows, slices), rows, slices, 4)
		}
	}
	a.q8Table("q8vnni", 8)
	a.q8Table("q8thin", 2)
}

// q8AVX2 writes the kernels for CPUs without VNNI: bytes are widened to 16 bits,
// VPMADDWD adds two products to an int32, and each column has two such sums.
func q8AVX2(a *amd64) {
	a.width = 32
	for slices := 1; slices <= 2; slices++ {
		for rows := slices; rows <= 2; rows += slices {
			q8KernelX86(a, fmt.Sprintf("q8avx2x%ds%d", rows, slices), rows, slices, 1)
		}
	}
	a.q8Table("q8avx2", 2)
}

// q8X86 is a tile of integer sums in registers.
type q8X86 struct {
	*amd64
	rows, slices, panels int
	a                    string
	b                    []string // one per panel
	avec, bvec           []string
	product              string   // AVX2
	acc                  []string // AVX2: two vectors of pairs where AVX-512 has one of sums
}

// sum is the accumulator of row r, panel p, vector i.
func (t *q8X86) sum(r, p, i int) string {
	per := len(t.acc) / (t.rows * t.panels)
	return t.acc[(r*t.panels+p)*per+i]
}

func q8KernelX86(a *amd64, name string, rows, slices, panels int) {
	a.fn(name+q8Args, fmt.Sprintf("%s computes %d rows of digits, %d per activation, and %d panels.", name, rows, slices, panels))
	t := &q8X86{amd64: a, rows: rows, slices: slices, panels: panels}
	t.a = a.load("a")
	t.b = []string{a.load("b")}
	k, apart := a.load("k"), a.load("apart")
	for p := 1; p < panels; p++ {
		t.b = append(t.b, a.gp())
		a.op("LEAQ", index(t.b[p-1], apart, 1, 0), t.b[p])
	}
	t.avec = a.vecN(rows)
	if a.width == 64 {
		t.bvec = a.vecN(2)
		t.acc = a.vecN(2 * rows * panels)
	} else {
		t.bvec, t.product = a.vecN(1), a.vec()
		t.acc = a.vecN(4 * rows)
	}
	for _, v := range t.acc {
		a.zero(v)
	}
	step := t.stepVNNI
	if a.width == 32 {
		step = t.stepAVX2
	}
	a.loopWhile(k, 2, func() { t.steps(2, step) })
	a.loopWhile(k, 1, func() { t.steps(1, step) })
	if a.width == 32 {
		t.foldPairs()
	}
	for _, r := range append(t.b, t.a, k, apart) {
		a.free(r)
	}
	for _, r := range append(t.avec, t.bvec...) {
		a.free(r)
	}
	t.epilogue()
	a.ret()
}

// steps writes n steps of four inner indices.
func (t *q8X86) steps(n int, step func(s int)) {
	for s := range n {
		step(s)
	}
	t.op("ADDQ", n*4*strip, t.a)
	for _, b := range t.b {
		t.op("ADDQ", n*2*t.width, b)
	}
}

func (t *q8X86) stepVNNI(s int) {
	for r := range t.rows {
		t.op("VPBROADCASTD", mem(t.a, s*4*strip+4*r), t.avec[r])
	}
	for p, b := range t.b {
		at := s * 128
		t.op("VMOVDQU32", mem(b, at), t.bvec[0])
		t.op("VMOVDQU32", mem(b, at+64), t.bvec[1])
		for r := range t.rows {
			t.op("VPDPBUSD", t.avec[r], t.bvec[0], t.sum(r, p, 0))
			t.op("VPDPBUSD", t.avec[r], t.bvec[1], t.sum(r, p, 1))
		}
		t.op("PREFETCHT1", mem(b, ahead+at))
		t.op("PREFETCHT1", mem(b, ahead+at+64))
	}
}

func (t *q8X86) stepAVX2(s int) {
	for r := range t.rows {
		t.op("VPBROADCASTD", mem(t.a, s*4*strip+4*r), x(t.avec[r]))
		t.op("VPMOVSXBW", x(t.avec[r]), t.avec[r])
	}
	for i := range 4 {
		t.op("VPMOVSXBW", mem(t.b[0], s*64+16*i), t.bvec[0])
		for r := range t.rows {
			t.op("VPMADDWD", t.avec[r], t.bvec[0], t.product)
			t.op("VPADDD", t.product, t.sum(r, 0, i), t.sum(r, 0, i))
		}
	}
	t.op("PREFETCHT0", mem(t.b[0], ahead+s*64))
}

// foldPairs adds the two sums of each column: four vectors of pairs per row
// become two of columns.
func (t *q8X86) foldPairs() {
	var folded []string
	for r := range t.rows {
		for i := range 2 {
			v := t.sum(r, 0, 2*i)
			t.op("VPHADDD", t.sum(r, 0, 2*i+1), v, v)
			t.op("VPERMQ", 0xd8, v, v)
			folded = append(folded, v)
		}
	}
	for _, v := range t.acc {
		if !contains(folded, v) {
			t.free(v)
		}
	}
	t.acc = folded
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

// epilogue turns sums into float32: (sx * sw) * f32(S0) for one slice,
// (sx * sw) * (fma(128, f32(S0), f32(S1)) / 128) for two; then bias, then C.
func (t *q8X86) epilogue() {
	c, ldc, sx, sw := t.load("c"), t.load("ldc"), t.load("sx"), t.load("sw")
	sums, bias, add := t.load("sums"), t.load("bias"), t.load("add")
	scale, both, v128, inv := t.vec(), t.vec(), t.vec(), t.vec()
	if t.slices == 2 {
		t.op("VBROADCASTSS", t.constant("q8radix"+isaOf(t.amd64), 0x43000000), v128)
		t.op("VBROADCASTSS", t.constant("q8inverse"+isaOf(t.amd64), 0x3c000000), inv)
	}
	columns, cr := "", t.gp()
	if t.panels > 1 {
		columns = t.load("columns")
	}
	for p := range t.panels {
		t.op("MOVQ", c, cr)
		for r := 0; r < t.rows; r += t.slices {
			t.op("VBROADCASTSS", mem(sx, 4*(r/t.slices)), scale)
			for i := range 2 {
				at := i * t.width
				v := t.sum(r, p, i)
				for s := range t.slices {
					u := t.sum(r+s, p, i)
					if t.width == 64 {
						t.op("VPSUBD.BCST", mem(sums, 4*(r+s)), u, u)
					}
					t.op("VCVTDQ2PS", u, u)
				}
				if t.slices == 2 {
					low := t.sum(r+1, p, i)
					t.op("VFMADD231PS", v128, v, low)
					t.op("VMULPS", inv, low, v)
				}
				t.op("VMULPS", mem(sw, at), scale, both)
				t.op("VMULPS", both, v, v)
				for _, o := range []struct{ test, from string }{{bias, bias}, {add, cr}} {
					skip := t.label("without")
					t.op("TESTQ", o.test, o.test)
					t.op("JZ", skip)
					t.op("VADDPS", mem(o.from, at), v, v)
					t.at(skip)
				}
				t.op("VMOVUPS", v, mem(cr, at))
			}
			t.op("ADDQ", ldc, cr)
		}
		if p < t.panels-1 {
			t.op("ADDQ", columns, c)
			t.op("ADDQ", columns, sw)
			skip := t.label("nobias")
			t.op("TESTQ", bias, bias)
			t.op("JZ", skip)
			t.op("ADDQ", columns, bias)
			t.at(skip)
		}
	}
}

// digitsX86 writes the kernels that cut activations into digits.
func digitsX86(a *amd64) {
	a.width = 32
	a.fn("maxAbs8(x *float32, n int, out *float32)", "maxAbs8 writes the largest absolute value of n times 8 values.")
	px, n, out := a.load("x"), a.load("n"), a.load("out")
	m, v, sign := a.vec(), a.vec(), a.vec()
	a.zero(m)
	a.op("VPBROADCASTD", a.constant("magnitude", 0x7fffffff), sign)
	a.loop(n, func() {
		a.op("VANDPS", mem(px, 0), sign, v)
		a.op("VMAXPS", v, m, m)
		a.op("ADDQ", 32, px)
	})
	a.op("VEXTRACTF128", 1, m, x(v))
	a.op("VMAXPS", x(v), x(m), x(m))
	for _, shuffle := range []int{0x4e, 0xb1} {
		a.op("VPSHUFD", shuffle, x(m), x(v))
		a.op("VMAXPS", x(v), x(m), x(m))
	}
	a.op("VMOVSS", x(m), mem(out, 0))
	a.ret()

	a.fn("digits8(d0, d1 *int8, x *float32, n int, scale float32, sums *int32)",
		"digits8 cuts n times 8 values into digits (see slices2) and writes their two sums.\n"+
			"A nil d1 leaves the second digit out.")
	d0, d1, px, n, sums := a.load("d0"), a.load("d1"), a.load("x"), a.load("n"), a.load("sums")
	scale, hi, lo, v128 := a.vec(), a.vec(), a.vec(), a.vec()
	r, d, i, s0, s1 := a.vec(), a.vec(), a.vec(), a.vec(), a.vec()
	a.op("VBROADCASTSS", a.arg("scale"), scale)
	a.op("VBROADCASTSS", a.constant("digitMax", 0x42fe0000), hi)
	a.op("VBROADCASTSS", a.constant("digitMin", 0xc2fe0000), lo)
	a.op("VBROADCASTSS", a.constant("digitRadix", 0x43000000), v128)
	a.zero(s0)
	a.zero(s1)
	// round leaves the digit of r in d, as float32, and stores it.
	round := func(to, sum string) {
		a.op("VMINPS", hi, r, d)
		a.op("VMAXPS", lo, d, d)
		a.op("VROUNDPS", 8, d, d) // to nearest even
		a.op("VCVTPS2DQ", d, i)
		a.op("VPADDD", i, sum, sum)
		upper := a.vec()
		a.op("VEXTRACTI128", 1, i, x(upper))
		a.op("VPACKSSDW", x(upper), x(i), x(i))
		a.op("VPACKSSWB", x(i), x(i), x(i))
		a.op("VMOVQ", x(i), mem(to, 0))
		a.op("ADDQ", 8, to)
		a.free(upper)
	}
	a.loop(n, func() {
		a.op("VMOVUPS", mem(px, 0), r)
		a.op("VDIVPS", scale, r, r)
		round(d0, s0)
		skip := a.label("one")
		a.op("TESTQ", d1, d1)
		a.op("JZ", skip)
		a.op("VSUBPS", d, r, r)
		a.op("VMULPS", v128, r, r)
		round(d1, s1)
		a.at(skip)
		a.op("ADDQ", 32, px)
	})
	for j, s := range []string{s0, s1} {
		a.op("VEXTRACTI128", 1, s, x(i))
		a.op("VPADDD", x(i), x(s), x(s))
		for _, shuffle := range []int{0x4e, 0xb1} {
			a.op("VPSHUFD", shuffle, x(s), x(i))
			a.op("VPADDD", x(i), x(s), x(s))
		}
		a.op("VMOVD", x(s), mem(sums, 4*j))
	}
	a.ret()

	a.fn("transposeBytes(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, rows, groups int)",
		"transposeBytes transposes 4x4 blocks of bytes and the grid of blocks: block (r, g) of\n"+
			"src, 16 bytes, goes to block (g, r) of dst. Strides are in bytes.")
	dst, ldd, src, lds, rows, groups := a.load("dst"), a.load("ldd"), a.load("src"), a.load("lds"), a.load("rows"), a.load("groups")
	from, to, g := a.gp(), a.gp(), a.gp()
	order, block := x(a.vec()), x(a.vec())
	a.op("VMOVDQU", a.constant("transpose4x4", 0x0c080400, 0x0d090501, 0x0e0a0602, 0x0f0b0703), order)
	a.loop(rows, func() {
		a.op("MOVQ", src, from)
		a.op("MOVQ", dst, to)
		a.op("MOVQ", groups, g)
		a.loop(g, func() {
			a.op("VMOVDQU", mem(from, 0), block)
			a.op("VPSHUFB", order, block, block)
			a.op("VMOVDQU", block, mem(to, 0))
			a.op("ADDQ", 16, from)
			a.op("ADDQ", ldd, to)
		})
		a.op("ADDQ", lds, src)
		a.op("ADDQ", 16, dst)
	})
	a.ret()
}
