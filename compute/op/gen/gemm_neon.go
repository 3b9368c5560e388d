package main

import "fmt"

// gemmNEON writes what gemmX86 does, for tiles of up to 6 rows and 16 columns,
// four vectors of four.
func gemmNEON(a *arm64) {
	for f, format := range formats {
		for r := 1; r <= 6; r++ {
			gemmKernelNEON(a, fmt.Sprintf("gemmNEON%sx%d", format, r), f, r, 4)
			gemmKernelNEON(a, fmt.Sprintf("halfNEON%sx%d", format, r), f, r, 2)
		}
		gemvKernelNEON(a, fmt.Sprintf("gemvNEON%sx1", format), f)
	}
	a.table("gemmNEON", 6)
	a.table("halfNEON", 6)
	a.gemvTable("gemvNEON", [3][]int{{4}, {4}, {4}})
}

// gemmKernelNEON writes the kernel for one panel; see gemmKernelX86.
func gemmKernelNEON(a *arm64, name string, format, rows, vecs int) {
	a.fn(name+gemmArgs, fmt.Sprintf("%s computes tiles of %d rows and %d columns of %s.", name, rows, 4*vecs, formats[format]))
	t := &tileNEON{arm64: a, format: format, rows: rows, vecs: vecs, panels: 1}
	t.c, t.ldc, t.a = a.load("c"), a.load("ldc"), a.load("a")
	b, strips := a.load("b"), a.load("strips")
	t.next, t.step = a.load("next"), a.load("step")
	t.b = []string{a.gp()}
	t.allocate()
	a.loop(strips, func() {
		a.op("MOVD", b, t.b[0])
		t.chains()
		for range rows {
			a.op("ADD", t.ldc, t.c)
		}
	})
	a.ret()
}

// gemvKernelNEON writes the kernel for one row and four panels; see
// gemvKernelX86.
func gemvKernelNEON(a *arm64, name string, format int) {
	a.fn(name+gemvArgs, fmt.Sprintf("%s computes one row and four panels of %s.", name, formats[format]))
	t := &tileNEON{arm64: a, format: format, rows: 1, vecs: 4, panels: 4}
	t.c, t.ldc, t.a = a.load("c"), a.load("ldc"), a.load("a")
	b, apart := a.load("b"), a.load("apart")
	t.columns = a.load("columns")
	t.b = []string{b}
	for p := 1; p < 4; p++ {
		t.b = append(t.b, a.gp())
		a.op("ADD", apart, t.b[p-1], t.b[p])
	}
	t.allocate()
	t.chains()
	a.ret()
}

// tileNEON is a tile of C in registers and the way through A and B.
type tileNEON struct {
	*arm64
	format, rows              int
	vecs, panels              int      // vectors per row of a panel, panels
	c, ldc, a                 string   // general registers
	b                         []string // one per panel
	columns                   string   // bytes from one panel's columns of C to the next
	next, step                string   // what to fetch ahead; none with several panels
	left, count, fresh, place string
	bvec                      []v // the vectors of B
	avec                      []v // two vectors of A: eight rows, or four inner indices of one
	upper                     v   // bf16: the mask of a float's upper half
	acc                       []v
}

// allocate takes the registers that all tiles need.
func (t *tileNEON) allocate() {
	t.left, t.count, t.fresh, t.place = t.gp(), t.gp(), t.gp(), t.gp()
	t.bvec, t.avec = t.vecN(t.vecs), t.vecN(2)
	if formats[t.format] == "BF16" {
		t.upper = t.vec()
		t.op("MOVD", "$0xffff0000", t.count)
		t.op("VDUP", t.count, t.upper.s4())
	}
	t.acc = t.vecN(t.vecs * t.rows * t.panels)
}

// sum is the accumulator of row r, panel p, vector i.
func (t *tileNEON) sum(r, p, i int) v { return t.acc[(r*t.panels+p)*t.vecs+i] }

