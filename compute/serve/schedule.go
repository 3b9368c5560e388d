package serve

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// plan decides what the next step computes; nil: nothing is to do.
//
//  1. adapters that somebody wants begin to load
//  2. waiting sequences begin, in turn, as far as there are slots and memory
//  3. each sequence with an answer takes its next token
//  4. prompts are read, those first that began first, Chunk tokens in all
func (e *Engine) plan(ctx context.Context) *batch {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.step++
	e.loadWanted(ctx)
	e.admit(ctx)
	b := &e.batch
	b.reset()
	for i := 0; i < len(e.running); i++ {
		if s := e.running[i]; s.decoding() {
			e.take(b, s, 1, true)
		}
	}
	left := e.c.Chunk + e.c.Slots - len(b.parts) // what decoding does not need
	for i := 0; i < len(e.running) && left > 0; i++ {
		if s := e.running[i]; !s.flying && !s.decoding() {
			left -= e.take(b, s, min(s.rest(), left), len(b.parts) == 0)
		}
	}
	if len(b.parts) == 0 {
		return nil
	}
	slices.SortStableFunc(b.parts, func(x, y part) int { return strings.Compare(x.s.adapter.name(), y.s.adapter.name()) })
	return b
}

// take adds up to n rows of s to the batch, as many as memory has room for, and
// returns how many. Without room for one, s waits, or ends if it is alone.
func (e *Engine) take(b *batch, s *sequence, n int, preempt bool) int {
	if !e.room(s, n, preempt) {
		n = len(s.pages)*op.PageRows - s.pos
	}
	switch {
	case n > 0:
		b.add(s, n)
	case len(e.running) == 1:
		e.end(s, fmt.Errorf("the memory of %d bytes is too small for a sequence of %d tokens beside the adapters in use",
			len(e.memory.used)*e.memory.arena.PageBytes(), len(s.tokens)))
	}
	return n
}

// name orders adapters.
func (a *adapter) name() string {
	if a == nil {
		return ""
	}
	return a.id.KeyString()
}

// loadWanted begins the loads that Load asked for.
func (e *Engine) loadWanted(ctx context.Context) {
	for _, w := range slices.Clone(e.wanted) {
		switch a := w.a; {
		case a.in != nil && a.in.done:
			e.settle(a) // the pin may have changed
			e.answerWaits(a, nil)
		case a.in == nil:
			e.begun(ctx, a)
		}
	}
}

// begun begins to load an adapter that is not in memory, if it may.
func (e *Engine) begun(ctx context.Context, a *adapter) bool {
	if e.loads >= maxLoads || e.step < a.retry && len(e.running) > 0 || ctx.Err() != nil {
		return false
	}
	e.fetch(ctx, a)
	return true
}

// ahead is how many sequences may load their adapters while there is no slot.
const ahead = 8

// admit moves sequences from the queue into the batch. One that waits for memory
// lets others go ahead, but no more than Overtake.
func (e *Engine) admit(ctx context.Context) {
	if len(e.waiting) == 0 {
		return
	}
	turns := e.turns()
	if at := slices.IndexFunc(turns, func(s *sequence) bool { return s.overtook >= e.c.Overtake }); at >= 0 {
		urgent := turns[at]
		if !e.begin(ctx, urgent) {
			for _, s := range e.waiting {
				if s != urgent {
					e.release(s) // what they hold may be what it needs
				}
			}
			return
		}
		turns = slices.Delete(turns, at, at+1)
	}
	var passed []*sequence
	for i, s := range turns {
		if len(e.running) >= e.c.Slots && i >= ahead {
			return
		}
		switch {
		case e.begin(ctx, s):
			for _, p := range passed {
				p.overtook++
			}
		case s.behind == nil && len(e.running) < e.c.Slots:
			passed = append(passed, s)
		}
	}
}

