package pin

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/storage/erasure"
)

// layouts keeps those used last. It is safe for concurrent use.
type layouts struct {
	mu   sync.Mutex
	kept map[cid.Cid]*erasure.Layout
}

const maxLayouts = 64

// layout reads a layout that is here.
func (s *Service) layout(ctx context.Context, c cid.Cid) (*erasure.Layout, error) {
	s.layouts.mu.Lock()
	l := s.layouts.kept[c]
	s.layouts.mu.Unlock()
	if l != nil {
		return l, nil
	}
	b, err := s.blocks.Get(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("layout: %w", err)
	}
	l = new(erasure.Layout)
	if err := canon.Decode(b, l, canon.Limits{}); err != nil {
		return nil, fmt.Errorf("block %s is no layout: %w", c, err)
	}
	s.layouts.mu.Lock()
	defer s.layouts.mu.Unlock()
	if len(s.layouts.kept) >= maxLayouts || s.layouts.kept == nil {
		s.layouts.kept = map[cid.Cid]*erasure.Layout{}
	}
	s.layouts.kept[c] = l
	return l, nil
}

// known shards are what audits need: from the tables, and the layouts that are
// here.
type knownShards struct {
	ctx  context.Context
	s    *Service
	rows []shardRow
}

func (k knownShards) row(shard uint32) (shardRow, error) {
	if int64(shard) >= int64(len(k.rows)) || shard > math.MaxInt32 || k.rows[shard].pieces == 0 {
		return shardRow{}, fmt.Errorf("shard %d is not known here: is there a newer version of the Datanet to pin?", shard)
	}
	return k.rows[shard], nil
}

func (k knownShards) Leaves(shard uint32) (uint64, error) {
	r, err := k.row(shard)
	return r.leaves, err
}

func (k knownShards) Roots(shard uint32) ([]merkle.Digest, error) {
	r, err := k.row(shard)
	if err != nil {
		return nil, err
	}
	l, err := k.s.layout(k.ctx, r.layout)
	if err != nil {
		return nil, errors.Join(errOwn, err)
	}
	return l.Roots, nil
}
