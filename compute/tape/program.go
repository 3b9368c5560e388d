package tape

import (
	"fmt"
	"strings"

	"github.com/openledger/openledger/compute/op"
)

// cpuProgram is a tape whose slots have memory.
type cpuProgram struct {
	t      *Tape
	f      frame
	limit  Dims
	dims   Dims      // of the last run
	base   []operand // slots at the limit
	inputs []Ref
	memory []float32

	together []int         // by application: how many run as one from here on
	ahead    []*op.Weights // by application: those of the first product after these
}

// Program implements Backend.
func (c *CPU) Program(t *Tape, env Env, limit Dims) (Program, error) {
	return c.program(t, env, limit, true)
}

func (c *CPU) program(t *Tape, env Env, limit Dims, share bool) (*cpuProgram, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if limit.Tokens < 0 || limit.Picks < 0 {
		return nil, fmt.Errorf("tape: program for %+v", limit)
	}
	places := newPlan(t, limit, share)
	p := &cpuProgram{
		t: t, limit: limit, dims: Dims{-1, -1},
		f:    frame{e: c.e, slots: make([]operand, len(t.Slots))},
		base: make([]operand, len(t.Slots)), memory: op.NewMatrix(1, places.size).Data,
	}
	for i := range t.Slots {
		s := &t.Slots[i]
		rows, cols := limit.of(s.Rows), int(s.Cols)
		var err error
		switch {
		case s.Class == Value && places.offset[i] < 0: // nothing writes it
		case s.Class == Value && s.Type == I32:
			p.base[i].i = make([]int32, rows*cols)
		case s.Class == Value:
			p.base[i].m = op.Matrix{Data: p.memory[places.offset[i]:][:rows*cols], Rows: rows, Cols: cols, Stride: cols}
		case s.Class == Input:
			p.inputs = append(p.inputs, Ref(i))
		case s.Class == Update:
			p.base[i] = p.base[s.Of]
		default:
			p.base[i], err = env.operand(s)
		}
		if err != nil {
			return nil, fmt.Errorf("tape: %w", err)
		}
	}
	p.vectors()
	p.schedule(places)
	return p, nil
}

// operand finds a slot of class Weight, Table or State.
func (env *Env) operand(s *Slot) (operand, error) {
	rows, cols, typ, found := 0, 0, s.Type, operand{}
	switch s.Class {
	case Weight:
		w, _ := env.Weights[strings.TrimSuffix(s.Name, ScaleSuffix)].(*cpuWeights)
		if w == nil {
			return found, fmt.Errorf("no weights %q of this backend", s.Name)
		}
		rows, cols, typ = w.rows, w.cols, w.typ
		found = operand{w: w.w, m: w.m}
		switch { // of a lowered tape
		case typ == Q8 && s.Type == I8:
			typ = I8
		case typ == Q8 && strings.HasSuffix(s.Name, ScaleSuffix):
			_, scale := w.w.Int8()
			found, typ, cols = operand{m: op.Matrix{Data: scale, Rows: rows, Cols: 1, Stride: 1}}, F32, 1
		}
	case Table:
		t := env.Tables[s.Name]
		if t == nil || t.Positions < int(s.Rows) {
			return found, fmt.Errorf("no rotary table %q of %v positions", s.Name, s.Rows)
		}
		rows, cols, found = int(s.Rows), t.HeadDim, operand{t: t}
	case State:
		m, _ := env.States[s.Name].(*cpuMatrix)
		if m == nil {
			return found, fmt.Errorf("no state %q of this backend", s.Name)
		}
		rows, cols, found = m.m.Rows, m.m.Cols, operand{m: m.m}
	}
	if rows != int(s.Rows) || cols != int(s.Cols) || typ != s.Type {
		return found, fmt.Errorf("%q is %v(%d,%d), the tape wants %v", s.Name, typ, rows, cols, s.shape())
	}
	return found, nil
}

