// Package train trains models: in full from scratch, or as LoRA adapters of a
// frozen base.
//
// The invariant: the state after step t is a function of the model, the samples
// and Options, to the bit; not of the machine, its threads, how often the run
// was stopped and resumed, or who runs it. Digest names that state, so two
// peers compare a whole training run by one hash a step.
//
// A Trainer does steps; Run drives one with checkpoints, validation and events.
// Sample is what it learns from, Order which samples a step learns from.
package train

import (
	"fmt"
	"math"
	"runtime"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// Options decide the bits of a run, together with the model and the samples.
type Options struct {
	Seed      uint64    // of the data order
	Batch     int       // samples a step
	Micro     int       // samples a micro-batch; 0: Batch. It decides bits: micro-batches are added in order
	Rates     []float32 // learning rate of each step; see Schedule
	Clip      float32   // largest norm of the gradient; 0: none
	Optimizer Optimizer

	// Record is told what adamw divided each element of a parameter's step by,
	// which attribution replays later. It decides no bit; the slice is good
	// until it returns.
	Record func(step int, param string, divisor []float32) error
}

// An Optimizer turns gradients into steps.
type Optimizer struct {
	Kind     string  // "adamw" (default) or "sgd"
	Momentum float32 // sgd
	Beta1    float32 // adamw
	Beta2    float32 // adamw
	Eps      float32 // adamw, outside the root
	EpsRoot  float32 // adamw, inside the root: what keeps influence smooth
	Decay    float32 // adamw, decoupled; of matrices only, never of gains and biases
}

// AdamW is the default optimizer: the constants that attribution needs.
var AdamW = Optimizer{Kind: "adamw", Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, EpsRoot: 1e-6}

func (o Options) complete() (Options, error) {
	if o.Optimizer == (Optimizer{}) {
		o.Optimizer = AdamW
	}
	if o.Micro == 0 {
		o.Micro = o.Batch
	}
	bad := func(x float32) bool { return !(x >= 0) || math.IsInf(float64(x), 0) }
	p := o.Optimizer
	switch {
	case len(o.Rates) == 0:
		return o, fmt.Errorf("train: no steps: give a learning rate for each")
	case o.Batch < 1 || o.Micro < 1 || o.Micro > o.Batch:
		return o, fmt.Errorf("train: micro-batches of %d samples in steps of %d", o.Micro, o.Batch)
	case p.Kind != "adamw" && p.Kind != "sgd":
		return o, fmt.Errorf("train: unknown optimizer %q: use adamw or sgd", p.Kind)
	case bad(o.Clip) || bad(p.Eps) || bad(p.EpsRoot) || bad(p.Decay):
		return o, fmt.Errorf("train: clip %g, eps %g, eps_root %g, decay %g: none may be negative", o.Clip, p.Eps, p.EpsRoot, p.Decay)
	case bad(p.Momentum) || bad(p.Beta1) || bad(p.Beta2) || p.Momentum >= 1 || p.Beta1 >= 1 || p.Beta2 >= 1:
		return o, fmt.Errorf("train: momentum %g, betas %g and %g: each must be in [0, 1)", p.Momentum, p.Beta1, p.Beta2)
	}
	for t, r := range o.Rates {
		if bad(r) {
			return o, fmt.Errorf("train: learning rate %g of step %d", r, t)
		}
	}
	return o, nil
}

// A Trainer holds a run between two steps. It is not safe for concurrent use.
type Trainer struct {
	options Options
	samples []Sample
	order   *Order
	model   *llama.Model
	lora    *llama.LoRA
	grads   *llama.Gradients
	eval    *llama.Gradients // for documents of up to evalLongest tokens; made when needed
	update  *updater
	digests *digester

	state []named // the matrices of the state, made when first needed

	evalLongest int

	step   int    // steps done
	tokens uint64 // positions learnt from so far
	best   patience
	batch  llama.Batch
}

// A Result is what one step did.
type Result struct {
	Step    int     // steps done, this one included
	Loss    float32 // mean over the targets of the step, before the update
	Norm    float32 // of the gradient before clipping; 0 without clipping
	Clip    float32 // the factor that clipping applied
	Rate    float32
	Tokens  int // positions of the step
	Targets int
}

// New prepares a run. lora is nil for full training of a model that was made
// or loaded for training. The samples MUST NOT change.
func New(m *llama.Model, lora *llama.LoRA, b tape.Backend, samples []Sample, options Options) (*Trainer, error) {
	o, err := options.complete()
	if err != nil {
		return nil, err
	}
	t := &Trainer{options: o, samples: samples, model: m, lora: lora, digests: newDigester(runtime.GOMAXPROCS(0))}
	if t.order, err = NewOrder(o.Seed, len(samples), o.Batch); err != nil {
		return nil, err
	}
	longest, err := check(samples, m.Config)
	if err != nil {
		return nil, err
	}
	for i, s := range samples { // a micro-batch without any target has no gradient
		if s.Learnt() == 0 {
			return nil, fmt.Errorf("train: sample %d has nothing to learn: leave out samples without a target", i)
		}
	}
	if t.grads, err = m.NewGradients(llama.GradConfig{Tokens: largest(samples, o.Micro), Context: longest, LoRA: lora}); err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	if t.update, err = newUpdater(b, t.grads.Params, o); err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	return t, nil
}

// check refuses samples that the model cannot read and returns the length of
// the longest.
func check(samples []Sample, c llama.Config) (longest int, err error) {
	for i, s := range samples {
		if len(s.IDs) == 0 || len(s.IDs) != len(s.Targets) {
			return 0, fmt.Errorf("train: sample %d has %d tokens and %d targets", i, len(s.IDs), len(s.Targets))
		}
		if len(s.IDs) > c.Context {
			return 0, fmt.Errorf("train: sample %d of %d tokens is longer than the model's context of %d: shorten the samples", i, len(s.IDs), c.Context)
		}
		for _, ids := range [][]int32{s.IDs, s.Targets} {
			for _, id := range ids {
				if int(id) >= c.Vocab || id < NoTarget {
					return 0, fmt.Errorf("train: sample %d has token %d, the model's vocabulary is %d: use the model's own tokenizer", i, id, c.Vocab)
				}
			}
		}
		longest = max(longest, len(s.IDs))
	}
	return longest, nil
}

// largest returns the tokens of the largest possible micro-batch.
func largest(samples []Sample, micro int) int {
	longest := 0
	for _, s := range samples {
		longest = max(longest, len(s.IDs))
	}
	return longest * micro
}

// Steps returns how many steps are done and how many the run has.
func (t *Trainer) Steps() (done, all int) { return t.step, len(t.options.Rates) }

// Step does the next step. After an error, such as a loss that is not finite,
// the state is undefined: Restore a checkpoint.
func (t *Trainer) Step() (Result, error) {
	if t.step >= len(t.options.Rates) {
		return Result{}, fmt.Errorf("train: all %d steps are done", t.step)
	}
	numbers := t.order.Step(t.step)
	r := Result{Step: t.step + 1, Rate: t.options.Rates[t.step]}
	for _, n := range numbers {
		r.Tokens += len(t.samples[n].IDs)
		r.Targets += t.samples[n].Learnt()
	}
	if err := t.gradient(numbers, weight(r.Targets), t.step+1, nil); err != nil {
		return r, fmt.Errorf("step %d: %w", r.Step, err)
	}
	var err error
	if r.Loss, err = mean(t.grads, r.Targets); err != nil {
		return r, err
	}
	if r.Norm, r.Clip, err = t.update.run(r.Rate, r.Step); err != nil {
		return r, fmt.Errorf("step %d: %w", r.Step, err)
	}
	t.step++
	t.tokens += uint64(r.Tokens)
	return r, nil
}

// gradient makes the gradients those of samples times w, added micro-batch by
// micro-batch. after, unless nil, follows each of these.
func (t *Trainer) gradient(numbers []int, w float32, step int, after func(numbers []int)) error {
	if err := t.grads.Zero(); err != nil {
		return err
	}
	return t.add(numbers, w, step, after)
}

func (t *Trainer) add(numbers []int, w float32, step int, after func(numbers []int)) error {
	for len(numbers) > 0 {
		n := min(t.options.Micro, len(numbers))
		t.batch.IDs, t.batch.Targets, t.batch.Docs = t.batch.IDs[:0], t.batch.Targets[:0], t.batch.Docs[:0]
		for _, i := range numbers[:n] {
			t.batch.IDs = append(t.batch.IDs, t.samples[i].IDs...)
			t.batch.Targets = append(t.batch.Targets, t.samples[i].Targets...)
			t.batch.Docs = append(t.batch.Docs, len(t.samples[i].IDs))
		}
		if err := t.grads.Add(t.batch, w, uint64(step)); err != nil {
			return err
		}
		if after != nil {
			after(numbers[:n])
		}
		numbers = numbers[n:]
	}
	return nil
}

// weight is 1 over the number of targets; a step may have none.
func weight(targets int) float32 {
	if targets == 0 {
		return 0
	}
	return 1 / float32(targets)
}

func mean(g *llama.Gradients, targets int) (float32, error) {
	sum, err := g.Loss()
	return float32(sum * weight(targets)), err
}

// Evaluate returns the mean loss over the targets of samples, which the run
// need not know. Nothing is learnt.
func (t *Trainer) Evaluate(samples []Sample) (float32, error) {
	longest, err := check(samples, t.model.Config)
	if err != nil {
		return 0, err
	}
	if t.eval == nil || t.evalLongest < longest {
		t.evalLongest = longest
		if t.eval, err = t.model.NewGradients(llama.GradConfig{Tokens: longest, Context: longest, LoRA: t.lora, Eval: true}); err != nil {
			return 0, fmt.Errorf("evaluate: %w", err)
		}
	}
	if err := t.eval.Zero(); err != nil {
		return 0, err
	}
	targets := 0
	for _, s := range samples {
		if err := t.eval.Add(llama.Batch{IDs: s.IDs, Targets: s.Targets, Docs: []int{len(s.IDs)}}, 0, uint64(t.step)); err != nil {
			return 0, fmt.Errorf("evaluate: %w", err)
		}
		targets += s.Learnt()
	}
	return mean(t.eval, targets)
}

// Params returns what is trained, in the order of the names.
func (t *Trainer) Params() []llama.Param { return t.grads.Params }

// Arithmetic is the version of the arithmetic that a run follows.
const Arithmetic = op.Version
