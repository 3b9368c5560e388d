// Package requester has training jobs done by others: it offers them, leases
// replicas to the best bids, watches heartbeats, stores what is committed to,
// has results revealed, compared, audited and disputed, and pays.
//
// The invariant: what it decides is a fold over its journal, and verdicts come
// from dispute.Verify alone. After a kill at any point it goes on.
//
// Start with Service.
package requester

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// Config is what a requester works with.
type Config struct {
	*work.Peer
	Ledger   job.Ledger
	Escrow   work.Escrow // of jobs that are settled on a chain, in place of Ledger; nil: none are
	Beacon   func(ctx context.Context, after job.Millis) ([32]byte, error)
	Publish  func(ctx context.Context, offer record.Verified) error
	Auditors func() []record.PublicKey                                                                  // who is asked to audit
	Ask      func(ctx context.Context, to record.PublicKey, q work.Question, limit int) ([]byte, error) // for an opening of a dispute
	Open     func(ctx context.Context, s *job.Spec, dir string, known *work.Facts) (*work.Bench, error)
	Rules    dispute.Rules
	Proof    func(id job.ID, proof []byte) error  // keeps a fraud proof for people
	Charge   func(id job.ID, charge []byte) error // keeps what a contract convicts by
	Metrics  prometheus.Registerer                // nil: none
}

// A Service is one requester. Its methods are safe for concurrent use.
type Service struct {
	Config
	met   *metrics
	tasks work.Tasks[task]
}

// New makes a requester.
func New(c Config) (*Service, error) {
	m, err := newMetrics(c.Metrics)
	if err != nil {
		return nil, err
	}
	return &Service{Config: c, met: m}, nil
}

// Run sees to all jobs until ctx ends, those of before a restart included.
func (s *Service) Run(ctx context.Context) error {
	ids, err := s.Journal.Jobs(job.AsRequester)
	if err != nil {
		return err
	}
	return s.tasks.Run(ctx, ids, func(id job.ID) error { return s.resume(ctx, id) }, s.Log)
}

// tellAgain is for how long after its end a job's members are told of it again.
const tellAgain = 24 * 3600_000

// resume lets a job go on after a restart that is not over, or has been for a short time.
func (s *Service) resume(ctx context.Context, id job.ID) error {
	events, err := s.Journal.Events(id, job.AsRequester)
	if err != nil || len(events) == 0 {
		return err
	}
	k, _, err := s.Journal.Requester(id)
	if err != nil {
		return err
	}
	over := k.Machine.Status().Over()
	if over {
		if err := s.settle(id, k.Machine.Parts()); err != nil {
			return err
		}
	}
	if over && events[len(events)-1].At+tellAgain < work.Now() {
		return nil
	}
	t, err := s.open(id)
	if err != nil || over {
		return err
	}
	s.tasks.Go(func() { t.restore(ctx) })
	return s.keepSpec(ctx, k.Machine.Spec())
}

// open folds the journal of a job and lets its actor run.
func (s *Service) open(id job.ID) (*task, error) {
	return s.tasks.Open(id, func() (*task, func(context.Context), error) {
		k, undone, err := s.Journal.Requester(id)
		if err != nil {
			return nil, nil, err
		}
		t := newTask(s, id, k)
		if s.Escrow != nil {
			if t.escrowed, err = s.Escrow.Holds(id); err != nil {
				return nil, nil, err
			}
		}
		events, err := s.Journal.Events(id, job.AsRequester)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range events {
			t.note(e.Event, e.At)
		}
		if len(events) > 0 && !k.Machine.Status().Over() {
			if _, err := k.Do(job.Event{Body: &job.Woke{}}, work.Now()); err != nil {
				return nil, nil, err
			}
			undone = k.Machine.Wake() // which is all that follows from it, too
		}
		return t, func(ctx context.Context) { t.actor.Run(ctx, undone) }, nil
	})
}

