package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/host"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
)

// equal compares events, which of several choices come in any order.
func equal(t *testing.T, name string, got, want []serve.Event) {
	t.Helper()
	byChoice := func(all []serve.Event) []serve.Event {
		all = slices.Clone(all)
		slices.SortStableFunc(all, func(a, b serve.Event) int { return a.Choice - b.Choice })
		return all
	}
	got, want = byChoice(got), byChoice(want)
	if len(got) != len(want) {
		t.Fatalf("%s: got %d events, want %d", name, len(got), len(want))
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("%s: event %d: got %+v, want %+v", name, i, got[i], want[i])
		}
	}
}

// TestStream: a worker on another host answers what this process answers, bit
// for bit, and signs it.
func TestStream(t *testing.T) {
	w := newWorld(t)
	w.work("alice", w.local, nil)
	rng := rand.New(rand.NewPCG(testSeed, 1))
	for name, change := range map[string]func(r *serve.Request){
		"an adapter":      func(*serve.Request) {},
		"the base model":  func(r *serve.Request) { r.Adapter = cid.Undef },
		"greedy":          func(r *serve.Request) { r.Sampling.Temperature = 0 },
		"a bias":          func(r *serve.Request) { r.Sampling.Bias = []serve.Bias{{Token: 9, Value: 1}, {Token: 4, Value: 3}} },
		"three choices":   func(r *serve.Request) { r.Choices = 3 },
		"logprobs":        func(r *serve.Request) { r.Logprobs, r.Top = true, 4 },
		"a stop string":   func(r *serve.Request) { r.Stop = []string{"e", "th"} },
		"the model's end": func(r *serve.Request) { r.StopTokens, r.Sampling.Bias = nil, []serve.Bias{{Token: 1, Value: 4}} },
		"a schema": func(r *serve.Request) {
			r.Schema, r.MaxTokens = []byte(`{"type":"object","properties":{"name":{"type":"string","maxLength":8}},"required":["name"]}`), 100
		},
		"no length": func(r *serve.Request) { r.MaxTokens, r.StopTokens = 0, nil },
	} {
		r := w.request(rng)
		change(&r)
		want, answers := w.want(r)
		got, x, err := w.ask(r)
		if err != nil {
			t.Fatalf("%s, seed %d: %v", name, testSeed, err)
		}
		equal(t, name, got, want)
		if !reflect.DeepEqual(x.Answers, answers) {
			t.Errorf("%s: got %+v, want %+v", name, x.Answers, answers)
		}
		if len(x.Records) != 2*len(answers) || len(x.Peers) != 1 {
			t.Errorf("%s: got %d records of %v", name, len(x.Records), x.Peers)
		}
		if x.Request.Choices != max(r.Choices, 1) || x.Request.MaxTokens == 0 {
			t.Errorf("%s: got request %+v", name, x.Request)
		}
	}
	all, err := w.book.List(context.Background(), 100)
	if err != nil || len(all) != 12 {
		t.Fatalf("got %d receipts, want 12: %v", len(all), err)
	}
	for _, e := range all {
		v, err := receipt.Open(e.File, testNet)
		if err != nil {
			t.Fatal(err)
		}
		u, err := serving.Settles(v, testDomain)
		if err != nil || u == nil || u.Request.Hash() != v.Spec.Voucher {
			t.Fatalf("it does not settle: %v", err)
		}
		if _, fault, err := w.gateway.Verify(context.Background(), e); fault != nil || err != nil {
			t.Errorf("an honest receipt: %v, %v", fault, err)
		}
		if found, err := w.book.Find(context.Background(), all[0].Worker[:0]+hexOf(e.ID)[:12]); err != nil || found.ID != e.ID || found.State != Passed {
			t.Errorf("found %v, %v", found.State, err)
		}
	}
}

func hexOf(id [32]byte) string {
	const digits = "0123456789abcdef"
	b := make([]byte, 0, 64)
	for _, x := range id {
		b = append(b, digits[x>>4], digits[x&15])
	}
	return string(b)
}

