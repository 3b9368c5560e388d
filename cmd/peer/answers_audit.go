package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/gateway"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/proofs/dispute"
)

// A visitor is a model that was loaded to compute something again; it stays for a
// minute, since several things are computed again in a row.
type visitor struct {
	v     *serving
	users int
	last  *time.Timer // ends it; nil while it is used
	end   func()
}

// visitTime is how long a visitor stays that nobody uses.
const visitTime = time.Minute

// borrow returns a model that is computed here, or loads one that is in the home or
// was fetched; release MUST follow.
func (s *answers) borrow(ctx context.Context, model cid.Cid) (v *serving, release func(), err error) {
	if v := s.of(model); v != nil {
		return v, func() {}, nil
	}
	s.visits.Lock()
	defer s.visits.Unlock()
	x := s.visitors[model]
	if x == nil {
		from := model.String()
		if _, err := s.repo.home.models().find(from); err != nil {
			if from = s.repo.weightsDir(model); from == "" {
				return nil, nil, fmt.Errorf("%w: %s", gateway.ErrNoModel, model)
			}
		}
		opened, err := s.open(&serveFlags{Model: from, Memory: 1024, Slots: 1})
		if err != nil {
			return nil, nil, err
		}
		running, cancel := context.WithCancel(context.WithoutCancel(ctx))
		var work sync.WaitGroup
		work.Go(func() { _ = opened.engine.Run(running) }) // it ends with running
		x = &visitor{v: opened, end: func() { cancel(); work.Wait(); opened.close() }}
		s.visitors[model] = x
	}
	if x.users++; x.last != nil {
		x.last.Stop()
		x.last = nil
	}
	return x.v, func() {
		s.visits.Lock()
		defer s.visits.Unlock()
		if x.users--; x.users > 0 {
			return
		}
		x.last = time.AfterFunc(visitTime, func() {
			s.visits.Lock()
			defer s.visits.Unlock()
			if x.users == 0 && s.visitors[model] == x {
				delete(s.visitors, model)
				x.end()
			}
		})
	}, nil
}

// dismiss ends all visitors; who used them is done.
func (s *answers) dismiss() {
	s.visits.Lock()
	defer s.visits.Unlock()
	for c, x := range s.visitors {
		if x.last != nil {
			x.last.Stop()
		}
		delete(s.visitors, c)
		x.end()
	}
}

// finding audits a receipt for another peer, and has its signer open what it did
// where it is false.
func (s *answers) finding(ctx context.Context, v *receipt.Verified) (f serves.Finding, err error) {
	fault, err := s.audit(ctx, v.Claim())
	if errors.Is(err, gateway.ErrNoModel) {
		err = serves.ErrNoModel
	}
	if fault == nil || err != nil {
		return f, err
	}
	f.Why = fault.Why
	if f.Foreign = fault.What == "token" && fault.Token < v.Spec.Given; f.Foreign {
		return f, nil
	}
	f.False = true
	if _, f.Proof, err = s.dispute(ctx, v); err != nil && ctx.Err() == nil {
		s.log.InfoContext(ctx, "No proof against the signer of a receipt", slog.String("peer", v.Signer.PeerID().String()), slog.Any("err", err))
		err = nil // what was found is said, and not believed
	}
	return f, err
}

// proven checks a proof that another peer shows about a receipt, and keeps it.
func (s *answers) proven(ctx context.Context, v *receipt.Verified, proof []byte) (string, error) {
	operators, err := op.New(s.config.Engine)
	if err != nil {
		return "", err
	}
	defer operators.Close()
	verdict, err := dispute.Verify(proof, receipt.Rules(s.repo.network(), tape.NewCPU(operators), func(c cid.Cid) (*lora.Files, error) { return s.repo.adapterFiles(ctx, c) }))
	if err != nil {
		return "", err
	}
	if verdict.Job != v.ID || !verdict.Convicts(v.Signer.Account()) {
		return "", errors.New("it convicts somebody else, or of something else")
	}
	path, err := s.repo.keepReceiptProof(v.ID, proof)
	return fmt.Sprintf("%s: %s; the proof is %s", verdict.Kind, verdict.Why, path), err
}

// auditors lists peers that advertise a model: those among them that audit answer.
func (s *answers) auditors(ctx context.Context, model cid.Cid) (all []gateway.Worker, err error) {
	answer, err := s.capacity.Find(ctx, capacity.Need{Model: model, For: capacity.Prefill})
	if err != nil && !errors.Is(err, capacity.ErrNone) {
		return nil, err
	}
	for _, f := range answer.Found {
		all = append(all, gateway.Worker{Name: string(f.Peer), Key: f.Signed.Signer()})
	}
	return all, ctx.Err()
}

// embed computes an embedding for another peer.
func (s *answers) embed(ctx context.Context, tenant string, q *serves.Embed) ([]float32, error) {
	v := s.of(q.Model)
	if v == nil {
		return nil, s.demand(q.Model)
	}
	s.used(q.Model)
	return v.engine.Embed(ctx, tenant, q.Adapter, q.Prompt)
}

// embedAgain computes an embedding that another peer gave.
func (s *answers) embedAgain(ctx context.Context, q *serves.Embed) ([]float32, error) {
	v, release, err := s.borrow(ctx, q.Model)
	if err != nil {
		return nil, err
	}
	defer release()
	return v.engine.Embed(ctx, "audit", q.Adapter, q.Prompt)
}

// fetchToAudit fetches a model whose receipts are to be audited, as far as
// serve.fetch allows it.
func (s *answers) fetchToAudit(ctx context.Context, model cid.Cid) error {
	if s.config.Serve.Fetch == 0 {
		return gateway.ErrNoModel
	}
	_, err := s.repo.fetchWeights(ctx, model)
	return err
}
