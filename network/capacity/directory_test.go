package capacity

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
)

// later returns an advert of key, so much after the first, with other speeds.
func (d *directory) later(t *testing.T, who string, after time.Duration, change func(*Advert)) []Jump {
	t.Helper()
	a := testAdvert()
	a.Issued, a.Expires = a.Issued.Add(after), a.Expires.Add(after)
	change(&a)
	jumps, err := d.add(testKey(t, who).Public().PeerID(), a, a.Issued)
	if err != nil {
		t.Fatal(err)
	}
	return jumps
}

func TestJumps(t *testing.T) {
	id := testKey(t, "alice").Public().PeerID()
	decode := func(n uint64) func(*Advert) { return func(a *Advert) { a.Speed.Decode = n } }
	for _, c := range []struct {
		name   string
		steps  []uint64 // decode speeds, one every 10 minutes
		jumps  int
		counts uint64
	}{
		{"steady", []uint64{100, 110, 90, 180}, 0, 180},
		{"tenfold", []uint64{100, 1000}, 1, 100},
		{"tenfold and on", []uint64{100, 1000, 1000, 5000}, 1, 100},
		{"tenfold and back", []uint64{100, 1000, 100, 120}, 0, 120},
		{"doubling again and again", []uint64{100, 190, 380, 760}, 1, 100},
		{"measured for the first time", []uint64{0, 1000}, 0, 1000},
		{"down, and up more than twice", []uint64{1000, 100, 1000}, 1, 100},
		{"to the largest there is", []uint64{100, 1<<63 - 1}, 1, 100},
	} {
		d := newDirectory(10)
		told := 0
		for i, n := range c.steps {
			told += len(d.later(t, "alice", time.Duration(i)*10*time.Minute, decode(n)))
		}
		s := d.standing(id)
		if len(s.jumps) != c.jumps || s.counts[decodeFigure] != c.counts || told < c.jumps {
			t.Errorf("%s: got jumps %v, told %d, counts %d, want %d jumps, counts %d", c.name, s.jumps, told, s.counts[decodeFigure], c.jumps, c.counts)
		}
		d.later(t, "alice", 25*time.Hour, decode(c.steps[len(c.steps)-1]))
		if s := d.standing(id); len(s.jumps) != 0 || s.counts[decodeFigure] != c.steps[len(c.steps)-1] {
			t.Errorf("%s: after a day: got %+v, want it to count", c.name, s)
		}
	}
}

func TestMemoryJumpIsTold(t *testing.T) {
	d := newDirectory(10)
	d.later(t, "alice", 0, func(*Advert) {})
	jumps := d.later(t, "alice", time.Minute, func(a *Advert) { a.Memory *= 16 })
	if len(jumps) != 1 || jumps[0].What != "memory" || jumps[0].From != 64<<30 || jumps[0].To != 1024<<30 {
		t.Errorf("got %v", jumps)
	}
}

func TestObserved(t *testing.T) {
	d, id := newDirectory(10), testKey(t, "alice").Public().PeerID()
	d.observed(id, decodeFigure, 5) // nobody knows the peer
	d.later(t, "alice", 0, func(a *Advert) { a.Speed.Decode = 1000 })
	d.observed(id, decodeFigure, 900)
	if s := d.standing(id); s.slower || s.counts[decodeFigure] != 900 {
		t.Errorf("a little slower: got %+v", s)
	}
	for range 20 {
		d.observed(id, decodeFigure, 100)
	}
	if s := d.standing(id); !s.slower || s.counts[decodeFigure] > 110 {
		t.Errorf("much slower: got %+v", s)
	}
	for range 40 {
		d.observed(id, decodeFigure, 2000)
	}
	if s := d.standing(id); s.slower || s.counts[decodeFigure] != 1000 {
		t.Errorf("faster than it says: got %+v", s)
	}
}

