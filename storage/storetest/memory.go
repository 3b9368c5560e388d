package storetest

import (
	"context"
	"sync"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/storage/block"
)

// A Memory is a store of blocks that keeps them in a map. Any number of
// goroutines may use it.
type Memory struct {
	mu     sync.Mutex
	blocks map[cid.Cid][]byte
}

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{blocks: make(map[cid.Cid][]byte)} }

// Add keeps a block and returns its CID.
func (m *Memory) Add(_ context.Context, codec uint64, b []byte) (cid.Cid, error) {
	c, err := block.CID(codec, b)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.blocks[c] = b
	return c, err
}

// Get returns a block, or block.ErrNotFound.
func (m *Memory) Get(_ context.Context, c cid.Cid) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if b, ok := m.blocks[c]; ok {
		return b, nil
	}
	return nil, block.ErrNotFound
}
