package train

import (
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/op"
)

// An Order says which samples each step learns from. It is a pure function of
// the seed and the counts, so nobody can choose data: epoch after epoch all
// samples in a new permutation, cut into steps of Batch. A step may end one
// epoch and begin the next.
type Order struct {
	seed           uint64
	samples, batch int
	epoch          int
	permutation    []uint32 // of epoch
}

// heldOut is the step number of the permutation that splits off validation
// samples; epochs count up from 0 and never get there.
const heldOut = 1<<32 - 1

// NewOrder returns the order of a run over samples.
func NewOrder(seed uint64, samples, batch int) (*Order, error) {
	if samples < 1 || uint64(samples) >= heldOut || batch < 1 {
		return nil, fmt.Errorf("data order: %d samples in batches of %d: both must be positive", samples, batch)
	}
	return &Order{seed: seed, samples: samples, batch: batch, epoch: -1}, nil
}

// Step returns the samples of step t, counted from 0, in the order in which
// their gradients add up. The memory is the caller's.
func (o *Order) Step(t int) []int {
	out := make([]int, o.batch)
	for i := range out {
		n := t*o.batch + i
		if epoch := n / o.samples; epoch != o.epoch {
			o.epoch = epoch
			o.permutation = identity(o.permutation, o.samples)
			op.Permutation(o.permutation, o.seed, uint32(epoch), op.PurposeOrder)
		}
		out[i] = int(o.permutation[n%o.samples])
	}
	return out
}

// Split returns the numbers of the samples to learn from and of those held out
// for validation, each ascending. A part above 0 holds out one at least, and
// never all.
func Split(seed uint64, samples int, part float64) (learn, validate []int) {
	held := min(int(part*float64(samples)), samples-1)
	if part > 0 && samples > 1 {
		held = max(held, 1)
	}
	p := identity(nil, samples)
	op.Permutation(p, seed, heldOut, op.PurposeOrder)
	for i, n := range p {
		if i < held {
			validate = append(validate, int(n))
		} else {
			learn = append(learn, int(n))
		}
	}
	slices.Sort(learn)
	slices.Sort(validate)
	return learn, validate
}

func identity(p []uint32, n int) []uint32 {
	p = slices.Grow(p[:0], n)[:n]
	for i := range p {
		p[i] = uint32(i)
	}
	return p
}
