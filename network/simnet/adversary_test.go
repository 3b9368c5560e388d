package simnet_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// start runs a test in a world of n peers that have joined by the first.
func start(t *testing.T, seed uint64, n int, setup func(i int, s *simnet.Setup), test func(t *testing.T, w *simnet.World)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := simnet.NewWorld(seed)
		defer func() {
			if err := w.Close(); err != nil {
				t.Error(err)
			}
			if t.Failed() {
				t.Logf("seed %d", seed)
			}
		}()
		for i := range n {
			s := simnet.Setup{}
			if i > 0 {
				s.Join = []int{0}
			}
			if setup != nil {
				setup(i, &s)
			}
			if _, err := w.Start(i, s); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(2 * time.Minute)
		test(t, w)
	})
}

// everybody collects what each peer hears while something is done.
func everybody(t *testing.T, w *simnet.World, within time.Duration, do func()) map[int][]record.Verified {
	t.Helper()
	var (
		work sync.WaitGroup
		mu   sync.Mutex
		out  = map[int][]record.Verified{}
	)
	for _, p := range w.Peers() {
		work.Go(func() {
			heard := p.Hear(t.Context(), within)
			mu.Lock()
			defer mu.Unlock()
			out[p.Index] = heard
		})
	}
	do()
	work.Wait()
	return out
}

// say lets each peer make a statement and returns their digests.
func say(t *testing.T, w *simnet.World, sequence uint64) map[[32]byte]bool {
	t.Helper()
	said := map[[32]byte]bool{}
	for _, p := range w.Peers() {
		v, err := p.Say(t.Context(), sequence, canon.AppendText(nil, fmt.Sprint("peer ", p.Index, " says ", sequence)))
		if err != nil {
			t.Fatal(err)
		}
		said[v.Header().Digest()] = true
	}
	return said
}

// exactly checks that each peer heard each statement once, and of honest peers
// nothing else.
func exactly(t *testing.T, w *simnet.World, heard map[int][]record.Verified, said map[[32]byte]bool) {
	t.Helper()
	honest := map[record.PublicKey]bool{}
	for _, p := range w.Peers() {
		honest[p.Key.Public()] = true
	}
	for i, vs := range heard {
		got := map[[32]byte]int{}
		for _, v := range vs {
			if !honest[v.Signer()] {
				continue // a liar's own words, in its own name
			}
			d := v.Header().Digest()
			if got[d]++; !said[d] {
				t.Errorf("peer %d heard what %s never said: %s", i, v.Signer().Account(), v.Payload())
			}
		}
		for d := range said {
			if got[d] != 1 {
				t.Errorf("peer %d heard a statement %d times, want once", i, got[d])
			}
		}
	}
}

