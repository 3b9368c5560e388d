package api

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// JobRequest is the body of /v1/fine_tuning/jobs.
type JobRequest struct {
	Model           string            `json:"model"`
	TrainingFile    string            `json:"training_file"` // file-..., or datanet:<CID or name>
	ValidationFile  *string           `json:"validation_file,omitempty"`
	Suffix          *string           `json:"suffix,omitempty"`
	Seed            *uint32           `json:"seed,omitempty"`
	Method          *JobMethod        `json:"method,omitempty"`
	Hyperparameters *Hyperparameters  `json:"hyperparameters,omitempty"` // the older place of method.supervised's
	Metadata        map[string]string `json:"metadata,omitempty"`        // "preset": quick, balanced (default) or thorough
	Integrations    []json.RawMessage `json:"integrations,omitempty"`    // none is all that is supported
}

// JobMethod is how a job learns; supervised is all that is supported.
type JobMethod struct {
	Type       string           `json:"type"`
	Supervised *SupervisedHyper `json:"supervised,omitempty"`
}

// SupervisedHyper holds the hyperparameters of supervised learning.
type SupervisedHyper struct {
	Hyperparameters *Hyperparameters `json:"hyperparameters,omitempty"`
}

// Hyperparameters of a job; each may be "auto", the preset's.
type Hyperparameters struct {
	Epochs Auto `json:"n_epochs"`
	Batch  Auto `json:"batch_size"`
	Rate   Auto `json:"learning_rate_multiplier"`
}

// An Auto is a number, or 0 for "auto".
type Auto float64

// UnmarshalJSON reads a number or "auto".
func (a *Auto) UnmarshalJSON(b []byte) error {
	if string(b) == `"auto"` || string(b) == "null" {
		*a = 0
		return nil
	}
	var f float64
	if err := json.Unmarshal(b, &f); err != nil || !(f > 0) {
		return invalid("hyperparameters", `A hyperparameter is %s; want "auto" or a number above 0.`, b)
	}
	*a = Auto(f)
	return nil
}

// MarshalJSON writes what UnmarshalJSON reads.
func (a Auto) MarshalJSON() ([]byte, error) {
	if a == 0 {
		return []byte(`"auto"`), nil
	}
	return json.Marshal(float64(a))
}

// JobObject is a job as clients see it.
type JobObject struct {
	ID              string            `json:"id"`
	Object          string            `json:"object"`
	CreatedAt       int64             `json:"created_at"`
	Error           *JobError         `json:"error"`
	FineTunedModel  *string           `json:"fine_tuned_model"`
	FinishedAt      *int64            `json:"finished_at"`
	Hyperparameters Hyperparameters   `json:"hyperparameters"`
	Model           string            `json:"model"`
	OrganizationID  string            `json:"organization_id"`
	ResultFiles     []string          `json:"result_files"`
	Status          string            `json:"status"`
	TrainedTokens   *int64            `json:"trained_tokens"`
	TrainingFile    string            `json:"training_file"`
	ValidationFile  *string           `json:"validation_file"`
	Seed            uint32            `json:"seed"`
	EstimatedFinish *int64            `json:"estimated_finish"`
	Integrations    []string          `json:"integrations"`
	Method          JobMethod         `json:"method"`
	Metadata        map[string]string `json:"metadata"`
	OpenLedger      JobExtra          `json:"openledger"`
}

// JobExtra is what we know beyond OpenAI's fields.
type JobExtra struct {
	Datanet   string          `json:"datanet,omitempty"`
	Preset    string          `json:"preset"`
	Steps     int             `json:"steps"`
	StepsDone int             `json:"steps_done"`
	CID       string          `json:"cid,omitempty"` // of the adapter
	Extra     json.RawMessage `json:"extra,omitempty"`
}

// JobError is why a job failed.
type JobError struct {
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Param   *string `json:"param"`
}

