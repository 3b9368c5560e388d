package block

import (
	"context"
	"fmt"
	"sync"

	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
)

// A Hold keeps blocks from garbage collection while they are on their way: from
// the moment they are put or kept until Release, by when something pinned must
// name them. It also writes them in large batches. It is safe for concurrent
// use.
type Hold struct {
	s *Store

	mu      sync.Mutex
	keys    map[string]struct{} // multihashes
	pending []blocks.Block
	size    int        // bytes pending
	writing chan error // gets the outcome of the batch under way; nil: there is none
	err     error      // the first of a batch
}

// batchSize is how many bytes a Hold gathers before it writes them.
const batchSize = 32 << 20

// Hold returns a Hold of nothing yet.
func (s *Store) Hold() *Hold { return &Hold{s: s, keys: map[string]struct{}{}} }

// note makes a block safe from now on.
func (h *Hold) note(c cid.Cid) {
	key := string(c.Hash())
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.keys[key]; ok {
		return
	}
	h.keys[key] = struct{}{}
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	h.s.held[key]++
	if h.s.touched != nil {
		h.s.touched[key] = struct{}{}
	}
}

// Keep holds a block that may be here already, and says whether it is.
func (h *Hold) Keep(ctx context.Context, c cid.Cid) (bool, error) {
	h.note(c)
	return h.s.Has(ctx, c)
}

// Add is Store.Add for a block that others see after Flush at the latest. data
// MUST NOT change any more.
func (h *Hold) Add(ctx context.Context, codec uint64, data []byte) (cid.Cid, error) {
	c, err := CID(codec, data)
	if err != nil {
		return cid.Undef, err
	}
	b, err := newBlock(c, data)
	if err != nil {
		return cid.Undef, err
	}
	return c, h.add(ctx, b)
}

// Put is Store.Put for a block that others see after Flush at the latest. data
// MUST NOT change any more.
func (h *Hold) Put(ctx context.Context, c cid.Cid, data []byte) error {
	if err := Check(c, data); err != nil {
		return err
	}
	b, err := newBlock(c, data)
	if err != nil {
		return err
	}
	return h.add(ctx, b)
}

// Take is Put for a block whose bytes MUST be those of its CID, because whoever
// made it computed the one from the other, as bitswap does on arrival.
func (h *Hold) Take(ctx context.Context, b blocks.Block) error {
	if len(b.RawData()) > MaxSize {
		return fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, len(b.RawData()), MaxSize)
	}
	return h.add(ctx, b)
}

// add takes a block whose bytes are those of its CID. It returns the error of
// an earlier batch, if there is one.
func (h *Hold) add(ctx context.Context, b blocks.Block) error {
	h.note(b.Cid())
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pending = append(h.pending, b)
	h.size += len(b.RawData())
	if h.size < batchSize {
		return h.err
	}
	return h.write(ctx)
}

// write starts writing what is pending, after the batch before. h.mu is held.
func (h *Hold) write(ctx context.Context) error {
	if err := h.wait(); err != nil {
		return err
	}
	batch := h.pending
	h.pending, h.size = nil, 0
	done := make(chan error, 1)
	h.writing = done
	go func() { done <- h.s.bs.PutMany(ctx, batch) }() // Flush and Release wait for it
	return nil
}

// wait waits for the batch under way. h.mu is held.
func (h *Hold) wait() error {
	if h.writing != nil {
		err := <-h.writing
		h.writing = nil
		if err != nil && h.err == nil {
			h.err = fmt.Errorf("store blocks: %w", err)
		}
	}
	return h.err
}

// Flush makes all blocks put so far visible, and durable.
func (h *Hold) Flush(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.pending) > 0 {
		if err := h.write(ctx); err != nil {
			return err
		}
	}
	if err := h.wait(); err != nil {
		return err
	}
	return h.s.Sync(ctx)
}

// Release ends the protection. What was not flushed is lost.
func (h *Hold) Release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	_ = h.wait() // Flush has told of it
	h.pending, h.size = nil, 0
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	for key := range h.keys {
		if h.s.touched != nil {
			h.s.touched[key] = struct{}{}
		}
		if h.s.held[key]--; h.s.held[key] == 0 {
			delete(h.s.held, key)
		}
	}
	clear(h.keys)
}
