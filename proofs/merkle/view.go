package merkle

import (
	"bytes"
	"encoding/binary"
	"unsafe"
)

var bigEndian = binary.NativeEndian.Uint16([]byte{1, 0}) != 1

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
