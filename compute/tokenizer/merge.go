package tokenizer

// A merger applies merges to one word; its slices are used again for the next.
type merger struct {
	ids  []int32
	next []part
	heap heap[candidate]
}

// part is what the merger knows of the pair that begins at a symbol.
type part struct {
	rank, into int32 // short words: of the merge with the next symbol
	prev, next int32 // long words: neighbours still alive, -1 at the ends; prev -2 when swallowed
}

// shortWord is the length up to which looking at all pairs for the best beats a heap.
const shortWord = 48

// merge applies the merges to ids in place and returns what is left.
func (g *merger) merge(m *bpe, ids []int32) []int32 {
	switch {
	case len(ids) < 2:
		return ids
	case len(ids) <= shortWord:
		return g.mergeShort(m, ids)
	}
	return g.mergeLong(m, ids)
}

func (g *merger) parts(n int) []part {
	if cap(g.next) < n {
		g.next = make([]part, n)
	}
	return g.next[:n]
}

// mergeShort looks through all pairs for the lowest rank, again and again.
func (g *merger) mergeShort(m *bpe, ids []int32) []int32 {
	parts := g.parts(len(ids))
	for i := 0; i+1 < len(ids); i++ {
		parts[i].rank, parts[i].into = m.merges.find(ids[i], ids[i+1])
	}
	for n := len(ids); n > 1; n-- {
		best, at := noRank, -1
		for i, p := range parts[:n-1] {
			if p.rank < best {
				best, at = p.rank, i
			}
		}
		if at < 0 {
			break
		}
		ids[at] = parts[at].into
		copy(ids[at+1:], ids[at+2:])
		copy(parts[at+1:n-1], parts[at+2:n])
		ids = ids[:n-1]
		if at > 0 {
			parts[at-1].rank, parts[at-1].into = m.merges.find(ids[at-1], ids[at])
		}
		if at+1 < len(ids) {
			parts[at].rank, parts[at].into = m.merges.find(ids[at], ids[at+1])
		}
	}
	return ids
}

// candidate is a merge that was possible when it was pushed.
type candidate struct {
	rank, at    int32
	left, right int32
	into        int32
}

func (c candidate) before(d candidate) bool {
	return c.rank < d.rank || c.rank == d.rank && c.at < d.at
}

// mergeLong keeps the possible merges in a heap: n log n steps for n symbols.
func (g *merger) mergeLong(m *bpe, ids []int32) []int32 {
	parts := g.parts(len(ids))
	g.heap = g.heap[:0]
	for i := range parts {
		parts[i].prev, parts[i].next = int32(i-1), int32(i+1)
	}
	parts[len(ids)-1].next = -1
	for i := 0; i+1 < len(ids); i++ {
		g.propose(m, ids, int32(i), int32(i+1))
	}
	for len(g.heap) > 0 {
		c := g.heap.pop(candidate.before)
		p := &parts[c.at]
		if p.prev == -2 || p.next < 0 || ids[c.at] != c.left || ids[p.next] != c.right {
			continue // out of date
		}
		ids[c.at] = c.into
		gone := &parts[p.next]
		p.next, gone.prev = gone.next, -2
		if p.next >= 0 {
			parts[p.next].prev = c.at
			g.propose(m, ids, c.at, p.next)
		}
		if p.prev >= 0 {
			g.propose(m, ids, p.prev, c.at)
		}
	}
	n := 0
	for i := int32(0); i >= 0; i = parts[i].next {
		ids[n] = ids[i]
		n++
	}
	return ids[:n]
}

func (g *merger) propose(m *bpe, ids []int32, at, next int32) {
	rank, into := m.merges.find(ids[at], ids[next])
	if rank == noRank {
		return
	}
	g.heap.push(candidate{rank, at, ids[at], ids[next], into}, candidate.before)
}
