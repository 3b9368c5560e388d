package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/train"
)

// A workbench is what a training on this machine holds.
type workbench struct {
	*training
	a       *app
	engine  *op.Engine
	backend *tape.CPU
	model   *llama.Model
	tokens  *tokenizer.Tokenizer
	adapter lora.Config
	lora    *llama.LoRA
	base    string // CID of the model that training begins from; "": a preset
	dir     string // where that model lies
	from    []train.Origin
}

// train does what the flags say, from the data to the written result.
func (a *app) train(ctx context.Context, t *training) (trainReport, error) {
	if err := t.check(); err != nil {
		return trainReport{}, err
	}
	if _, err := os.Stat(filepath.Join(t.out, resultFile)); err == nil {
		return trainReport{}, problemf(exitUsage, "choose another --out", "%s holds a finished training", t.out)
	}
	if err := os.MkdirAll(t.out, 0o755); err != nil {
		return trainReport{}, problemf(exitFailed, "choose another --out", "%w", err)
	}
	e, err := a.openEngine(t.threads, "")
	if err != nil {
		return trainReport{}, err
	}
	defer e.Close()
	w := &workbench{training: t, a: a, engine: e, backend: tape.NewCPU(e)}
	if err := w.prepare(ctx); err != nil {
		return trainReport{}, err
	}
	samples, err := w.samples()
	if err != nil {
		return trainReport{}, err
	}
	return w.run(ctx, samples)
}

// Files of a training's folder beside the result itself.
const (
	resultFile     = "train.json"
	eventsFile     = "events.jsonl"
	curveFile      = "loss.svg"
	checkpointFile = "checkpoint.safetensors"
)

// prepare brings model, tokenizer and adapter into memory.
func (w *workbench) prepare(ctx context.Context) error {
	var err error
	if w.preset != "" {
		err = w.fromScratch(ctx)
	} else {
		err = w.load()
	}
	if err != nil || w.method != "lora" {
		return err
	}
	w.adapter = lora.Config{R: w.rank, LoraAlpha: w.alpha, UseRslora: w.rslora, BaseModelNameOrPath: w.modelName(), TaskType: "CAUSAL_LM", TargetModules: targetsOf(w.targets)}
	w.lora, err = train.NewAdapter(w.model, w.adapter, w.seed)
	return err
}

// targetsOf reads a list of names, or a pattern if it is none.
func targetsOf(text string) lora.Modules {
	if text == lora.AllLinear || strings.ContainsAny(text, `\()[]*+?|^$`) {
		return lora.Modules{Pattern: text}
	}
	return lora.Modules{Names: strings.Split(text, ",")}
}

func (w *workbench) modelName() string {
	if w.preset != "" {
		return w.preset
	}
	return w.training.model
}

// load reads a model that exists.
func (w *workbench) load() error {
	h, err := w.a.homeDir()
	if err != nil {
		return err
	}
	m, err := h.models().find(w.training.model)
	if err != nil {
		return err
	}
	id, err := llama.Identify(m.Dir)
	if err != nil {
		return err
	}
	c, err := id.CID()
	if err != nil {
		return err
	}
	w.base, w.dir = c.String(), m.Dir
	if w.tokens, err = tokenizer.Load(m.Dir); err != nil {
		return err
	}
	w.model, err = llama.Load(m.Dir, w.backend, llama.LoadConfig{Train: w.method == "full", Q8: w.q8 && w.method == "lora"})
	if err != nil {
		return err
	}
	if n := w.tokens.VocabSize(); n > w.model.Config.Vocab {
		return problemf(exitFailed, "the folder mixes two models", "%s: its tokenizer has %d tokens, its model %d", m.Dir, n, w.model.Config.Vocab)
	}
	if w.method == "full" {
		return train.CopyCompanions(w.out, m.Dir)
	}
	return nil
}

