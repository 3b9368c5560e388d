package node_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/libp2p/go-libp2p"

	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
)

// Two peers behind home routers find each other by a relay, and punch a hole.
func TestBehindNAT(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 5)
		defer s.close()
		s.start(0, func(c *node.Config) {
			c.Relay = true
			c.Simulate = append(c.Simulate, libp2p.ForceReachabilityPublic())
		})
		home := func(i int) *node.Node {
			return s.start(i, func(c *node.Config) {
				c.Bootstrap = []string{s.bootstrap(0)}
				c.Simulate = append(s.net.Options(i, simnet.Link{NAT: true}), libp2p.ForceReachabilityPrivate())
			})
		}
		a, b := home(1), home(2)
		time.Sleep(time.Minute)
		for _, n := range []*node.Node{a, b} {
			if got := n.Status(); len(got.Relays) == 0 || !strings.Contains(strings.Join(got.Addrs, " "), "p2p-circuit") {
				t.Fatalf("got %+v, want an address by way of the relay", got)
			}
			if len(n.Peers()) != 1 {
				t.Fatalf("got %+v, want the relay alone: a home has no way in", n.Peers())
			}
		}
		if _, took, err := a.Ping(t.Context(), b.Host().ID().String()); err != nil || took > time.Second {
			t.Errorf("ping over the relay: %v after %v", err, took)
		}
		time.Sleep(10 * time.Second)
		if !slices.ContainsFunc(a.Peers(), func(p node.Peer) bool { return p.ID == b.Host().ID() && !p.Relayed }) {
			t.Errorf("got %+v, want a direct connection too", a.Peers())
		}
	})
}
