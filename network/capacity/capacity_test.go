package capacity_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/simnet"
)

func link(t *testing.T, name string) cid.Cid {
	t.Helper()
	h, err := multihash.Sum([]byte(name), multihash.SHA2_256, -1)
	if err != nil {
		t.Fatal(err)
	}
	return cid.NewCidV1(cid.Raw, h)
}

// world runs a test with n peers that have joined by the first and advertise.
func world(t *testing.T, n int, setup func(i int, s *simnet.Setup), test func(t *testing.T, w *simnet.World)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := simnet.NewWorld(1)
		defer func() {
			if err := w.Close(); err != nil {
				t.Error(err)
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
		time.Sleep(90 * time.Second)
		test(t, w)
	})
}

func ids(found []capacity.Found) (out []peer.ID) {
	for _, f := range found {
		out = append(out, f.Peer)
	}
	return out
}

func TestFind(t *testing.T) {
	model := link(t, "model")
	world(t, 6, func(i int, s *simnet.Setup) {
		s.Capacity = func(c *capacity.Config) {
			memory := uint64(i) << 34
			c.Machine = func(context.Context) capacity.Machine { return capacity.Machine{CPU: "cpu", Cores: 4, Memory: memory} }
			c.Load = func() capacity.Load {
				l := capacity.Load{Slots: uint64(i)}
				if i == 3 || i == 4 {
					l.Models = []cid.Cid{model}
				}
				return l
			}
			if i == 5 {
				c.SelfTest = func(context.Context) ([]uint64, error) { return nil, errors.New("one bit is wrong") }
			}
		}
	}, func(t *testing.T, w *simnet.World) {
		for _, c := range []struct {
			name string
			need capacity.Need
			want []int // best first: decode speed rises with the index
		}{
			{"anybody else", capacity.Need{}, []int{5, 4, 3, 2, 1}},
			{"by arithmetic", capacity.Need{Arithmetic: 1}, []int{4, 3, 2, 1}},
			{"by memory", capacity.Need{Arithmetic: 1, Memory: 40 << 30}, []int{4, 3}},
			{"by model", capacity.Need{Model: model}, []int{4, 3}},
			{"by model and slots", capacity.Need{Model: model, Slots: 4}, []int{4}},
			{"the best two", capacity.Need{Arithmetic: 1, Most: 2}, []int{4, 3}},
			{"nobody", capacity.Need{Arithmetic: 9}, nil},
		} {
			got, err := w.Peer(0).Capacity.Find(t.Context(), c.need)
			var want []peer.ID
			for _, i := range c.want {
				want = append(want, w.Peer(i).Node.Host().ID())
			}
			if c.name == "anybody else" { // peer 5 measured nothing: it comes last
				want = append(want[1:], want[0])
			}
			if !slices.Equal(ids(got.Found), want) || (err == nil) != (len(c.want) > 0) {
				t.Errorf("%s: got %v, %v, want %v", c.name, ids(got.Found), err, want)
				t.Logf("asked %d, silent %d, unfit %d, forged %v", got.Asked, got.Silent, got.Unfit, got.Forged)
			}
			for _, f := range got.Found {
				if f.RTT < 40*time.Millisecond || f.RTT > 200*time.Millisecond || f.Signed.Signer().PeerID() != f.Peer {
					t.Errorf("%s: got %+v", c.name, f)
				}
			}
			if err != nil && !errors.Is(err, capacity.ErrNone) {
				t.Errorf("%s: got %v", c.name, err)
			}
		}
	})
}

// Without gossip the DHT alone leads to who can do it, hours after the start.
func TestFindByDHTAlone(t *testing.T) {
	world(t, 5, func(i int, s *simnet.Setup) { s.NoGossip = true }, func(t *testing.T, w *simnet.World) {
		for _, wait := range []time.Duration{0, 33 * time.Minute, 2 * time.Hour} {
			time.Sleep(wait)
			got, err := w.Peer(4).Capacity.Find(t.Context(), capacity.Need{Memory: 16 << 30})
			if err != nil || len(got.Found) != 4 {
				t.Errorf("after %v more: got %v, %v, want 4 peers", wait, ids(got.Found), err)
			}
		}
	})
}

