package dispute

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// The last step for operators that are no chain of FMAs. An element of their
// result is worked out line by line: each line is one primitive of arithmetic 1
// on what lines before it gave. The lines of an operator are the same for every
// element and whatever the operands hold: where an element lies, which token a
// row reads and what a mask hides are worked out in lines of their own. So they
// are committed before anybody disputes (outline.go), and a contract needs to know
// primitives only. Who is asked signs an Element of rule Lines, which commits to
// all its lines by a Keccak-256 list. A contract then needs one line to see that a
// primitive is wrong or is not the formula's, two to see that one reads what the
// other did not give, or one and a tile to see that an operand is not what its
// signer committed to.

// A Primitive is one operation on x, y, z. f32 is by bits and rounds to nearest
// even, i32 is two's complement; a NaN is always wrong. The numbers are
// append-only.
type Primitive uint8

const (
	Load   Primitive = 0  // element (y, z) of operand A, floats widened to f32, integers to i32; 0 outside of it
	Const  Primitive = 1  // A
	Plus2  Primitive = 2  // x + y
	Minus  Primitive = 3  // x - y
	Mul    Primitive = 4  // x · y
	Div    Primitive = 5  // x / y
	Root   Primitive = 6  // √x
	FMA    Primitive = 7  // x·y + z, rounded once
	Max    Primitive = 8  // +0 above -0
	Min    Primitive = 9  // -0 below +0
	Ratio  Primitive = 10 // x / y, +0 where y is zero
	Digit  Primitive = 11 // i32 nearest to x (ties to even) between -127 and 127
	Float  Primitive = 12 // f32 nearest to the i32 x (ties to even)
	IntFMA Primitive = 13 // x·y + z in i32, modulo 2³²
	Shift  Primitive = 14 // bits of x plus those of y shifted left by 23: the end of exp
	Row    Primitive = 15 // i32: the row of the element that is worked out
	Col    Primitive = 16 // its column
	Same   Primitive = 17 // 1 if x and y have the same bits, else 0
	Less   Primitive = 18 // 1 if the i32 x is less than y, else 0
	Below  Primitive = 19 // 1 if x < y, else 0
	Pick   Primitive = 20 // bits of y, of z where x is 0
	Quot   Primitive = 21 // i32 x / y towards zero, 0 where y is 0
	Right  Primitive = 22 // i32 x shifted right by 23, sign kept: the beginning of log
	Narrow Primitive = 23 // bf16 nearest to x (ties to even), as f32; an overflow is always wrong
)

// An Instruction is a line without numbers. A, B and C are lines before it that
// give x, y and z; what a primitive does not read is 0. In a Load, A is an operand.
type Instruction struct {
	Do      Primitive
	A, B, C uint32
}

// InstructionSize is the length of an Instruction in bytes.
const InstructionSize = 16

// Bytes returns the instruction as it is hashed: do, a, b, c, 4 bytes each.
func (i *Instruction) Bytes() []byte {
	b := make([]byte, 0, LineSize)
	for _, x := range []uint32{uint32(i.Do), i.A, i.B, i.C} {
		b = binary.BigEndian.AppendUint32(b, x)
	}
	return b
}

// A Formula gives an element as its last line.
type Formula []Instruction

// Formulas says how the elements of a result are worked out.
type Formulas func(op trace.Op, in []trace.Shape, out int) (Formula, error)

// A Line is one word of the EVM, 32 bytes, numbers big-endian:
//
//	at  0  primitive   4 bytes
//	     4  a           4
//	     8  b           4
//	    12  c           4
//	    16  x           4        what line a gave; 0 where none is read
//	    20  y           4
//	    24  z           4
//	    28  result      4
type Line struct {
	Instruction
	X, Y, Z, Result uint32
}

// LineSize is the length of a Line in bytes.
const LineSize = 32

// Bytes returns the line as it is hashed.
func (l *Line) Bytes() []byte {
	b := l.Instruction.Bytes()
	for _, x := range []uint32{l.X, l.Y, l.Z, l.Result} {
		b = binary.BigEndian.AppendUint32(b, x)
	}
	return b
}

