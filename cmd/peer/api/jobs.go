package api

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// jobs are the fine-tuning jobs of a server: a folder each, with job.json,
// events.jsonl and what the tuner keeps. One runs at a time, in the order in
// which they came; a restart goes on with the one that ran.
type jobs struct {
	dir   string
	tuner Tuner
	log   *slog.Logger
	wake  chan struct{} // has room for one

	mu     sync.Mutex // guards the rest
	all    []*job     // in the order in which they came
	now    *job       // the one that runs
	cancel context.CancelFunc
}

// A job is one of them, as job.json keeps it.
type job struct {
	Tenant string
	Tuning Tuning
	Object JobObject
	Step   int // of the last event

	events      []JobEvent
	checkpoints []JobCheckpoint
}

// States of a job. Those of OpenAI, to which its clients have pause and resume.
const (
	jobValidating = "validating_files"
	jobQueued     = "queued"
	jobRunning    = "running"
	jobPaused     = "paused"
	jobSucceeded  = "succeeded"
	jobFailed     = "failed"
	jobCancelled  = "cancelled"
)

func openJobs(dir string, t Tuner, log *slog.Logger) (*jobs, error) {
	j := &jobs{dir: filepath.Join(dir, "jobs"), tuner: t, log: log, wake: make(chan struct{}, 1)}
	if err := os.MkdirAll(j.dir, 0o700); err != nil {
		return nil, err
	}
	paths, err := filepath.Glob(filepath.Join(j.dir, "ftjob-*", "job.json"))
	if err != nil {
		return nil, err
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		one := &job{}
		if err == nil {
			err = json.Unmarshal(b, one)
		}
		if err == nil {
			err = one.readEvents(filepath.Dir(p))
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", p, err)
		}
		one.Tuning.Dir = filepath.Dir(p)
		j.all = append(j.all, one)
	}
	slices.SortFunc(j.all, func(a, b *job) int {
		if a.Object.CreatedAt != b.Object.CreatedAt {
			return int(a.Object.CreatedAt - b.Object.CreatedAt)
		}
		return strings.Compare(a.Object.ID, b.Object.ID)
	})
	return j, nil
}

// A logLine is a line of events.jsonl.
type logLine struct {
	Event      *JobEvent      `json:"event,omitempty"`
	Checkpoint *JobCheckpoint `json:"checkpoint,omitempty"`
}

func (o *job) readEvents(dir string) error {
	f, err := os.Open(filepath.Join(dir, "events.jsonl"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var l logLine
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			continue // a line that a kill cut off
		}
		o.remember(l)
	}
	return lines.Err()
}

func (o *job) remember(l logLine) {
	if l.Event != nil {
		o.events = append(o.events, *l.Event)
		if m := l.Event.Data; m != nil {
			o.Step, o.Object.TrainedTokens = m.Step, &m.Tokens
			o.Object.OpenLedger.Steps, o.Object.OpenLedger.StepsDone = m.TotalSteps, m.Step
		}
	}
	if l.Checkpoint != nil {
		o.checkpoints = append(o.checkpoints, *l.Checkpoint)
	}
}

// save writes what is known of a job. mu is held.
func (j *jobs) save(o *job) error { return writeJSON(filepath.Join(o.Tuning.Dir, "job.json"), o) }

// note adds a line to the log of a job. mu is held.
func (j *jobs) note(o *job, l logLine) error {
	o.remember(l)
	b, err := json.Marshal(l)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(o.Tuning.Dir, "events.jsonl"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	return errors.Join(err, f.Close())
}

// say adds a message to the log of a job. mu is held.
func (j *jobs) say(o *job, level, format string, args ...any) error {
	return j.note(o, logLine{Event: &JobEvent{ID: newID("ftevent-"), Object: "fine_tuning.job.event", CreatedAt: time.Now().Unix(),
		Level: level, Message: fmt.Sprintf(format, args...), Type: "message"}})
}

// add takes a new job.
func (j *jobs) add(o *job) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	o.Tuning.Dir = filepath.Join(j.dir, o.Object.ID)
	if err := os.Mkdir(o.Tuning.Dir, 0o700); err != nil {
		return err
	}
	if err := errors.Join(j.save(o), j.say(o, "info", "Created fine-tuning job: %s", o.Object.ID)); err != nil {
		return err
	}
	j.all = append(j.all, o)
	j.poke()
	return nil
}

