package tape

import (
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/op"
)

// A Builder writes a tape application by application. Operands that do not fit
// are mistakes of the programmer: it panics with "tape: ...".
type Builder struct {
	t      Tape
	wanted map[string]bool
	names  map[slotName]Ref // of Inputs, Weights, Tables and States
}

type slotName struct {
	class Class
	name  string
}

// NewBuilder returns a Builder. Values with one of the given names are kept, so
// that Program.Read can return them; see Named.
func NewBuilder(keep ...string) *Builder {
	b := &Builder{wanted: make(map[string]bool), names: make(map[slotName]Ref)}
	for _, name := range keep {
		b.wanted[name] = true
	}
	return b
}

func (b *Builder) slot(s Slot) Ref {
	b.t.Slots = append(b.t.Slots, s)
	return Ref(len(b.t.Slots) - 1)
}

// named returns the slot of this class and name, made if it is not there yet.
func (b *Builder) named(s Slot) Ref {
	key := slotName{s.Class, s.Name}
	r, ok := b.names[key]
	if !ok {
		r = b.slot(s)
		b.names[key] = r
	}
	if b.t.Slots[r] != s {
		panic(fmt.Sprintf("tape: %q is %v and %v", s.Name, b.t.Slots[r].shape(), s.shape()))
	}
	return r
}

// Input declares what each run binds, F32 or I32.
func (b *Builder) Input(name string, t Type, rows, cols Dim) Ref {
	return b.named(Slot{Name: name, Class: Input, Type: t, Rows: rows, Cols: cols, Of: None})
}

// Weight declares a frozen parameter.
func (b *Builder) Weight(name string, t Type, rows, cols int) Ref {
	return b.named(Slot{Name: name, Class: Weight, Type: t, Rows: Dim(rows), Cols: Dim(cols), Of: None})
}

// Vector declares a frozen parameter of one dimension, a gain or a bias.
func (b *Builder) Vector(name string, t Type, n int) Ref {
	return b.named(Slot{Name: name, Class: Weight, Type: t, Rows: 1, Cols: Dim(n), Of: None, Vector: true})
}

// Table declares a rotary table.
func (b *Builder) Table(name string, positions, headDim int) Ref {
	return b.named(Slot{Name: name, Class: Table, Type: F32, Rows: Dim(positions), Cols: Dim(headDim), Of: None})
}

// State declares a matrix that lives across runs.
func (b *Builder) State(name string, rows, cols int) Ref {
	return b.named(Slot{Name: name, Class: State, Type: F32, Rows: Dim(rows), Cols: Dim(cols), Of: None})
}

// VectorState declares a State of one dimension.
func (b *Builder) VectorState(name string, n int) Ref {
	return b.named(Slot{Name: name, Class: State, Type: F32, Rows: 1, Cols: Dim(n), Of: None, Vector: true})
}

// Named gives a name to a value, for errors and for what NewBuilder keeps.
func (b *Builder) Named(r Ref, name string) Ref {
	s := &b.t.Slots[r]
	s.Name = name
	s.Keep = s.Keep || s.Class == Value && b.wanted[name]
	return r
}

// Keep makes a value readable after a run.
func (b *Builder) Keep(r Ref) Ref {
	if b.t.Slots[r].Class != Value {
		panic(fmt.Sprintf("tape: Keep of slot %d of class %d", r, b.t.Slots[r].Class))
	}
	b.t.Slots[r].Keep = true
	return r
}

// Shape returns the rows and columns of a slot.
func (b *Builder) Shape(r Ref) (rows, cols Dim) { return b.t.Slots[r].Rows, b.t.Slots[r].Cols }

