package op

import "fmt"

// An AttnSeq is one sequence in a batch of attention: its new queries and all
// its keys and values, those of the new positions included.
type AttnSeq struct {
	Q, O  Matrix   // (T, Heads·HeadDim): queries in, outputs out
	Pages []KVPage // keys and values of positions 0 to Pos+T-1 at least
	Pos   int      // position of the first query

	// K and V (T, KVHeads·HeadDim), if there are any, are the keys and values of
	// the new positions: they go into the pages first, as with KVAppend. No other
	// sequence of the batch may see those positions.
	K, V Matrix
}

// Attention computes causal attention for the queries of every sequence.
//
//	s_j = chain(q, k_j)·scale    p = softmax over the keys that q sees
//	o = chain over j of p_j v_j
//
// A query at position t sees keys max(0, t-Window+1) to t. Chains, lanes and
// segments count from position 0 of the sequence, and a masked probability is
// +0, so a row has one value whether it is read in one pass, in chunks or token
// by token, alone or in a batch. O may be Q.
//
// Error against float64: 3e-6 for normal q, k, v and T = 300.
// Source: Vaswani et al. 2017; grouped heads as Ainslie et al. 2023.
func (e *Engine) Attention(seqs []AttnSeq, a Attn) {
	e.mu.Lock()
	defer e.mu.Unlock()
	a.check("Attention")
	for i := range seqs {
		seqs[i].check(i, a)
	}
	e.attention(seqs, a)
}

func (s *AttnSeq) check(i int, a Attn) {
	q, o := s.Q, s.O
	if !q.valid() || !o.valid() || q.Rows != o.Rows || q.Cols != o.Cols ||
		q.Cols != a.Heads*a.HeadDim || s.Pos < 0 {
		panic(fmt.Sprintf("op: Attention: sequence %d: q %v o %v at position %d for %+v", i, q, o, s.Pos, a))
	}
	checkApart("Attention", o, q)
	checkPages("Attention", s.Pages, s.Pos+q.Rows, a)
	if s.K.Rows > 0 || s.V.Rows > 0 {
		checkRows("Attention", s.K, s.V)
		if s.K.Rows != q.Rows || s.K.Cols != a.KVHeads*a.HeadDim {
			panic(fmt.Sprintf("op: Attention: sequence %d: k %v for q %v and %+v", i, s.K, q, a))
		}
	}
}

// attention runs the tiles of the implementation, or else the reference.
func (e *Engine) attention(seqs []AttnSeq, a Attn) {
	tiled := e.tiled(a)
	for i := range seqs {
		// A single token is one block per head, which appends its own part.
		if s := &seqs[i]; s.K.Rows > 1 || s.K.Rows == 1 && !tiled {
			e.kvAppend(s.Pages, s.Pos, s.K, s.V, a)
		}
	}
	if tiled {
		e.block.plan(seqs, a)
		e.pool.run(len(e.block.blocks), &e.block)
		e.block.seqs = nil
		return
	}
	j := &e.attn
	j.attn, j.seqs, j.first = a, seqs, j.first[:0]
	n := 0
	for i := range seqs {
		j.first = append(j.first, n)
		n += seqs[i].Q.Rows
	}
	e.pool.run(n, j)
	j.seqs = nil
}

// tiled says whether the implementation has tiles for a.
func (e *Engine) tiled(a Attn) bool { return e.k.attn.softmax != nil && a.HeadDim <= Segment }

// An attnJob is the reference in pieces of one query row, all heads.
type attnJob struct {
	attn    Attn
	seqs    []AttnSeq
	first   []int       // piece at which each sequence starts
	scratch [][]float32 // per worker
}

func (j *attnJob) init(threads int) { j.scratch = make([][]float32, threads) }

func (j *attnJob) do(i, worker int) {
	s := len(j.first) - 1
	for j.first[s] > i || j.seqs[s].Q.Rows == 0 {
		s--
	}
	seq, row := &j.seqs[s], i-j.first[s]
	n, d := seq.Pos+row+1, j.attn.HeadDim
	j.scratch[worker] = grown(j.scratch[worker], n+2*d)
	p, memory := j.scratch[worker][:n], j.scratch[worker][n:]
	for h := range j.attn.Heads {
		attendRow(seq.O.Row(row)[h*d:][:d], seq.Q.Row(row)[h*d:][:d], p, memory[:2*d],
			seq.Pages, &j.attn, h/j.attn.group())
	}
}
