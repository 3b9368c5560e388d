package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/gateway"
	"github.com/openledger/openledger/cmd/peer/servetest"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/proofs/record"
)

// A citizen is a whole peer in this process, on real sockets.
type citizen struct {
	*peer
	t    *testing.T
	stop func()
}

// newCitizen starts a peer that serves models, joined by others.
func newCitizen(t *testing.T, name string, models []string, others ...*citizen) *citizen {
	t.Helper()
	return newCitizenWith(t, name, models, func(*Config) {}, others...)
}

// newCitizenWith starts one with other settings.
func newCitizenWith(t *testing.T, name string, models []string, change func(*Config), others ...*citizen) *citizen {
	t.Helper()
	h := home(t.TempDir())
	seed := sha256.Sum256([]byte(t.Name() + name))
	key, err := record.ParseKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	c := defaults()
	c.Ops.Listen, c.Serve.Listen, c.Serve.Models, c.Serve.Memory = "127.0.0.1:0", "127.0.0.1:0", models, 32<<20
	c.Network.Port, c.Network.LAN, c.Network.Benchmark = 0, false, false
	for _, o := range others {
		c.Network.Bootstrap = append(c.Network.Bootstrap, o.addr())
	}
	c.Engine = op.Config{Threads: 1}
	change(&c)
	p := newPeer(h, c, key, slog.New(slog.DiscardHandler), newRegistry())
	services, err := wire(p)
	if err != nil {
		t.Fatal(err)
	}
	stop, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- supervise(stop, context.Background(), services, time.Minute, func(now stage) error { p.enter(now); return nil })
	}()
	x := &citizen{peer: p, t: t}
	r, err := http.Get(p.answers.url() + "/health") // its protocols are served before its API
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	over := false
	x.stop = func() {
		if !over {
			over = true
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(x.stop)
	return x
}

// addr is where others join.
func (x *citizen) addr() string {
	x.t.Helper()
	for _, a := range x.answers.online.node.Listening() {
		if strings.HasPrefix(a, "/ip4/127.0.0.1/tcp/") {
			return a + "/p2p/" + x.id()
		}
	}
	x.t.Fatal("it listens nowhere")
	return ""
}

// post asks the API of a peer, once others are known that can answer.
func (x *citizen) post(path, body string) *http.Response {
	x.t.Helper()
	for deadline := time.Now().Add(4 * time.Minute); ; {
		r, err := http.Post(x.answers.url()+path, "application/json", strings.NewReader(body))
		if err != nil {
			x.t.Fatal(err)
		}
		if r.StatusCode == http.StatusOK {
			x.t.Cleanup(func() { r.Body.Close() })
			return r
		}
		b, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || time.Now().After(deadline) || r.StatusCode != http.StatusServiceUnavailable && r.StatusCode != http.StatusNotFound {
			x.t.Fatalf("%s: %s %v\n%s", body, r.Status, err, b)
		}
	}
}

// text asks for a text, whole or as a stream, and returns it with the answer's ID.
func (x *citizen) text(model, more string) (text, id string) {
	x.t.Helper()
	r := x.post("/v1/completions", fmt.Sprintf(`{"model":%q,"prompt":"the name of the thing","max_tokens":60,"temperature":1,"seed":11,"logit_bias":{"1":-100}%s}`, model, more))
	if r.Header.Get("Content-Type") != "text/event-stream" {
		var c api.Completion
		if err := json.NewDecoder(r.Body).Decode(&c); err != nil || c.Choices[0].FinishReason == nil {
			x.t.Fatalf("%+v, %v", c, err)
		}
		return c.Choices[0].Text, c.ID
	}
	b, err := io.ReadAll(r.Body)
	if err != nil {
		x.t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		var c api.Completion
		data, ok := strings.CutPrefix(strings.TrimSpace(line), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		if err := json.Unmarshal([]byte(data), &c); err != nil || len(c.Choices) == 0 {
			x.t.Fatalf("%v in %s", err, data)
		}
		text, id = text+c.Choices[0].Text, c.ID
	}
	if !strings.Contains(string(b), "[DONE]") {
		x.t.Fatalf("the stream is cut:\n%s", b)
	}
	return text, id
}

// knows waits until a peer finds so many workers.
func (x *citizen) knows(model cid.Cid, workers int) {
	x.t.Helper()
	for deadline := time.Now().Add(4 * time.Minute); ; {
		all, err := x.answers.find(context.Background(), model, cid.Undef, true)
		if err != nil || time.Now().After(deadline) {
			x.t.Fatalf("%d workers found: %v", len(all), err)
		}
		if len(all) == workers {
			return
		}
	}
}

func (x *citizen) receipts() []gateway.Entry {
	x.t.Helper()
	all, err := gateway.NewBook(x.answers.repo.ledger).List(context.Background(), 10)
	if err != nil {
		x.t.Fatal(err)
	}
	return all
}

// through has a worker answer by a handler of the test.
func (x *citizen) through(engine engines, trace serves.Config, each func(n int, send func() error) error) {
	c := trace
	c.Engine, c.Key, c.Network, c.Domain, c.Log = engine, x.key, x.answers.repo.network(), x.answers.till.domain, x.log
	s := serves.New(c)
	stop := x.answers.online.node.Serve(serves.ProtocolName, serves.Limits, x.log, func(ctx context.Context, from string, body []byte, send func([]byte) error) error {
		n := 0
		return s.Handle(ctx, from, body, func(b []byte) error {
			n++
			return each(n, func() error { return send(b) })
		})
	})
	x.t.Cleanup(stop)
}

// TestAnswers: a peer without the model asks two others for it over HTTP, by CIDs
// alone. Whoever answers dies in the middle; the other goes on to the same text, and
// signs. What the asking peer lacks comes from the others.
func TestAnswers(t *testing.T) {
	dir := servetest.Dir(t)
	alice := newCitizen(t, "alice", []string{dir})
	bob := newCitizen(t, "bob", []string{dir}, alice)
	carol := newCitizen(t, "carol", nil, alice, bob)
	model := alice.answers.models()[0].local.Base.CID.String()
	want, _ := bob.text(model, "")

	var dead atomic.Pointer[citizen]
	for _, x := range []*citizen{alice, bob} {
		x.through(engines{x.answers}, serves.Config{}, func(n int, send func() error) error {
			if n == 20 && dead.CompareAndSwap(nil, x) {
				go x.answers.online.node.Host().Close() // it waits for this handler
				return errors.New("gone")
			}
			return send()
		})
	}
	carol.knows(alice.answers.models()[0].local.Base.CID, 2)
	if all, err := carol.answers.Models(context.Background()); err != nil || len(all) != 1 || all[0].ID != model {
		t.Errorf("got models %+v, %v", all, err)
	}
	got, id := carol.text(model, `,"stream":true`)
	if got != want || dead.Load() == nil {
		t.Errorf("got %q, want %q; dead: %v", got, want, dead.Load() != nil)
	}
	all := carol.receipts()
	if len(all) != 1 || all[0].Worker == dead.Load().key.Public().Account().String() || all[0].State != gateway.Undrawn || all[0].Tokens != 60 {
		t.Errorf("got receipts %+v", all)
	}
	r, err := http.Get(carol.answers.url() + "/v1/openledger/receipts/" + id)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var o api.ReceiptObject
	if err := json.NewDecoder(r.Body).Decode(&o); err != nil || len(o.Peers) != 2 || len(o.Records) != 2 || o.ModelCID != model || len(o.ReceiptIDs) != 1 || o.ReceiptIDs[0] != fmt.Sprintf("%x", all[0].ID) {
		t.Errorf("got %+v, %v", o, err)
	}
	if own := bob.receipts(); len(own) != 1 || own[0].State != gateway.Own {
		t.Errorf("of bob's own answer: %+v", own)
	}
	if _, err := os.Stat(filepath.Join(string(carol.home), "cache", "models", model, "tokenizer.json")); err != nil {
		t.Error(err)
	}
}

// TestPublish: an adapter that one peer published is fetched by the peer that
// computes the model and by the one that asks, both by its CID.
func TestPublish(t *testing.T) {
	dir := servetest.Dir(t)
	worker := newCitizen(t, "worker", []string{dir})
	maker := newCitizen(t, "maker", nil, worker)
	asker := newCitizen(t, "asker", nil, worker, maker)
	v := worker.answers.models()[0]
	folder, files := servetest.Adapter(t, 7, v.local.Shape.Linears(), lora.Modules{Pattern: lora.AllLinear})
	const template = `{% for m in messages %}<{{ m.content }}>{% endfor %}`
	if err := os.WriteFile(filepath.Join(folder, "chat_template.jinja"), []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := files.CID()
	if err != nil {
		t.Fatal(err)
	}
	base := v.local.Base.CID
	report, err := adapterPublish.do(context.Background(), maker.answers.repo, &feed{}, adapterArgs{Adapter: folder, Base: base.String(), Name: "seven"})
	if err != nil || report.CID != c.String() {
		t.Fatalf("%+v, %v", report, err)
	}
	if again, err := adapterPublish.do(context.Background(), maker.answers.repo, &feed{}, adapterArgs{Adapter: folder, Base: base.String(), Name: "seven"}); err != nil || again != report {
		t.Errorf("published again: %+v, %v; want %+v", again, err, report)
	}
	if _, err := v.local.Add(api.AdapterLoad{Name: "seven", Dir: folder}); err != nil {
		t.Fatal(err)
	}
	want, _ := worker.text("seven", "")
	if err := v.engine.Unload("seven"); err != nil {
		t.Fatal(err)
	}
	plain, _ := worker.text(base.String(), "")
	for _, name := range []string{base.String() + ":" + c.String(), c.String()} {
		if got, _ := asker.text(name, ""); got != want || got == plain {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	// The adapter's own template is its askers' too.
	r := asker.post("/v1/chat/completions", fmt.Sprintf(`{"model":%q,"messages":[{"role":"user","content":"x"}],"max_tokens":1}`, base.String()+":"+c.String()))
	var chat api.ChatCompletion
	if err := json.NewDecoder(r.Body).Decode(&chat); err != nil || chat.Usage.PromptTokens != len(servetest.Tokenizer().Encode("<x>", false)) {
		t.Errorf("got %+v, %v", chat, err)
	}
	if _, err := os.Stat(filepath.Join(string(worker.home), "cache", "adapters", c.String(), lora.WeightsFile)); err != nil {
		t.Error(err)
	}
	// It can be added to the home.
	x := asker.answers.repo
	if got, err := adapterFetch.do(context.Background(), x, &feed{}, c.String()); err != nil || got.CID != c.String() || got.Rank != 4 {
		t.Errorf("fetched: %+v, %v", got, err)
	}
	if _, err := adapterFetch.do(context.Background(), x, &feed{}, base.String()); err == nil {
		t.Error("a model was fetched as an adapter")
	}
	if err := x.trim("templates", "", 0); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(x.home.cacheDir("templates")); err != nil || len(left) != 0 {
		t.Errorf("left in the cache: %v, %v", left, err)
	}
}

// newCheat starts a peer that computes with rounded weights, once cheats is called:
// what it starts goes on top of what the peer serves.
func newCheat(t *testing.T, dir string, others ...*citizen) (mallory *citizen, cheats func()) {
	t.Helper()
	mallory = newCitizen(t, "mallory", []string{dir}, others...)
	v := mallory.answers.models()[0]
	wrong := servetest.Load(t, v.cpu, llamatest.BF16(servetest.Tensors(t)))
	e, err := serve.New(serve.Config{Model: wrong, CID: v.local.Base.CID, Tokenizer: servetest.Tokenizer(), Memory: 32 << 20})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	if _, err := v.terms(); err != nil { // of the true weights
		t.Fatal(err)
	}
	cheat := &answers{repo: mallory.answers.repo, here: []*serving{{cpu: v.cpu, weights: wrong, engine: e, local: v.local, terms: v.terms}}}
	s := serves.New(serves.Config{Engine: engines{cheat}, Key: mallory.key, Network: cheat.repo.network(), Domain: mallory.answers.till.domain,
		Trace: cheat.trace, Log: mallory.log})
	return mallory, func() { t.Cleanup(s.Serve(mallory.answers.online.node)) }
}

// TestConvicted: a worker that computes with rounded weights signs answers of the
// true model. The audit finds one, the worker opens what it did over the network,
// and the proof that comes of it convicts it to everybody.
func TestConvicted(t *testing.T) {
	dir := servetest.Dir(t)
	mallory, cheats := newCheat(t, dir)
	judge := newCitizen(t, "judge", nil, mallory)
	cheats()
	if _, err := judge.home.models().add("tiny", dir); err != nil {
		t.Fatal(err)
	}
	judge.text("tiny", "")
	all := judge.receipts()
	if len(all) != 1 {
		t.Fatalf("%d receipts", len(all))
	}
	_, fault, err := judge.answers.gateway.Verify(context.Background(), all[0])
	if err != nil || fault == nil {
		t.Fatalf("the audit finds %v, %v", fault, err)
	}
	found := judge.receipts()[0]
	if found.State != gateway.False || !strings.Contains(found.Verdict, "wrong tile") {
		t.Errorf("got %q, %q", found.State, found.Verdict)
	}
	_, path, _ := strings.Cut(found.Verdict, "the proof is ")
	var out, complaints bytes.Buffer
	verify := newApp(os.Stdin, &out, &complaints)
	verify.environ = []string{"OPENLEDGER_PATH=" + t.TempDir()} // a stranger's
	if code := verify.execute([]string{"verify", path, "--output", "json"}); code != exitDone || !strings.Contains(out.String(), mallory.key.Public().Account().String()) {
		t.Errorf("peer verify: exit code %d\n%s%s", code, &out, &complaints)
	}
}
