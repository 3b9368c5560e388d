package node

import (
	"context"
	"iter"
	"log/slog"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/record"
)

// Rooms that know nothing of libp2p name peers by text: the bytes of the peer ID.

// Provide tells the DHT that this peer answers for a key.
func (n *Node) Provide(ctx context.Context, key cid.Cid) error { return n.dht.Provide(ctx, key, true) }

// Providers yields up to most peers that answer for a key, as they are found,
// without this one.
func (n *Node) Providers(ctx context.Context, key cid.Cid, most int) iter.Seq[string] {
	return func(yield func(string) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for p := range n.dht.FindProvidersAsync(ctx, key, most) {
			if p.ID != n.host.ID() && !yield(string(p.ID)) {
				return
			}
		}
	}
}

// Infos returns how peers may be reached, as far as is known.
func (n *Node) Infos(peers ...string) []peer.AddrInfo {
	out := make([]peer.AddrInfo, len(peers))
	for i, p := range peers {
		out[i] = n.host.Peerstore().PeerInfo(peer.ID(p))
	}
	return out
}

// NameOf is the bytes of the peer ID of a key.
func NameOf(key record.PublicKey) string { return string(key.PeerID()) }

// Parts asks a peer by one of our protocols: see call.Parts.
func (n *Node) Parts(ctx context.Context, to, protocol string, body []byte, limits call.Limits) iter.Seq2[[]byte, error] {
	return call.Parts(ctx, n.host, peer.ID(to), n.Protocol(protocol), body, limits)
}

// Serve answers one of our protocols until stop: see call.Serve.
func (n *Node) Serve(protocol string, limits call.Limits, log *slog.Logger, handle func(ctx context.Context, from string, body []byte, send func([]byte) error) error) (stop func()) {
	return call.Serve(n.host, n.Protocol(protocol), limits, log, func(ctx context.Context, from peer.ID, body []byte, send func([]byte) error) error {
		return handle(ctx, string(from), body, send)
	})
}

// KeyOf is the key behind the bytes of a peer ID.
func KeyOf(name string) (record.PublicKey, error) { return record.OfPeer(peer.ID(name)) }
