package dispute

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Product says what an element of a result is a chain of: element k of A times
// element k of B, from Start on. Start and With are one element, or of operand
// Absent.
type Product struct {
	A, B, Start, With Access
	Inner             int
	Rule              Rule
}

// An Access names elements of an operand: element k lies at (Row + k·DRow,
// Col + k·DCol).
type Access struct {
	In                   int // operand, or Absent
	Row, Col, DRow, DCol int
}

// A Products says what element (row, col) of a result is a chain of; a contract
// has it as a small table of the operators that are products.
type Products func(op trace.Op, in []trace.Shape, out, row, col int) (Product, error)

// Tables are what a contract knows of operators: an element of a result is one
// chain, or the last of some lines (lines.go), or neither.
type Tables struct {
	Products Products
	Formulas Formulas
}

// An Appeal shows that what its signer says of one element contradicts itself or
// what it committed to. It names the signer of Element and Ops, one worker.
type Appeal struct {
	Ops     []byte  // the OpenOps record
	Element []byte  // the OpenElement record
	Windows []Shown // one, or two neighbours; none if the Element alone is wrong. With rule Lines: a line, and one that it reads
	Part    []Part  // none, or one
}

// Shown is a window, and its proof in the Element's list.
type Shown struct {
	Window []byte
	Proof  merkle.Proof
}

// A Part is a tile that the Element or its window is compared with, and its way
// to the list of the step.
type Part struct {
	Which  Which
	Tile   uint32
	Bytes  []byte
	Path   []merkle.Digest
	Tensor merkle.Digest // of the operand or result
	Entry  merkle.Proof  // of Tensor in the list
}

// Which says what a Part is of. The numbers are append-only.
type Which uint8

const (
	OfA      Which = 0
	OfB      Which = 1
	OfStart  Which = 2
	OfWith   Which = 3
	OfResult Which = 4
)

// ElementHeader returns the header of an OpenElement by the signer of an OpenOps.
func ElementHeader(ops record.Verified, e *Element) record.Header {
	return record.Header{
		Network: ops.Header().Network, Type: record.OpenElement, Subject: ops.Header().Digest(),
		Sequence: uint64(e.Op)<<43 | uint64(e.Out)<<30 | uint64(e.Tile)<<12 | uint64(e.At),
	}
}

// Judge returns who is guilty and why. program is the inside of the step that the
// OpenOps record names. Like Verify it is pure and total. A Brief is judged
// without a program.
func (a *Appeal) Judge(network record.Network, program *trace.Program, tables Tables) (record.PublicKey, string, error) {
	s, err := a.open(network)
	if err != nil {
		return record.PublicKey{}, "", err
	}
	if s.o.Count != uint64(len(program.Values)) {
		return record.PublicKey{}, "", errors.New("dispute: the records do not belong together")
	}
	e := &s.e
	if int(e.Op) >= len(program.Ops) || int(e.Out) >= len(program.Ops[e.Op].Out) || program.Ops[e.Op].Out[e.Out] == trace.Absent {
		return s.convict("it opened an element of no operator", nil)
	}
	op, formula, err := tables.operator(program, int(e.Op), int(e.Out))
	if err != nil {
		return record.PublicKey{}, "", err
	}
	return s.convict(a.wrong(e, &s.o, op, func(i uint64) (Instruction, error) { return formula[i], nil }))
}

// A statement is the records of an appeal, opened: they belong together.
type statement struct {
	ops record.Verified
	o   Opening
	e   Element
}

func (a *Appeal) open(network record.Network) (s statement, err error) {
	if s.ops, err = record.Open(a.Ops, network); err != nil {
		return s, err
	}
	element, err := record.Open(a.Element, network)
	if err != nil {
		return s, err
	}
	if err := errors.Join(canon.Decode(s.ops.Payload(), &s.o, canon.Limits{}), canon.Decode(element.Payload(), &s.e, canon.Limits{})); err != nil {
		return s, err
	}
	want := ElementHeader(s.ops, &s.e)
	want.Payload = element.Header().Payload
	if s.ops.Header().Type != record.OpenOps || element.Header() != want || s.ops.Signer() != element.Signer() {
		return s, errors.New("dispute: the records do not belong together")
	}
	return s, nil
}

// convict returns the signer if there is something wrong.
func (s *statement) convict(why string, err error) (record.PublicKey, string, error) {
	if err == nil && why == "" {
		err = ErrNothing
	}
	if err != nil {
		return record.PublicKey{}, "", err
	}
	return s.ops.Signer(), why, nil
}

// wrong says what is wrong, "" for nothing. instruction gives those of a formula.
func (a *Appeal) wrong(e *Element, o *Opening, op *Operator, instruction func(i uint64) (Instruction, error)) (string, error) {
	tiling, err := op.Places[0].Tiling()
	if err != nil {
		return "", err
	}
	r, c := int(e.At)/merkle.Tile, int(e.At)%merkle.Tile
	if int(e.Tile) >= tiling.Tiles() {
		return "it opened an element of no tile", nil
	}
	row, col, rows, cols := tiling.Rect(int(e.Tile))
	if r >= rows || c >= cols {
		return "it opened an element that is not there", nil
	}
	at := [2]int{row + r, col + c}
	if e.Rule != op.Rule || e.Inner != op.Inner || op.Start.In < 0 && e.Start != 0 || op.With.In < 0 && e.With != 0 {
		return "it opened an element in another form than the operator's", nil
	}
	if len(a.Windows) > 2 || len(a.Part) > 1 {
		return "", errors.New("dispute: an appeal of too much")
	}
	if e.Rule == Lines {
		return a.wrongLine(e, o, op, instruction, at)
	}
	windows, err := a.windows(e)
	if err != nil {
		return "", err
	}
	for i := range windows {
		w := &windows[i]
		if err := w.check(e.Inner); err != nil {
			return err.Error(), nil
		}
		if w.Number == 0 && w.SumBefore != e.Start {
			return "the chain does not begin with what it says", nil
		}
		if w.Number == (e.Inner-1)/WindowFMAs && e.Rule.of(w.SumAfter, e.With) != e.Result {
			return "the result is not what its chain gives", nil
		}
	}
	if len(windows) == 2 && !windows[1].follows(&windows[0]) {
		return fmt.Sprintf("window %d does not follow window %d", windows[1].Number, windows[0].Number), nil
	}
	if len(a.Part) == 0 {
		return "", nil
	}
	return a.productPart(e, o, op, windows, at)
}

