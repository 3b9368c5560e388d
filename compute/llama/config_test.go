package llama

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/op"
)

const plain = `{"model_type":"llama","vocab_size":61,"hidden_size":32,"intermediate_size":48,"num_hidden_layers":3,
"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":256,"eos_token_id":2}`

// with returns a config with some fields changed; null takes one away.
func with(t testing.TB, fields string) []byte {
	t.Helper()
	m := make(map[string]any)
	for _, b := range []string{plain, fields} {
		if err := json.Unmarshal([]byte(b), &m); err != nil {
			t.Fatal(err)
		}
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestConfig(t *testing.T) {
	for _, c := range []struct {
		name, fields, generation string
		ok                       func(c Config) bool
	}{
		{"defaults", `{}`, ``, func(c Config) bool {
			return c.HeadDim == 8 && c.Eps == 1e-6 && c.Rope.Theta == 10000 && !c.Tied && c.BOS == -1 && slices.Equal(c.EOS, []int32{2})
		}},
		{"one key head per query head", `{"num_key_value_heads":null}`, ``, func(c Config) bool { return c.KVHeads == 4 }},
		{"generation config has the last word", `{"bos_token_id":5}`, `{"eos_token_id":[3,4],"bos_token_id":1}`,
			func(c Config) bool { return c.BOS == 1 && slices.Equal(c.EOS, []int32{3, 4}) }},
		{"null is absent", `{"rope_scaling":null,"head_dim":null,"sliding_window":null,"quantization_config":null}`, `{"eos_token_id":null}`,
			func(c Config) bool { return c.HeadDim == 8 && slices.Equal(c.EOS, []int32{2}) }},
		{"old spelling", `{"rope_theta":5e5,"rope_scaling":{"type":"linear","factor":2}}`, ``,
			func(c Config) bool { return c.Rope.Kind == "linear" && c.Rope.Factor == 2 && c.Rope.Theta == 5e5 }},
		{"transformers 5", `{"rope_theta":1,"rope_parameters":{"rope_type":"default","rope_theta":7e4}}`, ``,
			func(c Config) bool { return c.Rope.Kind == "default" && c.Rope.Theta == 7e4 }},
		{"yarn", `{"rope_scaling":{"rope_type":"yarn","original_max_position_embeddings":64,"beta_fast":20,"truncate":false}}`, ``,
			func(c Config) bool {
				return c.Rope.Factor == 4 && c.Rope.Original == 64 && c.Rope.BetaFast == 20 && c.Rope.NoTruncate
			}},
		{"mistral", `{"model_type":"mistral"}`, ``, func(c Config) bool { return c.Windows[0] == 4096 }},
		{"mistral without a window", `{"model_type":"mistral","sliding_window":null}`, ``, func(c Config) bool { return c.Windows[0] == 0 }},
		{"qwen2", `{"model_type":"qwen2","sliding_window":9}`, ``, func(c Config) bool { return c.QKVBias && !c.OBias && c.Windows[2] == 0 }},
		{"qwen2 with windows", `{"model_type":"qwen2","sliding_window":9,"use_sliding_window":true,"max_window_layers":2}`, ``,
			func(c Config) bool { return slices.Equal(c.Windows, []int{0, 0, 9}) }},
		{"layer types", `{"model_type":"qwen3","sliding_window":9,"use_sliding_window":true,"layer_types":["sliding_attention","full_attention","full_attention"]}`, ``,
			func(c Config) bool { return slices.Equal(c.Windows, []int{9, 0, 0}) && c.QKNorm && c.HeadDim == 128 }},
		{"biases", `{"attention_bias":true,"mlp_bias":true}`, ``, func(c Config) bool { return c.QKVBias && c.OBias && c.MLPBias }},
		{"what means nothing", `{"partial_rotary_factor":1.0,"num_experts":0,"logits_scaling":1,"pretraining_tp":1}`, ``, func(c Config) bool { return true }},
	} {
		got, err := ParseConfig(with(t, c.fields), []byte(c.generation))
		if c.generation == "" {
			got, err = ParseConfig(with(t, c.fields), nil)
		}
		if err != nil || !c.ok(got) {
			t.Errorf("%s: got %+v, %v", c.name, got, err)
		}
	}
}

// TestBadConfig: what is not supported is refused by name.
func TestBadConfig(t *testing.T) {
	for fields, want := range map[string]string{
		`{"model_type":"gpt2"}`:                                   `model_type "gpt2" is not supported; llama, mistral, qwen2, qwen3 are`,
		`{"model_type":null}`:                                     `model_type "" is not supported`,
		`{"hidden_act":"gelu"}`:                                   `hidden_act "gelu" is not supported`,
		`{"quantization_config":{"bits":4}}`:                      "quantization_config is not supported",
		`{"partial_rotary_factor":0.5}`:                           "partial_rotary_factor is not supported",
		`{"final_logit_softcapping":30}`:                          "final_logit_softcapping is not supported",
		`{"num_experts":8}`:                                       "num_experts is not supported",
		`{"residual_multiplier":0.22}`:                            "residual_multiplier is not supported",
		`{"no_rope_layers":[1,0]}`:                                "no_rope_layers is not supported",
		`{"rope_scaling":{"type":"dynamic","factor":2}}`:          `rope type "dynamic" is not supported; default, linear, llama3 and yarn are`,
		`{"rope_scaling":{"rope_type":"longrope"}}`:               `rope type "longrope" is not supported`,
		`{"rope_scaling":{"type":"linear"}}`:                      "factor",
		`{"rope_parameters":{"partial_rotary_factor":0.5}}`:       "partial_rotary_factor 0.5 is not supported",
		`{"rope_parameters":{"full_attention":{"a":1}}}`:          "rope_parameters: full_attention is not supported",
		`{"model_type":"mistral","attention_bias":true}`:          "attention_bias is not supported in mistral",
		`{"model_type":"qwen2","mlp_bias":true}`:                  "mlp_bias is not supported in qwen2",
		`{"model_type":"qwen2","num_key_value_heads":null}`:       "num_key_value_heads is missing",
		`{"model_type":"qwen3","layer_types":["full_attention"]}`: "layer_types has 1 entries for 3 layers",
		`{"model_type":"qwen3","layer_types":["linear_attention","full_attention","full_attention"]}`:  `layer_types "linear_attention" is not supported`,
		`{"model_type":"qwen3","layer_types":["sliding_attention","full_attention","full_attention"]}`: "there is no sliding_window",
		`{"num_attention_heads":6,"num_key_value_heads":4}`:                                            "6 query heads do not share 4",
		`{"head_dim":7}`:               "head_dim 7 is odd",
		`{"hidden_size":null}`:         "hidden_size is missing or 0",
		`{"hidden_size":-3}`:           "hidden_size -3 is not a size",
		`{"hidden_size":1.5}`:          "hidden_size 1.5 is not a size",
		`{"vocab_size":1e30}`:          "vocab_size 1e+30 is not a size",
		`{"hidden_size":"large"}`:      "hidden_size: json",
		`{"rms_norm_eps":0}`:           "rms_norm_eps 0 is not above 0",
		`{"eos_token_id":61}`:          "61 is not in the vocabulary of 61",
		`{"eos_token_id":["a"]}`:       "eos_token_id: json",
		`{"rope_theta":-1}`:            "theta",
		`{"num_hidden_layers":100000}`: "num_hidden_layers",
	} {
		if _, err := ParseConfig(with(t, fields), nil); err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(want)) {
			t.Errorf("%s: got %v, want %s", fields, err, want)
		}
	}
	if _, err := ParseConfig([]byte(`[]`), nil); err == nil {
		t.Error("an array is a config")
	}
	if _, err := ParseConfig([]byte(plain), []byte(`{`)); err == nil || !strings.Contains(err.Error(), "generation_config.json") {
		t.Errorf("broken generation config: got %v", err)
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte(plain), []byte(`{"eos_token_id":[1,2]}`))
	for _, family := range tinies(f) {
		f.Add([]byte(family.Config), []byte(nil))
	}
	f.Fuzz(func(t *testing.T, config, generation []byte) {
		c, err := ParseConfig(config, generation)
		if err != nil {
			return
		}
		if c.Layers <= 0 || c.Heads%c.KVHeads != 0 || len(c.Windows) != c.Layers || c.HeadDim%2 != 0 || c.Context <= 0 {
			t.Errorf("accepted %+v", c)
		}
		if _, err := op.NewRopeTable(c.Rope, 1); err != nil {
			t.Error(err)
		}
	})
}

// TestReadConfig: the file that is wrong is named.
func TestReadConfig(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadConfig(dir); !os.IsNotExist(err) {
		t.Errorf("empty directory: got %v", err)
	}
	path := filepath.Join(dir, "config.json")
	if err := os.WriteFile(path, with(t, `{"model_type":"bert"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadConfig(dir); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want the path", err)
	}
	if a := (&Config{HeadDim: 64, Windows: []int{0}}).Attn(0); a.Scale != float32(1/math.Sqrt(64)) {
		t.Errorf("got scale %g", a.Scale)
	}
}
