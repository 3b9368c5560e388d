package simnet_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
	dssync "github.com/ipfs/go-datastore/sync"
	"github.com/libp2p/go-libp2p-kad-dht/records"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/proofs/record"
)

// What peers that flood a topic, streams and the DHT at once cost an honest one:
// so many signature checks, on which the CPU time is spent, so many stored
// records, and so much memory. Soon the first is not listened to, and its
// records cost nothing any more. The long run has the default limits.
func TestFlooderCostsLittle(t *testing.T) {
	length, rate, speed := 16*time.Second, gossip.Rate{PerSecond: 25, Burst: 250}, 150
	if long {
		length, rate, speed = 40*time.Second, gossip.Rate{PerSecond: 200, Burst: 5000}, 700
	}
	store := dssync.MutexWrap(datastore.NewMapDatastore())
	start(t, 9, 3, func(i int, s *simnet.Setup) {
		s.Gossip = func(c *gossip.Config) { c.PerPeer = rate }
		if i == 0 {
			s.Node = func(c *node.Config) { c.Store = store }
		}
	}, func(t *testing.T, w *simnet.World) {
		victim := w.Peer(0)
		looked := func() float64 { return victim.Count("peer_gossip_records_total", map[string]string{"topic": "talk"}) }
		before, goroutines := heap(), runtime.NumGoroutine()
		var rogues []*simnet.Rogue // on connections of their own, else the slowest flood would slow the others
		for i, topics := range [][]string{{"talk"}, nil, nil} {
			r, err := w.Rogue(t.Context(), 666+i, simnet.KeyOf(666+i), []int{0}, topics...)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			rogues = append(rogues, r)
		}
		time.Sleep(5 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), length)
		defer cancel()
		var work sync.WaitGroup
		var said, streams, provided int
		id := victim.Node.Host().ID()
		work.Go(func() { said = rogues[0].FloodGossip(ctx, "talk", record.Statement, speed) })
		work.Go(func() { streams = rogues[1].FloodStreams(ctx, id, call.HelloProtocol, 100) })
		work.Go(func() { provided = rogues[2].FloodProviders(ctx, id, 2) })
		var grown, more int
		var quiet float64 // the last quarter
		for i := range 4 {
			if i == 3 {
				quiet = looked()
			}
			time.Sleep(length/4 - time.Second/2)
			grown, more = max(grown, int(heap())-int(before)), max(more, runtime.NumGoroutine()-goroutines)
			if _, took, err := w.Peer(1).Node.Ping(t.Context(), simnet.Bootstrap(0)); err != nil || took > time.Second {
				t.Errorf("during the flood: ping took %v, %v", took, err)
			}
		}
		work.Wait()
		t.Logf("a flood of %d records, %d streams and %d provider records in %v: %v records were looked at, %v of them in the last quarter, "+
			"%d rows stored, %.1f MB and %d goroutines more at most, with the flooders' own",
			said, streams, provided, length, looked(), looked()-quiet, rows(t, store), float64(grown)/1e6, more)
		if said < speed*int(length.Seconds())/2 || streams < 50 || provided < 1000 {
			t.Errorf("the flood was small: %d records, %d streams, %d provider records", said, streams, provided)
		}
		if most := float64(rate.Burst) + rate.PerSecond*length.Seconds(); looked() > most {
			t.Errorf("%v records were looked at, want %v at most", looked(), most)
		}
		if n := looked() - quiet; n > 0 {
			t.Errorf("%v records of a peer that is not listened to were looked at", n)
		}
		if n := rows(t, store); n > 100*(int(length.Seconds())+6)+50 {
			t.Errorf("%d provider records were stored, want 100 a second", n)
		}
		if grown > 64<<20 || more > 400 {
			t.Errorf("%d bytes and %d goroutines more", grown, more)
		}
	})
}

