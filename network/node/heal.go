package node

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
)

const (
	// probeEvery is how often a node looks for peers that it has lost sight of.
	probeEvery = 10 * time.Minute
	// probes is how many of them it dials.
	probes = 4
)

// probe dials some peers that the node knew and is not connected to. In a whole
// network they are merely idle; after a partition they are the other half, and
// one answer is enough to join the two.
func (n *Node) probe(ctx context.Context) {
	var lost []peer.AddrInfo
	for _, s := range n.sources() {
		peers, err := s.list(ctx)
		if err != nil {
			continue // the joining loop reports it when it matters
		}
		for _, p := range peers {
			if n.host.Network().Connectedness(p.ID) != network.Connected && p.ID != n.host.ID() {
				lost = append(lost, p)
			}
		}
	}
	rand.Shuffle(len(lost), func(i, j int) { lost[i], lost[j] = lost[j], lost[i] })
	lost = lost[:min(probes, len(lost))]
	var work sync.WaitGroup
	var answered atomic.Int32
	for _, p := range lost {
		work.Go(func() {
			if n.reach(ctx, p) == nil {
				answered.Add(1)
			}
		})
	}
	work.Wait()
	ok := int(answered.Load())
	n.met.probes.WithLabelValues("answered").Add(float64(ok))
	n.met.probes.WithLabelValues("silent").Add(float64(len(lost) - ok))
	n.update(func(s *Status) { s.Probed, s.Answered = len(lost), ok })
	if ok > 0 {
		n.dht.RefreshRoutingTable()
	}
}

// save writes the connected peers to the book.
func (n *Node) save() {
	var peers []peer.AddrInfo
	for _, id := range n.peers() {
		peers = append(peers, n.host.Peerstore().PeerInfo(id))
	}
	if err := n.book.remember(context.Background(), peers, time.Now()); err != nil {
		n.c.Log.Info("Peers not remembered", slog.Any("err", err))
	}
}
