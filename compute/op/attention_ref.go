package op

// The reference of attention, one query row at a time. It works on one head:
// q, do, dq and o are rows of HeadDim elements, a position counts from the
// start of the document.

// keyRow gathers the key of position j from the pages of a KV head.
func keyRow(key []float32, pages []KVPage, a *Attn, head, j int) []float32 {
	keys := pages[j/PageRows].keys(a, head)
	for c := range key {
		key[c] = keys[c*PageRows+j%PageRows]
	}
	return key
}

// valueRow returns the value of position j.
func valueRow(pages []KVPage, a *Attn, head, j int) []float32 {
	values := pages[j/PageRows].values(a, head)
	return values[j%PageRows*a.valueStride():][:a.HeadDim]
}

// firstSeen is the first key that a query at position t sees.
func (a *Attn) firstSeen(t int) int {
	if a.Window == 0 {
		return 0
	}
	return max(0, t-a.Window+1)
}

// probabilities writes to p, of t+1 elements, what a query at position t gives
// to the keys 0 to t: a softmax over those that it sees, +0 for the others.
// Lanes count from position 0.
func probabilities(p, q, key []float32, pages []KVPage, a *Attn, head int) {
	lo := a.firstSeen(len(p) - 1)
	clear(p[:lo])
	for j := lo; j < len(p); j++ {
		p[j] = float32(Chain(q, keyRow(key, pages, a, head, j)) * a.Scale)
	}
	m := maxRef(p[lo:])
	for j := lo; j < len(p); j++ {
		p[j] = Exp(p[j] - m)
	}
	scaleRef(p[lo:], p[lo:], 1/Lanes(p))
}

// attendRow computes one row of attention. o may be q; p and sum are memory for
// t+1 and 2·HeadDim elements.
func attendRow(o, q, p, sum []float32, pages []KVPage, a *Attn, head int) {
	key, sum := sum[a.HeadDim:], sum[:a.HeadDim]
	probabilities(p, q, key, pages, a, head)
	clear(o)
	for first := 0; first < len(p); first += Segment {
		clear(sum)
		for j := first; j < min(first+Segment, len(p)); j++ {
			addScaledRef(sum, valueRow(pages, a, head, j), p[j])
		}
		addRef(o, o, sum)
	}
}

// attendBack computes the gradients of one head over a document of n rows.
//
//	dq, q, do (n, HeadDim)    dk, dv: of this query head alone, dense
//
//	dp_j = chain(do, v_j)    D = lanes over j of fma(p_j, dp_j, lane)
//	ds_j = (p_j·(dp_j - D))·scale    dq = chain over j of ds_j k_j
//	dk_j = chain over queries of ds_j q    dv_j = chain over queries of p_j do
//
// memory has 2·n·HeadDim + 2·n + 2·HeadDim elements.
func attendBack(dq Matrix, dk, dv []float32, do, q Matrix, pages []KVPage, a *Attn, head int, memory []float32) {
	n, d := q.Rows, a.HeadDim
	sk, memory := memory[:n*d], memory[n*d:] // segments of dk and dv
	sv, memory := memory[:n*d], memory[n*d:]
	clear(dk)
	clear(dv)
	for first := 0; first < n; first += Segment {
		clear(sk)
		clear(sv)
		for t := first; t < min(first+Segment, n); t++ {
			p, ds := memory[:t+1], memory[n:][:t+1]
			scoreGrad(p, ds, q.Row(t), do.Row(t), memory[2*n:], pages, a, head)
			attendKeys(dq.Row(t), ds, memory[2*n:], pages, a, head)
			for j := a.firstSeen(t); j <= t; j++ {
				addScaledRef(sk[j*d:][:d], q.Row(t), ds[j])
				addScaledRef(sv[j*d:][:d], do.Row(t), p[j])
			}
		}
		addRef(dk, dk, sk)
		addRef(dv, dv, sv)
	}
}

// scoreGrad computes p and ds of one query.
func scoreGrad(p, ds, q, do, key []float32, pages []KVPage, a *Attn, head int) {
	probabilities(p, q, key[:a.HeadDim], pages, a, head)
	lo := a.firstSeen(len(p) - 1)
	clear(ds[:lo])
	for j := lo; j < len(ds); j++ {
		ds[j] = Chain(do, valueRow(pages, a, head, j))
	}
	sum := LanesDot(p, ds)
	for j := lo; j < len(ds); j++ {
		ds[j] = float32(float32(p[j]*(ds[j]-sum)) * a.Scale)
	}
}

// attendKeys computes dq = chain over j of ds_j k_j.
func attendKeys(dq, ds, memory []float32, pages []KVPage, a *Attn, head int) {
	key, sum := memory[:a.HeadDim], memory[a.HeadDim:][:a.HeadDim]
	clear(dq)
	for first := 0; first < len(ds); first += Segment {
		clear(sum)
		for j := first; j < min(first+Segment, len(ds)); j++ {
			addScaledRef(sum, keyRow(key, pages, a, head, j), ds[j])
		}
		addRef(dq, dq, sum)
	}
}
