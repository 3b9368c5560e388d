package op

import "fmt"

// AttentionTrain computes attention for documents packed one after the other
// in the rows of q, k, v; each sees itself only and counts its own positions.
//
//	o, q (T, Heads·HeadDim)    k, v (T, KVHeads·HeadDim)    docs: lengths, sum T
//
// It is Attention over the pages of each document. o may be q.
func (e *Engine) AttentionTrain(o, q, k, v Matrix, docs []int, a Attn) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkDocuments("AttentionTrain", q, k, v, docs, a)
	checkRows("AttentionTrain", o, q)
	checkApart("AttentionTrain", o, q)
	e.train.plan(q, o, docs, a)
	e.paginate(&e.train.keys, k, v)
	e.attention(e.train.seqs, a)
}

// AttentionBackward computes the gradients of AttentionTrain. It computes the
// probabilities again, row by row, and keeps no matrix of them.
//
//	dq, do, q (T, Heads·HeadDim)    dk, dv, k, v (T, KVHeads·HeadDim)
//
// See attendBack for the order. With grouped heads the gradients of a key are
// those of its query heads, added in head order. Outputs are overwritten and
// MUST NOT overlap inputs or each other.
func (e *Engine) AttentionBackward(dq, dk, dv, do, q, k, v Matrix, docs []int, a Attn) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkDocuments("AttentionBackward", q, k, v, docs, a)
	checkRows("AttentionBackward", q, dq, do)
	checkRows("AttentionBackward", k, dk, dv)
	outputs, inputs := [...]Matrix{dq, dk, dv}, [...]Matrix{do, q, k, v}
	for i, out := range outputs {
		for _, in := range inputs {
			if out.overlaps(in) {
				panic("op: AttentionBackward: an output overlaps an input")
			}
		}
		if out.overlaps(outputs[(i+1)%3]) {
			panic("op: AttentionBackward: two outputs overlap")
		}
	}
	j := &e.train
	j.plan(q, do, docs, a)
	e.paginate(&j.keys, k, v)
	j.dq, j.dk, j.dv, j.width = dq, dk, dv, a.HeadDim
	if j.tiled = e.tiled(a); j.tiled {
		j.width = a.valueStride()
		e.paginate(&j.values, v, k)
	}
	j.dkHeads = grown(j.dkHeads, a.Heads*q.Rows*j.width)
	j.dvHeads = grown(j.dvHeads, a.Heads*q.Rows*j.width)
	e.pool.run(len(docs)*a.Heads, j)
	e.row.train = j
	e.row.start(&e.pool, q.Rows, 64, func(j *rowJob, t, _ int) { j.train.addHeads(t) })
}

// A trainJob computes attention over packed documents. Its pieces are the
// backward of one document and query head.
type trainJob struct {
	attn         Attn
	seqs         []AttnSeq  // one per document; O is o or do
	first        []int      // row at which each document starts
	spans        []pageSpan // one per page, by document
	page         []int      // page at which each document starts
	keys, values pageSet    // of k and v; of v and k

	dq, dk, dv Matrix
	tiled      bool
	width      int         // length of a row of dkHeads and dvHeads
	dkHeads    []float32   // (Heads, T, width): dk of each query head
	dvHeads    []float32   // likewise
	tilers     []tiler     // per worker
	scratch    [][]float32 // per worker, of the reference
}

// A pageSpan is the rows of a page.
type pageSpan struct{ row, n int }

// A pageSet is pages with their memory, filled in parallel, page by page.
type pageSet struct {
	pages  []KVPage
	memory []float32
	job    *trainJob
	k, v   Matrix
}

func (j *trainJob) init(k *attnKernels, threads int) {
	j.scratch, j.tilers = make([][]float32, threads), make([]tiler, threads)
	for i := range j.tilers {
		j.tilers[i].attnKernels, j.tilers[i].a = k, &j.attn
	}
}