// ParseLine is the inverse of Bytes.
func ParseLine(b []byte) (l Line, err error) {
	if len(b) != LineSize {
		return l, errors.New("dispute: not a line")
	}
	if l.Instruction, err = parseInstruction(b[:InstructionSize]); err != nil {
		return l, err
	}
	for i, x := range []*uint32{&l.X, &l.Y, &l.Z, &l.Result} {
		*x = binary.BigEndian.Uint32(b[InstructionSize+4*i:])
	}
	return l, nil
}

// parseInstruction is the inverse of Instruction.Bytes.
func parseInstruction(b []byte) (i Instruction, err error) {
	if len(b) != InstructionSize || binary.BigEndian.Uint32(b) > uint32(Narrow) {
		return i, errors.New("dispute: not an instruction")
	}
	i.Do = Primitive(b[3])
	for k, x := range []*uint32{&i.A, &i.B, &i.C} {
		*x = binary.BigEndian.Uint32(b[4+4*k:])
	}
	return i, nil
}

// reads says which of x, y and z a primitive reads.
func (p Primitive) reads() [3]bool {
	switch p {
	case Const, Row, Col:
		return [3]bool{}
	case Load:
		return [3]bool{false, true, true}
	case Root, Digit, Float, Right, Narrow:
		return [3]bool{true, false, false}
	case FMA, IntFMA, Pick:
		return [3]bool{true, true, true}
	}
	return [3]bool{true, true, false}
}

// of returns what a primitive makes of x, y and z. ok is false for a NaN. Load,
// Const, Row and Col make nothing of them.
func (p Primitive) of(x, y, z uint32) (result uint32, ok bool) {
	f, g, h := math.Float32frombits(x), math.Float32frombits(y), math.Float32frombits(z)
	var r float32
	switch p {
	case Plus2:
		r = f + g
	case Minus:
		r = f - g
	case Mul:
		r = f * g
	case Div:
		r = f / g
	case Root:
		r = float32(math.Sqrt(float64(f)))
	case FMA:
		r = fma32(f, g, h)
	case Max:
		r = max(f, g)
	case Min:
		r = min(f, g)
	case Ratio:
		if g != 0 {
			r = f / g
		}
	case Digit:
		if f != f {
			return 0, false
		}
		return uint32(int32(math.RoundToEven(float64(max(-127, min(127, f)))))), true
	case Float:
		r = float32(int32(x))
	case IntFMA:
		return x*y + z, true
	case Shift:
		return x + y<<23, true
	case Same:
		return truth(x == y), true
	case Less:
		return truth(int32(x) < int32(y)), true
	case Below:
		return truth(f < g), f == f && g == g
	case Pick:
		if x == 0 {
			y = z
		}
		return y, true
	case Quot:
		if y == 0 {
			return 0, true
		}
		return uint32(int32(x) / int32(y)), true
	case Right:
		return uint32(int32(x) >> 23), true
	case Narrow:
		x += 0x7fff + x>>16&1
		x &^= 0xffff
		return x, f == f && x&0x7f800000 != 0x7f800000
	}
	return math.Float32bits(r), r == r
}

func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// Work works a formula out for element (row, col); load gives the elements of
// operands, and is asked for none that is outside of its shape.
func (f Formula) Work(in []trace.Shape, row, col int, load func(in, row, col int) uint32) ([]Line, error) {
	lines := make([]Line, len(f))
	for i, do := range f {
		l := Line{Instruction: do}
		from := [3]uint32{do.A, do.B, do.C}
		for k, read := range do.Do.reads() {
			if read && from[k] >= uint32(i) {
				return nil, fmt.Errorf("dispute: line %d reads line %d", i, from[k])
			}
			if read {
				*l.number(k) = lines[from[k]].Result
			}
		}
		ok := true
		switch do.Do {
		case Load:
			if int(do.A) >= len(in) {
				return nil, fmt.Errorf("dispute: line %d loads from operand %d", i, do.A)
			}
			if inside(in[do.A], l.Y, l.Z) {
				l.Result = load(int(do.A), int(l.Y), int(l.Z))
			}
		case Const:
			l.Result = do.A
		case Row:
			l.Result = uint32(row)
		case Col:
			l.Result = uint32(col)
		default:
			if l.Result, ok = do.Do.of(l.X, l.Y, l.Z); !ok {
				return nil, fmt.Errorf("%w: line %d is not a number", ErrNoResult, i)
			}
		}
		lines[i] = l
	}
	return lines, nil
}

