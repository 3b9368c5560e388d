// Package servetest is a tiny model with a tokenizer and adapters, for the tests
// of serving. All of it follows from seeds.
package servetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/llama/llamatest"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/tokenizer"
)

// Config is the config.json of the model, with a sliding window: "null" is none.
func Config(window string) string {
	return fmt.Sprintf(`{"model_type":"mistral","sliding_window":%s,"vocab_size":384,"hidden_size":64,"intermediate_size":96,
"num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":512,"bos_token_id":0,"eos_token_id":1,
"tie_word_embeddings":true}`, window)
}

// Tokenizer has all bytes, a begin and an end token, and some merges.
var Tokenizer = sync.OnceValue(func() *tokenizer.Tokenizer {
	text := strings.Repeat(`the name of the thing is {"name": "thing", "count": 12, "tags": ["a", "b"]} and so on. `, 40)
	t, err := tokenizer.Train(context.Background(), slices.Values([]string{text}), tokenizer.TrainConfig{
		VocabSize: 384, Special: []string{"<s>", "</s>"}, BOS: "<s>",
	})
	if err != nil {
		panic(err)
	}
	return t
})

// Tensors are the weights of the model.
func Tensors(t testing.TB) []safetensors.Tensor {
	t.Helper()
	return llamatest.Tensors(llamatest.Config(t, Config("null")), safetensors.F32, 1)
}

// Load makes the model with some weights.
func Load(t testing.TB, cpu *tape.CPU, all []safetensors.Tensor) *llama.Model {
	t.Helper()
	return llamatest.Load(t, cpu, Config("null"), all)
}

// Dir writes the model into a folder of its own, whose name is tiny.
func Dir(t testing.TB) string {
	t.Helper()
	dir := llamatest.Dir(t, Config("null"), Tensors(t))
	if err := Tokenizer().Save(filepath.Join(dir, "tokenizer.json")); err != nil {
		t.Fatal(err)
	}
	tiny := filepath.Join(t.TempDir(), "tiny")
	if err := os.Rename(dir, tiny); err != nil {
		t.Fatal(err)
	}
	return tiny
}

// Adapter writes an adapter of a seed for some of the linear layers into a folder
// of its own.
func Adapter(t testing.TB, seed uint64, base []lora.Linear, targets lora.Modules) (dir string, f *lora.Files) {
	t.Helper()
	f = llamatest.Adapter{Rank: 4, Targets: targets, DType: safetensors.F32}.Files(t, base, seed)
	dir, _ = llamatest.Write(t, f)
	return dir, f
}
