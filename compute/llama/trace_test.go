package llama

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// TestLowered: the primitives of a micro-batch give the bits of its fused form,
// and each tile of each of them can be computed again from tiles of its
// operands.
func TestLowered(t *testing.T) {
	cpu := newCPU(t, "", 0)
	for i, f := range tinies(t) {
		format := formats[i%len(formats)]
		c := format.c
		c.Train = i%2 == 0 && !c.Q8
		m := f.load(t, cpu, format.d, c)
		config := GradConfig{Tokens: 20}
		if !c.Train {
			config.LoRA = testLoRA(t, m)
		}
		g, err := m.NewGradients(config)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%s %s", f.Name, format.name)
		b := testBatch(m.Config, rand.New(rand.NewPCG(9, 9)))
		for range 2 { // the second adds to gradients that are not zero
			want := gradientsOf(t, g, func() error { return g.Add(b, 0.25, 0) })
			low, binding := lowered(t, g, b)
			got := gradientsOf(t, g, func() error {
				return cpu.Inspect(low, g.Env(), binding, tape.Hook{})
			})
			equal(t, name, got, want)
		}
		low, binding := lowered(t, g, b)
		if err := cpu.Verify(low, g.Env(), binding); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func lowered(t *testing.T, g *Gradients, b Batch) (*tape.Tape, *tape.Binding) {
	t.Helper()
	binding, err := g.Bind(b, 0.25, 0)
	if err != nil {
		t.Fatal(err)
	}
	low, err := g.Tape().Lower(binding.Dims, slices.Max(b.Docs))
	if err == nil {
		err = low.Check()
	}
	if err != nil {
		t.Fatal(err)
	}
	return low, binding
}

// gradientsOf returns the gradients after a run that starts from ones.
func gradientsOf(t *testing.T, g *Gradients, run func() error) []float32 {
	t.Helper()
	for _, p := range g.Params {
		for i := range p.Grad.Host() {
			p.Grad.Host()[i] = 1
		}
	}
	if err := run(); err != nil {
		t.Fatal(err)
	}
	var all []float32
	for _, p := range g.Params {
		all = append(all, p.Grad.Host()...)
	}
	return all
}

// TestTrace: every machine commits to a micro-batch with the same digests, and
// one bit in one weight changes them.
func TestTrace(t *testing.T) {
	f := tinies(t)[1]
	dir := f.write(t, safetensors.BF16)
	var want *tape.Trace
	engines(t, func(name string, cpu *tape.CPU) {
		m, err := Load(dir, cpu, LoadConfig{})
		if err != nil {
			t.Fatal(err)
		}
		got := traceOnce(t, cpu, m)
		if want == nil {
			want = got
		}
		for i := range got.Tape.Apps {
			if !bytes.Equal(got.AppendLeaf(nil, i), want.AppendLeaf(nil, i)) {
				t.Fatalf("%s: application %d, %v: got %x, want %x", name, i, got.Tape.Apps[i].Code, got.AppendLeaf(nil, i), want.AppendLeaf(nil, i))
			}
		}
	})

	cpu := newCPU(t, "", 1)
	all := tensors(f.config(t), safetensors.BF16)
	changed := slices.IndexFunc(all, func(x safetensors.Tensor) bool { return x.Name == "model.layers.1.mlp.up_proj.weight" })
	all[changed].Data[100] ^= 1
	m, err := FromTensors(f.config(t), set(t, all), cpu, LoadConfig{})
	if err != nil {
		t.Fatal(err)
	}
	got := traceOnce(t, cpu, m)
	for i := range got.Tape.Apps {
		if !bytes.Equal(got.AppendLeaf(nil, i), want.AppendLeaf(nil, i)) {
			if out := got.Tape.Slots[got.Tape.Apps[i].Out[0]]; out.Name != "model.layers.1.mlp.up_proj" {
				t.Errorf("the first application that differs makes %q", out.Name)
			}
			return
		}
	}
	t.Error("a changed weight leaves no trace")
}

func traceOnce(t *testing.T, cpu *tape.CPU, m *Model) *tape.Trace {
	t.Helper()
	g, err := m.NewGradients(GradConfig{Tokens: 20, LoRA: testLoRA(t, m)})
	if err != nil {
		t.Fatal(err)
	}
	low, binding := lowered(t, g, testBatch(m.Config, rand.New(rand.NewPCG(4, 4))))
	tr, err := cpu.Trace(low, g.Env(), binding)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// TestIdentityDigests: the digests of weights in a trace are those by which the
// model's identity commits to them, so a dispute opens the one against the other.
func TestIdentityDigests(t *testing.T) {
	f := tinies(t)[9]
	cpu := newCPU(t, "", 1)
	m := f.load(t, cpu, safetensors.F16, LoadConfig{})
	tr := traceOnce(t, cpu, m)
	for _, x := range tensors(m.Config, safetensors.F16) {
		tiling, err := merkle.NewTiling(merkle.F16, x.Shape...)
		if err != nil {
			t.Fatal(err)
		}
		r, ok := tr.Tape.Find(tape.Weight, x.Name)
		if want := merkle.NewHasher().Tensor(tiling, x.Data); !ok || tr.Digests[r] != want {
			t.Errorf("%s: got %v, %v, want %v", x.Name, tr.Digests[r], ok, want)
		}
	}
}

// TestFormDigests: the identity of a model in each form commits to the weights
// of its traces, digits and scales of Q8 ones included, and each form is a model
// of its own.
func TestFormDigests(t *testing.T) {
	f := tinies(t)[9]
	dir := f.write(t, safetensors.F16)
	if err := os.WriteFile(filepath.Join(dir, "config.json"), f.Config, 0o600); err != nil {
		t.Fatal(err)
	}
	names := make(map[string]bool)
	for _, form := range []Form{"", "q8/1", "q8/2"} {
		c, err := form.LoadConfig()
		if err != nil {
			t.Fatal(err)
		}
		cpu := newCPU(t, "", 1)
		m, err := Load(dir, cpu, c)
		if err != nil {
			t.Fatal(err)
		}
		tr := traceOnce(t, cpu, m)
		var entries []merkle.Entry
		for r, s := range tr.Tape.Slots {
			if s.Class == tape.Weight {
				entries = append(entries, merkle.Entry{Name: s.Name, Digest: tr.Digests[r]})
			}
		}
		slices.SortFunc(entries, func(a, b merkle.Entry) int { return strings.Compare(a.Name, b.Name) })
		want, err := merkle.NewHasher().Map(entries)
		if err != nil {
			t.Fatal(err)
		}
		got, err := IdentifyAs(dir, form)
		if err != nil {
			t.Fatal(err)
		}
		if got.Weights != want {
			t.Errorf("form %q: got %v, want %v", form, got.Weights, want)
		}
		name, err := got.CID()
		if err != nil || names[name.String()] {
			t.Errorf("form %q has the name of another: %v, %v", form, name, err)
		}
		names[name.String()] = true
		b, err := canon.Encode(&got)
		if err != nil {
			t.Fatal(err)
		}
		var again Identity
		if err := canon.Decode(b, &again, canon.Limits{}); err != nil || again != got {
			t.Errorf("got %+v back, %v; want %+v", again, err, got)
		}
	}
	if _, err := IdentifyAs(dir, "q4"); err == nil {
		t.Error("an unknown form has an identity")
	}
}
