package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/train"
)

// A localTuner does the fine-tuning jobs of the API in this process: as "peer
// train local --method lora" does, with the same bits.
type localTuner struct {
	a *app
	s *answers
}

// of is the model of a job, which must be computed here.
func (t *localTuner) of(ctx context.Context, j api.Tuning) (*serving, error) {
	m, err := t.s.Model(ctx, j.Model)
	if err != nil {
		return nil, err
	}
	if v := t.s.of(m.CID); v != nil && !m.Adapter.Defined() {
		return v, nil
	}
	return nil, &api.Error{Status: 400, Code: "model_not_supported", Param: "model",
		Message: fmt.Sprintf("%s is not a base model that is computed here; \"peer job submit\" has other peers train.", j.Model)}
}

// A tunePreset is what a preset of package recipe means for one machine.
type tunePreset struct {
	epochs float64
	length int
	rank   int
}

var tunePresets = map[string]tunePreset{
	"quick":    {epochs: 1, length: 512, rank: 8},
	"balanced": {epochs: 3, length: 1024, rank: 8},
	"thorough": {epochs: 5, length: 2048, rank: 16},
}

// loraRate is the learning rate that a job's multiplier multiplies.
const loraRate = 2e-4

// Check reads the data as the training will.
func (t *localTuner) Check(ctx context.Context, j api.Tuning) error {
	v, err := t.of(ctx, j)
	if err != nil {
		return err
	}
	if err := linkData(j); err != nil {
		return err
	}
	w := &workbench{training: tuning(v, j), a: t.a, tokens: v.local.Base.Tokenizer, dir: v.model.Dir}
	for _, f := range []struct{ param, upload, path string }{{"training_file", j.Data, w.training.data}, {"validation_file", j.Validation, w.held}} {
		if f.upload == "" {
			continue // none, or a Datanet, which is read when the job begins
		}
		if _, err := w.reader(v.local.Base.Context).Read(f.path); err != nil {
			return &api.Error{Status: 400, Code: "invalid_" + f.param, Param: f.param, Message: strings.ReplaceAll(err.Error(), f.path, f.param)}
		}
	}
	return nil
}

// dataFile is what a job learns from, in its folder, heldFile what it is measured
// with.
const (
	dataFile = "data.jsonl"
	heldFile = "validation.jsonl"
)

// linkData gives uploaded files names that say what they hold.
func linkData(j api.Tuning) error {
	for name, upload := range map[string]string{dataFile: j.Data, heldFile: j.Validation} {
		if upload == "" {
			continue
		}
		to := filepath.Join(j.Dir, name)
		if err := os.Remove(to); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if err := os.Symlink(upload, to); err != nil {
			return err
		}
	}
	return nil
}

// tuning is the job as flags of train local.
func tuning(v *serving, j api.Tuning) *training {
	p := tunePresets[j.Preset]
	if j.Epochs > 0 {
		p.epochs = j.Epochs
	}
	batch := 16
	if j.Batch > 0 {
		batch = j.Batch
	}
	t := &training{
		model: v.model.Dir, data: filepath.Join(j.Dir, dataFile), out: filepath.Join(j.Dir, "adapter"), method: "lora",
		rank: p.rank, alpha: 16, targets: "all-linear", epochs: p.epochs, batch: batch, length: p.length, rate: loraRate * j.Rate,
		schedule: "cosine", warmup: 0.03, clip: 1, optimizer: "adamw", beta1: float64(train.AdamW.Beta1), beta2: float64(train.AdamW.Beta2),
		eps: float64(train.AdamW.Eps), epsRoot: float64(train.AdamW.EpsRoot), seed: j.Seed, validate: 0.05, validateEvery: 50, every: 50,
	}
	t.attribution = j.Datanet != "" // whose contributors are to be paid
	if j.Validation != "" {
		t.held, t.validate = filepath.Join(j.Dir, heldFile), 0
	}
	return t
}

