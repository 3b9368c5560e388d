package op

import "unsafe"

// Blocking. None of it shows in the bits: a segment of 256 is the unit of the
// chain, and blockK is a multiple of it.
const (
	blockK    = 1024    // inner indices packed together
	blockRows = 72      // rows of A that stay in the second cache beside two panels; a multiple of 6 and 8
	leftMax   = 1 << 21 // values of A packed at a time, to stay in the third cache
	groupMax  = 16      // panels of B in one piece of work
	thinMax   = 64      // the same if A has one or two rows
	strip     = 8       // rows of A packed together
)

// A gemmFunc is a microkernel (gen/gemm_x86.go): it adds A B to a tile of C, or
// stores it when fresh is not 0, for strips tiles below each other.
type gemmFunc func(c *float32, ldc int, a *float32, b unsafe.Pointer, k, strips int,
	next uintptr, step, fresh int)

// A thinKernel is the microkernel for few rows. It does several panels at once,
// apart bytes from each other, whose columns of C are columns bytes apart.
type thinKernel struct {
	run    func(c *float32, ldc int, a *float32, b unsafe.Pointer, apart, columns, k, fresh int)
	panels int
}

// matKernels are the fast forms of the matrix products. A microkernel computes
// a tile of rows by cols; B is packed in panels of cols columns,
//
//	[K/blockK][N/cols][blockK][cols]
//
// the last one of half the width if that is enough, and read strictly in order. A is packed in strips of rows,
//
//	[K/blockK][M/rows][blockK][strip]
//
// or, for a single row, left as it is.
type matKernels struct {
	rows, cols int
	lanes      int          // float32 per vector: bf16 pairs are lanes apart
	gemm       [][]gemmFunc // by format - F32 and rows - 1
	half       [][]gemmFunc // for panels of half the width
	gemv       [][]thinKernel

	// transpose8, transposeHalves, pairHalves (both may be missing), copyRows, widen
	// and finishRow are described in gen/pack_x86.go.
	transpose8      func(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, rows, n int)
	transposeHalves func(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, n int)
	pairHalves      func(dst unsafe.Pointer, ldd int, src unsafe.Pointer, lds, apart, n int)
	copyRows        func(dst unsafe.Pointer, ldd, apart int, src unsafe.Pointer, lds, step, rows, w int)
	widenBF16       func(dst *float32, src *uint16, n int) // n groups of 2*lanes
	widenF16        func(dst *float32, src *uint16, n int) // n groups of 8
	finishRow       func(y, t, bias, sum *float32, n int)

	q8 q8Kernels

	fma8     func(y, a, b *float32, n int)        // y = fma(a, b, y), n times 8 values
	peakFMA  func(n int)                          // n rounds of 24 vector FMAs
	peakRead func(p unsafe.Pointer, n, apart int) // 4 streams of n blocks of 256 bytes
	relax    func(n int)                          // waits a little, n times
}

// matScratch is the memory that matrix products reuse.
type matScratch struct {
	left     leftJob
	products several[productJob, *productJob]
	digits   digitsJob
	q8       q8Scratch
	a        []float32
	workers  []matWorker
	list     []part // of MatMuls
	listQ8   []part
}

// matWorker is one goroutine's memory: packed panels of B, a block of C.
type matWorker struct {
	b, c []float32
	tile []float32 // one block of weights, widened

	digits []int8
	max    float32
	sums   [2]int32
}

func (s *matScratch) init(threads int) { s.workers = make([]matWorker, threads) }

// roomFor returns s with room for n values; what it held is lost.
func roomFor[T element](s []T, n int) []T {
	if cap(s) < n {
		return aligned[T](n)
	}
	return s[:n]
}

// right is the right-hand side of a product, handed out in packed panels.
type right struct {
	weights   *Weights // packed panels, or with transpose the matrix to pack from
	matrix    Matrix   // packed on the fly when weights is nil
	transpose bool
}

// panelWidth returns the width of panel p of n columns: cols, or half of that if
// the rest fits.
func panelWidth(n, p, cols int) int {
	if n-p*cols <= cols/2 {
		return cols / 2
	}
	return cols
}

// packed says whether the panels exist already.
func (r *right) packed() bool { return r.weights != nil && !r.transpose }

