// Package holder keeps pieces of what workers of training jobs store, at peers
// that are no party of the job: a worker that vanishes while the requester is
// away loses nothing. A holder cannot read what it keeps.
//
// The invariant: it keeps no more than its owner allows, whoever asks, and
// nothing for longer than a job may last. What it said to hold is pinned, and
// the commit that names it is passed on until the requester has it.
//
// Start with Service.
package holder

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

// Pins is what a holder needs of a peer's pins.
type Pins interface {
	// Pin keeps a root and all that it names; it returns when all is here, with
	// how many bytes that is.
	Pin(ctx context.Context, root cid.Cid, name string) (bytes uint64, err error)
	// Unpin ends it. What was not pinned is none.
	Unpin(ctx context.Context, root cid.Cid) error
}

// Config is what a holder works with.
type Config struct {
	*work.Peer
	DB      *sql.DB
	Pins    Pins
	Room    uint64                                     // most bytes that it keeps for jobs; 0: none
	Party   func(id job.ID) bool                       // whether this peer has a part in a job itself
	Provide func(ctx context.Context, id job.ID) error // has others find it as a holder of a job
}

// A Service is one holder. Its methods are safe for concurrent use.
type Service struct {
	Config
	tables

	mu   sync.Mutex
	ctx  context.Context // of Run; nil: it does not run
	work sync.WaitGroup
	busy map[place]bool       // under way
	bad  map[place]bool       // could not be had
	next map[place]*next      // of what has a commit: when to pass it on
	told map[job.ID]time.Time // until when others know that it holds something of a job
	wake chan struct{}
}

// next is when a commit is passed on again.
type next struct {
	at    time.Time
	tries int // that failed
}

// New makes a holder.
func New(c Config) (*Service, error) {
	if _, err := c.DB.Exec(schema); err != nil {
		return nil, fmt.Errorf("deposits of jobs: %w", err)
	}
	return &Service{
		Config: c, tables: tables{c.DB}, busy: map[place]bool{}, bad: map[place]bool{}, next: map[place]*next{},
		told: map[job.ID]time.Time{}, wake: make(chan struct{}, 1),
	}, nil
}

// Longest is for how long a deposit is kept at most, however long its job may
// last.
const Longest = 30 * 24 * time.Hour

const (
	perMaker = 4    // shares of one peer that are fetched at a time
	mostBad  = 1024 // shares that are remembered as not to be had
)

// Asked answers a Hold message.
func (s *Service) Asked(ctx context.Context, from record.PublicKey, m work.Message) ([]byte, error) {
	d, err := work.ReadDeposit(m.A)
	if err != nil {
		return nil, err
	}
	state, err := s.Hold(ctx, from, m.Job, d)
	return []byte{byte(state)}, err
}

