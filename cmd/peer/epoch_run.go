package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/openledger/openledger/cmd/peer/aggregator"
	"github.com/openledger/openledger/cmd/peer/gateway"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
	"github.com/openledger/openledger/storage/pin"
)

// topicSettlement carries what epochs settle.
const topicSettlement = "settlement"

// maxSettlement bounds a record of that topic, in bytes.
const maxSettlement = 8 << 10

// settlementRule lets pass records that are canonical and named by their key.
// Whether who pays has anything depends on the chain, which not every peer reads.
func settlementRule() gossip.Rule {
	return gossip.Rule{
		Name: topicSettlement, Types: []record.Type{record.Settlement}, MaxBytes: maxSettlement, Rate: gossip.Rate{PerSecond: 50, Burst: 5000},
		Check: func(v record.Verified) error {
			_, err := openSettlement(v)
			return err
		},
	}
}

func openSettlement(v record.Verified) (r epoch.Record, err error) {
	if err := canon.Decode(v.Payload(), &r, canon.Limits{Total: maxSettlement}); err != nil {
		return r, err
	}
	if key, subject := r.Key(), v.Header().Subject; !bytes.Equal(key[:], subject[:]) || r.Usage == nil && r.Payment == nil || len(r.Places) > 0 || r.Void {
		return r, errors.New("a settlement that is not what its header says")
	}
	return r, nil
}

// epochs is a peer's part in settling: it tells others of what was paid to it or
// by it, and where its owner wants so it posts epochs or watches those who do.
type epochs struct {
	repo   *repo
	online *online
	told   map[[32]byte]bool      // receipts that others were told of, since the start
	owed   map[[32]byte]time.Time // when others were told last of what this peer is owed, by request
	final  uint64                 // epoch that what is owed was compared with

	questions time.Time // when it was looked for questions last
	asked     uint64    // block from which on they are looked for
}

func newEpochs(r *repo, o *online) *epochs {
	return &epochs{repo: r, online: o, told: map[[32]byte]bool{}, owed: map[[32]byte]time.Time{}}
}

// lookEvery is the time between two looks at the chain.
const lookEvery = 2 * time.Second

func (e *epochs) run(ctx context.Context) error {
	if e.repo.config.Chain.Epochs == "off" && !e.repo.config.Chain.attached() {
		return e.hear(ctx, nil)
	}
	s, l, err := e.open(ctx)
	for err != nil {
		e.repo.log.InfoContext(ctx, "Epochs not looked after; tried again", slog.Any("err", err))
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(5 * time.Second):
		}
		s, l, err = e.open(ctx)
	}
	var work sync.WaitGroup
	defer work.Wait()
	work.Go(func() { _ = e.hear(ctx, s) }) // it ends with ctx
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		err := l.refresh(ctx)
		if err == nil {
			err = errors.Join(e.tell(ctx, s, l), e.tellOwed(ctx, s, l))
		}
		if err == nil && s != nil {
			err = errors.Join(e.payPinners(ctx, s, l), e.answerQuestions(ctx, l), s.Step(ctx))
		}
		if err != nil && ctx.Err() == nil {
			e.repo.log.InfoContext(ctx, "Epochs not looked after; tried again", slog.Any("err", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// open opens the chain, and what looks after epochs unless this peer does not.
func (e *epochs) open(ctx context.Context) (*aggregator.Service, *chainLink, error) {
	r := e.repo
	if r.config.Chain.Epochs == "off" {
		l, err := r.link(ctx)
		return nil, l, err
	}
	if err := migrate(ctx, r.ledger, "aggregator", aggregator.Tables); err != nil {
		return nil, nil, ledgerProblem(err)
	}
	l, err := r.link(ctx)
	if err != nil {
		return nil, nil, err
	}
	f, err := chain.Follow(l.k, r.fetchOne, r.home.path("books/watch"))
	if err != nil {
		return nil, nil, err
	}
	return aggregator.New(aggregator.Config{
		Contracts: l.k, Outbox: l.outbox, Follower: f, Account: [20]byte(r.account), Ledger: r.ledger,
		Keep: r.blocks.Put, Get: r.fetchOne, Log: r.log,
		Pin: func(ctx context.Context, h epoch.Header) error {
			return r.keep(ctx, pin.Pin{Root: h.DataCID(), Name: fmt.Sprintf("epoch %d", h.Epoch), Whole: true})
		},
		Posts: r.config.Chain.Epochs == "post", Every: r.config.Chain.Every, Payments: r.checkPayment(l),
	}), l, nil
}

// hear takes over what others tell of, unless this peer settles nothing.
func (e *epochs) hear(ctx context.Context, s *aggregator.Service) error {
	topic := e.online.gossip.Topic(topicSettlement)
	for {
		v, err := topic.Next(ctx)
		if err != nil {
			return nil // ctx is done, or the topic closed
		}
		r, err := openSettlement(v)
		if err == nil && s != nil && s.Posts {
			err = s.Take(ctx, r)
		}
		if err != nil {
			e.repo.log.DebugContext(ctx, "Settlement not taken", slog.Any("err", err))
		}
	}
}

// tell publishes what answers that this peer got settle.
func (e *epochs) tell(ctx context.Context, s *aggregator.Service, l *chainLink) error {
	all, err := gateway.NewBook(e.repo.ledger).List(ctx, 1000)
	if err != nil {
		return err
	}
	for _, entry := range all {
		if e.told[entry.ID] {
			continue
		}
		v, err := receipt.Open(entry.File, e.repo.network())
		if err != nil {
			return err
		}
		u, err := serves.Settles(v, l.k.Domain())
		if u != nil && err == nil { // else nobody paid, or for other contracts
			if err := e.publish(ctx, s, epoch.Record{Usage: u}, 0); err != nil {
				e.repo.log.InfoContext(ctx, "Settlement not published; tried again", slog.Any("err", err))
				continue
			}
		}
		e.told[entry.ID] = true
	}
	return nil
}

// publish tells others of a record, under a number that is new where they are told
// again, and takes it over here where this peer settles.
func (e *epochs) publish(ctx context.Context, s *aggregator.Service, r epoch.Record, number uint64) error {
	if s != nil && s.Posts {
		if err := s.Take(ctx, r); err != nil {
			return err
		}
	}
	key, err := e.repo.key()
	if err != nil {
		return err
	}
	body, err := canon.Encode(&r)
	if err != nil {
		return err
	}
	v, err := record.Seal(key, record.Header{Network: e.repo.network(), Type: record.Settlement, Subject: r.Key(), Sequence: number}, body)
	if err != nil {
		return err
	}
	if err := e.online.gossip.Topic(topicSettlement).Publish(ctx, v); err != nil && !errors.Is(err, gossip.ErrIgnore) {
		return err
	}
	return nil
}