func (j *jobs) poke() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// run does the jobs until ctx is done.
func (j *jobs) run(ctx context.Context) error {
	for ctx.Err() == nil {
		o, within := j.next(ctx)
		if o == nil {
			select {
			case <-j.wake:
			case <-ctx.Done():
			}
			continue
		}
		tuned, err := j.tune(within, o)
		if err := j.end(ctx, o, tuned, err); err != nil {
			return err
		}
	}
	return nil
}

// next takes the first job that can run.
func (j *jobs) next(ctx context.Context) (*job, context.Context) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, o := range j.all {
		switch o.Object.Status {
		case jobValidating, jobQueued, jobRunning:
			within, cancel := context.WithCancel(ctx)
			j.now, j.cancel = o, cancel
			return o, within
		}
	}
	return nil, nil
}

// tune checks a job and does it.
func (j *jobs) tune(ctx context.Context, o *job) (Tuned, error) {
	t := o.Tuning
	if err := j.tuner.Check(ctx, t); err != nil {
		return Tuned{}, err
	}
	err := j.to(o, jobRunning, "The job began.")
	if err != nil {
		return Tuned{}, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	tuned, err := j.tuner.Tune(ctx, t, func(e TuneEvent) {
		if err := j.watch(o, e); err != nil {
			cancel(err) // the disk is full, say
		}
	})
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause
	}
	return tuned, err
}

// to moves a job that is still wanted to another state.
func (j *jobs) to(o *job, status, message string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch o.Object.Status {
	case jobValidating, jobQueued:
		o.Object.Status = status
		return errors.Join(j.save(o), j.say(o, "info", "%s", message))
	}
	return nil
}

// watch writes down how far a job is. What a restart does again is known already.
func (j *jobs) watch(o *job, e TuneEvent) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if e.Message != "" {
		level := "info"
		if e.Warning {
			level = "warn"
		}
		return j.say(o, level, "%s", e.Message)
	}
	if e.Step <= o.Step {
		return nil
	}
	tokens := int64(e.Tokens)
	if o.Object.TrainedTokens != nil {
		tokens += *o.Object.TrainedTokens
	}
	if e.Left > 0 {
		at := time.Now().Add(e.Left).Unix()
		o.Object.EstimatedFinish = &at
	}
	m := &StepMetrics{Step: e.Step, TotalSteps: e.Steps, TrainLoss: e.Loss, ValidLoss: e.Valid, Tokens: tokens}
	err := j.note(o, logLine{Event: &JobEvent{ID: newID("ftevent-"), Object: "fine_tuning.job.event", CreatedAt: time.Now().Unix(), Level: "info",
		Message: fmt.Sprintf("Step %d/%d: training loss=%.4f", e.Step, e.Steps, e.Loss), Type: "metrics", Data: m}})
	if err == nil && e.Checkpoint != "" {
		err = errors.Join(j.save(o), j.note(o, logLine{Checkpoint: &JobCheckpoint{ID: newID("ftckpt-"), Object: "fine_tuning.job.checkpoint",
			CreatedAt: time.Now().Unix(), Model: e.Checkpoint, JobID: o.Object.ID, StepNumber: e.Step, Metrics: *m}}))
	}
	return err
}

