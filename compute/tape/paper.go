package tape

import (
	"errors"
	"fmt"
)

// Paper is a Backend without memory: what is made on it has a shape and no
// elements, and nothing runs. A model on Paper knows its tapes, which is all
// that a referee needs, however large the model is.
type Paper struct{}

type paperMatrix struct{ rows, cols int }

type paperWeights struct {
	paperMatrix
	typ Type
}

var errPaper = errors.New("tape: a backend without memory runs nothing")

// Weights implements Backend; t needs no Data.
func (Paper) Weights(t Tensor, as Type) (Weights, error) {
	if t.Rows <= 0 || t.Cols <= 0 || t.Rows > maxDim || t.Cols > maxDim {
		return nil, fmt.Errorf("tape: weights (%d,%d)", t.Rows, t.Cols)
	}
	return paperWeights{paperMatrix{t.Rows, t.Cols}, as}, nil
}

// Matrix implements Backend.
func (Paper) Matrix(rows, cols int) (Matrix, error) {
	if rows <= 0 || cols <= 0 || rows > maxDim || cols > maxDim {
		return nil, fmt.Errorf("tape: matrix of (%d,%d)", rows, cols)
	}
	return paperMatrix{rows, cols}, nil
}

// Cache implements Backend.
func (Paper) Cache(CacheConfig) (Cache, error) { return nil, errPaper }

// Program implements Backend.
func (Paper) Program(t *Tape, _ Env, _ Dims) (Program, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	return paperProgram{}, nil
}

func (m paperMatrix) Shape() (rows, cols int) { return m.rows, m.cols }
func (paperMatrix) Read([]float32) error      { return errPaper }
func (paperMatrix) Write([]float32) error     { return nil }
func (paperMatrix) Host() []float32           { return nil }

func (w paperWeights) Type() Type { return w.typ }
func (paperWeights) Bytes() int   { return 0 }

type paperProgram struct{}

func (paperProgram) Run(*Binding) error { return errPaper }
func (paperProgram) Read(Ref) []float32 { return nil }
