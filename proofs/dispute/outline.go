package dispute

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A contract cannot build the program of a step. It believes what the accused
// signed of it before the work began: a Plan, by which both agree what each step
// consists of. Everybody who has the JobSpec and the data computes the same Plan,
// so whoever hands out a job refuses a worker with another. Bytes lie at fixed
// places, numbers are 4 bytes, big-endian; lists are hashed by Keccak-256.

// A Plan is the payload of an OpenElement record whose subject is a job: what its
// signer lets a contract judge its work by.
type Plan struct {
	Steps  merkle.Digest // Keccak list of the Outlines of steps 1 to the last
	Start  merkle.Digest // trace.Initial of the job
	Client record.Account
}

// AppendCanon appends the 84 bytes of steps, start and client as a byte string.
func (p *Plan) AppendCanon(b []byte) []byte {
	x := append(make([]byte, 0, 84), p.Steps[:]...)
	return canon.AppendBytes(b, append(append(x, p.Start[:]...), p.Client[:]...))
}

// ReadCanon reads what AppendCanon wrote.
func (p *Plan) ReadCanon(r *canon.Reader) {
	var x [84]byte
	r.Fixed(x[:])
	copy(p.Steps[:], x[:])
	copy(p.Start[:], x[32:])
	copy(p.Client[:], x[64:])
}

// PlanHeader returns the header of a Plan; Seal fills in the payload.
func PlanHeader(network record.Network, job [32]byte) record.Header {
	return record.Header{Network: network, Type: record.OpenElement, Subject: job}
}

// An Outline is what a contract reads of one step.
//
//	at  0  values, ops, loss   4 bytes each, then 20 zeros; see trace.Program
//	   32  operators  Keccak list: result k of operator i is leaf 4i+k, an Operator or empty
//	   64  sources    Keccak list of the values: source (1 byte), digest, name
//	   96  batch      what the step learns from
//	  128  frozen     of the model's frozen parameters
//	  160  finals     Keccak list of the state after the step, by name: value + 1
//	                  (4 bytes, 0 if it is none), digest if it is none, name
type Outline struct {
	Values, Ops, Loss uint32
	Operators         merkle.Digest
	Sources           merkle.Digest
	Batch, Frozen     merkle.Digest
	Finals            merkle.Digest
}

// OutlineSize is the length of an Outline in bytes.
const OutlineSize = 6 * 32

// maxResults is how many results an operator has at most.
const maxResults = 4

// Bytes returns the outline as it is hashed.
func (o *Outline) Bytes() []byte {
	b := appendWord(make([]byte, 0, OutlineSize), o.Values, o.Ops, o.Loss)
	for _, d := range []merkle.Digest{o.Operators, o.Sources, o.Batch, o.Frozen, o.Finals} {
		b = append(b, d[:]...)
	}
	return b
}

// ParseOutline is the inverse of Bytes.
func ParseOutline(b []byte) (o Outline, err error) {
	if len(b) != OutlineSize {
		return o, errors.New("dispute: not an outline")
	}
	for i, x := range []*uint32{&o.Values, &o.Ops, &o.Loss} {
		*x = binary.BigEndian.Uint32(b[4*i:])
	}
	for i, d := range []*merkle.Digest{&o.Operators, &o.Sources, &o.Batch, &o.Frozen, &o.Finals} {
		copy(d[:], b[32+32*i:])
	}
	if string(o.Bytes()) != string(b) {
		return o, errors.New("dispute: not an outline")
	}
	return o, nil
}

// appendWord appends numbers and zeros: one word of the EVM.
func appendWord(b []byte, numbers ...uint32) []byte {
	for _, x := range numbers {
		b = binary.BigEndian.AppendUint32(b, x)
	}
	return append(b, make([]byte, 32-4*len(numbers))...)
}

// An Operator is how a contract works out elements of one result of an operator.
//
//	at   0  rule, inner   inner: FMAs of the chain, or lines
//	    32  lines    Keccak list of the Instructions; zero for a chain
//	    64  a, b, start, with   a Reach each, for a chain; else zero
//	   192  result, then the operands: a Place each
type Operator struct {
	Rule              Rule
	Inner             uint32
	Lines             merkle.Digest
	A, B, Start, With Reach
	Places            []Place
}

