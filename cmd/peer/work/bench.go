package work

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A ReasonError says for which of the reasons of package job something cannot
// be done.
type ReasonError struct {
	Reason job.Reason
	Err    error
}

func (e *ReasonError) Error() string { return e.Reason.String() + ": " + e.Err.Error() }
func (e *ReasonError) Unwrap() error { return e.Err }

// ReasonOf returns the reason in an error; NoBlock if there is none.
func ReasonOf(err error) job.Reason {
	var e *ReasonError
	if errors.As(err, &e) {
		return e.Reason
	}
	return job.NoBlock
}

// A Source finds what a spec names.
type Source interface {
	// Model returns a folder with the files of the spec's model, checked to be it.
	Model(ctx context.Context, s *job.Spec) (dir string, err error)
	// Data returns what gets the blocks of the spec's dataset; done MUST follow.
	Data(ctx context.Context, s *job.Spec) (get manifest.Get, done func(), err error)
}

// A Bench is one job, ready to run: the model, the samples and the state. It is
// not safe for concurrent use.
type Bench struct {
	Spec  *job.Spec
	Facts Facts

	network record.Network
	engine  *op.Engine
	cpu     *tape.CPU
	dir     string // of its files
	model   *llama.Model
	lora    *llama.LoRA
	samples []train.Sample // that are learnt
	trainer *train.Trainer
	tracer  *train.Tracer
	steps   []dispute.Outline // of the plan, once they were wanted
	from    []byte            // the state that rewinding starts from; nil: the initial one
}

// OpenBench loads a job whose facts are not known yet. dir is a folder for its
// files.
func OpenBench(ctx context.Context, s *job.Spec, network record.Network, e *op.Engine, src Source, dir string) (*Bench, error) {
	b, err := open(ctx, s, network, e, src, dir)
	if err != nil {
		return nil, err
	}
	steps, err := b.Outlines(ctx)
	b.Facts.Steps = dispute.Steps(steps)
	return b, err
}

func open(ctx context.Context, s *job.Spec, network record.Network, e *op.Engine, src Source, dir string) (b *Bench, err error) {
	b = &Bench{Spec: s, network: network, engine: e, cpu: tape.NewCPU(e), dir: dir}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	at, err := src.Model(ctx, s)
	if err != nil {
		return nil, err
	}
	bad := func(err error) error {
		if r := (*ReasonError)(nil); errors.As(err, &r) {
			return err
		}
		return &ReasonError{job.BadModel, err}
	}
	if err := b.load(at); err != nil {
		return nil, bad(err)
	}
	get, done, err := src.Data(ctx, s)
	if err != nil {
		return nil, err
	}
	defer done()
	tokens, err := tokenizer.Load(at)
	if err != nil {
		return nil, bad(err)
	}
	if n := tokens.VocabSize(); n > b.model.Config.Vocab {
		return nil, bad(fmt.Errorf("its tokenizer has %d tokens, its model %d", n, b.model.Config.Vocab))
	}
	all, err := Samples(ctx, s, network, tokens, get)
	if err != nil {
		return nil, err
	}
	learn, _ := train.Split(s.OrderSeed, len(all), float64(s.Held.Float()))
	for _, i := range learn {
		b.samples = append(b.samples, all[i])
	}
	if b.trainer, err = train.New(b.model, b.lora, b.cpu, b.samples, OptionsOf(s)); err != nil {
		return nil, bad(err)
	}
	b.tracer = train.NewTracer(b.cpu, b.trainer, b.rewind)
	if err := b.trainer.Save(b.file("initial"), s.Model.String()); err != nil {
		return nil, err
	}
	return b, b.find()
}

// Open loads a job and checks that its facts are those that its spec names. Who
// found the facts itself has known: then the plan of all steps is not made again.
func Open(ctx context.Context, s *job.Spec, network record.Network, e *op.Engine, src Source, dir string, known *Facts) (b *Bench, err error) {
	if known == nil {
		b, err = OpenBench(ctx, s, network, e, src, dir)
	} else if b, err = open(ctx, s, network, e, src, dir); err == nil {
		b.Facts.Steps = known.Steps
	}
	if err == nil && b.Facts.Hash() != s.Facts {
		err = &ReasonError{job.BadModel, errors.New("model and data lead to other facts or another plan than the job names")}
	}
	return b, err
}

