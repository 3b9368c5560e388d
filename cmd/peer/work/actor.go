package work

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/openledger/openledger/compute/job"
)

// A keeper is a machine with its journal: a job.Keeper.
type keeper interface {
	Do(job.Event, job.Millis) ([]job.Action, error)
	Alarm() job.Millis
}

// An Actor lets things happen to one machine, one after the other, and has what
// it wants done; what it computes is its Turn. Its methods, Run apart, may be
// called from any goroutine.
type Actor struct {
	Turn
	id      job.ID
	keeper  keeper
	perform func(context.Context, job.Action) // MUST NOT wait
	note    func(job.Event, job.Millis)       // hears each event before it happens
	log     *slog.Logger
	in      chan job.Event
	moved   chan struct{}   // the machine's alarm may be another than Run waits for
	mu      sync.Mutex      // held while the machine moves
	ctx     context.Context // of Run; nil before
}

// NewActor returns an actor around the keeper of a job.
func NewActor(id job.ID, k keeper, log *slog.Logger, note func(job.Event, job.Millis), perform func(context.Context, job.Action)) *Actor {
	return &Actor{id: id, keeper: k, perform: perform, note: note, log: log, in: make(chan job.Event, 256), moved: make(chan struct{}, 1)}
}

// Tell lets an event happen; it is dropped when ctx ends first.
func (a *Actor) Tell(ctx context.Context, e job.Event) {
	select {
	case a.in <- e:
	case <-ctx.Done():
	}
}

// Offer is Tell for what comes from outside: false says that too much is waiting.
func (a *Actor) Offer(e job.Event) bool {
	select {
	case a.in <- e:
		return true
	default:
		return false
	}
}

// Look calls f while the machine stands still.
func (a *Actor) Look(f func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f()
}

// Run performs what a restart left undone, then goes on until ctx ends and its
// computation with it, or until the journal cannot be written: then nothing more
// may happen.
func (a *Actor) Run(ctx context.Context, undone []job.Action) {
	defer a.Wait()
	defer a.Halt()
	a.mu.Lock()
	a.ctx = ctx
	a.mu.Unlock()
	for _, x := range undone {
		a.perform(ctx, x)
	}
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		timer.Reset(a.patience())
		e := job.Event{Body: &job.Tick{}}
		select {
		case <-ctx.Done():
			return
		case <-a.moved:
			continue
		case e = <-a.in:
		case <-timer.C:
		}
		if err := a.Do(ctx, e); err != nil {
			a.log.ErrorContext(ctx, "Job stopped", slog.String("job", a.id.String()), slog.Any("err", err))
			return
		}
	}
}

func (a *Actor) patience() time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	alarm, now := a.keeper.Alarm(), Now()
	switch {
	case alarm == 0:
		return time.Hour
	case alarm <= now:
		return 0
	}
	return time.Duration(alarm-now) * time.Millisecond
}

// Do lets an event happen before it returns. An error is one of the journal. What
// follows goes on for as long as Run, not as whoever tells of the event.
func (a *Actor) Do(ctx context.Context, e job.Event) error {
	a.mu.Lock()
	now := Now()
	actions, err := a.keeper.Do(e, now)
	if err == nil {
		a.note(e, now)
	}
	if a.ctx != nil {
		ctx = a.ctx
	}
	a.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case a.moved <- struct{}{}:
	default:
	}
	for _, x := range actions {
		a.perform(ctx, x)
	}
	return nil
}
