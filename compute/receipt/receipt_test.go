package receipt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// long asks for as many cases as the issue names.
var long = os.Getenv("OPENLEDGER_LONG") != ""

const (
	testNet  = record.Network(31337)
	testSeed = 5
)

const tinyConfig = `{"model_type":"mistral","sliding_window":WINDOW,"vocab_size":200,"hidden_size":64,"intermediate_size":96,
"num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":256,"tie_word_embeddings":true}`

func configOf(window string) string { return strings.Replace(tinyConfig, "WINDOW", window, 1) }

// A world is a model, two adapters and who knows them.
type world struct {
	t        testing.TB
	cpu      *tape.CPU
	tensors  []safetensors.Tensor
	model    *llama.Model
	id       cid.Cid
	terms    *Terms
	adapters map[cid.Cid]*lora.Files
	dirs     map[cid.Cid]string
	order    []cid.Cid
	rules    dispute.Rules
	auditor  *serve.Engine
}

func key(t testing.TB, name string) record.Key {
	t.Helper()
	k, err := record.ParseKey([]byte((name + strings.Repeat("-", 32))[:32]))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, cpu: llamatest.CPU(t, "", 0), adapters: make(map[cid.Cid]*lora.Files), dirs: make(map[cid.Cid]string)}
	w.tensors = llamatest.Tensors(llamatest.Config(t, configOf("null")), safetensors.F32, 1)
	dir := llamatest.Dir(t, configOf("null"), w.tensors)
	identity, err := llama.Identify(dir)
	if err == nil {
		w.id, err = identity.CID()
	}
	if err != nil {
		t.Fatal(err)
	}
	w.model = w.load("null", w.tensors)
	if w.terms, err = TermsOf(w.cpu, w.model, identity, []byte(configOf("null"))); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		f := llamatest.Adapter{Rank: 4, Targets: lora.Modules{Pattern: lora.AllLinear}, DType: safetensors.F32}.Files(t, w.model.Config.Linears(), uint64(i))
		dir, c := llamatest.Write(t, f)
		w.adapters[c], w.dirs[c] = f, dir
		w.order = append(w.order, c)
	}
	w.rules = Rules(testNet, w.cpu, w.files)
	w.auditor = w.engine(w.model)
	return w
}

func (w *world) files(c cid.Cid) (*lora.Files, error) {
	f := w.adapters[c]
	if f == nil {
		return nil, errors.New("no such adapter")
	}
	return f, nil
}

func (w *world) load(window string, all []safetensors.Tensor) *llama.Model {
	w.t.Helper()
	return llamatest.Load(w.t, w.cpu, configOf(window), all)
}

