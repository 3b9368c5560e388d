package op

import "unsafe"

// A q8Func is a microkernel (gen/q8_x86.go): a tile of integer sums over the
// whole inner index, k groups of four, then the float32 that they stand for.
type q8Func func(c *float32, ldc int, a, b unsafe.Pointer, k, apart, columns int,
	sx, sw *float32, sums *int32, bias *float32, add int)

// q8Kernels are the integer products. Digits of activations are packed in
// strips of 8 rows and weights in panels, both in groups of four along the inner
// index, whose end is filled up with zeros:
//
//	A  [rows/8][K/4][8][4]    B  [N/cols][K/4][cols][4]
//
// With two slices the two rows of digits of an activation row are neighbours.
// The inner index has no blocks: an int32 sum is exact in any order.
type q8Kernels struct {
	rows, cols int
	offset     uint8      // added to weights: 128 where they are the unsigned side
	dot        [][]q8Func // by slices - 1 and rows - 1
	thin       [][]q8Func // the same for four panels at once; nil: none

	// maxAbs8, digits8 and transposeBytes are described in gen/q8_x86.go.
	maxAbs8        func(x *float32, n int, out *float32)
	digits8        func(d0, d1 *int8, x *float32, n int, scale float32, sums *int32)
	transposeBytes func(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, rows, groups int)
}

// q8Scratch is the memory that integer products reuse.
type q8Scratch struct {
	jobs  several[q8Job, *q8Job]
	a     []int8    // packed digits
	scale []float32 // one per row of activations
	sums  []int32   // 128 times the sum of each row of digits
}

// q8Job computes out = (out +) bias + A B. A piece is a group of panels and a
// range of rows of digits.
type q8Job struct {
	*matKernels
	scratch   *matScratch
	out       Matrix
	w         *Weights
	transpose bool // B is w itself; else its transpose
	bias      []float32
	add       bool
	slices    int
	rows      int // rows of digits
	groups    int // of four inner indices
	grid      grid
}

// multiplyQ8 computes out = (out +) bias + B applied to the digits of a, for each
// of the list; there is one part if B is transposed.
func (e *Engine) multiplyQ8(a Matrix, slices int, list ...part) {
	k, j, panels := &e.k.mat, &e.mat.q8.jobs, 0
	j.list, j.first = j.list[:0], j.first[:0]
	for _, p := range list {
		if p.out.Rows == 0 || p.out.Cols == 0 {
			continue
		}
		j.list = append(j.list, q8Job{matKernels: k, scratch: &e.mat, out: p.out, w: p.right.weights, transpose: p.right.transpose,
			bias: p.bias, add: p.add, slices: slices, rows: a.Rows * slices, groups: quads(a.Cols)})
		panels += (p.out.Cols + k.q8.cols - 1) / k.q8.cols
	}
	if len(j.list) == 0 {
		return
	}
	e.packDigits(a, j.list[0].w, j.list[0].transpose, slices)
	pieces := 0
	for i := range j.list {
		p := &j.list[i]
		widest, step := groupMax, 1
		if p.transpose {
			widest = 1 // each panel is packed on the fly
		} else if p.isThin() {
			widest, step = thinMax, 4
		}
		p.grid = newGrid((p.out.Cols+k.q8.cols-1)/k.q8.cols, panels, widest, step, p.rows, strip, e.threads)
		j.first = append(j.first, pieces)
		pieces += p.grid.pieces()
	}
	e.pool.run(pieces, j)
	clear(j.list)
}

func (j *q8Job) do(i, worker int) {
	w := &j.scratch.workers[worker]
	p0, p1, r0, r1 := j.grid.piece(i)
	if j.isThin() {
		// Each of the four streams reads its quarter of the panels in order.
		quarter := (min(p1, j.out.Cols/j.q8.cols) - p0) / 4
		for p := p0; p < p0+quarter; p++ {
			j.tile(j.q8.thin[j.slices-1][j.rows-1], 0, j.rows, p, quarter, j.w.panelQ8(p), w)
		}
		p0 += 4 * quarter
	}
	const cached = 1 << 19 // bytes of digits that stay in the second cache
	block := max(strip, cached/(4*j.groups)/strip*strip)
	for ; r0 < r1; r0 += block {
		for p := p0; p < p1; p++ {
			panel := j.panel(p, w)
			for r, end := r0, min(r0+block, r1); r < end; {
				n := min(j.q8.rows, end-r, strip-r%strip)
				j.tile(j.q8.dot[j.slices-1][n-1], r, n, p, 1, panel, w)
				r += n
			}
		}
	}
}

// isThin says whether kernels for four panels apply.
func (j *q8Job) isThin() bool { return j.q8.thin != nil && j.rows <= 2 && !j.transpose }

// tile runs f on n rows of digits from r and the columns of panel p, or of four
// panels, step from each other.
func (j *q8Job) tile(f q8Func, r, n, p, step int, panel unsafe.Pointer, w *matWorker) {
	s, c0, row := &j.scratch.q8, p*j.q8.cols, r/j.slices
	a := unsafe.Pointer(&s.a[(r/strip*strip*j.groups+r%strip)*4])
	apart, columns := step*4*j.groups*j.q8.cols, step*4*j.q8.cols
	sw := &ones[0]
	if !j.transpose {
		sw = &j.w.scale[c0]
	}
	var bias []float32
	if j.bias != nil {
		bias = j.bias[c0:]
	}
	if cols := j.out.Cols - c0; cols < j.q8.cols { // out ends inside the panel
		w.c = roomFor(w.c, strip*j.q8.cols)
		f(&w.c[0], 4*j.q8.cols, a, panel, j.groups, apart, columns, &s.scale[row], sw, &s.sums[r], nil, 0)
		for i := range n / j.slices {
			j.finish(j.out.Row(row + i)[c0:], w.c[i*j.q8.cols:], bias, j.add)
		}
		return
	}
	add := 0
	if j.add {
		add = 1
	}
	f(&j.out.Data[row*j.out.Stride+c0], 4*j.out.Stride, a, panel, j.groups, apart, columns,
		&s.scale[row], sw, &s.sums[r], unsafe.SliceData(bias), add)
}

// panel returns panel p of B, packed on the fly if B is w itself: panels of w
// hold the same bytes with the two indices exchanged, block by block.
func (j *q8Job) panel(p int, w *matWorker) unsafe.Pointer {
	if !j.transpose {
		return j.w.panelQ8(p)
	}
	cols := j.q8.cols
	per := cols / 4 // groups of four in cols
	n := (j.w.n + cols - 1) / cols
	w.digits = roomFor(w.digits, n*cols*cols)
	for i := range n {
		src := unsafe.Add(j.w.panelQ8(i), p*per*4*cols)
		rows := min(per, quads(j.w.k)-p*per)
		j.q8.transposeBytes(unsafe.Pointer(&w.digits[i*cols*cols]), 4*cols, src, 4*cols, rows, per)
	}
	return unsafe.Pointer(&w.digits[0])
}

// ones are the column scales of a product whose scales went into its left side.
var ones = func() (v [32]float32) {
	for i := range v {
		v[i] = 1
	}
	return v
}()

// quads returns how many groups of four cover k.
func quads(k int) int { return (k + 3) / 4 }

// panelQ8 returns the address of panel p.
func (w *Weights) panelQ8(p int) unsafe.Pointer {
	return unsafe.Pointer(&w.int8[p*w.owner.mat.q8.cols*4*quads(w.k)])
}
