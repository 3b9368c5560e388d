package train

import (
	"fmt"
	"testing"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// The shapes of the benchmarks, those of llama2.c's stories15M and stories110M.
var shapes = map[string]string{
	"15M": `{"model_type":"llama","vocab_size":32000,"hidden_size":288,"intermediate_size":768,"num_hidden_layers":6,
"num_attention_heads":6,"num_key_value_heads":6,"max_position_embeddings":1024,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true,"initializer_range":0.02}`,
	"110M": `{"model_type":"llama","vocab_size":32000,"hidden_size":768,"intermediate_size":2048,"num_hidden_layers":12,
"num_attention_heads":12,"num_key_value_heads":12,"max_position_embeddings":1024,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true,"initializer_range":0.02}`,
}

// BenchmarkStep measures whole training steps of 8 samples of 256 tokens;
// scripts/bench-train.sh runs PyTorch on the same shapes beside it.
func BenchmarkStep(b *testing.B) {
	for _, c := range []struct {
		shape string
		lora  bool
	}{{"15M", false}, {"15M", true}, {"110M", false}, {"110M", true}} {
		name := c.shape + "/full"
		if c.lora {
			name = c.shape + "/lora-r16"
		}
		b.Run(name, func(b *testing.B) {
			tr := benchTrainer(b, c.shape, c.lora)
			steps(b, tr, 1)
			tokens := 0
			for b.Loop() {
				r, err := tr.Step()
				if err != nil {
					b.Fatal(err)
				}
				tokens += r.Tokens
			}
			b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

// BenchmarkDigest measures the state digest of one step.
func BenchmarkDigest(b *testing.B) {
	for _, c := range []struct {
		shape string
		lora  bool
	}{{"15M", false}, {"110M", true}} {
		b.Run(fmt.Sprintf("%s/lora-%v", c.shape, c.lora), func(b *testing.B) {
			tr := benchTrainer(b, c.shape, c.lora)
			for b.Loop() {
				if _, err := tr.Digest(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchTrainer(b *testing.B, shape string, adapted bool) *Trainer {
	b.Helper()
	return benchTrainerOf(b, shape, adapted, 8)
}

// benchTrainerOf trains on steps of n samples of 256 tokens, 8 at a time.
func benchTrainerOf(b *testing.B, shape string, adapted bool, n int) *Trainer {
	b.Helper()
	e := engine(b)
	backend := tape.NewCPU(e)
	config, err := llama.ParseConfig([]byte(shapes[shape]), nil)
	if err != nil {
		b.Fatal(err)
	}
	m, err := llama.New(config, backend)
	if err == nil {
		err = m.Init(e, 1)
	}
	if err != nil {
		b.Fatal(err)
	}
	var l *llama.LoRA
	if adapted {
		if l, err = NewAdapter(m, lora.Config{R: 16, LoraAlpha: 16, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 2); err != nil {
			b.Fatal(err)
		}
	}
	w := op.Words{Seed: 9, Purpose: op.PurposeOrder}
	var samples []Sample
	for range n {
		tokens := make([]int32, 257)
		for i := range tokens {
			tokens[i] = int32(w.Below(32000))
		}
		samples = append(samples, Windows(tokens, 256)...)
	}
	tr, err := New(m, l, backend, samples, Options{Seed: 1, Batch: n, Micro: 8, Rates: constant(1e-4, 1<<20), Clip: 1})
	if err != nil {
		b.Fatal(err)
	}
	return tr
}
