package op

import (
	"sync"
	"unsafe"
)

// A slab is memory in which the weights of a model lie side by side. A huge page
// takes 2 MiB in one piece, more than most matrices of a small model have, and
// without huge pages a product that is as fast as memory spends a third of its
// time on translating addresses.
type slab struct {
	mu    sync.Mutex
	free  []byte
	taken int // bytes of all blocks so far
}

const (
	slabFrom  = 64 << 10 // bytes: smaller weights, an adapter's, come and go
	slabBlock = 4 << 20  // the first block; larger weights have memory of their own
	slabMost  = 32 << 20 // later blocks, which grow with what was taken
)

// slabOf returns n zero values, aligned to 64 bytes, that live as long as what
// is beside them.
func slabOf[T element](e *Engine, n int) []T {
	var t T
	bytes := (n*int(unsafe.Sizeof(t)) + 63) / 64 * 64
	if bytes < slabFrom || bytes >= slabBlock {
		return aligned[T](n)
	}
	s := &e.slab
	s.mu.Lock()
	defer s.mu.Unlock()
	if bytes > len(s.free) {
		s.free = aligned[uint8](max(slabBlock, min(s.taken, slabMost)))
		s.taken += len(s.free)
	}
	first := unsafe.Pointer(&s.free[0])
	s.free = s.free[bytes:]
	return unsafe.Slice((*T)(first), n)
}
