package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/openledger/openledger/proofs/record"
)

// A task is what a command does with all that a peer stores. The running peer
// does it, which has the stores open; where none runs, the command itself does.
type task[A any, R report] struct {
	name string // of the route below /api/v1/
	do   func(ctx context.Context, r *repo, f *feed, args A) (R, error)
}

// A feed is what a task tells while it works.
type feed struct {
	progress func(what string, done, total int64) // what is counted; bytes if it ends in " bytes"
	out      io.Writer                            // where the command wants what it asked for, in order
}

// lockTime is how long a command waits for another to be done with the home.
const lockTime = 5 * time.Second

// run does the task and returns its answer.
func (t task[A, R]) run(a *app, h home, s *settings, args A, out io.Writer) (answer R, err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	show := newTaskBar(a)
	defer show.finish()
	f := &feed{progress: show.progress, out: out}
	for deadline := time.Now().Add(lockTime); ; {
		var unlock func()
		if unlock, err = h.lock(); err == nil {
			answer, err = t.alone(ctx, a, h, s, f, args)
			unlock()
			break
		}
		if codeOf(err) != exitBusy {
			break
		}
		held := err
		if answer, err = t.ask(ctx, h, f, args); !errors.Is(err, errNobody) {
			break
		}
		// Another command holds the home, or a peer that is starting.
		if err = held; time.Now().After(deadline) || ctx.Err() != nil {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
	if err != nil && ctx.Err() != nil {
		err = problemf(exitInterrupted, "the same command goes on from there", "interrupted: %w", err)
	}
	return answer, err
}

// alone does the task in this process.
func (t task[A, R]) alone(ctx context.Context, a *app, h home, s *settings, f *feed, args A) (answer R, err error) {
	stored, err := h.keyring().active(s.Key)
	if err != nil {
		return answer, err
	}
	key := sync.OnceValues(func() (record.Key, error) { return a.unlock(h, s.Key, stored) })
	r, err := openRepo(h, s.Config, stored.who, key, a.logger(s.Log))
	if err != nil {
		return answer, err
	}
	if err = r.openRooms(ctx, r.pinsAlone()); err == nil {
		answer, err = t.do(ctx, r, f, args)
	}
	return answer, errors.Join(err, r.close())
}

// A taskLine is one line of what the running peer answers: how far it is, bytes
// to write out, or the end.
type taskLine struct {
	What   string          `json:"what,omitempty"`
	Done   int64           `json:"done,omitempty"`
	Total  int64           `json:"total,omitempty"`
	Data   []byte          `json:"data,omitempty"`
	Answer json.RawMessage `json:"answer,omitempty"`
	Error  string          `json:"error,omitempty"`
	Code   exitCode        `json:"code,omitempty"`
}

// ask has the running peer do the task.
func (t task[A, R]) ask(ctx context.Context, h home, f *feed, args A) (answer R, err error) {
	response, err := h.call(ctx, t.name, args)
	if err != nil {
		return answer, err
	}
	defer response.Body.Close()
	for lines := json.NewDecoder(response.Body); ; {
		var l taskLine
		err := lines.Decode(&l)
		switch {
		case err != nil && ctx.Err() != nil:
			return answer, ctx.Err()
		case err != nil:
			return answer, problemf(exitFailed, "the same command goes on from there", "the running peer stopped during %s", t.name)
		case l.Error != "":
			return answer, &problem{l.Code, errors.New(l.Error), ""}
		case l.Answer != nil:
			return answer, json.Unmarshal(l.Answer, &answer)
		case l.Data != nil:
			if _, err := f.out.Write(l.Data); err != nil {
				return answer, err
			}
		default:
			f.progress(l.What, l.Done, l.Total)
		}
	}
}

// A desk is where a running peer takes tasks. It ends them before the services
// that they use end.
type desk struct {
	repo *repo
	why  error // it stops; read it once stop is closed

	mu   sync.Mutex // guards the next, and that work does not grow once stop is closed
	stop chan struct{}
	work sync.WaitGroup
}

func newDesk(r *repo) *desk { return &desk{repo: r, stop: make(chan struct{})} }

func (d *desk) run(ctx context.Context) error {
	<-ctx.Done()
	d.mu.Lock()
	d.why = fmt.Errorf("%w: %w", errStopping, context.Cause(ctx))
	close(d.stop)
	d.mu.Unlock()
	d.work.Wait()
	return nil
}

var errStopping = errors.New("the peer is stopping")

// control adds the routes of all tasks.
func (d *desk) control(o *ops) {
	for _, t := range tasks() {
		t.serve(o, d)
	}
}

// enter returns a context that ends with the desk, and leave, which MUST follow.
func (d *desk) enter(ctx context.Context) (_ context.Context, leave func(), err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-d.stop:
		return nil, nil, d.why
	default:
	}
	ctx, cancel := context.WithCancelCause(ctx)
	left := make(chan struct{})
	d.work.Add(2)
	go func() {
		defer d.work.Done()
		select {
		case <-d.stop:
			cancel(d.why)
		case <-left:
		}
	}()
	return ctx, func() { close(left); cancel(nil); d.work.Done() }, nil
}

// A served is a task, whatever it takes and answers.
type served interface{ serve(o *ops, d *desk) }

// serve adds the route by which commands have the running peer do the task.
func (t task[A, R]) serve(o *ops, d *desk) {
	o.stream(t.name, func(ctx context.Context, args json.RawMessage, say func(taskLine) error) error {
		ctx, leave, err := d.enter(ctx)
		if err != nil {
			return err
		}
		defer leave()
		var a A
		if err := json.Unmarshal(args, &a); err != nil {
			return err
		}
		var last time.Time
		f := &feed{
			progress: func(what string, done, total int64) {
				if now := time.Now(); done >= total || now.Sub(last) > 100*time.Millisecond {
					last = now
					_ = say(taskLine{What: what, Done: done, Total: total}) // ctx ends with who asked
				}
			},
			out: writerFunc(func(b []byte) (int, error) { return len(b), say(taskLine{Data: b}) }),
		}
		answer, err := t.do(ctx, d.repo, f, a)
		if err != nil {
			if cause := context.Cause(ctx); errors.Is(cause, errStopping) {
				return cause
			}
			return err
		}
		b, err := json.Marshal(answer)
		if err != nil {
			return err
		}
		return say(taskLine{Answer: b})
	})
}

// stream adds a route that answers by lines of JSON.
func (o *ops) stream(name string, h func(ctx context.Context, args json.RawMessage, say func(taskLine) error) error) {
	o.routes = append(o.routes, route{"POST /api/v1/" + name, o.owner(func(w http.ResponseWriter, r *http.Request) {
		args, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxArgs))
		w.Header().Set("Content-Type", "application/jsonl")
		lines, out := json.NewEncoder(w), http.NewResponseController(w)
		var mu sync.Mutex
		say := func(l taskLine) error {
			mu.Lock()
			defer mu.Unlock()
			return errors.Join(lines.Encode(l), out.Flush())
		}
		if err == nil {
			err = h(r.Context(), args, say)
		}
		if err != nil {
			_ = say(taskLine{Error: oneLine(err.Error()), Code: codeOf(err)}) // who asked may be gone
		}
	})})
}

