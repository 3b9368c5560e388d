package train

import (
	"fmt"

	"github.com/openledger/openledger/compute/llama"
)

// What attribution asks of a run that was done: its states, the gradient of any
// of its steps at parameters near them, and what it would have become with other
// weights of its samples.

// A State is a copy of the state between two steps. The zero State is ready to
// be filled; its memory is used again.
type State struct {
	Step   int // steps done
	values [][]float32
	tokens uint64
	p1, p2 float32
	best   patience
}

// State copies the state to s.
func (t *Trainer) State(s *State) error {
	tensors := t.tensors()
	if s.values == nil {
		s.values = make([][]float32, len(tensors))
		for i, x := range tensors {
			s.values[i] = make([]float32, x.rows*x.cols)
		}
	}
	for i, x := range tensors {
		if err := x.m.Read(s.values[i]); err != nil {
			return fmt.Errorf("train: state after step %d: %s: %w", t.step, x.name, err)
		}
	}
	s.Step, s.tokens, s.p1, s.p2, s.best = t.step, t.tokens, t.update.p1, t.update.p2, t.best
	return nil
}

// SetState puts the run where it was when s was filled.
func (t *Trainer) SetState(s *State) error {
	for i, x := range t.tensors() {
		if err := x.m.Write(s.values[i]); err != nil {
			return fmt.Errorf("train: back to step %d: %s: %w", s.Step, x.name, err)
		}
	}
	t.step, t.tokens, t.update.p1, t.update.p2, t.best = s.Step, s.tokens, s.p1, s.p2, s.best
	return nil
}

// Second copies the second moment of adamw for Params()[i].
func (t *Trainer) Second(i int, to []float32) error {
	if t.options.Optimizer.Kind != "adamw" {
		return fmt.Errorf("train: %s has no second moments", t.options.Optimizer.Kind)
	}
	return t.update.moments[2*i+1].Read(to)
}

// Options returns the options, with the defaults filled in.
func (t *Trainer) Options() Options { return t.options }

// Samples returns what the run learns from. It MUST NOT be changed.
func (t *Trainer) Samples() []Sample { return t.samples }

// Numbers returns which samples step n, counted from 1, learns from, in order.
func (t *Trainer) Numbers(n int) []int { return t.order.Step(n - 1) }

// Powers returns the running powers of the betas in step n, counted from 1.
func (t *Trainer) Powers(n int) (p1, p2 float32) { return t.powers(uint64(n)) }

// Gradients returns what the run computes losses and gradients with; its Params
// are those of the run.
func (t *Trainer) Gradients() *llama.Gradients { return t.grads }

// Largest returns the positions of the largest micro-batch there can be.
func (t *Trainer) Largest() int { return largest(t.samples, t.options.Micro) }

// GradientsFor returns what computes gradients of samples that the run need not
// know, one by one, at its parameters as they are. keep is as in
// llama.GradConfig.
func (t *Trainer) GradientsFor(samples []Sample, keep ...string) (*llama.Gradients, error) {
	longest, err := check(samples, t.model.Config)
	if err != nil {
		return nil, err
	}
	return t.model.NewGradients(llama.GradConfig{Tokens: longest, Context: longest, LoRA: t.lora, Keep: keep})
}

// Weight returns 1 over the targets of the samples of step n, counted from 1.
func (t *Trainer) Weight(n int) float32 {
	targets := 0
	for _, i := range t.Numbers(n) {
		targets += t.samples[i].Learnt()
	}
	return weight(targets)
}

// Gradient makes the gradients of Params those of step n, counted from 1, at
// the parameters as they are now: to the bit what the step computed, if they are
// what they were then. After each micro-batch after sees its samples, and
// Gradients has its losses.
func (t *Trainer) Gradient(n int, after func(samples []int)) error {
	if err := t.gradient(t.Numbers(n), t.Weight(n), n, after); err != nil {
		return fmt.Errorf("gradient of step %d: %w", n, err)
	}
	return nil
}

// GradientWith is Gradient with a weight per sample. Samples of one weight are
// added together, in the order of the first one; of weight 0 they are left out.
// The mean stays one over all targets of the step.
func (t *Trainer) GradientWith(n int, weights func(sample int) float32) error {
	if err := t.grads.Zero(); err != nil {
		return err
	}
	left, w := t.Numbers(n), t.Weight(n)
	for len(left) > 0 {
		first := weights(left[0])
		if first-first != 0 {
			return fmt.Errorf("gradient of step %d: sample %d has weight %g", n, left[0], first)
		}
		var same, rest []int
		for k, i := range left {
			if k == 0 || weights(i) == first {
				same = append(same, i)
			} else {
				rest = append(rest, i)
			}
		}
		if left = rest; first == 0 {
			continue
		}
		if err := t.add(same, float32(w*first), n, nil); err != nil {
			return fmt.Errorf("gradient of step %d: %w", n, err)
		}
	}
	return nil
}

// StepWith does the next step of another run: that in which each sample has a
// weight. It follows no JobSpec; a run of weights 1 has equal bits to Step.
func (t *Trainer) StepWith(weights func(sample int) float32) error {
	if t.step >= len(t.options.Rates) {
		return fmt.Errorf("train: all %d steps are done", t.step)
	}
	n := t.step + 1
	if err := t.GradientWith(n, weights); err != nil {
		return err
	}
	if _, _, err := t.update.run(t.options.Rates[n-1], n); err != nil {
		return fmt.Errorf("step %d: %w", n, err)
	}
	t.step++
	return nil
}
