package influence

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/train"
)

const benchConfig = `{"model_type":"llama","vocab_size":256,"hidden_size":256,"intermediate_size":688,"num_hidden_layers":4,
"num_attention_heads":4,"num_key_value_heads":4,"max_position_embeddings":64,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true,"eos_token_id":2}`

// BenchmarkSettlement is what a settlement costs, as a multiple of the training
// run, which is done beside it: with the states on disk, and with checkpoints in
// memory. Each of the three commits to every step, as workers and peers do.
func BenchmarkSettlement(b *testing.B) {
	e, err := op.New(op.Config{})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	c, err := llama.ParseConfig([]byte(benchConfig), nil)
	if err != nil {
		b.Fatal(err)
	}
	cpu := tape.NewCPU(e)
	m, err := llama.New(c, cpu)
	if err == nil {
		err = m.Init(e, 1)
	}
	if err != nil {
		b.Fatal(err)
	}
	l, err := train.NewAdapter(m, lora.Config{R: 8, LoraAlpha: 16, TargetModules: lora.Modules{Pattern: lora.AllLinear}}, 2)
	if err != nil {
		b.Fatal(err)
	}
	var samples []train.Sample
	w := op.Words{Seed: 3, Purpose: op.PurposeOrder}
	for range 64 {
		tokens := make([]int32, 49)
		for i := range tokens {
			tokens[i] = int32(w.Below(256))
		}
		samples = append(samples, train.Windows(tokens, 48)...)
	}
	q := []Query{{samples[0], 1}, {samples[1], 1}}
	var run, disk, memory []float64
	for i := range b.N {
		t, err := train.New(m, l, cpu, samples, train.Options{Seed: 1, Batch: 16, Rates: slices.Repeat([]float32{1e-3}, 16), Optimizer: train.AdamW})
		if err == nil {
			err = l.Init(2)
		}
		if err != nil {
			b.Fatal(err)
		}
		d, err1 := NewDisk(filepath.Join(b.TempDir(), fmt.Sprint(i)), t)
		k, err2 := NewCheckpoints(t)
		if err1 != nil || err2 != nil {
			b.Fatal(err1, err2)
		}
		took := time.Duration(0)
		for range 16 {
			begin := time.Now()
			_, r, err := t.Committed()
			took += time.Since(begin)
			if err != nil || d.Record(r) != nil || k.Record(r) != nil {
				b.Fatal(err)
			}
		}
		run = append(run, took.Seconds())
		for _, x := range []struct {
			r  Recording
			to *[]float64
		}{{d, &disk}, {k, &memory}} {
			begin := time.Now()
			p, err := NewReplay(cpu, t, x.r, q)
			if err != nil {
				b.Fatal(err)
			}
			for done, all := p.Steps(); done < all; done++ {
				if _, err := p.Committed(); err != nil {
					b.Fatal(err)
				}
			}
			if err := p.Close(); err != nil {
				b.Fatal(err)
			}
			*x.to = append(*x.to, time.Since(begin).Seconds())
		}
		d.Close()
	}
	b.ReportMetric(slices.Min(disk)/slices.Min(run), "disk/run") // the fastest: the least disturbed
	b.ReportMetric(slices.Min(memory)/slices.Min(run), "memory/run")
	b.ReportMetric(1e3*slices.Min(run)/16, "ms/step")
}
