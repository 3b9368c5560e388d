package node_test

import (
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/libp2p/go-libp2p"

	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
)

// look runs Check and returns its findings by name.
func look(t *testing.T, n *node.Node) map[string]node.Finding {
	t.Helper()
	out := map[string]node.Finding{}
	for _, f := range n.Check(t.Context()) {
		out[f.Name] = f
		if f.Detail == "" || (f.State == "fail" || f.State == "warn") && f.Remedy == "" {
			t.Errorf("%+v lacks a detail or a remedy", f)
		}
	}
	return out
}

func TestCheck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 8)
		defer s.close()
		s.start(0, func(c *node.Config) {
			c.Simulate = append(c.Simulate, libp2p.ForceReachabilityPublic())
		})
		skewed := s.start(1, func(c *node.Config) {
			c.Bootstrap, c.Now = []string{s.bootstrap(0)}, simnet.Skewed(-time.Minute)
		})
		private := s.start(2, func(c *node.Config) {
			c.Bootstrap = []string{s.bootstrap(0)}
			c.Simulate = append(c.Simulate, libp2p.ForceReachabilityPrivate())
		})
		alone := s.start(3, func(c *node.Config) { c.Bootstrap = []string{s.bootstrap(9)} })
		time.Sleep(2 * time.Minute)
		for _, c := range []struct {
			name   string
			n      *node.Node
			states map[string]string
			detail map[string]string
		}{
			{"public", s.nodes[0],
				map[string]string{"peers": "ok", "reachability": "ok", "nat": "ok", "relays": "ok", "network": "ok", "clock": "ok"},
				map[string]string{"peers": "connected, 2 peers", "nat": "none in the way"}},
			{"skewed", skewed,
				map[string]string{"peers": "ok", "reachability": "note", "nat": "note", "relays": "ok", "network": "ok", "clock": "fail"},
				map[string]string{"clock": "1m0s behind the median of 2 peers"}},
			{"private", private,
				map[string]string{"peers": "ok", "reachability": "warn", "nat": "note", "relays": "warn", "network": "ok", "clock": "ok"},
				map[string]string{"relays": "no connected peer relays"}},
			{"alone", alone,
				map[string]string{"peers": "fail", "reachability": "note", "nat": "note", "relays": "ok", "network": "ok", "clock": "note"},
				map[string]string{"peers": "isolated: nobody answers after"}},
		} {
			found, states := look(t, c.n), map[string]string{}
			for name, f := range found {
				states[name] = f.State
			}
			if !maps.Equal(states, c.states) {
				t.Errorf("%s: got %v, want %v", c.name, states, c.states)
			}
			for name, want := range c.detail {
				if got := found[name].Detail; !strings.Contains(got, want) {
					t.Errorf("%s: %s: got %q, want ...%s...", c.name, name, got, want)
				}
			}
		}
	})
}