func TestLiesAreNeverDelivered(t *testing.T) {
	start(t, 1, 6, nil, func(t *testing.T, w *simnet.World) {
		liar := simnet.KeyOf(666)
		r, err := w.Rogue(t.Context(), 666, liar, []int{0, 1}, "talk", "advert")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		time.Sleep(5 * time.Second)
		victim := w.Peer(3)
		var said map[[32]byte]bool
		heard := everybody(t, w, time.Minute, func() {
			said = say(t, w, 1)
			v, err := record.Seal(victim.Key, record.Header{Network: simnet.Network, Type: record.Statement, Sequence: 1}, canon.AppendText(nil, "peer 3 says 1"))
			if err != nil {
				t.Fatal(err)
			}
			for topic, true_ := range map[string]record.Verified{"talk": v, "advert": victim.Capacity.Own()} {
				for _, lie := range simnet.Lies(liar, true_) {
					if err := r.Publish(t.Context(), topic, lie); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
		exactly(t, w, heard, said)
		for _, p := range w.Peers() {
			a, jumps, ok := p.Capacity.Known(victim.Node.Host().ID())
			if p != victim && (!ok || a.Memory != 16<<30 || len(jumps) > 0) {
				t.Errorf("peer %d thinks of the victim: %+v, %v", p.Index, a, jumps)
			}
			if n := p.Capacity.Peers(); len(n) != 5 {
				t.Errorf("peer %d knows %d adverts, want those of 5 honest peers", p.Index, len(n))
			}
		}
		if n := w.Peer(0).Count("peer_gossip_records_total", map[string]string{"result": "rejected"}); n == 0 || n > 20 {
			t.Errorf("peer 0 looked at %v bad records, want a few and then no more", n)
		}
	})
}

// A claim that grows suddenly is shown, and does not count.
func TestBoastIsShown(t *testing.T) {
	start(t, 2, 4, nil, func(t *testing.T, w *simnet.World) {
		boaster := w.Peer(2)
		own, err := capacity.Open(boaster.Capacity.Own(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		w.Stop(2)
		time.Sleep(time.Second)
		r, err := w.Rogue(t.Context(), 2, boaster.Key, []int{0, 1}, "advert")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		time.Sleep(5 * time.Second)
		own.Issued = time.Now()
		own.Expires = own.Issued.Add(10 * time.Minute)
		own.Memory, own.Speed.Decode = 1<<40, 1<<40
		h := boaster.Capacity.Own().Header()
		h.Sequence = uint64(own.Issued.UnixMilli())
		v, err := record.Seal(boaster.Key, h, own.AppendCanon(nil))
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Publish(t.Context(), "advert", v.Envelope()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Second)
		for _, i := range []int{0, 1, 3} {
			a, jumps, _ := w.Peer(i).Capacity.Known(v.Signer().PeerID())
			if a.Memory != 1<<40 || len(jumps) != 2 {
				t.Errorf("peer %d: got %d bytes and jumps %v, want the claim and two jumps", i, a.Memory, jumps)
			}
			if n := w.Peer(i).Count("peer_capacity_jumps_total", nil); n != 2 {
				t.Errorf("peer %d counts %v jumps, want 2", i, n)
			}
		}
	})
}

func TestReplaysAreNeverDelivered(t *testing.T) {
	start(t, 3, 6, nil, func(t *testing.T, w *simnet.World) {
		r, err := w.Rogue(t.Context(), 666, simnet.KeyOf(666), []int{0, 1, 2}, "talk", "advert")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		time.Sleep(5 * time.Second)
		const long = 40 * time.Minute
		ctx, cancel := context.WithTimeout(t.Context(), long)
		defer cancel()
		var work sync.WaitGroup
		var replayed [2]int
		for i, topic := range []string{"talk", "advert"} {
			work.Go(func() { replayed[i] = r.Replay(ctx, topic, 5*time.Minute, 3*time.Minute) })
		}
		said := map[[32]byte]bool{}
		heard := everybody(t, w, long, func() {
			for i := range 5 {
				for d := range say(t, w, uint64(i)) {
					said[d] = true
				}
				time.Sleep(time.Second)
			}
		})
		work.Wait()
		exactly(t, w, heard, said)
		if replayed[0] < 300 || replayed[1] < 30 {
			t.Errorf("only %v records were replayed", replayed)
		}
		if n := w.Peer(0).Count("peer_gossip_records_total", map[string]string{"result": "rejected"}); n != 0 {
			t.Errorf("%v replays were blamed on who passed them on", n)
		}
	})
}

// A flooder costs an honest peer a bounded number of signature checks, and
// honest statements arrive as before.
func TestFloodIsBounded(t *testing.T) {
	rate := gossip.Rate{PerSecond: 20, Burst: 200}
	start(t, 4, 6, func(_ int, s *simnet.Setup) { s.Gossip = func(c *gossip.Config) { c.PerPeer = rate } }, func(t *testing.T, w *simnet.World) {
		r, err := w.Rogue(t.Context(), 666, simnet.KeyOf(666), []int{0, 1}, "talk")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		time.Sleep(5 * time.Second)
		const long = 30 * time.Second
		ctx, cancel := context.WithTimeout(t.Context(), long)
		defer cancel()
		var work sync.WaitGroup
		sent := 0
		work.Go(func() { sent = r.FloodGossip(ctx, "talk", record.Statement, 150) })
		said := map[[32]byte]bool{}
		heard := everybody(t, w, long, func() {
			for i := range 5 {
				for d := range say(t, w, uint64(i)) {
					said[d] = true
				}
				time.Sleep(5 * time.Second)
			}
		})
		work.Wait()
		exactly(t, w, heard, said)
		for _, i := range []int{0, 1} {
			looked := w.Peer(i).Count("peer_gossip_records_total", map[string]string{"topic": "talk"})
			if most := 2 * (float64(rate.Burst) + rate.PerSecond*long.Seconds()); looked > most {
				t.Errorf("peer %d looked at %v of %d records, want %v at most", i, looked, sent, most)
			}
		}
		if sent < 150*25 {
			t.Errorf("the flooder sent %d records only", sent)
		}
	})
}

func TestGarbageIsBounded(t *testing.T) {
	start(t, 5, 3, nil, func(t *testing.T, w *simnet.World) {
		r, err := w.Rogue(t.Context(), 666, simnet.KeyOf(666), []int{0}, "talk")
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		time.Sleep(5 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		r.FloodGarbage(ctx, "talk", rand.New(rand.NewPCG(5, 0)), 100)
		if n := w.Peer(0).Count("peer_gossip_records_total", map[string]string{"result": "rejected", "reason": "form"}); n == 0 || n > 400 {
			t.Errorf("peer 0 looked at %v pieces of garbage, want the first few seconds' at most", n)
		}
		if n := w.Peer(1).Count("peer_gossip_records_total", map[string]string{"result": "rejected"}); n != 0 {
			t.Errorf("peer 1 was passed %v pieces of garbage on", n)
		}
	})
}

// Streams that begin a request and never end it are few at a time, are closed
// in time, and keep nobody else out.
func TestStreamFloodIsBounded(t *testing.T) {
	start(t, 6, 2, nil, func(t *testing.T, w *simnet.World) {
		r, err := w.Rogue(t.Context(), 666, simnet.KeyOf(666), []int{0})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		victim := w.Peer(0)
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var work sync.WaitGroup
		opened := 0
		work.Go(func() { opened = r.FloodStreams(ctx, victim.Node.Host().ID(), call.HelloProtocol, 50) })
		for range 5 {
			time.Sleep(10 * time.Second)
			if _, took, err := w.Peer(1).Node.Ping(t.Context(), simnet.Bootstrap(0)); err != nil || took > time.Second {
				t.Errorf("during the flood: ping took %v, %v", took, err)
			}
			if n := runtime.NumGoroutine() - before; n > 300 {
				t.Errorf("%d more goroutines", n)
			}
		}
		work.Wait()
		if opened < 100 {
			t.Errorf("the flooder opened %d streams only", opened)
		}
	})
}

// The DHT takes provider records of one peer at a walking pace: 100 a second.
func TestProviderFloodIsSlowed(t *testing.T) {
	store := dssync.MutexWrap(datastore.NewMapDatastore())
	start(t, 7, 2, func(i int, s *simnet.Setup) {
		if i == 0 {
			s.Node = func(c *node.Config) { c.Store = store }
		}
	}, func(t *testing.T, w *simnet.World) {
		r, err := w.Rogue(t.Context(), 666, simnet.KeyOf(666), []int{0})
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		sent := r.FloodProviders(ctx, w.Peer(0).Node.Host().ID(), 4)
		if n := rows(t, store); sent < 2000 || n > 100*11+50 {
			t.Errorf("of %d provider records %d were stored in 10 s, want 100 a second", sent, n)
		}
	})
}

// Peers that sit around a capability's place in the DHT, closer than anyone
// else, hide nobody from who gossips; from who does not, for half an hour at
// most, when the place moves.
func TestEclipseHidesNobody(t *testing.T) {
	n, sybils, bits := 6, 10, 6
	if long {
		n, sybils, bits = 60, 20, 13
	}
	start(t, 8, n, func(i int, s *simnet.Setup) { s.NoGossip = i == n-1 }, func(t *testing.T, w *simnet.World) {
		place := capacity.Place(simnet.Network, "arith/1", time.Now())
		around, err := w.Eclipse(t.Context(), 1000, simnet.CloseKeys(8, place, bits, sybils), []int{0, 1, n - 1})
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			for _, s := range around {
				s.Close()
			}
		}()
		time.Sleep(20 * time.Minute)
		found := func(i int) int {
			got, _ := w.Peer(i).Capacity.Find(t.Context(), capacity.Need{Arithmetic: 1})
			return len(got.Found)
		}
		want := min(n-2, 20) // but for itself, and for the last one, which does not gossip
		first, blind := found(3), found(n-1)
		if first < want {
			t.Errorf("who gossips found %d peers, want %d", first, want)
		}
		time.Sleep(11 * time.Minute)
		next := found(n - 1)
		if next < want/2 {
			t.Errorf("in the next period, by the DHT alone: %d found", next)
		}
		t.Logf("n=%d, %d sybils: who gossips finds %d, who does not %d, and %d in the next period", n, sybils, first, blind, next)
	})
}
