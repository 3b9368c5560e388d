package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/safetensors"
)

// TestDisconnects: 200 streams at once, a tenth of which go away at some point,
// leave nothing behind: no page, slot, adapter or goroutine.
func TestDisconnects(t *testing.T) {
	const seed = 9
	rng := rand.New(rand.NewPCG(seed, 0))
	m := tinyModel(t)
	before := runtime.NumGoroutine()
	e, err := New(Config{Model: m, CID: modelCID, Slots: 12, Memory: 1 << 20, Queue: 300, Tokenizer: tinyTokenizer()})
	if err != nil {
		t.Fatal(err)
	}
	run, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- e.Run(run) }()
	for i := range adapterKinds {
		dir, _ := writeAdapter(t, m, i, uint64(i))
		if _, err := e.Add(fmt.Sprint(i), dir); err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	for i := range 200 {
		r := Request{Prompt: tokens(rng, 1+rng.IntN(100)), MaxTokens: 1 + rng.IntN(60), Tenant: fmt.Sprint(i % 7), StopTokens: []int32{}}
		if i%6 < len(adapterKinds) {
			r.Adapter, _ = e.Resolve(fmt.Sprint(i % 6))
		}
		after := -1
		if i%10 == 0 {
			after = rng.IntN(r.MaxTokens)
		}
		wg.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			s, err := e.Submit(ctx, r)
			if err != nil {
				t.Error(err)
				return
			}
			for n := 0; ; n++ {
				if n == after {
					if i%20 == 0 {
						cancel()
					} else {
						s.Close()
					}
				}
				if _, err := s.Next(context.Background()); err != nil {
					complete := errors.Is(err, io.EOF) && n == r.MaxTokens // it may be faster than Close
					if !complete && (after < 0 || !errors.Is(err, context.Canceled)) {
						t.Errorf("stream %d ends after %d of %d tokens: %v", i, n, r.MaxTokens, err)
					}
					return
				}
			}
		})
	}
	wg.Wait()
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	checkIdle(t, e)
	for range 1000 {
		if runtime.NumGoroutine() <= before+2 { // the engine of the model
			break
		}
		runtime.Gosched()
	}
	if n := runtime.NumGoroutine(); n > before+2 {
		t.Errorf("%d goroutines, %d before", n, before)
	}
	if _, err := e.Submit(context.Background(), Request{Prompt: []int32{5}}); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}

// TestMoved: an answer that goes on with another engine is the same answer.
func TestMoved(t *testing.T) {
	m := tinyModel(t)
	a, b := start(t, Config{Model: m, Tokenizer: tinyTokenizer()}), start(t, Config{Model: m, Slots: 3, Chunk: 11, Tokenizer: tinyTokenizer()})
	r := Request{
		Prompt: []int32{4, 90, 33, 51, 7}, MaxTokens: 100, Sampling: Sampling{Temperature: 1.3, Seed: 8},
		Schema: []byte(`{"type":"array","items":{"type":"string","minLength":90},"minItems":9}`), Stop: []string{"zzzz"},
	}
	s := submit(t, a, r)
	events := collect(t, s)
	whole := s.Answers()[0]
	for _, cut := range []int{1, 31, 32, 33, 64, len(events) - 1} {
		rest := s.Request
		rest.Answered = whole.Tokens[:cut]
		moved := submit(t, b, rest)
		more := collect(t, moved)
		got := moved.Answers()[0]
		if !slices.Equal(got.Tokens, whole.Tokens) || !slices.Equal(got.Hashes, whole.Hashes) || got.Last != whole.Last || got.Finish != whole.Finish {
			t.Errorf("moved after %d tokens: %+v, want %+v", cut, got, whole)
		}
		if text := textOf(events[:cut], 0) + textOf(more, 0); text != textOf(events, 0) {
			t.Errorf("moved after %d tokens: %q, want %q", cut, text, textOf(events, 0))
		}
	}
	rest := s.Request
	rest.Answered = []int32{whole.Tokens[1], whole.Tokens[0]}
	if _, err := b.Submit(context.Background(), rest); err == nil {
		t.Error("an answer that breaks its schema goes on")
	}
}

