package influence

import (
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
)

// A Drawing draws labels from the model, for its Fisher matrix: the curvature
// that its own answers have.
type Drawing struct {
	s *op.Sampler
	w op.Words
}

// NewDrawing begins the stream of a seed for a step.
func NewDrawing(e *op.Engine, seed uint64, step uint32) *Drawing {
	return &Drawing{e.NewSampler(), op.Words{Seed: seed, Step: step, Purpose: op.PurposeSample}}
}

// Labels returns the sample with targets drawn from the logits (targets, V),
// of the positions that have one.
func (d *Drawing) Labels(s train.Sample, logits []float32) train.Sample {
	out := train.Sample{IDs: s.IDs, Targets: make([]int32, len(s.Targets))}
	vocab := len(logits) / s.Learnt()
	for i, target := range s.Targets {
		out.Targets[i] = train.NoTarget
		if target != train.NoTarget {
			out.Targets[i] = int32(d.s.Sample(logits[:vocab], nil, op.SampleConfig{Temperature: 1}, op.Uniform(d.w.Next())))
			logits = logits[vocab:]
		}
	}
	return out
}