// vectors widens weights that an operator reads as a plain matrix.
func (p *cpuProgram) vectors() {
	for i := range p.t.Apps {
		a := &p.t.Apps[i]
		for k, r := range a.In {
			if kind, _ := letter(a.Code.rule().in, k); kind != 'm' && kind != 'v' || r == None {
				continue
			}
			if o := &p.base[r]; o.w != nil && o.m.Data == nil {
				o.m = op.NewMatrix(o.w.N(), o.w.K())
				for n := range o.m.Rows {
					o.w.Row(n, o.m.Row(n))
				}
			}
		}
	}
}

// bind makes the frame ready for a run.
func (p *cpuProgram) bind(b *Binding) error {
	d := b.Dims
	if d.Tokens < 0 || d.Picks < 0 || d.Tokens > p.limit.Tokens || d.Picks > p.limit.Picks {
		return fmt.Errorf("tape: a batch of %+v in a program for %+v", d, p.limit)
	}
	p.f.b = b
	if d != p.dims {
		p.dims = d
		for i, o := range p.base {
			rows := d.of(p.t.Slots[i].Rows)
			if o.m.Data != nil {
				o.m.Rows, o.m.Data = rows, o.m.Data[:rows*o.m.Stride]
			}
			if o.i != nil {
				o.i = o.i[:rows*int(p.t.Slots[i].Cols)]
			}
			p.f.slots[i] = o
		}
	}
	if len(b.Inputs) != len(p.inputs) {
		return fmt.Errorf("tape: %d inputs bound of %d", len(b.Inputs), len(p.inputs))
	}
	for i, r := range p.inputs {
		s, data := &p.t.Slots[r], b.Inputs[i]
		rows, cols := d.of(s.Rows), int(s.Cols)
		if s.Type == I32 {
			p.f.slots[r].i = data.I
		} else {
			p.f.slots[r].m = op.Matrix{Data: data.F, Rows: rows, Cols: cols, Stride: cols}
		}
		if len(data.I)+len(data.F) != rows*cols || (data.I != nil) == (s.Type == F32) && rows*cols > 0 {
			return fmt.Errorf("tape: input %q is %v, bound are %d integers and %d floats", s.Name, s.shape(), len(data.I), len(data.F))
		}
		if at := p.f.e.CheckFinite(data.F); at >= 0 {
			return &NonFiniteError{"input " + s.Name, b.Step, at}
		}
	}
	return nil
}

// Run implements Program.
func (p *cpuProgram) Run(b *Binding) error {
	if err := p.bind(b); err != nil {
		return err
	}
	for i := 0; i < len(p.t.Apps); i += p.together[i] {
		if w := p.ahead[i]; w != nil && b.Dims.Tokens <= fewRows {
			p.f.e.Ahead(w)
		}
		err := error(nil)
		if n := p.together[i]; n > 1 {
			err = p.products(i, n)
		} else {
			err = p.app(i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// app runs one application and checks its results.
func (p *cpuProgram) app(i int) error {
	a := &p.t.Apps[i]
	if err := a.Code.rule().run(&p.f, a); err != nil {
		return fmt.Errorf("%s at step %d: %w", p.t.operator(i, a.Out...), p.f.b.Step, err)
	}
	return p.check(i)
}

// check returns an error for the first result of application i that is not
// finite.
func (p *cpuProgram) check(i int) error {
	a := &p.t.Apps[i]
	if a.Code.rule().unchecked {
		return nil
	}
	for _, r := range a.Out {
		if r == None || p.t.Slots[r].Type != F32 {
			continue
		}
		if at := p.f.e.CheckFinite(p.f.slots[r].m.Data); at >= 0 {
			return &NonFiniteError{p.t.operator(i, r), p.f.b.Step, at}
		}
	}
	return nil
}

// Read implements Program.
func (p *cpuProgram) Read(r Ref) []float32 {
	if !p.t.Slots[r].Keep {
		panic(fmt.Sprintf("tape: Read of slot %d, which is not kept", r))
	}
	return p.f.slots[r].m.Data
}
