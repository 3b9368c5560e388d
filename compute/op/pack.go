package op

import "unsafe"

// leftJob packs A into strips. A piece is stripGroup strips, so that of a
// transposed A a row's piece is several whole cache lines.
type leftJob struct {
	*matKernels
	dst    []float32
	a      Matrix
	ta     bool
	m, k   int
	strips int
}

const stripGroup = 8

// packLeft packs op(a) into e.mat.a.
func (e *Engine) packLeft(a Matrix, ta bool) {
	j := &e.mat.left
	*j = leftJob{matKernels: &e.k.mat, a: a, ta: ta, m: a.Rows, k: a.Cols}
	if ta {
		j.m, j.k = j.k, j.m
	}
	j.strips = (j.m + j.rows - 1) / j.rows
	e.mat.a = roomFor(e.mat.a, j.strips*strip*j.k)
	j.dst = e.mat.a
	e.pool.run((j.strips+stripGroup-1)/stripGroup, j)
	*j = leftJob{}
}

// stripAt returns the index of strip s of block kb among packed values.
func stripAt(kb, s, strips, inner int) int {
	k := min(blockK, inner-kb*blockK)
	return strip * (kb*blockK*strips + s*k)
}

// left returns the address of a packed strip.
func (j *productJob) left(kb, s int) *float32 {
	if j.first != nil {
		return (*float32)(unsafe.Add(unsafe.Pointer(j.first), 4*kb*blockK))
	}
	strips := (j.out.Rows + j.rows - 1) / j.rows
	return &j.scratch.a[stripAt(kb, s, strips, j.inner)]
}

func (j *leftJob) do(i, _ int) {
	first := i * stripGroup
	last := min(first+stripGroup, j.strips)
	for kb := 0; kb*blockK < j.k; kb++ {
		i0, n := kb*blockK, min(blockK, j.k-kb*blockK)
		s := first
		if j.ta {
			s += j.copyStrips(first, last, i0, n)
		}
		for ; s < last; s++ {
			j.packStrip(j.dst[stripAt(kb, s, j.strips, j.k):][:strip*n], s, i0, n)
		}
	}
}

// copyStrips packs inner indices i0 to i0+n-1 of strips first to last-1 of a
// transposed A, whose rows hold what a strip needs side by side. It leaves out,
// and does not count, those for which it would read beyond the end of a row.
func (j *leftJob) copyStrips(first, last, i0, n int) int {
	count := min(last-first, (j.m-first*j.rows-strip)/j.rows+1)
	if j.m-first*j.rows < strip {
		return 0
	}
	dst := j.dst[stripAt(i0/blockK, first, j.strips, j.k):]
	src := j.a.Data[i0*j.a.Stride+first*j.rows:]
	j.copyRows(unsafe.Pointer(&dst[0]), 4*strip, 4*strip*n, unsafe.Pointer(&src[0]), 4*j.a.Stride, 4*j.rows, n, count)
	return count
}

// packStrip packs inner indices i0 to i0+n-1 of strip s.
func (j *leftJob) packStrip(dst []float32, s, i0, n int) {
	r0 := s * j.rows
	rows := min(j.rows, j.m-r0)
	switch {
	case rows == 1 && j.ta:
		for i := range n {
			dst[i] = j.a.Data[(i0+i)*j.a.Stride+r0]
		}
	case rows == 1:
		copy(dst, j.a.Row(r0)[i0:i0+n])
	case j.ta:
		j.copyColumns(dst, strip, j.a, i0, n, r0, rows)
	default:
		j.transpose(dst, strip, j.a, r0, rows, i0, n)
	}
}

// transpose writes dst[i*ld + r] = m[r0+r, c0+i] for r < rows and i < n. It may
// also write dst[i*ld + r] for r up to the next multiple of 8.
func (k *matKernels) transpose(dst []float32, ld int, m Matrix, r0, rows, c0, n int) {
	for r := 0; r < rows; r += 8 {
		part := min(8, rows-r)
		src := m.Data[(r0+r)*m.Stride+c0:]
		if n >= 8 {
			k.transpose8(unsafe.Pointer(&dst[r]), 4*ld, unsafe.Pointer(&src[0]), 4*m.Stride, part, n)
			continue
		}
		for i := range n {
			for q := range part {
				dst[i*ld+r+q] = src[q*m.Stride+i]
			}
		}
	}
}

