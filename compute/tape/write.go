package tape

import (
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// Value returns what a program says of a slot but for its Source and Digest.
func (t *Tape) Value(r Ref, dims Dims) trace.Value {
	s := &t.Slots[r]
	return trace.Value{
		Type: merkle.DType(s.Type), Rows: dims.of(s.Rows), Cols: int(s.Cols), Vector: s.Vector, Name: s.Name,
	}
}

// Write appends application i of a lowered tape to a program. values are those
// of the program by slot; it fills in the results.
func (t *Tape) Write(p *trace.Program, i int, values []int32, dims Dims) {
	a := &t.Apps[i]
	o := trace.Op{Code: uint16(a.Code), Attrs: a.Attrs.AppendCanon(nil), Name: a.Code.String()}
	for _, r := range a.In {
		v := trace.Absent
		if r != None {
			v = values[r]
		}
		o.In = append(o.In, v)
	}
	for _, r := range a.Out {
		if r == None {
			o.Out = append(o.Out, trace.Absent)
			continue
		}
		v := t.Value(r, dims)
		if v.Source = trace.Made; v.Name != "" && o.Name == a.Code.String() {
			o.Name += " (" + v.Name + ")"
		}
		p.Values = append(p.Values, v)
		values[r] = int32(len(p.Values) - 1)
		o.Out = append(o.Out, values[r])
	}
	p.Ops = append(p.Ops, o)
}

// Bytes returns how to find the bytes of what application i reads or makes, by
// its number in a program: values are those of the program by slot, as Write has
// them.
func (t *Tape) Bytes(i int, values []int32, v *Values) func(value int32) []byte {
	return func(value int32) []byte {
		a := &t.Apps[i]
		for _, refs := range [][]Ref{a.In, a.Out} {
			for _, r := range refs {
				if r != None && values[r] == value {
					return v.Bytes(r)
				}
			}
		}
		panic("tape: internal error: an operator without its value")
	}
}