// TestNonces: a request without a seed gets one from both sides.
func TestNonces(t *testing.T) {
	w := newWorld(t)
	w.work("alice", w.local, nil)
	r := w.request(rand.New(rand.NewPCG(testSeed, 2)))
	r.Sampling.Seed = 0
	seen := make(map[uint64]bool)
	for range 2 {
		got, x, err := w.ask(r)
		if err != nil {
			t.Fatal(err)
		}
		if seen[x.Request.Sampling.Seed] {
			t.Error("the same seed again")
		}
		seen[x.Request.Sampling.Seed] = true
		again := r
		again.Sampling.Seed = x.Request.Sampling.Seed
		want, _ := w.want(again)
		equal(t, "nonces", got, want)
	}
	all, err := w.book.List(context.Background(), 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		v, err := receipt.Open(e.File, testNet)
		if err != nil || len(v.Spec.Nonces) != 64 {
			t.Errorf("got nonces of %d bytes, %v", len(v.Spec.Nonces), err)
		}
	}
}

// dies is a worker whose host is gone at its nth part.
func dies(at int) sender {
	return func(h host.Host, n int, b []byte, send func([]byte) error) error {
		if n < at {
			return send(b)
		}
		go h.Close() // it waits for this handler
		return errors.New("gone")
	}
}

// TestFailover: workers that die in the middle of an answer are replaced, and
// the answer is the same.
func TestFailover(t *testing.T) {
	for _, at := range []int{1, 2, 13, 33, 70, 71, 72} {
		w := newWorld(t)
		w.work("alice", w.local, dies(at))
		w.work("bob", w.engine(w.load("null", w.tensors)), dies(at/2+2))
		w.work("carol", w.local, nil)
		rng := rand.New(rand.NewPCG(testSeed, uint64(at)))
		r := w.request(rng)
		r.Choices = 1 + at%2
		if at == 13 {
			r.Sampling.Seed = 0
		}
		got, x, err := w.ask(r)
		if err != nil {
			t.Fatalf("seed %d, %d: %v", testSeed, at, err)
		}
		r.Sampling.Seed = x.Request.Sampling.Seed
		want, answers := w.want(r)
		equal(t, "failover", got, want)
		if !reflect.DeepEqual(x.Answers, answers) || len(x.Peers) < 2 {
			t.Errorf("%d: got %+v of %v, want %+v", at, x.Answers, x.Peers, answers)
		}
		all, err := w.book.List(context.Background(), 10)
		if err != nil || len(all) != r.Choices {
			t.Fatalf("got %d receipts, %v", len(all), err)
		}
		for _, e := range all {
			if _, fault, err := w.gateway.Verify(context.Background(), e); fault != nil || err != nil || e.Doubt != "" {
				t.Errorf("%d: an honest receipt: %v, %v, %q", at, fault, err, e.Doubt)
			}
		}
	}
}

// A liar answers another request than it signs.
type liar struct {
	*serve.Engine
	change func(r *serve.Request)
}

func (l *liar) Submit(ctx context.Context, r serve.Request) (*serve.Stream, error) {
	served := r
	l.change(&served)
	s, err := l.Engine.Submit(ctx, served)
	if err == nil {
		claimed, err := l.Accept(r)
		if err != nil {
			return nil, err
		}
		s.Request = claimed
	}
	return s, err
}

