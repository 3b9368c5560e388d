package llama

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/openledger/openledger/compute/safetensors"
)

// testBatch is two documents with some positions that are not learnt.
func testBatch(c Config, rng *rand.Rand) Batch {
	b := Batch{Docs: []int{9, 6}}
	for i := range 15 {
		b.IDs = append(b.IDs, int32(rng.IntN(c.Vocab)))
		b.Targets = append(b.Targets, int32(rng.IntN(c.Vocab)))
		if i%4 == 1 {
			b.Targets[i] = -1
		}
	}
	return b
}

// TestGradients compares every gradient of every family with central
// differences of the float64 reference: along random directions, which see all
// elements, and along the gradient itself, which sees its length.
func TestGradients(t *testing.T) {
	const seed = 11
	cpu := newCPU(t, "", 0)
	for _, f := range tinies(t) {
		m := f.load(t, cpu, safetensors.F32, LoadConfig{Train: true})
		r := newReference(t, m.Config)
		g, err := m.NewGradients(GradConfig{Tokens: 15})
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		checkGradients(t, f.Name, g, r, testBatch(m.Config, rand.New(rand.NewPCG(seed, 0))))
	}
}

// TestLoRAGradients does the same for adapters of all layers on frozen weights.
func TestLoRAGradients(t *testing.T) {
	const seed = 12
	cpu := newCPU(t, "", 0)
	for _, f := range tinies(t) {
		m := f.load(t, cpu, safetensors.F32, LoadConfig{})
		r := newReference(t, m.Config)
		for _, s := range m.Config.Shapes() {
			r.set(s.Name, draw(s.Name, s.Rows*s.Cols))
		}
		for i, l := range m.Config.Linears() {
			if !l.Head && i != 3 { // one layer without
				r.lora = append(r.lora, LoRAPart{l.Name, 1 + i%3, 0.75})
			}
		}
		lora, err := m.NewLoRA(r.lora)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range lora.Params() {
			if err := p.Value.Write(draw(p.Name, p.Rows*p.Cols)); err != nil {
				t.Fatal(err)
			}
		}
		g, err := m.NewGradients(GradConfig{Tokens: 20, LoRA: lora})
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		checkGradients(t, f.Name, g, r, testBatch(m.Config, rand.New(rand.NewPCG(seed, 0))))
	}
}

func checkGradients(t *testing.T, family string, g *Gradients, r *reference, b Batch) {
	t.Helper()
	for _, p := range g.Params {
		x := make([]float32, p.Rows*p.Cols)
		if err := p.Value.Read(x); err != nil {
			t.Fatal(err)
		}
		r.set(p.Name, x)
	}
	const w = 0.125
	if err := g.Zero(); err != nil {
		t.Fatal(err)
	}
	if err := g.Add(b, w, 0); err != nil {
		t.Fatalf("%s: %v", family, err)
	}
	loss, err := g.Loss()
	if want := r.loss(b); err != nil || math.Abs(float64(loss)-want) > 2e-6*want {
		t.Errorf("%s: got loss %g, %v, want %g", family, loss, err, want)
	}
	rng := rand.New(rand.NewPCG(5, 5))
	for _, p := range g.Params {
		grad := make([]float32, p.Rows*p.Cols)
		if err := p.Grad.Read(grad); err != nil {
			t.Fatal(err)
		}
		length := 0.0
		for _, v := range grad {
			length += float64(v) * float64(v)
		}
		length = math.Sqrt(length)
		if length == 0 {
			t.Errorf("%s: %s: the gradient is zero", family, p.Name)
			continue
		}
		for i := range 2 {
			direction := make([]float64, len(grad))
			dot := 0.0
			for k, v := range grad {
				if direction[k] = float64(v) / length; i > 0 {
					direction[k] = rng.NormFloat64() / math.Sqrt(float64(len(grad)))
				}
				dot += float64(v) * direction[k]
			}
			want := w * r.slope(p.Name, direction, b)
			if math.Abs(dot-want) > 2e-6*length {
				t.Errorf("%s: %s, direction %d: got %g, want %g, of a gradient of length %g", family, p.Name, i, dot, want, length)
			}
		}
	}
}

// slope is the derivative of the loss when a tensor moves in a direction.
func (r *reference) slope(name string, direction []float64, b Batch) float64 {
	const h = 1e-4
	x := r.p[name]
	at := func(h float64) float64 {
		moved := make([]float64, len(x))
		for i, v := range x {
			moved[i] = v + h*direction[i]
		}
		r.p[name] = moved
		return r.loss(b)
	}
	d := (at(h) - at(-h)) / (2 * h)
	r.p[name] = x
	return d
}
