package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/compute/train"
)

func trainCmd(a *app) *cobra.Command {
	return trainHere(a, group("train", "", "", "", trainLocalCmd(a)))
}

// A training is what the flags of train local say.
type training struct {
	model, preset, tokenizer         string
	data, text, out                  string
	method, targets                  string
	rank, vocab                      int
	alpha                            float64
	rslora, q8                       bool
	steps, batch, micro, length      int
	epochs                           float64
	rate, warmup, final, clip, decay float64
	momentum, beta1, beta2, eps      float64
	epsRoot, validate                float64
	schedule, optimizer              string
	seed                             uint64
	threads, every, validateEvery    int
	patience                         int
	record                           string
	digests, attribution             bool

	held  string                                               // a file that is held out, instead of a part of the data
	watch func(e train.Event, snapshot func(dir string) error) // told of every step; nil: nobody is
}

func trainLocalCmd(a *app) *cobra.Command {
	t := &training{}
	c := &cobra.Command{
		Use: "local", Short: "Train on this machine", Args: takes(0, 0),
		Long: `Train on this machine. The result is a standard folder: a Hugging Face model
(--method full), or a PEFT adapter (--method lora), with the loss curve beside it.

Data is a file or a folder. JSONL has one object a line: {"text"}, {"prompt",
"completion"}, {"instruction", "input", "output"} or {"messages"}; of all but the
first only the answer is learnt. Other files are plain text.

The bits of the result follow from the flags, the model and the data alone, not
from the machine. A run that is stopped (Ctrl-C) or dies goes on from its last
checkpoint when the same command is given again, to the same bits.`,
		Example: `  peer train local --preset tiny --text "to be or not to be" --steps 5 --out tiny
  peer train local --model tiny --text "that is the question" --method lora --steps 5 --out adapter`,
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			r, err := a.train(ctx, t)
			if errors.Is(err, context.Canceled) {
				return problemf(exitInterrupted, "the same command goes on from there", "stopped after step %d", r.Steps)
			}
			if err != nil {
				return err
			}
			return a.show(r)
		},
	}
	t.flags(c)
	return c
}

func (t *training) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&t.model, "model", "", "model to train: a `folder`, or a model of the home")
	f.StringVar(&t.preset, "preset", "", "instead of --model, a new one: tiny (1M) or small (15M)")
	f.StringVar(&t.tokenizer, "tokenizer", "", "with --preset: `file` tokenizer.json (default: one made of the data)")
	f.IntVar(&t.vocab, "vocab", 0, "with --preset: tokens of the tokenizer made of the data (default 2048, small 8192)")
	f.StringVar(&t.data, "data", "", "`file` or folder to learn from")
	f.StringVar(&t.text, "text", "", "text to learn from, instead of --data")
	f.StringVar(&t.out, "out", "", "`folder` for the result")
	f.StringVar(&t.method, "method", "full", "full or lora")
	f.IntVar(&t.rank, "rank", 16, "lora: rank")
	f.Float64Var(&t.alpha, "alpha", 16, "lora: alpha; what is added is scaled by alpha/rank")
	f.BoolVar(&t.rslora, "rslora", false, "lora: scale by alpha/sqrt(rank)")
	f.StringVar(&t.targets, "targets", "all-linear", "lora: layers, as all-linear, a list such as q_proj,v_proj, or a regular expression")
	f.BoolVar(&t.q8, "q8", false, "lora: keep the frozen model in int8")
	f.IntVar(&t.steps, "steps", 0, "steps (default: as --epochs says)")
	f.Float64Var(&t.epochs, "epochs", 3, "times through the data")
	f.IntVar(&t.batch, "batch", 16, "samples a step")
	f.IntVar(&t.micro, "micro", 0, "samples at once, for less memory; decides bits (default --batch)")
	f.IntVar(&t.length, "length", 256, "tokens of the longest sample")
	f.Float64Var(&t.rate, "lr", 0, "highest learning rate (default 3e-4 full, 2e-4 lora)")
	f.StringVar(&t.schedule, "schedule", "cosine", "of the learning rate: cosine, linear or constant")
	f.Float64Var(&t.warmup, "warmup", 0.03, "part of the run that warms up")
	f.Float64Var(&t.final, "final", 0, "last learning rate, as a part of the highest")
	f.StringVar(&t.optimizer, "optimizer", "adamw", "adamw or sgd")
	f.Float64Var(&t.momentum, "momentum", 0.9, "sgd: momentum")
	f.Float64Var(&t.beta1, "beta1", 0.9, "adamw: decay of the first moment")
	f.Float64Var(&t.beta2, "beta2", 0.999, "adamw: decay of the second moment")
	f.Float64Var(&t.eps, "eps", 1e-8, "adamw: added to the root")
	f.Float64Var(&t.epsRoot, "eps-root", 1e-6, "adamw: added inside the root, which attribution needs")
	f.Float64Var(&t.decay, "weight-decay", 0, "adamw: decoupled, of matrices only")
	f.Float64Var(&t.clip, "clip", 1, "largest norm of the gradient; 0: none")
	f.Uint64Var(&t.seed, "seed", 42, "of the initial parameters and the data order")
	f.Float64Var(&t.validate, "valid", 0.05, "part of the samples held out for validation")
	f.IntVar(&t.validateEvery, "validate-every", 50, "steps between validations")
	f.IntVar(&t.patience, "patience", 0, "stop after so many validations without a better one; 0: never")
	f.IntVar(&t.every, "checkpoint-every", 50, "steps between checkpoints")
	f.StringVar(&t.record, "record", "", "`folder` for adamw's divisors of each step, which attribution replays")
	f.BoolVar(&t.attribution, "attribution", false, "lora: make the index that says which samples helped an answer; owners are the fields account or contributor of JSONL")
	f.BoolVar(&t.digests, "digests", false, "write the state's digest of each step to events.jsonl")
	f.IntVar(&t.threads, "threads", 0, "threads (default: one a core); decides no bit")
}