// samples reads the data and cuts it as the model expects it.
func (w *workbench) samples() ([]train.Sample, error) {
	path, done, err := w.source()
	if err != nil {
		return nil, err
	}
	defer done()
	var all []train.Sample
	all, w.from, err = w.reader(w.model.Config.Context).ReadOwned(path)
	return all, err
}

// reader turns data into samples of a model with this context.
func (w *workbench) reader(context int) train.Text {
	text := train.Text{
		Encode: func(text string, special bool) []int32 {
			flags := tokenizer.PlainText
			if special {
				flags = 0
			}
			return w.tokens.AppendEncode(nil, text, flags)
		},
		Render: w.template(), BOS: -1, EOS: -1, Length: min(w.length, context),
	}
	if id, ok := w.tokens.BOS(); ok {
		text.BOS = id
	}
	if ids := w.tokens.EOS(); len(ids) > 0 {
		text.EOS = ids[0]
	}
	return text
}

// source is where the data lies: the given path, or a file that holds --text.
func (w *workbench) source() (path string, done func(), err error) {
	if w.text == "" {
		return w.data, func() {}, nil
	}
	f, err := os.CreateTemp("", "peer-text-*.txt")
	if err != nil {
		return "", nil, err
	}
	_, err = f.WriteString(w.text)
	return f.Name(), func() { os.Remove(f.Name()) }, errors.Join(err, f.Close())
}

// options turns the flags into what decides the run.
func (w *workbench) options(samples int) (train.Options, error) {
	steps := w.steps
	if steps == 0 {
		steps = max(1, int(math.Ceil(w.epochs*float64(samples)/float64(max(1, w.batch)))))
	}
	rate := w.rate
	if rate == 0 {
		rate = map[string]float64{"full": 3e-4, "lora": 2e-4}[w.method]
	}
	rates, err := train.Schedule{Kind: w.schedule, Peak: rate, Warmup: w.warmup, Final: w.final}.Rates(steps)
	if err != nil {
		return train.Options{}, &problem{exitUsage, err, ""}
	}
	o := train.Options{Seed: w.seed, Batch: w.batch, Micro: w.micro, Rates: rates, Clip: float32(w.clip)}
	if w.optimizer == "sgd" {
		o.Optimizer = train.Optimizer{Kind: "sgd", Momentum: float32(w.momentum)}
	} else {
		o.Optimizer = train.Optimizer{Kind: "adamw", Beta1: float32(w.beta1), Beta2: float32(w.beta2),
			Eps: float32(w.eps), EpsRoot: float32(w.epsRoot), Decay: float32(w.decay)}
	}
	return o, nil
}

// run trains and writes the result.
func (w *workbench) run(ctx context.Context, all []train.Sample) (trainReport, error) {
	r := trainReport{Out: w.out, Method: w.method, Curve: filepath.Join(w.out, curveFile)}
	learn, held := split(all, w.seed, w.validate)
	if w.held != "" {
		var err error
		if held, err = w.reader(w.model.Config.Context).Read(w.held); err != nil {
			return r, err
		}
	}
	r.Samples = len(learn)
	o, err := w.options(len(learn))
	if err != nil {
		return r, err
	}
	rec := &divisorLog{}
	if w.record != "" {
		if rec, err = newDivisorLog(w.record); err != nil {
			return r, err
		}
		o.Record = rec.record
	}
	t, err := train.New(w.model, w.lora, w.backend, learn, o)
	if err != nil {
		return r, err
	}
	rec.params = len(t.Params())
	for _, p := range t.Params() {
		r.Parameters += p.Rows * p.Cols
	}
	watch, err := w.a.watch(filepath.Join(w.out, eventsFile), len(o.Rates))
	if err != nil {
		return r, err
	}
	events := watch.event
	if w.training.watch != nil {
		events = func(e train.Event) { watch.event(e); w.training.watch(e, w.snapshot) }
	}
	outcome, err := t.Run(ctx, train.Plan{
		Checkpoint: filepath.Join(w.out, checkpointFile), Run: w.name(o, all), Every: w.every,
		Validation: held, ValidateEvery: w.validateEvery, Patience: w.patience, Digests: w.digests, Events: events,
	})
	r.Steps, r.Loss, r.Valid, r.Stopped = outcome.Steps, outcome.Loss, outcome.Valid, outcome.Stopped
	if err := errors.Join(err, watch.close()); err != nil {
		return r, err
	}
	d, err := t.Digest()
	if err != nil {
		return r, err
	}
	r.Digest = d.String()
	if err := w.write(t, &r, watch.events); err != nil || !w.attribution {
		return r, err
	}
	return r, w.index(ctx, &r, learn)
}