// end writes down what came of a job. Its state may have been changed by a
// client meanwhile; a job that the end of the server stopped stays as it is.
func (j *jobs) end(ctx context.Context, o *job, t Tuned, err error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.cancel()
	j.now, j.cancel = nil, nil
	if ctx.Err() != nil && err != nil || o.Object.Status == jobPaused || o.Object.Status == jobCancelled {
		return nil
	}
	if errors.Is(err, context.Canceled) {
		return nil // paused and resumed before it had stopped
	}
	at := time.Now().Unix()
	o.Object.FinishedAt, o.Object.EstimatedFinish = &at, nil
	if err != nil {
		e := describe(err)
		code := e.Code
		if code == "" {
			code = "failed"
		}
		o.Object.Status, o.Object.Error = jobFailed, &JobError{code, e.Message, nil}
		if e.Param != "" {
			o.Object.Error.Param = &e.Param
		}
		j.log.WarnContext(ctx, "Fine-tuning job failed", slog.String("job", o.Object.ID), slog.Any("error", err))
		return errors.Join(j.save(o), j.say(o, "error", "The job failed: %s", e.Message))
	}
	o.Object.Status, o.Object.FineTunedModel = jobSucceeded, &t.Model
	o.Object.OpenLedger.CID, o.Object.OpenLedger.Extra = t.CID.String(), t.Extra
	return errors.Join(j.saveResult(o), j.save(o), j.say(o, "info", "New fine-tuned model created: %s", t.Model))
}

// saveResult makes a file of the losses of a job, for its tenant. mu is held.
func (j *jobs) saveResult(o *job) error {
	f, err := openFiles(filepath.Dir(j.dir))
	if err != nil {
		return err
	}
	tmp, err := f.temp()
	if err != nil {
		return err
	}
	w := csv.NewWriter(tmp)
	err = w.Write([]string{"step", "train_loss", "valid_loss"})
	for _, e := range o.events {
		if m := e.Data; m != nil && err == nil {
			valid := ""
			if m.ValidLoss != nil {
				valid = strconv.FormatFloat(float64(*m.ValidLoss), 'g', 6, 32)
			}
			err = w.Write([]string{strconv.Itoa(m.Step), strconv.FormatFloat(float64(m.TrainLoss), 'g', 6, 32), valid})
		}
	}
	w.Flush()
	if err = errors.Join(err, w.Error()); err != nil {
		return errors.Join(err, tmp.Close(), os.Remove(tmp.Name()))
	}
	saved, err := f.save(FileObject{ID: newID("file-"), Object: "file", CreatedAt: time.Now().Unix(), Filename: "step_metrics.csv",
		Purpose: "fine-tune-results", Status: "processed", Tenant: o.Tenant}, tmp)
	o.Object.ResultFiles = []string{saved.ID}
	return err
}

// get returns a job of a tenant as it is now.
func (j *jobs) get(id, tenant string) (*job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, o := range j.all {
		if o.Object.ID == id && o.Tenant == tenant {
			copied := *o
			return &copied, nil
		}
	}
	return nil, notThere("fine_tuning_job_id", "Could not find fine-tuning job: %s.", id)
}

// change is what a client may do to a job: from is where it must be.
func (j *jobs) change(id, tenant, status, message string, from ...string) (JobObject, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	at := slices.IndexFunc(j.all, func(o *job) bool { return o.Object.ID == id && o.Tenant == tenant })
	if at < 0 {
		return JobObject{}, notThere("fine_tuning_job_id", "Could not find fine-tuning job: %s.", id)
	}
	o := j.all[at]
	if !slices.Contains(from, o.Object.Status) {
		return JobObject{}, invalid("status", "The job %s is %s, so it cannot become %s.", id, o.Object.Status, status)
	}
	o.Object.Status = status
	if status == jobCancelled {
		now := time.Now().Unix()
		o.Object.FinishedAt, o.Object.EstimatedFinish = &now, nil
	}
	if o == j.now {
		j.cancel()
	}
	j.poke()
	return o.Object, errors.Join(j.save(o), j.say(o, "info", "%s", message))
}
