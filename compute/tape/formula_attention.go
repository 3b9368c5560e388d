package tape

import "math"

// sees is 1 if the query at position p sees the key at position k, both lines.
func (w *working) sees(p, k reg) reg {
	after := w.less(p, k)
	see := w.minus(w.int(1), after)
	if n := int(w.attrs.Window); n > 0 { // p-n < k
		see = w.pick(after, w.int(0), w.less(w.minus(p, w.int(n)), k))
	}
	return see
}

// scores is a (T,H·d), b (T,G·d), pos.
func (w *working) scores(int) reg {
	q, _ := w.attrs.queryCols()
	k, _ := w.attrs.keyCols()
	p := w.beside(2)
	see := w.sees(p, w.col())
	key := w.pick(see, w.plus(w.minus(w.row(), p), w.col()), w.int(-1))
	s := w.chain(w.f32(0), int(w.attrs.HeadDim), func(i int) (a, b reg) {
		return w.load(0, w.row(), w.int(q+i)), w.load(1, key, w.int(k+i))
	})
	return w.pick(see, w.mul(s, w.f32(w.attrs.Scale)), w.f32(0))
}

// probs is scores (T,L), pos.
func (w *working) probs(int) reg {
	p, n := w.beside(1), w.in[0].Cols
	see, score := make([]reg, n), make([]reg, n)
	m := w.f32(float32(math.Inf(-1)))
	for k := range n {
		see[k] = w.sees(p, w.int(k))
		score[k] = w.load(0, w.row(), w.pick(see[k], w.int(k), w.int(-1)))
		m = w.pick(see[k], w.max(m, score[k]), m)
	}
	s := w.lanes(n, func(k int, lane reg) reg {
		return w.pick(see[k], w.add(lane, w.exp(w.sub(score[k], m))), lane)
	})
	y := w.mul(w.exp(w.sub(w.here(0), m)), w.div(w.f32(1), s))
	return w.pick(w.sees(p, w.col()), y, w.f32(0))
}

// mix is p (T,L), b (T,G·d), pos.
func (w *working) mix(int) reg {
	from, _ := w.attrs.keyCols()
	n := w.beside(2)
	start := w.minus(w.row(), n)
	col := w.plus(w.col(), w.int(from))
	return w.chain(w.f32(0), w.in[0].Cols, func(k int) (a, b reg) {
		at, none := w.int(k), w.int(-1)
		past := w.less(n, at)
		return w.load(0, w.row(), w.pick(past, none, at)), w.load(1, w.pick(past, none, w.plus(start, at)), col)
	})
}

// mixT is p (T,L), a (T,H·d), pos: a row is a key, the chain is over the
// queries of its document.
func (w *working) mixT(int) reg {
	from, _ := w.attrs.queryCols()
	n := w.beside(2)
	start := w.minus(w.row(), n)
	col := w.plus(w.col(), w.int(from))
	return w.chain(w.f32(0), w.in[0].Cols, func(k int) (a, b reg) {
		at := w.plus(start, w.int(k))
		at = w.pick(w.same(w.load(2, at, w.int(0)), w.int(k)), at, w.int(-1))
		return w.load(0, at, n), w.load(1, at, col)
	})
}

// probDot is p, dp (T,L), pos.
func (w *working) probDot(int) reg {
	n := w.beside(2)
	return w.lanes(w.in[0].Cols, func(k int, lane reg) reg {
		at := w.int(k)
		at = w.pick(w.less(n, at), w.int(-1), at)
		return w.fma(w.load(0, w.row(), at), w.load(1, w.row(), at), lane)
	})
}

// probGrad is p, dp (T,L), dot (T,1).
func (w *working) probGrad(int) reg {
	return w.mul(w.mul(w.here(0), w.sub(w.here(1), w.beside(2))), w.f32(w.attrs.Scale))
}

// join is n·Heads matrices (T,d), n neighbours added in order.
func (w *working) join(int) reg {
	heads, d := int(w.attrs.Heads), w.in[0].Cols
	each := len(w.in) / heads
	head, col := w.quot(w.col(), d), w.rest(w.col(), d)
	y := w.f32(0)
	for h := range heads {
		sum := w.load(h*each, w.row(), col)
		for i := 1; i < each; i++ {
			sum = w.add(sum, w.load(h*each+i, w.row(), col))
		}
		y = w.pick(w.same(head, w.int(h)), sum, y)
	}
	return y
}
