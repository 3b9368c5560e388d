package op

// backMemory is what a tiler needs to go back.
type backMemory struct {
	ds     []float32 // as s
	q, do  []float32 // rows of the block, padded to valueStride
	sk, sv []float32 // (n, valueStride): segments of dk and dv
}

// blockTokens is the number of queries in a block of a backward: a part of a
// segment, so that no block straddles two.
func blockTokens(keys int) int {
	n := 64
	for n > 8 && n*keys > blockFloats {
		n /= 2
	}
	return n
}

// backward computes the gradients of one query head over a document: attendBack
// in tiles. keys are pages of k and v, values pages of v and k. dk and dv have
// rows of valueStride.
func (t *tiler) backward(dq Matrix, dk, dv []float32, do, q Matrix, keys, values []KVPage, head int) {
	n, a, width := q.Rows, t.a, t.a.valueStride()
	m := &t.back
	m.sk, m.sv = grown(m.sk, n*width), grown(m.sv, n*width)
	clear(dk[:n*width])
	clear(dv[:n*width])
	tokens := blockTokens(min(n, a.window()+Segment))
	done := 0 // keys whose segments are in use
	for from := 0; from < n; from += tokens {
		b := attnBlock{q: q, from: from, to: min(n, from+tokens), head: head, group: 1, kv: head / a.group()}
		if from%Segment == 0 {
			m.endSegment(dk, dv, done*width)
			done = min(n, from+Segment)
			clear(m.sk[:done*width])
			clear(m.sv[:done*width])
		}
		t.scoreGrads(&b, do, keys, values)
		t.inputGrads(&b, dq, do, values)
	}
	m.endSegment(dk, dv, done*width)
}

// endSegment adds the segments of the first n elements.
func (m *backMemory) endSegment(dk, dv []float32, n int) {
	addRef(dk[:n], dk[:n], m.sk[:n])
	addRef(dv[:n], dv[:n], m.sv[:n])
}

// scoreGrads computes the probabilities of a block and, in ds, the gradients of
// its scores; what a query does not see has +0 or -0 there.
func (t *tiler) scoreGrads(b *attnBlock, do Matrix, keys, values []KVPage) {
	a, rows, stride := t.a, b.rows(), b.stride(t.a)
	t.s = grown(t.s, rows*stride)
	t.back.ds = grown(t.back.ds, rows*stride)
	t.pack(b, do)
	t.scores(b, t.back.ds, values, 1)
	t.pack(b, b.q)
	t.scores(b, t.s, keys, a.Scale)
	base := b.base(a)
	for r := range rows {
		t.softmax(b, r, base, b.end())
		at := b.position(r)
		first, last := (a.firstSeen(at)-base)&^(lanes-1), (at+lanes-base)&^(lanes-1)
		p, ds := t.s[r*stride:], t.back.ds[r*stride:]
		// What a query does not see may have overflowed; it must not show.
		clear(ds[first : a.firstSeen(at)-base])
		clear(ds[at+1-base : min(last, stride)])
		t.grad(&p[first], &ds[first], (last-first)/lanes, a.Scale)
		clear(ds[:first])
		if last < b.end()-base {
			clear(ds[last : b.end()-base])
		}
	}
}

// inputGrads computes dq of a block and continues the segments of dk and dv.
func (t *tiler) inputGrads(b *attnBlock, dq, do Matrix, values []KVPage) {
	a, m, rows, stride, base, width := t.a, &t.back, b.rows(), b.stride(t.a), b.base(t.a), t.a.valueStride()
	t.o = grown(t.o, rows*width)
	for first := 0; first < rows; first += t.rows {
		n := min(t.rows, rows-first)
		t.attend(b, m.ds, values, first, n, a.firstSeen(b.position(first)), b.position(first+n-1)+1)
	}
	m.q, m.do = grown(m.q, rows*width), grown(m.do, rows*width)
	for r := range rows {
		copy(b.vector(dq, r, a.HeadDim), t.o[r*width:])
		copy(m.q[r*width:], b.vector(b.q, r, a.HeadDim))
		copy(m.do[r*width:], b.vector(do, r, a.HeadDim))
	}
	for j := base; j < b.end(); j += t.rows {
		n := min(t.rows, b.end()-j)
		first := max(0, j-b.position(0)) // queries before it do not see key j
		t.outerTile(m.sk[j*width:], m.ds[first*stride+j-base:], m.q[first*width:], n, stride, rows-first)
		t.outerTile(m.sv[j*width:], t.s[first*stride+j-base:], m.do[first*width:], n, stride, rows-first)
	}
}

// outerTile continues the chains of n keys, all columns, with some queries.
func (t *tiler) outerTile(c, a, b []float32, n, stride, queries int) {
	width := t.a.valueStride()
	for at := 0; at < width; {
		f, columns := t.outer[n-1], t.wide
		if width-at < columns {
			f, columns = t.outer16[n-1], lanes
		}
		f(&c[at], 4*width, &a[0], 4*stride, &b[at], 4*width, queries)
		at += columns
	}
}