// A Reach is an Access of all elements: element k lies at (row + k·dRow,
// col + k·dCol), and beside that as many rows or columns on as Row and Col say.
//
//	at 0  operand + 1, 0 if absent;  row, col, dRow, dCol, rowOf, colOf   4 bytes each
type Reach struct {
	Access
	RowOf, ColOf Of
}

// Of is what is added: nothing, the element's row or its column.
type Of uint32

const (
	OfNothing Of = 0
	OfRow     Of = 1
	OfCol     Of = 2
)

// A Place is where a value stands in the list of a step, and its shape.
//
//	at 0  value, type, rows, cols, vector, present   4 bytes each
type Place struct {
	Value   uint32
	Shape   trace.Shape
	Vector  bool
	Present bool
}

// Tiling returns how the value is cut into tiles.
func (p *Place) Tiling() (merkle.Tiling, error) {
	v := trace.Value{Type: p.Shape.Type, Rows: p.Shape.Rows, Cols: p.Shape.Cols, Vector: p.Vector}
	return v.Tiling()
}

// at returns the access for element (row, col).
func (r *Reach) at(row, col int) Access {
	a := r.Access
	a.Row += []int{0, row, col}[r.RowOf]
	a.Col += []int{0, row, col}[r.ColOf]
	return a
}

// Bytes returns the operator as it is hashed.
func (o *Operator) Bytes() []byte {
	b := append(appendWord(nil, uint32(o.Rule), o.Inner), o.Lines[:]...)
	for _, r := range []*Reach{&o.A, &o.B, &o.Start, &o.With} {
		b = appendWord(b, uint32(r.In+1), uint32(r.Row), uint32(r.Col), uint32(r.DRow), uint32(r.DCol), uint32(r.RowOf), uint32(r.ColOf))
	}
	for i := range o.Places {
		p := &o.Places[i]
		b = appendWord(b, p.Value, uint32(p.Shape.Type), uint32(p.Shape.Rows), uint32(p.Shape.Cols), truth(p.Vector), truth(p.Present))
	}
	return b
}

// ParseOperator is the inverse of Bytes.
func ParseOperator(b []byte) (*Operator, error) {
	words := len(b) / 32
	if len(b)%32 != 0 || words < 7 || words > 7+maxInputs {
		return nil, errors.New("dispute: not an operator")
	}
	at := func(word, k int) uint32 { return binary.BigEndian.Uint32(b[32*word+4*k:]) }
	o := &Operator{Rule: Rule(at(0, 0)), Inner: at(0, 1), Lines: merkle.Digest(b[32:])}
	for i, r := range []*Reach{&o.A, &o.B, &o.Start, &o.With} {
		*r = Reach{
			Access{In: int(at(2+i, 0)) - 1, Row: int(at(2+i, 1)), Col: int(at(2+i, 2)), DRow: int(at(2+i, 3)), DCol: int(at(2+i, 4))},
			Of(at(2+i, 5)), Of(at(2+i, 6)),
		}
		if r.RowOf > OfCol || r.ColOf > OfCol {
			return nil, errors.New("dispute: not an operator")
		}
	}
	for w := 6; w < words; w++ {
		s := trace.Shape{Type: merkle.DType(at(w, 1)), Rows: int(at(w, 2)), Cols: int(at(w, 3))}
		o.Places = append(o.Places, Place{at(w, 0), s, at(w, 4) == 1, at(w, 5) == 1})
	}
	if string(o.Bytes()) != string(b) {
		return nil, errors.New("dispute: not an operator")
	}
	return o, nil
}

// shapes returns those of the operands.
func (o *Operator) shapes() []trace.Shape {
	all := make([]trace.Shape, len(o.Places)-1)
	for i := range all {
		all[i] = o.Places[i+1].Shape
	}
	return all
}

