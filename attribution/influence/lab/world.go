// Package lab measures attribution on worlds small enough to know the truth: a
// model is trained again without some of its examples, and what that changed is
// compared with what was predicted.
//
// A World is a base model, the examples that an adapter learns, and the queries
// it is asked. Lab runs a world on some workers. The truth of a retraining is
// deterministic: same order, same batches, the examples left out weigh 0.
//
// The figure is the LDS (linear datamodeling score): the rank correlation
// between predicted and real change of a query's loss over random subsets, mean
// over queries. Source: Park et al. 2023 (TRAK).
package lab

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
)

// A World is what is measured.
type World struct {
	Base    string // folder of the base model
	Adapter lora.Config
	Seed    uint64 // of the adapter
	Samples []train.Sample
	Owners  []int // of each sample, counted from 0
	Queries []train.Sample
	Options train.Options
}

// A Size is that of a tiny Llama.
type Size struct{ Hidden, Inner, Layers, Heads int }

// Small has 0.1 M parameters, and 19,712 in its adapter; Big 0.8 M and 78,848.
var (
	Small = Size{64, 176, 2, 4}
	Big   = Size{128, 352, 4, 4}
)

const config = `{"model_type":"llama","vocab_size":%d,"hidden_size":%d,"intermediate_size":%d,"num_hidden_layers":%d,
"num_attention_heads":%d,"num_key_value_heads":%d,"max_position_embeddings":128,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true,"eos_token_id":0}`

// adapter is the LoRA of rank 8 on all linear layers, with the alpha of PEFT's
// own examples: the larger it is, the smaller is the rate for the same change,
// and the less the two matrices bend each other.
var adapter = lora.Config{R: 8, LoraAlpha: 32, TargetModules: lora.Modules{Pattern: lora.AllLinear}}

// Pretrain makes a base model that knows the tasks, in a folder.
func Pretrain(dir string, s Size, steps int) error {
	e, err := op.New(op.Config{})
	if err != nil {
		return err
	}
	defer e.Close()
	text := fmt.Sprintf(config, len(alphabet), s.Hidden, s.Inner, s.Layers, s.Heads, s.Heads)
	c, err := llama.ParseConfig([]byte(text), nil)
	if err != nil {
		return err
	}
	b := tape.NewCPU(e)
	m, err := llama.New(c, b)
	if err == nil {
		err = m.Init(e, 1)
	}
	if err != nil {
		return err
	}
	o := train.Options{Seed: 1, Batch: 40, Clip: 1}
	if o.Rates, err = (train.Schedule{Peak: 4e-3, Warmup: 0.05}).Rates(steps); err != nil {
		return err
	}
	t, err := train.New(m, nil, b, newTeller(2).base(10_000), o)
	if err != nil {
		return err
	}
	if _, err := influence.Run(t, func(train.Result) error { return nil }); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(text), 0o644); err != nil {
		return err
	}
	return train.WriteModel(dir, t.Params())
}

// A Lab runs a world.
type Lab struct {
	World
	workers []*Worker
}

// A Worker has a copy of the model on a thread of its own.
type Worker struct {
	Engine  *op.Engine
	Backend *tape.CPU
	Model   *llama.Model
	LoRA    *llama.LoRA
	Trainer *train.Trainer
	first   train.State
	w       *World
}

// Open makes a lab of so many workers.
func Open(w World, workers int) (*Lab, error) {
	l := &Lab{World: w}
	for range workers {
		x, err := newWorker(&l.World)
		if err != nil {
			l.Close()
			return nil, fmt.Errorf("lab: %w", err)
		}
		l.workers = append(l.workers, x)
	}
	return l, nil
}

// Close ends the workers.
func (l *Lab) Close() {
	for _, w := range l.workers {
		w.Engine.Close()
	}
}

func newWorker(w *World) (*Worker, error) {
	e, err := op.New(op.Config{Threads: 1})
	if err != nil {
		return nil, err
	}
	x := &Worker{Engine: e, Backend: tape.NewCPU(e), w: w}
	if x.Model, err = llama.Load(w.Base, x.Backend, llama.LoadConfig{}); err == nil {
		x.LoRA, err = train.NewAdapter(x.Model, w.Adapter, w.Seed)
	}
	if err == nil {
		x.Trainer, err = train.New(x.Model, x.LoRA, x.Backend, w.Samples, w.Options)
	}
	if err == nil {
		err = x.Trainer.State(&x.first)
	}
	if err != nil {
		e.Close()
		return nil, err
	}
	return x, nil
}

// Train trains from the start; weights nil: every sample weighs 1.
func (x *Worker) Train(weights func(sample int) float32) error {
	if err := x.Trainer.SetState(&x.first); err != nil {
		return err
	}
	for range x.w.Options.Rates {
		var err error
		if weights == nil {
			_, err = x.Trainer.Step()
		} else {
			err = x.Trainer.StepWith(weights)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Losses returns the mean loss of each query as the model is now.
func (x *Worker) Losses(queries []train.Sample) ([]float64, error) {
	out := make([]float64, len(queries))
	for i := range queries {
		l, err := x.Trainer.Evaluate(queries[i : i+1])
		if err != nil {
			return nil, err
		}
		out[i] = float64(l)
	}
	return out, nil
}

// Each does n pieces of work on the workers. Which one does a piece does not show.
func (l *Lab) Each(n int, do func(x *Worker, i int) error) error {
	var next atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, len(l.workers))
	for k, x := range l.workers {
		group.Go(func() {
			for errs[k] == nil {
				i := int(next.Add(1) - 1)
				if i >= n {
					return
				}
				errs[k] = do(x, i)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("lab: %w", err)
		}
	}
	return nil
}

// Retrain trains once per set of left-out samples and returns the losses of all
// queries after each; an empty set is the run itself.
func (l *Lab) Retrain(left []map[int]bool) ([][]float64, error) {
	out := make([][]float64, len(left))
	return out, l.Each(len(left), func(x *Worker, i int) error {
		var weights func(int) float32
		if len(left[i]) > 0 {
			weights = func(s int) float32 {
				if left[i][s] {
					return 0
				}
				return 1
			}
		}
		err := x.Train(weights)
		if err == nil {
			out[i], err = x.Losses(l.Queries)
		}
		return err
	})
}
