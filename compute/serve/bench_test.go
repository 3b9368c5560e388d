package serve

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// shapeS135 is that of SmolLM2-135M; the weights are random bf16.
const shapeS135 = `{"model_type":"llama","vocab_size":49152,"hidden_size":576,"intermediate_size":1536,"num_hidden_layers":30,
"num_attention_heads":9,"num_key_value_heads":3,"max_position_embeddings":8192,"tie_word_embeddings":true}`

var modelS135 = sync.OnceValue(func() *llama.Model {
	c, err := llama.ParseConfig([]byte(shapeS135), nil)
	if err != nil {
		panic(err)
	}
	var all []safetensors.Tensor
	for i, s := range c.Shapes() {
		shape := []int{s.Rows, s.Cols}
		if s.Vector {
			shape = shape[1:]
		}
		all = append(all, safetensors.Tensor{Name: s.Name, DType: safetensors.BF16, Shape: shape, Data: randomBF16(s.Rows*s.Cols, uint32(i), s.Vector)})
	}
	var b bytes.Buffer
	if err := safetensors.Encode(&b, all, nil); err != nil {
		panic(err)
	}
	set, err := safetensors.Parse(b.Bytes())
	if err != nil {
		panic(err)
	}
	engine, err := op.New(op.Config{})
	if err != nil {
		panic(err)
	}
	m, err := llama.FromTensors(c, set, tape.NewCPU(engine), llama.LoadConfig{})
	if err != nil {
		panic(err)
	}
	return m
})

// randomBF16 draws values of -0.06 to 0.06, around 1 for gains.
func randomBF16(n int, seed uint32, gain bool) []byte {
	b := make([]byte, 2*n)
	x := seed*2654435761 + 12345
	for i := range n {
		x = x*1664525 + 1013904223
		h := uint16(0x3d00 + x>>16&0x7f | x>>15&0x8000) // +-0.03 to 0.06
		if gain {
			h = 0x3f80
		}
		binary.LittleEndian.PutUint16(b[2*i:], h)
	}
	return b
}

// benchAdapters makes n adapters as directories: their weights are 16 files,
// their scales differ, and so do their CIDs.
func benchAdapters(b *testing.B, e *Engine, n, rank int, targets []string) []cid.Cid {
	b.Helper()
	dir := b.TempDir()
	var paths []string
	for i := range min(n, 16) {
		var all []safetensors.Tensor
		for k, l := range e.c.Model.Config.Linears() {
			if !slices.Contains(targets, l.Name[strings.LastIndexByte(l.Name, '.')+1:]) {
				continue
			}
			for _, t := range []struct {
				name       string
				rows, cols int
			}{{"A", rank, l.In}, {"B", l.Out, rank}} {
				all = append(all, safetensors.Tensor{Name: "base_model.model." + l.Name + ".lora_" + t.name + ".weight", DType: safetensors.BF16,
					Shape: []int{t.rows, t.cols}, Data: randomBF16(t.rows*t.cols, uint32(1000*i+k), false)})
			}
		}
		path := filepath.Join(dir, fmt.Sprint("weights", i))
		if err := safetensors.Write(path, all, nil); err != nil {
			b.Fatal(err)
		}
		paths = append(paths, path)
	}
	var ids []cid.Cid
	for i := range n {
		config, err := json.Marshal(map[string]any{"peft_type": "LORA", "r": rank, "lora_alpha": 1 + float64(i)/64, "target_modules": targets})
		if err != nil {
			b.Fatal(err)
		}
		a := filepath.Join(dir, fmt.Sprint("adapter", i))
		if err := os.Mkdir(a, 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(a, lora.ConfigFile), config, 0o600); err != nil {
			b.Fatal(err)
		}
		if err := os.Link(paths[i%len(paths)], filepath.Join(a, lora.WeightsFile)); err != nil {
			b.Fatal(err)
		}
		f, err := lora.Open(a)
		if err != nil {
			b.Fatal(err)
		}
		id, err := f.CID()
		if err != nil {
			b.Fatal(err)
		}
		if err := e.Register(fmt.Sprint("adapter", i), id, a); err != nil {
			b.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

func benchEngine(b *testing.B, c Config) *Engine {
	b.Helper()
	c.Model, c.CID, c.Context = modelS135(), modelCID, 1024
	e, err := New(c)
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- e.Run(ctx) }()
	b.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	})
	return e
}

var (
	qkvo      = []string{"q_proj", "k_proj", "v_proj", "o_proj"}
	allLinear = append([]string{"gate_proj", "up_proj", "down_proj"}, qkvo...)
)