// windows reads what is shown of the Element's list.
func (a *Appeal) windows(e *Element) ([]Window, error) {
	n := uint64((e.Inner-1)/WindowFMAs) + 1
	var all []Window
	for i, s := range a.Windows {
		if s.Proof.Size != n || i > 0 && s.Proof.Index != a.Windows[0].Proof.Index+1 {
			return nil, fmt.Errorf("dispute: window %d of %d, the chain has %d", s.Proof.Index, s.Proof.Size, n)
		}
		if err := merkle.Keccak256.VerifyList(e.Windows, s.Window, s.Proof); err != nil {
			return nil, fmt.Errorf("dispute: window %d: %w", s.Proof.Index, err)
		}
		w, err := ParseWindow(s.Window)
		if err != nil || uint64(w.Number) != s.Proof.Index {
			w = Window{Number: uint32(n)} // signed, and wrong: check says so
		}
		all = append(all, w)
	}
	return all, nil
}

// productPart compares a tile with what was said of it.
func (a *Appeal) productPart(e *Element, o *Opening, op *Operator, windows []Window, at [2]int) (string, error) {
	which := a.Part[0].Which
	reach := map[Which]*Reach{OfA: &op.A, OfB: &op.B, OfStart: &op.Start, OfWith: &op.With}[which]
	said, first := []uint32{map[Which]uint32{OfStart: e.Start, OfWith: e.With}[which]}, 0
	switch {
	case which == OfResult:
		return a.result(e, o, op, at)
	case reach == nil:
		return "", errors.New("dispute: no such operand")
	case which <= OfB && len(windows) == 0:
		return "", errors.New("dispute: an operand is compared with no window")
	case which <= OfB:
		w := &windows[0]
		first = int(w.Number) * WindowFMAs
		said = map[Which][]uint32{OfA: w.A[:w.Count], OfB: w.B[:w.Count]}[which]
	}
	place, err := op.operand(reach.In)
	if err != nil {
		return "", err
	}
	return a.part(o, place, reach.at(at[0], at[1]), first, said)
}

func (o *Operator) operand(in int) (*Place, error) {
	if in < 0 || in+1 >= len(o.Places) || !o.Places[in+1].Present {
		return nil, errors.New("dispute: no such operand")
	}
	return &o.Places[in+1], nil
}

// result compares the element with the tile that was claimed.
func (a *Appeal) result(e *Element, o *Opening, op *Operator, at [2]int) (string, error) {
	return a.part(o, &op.Places[0], Access{Row: at[0], Col: at[1]}, 0, []uint32{e.Result})
}

// part compares elements of a tile of a value, from the first on, with what was
// said of them.
func (a *Appeal) part(o *Opening, v *Place, access Access, first int, said []uint32) (string, error) {
	x := &a.Part[0]
	tiling, err := v.Tiling()
	if err != nil {
		return "", err
	}
	if x.Entry.Index != uint64(v.Value) || x.Entry.Size != o.Count {
		return "", errors.New("dispute: the tile is of another value")
	}
	if err := merkle.SHA256.VerifyList(o.Digest, x.Tensor[:], x.Entry); err != nil {
		return "", err
	}
	if err := tiling.Verify(x.Tensor, int(x.Tile), x.Bytes, x.Path); err != nil {
		return "", err
	}
	row, col, rows, cols := tiling.Rect(int(x.Tile))
	for i, bits := range said {
		r, c := access.Row+(first+i)*access.DRow-row, access.Col+(first+i)*access.DCol-col
		if r < 0 || c < 0 || r >= rows || c >= cols {
			continue
		}
		if got, ok := elementBits(v.Shape.Type, x.Bytes, r*cols+c); !ok {
			return "", fmt.Errorf("dispute: operand of type %d", v.Shape.Type)
		} else if got != bits {
			return fmt.Sprintf("element (%d,%d) of the operand or result is %#x, it says %#x", row+r, col+c, got, bits), nil
		}
	}
	return "", nil
}

// elementBits returns the bits of an element: a float widened to f32 and an
// integer to i32, which is exact.
func elementBits(t merkle.DType, b []byte, i int) (uint32, bool) {
	switch t {
	case merkle.I8:
		return uint32(int32(int8(b[i]))), true
	case merkle.F32, merkle.I32:
		return binary.LittleEndian.Uint32(b[4*i:]), true
	case merkle.BF16:
		return uint32(binary.LittleEndian.Uint16(b[2*i:])) << 16, true
	case merkle.F16:
		h := uint32(binary.LittleEndian.Uint16(b[2*i:]))
		sign, exp, frac := h>>15<<31, h>>10&31, h&1023
		if exp == 0 { // a subnormal is frac·2⁻²⁴
			return sign | math.Float32bits(float32(frac)*0x1p-24), true
		}
		if exp == 31 {
			return sign | 255<<23 | frac<<13, true
		}
		return sign | (exp+112)<<23 | frac<<13, true
	}
	return 0, false
}