// TestCheats: each kind of cheating is found, at once by what a receipt states
// or later by its audit.
func TestCheats(t *testing.T) {
	n := 2
	if long {
		n = 100
	}
	rng := rand.New(rand.NewPCG(testSeed, 4))
	w := newWorld(t)
	rounded, window := w.engine(w.load("null", llamatest.BF16(w.tensors))), w.engine(w.load("16", w.tensors))
	swap := func(_ host.Host, n int, b []byte, send func([]byte) error) error {
		p, err := serving.ReadPart(b)
		if err == nil && n == 20 && p.Event != nil {
			p.Event.Token ^= 2
			if b, err = canon.Encode(&p); err != nil {
				return err
			}
		}
		return send(b)
	}
	honest := w.local
	for _, c := range []struct {
		name    string
		engine  func() engineOf
		through sender
	}{
		{"a weight 1 ulp off", func() engineOf { return w.engine(w.load("null", llamatest.Ulp(w.tensors, rng))) }, nil},
		{"weights rounded to bf16", func() engineOf { return rounded }, nil},
		{"a wrong adapter", func() engineOf { return &liar{honest, func(r *serve.Request) { r.Adapter = w.other }} }, nil},
		{"a truncated cache", func() engineOf { return window }, nil},
		{"greedy instead of sampling", func() engineOf { return &liar{honest, func(r *serve.Request) { r.Sampling.Temperature = 0 }} }, nil},
		{"an edited prompt", func() engineOf {
			return &liar{honest, func(r *serve.Request) { r.Prompt = slices.Clone(r.Prompt); r.Prompt[rng.IntN(len(r.Prompt))] ^= 2 }}
		}, nil},
		{"a swapped token", func() engineOf { return honest }, swap},
	} {
		found, atOnce, masked := 0, 0, 0
		for found < n {
			if masked > n {
				t.Fatalf("%s, seed %d: not found", c.name, testSeed)
			}
			t.Run(fmt.Sprint(c.name, " ", found, " ", masked), func(t *testing.T) { // which closes its host
				w.t, w.workers = t, nil
				w.work(fmt.Sprint("mallory ", found, masked, " ", c.name), c.engine(), c.through)
				r := w.request(rng)
				got, _, err := w.ask(r)
				if err != nil { // refused by its form: no receipt, no pay
					atOnce++
					found++
					return
				}
				all, err := w.book.List(context.Background(), 1)
				if err != nil || len(all) != 1 {
					t.Fatal(err)
				}
				_, fault, err := w.gateway.Verify(context.Background(), all[0])
				if err != nil {
					t.Fatal(err)
				}
				if fault == nil {
					want, _ := w.want(r)
					equal(t, c.name, got, want) // it changed no bit: there is nothing to be found
					masked++
					return
				}
				if again, err := w.book.Find(context.Background(), hexOf(all[0].ID)); err != nil || again.State != False {
					t.Fatalf("%s: the receipt is %q, %v", c.name, again.State, err)
				}
				found++
			})
			if w.t = t; t.Failed() {
				return
			}
		}
		t.Logf("%s: found %d of %d, %d of them before the receipt was taken; %d more changed no bit", c.name, found, n, atOnce, masked)
	}
}