// rows counts the provider records in a store.
func rows(t *testing.T, store datastore.Batching) int {
	t.Helper()
	found, err := store.Query(t.Context(), query.Query{Prefix: records.ProvidersKeyPrefix, KeysOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	all, err := found.Rest()
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// A stream that begins a message, of any protocol that a peer speaks, or of
// none, and then falls silent, is closed by the peer.
func TestSilentStreamsEnd(t *testing.T) {
	start(t, 10, 2, nil, func(t *testing.T, w *simnet.World) {
		r, err := w.Rogue(t.Context(), 666, simnet.KeyOf(666), []int{0})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		ids := append(spoken(w.Peer(0)), "") // "": one that agrees on no protocol
		var work sync.WaitGroup
		for _, id := range ids {
			work.Go(func() {
				s, err := open(t, r, w.Peer(0), id)
				if err != nil {
					t.Errorf("%q: %v", id, err)
					return
				}
				begun := time.Now()
				_, _ = s.Write([]byte{0x80}) // the first of a length's bytes; the peer may have hung up
				_ = s.SetReadDeadline(time.Now().Add(10 * time.Minute))
				_, err = io.Copy(io.Discard, s)
				if errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("%q: the stream is open after %v", id, time.Since(begun))
				}
				_ = s.Reset()
			})
		}
		work.Wait()
	})
}

// Any bytes on any protocol that a peer speaks end that stream at most: the
// peer answers others as before, and holds no more memory.
func TestGarbageOnEveryProtocol(t *testing.T) {
	const seed = 11
	each := 20
	if long {
		each = 1000
	}
	start(t, seed, 2, nil, func(t *testing.T, w *simnet.World) {
		r, err := w.Rogue(t.Context(), 666, simnet.KeyOf(666), []int{0}, "talk")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		before := heap()
		random := rand.New(rand.NewPCG(seed, 3))
		ids := append(slices.Clone(w.Peer(0).Node.Host().Mux().Protocols()), "")
		for _, id := range ids {
			for range each {
				s, err := open(t, r, w.Peer(0), id)
				if err != nil {
					continue // too many are open already
				}
				_, _ = s.Write(garbage(random))
				_ = s.CloseWrite()
				if random.IntN(2) == 0 {
					_ = s.SetReadDeadline(time.Now().Add(time.Second))
					_, _ = io.Copy(io.Discard, s)
				}
				_ = s.Reset()
			}
		}
		if _, _, err := w.Peer(1).Node.Ping(t.Context(), simnet.Bootstrap(0)); err != nil {
			t.Errorf("after garbage on %v: %v", ids, err)
		}
		time.Sleep(2 * time.Minute)
		if grown := int(heap()) - int(before); grown > 16<<20 {
			t.Errorf("%d bytes more after garbage on %v", grown, ids)
		}
	})
}

// spoken lists the protocols of a peer whose streams end with a message:
// those of gossip stay open as long as the connection.
func spoken(p *simnet.Peer) []protocol.ID {
	return slices.DeleteFunc(p.Node.Host().Mux().Protocols(), func(id protocol.ID) bool {
		return strings.HasPrefix(string(id), "/meshsub/") || strings.HasPrefix(string(id), "/floodsub/")
	})
}

// open begins a stream of a protocol, or of none.
func open(t *testing.T, r *simnet.Rogue, to *simnet.Peer, id protocol.ID) (network.Stream, error) {
	if id == "" {
		return r.Host.Network().NewStream(t.Context(), to.Node.Host().ID())
	}
	return r.Host.NewStream(t.Context(), to.Node.Host().ID(), id)
}

// garbage is bytes of any length, half of them behind a length that is right,
// as most protocols frame their messages, or nearly.
func garbage(random *rand.Rand) []byte {
	b := make([]byte, random.IntN(1<<random.IntN(14)))
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	switch random.IntN(4) {
	case 0:
		return append(binary.AppendUvarint(nil, uint64(len(b))), b...)
	case 1:
		return append(binary.AppendUvarint(nil, random.Uint64()>>random.IntN(64)), b...)
	}
	return b
}