// JobEvent is one thing that happened.
type JobEvent struct {
	ID        string       `json:"id"`
	Object    string       `json:"object"`
	CreatedAt int64        `json:"created_at"`
	Level     string       `json:"level"`
	Message   string       `json:"message"`
	Type      string       `json:"type"` // message or metrics
	Data      *StepMetrics `json:"data,omitempty"`
}

// StepMetrics are those of a step.
type StepMetrics struct {
	Step       int      `json:"step"`
	TotalSteps int      `json:"total_steps"`
	TrainLoss  float32  `json:"train_loss"`
	ValidLoss  *float32 `json:"valid_loss,omitempty"`
	Tokens     int64    `json:"trained_tokens"` // up to here
}

// JobCheckpoint is a model from the middle of a job.
type JobCheckpoint struct {
	ID         string      `json:"id"`
	Object     string      `json:"object"`
	CreatedAt  int64       `json:"created_at"`
	Model      string      `json:"fine_tuned_model_checkpoint"`
	JobID      string      `json:"fine_tuning_job_id"`
	StepNumber int         `json:"step_number"`
	Metrics    StepMetrics `json:"metrics"`
}

// DatanetPrefix begins a training_file that is a Datanet.
const DatanetPrefix = "datanet:"

var suffixForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

var presets = []string{"quick", "balanced", "thorough"}

func (c *call) tuner() (*jobs, error) {
	if c.s.jobs == nil {
		return nil, &Error{Status: http.StatusNotImplemented, Code: "no_fine_tuning", Message: "This server does no fine-tuning."}
	}
	return c.s.jobs, nil
}

func (c *call) createJob() error {
	j, err := c.tuner()
	if err != nil {
		return err
	}
	var q JobRequest
	if err := c.read(&q); err != nil {
		return err
	}
	if _, err := c.model(q.Model); err != nil {
		return err
	}
	o := &job{Tenant: c.tenant, Object: JobObject{ID: newID("ftjob-"), Object: "fine_tuning.job", CreatedAt: time.Now().Unix(), Model: q.Model,
		OrganizationID: "openledger", ResultFiles: []string{}, Integrations: []string{}, Status: jobValidating, TrainingFile: q.TrainingFile, ValidationFile: q.ValidationFile,
		Seed: 42, Metadata: q.Metadata, Method: JobMethod{Type: "supervised"}}}
	if err := q.settings(o); err != nil {
		return err
	}
	if err := c.trainingData(&q, o); err != nil {
		return err
	}
	now := o.Object // add may start it at once
	if err := j.add(o); err != nil {
		return err
	}
	return c.answer(now)
}

// settings checks everything but the data.
func (q *JobRequest) settings(o *job) error {
	t := &o.Tuning
	t.ID, t.Model, t.Preset, t.Rate = o.Object.ID, q.Model, "balanced", 1
	switch {
	case q.Method != nil && q.Method.Type != "" && q.Method.Type != "supervised":
		return invalid("method", "method.type is %q; supervised is all that is supported.", q.Method.Type)
	case len(q.Integrations) > 0:
		return unsupported("integrations")
	}
	if q.Method != nil && q.Method.Supervised != nil && q.Method.Supervised.Hyperparameters != nil {
		q.Hyperparameters = q.Method.Supervised.Hyperparameters
	}
	if h := q.Hyperparameters; h != nil {
		if h.Epochs > 1000 || h.Batch > 4096 || h.Rate > 1000 || h.Batch != Auto(int(h.Batch)) {
			return invalid("hyperparameters", "At most 1000 epochs, a batch of 4096 (a whole number) and a learning rate times 1000 are allowed.")
		}
		o.Object.Hyperparameters = *h
		if t.Epochs, t.Batch = float64(h.Epochs), int(h.Batch); h.Rate > 0 {
			t.Rate = float64(h.Rate)
		}
	}
	o.Object.Method.Supervised = &SupervisedHyper{&o.Object.Hyperparameters}
	if q.Seed != nil {
		o.Object.Seed = *q.Seed
	}
	t.Seed, t.Metadata = uint64(o.Object.Seed), q.Metadata
	if p := q.Metadata["preset"]; p != "" {
		t.Preset = p
	}
	if !slices.Contains(presets, t.Preset) {
		return invalid("metadata", "metadata.preset is %q; want one of %v.", t.Preset, presets)
	}
	o.Object.OpenLedger.Preset = t.Preset
	if q.Suffix != nil && *q.Suffix != "" {
		if t.Suffix = *q.Suffix; !suffixForm.MatchString(t.Suffix) {
			return invalid("suffix", "suffix is %q; want up to 64 letters, digits, dots, dashes and underscores.", t.Suffix)
		}
	}
	return nil
}

