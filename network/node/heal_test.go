package node_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/openledger/openledger/network/node"
)

// A cut through the middle heals by itself, long after each half has
// forgotten the other's connections.
func TestPartitionHeals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 9)
		defer s.close()
		const half = 4
		for i := range 2 * half {
			s.start(i, joinBy(s.bootstrap((i+1)%(2*half))))
		}
		time.Sleep(6 * time.Minute) // by when the book is written
		far := make([]int, half)
		for i := range far {
			far[i] = half + i
		}
		s.net.Cut(1, far...)
		time.Sleep(25 * time.Minute)
		across := func() (n int) {
			for i := range half {
				for _, p := range s.nodes[i].Peers() {
					for _, j := range far {
						if p.ID == s.nodes[j].Host().ID() {
							n++
						}
					}
				}
			}
			return n
		}
		if n := across(); n != 0 {
			t.Fatalf("%d connections cross the cut", n)
		}
		if f := look(t, s.nodes[0])["network"]; f.State != "warn" {
			t.Errorf("during the cut: got %+v, want a warning", f)
		}
		s.net.Cut(0, far...)
		time.Sleep(2*10*time.Minute + time.Minute) // two rounds of looking, and a refresh
		if n := across(); n < half*half/2 {
			t.Errorf("%d connections cross after the cut is healed, want most of %d", n, half*half)
		}
	})
}

// All bootstrap peers are gone: those who joined by them still find each other
// and a newcomer that knows any one of them.
func TestBootstrapPeersGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 10)
		defer s.close()
		s.start(0, nil)
		for i := 1; i < 8; i++ {
			s.start(i, joinBy(s.bootstrap(0)))
		}
		time.Sleep(5 * time.Minute)
		s.halt(0)
		time.Sleep(5 * time.Minute)
		newcomer := s.start(8, joinBy(s.bootstrap(3)))
		time.Sleep(time.Minute)
		for i, n := range s.nodes {
			if got := n.Status(); got.State != node.Connected || got.Peers < 4 {
				t.Errorf("node %d: got %+v, want 4 peers or more", i, got)
			}
		}
		if _, _, err := newcomer.Ping(t.Context(), s.nodes[7].Host().ID().String()); err != nil {
			t.Errorf("the newcomer looks for a peer by its ID: %v", err)
		}
	})
}