// Plan is what whoever runs the job signs first.
func (b *Bench) Plan() dispute.Plan { return b.Facts.Plan(b.Spec) }

func (b *Bench) file(name string) string { return filepath.Join(b.dir, name+".safetensors") }

// load reads the model, or draws it, and begins the adapter.
func (b *Bench) load(dir string) (err error) {
	s := b.Spec
	if b.Facts.Config, err = os.ReadFile(filepath.Join(dir, "config.json")); err != nil {
		return err
	}
	if len(b.Facts.Config) > maxConfig {
		return fmt.Errorf("a config.json of %d bytes, at most %d", len(b.Facts.Config), maxConfig)
	}
	c, err := llama.ParseConfig(b.Facts.Config, nil)
	if err != nil {
		return err
	}
	if err := fits(c, dir, s); err != nil {
		return err
	}
	if s.Fresh {
		if b.model, err = llama.New(c, b.cpu); err == nil {
			err = b.model.Init(b.engine, s.ParamSeed)
		}
	} else {
		b.model, err = llama.Load(dir, b.cpu, loadConfig(s))
	}
	if err != nil || s.Method == job.Full {
		return err
	}
	if b.Facts.Types, err = storedTypes(dir, c); err != nil {
		return err
	}
	b.lora, err = train.NewAdapter(b.model, AdapterOf(s), s.ParamSeed)
	return err
}

// fits refuses a job that would take far more memory than its spec says, which is
// what its worker agreed to.
func fits(c llama.Config, dir string, s *job.Spec) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.safetensors"))
	if err != nil {
		return err
	}
	stored := uint64(0)
	for _, name := range files {
		f, err := os.Stat(name)
		if err != nil {
			return err
		}
		stored += uint64(f.Size())
	}
	if need := recipe.Memory(c, stored, s); need > s.Needs.Memory+s.Needs.Memory/2+64<<20 {
		return &ReasonError{job.NoMemory, fmt.Errorf("it takes about %d MB, the job says %d MB", need>>20, s.Needs.Memory>>20)}
	}
	return nil
}

func storedTypes(dir string, c llama.Config) (types []tape.Type, err error) {
	set, err := safetensors.Open(dir)
	if err != nil {
		return nil, err
	}
	known := map[safetensors.DType]tape.Type{safetensors.F32: tape.F32, safetensors.BF16: tape.BF16, safetensors.F16: tape.F16}
	for _, x := range c.Shapes() {
		t, _ := set.Tensor(x.Name) // Load has found them all
		types = append(types, known[t.DType])
	}
	return types, set.Close()
}

// Samples cuts the records of a spec's dataset as its tokenizer reads them:
// [BOS] text [EOS], in windows. A spec that asks for more than records of plain
// text is none that this version can do.
func Samples(ctx context.Context, s *job.Spec, network record.Network, t *tokenizer.Tokenizer, get manifest.Get) (all []train.Sample, err error) {
	if s.Completions {
		return nil, &ReasonError{job.WrongLevel, errors.New("the records of a Datanet are plain text")}
	}
	err = Records(ctx, s.Manifest, network, t, get, func(ids []int32) error {
		all = append(all, train.Windows(slices.Clone(ids), int(s.Length))...)
		if s.Samples > 0 && uint64(len(all)) > s.Samples {
			return &ReasonError{job.BadModel, fmt.Errorf("the dataset has more than the %d samples that the job names", s.Samples)}
		}
		return nil
	})
	if err == nil && s.Samples > 0 && uint64(len(all)) != s.Samples {
		err = &ReasonError{job.BadModel, fmt.Errorf("the dataset has %d samples, the job names %d", len(all), s.Samples)}
	}
	return all, err
}

// find fills in the facts.
func (b *Bench) find() (err error) {
	f := &b.Facts
	samples, _ := train.Samples(b.samples)
	f.Data, f.Learnt = trace.Samples(samples), uint64(len(b.samples))
	for _, s := range b.samples {
		f.Longest = max(f.Longest, uint64(len(s.IDs)))
	}
	if f.Initial, err = b.trainer.Digest(); err == nil {
		f.Frozen, err = b.tracer.Frozen()
	}
	return err
}

