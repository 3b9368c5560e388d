package train

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// WriteModel writes the weights of a trained model as Hugging Face's
// model.safetensors, in f32, into a folder that is there.
func WriteModel(dir string, params []llama.Param) error {
	tensors := make([]safetensors.Tensor, len(params))
	for i, p := range params {
		x, err := values(p.Value, p.Rows*p.Cols)
		if err != nil {
			return fmt.Errorf("write %s: %w", p.Name, err)
		}
		shape := []int{p.Rows, p.Cols}
		if p.Vector {
			shape = shape[1:]
		}
		tensors[i] = safetensors.FromFloats(p.Name, x, shape...)
	}
	return safetensors.Write(filepath.Join(dir, "model.safetensors"), tensors, map[string]string{"format": "pt"})
}

// NewAdapter begins a LoRA on a model: the layers that config targets, A drawn
// from the seed, B zero.
func NewAdapter(m *llama.Model, config lora.Config, seed uint64) (*llama.LoRA, error) {
	a, err := lora.New(config, m.Config.Linears())
	if err != nil {
		return nil, err
	}
	var parts []llama.LoRAPart
	for _, x := range a.Modules {
		parts = append(parts, llama.LoRAPart{Name: x.Name, Rank: x.Rank, Scale: x.Scale})
	}
	l, err := m.NewLoRA(parts)
	if err != nil {
		return nil, err
	}
	return l, l.Init(seed)
}

// WriteAdapter writes a trained LoRA as PEFT does, into a folder that is there
// and may hold more, and returns the files as a reader would see them.
func WriteAdapter(dir string, m *llama.Model, config lora.Config, l *llama.LoRA) (*lora.Files, error) {
	a, err := lora.New(config, m.Config.Linears())
	if err != nil {
		return nil, err
	}
	trained := map[string]tape.Matrix{}
	for _, p := range l.Params() {
		trained[p.Name] = p.Value
	}
	for i := range a.Modules {
		x := &a.Modules[i]
		for _, part := range []struct {
			suffix string
			to     *op.Matrix
		}{{".lora_A.weight", &x.A}, {".lora_B.weight", &x.B}} {
			name := "base_model.model." + x.Name + part.suffix
			if trained[name] == nil {
				return nil, fmt.Errorf("write adapter: %s was not trained", name)
			}
			if err := trained[name].Read(part.to.Data); err != nil {
				return nil, fmt.Errorf("write adapter: %s: %w", name, err)
			}
		}
	}
	files, err := a.Files()
	if err != nil {
		return nil, err
	}
	whole := filepath.Join(dir, ".adapter")
	if err := errors.Join(os.RemoveAll(whole), files.Write(whole)); err != nil {
		return nil, err
	}
	for _, name := range []string{lora.WeightsFile, lora.ConfigFile} { // the config last: it makes the folder an adapter
		if err := os.Rename(filepath.Join(whole, name), filepath.Join(dir, name)); err != nil {
			return nil, fmt.Errorf("write adapter: %w", err)
		}
	}
	return files, os.Remove(whole)
}

// values returns the elements of a matrix, without a copy where they lie in
// this process's memory.
func values(m tape.Matrix, n int) ([]float32, error) {
	if x := m.Host(); x != nil {
		return x, nil
	}
	x := make([]float32, n)
	return x, m.Read(x)
}

// companions are the files of a model folder that say how to use it; they go
// with every model that is trained from it.
var companions = []string{
	"config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
	"chat_template.jinja", "vocab.json", "merges.txt", "added_tokens.json",
}

// CopyCompanions copies config, tokenizer and templates of a model folder.
func CopyCompanions(to, from string) error {
	for _, name := range companions {
		b, err := os.ReadFile(filepath.Join(from, name))
		if os.IsNotExist(err) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), b, 0o644)
		}
		if err != nil {
			return fmt.Errorf("copy %s: %w", name, err)
		}
	}
	return nil
}
