package work

import (
	"context"
	"sync"
)

// A Turn is where a task computes: one Runner, loaded when it is first wanted,
// and one computation at a time. The zero value is ready.
type Turn struct {
	mu   sync.Mutex
	stop context.CancelFunc
	done chan struct{} // closed when the last computation has ended

	bench sync.Mutex // held by who uses run
	run   Runner
}

// Begin starts a computation in place of the one before, which has ended when
// this one begins. start runs it beside the caller, or not at all.
func (t *Turn) Begin(ctx context.Context, start func(func()) bool, compute func(run context.Context)) {
	run, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	t.mu.Lock()
	before := t.done
	if t.stop != nil {
		t.stop()
	}
	t.stop, t.done = stop, done
	t.mu.Unlock()
	end := func() {
		stop()
		close(done)
	}
	if !start(func() {
		defer end()
		if before != nil {
			<-before
		}
		compute(run)
	}) {
		end()
	}
}

// Halt ends the computation under way.
func (t *Turn) Halt() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stop != nil {
		t.stop()
	}
}

// Wait returns when no computation is under way.
func (t *Turn) Wait() {
	t.mu.Lock()
	done := t.done
	t.mu.Unlock()
	if done != nil {
		<-done
	}
}

// Use lets one caller at a time use the Runner; load is called if there is none.
func (t *Turn) Use(load func() (Runner, error), use func(Runner) error) error {
	t.bench.Lock()
	defer t.bench.Unlock()
	if t.run == nil {
		r, err := load()
		if err != nil {
			return err
		}
		t.run = r
	}
	return use(t.run)
}

// Close waits for the computation under way and removes the files of its Runner.
func (t *Turn) Close() error {
	t.Wait()
	t.bench.Lock()
	defer t.bench.Unlock()
	if t.run == nil {
		return nil
	}
	r := t.run
	t.run = nil
	return r.Close()
}
