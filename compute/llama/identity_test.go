package llama

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/proofs/canon"
)

// writeTiny writes a model folder of the smallest size and returns its tensors.
func writeTiny(t *testing.T, dir string) []safetensors.Tensor {
	t.Helper()
	config := `{"model_type":"llama","vocab_size":8,"hidden_size":4,"intermediate_size":8,"num_hidden_layers":1,
"num_attention_heads":2,"num_key_value_heads":1,"max_position_embeddings":16,"rms_norm_eps":1e-5,"hidden_act":"silu","tie_word_embeddings":true}`
	c, err := ParseConfig([]byte(config), nil)
	if err != nil {
		t.Fatal(err)
	}
	var tensors []safetensors.Tensor
	for k, s := range c.Shapes() {
		x := make([]float32, s.Rows*s.Cols)
		for i := range x {
			x[i] = float32(i%5) + float32(k)
		}
		shape := []int{s.Rows, s.Cols}
		if s.Vector {
			shape = shape[1:]
		}
		tensors = append(tensors, safetensors.FromFloats(s.Name, x, shape...))
	}
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := safetensors.Write(filepath.Join(dir, "model.safetensors"), tensors, nil); err != nil {
		t.Fatal(err)
	}
	return tensors
}

func identify(t *testing.T, dir string) string {
	t.Helper()
	i, err := Identify(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := canon.Encode(&i)
	if err != nil {
		t.Fatal(err)
	}
	var again Identity
	if err := canon.Decode(b, &again, canon.Limits{}); err != nil || again != i {
		t.Errorf("got %+v back, %v; want %+v", again, err, i)
	}
	c, err := i.CID()
	if err != nil {
		t.Fatal(err)
	}
	return c.String()
}

// An identity is of the content: metadata and file layout do not show, every
// bit of weights, config and tokenizer does.
func TestIdentity(t *testing.T) {
	dir := t.TempDir()
	tensors := writeTiny(t, dir)
	name := identify(t, dir)
	write := func(file string, b []byte) {
		if err := os.WriteFile(filepath.Join(dir, file), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := safetensors.Write(filepath.Join(dir, "model.safetensors"), tensors, map[string]string{"note": "x"}); err != nil {
		t.Fatal(err)
	}
	if got := identify(t, dir); got != name {
		t.Error("metadata shows in the identity")
	}
	seen := map[string]bool{name: true}
	for _, change := range []func(){
		func() { write("tokenizer.json", []byte("{}")) },
		func() { write("tokenizer_config.json", []byte("{}")) },
		func() {
			x, _ := tensors[0].View()
			x[3] += 1e-7
			x[3]++
			if err := safetensors.Write(filepath.Join(dir, "model.safetensors"), tensors, nil); err != nil {
				t.Fatal(err)
			}
		},
	} {
		change()
		got := identify(t, dir)
		if seen[got] {
			t.Errorf("a change does not show in %s", got)
		}
		seen[got] = true
	}
	if _, err := Identify(t.TempDir()); err == nil {
		t.Error("an empty folder has an identity")
	}
}
