package requester_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/record"
)

// long asks for more kills.
var long = os.Getenv("OPENLEDGER_LONG") != ""

// in runs a test in a bubble, where only waiting takes time.
func in(t *testing.T, f func(t *testing.T, w *worktest.World)) {
	synctest.Test(t, func(t *testing.T) { f(t, worktest.New(t)) })
}

// Adapters and whole models, from a base or from nothing, at every level: the
// network comes to the bits of one machine, and who worked is paid.
func TestLife(t *testing.T) {
	for _, c := range []struct {
		level job.Level
		goal  recipe.Goal
	}{{job.A, recipe.Adapt}, {job.C, recipe.Adapt}, {job.D, recipe.Adapt}, {job.C, recipe.Finetune}, {job.C, recipe.Pretrain}} {
		t.Run(fmt.Sprintf("%s %d", c.level, c.goal), func(t *testing.T) {
			in(t, func(t *testing.T, w *worktest.World) {
				asks := w.Add("requester", 0, nil)
				var workers []*worktest.Peer
				for _, name := range []string{"one", "two", "three"} {
					workers = append(workers, w.Add(name, worktest.Works, nil))
				}
				w.Add("auditor", worktest.Audits, nil)
				id := w.Submit(asks, recipe.Choices{Level: c.level, Goal: c.goal}, func(s *job.Spec) { s.Segment = 1 })
				v := w.Over(asks, id, job.Final)
				paid := 0
				for _, x := range workers {
					if w.Paid(asks, id, x.Account()) == v.Spec.Terms.Reward {
						paid++
					}
				}
				if want := int(v.Spec.Replicas(0)); paid != want || v.Proofs > 0 {
					t.Errorf("%d workers were paid, want %d; %d fraud proofs\n%s", paid, want, v.Proofs, w.History(asks, id))
				}
				w.Right(asks, id)
			})
		})
	}
}

// killer kills a peer when it says its n-th thing, and starts it again after a
// while, unless that is 0.
func killer(n int) (change func(*worktest.Peer), wait func(*worktest.Peer, time.Duration)) {
	now := make(chan struct{})
	var mu sync.Mutex
	said := 0
	change = func(p *worktest.Peer) {
		p.Says = func(record.Account, work.Message) bool {
			mu.Lock()
			defer mu.Unlock()
			if said++; said == n {
				close(now)
			}
			return said < n || p.Up() && said > n
		}
	}
	return change, func(p *worktest.Peer, down time.Duration) {
		select {
		case <-now:
		case <-time.After(time.Hour):
			return // it never says so much
		}
		p.Kill()
		if down > 0 {
			time.Sleep(down)
			p.Start()
		}
	}
}

// Requester, worker and auditor are killed at any point and go on, to the bits
// of a run in which nobody was.
func TestKilled(t *testing.T) {
	kills := 2
	if long {
		kills = 12
	}
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1))
	for _, who := range []string{"requester", "one", "auditor"} {
		most := map[string]int{"requester": 40, "one": 30, "auditor": 6}[who]
		for range kills {
			n, down := 1+rnd.IntN(most), time.Duration(1+rnd.IntN(40))*time.Second // of 20 a lease is lost
			t.Run(fmt.Sprintf("%s at %d for %s, seed %d", who, n, down, seed), func(t *testing.T) {
				in(t, func(t *testing.T, w *worktest.World) {
					change, wait := killer(n)
					peers := map[string]*worktest.Peer{}
					for _, x := range []struct {
						name string
						role worktest.Role
					}{{"requester", 0}, {"one", worktest.Works}, {"two", worktest.Works}, {"three", worktest.Works}, {"auditor", worktest.Audits}} {
						f := change
						if x.name != who {
							f = nil
						}
						peers[x.name] = w.Add(x.name, x.role, f)
					}
					asks := peers["requester"]
					id := w.Submit(asks, recipe.Choices{Level: job.C}, func(s *job.Spec) { s.Segment = 1 })
					wait(peers[who], down)
					v := w.Over(asks, id, job.Final)
					w.Right(asks, id)
					if v.Proofs > 0 {
						t.Errorf("%d fraud proofs against honest peers", v.Proofs)
					}
				})
			})
		}
	}
}

