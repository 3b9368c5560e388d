package main

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A diary is what services and stages did, in order.
type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) note(what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, what)
}

func (d *diary) say(s stage) error {
	d.note(string(s))
	return nil
}

// service stops dur after it was told to.
func (d *diary) service(name string, dur time.Duration) service {
	return service{name, func(ctx context.Context) error {
		<-ctx.Done()
		time.Sleep(dur)
		d.note(name)
		return nil
	}}
}

func TestStopDownwards(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d diary
		stop, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		start := time.Now()
		services := []service{d.service("ground", 0), d.service("floor", 2*time.Second), d.service("roof", time.Second)}
		if err := supervise(stop, t.Context(), services, time.Minute, d.say); err != nil {
			t.Error(err)
		}
		if want := []string{"ready", "stopping", "roof", "floor", "ground"}; !slices.Equal(d.lines, want) {
			t.Errorf("got %v, want %v", d.lines, want)
		}
		if took := time.Since(start); took != time.Hour+3*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

func TestStopInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d diary
		stop, cancel := context.WithCancel(t.Context())
		cancel()
		start := time.Now()
		err := supervise(stop, t.Context(), []service{d.service("ground", 0), d.service("slow", time.Hour)}, 5*time.Second, d.say)
		if err == nil || !strings.Contains(err.Error(), "service slow did not stop within 5s") {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != 5*time.Second {
			t.Errorf("took %s, want 5s", took)
		}
		time.Sleep(2 * time.Hour) // the process would end now
	})
}

func TestSecondInterruptForces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d diary
		stop, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		force, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		err := supervise(stop, force, []service{d.service("slow", time.Hour)}, time.Minute, d.say)
		if codeOf(err) != exitInterrupted {
			t.Errorf("got %v, want exit code %d", err, exitInterrupted)
		}
		time.Sleep(2 * time.Hour)
	})
}

// A task that is turned away while the peer stops is told why it stops, and a
// service is not blamed for ending with that cause.
func TestStopReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken pipe")
		desk := newDesk(nil)
		var d diary
		told := make(chan error, 1)
		err := supervise(t.Context(), t.Context(), []service{
			{"ground", func(ctx context.Context) error {
				<-ctx.Done()
				return context.Cause(ctx)
			}},
			{"desk", func(ctx context.Context) error {
				err := desk.run(ctx)
				_, _, refused := desk.enter(t.Context())
				told <- refused
				return err
			}},
			{"roof", func(context.Context) error { time.Sleep(time.Minute); return broken }},
		}, time.Minute, d.say)
		if refused := <-told; !errors.Is(refused, errStopping) || !strings.Contains(refused.Error(), "service roof: broken pipe") {
			t.Errorf("turned away with %v, want %v and why", refused, errStopping)
		}
		if !errors.Is(err, broken) || strings.Contains(err.Error(), "ground") {
			t.Errorf("got %v, want %v of roof alone", err, broken)
		}
	})
}

func TestServiceThatEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken pipe")
		var d diary
		err := supervise(t.Context(), t.Context(), []service{
			d.service("ground", 0),
			{"roof", func(context.Context) error { time.Sleep(time.Minute); return broken }},
		}, time.Minute, d.say)
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), "service roof") {
			t.Errorf("got %v, want %v of roof", err, broken)
		}
		if want := []string{"ready", "stopping", "ground"}; !slices.Equal(d.lines, want) {
			t.Errorf("got %v, want %v", d.lines, want)
		}
	})
}

func TestInterrupts(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot interrupt itself here")
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	stop, force, release := interrupts()
	defer release()
	for _, ctx := range []context.Context{stop, force} {
		if err := self.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		<-ctx.Done()
	}
}
