package llama

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openledger/openledger/compute/op"
)

// A Config is the shape of a model, as its config.json says.
type Config struct {
	Type                 string // model_type
	Vocab, Hidden, Inner int    // vocabulary, hidden size, intermediate size
	Layers               int
	Heads, KVHeads       int
	HeadDim              int
	Context              int // longest position + 1
	Eps                  float32
	Rope                 op.RopeConfig
	Windows              []int // per layer: keys that a query sees; 0: all
	Tied                 bool  // the output layer is the embedding table
	QKVBias, OBias       bool
	MLPBias              bool
	QKNorm               bool    // RMSNorm of each head of q and k
	InitStd              float32 // of matrices when a model is made
	BOS                  int32   // -1: none
	EOS                  []int32 // any of them ends an answer
}

// Attn returns the attention of a layer.
func (c *Config) Attn(layer int) op.Attn {
	return op.Attn{
		Heads: c.Heads, KVHeads: c.KVHeads, HeadDim: c.HeadDim,
		Scale: float32(1 / math.Sqrt(float64(c.HeadDim))), Window: c.Windows[layer],
	}
}

// A family is what model_type decides.
type family struct {
	qkvBias   bool // always
	biasField bool // attention_bias adds biases to q, k, v and o
	mlpField  bool // mlp_bias adds biases to the feed-forward
	qkNorm    bool
	windowed  bool // sliding_window counts without use_sliding_window
	grouped   bool // num_key_value_heads has no default
	wide      bool // head_dim is 128 unless said
}

func (f family) kvHeads(heads int) int {
	if f.grouped {
		return 0
	}
	return heads
}

func (f family) headDim(otherwise int) int {
	if f.wide {
		return 128
	}
	return otherwise
}

var families = map[string]family{
	"llama":   {biasField: true, mlpField: true},
	"mistral": {windowed: true, grouped: true},
	"qwen2":   {qkvBias: true, grouped: true},
	"qwen3":   {biasField: true, qkNorm: true, grouped: true, wide: true},
}

// refused are fields that change what a model computes and that this package
// does not have, each with the values that mean nothing.
var refused = map[string][]any{
	"quantization_config": {}, "partial_rotary_factor": {1.0},
	"attn_logit_softcapping": {}, "final_logit_softcapping": {}, "query_pre_attn_scalar": {},
	"embedding_multiplier": {1.0}, "residual_multiplier": {1.0}, "attention_multiplier": {}, "logits_scaling": {1.0},
	"num_local_experts": {0.0}, "num_experts": {0.0}, "no_rope_layers": {}, "no_rope_layer_interval": {},
	"alibi": {false}, "clip_qkv": {}, "qk_layernorm": {false}, "use_qk_norm": {false}, "use_mup": {false},
	"cross_attention_layers": {}, "vision_config": {}, "text_config": {},
}

// maxSize bounds every size in a config, maxLayers the layers: above them
// nothing could be loaded.
const (
	maxSize   = 1 << 24
	maxLayers = 1 << 12
)

