package llama

import (
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/merkle"
)

// TestInit: the parameters of a seed are these, for ever.
func TestInit(t *testing.T) {
	cpu := newCPU(t, "", 0)
	c := tinies(t)[3].config(t)
	m, err := New(c, cpu)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Init(cpu.Engine(), 7); err != nil {
		t.Fatal(err)
	}
	lora := testLoRA(t, m)
	if err := lora.Init(7); err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	for _, p := range append(m.Params(), lora.Params()...) {
		h.Write([]byte(p.Name))
		h.Write(merkle.Bytes(p.Value.Host()))
		switch x := p.Value.Host()[0]; {
		case strings.HasSuffix(p.Name, "norm.weight") && x != 1, strings.HasSuffix(p.Name, "bias") && x != 0,
			strings.HasSuffix(p.Name, "lora_B.weight") && x != 0, strings.HasSuffix(p.Name, "proj.weight") && math.Abs(float64(x)) > 0.1,
			strings.HasSuffix(p.Name, "lora_A.weight") && (x == 0 || math.Abs(float64(x)) > 1/math.Sqrt(float64(p.Cols))):
			t.Errorf("%s begins with %g", p.Name, x)
		}
	}
	if got, want := fmt.Sprintf("%x", h.Sum(nil))[:16], "a05c519d5c489605"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestEval: losses without gradients are the losses with them, and a document's
// losses do not depend on its neighbours.
func TestEval(t *testing.T) {
	cpu := newCPU(t, "", 0)
	f := tinies(t)[7]
	m := f.load(t, cpu, safetensors.BF16, LoadConfig{})
	lora := testLoRA(t, m)
	g, err := m.NewGradients(GradConfig{Tokens: 15, LoRA: lora})
	if err != nil {
		t.Fatal(err)
	}
	eval, err := m.NewGradients(GradConfig{Tokens: 15, LoRA: lora, Eval: true})
	if err != nil {
		t.Fatal(err)
	}
	b := testBatch(m.Config, rand.New(rand.NewPCG(1, 1)))
	if err := g.Add(b, 1, 0); err != nil {
		t.Fatal(err)
	}
	if err := eval.Add(b, 0, 0); err != nil {
		t.Fatal(err)
	}
	equal(t, "losses", eval.Losses(), g.Losses())
	first := Batch{b.IDs[:9], b.Targets[:9], []int{9}}
	if err := eval.Add(first, 0, 0); err != nil {
		t.Fatal(err)
	}
	equal(t, "alone", eval.Losses(), g.Losses()[:9])

	nothing := Batch{b.IDs[:3], []int32{-1, -1, -1}, []int{3}}
	if err := g.Zero(); err != nil {
		t.Fatal(err)
	}
	if err := g.Add(nothing, 1, 0); err != nil {
		t.Fatal(err)
	}
	equal(t, "nothing to learn", g.Losses(), make([]float32, 3))
	for _, p := range g.Params {
		equal(t, p.Name, p.Grad.Host(), make([]float32, p.Rows*p.Cols))
	}
}

// TestAdapterIsLoRA: the adapter that was trained is the one that serves.
func TestAdapterIsLoRA(t *testing.T) {
	cpu := newCPU(t, "", 0)
	f := tinies(t)[1]
	m := f.load(t, cpu, safetensors.F32, LoadConfig{Q8: true})
	adapter := testModules(m, 3)
	var parts []LoRAPart
	values := make(map[string][]float32)
	for _, x := range adapter[:len(adapter)-1] { // not the output layer
		parts = append(parts, LoRAPart{x.Name, 3, x.Scale})
		values["base_model.model."+x.Name+".lora_A.weight"] = x.A.Data
		values["base_model.model."+x.Name+".lora_B.weight"] = x.B.Data
	}
	lora, err := m.NewLoRA(parts)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range lora.Params() {
		if err := p.Value.Write(values[p.Name]); err != nil {
			t.Fatal(err)
		}
	}
	g, err := m.NewGradients(GradConfig{Tokens: 40, LoRA: lora, Eval: true, Keep: []string{"hidden"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Add(Batch{f.IDs, make([]int32, 40), []int{40}}, 1, 0); err != nil {
		t.Fatal(err)
	}
	served, err := m.Adapter(adapter[:len(adapter)-1])
	if err != nil {
		t.Fatal(err)
	}
	forward, err := m.NewForward(ForwardConfig{Tokens: 40, Adapters: true})
	if err != nil {
		t.Fatal(err)
	}
	run := Run{IDs: f.IDs, Seqs: []tape.Seq{{Rows: 40}}, Groups: []tape.Group{{Rows: 40, Adapter: served}}}
	if err := forward.Run(&run); err != nil {
		t.Fatal(err)
	}
	equal(t, "hidden", forward.Hidden(), g.Value("hidden"))
}

// TestBadUse: what cannot be done is said.
func TestBadUse(t *testing.T) {
	cpu := newCPU(t, "", 1)
	f := tinies(t)[0]
	m := f.load(t, cpu, safetensors.F32, LoadConfig{})
	fails := func(name, want string, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
	_, err := m.NewGradients(GradConfig{Tokens: 5})
	fails("frozen", "nothing to train", err)
	_, err = m.NewGradients(GradConfig{Tokens: 500, Context: 257, Eval: true})
	fails("context", "the model's context is 256", err)
	_, err = m.NewGradients(GradConfig{Tokens: 5, Eval: true, Keep: []string{"soul"}})
	fails("keep", `no value "soul"`, err)
	_, err = Load(f.write(t, safetensors.F32), cpu, LoadConfig{Q8: true, Train: true})
	fails("q8", "q8 weights cannot be trained", err)
	_, err = m.NewLoRA([]LoRAPart{{"model.layers.9.self_attn.q_proj", 2, 1}})
	fails("layer", "no such layer", err)
	_, err = m.NewLoRA([]LoRAPart{{"model.layers.1.self_attn.q_proj", 0, 1}})
	fails("rank", "rank 0", err)
	modules := testModules(m, 2)
	_, err = m.Adapter(append(modules, modules[0]))
	fails("twice", "given twice", err)
	modules[1].A = modules[0].B
	_, err = m.Adapter(modules)
	fails("shape", "adapter of "+modules[1].Name, err)
	_, err = m.NewForward(ForwardConfig{Tokens: 4, Context: 1000})
	fails("forward", "the model's context is 256", err)

	g, err := m.NewGradients(GradConfig{Tokens: 5, Eval: true})
	if err != nil {
		t.Fatal(err)
	}
	ids := []int32{1, 2, 3}
	fails("docs", "do not make up 3 tokens", g.Add(Batch{ids, ids, []int{2}}, 1, 0))
	fails("targets", "3 tokens with 2 targets", g.Add(Batch{ids, ids[:2], []int{3}}, 1, 0))
	fails("token", "token 61 of row 1 is not below 61", g.Add(Batch{[]int32{1, 61}, ids[:2], []int{2}}, 1, 0))

	greedy, err := m.NewGreedy(8, 4)
	if err != nil {
		t.Fatal(err)
	}
	next := func(int32, []float32) bool { return true }
	fails("prompt", "empty prompt", greedy.Continue(nil, 1, next))
	fails("long", "position 8 of row 0 is not below 8, the longest context", greedy.Continue([]int32{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, next))
	forward, err := m.NewForward(ForwardConfig{Tokens: 4})
	if err != nil {
		t.Fatal(err)
	}
	fails("groups", "in a program without", forward.Run(&Run{IDs: ids, Seqs: []tape.Seq{{Rows: 3}}, Groups: []tape.Group{{Rows: 3}}}))
	fails("rows", "sequences of 2 tokens in a batch of 3", forward.Run(&Run{IDs: ids, Seqs: []tape.Seq{{Rows: 2}}}))
	fails("picks", "index 3 of row 0 is not below 3", forward.Run(&Run{IDs: ids, Seqs: []tape.Seq{{Rows: 3}}, Picks: []int32{3}}))
}