// operator describes a result of an operator of a step; its formula, if it is
// worked out by lines.
func (t *Tables) operator(p *trace.Program, op, out int) (*Operator, Formula, error) {
	x, shapes := p.Ops[op], p.Shapes(op)
	o := &Operator{Places: make([]Place, 1, 1+len(x.In))}
	none := Reach{Access: Access{In: -1}}
	o.A, o.B, o.Start, o.With = none, none, none, none
	place := func(value int32) Place {
		if value == trace.Absent {
			return Place{}
		}
		v := &p.Values[value]
		return Place{uint32(value), trace.Shape{Type: v.Type, Rows: v.Rows, Cols: v.Cols}, v.Vector, true}
	}
	o.Places[0] = place(x.Out[out])
	for _, in := range x.In {
		o.Places = append(o.Places, place(in))
	}
	var corners [3]Product
	var err error
	for i, at := range [3][2]int{{0, 0}, {1, 0}, {0, 1}} {
		if corners[i], err = t.Products(x, shapes, out, at[0], at[1]); err != nil {
			f, wrong := t.Formulas(x, shapes, out)
			if wrong != nil {
				return nil, nil, wrong
			}
			o.Rule, o.Inner, o.Lines = Lines, uint32(len(f)), f.Digest()
			return o, f, nil
		}
	}
	c := &corners[0]
	o.Rule, o.Inner = c.Rule, uint32(c.Inner)
	for i, r := range []*Reach{&o.A, &o.B, &o.Start, &o.With} {
		of := func(k int) Access { return []Access{corners[k].A, corners[k].B, corners[k].Start, corners[k].With}[i] }
		*r = Reach{of(0), along(of(1).Row-of(0).Row, of(2).Row-of(0).Row), along(of(1).Col-of(0).Col, of(2).Col-of(0).Col)}
	}
	return o, nil, nil
}

// along says what a place moves with, given how far for a step down and right.
func along(down, right int) Of {
	switch {
	case down == 1:
		return OfRow
	case right == 1:
		return OfCol
	}
	return OfNothing
}

// Digest returns the Keccak list digest of a formula.
func (f Formula) Digest() merkle.Digest {
	list := merkle.NewBuilder(merkle.Keccak256)
	for i := range f {
		list.Add(f[i].Bytes())
	}
	return list.List()
}

// finals are the entries of the state after a step.
func finals(p *trace.Program) (leaves [][]byte) {
	type final struct {
		name string
		leaf []byte
	}
	var all []final
	add := func(name string, value uint32, d merkle.Digest) {
		leaf := append(binary.BigEndian.AppendUint32(nil, value), d[:]...)
		all = append(all, final{name, append(leaf, name...)})
	}
	for _, f := range p.Final {
		add(f.Name, uint32(f.Value)+1, merkle.Digest{})
	}
	for _, e := range p.After {
		add(e.Name, 0, e.Digest)
	}
	slices.SortFunc(all, func(a, b final) int { return cmp.Compare(a.name, b.name) })
	for _, f := range all {
		leaves = append(leaves, f.leaf)
	}
	return leaves
}

// byName sorts entries as a map has them.
func byName(all []merkle.Entry) {
	slices.SortFunc(all, func(a, b merkle.Entry) int { return cmp.Compare(a.Name, b.Name) })
}

func keccakTree(leaves [][]byte) *merkle.Tree {
	digests, empty := make([]merkle.Digest, len(leaves)), merkle.Keccak256.Leaf(nil)
	for i, b := range leaves {
		digests[i] = empty // most results that an operator could have
		if len(b) > 0 {
			digests[i] = merkle.Keccak256.Leaf(b)
		}
	}
	return merkle.NewTree(merkle.Keccak256, digests)
}

func keccakList(leaves [][]byte) merkle.Digest { return keccakTree(leaves).List() }

// shown returns a leaf with its proof.
func shown(leaves [][]byte, i uint64) (Shown, error) {
	p, err := keccakTree(leaves).Prove(i)
	if err != nil {
		return Shown{}, err
	}
	return Shown{leaves[i], p}, nil
}

// Steps returns the digest that a Plan has of outlines.
func Steps(outlines []Outline) merkle.Digest {
	list := merkle.NewBuilder(merkle.Keccak256)
	for i := range outlines {
		list.Add(outlines[i].Bytes())
	}
	return list.List()
}
