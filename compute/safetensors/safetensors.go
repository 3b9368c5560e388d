// Package safetensors keeps tensors on disk in the safetensors format and maps
// them into memory without copying.
//
//	u64 N, little endian | header: N bytes of JSON | data
//	{"__metadata__": {"k": "v"}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}
//
// The invariant: a Set that opens is whole. Each tensor has the bytes that its
// type and shape need, the tensors follow each other without gap or overlap and
// end with the data, and no name stands twice. Other files are refused with the
// reason; values (NaN, say) are the caller's to check.
//
// Start with Open and Write. Source: github.com/huggingface/safetensors.
package safetensors

import (
	"encoding/binary"
	"fmt"
	"math"
	"unsafe"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/merkle"
)

// A DType is the type of the elements of a tensor.
type DType uint8

// The order is that of the format's writers: wider types stand first in a file.
const (
	F32 DType = 1 + iota
	BF16
	F16
	I8
)

var dtypeNames = [...]string{F32: "F32", BF16: "BF16", F16: "F16", I8: "I8"}

// String returns the name used in headers.
func (d DType) String() string {
	if d >= F32 && d <= I8 {
		return dtypeNames[d]
	}
	return fmt.Sprintf("DType(%d)", uint8(d))
}

// Bytes returns the size of one element, 0 for an unknown type.
func (d DType) Bytes() int {
	switch d {
	case F32:
		return 4
	case BF16, F16:
		return 2
	case I8:
		return 1
	}
	return 0
}

func parseDType(name string) (DType, error) {
	for d := F32; d <= I8; d++ {
		if dtypeNames[d] == name {
			return d, nil
		}
	}
	return 0, fmt.Errorf("dtype %q is not supported; convert it to BF16, F16, F32 or I8", name)
}

// A Tensor is a named array, row by row, little endian.
type Tensor struct {
	Name  string
	DType DType
	Shape []int
	Data  []byte // of a Set: a part of the file, read only, valid until Close
}

// FromFloats returns an F32 tensor that shares the memory of x where the machine
// is little endian.
func FromFloats(name string, x []float32, shape ...int) Tensor {
	return Tensor{Name: name, DType: F32, Shape: shape, Data: merkle.Bytes(x)}
}

// bytes returns how many bytes of data the type and shape need.
func (t Tensor) bytes() (int, error) {
	size := t.DType.Bytes()
	if size == 0 {
		return 0, fmt.Errorf("%v is not a type of this format", t.DType)
	}
	product, empty := size, false // empty dimensions must not hide absurd ones
	for _, n := range t.Shape {
		if n < 0 || n > 0 && product > math.MaxInt/n {
			return 0, fmt.Errorf("shape %v is too large", t.Shape)
		}
		product *= max(n, 1)
		empty = empty || n == 0
	}
	if empty {
		return 0, nil
	}
	return product, nil
}

// View returns the elements without copying; ok is false if they are not F32,
// not aligned, or the machine is big endian.
func (t Tensor) View() (x []float32, ok bool) {
	p := unsafe.Pointer(unsafe.SliceData(t.Data))
	if t.DType != F32 || uintptr(p)%4 != 0 || bigEndian {
		return nil, false
	}
	return unsafe.Slice((*float32)(p), len(t.Data)/4), true
}

var bigEndian = binary.NativeEndian.Uint16([]byte{1, 0}) != 1

// Floats returns the elements as float32: the View where there is one, else a
// copy, exactly widened. I8 has no meaning without its scale and is an error.
func (t Tensor) Floats() ([]float32, error) {
	if x, ok := t.View(); ok {
		return x, nil
	}
	x := make([]float32, len(t.Data)/max(t.DType.Bytes(), 1))
	return x, t.CopyTo(x)
}

// CopyTo writes the elements, exactly widened, to dst, which MUST have as many.
// I8 has no meaning without its scale and is an error.
func (t Tensor) CopyTo(dst []float32) error {
	if n := t.DType.Bytes() * len(dst); n != len(t.Data) {
		return fmt.Errorf("tensor %q: %d bytes of %v for %d floats", t.Name, len(t.Data), t.DType, len(dst))
	}
	switch t.DType {
	case F32:
		if x, ok := t.View(); ok {
			copy(dst, x)
			return nil
		}
		for i := range dst {
			dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(t.Data[4*i:]))
		}
	case BF16:
		op.Widen(dst, op.BF16, t.Data)
	case F16:
		op.Widen(dst, op.F16, t.Data)
	default:
		return fmt.Errorf("tensor %q: %v values need a scale", t.Name, t.DType)
	}
	return nil
}