func TestDirectoryRefusesOlder(t *testing.T) {
	d := newDirectory(10)
	d.later(t, "alice", time.Minute, func(*Advert) {})
	if _, err := d.add(testKey(t, "alice").Public().PeerID(), testAdvert(), issued.Add(time.Minute)); err == nil {
		t.Error("an older advert took the place of a newer one")
	}
}

func TestDirectoryIsBounded(t *testing.T) {
	d := newDirectory(16)
	for i := range 100 {
		d.later(t, fmt.Sprint(i), time.Duration(i)*time.Second, func(*Advert) {})
		if len(d.known) > 16 {
			t.Fatalf("%d peers are known, want 16 at most", len(d.known))
		}
	}
	if !slices.Contains(d.valid(issued.Add(100*time.Second)), testKey(t, "99").Public().PeerID()) {
		t.Error("the newest peer was forgotten")
	}
}

func TestRank(t *testing.T) {
	f := func(id string, speed uint64, rtt time.Duration, price uint64, reach Reach) Found {
		return Found{Peer: peer.ID(id), Speed: speed, RTT: rtt, Advert: Advert{PriceServe: price, PriceTrain: 1000 - price, Reach: reach}}
	}
	found := []Found{
		f("relayed", 100, 0, 100, Relayed), f("far", 100, 400*time.Millisecond, 100, Public), f("dear", 100, 0, 900, Public),
		f("fast", 200, 0, 100, Public), f("b", 100, 0, 100, Public), f("a", 100, 0, 100, Public), f("idle", 0, 0, 0, Public),
	}
	rank(found, Serve)
	var got []string
	for _, x := range found {
		got = append(got, string(x.Peer))
	}
	if want := []string{"fast", "a", "b", "relayed", "dear", "far", "idle"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	rank(found, Train)
	if found[0].Peer != "fast" || found[1].Peer != "dear" { // who serves dearly trains cheaply here
		t.Errorf("for training: got %v first", found[:2])
	}
}

func TestNeed(t *testing.T) {
	a := testAdvert()
	for _, c := range []struct {
		name string
		n    Need
		ok   bool
		key  string
	}{
		{"anything", Need{}, true, "arith/1"},
		{"arithmetic", Need{Arithmetic: 2}, true, "arith/2"},
		{"other arithmetic", Need{Arithmetic: 3}, false, "arith/3"},
		{"memory", Need{Memory: 64 << 30}, true, "memory>=64GiB"},
		{"memory between", Need{Memory: 20 << 30}, true, "memory>=16GiB"},
		{"more memory", Need{Memory: 64<<30 + 1}, false, "memory>=64GiB"},
		{"a lot of memory", Need{Memory: 1 << 62}, false, "memory>=1024GiB"},
		{"slots", Need{Slots: 3}, true, "arith/1"},
		{"more slots", Need{Slots: 4}, false, "arith/1"},
		{"model", Need{Model: link("m1"), Memory: 1 << 30}, true, "model/" + link("m1").String()},
		{"another model", Need{Model: link("m3")}, false, "model/" + link("m3").String()},
		{"adapter", Need{Adapter: link("a1"), Model: link("m1")}, true, "adapter/" + link("a1").String()},
		{"dataset", Need{Manifest: link("d")}, false, "datanet/" + link("d").String()},
		{"price", Need{MaxPrice: 500_000}, true, "arith/1"},
		{"a low price", Need{MaxPrice: 499_999}, false, "arith/1"},
		{"a price for training", Need{MaxPrice: 500_000, For: Train}, false, "arith/1"},
	} {
		if err := c.n.met(&a); (err == nil) != c.ok {
			t.Errorf("%s: got %v, want ok %t", c.name, err, c.ok)
		}
		if got := c.n.key(); got != c.key {
			t.Errorf("%s: got key %s, want %s", c.name, got, c.key)
		}
		if c.ok && c.n.Arithmetic != 1 && !slices.Contains(a.keys(), c.key) {
			t.Errorf("%s: who meets it does not provide %s but %v", c.name, c.key, a.keys())
		}
	}
}
