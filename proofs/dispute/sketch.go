package dispute

import (
	"bytes"
	"errors"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// A Sketch is an Outline with what it commits to.
type Sketch struct {
	Outline
	operators [][]byte // by leaf
	sources   [][]byte
	finals    [][]byte
}

// Sketch outlines a step that learns from batch. The program MUST be complete.
func (t *Tables) Sketch(p *trace.Program, batch merkle.Digest) (*Sketch, error) {
	return t.Sketcher().Sketch(p, batch)
}

// A Sketcher outlines the steps of one job, which are much alike: it works out each
// operator once, and hashes what differs from the step before. It is not safe for
// concurrent use.
type Sketcher struct {
	tables             *Tables
	known              map[form]*Operator
	operators, sources list
}

// A list is the Keccak list of one step, from which that of the next is made.
type list struct {
	leaves [][]byte
	tree   *merkle.Tree
}

// digest returns keccakList(leaves), and keeps them.
func (l *list) digest(leaves [][]byte) merkle.Digest {
	var changed []int
	if len(leaves) == len(l.leaves) {
		for i := range leaves {
			if !bytes.Equal(leaves[i], l.leaves[i]) {
				changed = append(changed, i)
			}
		}
	}
	// A change costs a path, a tree two nodes a leaf.
	if len(leaves) != len(l.leaves) || len(changed) > len(leaves)/16 {
		l.leaves, l.tree = leaves, keccakTree(leaves)
		return l.tree.List()
	}
	for _, i := range changed {
		l.tree.Set(uint64(i), merkle.Keccak256.Leaf(leaves[i]))
	}
	l.leaves = leaves
	return l.tree.List()
}

// A form is all that the description of an operator's result depends on, the
// places of its operands in the step apart.
type form struct {
	code   uint16
	attrs  string
	shapes string
	out    int
}

// mostForms bounds what a Sketcher remembers.
const mostForms = 1 << 15

// Sketcher returns one that knows nothing yet.
func (t *Tables) Sketcher() *Sketcher { return &Sketcher{tables: t, known: make(map[form]*Operator)} }

// Sketch outlines a step that learns from batch. The program MUST be complete.
func (s *Sketcher) Sketch(p *trace.Program, batch merkle.Digest) (*Sketch, error) {
	if !p.Complete() {
		return nil, errors.New("dispute: samples of the step are missing")
	}
	x := &Sketch{
		Outline: Outline{
			Values: uint32(len(p.Values)), Ops: uint32(len(p.Ops)), Loss: uint32(p.Loss), Batch: batch, Frozen: p.Frozen,
		},
		operators: make([][]byte, maxResults*len(p.Ops)),
	}
	for i := range p.Ops {
		o := &p.Ops[i]
		for k, v := range o.Out[:min(maxResults, len(o.Out))] {
			if v == trace.Absent {
				continue
			}
			if known := s.operator(p, i, k); known != nil { // else a contract cannot judge it
				x.operators[maxResults*i+k] = known.at(p, v, o.In)
			}
		}
	}
	for i := range p.Values {
		v := &p.Values[i]
		x.sources = append(x.sources, append(append([]byte{byte(v.Source)}, v.Digest[:]...), v.Name...))
	}
	x.finals = finals(p)
	x.Operators, x.Sources, x.Finals = s.operators.digest(x.operators), s.sources.digest(x.sources), keccakList(x.finals)
	return x, nil
}

// operator returns the description of a result; nil if there is none.
func (s *Sketcher) operator(p *trace.Program, op, out int) *Operator {
	x := &p.Ops[op]
	var shapes []byte
	for _, in := range p.Shapes(op) {
		shapes = append(appendWord(shapes, uint32(in.Rows), uint32(in.Cols)), byte(in.Type))
	}
	at := form{x.Code, string(x.Attrs), string(shapes), out}
	o, ok := s.known[at]
	if !ok {
		o, _, _ = s.tables.operator(p, op, out)
		if len(s.known) == mostForms {
			clear(s.known)
		}
		s.known[at] = o
	}
	return o
}

// at returns the bytes of an operator with the result and the operands of a step.
func (o *Operator) at(p *trace.Program, result int32, in []int32) []byte {
	here := *o
	here.Places = make([]Place, len(o.Places))
	for j := range here.Places {
		v := result
		if j > 0 {
			v = in[j-1]
		}
		if v != trace.Absent {
			y := &p.Values[v]
			here.Places[j] = Place{uint32(v), trace.Shape{Type: y.Type, Rows: y.Rows, Cols: y.Cols}, y.Vector, true}
		}
	}
	return here.Bytes()
}
