package requester_test

import (
	"sync/atomic"
	"testing"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
)

// Verification costs what its level says, counted in steps: at most 6 % more work
// at level A, at most 106 % more at level C.
func TestExtraWork(t *testing.T) {
	if testing.Short() {
		t.Skip("measures many segments")
	}
	for _, c := range []struct {
		level job.Level
		most  uint64 // per cent
	}{{job.A, 6}, {job.C, 106}} {
		t.Run(c.level.String(), func(t *testing.T) {
			in(t, func(t *testing.T, w *worktest.World) {
				var steps atomic.Uint64
				count := func(p *worktest.Peer) {
					p.Wrap = func(r work.Runner) work.Runner { return worktest.Counted(r, &steps) }
				}
				asks := w.Add("requester", 0, nil)
				for _, name := range []string{"one", "two"} {
					p := w.Add(name, worktest.Works, count)
					for n := range byte(20) { // it is no new worker
						worktest.Must[any](t)(nil, asks.Journal.Credit(job.ID{n}, job.Credit{Worker: p.Account(), Valid: true}))
					}
				}
				w.Add("auditor", worktest.Audits, count)
				id := w.Submit(asks, recipe.Choices{Level: c.level, Epochs: 25}, many)
				v := w.Over(asks, id, job.Final)
				all := v.Spec.Steps()
				if v.Spec.Segments() < 20 {
					t.Fatalf("%d segments are too few to draw from", v.Spec.Segments())
				}
				extra := 100 * float64(steps.Load()-all) / float64(all)
				t.Logf("%d steps for %d: %.1f %% more", steps.Load(), all, extra)
				if extra > float64(c.most) {
					t.Errorf("%.1f %% more work, at most %d %%", extra, c.most)
				}
			})
		})
	}
}
