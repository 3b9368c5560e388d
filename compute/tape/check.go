package tape

import (
	"fmt"
	"strings"
)

func init() {
	initProducts()
	initElementwise()
	initNorms()
	initEmbeds()
	initLosses()
	initRope()
	initOptimizers()
	initAttention()
	initAttentionParts()
	initAdapters()
	initQ8()
}

// f32 is the shape of an f32 matrix.
func f32(rows, cols Dim) shape { return shape{F32, rows, cols} }

// absentOr says whether an optional operand is absent or an f32 matrix of the
// given shape.
func (s shape) absentOr(rows, cols Dim) bool { return s == shape{} || s == f32(rows, cols) }

// fit returns shapes if ok, else nil.
func fit(ok bool, shapes ...shape) []shape {
	if !ok {
		return nil
	}
	return shapes
}

// arity says whether a list of letters allows n operands or results; absent
// ones count, since None stands in their place.
func arity(letters string, n int) bool {
	if strings.HasSuffix(letters, "*") {
		return n > 0 && n <= maxOperands
	}
	return n == len(letters)-strings.Count(letters, "?")
}

// letter returns the letter of operand i, which exists, and whether it may be
// absent.
func letter(letters string, i int) (kind byte, optional bool) {
	if strings.HasSuffix(letters, "*") {
		return letters[0], false
	}
	at := 0
	for ; i > 0; i-- {
		at++
		if letters[at] == '?' {
			at++
		}
	}
	return letters[at], at+1 < len(letters) && letters[at+1] == '?'
}

// suits says whether an operand with this letter may have the shape's type.
func (s shape) suits(kind byte) bool {
	switch kind {
	case 'v':
		return s.typ == F32 || s.typ == BF16 || s.typ == F16
	case 'w':
		return s.typ == F32 || s.typ == BF16 || s.typ == F16 || s.typ == Q8
	case 'd':
		return s.typ == I8
	case 'i':
		return s.typ == I32
	}
	return s.typ == F32
}

// results checks the operands of an application and returns the shapes of its
// results. Without classes it takes them as they should be.
func results(code Code, a *Attrs, in []shape, classes []Class) ([]shape, error) {
	r := code.rule()
	if r == nil {
		return nil, fmt.Errorf("no operator %v", code)
	}
	if !arity(r.in, len(in)) {
		return nil, fmt.Errorf("%v of %d operands", code, len(in))
	}
	for i, s := range in {
		kind, optional := letter(r.in, i)
		if s == (shape{}) && optional {
			continue
		}
		if table := classes != nil && classes[i] == Table; !s.suits(kind) || classes != nil && table != (kind == 't') {
			return nil, fmt.Errorf("%v: operand %d is %v", code, i, s)
		}
	}
	out := r.shape(a, in)
	if out == nil {
		return nil, fmt.Errorf("%v: operands %v with %+v do not fit", code, in, *a)
	}
	for _, s := range out {
		if s.cols <= 0 || s.cols > maxDim || s.rows == 0 || s.rows > maxDim || s.rows < Picks {
			return nil, fmt.Errorf("%v: a result of %v", code, s)
		}
	}
	return out, nil
}

// maxDim bounds rows and columns, so that products of a few of them stay apart
// from overflow in 64 bits.
const maxDim = 1 << 28

// Check returns an error unless the tape is sound: operators exist, operands
// fit, values are written once and before they are read, and a State is not
// read after its next value took its place.
func (t *Tape) Check() error {
	c := checker{t: t, written: make([]bool, len(t.Slots)), current: make([]Ref, len(t.Slots))}
	names := make(map[string]bool)
	for i := range t.Slots {
		s := &t.Slots[i]
		if err := c.slot(Ref(i), s); err != nil {
			return fmt.Errorf("tape: slot %d: %w", i, err)
		}
		if s.Class <= State {
			name := fmt.Sprint(s.Class, s.Name)
			if names[name] {
				return fmt.Errorf("tape: slot %d: a second %q", i, s.Name)
			}
			names[name] = true
		}
	}
	for i := range t.Apps {
		if err := c.app(&t.Apps[i]); err != nil {
			return fmt.Errorf("tape: application %d: %w", i, err)
		}
	}
	return nil
}

type checker struct {
	t       *Tape
	written []bool
	current []Ref // of a State: the slot that is in its place
}

func (c *checker) slot(r Ref, s *Slot) error {
	c.current[r] = r
	c.written[r] = s.Class <= State
	typed := s.Type == F32 || s.Type == I32 && (s.Class == Input || s.Class == Value)
	if s.Class == Weight {
		_, known := typeNames[s.Type]
		typed = known && s.Type != I32
	}
	switch {
	case s.Class < Input || s.Class > Value:
		return fmt.Errorf("class %d", s.Class)
	case !typed:
		return fmt.Errorf("type %v in class %d", s.Type, s.Class)
	case s.Rows < Picks || s.Rows == 0 || s.Rows > maxDim || s.Cols <= 0 || s.Cols > maxDim:
		return fmt.Errorf("%v rows of %v", s.Rows, s.Cols)
	case s.Rows < 0 && s.Class != Input && s.Class != Value:
		return fmt.Errorf("%v rows in class %d", s.Rows, s.Class)
	case s.Keep && s.Class != Value || s.Vector && (s.Rows != 1 || s.Class != Weight && s.Class != State):
		return fmt.Errorf("keep %v and vector %v in class %d", s.Keep, s.Vector, s.Class)
	case s.Class == Update:
		if s.Of < 0 || int(s.Of) >= len(c.t.Slots) || c.t.Slots[s.Of].Class != State || c.t.Slots[s.Of].shape() != s.shape() {
			return fmt.Errorf("takes the place of slot %d, which is no State of its shape", s.Of)
		}
	case s.Of != None:
		return fmt.Errorf("of slot %d in class %d", s.Of, s.Class)
	}
	return nil
}

func (c *checker) app(a *App) error {
	in, classes := make([]shape, len(a.In)), make([]Class, len(a.In))
	for i, r := range a.In {
		if r == None {
			continue
		}
		if r < 0 || int(r) >= len(c.t.Slots) || !c.written[r] {
			return fmt.Errorf("%v reads slot %d, which has no value yet", a.Code, r)
		}
		s := &c.t.Slots[r]
		if of := c.stateOf(r); of != None && c.current[of] != r {
			return fmt.Errorf("%v reads slot %d, whose place slot %d has taken", a.Code, r, c.current[of])
		}
		in[i], classes[i] = s.shape(), s.Class
	}
	out, err := results(a.Code, &a.Attrs, in, classes)
	if err != nil {
		return err
	}
	if !arity(a.Code.rule().out, len(a.Out)) {
		return fmt.Errorf("%v with %d results", a.Code, len(a.Out))
	}
	for i, r := range a.Out {
		_, optional := letter(a.Code.rule().out, i)
		if r == None && optional {
			continue
		}
		if r < 0 || int(r) >= len(c.t.Slots) || c.written[r] || c.t.Slots[r].shape() != out[i] {
			return fmt.Errorf("%v writes %v to slot %d, which is written or of another shape", a.Code, out[i], r)
		}
		c.written[r] = true
		if of := c.stateOf(r); of != None {
			c.current[of] = r
		}
	}
	return nil
}

// stateOf returns the State in whose place slot r is, or None.
func (c *checker) stateOf(r Ref) Ref {
	switch s := &c.t.Slots[r]; s.Class {
	case State:
		return r
	case Update:
		return s.Of
	}
	return None
}