// Submit begins a job. facts are the bytes whose hash its spec names. A job that
// is here already goes on.
func (s *Service) Submit(ctx context.Context, spec *job.Spec, facts []byte) (job.ID, error) {
	id := spec.ID()
	if spec.Requester != s.Account() {
		return id, errors.New("the job is of another requester")
	}
	if err := spec.Check(); err != nil {
		return id, err
	}
	events, err := s.Journal.Events(id, job.AsRequester)
	if err != nil {
		return id, err
	}
	if len(events) > 0 {
		return id, fmt.Errorf("job %s is there already", id)
	}
	extra, err := block.CID(cid.Raw, facts)
	if err != nil {
		return id, err
	}
	if s.Escrow != nil {
		if _, err := s.Escrow.Check(ctx, spec); err != nil {
			return id, err
		}
	}
	if err := s.keepSpec(ctx, spec, work.Block{CID: extra, Data: facts}); err != nil {
		return id, err
	}
	t, err := s.open(id)
	if err != nil {
		return id, err
	}
	submit := &job.Submit{Spec: *spec}
	if _, err := rand.Read(submit.Secret[:]); err != nil {
		return id, err
	}
	return id, t.actor.Do(ctx, job.Event{Body: submit})
}

// keepSpec keeps a spec where workers and auditors find it.
func (s *Service) keepSpec(ctx context.Context, spec *job.Spec, more ...work.Block) error {
	b := spec.AppendCanon(nil)
	if len(b) > block.MaxSize {
		return fmt.Errorf("a spec of %d bytes, at most %d travel as a block: choose fewer steps", len(b), block.MaxSize)
	}
	named, err := block.CID(cid.DagCBOR, b)
	if err != nil {
		return err
	}
	return s.Blocks.Keep(ctx, spec.ID(), append(more, work.Block{CID: named, Data: b})...)
}

// Order pauses, resumes or cancels a job.
func (s *Service) Order(ctx context.Context, id job.ID, what job.What) error {
	t, err := s.known(id)
	if err != nil {
		return err
	}
	before := t.view()
	if err := t.actor.Do(ctx, job.Event{Body: &job.Order{What: what}}); err != nil {
		return err
	}
	after := t.view()
	switch {
	case what == job.Pause && after.Status != job.Paused, what == job.Resume && before.Status != job.Paused,
		what == job.Cancel && before.Status == after.Status && !after.Ending:
		return fmt.Errorf("job %s is %s: it cannot be told to %s now", id, after.Status, what)
	}
	return nil
}

// known returns a job that is in the journal.
func (s *Service) known(id job.ID) (*task, error) {
	if t := s.tasks.Find(id); t != nil {
		return t, nil
	}
	events, err := s.Journal.Events(id, job.AsRequester)
	if err == nil && len(events) == 0 {
		err = fmt.Errorf("no job %s of this peer", id)
	}
	if err != nil {
		return nil, err
	}
	return s.open(id)
}

// Has says whether a job is this peer's own.
func (s *Service) Has(id job.ID) bool {
	_, err := s.known(id)
	return err == nil
}

// Take takes a message about a job of this peer.
func (s *Service) Take(ctx context.Context, from record.PublicKey, m work.Message) error {
	t, err := s.known(m.Job)
	if err != nil {
		return err
	}
	if err := s.Mail.Meet(from); err != nil {
		return err
	}
	t.farewell(ctx, from.Account())
	switch m.Kind {
	case work.Sealed:
		v, err := record.Open(m.A, s.Network)
		if err != nil {
			return err
		}
		if v.Header().Type == record.SegmentCommit && v.Signer() != from {
			return t.relayed(ctx, from, v)
		}
		return t.sealed(ctx, v)
	case work.Event:
		e, ok := work.ReadEvent(m.A, from.Account())
		if !ok {
			return errors.New("no event that comes from a worker or auditor")
		}
		switch b := e.Body.(type) {
		case *job.Unusable:
			t.suspect(from.Account(), b)
			return nil
		case *job.Beat:
			if t.often(from.Account()) {
				return nil
			}
			return t.hear(ctx, e)
		case *job.Volunteer:
			b.Operator = from.Account() // until operators are registered each peer is its own
			return t.hear(ctx, e)
		case *job.Placed:
			if !t.member(from.Account()) {
				return errors.New("only who works on the job may say so")
			}
			for _, k := range b.Holders {
				if err := s.Mail.Meet(k); err != nil {
					return err
				}
			}
			return t.hear(ctx, e)
		case *job.Quit, *job.Look:
			return t.hear(ctx, e)
		}
		return errors.New("only the requester may say so")
	case work.Refusal:
		if len(m.A) == 1 {
			return t.hear(ctx, job.Event{From: from.Account(), Body: &job.Declined{Why: job.Reason(m.A[0])}})
		}
	}
	return nil
}
