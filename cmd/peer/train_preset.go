package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/compute/tokenizer/chat"
	"github.com/openledger/openledger/compute/train"
)

// A preset is the shape of a model made from scratch.
type preset struct{ hidden, inner, layers, heads, kvHeads, context, vocab int }

var presets = map[string]preset{
	"tiny":  {hidden: 128, inner: 352, layers: 4, heads: 4, kvHeads: 2, context: 512, vocab: 2048},
	"small": {hidden: 384, inner: 1024, layers: 6, heads: 6, kvHeads: 3, context: 1024, vocab: 8192},
}

// The two control tokens of a tokenizer made here.
const (
	beginToken = "<|begin_of_text|>"
	endToken   = "<|end_of_text|>"
)

// fromScratch makes a tokenizer of the data, unless one is given, and a model
// with drawn parameters.
func (w *workbench) fromScratch(ctx context.Context) error {
	p, ok := presets[w.preset]
	if !ok {
		return problemf(exitUsage, "want tiny or small", "--preset is %q", w.preset)
	}
	if w.method != "full" {
		return problemf(exitUsage, "give the base with --model", "--preset makes a new model, which a LoRA needs trained")
	}
	if err := w.makeTokenizer(ctx, p.vocab); err != nil {
		return err
	}
	if err := w.tokens.Save(filepath.Join(w.out, "tokenizer.json")); err != nil {
		return err
	}
	config, err := w.describe(p)
	if err != nil {
		return err
	}
	c, err := llama.ParseConfig(config, nil)
	if err != nil {
		return err
	}
	if w.model, err = llama.New(c, w.backend); err != nil {
		return err
	}
	return w.model.Init(w.engine, w.seed)
}

func (w *workbench) makeTokenizer(ctx context.Context, vocab int) (err error) {
	if w.training.tokenizer != "" {
		w.tokens, err = tokenizer.Load(w.training.tokenizer)
		return err
	}
	if w.vocab != 0 {
		vocab = w.vocab
	}
	path, done, err := w.source()
	if err != nil {
		return err
	}
	defer done()
	w.tokens, err = tokenizerOf(ctx, path, tokenizer.TrainConfig{VocabSize: vocab})
	return err
}

// tokenizerOf makes a tokenizer of the texts of a file or folder, with begin
// and end tokens.
func tokenizerOf(ctx context.Context, path string, c tokenizer.TrainConfig) (*tokenizer.Tokenizer, error) {
	c.Special, c.BOS = []string{beginToken, endToken}, beginToken
	var failed error
	t, err := tokenizer.Train(ctx, func(yield func(string) bool) {
		failed = train.Texts(path, yield)
	}, c)
	if failed != nil {
		return nil, failed
	}
	return t, err
}

// describe writes config.json and its companions for a preset, as Hugging
// Face's tools want them.
func (w *workbench) describe(p preset) (config []byte, err error) {
	bos, _ := w.tokens.BOS()
	var eos *int32
	if id, ok := w.tokens.TokenID(endToken); ok {
		eos = &id
	} else if ids := w.tokens.EOS(); len(ids) > 0 {
		eos = &ids[0]
	}
	files := []struct {
		name string
		body map[string]any
	}{
		{"config.json", map[string]any{
			"architectures": []string{"LlamaForCausalLM"}, "model_type": "llama", "hidden_act": "silu", "torch_dtype": "float32",
			"vocab_size": w.tokens.VocabSize(), "hidden_size": p.hidden, "intermediate_size": p.inner, "num_hidden_layers": p.layers,
			"num_attention_heads": p.heads, "num_key_value_heads": p.kvHeads, "max_position_embeddings": p.context,
			"rms_norm_eps": 1e-5, "rope_theta": 10000.0, "initializer_range": 0.02, "tie_word_embeddings": true,
			"attention_bias": false, "mlp_bias": false, "bos_token_id": bos, "eos_token_id": eos,
		}},
		{"generation_config.json", map[string]any{"bos_token_id": bos, "eos_token_id": eos}},
		{"tokenizer_config.json", map[string]any{"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": beginToken, "eos_token": endToken, "model_max_length": p.context}},
	}
	for _, f := range files {
		b, err := json.MarshalIndent(f.body, "", "  ")
		if err == nil {
			err = os.WriteFile(filepath.Join(w.out, f.name), append(b, '\n'), 0o644)
		}
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", f.name, err)
		}
		if f.name == "config.json" {
			config = b
		}
	}
	// What the tokenizer's files say of begin and end is read with them.
	w.tokens, err = tokenizer.Load(w.out)
	return config, err
}

// template renders conversations as the model's chat template says; nil if it
// has none.
func (w *workbench) template() func([]train.Message, bool) (string, error) {
	dir := w.out
	if w.preset == "" {
		dir = w.dir
	}
	templates, err := chat.Load(dir)
	if err != nil {
		return func([]train.Message, bool) (string, error) { return "", err }
	}
	t := templates.For(false)
	if t == nil {
		return nil
	}
	in := chat.Input{}
	if id, ok := w.tokens.BOS(); ok {
		in.BOS, _ = w.tokens.Token(id)
	}
	if ids := w.tokens.EOS(); len(ids) > 0 {
		in.EOS, _ = w.tokens.Token(ids[0])
	}
	return func(messages []train.Message, generate bool) (string, error) {
		in.Messages, in.AddGenerationPrompt = messages, generate
		return t.Render(context.Background(), in)
	}
}
