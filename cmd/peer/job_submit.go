package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/spf13/pflag"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/network/capacity"
)

// An order is what the flags of a job say.
type order struct {
	Base, Datanet, Preset, Goal, Level, Optimizer string
	Epochs, Rate, Held, Price                     float64
	Length, Batch, Rank, Seed                     uint64
	Window, Heartbeat                             time.Duration
	Q8, Estimate                                  bool
}

func (o *order) flags(f *pflag.FlagSet) {
	f.StringVar(&o.Base, "base", "", "model to train: a `folder`, or a model of the home; with --goal pretrain one whose shape and tokenizer to take")
	f.StringVar(&o.Datanet, "datanet", "", "Datanet to learn from, by its `name`")
	f.StringVar(&o.Preset, "preset", "balanced", "quick, balanced or thorough; or a new model instead of --base: tiny (1M) or small (15M)")
	f.StringVar(&o.Goal, "goal", "", "adapt (a LoRA; default), finetune (all parameters) or pretrain (a new model)")
	f.StringVar(&o.Level, "level", "", "how it is verified, A to D (default: the preset's)")
	f.StringVar(&o.Optimizer, "optimizer", "adamw", "adamw or sgd")
	f.Float64Var(&o.Epochs, "epochs", 0, "times through the data (default: the preset's)")
	f.Float64Var(&o.Rate, "lr", 0, "highest learning rate (default 2e-4 adapt, 3e-4 finetune)")
	f.Float64Var(&o.Held, "valid", 0.05, "part of the samples held out")
	f.Float64Var(&o.Price, "price", 0, "OPEN for a million tokens (default: what peers ask, else 0.001)")
	f.Uint64Var(&o.Length, "length", 0, "tokens of the longest sample (default: the preset's)")
	f.Uint64Var(&o.Batch, "batch", 0, "samples a step (default 16)")
	f.Uint64Var(&o.Rank, "rank", 0, "of the LoRA (default: the preset's)")
	f.Uint64Var(&o.Seed, "seed", 0, "of the adapter and the data order (default 42)")
	f.DurationVar(&o.Window, "window", 0, "how long anybody may challenge the result (default: the preset's)")
	f.DurationVar(&o.Heartbeat, "heartbeat", 0, "a worker that is not heard of for twice as long is replaced (default 10s)")
	f.BoolVar(&o.Q8, "q8", false, "keep the frozen base in int8")
	f.BoolVar(&o.Estimate, "estimate", false, "say what it would take, and submit nothing")
}

// defaultPrice is offered where no peer names one, in millionths of an OPEN.
const defaultPrice = 1000

// choices reads the flags.
func (o *order) choices() (c recipe.Choices, err error) {
	pick := func(flag, text string, names ...string) uint64 {
		n := slices.Index(names, text)
		if n < 0 && err == nil {
			err = problemf(exitUsage, "want "+strings.Join(names[1:], ", "), "--%s is %q", flag, text)
		}
		return uint64(max(n, 0))
	}
	preset := o.Preset
	if _, fresh := presets[preset]; fresh {
		preset = "balanced"
	}
	c = recipe.Choices{
		Preset: recipe.Preset(pick("preset", preset, "?", "quick", "balanced", "thorough", "tiny", "small")),
		Goal:   recipe.Goal(pick("goal", o.Goal, "", "adapt", "finetune", "pretrain")),
		Level:  job.Level(pick("level", o.Level, "", "A", "B", "C", "D")), Optimizer: job.OptimizerKind(pick("optimizer", o.Optimizer, "?", "adamw", "sgd")),
		Epochs: o.Epochs, Rate: o.Rate, Held: o.Held, Length: o.Length, Batch: o.Batch, Rank: o.Rank, Seed: o.Seed, Q8: o.Q8,
	}
	if c.Held == 0 {
		c.Held = -1 // none: 0 is the default
	}
	if !(o.Price >= 0) || o.Price > 1e9 {
		return c, problemf(exitUsage, "give OPEN for a million tokens", "--price is %g", o.Price)
	}
	c.Price = job.Amount(o.Price * 1e6)
	fresh := preset != o.Preset
	if fresh {
		c.Goal = recipe.Pretrain
	}
	switch {
	case err != nil:
	case fresh && (o.Base != "" || o.Goal != "" && o.Goal != "pretrain"):
		err = problemf(exitUsage, "give --base, or --preset tiny or small", "what to train is said twice")
	case !fresh && o.Base == "":
		err = problemf(exitUsage, `give --base: "peer model list" shows models`, "what to train is not said")
	case o.Datanet == "":
		err = problemf(exitUsage, `give --datanet: "peer datanet list" shows them`, "what to learn from is not said")
	case o.Window < 0 || o.Window > 24*time.Hour:
		err = problemf(exitUsage, "give up to 24h", "--window is %s", o.Window)
	case o.Heartbeat < 0 || o.Heartbeat > time.Hour || o.Heartbeat > 0 && o.Heartbeat < 100*time.Millisecond:
		err = problemf(exitUsage, "give 100ms to 1h", "--heartbeat is %s", o.Heartbeat)
	}
	return c, err
}

