package tokenizer

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// A learner holds all words as symbols and finds the merges.
type learner struct {
	c     *TrainConfig
	model *bpeFile

	symbols []int32 // of all words, one behind the other
	words   []span
	pairs   map[uint64]int32 // pairKey: index into stats
	stats   []pairStat
	heap    heap[ranked]
	touched []int32 // stats whose count has grown
}

// span is a word: where its symbols stand, and how often it occurs.
type span struct {
	at, len int
	count   int64
}

type pairStat struct {
	key    uint64
	count  int64
	words  []int32 // that have the pair, or had it; none twice in a row
	merged bool
	queued bool // in touched
}

// ranked is a pair with the count it had when it was pushed.
type ranked struct {
	count int64
	stat  int32
	key   uint64
}

func newLearner(words []wordCount, m *bpeFile, c *TrainConfig) *learner {
	l := &learner{c: c, model: m, pairs: map[uint64]int32{}}
	var first [256]int32
	for b, r := range byteRune {
		first[b] = m.ids[string(r)]
	}
	for i, w := range words {
		at := len(l.symbols)
		for _, b := range []byte(w.word) {
			l.symbols = append(l.symbols, first[b])
		}
		s := l.symbols[at:]
		l.words = append(l.words, span{at, len(s), w.count})
		for j := 0; j+1 < len(s); j++ {
			l.count(change{pairKey(s[j], s[j+1]), w.count, int32(i)})
		}
	}
	l.push()
	return l
}

// A change of how often a pair occurs, because of one word.
type change struct {
	key   uint64
	delta int64
	word  int32
}

func (l *learner) count(c change) {
	i, ok := l.pairs[c.key]
	if !ok {
		i = int32(len(l.stats))
		l.pairs[c.key] = i
		l.stats = append(l.stats, pairStat{key: c.key})
	}
	s := &l.stats[i]
	if s.count += c.delta; c.delta < 0 {
		return
	}
	if n := len(s.words); n == 0 || s.words[n-1] != c.word {
		s.words = append(s.words, c.word)
	}
	if !s.queued {
		s.queued = true
		l.touched = append(l.touched, i)
	}
}

// push queues the pairs that have grown.
func (l *learner) push() {
	for _, i := range l.touched {
		s := &l.stats[i]
		s.queued = false
		l.heap.push(ranked{s.count, i, s.key}, ranked.before)
	}
	l.touched = l.touched[:0]
}

func (a ranked) before(b ranked) bool {
	return a.count > b.count || a.count == b.count && a.key < b.key
}

// run makes merges until the vocabulary is full or no pair is frequent enough.
func (l *learner) run(ctx context.Context) error {
	for n := 0; len(l.model.tokens) < l.c.VocabSize && len(l.heap) > 0; n++ {
		if n%64 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if l.c.Progress != nil {
				l.c.Progress(len(l.model.tokens), l.c.VocabSize)
			}
		}
		top := l.heap.pop(ranked.before)
		s := &l.stats[top.stat]
		if top.count != s.count { // it has shrunk since
			l.heap.push(ranked{s.count, top.stat, s.key}, ranked.before)
			continue
		}
		if s.count < 1 || s.count < int64(l.c.MinFrequency) && !s.merged {
			break
		}
		l.merge(s)
	}
	if l.c.Progress != nil {
		l.c.Progress(len(l.model.tokens), l.c.VocabSize)
	}
	return nil
}

// merge makes a token of a pair and puts it into all words.
func (l *learner) merge(s *pairStat) {
	left, right := int32(s.key>>32), int32(uint32(s.key))
	name := l.model.tokens[left].name + l.model.tokens[right].name
	into, ok := l.model.ids[name]
	switch {
	case ok && int(into) < len(l.c.Special): // plain text must not become a control token
		s.count = 0
		return
	case !ok:
		into = l.model.add(strings.Clone(name))
	}
	if !s.merged {
		l.model.merges = append(l.model.merges, merge{left, right, into})
	}
	words := s.words
	s.words, s.merged = nil, true
	key := s.key
	for _, list := range l.rewriteAll(words, merge{left, right, into}) {
		for _, c := range list {
			l.count(c)
		}
	}
	l.stats[l.pairs[key]].count = 0
	l.push()
}

// fewWords is how many words are rewritten sooner than another thread is started.
const fewWords = 2048

// rewriteAll puts a merge into words and returns the changes of the other pairs. What the
// lists have in sum, the order aside, does not depend on how the words are shared out.
func (l *learner) rewriteAll(words []int32, g merge) [][]change {
	n := min(l.c.Threads, 1+len(words)/fewWords)
	if n == 1 {
		return [][]change{l.rewrite(nil, words, g)}
	}
	slices.Sort(words) // no word may be in two threads' shares
	words = slices.Compact(words)
	lists := make([][]change, n)
	var wg sync.WaitGroup
	for i := range lists {
		wg.Go(func() {
			lists[i] = l.rewrite(nil, words[i*len(words)/n:(i+1)*len(words)/n], g)
		})
	}
	wg.Wait()
	return lists
}

// rewrite replaces the pair left, right in words and appends to list how often other pairs
// now occur.
func (l *learner) rewrite(list []change, words []int32, g merge) []change {
	for _, i := range words {
		w := &l.words[i]
		s, n := l.symbols[w.at:w.at+w.len], 0
		for j := 0; j < len(s); n++ {
			if s[j] != g.left || j+1 == len(s) || s[j+1] != g.right {
				s[n] = s[j]
				j++
				continue
			}
			if n > 0 {
				list = append(list, change{pairKey(s[n-1], g.left), -w.count, i}, change{pairKey(s[n-1], g.into), w.count, i})
			}
			s[n] = g.into
			if j += 2; j < len(s) {
				list = append(list, change{pairKey(g.right, s[j]), -w.count, i}, change{pairKey(g.into, s[j]), w.count, i})
			}
		}
		w.len = n
	}
	return list
}
