package node_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/proofs/record"
)

// key returns the key of peer i, the same in every run.
func key(t testing.TB, i int) record.Key {
	t.Helper()
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(i))
	seed := sha256.Sum256(b[:])
	k, err := record.ParseKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// swarm is some nodes on simulated wires.
type swarm struct {
	t     testing.TB
	net   *simnet.Net
	nodes map[int]*node.Node
	stop  map[int]func()
}

func newSwarm(t testing.TB, seed uint64) *swarm {
	s := &swarm{t, simnet.New(seed), map[int]*node.Node{}, map[int]func(){}}
	s.net.Start()
	return s
}

// start runs peer i; change may alter its configuration.
func (s *swarm) start(i int, change func(*node.Config)) *node.Node {
	s.t.Helper()
	c := node.Config{
		Network: 7, Listen: []string{simnet.Addr(i)}, Simulate: s.net.Options(i, simnet.Link{}),
		Log: slog.New(slog.DiscardHandler),
	}
	if change != nil {
		change(&c)
	}
	n, err := node.New(key(s.t, i), c)
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() {
		if err := n.Run(ctx); err != nil {
			s.t.Errorf("node %d: %v", i, err)
		}
	})
	s.nodes[i], s.stop[i] = n, func() { cancel(); work.Wait() }
	return n
}

func (s *swarm) halt(i int) {
	s.stop[i]()
	delete(s.nodes, i)
	delete(s.stop, i)
}

func (s *swarm) close() {
	for i := range s.stop {
		s.halt(i)
	}
	s.net.Close()
}

// bootstrap returns the address by which others join peer i.
func (s *swarm) bootstrap(i int) string {
	return fmt.Sprintf("%s/p2p/%s", simnet.Addr(i), key(s.t, i).Public().PeerID())
}

func joinBy(addrs ...string) func(*node.Config) {
	return func(c *node.Config) { c.Bootstrap = addrs }
}

func TestJoinByBootstrap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 1)
		defer s.close()
		s.start(0, nil)
		s.start(1, joinBy(s.bootstrap(0)))
		time.Sleep(5 * time.Second)
		for i, n := range s.nodes {
			if got := n.Status(); got.State != node.Connected || got.Peers != 1 {
				t.Errorf("node %d: got %+v, want connected to 1 peer", i, got)
			}
		}
	})
}

// All bootstrap peers are dead: the node runs on as isolated, says why, and
// joins by itself when one comes back.
func TestIsolatedUntilABootstrapPeerReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 2)
		defer s.close()
		metrics := prometheus.NewRegistry()
		n := s.start(1, func(c *node.Config) { c.Bootstrap, c.Metrics = []string{s.bootstrap(0)}, metrics })
		time.Sleep(10 * time.Minute)
		if gauge(t, metrics, "isolated") != 1 || gauge(t, metrics, "connected") != 0 {
			t.Error("the metric does not say isolated")
		}
		got := n.Status()
		if got.State != node.Isolated || got.Attempts < 5 || len(got.Problems) != 1 || got.NextTry.IsZero() {
			t.Fatalf("got %+v, want isolated with a problem and a next try", got)
		}
		s.start(0, nil)
		time.Sleep(90 * time.Second) // the longest wait and a dial
		if got := n.Status(); got.State != node.Connected || got.Attempts != 0 || got.Problems != nil {
			t.Errorf("got %+v, want connected", got)
		}
		if gauge(t, metrics, "isolated") != 0 || gauge(t, metrics, "connected") != 1 {
			t.Error("the metric does not say connected")
		}
	})
}

// gauge returns peer_network_state of a state.
func gauge(t *testing.T, r *prometheus.Registry, state string) float64 {
	t.Helper()
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "peer_network_state" && m.GetLabel()[0].GetValue() == state {
				return m.GetGauge().GetValue()
			}
		}
	}
	t.Fatalf("no metric of state %s", state)
	return 0
}

// A node that was connected joins again without any bootstrap peer.
func TestRemembersPeers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 3)
		defer s.close()
		store := dssync.MutexWrap(datastore.NewMapDatastore())
		keep := func(c *node.Config) { c.Store = store }
		s.start(0, nil)
		s.start(1, joinBy(s.bootstrap(0)))
		s.start(2, func(c *node.Config) { keep(c); c.Bootstrap = []string{s.bootstrap(0)} })
		time.Sleep(3 * time.Minute)
		s.halt(2)
		s.halt(0)
		n := s.start(2, keep)
		time.Sleep(2 * time.Minute)
		if got := n.Status(); got.State != node.Connected {
			t.Errorf("got %+v, want connected to a remembered peer", got)
		}
	})
}

func TestRefusesAnotherNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 4)
		defer s.close()
		s.start(0, nil)
		n := s.start(1, func(c *node.Config) { c.Network = 8; c.Bootstrap = []string{s.bootstrap(0)} })
		time.Sleep(30 * time.Second)
		got := n.Status()
		if got.Peers != 0 || got.State != node.Isolated || !strings.Contains(strings.Join(got.Problems, " "), `refused: it is of "openledger/7", this peer of "openledger/8"`) {
			t.Errorf("got %+v, want no peers of another network, and the reason", got)
		}
	})
}

func TestRefusesConfig(t *testing.T) {
	for want, c := range map[string]node.Config{
		`network profile "x"`: {Profile: "x"},
		`address "nowhere"`:   {Listen: []string{"nowhere"}},
		`version "\n`:         {Version: "\n"},
		`-1 connections`:      {Connections: -1},
		`bootstrap peer "x"`:  {Bootstrap: []string{"x"}},
		`listen on`:           {Listen: []string{"/ip4/203.0.113.77/tcp/1"}},
	} {
		n, err := node.New(key(t, 1), c)
		if err == nil {
			n.Close()
		}
		if err == nil || len(err.Error()) < len(want) || err.Error()[:len(want)] != want {
			t.Errorf("got %v, want an error beginning with %s", err, want)
		}
	}
}
