package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/servetest"
)

// askAPI posts a request to an API and decodes the answer.
func askAPI(t *testing.T, url, body string, to any) {
	t.Helper()
	r, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answered200(t, r, to)
}

func answered200(t *testing.T, r *http.Response, to any) {
	t.Helper()
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%s %v\n%s", r.Status, err, b)
	}
	if err := json.Unmarshal(b, to); err != nil {
		t.Fatal(err)
	}
}

func readAPI(t *testing.T, url string, to any) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	answered200(t, r, to)
}

const theName = `{"model":"tiny","prompt":"the name","max_tokens":40,"temperature":1,"seed":5}`

// TestServe: an answer leaves a signed receipt, which a restart keeps, other
// commands find while the server runs, and anybody with the model checks.
func TestServe(t *testing.T) {
	b := newHome(t)
	dir := servetest.Dir(t)
	p := b.start("serve", dir)
	url := p.line("base URL")
	var c api.Completion
	askAPI(t, url+"/completions", theName, &c)
	var running, after receiptsReport
	b.answer(&running, "receipt", "list")
	if len(running.Receipts) != 1 || running.Receipts[0].State != "own" {
		t.Fatalf("got %+v", running)
	}
	b.refused(b.command("swarm", "peers"), exitFailed, "joined no network")
	// Another model joins it, for as long as that command lives.
	other := b.start("serve", dir, "--name", "twin")
	if got := other.line("base URL"); got != url {
		t.Errorf("a second serve is at %s, want the first one's %s", got, url)
	}
	readAPI(t, url+"/models/twin", &api.ModelObject{})
	if code := other.end(syscall.SIGINT); code != exitDone {
		t.Errorf("the second serve: exit code %d\n%s", code, other.errors.String())
	}
	for deadline := time.Now().Add(4 * time.Minute); ; {
		r, err := http.Get(url + "/models/twin")
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode == http.StatusNotFound {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the model stays")
		}
	}
	if code := p.end(syscall.SIGINT); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, p.errors.String())
	}
	b.answer(&after, "receipt", "list")
	if len(after.Receipts) != 1 || after.Receipts[0] != running.Receipts[0] {
		t.Errorf("after a restart: %+v, want %+v", after, running)
	}
	id := after.Receipts[0].ID
	b.ok("receipt", "show", id[:12])
	b.ok("receipt", "export", id[:12], "one.receipt")
	if out := b.ok("verify", "one.receipt", "--model", dir); !strings.Contains(out, "true: 40 tokens") {
		t.Errorf("verify: %s", out)
	}
	b.refused(b.command("serve"), exitUsage, "MODEL")
	b.refused(b.command("serve", "nothing"), exitUsage, "nothing")
}

// TestChatBeside: chat beside a running peer uses its API, has it compute what
// nobody serves, and gives the answer of a chat alone.
func TestChatBeside(t *testing.T) {
	b := newHome(t)
	dir := servetest.Dir(t)
	chat := func(model string) *exec.Cmd {
		c := b.command("chat", model, "--max-tokens", "12", "--seed", "3", "--temperature", "1")
		c.Stdin = strings.NewReader("the name\n")
		return c
	}
	say := func(model string) string {
		t.Helper()
		o := b.outcome(chat(model))
		if o.code != exitDone {
			t.Fatalf("exit code %d\n%s%s", o.code, o.out, o.err)
		}
		return o.out
	}
	b.ok("model", "import", dir, "--name", "tiny")
	alone := say("tiny")
	p := b.start("run")
	p.line("health")
	if beside, folder := say("tiny"), say(dir); beside != alone || folder != alone || alone == "" {
		t.Errorf("got %q beside a running peer, %q of a folder, %q alone", beside, folder, alone)
	}
	var all receiptsReport
	b.answer(&all, "receipt", "list")
	if len(all.Receipts) != 1 { // of one request, however often it was asked
		t.Errorf("got %+v", all)
	}
	b.refused(chat("nothing"), exitFailed, "nothing", "tiny")
	b.refused(chat("tiny:nothing"), exitFailed, "nothing")
}

