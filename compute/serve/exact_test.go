package serve

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// An outcome is an answer and all that was seen of its logits: the bits of the
// 20 highest and of what their log-probabilities refer to.
type outcome struct {
	answer Answer
	bits   []uint32
}

func (o *outcome) see(ev Event) {
	o.bits = append(o.bits, uint32(ev.Token), math.Float32bits(ev.Logprob))
	for _, x := range ev.Top {
		o.bits = append(o.bits, uint32(x.Token), math.Float32bits(x.Logprob))
	}
}

func (o outcome) equal(p outcome) bool {
	return slices.Equal(o.answer.Tokens, p.answer.Tokens) && slices.Equal(o.answer.Hashes, p.answer.Hashes) &&
		o.answer.Last == p.answer.Last && o.answer.Finish == p.answer.Finish && slices.Equal(o.bits, p.bits)
}

// answerAlone is what Submit must come to: each token from the whole sequence as
// one document, without a cache, a batch or chunks, by the operators of op.
func answerAlone(t *testing.T, m *llama.Model, r Request, f *lora.Files) outcome {
	t.Helper()
	var groups func(n int) []tape.Group
	if f != nil {
		a, err := m.LoadAdapter(f)
		if err != nil {
			t.Fatal(err)
		}
		groups = func(n int) []tape.Group { return []tape.Group{{Rows: n, Adapter: a}} }
	}
	fw, err := m.NewForward(llama.ForwardConfig{Tokens: len(r.Prompt) + r.MaxTokens, Picks: 1, Adapters: true})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := op.New(op.Config{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	digest, err := r.Digest()
	if err != nil {
		t.Fatal(err)
	}
	var o outcome
	chain, ids, hidden := NewChain(digest, 0), slices.Clone(r.Prompt), m.Config.Hidden
	for n := 1; o.answer.Finish == ""; n++ {
		run := llama.Run{IDs: ids, Seqs: []tape.Seq{{Rows: len(ids)}}, Picks: []int32{int32(len(ids) - 1)}}
		if groups != nil {
			run.Groups = groups(len(ids))
		}
		if err := fw.Run(&run); err != nil {
			t.Fatal(err)
		}
		logits := fw.Logits()
		token := int32(engine.Sample(logits, r.Sampling.config(), op.Uniform(op.Philox(r.Sampling.Seed, 0, uint32(len(ids)), op.PurposeSample)[0])))
		sum := engine.LogSumExp(logits)
		ev := Event{Token: token, Logprob: logits[token] - sum, Top: highest(logits, r.Top)}
		for i := range ev.Top {
			ev.Top[i].Logprob -= sum
		}
		o.see(ev)
		chain.Add(token, hashHidden(fw.Hidden()[(len(ids)-1)*hidden:][:hidden]))
		o.answer.Tokens = append(o.answer.Tokens, token)
		if ids = append(ids, token); n%HashEvery == 0 {
			o.answer.Hashes = append(o.answer.Hashes, chain.Hash())
		}
		if o.answer.Last = chain.Hash(); slices.Contains(r.StopTokens, token) {
			o.answer.Finish = FinishStop
		} else if n == r.MaxTokens {
			o.answer.Finish = FinishLength
		}
	}
	return o
}

// exactCases are requests with and without adapters, and their answers.
type exactCases struct {
	files    []*lora.Files
	requests []Request
	want     []outcome
}

func newExactCases(t *testing.T, m *llama.Model, n int) *exactCases {
	const seed = 21
	rng := rand.New(rand.NewPCG(seed, 0))
	c := &exactCases{}
	for i, k := range adapterKinds {
		c.files = append(c.files, k.Files(t, m.Config.Linears(), uint64(i)))
	}
	for i := range n {
		r := Request{
			Model: modelCID, Prompt: tokens(rng, 1+rng.IntN(90)), MaxTokens: 1 + rng.IntN(50), Choices: 1, StopTokens: m.Config.EOS,
			Sampling: Sampling{Seed: rng.Uint64()}, Logprobs: true, Top: 20, Tenant: fmt.Sprint(i % 3),
		}
		if i%4 > 0 {
			r.Sampling.Temperature, r.Sampling.TopP, r.Sampling.TopK = 1+rng.Float32(), 0.9, i%3*20
		}
		var f *lora.Files
		if i%(len(c.files)+1) > 0 {
			f = c.files[i%(len(c.files)+1)-1]
			r.Adapter, _ = f.CID()
		}
		c.requests = append(c.requests, r)
		c.want = append(c.want, answerAlone(t, m, r, f))
	}
	return c
}

// add makes the adapters of the cases known.
func (c *exactCases) add(t *testing.T, e *Engine) {
	for i, f := range c.files {
		dir, id := llamatest.Write(t, f)
		if err := e.Register(fmt.Sprint("adapter", i), id, dir); err != nil {
			t.Fatal(err)
		}
	}
}

// check runs all requests, so many at a time, and compares.
func (c *exactCases) check(t *testing.T, name string, e *Engine, atOnce int) {
	t.Helper()
	for i := 0; i < len(c.requests); i += atOnce {
		var streams []*Stream
		for _, r := range c.requests[i:min(i+atOnce, len(c.requests))] {
			streams = append(streams, submit(t, e, r))
		}
		for k, s := range streams {
			var got outcome
			for _, ev := range collect(t, s) {
				got.see(ev)
			}
			got.answer = s.Answers()[0]
			if want := c.want[i+k]; !got.equal(want) {
				t.Fatalf("%s: request %d: got %v (%s) %x, want %v (%s) %x", name, i+k,
					got.answer.Tokens, got.answer.Finish, got.answer.Last, want.answer.Tokens, want.answer.Finish, want.answer.Last)
			}
		}
	}
}

// TestExact: answers and their logits have the bits of a model that reads each
// sequence alone and whole, whatever the batch, the chunks, the slots, the
// cache, the comings and goings of adapters, the memory, threads and kernels.
func TestExact(t *testing.T) {
	m := tinyModel(t)
	n := 48
	if long {
		n = 400
	}
	c := newExactCases(t, m, n)
	for _, v := range []struct {
		name   string
		config Config
		atOnce int
	}{
		{"one at a time", Config{}, 1},
		{"two slots, chunks of 7", Config{Slots: 2, Chunk: 7}, 5},
		{"64 slots", Config{Slots: 64, Chunk: 300}, 64},
		{"chunks of 1", Config{Slots: 7, Chunk: 1}, 48},
		{"little memory", Config{Slots: 16, Memory: 420 << 10}, 48},
	} {
		little := v.config.Memory != 0
		if v.config.Model = m; !little {
			v.config.Memory = 64 << 20 // for all prompts at the same time
		}
		t.Run(v.name, func(t *testing.T) {
			e := start(t, v.config)
			c.add(t, e)
			c.check(t, v.name+", fresh", e, v.atOnce)
			c.check(t, v.name+", cached", e, v.atOnce)
			s := e.Stats()
			t.Logf("%+v", s)
			if !little && s.CachedTokens == 0 {
				t.Error("nothing came out of the cache")
			}
			if little && (s.Preempted == 0 || s.Evicted == 0) {
				t.Error("nothing was preempted or evicted")
			}
		})
	}
}

// TestOnePrompt: the same prompt with each adapter and without one has its own
// pages in the cache, under whatever name it was asked for.
func TestOnePrompt(t *testing.T) {
	m := tinyModel(t)
	c := newExactCases(t, m, len(adapterKinds)+1)
	prompt := tokens(rand.New(rand.NewPCG(8, 0)), 100)
	for i := range c.requests {
		r := &c.requests[i]
		r.Prompt, r.MaxTokens = prompt, 20
		var f *lora.Files
		if i > 0 {
			f = c.files[i-1]
		}
		c.want[i] = answerAlone(t, m, *r, f)
	}
	e := start(t, Config{Model: m})
	c.add(t, e)
	c.check(t, "first", e, 1)
	if s := e.Stats(); s.CachedTokens != 0 {
		t.Errorf("%d tokens came out of the cache of others", s.CachedTokens)
	}
	for i, f := range c.files { // what a name stood for does not matter
		dir, id := llamatest.Write(t, f)
		if err := e.Register(fmt.Sprint("adapter", (i+1)%len(c.files)), id, dir); err != nil {
			t.Fatal(err)
		}
	}
	slices.Reverse(c.requests)
	slices.Reverse(c.want)
	c.check(t, "again", e, 3)
	if s, want := e.Stats(), uint64(len(c.requests)*96); s.CachedTokens != want {
		t.Errorf("%d tokens came out of the cache, want %d", s.CachedTokens, want)
	}
}

// TestExactKernels is TestExact over implementations and threads.
func TestExactKernels(t *testing.T) {
	all := tinyTensors(t, safetensors.BF16)
	c := newExactCases(t, modelOf(t, tinyConfig, all, "", 1), 12)
	for _, kernels := range op.Available() {
		if kernels == "ref" && !long {
			c.requests, c.want = c.requests[:3], c.want[:3] // it is slow
		}
		for _, threads := range []int{1, 3} {
			name := fmt.Sprintf("%s, %d threads", kernels, threads)
			e := start(t, Config{Model: modelOf(t, tinyConfig, all, kernels, threads), Slots: 6, Chunk: 20})
			c.add(t, e)
			c.check(t, name, e, 12)
		}
	}
}

// TestReloaded: an adapter that was unloaded and comes again gives the same bits,
// also from Config.Adapters.
func TestReloaded(t *testing.T) {
	m := tinyModel(t)
	c := newExactCases(t, m, 12)
	e := start(t, Config{Model: m})
	c.add(t, e)
	for range 3 {
		c.check(t, "reloaded", e, 4)
		for _, a := range e.Adapters() {
			for _, name := range a.Names {
				if err := e.Unload(name); err != nil {
					t.Fatal(err)
				}
			}
		}
		if s := e.Stats(); s.AdapterBytes != 0 || s.Known != 0 {
			t.Fatalf("unloaded: %+v", s)
		}
		c.add(t, e)
	}
	if s := e.Stats(); s.Loads != 15 {
		t.Errorf("%d loads, want 15", s.Loads)
	}
	if err := e.Load(context.Background(), "adapter2", true); err != nil {
		t.Fatal(err)
	}
	if a, err := e.Adapter("adapter2"); err != nil || a.State != AdapterReady || !a.Pinned || a.Facts.Applied != 7*3 {
		t.Errorf("%+v %v", a, err)
	}
}
