package merkle

import (
	"bytes"
	"encoding/binary"
	"math"
	"unsafe"
)

var bigEndian = binary.NativeEndian.Uint16([]byte{1, 0}) != 1

// Floats returns a copy of float32 elements from what Bytes returned of them.
func Floats(b []byte) []float32 {
	x := make([]float32, len(b)/4)
	for i := range x {
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return x
}

// Bytes returns the elements of x as little-endian bytes for a Hasher. It
// shares x's memory, except on a big-endian machine, where it copies.
func Bytes[T float32 | int8 | int32 | uint16 | uint64](x []T) []byte {
	if bigEndian {
		var b bytes.Buffer
		_ = binary.Write(&b, binary.LittleEndian, x) // a Buffer takes any fixed-size slice
		return b.Bytes()
	}
	var one T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), len(x)*int(unsafe.Sizeof(one)))
}
