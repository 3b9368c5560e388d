package tape

import (
	"fmt"

	"github.com/openledger/openledger/compute/op"
)

// A Backend runs tapes on one kind of hardware. CPU is the reference. What a
// backend makes belongs to it and is not understood by another one.
type Backend interface {
	// Weights copies a frozen parameter into the backend's memory in the given
	// form: as stored, widened to F32, or rounded to Q8.
	Weights(t Tensor, as Type) (Weights, error)

	// Matrix makes a matrix of zeros that lives across runs, for a State.
	Matrix(rows, cols int) (Matrix, error)

	// Cache makes the memory of a KV cache.
	Cache(c CacheConfig) (Cache, error)

	// Program prepares a tape for batches of at most limit. It MUST find every
	// Weight, Table and State of the tape in env, in the right shape.
	Program(t *Tape, env Env, limit Dims) (Program, error)
}

// A Program is a tape with memory, ready to run. It is not safe for concurrent
// use; two programs of one backend are.
type Program interface {
	// Run runs the tape once. It fails with a NonFiniteError, or with an error
	// of the data bound: a token outside the vocabulary, say. States are then
	// undefined.
	Run(b *Binding) error

	// Read returns a slot with Keep set as the last Run left it, row by row.
	// The memory belongs to the program and is good until the next Run.
	Read(r Ref) []float32
}

// A Tensor is a matrix as files hold it: row by row, little endian.
type Tensor struct {
	Type       Type // F32, BF16 or F16
	Rows, Cols int
	Data       []byte
}

// Weights are a frozen parameter in a backend's memory.
type Weights interface {
	Type() Type
	Shape() (rows, cols int)
	Bytes() int
}

// A Matrix is an f32 matrix in a backend's memory: a trained parameter, a
// gradient, an optimizer moment.
type Matrix interface {
	Shape() (rows, cols int)

	// Read copies all elements, row by row, to dst, and Write from src.
	Read(dst []float32) error
	Write(src []float32) error

	// Host returns the elements themselves where they lie in this process's
	// memory, else nil.
	Host() []float32
}

// A CacheConfig says what a KV cache holds: Pages pages, each with the keys and
// values of op.PageRows positions in every layer.
type CacheConfig struct {
	Layers, Pages int
	Attn          op.Attn
}

// A Cache is the memory of a KV cache. Who uses which page is the caller's to
// say, run by run.
type Cache interface {
	Pages() int
	Bytes() int
}

// Env holds what a program keeps between runs, by slot name.
type Env struct {
	Weights map[string]Weights
	Tables  map[string]*op.RopeTable
	States  map[string]Matrix
}

// A Binding is what one run works on.
type Binding struct {
	Step   uint64 // names the run in errors
	Dims   Dims
	Inputs []Data // the slots of class Input, in the order of the tape

	// For AttendPaged: the sequences whose new tokens are the rows of the
	// batch, in row order, and their cache.
	Seqs  []Seq
	Cache Cache

	// For Adapt: which rows have which adapter, in row order; nil: none has one.
	Groups []Group
}

// Data is the value of an Input, row by row; which field counts is the slot's
// type to say.
type Data struct {
	I []int32
	F []float32
}

// A Seq is one sequence in a batch.
type Seq struct {
	Rows  int     // new tokens
	Pos   int     // position of the first of them
	Pages []int32 // pages of positions 0 to Pos+Rows-1 at least, in order
}

// A Group is a run of rows with one adapter; nil is the base model.
type Group struct {
	Rows    int
	Adapter *Adapter
}

// An Adapter is a LoRA adapter in a backend's memory, by module number. A
// module that it leaves alone has nil weights.
type Adapter struct {
	Modules []AdapterModule

	// Wait returns when a module is there or will never be; nil: all are there.
	// A run calls it, so it MUST NOT take long.
	Wait func(module int)
}

// An AdapterModule adds Scale·B(A(x)) to the output of one module.
type AdapterModule struct {
	A, B  Weights // (r, inputs), (outputs, r)
	Scale float32
}

// A NonFiniteError reports the first infinity or NaN of a run. It is the same
// on every machine.
type NonFiniteError struct {
	Operator string
	Step     uint64
	Element  int
}

func (e *NonFiniteError) Error() string {
	return fmt.Sprintf("non-finite value in %s at step %d, element %d", e.Operator, e.Step, e.Element)
}
