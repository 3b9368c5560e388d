package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/servetest"
)

// learntLines are records of two contributors, and of nobody.
const learntLines = `{"text": "the name of the thing is count", "contributor": "ann"}
{"text": "tags and so on and so on and so on", "contributor": "bob"}
{"text": "the name the name the name", "contributor": "ann"}
{"text": "12 12 12 12"}
`

// TestAttribution: an answer of an adapter with an index says whose data made it,
// signed, at once or later, also after a restart; anybody computes it again, and a
// damaged index is found.
func TestAttribution(t *testing.T) {
	b := newHome(t)
	dir := servetest.Dir(t)
	if err := os.WriteFile(filepath.Join(b.dir, "data.jsonl"), []byte(learntLines), 0o644); err != nil {
		t.Fatal(err)
	}
	b.refused(b.command("train", "local", "--model", dir, "--data", "data.jsonl", "--attribution", "--out", "whole"), exitUsage, "--attribution")
	tuned := []string{"train", "local", "--model", dir, "--data", "data.jsonl", "--method", "lora", "--rank", "4", "--lr", "0.02", "--steps", "30", "--batch", "4", "--valid", "0"}
	b.ok(append(tuned, "--attribution", "--out", "mine")...)
	b.ok(append(tuned, "--seed", "7", "--out", "plain")...)
	b.ok("adapter", "load", "mine")
	b.ok("adapter", "load", "plain")
	var list indexList
	b.answer(&list, "attribution", "list")
	if len(list.Indexes) != 1 || list.Indexes[0].Examples != 4 || list.Indexes[0].Owners != 3 {
		t.Fatalf("got %+v", list)
	}

	p := b.start("serve", dir)
	url := p.line("base URL")
	ask := func(model, more string) (c struct {
		api.Completion
		Attribution attributionReport `json:"attribution"`
	}) {
		t.Helper()
		askAPI(t, url+"/completions", `{"model":"`+model+`","prompt":"the name","max_tokens":12,"temperature":0`+more+`}`, &c)
		return c
	}
	at := ask("mine", `,"attribution":{"wait":true,"top_k":2}`).Attribution
	if at.Status != attributionComplete || len(at.Sources) != 3 || len(at.Records) != 2 || !at.Provisional || at.Receipt == nil {
		t.Fatalf("got %+v", at)
	}
	sum := 0.0
	for i, s := range at.Sources {
		sum += s.Share
		if s.Share < 0 || i > 0 && s.Score > at.Sources[i-1].Score {
			t.Errorf("sources %+v", at.Sources)
		}
	}
	if sum < 0.999999 || sum > 1.000001 {
		t.Errorf("shares sum to %g: %+v", sum, at)
	}
	for model, want := range map[string]string{"plain": errNoIndex.Error(), "tiny": "base model"} {
		if got := ask(model, `,"attribution":{"wait":true}`).Attribution; got.Status != attributionUnavailable || !strings.Contains(got.Reason, want) {
			t.Errorf("%s: got %+v", model, got)
		}
	}
	if got := ask("mine", `,"n":2,"attribution":{}`).Attribution; got.Status != attributionUnavailable || !strings.Contains(got.Reason, "one choice") {
		t.Errorf("two choices: got %+v", got)
	}
	later := ask("mine", `,"temperature":1,"seed":6,"attribution":{}`).Attribution
	if later.Status != attributionPending {
		t.Errorf("not waited for: got %+v", later)
	}
	if r, err := http.Get(url + "/attributions/none"); err != nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown one: %v, %v", r, err)
	}
	if code := p.end(syscall.SIGINT); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, p.errors.String())
	}

	p = b.start("serve", dir) // what was pending is done now, if it was not before
	url = p.line("base URL")
	var again attributionReport
	for again.Status = attributionPending; again.Status == attributionPending; {
		readAPI(t, url+"/attributions/"+later.ID, &again)
	}
	if again.Status != attributionComplete {
		t.Errorf("after a restart: %+v", again)
	}
	var proof attributionProof
	readAPI(t, url+"/attributions/"+at.ID+"/proof", &proof)
	if len(proof.Receipt) == 0 || len(proof.Index) == 0 || string(proof.Statement) != string(at.Receipt.Statement) {
		t.Errorf("proof %+v", proof)
	}
	var shown attributionReport
	b.answer(&shown, "attribution", "show", at.ID)
	if len(shown.Records) != 4 || shown.Sources[0] != at.Sources[0] {
		t.Errorf("shown %+v, want %+v", shown, at)
	}
	if out := b.ok("attribution", "verify", at.Receipt.ID[:12], "--model", dir); !strings.Contains(out, "true") {
		t.Errorf("verify: %s", out)
	}
	if code := p.end(syscall.SIGINT); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, p.errors.String())
	}
	if out := b.ok("attribution", "verify", later.ID, "--model", dir); !strings.Contains(out, "4 examples") {
		t.Errorf("verify: %s", out)
	}
	b.refused(b.command("attribution", "show", "abcd1234"), exitUsage, "no attribution")

	rows, err := filepath.Glob(filepath.Join(b.home, "attribution", "*", indexRows))
	if err != nil || len(rows) != 1 {
		t.Fatalf("%v, %v", rows, err)
	}
	file, err := os.ReadFile(rows[0])
	if err != nil {
		t.Fatal(err)
	}
	file[len(file)-9] ^= 4
	if err := os.WriteFile(rows[0], file, 0o644); err != nil {
		t.Fatal(err)
	}
	b.refused(b.command("attribution", "verify", at.ID, "--model", dir), exitHome, "damaged")
}
