package holder

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

const (
	look      = time.Minute    // longest time between two looks at the deposits
	slowest   = time.Minute    // between two tries to reach a requester that is away
	again     = time.Hour      // between two messages to one that is there: a job that is over is released then
	tellAgain = 12 * time.Hour // between two times that others are told who holds
)

// Run takes deposits, passes commits on and ends what is old until ctx is done.
func (s *Service) Run(ctx context.Context) error {
	// What a kill left half here is asked for again, if it is still wanted.
	if err := s.drop(ctx, func(r *row) bool { return !r.held }); err != nil && ctx.Err() == nil {
		return err
	}
	s.mu.Lock()
	s.ctx = ctx
	s.mu.Unlock()
	for ctx.Err() == nil {
		wait, err := s.tend(ctx)
		if err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "Deposits of jobs not looked after; tried again", slog.Any("err", err))
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
	s.mu.Lock()
	s.ctx = nil
	s.mu.Unlock()
	s.work.Wait()
	return nil
}

// old tells whether nobody can want a deposit any more: its job must be over, or
// it was never committed to.
func (r *row) old(now time.Time) bool {
	return now.After(r.until) || len(r.envelope) == 0 && now.Sub(r.since) > tellAgain
}

// tend does what is due and says when to look again.
func (s *Service) tend(ctx context.Context) (wait time.Duration, err error) {
	now := time.Now()
	if err := s.drop(ctx, func(r *row) bool { return r.held && r.old(now) }); err != nil {
		return look, err
	}
	all, err := s.list(ctx, `WHERE held = 1`)
	if err != nil {
		return look, err
	}
	wait = look
	away := map[record.PublicKey]bool{} // one try for all that a requester does not take now
	jobs := map[job.ID]bool{}
	for i := range all {
		r := &all[i]
		if jobs[r.job] = true; len(r.envelope) > 0 {
			wait = min(wait, s.passOn(ctx, r, away))
		}
	}
	for id := range jobs {
		s.provide(ctx, id)
	}
	s.mu.Lock()
	maps.DeleteFunc(s.told, func(id job.ID, _ time.Time) bool { return !jobs[id] })
	s.mu.Unlock()
	return max(wait, 10*time.Millisecond), nil
}

// passOn gives the requester a commit that it may not have heard, since who made
// it may be gone, if that is due. It returns when to do so again.
func (s *Service) passOn(ctx context.Context, r *row, away map[record.PublicKey]bool) time.Duration {
	s.mu.Lock()
	n := s.next[r.place]
	if n == nil { // since a restart
		n = &next{at: time.Now()}
		s.next[r.place] = n
	}
	at := n.at
	s.mu.Unlock()
	if wait := time.Until(at); wait > 0 {
		return wait
	}
	err := errAway
	if !away[r.requester] {
		limited, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		_, err = s.Mail.Ask(limited, r.requester.Account(), work.Message{Kind: work.Sealed, Job: r.job, A: r.envelope})
		away[r.requester] = limited.Err() != nil
	}
	if err != nil && ctx.Err() == nil {
		s.Log.DebugContext(ctx, "Commit not passed on", slog.String("job", r.job.String()), slog.Any("err", err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	wait := again
	if err != nil {
		wait = min(slowest, time.Second<<min(n.tries, 10))
		n.tries++
	} else {
		n.tries = 0
	}
	n.at = time.Now().Add(wait)
	return wait
}

var errAway = errors.New("its requester is away")

// provide has others find this peer as a holder of a job.
func (s *Service) provide(ctx context.Context, id job.ID) {
	s.mu.Lock()
	until := s.told[id]
	s.mu.Unlock()
	if s.Provide == nil || time.Now().Before(until) {
		return
	}
	limited, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	until = time.Now().Add(tellAgain)
	if err := s.Provide(limited, id); err != nil {
		s.Log.DebugContext(ctx, "Not told that pieces of a job are here", slog.String("job", id.String()), slog.Any("err", err))
		until = time.Now().Add(look)
	}
	s.mu.Lock()
	s.told[id] = until
	s.mu.Unlock()
}
