package simnet

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/ipfs/go-cid"
	pb "github.com/libp2p/go-libp2p-kad-dht/pb"
	kbucket "github.com/libp2p/go-libp2p-kbucket"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-msgio/pbio"

	"crypto/sha256"

	"github.com/openledger/openledger/proofs/record"
)

// CloseKeys makes n keys whose peer IDs lie closer to a place in the DHT than
// chance would have it: they share the first bits with it.
func CloseKeys(seed uint64, place cid.Cid, bits, n int) []record.Key {
	want := kbucket.ConvertKey(string(place.Hash()))
	var out []record.Key
	for i := uint64(0); len(out) < n; i++ {
		secret := sha256.Sum256(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64([]byte("close"), seed), i))
		k, err := record.ParseKey(secret[:])
		if err == nil && kbucket.CommonPrefixLen(kbucket.ConvertPeerID(k.Public().PeerID()), want) >= bits {
			out = append(out, k)
		}
	}
	return out
}

// Eclipse opens rogues with the given keys, from host at on, whose DHT knows
// nobody but themselves, and forgets whatever it is told. Other peers count
// them as the closest to a place that the keys were made for.
func (w *World) Eclipse(ctx context.Context, at int, keys []record.Key, to []int) (sybils []*Rogue, err error) {
	var all []peer.AddrInfo
	for i, k := range keys {
		r, err := w.Rogue(ctx, at+i, k, nil)
		if err != nil {
			return sybils, err
		}
		sybils = append(sybils, r)
		all = append(all, peer.AddrInfo{ID: r.Host.ID(), Addrs: r.Host.Addrs()})
	}
	known := pb.RawPeerInfosToPBPeers(all)
	for i, r := range sybils {
		r.Host.SetStreamHandler(kad, func(s network.Stream) { answerWith(s, known) })
		if err := r.open(ctx, to, nil); err != nil {
			return sybils, fmt.Errorf("sybil %d: %w", i, err)
		}
	}
	return sybils, nil
}

// answerWith answers each request of a DHT stream with the same peers.
func answerWith(s network.Stream, known []*pb.Message_Peer) {
	defer s.Close()
	in, out := pbio.NewDelimitedReader(s, network.MessageSizeMax), pbio.NewDelimitedWriter(s)
	for {
		var req pb.Message
		if in.ReadMsg(&req) != nil {
			return
		}
		if req.GetType() == pb.Message_ADD_PROVIDER {
			continue // which has no answer
		}
		if out.WriteMsg(&pb.Message{Type: req.GetType(), Key: req.GetKey(), CloserPeers: known}) != nil {
			return
		}
	}
}
