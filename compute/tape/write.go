package tape

import (
	"fmt"
	"slices"

	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// A Writer writes lowered tapes one after another into the program of a step.
type Writer struct {
	Program *trace.Program
	State   map[string]int32 // the value that each state has by now, by name

	known map[string]int32
}

// A Part is a lowered tape within a program, and what it ran on.
type Part struct {
	Tape   *Tape
	Env    Env
	Bind   Binding
	First  int     // its first operator in the program
	Values []int32 // those of the program, by slot
}

// NewWriter returns the Writer of an empty program.
func NewWriter() *Writer {
	return &Writer{Program: new(trace.Program), State: make(map[string]int32), known: make(map[string]int32)}
}

// Add appends a value.
func (w *Writer) Add(v trace.Value) int32 {
	w.Program.Values = append(w.Program.Values, v)
	return int32(len(w.Program.Values) - 1)
}

// Once returns the value that was added under a key, or adds it.
func (w *Writer) Once(key string, v trace.Value) int32 {
	at, ok := w.known[key]
	if !ok {
		at = w.Add(v)
		w.known[key] = at
	}
	return at
}

// Frozen returns the frozen value of this name, which it adds the first time.
func (w *Writer) Frozen(v trace.Value) int32 {
	v.Source = trace.Frozen
	return w.Once(v.Name, v)
}

// Given adds a value with what it holds.
func (w *Writer) Given(v trace.Value, d Data) (int32, error) {
	b := merkle.Bytes(d.F)
	if d.F == nil {
		b = merkle.Bytes(d.I)
	}
	var err error
	v.Source = trace.Given
	v.Digest, err = v.DigestOf(b)
	return w.Add(v), err
}

// Zeros returns a given value of zeros, which is added the first time.
func (w *Writer) Zeros(name string, rows, cols int) (int32, error) {
	v := trace.Value{Source: trace.Given, Type: merkle.F32, Rows: rows, Cols: cols, Name: "zeros for " + name}
	var err error
	v.Digest, err = zeroDigest(rows, cols)
	return w.Once(v.Name, v), err
}

// zeroDigest is the digest of a matrix of zeros: its tiles have four shapes at
// most.
func zeroDigest(rows, cols int) (merkle.Digest, error) {
	tiling, err := merkle.NewTiling(merkle.F32, rows, cols)
	if err != nil {
		return merkle.Digest{}, err
	}
	if tiling.Tiles() > trace.MaxTiles {
		return merkle.Digest{}, fmt.Errorf("tape: zeros of %d tiles, a dispute allows %d", tiling.Tiles(), trace.MaxTiles)
	}
	leaves, known := make([]merkle.Digest, tiling.Tiles()), make(map[int]merkle.Digest)
	for i := range leaves {
		_, _, r, c := tiling.Rect(i)
		d, ok := known[r*c]
		if !ok {
			d = merkle.SHA256.Leaf(make([]byte, 4*r*c))
			known[r*c] = d
		}
		leaves[i] = d
	}
	return merkle.NewHasher().Join(tiling, leaves), nil
}

// Part writes a lowered tape. Its states are those of w.State, which what it
// makes of them becomes; its tables are those of env. source returns what any
// other slot has in the program, given what the program says of it: one of class
// Input, of which input is the place in bind.Inputs, a Weight, or a State that
// w.State has not.
func (w *Writer) Part(low *Tape, env Env, bind Binding, source func(class Class, input int, v trace.Value) (int32, error)) (Part, error) {
	p := Part{Tape: low, Env: env, Bind: bind, First: len(w.Program.Ops), Values: make([]int32, len(low.Slots))}
	input := 0
	for i := range low.Slots {
		s := &low.Slots[i]
		p.Values[i] = trace.Absent
		var err error
		switch at, ok := w.State[s.Name]; {
		case s.Class == State && ok:
			p.Values[i] = at
		case s.Class == Table:
			p.Values[i], err = w.table(low.value(Ref(i), bind.Dims), env)
		case s.Class == Input || s.Class == Weight || s.Class == State:
			p.Values[i], err = source(s.Class, input, low.value(Ref(i), bind.Dims))
		}
		if err != nil {
			return p, err
		}
		if s.Class == Input {
			input++
		}
	}
	for i := range low.Apps {
		w.app(&p, &low.Apps[i])
	}
	return p, nil
}

// value returns what a program says of a slot but for what it makes a digest of.
func (t *Tape) value(r Ref, dims Dims) trace.Value {
	s := &t.Slots[r]
	return trace.Value{
		Source: trace.Given, Type: merkle.DType(s.Type), Rows: dims.of(s.Rows), Cols: int(s.Cols), Vector: s.Vector, Name: s.Name,
	}
}

func (w *Writer) table(v trace.Value, env Env) (int32, error) {
	t := env.Tables[v.Name]
	if t == nil || t.Positions < v.Rows {
		return 0, fmt.Errorf("tape: no rotary table of %d positions", v.Rows)
	}
	var err error
	key := fmt.Sprintf("%s of %d rows", v.Name, v.Rows)
	if _, ok := w.known[key]; !ok {
		v.Digest, err = v.DigestOf(TableBytes(t, v.Rows))
	}
	return w.Once(key, v), err
}

// app writes one application.
func (w *Writer) app(p *Part, a *App) {
	o := trace.Op{Code: uint16(a.Code), Attrs: a.Attrs.AppendCanon(nil), Name: a.Code.String()}
	for _, r := range a.In {
		v := trace.Absent
		if r != None {
			v = p.Values[r]
		}
		o.In = append(o.In, v)
	}
	for _, r := range a.Out {
		if r == None {
			o.Out = append(o.Out, trace.Absent)
			continue
		}
		v := p.Tape.value(r, p.Bind.Dims)
		if v.Source = trace.Made; v.Name != "" && o.Name == a.Code.String() {
			o.Name += " (" + v.Name + ")"
		}
		p.Values[r] = w.Add(v)
		if s := &p.Tape.Slots[r]; s.Class == Update {
			w.State[p.Tape.Slots[s.Of].Name] = p.Values[r]
		}
		o.Out = append(o.Out, p.Values[r])
	}
	w.Program.Ops = append(w.Program.Ops, o)
}

// bytes returns how to find the bytes of what application i reads or makes, by
// its number in the program.
func (p *Part) bytes(i int, v *Values) func(value int32) []byte {
	return func(value int32) []byte {
		a := &p.Tape.Apps[i]
		for _, refs := range [][]Ref{a.In, a.Out} {
			for _, r := range refs {
				if r != None && p.Values[r] == value {
					return v.Bytes(r)
				}
			}
		}
		panic("tape: internal error: an operator without its value")
	}
}

// Hook shows each application of the part to a watch, as operator of the program
// that it was written into. keep, if any, is given what the tape keeps, before the
// watch looks at it; it MUST NOT keep the bytes.
func (p *Part) Hook(program *trace.Program, w *dispute.Watch, keep func(value int32, b []byte)) Hook {
	at := func(i int, v *Values) dispute.Seen {
		return dispute.Seen{Program: program, Op: p.First + i, Bytes: p.bytes(i, v)}
	}
	return Hook{
		Before: func(i int, v *Values) error { return w.See(w.Before, at(i, v)) },
		After: func(i int, v *Values) error {
			for _, r := range p.Tape.Apps[i].Out {
				if keep != nil && r != None && p.Tape.Slots[r].Keep {
					keep(p.Values[r], v.Bytes(r))
				}
			}
			return w.See(w.After, at(i, v))
		},
	}
}

// Clone returns a Binding with inputs of its own.
func (b Binding) Clone() Binding {
	b.Inputs = slices.Clone(b.Inputs)
	for i, d := range b.Inputs {
		b.Inputs[i] = Data{I: slices.Clone(d.I), F: slices.Clone(d.F)}
	}
	return b
}
