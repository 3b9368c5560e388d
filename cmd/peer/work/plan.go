package work

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/trace"
)

// together is how many steps are outlined by one goroutine at least: each works
// out the operators anew, of which the steps have most in common.
const together = 16

// Outlines returns what each step of the job consists of. They are made once, on
// all processors.
func (b *Bench) Outlines(ctx context.Context) ([]dispute.Outline, error) {
	if b.steps != nil {
		return b.steps, nil
	}
	all := make([]dispute.Outline, b.Spec.Steps())
	var next atomic.Uint64
	var run sync.WaitGroup
	var mu sync.Mutex
	var failed error
	for range max(1, min(runtime.GOMAXPROCS(0), len(all)/together)) {
		run.Go(func() {
			err := b.outline(ctx, all, &next)
			mu.Lock()
			defer mu.Unlock()
			if failed == nil {
				failed = err
			}
		})
	}
	run.Wait()
	if failed != nil {
		return nil, &ReasonError{job.BadModel, failed}
	}
	b.steps = all
	return all, nil
}

// outline outlines one step after the other that nobody else does.
func (b *Bench) outline(ctx context.Context, all []dispute.Outline, next *atomic.Uint64) error {
	job, err := b.Facts.outline(b.Spec)
	if err != nil {
		return err
	}
	s := tape.Tables.Sketcher()
	for t := next.Add(1); t <= uint64(len(all)); t = next.Add(1) {
		if err := ctx.Err(); err != nil {
			return err
		}
		sketch, err := b.sketch(job, s, t)
		if err != nil {
			return err
		}
		all[t-1] = sketch.Outline
	}
	return nil
}

func (b *Bench) sketch(job *train.Trainer, s *dispute.Sketcher, t uint64) (*dispute.Sketch, error) {
	batch, err := b.batch(t)
	if err != nil {
		return nil, err
	}
	p, err := job.Program(t, b.Facts.Frozen, batch.Samples, batch.Contents)
	if err != nil {
		return nil, err
	}
	return s.Sketch(p, trace.Samples(batch.Samples))
}

// Sketch returns all of one step that its outline commits to.
func (b *Bench) Sketch(t uint64) (*dispute.Sketch, error) {
	job, err := b.Facts.outline(b.Spec)
	if err != nil {
		return nil, err
	}
	return b.sketch(job, tape.Tables.Sketcher(), t)
}
