package op

import (
	"fmt"
	"unsafe"
)

// A Matrix is a window on float32 values, row by row.
//
//	element (i, j) = Data[i*Stride+j]    0 <= i < Rows, 0 <= j < Cols <= Stride
//
// It is passed by value and owns nothing; two windows may share Data.
type Matrix struct {
	Data               []float32
	Rows, Cols, Stride int
}

// NewMatrix returns a zero matrix with its own memory and Stride = cols.
func NewMatrix(rows, cols int) Matrix {
	if rows < 0 || cols < 0 {
		panic(fmt.Sprintf("op: NewMatrix: (%d,%d)", rows, cols))
	}
	return Matrix{alignedFloats(rows * cols), rows, cols, cols}
}

// Row returns row i. Its capacity ends with the row.
func (m Matrix) Row(i int) []float32 {
	if i < 0 || i >= m.Rows {
		panic(fmt.Sprintf("op: row %d of a matrix %v", i, m))
	}
	start := i * m.Stride
	return m.Data[start : start+m.Cols : start+m.Cols]
}

// Slice returns the window on rows r0 to r1-1, on the same memory.
func (m Matrix) Slice(r0, r1 int) Matrix {
	if r0 < 0 || r1 < r0 || r1 > m.Rows {
		panic(fmt.Sprintf("op: rows %d:%d of a matrix %v", r0, r1, m))
	}
	if r0 == r1 {
		return Matrix{nil, 0, m.Cols, m.Stride}
	}
	return Matrix{m.Data[r0*m.Stride : (r1-1)*m.Stride+m.Cols], r1 - r0, m.Cols, m.Stride}
}

// String returns the shape, as in "(3,5)".
func (m Matrix) String() string {
	if m.Stride == m.Cols {
		return fmt.Sprintf("(%d,%d)", m.Rows, m.Cols)
	}
	return fmt.Sprintf("(%d,%d stride %d)", m.Rows, m.Cols, m.Stride)
}

// valid says whether Data holds all that the shape promises.
func (m Matrix) valid() bool {
	if m.Rows < 0 || m.Cols < 0 || m.Stride < m.Cols {
		return false
	}
	return m.Rows == 0 || m.Cols == 0 || len(m.Data) >= (m.Rows-1)*m.Stride+m.Cols
}

// overlaps says whether the memory between the first and last element of two
// matrices has a common part.
func (m Matrix) overlaps(o Matrix) bool {
	return overlap(m.span(), o.span())
}

// span returns Data from the first to the last element of the matrix.
func (m Matrix) span() []float32 {
	if m.Rows == 0 || m.Cols == 0 {
		return nil
	}
	return m.Data[:(m.Rows-1)*m.Stride+m.Cols]
}

// overlap says whether two slices share memory.
func overlap[A, B any](a []A, b []B) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	a0, b0 := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&b[0]))
	return a0 < b0+uintptr(len(b))*unsafe.Sizeof(b[0]) &&
		b0 < a0+uintptr(len(a))*unsafe.Sizeof(a[0])
}

// alignedFloats returns n zeros that start at a multiple of 64 bytes, so that
// no vector load crosses a cache line.
func alignedFloats(n int) []float32 { return aligned[float32](n) }

type element interface {
	int8 | uint8 | uint16 | int32 | uint64 | float32
}

// aligned returns n zero values that start at a multiple of 64 bytes.
func aligned[T element](n int) []T {
	const line = 64
	var t T
	size := int(unsafe.Sizeof(t))
	s := make([]T, n+line/size)
	if n*size >= 4<<20 {
		adviseHuge(unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), len(s)*size))
	}
	skip := int(-uintptr(unsafe.Pointer(&s[0]))%line) / size
	return s[skip : skip+n : skip+n]
}

// A Format says how weights are kept in memory. The numbers are part of
// records and append-only.
type Format uint8

const (
	F32  Format = 1 + iota // as stored
	BF16                   // bfloat16 as stored, widened exactly in registers
	F16                    // IEEE binary16 as stored, widened exactly in registers
	Q8                     // int8 in [-127,127] with one scale per output row
)

var formatNames = [...]string{F32: "f32", BF16: "bf16", F16: "f16", Q8: "q8"}

// String returns "f32", "bf16", "f16" or "q8".
func (f Format) String() string {
	if f.valid() {
		return formatNames[f]
	}
	return fmt.Sprintf("Format(%d)", uint8(f))
}

// Bytes returns the size of one element: 4, 2, 2, 1.
func (f Format) Bytes() int {
	switch f {
	case F32:
		return 4
	case BF16, F16:
		return 2
	case Q8:
		return 1
	}
	panic("op: " + f.String())
}

func (f Format) valid() bool { return f >= F32 && f <= Q8 }

func address(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }
