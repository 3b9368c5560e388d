package simnet

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync/atomic"

	"github.com/libp2p/go-libp2p"
	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/proofs/record"
)

// A Rogue is a peer that keeps no rule: what adversaries are made of. It says
// that it belongs to the network, and sends what it likes.
type Rogue struct {
	Key  record.Key
	Host host.Host

	pubsub *pubsub.PubSub
	topics map[string]*pubsub.Topic
	heard  map[string]*pubsub.Subscription
	cancel func()
}

// Rogue opens a rogue as host i with a key, connected to some peers. It gossips
// on the named topics; none: it does not gossip.
func (w *World) Rogue(ctx context.Context, i int, key record.Key, to []int, topics ...string) (*Rogue, error) {
	h, err := w.Net.Host(i, Link{}, libp2p.Identity(key.Libp2p()), libp2p.ProtocolVersion("openledger/"+Network.String()))
	if err != nil {
		return nil, err
	}
	r := &Rogue{Key: key, Host: h, topics: map[string]*pubsub.Topic{}, heard: map[string]*pubsub.Subscription{}}
	ctx, r.cancel = context.WithCancel(context.WithoutCancel(ctx))
	if err := r.open(ctx, to, topics); err != nil {
		r.Close()
		return nil, fmt.Errorf("rogue %d: %w", i, err)
	}
	return r, nil
}

func (r *Rogue) open(ctx context.Context, to []int, topics []string) error {
	for _, j := range to {
		p, err := peer.AddrInfoFromString(Bootstrap(j))
		if err != nil {
			return err
		}
		if err := r.Host.Connect(ctx, *p); err != nil {
			return err
		}
	}
	if len(topics) == 0 {
		return nil
	}
	var n atomic.Uint64 // equal bytes are sent again: no two messages are the same
	var err error
	r.pubsub, err = pubsub.NewGossipSub(ctx, r.Host, pubsub.WithMessageSignaturePolicy(pubsub.StrictNoSign), pubsub.WithNoAuthor(),
		pubsub.WithFloodPublish(true), pubsub.WithPeerOutboundQueueSize(1<<14),
		pubsub.WithMessageIdFn(func(*pb.Message) string { return string(binary.BigEndian.AppendUint64(nil, n.Add(1))) }))
	if err != nil {
		return err
	}
	for _, name := range topics {
		if r.topics[name], err = r.pubsub.Join(topicName(name)); err != nil {
			return err
		}
		if r.heard[name], err = r.topics[name].Subscribe(pubsub.WithBufferSize(1 << 14)); err != nil {
			return err
		}
	}
	return nil
}

func topicName(name string) string { return "openledger/" + Network.String() + "/" + name + "/1" }

// Publish sends any bytes on a topic.
func (r *Rogue) Publish(ctx context.Context, topic string, b []byte) error {
	return r.topics[topic].Publish(ctx, b)
}

// Hear waits for the next bytes on a topic.
func (r *Rogue) Hear(ctx context.Context, topic string) ([]byte, error) {
	m, err := r.heard[topic].Next(ctx)
	if err != nil {
		return nil, err
	}
	return m.Data, nil
}

// Close ends the rogue.
func (r *Rogue) Close() {
	r.cancel()
	r.Host.Close()
}
