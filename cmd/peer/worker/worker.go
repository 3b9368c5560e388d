// Package worker does training jobs of others for money: it bids for what its
// owner allows, computes what is leased to it, commits, reveals, and opens its
// results when they are disputed.
//
// The invariant: a job goes on after a kill at any point, from its last commit,
// and no place is ever signed twice with different content. What it was leased
// and what it said is in the journal; states lie as blocks.
//
// Start with Service.
package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

// Config is what a worker works with.
type Config struct {
	*work.Peer
	Limits  func() job.Limits  // what the owner allows now; Slots is how many jobs at a time
	Machine func() job.Machine // what this machine is
	Open    func(ctx context.Context, s *job.Spec, dir string) (work.Runner, error)
	Hiring  work.Hiring           // how it is paid; nil: as the requester's own ledger says
	Metrics prometheus.Registerer // nil: none

	// Neighbours lists peers that may keep pieces of what this one stores; nil:
	// there are none.
	Neighbours func() []record.PublicKey
}

// A Service is one worker. Its methods are safe for concurrent use.
type Service struct {
	Config
	met   *metrics
	tasks work.Tasks[task]

	mu   sync.Mutex
	gave map[job.ID]job.Reason // jobs that this peer gave up, and why: it does not bid again
}

// New makes a worker.
func New(c Config) (*Service, error) {
	m, err := newMetrics(c.Metrics)
	if err != nil {
		return nil, err
	}
	return &Service{Config: c, met: m, gave: map[job.ID]job.Reason{}}, nil
}

// Run works until ctx ends. Jobs that a restart interrupted go on.
func (s *Service) Run(ctx context.Context) error {
	ids, err := s.Journal.Jobs(job.AsWorker)
	if err != nil {
		return err
	}
	resume := func(id job.ID) error {
		_, err := s.open(id, true)
		return err
	}
	return s.tasks.Run(ctx, ids, resume, s.Log)
}

// A task is one job of this worker.
type task struct {
	s      *Service
	id     job.ID
	keeper *job.Keeper[*job.Worker]
	actor  *work.Actor

	mu       sync.Mutex
	until    time.Time                      // when a bid that nobody answered is forgotten
	computed map[uint64]job.Computed        // the last one of each segment of this lease
	placed   map[uint64]job.Placed          // who keeps pieces of it
	deaf     map[record.PublicKey]time.Time // who did not answer, until when it is not asked
	sources  []record.PublicKey             // who may have what predecessors stored
}

// open folds the journal of a job and lets its actor run. One that is settled
// is left alone.
func (s *Service) open(id job.ID, resumed bool) (*task, error) {
	return s.tasks.Open(id, func() (*task, func(context.Context), error) {
		k, undone, err := s.Journal.Worker(id, s.Account())
		if err != nil {
			return nil, nil, err
		}
		t := &task{s: s, id: id, keeper: k, computed: map[uint64]job.Computed{}, placed: map[uint64]job.Placed{}, deaf: map[record.PublicKey]time.Time{}}
		if resumed {
			if st := k.Machine.State(); st == job.Settled || st == job.Bidding { // a bid is made anew for the next offer
				return nil, nil, nil
			}
			events, err := s.Journal.Events(id, job.AsWorker)
			if err != nil {
				return nil, nil, err
			}
			for _, e := range events {
				t.note(e.Event, e.At)
			}
		}
		t.actor = work.NewActor(id, k, s.Log, t.note, t.perform)
		return t, func(ctx context.Context) { t.actor.Run(ctx, undone) }, nil
	})
}

// Offered hears of a job that is to be had. It bids, or says why not.
func (s *Service) Offered(ctx context.Context, v record.Verified) {
	id, e, err := job.Read(v)
	o, ok := e.Body.(*job.Offer)
	if err != nil || !ok || v.Signer() == s.Key.Public() {
		return
	}
	bid, spec, why := s.consider(ctx, id, o, v)
	if why != job.OK {
		s.met.refusals.WithLabelValues(why.String()).Inc()
		s.Log.InfoContext(ctx, "No bid", slog.String("job", id.String()), slog.String("reason", why.String()), slog.String("why", why.Text()))
		s.Mail.Refuse(v.Signer().Account(), id, why)
		return
	}
	t, err := s.open(id, false)
	if err != nil || t == nil {
		return
	}
	t.mu.Lock()
	t.until = time.UnixMilli(int64(o.Expires)).Add(time.Minute)
	t.mu.Unlock()
	t.actor.Tell(ctx, job.Event{Body: &job.Offered{Spec: *spec, Bid: bid}})
}

