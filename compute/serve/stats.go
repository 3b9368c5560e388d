package serve

import "time"

// Stats are counts since the engine was made, and what is there now.
type Stats struct {
	Steps        uint64
	Busy         time.Duration // time spent in steps
	PromptTokens uint64        // of sequences that began
	CachedTokens uint64        // of them, found in the cache
	AnswerTokens uint64
	Loads        uint64 // of adapters
	LoadErrors   uint64
	Evicted      uint64 // adapters
	Preempted    uint64 // sequences that were sent back to the queue
	Refused      uint64 // requests, because the queue was full

	Running, Waiting int // sequences
	Slots            int // of a batch

	// Memory, in bytes. Pages hold the keys and values of sequences, or stay in
	// the cache.
	Memory       int
	Free         int
	SharedPages  int // pages in the cache, used or not
	IdlePages    int // of them, not used
	Pages        int // all pages taken
	PageBytes    int
	AdapterBytes int
	InMemory     int // adapters
	Known        int // adapters
}

// Stats returns the counts.
func (e *Engine) Stats() Stats {
	e.mu.Lock()
	defer e.mu.Unlock()
	s, m := e.stats, e.memory
	s.Running, s.Waiting, s.Slots = len(e.running), len(e.waiting), e.c.Slots
	s.Memory, s.PageBytes = len(m.used)*m.arena.PageBytes(), m.arena.PageBytes()
	s.Free, s.Pages = m.free*m.unit, m.pages
	s.SharedPages, s.IdlePages = len(e.prefix.pages), e.prefix.idle.Len()
	s.AdapterBytes = s.Memory - s.Free - s.Pages*s.PageBytes
	s.InMemory, s.Known = e.inMemory, len(e.adapters)
	return s
}
