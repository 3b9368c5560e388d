package tape

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

// An operand is a slot in this machine's memory. One field is set, as the type
// of the slot says; a trained parameter is an f32 matrix.
type operand struct {
	m op.Matrix     // F32
	w *op.Weights   // Weight of any type
	i []int32       // I32, row by row
	t *op.RopeTable // Table
}

// A frame is what the operators of one run work on.
type frame struct {
	e     *op.Engine
	slots []operand
	b     *Binding

	docs    []int        // scratch of documents
	scratch []float32    // scratch of matrix
	seqs    []op.AttnSeq // scratch of AttendPaged
	pages   []op.KVPage
	runs    []op.AdapterRows // scratch of Adapt
	parts   []op.MatMulPart  // scratch of products
}

// m returns the f32 matrix of a slot; the zero Matrix for None.
func (f *frame) m(r Ref) op.Matrix {
	if r == None {
		return op.Matrix{}
	}
	return f.slots[r].m
}

// row returns the values of a slot with one row; nil for None.
func (f *frame) row(r Ref) []float32 {
	if r == None {
		return nil
	}
	return f.slots[r].m.Data
}

// scalar returns the one value of a (1,1) slot.
func (f *frame) scalar(r Ref) float32 { return f.slots[r].m.Data[0] }

func (f *frame) ints(r Ref) []int32 { return f.slots[r].i }

// matrix returns scratch memory as a matrix with undefined values, good until
// the next call.
func (f *frame) matrix(rows, cols int) op.Matrix {
	if len(f.scratch) < rows*cols {
		f.scratch = op.NewMatrix(1, rows*cols).Data
	}
	return op.Matrix{Data: f.scratch[:rows*cols], Rows: rows, Cols: cols, Stride: cols}
}

// begin makes y hold c, or zeros for None, unless y is c's memory already.
func (f *frame) begin(y op.Matrix, c Ref) {
	if c == None {
		clear(y.Data)
	} else if m := f.m(c); len(m.Data) > 0 && &m.Data[0] != &y.Data[0] {
		copy(y.Data, m.Data)
	}
}

// widened returns columns from..to-1 of a weight operand as an f32 matrix, in
// scratch memory where the weights are packed.
func (f *frame) widened(w *operand, from, to int) op.Matrix {
	if w.w == nil {
		return columns(w.m, from, to)
	}
	m := f.matrix(w.w.N()+1, max(w.w.K(), to-from)) // one row more, for all of a row
	all := m.Data[w.w.N()*m.Cols:][:w.w.K()]
	m = op.Matrix{Data: m.Data, Rows: w.w.N(), Cols: to - from, Stride: m.Stride}
	for i := range m.Rows {
		w.w.Row(i, all)
		copy(m.Row(i), all[from:to])
	}
	return m
}

// columns returns the window on columns from..to-1 of m.
func columns(m op.Matrix, from, to int) op.Matrix {
	if m.Rows == 0 || from == to {
		return op.Matrix{Rows: m.Rows, Cols: to - from, Stride: m.Stride}
	}
	return op.Matrix{Data: m.Data[from:], Rows: m.Rows, Cols: to - from, Stride: m.Stride}
}

// reshaped returns m, which lies without gaps, with rows of cols elements.
func reshaped(m op.Matrix, cols int) op.Matrix {
	return op.Matrix{Data: m.Data, Rows: m.Rows * m.Cols / cols, Cols: cols, Stride: cols}
}

// documents returns the lengths of the documents that positions describe: each
// counts 0, 1, 2, ...
func (f *frame) documents(pos []int32) ([]int, error) {
	f.docs = f.docs[:0]
	for i, p := range pos {
		if p == 0 {
			f.docs = append(f.docs, 0)
		}
		if len(f.docs) == 0 || int(p) != f.docs[len(f.docs)-1] {
			return nil, fmt.Errorf("row %d has position %d: each document must count from 0 without gaps", i, p)
		}
		f.docs[len(f.docs)-1]++
	}
	return f.docs, nil
}

// checkIndices returns an error for an index outside 0..n-1.
func checkIndices(what string, ids []int32, n int) error {
	for i, id := range ids {
		if id < 0 || int(id) >= n {
			return fmt.Errorf("%s %d of row %d is not below %d", what, id, i, n)
		}
	}
	return nil
}
