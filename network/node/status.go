package node

import (
	"slices"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/multiformats/go-multiaddr"
)

// A State says how far a node has got.
type State string

const (
	Joining   State = "joining"   // the first attempt is under way
	Connected State = "connected" // at least one peer of our network
	Isolated  State = "isolated"  // nobody answers; the node keeps trying
)

// Status is what a node knows about its place in the network.
type Status struct {
	State        State
	Peers        int                  // connected peers of our network
	Reachability network.Reachability // as AutoNAT sees it: unknown, public or private
	NAT          map[string]string    // "UDP", "TCP": the kind of NAT in front of us, once known
	Addrs        []string             // addresses announced to others, with our peer ID
	Reachable    []string             // public addresses that others have dialled back
	Unreachable  []string             // public addresses that others could not dial back
	Relays       []string             // addresses by which relays reach us
	Attempts     int                  // attempts to join since the node was last connected
	NextTry      time.Time            // while isolated: when the next attempt begins
	Problems     []string             // what the last attempt met, one line a source
	Probed       int                  // known peers without a connection that were dialled of late
	Answered     int                  // of them; 0 of several may be a partition
}

// Status returns a snapshot.
func (n *Node) Status() Status {
	n.mu.Lock()
	s := n.status
	n.mu.Unlock()
	s.Problems = slices.Clone(s.Problems)
	for _, a := range n.host.Addrs() {
		s.Addrs = append(s.Addrs, a.String()+"/p2p/"+n.host.ID().String())
	}
	s.Peers = len(n.peers())
	return s
}

// peers lists the connected peers of our network.
func (n *Node) peers() []peer.ID {
	return slices.DeleteFunc(n.host.Network().Peers(), func(id peer.ID) bool { return !n.ours(id) })
}

// ours says whether a peer is of our network, as far as it has said so: before
// it has identified itself it counts as ours.
func (n *Node) ours(id peer.ID) bool {
	v, err := n.host.Peerstore().Get(id, "ProtocolVersion")
	return err != nil || v == "" || v == n.version()
}

func (n *Node) state() State {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.status.State
}

func (n *Node) update(change func(*Status)) {
	n.mu.Lock()
	change(&n.status)
	state := n.status.State
	n.mu.Unlock()
	n.met.state(state)
}

func texts(addrs []multiaddr.Multiaddr) []string {
	var out []string
	for _, a := range addrs {
		out = append(out, a.String())
	}
	return out
}