// A worker that is gone in mid job is replaced from what it stored, and paid for
// it; the result is that of an uninterrupted run.
func TestReplaced(t *testing.T) {
	in(t, func(t *testing.T, w *worktest.World) {
		asks := w.Add("requester", 0, nil)
		first := w.Add("first", worktest.Works, func(p *worktest.Peer) { p.Limits.Price = 100_000 }) // cheaper: it is chosen
		second := w.Add("second", worktest.Works, func(p *worktest.Peer) { p.Limits.Price = 100_000 })
		heir := w.Add("heir", worktest.Works, nil)
		w.Add("auditor", worktest.Audits, nil)
		stop := make(chan struct{})
		commits := 0
		first.Says = func(_ record.Account, m work.Message) bool {
			if v, err := record.Open(m.A, worktest.Network); m.Kind == work.Sealed && err == nil && v.Header().Type == record.SegmentCommit {
				if commits++; commits == 2 {
					close(stop)
				}
			}
			d, err := work.ReadDeposit(m.A)
			passed := m.Kind == work.Hold && err == nil && len(d.Commit) > 0 // third peers would pass it on
			return commits < 2 && !passed
		}
		id := w.Submit(asks, recipe.Choices{Level: job.C, Epochs: 3}, func(s *job.Spec) { s.Segment = 1 })
		<-stop
		first.Kill()
		v := w.Over(asks, id, job.Final)
		w.Right(asks, id)
		n := job.Amount(v.Spec.Steps())
		if n < 3 {
			t.Fatalf("%d steps are too few for this test", n)
		}
		bid, _ := first.Limits.Consider(&v.Spec, &job.Machine{Arithmetic: []uint64{v.Spec.Arithmetic}})
		price := bid.Price
		for _, x := range []struct {
			p    *worktest.Peer
			want job.Amount
		}{{first, price / n}, {second, price}, {heir, v.Spec.Terms.Reward * (n - 1) / n}} {
			if got := w.Paid(asks, id, x.p.Account()); got != x.want {
				t.Errorf("%s was paid %s, want %s", x.p.Class, got, x.want)
			}
		}
		if got := w.Burned(asks, id, first.Account()); got != v.Spec.Terms.Bond {
			t.Errorf("who vanished lost %s, want the bond of %s", got, v.Spec.Terms.Bond)
		}
	})
}

// What cannot be had is asked for until the deadline; then the job has failed,
// and says why.
func TestMissingBlock(t *testing.T) {
	missing := func(ctx context.Context, _ *job.Spec) error {
		ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		<-ctx.Done()
		return &work.ReasonError{Reason: job.NoBlock, Err: ctx.Err()}
	}
	in(t, func(t *testing.T, w *worktest.World) {
		asks := w.Add("requester", 0, nil)
		for _, name := range []string{"one", "two"} {
			w.Add(name, worktest.Works, func(p *worktest.Peer) { p.Find = missing })
		}
		id := w.Submit(asks, recipe.Choices{Level: job.C}, nil)
		failed(t, w, asks, id, job.NoBids, job.NoBlock)
	})
}

// failed wants a job to fail for a cause, because peers gave a reason, and to say
// both, also after a restart.
func failed(t *testing.T, w *worktest.World, asks *worktest.Peer, id job.ID, cause, reason job.Reason) {
	t.Helper()
	for range 2 {
		v := w.Over(asks, id, job.Failed)
		x := v.Explanation
		if want := "it could not be done: " + cause.Text(); len(x.Why) < len(want) || x.Why[:len(want)] != want {
			t.Errorf("got %q, want %q", x.Why, want)
		}
		if said := fmt.Sprint(x.Declined, x.Refuse); !strings.Contains(said, reason.String()) {
			t.Errorf("it does not say %s: %s", reason, said)
		}
		asks.Kill()
		asks.Start()
	}
}