// inside says whether an operand has element (row, col), two i32.
func inside(s trace.Shape, row, col uint32) bool {
	return int64(row) < int64(s.Rows) && int64(col) < int64(s.Cols)
}

// number returns x, y or z.
func (l *Line) number(k int) *uint32 { return [3]*uint32{&l.X, &l.Y, &l.Z}[k] }

// OpenLines fills in an Element of rule Lines.
func OpenLines(e Element, lines []Line) Element {
	list := merkle.NewBuilder(merkle.Keccak256)
	for i := range lines {
		list.Add(lines[i].Bytes())
	}
	e.Windows, e.Inner, e.Rule, e.Start, e.With = list.List(), uint32(len(lines)), Lines, 0, 0
	e.Result = lines[len(lines)-1].Result
	return e
}

// wrongLine says what is wrong with an Element of rule Lines, "" for nothing.
func (a *Appeal) wrongLine(e *Element, o *Opening, op *Operator, instruction func(i uint64) (Instruction, error), at [2]int) (string, error) {
	var lines []Line
	for _, s := range a.Windows {
		if s.Proof.Size != uint64(e.Inner) || s.Proof.Index >= s.Proof.Size {
			return "", fmt.Errorf("dispute: line %d of %d, the formula has %d", s.Proof.Index, s.Proof.Size, e.Inner)
		}
		if err := merkle.Keccak256.VerifyList(e.Windows, s.Window, s.Proof); err != nil {
			return "", fmt.Errorf("dispute: line %d: %w", s.Proof.Index, err)
		}
		want, err := instruction(s.Proof.Index)
		if err != nil {
			return "", err
		}
		l, err := ParseLine(s.Window)
		if err != nil || l.Instruction != want {
			return fmt.Sprintf("line %d is not the formula's", s.Proof.Index), nil
		}
		if why := l.wrong(op.shapes(), at); why != "" {
			return fmt.Sprintf("line %d: %s", s.Proof.Index, why), nil
		}
		if s.Proof.Index == s.Proof.Size-1 && l.Result != e.Result {
			return "the result is not what its last line gives", nil
		}
		lines = append(lines, l)
	}
	if len(lines) == 2 {
		l, from := &lines[0], uint32(a.Windows[1].Proof.Index)
		reads := l.Do.reads()
		for k, line := range [3]uint32{l.A, l.B, l.C} {
			if said := *l.number(k); reads[k] && line == from && said != lines[1].Result {
				return fmt.Sprintf("line %d reads %#x from line %d, which gives %#x", a.Windows[0].Proof.Index, said, from, lines[1].Result), nil
			}
		}
	}
	switch {
	case len(a.Part) == 0:
		return "", nil
	case a.Part[0].Which == OfResult:
		return a.result(e, o, op, at)
	case len(lines) == 0 || lines[0].Do != Load:
		return "", errors.New("dispute: an operand is compared with no line that loads one")
	}
	place, err := op.operand(int(lines[0].A))
	if err != nil {
		return "", err
	}
	return a.part(o, place, Access{Row: int(int32(lines[0].Y)), Col: int(int32(lines[0].Z))}, 0, []uint32{lines[0].Result})
}

// wrong does a line again. What is loaded is compared with its tile elsewhere.
func (l *Line) wrong(in []trace.Shape, at [2]int) string {
	for k, read := range l.Do.reads() {
		if !read && *l.number(k) != 0 {
			return "it has a number that is not read"
		}
	}
	want, ok := l.Result, true
	switch l.Do {
	case Load:
		if int(l.A) >= len(in) || !inside(in[l.A], l.Y, l.Z) {
			want = 0
		}
	case Const:
		want = l.A
	case Row:
		want = uint32(at[0])
	case Col:
		want = uint32(at[1])
	default:
		want, ok = l.Do.of(l.X, l.Y, l.Z)
	}
	if !ok || want != l.Result {
		return fmt.Sprintf("the primitive gives %#x, it says %#x", want, l.Result)
	}
	return ""
}