// errNoJobs says that jobs need the running peer.
func errNoJobs() error {
	return problemf(exitFailed, `start it with "peer run"`, "no peer is running that could see to jobs")
}

var jobSubmit = task[order, submitReport]{"job/submit", func(ctx context.Context, r *repo, f *feed, o order) (out submitReport, err error) {
	j := r.jobs
	if j == nil {
		return out, errNoJobs()
	}
	c, err := o.choices()
	if err != nil {
		return out, err
	}
	f.progress("reading the model", 0, 1)
	base, dir, err := r.baseFor(ctx, &o, c.Goal)
	if err != nil {
		return out, err
	}
	f.progress("counting the data", 0, 1)
	data, err := r.countData(ctx, o.Datanet, dir)
	if err != nil {
		return out, err
	}
	peers := j.peers()
	c.Requester, c.Number = r.account, uint64(work.Now())
	if c.Price == 0 && !slices.ContainsFunc(peers, func(p recipe.Peer) bool { return p.PriceTrain > 0 }) {
		c.Price = defaultPrice
	}
	meal, err := recipe.Cook(base, data, c, peers)
	if err != nil {
		return out, problemf(exitUsage, "", "%w", err)
	}
	if o.Window > 0 {
		meal.Spec.Terms.Window = job.Millis(o.Window.Milliseconds())
	}
	if o.Heartbeat > 0 {
		meal.Spec.Terms.Heartbeat = job.Millis(o.Heartbeat.Milliseconds())
	}
	out = submitReport{Estimate: estimateOf(meal.Estimate), Level: meal.Spec.Level.String()}
	for _, w := range meal.Warnings {
		out.Warnings = append(out.Warnings, w.Text)
	}
	if o.Estimate {
		return out, nil
	}
	f.progress("preparing the job", 0, 1)
	id, err := j.submit(ctx, &meal.Spec, dir)
	out.ID, out.Steps = fullID(id), meal.Spec.Steps()
	return out, err
}}

// submit fills in the facts of a job and begins it.
func (j *jobs) submit(ctx context.Context, s *job.Spec, dir string) (job.ID, error) {
	if err := j.source.serve(ctx, job.ID{}, s, dir); err != nil {
		return job.ID{}, err
	}
	at := j.repo.home.path(filepath.Join("jobs", "prepare-"+rand.Text()))
	b, err := work.OpenBench(ctx, s, j.repo.network(), j.engine, j.source, at)
	if err != nil {
		return job.ID{}, errors.Join(problemf(exitFailed, "give another model or Datanet", "%w", err), os.RemoveAll(at))
	}
	defer b.Close()
	s.Facts = b.Facts.Hash()
	return j.requester.Submit(ctx, s, b.Facts.AppendCanon(nil))
}

// baseOf says what a model folder is.
func baseOf(dir string) (b recipe.Base, err error) {
	id, err := llama.Identify(dir)
	if err != nil {
		return b, err
	}
	if !id.Tokenizer.Defined() {
		return b, errors.New("it has no tokenizer.json")
	}
	b = recipe.Base{Tokenizer: id.Tokenizer, Template: id.Template, Bytes: uint64(id.Bytes)}
	if b.Model, err = id.CID(); err == nil {
		b.Config, err = llama.ReadConfig(dir)
	}
	return b, err
}

