package node

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/multiformats/go-multiaddr"
)

const (
	bookSize  = 200 // peers that the book remembers, the last seen first
	bookAddrs = 16  // addresses of each
)

var bookPrefix = datastore.NewKey("/network/peers")

// A book remembers on disk where peers were reached, so that a restart needs
// no bootstrap peer. Nothing in it is trusted: a peer proves its key when it is
// dialled.
type book struct{ store datastore.Batching }

// entry is one remembered peer, as stored.
type entry struct {
	Addrs []string  `json:"addrs"`
	Seen  time.Time `json:"seen"`
}

// remember writes peers that are connected now and drops the oldest beyond
// bookSize.
func (b book) remember(ctx context.Context, peers []peer.AddrInfo, now time.Time) error {
	for _, p := range peers {
		e := entry{Seen: now.UTC()}
		for _, a := range p.Addrs[:min(len(p.Addrs), bookAddrs)] {
			e.Addrs = append(e.Addrs, a.String())
		}
		if len(e.Addrs) == 0 {
			continue
		}
		value, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if err := b.store.Put(ctx, bookPrefix.ChildString(p.ID.String()), value); err != nil {
			return fmt.Errorf("remember peer %s: %w", p.ID, err)
		}
	}
	all, err := b.read(ctx)
	if err != nil {
		return err
	}
	for _, old := range all[min(bookSize, len(all)):] {
		if err := b.store.Delete(ctx, bookPrefix.ChildString(old.ID.String())); err != nil {
			return fmt.Errorf("forget peer %s: %w", old.ID, err)
		}
	}
	return b.store.Sync(ctx, bookPrefix)
}

// peers returns the remembered peers, the last seen first.
func (b book) peers(ctx context.Context) ([]peer.AddrInfo, error) {
	all, err := b.read(ctx)
	out := make([]peer.AddrInfo, len(all))
	for i, p := range all {
		out[i] = p.AddrInfo
	}
	return out, err
}

type remembered struct {
	peer.AddrInfo
	seen time.Time
}

// read lists the book by time. An entry that cannot be read is skipped: the
// book is a hint, and a broken page must not keep a peer off the network.
func (b book) read(ctx context.Context) ([]remembered, error) {
	results, err := b.store.Query(ctx, query.Query{Prefix: bookPrefix.String()})
	if err != nil {
		return nil, fmt.Errorf("read remembered peers: %w", err)
	}
	rows, err := results.Rest()
	if err != nil {
		return nil, fmt.Errorf("read remembered peers: %w", err)
	}
	var out []remembered
	for _, row := range rows {
		var e entry
		id, err := peer.Decode(datastore.RawKey(row.Key).BaseNamespace())
		if err != nil || json.Unmarshal(row.Value, &e) != nil {
			continue
		}
		r := remembered{peer.AddrInfo{ID: id}, e.Seen}
		for _, s := range e.Addrs {
			if a, err := multiaddr.NewMultiaddr(s); err == nil {
				r.Addrs = append(r.Addrs, a)
			}
		}
		if len(r.Addrs) > 0 {
			out = append(out, r)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if !out[i].seen.Equal(out[j].seen) {
			return out[i].seen.After(out[j].seen)
		}
		return out[i].ID < out[j].ID
	})
	return out, nil
}
