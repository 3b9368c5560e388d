package op

import "fmt"

// PageRows is the number of positions in one page of a KV cache. It divides
// Segment, so that a page never straddles two segments of a chain.
const PageRows = 32

// An Attn is the shape of one attention layer.
type Attn struct {
	Heads   int     // query heads
	KVHeads int     // key and value heads; divides Heads
	HeadDim int     // elements per head
	Scale   float32 // of the scores, the float32 nearest to 1/sqrt(HeadDim) as a rule
	Window  int     // a query sees this many keys, itself included; 0: all before it
}

// A KVPage keeps the keys and values of PageRows positions of one sequence in
// one layer. Its owner allocates it with KVPageFloats elements; what it holds
// at first, even NaN, never shows.
//
//	per KV head: keys (HeadDim, PageRows), then values (PageRows, padded HeadDim)
//
// Keys are transposed: scores are computed for neighbouring keys side by side.
// Values are padded with zeros to a multiple of 16.
type KVPage []float32

// KVPageFloats returns the length of a page.
func KVPageFloats(a Attn) int {
	return a.KVHeads * (a.HeadDim + a.valueStride()) * PageRows
}

// valueStride is HeadDim padded to a multiple of lanes.
func (a *Attn) valueStride() int { return (a.HeadDim + lanes - 1) / lanes * lanes }

// group is the number of query heads per KV head.
func (a *Attn) group() int { return a.Heads / a.KVHeads }

// keys returns the transposed keys of a KV head.
func (p KVPage) keys(a *Attn, head int) []float32 {
	return p[head*(a.HeadDim+a.valueStride())*PageRows:][:a.HeadDim*PageRows]
}

// values returns the values of a KV head.
func (p KVPage) values(a *Attn, head int) []float32 {
	n := a.valueStride()
	return p[(head*(a.HeadDim+n)+a.HeadDim)*PageRows:][:n*PageRows]
}

// KVAppend writes the keys and values of the positions pos, pos+1, ... into the
// pages of a sequence, which hold positions 0 to PageRows-1, PageRows to
// 2·PageRows-1 and so on.
//
//	k, v (T, KVHeads·HeadDim)
func (e *Engine) KVAppend(pages []KVPage, pos int, k, v Matrix, a Attn) {
	e.mu.Lock()
	defer e.mu.Unlock()
	a.check("KVAppend")
	checkRows("KVAppend", k, v)
	if k.Cols != a.KVHeads*a.HeadDim || pos < 0 {
		panic(fmt.Sprintf("op: KVAppend: k %v at position %d for %+v", k, pos, a))
	}
	checkPages("KVAppend", pages, pos+k.Rows, a)
	e.kvAppend(pages, pos, k, v, a)
}

func (e *Engine) kvAppend(pages []KVPage, pos int, k, v Matrix, a Attn) {
	j := &e.row
	j.a, j.b, j.pages, j.attn, j.pos = k, v, pages, a, pos
	last := (pos + k.Rows + PageRows - 1) / PageRows
	e.row.start(&e.pool, last-pos/PageRows, 4, func(j *rowJob, i, _ int) {
		page := j.pos/PageRows + i
		from, to := max(0, page*PageRows-j.pos), min(j.a.Rows, (page+1)*PageRows-j.pos)
		if from < to {
			appendRows(j.pages[page:page+1], (j.pos+from)%PageRows, j.a.Slice(from, to), j.b.Slice(from, to), &j.attn)
		}
	})
}

// appendRows writes rows of k and v from position pos of the pages on.
func appendRows(pages []KVPage, pos int, k, v Matrix, a *Attn) {
	d := a.HeadDim
	for i := range k.Rows {
		page, slot := pages[(pos+i)/PageRows], (pos+i)%PageRows
		for h := range a.KVHeads {
			page.set(a, h, slot, k.Row(i)[h*d:][:d], v.Row(i)[h*d:][:d])
		}
	}
}

// set writes the key and value of one position of a KV head.
func (p KVPage) set(a *Attn, head, slot int, key, value []float32) {
	keys, n := p.keys(a, head), a.valueStride()
	for c, x := range key {
		keys[c*PageRows+slot] = x
	}
	to := p.values(a, head)[slot*n:][:n]
	clear(to[copy(to, value):])
}

// check panics on a shape that cannot be.
func (a *Attn) check(name string) {
	if a.Heads <= 0 || a.KVHeads <= 0 || a.Heads%a.KVHeads != 0 || a.HeadDim <= 0 || a.Window < 0 {
		panic(fmt.Sprintf("op: %s: %+v", name, *a))
	}
}

// checkPages panics unless the pages hold n positions.
func checkPages(name string, pages []KVPage, n int, a Attn) {
	if len(pages)*PageRows < n {
		panic(fmt.Sprintf("op: %s: %d pages of %d for %d positions", name, len(pages), PageRows, n))
	}
	for i, p := range pages[:(n+PageRows-1)/PageRows] {
		if len(p) != KVPageFloats(a) {
			panic(fmt.Sprintf("op: %s: page %d has %d floats, want %d", name, i, len(p), KVPageFloats(a)))
		}
	}
}
