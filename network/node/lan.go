package node

import (
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/discovery/mdns"
)

// lookOnLAN announces the node by mDNS and hands peers that do the same to the
// joining loop. It returns what ends it. A LAN without multicast is no error.
func (n *Node) lookOnLAN() (stop func()) {
	if n.c.NoMDNS || n.c.Simulate != nil {
		return func() {}
	}
	s := mdns.NewMdnsService(n.host, "_openledger-"+n.c.Network.String()+"._udp", onLAN(n.found))
	if err := s.Start(); err != nil {
		n.c.Log.Info("No peers are looked for on the LAN", "err", err)
		return func() {}
	}
	return func() { _ = s.Close() } // nothing is left to do about it
}

type onLAN chan<- peer.AddrInfo

// HandlePeerFound never blocks: a peer that is not taken now is announced again.
func (c onLAN) HandlePeerFound(p peer.AddrInfo) {
	select {
	case c <- p:
	default:
	}
}
