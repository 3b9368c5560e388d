package serve

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/safetensors"
)

// auditConfig is the tiny model with a window of attention, or none.
func auditConfig(window string) string {
	return strings.NewReplacer(`"llama"`, `"mistral"`, `{"model`, `{"sliding_window":`+window+`,"model`, `"eos_token_id":1,`, "").Replace(tinyConfig)
}

// forge makes a claim of what engine e computes for served, as if it were the
// answer to claimed; tokens of it may be given.
func forge(t *testing.T, e *Engine, served, claimed Request, given []int32) Claim {
	t.Helper()
	if err := served.check(e); err != nil {
		t.Fatal(err)
	}
	if err := claimed.check(e); err != nil {
		t.Fatal(err)
	}
	digest, err := claimed.Digest()
	if err != nil {
		t.Fatal(err)
	}
	served.Answered = given
	s := newStream(e, served)
	q := &sequence{stream: s, req: &s.Request, prompt: len(served.Prompt), tokens: slices.Concat(served.Prompt, given), chain: NewChain(digest, 0)}
	if err := e.enqueue("", served.Adapter, []*sequence{q}); err != nil {
		t.Fatal(err)
	}
	collect(t, s)
	return Claim{claimed, s.Answers()[0]}
}

// TestAudit: each kind of cheating is found, and honest answers are not blamed.
func TestAudit(t *testing.T) {
	n := 10
	if long {
		n = 100
	}
	honest := llamatest.Tensors(llamatest.Config(t, auditConfig("null")), safetensors.F32, 1)
	files := []cidFiles{}
	model := modelOf(t, auditConfig("null"), honest, "", 1)
	for i := range 2 {
		dir, id := writeAdapter(t, model, 0, uint64(i))
		files = append(files, cidFiles{id.String(), dir})
	}
	begin := func(config string, all []safetensors.Tensor) *Engine {
		e := start(t, Config{Model: modelOf(t, config, all, "", 1), Slots: 4, Chunk: 40})
		for _, f := range files {
			if _, err := e.Add(f.cid, f.dir); err != nil {
				t.Fatal(err)
			}
		}
		return e
	}
	auditor := begin(auditConfig("null"), honest)
	peer := begin(auditConfig("null"), honest)
	rounded := begin(auditConfig("null"), llamatest.BF16(honest))
	window := begin(auditConfig("64"), honest)

	const seed = 77
	rng := rand.New(rand.NewPCG(seed, 0))
	request := func() Request {
		r := Request{Prompt: tokens(rng, 40+rng.IntN(40)), MaxTokens: 64, Sampling: Sampling{Temperature: 1, Seed: rng.Uint64()}}
		r.Adapter, _ = auditor.Resolve(files[0].cid)
		return r
	}
	audit := func(c Claim) *Fault {
		f, err := auditor.Audit(context.Background(), "auditor", c)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	for _, cheat := range []struct {
		name  string
		claim func(r Request) Claim
	}{
		// A change that rounding swallows everywhere leaves the honest answer, which
		// nobody can or need find.
		{"one weight is 1 ulp off", func(r Request) Claim {
			for {
				c := forgeOff(t, auditConfig("null"), honest, rng, files[0].dir, r)
				if !reflect.DeepEqual(c, forge(t, peer, r, r, nil)) {
					return c
				}
			}
		}},
		{"weights rounded to bf16", func(r Request) Claim { return forge(t, rounded, r, r, nil) }},
		{"another adapter", func(r Request) Claim {
			served := r
			served.Adapter, _ = peer.Resolve(files[1].cid)
			return forge(t, peer, served, r, nil)
		}},
		{"no adapter", func(r Request) Claim {
			served := r
			served.Adapter = cid.Undef
			return forge(t, peer, served, r, nil)
		}},
		{"a truncated cache", func(r Request) Claim { return forge(t, window, r, r, nil) }},
		{"greedy instead of sampling", func(r Request) Claim {
			served := r
			served.Sampling.Temperature = 0
			return forge(t, peer, served, r, nil)
		}},
		{"another seed", func(r Request) Claim {
			served := r
			served.Sampling.Seed++
			return forge(t, peer, served, r, nil)
		}},
		{"an edited prompt", func(r Request) Claim {
			served := r
			served.Prompt = slices.Clone(r.Prompt)
			served.Prompt[rng.IntN(len(r.Prompt))] ^= 2
			return forge(t, peer, served, r, nil)
		}},
		{"one swapped token", func(r Request) Claim {
			given := slices.Clone(forge(t, peer, r, r, nil).Answer.Tokens[:r.MaxTokens-1])
			given[rng.IntN(len(given))] ^= 2
			return forge(t, peer, r, r, given)
		}},
		{"one hash", func(r Request) Claim {
			c := forge(t, peer, r, r, nil)
			c.Answer.Hashes[rng.IntN(2)][rng.IntN(32)] ^= 1
			return c
		}},
		{"a token less", func(r Request) Claim {
			c := forge(t, peer, r, r, nil)
			c.Answer.Tokens, c.Answer.Hashes = c.Answer.Tokens[:63], c.Answer.Hashes[:1]
			return c
		}},
	} {
		found := 0
		for range n {
			if f := audit(cheat.claim(request())); f != nil {
				found++
				if found == 1 {
					t.Logf("%s: %v", cheat.name, f)
				}
			}
		}
		if found != n {
			t.Errorf("seed %d: %s: found %d times of %d", seed, cheat.name, found, n)
		}
	}
}

// forgeOff answers with a model of which one weight of a block or norm, the next
// larger number in magnitude, is wrong.
func forgeOff(t *testing.T, config string, all []safetensors.Tensor, rng *rand.Rand, dir string, r Request) Claim {
	e, err := New(Config{Model: modelOf(t, config, llamatest.Ulp(all, rng), "", 1), CID: modelCID, Slots: 1, Memory: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- e.Run(ctx) }()
	if _, err := e.Add("a", dir); err != nil {
		t.Fatal(err)
	}
	c := forge(t, e, r, r, nil)
	cancel()
	<-done
	return c
}

type cidFiles struct{ cid, dir string }

// TestAuditHonest: no honest answer is blamed: with adapters, stop tokens,
// several choices, schemas, moved between engines, whatever the batch.
func TestAuditHonest(t *testing.T) {
	total := 6000
	if long {
		total = 1e6
	}
	m := tinyModel(t)
	e := start(t, Config{Model: m, Slots: 16, Chunk: 50, Tokenizer: tinyTokenizer(), Queue: 1000})
	auditor := start(t, Config{Model: m, Slots: 9, Chunk: 128, Tokenizer: tinyTokenizer()})
	for i := range adapterKinds {
		dir, _ := writeAdapter(t, m, i, uint64(i))
		for _, e := range []*Engine{e, auditor} {
			if _, err := e.Add(fmt.Sprint(i), dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	const seed = 3
	rng := rand.New(rand.NewPCG(seed, 0))
	for done := 0; done < total; {
		var streams []*Stream
		for i := range 16 {
			r := Request{
				Prompt: tokens(rng, 1+rng.IntN(200)), MaxTokens: 1 + rng.IntN(300), Choices: 1 + i%2,
				Sampling: Sampling{Temperature: float32(i%3) * 0.7, Seed: rng.Uint64(), TopK: i % 5 * 9, TopP: float32(i%4) / 3, MinP: float32(i%2) / 50},
			}
			if i%6 < len(adapterKinds) {
				r.Adapter, _ = e.Resolve(fmt.Sprint(i % 6))
			}
			switch i % 8 {
			case 1:
				r.Sampling.Bias = []Bias{{1, 3}, {7, -2.5}}
			case 2:
				r.Schema = []byte(`{"type":"object","properties":{"name":{"type":"string"},"n":{"type":"integer"}},"required":["name"]}`)
			case 3:
				r.Stop = []string{"e", "the"}
			}
			streams = append(streams, submit(t, e, r))
		}
		for _, s := range streams {
			collect(t, s)
			for _, a := range s.Answers() {
				f, err := auditor.Audit(context.Background(), "", Claim{s.Request, a})
				if err != nil || f != nil {
					t.Fatalf("seed %d: %v %v\n%+v\n%+v", seed, f, err, s.Request, a)
				}
				done += len(a.Tokens)
			}
		}
	}
}