// consider looks at an offer and, if it is worth it, at the spec.
func (s *Service) consider(ctx context.Context, id job.ID, o *job.Offer, v record.Verified) (job.Bid, *job.Spec, job.Reason) {
	if err := s.Mail.Meet(v.Signer()); err != nil {
		return job.Bid{}, nil, job.NoBlock
	}
	s.mu.Lock()
	gave := s.gave[id]
	s.mu.Unlock()
	limits := s.Limits()
	switch {
	case gave != job.OK:
		return job.Bid{}, nil, gave
	case o.Expires < work.Now():
		return job.Bid{}, nil, job.Late
	case o.Memory > limits.Memory:
		return job.Bid{}, nil, job.NoMemory
	}
	get, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	b, err := s.Blocks.Get(get, id, o.Spec, v.Signer())
	if err != nil {
		return job.Bid{}, nil, job.NoBlock
	}
	spec, err := job.ReadSpec(b)
	if err != nil || spec.ID() != id || spec.Requester != v.Signer().Account() {
		return job.Bid{}, nil, job.Malformed
	}
	limits.Slots -= min(limits.Slots, s.busy(id))
	m := s.Machine()
	bid, why := limits.Consider(spec, &m)
	return bid, spec, why
}

// busy counts the other jobs that take a slot: those in work, and bids that may
// still win.
func (s *Service) busy(but job.ID) (n uint64) {
	for _, t := range s.tasks.All() {
		if t.id == but {
			continue
		}
		t.mu.Lock()
		until := t.until
		t.mu.Unlock()
		t.actor.Look(func() {
			switch t.keeper.Machine.State() {
			case job.Working, job.Halted:
				n++
			case job.Bidding:
				if time.Now().Before(until) {
					n++
				}
			}
		})
	}
	return n
}

// Active returns how many jobs take a slot.
func (s *Service) Active() uint64 { return s.busy(job.ID{}) }

// Leased says whether this peer has, or had, a replica of a job.
func (s *Service) Leased(id job.ID) (yes bool) {
	if t := s.tasks.Find(id); t != nil {
		t.actor.Look(func() { st := t.keeper.Machine.State(); yes = st != 0 && st != job.Bidding })
	}
	return yes
}

// Has says whether this peer works at a job.
func (s *Service) Has(id job.ID) bool { return s.tasks.Find(id) != nil }

// Take takes a message about a job of this worker.
func (s *Service) Take(ctx context.Context, from record.PublicKey, m work.Message) error {
	t := s.tasks.Find(m.Job)
	if t == nil {
		return fmt.Errorf("no job %s", m.Job)
	}
	switch m.Kind {
	case work.Sealed:
		v, err := record.Open(m.A, s.Network)
		if err != nil {
			return err
		}
		return t.sealed(ctx, v, m.B)
	case work.Event:
		e, ok := work.ReadEvent(m.A, from.Account())
		if !ok {
			return errors.New("no event that comes from a requester")
		}
		if !t.actor.Offer(e) {
			return errors.New("busy")
		}
	case work.Refusal:
		t.refused(from.Account(), m.A)
	}
	return nil
}

// Consent signs what a requester asks for so that this worker is paid on a chain.
func (s *Service) Consent(ctx context.Context, from record.PublicKey, m work.Message) ([]byte, error) {
	t := s.tasks.Find(m.Job)
	if t == nil || s.Hiring == nil || from.Account() != t.requester() {
		return nil, fmt.Errorf("no job %s of this requester that is paid on a chain", m.Job)
	}
	var price job.Amount
	t.actor.Look(func() { price = t.keeper.Machine.Price() })
	return s.Hiring.Consent(ctx, t.spec(), func(_, _ uint64) job.Amount { return price }, m)
}

// refused hears why its bid, or what it said, is of no use.
func (t *task) refused(from record.Account, b []byte) {
	if len(b) != 1 || from != t.requester() {
		return
	}
	t.s.Log.Info("Refused by the requester", slog.String("job", t.id.String()), slog.String("reason", job.Reason(b[0]).String()))
	t.mu.Lock()
	t.until = time.Time{}
	t.mu.Unlock()
}

func (t *task) requester() (a record.Account) {
	t.actor.Look(func() { a = t.keeper.Machine.Spec().Requester })
	return a
}

// sealed takes a Lease or a HandOver of the requester.
func (t *task) sealed(ctx context.Context, v record.Verified, key []byte) error {
	if v.Signer().Account() != t.requester() {
		return errors.New("only the requester may say so")
	}
	id, e, err := job.Read(v)
	if err != nil || id != t.id {
		return errors.Join(err, errors.New("a record of another job"))
	}
	if _, err := t.s.Journal.Hear(v); err != nil {
		return err
	}
	switch b := e.Body.(type) {
	case *job.Lease:
		if len(key) != 32 {
			return errors.New("a lease without its key")
		}
		t.actor.Tell(ctx, job.Event{Body: &job.Granted{Lease: *b, Key: [32]byte(key)}})
	case *job.HandOver:
		t.actor.Tell(ctx, job.Event{Body: &job.Contested{HandOver: *b, Digest: v.Header().Digest()}})
	}
	return nil
}

func (t *task) dir() string { return filepath.Join(t.s.Dir, "worker-"+t.id.String()) }
