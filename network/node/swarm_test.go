package node_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/network/simnet"
)

func TestSwarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 6)
		defer s.close()
		a := s.start(0, nil)
		b := s.start(1, func(c *node.Config) { c.Version, c.Arithmetic = "1.2.3", 4 })
		id := b.Host().ID()

		if _, err := a.Connect(t.Context(), id.String()); err == nil {
			t.Error("connected to a peer ID that nobody knows")
		}
		hello, took, err := a.Ping(t.Context(), s.bootstrap(1))
		if err != nil || hello.Version != "1.2.3" || hello.Arithmetic != 4 || hello.Network != 7 {
			t.Errorf("ping: got %+v, %v", hello, err)
		}
		if took != 40*time.Millisecond { // there and back over two links of 10 ms each way
			t.Errorf("ping took %v, want 40ms", took)
		}
		peers := a.Peers()
		if len(peers) != 1 || peers[0].ID != id || peers[0].Direction != "outbound" || peers[0].Relayed || peers[0].Agent != "openledger/1.2.3" {
			t.Errorf("peers: got %+v", peers)
		}
		if known := a.Known(); len(known) != 1 || known[0].ID != id {
			t.Errorf("known: got %v", known)
		}
		if got := a.Listening(); len(got) != 1 || got[0] != simnet.Addr(0) {
			t.Errorf("listening: got %v", got)
		}
		if err := a.Disconnect(id.String()); err != nil || len(a.Peers()) != 0 {
			t.Errorf("disconnect: %v, %d peers left", err, len(a.Peers()))
		}
		if err := a.Disconnect(id.String()); err == nil {
			t.Error("disconnected a peer that was not connected")
		}
	})
}

func TestConnectRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSwarm(t, 7)
		defer s.close()
		a := s.start(0, nil)
		s.start(1, func(c *node.Config) { c.Network = 8 })
		for to, want := range map[string]string{
			s.bootstrap(0):         "is this peer",
			s.bootstrap(1):         `refused: it is of "openledger/8", this peer of "openledger/7"`,
			"/ip4/1.2.3.4/tcp/1":   "it looks like /ip4/",
			"nonsense":             "give a peer ID",
			"/ip4/1.2.3.4/tcp/1/x": "it looks like /ip4/",
		} {
			if _, err := a.Connect(t.Context(), to); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("connect %s: got %v, want ...%s...", to, err, want)
			}
		}
	})
}
