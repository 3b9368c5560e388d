package llama

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// formats are the forms in which weights are kept.
var formats = []struct {
	name string
	d    safetensors.DType
	c    LoadConfig
}{
	{"f32", safetensors.F32, LoadConfig{}},
	{"bf16", safetensors.BF16, LoadConfig{}},
	{"f16", safetensors.F16, LoadConfig{}},
	{"q8", safetensors.F32, LoadConfig{Q8: true}},
	{"q8, one slice", safetensors.BF16, LoadConfig{Q8: true, Slices: 1}},
}

// long asks for all combinations instead of each family with one format.
var long = os.Getenv("OPENLEDGER_LONG") != ""

// engines calls do with each implementation here, with 1 and 3 threads; the
// slow reference with 2.
func engines(t *testing.T, do func(name string, cpu *tape.CPU)) {
	for _, kernels := range op.Available() {
		counts := []int{1, 3}
		if kernels == "ref" {
			counts = []int{2}
		}
		for _, threads := range counts {
			do(fmt.Sprintf("%s, %d threads", kernels, threads), newCPU(t, kernels, threads))
		}
	}
}

// TestEqualBits: a token's logits do not depend on the kernels, the threads,
// the batch mates, the adapters beside it, the chunks in which the prompt is
// read, or whether it is read or decoded.
func TestEqualBits(t *testing.T) {
	for i, f := range tinies(t) {
		for k, format := range formats {
			if k != i%len(formats) && !long {
				continue
			}
			dir := f.write(t, format.d)
			var want []float32
			engines(t, func(name string, cpu *tape.CPU) {
				m, err := Load(dir, cpu, format.c)
				if err != nil {
					t.Fatal(err)
				}
				name = fmt.Sprintf("%s %s, %s", f.Name, format.name, name)
				got := whole(t, m, f.IDs, len(f.IDs))
				if want == nil {
					want = append(want, got...)
				}
				equal(t, name+": whole", got, want)
				n := len(f.IDs)
				packed := whole(t, m, append(append(f.IDs[5:12:12], f.IDs...), f.IDs[:3]...), 7, n, 3)
				equal(t, name+": between documents", packed[7*m.Config.Vocab:][:len(want)], want)
				for _, chunk := range []int{1, 3, 16, n} {
					equal(t, fmt.Sprintf("%s: chunks of %d", name, chunk), chunked(t, m, f.IDs, chunk, chunk%2 == 1), want)
				}
			})
		}
	}
}

// chunked reads a sequence in chunks beside other sequences of a batch, which
// stand before and after it, move on at their own pace, and may have adapters.
func chunked(t *testing.T, m *Model, ids []int32, chunk int, adapters bool) []float32 {
	t.Helper()
	const seed = 3
	rng := rand.New(rand.NewPCG(seed, uint64(chunk)))
	f, err := m.NewForward(ForwardConfig{Tokens: chunk + 12, Picks: chunk, Context: 128, Cached: true, Adapters: adapters})
	if err != nil {
		t.Fatal(err)
	}
	cache, err := m.NewCache(6)
	if err != nil {
		t.Fatal(err)
	}
	run := Run{Cache: cache}
	seqs := []tape.Seq{{Pages: []int32{5, 1}}, {Pages: []int32{2, 0}}, {Pages: []int32{4, 3}}}
	var logits []float32
	for at := 0; at < len(ids); {
		rows := min(chunk, len(ids)-at)
		run.IDs, run.Seqs, run.Groups, run.Picks = nil, nil, nil, nil
		for i := range seqs {
			s := seqs[i]
			if s.Rows = 1 + rng.IntN(6); i == 1 {
				s.Rows = rows
			}
			if s.Pos+s.Rows > 2*op.PageRows {
				s.Pos = 0 // a new text in its place
			}
			seqs[i].Pos = s.Pos + s.Rows
			run.Seqs = append(run.Seqs, s)
			group := tape.Group{Rows: s.Rows}
			if i != 1 && adapters {
				group.Adapter = testAdapter(t, m, 1+i)
			}
			run.Groups = append(run.Groups, group)
			for k := range s.Rows {
				if i == 1 {
					run.Picks = append(run.Picks, int32(len(run.IDs)))
					run.IDs = append(run.IDs, ids[at+k])
				} else {
					run.IDs = append(run.IDs, int32(rng.IntN(m.Config.Vocab)))
				}
			}
		}
		if !adapters {
			run.Groups = nil
		}
		if err := f.Run(&run); err != nil {
			t.Fatal(err)
		}
		logits = append(logits, f.Logits()...)
		at += rows
	}
	return logits
}