// chains writes the loop over segments.
func (t *tileNEON) chains() {
	top, add, stored := t.label("segment"), t.label("add"), t.label("stored")
	t.op("MOVD", t.arg("k"), t.left)
	t.op("MOVD", t.arg("fresh"), t.fresh)
	t.at(top)
	t.op("MOVD", segment, t.count)
	t.op("CMP", t.left, t.count)
	t.op("CSEL", "GT", t.left, t.count, t.count)
	t.op("SUB", t.count, t.left)
	for _, r := range t.acc {
		t.zero(r)
	}
	t.loopWhile(t.count, 4, func() { t.steps(4) })
	t.loopWhile(t.count, 1, func() { t.steps(1) })

	t.op("CBZ", t.fresh, add)
	t.comment("C = +0 + segment, which turns -0 into +0")
	t.zero(t.bvec[0])
	t.store(func(int) v { return t.bvec[0] })
	t.op("MOVD", "ZR", t.fresh)
	t.op("B", stored)
	t.at(add)
	t.store(func(i int) v {
		t.ldr(t.bvec[i], t.place, 16*i)
		return t.bvec[i]
	})
	t.at(stored)
	t.op("CBNZ", t.left, top)
}

// steps writes n steps of the inner index.
func (t *tileNEON) steps(n int) {
	perA, perB := 4*strip, 16*t.vecs
	if t.rows == 1 {
		perA = 4
	}
	if t.format > 0 {
		perB /= 2
	}
	for s := range n {
		lane := t.loadA(s, n)
		for p, b := range t.b {
			t.loadB(b, s*perB)
			for r := range t.rows {
				for i := range t.vecs {
					t.fmlaLane(t.sum(r, p, i), t.bvec[i], t.avec[(r+lane)/4], (r+lane)%4)
				}
			}
			if t.panels > 1 && s*perB%64 == 0 {
				t.op("PRFM", mem(b, ahead+s*perB), "PLDL2KEEP")
			}
		}
		if t.panels == 1 {
			t.op("PRFM", mem(t.next, 0), "PLDL2KEEP")
			t.op("ADD", t.step, t.next)
		}
	}
	t.op("ADD", n*perA, t.a)
	for _, b := range t.b {
		t.op("ADD", n*perB, b)
	}
}

// loadA brings the values of A for step s of n into avec and returns where row
// 0 is. A single row needs one load for four steps.
func (t *tileNEON) loadA(s, n int) int {
	switch {
	case t.rows > 4:
		t.ldp(t.avec[0], t.avec[1], t.a, s*4*strip)
	case t.rows > 1:
		t.ldr(t.avec[0], t.a, s*4*strip)
	case n == 1:
		t.op("FMOVS", mem(t.a, 0), t.avec[0].f())
	case s == 0:
		t.ldr(t.avec[0], t.a, 0)
	}
	if t.rows == 1 {
		return s
	}
	return 0
}

// loadB brings the vectors of B into bvec, widened; for bf16 see tileX86.
func (t *tileNEON) loadB(b string, offset int) {
	if formats[t.format] == "F32" {
		for i := 0; i < t.vecs; i += 2 {
			t.ldp(t.bvec[i], t.bvec[i+1], b, offset+16*i)
		}
		return
	}
	for i := 0; i < t.vecs; i += 2 {
		low, both := t.bvec[i], t.bvec[i+1]
		t.ldr(both, b, offset+8*i)
		if formats[t.format] == "BF16" {
			t.op("VSHL", 16, both.s4(), low.s4())
			t.op("VAND", t.upper.b16(), both.b16(), both.b16())
		} else {
			t.fcvtl(low, both)
			t.fcvtl2(both, both)
		}
	}
}

// store adds each accumulator to what other names and puts it into C.
func (t *tileNEON) store(other func(i int) v) {
	t.op("MOVD", t.c, t.place)
	for r := range t.rows {
		for p := range t.panels {
			for i := range t.vecs {
				s := t.sum(r, p, i)
				t.fadd(s, other(i), s)
				t.str(s, t.place, 16*i)
			}
			if p < t.panels-1 {
				t.op("ADD", t.columns, t.place)
			} else if r < t.rows-1 { // one panel
				t.op("ADD", t.ldc, t.place)
			}
		}
	}
}
