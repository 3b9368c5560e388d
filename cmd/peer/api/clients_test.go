package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/compute/serve"
)

// TestClients runs OpenAI's and LangChain's clients against a server. They are
// installed by hand (npm install in testdata/clients) or with OPENLEDGER_NPM=1.
func TestClients(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not at hand")
	}
	const dir = "testdata/clients"
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "openai")); err != nil {
		if os.Getenv("OPENLEDGER_NPM") != "1" {
			t.Skip("the clients are not installed: OPENLEDGER_NPM=1 permits npm install, or run it in cmd/peer/api/" + dir)
		}
		c := exec.Command("npm", "install")
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("npm install: %v\n%s", err, out)
		}
	}
	local := &breaking{Local: newLocal(t)}
	s, err := api.New(api.Config{Backend: local, Dir: t.TempDir(), Tuner: &fakeTuner{local: local.Local, dir: writeAdapter(t, 9, local.Shape.Linears())}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.Run(ctx) }()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch { // what the suite asks for, to see what clients do
		case r.Header.Get("X-Test-Busy") == "1":
			r = r.WithContext(context.WithValue(r.Context(), failKey{}, "busy"))
		case r.Header.Get("X-Test-Break") == "1":
			r = r.WithContext(context.WithValue(r.Context(), failKey{}, "break"))
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { server.Close(); cancel(); <-done })
	out, err := exec.Command(node, filepath.Join(dir, "suite.mjs"), server.URL+"/v1", local.Base.ID).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "all passed") {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

type failKey struct{}

// A breaking backend fails where a request's context says so.
type breaking struct{ *api.Local }

func (b *breaking) Complete(ctx context.Context, m api.Model, r serve.Request) (api.Answer, error) {
	how, _ := ctx.Value(failKey{}).(string)
	if how == "busy" {
		return nil, &serve.BusyError{Waiting: 1, RetryAfter: 20 * time.Millisecond}
	}
	a, err := b.Local.Complete(ctx, m, r)
	if err == nil && how == "break" {
		a = &brokenAnswer{Answer: a}
	}
	return a, err
}

// A brokenAnswer ends after three tokens.
type brokenAnswer struct {
	api.Answer
	n int
}

func (a *brokenAnswer) Next(ctx context.Context) (serve.Event, error) {
	if a.n++; a.n > 3 {
		return serve.Event{}, errors.New("the worker was lost")
	}
	return a.Answer.Next(ctx)
}

// A fakeTuner does jobs at once, but for those of a thousand epochs, and always
// to the same adapter.
type fakeTuner struct {
	local *api.Local
	dir   string
}

func (f *fakeTuner) Check(context.Context, api.Tuning) error { return nil }

func (f *fakeTuner) Tune(ctx context.Context, j api.Tuning, watch func(api.TuneEvent)) (api.Tuned, error) {
	name := "ft:" + f.local.Base.ID + ":" + j.Suffix + ":" + j.ID[len(j.ID)-6:]
	c, err := f.local.Add(api.AdapterLoad{Name: name, Dir: f.dir})
	for step := 1; step <= 3 && err == nil; step++ {
		e := api.TuneEvent{Step: step, Steps: 3, Loss: 2 / float32(step), Tokens: 10}
		if step == 2 {
			e.Checkpoint = name
		}
		watch(e)
	}
	if j.Epochs >= 1000 {
		<-ctx.Done()
		return api.Tuned{}, ctx.Err()
	}
	return api.Tuned{Model: name, CID: c}, err
}
