package op

import (
	"encoding/binary"
	"sync"
	"unsafe"
)

// The order of packed weights. An implementation with microkernels keeps them
// in panels (see matKernels and q8Kernels), the reference row by row.

func (e *Engine) newWeights(n, k int, f Format) *Weights {
	return &Weights{n: n, k: k, format: f, owner: e.k}
}

// cols returns the width of a panel; one column is the reference's row.
func (w *Weights) cols() int {
	if w.format == Q8 {
		return max(1, w.owner.mat.q8.cols)
	}
	return max(1, w.owner.mat.cols)
}

// panels returns the number of panels.
func (w *Weights) panels() int { return (w.n + w.cols() - 1) / w.cols() }

// width returns the width of panel p. The last one may be narrower, unless it is
// of q8.
func (w *Weights) width(p int) int {
	if w.format == Q8 || w.cols() == 1 {
		return w.cols()
	}
	return panelWidth(w.n, p, w.cols())
}

// padded returns the number of outputs with the last panel filled up.
func (w *Weights) padded() int {
	if w.n == 0 {
		return 0
	}
	last := w.panels() - 1
	return last*w.cols() + w.width(last)
}

// index returns the place of element (n, k) among the packed values.
func (w *Weights) index(n, k int) int {
	cols := w.cols()
	if w.format == Q8 {
		return (n/cols*quads(w.k)+k/4)*cols*4 + n%cols*4 + k%4
	}
	kb, p := k/blockK, n/cols
	return w.panelIndex(kb, p) + k%blockK*w.width(p) + w.column(p, n%cols)
}

// column returns the place of column c in a row of panel p. bf16 columns i and
// i+lanes share a word, so that two vectors come out of one load; a panel of one
// vector is in order.
func (w *Weights) column(p, c int) int {
	lanes := w.owner.mat.lanes
	if w.format != BF16 || lanes == 0 || w.width(p) == lanes {
		return c
	}
	pair := c / (2 * lanes) * (2 * lanes)
	return pair + c%lanes*2 + c%(2*lanes)/lanes
}

// panelIndex returns the place of the first value of panel p of block kb.
func (w *Weights) panelIndex(kb, p int) int {
	return kb*blockK*w.padded() + p*w.cols()*min(blockK, w.k-kb*blockK)
}

// panel returns the address of panel p of block kb.
func (w *Weights) panel(kb, p int) unsafe.Pointer {
	i := w.panelIndex(kb, p)
	if w.format == F32 {
		return unsafe.Pointer(&w.f32[i])
	}
	return unsafe.Pointer(&w.half[i])
}

// makeQ8 takes the memory of q8 weights. Elements beyond the last row and
// column are digits 0, and so are their scales.
func (e *Engine) makeQ8(w *Weights) {
	w.int8 = slabOf[int8](e, w.padded()*4*quads(w.k))
	for i := range w.int8 {
		w.int8[i] = int8(w.owner.mat.q8.offset)
	}
	w.scale = alignedFloats(w.padded())[:w.n]
}

// digit returns digit (n, k) of q8 weights.
func (w *Weights) digit(n, k int) int8 {
	return int8(uint8(w.int8[w.index(n, k)]) - w.owner.mat.q8.offset)
}

// digits writes the digits of row n to dst, setDigits the other way.
func (w *Weights) digits(n int, dst []int8) {
	at, offset := w.index(n, 0), w.owner.mat.q8.offset
	for k := 0; k < len(dst); k += 4 {
		for i, d := range w.int8[at : at+min(4, len(dst)-k)] {
			dst[k+i] = int8(uint8(d) - offset)
		}
		at += 4 * w.cols()
	}
}

func (w *Weights) setDigits(n int, src []int8) {
	at, offset := w.index(n, 0), w.owner.mat.q8.offset
	for k := 0; k < len(src); k += 4 {
		dst := w.int8[at:]
		for i, d := range src[k:min(k+4, len(src))] {
			dst[i] = int8(uint8(d) + offset)
		}
		at += 4 * w.cols()
	}
}

// packSource is what weights are packed from.
type packSource struct {
	f32  Matrix
	half []byte
	int8 []int8
}

// packJob packs weights. A piece is one panel.
type packJob struct {
	w   *Weights
	src packSource
}