// testAdapter draws an adapter of all linear layers.
func testAdapter(t *testing.T, m *Model, rank int) *tape.Adapter {
	t.Helper()
	a, err := m.Adapter(testModules(m, rank))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func testModules(m *Model, rank int) []lora.Module {
	var modules []lora.Module
	for _, l := range m.Config.Linears() {
		a, b := op.NewMatrix(rank, l.In), op.NewMatrix(l.Out, rank)
		copy(a.Data, draw(l.Name+"A", len(a.Data)))
		copy(b.Data, draw(l.Name+"B", len(b.Data)))
		modules = append(modules, lora.Module{Name: l.Name, Rank: rank, Scale: 0.5, A: a, B: b})
	}
	return modules
}

func equal(t *testing.T, name string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d values, want %d", name, len(got), len(want))
		return
	}
	for i := range got {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Errorf("%s: element %d: got %x, want %x", name, i, math.Float32bits(got[i]), math.Float32bits(want[i]))
			return
		}
	}
}

// TestEqualBitsTraining: losses and gradients do not depend on kernels and
// threads, and a document's losses not on its neighbours.
func TestEqualBitsTraining(t *testing.T) {
	for i, f := range tinies(t) {
		for k, format := range formats {
			if k != (i+1)%len(formats) && !long {
				continue
			}
			dir := f.write(t, format.d)
			var want []float32
			engines(t, func(name string, cpu *tape.CPU) {
				got := trainOnce(t, dir, cpu, format.c)
				if want == nil {
					want = got
				}
				equal(t, fmt.Sprintf("%s %s, %s", f.Name, format.name, name), got, want)
			})
		}
	}
}

// trainOnce returns losses and gradients of two micro-batches: of all tensors
// where the format can be trained, and of an adapter.
func trainOnce(t *testing.T, dir string, cpu *tape.CPU, c LoadConfig) []float32 {
	t.Helper()
	var all []float32
	for _, full := range []bool{true, false} {
		if full && c.Q8 {
			continue
		}
		c.Train = full
		m, err := Load(dir, cpu, c)
		if err != nil {
			t.Fatal(err)
		}
		config := GradConfig{Tokens: 15}
		if !full {
			config.LoRA = testLoRA(t, m)
		}
		g, err := m.NewGradients(config)
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(7, 7))
		for range 2 {
			if err := g.Add(testBatch(m.Config, rng), 0.03125, 0); err != nil {
				t.Fatal(err)
			}
			all = append(all, g.Losses()...)
		}
		for _, p := range g.Params {
			all = append(all, p.Grad.Host()...)
		}
	}
	return all
}

func testLoRA(t *testing.T, m *Model) *LoRA {
	t.Helper()
	var parts []LoRAPart
	for i, l := range m.Config.Linears() {
		if !l.Head {
			parts = append(parts, LoRAPart{l.Name, 1 + i%4, 0.75})
		}
	}
	trained, err := m.NewLoRA(parts)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range trained.Params() {
		if err := p.Value.Write(draw(p.Name, p.Rows*p.Cols)); err != nil {
			t.Fatal(err)
		}
	}
	return trained
}
