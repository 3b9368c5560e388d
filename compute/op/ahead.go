package op

import (
	"sync/atomic"
	"unsafe"
)

// An ahead is the beginning of weights that a product will read next.
type ahead struct {
	from  unsafe.Pointer
	bytes int64
	done  atomic.Int64 // bytes that threads have taken on
}

const (
	aheadMost = 512 << 10 // bytes read ahead at most: half of a second cache
	aheadStep = 4 << 10   // bytes between two looks whether there is work
)

// Ahead says that the next product reads w, and has few rows: as fast as memory.
// Threads that wait for others, or for work, read its beginning into their caches
// meanwhile. It is a hint: nothing depends on it.
func (e *Engine) Ahead(w *Weights) {
	a := &w.ahead
	if a.bytes == 0 || e.pool.ahead.Load() == a {
		return
	}
	a.done.Store(0)
	e.pool.ahead.Store(a)
}

// setAhead is for weights whose memory is there.
func (w *Weights) setAhead() {
	bytes := 0
	switch {
	case len(w.f32) > 0:
		w.ahead.from, bytes = unsafe.Pointer(&w.f32[0]), 4*len(w.f32)
	case len(w.half) > 0:
		w.ahead.from, bytes = unsafe.Pointer(&w.half[0]), 2*len(w.half)
	case len(w.int8) > 0:
		w.ahead.from, bytes = unsafe.Pointer(&w.int8[0]), len(w.int8)
	}
	w.ahead.bytes = int64(min(aheadMost, bytes) / aheadStep * aheadStep)
}

// fetch reads a step ahead; false: there is nothing left to read.
func (p *pool) fetch() bool {
	a := p.ahead.Load()
	if a == nil || p.read == nil {
		return false
	}
	at := a.done.Load()
	if at >= a.bytes {
		return false
	}
	if at = a.done.Add(aheadStep) - aheadStep; at >= a.bytes {
		return false
	}
	p.read(unsafe.Add(a.from, at), aheadStep/1024, aheadStep/4)
	return true
}
