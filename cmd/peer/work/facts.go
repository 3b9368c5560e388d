package work

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// Facts are what a referee needs of a job beside its spec, and what only model
// and data tell. The spec names their hash; every worker and auditor finds them
// anew and refuses a job whose facts are others.
type Facts struct {
	Config  []byte      // config.json of the model
	Types   []tape.Type // of the stored tensors, in the order of llama.Config.Shapes; of full training none
	Longest uint64      // positions of the longest sample
	Learnt  uint64      // samples that are not held out
	Data    merkle.Digest
	Initial merkle.Digest
	Frozen  merkle.Digest
	Steps   merkle.Digest // dispute.Steps: what each step consists of
}

// maxConfig is the size of the longest config.json, in bytes.
const maxConfig = 1 << 18

// AppendCanon appends [config, types, longest, learnt, data, initial, frozen,
// steps].
func (f *Facts) AppendCanon(b []byte) []byte {
	b = canon.AppendBytes(canon.AppendArray(b, 8), f.Config)
	types := make([]byte, len(f.Types))
	for i, t := range f.Types {
		types[i] = byte(t)
	}
	b = canon.AppendBytes(b, types)
	b = canon.AppendUint(canon.AppendUint(b, f.Longest), f.Learnt)
	for _, d := range []merkle.Digest{f.Data, f.Initial, f.Frozen, f.Steps} {
		b = canon.AppendBytes(b, d[:])
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (f *Facts) ReadCanon(r *canon.Reader) {
	r.Fields(8)
	f.Config, f.Types = r.Bytes(maxConfig), nil
	for _, t := range r.Bytes(1 << 16) {
		f.Types = append(f.Types, tape.Type(t))
	}
	f.Longest, f.Learnt = r.Uint(1<<20), r.Uint(1<<32-2)
	for _, d := range []*merkle.Digest{&f.Data, &f.Initial, &f.Frozen, &f.Steps} {
		r.Fixed(d[:])
	}
}

// Plan is what everybody who computes a job signs first, so that a contract can
// judge it.
func (f *Facts) Plan(s *job.Spec) dispute.Plan {
	return dispute.Plan{Steps: f.Steps, Start: trace.Initial(f.Initial), Client: s.Requester}
}

// Hash is what the spec names.
func (f *Facts) Hash() [32]byte { return sha256.Sum256(f.AppendCanon(nil)) }

// OptionsOf are the options that a spec decides.
func OptionsOf(s *job.Spec) train.Options {
	o := train.Options{Seed: s.OrderSeed, Batch: int(s.Batch), Micro: int(s.Micro), Clip: s.Clip.Float()}
	for _, r := range s.Rates {
		o.Rates = append(o.Rates, r.Float())
	}
	x := s.Optimizer
	if o.Optimizer = (train.Optimizer{Kind: "sgd", Momentum: x.Momentum.Float()}); x.Kind == job.AdamW {
		o.Optimizer = train.Optimizer{
			Kind: "adamw", Beta1: x.Beta1.Float(), Beta2: x.Beta2.Float(), Eps: x.Eps.Float(), EpsRoot: x.EpsRoot.Float(), Decay: x.Decay.Float(),
		}
	}
	return o
}

// AdapterOf is the configuration of the adapter that a spec trains.
func AdapterOf(s *job.Spec) lora.Config {
	return lora.Config{
		R: int(s.Adapter.Rank), LoraAlpha: float64(s.Adapter.Alpha.Float()), UseRslora: s.Adapter.RSLoRA, BaseModelNameOrPath: s.Model.String(),
		TaskType: "CAUSAL_LM", TargetModules: lora.Modules{Names: s.Adapter.Targets, Pattern: s.Adapter.Pattern},
	}
}

func loadConfig(s *job.Spec) llama.LoadConfig {
	return llama.LoadConfig{Train: s.Method == job.Full, Q8: s.Q8}
}

// A referee knows the job of a proof.
type referee struct {
	spec    *job.Spec
	facts   Facts
	outline *train.Trainer
}

// Rules are what proofs of training jobs are judged by.
func Rules(network record.Network, e *op.Engine) dispute.Rules {
	return dispute.Rules{Network: network, Job: readJob, Lease: job.ReadHandOver, Recompute: tape.NewCPU(e).Referee}
}

// readJob reads a spec and its facts, whoever sent them.
func readJob(spec, extra []byte) (dispute.Job, error) {
	s, err := job.ReadSpec(spec)
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(extra) != s.Facts {
		return nil, errors.New("the facts are those of another job")
	}
	r := &referee{spec: s}
	if err := canon.Decode(extra, &r.facts, canon.Limits{Total: maxConfig + 1<<17, Depth: 2}); err != nil {
		return nil, err
	}
	r.outline, err = r.facts.outline(s)
	return r, err
}

// outline knows the program of each step of a job, without its weights.
func (f *Facts) outline(s *job.Spec) (*train.Trainer, error) {
	c, err := llama.ParseConfig(f.Config, nil)
	if err != nil {
		return nil, err
	}
	stored := map[string]tape.Type{}
	for i, x := range c.Shapes() {
		if i < len(f.Types) {
			stored[x.Name] = f.Types[i]
		}
	}
	m, err := llama.Outline(c, func(name string) tape.Type { return stored[name] }, loadConfig(s))
	if err != nil {
		return nil, err
	}
	var l *llama.LoRA
	if s.Method == job.LoRA {
		if l, err = train.NewAdapter(m, AdapterOf(s), s.ParamSeed); err != nil {
			return nil, err
		}
	}
	if f.Longest < 1 || f.Longest > uint64(c.Context) || f.Learnt < 1 || f.Learnt > s.Samples {
		return nil, fmt.Errorf("facts of %d samples of up to %d positions", f.Learnt, f.Longest)
	}
	return train.Outline(m, l, int(f.Longest), OptionsOf(s))
}

// Initial, Data, Order and Program are those of dispute.Job.
func (r *referee) Initial() merkle.Digest { return r.facts.Initial }
func (r *referee) Data() merkle.Digest    { return r.facts.Data }

func (r *referee) Order(t uint64) ([]uint64, error) {
	if t < 1 || t > r.spec.Steps() {
		return nil, fmt.Errorf("step %d of %d", t, r.spec.Steps())
	}
	o, err := train.NewOrder(r.spec.OrderSeed, int(r.facts.Learnt), int(r.spec.Batch))
	if err != nil {
		return nil, err
	}
	var all []uint64
	for _, i := range o.Step(int(t - 1)) {
		all = append(all, uint64(i))
	}
	return all, nil
}

func (r *referee) Program(t uint64, samples []trace.Sample, contents [][]byte) (*trace.Program, error) {
	for _, s := range samples {
		if uint64(s.Positions) > r.facts.Longest {
			return nil, fmt.Errorf("a sample of %d positions, the longest has %d", s.Positions, r.facts.Longest)
		}
	}
	return r.outline.Program(t, r.facts.Frozen, samples, contents)
}
