package holder_test

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openledger/openledger/cmd/peer/holder"
	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// stopped does some steps, says so, and then stands still until it is let go.
type stopped struct {
	work.Runner
	left    int
	in, out chan struct{}
}

func (s *stopped) Step() (trace.Step, train.Result, error) {
	if s.left == 0 {
		close(s.in)
		<-s.out
		return trace.Step{}, train.Result{}, errors.New("killed")
	}
	s.left--
	return s.Runner.Step()
}

// A crew is a requester with one worker that stops after some steps, an heir and
// third peers.
type crew struct {
	*worktest.World
	asks, first, heir *worktest.Peer
	third             []*worktest.Peer
	steps             atomic.Uint64 // of the heir
	in, out           chan struct{}
	deaf              bool // the requester hears of no commit of the first worker
}

func isCommit(m work.Message) bool {
	v, err := record.Open(m.A, worktest.Network)
	return m.Kind == work.Sealed && err == nil && v.Header().Type == record.SegmentCommit
}

// done is how many steps, each a segment, the first worker does.
const done = 4

func newCrew(t *testing.T, thirds int) *crew {
	c := &crew{World: worktest.New(t), in: make(chan struct{}), out: make(chan struct{})}
	c.asks = c.Add("requester", 0, nil)
	c.first = c.Add("first", worktest.Works, func(p *worktest.Peer) {
		p.Limits.Price, p.Room = 100_000, 0 // cheaper: it is chosen
		p.Wrap = func(r work.Runner) work.Runner { return &stopped{r, done, c.in, c.out} }
		p.Says = func(to record.Account, m work.Message) bool { return !c.deaf || to != c.asks.Account() || !isCommit(m) }
	})
	c.heir = c.Add("heir", worktest.Works, func(p *worktest.Peer) {
		p.Room = 0
		p.Wrap = func(r work.Runner) work.Runner { return worktest.Counted(r, &c.steps) }
	})
	for i := range thirds {
		c.third = append(c.third, c.Add(fmt.Sprintf("third %d", i), 0, nil))
	}
	for _, p := range []*worktest.Peer{c.first, c.heir} {
		for n := range byte(20) { // no new workers: the job has one replica
			worktest.Must[any](t)(nil, c.asks.Journal.Credit(job.ID{n}, job.Credit{Worker: p.Account(), Valid: true}))
		}
	}
	return c
}

func (c *crew) submit() job.ID {
	return c.Submit(c.asks, recipe.Choices{Level: job.A, Epochs: 3}, func(s *job.Spec) {
		s.Segment = 1
		s.Terms.Job, s.Terms.Segment = job.Millis((24 * time.Hour).Milliseconds()), job.Millis(time.Hour.Milliseconds())
	})
}

// kill ends the first worker in its step, and all that it stored.
func (c *crew) kill() {
	killed := make(chan struct{})
	go func() {
		defer close(killed)
		c.first.Kill()
	}()
	time.Sleep(time.Second)
	close(c.out)
	<-killed
	c.first.Forget()
}

// away has the requester hear of no commit, be away until the worker that made
// some is gone, and lose what it had; lost third peers are gone as well.
func (c *crew) away(id job.ID, lost int) {
	c.Wait(c.asks, id, func(v requester.View) bool { return v.Status == job.Running })
	c.asks.Kill()
	<-c.in
	time.Sleep(time.Minute)
	c.kill()
	for _, p := range c.third[:lost] {
		p.Kill()
		p.Forget()
	}
	c.asks.Forget()
	time.Sleep(time.Hour)
	c.asks.Start()
}

func in(t *testing.T, f func(t *testing.T)) { synctest.Test(t, f) }

// The worker vanishes after some segments that its requester, which is away,
// never heard of; both lose what they had. Another worker goes on from pieces of
// third peers, also when half of those are gone, to the bits of a run in which
// nobody was, and the first is paid for what it had done.
func TestNothingLost(t *testing.T) {
	for _, c := range []struct{ thirds, lost int }{{1, 0}, {2, 1}, {3, 1}, {20, 10}} {
		if c.thirds > 3 && testing.Short() {
			continue
		}
		t.Run(fmt.Sprintf("%d of %d gone", c.lost, c.thirds), func(t *testing.T) {
			in(t, func(t *testing.T) {
				w := newCrew(t, c.thirds)
				w.deaf = true
				id := w.submit()
				w.away(id, c.lost)
				v := w.Over(w.asks, id, job.Final)
				w.Right(w.asks, id)
				all := v.Spec.Steps()
				if got := w.steps.Load(); got != all-done {
					t.Errorf("the heir did %d steps, want %d of %d", got, all-done, all)
				}
				bid, _ := w.first.Limits.Consider(&v.Spec, &job.Machine{Arithmetic: []uint64{v.Spec.Arithmetic}})
				if got, want := w.Paid(w.asks, id, w.first.Account()), bid.Price*done/job.Amount(all); got != want {
					t.Errorf("who vanished was paid %s, want %s", got, want)
				}
				time.Sleep(2 * time.Hour) // what the requester does not know of asks it
				if left := w.Holders(); len(left) > 0 {
					t.Errorf("%d peers keep pieces of a job that is over", len(left))
				}
			})
		})
	}
}