// check refuses flags that do not go together.
func (t *training) check() error {
	switch {
	case (t.model == "") == (t.preset == ""):
		return problemf(exitUsage, "give --model to train one that is there, or --preset for a new one", "what to train is not said, or twice")
	case (t.data == "") == (t.text == ""):
		return problemf(exitUsage, "give --data FILE or FOLDER, or --text", "what to learn from is not said, or twice")
	case t.out == "":
		return problemf(exitUsage, "give --out FOLDER", "where the result goes is not said")
	case t.method != "full" && t.method != "lora":
		return problemf(exitUsage, "want full or lora", "--method is %q", t.method)
	case t.attribution && (t.method != "lora" || t.preset != ""):
		return problemf(exitUsage, "give --method lora and --model", "--attribution is for an adapter of a model that is kept")
	case t.optimizer != "adamw" && t.optimizer != "sgd":
		return problemf(exitUsage, "want adamw or sgd", "--optimizer is %q", t.optimizer)
	}
	return nil
}

// A trainReport is how a training ended.
type trainReport struct {
	Out        string   `json:"out"`
	Method     string   `json:"method"`
	Steps      int      `json:"steps"`
	Samples    int      `json:"samples"`
	Parameters int      `json:"trained_parameters"`
	Loss       float32  `json:"loss"`
	Valid      *float32 `json:"validation_loss,omitempty"`
	Stopped    string   `json:"stopped,omitempty"`
	Digest     string   `json:"state_digest"`
	CID        string   `json:"cid"`
	Curve      string   `json:"curve"`
	Indexed    int      `json:"indexed,omitempty"` // samples in the attribution index
}

func (r trainReport) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "trained\t%s\nsteps\t%d\nsamples\t%d\nparameters\t%s trained\nloss\t%.4f\n", r.Out, r.Steps, r.Samples, countText(r.Parameters), r.Loss)
	if r.Valid != nil {
		fmt.Fprintf(w, "validation\t%.4f\n", *r.Valid)
	}
	if r.Stopped != "" {
		fmt.Fprintf(w, "stopped\t%s\n", r.Stopped)
	}
	fmt.Fprintf(w, "state digest\t%s\ncid\t%s\ncurve\t%s\n", r.Digest, r.CID, r.Curve)
	if r.Indexed > 0 {
		fmt.Fprintf(w, "attribution\tof %d samples\n", r.Indexed)
	}
	w.Flush()
}
