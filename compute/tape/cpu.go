package tape

import (
	"encoding/binary"
	"fmt"
	"math"
	"unsafe"

	"github.com/openledger/openledger/compute/op"
)

// CPU is the backend of this machine's processor. It defines what the other
// backends must compute.
type CPU struct{ e *op.Engine }

// NewCPU returns a backend on an engine, which it does not close.
func NewCPU(e *op.Engine) *CPU { return &CPU{e} }

// Engine returns the engine.
func (c *CPU) Engine() *op.Engine { return c.e }

// cpuWeights are packed for products. One row, which may be a gain or a bias, is
// an f32 matrix too.
type cpuWeights struct {
	typ        Type
	rows, cols int
	w          *op.Weights
	m          op.Matrix
}

func (w *cpuWeights) Type() Type              { return w.typ }
func (w *cpuWeights) Shape() (rows, cols int) { return w.rows, w.cols }

func (w *cpuWeights) Bytes() int { return w.w.Bytes() + 4*len(w.m.Data) }

// Weights implements Backend.
func (c *CPU) Weights(t Tensor, as Type) (Weights, error) {
	if size := t.Type.bytes(); size == 0 || t.Rows <= 0 || t.Cols <= 0 || len(t.Data) != t.Rows*t.Cols*size {
		return nil, fmt.Errorf("tape: weights %v (%d,%d) of %d bytes", t.Type, t.Rows, t.Cols, len(t.Data))
	}
	w := &cpuWeights{typ: as, rows: t.Rows, cols: t.Cols}
	if t.Rows == 1 {
		x := t.widen()
		w.m = op.NewMatrix(1, t.Cols)
		copy(w.m.Data, x.Data)
	}
	switch {
	case as == F32:
		w.w = c.e.PackF32(t.widen())
	case as == t.Type:
		w.w = c.e.PackHalf(op.Format(as), t.Data, t.Rows, t.Cols)
	case as == Q8:
		w.w = c.e.PackQ8(t.widen())
	default:
		return nil, fmt.Errorf("tape: weights stored as %v cannot be kept as %v; f32, q8 and the stored type can", t.Type, as)
	}
	return w, nil
}

// bytes returns the size of one element of a stored tensor, 0 for other types.
func (t Type) bytes() int {
	switch t {
	case F32:
		return 4
	case BF16, F16:
		return 2
	}
	return 0
}

// widen returns the tensor as f32, which is exact. F32 data shares its memory
// where the machine can read it in place.
func (t *Tensor) widen() op.Matrix {
	m := op.Matrix{Rows: t.Rows, Cols: t.Cols, Stride: t.Cols}
	if p := unsafe.Pointer(unsafe.SliceData(t.Data)); t.Type == F32 && littleEndian && uintptr(p)%4 == 0 {
		m.Data = unsafe.Slice((*float32)(p), t.Rows*t.Cols)
		return m
	}
	m = op.NewMatrix(t.Rows, t.Cols)
	if t.Type != F32 {
		op.Widen(m.Data, op.Format(t.Type), t.Data)
		return m
	}
	for i := range m.Data {
		m.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(t.Data[4*i:]))
	}
	return m
}

var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// cpuMatrix is a matrix without gaps.
type cpuMatrix struct{ m op.Matrix }

// Matrix implements Backend.
func (c *CPU) Matrix(rows, cols int) (Matrix, error) {
	if rows <= 0 || cols <= 0 {
		return nil, fmt.Errorf("tape: matrix of (%d,%d)", rows, cols)
	}
	return &cpuMatrix{op.NewMatrix(rows, cols)}, nil
}

func (s *cpuMatrix) Shape() (rows, cols int) { return s.m.Rows, s.m.Cols }
func (s *cpuMatrix) Host() []float32         { return s.m.Data }
func (s *cpuMatrix) Read(dst []float32) error {
	return copyAll(dst, s.m.Data)
}
func (s *cpuMatrix) Write(src []float32) error {
	return copyAll(s.m.Data, src)
}

func copyAll(dst, src []float32) error {
	if len(dst) != len(src) {
		return fmt.Errorf("tape: %d elements for a matrix of %d", len(dst), len(src))
	}
	copy(dst, src)
	return nil
}

// Cache implements Backend.
func (c *CPU) Cache(config CacheConfig) (Cache, error) { return newCache(config) }
