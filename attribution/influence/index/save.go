package index

import (
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/safetensors"
)

// Names of the tensors of a part, behind that of its matrix.
const (
	shortName = " short"
	longName  = " long"
	scaleName = " scale"
	restName  = " rest"
)

// tensors are what a file of factors holds.
func (p *part) tensors() map[string]op.Matrix {
	return map[string]op.Matrix{
		shortName: p.short, longName: p.long, scaleName: p.scale, restName: {Data: p.rest, Rows: 1, Cols: len(p.rest), Stride: len(p.rest)},
	}
}

// encode writes the factors as a safetensors file, always with the same bytes.
func (f *Factors) encode(w io.Writer) error {
	var all []safetensors.Tensor
	for i := range f.parts {
		for name, m := range f.parts[i].tensors() {
			all = append(all, safetensors.FromFloats(f.parts[i].name+name, m.Data, m.Rows, m.Cols))
		}
	}
	return safetensors.Encode(w, all, map[string]string{"format": "openledger factors 1"})
}

// Write writes the factors to a file, whole or not at all.
func (f *Factors) Write(path string) error { return safetensors.Replace(path, f.encode) }

// Digest is the sha-256 of the file.
func (f *Factors) Digest() (d [32]byte, err error) {
	h := sha256.New()
	if err := f.encode(h); err != nil {
		return d, err
	}
	return [32]byte(h.Sum(nil)), nil
}

// OpenFactors reads the factors of an adapter.
func OpenFactors(path string, l *llama.LoRA) (*Factors, error) {
	set, err := safetensors.Open(path)
	if err != nil {
		return nil, err
	}
	f := &Factors{}
	for _, param := range l.Params() {
		p := newPart(param)
		for name, m := range p.tensors() {
			t, ok := set.Tensor(p.name + name)
			if !ok || len(t.Shape) != 2 || t.Shape[0] != m.Rows || t.Shape[1] != m.Cols {
				err = fmt.Errorf("index: %s has no %s%s of (%d,%d): the factors are of another adapter", path, p.name, name, m.Rows, m.Cols)
				break
			}
			if err = t.CopyTo(m.Data); err != nil {
				break
			}
		}
		f.parts = append(f.parts, p)
	}
	if err == nil && len(set.Tensors()) != 4*len(f.parts) {
		err = fmt.Errorf("index: %s holds more than the factors of this adapter", path)
	}
	if bad := set.Close(); err == nil {
		err = bad
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}