// ReadConfig reads config.json and, where there is one, generation_config.json
// in a model directory.
func ReadConfig(dir string) (Config, error) {
	b, err := os.ReadFile(filepath.Join(dir, "config.json"))
	if err != nil {
		return Config{}, err
	}
	generation, err := os.ReadFile(filepath.Join(dir, "generation_config.json"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Config{}, err
	}
	c, err := ParseConfig(b, generation)
	if err != nil {
		return Config{}, fmt.Errorf("read %s: %w", filepath.Join(dir, "config.json"), err)
	}
	return c, nil
}

// ParseConfig reads the two files; generation may be nil.
func ParseConfig(config, generation []byte) (Config, error) {
	r := fields{}
	if err := json.Unmarshal(config, &r.m); err != nil {
		return Config{}, err
	}
	c := Config{Type: r.text("model_type", ""), BOS: -1}
	f, ok := families[c.Type]
	if !ok {
		return Config{}, fmt.Errorf("model_type %q is not supported; %s are", c.Type, known(families))
	}
	for _, name := range slices.Sorted(keys(refused)) {
		if v := r.value(name); v != nil && !slices.Contains(refused[name], v) {
			return Config{}, fmt.Errorf("%s is not supported", name)
		}
	}
	if act := r.text("hidden_act", "silu"); act != "silu" && act != "swish" {
		return Config{}, fmt.Errorf("hidden_act %q is not supported; silu is", act)
	}
	c.Vocab, c.Hidden, c.Inner = r.size("vocab_size", 0), r.size("hidden_size", 0), r.size("intermediate_size", 0)
	c.Layers, c.Heads = r.size("num_hidden_layers", 0), r.size("num_attention_heads", 0)
	c.KVHeads = r.size("num_key_value_heads", f.kvHeads(c.Heads))
	c.HeadDim = r.size("head_dim", f.headDim(c.Hidden/max(c.Heads, 1)))
	c.Context = r.size("max_position_embeddings", 0)
	c.Eps = float32(r.number("rms_norm_eps", 1e-6))
	c.InitStd = float32(r.number("initializer_range", 0.02))
	c.Tied = r.flag("tie_word_embeddings", false)
	bias := r.flag("attention_bias", false)
	c.QKVBias, c.OBias = f.qkvBias || bias, bias
	c.MLPBias, c.QKNorm = r.flag("mlp_bias", false), f.qkNorm
	switch {
	case r.err != nil:
		return Config{}, r.err
	case c.Layers > maxLayers:
		return Config{}, fmt.Errorf("num_hidden_layers %d is above %d", c.Layers, maxLayers)
	case c.Heads%c.KVHeads != 0:
		return Config{}, fmt.Errorf("%d query heads do not share %d key and value heads", c.Heads, c.KVHeads)
	case c.HeadDim%2 != 0:
		return Config{}, fmt.Errorf("head_dim %d is odd", c.HeadDim)
	case !(c.Eps > 0):
		return Config{}, fmt.Errorf("rms_norm_eps %g is not above 0", c.Eps)
	case bias && !f.biasField:
		return Config{}, fmt.Errorf("attention_bias is not supported in %s", c.Type)
	case c.MLPBias && !f.mlpField:
		return Config{}, fmt.Errorf("mlp_bias is not supported in %s", c.Type)
	}
	err := c.readWindows(&r, f)
	if err == nil {
		c.Rope, err = r.rope(&c)
	}
	if err == nil {
		err = c.readTokens(&r, generation)
	}
	return c, err
}

// readWindows finds each layer's sliding window: layer_types decides where it
// stands, else the rule of the family.
func (c *Config) readWindows(r *fields, f family) error {
	window := 4096 // what transformers takes where the field is absent; null is none
	if _, ok := r.m["sliding_window"]; ok {
		window = r.size("sliding_window", -1)
	}
	if !f.windowed && !r.flag("use_sliding_window", false) {
		window = -1
	}
	first := 0
	if !f.windowed {
		first = r.count("max_window_layers", 28)
	}
	var types []string
	r.list("layer_types", &types)
	if r.err != nil {
		return r.err
	}
	if types != nil && len(types) != c.Layers {
		return fmt.Errorf("layer_types has %d entries for %d layers", len(types), c.Layers)
	}
	c.Windows = make([]int, c.Layers)
	for i := range c.Windows {
		sliding := window > 0 && i >= first
		if types != nil {
			if types[i] != "full_attention" && types[i] != "sliding_attention" {
				return fmt.Errorf("layer_types %q is not supported; full_attention and sliding_attention are", types[i])
			}
			if sliding = types[i] == "sliding_attention"; sliding && window <= 0 {
				return fmt.Errorf("layer %d has sliding_attention, but there is no sliding_window", i)
			}
		}
		if sliding {
			c.Windows[i] = window
		}
	}
	return nil
}

// rope reads rope_parameters (transformers 5) or rope_scaling and rope_theta.
func (r *fields) rope(c *Config) (op.RopeConfig, error) {
	rope := op.RopeConfig{Kind: "default", HeadDim: c.HeadDim, Theta: r.number("rope_theta", 10000)}
	var p fields
	r.list("rope_parameters", &p.m)
	if p.m == nil {
		r.list("rope_scaling", &p.m)
	}
	if r.err == nil && p.m != nil {
		r.err = p.scaling(&rope, c)
	}
	if r.err == nil {
		_, r.err = op.NewRopeTable(rope, 0)
	}
	return rope, r.err
}

// scaling reads the object that names a kind of rotary positions.
func (p *fields) scaling(rope *op.RopeConfig, c *Config) error {
	for _, name := range slices.Sorted(keys(p.m)) {
		if p.m[name][0] == '{' { // one for each type of layer
			return fmt.Errorf("rope_parameters: %s is not supported", name)
		}
	}
	rope.Theta = p.number("rope_theta", rope.Theta)
	rope.Kind = p.text("rope_type", p.text("type", "default"))
	if !slices.Contains([]string{"default", "linear", "llama3", "yarn"}, rope.Kind) {
		return fmt.Errorf("rope type %q is not supported; default, linear, llama3 and yarn are", rope.Kind)
	}
	if f := p.number("partial_rotary_factor", 1); f != 1 {
		return fmt.Errorf("partial_rotary_factor %g is not supported", f)
	}
	if rope.Kind == "default" {
		return p.err
	}
	rope.Factor = p.number("factor", 0)
	if rope.Kind != "linear" {
		rope.Original = p.size("original_max_position_embeddings", c.Context)
	}
	switch rope.Kind {
	case "llama3":
		rope.LowFreq, rope.HighFreq = p.number("low_freq_factor", 1), p.number("high_freq_factor", 4)
	case "yarn":
		if rope.Factor == 0 {
			rope.Factor = float64(c.Context) / float64(rope.Original)
		}
		rope.BetaFast, rope.BetaSlow = p.number("beta_fast", 0), p.number("beta_slow", 0)
		rope.AttentionFactor = p.number("attention_factor", 0)
		rope.MScale, rope.MScaleAllDim = p.number("mscale", 0), p.number("mscale_all_dim", 0)
		rope.NoTruncate = !p.flag("truncate", true)
	}
	return p.err
}

// readTokens finds the first and last tokens of texts; generation_config.json
// has the last word.
func (c *Config) readTokens(r *fields, generation []byte) error {
	g := fields{}
	if generation != nil {
		if err := json.Unmarshal(generation, &g.m); err != nil {
			return fmt.Errorf("generation_config.json: %w", err)
		}
	}
	if bos := slices.Concat(g.tokens("bos_token_id"), r.tokens("bos_token_id")); len(bos) > 0 {
		c.BOS = bos[0]
	}
	if c.EOS = g.tokens("eos_token_id"); c.EOS == nil {
		c.EOS = r.tokens("eos_token_id")
	}
	if err := errors.Join(g.err, r.err); err != nil {
		return err
	}
	for _, id := range append([]int32{c.BOS}, c.EOS...) {
		if id < -1 || int(id) >= c.Vocab {
			return fmt.Errorf("bos_token_id or eos_token_id %d is not in the vocabulary of %d", id, c.Vocab)
		}
	}
	return nil
}

func known[V any](m map[string]V) string {
	return strings.Join(slices.Sorted(keys(m)), ", ")
}