// productJob computes out = (out +) bias + A B. A piece is a group of panels
// and a range of rows.
type productJob struct {
	*matKernels
	scratch *matScratch
	whole   Matrix // all rows of the output
	out     Matrix // those done now
	inner   int
	first   *float32 // A as it is, if it has one row
	right   right
	bias    []float32
	add     bool

	grid grid
}

// A part is one of several products that have their left side in common.
type part struct {
	out   Matrix
	right right
	bias  []float32
	add   bool
}

// several does several products as one job: a thread that is done with its part
// of one goes on to the next, and all wait for each other once.
type several[T any, P interface {
	*T
	job
}] struct {
	list  []T
	first []int // the piece at which each begins
}

func (j *several[T, P]) do(i, worker int) {
	at := len(j.list) - 1
	for j.first[at] > i {
		at--
	}
	P(&j.list[at]).do(i-j.first[at], worker)
}

// multiply computes out = (out +) bias + op(a) B for each of the list, whose right
// sides are all packed or all not.
func (e *Engine) multiply(a Matrix, ta bool, list ...part) {
	k := &e.k.mat
	s := &e.mat
	m, inner := a.Rows, a.Cols
	if ta {
		m, inner = inner, m
	}
	if m == 0 {
		return
	}
	j, all := &s.products, 0
	j.list, j.first = j.list[:0], j.first[:0]
	for _, p := range list {
		if p.out.Cols == 0 {
			continue
		}
		j.list = append(j.list, productJob{matKernels: k, scratch: s, whole: p.out, inner: inner, right: p.right, bias: p.bias, add: p.add})
		all += (p.out.Cols + k.cols - 1) / k.cols
	}
	if len(j.list) == 0 {
		return
	}
	block := j.list[0].rowsAtATime(m)
	for m0 := 0; m0 < m; m0 += block {
		rows := min(block, m-m0)
		first := (*float32)(nil)
		if m == 1 && (!ta || a.Stride == 1) {
			first = &a.Data[0]
		} else {
			e.packLeft(a.part(m0, rows, ta), ta)
		}
		pieces := 0
		j.first = j.first[:0]
		for i := range j.list {
			p := &j.list[i]
			p.first, p.out = first, p.whole.Slice(m0, m0+rows)
			widest, step := groupMax, 1
			if thin := p.thin(); thin.run != nil {
				widest, step = thinMax, thin.panels
			}
			p.grid = newGrid((p.out.Cols+k.cols-1)/k.cols, all, widest, step, rows, k.rows, e.threads)
			j.first = append(j.first, pieces)
			pieces += p.grid.pieces()
		}
		e.pool.run(pieces, j)
	}
	clear(j.list)
}

// rowsAtATime returns how many of the m rows of A are packed together: as many
// as fit the third cache, in equal parts. Where B is packed on the fly, once for
// each part, more of them.
func (j *productJob) rowsAtATime(m int) int {
	most := leftMax / j.inner
	if !j.right.packed() {
		most *= 2
	}
	parts := (m-1)/max(most, 4*blockRows) + 1
	return (m/parts/blockRows + 1) * blockRows
}

// part returns the window on n rows from i, or on n columns.
func (m Matrix) part(i, n int, columns bool) Matrix {
	if !columns {
		return m.Slice(i, i+n)
	}
	return Matrix{m.Data[i : (m.Rows-1)*m.Stride+i+n], m.Rows, n, m.Stride}
}

func (j *productJob) do(i, worker int) {
	p0, p1, r0, r1 := j.grid.piece(i)
	c0, c1 := p0*j.cols, min(p1*j.cols, j.out.Cols)

	// The chain goes straight to out unless out is needed for the sum or ends
	// inside a panel.
	w := &j.scratch.workers[worker]
	c, ldc := j.out.Data[r0*j.out.Stride+c0:], j.out.Stride
	direct := !j.add && c1 == (p1-1)*j.cols+panelWidth(j.out.Cols, p1-1, j.cols)
	if !direct {
		ldc = (p1 - p0) * j.cols
		w.c = roomFor(w.c, (r1-r0)*ldc)
		c = w.c
	}
	for kb := 0; kb*blockK < j.inner; kb++ {
		b := block{kb: kb, k: min(blockK, j.inner-kb*blockK), p0: p0, p1: p1, r0: r0, r1: r1, c: c, ldc: ldc}
		if kb == 0 {
			b.fresh = 1
		}
		j.thinBlock(&b)
		j.block(&b, w)
	}
	if direct && j.bias == nil {
		return
	}
	var bias []float32
	if j.bias != nil {
		bias = j.bias[c0:]
	}
	for r := r0; r < r1; r++ {
		j.finish(j.out.Row(r)[c0:c1], c[(r-r0)*ldc:], bias, j.add)
	}
}