// TestConvict: a false receipt that came over the network is convicted by a
// proof that its bytes alone carry; the worker answers for it with what it did.
func TestConvict(t *testing.T) {
	w := newWorld(t)
	wrong := w.load("null", llamatest.BF16(w.tensors))
	w.work("mallory", w.engine(wrong), nil)
	rules := receipt.Rules(testNet, w.cpu, w.adapterFiles)
	var proof []byte
	w.config.Convict = func(_ context.Context, v *receipt.Verified) (string, error) {
		judge := must[*receipt.Tracer](t)(receipt.NewTracer(w.cpu, w.load("null", w.tensors), v.File.Spec, w.terms, w.adapterFiles))
		accused := must[*receipt.Tracer](t)(receipt.NewTracer(w.cpu, wrong, v.File.Spec, w.terms, w.adapterFiles))
		reveal, err := receipt.RevealOf(v, testNet)
		if err != nil {
			return "", err
		}
		p, err := accused.Player(keyOf(t, "mallory"), reveal, v.Spec.Tokens, v.Receipt.Chain)
		if err != nil {
			return "", err
		}
		_, proof, err = judge.Convict(keyOf(t, "auditor"), rules, v, w.terms, p.Answer)
		return "convicted", err
	}
	w.gateway = New(w.config)
	if _, _, err := w.ask(w.request(rand.New(rand.NewPCG(testSeed, 5)))); err != nil {
		t.Fatal(err)
	}
	all, err := w.book.List(context.Background(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, fault, err := w.gateway.Verify(context.Background(), all[0]); fault == nil || err != nil {
		t.Fatalf("got %v, %v", fault, err)
	}
	verdict, err := dispute.Verify(proof, rules)
	if err != nil || len(verdict.Guilty) != 1 || verdict.Guilty[0] != keyOf(t, "mallory").Public() || verdict.Job != all[0].ID {
		t.Errorf("got %+v, %v", verdict, err)
	}
}

// TestSilent: a worker that signs a false receipt and then opens nothing is guilty
// of silence once its time is over, without a proof; an honest one is not accused.
func TestSilent(t *testing.T) {
	w := newWorld(t)
	w.work("mallory", w.engine(w.load("null", llamatest.BF16(w.tensors))), nil)
	begun, asked := time.Now(), 0
	parts := w.config.Parts
	w.config.Parts = func(ctx context.Context, to, name string, body []byte, l call.Limits) iter.Seq2[[]byte, error] {
		if name == serving.DisputeName {
			asked++
		}
		return parts(ctx, to, name, body, l)
	}
	w.config.Now = func() time.Time { // ten minutes pass when it was asked twice
		if asked > 1 {
			return begun.Add(11 * time.Minute)
		}
		return begun
	}
	var verdict dispute.Verdict
	var proof []byte
	w.config.Convict = func(ctx context.Context, v *receipt.Verified) (string, error) {
		tracer := must[*receipt.Tracer](t)(receipt.NewTracer(w.cpu, w.load("null", w.tensors), v.File.Spec, w.terms, w.adapterFiles))
		var err error
		verdict, proof, err = w.gateway.Dispute(ctx, Judge{keyOf(t, "auditor"), tracer, w.terms, receipt.Rules(testNet, w.cpu, w.adapterFiles)}, v)
		return verdict.Kind.String(), err
	}
	w.gateway = New(w.config)
	ctx := context.Background()
	if _, _, err := w.ask(w.request(rand.New(rand.NewPCG(testSeed, 8)))); err != nil {
		t.Fatal(err)
	}
	all, err := w.book.List(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.book.mark(ctx, all[0].ID, False, "found before this peer was started again"); err != nil {
		t.Fatal(err)
	}
	if err := w.gateway.disputes(ctx); err != nil {
		t.Fatal(err)
	}
	if verdict.Kind != dispute.Silence || len(verdict.Guilty) != 1 || verdict.Guilty[0] != keyOf(t, "mallory").Public() || proof != nil {
		t.Errorf("got %+v, a proof of %d bytes", verdict, len(proof))
	}
	if all, err = w.book.List(ctx, 1); err != nil || all[0].Verdict != "silence" {
		t.Errorf("got %+v, %v", all[0].Verdict, err)
	}
	if left, err := w.book.accused(ctx, begun.Add(-time.Hour), 10); err != nil || len(left) != 0 {
		t.Errorf("%d disputes are not over, %v", len(left), err)
	}
}

// TestBeacon: a receipt's number is there once the next epoch has begun, and stays
// what it is; audits wait for it, and pass over what they cannot do.
func TestBeacon(t *testing.T) {
	w := newWorld(t)
	w.work("alice", w.local, nil)
	ctx, now := context.Background(), time.Unix(1_000_000_000, 0)
	seed, err := w.book.Seed(ctx)
	if again, err2 := w.book.Seed(ctx); err != nil || err2 != nil || again != seed {
		t.Fatalf("seeds %x and %x, %v, %v", seed, again, err, err2)
	}
	w.config.Now = func() time.Time { return now }
	w.config.Beacon = LocalBeacon(seed, w.config.Now)
	w.config.Audit = func(context.Context, serve.Claim) (*serve.Fault, error) { return nil, ErrNoModel }
	w.gateway = New(w.config)
	if _, _, err := w.ask(w.request(rand.New(rand.NewPCG(testSeed, 9)))); err != nil {
		t.Fatal(err)
	}
	all, err := w.book.List(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.config.Beacon(ctx, all[0].At); !errors.Is(err, ErrLater) {
		t.Errorf("got %v, want %v", err, ErrLater)
	}
	if n, err := w.gateway.AuditDue(ctx); n != 0 || err != nil {
		t.Errorf("%d audits before the beacon, %v", n, err)
	}
	now = now.Add(BeaconEpoch)
	a, err := w.config.Beacon(ctx, all[0].At)
	now = now.Add(100 * BeaconEpoch)
	if b, err2 := w.config.Beacon(ctx, all[0].At); err != nil || err2 != nil || a != b {
		t.Errorf("beacons %x and %x, %v, %v", a, b, err, err2)
	}
	if _, err := w.book.db.Exec("UPDATE receipts SET doubt = 'two workers differ'"); err != nil { // drawn whatever the beacon says
		t.Fatal(err)
	}
	if n, err := w.gateway.AuditDue(ctx); n != 0 || err != nil {
		t.Errorf("%d audits without the model, %v", n, err)
	}
	if all, err = w.book.List(ctx, 1); err != nil || all[0].State != Unable {
		t.Errorf("got %q, %v", all[0].State, err)
	}
}

// TestNoFalseAlarm: honest answers pass their audits.
func TestNoFalseAlarm(t *testing.T) {
	total := 2500
	if long {
		total = 1e6
	}
	w := newWorld(t)
	w.work("alice", w.engine(w.load("null", w.tensors)), nil)
	rng := rand.New(rand.NewPCG(testSeed, 6))
	done := 0
	for done < total {
		r := w.request(rng)
		r.MaxTokens, r.Choices = 200+rng.IntN(200), 1+rng.IntN(2)
		if rng.IntN(2) == 0 {
			r.Adapter = cid.Undef
		}
		if _, _, err := w.ask(r); err != nil {
			t.Fatal(err)
		}
		all, err := w.book.due(context.Background(), w.gateway.c.Now(), 10)
		if err != nil || len(all) != r.Choices {
			t.Fatalf("got %d receipts, %v", len(all), err)
		}
		for _, e := range all {
			if _, fault, err := w.gateway.Verify(context.Background(), e); fault != nil || err != nil {
				t.Fatalf("seed %d, after %d tokens: %v, %v", testSeed, done, fault, err)
			}
			done += e.Tokens
		}
	}
	t.Logf("no false alarm in %d tokens", done)
}

// TestErrors: what clients learn, and who is asked next.
func TestErrors(t *testing.T) {
	w := newWorld(t)
	rng := rand.New(rand.NewPCG(testSeed, 7))
	var nobody *api.Error
	if _, _, err := w.ask(w.request(rng)); !errors.As(err, &nobody) || nobody.Code != NoWorker || nobody.RetryAfter == 0 {
		t.Errorf("no worker: got %v", err)
	}
	w.work("alice", w.local, nil)
	var bad *serve.RequestError
	r := w.request(rng)
	r.Sampling.TopP = 7
	if _, _, err := w.ask(r); !errors.As(err, &bad) || bad.Field != "top_p" {
		t.Errorf("top_p of 7: got %v", err)
	}
	if _, err := w.gateway.Model(context.Background(), "tiny:"+w.other.String()); err != nil {
		t.Error(err)
	}
	if m, err := w.gateway.Model(context.Background(), "tiny:one"); err != nil || m.Adapter != w.adapter {
		t.Errorf("got %v, %v", m, err)
	}
	if _, err := w.gateway.Model(context.Background(), "tinny"); err == nil {
		t.Error("an unknown model")
	}
	// One that does not know the adapter is passed over.
	w.workers = nil
	other := must[*serve.Engine](t)(serve.New(serve.Config{Model: w.load("null", w.tensors), CID: w.model.CID, Memory: 16 << 20}))
	w.work("bob", other, dies(1))
	w.work("carol", w.local, nil)
	if _, x, err := w.ask(w.request(rng)); err != nil || len(x.Answers) != 1 {
		t.Errorf("got %v", err)
	}
}

// TestDrawn: the beacon draws one in a hundred, of new workers one in twenty.
func TestDrawn(t *testing.T) {
	for _, rate := range []uint64{auditRate, newRate} {
		n := 0
		for i := range 100_000 {
			if drawn([32]byte{1}, sha256.Sum256(binary.LittleEndian.AppendUint32(nil, uint32(i))), rate) {
				n++
			}
		}
		if want := int(rate) * 100; n < want-want/8 || n > want+want/8 {
			t.Errorf("got %d of 100000, want about %d", n, want)
		}
	}
}