// begin puts a sequence into the batch if it can run.
func (e *Engine) begin(ctx context.Context, s *sequence) bool {
	if first := s.behind; first != nil && first.pos < first.prompt && (first.running || slices.Contains(e.waiting, first)) {
		return false
	}
	if a := s.adapter; a != nil {
		if a.in == nil && !e.begun(ctx, a) {
			return false
		}
		e.hold(s)
		if !a.runnable() {
			return false
		}
	}
	if len(e.running) >= e.c.Slots {
		return false
	}
	e.reuse(s)
	if !e.enough(s) {
		e.givePages(s)
		return false
	}
	e.tenantPays(s)
	s.running, s.first = true, false
	e.waiting = slices.DeleteFunc(e.waiting, func(o *sequence) bool { return o == s })
	e.running = append(e.running, s)
	if s.stream != nil {
		s.stream.cached(s.pos)
	}
	e.stats.PromptTokens += uint64(s.prompt)
	e.stats.CachedTokens += uint64(min(s.pos, s.prompt))
	return true
}

// tenantPays charges the tokens that are to be read.
func (e *Engine) tenantPays(s *sequence) {
	if !s.first { // a preempted one has paid
		s.tenant.served += float64(s.rest())
	}
}

// reuse takes the pages of the beginning of s that are in the cache.
func (e *Engine) reuse(s *sequence) {
	if len(s.pages) > 0 {
		return
	}
	id := s.req.Adapter
	s.root = rootKey(e.c.CID, id)
	for i := 0; (i+1)*op.PageRows <= s.reusable(); i++ {
		p := e.prefix.use(s.key(i, s.root))
		if p == nil {
			break
		}
		s.pages, s.shared = append(s.pages, p.page), append(s.shared, p)
		s.pos += op.PageRows
	}
}

// enough tells whether memory has room for what s has to read, or nobody else
// would use it.
func (e *Engine) enough(s *sequence) bool {
	if len(e.running) == 0 {
		return true
	}
	free := e.memory.free
	for at := e.idle.Front(); at != nil; at = at.Next() {
		for _, p := range at.Value.(*adapter).in.places {
			free += e.memory.units(p.bytes)
		}
	}
	pages := free/e.memory.perPage + e.prefix.idle.Len()
	return pages >= e.pagesOf(len(s.tokens)+1)-len(s.pages)
}

// room takes the pages for n more tokens of s. If there are none it may take
// them from the sequences that began last.
func (e *Engine) room(s *sequence, n int, preempt bool) bool {
	for len(s.pages) < e.pagesOf(s.pos+n) {
		page := e.memory.page()
		switch {
		case page >= 0:
			s.pages, s.shared = append(s.pages, page), append(s.shared, nil)
		case e.reclaim():
		case preempt && e.preempt(s):
		default:
			return false
		}
	}
	return true
}

// preempt sends the sequence that began last back to the queue, where it is the
// first. It reads its tokens again and goes on: the bits are the same. It never
// takes one that began before s, or is planned already.
func (e *Engine) preempt(s *sequence) bool {
	for i := len(e.running) - 1; i >= 0 && e.running[i] != s; i-- {
		victim := e.running[i]
		if victim.flying {
			continue
		}
		e.givePages(victim)
		if victim.task != nil {
			clear(victim.task.embed) // its rows are summed again
		}
		e.release(victim)
		victim.running, victim.first = false, true
		e.running = slices.Delete(e.running, i, i+1)
		e.waiting = append(e.waiting, victim)
		e.stats.Preempted++
		return true
	}
	return false
}

// givePages gives back all pages of s.
func (e *Engine) givePages(s *sequence) {
	for i := len(s.pages) - 1; i >= 0; i-- {
		if p := s.shared[i]; p != nil {
			e.prefix.leave(p, e.step)
		} else {
			e.memory.givePage(s.pages[i])
		}
	}
	s.pages, s.shared, s.pos = nil, nil, 0
}

// share puts the pages of s that are full now into the cache. One that is there
// already, with the same bits, takes the place of that of s.
func (e *Engine) share(s *sequence) {
	for i := range s.pos / op.PageRows {
		if s.shared[i] != nil {
			continue
		}
		key := s.key(i, s.root)
		if p := e.prefix.use(key); p != nil {
			e.memory.givePage(s.pages[i])
			s.pages[i], s.shared[i] = p.page, p
			continue
		}
		s.shared[i] = e.prefix.add(key, s.pages[i])
	}
}

// seq returns s as the tape has it.
func (s *sequence) seq(rows int) tape.Seq { return tape.Seq{Rows: rows, Pos: s.pos, Pages: s.pages} }