// Hold takes a deposit of a worker.
func (s *Service) Hold(ctx context.Context, from record.PublicKey, id job.ID, d work.Deposit) (work.DepositState, error) {
	at := place{id, from.Account(), d.State, d.Root}
	here, err := s.of(ctx, at)
	if err != nil {
		return work.Declined, err
	}
	if len(d.Commit) > 0 {
		return s.commit(ctx, here, d.Commit)
	}
	for _, r := range here {
		if r.held && r.root == d.Root {
			return work.Held, nil
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy[at] {
		return work.Accepted, nil
	}
	used, err := s.charged(ctx)
	if err != nil || max(d.Bytes, least) > s.Room-min(s.Room, used) || s.ctx == nil || s.bad[at] || s.Party(id) || d.Requester == s.Key.Public() {
		return work.Declined, err
	}
	if !d.Root.Defined() {
		return work.Accepted, nil
	}
	if s.underWay(at.maker) >= perMaker {
		return work.Declined, nil
	}
	// Written down at once: it counts, and a kill leaves nothing unknown.
	r := row{place: at, bytes: d.Bytes, requester: d.Requester, since: time.Now(), until: time.Now().Add(Longest)}
	if err := s.add(ctx, r); err != nil {
		return work.Declined, err
	}
	s.busy[at] = true
	run := s.ctx
	s.work.Go(func() { s.fetch(run, from, r) })
	return work.Accepted, nil
}

// underWay counts the shares of a maker that are being fetched. s.mu is held.
func (s *Service) underWay(maker record.Account) (n int) {
	for at := range s.busy {
		if at.maker == maker {
			n++
		}
	}
	return n
}

// fetch gets a share, and holds it from then on.
func (s *Service) fetch(ctx context.Context, from record.PublicKey, r row) {
	err := s.take(ctx, from, r)
	if err != nil && ctx.Err() == nil { // else it goes with the next start
		s.Log.InfoContext(ctx, "Pieces of a job not kept", slog.String("job", r.job.String()), slog.String("account", r.maker.String()), slog.Any("err", err))
		if err := s.end(ctx, r.place); err != nil {
			s.Log.ErrorContext(ctx, "Pieces of a job left", slog.String("job", r.job.String()), slog.Any("err", err))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.busy, r.place)
	if err != nil {
		if len(s.bad) >= mostBad {
			clear(s.bad)
		}
		s.bad[r.place] = true
	}
}

func (s *Service) take(ctx context.Context, from record.PublicKey, r row) error {
	spec, err := s.spec(ctx, r.job, from, r.requester)
	if err != nil {
		return err
	}
	if limit := work.DepositLimit(spec); r.bytes > limit {
		return fmt.Errorf("pieces of %d bytes of a job whose segments have at most %d", r.bytes, limit)
	}
	get, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	b, err := s.Blocks.Get(get, r.job, r.root, from)
	if err != nil {
		return err
	}
	share, err := work.ReadShare(b)
	if err != nil {
		return err
	}
	if most := work.ShareLimit(r.bytes); len(share.Blocks) > most {
		return fmt.Errorf("pieces of %d bytes in %d blocks, at most %d", r.bytes, len(share.Blocks), most)
	}
	if err := s.Mail.Meet(r.requester); err != nil {
		return err
	}
	bytes, err := s.Pins.Pin(ctx, r.root, "pieces of job "+r.job.String())
	if err != nil {
		return err
	}
	if bytes > r.bytes {
		return fmt.Errorf("pieces of %d bytes that were to be %d", bytes, r.bytes)
	}
	until := min(Longest, time.Duration(spec.Terms.Job+spec.Terms.Pause+spec.Terms.Window)*time.Millisecond)
	if err := s.hold(ctx, r.place, time.Now().Add(until), spec.Terms.Heartbeat); err != nil {
		return err
	}
	s.kick()
	return s.drop(ctx, func(x *row) bool { // what it was asked to keep before of this segment
		return x.job == r.job && x.maker == r.maker && x.state == r.state && x.root != r.root && x.held
	})
}

// patience is how long a block that names others is waited for.
const patience = 20 * time.Second

// spec gets the spec of a job, whoever has it.
func (s *Service) spec(ctx context.Context, id job.ID, from, requester record.PublicKey) (*job.Spec, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	b, err := s.Blocks.Get(ctx, id, work.SpecBlock(id), from, requester)
	if err != nil {
		return nil, err
	}
	spec, err := job.ReadSpec(b)
	if err == nil && (spec.ID() != id || spec.Requester != requester.Account()) {
		err = errors.New("a job of somebody else")
	}
	return spec, err
}

// commit keeps the record that names a deposit beside it, and passes it on.
func (s *Service) commit(ctx context.Context, here []row, envelope []byte) (work.DepositState, error) {
	v, err := record.Open(envelope, s.Network)
	if err != nil {
		return work.Declined, err
	}
	id, e, err := job.Read(v)
	c, ok := e.Body.(*job.Commit)
	if err != nil || !ok {
		return work.Declined, errors.Join(err, errors.New("no commit"))
	}
	state := work.Declined
	for _, r := range here {
		if !r.held || id != r.job || v.Signer().Account() != r.maker || c.State != r.state {
			continue
		}
		if err := s.setCommit(ctx, r.place, envelope); err != nil {
			return work.Declined, err
		}
		state = work.Held
		s.mu.Lock()
		if s.next[r.place] == nil { // who made it says it first
			s.next[r.place] = &next{at: time.Now().Add(time.Duration(r.heartbeat) * time.Millisecond)}
		}
		s.mu.Unlock()
	}
	s.kick()
	return state, nil
}

// Release ends what is kept of a job; its requester says so.
func (s *Service) Release(ctx context.Context, from record.PublicKey, id job.ID) error {
	return s.drop(ctx, func(r *row) bool { return r.held && r.job == id && r.requester == from })
}

// Holds counts the deposits that are here, and their bytes.
func (s *Service) Holds(ctx context.Context) (n int, bytes uint64, err error) {
	all, err := s.list(ctx, `WHERE held = 1`)
	for _, r := range all {
		bytes += r.bytes
	}
	return len(all), bytes, err
}

// drop ends deposits.
func (s *Service) drop(ctx context.Context, which func(*row) bool) error {
	all, err := s.list(ctx, "")
	for i := range all {
		if r := &all[i]; err == nil && which(r) {
			err = s.end(ctx, r.place)
		}
	}
	return err
}

// end ends one deposit: first the pin, so that a kill leaves none that nobody
// knows of.
func (s *Service) end(ctx context.Context, at place) error {
	if err := s.Pins.Unpin(ctx, at.root); err != nil {
		return err
	}
	s.mu.Lock()
	delete(s.next, at)
	s.mu.Unlock()
	return s.remove(ctx, at)
}

// Offered hears that the requester of a job is there and looks for workers: what
// was committed to and it may not know is passed on before it chooses one.
func (s *Service) Offered(id job.ID) {
	s.mu.Lock()
	for at, n := range s.next {
		if at.job == id {
			n.at = time.Time{}
		}
	}
	s.mu.Unlock()
	s.kick()
}

func (s *Service) kick() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
