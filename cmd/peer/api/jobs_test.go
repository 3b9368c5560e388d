package api_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/openledger/openledger/cmd/peer/api"
)

func (s *site) upload(name, purpose, text string) api.FileObject {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	f, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err = errors.Join(err, w.WriteField("purpose", purpose), w.Close()); err != nil {
		s.t.Fatal(err)
	}
	r, err := http.Post(s.URL+"/v1/files", w.FormDataContentType(), &b)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	var o api.FileObject
	if r.StatusCode != 200 {
		s.t.Fatal(r.Status)
	}
	var all api.List[api.FileObject]
	s.ok("GET", "/v1/files", "", &all)
	for _, one := range all.Data {
		if one.Filename == name {
			o = one
		}
	}
	return o
}

// A steady tuner does ten steps, waiting for a go before each.
type steady struct {
	steps chan struct{}
	tuned []api.Tuning
	from  int // steps of an earlier run
}

func (s *steady) Check(_ context.Context, t api.Tuning) error {
	if t.Suffix == "bad" {
		return &api.Error{Status: 400, Code: "invalid_training_file", Message: "line 3 is not JSON"}
	}
	return nil
}

func (s *steady) Tune(ctx context.Context, t api.Tuning, watch func(api.TuneEvent)) (api.Tuned, error) {
	s.tuned = append(s.tuned, t)
	for step := s.from + 1; step <= 10; step++ {
		select {
		case <-s.steps:
		case <-ctx.Done():
			return api.Tuned{}, ctx.Err()
		}
		s.from = step
		watch(api.TuneEvent{Step: step, Steps: 10, Loss: 1, Tokens: 7})
	}
	return api.Tuned{Model: "ft:done", CID: rawCID("done")}, nil
}

func (s *site) job(id string) api.JobObject {
	s.t.Helper()
	var o api.JobObject
	s.ok("GET", "/v1/fine_tuning/jobs/"+id, "", &o)
	return o
}

func (s *site) until(id, status string) {
	s.t.Helper()
	eventually(s.t.(*testing.T), "the job does not become "+status, func() bool { return s.job(id).Status == status })
}

func TestJobs(t *testing.T) {
	dir := t.TempDir()
	tuner := &steady{steps: make(chan struct{})}
	var j, o api.JobObject
	t.Run("pause and resume", func(t *testing.T) {
		s := newSite(t, api.Config{Dir: dir, Tuner: tuner})
		file := s.upload("data.jsonl", "fine-tune", `{"text":"a"}`)
		s.ok("POST", "/v1/fine_tuning/jobs", fmt.Sprintf(`{"model":"org/tiny","training_file":%q,"metadata":{"preset":"quick"},
			"method":{"type":"supervised","supervised":{"hyperparameters":{"n_epochs":2,"batch_size":"auto"}}}}`, file.ID), &j)
		for range 3 {
			tuner.steps <- struct{}{}
		}
		s.until(j.ID, "running")
		s.ok("POST", "/v1/fine_tuning/jobs/"+j.ID+"/pause", "", &o)
		s.refused("POST", "/v1/fine_tuning/jobs/"+j.ID+"/pause", "", 400, "paused")
		s.ok("POST", "/v1/fine_tuning/jobs/"+j.ID+"/resume", "", &o)
		for range 3 {
			tuner.steps <- struct{}{}
		}
	})
	t.Run("a restart goes on", func(t *testing.T) {
		s := newSite(t, api.Config{Dir: dir, Tuner: tuner})
		for range 4 {
			tuner.steps <- struct{}{}
		}
		s.until(j.ID, "succeeded")
		if j = s.job(j.ID); *j.TrainedTokens != 70 {
			t.Errorf("got %d trained tokens, want those of ten steps", *j.TrainedTokens)
		}
		if n := len(tuner.tuned); n != 3 || tuner.tuned[0].Preset != "quick" || tuner.tuned[0].Epochs != 2 || tuner.tuned[2].Dir != tuner.tuned[0].Dir {
			t.Errorf("got %+v", tuner.tuned)
		}
	})
}

func TestJobEnds(t *testing.T) {
	tuner := &steady{steps: make(chan struct{})}
	close(tuner.steps)
	s := newSite(t, api.Config{Dir: t.TempDir(), Tuner: tuner})
	file := s.upload("data.jsonl", "fine-tune", `{"text":"a"}`)
	other := s.upload("other.txt", "assistants", `x`)
	create := func(more string) string {
		return fmt.Sprintf(`{"model":"org/tiny","training_file":%q%s}`, file.ID, more)
	}
	var j api.JobObject
	s.ok("POST", "/v1/fine_tuning/jobs", create(""), &j)
	s.until(j.ID, "succeeded")
	j = s.job(j.ID)
	if *j.FineTunedModel != "ft:done" || *j.TrainedTokens != 70 || j.FinishedAt == nil || len(j.ResultFiles) != 1 || j.OpenLedger.StepsDone != 10 {
		t.Errorf("got %+v", j)
	}
	var events api.List[api.JobEvent]
	s.ok("GET", "/v1/fine_tuning/jobs/"+j.ID+"/events?limit=5", "", &events)
	if len(events.Data) != 5 || !events.HasMore || !strings.Contains(events.Data[0].Message, "ft:done") {
		t.Errorf("got %+v", events)
	}
	s.ok("POST", "/v1/fine_tuning/jobs", create(`,"suffix":"bad"`), &j)
	s.until(j.ID, "failed")
	if j = s.job(j.ID); j.Error == nil || j.Error.Code != "invalid_training_file" {
		t.Errorf("got %+v", j)
	}
	s.ok("POST", "/v1/fine_tuning/jobs", `{"model":"org/tiny","training_file":"datanet:bafy"}`, &j)
	s.until(j.ID, "succeeded")
	if got := tuner.tuned[len(tuner.tuned)-1]; got.Datanet != "bafy" || got.Data != "" {
		t.Errorf("got %+v", got)
	}
	for body, want := range map[string]string{
		create(`,"suffix":"a b"`): "suffix", create(`,"method":{"type":"dpo"}`): "supervised",
		create(`,"hyperparameters":{"n_epochs":-1}`): "hyperparameter", create(`,"hyperparameters":{"n_epochs":"all"}`): "hyperparameter",
		create(`,"metadata":{"preset":"best"}`): "preset", create(`,"integrations":[{}]`): "integrations",
		`{"model":"org/tiny","training_file":"file-none"}`:                                         "No such file",
		`{"model":"org/tiny","training_file":"file-../../x"}`:                                      "No such file",
		`{"model":"org/tiny","training_file":"datanet:"}`:                                          "Datanet",
		`{"model":"org/tiny"}`:                                                                     "training_file",
		fmt.Sprintf(`{"model":"org/tiny","training_file":%q}`, other.ID):                           "fine-tune",
		fmt.Sprintf(`{"model":"org/tiny","training_file":%q,"validation_file":"file-x"}`, file.ID): "file-x",
	} {
		s.refused("POST", "/v1/fine_tuning/jobs", body, 400, want)
	}
	s.refused("POST", "/v1/fine_tuning/jobs", `{"model":"nothing","training_file":"x"}`, 404, "model_not_found")
	s.refused("GET", "/v1/fine_tuning/jobs/ftjob-none", "", 404)
	s.refused("POST", "/v1/files", "", 400, "multipart")
	s.refused("GET", "/v1/files/none", "", 404)
}