// TestSchema: an answer that is complete is JSON as the schema wants it, whatever
// the adapter and however it is drawn.
func TestSchema(t *testing.T) {
	const seed = 12
	rng := rand.New(rand.NewPCG(seed, 0))
	m := tinyModel(t)
	e := start(t, Config{Model: m, Tokenizer: tinyTokenizer()})
	dir, id := writeAdapter(t, m, 0, 1)
	if err := e.Register("a", id, dir); err != nil {
		t.Fatal(err)
	}
	complete := 0
	for i := range 24 {
		r := Request{
			Prompt: tokens(rng, 20), MaxTokens: 120, Sampling: Sampling{Temperature: float32(i%3) / 2, Seed: rng.Uint64(), TopK: i % 4 * 20},
			Schema: []byte(`{"type":"object","properties":{"n":{"type":"integer"},"on":{"type":"boolean"},"kind":{"enum":["a","b"]}},"required":["n","on","kind"],"additionalProperties":false}`),
		}
		if i%2 > 0 {
			r.Adapter = id
		}
		s := submit(t, e, r)
		text := textOf(collect(t, s), 0)
		if s.Answers()[0].Finish != FinishStop {
			continue // cut off by its length: numbers have no end
		}
		complete++
		var got struct {
			N    *json.Number
			On   *bool
			Kind string
		}
		d := json.NewDecoder(strings.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(&got); err != nil || got.N == nil || got.On == nil || got.Kind != "a" && got.Kind != "b" {
			t.Errorf("seed %d, %d: %q: %v", seed, i, text, err)
		}
	}
	if complete < 6 {
		t.Errorf("only %d answers are complete", complete)
	}
}

// TestAnswers: several choices, stop strings, biases, log-probabilities.
func TestAnswers(t *testing.T) {
	e := start(t, Config{Tokenizer: tinyTokenizer()})
	base := Request{Prompt: tokens(rand.New(rand.NewPCG(1, 1)), 70), MaxTokens: 40, StopTokens: []int32{}, Sampling: Sampling{Temperature: 1, Seed: 3}}

	r := base
	r.Choices, r.Logprobs, r.Top = 5, true, 3
	s := submit(t, e, r)
	events := collect(t, s)
	answers := s.Answers()
	for i, a := range answers {
		if len(a.Tokens) != 40 || a.Choice != i || a.Finish != FinishLength || len(a.Hashes) != 1 {
			t.Errorf("choice %d: %+v", i, a)
		}
		for k := range i {
			if slices.Equal(a.Tokens, answers[k].Tokens) {
				t.Errorf("choices %d and %d are equal", i, k)
			}
		}
	}
	for _, ev := range events {
		if len(ev.Top) != 3 || ev.Top[0].Logprob < ev.Top[1].Logprob || ev.Logprob > ev.Top[0].Logprob || !(ev.Logprob < 0) {
			t.Fatalf("%+v", ev)
		}
	}
	if u := s.Usage(); u.Prompt != 70 || u.Cached != 64 || u.Answer != 200 {
		t.Errorf("%+v", u)
	}

	whole := textOf(events, 0)
	r = base
	r.Stop = []string{whole[10:14], "no such text"}
	s = submit(t, e, r)
	cut := whole[:strings.Index(whole, r.Stop[0])]
	if got := textOf(collect(t, s), 0); got != cut || s.Answers()[0].Finish != FinishStop {
		t.Errorf("stop at %q: got %q, want %q", r.Stop[0], got, cut)
	}

	r = base
	r.Sampling.Bias = []Bias{{Token: 99, Value: 1000}}
	s = submit(t, e, r)
	collect(t, s)
	if n := len(slices.DeleteFunc(s.Answers()[0].Tokens, func(id int32) bool { return id == 99 })); n > 0 {
		t.Errorf("%d tokens in spite of the bias", n)
	}

	r = base
	r.StopTokens = []int32{answers[0].Tokens[17]}
	s = submit(t, e, r)
	collect(t, s)
	if a := s.Answers()[0]; len(a.Tokens) != 1+slices.Index(answers[0].Tokens, r.StopTokens[0]) || a.Finish != FinishStop {
		t.Errorf("stop token: %+v", a)
	}
}

// TestEmbed: an embedding does not depend on the batch, the chunks or the cache.
func TestEmbed(t *testing.T) {
	m := tinyModel(t)
	dir, _ := writeAdapter(t, m, 2, 1)
	prompt := tokens(rand.New(rand.NewPCG(2, 1)), 100)
	var want []float32
	for _, c := range []Config{{}, {Chunk: 1, Slots: 2}, {Chunk: 33}} {
		c.Model = m
		e := start(t, c)
		id, err := e.Add("a", dir)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			other := submit(t, e, Request{Prompt: prompt, Adapter: id, MaxTokens: 9})
			got, err := e.Embed(context.Background(), "", id, prompt)
			if err != nil {
				t.Fatal(err)
			}
			collect(t, other)
			if want == nil {
				want = got
			}
			for i := range want {
				if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
					t.Fatalf("%+v: element %d is %g, want %g", c, i, got[i], want[i])
				}
			}
		}
		if _, err := e.Embed(context.Background(), "", id, nil); err == nil {
			t.Error("an embedding of nothing")
		}
	}
}

