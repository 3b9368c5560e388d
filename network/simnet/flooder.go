package simnet

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"sync"
	"time"

	pb "github.com/libp2p/go-libp2p-kad-dht/pb"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-msgio/pbio"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// FloodGossip publishes well-formed records of its own on a topic, so many a
// second, until ctx ends. It returns how many.
func (r *Rogue) FloodGossip(ctx context.Context, topic string, typ record.Type, perSecond int) (sent int) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		for range perSecond {
			sent++
			v, err := record.Seal(r.Key, record.Header{Network: Network, Type: typ, Sequence: uint64(sent)}, canon.AppendUint(nil, uint64(sent)))
			if err != nil || r.Publish(ctx, topic, v.Envelope()) != nil {
				return sent
			}
		}
		select {
		case <-ctx.Done():
			return sent
		case <-tick.C:
		}
	}
}

// FloodGarbage publishes random bytes, likewise.
func (r *Rogue) FloodGarbage(ctx context.Context, topic string, random *rand.Rand, perSecond int) (sent int) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		for range perSecond {
			b := make([]byte, random.IntN(512))
			for i := range b {
				b[i] = byte(random.Uint32())
			}
			if r.Publish(ctx, topic, b) != nil {
				return sent
			}
			sent++
		}
		select {
		case <-ctx.Done():
			return sent
		case <-tick.C:
		}
	}
}

// FloodStreams opens streams of a protocol to a peer and sends the beginning of
// a request on each, until ctx ends. It returns how many the peer let it open.
func (r *Rogue) FloodStreams(ctx context.Context, to peer.ID, id protocol.ID, perSecond int) (opened int) {
	for ctx.Err() == nil {
		for range perSecond {
			one, done := context.WithTimeout(ctx, time.Second)
			s, err := r.Host.NewStream(one, to, id)
			done()
			if err != nil {
				break
			}
			if _, err := s.Write([]byte{0xff, 0x7f, 0x82}); err == nil { // 16 KiB to come
				opened++
			}
		}
		sleep(ctx, time.Second)
	}
	return opened
}

// FloodProviders tells a peer's DHT that it provides random keys, on some
// streams as fast as the peer reads, until ctx ends. It returns how many.
func (r *Rogue) FloodProviders(ctx context.Context, to peer.ID, streams int) int {
	var (
		work sync.WaitGroup
		mu   sync.Mutex
		sent int
	)
	self := pb.RawPeerInfosToPBPeers([]peer.AddrInfo{{ID: r.Host.ID(), Addrs: r.Host.Addrs()}})
	for worker := range streams {
		work.Go(func() {
			s, err := r.Host.NewStream(ctx, to, kad)
			if err != nil {
				return
			}
			stop := context.AfterFunc(ctx, func() { _ = s.Reset() })
			defer stop()
			defer s.Close()
			out := pbio.NewDelimitedWriter(s)
			for i := 0; ctx.Err() == nil; i++ {
				key := binary.BigEndian.AppendUint64([]byte{byte(worker)}, uint64(i))
				if out.WriteMsg(&pb.Message{Type: pb.Message_ADD_PROVIDER, Key: key, ProviderPeers: self}) != nil {
					return
				}
				mu.Lock()
				sent++
				mu.Unlock()
			}
		})
	}
	work.Wait()
	return sent
}

// kad is the protocol of our DHT.
const kad = protocol.ID("/openledger/7/kad/1.0.0")