// BenchmarkDecode is tokens per second at a batch of 1 and 32, behind prompts of
// 128 tokens.
func BenchmarkDecode(b *testing.B) {
	for _, batch := range []int{1, 32} {
		b.Run(fmt.Sprint("batch ", batch), func(b *testing.B) {
			e := benchEngine(b, Config{Memory: 1 << 30})
			for b.Loop() {
				var streams []*Stream
				const n = 100
				for i := range batch {
					r := Request{Prompt: make([]int32, 128), MaxTokens: n + 200, StopTokens: []int32{}}
					for k := range r.Prompt {
						r.Prompt[k] = int32(100*i + k)
					}
					s, err := e.Submit(context.Background(), r)
					if err != nil {
						b.Fatal(err)
					}
					streams = append(streams, s)
				}
				for _, s := range streams { // until all decode
					if _, err := s.Next(context.Background()); err != nil {
						b.Fatal(err)
					}
				}
				began, before := time.Now(), e.Stats()
				for range n {
					if _, err := streams[len(streams)-1].Next(context.Background()); err != nil {
						b.Fatal(err)
					}
				}
				took, after := time.Since(began).Seconds(), e.Stats()
				b.ReportMetric(float64(after.AnswerTokens-before.AnswerTokens)/took, "tokens/s")
				for _, s := range streams {
					s.Close()
				}
			}
		})
	}
}

// BenchmarkFirst is the time to the first token of a prompt of 32 on an idle
// engine.
func BenchmarkFirst(b *testing.B) {
	e := benchEngine(b, Config{Memory: 1 << 29})
	var all []time.Duration
	for i := range 40 {
		all = append(all, firstToken(b, e, i, cid.Undef))
	}
	slices.Sort(all)
	b.ReportMetric(1000*all[len(all)/2].Seconds(), "p50-ms")
	b.ReportMetric(1000*all[len(all)*99/100].Seconds(), "p99-ms")
}

// firstToken is the time to the first token of a prompt of 32 on an idle engine.
func firstToken(b *testing.B, e *Engine, i int, adapter cid.Cid) time.Duration {
	r := Request{Prompt: make([]int32, 32), MaxTokens: 1, StopTokens: []int32{}, Adapter: adapter}
	for k := range r.Prompt {
		r.Prompt[k] = int32(100*i+k) % 49152
	}
	began := time.Now()
	s, err := e.Submit(context.Background(), r)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.Next(context.Background()); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// BenchmarkIdle is the memory of adapters that are known and not used.
func BenchmarkIdle(b *testing.B) {
	const n = 100000
	for b.Loop() {
		e, err := New(Config{Model: tinyModel(b), CID: modelCID, Memory: 1 << 20})
		if err != nil {
			b.Fatal(err)
		}
		ids := make([]cid.Cid, n)
		for i := range ids {
			ids[i] = rawCID(fmt.Sprint(i))
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		began := time.Now()
		for i, id := range ids {
			if err := e.Register(fmt.Sprint("adapter", i), id, fmt.Sprintf("/home/peer/.openledger/adapters/%d/adapter", i)); err != nil {
				b.Fatal(err)
			}
		}
		took := time.Since(began)
		ids = nil
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "bytes/adapter")
		b.ReportMetric(took.Seconds(), "s")
		runtime.KeepAlive(e)
	}
}

// BenchmarkAudit is an audit beside the decoding that it checks, one sequence:
// the median of five, each by an auditor who has not seen the prompt before.
func BenchmarkAudit(b *testing.B) {
	const prompt, answer = 64, 256
	e := benchEngine(b, Config{Memory: 1 << 28})
	auditor := benchEngine(b, Config{Memory: 1 << 28})
	var decoded, audited, times []float64
	for i := range 5 {
		r := Request{Prompt: make([]int32, prompt), MaxTokens: answer, StopTokens: []int32{}, Sampling: Sampling{Temperature: 1, Seed: 1}}
		for k := range r.Prompt {
			r.Prompt[k] = int32(1000*i + 7*k)
		}
		began := time.Now()
		s, err := e.Submit(context.Background(), r)
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = s.Next(context.Background())
		}
		mid := time.Now()
		if f, err := auditor.Audit(context.Background(), "", Claim{s.Request, s.Answers()[0]}); f != nil || err != nil {
			b.Fatal(f, err)
		}
		d, a := mid.Sub(began).Seconds(), time.Since(mid).Seconds()
		decoded, audited, times = append(decoded, answer/d), append(audited, answer/a), append(times, d/a)
	}
	for unit, all := range map[string][]float64{"decode-tokens/s": decoded, "audit-tokens/s": audited, "times": times} {
		slices.Sort(all)
		b.ReportMetric(all[len(all)/2], unit)
	}
	b.ReportMetric(times[0], "times-least")
}
