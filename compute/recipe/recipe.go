// Package recipe turns a few choices into a complete job: a base model, a
// dataset, a goal and a preset become a job.Spec with good defaults, an estimate
// of time, memory and cost, and warnings.
//
// The invariant: the Spec alone decides what is trained. What this package
// computes from facts and choices, with floating point and opinions, ends up as
// numbers in it, and nobody computes them again.
//
// Start at Cook.
package recipe

import (
	"fmt"
	"math"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/record"
)

// A Base is the model that training begins from, and what is known of it.
type Base struct {
	Model     cid.Cid // identity; of a Pretrain, config.json
	Tokenizer cid.Cid
	Template  cid.Cid // undefined: it has no chat template
	Config    llama.Config
	Bytes     uint64 // of its weights as stored
}

// Data is what a Datanet's version holds, counted with the base's tokenizer.
type Data struct {
	Manifest   cid.Cid
	Lengths    []uint32 // tokens of each record
	Plain      bool     // plain text, cut into windows; else conversations, of which the answers are learnt
	Duplicates uint64   // records that are near another one
	Pool       record.Account
	Share      uint64 // contributors' part on top of what the work costs, in 1/10000
}

// A Goal is what is wanted. The numbers are append-only.
type Goal uint8

const (
	Adapt    Goal = 1 // a LoRA of the base
	Finetune Goal = 2 // all parameters of the base
	Pretrain Goal = 3 // a new model of the base's shape
)

// A Preset trades time and money for quality. The numbers are append-only.
type Preset uint8

const (
	Quick    Preset = 1
	Balanced Preset = 2
	Thorough Preset = 3
)

// Choices are what a person says. Zero fields take the preset's value.
type Choices struct {
	Requester record.Account
	Number    uint64
	Goal      Goal   // 0: Adapt
	Preset    Preset // 0: Balanced

	Epochs    float64
	Length    uint64 // positions of the longest sample
	Batch     uint64
	Rate      float64 // highest learning rate
	Rank      uint64
	Optimizer job.OptimizerKind // 0: AdamW
	Level     job.Level
	Seed      uint64     // 0: 42
	Held      float64    // part held out; 0: 0.05; below 0: none
	Price     job.Amount // for a million positions; 0: what the peers ask
	AtRisk    job.Amount // 0: as much as the reward
	Q8        bool
}

// A Peer is a worker that was found, as its advert says.
type Peer struct {
	Memory     uint64 // bytes
	Compute    uint64 // MFLOP/s
	PriceTrain job.Amount
	Warm       bool
}

// A Meal is a job, ready to be submitted.
type Meal struct {
	Spec     job.Spec
	Estimate Estimate
	Warnings []Warning
}

// course is what a preset stands for.
type course struct {
	epochs   float64
	length   uint64
	rank     uint64 // of a model of 1e9 parameters and more; half below, but 8 at least
	level    job.Level
	window   job.Millis
	patience float64 // deadlines, as multiples of what is expected
}

var courses = map[Preset]course{
	Quick:    {epochs: 1, length: 512, rank: 16, level: job.A, window: 60_000, patience: 3},
	Balanced: {epochs: 3, length: 1024, rank: 16, level: job.A, window: 600_000, patience: 4},
	Thorough: {epochs: 5, length: 2048, rank: 32, level: job.C, window: 3600_000, patience: 6},
}

// The defaults that all presets share.
const (
	batch    = 16
	rateLoRA = 2e-4
	rateFull = 3e-4
	warmup   = 0.03
	clip     = 1
	alpha    = 16
	seed     = 42
	held     = 0.05
)

// Cook makes a job of a base, data and choices. peers may be empty: then the
// estimate knows no time, and a price MUST be given.
func Cook(b Base, d Data, c Choices, peers []Peer) (*Meal, error) {
	c, p, err := c.complete(b)
	if err != nil {
		return nil, err
	}
	k := &kitchen{base: b, data: d, choices: c, course: p}
	if err := k.cut(); err != nil {
		return nil, err
	}
	s := &job.Spec{
		Requester: c.Requester, Number: c.Number, Method: job.LoRA, Model: b.Model, ParamSeed: c.Seed, Q8: c.Q8,
		Manifest: d.Manifest, Tokenizer: b.Tokenizer, Template: b.Template, Length: c.Length, Completions: !d.Plain,
		Samples: k.samples, Held: job.Bits(float32(c.Held)), Arithmetic: train.Arithmetic, OrderSeed: c.Seed, Batch: c.Batch,
		Clip: job.Bits(clip), Record: true, Level: c.Level,
	}
	if c.Goal == Adapt {
		s.Adapter = job.Adapter{Rank: c.Rank, Alpha: job.Bits(alpha), Pattern: "all-linear"}
	} else {
		s.Method, s.Fresh = job.Full, c.Goal == Pretrain
	}
	if s.Rates, err = k.rates(); err != nil {
		return nil, err
	}
	s.Optimizer = optimizer(c.Optimizer)
	k.memory(s, peers)
	k.work(s)
	if err := k.terms(s, peers); err != nil {
		return nil, err
	}
	if err := s.Check(); err != nil {
		return nil, fmt.Errorf("recipe: %w", err)
	}
	return &Meal{*s, k.estimate(s, peers), k.warn(s, peers)}, nil
}

