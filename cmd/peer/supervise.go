package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A service is one room at work. Its constructor has opened and listened; run
// serves until ctx is done and leaves nothing behind.
type service struct {
	name string
	run  func(ctx context.Context) error
}

// A stage is where a peer is in its life.
type stage string

const (
	stageStarting stage = "starting"
	stageReady    stage = "ready"
	stageStopping stage = "stopping"
)

// supervise starts services upwards, runs them until stop is done or one of
// them ends by itself, and stops them downwards. It tells say each stage.
func supervise(stop, force context.Context, services []service, limit time.Duration, say func(stage) error) error {
	failed := make(chan error, len(services))
	var up []*running
	for _, s := range services {
		up = append(up, start(s, failed))
	}
	err := say(stageReady)
	if err == nil {
		select {
		case <-stop.Done():
		case err = <-failed:
		}
	}
	why := stopReason{errors.New("it was told to")}
	if err != nil {
		why.error = err
	}
	return errors.Join(err, say(stageStopping), stopAll(up, force, limit, why))
}

// A stopReason is the cause that a stopping service finds in its context, to be
// told to whoever is turned away. It is a cancellation like any other.
type stopReason struct{ error }

func (stopReason) Is(target error) bool { return target == context.Canceled }

// A running service has a goroutine, which closes done at its end.
type running struct {
	service
	cancel context.CancelCauseFunc
	done   chan struct{}
	err    error // why it did not stop well; read it after done
}

func start(s service, failed chan<- error) *running {
	ctx, cancel := context.WithCancelCause(context.Background())
	r := &running{service: s, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(r.done)
		err := s.run(ctx)
		switch {
		case ctx.Err() == nil && err == nil:
			failed <- fmt.Errorf("service %s ended by itself", s.name)
		case ctx.Err() == nil:
			failed <- fmt.Errorf("service %s: %w", s.name, err)
		case err != nil && !errors.Is(err, context.Canceled):
			r.err = fmt.Errorf("stop %s: %w", s.name, err)
		}
	}()
	return r
}

// stopAll ends services from the roof down: each is told to stop when the one
// above it is gone, and together they have limit. When that is over, or force
// is done, it tells all that are left and names the one that stays. why is the
// cause that each finds in its context.
func stopAll(up []*running, force context.Context, limit time.Duration, why stopReason) error {
	deadline, cancel := context.WithTimeout(force, limit)
	defer cancel()
	var errs []error
	for _, r := range slices.Backward(up) {
		r.cancel(why)
		select {
		case <-r.done:
			errs = append(errs, r.err)
			continue
		case <-deadline.Done():
		}
		for _, left := range up {
			left.cancel(why)
		}
		if force.Err() != nil {
			return errors.Join(append(errs, problemf(exitInterrupted, "", "interrupted again while service %s was stopping", r.name))...)
		}
		return errors.Join(append(errs, problemf(exitFailed, "if it needs longer, raise run.stop_timeout", "service %s did not stop within %s", r.name, limit))...)
	}
	return errors.Join(errs...)
}