// A peer that left is not found, and does not hold the search up.
// A peer that was alone is found seconds after the first other one comes, by
// gossip and by the DHT alone.
func TestFirstOtherPeerFinds(t *testing.T) {
	for _, noGossip := range []bool{false, true} {
		world(t, 1, func(_ int, s *simnet.Setup) { s.NoGossip = noGossip }, func(t *testing.T, w *simnet.World) {
			issued := w.Peer(0).Count("peer_capacity_adverts_issued_total", nil)
			if issued != 1 {
				t.Errorf("alone, it issued %v adverts in 90 s, want 1", issued)
			}
			p, err := w.Start(1, simnet.Setup{Join: []int{0}, NoGossip: noGossip})
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(3 * time.Second)
			if got, err := p.Capacity.Find(t.Context(), capacity.Need{Arithmetic: 1}); err != nil || len(got.Found) != 1 {
				t.Errorf("no gossip %t: got %+v, %v, want the other peer", noGossip, got, err)
			}
			if known := len(p.Capacity.Peers()); known != 1 {
				t.Errorf("no gossip %t: %d adverts known, want 1", noGossip, known)
			}
		})
	}
}

func TestFindSkipsTheAbsent(t *testing.T) {
	world(t, 5, nil, func(t *testing.T, w *simnet.World) {
		gone := w.Peer(3).Node.Host().ID()
		w.Stop(3)
		simnet.Absent(w.Peer(2))
		start := time.Now()
		got, err := w.Peer(0).Capacity.Find(t.Context(), capacity.Need{Arithmetic: 1})
		if err != nil || len(got.Found) != 2 || slices.Contains(ids(got.Found), gone) || got.Silent != 2 {
			t.Errorf("got %v, %d silent, %v, want two peers, and two silent", ids(got.Found), got.Silent, err)
		}
		if took := time.Since(start); took > 6*time.Second {
			t.Errorf("the search took %v", took)
		}
	})
}

// Peers whose clocks are minutes apart find each other; those beyond tolerance
// are refused, and no one is punished for it.
func TestClockSkew(t *testing.T) {
	world(t, 4, func(i int, s *simnet.Setup) {
		s.Clock = []time.Duration{0, 100 * time.Second, -4 * time.Minute, time.Hour}[i]
	}, func(t *testing.T, w *simnet.World) {
		got, err := w.Peer(0).Capacity.Find(t.Context(), capacity.Need{Arithmetic: 1})
		want := []peer.ID{w.Peer(2).Node.Host().ID(), w.Peer(1).Node.Host().ID()}
		if err != nil || !slices.Equal(ids(got.Found), want) {
			t.Errorf("got %v, %v, want peers 2 and 1", ids(got.Found), err)
		}
		if n := len(w.Peer(3).Gossip.Topic("talk").Peers()); n != 3 {
			t.Errorf("the peer with the wrong clock gossips with %d peers, want 3", n)
		}
	})
}

// The sequence of adverts rises over restarts, even when the clock goes back.
func TestSequenceRises(t *testing.T) {
	store, last := datastore.NewMapDatastore(), uint64(0)
	for _, clock := range []time.Duration{0, -time.Hour, time.Minute} {
		world(t, 1, func(_ int, s *simnet.Setup) {
			s.Clock = clock
			s.Capacity = func(c *capacity.Config) { c.Store = store }
		}, func(t *testing.T, w *simnet.World) {
			got := w.Peer(0).Capacity.Own().Header().Sequence
			if got <= last {
				t.Errorf("clock %v: sequence %d after %d", clock, got, last)
			}
			last = got
		})
	}
}

// A change of the load is known to others within a minute.
func TestChanged(t *testing.T) {
	slots := uint64(1)
	world(t, 2, func(i int, s *simnet.Setup) {
		s.Capacity = func(c *capacity.Config) { c.Load = func() capacity.Load { return capacity.Load{Slots: slots} } }
	}, func(t *testing.T, w *simnet.World) {
		synctest.Wait()
		slots = 5
		before := w.Peer(1).Count("peer_capacity_adverts_issued_total", nil)
		for range 100 {
			w.Peer(1).Capacity.Changed()
		}
		time.Sleep(time.Minute)
		a, _, ok := w.Peer(0).Capacity.Known(w.Peer(1).Node.Host().ID())
		if !ok || a.Slots != 5 {
			t.Errorf("got %+v, %t, want 5 slots", a, ok)
		}
		if n := w.Peer(1).Count("peer_capacity_adverts_issued_total", nil) - before; n != 1 {
			t.Errorf("%v adverts were issued, want 1", n)
		}
	})
}

func TestTTL(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := simnet.NewWorld(1)
		defer w.Close()
		for _, ttl := range []time.Duration{time.Second, 2 * time.Hour, -1} {
			if _, err := w.Start(0, simnet.Setup{Capacity: func(c *capacity.Config) { c.TTL = ttl }}); err == nil {
				t.Errorf("a ttl of %v: got no error", ttl)
			}
		}
	})
}
