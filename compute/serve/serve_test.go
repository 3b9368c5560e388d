package serve

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tokenizer"
)

// long asks for as many cases as the issue names.
var long = os.Getenv("OPENLEDGER_LONG") != ""

// A tiny model: small enough for the reference, with grouped heads, a page of
// keys and values that is not filled, and an end token.
const tinyConfig = `{"model_type":"llama","vocab_size":384,"hidden_size":64,"intermediate_size":96,"num_hidden_layers":3,
"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":512,"eos_token_id":1,"tie_word_embeddings":true}`

// modelOf loads tensors on an engine of its own.
func modelOf(t testing.TB, config string, all []safetensors.Tensor, kernels string, threads int) *llama.Model {
	return llamatest.Load(t, llamatest.CPU(t, kernels, threads), config, all)
}

func tinyModel(t testing.TB) *llama.Model {
	return modelOf(t, tinyConfig, tinyTensors(t, safetensors.BF16), "", 2)
}

func tinyTensors(t testing.TB, d safetensors.DType) []safetensors.Tensor {
	return llamatest.Tensors(llamatest.Config(t, tinyConfig), d, 1)
}

// modelCID names a model in tests.
var modelCID = rawCID("model")

func rawCID(s string) cid.Cid {
	c, err := cid.V1Builder{Codec: cid.Raw, MhType: multihash.SHA2_256}.Sum([]byte(s))
	if err != nil {
		panic(err)
	}
	return c
}

// tinyTokenizer has all bytes, an end token and some merges.
var tinyTokenizer = sync.OnceValue(func() *tokenizer.Tokenizer {
	text := strings.Repeat(`the name of the thing is {"name": "thing", "count": 12, "tags": ["a", "b"]} and so on. `, 40)
	tok, err := tokenizer.Train(context.Background(), slices.Values([]string{text}), tokenizer.TrainConfig{
		VocabSize: 384, Special: []string{"<s>", "</s>"}, BOS: "<s>",
	})
	if err != nil {
		panic(err)
	}
	return tok
})

var adapterKinds = []llamatest.Adapter{
	{Rank: 8, Targets: llamatest.Named("q_proj", "k_proj", "v_proj", "o_proj"), DType: safetensors.BF16},
	{Rank: 3, Targets: llamatest.Named("q_proj", "v_proj"), DType: safetensors.F32},
	{Rank: 16, Targets: llamatest.Named("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"), DType: safetensors.BF16},
	{Rank: 1, Targets: llamatest.Named("down_proj"), DType: safetensors.BF16},
	{Rank: 40, Targets: llamatest.Named("gate_proj", "lm_head"), DType: safetensors.BF16},
}

// writeAdapter draws an adapter and stores it in a directory.
func writeAdapter(t testing.TB, m *llama.Model, kind int, seed uint64) (string, cid.Cid) {
	t.Helper()
	return llamatest.Write(t, adapterKinds[kind].Files(t, m.Config.Linears(), seed))
}

// start makes an engine and runs it until the test ends, when nothing may be
// left behind.
func start(t testing.TB, c Config) *Engine {
	t.Helper()
	if c.Model == nil {
		c.Model = tinyModel(t)
	}
	if !c.CID.Defined() {
		c.CID = modelCID
	}
	if c.Memory == 0 {
		c.Memory = 8 << 20
	}
	e, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- e.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		checkIdle(t, e)
	})
	return e
}

// checkIdle fails unless nobody holds anything.
func checkIdle(t testing.TB, e *Engine) {
	t.Helper()
	s := e.Stats()
	if s.Running+s.Waiting > 0 || s.Pages != s.SharedPages || s.SharedPages != s.IdlePages {
		t.Errorf("left behind: %+v", s)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	bytes := 0
	for _, a := range e.adapters {
		if a.in == nil {
			continue
		}
		if a.in.users != 0 {
			t.Errorf("adapter %v has %d users", a.id, a.in.users)
		}
		for _, p := range a.in.places {
			bytes += e.memory.units(p.bytes) * e.memory.unit
		}
	}
	if bytes != s.AdapterBytes {
		t.Errorf("%d bytes of adapters, %d counted", s.AdapterBytes, bytes)
	}
	for _, tenant := range e.tenants {
		if tenant.active != 0 {
			t.Errorf("tenant %q has %d sequences", tenant.name, tenant.active)
		}
	}
}

// collect reads a stream to its end.
func collect(t testing.TB, s *Stream) []Event {
	t.Helper()
	var all []Event
	for {
		ev, err := s.Next(context.Background())
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ev)
	}
}

func submit(t testing.TB, e *Engine, r Request) *Stream {
	t.Helper()
	s, err := e.Submit(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// textOf joins what a choice shows.
func textOf(events []Event, choice int) string {
	out := ""
	for _, ev := range events {
		if ev.Choice == choice {
			out += ev.Text
		}
	}
	return out
}

func tokens(rng *rand.Rand, n int) []int32 {
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(2 + rng.IntN(382))
	}
	return ids
}