func (w *world) engine(m *llama.Model) *serve.Engine {
	w.t.Helper()
	e, err := serve.New(serve.Config{Model: m, CID: w.id, Slots: 4, Memory: 16 << 20})
	if err != nil {
		w.t.Fatal(err)
	}
	for c, dir := range w.dirs {
		if err := e.Register("", c, dir); err != nil {
			w.t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	w.t.Cleanup(func() { cancel(); <-done })
	return e
}

// answer runs a request to its end.
func (w *world) answer(e *serve.Engine, r serve.Request) (serve.Request, serve.Answer) {
	w.t.Helper()
	s, err := e.Submit(context.Background(), r)
	if err != nil {
		w.t.Fatal(err)
	}
	for {
		if _, err = s.Next(context.Background()); err != nil {
			break
		}
	}
	if err != io.EOF {
		w.t.Fatal(err)
	}
	return s.Request, s.Answers()[0]
}

func (w *world) request(rng *rand.Rand) serve.Request {
	prompt := make([]int32, 20+rng.IntN(60))
	for i := range prompt {
		prompt[i] = int32(rng.IntN(200))
	}
	return serve.Request{Prompt: prompt, MaxTokens: 33 + rng.IntN(15), StopTokens: []int32{}, Adapter: w.order[0], Sampling: serve.Sampling{Temperature: 1, TopK: 50, Seed: rng.Uint64()}}
}

func (w *world) open(f *File) *Verified {
	w.t.Helper()
	b, err := canon.Encode(f)
	if err != nil {
		w.t.Fatal(err)
	}
	v, err := Open(b, testNet)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

func (w *world) tracer(m *llama.Model, v *Verified) *Tracer {
	w.t.Helper()
	t, err := NewTracer(w.cpu, m, v.File.Spec, w.terms, w.files)
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

// A cheat is what a worker does instead of what was asked: another model, other
// tokens read, another adapter, another way to draw, another token in the end.
type cheat struct {
	name  string
	model func(w *world, rng *rand.Rand) *llama.Model // nil: the true one
	serve func(w *world, rng *rand.Rand, r *serve.Request)
	token func(rng *rand.Rand, tokens []int32)
}

var cheats = []cheat{
	{name: "a weight 1 ulp off", model: func(w *world, rng *rand.Rand) *llama.Model { return w.load("null", llamatest.Ulp(w.tensors, rng)) }},
	{name: "weights rounded to bf16", model: func(w *world, _ *rand.Rand) *llama.Model { return w.load("null", llamatest.BF16(w.tensors)) }},
	{name: "a wrong adapter", serve: func(w *world, _ *rand.Rand, r *serve.Request) { r.Adapter = w.order[1] }},
	{name: "a truncated cache", model: func(w *world, _ *rand.Rand) *llama.Model { return w.load("16", w.tensors) }},
	{name: "greedy instead of sampling", serve: func(_ *world, _ *rand.Rand, r *serve.Request) { r.Sampling.Temperature = 0 }},
	{name: "an edited prompt", serve: func(_ *world, rng *rand.Rand, r *serve.Request) {
		r.Prompt = slices.Clone(r.Prompt)
		r.Prompt[rng.IntN(len(r.Prompt))] ^= 2
	}},
	{name: "a swapped token", token: func(rng *rand.Rand, tokens []int32) { tokens[rng.IntN(len(tokens))] ^= 2 }},
}

// forge makes a receipt with the chain of what a cheat computes, and who answers
// for it.
func (w *world) forge(c cheat, rng *rand.Rand, r serve.Request) (*Verified, *Tracer) {
	w.t.Helper()
	m, e := w.model, w.auditor
	if c.model != nil {
		m = c.model(w, rng)
		e = w.engine(m)
	}
	served := r
	if c.serve != nil {
		c.serve(w, rng, &served)
	}
	served, answer := w.answer(e, served)
	if c.token != nil {
		c.token(rng, answer.Tokens)
	}
	claimed := Spec{Request: served, Tokens: answer.Tokens}
	claimed.Request.Prompt, claimed.Request.Adapter, claimed.Request.Sampling = r.Prompt, r.Adapter, r.Sampling
	b, err := canon.Encode(&claimed)
	if err != nil {
		w.t.Fatal(err)
	}
	liar := w.tracer(m, &Verified{File: File{Spec: b}})
	liar.ids = slices.Concat(served.Prompt, answer.Tokens)[:len(liar.ids)]
	liar.sampling = served.Sampling
	if served.Adapter != r.Adapter {
		other := claimed
		other.Request.Adapter = served.Adapter
		if b, err = canon.Encode(&other); err != nil {
			w.t.Fatal(err)
		}
		does := w.tracer(m, &Verified{File: File{Spec: b}}).w
		liar.w.prefill = does.prefill
		liar.w.body.Tape, liar.w.body.Env = does.body.Tape, does.body.Env
		for i := range liar.w.heads {
			liar.w.heads[i].Tape, liar.w.heads[i].Env = does.heads[i].Tape, does.heads[i].Env
		}
	}
	var links []serve.Hash
	if _, answer.Last, err = liar.Answer(); err != nil {
		w.t.Fatal(err)
	}
	if links, err = liar.links(); err != nil {
		w.t.Fatal(err)
	}
	answer.Hashes = links
	f, err := Seal(key(w.t, "worker"), testNet, &claimed, answer, [32]byte{}, [65]byte{})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.open(f), liar
}

// links returns the chain after tokens 32, 64, ... of what a tracer computes.
func (t *Tracer) links() (all []serve.Hash, err error) {
	_, err = t.run(1, &dispute.Watch{After: func(at dispute.Seen) error {
		o := &t.w.Program.Ops[at.Op]
		if o.Code != chain {
			return nil
		}
		var a start
		if err := canon.Decode(o.Attrs, &a, canon.Limits{}); err != nil {
			return err
		}
		hashes, tokens := at.Bytes(o.In[0]), at.Bytes(o.In[1])
		for n := serve.HashEvery; n <= len(tokens)/4; n += serve.HashEvery {
			all = append(all, serve.Hash(a.last(hashes[:32*n], tokens[:4*n])))
		}
		return tape.ErrStop
	}})
	return all, err
}

// TestCheats: an audit finds each kind of cheating, and a dispute convicts who
// signed it, and nobody else, by a proof that anyone can check.
func TestCheats(t *testing.T) {
	n, disputes := 3, 1
	if long {
		n, disputes = 100, 100
	}
	w := newWorld(t)
	for _, c := range cheats {
		rng := rand.New(rand.NewPCG(testSeed, 3))
		found, convicted, size, masked := 0, 0, 0, 0
		kinds := make(map[dispute.Kind]int)
		for i := range n {
			v, liar := w.forge(c, rng, w.request(rng))
			for same(t, w.tracer(w.model, v), v) { // it changed no bit of the answer
				masked++
				v, liar = w.forge(c, rng, w.request(rng))
			}
			fault, err := w.auditor.Audit(context.Background(), "", v.Claim())
			if err != nil {
				t.Fatalf("%s, seed %d, %d: %v", c.name, testSeed, i, err)
			}
			if fault != nil {
				found++
			}
			if i >= disputes {
				continue
			}
			accused, err := liar.Player(key(t, "worker"), w.reveal(v), v.Spec.Tokens, v.Receipt.Chain)
			if err != nil {
				t.Fatal(err)
			}
			verdict, proof, err := w.tracer(w.model, v).Convict(key(t, "challenger"), w.rules, v, w.terms, accused.Answer)
			if err != nil {
				t.Fatalf("%s, seed %d, %d: %v", c.name, testSeed, i, err)
			}
			again, err := dispute.Verify(proof, w.rules)
			if err != nil || len(again.Guilty) != 1 || again.Guilty[0] != key(t, "worker").Public() || again.Job != v.ID || again.Kind != verdict.Kind {
				t.Fatalf("%s, seed %d, %d: the proof says %v, %v", c.name, testSeed, i, again, err)
			}
			kinds[again.Kind]++
			convicted++
			size = max(size, len(proof))
		}
		if found != n || convicted != disputes {
			t.Errorf("%s, seed %d: found %d of %d, convicted %d of %d", c.name, testSeed, found, n, convicted, disputes)
		}
		t.Logf("%s: found %d of %d, convicted %d of %d (%v), proofs of up to %d bytes; %d more changed no bit", c.name, found, n, convicted, disputes, kinds, size, masked)
	}
}

// same says whether the model gives what a receipt states.
func same(t *testing.T, x *Tracer, v *Verified) bool {
	t.Helper()
	drawn, last, err := x.Answer()
	if err != nil {
		t.Fatal(err)
	}
	return last == v.Receipt.Chain && slices.Equal(drawn, v.Spec.Tokens)
}

func (w *world) reveal(v *Verified) record.Verified {
	w.t.Helper()
	r, err := record.Open(v.File.Reveal, testNet)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// TestHonest: the prefill gives what the engine answered, whatever was asked,
// and nobody is convicted: not by an honest challenger, and a lying one is
// convicted himself.
func TestHonest(t *testing.T) {
	w := newWorld(t)
	rng := rand.New(rand.NewPCG(testSeed, 4))
	total := 8
	if long {
		total = 400
	}
	for i := range total {
		r := w.request(rng)
		switch i % 4 {
		case 1:
			r.Adapter = cid.Undef
		case 2:
			r.Sampling = serve.Sampling{Bias: []serve.Bias{{Token: 3, Value: 2}, {Token: 9, Value: -3}}}
		case 3:
			r.Sampling.TopP, r.Sampling.MinP, r.Adapter = 0.9, 0.01, w.order[1]
		}
		request, answer := w.answer(w.auditor, r)
		given := i % 3 * 7
		f, err := Seal(key(t, "worker"), testNet, &Spec{Request: request, Tokens: answer.Tokens, Given: given}, answer, [32]byte{}, [65]byte{})
		if err != nil {
			t.Fatal(err)
		}
		v := w.open(f)
		tracer := w.tracer(w.model, v)
		drawn, last, err := tracer.Answer()
		if err != nil || last != answer.Last || !slices.Equal(drawn, answer.Tokens) {
			t.Fatalf("seed %d, %d: the prefill gives %v, %v, want %v; %v", testSeed, i, drawn, last, answer, err)
		}
		if fault, err := w.auditor.Audit(context.Background(), "", v.Claim()); fault != nil || err != nil {
			t.Fatalf("seed %d, %d: blamed for %v, %v", testSeed, i, fault, err)
		}
		if i > 1 {
			continue
		}
		if _, proof, err := tracer.Convict(key(t, "challenger"), w.rules, v, w.terms, nil); proof != nil || err != nil {
			t.Fatalf("a proof against an honest worker: %v", err)
		}
		// A challenger who computed with a wrong weight.
		liar := w.tracer(cheats[1].model(w, rng), v)
		honest, err := tracer.Player(key(t, "worker"), w.reveal(v), answer.Tokens, answer.Last)
		if err != nil {
			t.Fatal(err)
		}
		verdict, proof, err := liar.Convict(key(t, "challenger"), w.rules, v, w.terms, honest.Answer)
		if err != nil || len(verdict.Guilty) != 1 || verdict.Guilty[0] != key(t, "challenger").Public() {
			t.Fatalf("got %v, %v", verdict, err)
		}
		if again, err := dispute.Verify(proof, w.rules); err != nil || again.Convicts(key(t, "worker").Public().Account()) {
			t.Fatalf("got %v, %v", again, err)
		}
	}
}

// TestForm: records that do not fit together are no receipt.
func TestForm(t *testing.T) {
	w := newWorld(t)
	rng := rand.New(rand.NewPCG(testSeed, 5))
	request, answer := w.answer(w.auditor, w.request(rng))
	spec := Spec{Request: request, Tokens: answer.Tokens}
	good, err := Seal(key(t, "worker"), testNet, &spec, answer, [32]byte{}, [65]byte{})
	if err != nil {
		t.Fatal(err)
	}
	other, err := Seal(key(t, "other"), testNet, &spec, answer, [32]byte{}, [65]byte{})
	if err != nil {
		t.Fatal(err)
	}
	wrong := answer
	wrong.Last[0] ^= 1
	lie, err := Seal(key(t, "worker"), testNet, &spec, wrong, [32]byte{}, [65]byte{})
	if err != nil {
		t.Fatal(err)
	}
	spec.Given = 1
	moved, err := Seal(key(t, "worker"), testNet, &spec, answer, [32]byte{}, [65]byte{})
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(f *File){
		"a reveal by another":           func(f *File) { f.Reveal = other.Reveal },
		"a receipt by another":          func(f *File) { f.Receipt = other.Receipt },
		"a reveal of another chain":     func(f *File) { f.Reveal = lie.Reveal },
		"another spec":                  func(f *File) { f.Spec = moved.Spec },
		"a hash too few":                func(f *File) { f.Hashes = nil },
		"an answer that was cut":        func(f *File) { f.Finish = "" },
		"the reveal in the other place": func(f *File) { f.Receipt = f.Reveal },
	} {
		f := *good
		change(&f)
		b, err := canon.Encode(&f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(b, testNet); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	b, _ := canon.Encode(good)
	if _, err := Open(b, testNet+1); err == nil {
		t.Error("a receipt of another network: accepted")
	}
	t.Logf("the two records have %d and %d bytes", len(good.Receipt), len(good.Reveal))
}

// FuzzOpen: no bytes make Open or a judge panic, and what opens is canonical.
func FuzzOpen(f *testing.F) {
	w := newWorld(f)
	rng := rand.New(rand.NewPCG(testSeed, 6))
	request, answer := w.answer(w.auditor, w.request(rng))
	good, err := Seal(key(f, "worker"), testNet, &Spec{Request: request, Tokens: answer.Tokens}, answer, [32]byte{}, [65]byte{})
	if err != nil {
		f.Fatal(err)
	}
	b, err := canon.Encode(good)
	if err != nil {
		f.Fatal(err)
	}
	extra, err := canon.Encode(w.terms)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b, good.Spec, extra)
	f.Fuzz(func(t *testing.T, b, spec, extra []byte) {
		if v, err := Open(b, testNet); err == nil {
			again, err := canon.Encode(&v.File)
			if err != nil || !bytes.Equal(again, b) {
				t.Errorf("another form: %v", err)
			}
		}
		if j, err := newJob(spec, extra, w.files); err == nil {
			if p, err := j.Program(1, nil, nil); err == nil && !p.Complete() {
				t.Error("a program that is not complete")
			}
		}
	})
}
