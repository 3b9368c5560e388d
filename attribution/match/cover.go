package match

import (
	"container/heap"
	"errors"
	"slices"
)

// MinBits is the least information of a span that is credited: less is found in
// any text.
const MinBits = 40 * Bit

// One is the weight of a token that counts in full.
const One = 1 << 16

// A Part is what an answer owes to one span.
type Part struct {
	Span     Span
	Bits     Bits     // information of the tokens below
	Tokens   []int    // of the answer, credited to this span alone
	Clusters []uint64 // of near-duplicate records, which share equally; ascending
	Weight   uint64   // sum of the tokens' weights, in units of 1/One
}

// Cover credits each token of the answer at most once, to the span with the most
// information over the tokens that are still free: -log2 of the unigram
// probability of each of its tokens in the shards, less log2 of the number of
// clusters it is found in. Spans of less than MinBits get nothing. weights are
// those of the answer's tokens in units of 1/One, nil for One each; cluster names
// the near-duplicate cluster of a source's record. Of equal spans the first in
// the order of Search counts first.
func Cover(shards []*Index, answer []int32, spans []Span, weights []uint32, cluster func(Source) uint64) ([]Part, error) {
	if weights != nil && len(weights) != len(answer) {
		return nil, errors.New("match: weights of another number of tokens")
	}
	c := &cover{bits: unigrams(shards, answer), free: make([]bool, len(answer))}
	for i := range c.free {
		c.free[i] = true
	}
	for i, s := range spans {
		if s.From < 0 || s.To > len(answer) || s.From >= s.To {
			return nil, errors.New("match: spans of another answer")
		}
		if len(s.Sources) == 0 {
			continue
		}
		p := Part{Span: s}
		for _, src := range s.Sources {
			p.Clusters = append(p.Clusters, cluster(src))
		}
		slices.Sort(p.Clusters)
		p.Clusters = slices.Compact(p.Clusters)
		c.queue = append(c.queue, candidate{p, i, c.value(&p)})
	}
	heap.Init(&c.queue)
	var parts []Part
	for len(c.queue) > 0 && c.queue[0].value >= MinBits {
		top := &c.queue[0]
		if now := c.value(&top.Part); now != top.value { // others took tokens of it
			top.value = now
			heap.Fix(&c.queue, 0)
			continue
		}
		p := heap.Pop(&c.queue).(candidate)
		p.Bits = p.value
		for i := range p.Span.tokens() {
			if !c.free[i] {
				continue
			}
			c.free[i] = false
			p.Tokens = append(p.Tokens, i)
			if weights == nil {
				p.Weight += One
			} else {
				p.Weight += uint64(weights[i])
			}
		}
		parts = append(parts, p.Part)
	}
	return parts, nil
}

// tokens yields the tokens of the answer that the sources have.
func (s *Span) tokens() func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := s.From; i < s.To; i++ {
			if i == s.At && (s.Edit == Replaced || s.Edit == Inserted) {
				continue
			}
			if !yield(i) {
				return
			}
		}
	}
}

// A Total is what a cluster gets from an answer, in units of 1/One^2.
type Total struct {
	Cluster uint64
	Weight  uint64
}

// Totals sums parts by cluster, in the order of clusters. The clusters of a part
// share it equally; what does not divide is dropped.
func Totals(parts []Part) []Total {
	sums := make(map[uint64]uint64)
	for _, p := range parts {
		for _, c := range p.Clusters {
			sums[c] += p.Weight * One / uint64(len(p.Clusters))
		}
	}
	totals := make([]Total, 0, len(sums))
	for c, w := range sums {
		totals = append(totals, Total{c, w})
	}
	slices.SortFunc(totals, func(a, b Total) int {
		if a.Cluster < b.Cluster {
			return -1
		}
		return 1
	})
	return totals
}

// unigrams returns the information of each token of the answer; 0 for a token
// that the shards do not have.
func unigrams(shards []*Index, answer []int32) []Bits {
	var all uint64
	for _, x := range shards {
		all += uint64(x.Tokens())
	}
	info := make([]Bits, len(answer))
	for i, id := range answer {
		var n uint64
		for _, x := range shards {
			if id >= 0 && int(id) < len(x.counts) {
				n += uint64(x.counts[id])
			}
		}
		if n > 0 {
			info[i] = log2(all) - log2(n)
		}
	}
	return info
}

type cover struct {
	bits  []Bits
	free  []bool
	queue queue
}

// value is the information of a part's tokens that are free.
func (c *cover) value(p *Part) Bits {
	v := -log2(uint64(len(p.Clusters)))
	for i := range p.Span.tokens() {
		if c.free[i] {
			v += c.bits[i]
		}
	}
	return v
}

type candidate struct {
	Part
	order int
	value Bits
}

// A queue has the candidate of the highest value on top.
type queue []candidate

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].value != q[j].value {
		return q[i].value > q[j].value
	}
	return q[i].order < q[j].order
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(candidate)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}