// apply appends an application. into lists, per result, the State in whose
// place it goes; None makes a new value.
func (b *Builder) apply(code Code, a Attrs, into []Ref, in ...Ref) []Ref {
	shapes, classes := make([]shape, len(in)), make([]Class, len(in))
	for i, r := range in {
		if r != None {
			shapes[i], classes[i] = b.t.Slots[r].shape(), b.t.Slots[r].Class
		}
	}
	out, err := results(code, &a, shapes, classes)
	if err != nil {
		panic("tape: " + err.Error())
	}
	refs := make([]Ref, len(out))
	for i, s := range out {
		slot := Slot{Class: Value, Type: s.typ, Rows: s.rows, Cols: s.cols, Of: None}
		if i < len(into) && into[i] != None {
			slot.Class, slot.Of, slot.Name = Update, into[i], b.t.Slots[into[i]].Name
			if b.t.Slots[into[i]].shape() != s {
				panic(fmt.Sprintf("tape: %v writes %v over %q", code, s, slot.Name))
			}
		}
		refs[i] = b.slot(slot)
	}
	b.t.Apps = append(b.t.Apps, App{Code: code, Attrs: a, In: slices.Clone(in), Out: slices.Clone(refs)})
	return refs
}

func (b *Builder) value(code Code, a Attrs, in ...Ref) Ref { return b.apply(code, a, nil, in...)[0] }

// Embed gathers rows of a table.
func (b *Builder) Embed(table, ids Ref) Ref { return b.value(Embed, Attrs{}, table, ids) }

// RMSNorm normalises rows, or each stretch of them as long as the gain.
func (b *Builder) RMSNorm(x, gain Ref, eps float32) Ref {
	return b.value(RMSNorm, Attrs{Eps: eps}, x, gain)
}

// MatMul multiplies x by the transpose of w. bias and c may be None; slices is
// for Q8 weights.
func (b *Builder) MatMul(x, w, bias, c Ref, slices int) Ref {
	return b.value(MatMul, Attrs{Slices: int32(slices)}, x, w, bias, c, None)
}

// Rope turns heads of headDim columns by their rows' positions, or back.
func (b *Builder) Rope(x, table, pos Ref, inverse bool) Ref {
	_, d := b.Shape(table)
	a := Attrs{HeadDim: int32(d)}
	if inverse {
		a.Inverse = 1
	}
	return b.value(Rope, a, x, table, pos)
}

// Attend is causal attention over whole documents.
func (b *Builder) Attend(q, k, v, pos Ref, a op.Attn) Ref {
	return b.value(Attend, attnAttrs(a), q, k, v, pos)
}

// AttendPaged appends keys and values to a layer of the cache and attends.
func (b *Builder) AttendPaged(q, k, v Ref, layer int, a op.Attn) Ref {
	attrs := attnAttrs(a)
	attrs.Layer = int32(layer)
	return b.value(AttendPaged, attrs, q, k, v)
}

// SiLUMul is silu(gate)·up.
func (b *Builder) SiLUMul(gate, up Ref) Ref { return b.value(SiLUMul, Attrs{}, gate, up) }

// Add is x + y.
func (b *Builder) Add(x, y Ref) Ref { return b.value(Add, Attrs{}, x, y) }

// AddScaled is fma(s, d, y).
func (b *Builder) AddScaled(y, d Ref, s float32) Ref {
	return b.value(AddScaled, Attrs{Scale: s}, y, d)
}

// Scale is x·s.
func (b *Builder) Scale(x Ref, s float32) Ref { return b.value(Scale, Attrs{Scale: s}, x) }

// Select gathers rows of x.
func (b *Builder) Select(x, rows Ref) Ref { return b.value(Select, Attrs{}, x, rows) }

// Adapt adds to y what each row's adapter has for a module whose input is x.
// rows are the rows of the batch that those of y belong to; None: the same.
func (b *Builder) Adapt(y, x, rows Ref, module int) Ref {
	return b.value(Adapt, Attrs{Module: int32(module)}, y, x, rows)
}

// Build removes applications whose results nobody reads, keeps or stores, and
// returns the tape.
func (b *Builder) Build() *Tape { return b.t.prune() }
