package lora

import (
	"fmt"
	"strings"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
)

// A CoverageError says how an adapter does not fit a base model. Each list is
// complete; the text shows the beginnings.
type CoverageError struct {
	Matched   []string // tensors that fit
	Unmatched []string // tensors that belong to no targeted layer
	Missing   []string // tensors, targets and layers that are declared but not there
	Wrong     []string // tensors of another shape or type, with the reason
}

// Error names what does not fit, in one line.
func (e *CoverageError) Error() string {
	s := fmt.Sprintf("the adapter does not fit the base model: %d tensors match", len(e.Matched))
	for _, list := range []struct {
		name  string
		items []string
	}{{"unmatched", e.Unmatched}, {"missing", e.Missing}, {"wrong", e.Wrong}} {
		const shown = 3
		switch n := len(list.items); {
		case n > shown:
			s += fmt.Sprintf("; %d %s: %s, ...", n, list.name, strings.Join(list.items[:shown], ", "))
		case n > 0:
			s += fmt.Sprintf("; %d %s: %s", n, list.name, strings.Join(list.items, ", "))
		}
	}
	return s
}

// A Part is what the files hold for one layer, in the type they hold it in.
type Part struct {
	Name  string // of the Linear
	Rank  int
	Scale float32
	A, B  safetensors.Tensor // (Rank, In), (Out, Rank)
}

// Fit checks the adapter against base and returns its parts in the order of
// base. If anything is left over or missing the error is a *CoverageError.
func (f *Files) Fit(base []Linear) ([]Part, error) {
	places, missing, err := f.Config.resolve(base)
	if err != nil {
		return nil, err
	}
	e := &CoverageError{Missing: missing, Matched: make([]string, 0, 2*len(places))}
	parts := make([]Part, len(places))
	take := func(key string, rows, cols int) (t safetensors.Tensor) {
		t, ok := f.set.Tensor(key)
		switch {
		case !ok:
			e.Missing = append(e.Missing, key)
		case len(t.Shape) != 2 || t.Shape[0] != rows || t.Shape[1] != cols:
			e.Wrong = append(e.Wrong, fmt.Sprintf("%s is %v, want %v", key, t.Shape, []int{rows, cols}))
		case t.DType == safetensors.I8:
			e.Wrong = append(e.Wrong, fmt.Sprintf("%s is %v, want F32, BF16 or F16", key, t.DType))
		default:
			e.Matched = append(e.Matched, key)
		}
		return t
	}
	for i, p := range places {
		parts[i] = Part{
			Name: p.Name, Rank: p.rank, Scale: p.scale,
			A: take(keyPrefix+p.Name+keyA, p.rank, p.In),
			B: take(keyPrefix+p.Name+keyB, p.Out, p.rank),
		}
	}
	if all := f.set.Tensors(); len(e.Matched) < len(all) {
		expected := make(map[string]bool, 2*len(places))
		for _, p := range places {
			expected[keyPrefix+p.Name+keyA], expected[keyPrefix+p.Name+keyB] = true, true
		}
		for _, t := range all {
			if !expected[t.Name] {
				e.Unmatched = append(e.Unmatched, t.Name)
			}
		}
	}
	if len(e.Matched) == 0 || len(e.Unmatched)+len(e.Missing)+len(e.Wrong) > 0 {
		return nil, e
	}
	return parts, nil
}

// Load fits the adapter to base and widens its tensors to float32. Values that
// are not finite are refused.
func (f *Files) Load(base []Linear) (*Adapter, error) {
	parts, err := f.Fit(base)
	if err != nil {
		return nil, err
	}
	a := &Adapter{Config: f.Config, Modules: make([]Module, len(parts))}
	for i, p := range parts {
		m := Module{Name: p.Name, Rank: p.Rank, Scale: p.Scale}
		if m.A, err = widen(p.A); err != nil {
			return nil, err
		}
		if m.B, err = widen(p.B); err != nil {
			return nil, err
		}
		a.Modules[i] = m
	}
	return a, nil
}

func widen(t safetensors.Tensor) (op.Matrix, error) {
	m := op.NewMatrix(t.Shape[0], t.Shape[1])
	if err := t.CopyTo(m.Data); err != nil {
		return op.Matrix{}, err
	}
	return m, finite(t.Name, m.Data)
}
