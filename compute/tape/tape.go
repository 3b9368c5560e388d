// Package tape holds computations as data. A tape is a static, typed list of
// operator applications: one prefill or decode step, one micro-batch of
// training (forward and backward), one optimizer step. A model builds tapes
// with a Builder and never calls an operator itself; a Backend runs them, so a
// new kind of hardware changes no model.
//
// The invariant: every slot is written once. A slot is a value, not memory; the
// planner gives values memory and reuses it. So an application is a pure
// function from the slots it reads to the slots it writes, one digest per slot
// commits to a whole run, and any application can be done again on its own.
//
// Shapes may be symbolic (Tokens, Picks): one tape serves every batch up to the
// size it was compiled for, and nothing is planned again.
//
// Two forms of a tape give the same bits. As built, its applications are as
// large as hardware likes them (a whole attention, a whole cross-entropy).
// Lower cuts these into primitives, of which every 64x64 output tile needs at
// most 8 MB of inputs and 0.12 GFLOP. The lowered form is the one that is
// traced and disputed: CPU.Trace, then Recompute.
//
// Start with Tape, Builder and Backend; code.go lists the operators.
package tape

import "fmt"

// A Ref names a slot by its index in a tape.
type Ref int32

// None stands for an optional operand that is absent, or a result not wanted.
const None Ref = -1

// A Dim is a number of rows or columns, or the symbol of one that is known only
// when the tape runs.
type Dim int32

const (
	Tokens Dim = -1 // rows of the batch: the new tokens of all its sequences
	Picks  Dim = -2 // rows of the batch whose logits are wanted
)

// Dims are the values of the symbols in one run.
type Dims struct{ Tokens, Picks int }

// of returns the value of d.
func (v Dims) of(d Dim) int {
	switch d {
	case Tokens:
		return v.Tokens
	case Picks:
		return v.Picks
	}
	return int(d)
}

// A Type is the form of the elements of a slot. The numbers are append-only;
// up to I32 they are those of package merkle.
type Type uint8

const (
	F32  Type = 1
	BF16 Type = 2 // weights only
	F16  Type = 3 // weights only
	I8   Type = 4 // digits of Q8 weights, in lowered tapes
	I32  Type = 5
	Q8   Type = 32 // weights only: I8 digits with one F32 scale per row
)

// A Class says where the value of a slot comes from. The numbers are
// append-only.
type Class uint8

const (
	Input  Class = 1 // bound anew for each run
	Weight Class = 2 // frozen parameter
	Table  Class = 3 // rotary table: a row holds the cosines, then the sines, of one position
	State  Class = 4 // lives across runs: a trained parameter, a gradient, a moment
	Update Class = 5 // the next value of the State in Of, in whose place it stays
	Value  Class = 6 // result of an application
)

// A Slot is one value: a matrix of Rows x Cols elements, row by row.
type Slot struct {
	Name       string // unique among Inputs, Weights, Tables and States; else a help to readers
	Class      Class
	Type       Type
	Rows, Cols Dim
	Of         Ref  // Update: the State
	Keep       bool // Value: can be read after the run
	Vector     bool // digested as one dimension; Rows is 1
}

func (s *Slot) shape() shape { return shape{s.Type, s.Rows, s.Cols} }

// An App is one application of an operator.
type App struct {
	Code  Code
	Attrs Attrs
	In    []Ref // by position; None where an optional operand is absent
	Out   []Ref // by position; None where a result is not wanted
}

// A Tape is a list of applications in the order in which they run.
type Tape struct {
	Slots []Slot
	Apps  []App
}

// Find returns the slot with this name and class.
func (t *Tape) Find(class Class, name string) (Ref, bool) {
	for i := range t.Slots {
		if t.Slots[i].Class == class && t.Slots[i].Name == name {
			return Ref(i), true
		}
	}
	return None, false
}

// Producer returns the application that writes a slot, and as which result.
// It returns -1 for a slot that no application writes.
func (t *Tape) Producer(r Ref) (app, out int) {
	for i := range t.Apps {
		for k, o := range t.Apps[i].Out {
			if o == r {
				return i, k
			}
		}
	}
	return -1, -1
}

// operator names application i for people: the operator and the first of some
// of its results that has a name.
func (t *Tape) operator(i int, of ...Ref) string {
	for _, r := range of {
		if r != None && t.Slots[r].Name != "" {
			return fmt.Sprintf("%v (%s)", t.Apps[i].Code, t.Slots[r].Name)
		}
	}
	return t.Apps[i].Code.String()
}

// shape is what an operator knows of a slot.
type shape struct {
	typ        Type
	rows, cols Dim
}

func (s shape) String() string { return fmt.Sprintf("%v(%v,%v)", s.typ, s.rows, s.cols) }

var typeNames = map[Type]string{F32: "f32", BF16: "bf16", F16: "f16", I8: "i8", I32: "i32", Q8: "q8"}

// String returns "f32", "bf16", "f16", "i8", "i32" or "q8".
func (t Type) String() string {
	if s, ok := typeNames[t]; ok {
		return s
	}
	return fmt.Sprintf("Type(%d)", uint8(t))
}

// String returns the number, "tokens" or "picks".
func (d Dim) String() string {
	switch d {
	case Tokens:
		return "tokens"
	case Picks:
		return "picks"
	}
	return fmt.Sprint(int32(d))
}