// copyColumns writes dst[i*ld + c] = m[r0+i, c0+c] for i < n and c < cols. It
// may also write c up to the next multiple of 8.
func (k *matKernels) copyColumns(dst []float32, ld int, m Matrix, r0, n, c0, cols int) {
	wide := (cols + 7) / 8
	if c0+8*wide > m.Cols {
		wide = (m.Cols - c0) / 8
	}
	src := m.Data[r0*m.Stride+c0:]
	if wide > 0 {
		k.copyRows(unsafe.Pointer(&dst[0]), 4*ld, 32, unsafe.Pointer(&src[0]), 4*m.Stride, 32, n, wide)
	}
	for i := range n {
		for c := 8 * wide; c < cols; c++ {
			dst[i*ld+c] = src[i*m.Stride+c]
		}
	}
}

// widens says whether panels are widened to memory first. That pays for f16, whose
// conversion is slow, if many rows share a panel; else registers do it on the way.
func (j *productJob) widens() bool {
	return j.right.packed() && j.right.weights.format == F16 && j.out.Rows >= 64
}

// panel returns panel p of block kb as float32 or packed half floats; what has
// to be made goes to place g of w.
func (j *productJob) panel(kb, p, g int, w *matWorker) unsafe.Pointer {
	wt := j.right.weights
	if j.right.packed() && !j.widens() {
		return wt.panel(kb, p)
	}
	if g == 0 {
		w.b = roomFor(w.b, groupMax*blockK*j.cols)
	}
	i0, n := kb*blockK, min(blockK, j.inner-kb*blockK)
	dst := w.b[g*n*j.cols:]
	c0, cols, width := p*j.cols, min(j.cols, j.out.Cols-p*j.cols), panelWidth(j.out.Cols, p, j.cols)
	switch {
	case j.right.packed():
		j.widen(&dst[0], wt.panel(kb, p), wt.format, n, width)
	case wt != nil:
		j.panelOfWeights(dst, width, i0, n, c0, cols, w)
	case j.right.transpose:
		j.transpose(dst, width, j.right.matrix, c0, cols, i0, n)
	default:
		j.copyColumns(dst, width, j.right.matrix, i0, n, c0, cols)
	}
	return unsafe.Pointer(&dst[0])
}

// widen writes rows of a panel of half floats as float32.
func (k *matKernels) widen(dst *float32, src unsafe.Pointer, f Format, rows, width int) {
	switch {
	case f == F16:
		k.widenF16(dst, (*uint16)(src), rows*width/8)
	case width >= 2*k.lanes:
		k.widenBF16(dst, (*uint16)(src), rows*width/(2*k.lanes))
	default: // one vector, in order
		out := unsafe.Slice(dst, rows*width)
		for i, h := range unsafe.Slice((*uint16)(src), rows*width) {
			out[i] = widenBF16(h)
		}
	}
}

// panelOfWeights packs rows i0 to i0+n-1 and columns c0 to c0+cols-1 of weights
// (N,K) for a product whose inner index is N: panels of the weights hold the
// same values with the two indices exchanged, tile by tile.
func (j *productJob) panelOfWeights(dst []float32, width, i0, n, c0, cols int, w *matWorker) {
	wt := j.right.weights
	kb, k := c0/blockK, c0%blockK
	for i := 0; i < n; i += j.cols {
		p := (i0 + i) / j.cols
		inner := panelWidth(wt.n, p, j.cols)
		tile := unsafe.Add(wt.panel(kb, p), k*inner*wt.format.Bytes())
		if wt.format != F32 {
			w.tile = roomFor(w.tile, j.cols*j.cols)
			j.widen(&w.tile[0], tile, wt.format, cols, inner)
			tile = unsafe.Pointer(&w.tile[0])
		}
		for c := 0; c < cols; c += 8 {
			j.transpose8(unsafe.Pointer(&dst[i*width+c]), 4*width,
				unsafe.Add(tile, 4*c*inner), 4*inner, min(8, cols-c), inner)
		}
	}
}
