package tape

import (
	"math"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/canon"
)

// Attrs are the constants of an application. Each operator reads those that
// code.go lists; all others MUST be zero.
type Attrs struct {
	Heads, KVHeads, HeadDim int32 // attention; HeadDim also Rope, NormRoot
	Window                  int32 // attention: keys seen by a query, itself included; 0: all before it
	Head                    int32 // primitives of attention: which query head
	Layer                   int32 // AttendPaged: whose keys and values
	Module                  int32 // Adapt: which module of the adapters
	Slices                  int32 // products with Q8 weights: 1 or 2 digits per activation; 0 means 2
	From, To                int32 // part of an inner index; both 0: all of it
	Inverse                 int32 // Rope: 1 turns backwards
	Scale, Eps              float32
	Beta1, Beta2            float32 // SGD: Beta1 is the momentum
	EpsRoot, Decay          float32
}

// attnAttrs returns the attributes of an attention.
func attnAttrs(a op.Attn) Attrs {
	return Attrs{
		Heads: int32(a.Heads), KVHeads: int32(a.KVHeads), HeadDim: int32(a.HeadDim),
		Window: int32(a.Window), Scale: a.Scale,
	}
}

func (a *Attrs) attn() op.Attn {
	return op.Attn{
		Heads: int(a.Heads), KVHeads: int(a.KVHeads), HeadDim: int(a.HeadDim),
		Window: int(a.Window), Scale: a.Scale,
	}
}

func (a *Attrs) ints() [11]*int32 {
	return [...]*int32{
		&a.Heads, &a.KVHeads, &a.HeadDim, &a.Window, &a.Head, &a.Layer,
		&a.Module, &a.Slices, &a.From, &a.To, &a.Inverse,
	}
}

func (a *Attrs) floats() [6]*float32 {
	return [...]*float32{&a.Scale, &a.Eps, &a.Beta1, &a.Beta2, &a.EpsRoot, &a.Decay}
}

// AppendCanon writes the integers, then the bits of the floats.
func (a Attrs) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, len(a.ints())+len(a.floats()))
	for _, n := range a.ints() {
		b = canon.AppendUint(b, uint64(uint32(*n)))
	}
	for _, x := range a.floats() {
		b = canon.AppendUint(b, uint64(math.Float32bits(*x)))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (a *Attrs) ReadCanon(r *canon.Reader) {
	r.Fields(len(a.ints()) + len(a.floats()))
	for _, n := range a.ints() {
		*n = int32(r.Uint(math.MaxInt32))
	}
	for _, x := range a.floats() {
		*x = math.Float32frombits(uint32(r.Uint(math.MaxUint32)))
		if bits := math.Float32bits(*x); bits&0x7f800000 == 0x7f800000 {
			r.Fail("attribute %#x is not a finite number", bits)
		}
	}
}
