package influence

import (
	"fmt"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/train"
)

// Examples computes the gradients of single examples at the parameters as they
// are now: what an index, a screening or a baseline is made of. It is not safe
// for concurrent use.
type Examples struct {
	g    *llama.Gradients
	size int
}

// NewExamples prepares gradients of samples of up to so many positions. keep
// names values inside the model, as llama.GradConfig does.
func NewExamples(m *llama.Model, lora *llama.LoRA, longest int, keep ...string) (*Examples, error) {
	g, err := m.NewGradients(llama.GradConfig{Tokens: longest, Context: longest, LoRA: lora, Keep: keep})
	if err != nil {
		return nil, fmt.Errorf("influence: %w", err)
	}
	x := &Examples{g: g}
	for _, p := range g.Params {
		x.size += p.Rows * p.Cols
	}
	return x, nil
}

// Size returns the length of a gradient.
func (x *Examples) Size() int { return x.size }

// Params returns the parameters in the order in which a gradient has them.
func (x *Examples) Params() []llama.Param { return x.g.Params }

// Gradient writes the gradient of the sum of a sample's losses, flat, and
// returns that sum.
func (x *Examples) Gradient(s train.Sample, to []float32) (loss float32, err error) {
	if err := x.g.Zero(); err != nil {
		return 0, err
	}
	if err := x.g.Add(llama.Batch{IDs: s.IDs, Targets: s.Targets, Docs: []int{len(s.IDs)}}, 1, 0); err != nil {
		return 0, fmt.Errorf("influence: %w", err)
	}
	for _, p := range x.g.Params {
		n := p.Rows * p.Cols
		if err := p.Grad.Read(to[:n]); err != nil {
			return 0, fmt.Errorf("influence: gradient of %s: %w", p.Name, err)
		}
		to = to[n:]
	}
	return x.g.Loss()
}

// Value returns a value that NewExamples was told to keep, as the last Gradient
// left it.
func (x *Examples) Value(name string) []float32 { return x.g.Value(name) }
