package gossip

import (
	"context"
	"errors"
	"fmt"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/proofs/record"
)

// A Topic is a stream of the records that keep one Rule.
type Topic struct {
	rule   Rule
	name   string
	router *Router
	memory *memory
	topic  *pubsub.Topic
	sub    *pubsub.Subscription
}

func (t *Topic) join() error {
	err := t.router.pubsub.RegisterTopicValidator(t.name, t.validate, pubsub.WithValidatorInline(true))
	if err != nil {
		return err
	}
	if t.topic, err = t.router.pubsub.Join(t.name); err != nil {
		return err
	}
	t.sub, err = t.topic.Subscribe(pubsub.WithBufferSize(queue))
	return err
}

// Publish sends a record to all peers of the topic, and to our own Next. It
// fails where those peers would ignore or refuse the record.
func (t *Topic) Publish(ctx context.Context, v record.Verified) error {
	envelope := v.Envelope()
	if len(envelope) > t.rule.MaxBytes {
		return fmt.Errorf("publish on %s: %w: %d bytes, at most %d", t.name, ErrSize, len(envelope), t.rule.MaxBytes)
	}
	if err := t.rule.carries(v); err != nil {
		return fmt.Errorf("publish on %s: %w", t.name, err)
	}
	if err := t.memory.admit(v); err != nil {
		return fmt.Errorf("publish on %s: %w", t.name, err)
	}
	if err := t.topic.Publish(ctx, envelope, pubsub.WithValidatorData(v)); err != nil {
		return fmt.Errorf("publish on %s: %w", t.name, err)
	}
	return nil
}

// Next waits for the next record, whoever published it. Who does not call it
// for long loses records, which the metrics count.
func (t *Topic) Next(ctx context.Context) (record.Verified, error) {
	m, err := t.sub.Next(ctx)
	if err != nil {
		return record.Verified{}, err
	}
	v, ok := m.ValidatorData.(record.Verified)
	if !ok {
		panic("gossip: internal error: a message passed without its validator")
	}
	return v, nil
}

// Peers lists the connected peers that want the topic's records.
func (t *Topic) Peers() []peer.ID { return t.topic.ListPeers() }

// validate judges what another peer has sent, in GossipSub's own goroutines: as
// many at a time as the machine has cores.
func (t *Topic) validate(_ context.Context, from peer.ID, m *pubsub.Message) pubsub.ValidationResult {
	if from == t.router.host.ID() { // Publish has judged it
		_, ok := m.ValidatorData.(record.Verified)
		if ok {
			t.router.met.count(t.rule.Name, "accepted", "own")
			return pubsub.ValidationAccept
		}
		return pubsub.ValidationIgnore
	}
	t.router.met.bytes.WithLabelValues(t.rule.Name).Add(float64(len(m.Data)))
	v, err := t.rule.open(m.Data, t.router.c.Network)
	if err == nil {
		err = t.memory.admit(v)
	}
	switch {
	case err == nil:
		m.ValidatorData = v
		t.router.met.count(t.rule.Name, "accepted", "")
		return pubsub.ValidationAccept
	case errors.Is(err, ErrIgnore):
		t.router.met.count(t.rule.Name, "ignored", reason(err))
		return pubsub.ValidationIgnore
	}
	t.router.met.count(t.rule.Name, "rejected", reason(err))
	return pubsub.ValidationReject
}