// Tune does a job, or goes on with it.
func (t *localTuner) Tune(ctx context.Context, j api.Tuning, watch func(api.TuneEvent)) (api.Tuned, error) {
	v, err := t.of(ctx, j)
	if err != nil {
		return api.Tuned{}, err
	}
	if j.Datanet != "" {
		if err := t.export(ctx, j); err != nil {
			return api.Tuned{}, err
		}
	}
	with := tuning(v, j)
	with.watch = func(e train.Event, snapshot func(dir string) error) {
		told := api.TuneEvent{Step: e.Step, Steps: e.Steps, Loss: e.Loss, Valid: e.Valid, Tokens: e.Tokens, Left: e.Left}
		if e.Checkpoint != "" && e.Step < e.Steps { // the last one is the result
			if told.Checkpoint, err = v.checkpoint(j, e.Step, snapshot); err != nil {
				watch(api.TuneEvent{Warning: true, Message: "A checkpoint was not kept: " + oneLine(err.Error())})
			}
		}
		watch(told)
	}
	quiet := *t.a
	quiet.err, quiet.homeFlag = io.Discard, string(t.s.repo.home)
	r, err := quiet.train(ctx, with)
	if err != nil && !finished(with.out) {
		return api.Tuned{}, err
	}
	if err != nil { // a restart found it done
		info, err := inspectAdapter(j.ID, with.out)
		if err != nil {
			return api.Tuned{}, err
		}
		r.CID = info.CID
	}
	c, err := cid.Decode(r.CID)
	if err != nil {
		return api.Tuned{}, err
	}
	name := v.tunedName(j)
	_, err = v.local.Add(api.AdapterLoad{Name: name, Dir: with.out, Replace: true})
	return api.Tuned{Model: name, CID: c}, err
}

// tunedName is what a job's result is called: as OpenAI does.
func (v *serving) tunedName(j api.Tuning) string {
	id := strings.TrimPrefix(j.ID, "ftjob-")
	return fmt.Sprintf("ft:%s:%s:%s", v.local.Base.ID, j.Suffix, id[:min(8, len(id))])
}

// checkpoint keeps the adapter as it is after a step, and serves it. What a
// restart does again is there already.
func (v *serving) checkpoint(j api.Tuning, step int, snapshot func(dir string) error) (name string, err error) {
	name = fmt.Sprintf("%s%s%d", v.tunedName(j), checkpointMark, step)
	dir := filepath.Join(j.Dir, checkpointsDir, fmt.Sprint(step))
	if _, err := os.Stat(dir); err != nil {
		part := filepath.Join(filepath.Dir(dir), ".part")
		err := errors.Join(os.RemoveAll(part), os.MkdirAll(part, 0o700))
		if err == nil {
			err = snapshot(part)
		}
		if err == nil {
			err = os.Rename(part, dir)
		}
		if err != nil {
			return "", err
		}
	}
	_, err = v.local.Add(api.AdapterLoad{Name: name, Dir: dir, Replace: true})
	return name, err
}

// checkpointMark is in the names of checkpoints, before the step; checkpointsDir
// is where a job has them.
const (
	checkpointMark = ":ckpt-step-"
	checkpointsDir = "checkpoints"
)

func finished(out string) bool {
	_, err := os.Stat(filepath.Join(out, resultFile))
	return err == nil
}

// reoffer serves again what earlier jobs made of the models that are here.
func (s *answers) reoffer(dir string) error {
	paths, err := filepath.Glob(filepath.Join(dir, "jobs", "*", "job.json"))
	if err != nil {
		return err
	}
	for _, p := range paths {
		var j struct {
			Tuning api.Tuning
			Object api.JobObject
		}
		b, err := os.ReadFile(p)
		if err == nil {
			err = json.Unmarshal(b, &j)
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", p, err)
		}
		for _, v := range s.models() {
			made := map[string]string{}
			if name := j.Object.FineTunedModel; name != nil {
				made[*name] = filepath.Join(filepath.Dir(p), "adapter")
			}
			steps, err := filepath.Glob(filepath.Join(filepath.Dir(p), checkpointsDir, "*"))
			if err != nil {
				return err
			}
			for _, at := range steps {
				if strings.HasPrefix(filepath.Base(at), ".") {
					continue // a kill cut it off
				}
				made[v.tunedName(j.Tuning)+checkpointMark+filepath.Base(at)] = at
			}
			for name, at := range made {
				_, err := v.local.Add(api.AdapterLoad{Name: name, Dir: at, Replace: true})
				var coverage *lora.CoverageError
				if err != nil && !errors.As(err, &coverage) { // one of another model is no error
					return fmt.Errorf("adapter %s: %w", name, err)
				}
			}
		}
	}
	return nil
}

// export writes the records of a Datanet to the job's data.
func (t *localTuner) export(ctx context.Context, j api.Tuning) error {
	path := filepath.Join(j.Dir, dataFile)
	if _, err := os.Stat(path); err == nil {
		return nil // a restart
	}
	f, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	_, err = datanetExport.do(ctx, t.s.repo, &feed{func(string, int64, int64) {}, f}, exportArgs{j.Datanet, "jsonl"})
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return &api.Error{Status: 400, Code: "invalid_training_file", Param: "training_file", Message: fmt.Sprintf("Datanet %s: %v", j.Datanet, err)}
	}
	return os.Rename(f.Name(), path)
}
