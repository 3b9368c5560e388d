package llama

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// The shapes of the benchmarks: llama2.c's stories110M and SmolLM2-135M.
const (
	shape110M = `{"model_type":"llama","vocab_size":32000,"hidden_size":768,"intermediate_size":2048,"num_hidden_layers":12,
"num_attention_heads":12,"num_key_value_heads":12,"max_position_embeddings":1024,"tie_word_embeddings":true}`
	shape135M = `{"model_type":"llama","vocab_size":49152,"hidden_size":576,"intermediate_size":1536,"num_hidden_layers":30,
"num_attention_heads":9,"num_key_value_heads":3,"max_position_embeddings":8192,"tie_word_embeddings":true}`
)

// benchTensors makes random weights of a shape.
func benchTensors(b *testing.B, shape string, d safetensors.DType) (Config, []safetensors.Tensor) {
	b.Helper()
	c, err := ParseConfig([]byte(shape), nil)
	if err != nil {
		b.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	var all []safetensors.Tensor
	for _, s := range c.Shapes() {
		x := make([]float32, s.Rows*s.Cols)
		for i := range x {
			x[i] = (rng.Float32() - 0.5) / 16
			if s.Vector {
				x[i]++
			}
		}
		dims := []int{s.Rows, s.Cols}
		if s.Vector {
			dims = dims[1:]
		}
		t := safetensors.FromFloats(s.Name, x, dims...)
		if d != safetensors.F32 {
			t.DType, t.Data = d, make([]byte, 2*len(x))
			op.Narrow(t.Data, halves[d], x)
		}
		all = append(all, t)
	}
	return c, all
}

func benchModel(b *testing.B, cpu *tape.CPU, shape string, d safetensors.DType, l LoadConfig) *Model {
	b.Helper()
	c, tensors := benchTensors(b, shape, d)
	path := filepath.Join(b.TempDir(), safetensors.ModelFile)
	if err := safetensors.Write(path, tensors, nil); err != nil {
		b.Fatal(err)
	}
	set, err := safetensors.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer set.Close()
	m, err := FromTensors(c, set, cpu, l)
	if err != nil {
		b.Fatal(err)
	}
	return m
}

func benchIDs(n, vocab int) []int32 {
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(3 + i*7919%(vocab-3))
	}
	return ids
}

// BenchmarkPrefill reads a prompt of 512 tokens; the share of the machine's own
// FMA peak counts the multiply-adds that the model needs: one per token and
// weight of the blocks, two per element of the keys that a query sees, and the
// output layer once.
func BenchmarkPrefill(b *testing.B) {
	const n = 512
	for _, format := range formats {
		b.Run(format.name, func(b *testing.B) {
			cpu := newCPU(b, "", 0)
			m := benchModel(b, cpu, shape110M, format.d, format.c)
			f, err := m.NewForward(ForwardConfig{Tokens: n, Picks: 1, Cached: true})
			if err != nil {
				b.Fatal(err)
			}
			cache, err := m.NewCache(n / op.PageRows)
			if err != nil {
				b.Fatal(err)
			}
			run := Run{
				IDs: benchIDs(n, m.Config.Vocab), Cache: cache, Picks: []int32{n - 1},
				Seqs: []tape.Seq{{Rows: n, Pages: every(cache.Pages())}},
			}
			if err := f.Run(&run); err != nil {
				b.Fatal(err)
			}
			peak := op.MeasurePeak(cpu.Engine())
			b.ResetTimer()
			for b.Loop() {
				if err := f.Run(&run); err != nil {
					b.Fatal(err)
				}
			}
			seconds := b.Elapsed().Seconds() / float64(b.N)
			c := &m.Config
			weights := (c.Parameters()-c.Vocab*c.Hidden)*n + c.Vocab*c.Hidden
			work := 2 * float64(weights+c.Layers*c.Heads*c.HeadDim*n*(n+1))
			b.ReportMetric(n/seconds, "tokens/s")
			b.ReportMetric(100*work/seconds/peak, "%peak")
		})
	}
}

// BenchmarkDecode decodes at position 256, one sequence and 32. The share of the
// read bandwidth counts the weights and the keys and values seen, once per step:
// as many bytes are read by the same threads after each step, and the median of
// the ratios counts.
func BenchmarkDecode(b *testing.B) {
	const pos = 256
	for _, format := range formats {
		for _, batch := range []int{1, 32} {
			name := format.name + "/batch1"
			if batch > 1 {
				name = format.name + "/batch32"
			}
			b.Run(name, func(b *testing.B) {
				cpu := newCPU(b, "", 0)
				m := benchModel(b, cpu, shape110M, format.d, format.c)
				f, err := m.NewForward(ForwardConfig{Tokens: batch, Picks: batch, Cached: true})
				if err != nil {
					b.Fatal(err)
				}
				const pages = pos/op.PageRows + 1
				cache, err := m.NewCache(batch * pages)
				if err != nil {
					b.Fatal(err)
				}
				run := Run{IDs: benchIDs(batch, m.Config.Vocab), Cache: cache, Picks: every(batch)}
				for i := range batch {
					run.Seqs = append(run.Seqs, tape.Seq{Rows: 1, Pos: pos, Pages: every(cache.Pages())[i*pages:][:pages]})
				}
				fillCache(b, m, cache, run.Seqs)
				read := op.Reader(cpu.Engine(), m.Bytes()+batch*(pos+1)*m.Config.Layers*m.Config.KVHeads*m.Config.HeadDim*2*4)
				var took, ratios []float64
				timed := func(do func()) float64 {
					start := time.Now()
					do()
					return time.Since(start).Seconds()
				}
				step := func() {
					if err := f.Run(&run); err != nil {
						b.Fatal(err)
					}
				}
				for range 3 {
					step()
					read()
				}
				b.ReportAllocs()
				for b.Loop() {
					t := timed(step)
					took = append(took, t)
					ratios = append(ratios, timed(read)/t)
				}
				slices.Sort(took)
				slices.Sort(ratios)
				b.ReportMetric(float64(batch)/took[len(took)/2], "tokens/s")
				b.ReportMetric(100*ratios[len(ratios)/2], "%bandwidth")
			})
		}
	}
}

