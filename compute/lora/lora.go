// Package lora keeps adapters in the directories that PEFT writes.
//
//	y = W x + Scale (B (A x))    A (Rank, In)    B (Out, Rank)    Scale = alpha/r or alpha/sqrt(r)
//
// The invariant: an adapter is applied as a whole or not at all. Every tensor
// lands in a linear layer of the base with the right shape, every declared
// target exists and has its tensors, and no setting that changes results is
// passed over; otherwise the error says what does not fit. Adapters are never
// merged into the base, which would change its bits.
//
// Open reads a directory, Files.Load fits it to a base, New begins one for
// training, Adapter.Files and Files.Write store it. Files.CID is its identity.
package lora

import (
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/openledger/openledger/compute/op"
)

// A Linear is a linear layer of the base model that an adapter may change.
type Linear struct {
	Name    string // its path in the model: model.layers.0.self_attn.q_proj
	Out, In int
	Head    bool // the output layer, which "all-linear" leaves out
}

// A Module is the adapter's part for one linear layer.
type Module struct {
	Name  string // of the Linear
	Rank  int
	Scale float32
	A, B  op.Matrix // (Rank, In), (Out, Rank)
}

// An Adapter is ready to run or train.
type Adapter struct {
	Config  Config
	Modules []Module // in the order of the base's layers
}

// New returns an adapter for base with zero matrices. Training draws A; with
// B = 0 an adapter changes nothing.
func New(c Config, base []Linear) (*Adapter, error) {
	places, missing, err := c.resolve(base)
	if err != nil {
		return nil, err
	}
	if len(missing) > 0 {
		return nil, &CoverageError{Missing: missing}
	}
	a := &Adapter{Config: c, Modules: make([]Module, len(places))}
	for i, p := range places {
		a.Modules[i] = p.module()
	}
	return a, nil
}

// A place is a linear layer that a config targets.
type place struct {
	Linear
	rank  int
	scale float32
}

func (p place) module() Module {
	return Module{Name: p.Name, Rank: p.rank, Scale: p.scale, A: op.NewMatrix(p.rank, p.In), B: op.NewMatrix(p.Out, p.rank)}
}

// scale returns alpha/r or, rank-stabilised, alpha/sqrt(r) with one rounding.
func scale(alpha float64, r int, rslora bool) float32 {
	const prec = 256 // far more than any tie needs
	d := new(big.Float).SetPrec(prec).SetInt64(int64(r))
	if rslora {
		d.Sqrt(d)
	}
	x := new(big.Float).SetPrec(prec).SetFloat64(alpha)
	s, _ := x.Quo(x, d).Float32()
	return s
}

// finite returns an error for the first NaN or infinity in x, a tensor's values:
// those whose exponent is all ones, so that one more carries into the sign bit.
func finite(name string, x []float32) error {
	const exponent, one = 0x7f800000, 0x00800000
	var carry uint32
	for _, v := range x {
		carry |= math.Float32bits(v)&exponent + one
	}
	if carry>>31 == 0 {
		return nil
	}
	i := slices.IndexFunc(x, func(v float32) bool { return math.Float32bits(v)&exponent == exponent })
	return fmt.Errorf("tensor %q: element %d is %v; the adapter is broken", name, i, x[i])
}
