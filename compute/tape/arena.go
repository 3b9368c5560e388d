package tape

import (
	"fmt"
	"unsafe"

	"github.com/openledger/openledger/compute/op"
)

// An Arena is one block of a backend's memory in which KV pages and the weights
// of adapters lie side by side. Who has which part is the caller's to say.
type Arena interface {
	// Cache returns a KV cache on the whole arena: page i is the bytes from
	// i·c.PageBytes() on. c.Pages is not used.
	Cache(c CacheConfig) (Cache, error)

	// WeightsBytes returns the memory that Weights needs, a multiple of
	// ArenaAlign.
	WeightsBytes(t Type, rows, cols int) int

	// Weights copies a parameter, as stored, to the bytes from at on. It may be
	// called while programs run.
	Weights(at int, t Tensor) (Weights, error)
}

// ArenaAlign is the alignment of weights in an arena.
const ArenaAlign = 64

// An ArenaBackend is a backend that has arenas.
type ArenaBackend interface {
	Backend
	Arena(bytes int) (Arena, error)
}

type cpuArena struct {
	e      *op.Engine
	memory []float32
}

// Arena implements ArenaBackend.
func (c *CPU) Arena(bytes int) (Arena, error) {
	if bytes <= 0 || bytes%4 != 0 {
		return nil, fmt.Errorf("tape: arena of %d bytes", bytes)
	}
	return &cpuArena{c.e, op.NewMatrix(1, bytes/4).Data}, nil
}

// Cache implements Arena.
func (a *cpuArena) Cache(c CacheConfig) (Cache, error) {
	if c.Pages = 1; c.check() == nil { // PageBytes needs a sound config
		c.Pages = 4 * len(a.memory) / c.PageBytes()
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return &cpuCache{c, a.memory}, nil
}

// WeightsBytes implements Arena.
func (a *cpuArena) WeightsBytes(t Type, rows, cols int) int {
	return (a.e.PackedBytes(op.Format(t), rows, cols) + ArenaAlign - 1) / ArenaAlign * ArenaAlign
}

// Weights implements Arena.
func (a *cpuArena) Weights(at int, t Tensor) (Weights, error) {
	size := t.Type.bytes()
	if size == 0 || t.Rows <= 0 || t.Cols <= 0 || len(t.Data) != t.Rows*t.Cols*size {
		return nil, fmt.Errorf("tape: weights %v (%d,%d) of %d bytes", t.Type, t.Rows, t.Cols, len(t.Data))
	}
	n := a.e.PackedBytes(op.Format(t.Type), t.Rows, t.Cols)
	if at < 0 || at%ArenaAlign != 0 || at+n > 4*len(a.memory) {
		return nil, fmt.Errorf("tape: weights of %d bytes at %d of an arena of %d", n, at, 4*len(a.memory))
	}
	memory := unsafe.Slice((*byte)(unsafe.Pointer(&a.memory[at/4])), n)
	return &cpuWeights{typ: t.Type, rows: t.Rows, cols: t.Cols, w: a.e.PackInto(memory, op.Format(t.Type), t.Data, t.Rows, t.Cols)}, nil
}