// plan makes one sequence per document, with o in place of its outputs.
func (j *trainJob) plan(q, o Matrix, docs []int, a Attn) {
	j.attn, j.seqs, j.first, j.spans, j.page = a, j.seqs[:0], j.first[:0], j.spans[:0], j.page[:0]
	row := 0
	for _, n := range docs {
		j.seqs = append(j.seqs, AttnSeq{Q: q.Slice(row, row+n), O: o.Slice(row, row+n)})
		j.first = append(j.first, row)
		j.page = append(j.page, len(j.spans))
		for end := row + n; row < end; row += PageRows {
			j.spans = append(j.spans, pageSpan{row, min(PageRows, end-row)})
		}
		row = j.first[len(j.first)-1] + n
	}
}

// paginate fills a set with the rows of k and v and gives the sequences their
// pages.
func (e *Engine) paginate(p *pageSet, k, v Matrix) {
	j := &e.train
	size := KVPageFloats(j.attn)
	p.job, p.k, p.v, p.pages = j, k, v, p.pages[:0]
	p.memory = grown(p.memory, len(j.spans)*size)
	for i := range j.spans {
		p.pages = append(p.pages, p.memory[i*size:(i+1)*size])
	}
	e.pool.run(len(p.pages), p)
	for i := range j.seqs {
		j.seqs[i].Pages = p.ofDocument(i)
	}
}

func (p *pageSet) ofDocument(i int) []KVPage {
	from, n := p.job.page[i], p.job.seqs[i].Q.Rows
	return p.pages[from : from+(n+PageRows-1)/PageRows]
}

// do fills page i; positions past the end of the document are zeros.
func (p *pageSet) do(i, _ int) {
	s := p.job.spans[i]
	if s.n < PageRows {
		clear(p.pages[i])
	}
	appendRows(p.pages[i:i+1], 0, p.k.Slice(s.row, s.row+s.n), p.v.Slice(s.row, s.row+s.n), &p.job.attn)
}

func (j *trainJob) do(i, worker int) {
	doc, head, a := i/j.attn.Heads, i%j.attn.Heads, &j.attn
	s, d, first := &j.seqs[doc], a.HeadDim, j.first[doc]
	n, at := s.Q.Rows, (head*j.dq.Rows+first)*j.width
	dq, dk, dv := j.dq.Slice(first, first+n), j.dkHeads[at:][:n*j.width], j.dvHeads[at:][:n*j.width]
	if j.tiled {
		j.tilers[worker].backward(dq, dk, dv, s.O, s.Q, j.keys.ofDocument(doc), j.values.ofDocument(doc), head)
		return
	}
	j.scratch[worker] = grown(j.scratch[worker], 2*n*d+2*n+2*d)
	attendBack(dq.head(head, d), dk, dv, s.O.head(head, d), s.Q.head(head, d),
		s.Pages, a, head/a.group(), j.scratch[worker])
}

// head returns the columns of one head.
func (m Matrix) head(h, d int) Matrix {
	if m.Rows == 0 {
		return Matrix{nil, 0, d, m.Stride}
	}
	return Matrix{m.Data[h*d:], m.Rows, d, m.Stride}
}

// addHeads adds row t of the gradients of the query heads that share a KV head.
func (j *trainJob) addHeads(t int) {
	d, rows, group := j.attn.HeadDim, j.dq.Rows, j.attn.group()
	for h := range j.attn.Heads {
		dk, dv := j.dk.Row(t)[h/group*d:][:d], j.dv.Row(t)[h/group*d:][:d]
		k, v := j.dkHeads[(h*rows+t)*j.width:][:d], j.dvHeads[(h*rows+t)*j.width:][:d]
		if h%group == 0 {
			copy(dk, k)
			copy(dv, v)
			continue
		}
		addRef(dk, dk, k)
		addRef(dv, dv, v)
	}
}

func checkDocuments(name string, q, k, v Matrix, docs []int, a Attn) {
	a.check(name)
	checkRows(name, q)
	checkRows(name, k, v)
	sum := 0
	for _, n := range docs {
		if n < 0 {
			panic(fmt.Sprintf("op: %s: document of %d rows", name, n))
		}
		sum += n
	}
	if q.Cols != a.Heads*a.HeadDim || k.Cols != a.KVHeads*a.HeadDim || q.Rows != k.Rows || sum != q.Rows {
		panic(fmt.Sprintf("op: %s: q %v k %v, documents of %d rows in all, for %+v", name, q, k, sum, a))
	}
}
