package llama

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
)

// TestAudit: a run that was served, decoding with an adapter of all layers
// beside others, has the bits of the whole document with that adapter as part of
// the tape, which can be traced and disputed.
func TestAudit(t *testing.T) {
	cpu := newCPU(t, "", 0)
	for i, f := range tinies(t)[:4] {
		format := formats[(i+1)%len(formats)]
		m := f.load(t, cpu, format.d, format.c)
		modules := testModules(m, 5)
		served, err := m.Adapter(modules)
		if err != nil {
			t.Fatal(err)
		}
		trained, err := m.LoRAOf(modules)
		if err != nil {
			t.Fatal(err)
		}
		audit, err := m.NewForward(ForwardConfig{Tokens: 40, LoRA: trained})
		if err != nil {
			t.Fatal(err)
		}
		run := Run{IDs: f.IDs, Seqs: []tape.Seq{{Rows: 40}}, Picks: every(40)}
		binding, err := audit.Bind(&run)
		if err != nil {
			t.Fatal(err)
		}
		if err := audit.Run(&run); err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%s %s", f.Name, format.name)
		equal(t, name, decodedBeside(t, m, f.IDs, served), audit.Logits())
		low, err := audit.Tape().Lower(binding.Dims, 40)
		if err != nil {
			t.Fatal(err)
		}
		if err := cpu.Verify(low, audit.Env(), binding); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_, err = m.NewGradients(GradConfig{Tokens: 40, LoRA: trained})
		if err == nil || !strings.Contains(err.Error(), "not be trained") {
			t.Errorf("%s: an adapter of the output layer is trained: %v", name, err)
		}
	}
}

// decodedBeside reads ids token by token with an adapter, in a batch with the
// base model and two adapters of other ranks, and returns their logits.
func decodedBeside(t *testing.T, m *Model, ids []int32, a *tape.Adapter) []float32 {
	t.Helper()
	f, err := m.NewForward(ForwardConfig{Tokens: 4, Picks: 1, Cached: true, Adapters: true})
	if err != nil {
		t.Fatal(err)
	}
	cache, err := m.NewCache(8)
	if err != nil {
		t.Fatal(err)
	}
	run := Run{Cache: cache, Picks: []int32{2}, Groups: []tape.Group{
		{Rows: 1}, {Rows: 1, Adapter: testAdapter(t, m, 2)}, {Rows: 1, Adapter: a}, {Rows: 1, Adapter: testAdapter(t, m, 19)}}}
	var logits []float32
	for pos, id := range ids {
		run.IDs, run.Seqs = []int32{1, id, id, 2}, nil
		for i := range 4 {
			run.Seqs = append(run.Seqs, tape.Seq{Rows: 1, Pos: pos, Pages: []int32{int32(i), int32(7 - i)}})
		}
		if err := f.Run(&run); err != nil {
			t.Fatal(err)
		}
		logits = append(logits, f.Logits()...)
	}
	return logits
}

// TestLoadAdapter: an adapter as its files have it gives the bits of its widened
// form, on every implementation.
func TestLoadAdapter(t *testing.T) {
	f := tinies(t)[1]
	for _, d := range []safetensors.DType{safetensors.F32, safetensors.BF16, safetensors.F16} {
		var want []float32
		engines(t, func(name string, cpu *tape.CPU) {
			m := f.load(t, cpu, safetensors.BF16, LoadConfig{})
			files := adapterFiles(t, m, d)
			widened, err := files.Load(m.Config.Linears())
			if err != nil {
				t.Fatal(err)
			}
			a, err := m.Adapter(widened.Modules)
			if err != nil {
				t.Fatal(err)
			}
			b, err := m.LoadAdapter(files)
			if err != nil {
				t.Fatal(err)
			}
			got := decodedBeside(t, m, f.IDs[:9], b)
			equal(t, fmt.Sprintf("%v, %s: widened", d, name), decodedBeside(t, m, f.IDs[:9], a), got)
			if want == nil {
				want = got
			}
			equal(t, fmt.Sprintf("%v, %s", d, name), got, want)
		})
	}

	m := f.load(t, newCPU(t, "", 1), safetensors.BF16, LoadConfig{})
	files := adapterFiles(t, m, safetensors.BF16)
	files.Weights[len(files.Weights)-1] = 0x7f
	files.Weights[len(files.Weights)-2] = 0xc0
	if _, err := m.LoadAdapter(files); err == nil || !strings.Contains(err.Error(), "infinity or NaN") {
		t.Errorf("an adapter with a NaN: %v", err)
	}
	if _, err := newTiny(t, 0).LoadAdapter(files); err == nil {
		t.Error("an adapter of another model fits")
	}
}

// newTiny loads tiny model i.
func newTiny(t *testing.T, i int) *Model {
	return tinies(t)[i].load(t, newCPU(t, "", 1), safetensors.F32, LoadConfig{})
}

// adapterFiles draws an adapter of all linear layers, stored as d.
func adapterFiles(t *testing.T, m *Model, d safetensors.DType) *lora.Files {
	t.Helper()
	var all []safetensors.Tensor
	var targets []string
	for _, x := range testModules(m, 3) {
		for name, v := range map[string]op.Matrix{"A": x.A, "B": x.B} {
			s := safetensors.FromFloats("base_model.model."+x.Name+".lora_"+name+".weight", v.Data, v.Rows, v.Cols)
			if d != safetensors.F32 {
				s.DType, s.Data = d, make([]byte, 2*len(v.Data))
				op.Narrow(s.Data, halves[d], v.Data)
			}
			all = append(all, s)
		}
		targets = append(targets, x.Name)
	}
	config, err := json.Marshal(map[string]any{"peft_type": "LORA", "r": 3, "lora_alpha": 6, "target_modules": targets})
	if err != nil {
		t.Fatal(err)
	}
	var weights bytes.Buffer
	if err := safetensors.Encode(&weights, all, nil); err != nil {
		t.Fatal(err)
	}
	files, err := lora.Parse(config, weights.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return files
}