// With more than half of the pieces gone the segments are done again, and the job
// is as good.
func TestLost(t *testing.T) {
	if testing.Short() {
		t.Skip("takes twenty peers")
	}
	in(t, func(t *testing.T) {
		w := newCrew(t, 20)
		w.deaf = true
		id := w.submit()
		w.away(id, 11)
		v := w.Over(w.asks, id, job.Final)
		w.Right(w.asks, id)
		if got := w.steps.Load(); got != v.Spec.Steps() {
			t.Errorf("the heir did %d steps, want all %d\n%s", got, v.Spec.Steps(), w.History(w.asks, id))
		}
	})
}

// What is said of where pieces are: as many as there are, or that there are none.
func TestSaid(t *testing.T) {
	for thirds, want := range map[int]string{0: "no third peer keeps pieces of them", 3: "3 third peers keep their pieces (20 are wanted", 22: "20 third peers keep their pieces"} {
		if thirds > 3 && testing.Short() {
			continue
		}
		t.Run(fmt.Sprint(thirds), func(t *testing.T) {
			in(t, func(t *testing.T) {
				w := newCrew(t, thirds)
				id := w.submit()
				<-w.in
				time.Sleep(5 * time.Second)
				v := worktest.Must[requester.View](t)(w.asks.Requester.View(id))
				if got := strings.Join(v.Explanation.Parts, "\n"); !strings.Contains(got, want) || thirds > 20 && strings.Contains(got, "wanted") {
					t.Errorf("got %q, want %q", got, want)
				}
				if got := len(w.Holders()); got != min(thirds, job.MaxHolders) {
					t.Errorf("%d holders of %d", got, thirds)
				}
				w.kill()
				w.Over(w.asks, id, job.Final)
				time.Sleep(time.Minute)
				if left := w.Holders(); len(left) > 0 {
					t.Errorf("%d peers keep pieces of a job that is over", len(left))
				}
			})
		})
	}
}

// A peer keeps no more than its owner allows, nothing of a job of its own, and
// nothing for longer than its job may last.
func TestBounds(t *testing.T) {
	in(t, func(t *testing.T) {
		w := newCrew(t, 2)
		small := w.third[0]
		small.Kill()
		small.Room = 100 << 10 // one deposit
		small.Start()
		w.submit()
		<-w.in
		time.Sleep(5 * time.Second)
		n, bytes, err := small.Holder.Holds(t.Context())
		if err != nil || n != 1 || bytes > small.Room {
			t.Errorf("%d deposits of %d bytes, %v; want 1", n, bytes, err)
		}
		for _, p := range []*worktest.Peer{w.asks, w.heir} {
			p.Kill() // for good
		}
		w.kill()
		time.Sleep(holder.Longest + time.Hour)
		if left := w.Holders(); len(left) > 0 {
			t.Errorf("%d peers keep pieces for ever", len(left))
		}
		if left := small.Stored(); left > 0 {
			t.Errorf("%d blocks are left", left)
		}
	})
}

// Asked by anybody for anything, a holder keeps what a worker of a real job
// stored and nothing else.
func TestRefused(t *testing.T) {
	in(t, func(t *testing.T) {
		w := newCrew(t, 1)
		id := w.submit()
		<-w.in
		time.Sleep(5 * time.Second)
		h := w.third[0]
		n, _, err := h.Holder.Holds(t.Context())
		if err != nil || n != done {
			t.Errorf("%d deposits, %v; want %d", n, err, done)
		}
		stranger := worktest.Key("stranger").Public()
		if err := h.Holder.Release(t.Context(), stranger, id); err != nil {
			t.Error(err)
		}
		for _, c := range []struct {
			name string
			job  job.ID
			d    work.Deposit
		}{
			{"no such job", job.ID{1}, work.Deposit{State: work.SpecBlock(id), Requester: w.asks.Key.Public(), Bytes: 1, Root: work.SpecBlock(id)}},
			{"another requester", id, work.Deposit{State: work.SpecBlock(id), Requester: stranger, Bytes: 1, Root: work.SpecBlock(id)}},
			{"no share", id, work.Deposit{State: work.SpecBlock(id), Requester: w.asks.Key.Public(), Bytes: 1, Root: work.SpecBlock(id)}},
			{"more than there is room for", id, work.Deposit{State: work.SpecBlock(id), Requester: w.asks.Key.Public(), Bytes: 1 << 40, Root: work.SpecBlock(id)}},
		} {
			_, err := h.Holder.Hold(t.Context(), stranger, c.job, c.d)
			time.Sleep(time.Minute)
			again, err2 := h.Holder.Hold(t.Context(), stranger, c.job, c.d)
			if err != nil || err2 != nil || again != work.Declined {
				t.Errorf("%s: %d, %v, %v; want it declined", c.name, again, err, err2)
			}
		}
		if after, _, err := h.Holder.Holds(t.Context()); err != nil || after != n {
			t.Errorf("%d deposits after all that, %v; want %d", after, err, n)
		}
		w.kill()
		w.Over(w.asks, id, job.Final)
	})
}
