package catalog

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

// Announce publishes the head of a Datanet, and tells the DHT that this peer
// answers for it.
func (c *Catalog) Announce(ctx context.Context, net Net, id manifest.ID) error {
	e, err := c.Entry(ctx, id)
	if err != nil {
		return err
	}
	envelope, err := c.envelope(ctx, e.Head)
	if err != nil {
		return err
	}
	v, err := record.Open(envelope, c.c.Network)
	if err != nil {
		return fmt.Errorf("catalog: damaged: %w", err)
	}
	var bad []error
	if net.Publish != nil && len(envelope) <= MaxAnnounced {
		bad = append(bad, net.Publish(ctx, v))
	}
	return errors.Join(append(bad, c.provide(ctx, net, e))...)
}

func (c *Catalog) provide(ctx context.Context, net Net, e Entry) error {
	if net.Provide == nil {
		return nil
	}
	return errors.Join(net.Provide(ctx, Key(c.c.Network, e.ID)), net.Provide(ctx, NameKey(c.c.Network, e.Manifest.Name)))
}

// How often Run looks what is to be done.
const (
	lookEvery    = 10 * time.Minute
	provideEvery = 12 * time.Hour // records in the DHT live for 48
)

// Run hears announcements, checks heads, announces what is kept and forgets what
// nobody announces any more, until ctx is done.
func (c *Catalog) Run(ctx context.Context, net Net) error {
	heard := make(chan struct{}, 1)
	var work sync.WaitGroup
	defer work.Wait()
	if net.Next != nil {
		work.Go(func() { c.listen(ctx, net, heard) })
	}
	if c.c.Get != nil {
		work.Go(func() {
			tick := time.NewTicker(lookEvery)
			defer tick.Stop()
			for {
				c.checkDue(ctx)
				select {
				case <-ctx.Done():
					return
				case <-heard:
				case <-tick.C:
				}
			}
		})
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	provided := map[cid.Cid]time.Time{}
	for {
		c.look(ctx, net, provided)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (c *Catalog) listen(ctx context.Context, net Net, heard chan<- struct{}) {
	for {
		v, err := net.Next(ctx)
		if err != nil {
			return // ctx is done, or the topic closed
		}
		if _, err := c.Add(ctx, v); err != nil {
			c.c.Log.DebugContext(ctx, "Datanet refused", slog.String("peer", v.Signer().PeerID().String()), slog.Any("err", err))
			continue
		}
		select {
		case heard <- struct{}{}:
		default:
		}
	}
}

// look announces what is kept and forgets what is old. provided says when a key
// was last provided.
func (c *Catalog) look(ctx context.Context, net Net, provided map[cid.Cid]time.Time) {
	now := c.c.Now()
	provide := func(key cid.Cid) {
		if net.Provide == nil || now.Sub(provided[key]) < provideEvery {
			return
		}
		if err := net.Provide(ctx, key); err != nil {
			c.c.Log.DebugContext(ctx, "Datanet not provided", slog.Any("err", err))
			return
		}
		provided[key] = now
	}
	provide(MeetingKey(c.c.Network, now))
	for offset := 0; ctx.Err() == nil; offset += pageSize {
		list, err := c.List(ctx, offset, pageSize)
		if err != nil || len(list) == 0 {
			break
		}
		for _, e := range list {
			if !c.c.Keep(e.ID) {
				continue
			}
			provide(Key(c.c.Network, e.ID))
			provide(NameKey(c.c.Network, e.Manifest.Name))
			if net.Publish != nil && now.Sub(e.Seen) >= c.c.Refresh {
				if err := c.Announce(ctx, Net{Publish: net.Publish}, e.ID); err != nil {
					c.c.Log.DebugContext(ctx, "Datanet not announced", slog.Any("err", err))
				}
			}
		}
	}
	if n, err := c.Expire(ctx); err != nil {
		c.c.Log.ErrorContext(ctx, "Catalog not tidied", slog.Any("err", err))
	} else if n > 0 {
		c.c.Log.InfoContext(ctx, "Datanets forgotten that nobody announces any more", slog.Int("n", n))
	}
}
