// Package node turns a key and a configuration into a peer of the network: a
// libp2p host that is reachable from behind home routers, a DHT under our own
// prefix, and a loop that keeps it connected without fixed servers.
//
// The invariant: a node that cannot reach anybody keeps running, says Isolated
// and keeps trying, from its configuration, a file, the peers it remembers and
// the LAN. Start with New, then Run.
package node

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/libp2p/go-libp2p"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/host/autorelay"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/proto"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"
	"github.com/multiformats/go-multiaddr"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/record"
)

// A Node is one peer's place in the network. Its methods are safe for
// concurrent use.
type Node struct {
	c         Config
	host      host.Host
	bare      host.Host // host without routing: what libp2p's own services may use while New still runs
	dht       *dht.IpfsDHT
	book      book
	met       *metrics
	stopHello func()

	mu     sync.Mutex
	status Status
	kick   chan struct{}      // wakes the joining loop
	found  chan peer.AddrInfo // peers that the LAN reports
	few    int                // of the joining loop alone: attempts since there were enough peers
}

// New opens the listening sockets and returns the node. It joins nobody until
// Run; Close frees the sockets of a node that never ran.
func New(key record.Key, config Config) (*Node, error) {
	c, err := config.complete()
	if err != nil {
		return nil, err
	}
	n := &Node{c: c, book: book{c.Store}, kick: make(chan struct{}, 1), found: make(chan peer.AddrInfo, 64)}
	n.status.State = Joining
	connections, resources, err := n.limits()
	if err != nil {
		return nil, err
	}
	options := append(n.options(key), libp2p.ConnectionManager(connections), libp2p.ResourceManager(resources))
	if n.host, err = libp2p.New(options...); err != nil {
		return nil, errors.Join(fmt.Errorf("listen on %v: %w; is another program using the port?", c.Listen, err), connections.Close(), resources.Close())
	}
	if n.met, err = newMetrics(c.Metrics, func() int { return len(n.peers()) }); err != nil {
		return nil, errors.Join(err, n.dht.Close(), n.host.Close())
	}
	n.met.state(Joining)
	n.stopHello = call.ServeHello(n.host, c.Log, n.hello)
	return n, nil
}

func (n *Node) options(key record.Key) []libp2p.Option {
	options := []libp2p.Option{
		libp2p.Identity(key.Libp2p()),
		libp2p.ListenAddrStrings(n.c.Listen...),
		libp2p.UserAgent("openledger/" + n.c.Version),
		libp2p.ProtocolVersion(n.version()),
		libp2p.Routing(n.routing),
		libp2p.EnableRelay(), libp2p.EnableHolePunching(),
		libp2p.EnableAutoRelayWithPeerSource(n.relays, autorelay.WithMinCandidates(1)),
	}
	if n.c.Metrics != nil {
		options = append(options, libp2p.PrometheusRegisterer(n.c.Metrics))
	} else {
		options = append(options, libp2p.DisableMetrics())
	}
	if announce := n.c.Announce; announce != nil {
		options = append(options, libp2p.AddrsFactory(func([]multiaddr.Multiaddr) []multiaddr.Multiaddr { return parse(announce) }))
	}
	if n.c.Relay {
		options = append(options, libp2p.EnableRelayService(relay.WithResources(n.c.Profile.budget().relayed())))
	}
	if n.c.Simulate != nil {
		return append(options, n.c.Simulate...)
	}
	if !n.c.NoPortMap {
		options = append(options, libp2p.NATPortMap())
	}
	return append(options, libp2p.EnableNATService(), libp2p.EnableAutoNATv2())
}

// version is what peers exchange when they identify: it tells networks apart.
func (n *Node) version() string { return "openledger/" + n.c.Network.String() }

// relays offers connected peers that relay, for a node behind a NAT.
func (n *Node) relays(ctx context.Context, num int) <-chan peer.AddrInfo {
	out := make(chan peer.AddrInfo, num)
	defer close(out)
	for _, id := range n.bare.Network().Peers() {
		if len(out) == num || ctx.Err() != nil {
			break
		}
		if ok, err := n.bare.Peerstore().SupportsProtocols(id, proto.ProtoIDv2Hop); err == nil && len(ok) > 0 {
			out <- n.bare.Peerstore().PeerInfo(id)
		}
	}
	return out
}

// Host returns the libp2p host, for the protocols above.
func (n *Node) Host() host.Host { return n.host }

// DHT returns the distributed hash table, for provider records.
func (n *Node) DHT() *dht.IpfsDHT { return n.dht }

// Network returns the number of the node's network.
func (n *Node) Network() record.Network { return n.c.Network }

// Protocol returns the full id of one of our protocols on this network.
func (c Config) Protocol(name string) protocol.ID {
	return protocol.ID("/openledger/" + c.Network.String() + "/" + name + "/1")
}

// Protocol returns the full id of one of our protocols on the node's network.
func (n *Node) Protocol(name string) protocol.ID { return n.c.Protocol(name) }

// Close ends all connections and frees the sockets.
func (n *Node) Close() error {
	n.stopHello()
	return errors.Join(n.dht.Close(), n.host.Close())
}

// parse drops what is no multiaddr; Config.complete has refused such already.
func parse(addrs []string) []multiaddr.Multiaddr {
	var out []multiaddr.Multiaddr
	for _, s := range addrs {
		if a, err := multiaddr.NewMultiaddr(s); err == nil {
			out = append(out, a)
		}
	}
	return out
}