// pack fills w from src.
func (e *Engine) pack(w *Weights, src packSource) {
	w.setAhead()
	if w.n == 0 || w.k == 0 {
		return
	}
	j := &packJob{w, src}
	if w.n*w.k <= grain { // an adapter's: not worth another thread, or waiting for the engine
		for i := range w.panels() {
			j.do(i, 0)
		}
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.pool.run(w.panels(), j)
}

func (j *packJob) do(p, _ int) {
	w, m, cols := j.w, &j.w.owner.mat, j.w.cols()
	n0, n1 := p*cols, min((p+1)*cols, w.n)
	if w.format == Q8 {
		row := make([]int8, w.k)
		for n := n0; n < n1; n++ {
			j.digits(row, n)
			w.setDigits(n, row)
		}
		return
	}
	for k0 := 0; k0 < w.k; k0 += blockK {
		k1 := min(k0+blockK, w.k)
		if w.format == F32 && m.transpose8 != nil {
			m.transpose(w.f32[w.panelIndex(k0/blockK, p):], w.width(p), j.src.f32, n0, n1-n0, k0, k1-k0)
			continue
		}
		done := k0
		if w.format != F32 && m.transpose8 != nil {
			if done += j.eights(p, n0, n1, k0, k1); done == k0 {
				done += j.halves(p, n0, n1, k0, k1)
			}
		}
		for n := n0; n < n1 && done < k1; n++ {
			j.row(n, done, k1)
		}
	}
}

// eights is halves for rows that come in eights, where there are kernels that
// transpose half floats; 0 if not. Columns that fill up the panel are zeros already.
func (j *packJob) eights(p, n0, n1, k0, k1 int) int {
	w, m, width := j.w, &j.w.owner.mat, j.w.width(p)
	n, paired := (k1-k0)/8, j.w.column(p, 1) != 1
	if m.transposeHalves == nil || n == 0 || (n1-n0)%8 != 0 || paired && n1-n0 < width {
		return 0
	}
	panel := w.half[w.panelIndex(k0/blockK, p):]
	for r := n0; r < n1; r += 8 {
		if paired && (r-n0)%(2*m.lanes) >= m.lanes {
			continue // they went with those a vector above them
		}
		from := unsafe.Pointer(&j.src.half[2*(r*w.k+k0)])
		if paired {
			m.pairHalves(unsafe.Pointer(&panel[w.column(p, r-n0)]), 2*width, from, 2*w.k, 2*w.k*m.lanes, n)
		} else {
			m.transposeHalves(unsafe.Pointer(&panel[r-n0]), 2*width, from, 2*w.k, n)
		}
	}
	return 8 * n
}

// halves packs most of elements k0 to k1-1 of rows n0 to n1-1 of half floats and
// returns how many of each row: two neighbours make a word, words are transposed
// like float32, and the words of a column pair are taken apart again.
func (j *packJob) halves(p, n0, n1, k0, k1 int) int {
	w, m, width := j.w, &j.w.owner.mat, j.w.width(p)
	s := wordsPool.Get().(*[packWords * packCols]uint32)
	defer wordsPool.Put(s)
	if n1-n0 < width {
		clear(s[:]) // columns that fill up the panel
	}
	words := (k1 - k0) / 2
	for done := 0; done < words; {
		n := min(packWords, words-done)
		if n >= 8 {
			for r := n0; r < n1; r += 8 {
				m.transpose8(unsafe.Pointer(&s[r-n0]), 4*width, unsafe.Pointer(&j.src.half[2*(r*w.k+k0+2*done)]), 2*w.k, min(8, n1-r), n)
			}
		} else {
			for r := n0; r < n1; r++ {
				src := j.src.half[2*(r*w.k+k0+2*done):]
				for i := range n {
					s[i*width+r-n0] = binary.LittleEndian.Uint32(src[4*i:])
				}
			}
		}
		at := w.panelIndex(k0/blockK, p) + 2*done*width
		to := unsafe.Slice((*uint64)(unsafe.Pointer(&w.half[at])), n*width/2)
		from := unsafe.Slice((*uint64)(unsafe.Pointer(&s[0])), n*width/2)
		if w.column(p, 1) == 1 {
			splitWords(to, from, width/2)
		} else {
			splitPairs(to, from, width/2, m.lanes/2)
		}
		done += n
	}
	return 2 * words
}

const packWords, packCols = 64, 32 // words of a row at a time, columns of a panel at most

var wordsPool = sync.Pool{New: func() any { return new([packWords * packCols]uint32) }}

// splitWords writes each row of from, a number of 64-bit values, as two rows of
// half as many: the lower halves of its words, then the upper ones.
func splitWords(to, from []uint64, row int) {
	for i := 0; i < len(from); i += row {
		low, high := to[i:i+row/2], to[i+row/2:i+row]
		for c := range low {
			a, b := from[i+2*c], from[i+2*c+1]
			low[c] = a&0xffff | a>>16&0xffff0000 | b&0xffff<<32 | b>>32<<48
			high[c] = a>>16&0xffff | a>>48<<16 | b>>16&0xffff<<32 | b>>48<<48
		}
	}
}

// splitPairs is splitWords for columns that are packed as pairs (i, i+lanes);
// apart is that distance in 64-bit values.
func splitPairs(to, from []uint64, row, apart int) {
	const lower = 0x0000ffff0000ffff
	for i := 0; i < len(from); i += row {
		low, high := to[i:i+row/2], to[i+row/2:i+row]
		for c := 0; c < len(low); c += apart {
			left, right := from[i+2*c:][:apart], from[i+2*c+apart:][:apart]
			for k, a := range left {
				b := right[k]
				low[c+k] = a&lower | b&lower<<16
				high[c+k] = a>>16&lower | b&^lower
			}
		}
	}
}

// row packs elements k0 to k1-1, which lie in one block, of row n.
func (j *packJob) row(n, k0, k1 int) {
	w := j.w
	at, step := w.index(n, k0), w.width(n/w.cols())
	if w.format == F32 {
		for k, x := range j.src.f32.Row(n)[k0:k1] {
			w.f32[at+k*step] = x
		}
		return
	}
	src := j.src.half[2*(n*w.k+k0) : 2*(n*w.k+k1)]
	for k := 0; k < len(src); k += 2 {
		w.half[at+k/2*step] = uint16(src[k]) | uint16(src[k+1])<<8
	}
}

// digits writes row n of q8 weights to dst, and its scale if it has to find it.
func (j *packJob) digits(dst []int8, n int) {
	if j.src.int8 != nil {
		copy(dst, j.src.int8[n*j.w.k:])
		return
	}
	x := j.src.f32.Row(n)
	if m := &j.w.owner.mat; m.q8.digits8 != nil {
		j.w.scale[n], _ = m.cut(dst, nil, x, new(matWorker))
		return
	}
	j.w.scale[n] = sliceScale(x)
	for k, v := range x {
		dst[k], _ = slices2(v, j.w.scale[n])
	}
}
