package main

import "fmt"

// gemmX86 writes one kernel per format and number of rows, 1 to rows, its like for
// panels of half the width, one that reads several panels at once per format and
// number of rows, and the tables that the package picks them from. thin says how
// many panels, by format and rows - 1; it ends where one panel is faster.
//
// A kernel computes C += A B, or C = A B when fresh, for up to blockK values of
// the inner index. It holds its tile of C in registers for one segment of 256,
// each register one chain per lane; then the segment goes into C in memory. Per
// inner index it loads two vectors of B and broadcasts one value of A per row.
//
//	A  [k][8] packed (a single row: [k])    B  [k][2 vectors] packed
func gemmX86(a *amd64, isa string, rows int, thin [3][]int) {
	for f, format := range formats {
		for r := 1; r <= rows; r++ {
			gemmKernelX86(a, fmt.Sprintf("gemm%s%sx%d", isa, format, r), f, r, 2)
			gemmKernelX86(a, fmt.Sprintf("half%s%sx%d", isa, format, r), f, r, 1)
		}
		for i, p := range thin[f] {
			gemvKernelX86(a, fmt.Sprintf("gemv%s%sx%d", isa, format, i+1), f, i+1, p)
		}
	}
	a.table("gemm"+isa, rows)
	a.table("half"+isa, rows)
	a.gemvTable("gemv"+isa, thin)
}

// gemmKernelX86 writes the kernel for one panel. With strips > 1 it goes on to
// the next rows of C with the next strip of A, which follows in memory, and the
// same B. While it computes it fetches the memory at next, step bytes per inner
// index, so that the next panel is near when its turn comes.
func gemmKernelX86(a *amd64, name string, format, rows, vecs int) {
	a.fn(name+gemmArgs,
		fmt.Sprintf("%s computes tiles of %d rows and %d columns of %s.", name, rows, vecs*a.width/4, formats[format]))
	t := &tileX86{amd64: a, format: format, rows: rows, vecs: vecs, panels: 1}
	t.c, t.ldc, t.a = a.load("c"), a.load("ldc"), a.load("a")
	b, strips := a.load("b"), a.load("strips")
	t.next, t.step = a.load("next"), a.load("step")
	t.b = []string{a.gp()}
	t.allocate()
	a.loop(strips, func() {
		a.op("MOVQ", b, t.b[0])
		t.chains()
		for range rows {
			a.op("ADDQ", t.ldc, t.c)
		}
	})
	a.ret()
}

// gemvKernelX86 writes the kernel for few rows of C, which has to be as fast as
// memory. Panels of B, apart bytes from each other, are as many streams of reads
// (one alone does not saturate the memory of the CPUs we know) and bring as many
// accumulators as hide the latency of an FMA. Their columns of C are columns
// bytes apart.
func gemvKernelX86(a *amd64, name string, format, rows, panels int) {
	a.fn(name+gemvArgs, fmt.Sprintf("%s computes %d rows and %d panels of %s.", name, rows, panels, formats[format]))
	t := &tileX86{amd64: a, format: format, rows: rows, vecs: 2, panels: panels}
	t.c, t.ldc, t.a = a.load("c"), a.load("ldc"), a.load("a")
	b, apart := a.load("b"), a.load("apart")
	t.columns, t.top = a.load("columns"), a.gp()
	t.b = []string{b}
	for p := 1; p < panels; p++ {
		t.b = append(t.b, a.gp())
		a.op("LEAQ", index(t.b[p-1], apart, 1, 0), t.b[p])
	}
	a.free(apart)
	t.allocate()
	t.chains()
	a.ret()
}

// tileX86 is a tile of C in registers and the way through A and B.
type tileX86 struct {
	*amd64
	format, rows              int
	vecs, panels              int      // vectors per row of a panel, panels
	c, ldc, a                 string   // general registers
	b                         []string // one per panel
	columns, top              string   // bytes from one panel's columns of C to the next, row 0 of a panel
	next, step                string   // what to fetch ahead; none with several panels
	left, count, fresh, place string
	bvec                      []string // two vectors of B
	avec                      []string // values of A; one is enough for one panel
	upper                     string   // bf16: the mask of a float's upper half
	acc                       []string
}

// allocate takes the registers that all tiles need.
func (t *tileX86) allocate() {
	t.left, t.count, t.fresh, t.place = t.gp(), t.gp(), t.gp(), t.gp()
	t.bvec = t.vecN(t.vecs)
	t.avec = t.vecN(1)
	if t.panels > 1 {
		t.avec = append(t.avec, t.vecN(t.rows-1)...)
	}
	if formats[t.format] == "BF16" && t.vecs == 2 {
		t.upper = t.vec()
		t.op("VPBROADCASTD", t.constant("upper16x"+isaOf(t.amd64), 0xffff0000), t.upper)
	}
	t.acc = t.vecN(t.vecs * t.rows * t.panels)
}

// sum is the accumulator of row r, panel p, vector i.
func (t *tileX86) sum(r, p, i int) string { return t.acc[(r*t.panels+p)*t.vecs+i] }

