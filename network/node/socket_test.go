package node_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
)

// On real sockets a peer is dialled by each transport that it listens on.
func TestTransports(t *testing.T) {
	open := func(i int, listen ...string) *node.Node {
		n, err := node.New(key(t, i), node.Config{
			Network: 7, Listen: listen, NoMDNS: true, NoPortMap: true, Relay: true, Version: "1.0",
			Log: slog.New(slog.DiscardHandler), Metrics: prometheus.NewRegistry(),
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := n.Close(); err != nil {
				t.Error(err)
			}
		})
		return n
	}
	a := open(1, "/ip4/127.0.0.1/udp/0/quic-v1", "/ip4/127.0.0.1/udp/0/quic-v1/webtransport", "/ip4/127.0.0.1/tcp/0")
	for i, transport := range []string{"/quic-v1", "/webtransport", "/tcp/"} {
		of := func(addr string) bool {
			return strings.Contains(addr, transport) && (transport != "/quic-v1" || !strings.Contains(addr, "/webtransport"))
		}
		at := slices.IndexFunc(a.Status().Addrs, of)
		if at < 0 {
			t.Errorf("%s: not among the addresses %v", transport, a.Status().Addrs)
			continue
		}
		b := open(2+i, "/ip4/127.0.0.1/tcp/0")
		hello, _, err := b.Ping(t.Context(), a.Status().Addrs[at])
		if err != nil || hello.Version != "1.0" {
			t.Errorf("%s: ping: %+v, %v", transport, hello, err)
		}
		if !slices.ContainsFunc(b.Peers(), func(p node.Peer) bool { return of(p.Addr) }) {
			t.Errorf("%s: connected by %+v", transport, b.Peers())
		}
	}
}

// Who calls a peer of another network learns why it is refused, whoever of the
// two knows first: on real sockets, where they race.
func TestRefusalHasAReason(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var work sync.WaitGroup
	defer work.Wait()
	defer cancel()
	run := func(i int, network record.Network) *node.Node {
		n, err := node.New(key(t, i), node.Config{
			Network: network, Listen: []string{"/ip4/127.0.0.1/tcp/0"}, NoMDNS: true, NoPortMap: true, Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		work.Go(func() {
			if err := n.Run(ctx); err != nil {
				t.Error(err)
			}
		})
		return n
	}
	to := run(1, 7).Status().Addrs[0]
	for i := range 10 {
		if _, _, err := run(2+i, 8).Ping(t.Context(), to); err == nil || !strings.Contains(err.Error(), "refused") {
			t.Errorf("got %v, want a refusal", err)
		}
	}
}

func TestListenOn(t *testing.T) {
	got := strings.Join(node.ListenOn(4511), " ")
	for _, want := range []string{"/ip4/0.0.0.0/udp/4511/quic-v1 ", "/ip6/::/udp/4511/quic-v1/webtransport", "/ip4/0.0.0.0/tcp/4511"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s, want %s in it", got, want)
		}
	}
}