type writerFunc func(b []byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// A taskBar shows the progress of a task; it may be told of several things, one
// after the other. Where there is no terminal it is silent about what is quick.
type taskBar struct {
	a     *app
	start time.Time
	mu    sync.Mutex
	bar   progress
	what  string
	done  int64
}

func newTaskBar(a *app) *taskBar { return &taskBar{a: a, start: time.Now()} }

func (b *taskBar) progress(what string, done, total int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.a.terminal(); !ok && time.Since(b.start) < lineEvery {
		return
	}
	if b.bar == nil || what != b.what {
		if b.bar != nil {
			b.bar.finish()
		}
		b.bar, b.what, b.done = b.a.bar(total, what), what, 0
	}
	if done > b.done {
		b.bar.add(done - b.done)
		b.done = done
	}
}

func (b *taskBar) finish() {
	if b.bar != nil {
		b.bar.finish()
	}
}

// taskOf makes a command of a task that writes nothing out.
func taskOf[A any, R report](a *app, t task[A, R], args func(words []string) (A, error)) func(h home, s *settings, words []string) (report, error) {
	return func(h home, s *settings, words []string) (report, error) {
		with, err := args(words)
		if err != nil {
			return nil, err
		}
		answer, err := t.run(a, h, s, with, io.Discard)
		if err != nil {
			return nil, err
		}
		return answer, nil
	}
}

// none is the arguments of a task without any.
type none struct{}

func noArgs([]string) (none, error) { return none{}, nil }
