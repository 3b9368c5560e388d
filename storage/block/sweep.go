package block

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/ipfs/boxo/blockstore"
	"github.com/ipfs/boxo/datastore/dshelp"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
)

// An Entry is a block in a list.
type Entry struct {
	CID  cid.Cid // as raw: the store knows blocks by their hash and not by their codec
	Size int     // in bytes
}

// All yields each block, without reading it.
func (s *Store) All(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		results, err := s.d.Query(ctx, query.Query{Prefix: blockstore.BlockPrefix.String(), KeysOnly: true, ReturnsSizes: true})
		if err != nil {
			yield(Entry{}, fmt.Errorf("list blocks: %w", err))
			return
		}
		defer results.Close()
		for {
			r, ok := results.NextSync()
			if !ok {
				return
			}
			e := Entry{Size: r.Size}
			if r.Error == nil {
				e.CID, r.Error = parseKey(r.Key)
			}
			if r.Error != nil {
				r.Error = fmt.Errorf("list blocks: %w", r.Error)
			}
			if !yield(e, r.Error) {
				return
			}
		}
	}
}

func parseKey(key string) (cid.Cid, error) {
	name, ok := strings.CutPrefix(key, blockstore.BlockPrefix.String())
	if !ok || len(name) < 2 {
		return cid.Undef, fmt.Errorf("key %q is not of a block", key)
	}
	c, err := dshelp.DsKeyToCidV1(datastore.RawKey(name), cid.Raw)
	if err != nil {
		return cid.Undef, fmt.Errorf("key %q is not of a block: %w", key, err)
	}
	return c, nil
}

// Verify reads every block and yields the outcome of each: nil, ErrCorrupt, or
// what kept it from being read.
func (s *Store) Verify(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for e, err := range s.All(ctx) {
			if err == nil {
				_, err = s.Get(ctx, e.CID)
				if errors.Is(err, ErrNotFound) { // deleted since it was listed
					continue
				}
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// A Stat is what a store holds.
type Stat struct {
	Blocks int
	Bytes  uint64 // of the blocks
	Disk   uint64 // bytes on the disk; 0: not known
}

// Stat counts the blocks, without reading them.
func (s *Store) Stat(ctx context.Context) (st Stat, err error) {
	for e, err := range s.All(ctx) {
		if err != nil {
			return st, err
		}
		st.Blocks++
		st.Bytes += uint64(e.Size)
	}
	if s.usage != nil {
		st.Disk, err = s.usage()
	}
	return st, err
}

// Freed is what garbage collection deleted.
type Freed struct {
	Blocks int
	Bytes  uint64
}

// GC deletes every block that keep does not want, but none that a Hold named
// at any time since it began. So who pins blocks holds them first, records the
// pin for keep to see, and then releases.
//
// One collection runs at a time; another waits for it.
func (s *Store) GC(ctx context.Context, keep func(context.Context, cid.Cid) (bool, error)) (f Freed, err error) {
	s.sweep.Lock()
	defer s.sweep.Unlock()
	s.mu.Lock()
	s.touched = map[string]struct{}{}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.touched = nil
		s.mu.Unlock()
	}()
	for e, err := range s.All(ctx) {
		if err != nil {
			return f, fmt.Errorf("collect garbage: %w", err)
		}
		wanted, err := keep(ctx, e.CID)
		if err != nil {
			return f, fmt.Errorf("collect garbage: is %s wanted: %w", e.CID, err)
		}
		if wanted {
			continue
		}
		deleted, err := s.deleteIdle(ctx, e.CID)
		if err != nil {
			return f, fmt.Errorf("collect garbage: %w", err)
		}
		if deleted {
			f.Blocks++
			f.Bytes += uint64(e.Size)
		}
	}
	return f, s.Sync(ctx)
}

// deleteIdle deletes a block unless it is, or was, on its way. The lock keeps a
// Hold from naming it in between.
func (s *Store) deleteIdle(ctx context.Context, c cid.Cid) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.touched[string(c.Hash())]; ok || s.held[string(c.Hash())] > 0 {
		return false, nil
	}
	return true, s.Delete(ctx, c)
}
