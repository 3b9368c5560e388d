package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
)

// A shardReader gets blocks of a Datanet: from here, else from other peers. It
// asks nobody for a chunk that enough others of its stripe, here, make up for.
type shardReader struct {
	repo   *repo
	remote manifest.Get // nil: there are no other peers

	mu   sync.Mutex
	skip map[cid.Cid]bool
}

// chunkTime is how long a chunk is waited for that another could make up for.
const chunkTime = 20 * time.Second

// reader returns what gets blocks of a Datanet. done MUST follow.
func (r *repo) reader(ctx context.Context, name string, id manifest.ID) (get manifest.Get, done func(), err error) {
	x := &shardReader{repo: r, skip: map[cid.Cid]bool{}}
	if r.online == nil {
		return x.get, func() {}, nil
	}
	s, err := r.online.session(ctx, name, id, nil)
	if err != nil {
		return nil, nil, err
	}
	x.remote = s.Get
	return x.get, s.Close, nil
}

func (x *shardReader) get(ctx context.Context, c cid.Cid) ([]byte, error) {
	b, err := x.repo.blocks.Get(ctx, c)
	if x.remote != nil && (errors.Is(err, block.ErrNotFound) || errors.Is(err, block.ErrCorrupt)) && !x.spared(c) {
		b, err = x.fetch(ctx, c)
	}
	if err == nil && c.Type() == cid.DagCBOR {
		x.plan(ctx, b)
	}
	return b, err
}

func (x *shardReader) fetch(ctx context.Context, c cid.Cid) ([]byte, error) {
	if c.Type() != cid.Raw {
		return x.remote(ctx, c)
	}
	limited, cancel := context.WithTimeout(ctx, chunkTime)
	defer cancel()
	b, err := x.remote(limited, c)
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		err = fmt.Errorf("%w: %s: nobody sent it within %v", block.ErrNotFound, c, chunkTime)
	}
	return b, err
}

func (x *shardReader) spared(c cid.Cid) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.skip[c]
}

// plan looks which chunks of a shard are not worth asking for, if b is a layout.
func (x *shardReader) plan(ctx context.Context, b []byte) {
	var l erasure.Layout
	if canon.Decode(b, &l, canon.Limits{}) != nil {
		return
	}
	skip := map[cid.Cid]bool{}
	for _, stripe := range l.Stripes {
		var lack []cid.Cid
		for _, c := range stripe {
			if has, err := x.repo.blocks.Has(ctx, c); err != nil || !has {
				lack = append(lack, c)
			}
		}
		if len(stripe)-len(lack) < l.Code.Data {
			continue
		}
		for _, c := range lack {
			skip[c] = true
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.skip = skip // a shard is read at a time
}