// A block is the part of a piece that belongs to one block of inner indices.
type block struct {
	kb, k          int // which one, how many indices
	p0, p1, r0, r1 int // panels and rows
	c              []float32
	ldc            int
	fresh          int // 1 for the first block: C is stored, not added to
}

// thin returns the microkernel for few rows, if there is one for so many.
func (j *productJob) thin() thinKernel {
	if !j.right.packed() {
		return thinKernel{}
	}
	if k := j.gemv[j.right.weights.format-F32]; j.out.Rows <= len(k) {
		return k[j.out.Rows-1]
	}
	return thinKernel{}
}

// thinBlock does as many panels as the microkernel for few rows can, and takes
// them off b. Each of its streams reads an equal part of the panels in order.
func (j *productJob) thinBlock(b *block) {
	f := j.thin()
	if f.run == nil {
		return
	}
	part := (min(b.p1, j.out.Cols/j.cols) - b.p0) / f.panels // of those with full width
	panel := b.k * j.cols * j.right.weights.format.Bytes()
	for p := range part {
		f.run(&b.c[p*j.cols], 4*b.ldc, j.left(b.kb, 0), j.right.weights.panel(b.kb, b.p0+p),
			part*panel, part*j.cols*4, b.k, b.fresh)
	}
	b.p0 += f.panels * part
	b.c = b.c[f.panels*part*j.cols:]
}

// block adds the product of one block of inner indices to C.
func (j *productJob) block(b *block, w *matWorker) {
	var panel [groupMax + 1]unsafe.Pointer
	for p := b.p0; p < b.p1; p++ {
		panel[p-b.p0] = j.panel(b.kb, p, p-b.p0, w)
	}
	format := F32
	if j.right.packed() && !j.widens() {
		format = j.right.weights.format
	}
	rows := j.matKernels.rows
	for r := b.r0; r < b.r1; r += blockRows {
		n := min(blockRows, b.r1-r)
		full, tail := n/rows, n%rows
		for p := range b.p1 - b.p0 {
			kernels, width := j.gemm[format-F32], panelWidth(j.out.Cols, b.p0+p, j.cols)
			if width < j.cols {
				kernels = j.half[format-F32]
			}
			// next is a hint and may lie behind the memory: it is no pointer.
			next, step := uintptr(panel[p+1]), width*format.Bytes()/max(full, 1)
			if p+1 == b.p1-b.p0 {
				next = uintptr(panel[0])
			}
			if n <= rows { // the panel is read once: fetch what comes next in it
				next = uintptr(panel[p]) + 8192
			}
			at := (r-b.r0)*b.ldc + p*j.cols
			if full > 0 {
				kernels[rows-1](&b.c[at], 4*b.ldc, j.left(b.kb, r/rows), panel[p], b.k, full, next, step, b.fresh)
				step = 0
			}
			if tail > 0 {
				at += full * rows * b.ldc
				kernels[tail-1](&b.c[at], 4*b.ldc, j.left(b.kb, r/rows+full), panel[p], b.k, 1, next, step, b.fresh)
			}
		}
	}
}

// finish computes y = bias + t, or y + (bias + t). A nil bias is left out.
func (k *matKernels) finish(y, t, bias []float32, add bool) {
	var sum []float32
	if add {
		sum = y
	}
	n := len(y) / 8 * 8
	if n > 0 {
		k.finishRow(&y[0], &t[0], unsafe.SliceData(bias), unsafe.SliceData(sum), n/8)
	}
	for i := n; i < len(y); i++ {
		v := t[i]
		if bias != nil {
			v = bias[i] + v
		}
		if add {
			v = y[i] + v
		}
		y[i] = v
	}
}