// chains writes the loop over segments.
func (t *tileX86) chains() {
	top, short, add, stored := t.label("segment"), t.label("short"), t.label("add"), t.label("stored")
	t.op("MOVQ", t.arg("k"), t.left)
	t.op("MOVQ", t.arg("fresh"), t.fresh)
	t.eachTile(func(r, p int) {
		t.op("PREFETCHT0", mem(t.place, 0))
		t.op("PREFETCHT0", mem(t.place, t.vecs*t.width-1))
	})
	t.at(top)
	t.op("MOVQ", segment, t.count)
	t.op("CMPQ", t.left, t.count)
	t.op("JGE", short)
	t.op("MOVQ", t.left, t.count)
	t.at(short)
	t.op("SUBQ", t.count, t.left)
	for _, v := range t.acc {
		t.zero(v)
	}
	t.loopWhile(t.count, 4, func() { t.steps(4) })
	t.loopWhile(t.count, 1, func() { t.steps(1) })

	t.op("TESTQ", t.fresh, t.fresh)
	t.op("JZ", add)
	t.comment("C = +0 + segment, which turns -0 into +0")
	t.zero(t.bvec[0])
	t.store(func(at string) string { return t.bvec[0] })
	t.op("XORQ", t.fresh, t.fresh)
	t.op("JMP", stored)
	t.at(add)
	t.store(func(at string) string { return at })
	t.at(stored)
	t.op("TESTQ", t.left, t.left)
	t.op("JNZ", top)
}

// steps writes n steps of the inner index.
func (t *tileX86) steps(n int) {
	perA := 4 * strip
	if t.rows == 1 {
		perA = 4
	}
	perB := t.vecs * t.width
	if t.format > 0 {
		perB /= 2
	}
	for s := range n {
		if t.panels == 1 {
			t.loadB(t.b[0], s*perB)
			for r := range t.rows {
				t.op("VBROADCASTSS", mem(t.a, s*perA+4*r), t.avec[0])
				t.multiply(r, 0, t.avec[0])
			}
			for line := 0; line < perB; line += 64 {
				t.op("PREFETCHT1", mem(t.next, line))
			}
			t.op("ADDQ", t.step, t.next)
			continue
		}
		for r := range t.rows {
			t.op("VBROADCASTSS", mem(t.a, s*perA+4*r), t.avec[r])
		}
		for p := range t.panels {
			t.loadB(t.b[p], s*perB)
			for r := range t.rows {
				t.multiply(r, p, t.avec[r])
			}
			if s*perB%64 == 0 {
				for line := 0; line < perB; line += 64 {
					t.op("PREFETCHT1", mem(t.b[p], ahead+s*perB+line))
				}
			}
		}
	}
	t.op("ADDQ", n*perA, t.a)
	for _, b := range t.b {
		t.op("ADDQ", n*perB, b)
	}
}

// multiply adds a times the vectors of B to row r of panel p.
func (t *tileX86) multiply(r, p int, a string) {
	for i := range t.vecs {
		t.op("VFMADD231PS", t.bvec[i], a, t.sum(r, p, i))
	}
}

// loadB brings the vectors of B into bvec, widened. A bf16 pair, value i in the
// lower and value i+lanes in the upper half of a word, is taken apart by a shift
// and a mask; packing has put the columns in that order.
func (t *tileX86) loadB(b string, offset int) {
	low := t.bvec[0]
	switch {
	case formats[t.format] == "F32":
		for i, v := range t.bvec {
			t.op("VMOVUPS", mem(b, offset+i*t.width), v)
		}
	case formats[t.format] == "F16":
		for i, v := range t.bvec {
			t.op("VCVTPH2PS", mem(b, offset+i*t.width/2), v)
		}
	case t.vecs == 1:
		t.op("VPMOVZXWD", mem(b, offset), low)
		t.op("VPSLLD", 16, low, low)
	default:
		high := t.bvec[1]
		t.op("VMOVUPS", mem(b, offset), high)
		t.op("VPSLLD", 16, high, low)
		t.op(map[int]string{64: "VPANDD", 32: "VPAND"}[t.width], t.upper, high, high)
	}
}

// store adds each accumulator to what other names and puts it into C.
func (t *tileX86) store(other func(at string) string) {
	t.eachTile(func(r, p int) {
		for i := range t.vecs {
			at, v := mem(t.place, i*t.width), t.sum(r, p, i)
			t.op("VADDPS", other(at), v, v)
			t.op("VMOVUPS", v, at)
		}
	})
}

// eachTile lets body use place, the address of row r of panel p of C.
func (t *tileX86) eachTile(body func(r, p int)) {
	t.op("MOVQ", t.c, t.place)
	for p := range t.panels {
		if t.panels > 1 {
			t.op("MOVQ", t.place, t.top)
		}
		for r := range t.rows {
			body(r, p)
			if r < t.rows-1 {
				t.op("ADDQ", t.ldc, t.place)
			}
		}
		if p < t.panels-1 {
			t.op("LEAQ", index(t.top, t.columns, 1, 0), t.place)
		}
	}
}

// isaOf names the vector width, for symbols.
func isaOf(a *amd64) string { return map[int]string{64: "512", 32: "256"}[a.width] }
