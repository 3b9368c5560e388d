package grammar

import (
	"fmt"
	"slices"
	"strings"
)

// A Vocabulary is the texts of all tokens, as a tree of bytes.
type Vocabulary struct {
	size  int
	texts []string
	nodes []branch
}

// A branch of the tree. Its children stand side by side.
type branch struct {
	b        byte
	first    int32 // child
	children int16
	ids      []int32 // tokens that end here
}

// NewVocabulary reads the texts of tokens 0 to size-1; one without a text is
// never allowed.
func NewVocabulary(size int, text func(id int32) string) (*Vocabulary, error) {
	v := &Vocabulary{size: size, texts: make([]string, size)}
	var order []int32
	for id := range int32(size) {
		if v.texts[id] = text(id); v.texts[id] != "" {
			order = append(order, id)
		}
	}
	if len(order) == 0 {
		return nil, fmt.Errorf("no token has a text")
	}
	slices.SortStableFunc(order, func(a, b int32) int { return strings.Compare(v.texts[a], v.texts[b]) })
	v.nodes = []branch{{}}
	type job struct {
		at, depth int
		ids       []int32
	}
	for jobs := []job{{0, 0, order}}; len(jobs) > 0; {
		j := jobs[len(jobs)-1]
		jobs = jobs[:len(jobs)-1]
		ids := j.ids
		for len(ids) > 0 && len(v.texts[ids[0]]) == j.depth {
			v.nodes[j.at].ids = append(v.nodes[j.at].ids, ids[0])
			ids = ids[1:]
		}
		v.nodes[j.at].first = int32(len(v.nodes))
		for len(ids) > 0 {
			b, n := v.texts[ids[0]][j.depth], 1
			for n < len(ids) && v.texts[ids[n]][j.depth] == b {
				n++
			}
			jobs = append(jobs, job{len(v.nodes), j.depth + 1, ids[:n]})
			v.nodes = append(v.nodes, branch{b: b})
			v.nodes[j.at].children++
			ids = ids[n:]
		}
	}
	return v, nil
}

// Allowed returns the tokens that may follow, a bit each; where the answer may
// end, the given stop tokens too. They never stand for their text.
func (s *State) Allowed(stop []int32) []uint64 {
	s.g.mu.Lock()
	if s.mask == nil {
		s.mask = make([]uint64, (s.g.vocab.size+63)/64)
		s.walk(0)
	}
	mask := slices.Clone(s.mask)
	s.g.mu.Unlock()
	for _, id := range stop {
		if mask[id/64] &^= 1 << (id % 64); s.done {
			mask[id/64] |= 1 << (id % 64)
		}
	}
	return mask
}

// walk marks the tokens below a branch whose bytes s takes, in s.mask.
func (s *State) walk(at int32) {
	type place struct {
		at int32
		s  *State
	}
	v := s.g.vocab
	for todo := []place{{at, s}}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		n := &v.nodes[p.at]
		for _, id := range n.ids {
			s.mask[id/64] |= 1 << (id % 64)
		}
		for c := n.first; c < n.first+int32(n.children); c++ {
			if next := p.s.step(v.nodes[c].b); next != nil {
				todo = append(todo, place{c, next})
			}
		}
	}
}

// Next returns the state after a token, nil if it may not follow.
func (s *State) Next(token int32) *State {
	s.g.mu.Lock()
	defer s.g.mu.Unlock()
	v := s.g.vocab
	if token < 0 || int(token) >= v.size || v.texts[token] == "" {
		return nil
	}
	at := s
	for i := 0; i < len(v.texts[token]) && at != nil; i++ {
		at = at.step(v.texts[token][i])
	}
	return at
}

// Allows tells whether a token may follow.
func (s *State) Allows(token int32) bool { return s != nil && s.Next(token) != nil }