// countData counts the records of a Datanet in the tokens of a model.
func (r *repo) countData(ctx context.Context, name, dir string) (d recipe.Data, err error) {
	t, err := tokenizer.Load(dir)
	if err != nil {
		return d, err
	}
	err = r.withData(ctx, name, func(head cid.Cid, get manifest.Get) error {
		d = recipe.Data{Manifest: head, Plain: true}
		return work.Records(ctx, head, r.network(), t, get, func(ids []int32) error {
			d.Lengths = append(d.Lengths, uint32(len(ids)))
			return nil
		})
	})
	return d, err
}

// withData lets use read the blocks of a Datanet.
func (r *repo) withData(ctx context.Context, name string, use func(head cid.Cid, get manifest.Get) error) error {
	e, err := r.resolve(ctx, name)
	if err != nil {
		return err
	}
	get, done, err := r.reader(ctx, "data of a job", e.ID)
	if err != nil {
		return err
	}
	defer done()
	if err := use(e.Head, get); err != nil {
		return problemf(exitFailed, `"peer datanet pin" fetches what is missing`, "%w", err)
	}
	return nil
}

// peers are the workers that adverts speak of.
func (j *jobs) peers() (all []recipe.Peer) {
	if j.capacity == nil {
		return nil
	}
	for _, id := range j.capacity.Peers() {
		if a, _, ok := j.capacity.Known(id); ok && a.Slots > 0 && slices.Contains(a.Arithmetic, op.Version) {
			all = append(all, peerOf(&a))
		}
	}
	return all
}

func peerOf(a *capacity.Advert) recipe.Peer {
	return recipe.Peer{Memory: a.Memory, Compute: a.Speed.Compute, PriceTrain: job.Amount(min(a.PriceTrain, uint64(job.MaxAmount)))}
}

func fullID(id job.ID) string { return fmt.Sprintf("%x", id[:]) }

type estimateReport struct {
	Steps        uint64     `json:"steps"`
	Samples      uint64     `json:"samples"`
	Tokens       uint64     `json:"tokens"`
	Parameters   uint64     `json:"trained_parameters"`
	Memory       uint64     `json:"memory_bytes"`
	Peers        int        `json:"peers"`
	Fit          int        `json:"peers_that_fit"`
	Seconds      float64    `json:"seconds,omitempty"`
	Work         job.Amount `json:"work"`
	Verification job.Amount `json:"verification"`
	Contributors job.Amount `json:"contributors"`
	AtMost       job.Amount `json:"at_most"`
}

func estimateOf(e recipe.Estimate) estimateReport {
	return estimateReport{e.Steps, e.Samples, e.Positions, e.Parameters, e.Memory, e.Peers, e.Fit, e.Usual.Seconds(), e.Work, e.Verification, e.Contributors, e.AtMost}
}

type submitReport struct {
	ID       string         `json:"id,omitempty"`
	Steps    uint64         `json:"-"`
	Level    string         `json:"level"`
	Estimate estimateReport `json:"estimate"`
	Warnings []string       `json:"warnings,omitempty"`
}

func (r submitReport) text(out io.Writer) {
	w := table(out)
	e := r.Estimate
	if r.ID != "" {
		fmt.Fprintf(w, "job\t%s\n", r.ID)
	}
	fmt.Fprintf(w, "steps\t%d, %s tokens of %d samples\nlevel\t%s\nmemory\t%d MB\n", e.Steps, countText(int(e.Tokens)), e.Samples, r.Level, e.Memory/1e6)
	fmt.Fprintf(w, "peers\t%d, of which %d fit\n", e.Peers, e.Fit)
	if e.Seconds > 0 {
		fmt.Fprintf(w, "time\tabout %s\n", time.Duration(e.Seconds*float64(time.Second)).Round(time.Second))
	}
	fmt.Fprintf(w, "cost\t%s work, %s verification, %s contributors; at most %s\n", e.Work, e.Verification, e.Contributors, e.AtMost)
	for _, x := range r.Warnings {
		fmt.Fprintf(w, "warning\t%s\n", x)
	}
	w.Flush()
}

// specCID is the CID of a spec's block, for people.
func specCID(id job.ID) cid.Cid {
	return cid.NewCidV1(cid.DagCBOR, append([]byte{0x12, 0x20}, id[:]...))
}