// complete fills in what was not chosen.
func (c Choices) complete(b Base) (Choices, course, error) {
	c.Goal, c.Preset, c.Optimizer = or(c.Goal, Adapt), or(c.Preset, Balanced), or(c.Optimizer, job.AdamW)
	p, ok := courses[c.Preset]
	switch {
	case !ok || c.Goal > Pretrain:
		return c, p, fmt.Errorf("recipe: unknown preset %d or goal %d: use quick, balanced or thorough, and adapt, finetune or pretrain", c.Preset, c.Goal)
	case !(c.Epochs >= 0) || c.Epochs > 1000 || !(c.Rate >= 0) || c.Rate > 1 || !(c.Held < 1):
		return c, p, fmt.Errorf("recipe: %g epochs, learning rate %g, part held out %g: want at most 1000, at most 1 and below 1", c.Epochs, c.Rate, c.Held)
	case b.Config.Context < 1 || b.Config.Hidden < 1 || b.Config.Layers < 1:
		return c, p, fmt.Errorf("recipe: the base has no shape: read its config.json first")
	}
	rank := p.rank
	if parameters(b.Config) < 1e9 {
		rank = max(8, rank/2)
	}
	rate := rateFull
	if c.Goal == Adapt {
		rate = rateLoRA
	}
	c.Epochs, c.Rank, c.Batch, c.Rate = or(c.Epochs, p.epochs), or(c.Rank, rank), or(c.Batch, batch), or(c.Rate, rate)
	c.Length = min(or(c.Length, p.length), uint64(b.Config.Context))
	c.Level, c.Seed, c.Held = or(c.Level, p.level), or(c.Seed, seed), float64(float32(max(0, or(c.Held, held))))
	return c, p, nil
}

func or[T comparable](x, otherwise T) T {
	var zero T
	if x == zero {
		return otherwise
	}
	return x
}

// optimizer is what attribution needs: AdamW with eps inside the root, or SGD
// with momentum.
func optimizer(k job.OptimizerKind) job.Optimizer {
	if k == job.SGD {
		return job.Optimizer{Kind: job.SGD, Momentum: job.Bits(0.9)}
	}
	o := train.AdamW
	return job.Optimizer{Kind: job.AdamW, Beta1: job.Bits(o.Beta1), Beta2: job.Bits(o.Beta2), Eps: job.Bits(o.Eps), EpsRoot: job.Bits(o.EpsRoot)}
}

// A kitchen is one call of Cook.
type kitchen struct {
	base    Base
	data    Data
	choices Choices
	course  course

	samples   uint64 // after cutting
	positions uint64 // of all of them
	long      uint64 // records that were cut, or left out
}

// cut counts the samples that the records make, as package train cuts them.
func (k *kitchen) cut() error {
	length := k.choices.Length
	for _, n := range k.data.Lengths {
		at := uint64(n)
		if at < 2 {
			continue
		}
		at-- // the last token is learnt, not read
		switch {
		case at <= length:
			k.samples, k.positions = k.samples+1, k.positions+at
		case k.data.Plain:
			k.samples, k.positions = k.samples+(at+length-1)/length, k.positions+at
			k.long++
		default:
			k.long++
		}
	}
	if k.samples < 1 {
		return fmt.Errorf("recipe: the data has no record of 2 to %d tokens: choose a longer length or other data", length+1)
	}
	return nil
}

// learnt is how many samples are left to learn from.
func (k *kitchen) learnt() uint64 {
	out := uint64(k.choices.Held * float64(k.samples))
	if k.choices.Held > 0 && k.samples > 1 {
		out = max(1, min(out, k.samples-1))
	}
	return k.samples - out
}

func (k *kitchen) rates() ([]job.F32, error) {
	steps := math.Ceil(k.choices.Epochs * float64(k.learnt()) / float64(k.choices.Batch))
	if steps > job.MaxSteps {
		return nil, fmt.Errorf("recipe: %.0f steps, at most %d: choose fewer epochs or a larger batch", steps, job.MaxSteps)
	}
	list, err := train.Schedule{Kind: "cosine", Peak: k.choices.Rate, Warmup: warmup}.Rates(max(1, int(steps)))
	if err != nil {
		return nil, fmt.Errorf("recipe: %w", err)
	}
	out := make([]job.F32, len(list))
	for i, x := range list {
		out[i] = job.Bits(x)
	}
	return out, nil
}

// median returns the middle of some numbers, 0 of none.
func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	slices.Sort(x)
	return x[len(x)/2]
}
