package node

import (
	"context"
	"errors"
	"fmt"
	"path"
	"sync"

	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
	"github.com/libp2p/go-libp2p-kad-dht/records"
)

// How many provider records a node keeps for others. A record is about 150
// bytes on disk and lives 48 hours.
const (
	providersOfOne = 50_000  // of one peer: 50 GB of pinned blocks of 1 MiB each
	providersOfAll = 500_000 // of all: 75 MB
)

var errQuota = errors.New("no room for more provider records")

// A quota bounds what strangers can make the DHT store. It counts the keys
// /providers/KEY/PEER below each PEER.
type quota struct {
	datastore.Batching
	one, all int

	mu    sync.Mutex
	count map[string]int // by the last part of the key: the peer
	total int
	ready bool
}

func newQuota(d datastore.Batching) *quota {
	return &quota{Batching: d, one: providersOfOne, all: providersOfAll, count: map[string]int{}}
}

// Put refuses a new key whose peer, or everybody, has enough of them.
func (q *quota) Put(ctx context.Context, key datastore.Key, value []byte) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.load(ctx); err != nil {
		return err
	}
	has, err := q.Batching.Has(ctx, key)
	if err != nil {
		return err
	}
	who := path.Base(key.String())
	if !has && (q.count[who] >= q.one || q.total >= q.all) {
		return fmt.Errorf("%w: %d of this peer, %d of all", errQuota, q.count[who], q.total)
	}
	if err := q.Batching.Put(ctx, key, value); err != nil || has {
		return err
	}
	q.count[who]++
	q.total++
	return nil
}

// Delete gives room back.
func (q *quota) Delete(ctx context.Context, key datastore.Key) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.load(ctx); err != nil {
		return err
	}
	has, err := q.Batching.Has(ctx, key)
	if err != nil {
		return err
	}
	if err := q.Batching.Delete(ctx, key); err != nil || !has {
		return err
	}
	who := path.Base(key.String())
	if q.count[who]--; q.count[who] == 0 {
		delete(q.count, who)
	}
	q.total--
	return nil
}

// load counts what an earlier run has stored.
func (q *quota) load(ctx context.Context) error {
	if q.ready {
		return nil
	}
	found, err := q.Batching.Query(ctx, query.Query{Prefix: records.ProvidersKeyPrefix, KeysOnly: true})
	if err != nil {
		return fmt.Errorf("count provider records: %w", err)
	}
	rows, err := found.Rest()
	if err != nil {
		return fmt.Errorf("count provider records: %w", err)
	}
	for _, row := range rows {
		q.count[path.Base(row.Key)]++
	}
	q.total, q.ready = len(rows), true
	return nil
}