// Begin puts the job where a stored state left it; nil is before the first step.
func (b *Bench) Begin(state []byte) error {
	b.from = state
	path := b.file("initial")
	if state != nil {
		path = b.file("begin")
		if err := os.WriteFile(path, state, 0o600); err != nil {
			return err
		}
	}
	return b.trainer.Restore(path, b.Spec.Model.String())
}

// Digest names the state.
func (b *Bench) Digest() (merkle.Digest, error) { return b.trainer.Digest() }

// Done returns how many steps are done.
func (b *Bench) Done() uint64 { done, _ := b.trainer.Steps(); return uint64(done) }

// Step does the next step and returns what is committed of it.
func (b *Bench) Step() (trace.Step, train.Result, error) { return b.trainer.Committed() }

// State returns the state in the form that Begin takes.
func (b *Bench) State() ([]byte, error) {
	path := b.file("state")
	if err := b.trainer.Save(path, b.Spec.Model.String()); err != nil {
		return nil, err
	}
	state, err := os.ReadFile(path)
	return state, errors.Join(err, os.Remove(path))
}

// Run is what does steps again for a dispute, from the state of the last Begin.
func (b *Bench) Run() dispute.Run { return b.tracer }

// Program returns the inside of a step.
func (b *Bench) Program(t uint64) (*trace.Program, error) { return b.tracer.Program(t) }

// Recompute computes one tile.
func (b *Bench) Recompute() dispute.Recompute { return b.cpu.Referee }

// rewind always begins anew: a step that was looked into has changed the state
// and is not counted.
func (b *Bench) rewind(n uint64) error {
	if err := b.Begin(b.from); err != nil {
		return err
	}
	for b.Done() < n {
		if _, err := b.trainer.Step(); err != nil {
			return err
		}
	}
	if b.Done() != n {
		return fmt.Errorf("the state at hand is after step %d already", b.Done())
	}
	return nil
}

// Batch returns the samples of a step as a dispute wants them.
func (b *Bench) Batch(t uint64) (d dispute.Samples, err error) {
	if d, err = b.batch(t); err != nil {
		return d, err
	}
	samples, _ := train.Samples(b.samples)
	leaves := make([]merkle.Digest, len(samples))
	for i := range samples {
		leaves[i] = samples[i].Leaf()
	}
	at := d.Proof.Indices
	slices.Sort(at)
	d.Proof, err = merkle.NewTree(merkle.SHA256, leaves).ProveMany(slices.Compact(at))
	return d, err
}

// batch returns the samples of a step, in order, and their numbers.
func (b *Bench) batch(t uint64) (d dispute.Samples, err error) {
	o, err := train.NewOrder(b.Spec.OrderSeed, len(b.samples), int(b.Spec.Batch))
	if err != nil {
		return d, err
	}
	var all []train.Sample
	for _, i := range o.Step(int(t - 1)) {
		all = append(all, b.samples[i])
		d.Proof.Indices = append(d.Proof.Indices, uint64(i))
	}
	d.Samples, d.Contents = train.Samples(all)
	return d, nil
}

// Write writes what the job trained, from the state of the last Begin, into a
// folder: an adapter in the form of PEFT, or a model.
func (b *Bench) Write(ctx context.Context, dir string, src Source) (name string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if b.Spec.Method == job.LoRA {
		files, err := train.WriteAdapter(dir, b.model, AdapterOf(b.Spec), b.lora)
		if err != nil {
			return "", err
		}
		c, err := files.CID()
		return c.String(), err
	}
	from, err := src.Model(ctx, b.Spec)
	if err == nil {
		err = errors.Join(train.CopyCompanions(dir, from), train.WriteModel(dir, b.trainer.Params()))
	}
	if err != nil {
		return "", err
	}
	id, err := llama.Identify(dir)
	if err != nil {
		return "", err
	}
	c, err := id.CID()
	return c.String(), err
}

// Close removes the bench's files.
func (b *Bench) Close() error { return os.RemoveAll(b.dir) }
