package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/gateway"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

// newGateway joins the gateway with the network.
func (s *answers) newGateway() error {
	book := gateway.NewBook(s.repo.ledger)
	seed, err := book.Seed(context.Background())
	if err != nil {
		return ledgerProblem(err)
	}
	s.gateway = gateway.New(gateway.Config{
		Parts: s.online.node.Parts, Find: s.find, Willing: s.willing, Models: s.askable, Book: book,
		Network: s.repo.network(), Domain: s.till.domain, Pay: s.pay,
		Observed: func(worker string, speed float64) {
			if key, err := node.KeyOf(worker); err == nil {
				s.capacity.Observed(key.PeerID(), capacity.Serve, uint64(speed*1000))
			}
		},
		Beacon: s.beacon(seed), Audit: s.audit, Auditors: s.auditors, Proof: s.proven, Fetch: s.fetchToAudit, Embed: s.embedAgain, Convict: s.convict, Log: s.log,
	})
	return nil
}

// beacon draws audits: that of the chain, where one is attached.
func (s *answers) beacon(seed [32]byte) func(context.Context, time.Time) ([32]byte, error) {
	if !s.config.Chain.attached() {
		return gateway.LocalBeacon(seed, time.Now)
	}
	return func(ctx context.Context, after time.Time) ([32]byte, error) {
		b, err := s.repo.beacon(ctx, after)
		if errors.Is(err, chain.ErrNotYet) {
			err = gateway.ErrLater
		}
		return b, err
	}
}

// workersFound is what a search for workers gave.
type workersFound struct {
	workers []gateway.Worker
	at      time.Time
}

const (
	foundFor    = time.Minute // how long workers are asked again without a search
	mostWorkers = 8           // workers for one answer
)

// find looks for workers that have a model warm, those with the adapter first.
func (s *answers) find(ctx context.Context, model, adapter cid.Cid, fresh bool) ([]gateway.Worker, error) {
	key := [2]cid.Cid{model, adapter}
	s.mu.Lock()
	known := s.found[key]
	s.mu.Unlock()
	if !fresh && len(known.workers) > 0 && time.Since(known.at) < foundFor {
		return known.workers, nil
	}
	var warm, all []gateway.Worker
	var work sync.WaitGroup
	var failed error
	if adapter.Defined() {
		work.Go(func() { warm, _ = s.search(ctx, capacity.Need{Model: model, Adapter: adapter, Slots: 1}) })
	}
	work.Go(func() { all, failed = s.search(ctx, capacity.Need{Model: model, Slots: 1}) })
	work.Wait()
	if failed != nil {
		return nil, failed
	}
	for i := range warm {
		warm[i].Warm = true
	}
	for _, w := range all {
		if !slices.ContainsFunc(warm, func(o gateway.Worker) bool { return o.Name == w.Name }) {
			warm = append(warm, w)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.found) > 1<<12 {
		clear(s.found)
	}
	s.found[key] = workersFound{warm, time.Now()}
	return warm, nil
}

// willing lists peers that may fetch a model because they are asked for it.
func (s *answers) willing(ctx context.Context) ([]gateway.Worker, error) {
	return s.search(ctx, capacity.Need{})
}

// search asks for peers that meet a need and cost no more than the owner allows.
func (s *answers) search(ctx context.Context, n capacity.Need) (all []gateway.Worker, err error) {
	n.Arithmetic, n.For, n.Most = op.Version, capacity.Serve, mostWorkers
	answer, err := s.capacity.Find(ctx, n)
	if err != nil && !errors.Is(err, capacity.ErrNone) {
		return nil, err
	}
	for _, f := range answer.Found {
		if f.Advert.PriceServe <= s.config.Serve.Spend {
			all = append(all, gateway.Worker{Name: string(f.Peer), Key: f.Signed.Signer()})
		}
	}
	return all, ctx.Err()
}

// warmElsewhere are the models that other peers advertise.
func (s *answers) warmElsewhere() map[cid.Cid]bool {
	all := map[cid.Cid]bool{}
	for _, id := range s.capacity.Peers() {
		if a, _, ok := s.capacity.Known(id); ok && a.Slots > 0 {
			for _, c := range a.Models {
				all[c] = true
			}
		}
	}
	return all
}

// pay signs what the dearest of some workers wants for a request; nil if none
// wants anything.
func (s *answers) pay(ctx context.Context, r *serve.Request, workers []record.PublicKey) (*serves.Payment, error) {
	price := uint64(0)
	for _, w := range workers {
		if a, _, ok := s.capacity.Known(w.PeerID()); ok {
			price = max(price, a.PriceServe)
		}
	}
	if price == 0 {
		return nil, nil
	}
	return s.till.pay(ctx, s.key, r, workers, price)
}
