package lora

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/compute/safetensors"
)

// BenchmarkOpen reads an adapter of rank 8 for all linear layers of a
// SmolLM2-135M, in BF16: 420 tensors, 4.9 MB, from the page cache.
func BenchmarkOpen(b *testing.B) {
	var base []Linear
	for i := range 30 {
		for _, l := range []Linear{
			{Name: "self_attn.q_proj", Out: 576, In: 576}, {Name: "self_attn.k_proj", Out: 192, In: 576},
			{Name: "self_attn.v_proj", Out: 192, In: 576}, {Name: "self_attn.o_proj", Out: 576, In: 576},
			{Name: "mlp.gate_proj", Out: 1536, In: 576}, {Name: "mlp.up_proj", Out: 1536, In: 576}, {Name: "mlp.down_proj", Out: 576, In: 1536},
		} {
			l.Name = fmt.Sprintf("model.layers.%d.%s", i, l.Name)
			base = append(base, l)
		}
	}
	c := Config{R: 8, LoraAlpha: 16, TargetModules: Modules{Names: []string{"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}}}
	var tensors []safetensors.Tensor
	for _, l := range base {
		tensors = append(tensors,
			safetensors.Tensor{Name: keyPrefix + l.Name + keyA, DType: safetensors.BF16, Shape: []int{8, l.In}, Data: make([]byte, 16*l.In)},
			safetensors.Tensor{Name: keyPrefix + l.Name + keyB, DType: safetensors.BF16, Shape: []int{l.Out, 8}, Data: make([]byte, 16*l.Out)})
	}
	var weights bytes.Buffer
	if err := safetensors.Encode(&weights, tensors, nil); err != nil {
		b.Fatal(err)
	}
	config, err := json.Marshal(c.peft())
	if err != nil {
		b.Fatal(err)
	}
	f, err := Parse(config, weights.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	dir := filepath.Join(b.TempDir(), "adapter")
	if err := f.Write(dir); err != nil {
		b.Fatal(err)
	}
	run := func(name string, do func() error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(weights.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("read", func() error { _, err := Open(dir); return err })
	run("fit", func() error { _, err := f.Fit(base); return err })
	run("load", func() error { _, err := f.Load(base); return err })
	run("cid", func() error { _, err := f.CID(); return err })
}