// TestEmbedPreempted: an embedding that gave its memory up half way begins again.
func TestEmbedPreempted(t *testing.T) {
	m := tinyModel(t)
	prompt := tokens(rand.New(rand.NewPCG(3, 1)), 250)
	want, err := start(t, Config{Model: m}).Embed(context.Background(), "", cid.Undef, prompt)
	if err != nil {
		t.Fatal(err)
	}
	a, err := m.NewArena(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(Config{Model: m, CID: modelCID, Slots: 2, Chunk: 1, Memory: int64(9 * a.PageBytes())})
	if err != nil {
		t.Fatal(err)
	}
	grows := submit(t, e, Request{Prompt: []int32{2, 3}, MaxTokens: 200, StopTokens: []int32{}})
	s := &sequence{
		task: &task{embed: make([]float32, m.Config.Hidden), done: make(chan error, 2)}, req: &Request{}, tokens: prompt, prompt: len(prompt),
	}
	if err := e.enqueue("", cid.Undef, []*sequence{s}); err != nil {
		t.Fatal(err)
	}
	for len(e.running)+len(e.waiting) > 0 || e.step == 0 {
		if b := e.plan(context.Background()); b != nil {
			e.commit(b, e.compute(b), 0)
		}
	}
	if err := <-s.task.done; err != nil || e.stats.Preempted == 0 {
		t.Fatalf("%v; %d preempted", err, e.stats.Preempted)
	}
	for i, x := range s.task.embed {
		if math.Float32bits(x/float32(len(prompt))) != math.Float32bits(want[i]) {
			t.Fatalf("element %d is %g, want %g", i, x/float32(len(prompt)), want[i])
		}
	}
	collect(t, grows)
	checkIdle(t, e)
}

// TestRefused: what cannot be is refused at once, and says which field it is.
func TestRefused(t *testing.T) {
	m := tinyModel(t)
	e := start(t, Config{Model: m, Queue: 4})
	for field, r := range map[string]Request{
		"prompt is empty":          {},
		"prompt has token 384":     {Prompt: []int32{384}},
		"prompt has token -1":      {Prompt: []int32{-1}},
		"prompt has 512 tokens":    {Prompt: make([]int32, 512)},
		"max_tokens is 512":        {Prompt: []int32{2}, MaxTokens: 512},
		"n is 1000000000":          {Prompt: []int32{2}, Choices: 1e9},
		"temperature is NaN":       {Prompt: []int32{2}, Sampling: Sampling{Temperature: float32(math.NaN())}},
		"temperature is 1e-30":     {Prompt: []int32{2}, Sampling: Sampling{Temperature: 1e-30}},
		"top_p is 2":               {Prompt: []int32{2}, Sampling: Sampling{TopP: 2}},
		"min_p is -1":              {Prompt: []int32{2}, Sampling: Sampling{MinP: -1}},
		"top_k is -1":              {Prompt: []int32{2}, Sampling: Sampling{TopK: -1}},
		"logit_bias of token 400":  {Prompt: []int32{2}, Sampling: Sampling{Bias: []Bias{{400, 1}}}},
		"logit_bias of token 3":    {Prompt: []int32{2}, Sampling: Sampling{Bias: []Bias{{3, 1}, {3, 2}}}},
		"top_logprobs is 21":       {Prompt: []int32{2}, Top: 21},
		"stop needs a tokenizer":   {Prompt: []int32{2}, Stop: []string{"x"}},
		"schema needs a tokenizer": {Prompt: []int32{2}, Schema: []byte("{}")},
		"model is":                 {Prompt: []int32{2}, Model: rawCID("another")},
		"no adapter":               {Prompt: []int32{2}, Adapter: rawCID("another")},
	} {
		if _, err := e.Submit(context.Background(), r); err == nil || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("got %v, want %s", err, field)
		}
	}
	dir, id := writeAdapter(t, m, 0, 1)
	if err := e.Register("poet", id, dir); err != nil {
		t.Fatal(err)
	}
	var unknown *UnknownAdapterError
	if _, err := e.Resolve("poed"); !errors.As(err, &unknown) || !slices.Equal(unknown.Nearest, []string{"poet"}) {
		t.Errorf("got %v", err)
	}
	if got, err := e.Resolve(id.String()); err != nil || got != id {
		t.Errorf("got %v %v", got, err)
	}
}

