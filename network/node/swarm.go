package node

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/network/call"
)

// A Peer is one that this node is connected to.
type Peer struct {
	ID        peer.ID
	Addr      string        // where it is connected
	Direction string        // "inbound" or "outbound"
	Relayed   bool          // over a relay, so only small messages pass
	Since     time.Time     // of the connection
	RTT       time.Duration // a moving average; 0: not measured yet
	Agent     string        // the software it says it runs
}

// Peers lists the connected peers, one line a connection, by peer ID.
func (n *Node) Peers() []Peer {
	var out []Peer
	for _, c := range n.host.Network().Conns() {
		if !n.ours(c.RemotePeer()) {
			continue
		}
		p := Peer{
			ID: c.RemotePeer(), Addr: c.RemoteMultiaddr().String(), Direction: strings.ToLower(c.Stat().Direction.String()),
			Relayed: c.Stat().Limited, Since: c.Stat().Opened, RTT: n.host.Peerstore().LatencyEWMA(c.RemotePeer()),
		}
		if v, err := n.host.Peerstore().Get(p.ID, "AgentVersion"); err == nil {
			p.Agent = printable(fmt.Sprint(v))
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Peer) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Addr, b.Addr)) })
	return out
}

// Known lists all peers whose addresses this node knows, by peer ID.
func (n *Node) Known() []peer.AddrInfo {
	var out []peer.AddrInfo
	for _, id := range n.host.Peerstore().PeersWithAddrs() {
		if id != n.host.ID() {
			out = append(out, n.host.Peerstore().PeerInfo(id))
		}
	}
	slices.SortFunc(out, func(a, b peer.AddrInfo) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Listening lists the addresses on which this node listens, those of the
// machine's interfaces one by one. Status.Addrs are those told to others.
func (n *Node) Listening() []string {
	addrs, err := n.host.Network().InterfaceListenAddresses()
	if err != nil {
		addrs = n.host.Network().ListenAddresses()
	}
	var out []string
	for _, a := range addrs {
		if a.String() != "/p2p-circuit" { // by a relay, which Status.Relays names
			out = append(out, a.String())
		}
	}
	slices.Sort(out)
	return out
}

// Connect dials a peer: a multiaddr that ends in /p2p/ID, or a peer ID, whose
// addresses are then looked up in the DHT.
func (n *Node) Connect(ctx context.Context, to string) (peer.ID, error) {
	p, err := target(to)
	if err != nil {
		return "", err
	}
	if p.ID == n.host.ID() {
		return p.ID, fmt.Errorf("peer %s is this peer", p.ID)
	}
	n.forgive(p.ID)
	if err := n.connect(ctx, p); err != nil {
		return p.ID, fmt.Errorf("connect to %s: %w", p.ID, err)
	}
	return p.ID, nil
}

// connect dials p and fails if it is of another network: host.Connect returns
// when both have identified themselves.
func (n *Node) connect(ctx context.Context, p peer.AddrInfo) error {
	if err := n.host.Connect(ctx, p); err != nil {
		return errors.New(oneLine(err))
	}
	if !n.ours(p.ID) {
		v, _ := n.host.Peerstore().Get(p.ID, "ProtocolVersion")
		return fmt.Errorf("refused: it is of %q, this peer of %q", printable(fmt.Sprint(v)), n.version())
	}
	return nil
}

// Disconnect closes all connections to a peer, given as for Connect. The peer
// may connect again.
func (n *Node) Disconnect(from string) error {
	p, err := target(from)
	if err != nil {
		return err
	}
	if n.host.Network().Connectedness(p.ID) == network.NotConnected {
		return fmt.Errorf("peer %s is not connected", p.ID)
	}
	return n.host.Network().ClosePeer(p.ID)
}

// Ping connects to a peer, given as for Connect, says hello and returns what it
// answered and how long that took.
func (n *Node) Ping(ctx context.Context, to string) (call.Hello, time.Duration, error) {
	id, err := n.Connect(ctx, to)
	if err != nil {
		return call.Hello{}, 0, err
	}
	return call.Greet(ctx, n.host, id, n.hello())
}

// hello is what this node says first.
func (n *Node) hello() call.Hello {
	return call.Hello{Network: n.c.Network, Version: n.c.Version, Arithmetic: n.c.Arithmetic, Clock: n.c.Now()}
}

// target reads a multiaddr with a peer ID, or a peer ID alone.
func target(s string) (peer.AddrInfo, error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "/") {
		p, err := peer.AddrInfoFromString(s)
		if err != nil {
			return peer.AddrInfo{}, fmt.Errorf("address %q: %w; it looks like /ip4/192.0.2.1/udp/4511/quic-v1/p2p/PEER_ID", s, err)
		}
		return *p, nil
	}
	id, err := peer.Decode(s)
	if err != nil {
		return peer.AddrInfo{}, fmt.Errorf("peer %q: %w; give a peer ID (16Uiu2HAm...) or a multiaddr that ends in one", s, err)
	}
	return peer.AddrInfo{ID: id}, nil
}
