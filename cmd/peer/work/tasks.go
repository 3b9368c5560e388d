package work

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/openledger/openledger/compute/job"
)

// ErrStopped says that a role does not run.
var ErrStopped = errors.New("the role does not run")

// Tasks are the jobs of a role, for as long as it runs. The zero value is ready.
type Tasks[T any] struct {
	mu   sync.Mutex
	ctx  context.Context // of Run; nil: the role does not run
	work sync.WaitGroup
	jobs map[job.ID]*T
}

// Run lets the jobs that a restart interrupted go on, and waits for ctx to end
// and all tasks with it.
func (s *Tasks[T]) Run(ctx context.Context, interrupted []job.ID, resume func(job.ID) error, log *slog.Logger) error {
	s.mu.Lock()
	s.ctx = ctx
	s.mu.Unlock()
	for _, id := range interrupted {
		if err := resume(id); err != nil {
			log.ErrorContext(ctx, "Job not resumed", slog.String("job", id.String()), slog.Any("err", err))
		}
	}
	<-ctx.Done()
	s.mu.Lock()
	s.ctx = nil
	s.mu.Unlock()
	s.work.Wait()
	return nil
}

// Open returns the task of a job. begin makes it where there is none, and says
// what runs it; without a task there is none.
func (s *Tasks[T]) Open(id job.ID, begin func() (task *T, run func(context.Context), err error)) (*T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.jobs[id]; t != nil {
		return t, nil
	}
	if s.ctx == nil {
		return nil, ErrStopped
	}
	t, run, err := begin()
	if err != nil || t == nil {
		return nil, err
	}
	if s.jobs == nil {
		s.jobs = map[job.ID]*T{}
	}
	s.jobs[id] = t
	ctx := s.ctx
	s.work.Go(func() { run(ctx) })
	return t, nil
}

// Find returns the task of a job; nil: there is none.
func (s *Tasks[T]) Find(id job.ID) *T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.jobs[id]
}

// All lists the tasks, in any order.
func (s *Tasks[T]) All() (all []*T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.jobs {
		all = append(all, t)
	}
	return all
}

// Keep is Go for what goes on after who asked for it is gone: f gets a context that
// ends with the role.
func (s *Tasks[T]) Keep(f func(ctx context.Context)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx := s.ctx; ctx != nil {
		s.work.Go(func() { f(ctx) })
	}
}

// Go runs f beside the tasks, unless the role has stopped: what it would do is
// done again after the next start.
func (s *Tasks[T]) Go(f func()) (started bool) {
	return s.Outlive(func(context.Context) { f() })
}

// Outlive is Go for what a call of another peer began and goes on after it: f runs
// as long as the role, not as the call.
func (s *Tasks[T]) Outlive(f func(ctx context.Context)) (started bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx := s.ctx
	if ctx != nil {
		s.work.Go(func() { f(ctx) })
	}
	return ctx != nil
}
