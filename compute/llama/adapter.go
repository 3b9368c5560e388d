package llama

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/merkle"
)

// headLinear is the output layer as a lora.Linear.
var headLinear = strings.TrimSuffix(headName, ".weight")

// Linears returns the linear layers in the order in which they run.
func (c *Config) Linears() []lora.Linear {
	var all []lora.Linear
	for i := range c.Layers {
		for _, l := range c.linears() {
			all = append(all, lora.Linear{Name: blockName(i) + l.path, Out: l.out, In: l.in})
		}
	}
	return append(all, lora.Linear{Name: headLinear, Out: c.Vocab, In: c.Hidden, Head: true})
}

// Adapter brings an adapter into the backend's memory. Modules may come in any
// order, at most one per layer.
func (m *Model) Adapter(modules []lora.Module) (*tape.Adapter, error) {
	parts := make([]adapterPart, len(modules))
	for i, p := range modules {
		parts[i] = adapterPart{p.Name, p.Scale, tensorOf(p.A), tensorOf(p.B)}
	}
	return m.adapter(parts)
}

// LoadAdapter fits an adapter to the model and brings it into the backend's
// memory as its files have it: BF16 and F16 take half the memory and time of the
// Adapter of a lora.Files.Load, and give the same bits.
func (m *Model) LoadAdapter(f *lora.Files) (*tape.Adapter, error) {
	fitted, err := f.Fit(m.Config.Linears())
	if err != nil {
		return nil, err
	}
	parts := make([]adapterPart, len(fitted))
	for i, p := range fitted {
		parts[i] = adapterPart{p.Name, p.Scale, stored(p.A), stored(p.B)}
		for _, t := range []safetensors.Tensor{p.A, p.B} {
			if at := notFinite(t.Data, tapeTypes[t.DType]); at >= 0 {
				return nil, fmt.Errorf("tensor %q: element %d is an infinity or NaN; the adapter is broken", t.Name, at)
			}
		}
	}
	return m.adapter(parts)
}

// An adapterPart is what an adapter has for one linear layer.
type adapterPart struct {
	name  string
	scale float32
	a, b  tape.Tensor
}

func (m *Model) adapter(parts []adapterPart) (*tape.Adapter, error) {
	linears := m.Config.Linears()
	at := make(map[string]int, len(linears))
	for i, l := range linears {
		at[l.Name] = i
	}
	out := &tape.Adapter{Modules: make([]tape.AdapterModule, len(linears))}
	for _, p := range parts {
		i, ok := at[p.name]
		if !ok {
			return nil, fmt.Errorf("llama: the model has no linear layer %q", p.name)
		}
		l, to := linears[i], &out.Modules[i]
		if to.A != nil || p.a.Cols != l.In || p.b.Rows != l.Out || p.a.Rows != p.b.Cols || p.a.Rows == 0 {
			return nil, fmt.Errorf("llama: adapter of %s: A (%d,%d) and B (%d,%d) for %d inputs and %d outputs, or given twice",
				p.name, p.a.Rows, p.a.Cols, p.b.Rows, p.b.Cols, l.In, l.Out)
		}
		var err error
		if to.A, err = m.backend.Weights(p.a, p.a.Type); err == nil {
			to.B, err = m.backend.Weights(p.b, p.b.Type)
		}
		if err != nil {
			return nil, fmt.Errorf("llama: adapter of %s: %w", p.name, err)
		}
		to.Scale = p.scale
	}
	return out, nil
}

// tensorOf returns an f32 matrix as a backend takes it.
func tensorOf(x op.Matrix) tape.Tensor {
	return tape.Tensor{Type: tape.F32, Rows: x.Rows, Cols: x.Cols, Data: merkle.Bytes(floatsOf(x))}
}

// floatsOf returns the elements of x without gaps.
func floatsOf(x op.Matrix) []float32 {
	if x.Stride == x.Cols {
		return x.Data[:x.Rows*x.Cols]
	}
	data := make([]float32, 0, x.Rows*x.Cols)
	for i := range x.Rows {
		data = append(data, x.Row(i)...)
	}
	return data
}