// index makes the index of the adapter that was just written.
func (w *workbench) index(ctx context.Context, r *trainReport, learn []train.Sample) error {
	h, err := w.a.homeDir()
	if err != nil {
		return err
	}
	l := &learnt{engine: w.engine, model: w.model, lora: w.lora, samples: learn}
	order, _ := train.Split(w.seed, len(w.from), w.validate)
	for _, i := range order {
		l.from = append(l.from, w.from[i])
	}
	if l.files, err = lora.Open(w.out); err != nil {
		return err
	}
	load := llama.LoadConfig{Q8: w.q8}
	id, err := llama.IdentifyAs(w.dir, load.Form())
	if err != nil {
		return err
	}
	if l.base, err = id.CID(); err != nil {
		return err
	}
	bar, shown := w.a.bar(int64(len(learn)), ""), 0
	defer bar.finish()
	bar.say("index")
	if err := h.indexes().build(ctx, l, func(done int) { bar.add(int64(done - shown)); shown = done }); err != nil {
		return fmt.Errorf("attribution index: %w", err)
	}
	r.Indexed = len(learn)
	return nil
}

// snapshot writes the adapter as it is now.
func (w *workbench) snapshot(dir string) error {
	_, err := train.WriteAdapter(dir, w.model, w.adapter, w.lora)
	return err
}

// split holds out samples for validation.
func split(all []train.Sample, seed uint64, part float64) (learn, held []train.Sample) {
	l, v := train.Split(seed, len(all), part)
	for _, i := range l {
		learn = append(learn, all[i])
	}
	for _, i := range v {
		held = append(held, all[i])
	}
	return learn, held
}

// name is a hash of all that decides the bits of a run: a checkpoint of another
// one is not gone on from.
func (w *workbench) name(o train.Options, samples []train.Sample) string {
	h := sha256.New()
	o.Record = nil
	enc := json.NewEncoder(h)
	for _, v := range []any{train.Arithmetic, w.base, w.preset, w.model.Config, w.method, w.q8, w.adapter, w.validate, o.Seed, o.Batch, o.Micro, o.Rates, o.Clip, o.Optimizer, samples} {
		if err := enc.Encode(v); err != nil {
			panic("peer: internal error: " + err.Error()) // plain data
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// write stores the result in the form that other tools read, then what is known
// about it; the checkpoint goes.
func (w *workbench) write(t *train.Trainer, r *trainReport, events []train.Event) error {
	if w.method == "lora" {
		files, err := train.WriteAdapter(w.out, w.model, w.adapter, w.lora)
		if err != nil {
			return err
		}
		c, err := files.CID()
		if err != nil {
			return err
		}
		r.CID = c.String()
	} else {
		if err := train.WriteModel(w.out, t.Params()); err != nil {
			return err
		}
		id, err := llama.Identify(w.out)
		if err != nil {
			return err
		}
		c, err := id.CID()
		if err != nil {
			return err
		}
		r.CID = c.String()
	}
	if err := drawCurve(r.Curve, events); err != nil {
		return fmt.Errorf("loss curve: %w", err)
	}
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(w.out, resultFile), append(b, '\n')); err != nil {
		return err
	}
	return os.Remove(filepath.Join(w.out, checkpointFile))
}
