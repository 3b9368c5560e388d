package worktest

import (
	"sync/atomic"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/trace"
)

// Counted counts the steps that a Runner does.
func Counted(r work.Runner, steps *atomic.Uint64) work.Runner { return &counted{r, steps} }

type counted struct {
	work.Runner
	steps *atomic.Uint64
}

func (c *counted) Step() (trace.Step, train.Result, error) {
	c.steps.Add(1)
	return c.Runner.Step()
}
