package match

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

// A Source is a place of the corpus that a span is found at.
type Source struct {
	Shard  int // index in the shards searched
	Record int
	Token  int // of the record, where the span begins
}

// A Span is a run of tokens of an answer that the corpus has.
type Span struct {
	From, To int  // tokens of the answer
	Edit     Edit // how the sources differ from it
	At       int  // the token of the answer where they do

	// Count is the number of places; Sources all of them in order, or none if
	// there are more than MaxSources: such words are nobody's.
	Count   int
	Sources []Source
}

// MaxSources is the most places of a span that are listed, and credited.
const MaxSources = 4096

// An Edit is the one token in which a span differs from its sources.
type Edit uint8

// Exact: none. Replaced: token At stands for another one. Inserted: token At is
// not in the source. Omitted: the source has one more before token At.
const (
	Exact Edit = iota
	Replaced
	Inserted
	Omitted
)

func (e Edit) String() string {
	return [...]string{"exact", "replaced", "inserted", "omitted"}[e&3]
}

// Tokens returns the number of tokens of the answer that the sources have.
func (s Span) Tokens() int {
	if s.Edit == Replaced || s.Edit == Inserted {
		return s.To - s.From - 1
	}
	return s.To - s.From
}

// minTail is the least number of tokens after an edit, and before it: fewer are
// found by chance.
const minTail = 4

// Search returns every maximal span of the answer in the shards: one that no
// longer run of the answer with an occurrence contains. Spans shorter than
// shortest tokens are left out. After each exact span stands its longest
// continuation behind one edit, if it has one of at least four tokens.
func Search(shards []*Index, answer []int32, shortest int) ([]Span, error) {
	for i, x := range shards {
		if len(x.counts) != len(shards[0].counts) {
			return nil, fmt.Errorf("match: shard %d has a vocabulary of %d, shard 0 of %d: they are of different tokenizers", i, len(x.counts), len(shards[0].counts))
		}
	}
	q := make([]int32, len(answer))
	for i, id := range answer {
		if q[i] = id + 1; q[i] < 1 { // as in the text; what is no token is found nowhere
			q[i] = -1
		}
	}
	var spans []Span
	end := 0
	for i := 0; i < len(q) && end < len(q); i++ {
		longest := 0
		for _, x := range shards {
			longest = max(longest, x.longest(q[i:]))
		}
		if i+longest <= end { // one before contains it
			continue
		}
		end = i + longest
		if longest < max(1, shortest) {
			continue
		}
		s := Span{From: i, To: end, Sources: []Source{}}
		for k, x := range shards {
			lo, hi := x.interval(q[i:end])
			if s.Count += hi - lo; s.Count > MaxSources {
				s.Sources = nil
			}
			if s.Sources != nil {
				s.Sources = x.sources(s.Sources, k, x.sa[lo:hi])
			}
		}
		slices.SortFunc(s.Sources, compareSources)
		spans = append(spans, s)
		if near, ok := beyond(shards, q, s); ok {
			spans = append(spans, near)
		}
	}
	return spans, nil
}

func compareSources(a, b Source) int {
	return cmp.Or(cmp.Compare(a.Shard, b.Shard), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Token, b.Token))
}

// bucket returns the suffixes that begin with a token of the text.
func (x *Index) bucket(c int32) (lo, hi int) {
	if c < 1 || int(c) >= len(x.first) {
		return 0, 0
	}
	return int(x.first[c-1]), int(x.first[c])
}

// longest returns the length of the longest prefix of q in the text. It is that
// of a neighbour of the place where q would stand among the suffixes.
func (x *Index) longest(q []int32) int {
	lo, hi := x.bucket(q[0])
	if lo == hi {
		return 0
	}
	// Suffixes before lo are less than q and those from hi on are not; both
	// share at least 1 token with q, and all between share what both do.
	below, above := 1, 1
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		same, less := x.compare(x.sa[mid], q, min(below, above))
		if less {
			lo, below = mid+1, same
		} else {
			hi, above = mid, same
		}
	}
	return max(below, above)
}

// compare returns how many tokens of q the suffix at p begins with, skip of
// which are known, and whether it is less than q.
func (x *Index) compare(p int32, q []int32, skip int) (same int, less bool) {
	suffix := x.text[p:]
	n := min(len(suffix), len(q))
	for same = min(skip, n); same < n; same++ {
		if suffix[same] != q[same] {
			return same, suffix[same] < q[same]
		}
	}
	return same, len(suffix) < len(q)
}

// interval returns the ranks of the suffixes that begin with q.
func (x *Index) interval(q []int32) (lo, hi int) {
	lo, hi = x.bucket(q[0])
	if len(q) == 1 {
		return lo, hi
	}
	from := lo + sort.Search(hi-lo, func(i int) bool {
		_, less := x.compare(x.sa[lo+i], q, 0)
		return !less
	})
	return from, from + sort.Search(hi-from, func(i int) bool {
		same, _ := x.compare(x.sa[from+i], q, 0)
		return same < len(q)
	})
}

// sources appends the places of positions of the text.
func (x *Index) sources(to []Source, shard int, positions []int32) []Source {
	for _, p := range positions {
		r := x.record(p)
		to = append(to, Source{shard, r, int(p - x.records[r])})
	}
	return to
}

// record returns the record that position p of the text lies in.
func (x *Index) record(p int32) int {
	r, found := slices.BinarySearch(x.records, p)
	if !found {
		r--
	}
	return r
}

// beyond returns the longest continuation of an exact span behind one edit.
func beyond(shards []*Index, q []int32, s Span) (Span, bool) {
	best := minTail - 1
	near := Span{From: s.From, At: s.To}
	if s.To-s.From < minTail {
		return near, false
	}
	for _, src := range s.Sources {
		x := shards[src.Shard]
		p := int(x.records[src.Record]) + src.Token + s.To - s.From // what the source goes on with
		for _, e := range [...]struct {
			kind         Edit
			answer, text int
		}{{Replaced, 1, 1}, {Inserted, 1, 0}, {Omitted, 0, 1}} {
			if s.To+e.answer > len(q) || x.text[p] == 0 && e.text == 1 {
				continue
			}
			n, _ := x.compare(int32(p+e.text), q[s.To+e.answer:], 0)
			switch to := s.To + e.answer + n; {
			case n > best || n == best && near.Edit != Exact && e.kind < near.Edit:
				best = n
				near.To, near.Edit, near.Sources = to, e.kind, []Source{src}
			case n == best && e.kind == near.Edit:
				near.Sources = append(near.Sources, src)
			}
		}
	}
	near.Count = len(near.Sources)
	return near, near.Count > 0
}