// trainingData finds what a job learns from.
func (c *call) trainingData(q *JobRequest, o *job) error {
	if q.TrainingFile == "" {
		return invalid("training_file", "training_file is missing; want file-... or datanet:<CID>.")
	}
	var err error
	if name, ok := strings.CutPrefix(q.TrainingFile, DatanetPrefix); ok {
		if o.Tuning.Datanet = name; name == "" {
			return invalid("training_file", "training_file names no Datanet; want datanet:<CID>.")
		}
		o.Object.OpenLedger.Datanet = name
	} else if o.Tuning.Data, err = c.dataFile("training_file", q.TrainingFile); err != nil {
		return err
	}
	if q.ValidationFile != nil && *q.ValidationFile != "" {
		o.Tuning.Validation, err = c.dataFile("validation_file", *q.ValidationFile)
	}
	return err
}

func (c *call) dataFile(param, id string) (path string, err error) {
	f, err := c.s.files.get(id, c.tenant)
	if err != nil {
		e := describe(err)
		return "", &Error{Status: http.StatusBadRequest, Param: param, Code: "invalid_file", Message: e.Message}
	}
	if f.Purpose != "fine-tune" {
		return "", invalid(param, "The file %s is for %q; want the purpose fine-tune.", id, f.Purpose)
	}
	return c.s.files.path(id), nil
}

func (c *call) job() (*job, error) {
	j, err := c.tuner()
	if err != nil {
		return nil, err
	}
	return j.get(c.r.PathValue("id"), c.tenant)
}

func (c *call) oneJob() error {
	o, err := c.job()
	if err != nil {
		return err
	}
	return c.answer(o.Object)
}

func (c *call) listJobs() error {
	j, err := c.tuner()
	if err != nil {
		return err
	}
	j.mu.Lock()
	var all []JobObject
	for _, o := range slices.Backward(j.all) {
		if o.Tenant == c.tenant {
			all = append(all, o.Object)
		}
	}
	j.mu.Unlock()
	return page(c, all, 20, func(o JobObject) string { return o.ID })
}

func (c *call) cancelJob() error {
	return c.changeJob(jobCancelled, "The job was cancelled.", jobValidating, jobQueued, jobRunning, jobPaused)
}

func (c *call) pauseJob() error {
	return c.changeJob(jobPaused, "The job was paused.", jobValidating, jobQueued, jobRunning)
}

func (c *call) resumeJob() error { return c.changeJob(jobQueued, "The job was resumed.", jobPaused) }

func (c *call) changeJob(status, message string, from ...string) error {
	j, err := c.tuner()
	if err != nil {
		return err
	}
	o, err := j.change(c.r.PathValue("id"), c.tenant, status, message, from...)
	if err != nil {
		return err
	}
	return c.answer(o)
}

func (c *call) jobEvents() error {
	o, err := c.job()
	if err != nil {
		return err
	}
	all := slices.Clone(o.events)
	slices.Reverse(all)
	return page(c, all, 20, func(e JobEvent) string { return e.ID })
}

func (c *call) jobCheckpoints() error {
	o, err := c.job()
	if err != nil {
		return err
	}
	all := slices.Clone(o.checkpoints)
	slices.Reverse(all)
	return page(c, all, 10, func(k JobCheckpoint) string { return k.ID })
}
