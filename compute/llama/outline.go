package llama

import (
	"fmt"

	"github.com/openledger/openledger/compute/tape"
)

// Outline makes a model without its weights, on a backend without memory, for
// the tapes alone: a referee judges a step of a model that it never loaded.
// stored gives the type of each tensor in the files.
func Outline(config Config, stored func(name string) tape.Type, c LoadConfig) (*Model, error) {
	if c.Train {
		return New(config, tape.Paper{})
	}
	m := &Model{Config: config, backend: tape.Paper{}, slices: c.Slices, params: make(map[string]param)}
	for _, s := range config.Shapes() {
		typ := stored(s.Name)
		if typ != tape.F32 && typ != tape.BF16 && typ != tape.F16 {
			return nil, fmt.Errorf("llama: tensor %q is %v; f32, bf16 and f16 are supported", s.Name, typ)
		}
		w, err := m.backend.Weights(tape.Tensor{Type: typ, Rows: s.Rows, Cols: s.Cols}, m.form(s, typ, c))
		if err != nil {
			return nil, fmt.Errorf("llama: %s: %w", s.Name, err)
		}
		m.params[s.Name] = param{shape: s, typ: w.Type(), weights: w}
	}
	return m, nil
}

// form returns the form in which frozen weights are kept.
func (m *Model) form(s Shape, typ tape.Type, c LoadConfig) tape.Type {
	linear := !s.Vector && (s.Name != embedName || m.Config.Tied)
	if c.Q8 && linear && max(s.Rows, s.Cols) <= maxSumQ8 {
		return tape.Q8
	}
	return typ
}