// fillCache reads a prompt up to the position of each sequence: memory that was
// never written is one page of zeros, which a CPU does not have to fetch.
func fillCache(b *testing.B, m *Model, cache tape.Cache, seqs []tape.Seq) {
	f, err := m.NewForward(ForwardConfig{Tokens: seqs[0].Pos, Picks: 1, Cached: true})
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range seqs {
		r := Run{IDs: benchIDs(s.Pos, m.Config.Vocab), Cache: cache, Picks: []int32{0}, Seqs: []tape.Seq{{Rows: s.Pos, Pages: s.Pages}}}
		if err := f.Run(&r); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoad maps a model of 135 million parameters and computes its first
// token.
func BenchmarkLoad(b *testing.B) {
	for _, format := range formats {
		b.Run(format.name, func(b *testing.B) {
			cpu := newCPU(b, "", 0)
			c, tensors := benchTensors(b, shape135M, format.d)
			path := filepath.Join(b.TempDir(), safetensors.ModelFile)
			if err := safetensors.Write(path, tensors, nil); err != nil {
				b.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(info.Size())
			for b.Loop() {
				set, err := safetensors.Open(path)
				if err != nil {
					b.Fatal(err)
				}
				m, err := FromTensors(c, set, cpu, format.c)
				if err != nil {
					b.Fatal(err)
				}
				set.Close()
				g, err := m.NewGreedy(128, 16)
				if err != nil {
					b.Fatal(err)
				}
				if err := g.Continue([]int32{1}, 1, func(int32, []float32) bool { return false }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkAdapter reads an adapter of rank 8 for all linear layers of the shape
// of 135 million parameters, BF16, from the page cache, and makes it ready to
// serve: 4.9 MB in 420 tensors. Arena is what serving does: the file into a
// buffer that is there, then block by block into memory that is there.
func BenchmarkAdapter(b *testing.B) {
	cpu := newCPU(b, "", 0)
	c, err := ParseConfig([]byte(shape135M), nil)
	if err != nil {
		b.Fatal(err)
	}
	m := &Model{Config: c, backend: cpu}
	var all []safetensors.Tensor
	size := 0
	for _, l := range c.Linears() {
		if l.Head {
			continue
		}
		for name, s := range map[string][]int{"A": {8, l.In}, "B": {l.Out, 8}} {
			data := make([]byte, 2*s[0]*s[1])
			size += len(data)
			all = append(all, safetensors.Tensor{Name: "base_model.model." + l.Name + ".lora_" + name + ".weight", DType: safetensors.BF16, Shape: s, Data: data})
		}
	}
	dir := b.TempDir()
	config := `{"peft_type":"LORA","r":8,"lora_alpha":16,"target_modules":["q_proj","k_proj","v_proj","o_proj","gate_proj","up_proj","down_proj"]}`
	if err := os.WriteFile(filepath.Join(dir, lora.ConfigFile), []byte(config), 0o644); err != nil {
		b.Fatal(err)
	}
	if err := safetensors.Write(filepath.Join(dir, lora.WeightsFile), all, nil); err != nil {
		b.Fatal(err)
	}
	b.Run("load", func(b *testing.B) {
		b.SetBytes(int64(size))
		b.ReportAllocs()
		for b.Loop() {
			f, err := lora.Open(dir)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := m.LoadAdapter(f); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("arena", func(b *testing.B) {
		b.SetBytes(int64(size))
		b.ReportAllocs()
		arena, err := m.NewArena(64 << 20)
		if err != nil {
			b.Fatal(err)
		}
		var weights []byte
		for b.Loop() {
			if weights, err = readAgain(filepath.Join(dir, lora.WeightsFile), weights); err != nil {
				b.Fatal(err)
			}
			if err := loadInto(arena, []byte(config), weights); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// readAgain reads a file into memory that is there already, if there is enough.
func readAgain(path string, memory []byte) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	memory = slices.Grow(memory[:0], int(info.Size()))[:info.Size()]
	_, err = io.ReadFull(f, memory)
	return memory, err
}

// loadInto brings an adapter into an arena with two goroutines, as serving does.
func loadInto(arena *Arena, config, weights []byte) error {
	f, err := lora.Parse(config, weights)
	if err != nil {
		return err
	}
	l, err := arena.Begin(f)
	if err != nil {
		return err
	}
	at, places := 0, make([]int, len(l.Blocks))
	for i, n := range l.Blocks {
		places[i] = at
		at += n
	}
	var next atomic.Int64
	var failed [2]error
	var both sync.WaitGroup
	for worker := range failed {
		both.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(places) && failed[worker] == nil; i = int(next.Add(1)) - 1 {
				failed[worker] = l.Load(i, places[i])
			}
		})
	}
	both.Wait()
	return errors.Join(failed[:]...)
}
