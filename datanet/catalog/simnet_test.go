package catalog_test

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-cid"
	_ "modernc.org/sqlite"

	"github.com/openledger/openledger/datanet/catalog"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/proofs/record"
)

// A resident has a catalog on a real host, whose wires and clock are simulated.
type resident struct {
	key     record.Key
	node    *node.Node
	gossip  *gossip.Router
	catalog *catalog.Catalog
	stop    func()
}

func settle(t *testing.T, net *simnet.Net, i int) *resident {
	t.Helper()
	quiet, r := slog.New(slog.DiscardHandler), &resident{key: simnet.KeyOf(i)}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c := node.Config{
		Network: simnet.Network, Listen: []string{simnet.Addr(i)}, Log: quiet, Version: "sim", Arithmetic: 1,
		Simulate: net.Options(i, simnet.Link{Up: 100_000_000, Down: 100_000_000, Latency: 20 * time.Millisecond}),
	}
	if i > 0 {
		c.Bootstrap = []string{simnet.Bootstrap(0)}
	}
	var err error
	r.node, err = node.New(r.key, c)
	must(err)
	r.gossip, err = gossip.New(r.node.Host(), []gossip.Rule{catalog.Rule(simnet.Network, nil)}, gossip.Config{Network: simnet.Network})
	must(err)
	db, err := sql.Open("sqlite", ":memory:")
	must(err)
	db.SetMaxOpenConns(1)
	r.catalog, err = catalog.Open(t.Context(), db, catalog.Config{Network: simnet.Network, Log: quiet, Keep: func(manifest.ID) bool { return i == 0 }})
	must(err)
	unserve := r.node.Serve("catalog", limits, quiet, func(ctx context.Context, _ string, body []byte, send func([]byte) error) error {
		return r.catalog.Answer(ctx, body, send)
	})
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	for _, run := range []func(context.Context) error{r.node.Run, func(ctx context.Context) error { return r.catalog.Run(ctx, r.net()) }} {
		work.Go(func() {
			if err := run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	r.stop = func() {
		unserve()
		cancel()
		work.Wait()
		r.gossip.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	return r
}

var limits = call.Limits{Request: 256, Answer: 8 * catalog.MaxAnnounced}

func (r *resident) net() catalog.Net {
	topic := r.gossip.Topic("datanet")
	return catalog.Net{
		Publish: topic.Publish, Next: topic.Next, Provide: r.node.Provide,
		Providers: func(ctx context.Context, key cid.Cid) iter.Seq[string] { return r.node.Providers(ctx, key, 20) },
		Ask: func(ctx context.Context, to string, request []byte) iter.Seq2[[]byte, error] {
			return r.node.Parts(ctx, to, "catalog", request, limits)
		},
	}
}

// publish makes and announces version 0 of a Datanet.
func (r *resident) publish(t *testing.T, name string) manifest.ID {
	t.Helper()
	s, err := manifest.SealManifest(r.key, simnet.Network, manifest.New(name, "CC0-1.0", manifest.Open).Manifest)
	if err == nil {
		_, err = r.catalog.Add(t.Context(), s.Record())
	}
	if err == nil {
		err = r.catalog.Announce(t.Context(), r.net(), s.Datanet())
	}
	if err != nil {
		t.Fatal(err)
	}
	return s.Datanet()
}

// TestOnSimulatedWires: an announcement reaches all that listen, by gossip, and
// who comes later finds the Datanet in the DHT, by ID and by name.
func TestOnSimulatedWires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := simnet.New(1)
		net.Start()
		defer net.Close()
		var all []*resident
		defer func() {
			for _, r := range all {
				r.stop()
			}
		}()
		for i := range 6 {
			all = append(all, settle(t, net, i))
		}
		time.Sleep(time.Minute)
		id := all[0].publish(t, "poems")
		time.Sleep(10 * time.Second)
		for i, r := range all {
			if e, err := r.catalog.Entry(t.Context(), id); err != nil || e.Founder != all[0].key.Public().Account() || e.State != catalog.Announced {
				t.Errorf("peer %d: %+v, %v", i, e, err)
			}
		}
		late := settle(t, net, 6)
		all = append(all, late)
		time.Sleep(time.Minute)
		if err := late.catalog.Remove(t.Context(), id); err != nil { // it may have met somebody who told
			t.Fatal(err)
		}
		e, err := late.catalog.Find(t.Context(), late.net(), id)
		if err != nil || e.Manifest.Name != "poems" {
			t.Errorf("found by ID: %+v, %v", e, err)
		}
		if err := late.catalog.Remove(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if _, err := late.catalog.FindName(t.Context(), late.net(), "poems"); err != nil {
			t.Errorf("found by name: %v", err)
		}
		if list, err := late.catalog.Search(t.Context(), catalog.Query{Words: "poems"}); err != nil || len(list) != 1 {
			t.Errorf("search: %s, %v", fmt.Sprint(list), err)
		}
	})
}
