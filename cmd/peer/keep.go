package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/catalog"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

// pinsAlone is how pins are kept while no peer runs: what is here is pinned, and
// nothing is fetched, promised or audited.
func (r *repo) pinsAlone() pin.Config {
	return pin.Config{Network: r.network(), Quota: r.config.Storage.Quota, Log: r.log}
}

// keep pins what is here already, and waits until it is so written down.
func (r *repo) keep(ctx context.Context, p pin.Pin) error {
	if err := r.pins.Add(ctx, p); err != nil {
		return err
	}
	if err := r.pins.Work(ctx); err != nil { // now, also where the running peer would come to it
		return err
	}
	return r.pins.Wait(ctx, p.Root)
}

// keepVersion pins a version in place of the one before, and of the parts that
// it lists now.
func (r *repo) keepVersion(ctx context.Context, f *feed, k known, whole bool) error {
	d, err := r.load(ctx, k)
	if err != nil {
		return err
	}
	if err := r.keep(ctx, pinOf(k, d, whole)); err != nil {
		return err
	}
	m := d.Manifest()
	for c := range listed(m) {
		if err := r.pins.Remove(ctx, c); err != nil && !errors.Is(err, pin.ErrNotPinned) {
			return err
		}
	}
	if m.Parent.Defined() {
		if err := r.pins.Remove(ctx, m.Parent); err != nil && !errors.Is(err, pin.ErrNotPinned) {
			return err
		}
	}
	return nil
}

// pinOf is the pin of a version. Its pledge has room for all pieces.
func pinOf(k known, d *manifest.Datanet, whole bool) pin.Pin {
	const rounding = 4 << 10 // bytes by which the pieces of a shard are longer than twice its content, at most
	p := pin.Pin{Root: d.CID(), Name: k.Name, Whole: whole, Datanet: d.ID()}
	for _, c := range d.Contributions() {
		for _, s := range c.Value().Shards {
			p.Shards = append(p.Shards, s.Layout)
			p.Bytes += 2*s.Size + rounding
		}
	}
	return p
}

// keeps says whether this peer founded a Datanet or pinned it.
func (r *repo) keeps(id manifest.ID) bool {
	var n int
	err := r.ledger.QueryRowContext(context.Background(), "SELECT count(*) FROM datanets WHERE id = ? AND head != ''", id[:]).Scan(&n)
	return err == nil && n > 0
}

// fetchOne returns a block from here or, where this peer runs, from others.
func (r *repo) fetchOne(ctx context.Context, c cid.Cid) ([]byte, error) {
	b, err := r.blocks.Get(ctx, c)
	if r.online == nil || !errors.Is(err, block.ErrNotFound) {
		return b, err
	}
	s, err := r.online.fetch.Session(ctx, "catalog", nil)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return s.Get(ctx, c)
}

// An announcement says what others know of a version.
type announcement string

const (
	announced announcement = "announced"
	lonely    announcement = "no other peer is connected"
	silent    announcement = "no peer is running"
)

// announce tells others of the latest version of a Datanet.
func (r *repo) announce(ctx context.Context, k known) (announcement, error) {
	s, err := r.version(ctx, k.Head)
	if err != nil {
		return silent, err
	}
	if _, err := r.catalog.Add(ctx, s.Record()); err != nil && !errors.Is(err, catalog.ErrOld) {
		return silent, err
	}
	if _, err := r.catalog.Check(ctx, k.Head); err != nil {
		return silent, err
	}
	if r.online == nil {
		return silent, nil
	}
	if err := r.catalog.Announce(ctx, r.online.net(), k.ID); err != nil {
		r.log.DebugContext(ctx, "Datanet not announced yet", slog.String("datanet", k.Name), slog.Any("err", err))
		return lonely, nil
	}
	r.online.told(k.Head)
	return announced, nil
}

// An announcer remembers which versions others have been told of.
type announcer struct {
	mu   sync.Mutex
	done map[cid.Cid]bool
	news chan struct{} // something could not be told
}

// again has what could not be told tried again soon.
func (a *announcer) again() {
	select {
	case a.news <- struct{}{}:
	default:
	}
}

func (a *announcer) told(c cid.Cid) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.done == nil {
		a.done = map[cid.Cid]bool{}
	}
	a.done[c] = true
}

func (a *announcer) isTold(c cid.Cid) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.done[c]
}

// announceAll tells others of each version that is here, as soon as it can; from
// then on the catalog does so.
func (o *online) announceAll(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		all, err := o.repo.datanets(ctx)
		if err != nil && ctx.Err() == nil {
			o.repo.log.ErrorContext(ctx, "Datanets not listed", slog.Any("err", err))
		}
		for _, k := range all {
			o.offerAll(ctx, k)
			if !k.Head.Defined() || o.isTold(k.Head) {
				continue
			}
			if _, err := o.repo.announce(ctx, k); err != nil && ctx.Err() == nil {
				o.repo.log.DebugContext(ctx, "Datanet not announced", slog.String("datanet", k.Name), slog.Any("err", err))
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-o.news:
			wait = time.Second / 2
		case <-time.After(wait):
		}
	}
}
