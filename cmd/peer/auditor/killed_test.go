package auditor_test

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/trace"
)

// held stands still in its first step until it is let go, and then fails.
type held struct {
	work.Runner
	in, out chan struct{}
}

func (h *held) Step() (trace.Step, train.Result, error) {
	close(h.in)
	<-h.out
	return trace.Step{}, train.Result{}, errors.New("killed")
}

// An auditor that is killed in the middle of an audit does it after its restart,
// says the same as it would have, and is paid.
func TestKilledInAudit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worktest.New(t)
		in, out := make(chan struct{}), make(chan struct{})
		var once sync.Once
		asks := w.Add("requester", 0, nil)
		for _, name := range []string{"one", "two"} {
			w.Add(name, worktest.Works, nil)
		}
		audits := w.Add("auditor", worktest.Audits, func(p *worktest.Peer) {
			p.Wrap = func(r work.Runner) work.Runner {
				first := r
				once.Do(func() { first = &held{r, in, out} })
				return first
			}
		})
		id := w.Submit(asks, recipe.Choices{Level: job.B, Epochs: 10}, func(s *job.Spec) { s.Segment = 1 })
		<-in
		killed := make(chan struct{})
		go func() {
			defer close(killed)
			audits.Kill()
		}()
		time.Sleep(time.Second)
		close(out)
		<-killed
		time.Sleep(10 * time.Second)
		audits.Start()
		v := w.Over(asks, id, job.Final)
		if got := w.Paid(asks, id, audits.Account()); got < v.Spec.AuditPay(0) {
			t.Errorf("it was paid %s, want %s at least", got, v.Spec.AuditPay(0))
		}
		if got := w.Burned(asks, id, audits.Account()); got != 0 {
			t.Errorf("it lost %s", got)
		}
	})
}

// A job that needs more memory than the auditor has is none of its.
func TestNoMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worktest.New(t)
		asks := w.Add("requester", 0, nil)
		for _, name := range []string{"one", "two"} {
			w.Add(name, worktest.Works, nil)
		}
		audits := w.Add("auditor", worktest.Audits, func(p *worktest.Peer) { p.Limits.Memory = 1 })
		id := w.Submit(asks, recipe.Choices{Level: job.B, Epochs: 10}, func(s *job.Spec) { s.Segment = 1 })
		w.Over(asks, id, job.Final) // its audits lapse
		if audits.Auditor.Has(id) {
			t.Error("it volunteered")
		}
	})
}