// uploadFile sends a file for fine-tuning and returns its ID.
func uploadFile(t *testing.T, url, name, text string) string {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	f, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = io.WriteString(f, text)
	}
	if err = errors.Join(err, w.WriteField("purpose", "fine-tune"), w.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := http.Post(url+"/files", w.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	var o api.FileObject
	answered200(t, r, &o)
	return o.ID
}

// TestTune: a job with a validation file and checkpoints, whose adapters answer,
// also after a restart.
func TestTune(t *testing.T) {
	b := newHome(t)
	dir := servetest.Dir(t)
	p := b.start("serve", dir)
	url := p.line("base URL")
	var data strings.Builder
	for i := range 60 {
		fmt.Fprintf(&data, "{\"text\":\"the name of thing %d\"}\n", i)
	}
	train := uploadFile(t, url, "train.jsonl", data.String())
	valid := uploadFile(t, url, "valid.jsonl", `{"text":"the name of the thing"}`+"\n")
	broken := uploadFile(t, url, "broken.jsonl", "{\"text\":1}\n")
	var j api.JobObject
	askAPI(t, url+"/fine_tuning/jobs", fmt.Sprintf(`{"model":"tiny","training_file":%q,"validation_file":%q,"suffix":"x","method":{"type":"supervised",
		"supervised":{"hyperparameters":{"n_epochs":1,"batch_size":1}}},"metadata":{"preset":"quick"}}`, train, valid), &j)
	wait := func(want string) {
		t.Helper()
		for deadline := time.Now().Add(4 * time.Minute); j.Status != want; {
			if readAPI(t, url+"/fine_tuning/jobs/"+j.ID, &j); time.Now().After(deadline) || j.Status != want && (j.Status == "failed" || j.Status == "succeeded") {
				t.Fatalf("the job is %+v, want it %s", j, want)
			}
		}
	}
	wait("succeeded")
	if j.OpenLedger.Steps != 60 || j.ValidationFile == nil || *j.ValidationFile != valid {
		t.Errorf("got %+v", j)
	}
	var all api.List[api.JobCheckpoint]
	readAPI(t, url+"/fine_tuning/jobs/"+j.ID+"/checkpoints", &all)
	if len(all.Data) != 1 || all.Data[0].StepNumber != 50 || all.Data[0].Metrics.ValidLoss == nil {
		t.Fatalf("got checkpoints %+v", all.Data)
	}
	told := func() (all []string) {
		for _, model := range []string{"tiny", newestCheckpoint(t, url, j.ID), *j.FineTunedModel} {
			var c api.Completion
			askAPI(t, url+"/completions", strings.Replace(theName, "tiny", model, 1), &c)
			all = append(all, c.Choices[0].Text)
		}
		return all
	}
	before := told()
	var checkpoint, result api.ModelObject
	readAPI(t, url+"/models/"+newestCheckpoint(t, url, j.ID), &checkpoint)
	readAPI(t, url+"/models/"+*j.FineTunedModel, &result)
	if before[0] == before[1] || checkpoint.Root == result.Root || result.Root != j.OpenLedger.CID {
		t.Errorf("base, checkpoint and result: %q, %+v, %+v", before, checkpoint, result)
	}
	done := j.ID
	askAPI(t, url+"/fine_tuning/jobs", fmt.Sprintf(`{"model":"tiny","training_file":%q,"validation_file":%q}`, train, broken), &j)
	wait("failed")
	if j.Error == nil || j.Error.Code != "invalid_validation_file" {
		t.Errorf("got %+v", j.Error)
	}
	if code := p.end(syscall.SIGINT); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, p.errors.String())
	}
	url = b.start("serve", dir).line("base URL")
	readAPI(t, url+"/fine_tuning/jobs/"+done, &j)
	if after := told(); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("after a restart: %q, want %q", after, before)
	}
	if left, err := filepath.Glob(filepath.Join(b.home, "api-data", "jobs", done, checkpointsDir, ".*")); err != nil || left != nil {
		t.Errorf("left: %v, %v", left, err)
	}
}

// newestCheckpoint is the model of the newest checkpoint of a job.
func newestCheckpoint(t *testing.T, url, job string) string {
	t.Helper()
	var all api.List[api.JobCheckpoint]
	readAPI(t, url+"/fine_tuning/jobs/"+job+"/checkpoints", &all)
	return all.Data[0].Model
}
