package tape

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

// The primitives of attention work on one query head and keep probabilities as
// a matrix (T,L): row t is a query, column j the key at position j of the same
// document, L the longest document. Where a query sees no key stands +0.

func initAttentionParts() {
	rules[Scores] = rule{
		// A score of -Inf is a probability of almost nothing; of +Inf or NaN, a
		// row of NaN. The gradient of any is NaN.
		name: "Scores", in: "mmi", out: "m", unchecked: true, run: runScores, tile: tileScores,
		shape: func(a *Attrs, in []shape) []shape {
			ok := isAttention(a, in[0], in[1], in[1]) && isHead(a) && isColumn(in[2], in[0])
			return fit(ok, f32(in[0].rows, Dim(a.To)))
		},
	}
	rules[Probs] = rule{
		name: "Probs", in: "mi", out: "m",
		shape: func(a *Attrs, in []shape) []shape {
			return fit(isWide(a, in[0]) && isColumn(in[1], in[0]) && a.Window >= 0, in[0])
		},
		run: func(f *frame, a *App) error {
			s, y := f.m(a.In[0]), f.m(a.Out[0])
			for t, p := range f.ints(a.In[1]) {
				if p < 0 || int(p) >= s.Cols {
					return errLonger(t, p, s.Cols)
				}
				softmaxMasked(y.Row(t), s.Row(t), a.Attrs.firstKey(int(p)), int(p))
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			wide := rect{r.row, r.rows, 0, t.cols(0)}
			return cut(t.apply(t.attrs, wide, t.floats(0, wide), t.column(1, r)), wide, r)
		},
	}
	rules[Mix] = rule{
		name: "Mix", in: "mmi", out: "m", run: runMix, tile: tileMix,
		shape: func(a *Attrs, in []shape) []shape {
			q := f32(in[0].rows, Dim(a.Heads*a.HeadDim))
			ok := isAttention(a, q, in[1], in[1]) && isHead(a) && isWide(a, in[0]) && isColumn(in[2], in[0])
			return fit(ok, f32(in[0].rows, Dim(a.HeadDim)))
		},
	}
	rules[MixT] = rule{
		name: "MixT", in: "mmi", out: "m", run: runMixT, tile: tileMixT,
		shape: func(a *Attrs, in []shape) []shape {
			k := f32(in[0].rows, Dim(a.KVHeads*a.HeadDim))
			ok := isAttention(a, in[1], k, k) && isHead(a) && isWide(a, in[0]) && isColumn(in[2], in[0])
			return fit(ok && in[1].rows == in[0].rows, f32(in[0].rows, Dim(a.HeadDim)))
		},
	}
	rules[ProbDot] = rule{
		name: "ProbDot", in: "mmi", out: "m",
		shape: func(a *Attrs, in []shape) []shape {
			return fit(in[0] == in[1] && isWide(a, in[0]) && isColumn(in[2], in[0]), f32(in[0].rows, 1))
		},
		run: func(f *frame, a *App) error {
			p, dp := f.m(a.In[0]), f.m(a.In[1])
			for t, n := range f.ints(a.In[2]) {
				if n < 0 || int(n) >= p.Cols {
					return errLonger(t, n, p.Cols)
				}
				f.row(a.Out[0])[t] = op.LanesDot(p.Row(t)[:n+1], dp.Row(t)[:n+1])
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			wide := rect{r.row, r.rows, 0, t.cols(0)}
			return t.apply(t.attrs, r, t.floats(0, wide), t.floats(1, wide), t.column(2, r))
		},
	}
	rules[ProbGrad] = rule{
		name: "ProbGrad", in: "mmm", out: "m",
		shape: func(_ *Attrs, in []shape) []shape {
			return fit(in[0] == in[1] && in[0].cols > 0 && in[2] == f32(in[0].rows, 1), in[0])
		},
		run: func(f *frame, a *App) error {
			p, dp, y, dot := f.m(a.In[0]), f.m(a.In[1]), f.m(a.Out[0]), f.row(a.In[2])
			for t := range y.Rows {
				for j, v := range p.Row(t) {
					y.Row(t)[j] = float32(v*(dp.Row(t)[j]-dot[t])) * a.Attrs.Scale
				}
			}
			return nil
		},
		tile: func(t *tiler, _ int, r rect) op.Matrix {
			return t.apply(t.attrs, r, t.floats(0, r), t.floats(1, r), t.floats(2, rect{r.row, r.rows, 0, 1}))
		},
	}
	rules[Join] = rule{
		name: "Join", in: "m*", out: "m", run: runJoin, tile: tileJoin,
		shape: func(a *Attrs, in []shape) []shape {
			n := int(a.Heads)
			if n <= 0 || len(in) == 0 || len(in)%n != 0 || in[0].cols <= 0 || int(in[0].cols) > maxDim/n || shapeSame(a, in) == nil {
				return nil
			}
			return []shape{f32(in[0].rows, Dim(n)*in[0].cols)}
		},
	}
}

func isHead(a *Attrs) bool { return a.Head >= 0 && a.Head < a.Heads && a.To > 0 }

func isWide(a *Attrs, p shape) bool { return a.To > 0 && p.cols == Dim(a.To) }

func errLonger(row int, pos int32, n int) error {
	return fmt.Errorf("position %d of row %d in documents of at most %d", pos, row, n)
}

// eachDoc calls do with the first row and the length of each document.
func (f *frame) eachDoc(pos Ref, longest int, do func(first, n int)) error {
	docs, err := f.documents(f.ints(pos))
	if err != nil {
		return err
	}
	first := 0
	for _, n := range docs {
		if n > longest {
			return errLonger(first+n-1, int32(n-1), longest)
		}
		do(first, n)
		first += n
	}
	return nil
}

func runScores(f *frame, a *App) error {
	s := f.m(a.Out[0])
	q, k := head(f.m(a.In[0]), a.Attrs.queryCols), head(f.m(a.In[1]), a.Attrs.keyCols)
	clear(s.Data)
	return f.eachDoc(a.In[2], s.Cols, func(first, n int) {
		block := columns(s.Slice(first, first+n), 0, n)
		f.e.Gemm(block, q.Slice(first, first+n), k.Slice(first, first+n), false, true, false)
		for t := range n {
			row, lo := block.Row(t), a.Attrs.firstKey(t)
			clear(row[:lo])
			clear(row[t+1:])
			for j := lo; j <= t; j++ {
				row[j] *= a.Attrs.Scale
			}
		}
	})
}

func runMix(f *frame, a *App) error {
	p, b, y := f.m(a.In[0]), head(f.m(a.In[1]), a.Attrs.keyCols), f.m(a.Out[0])
	return f.eachDoc(a.In[2], p.Cols, func(first, n int) {
		rows := columns(p.Slice(first, first+n), 0, n)
		f.e.Gemm(y.Slice(first, first+n), rows, b.Slice(first, first+n), false, false, false)
	})
}

func runMixT(f *frame, a *App) error {
	p, b, y := f.m(a.In[0]), head(f.m(a.In[1]), a.Attrs.queryCols), f.m(a.Out[0])
	return f.eachDoc(a.In[2], p.Cols, func(first, n int) {
		rows := columns(p.Slice(first, first+n), 0, n)
		f.e.Gemm(y.Slice(first, first+n), rows, b.Slice(first, first+n), true, false, false)
	})
}

// head returns the columns of one head.
func head(m op.Matrix, cols func() (from, to int)) op.Matrix {
	from, to := cols()
	return columns(m, from, to)
}

func runJoin(f *frame, a *App) error {
	y, n := f.m(a.Out[0]), int(a.Attrs.Heads)
	d, each := y.Cols/n, len(a.In)/n
	for h := range n {
		for t := range y.Rows {
			part := y.Row(t)[h*d:][:d]
			copy(part, f.m(a.In[h*each]).Row(t))
			for _, more := range a.In[h*each+1:][:each-1] {
				addTo(part, f.m(more).Row(t))
			}
		}
	}
	return nil
}

func tileJoin(t *tiler, _ int, r rect) op.Matrix {
	n := int(t.attrs.Heads)
	d, each := t.cols(0), len(t.in)/n
	y := op.NewMatrix(r.rows, r.cols)
	for c := 0; c < r.cols; { // one head's columns after the other
		h, from := (r.col+c)/d, (r.col+c)%d
		width := min(d-from, r.cols-c)
		for i := range each {
			part := t.floats(h*each+i, rect{r.row, r.rows, from, width}).m
			for row := range r.rows {
				if to := y.Row(row)[c:][:width]; i == 0 {
					copy(to, part.Row(row))
				} else {
					addTo(to, part.Row(row))
				}
			}
		}
		c += width
	}
	return y
}

func tileScores(t *tiler, _ int, r rect) op.Matrix {
	y := op.NewMatrix(r.rows, r.cols)
	qFrom, qTo := t.attrs.queryCols()
	kFrom, kTo := t.attrs.keyCols()
	q := t.floats(0, rect{r.row, r.rows, qFrom, qTo - qFrom}).m
	for i, p := range t.positions(2, r.row, r.rows) {
		start, lo, hi := r.row+i-p, max(r.col, t.attrs.firstKey(p)), min(r.col+r.cols, p+1)
		if lo >= hi {
			continue
		}
		k := t.floats(1, rect{start + lo, hi - lo, kFrom, kTo - kFrom}).m
		for j := lo; j < hi; j++ {
			y.Row(i)[j-r.col] = op.Chain(q.Row(i), k.Row(j-lo)) * t.attrs.Scale
		}
	}
	return y
}

func tileMix(t *tiler, _ int, r rect) op.Matrix {
	y := op.NewMatrix(r.rows, r.cols)
	from, _ := t.attrs.keyCols()
	p := t.floats(0, rect{r.row, r.rows, 0, t.cols(0)}).m
	var b op.Matrix // the columns of r, transposed, from the start of the document on
	start := -1
	for i, n := range t.positions(2, r.row, r.rows) {
		if first := r.row + i - n; first != start {
			start = first
			b = transpose(t.floats(1, rect{start, r.row + r.rows - start, from + r.col, r.cols}).m)
		}
		for c := range r.cols {
			y.Row(i)[c] = op.Chain(p.Row(i)[:n+1], b.Row(c)[:n+1])
		}
	}
	return y
}

func tileMixT(t *tiler, _ int, r rect) op.Matrix {
	y := op.NewMatrix(r.rows, r.cols)
	from, _ := t.attrs.queryCols()
	ahead := min(r.rows+t.cols(0), t.rows(0)-r.row)
	pos := t.positions(2, r.row, ahead)
	for i := 0; i < r.rows; { // one document after the other
		end := i + 1 // of the document, in rows after r.row
		for end < ahead && pos[end] > 0 {
			end++
		}
		keys, start := min(end, r.rows)-i, r.row+i-pos[i]
		n := r.row + end - start
		p := transpose(t.floats(0, rect{start, n, pos[i], keys}).m)
		b := transpose(t.floats(1, rect{start, n, from + r.col, r.cols}).m)
		for k := range keys {
			for c := range r.cols {
				y.Row(i + k)[c] = op.Chain(p.Row(k), b.Row(c))
			}
		}
		i += keys
	}
	return y
}

func transpose(m op.Matrix) op.Matrix {
	t := op.NewMatrix(m.Cols, m.Rows)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			t.Row(j)[i] = v
		}
	}
	return t
}
