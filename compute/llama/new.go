package llama

import (
	"fmt"
	"math"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// New makes a model for training from scratch. All tensors are zeros until
// their Params are written; see Init.
func New(config Config, b tape.Backend) (*Model, error) {
	m := &Model{Config: config, backend: b, params: make(map[string]param)}
	for _, s := range config.Shapes() {
		x, err := b.Matrix(s.Rows, s.Cols)
		if err != nil {
			return nil, fmt.Errorf("llama: %s: %w", s.Name, err)
		}
		m.params[s.Name] = param{shape: s, typ: tape.F32, matrix: x}
	}
	return m, nil
}

// Params returns the tensors of a model that was made or loaded for training,
// in the order of their names; none of any other model.
func (m *Model) Params() []Param {
	var all []Param
	for _, s := range m.Config.Shapes() {
		if p := m.params[s.Name]; p.matrix != nil {
			all = append(all, Param{s.Name, s.Rows, s.Cols, s.Vector, p.matrix, nil})
		}
	}
	return all
}

// Init draws the parameters of a model for training: matrices are normal with
// the config's initializer_range, gains 1, biases 0. The matrices follow each
// other in the stream of the seed in the order of their names.
func (m *Model) Init(e *op.Engine, seed uint64) error {
	first := uint64(0)
	for _, p := range m.Params() {
		x := make([]float32, p.Rows*p.Cols)
		switch {
		case !p.Vector:
			e.Normals(x, seed, first, 0, op.PurposeInit, m.Config.InitStd)
			first += uint64(len(x))
		case p.Name[len(p.Name)-len("weight"):] == "weight":
			for i := range x {
				x[i] = 1
			}
		}
		if err := p.Value.Write(x); err != nil {
			return fmt.Errorf("llama: %s: %w", p.Name, err)
		}
	}
	return nil
}

// Init draws the matrices A uniformly from [-b, b), b = 1/sqrt(inputs), as PEFT
// does, and sets the matrices B to zero: the adapter begins as no change. The
// matrices A follow each other in the stream of the seed in the order of their
// names, one word per element.
func (l *LoRA) Init(seed uint64) error {
	words := op.Words{Seed: seed, Purpose: op.PurposeInit}
	isA := make(map[string]bool)
	for _, part := range l.parts {
		isA[part.nameA()] = true
	}
	for _, p := range l.params {
		x := make([]float32, p.Rows*p.Cols)
		if isA[p.Name] {
			b := float32(1 / math.Sqrt(float64(p.Cols)))
			for i := range x {
				u := float32(op.Uniform(words.Next())) // converted, so that nothing is fused
				x[i] = (float32(2*u) - 1) * b
			}
		}
		if err := p.Value.Write(x); err != nil {
			return fmt.Errorf("llama: %s: %w", p.Name, err)
		}
	}
	return nil
}