// TestBusy: a full queue refuses at once and says when to come again.
func TestBusy(t *testing.T) {
	e, err := New(Config{Model: tinyModel(t), CID: modelCID, Memory: 1 << 20, Queue: 3})
	if err != nil {
		t.Fatal(err)
	}
	var streams []*Stream
	for range 3 {
		streams = append(streams, submit(t, e, Request{Prompt: []int32{2}}))
	}
	var busy *BusyError
	if _, err := e.Submit(context.Background(), Request{Prompt: []int32{2}}); !errors.As(err, &busy) || busy.Waiting != 3 || busy.RetryAfter <= 0 {
		t.Errorf("got %v", err)
	}
	streams[1].Close()
	if _, err := e.Submit(context.Background(), Request{Prompt: []int32{2}}); err != nil {
		t.Errorf("after one went away: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := e.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := streams[0].Next(context.Background()); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// TestBrokenAdapters: an adapter that does not fit, is not what its CID says, is
// not there or makes numbers that are not finite ends its own requests, with
// the reason, and harms nobody else.
func TestBrokenAdapters(t *testing.T) {
	m := tinyModel(t)
	e := start(t, Config{Model: m})
	c := newExactCases(t, m, 6)
	c.add(t, e)
	huge := func(all []safetensors.Tensor) []safetensors.Tensor {
		for _, x := range all {
			for i := 1; i < len(x.Data); i += 2 {
				x.Data[i] = 0x7f
				x.Data[i-1] = 0x00
			}
		}
		return all
	}
	nan := func(all []safetensors.Tensor) []safetensors.Tensor {
		last := all[len(all)-1].Data
		last[len(last)-1], last[len(last)-2] = 0x7f, 0xc0
		return all
	}
	kind := adapterKinds[0]
	for _, b := range []struct {
		want  string
		files *lora.Files
		lie   bool
	}{
		{"non-finite value", kind.Files(t, m.Config.Linears(), 1, huge), false},
		{"infinity or NaN", kind.Files(t, m.Config.Linears(), 2, nan), false},
		{"the files are those of", kind.Files(t, m.Config.Linears(), 3), true},
		{"does not fit", kind.Files(t, m.Config.Linears(), 4, func(all []safetensors.Tensor) []safetensors.Tensor { return all[1:] }), false},
		{"no such file", nil, false},
	} {
		dir, id := t.TempDir()+"/adapter", rawCID(b.want)
		if b.files != nil {
			if err := b.files.Write(dir); err != nil {
				t.Fatal(err)
			}
			if !b.lie {
				id, _ = b.files.CID()
			}
		}
		if err := e.Register("broken", id, dir); err != nil {
			t.Fatal(err)
		}
		for range 2 { // an error is not remembered
			var wg sync.WaitGroup
			wg.Go(func() {
				s := submit(t, e, Request{Prompt: []int32{2, 3, 4}, Adapter: id, MaxTokens: 20})
				for {
					if _, err := s.Next(context.Background()); err != nil {
						if !strings.Contains(err.Error(), b.want) {
							t.Errorf("got %v, want %s", err, b.want)
						}
						return
					}
				}
			})
			c.check(t, b.want, e, 6)
			wg.Wait()
		}
	}
}

// TestCoverage: an adapter with tensors renamed, missing or of another shape is
// always refused with the list of what does not fit.
func TestCoverage(t *testing.T) {
	const seed = 5
	rng := rand.New(rand.NewPCG(seed, 0))
	m := tinyModel(t)
	e := start(t, Config{Model: m})
	n := 30
	if long {
		n = 5000
	}
	for i := range n {
		f := adapterKinds[rng.IntN(len(adapterKinds))].Files(t, m.Config.Linears(), uint64(i), func(all []safetensors.Tensor) []safetensors.Tensor {
			at := rng.IntN(len(all))
			x := &all[at]
			switch rng.IntN(5) {
			case 0:
				return slices.Delete(all, at, at+1)
			case 1:
				x.Name = strings.Replace(x.Name, "base_model.model.", "", 1)
			case 2:
				b := []byte(x.Name)
				b[rng.IntN(len(b))] = 'X'
				x.Name = string(b)
			case 3:
				x.Shape = []int{x.Shape[1], x.Shape[0]}
				if x.Shape[0] == x.Shape[1] {
					return all[1:]
				}
			case 4:
				extra := *x
				extra.Name = strings.Replace(x.Name, "layers.0", "layers.7", 1) + "x"
				return append(all, extra)
			}
			return all
		})
		dir, id := llamatest.Write(t, f)
		var coverage *lora.CoverageError
		if _, err := e.Add("", dir); !errors.As(err, &coverage) || len(coverage.Missing)+len(coverage.Unmatched)+len(coverage.Wrong) == 0 {
			t.Fatalf("seed %d, adapter %d: added: %v", seed, i, err)
		}
		if err := e.Register("", id, dir); err != nil {
			t.Fatal(err)
		}
		s := submit(t, e, Request{Prompt: []int32{2}, Adapter: id})
		if _, err := s.Next(context.Background()); !errors.As(err, &coverage) {
			t.Fatalf("seed %d, adapter %d: %v", seed, i, err)
		}
		if err := e.Unload(id.String()); err != nil {
			t.Fatal(err)
		}
	}
}