// stored returns a matrix of a file as a backend takes it.
func stored(t safetensors.Tensor) tape.Tensor {
	return tape.Tensor{Type: tapeTypes[t.DType], Rows: t.Shape[0], Cols: t.Shape[1], Data: t.Data}
}

// A LoRA is an adapter as part of a tape: one that is trained, or the adapter of
// a run that is traced.
type LoRA struct {
	parts  map[string]*loraPart // by name of the lora.Linear
	params []Param
}

// A LoRAPart asks for an adapter of one linear layer.
type LoRAPart struct {
	Name  string // of a lora.Linear; the output layer's part cannot be trained
	Rank  int
	Scale float32
}

type loraPart struct {
	LoRAPart
	in, out int
}

// A Param is a trained tensor.
type Param struct {
	Name        string // as in the files of Hugging Face or PEFT
	Rows, Cols  int
	Vector      bool
	Value, Grad tape.Matrix // Grad is nil where nothing trains it
}

// NewLoRA returns an adapter whose matrices are all zeros.
func (m *Model) NewLoRA(parts []LoRAPart) (*LoRA, error) {
	linears := m.Config.Linears()
	trained := &LoRA{parts: make(map[string]*loraPart)}
	for _, p := range parts {
		i := slices.IndexFunc(linears, func(x lora.Linear) bool { return x.Name == p.Name })
		if i < 0 || trained.parts[p.Name] != nil || p.Rank <= 0 || !(p.Scale-p.Scale == 0) {
			return nil, fmt.Errorf("llama: LoRA of rank %d and scale %g for %q: no such layer, given twice, or no such adapter", p.Rank, p.Scale, p.Name)
		}
		part := &loraPart{p, linears[i].In, linears[i].Out}
		trained.parts[p.Name] = part
		for _, s := range []Shape{{part.nameA(), p.Rank, part.in, false}, {part.nameB(), part.out, p.Rank, false}} {
			value, err := m.backend.Matrix(s.Rows, s.Cols)
			if err != nil {
				return nil, fmt.Errorf("llama: %s: %w", s.Name, err)
			}
			trained.params = append(trained.params, Param{Name: s.Name, Rows: s.Rows, Cols: s.Cols, Value: value})
		}
	}
	slices.SortFunc(trained.params, func(a, b Param) int { return cmp.Compare(a.Name, b.Name) })
	return trained, nil
}

// LoRAOf returns an adapter as a LoRA with the same bits: an audit runs the
// sequence that was served with it as one document, and can trace that run.
func (m *Model) LoRAOf(modules []lora.Module) (*LoRA, error) {
	parts, values := make([]LoRAPart, len(modules)), make(map[string]op.Matrix)
	for i, p := range modules {
		parts[i] = LoRAPart{p.Name, p.A.Rows, p.Scale}
		part := loraPart{LoRAPart: parts[i]}
		values[part.nameA()], values[part.nameB()] = p.A, p.B
	}
	l, err := m.NewLoRA(parts)
	if err != nil {
		return nil, err
	}
	for _, p := range l.params {
		x := values[p.Name]
		if x.Rows != p.Rows || x.Cols != p.Cols {
			return nil, fmt.Errorf("llama: %s is %v, the model needs (%d,%d)", p.Name, x, p.Rows, p.Cols)
		}
		if err := p.Value.Write(floatsOf(x)); err != nil {
			return nil, fmt.Errorf("llama: %s: %w", p.Name, err)
		}
	}
	return l, nil
}

// Params returns the matrices of the adapter in the order of their names, which
// are those of PEFT's files; none of a nil adapter.
func (l *LoRA) Params() []Param {
	if l == nil {
		return nil
	}
	return slices.Clone(l.params)
}

// module returns the part for a linear layer, nil if it has none.
func (l *LoRA) module(name string) *loraPart {
	if l == nil {
		return nil
	}
	return l.parts[name]
}

func (p *loraPart) nameA() string { return "base_model.model." + p.Name + ".lora_A.weight" }
func (p *loraPart) nameB() string { return "base_model.model." + p.Name + ".lora_B.weight" }
