package tape

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/canon"
)

// sketches returns a tape of each line of operators.
func sketches(t testing.TB, do func(name string, s *sketch, tp *Tape)) {
	cpu := newCPU(t, "")
	for _, c := range operators {
		s := newSketch(t, cpu, c.tokens)
		c.build(s)
		do(c.name, s, s.b.Build())
	}
}

// TestPlan: values that are alive at one time have places apart, unless one
// took over the other's memory.
func TestPlan(t *testing.T) {
	sketches(t, func(name string, s *sketch, tp *Tape) {
		for _, share := range []bool{false, true} {
			stays := tp.stays(s.bind.Dims, share)
			p := newPlan(tp, s.bind.Dims, share)
			for i, a := range stays {
				if at := p.offset[a.slots[0]]; at%line != 0 || at+a.size > p.size {
					t.Errorf("%s: slot %d at %d", name, a.slots[0], at)
				}
				for _, b := range stays[:i] {
					x, y := p.offset[a.slots[0]], p.offset[b.slots[0]]
					if a.first <= b.last && b.first <= a.last && x < y+b.size && y < x+a.size {
						t.Errorf("%s: slots %v and %v overlap", name, a.slots, b.slots)
					}
				}
				if !share && len(a.slots) > 1 {
					t.Errorf("%s: slots %v share", name, a.slots)
				}
			}
		}
	})
}

// TestPlanReuse: a chain of applications needs the memory of two values, or of
// one where the operator works in place.
func TestPlanReuse(t *testing.T) {
	b := NewBuilder()
	x := b.Input("x", F32, Tokens, 64)
	y := x
	for range 10 {
		y = b.MatMul(y, b.Weight("w", F32, 64, 64), None, None, 0)
	}
	b.Keep(y)
	if p := newPlan(b.Build(), Dims{Tokens: 10}, true); p.size != 2*640 {
		t.Errorf("products: got %d elements, want %d", p.size, 2*640)
	}
	b = NewBuilder()
	z := b.Input("x", F32, Tokens, 64)
	for range 10 {
		z = b.Scale(z, 2)
	}
	b.Keep(z)
	if p := newPlan(b.Build(), Dims{Tokens: 10}, true); p.size != 640 {
		t.Errorf("in place: got %d elements, want %d", p.size, 640)
	}
}

func TestCanon(t *testing.T) {
	sketches(t, func(name string, s *sketch, tp *Tape) {
		low, err := tp.Lower(s.bind.Dims, s.bind.Dims.Tokens)
		if err != nil {
			t.Fatal(err)
		}
		for _, tp := range []*Tape{tp, low} {
			b, err := canon.Encode(tp)
			if err != nil {
				t.Fatal(err)
			}
			read, err := Decode(b)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			a, erra := tp.CID()
			c, errc := read.CID()
			if a != c || erra != nil || errc != nil {
				t.Errorf("%s: got %v, %v, want %v, %v", name, c, errc, a, erra)
			}
		}
	})
}

// TestCID guards the byte form: this tape has had this name since version 1.
func TestCID(t *testing.T) {
	b := NewBuilder()
	x := b.RMSNorm(b.Embed(b.Weight("table", BF16, 9, 4), b.Input("ids", I32, Tokens, 1)), b.Vector("gain", F32, 4), 1e-5)
	b.Keep(b.Named(x, "hidden"))
	c, err := b.Build().CID()
	if want := "bafyreig2dg53doe5tjtov6uaklofjbkakbgozi4hxcb6lqarmeqzh67y54"; err != nil || c.String() != want {
		t.Errorf("got %v, %v, want %s", c, err, want)
	}
}

func FuzzDecode(f *testing.F) {
	sketches(f, func(_ string, _ *sketch, tp *Tape) {
		b, err := canon.Encode(tp)
		if err != nil {
			f.Fatal(err)
		}
		if len(b) < 1<<14 {
			f.Add(b)
		}
	})
	f.Fuzz(func(t *testing.T, b []byte) {
		tp, err := Decode(b)
		if err != nil {
			return
		}
		if again, err := canon.Encode(tp); err != nil || !bytes.Equal(again, b) {
			t.Errorf("read %x, wrote %x, %v", b, again, err)
		}
		low, err := tp.Lower(Dims{3, 2}, 3)
		if err == nil {
			err = low.Check()
		}
		if err != nil && strings.HasPrefix(err.Error(), "tape:") {
			t.Errorf("a sound tape lowered is not: %v", err)
		}
	})
}

// TestNonFinite: the first value that is not finite ends a run with the error
// that arithmetic version 1 spells.
func TestNonFinite(t *testing.T) {
	s := newSketch(t, newCPU(t, ""), 3)
	x := s.b.Named(s.b.Scale(s.input(Tokens, 5), 1e30), "big")
	s.b.Keep(s.b.Named(s.b.Scale(x, 1e20), "bigger"))
	s.bind.Inputs[0].F = []float32{0, 0, 0, 0, 0, 0, 0, -1, 1, 0, 0, 0, 0, 0, 0}
	s.bind.Step = 17
	p, err := s.cpu.Program(s.b.Build(), s.env, s.bind.Dims)
	if err != nil {
		t.Fatal(err)
	}
	err = p.Run(&s.bind)
	var bad *NonFiniteError
	if want := "non-finite value in Scale (bigger) at step 17, element 7"; !errors.As(err, &bad) || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	s.bind.Inputs[0].F[3] = float32(math.NaN())
	if err, want := p.Run(&s.bind), "non-finite value in input x1 at step 17, element 3"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestMinusInfinity: a score that overflows downwards is no error, in no form
// of the tape.
func TestMinusInfinity(t *testing.T) {
	var want string
	for _, kernels := range op.Available() {
		s := newSketch(t, newCPU(t, kernels), 40)
		a := op.Attn{Heads: 2, KVHeads: 1, HeadDim: 24, Scale: 0.2}
		q, k, v := s.input(Tokens, 48), s.input(Tokens, 24), s.input(Tokens, 24)
		s.b.Keep(s.b.Attend(q, k, v, s.positions(40), a))
		for i := range 24 {
			s.bind.Inputs[0].F[5*48+i], s.bind.Inputs[1].F[3*24+i] = 1e20, -1e20
		}
		tp := s.b.Build()
		low, err := tp.Lower(s.bind.Dims, 40)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.cpu.Verify(low, s.env, &s.bind); err != nil {
			t.Error(err)
		}
		for _, tp := range []*Tape{tp, low} {
			got := s.outcome(tp)
			if want == "" {
				want = got
			}
			if got != want || strings.Contains(got, "finite") {
				t.Errorf("%s: got %s, want %s", kernels, got, want)
			}
		}
	}
}

// TestBadBindings: what does not fit is an error that says so.
func TestBadBindings(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(s *sketch)
	}{
		{"token", "Embed (tokens) at step 0: token 90 of row 2 is not below 90", func(s *sketch) { s.bind.Inputs[0].I[2] = 90 }},
		{"negative token", "token -1 of row 0 is not below 90", func(s *sketch) { s.bind.Inputs[0].I[0] = -1 }},
		{"position", "position 8 of row 3 is not below 8, the longest context", func(s *sketch) { s.bind.Inputs[1].I[3] = 8 }},
		{"gap", "row 3 has position 4: each document must count from 0 without gaps", func(s *sketch) { s.bind.Inputs[1].I[3] = 4 }},
		{"target", "target 90 of row 1 is not below 90", func(s *sketch) { s.bind.Inputs[2].I[1] = 90 }},
		{"too many", "a batch of {Tokens:5 Picks:0} in a program for {Tokens:4 Picks:5}", func(s *sketch) { s.bind.Dims = Dims{Tokens: 5} }},
		{"missing input", "2 inputs bound of 4", func(s *sketch) { s.bind.Inputs = s.bind.Inputs[:2] }},
		{"short input", `input "i2" is i32(tokens,1), bound are 3 integers and 0 floats`, func(s *sketch) { s.bind.Inputs[1].I = make([]int32, 3) }},
		{"wrong type", `input "i1" is i32(tokens,1), bound are 0 integers and 4 floats`, func(s *sketch) { s.bind.Inputs[0] = Data{F: make([]float32, 4)} }},
	} {
		s := newSketch(t, newCPU(t, ""), 4)
		ids, pos, targets := s.below(Tokens, 0, 90), s.ints(Tokens, []int32{0, 1, 2, 3}), s.below(Tokens, 0, 90)
		table := s.weight(F32, 90, 8)
		x := s.b.Rope(s.b.Named(s.b.Embed(table, ids), "tokens"), s.rope(8, 8), pos, false)
		x = s.b.Attend(x, x, x, pos, op.Attn{Heads: 1, KVHeads: 1, HeadDim: 8, Scale: 1})
		losses, _ := s.b.CrossEntropy(s.b.MatMul(x, table, None, None, 0), targets, s.input(1, 1))
		s.b.Keep(losses)
		p, err := s.cpu.Program(s.b.Build(), s.env, s.bind.Dims)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Run(&s.bind); err != nil {
			t.Errorf("%s: before: %v", c.name, err)
		}
		c.change(s)
		if err := p.Run(&s.bind); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

// TestBadEnvs: a program names what it lacks.
func TestBadEnvs(t *testing.T) {
	for _, c := range []struct {
		want   string
		change func(s *sketch)
	}{
		{`no weights "w0" of this backend`, func(s *sketch) { delete(s.env.Weights, "w0") }},
		{`"w0" is f32(9,8), the tape wants f32(90,8)`, func(s *sketch) { s.env.Weights["w0"], _ = s.cpu.Weights(Tensor{F32, 9, 8, make([]byte, 288)}, F32) }},
		{`"w0" is q8(90,8), the tape wants f32(90,8)`, func(s *sketch) { s.env.Weights["w0"], _ = s.cpu.Weights(Tensor{F32, 90, 8, make([]byte, 2880)}, Q8) }},
		{`no state "s0" of this backend`, func(s *sketch) { delete(s.env.States, "s0") }},
		{`no rotary table "rope" of 8 positions`, func(s *sketch) { s.env.Tables["rope"] = nil }},
	} {
		s := newSketch(t, newCPU(t, ""), 4)
		x := s.b.Embed(s.weight(F32, 90, 8), s.below(Tokens, 0, 90))
		x = s.b.Rope(x, s.rope(8, 8), s.ints(Tokens, make([]int32, 4)), false)
		s.b.Keep(s.b.MatMul(x, s.state(7, 8), None, None, 0))
		c.change(s)
		if _, err := s.cpu.Program(s.b.Build(), s.env, s.bind.Dims); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// TestLowerLimits: what is too large to dispute is not lowered.
func TestLowerLimits(t *testing.T) {
	b := NewBuilder()
	b.Keep(b.MatMul(b.Input("x", F32, Tokens, 8), b.Weight("w", F32, 4, 8), None, None, 0))
	tp := b.Build()
	for _, c := range []struct{ tokens, longest int }{{MaxInner + 1, 5}, {5, MaxDocument + 1}, {0, 5}, {5, 0}} {
		if _, err := tp.Lower(Dims{Tokens: c.tokens}, c.longest); err == nil {
			t.Errorf("%+v is lowered", c)
		}
	}
	b = NewBuilder()
	x := b.Input("x", F32, Tokens, 8)
	b.Keep(b.AttendPaged(x, x, x, 0, op.Attn{Heads: 1, KVHeads: 1, HeadDim: 8, Scale: 1}))
	if _, err := b.Build().Lower(Dims{Tokens: 5}, 5); err == nil || !strings.Contains(err.Error(), "outside the tape") {
		t.Errorf("paged attention: got %v", err)
	}
}

// TestRecomputeNonFinite: a referee who is shown a NaN says so.
func TestRecomputeNonFinite(t *testing.T) {
	nan := binary.LittleEndian.AppendUint32(make([]byte, 12), 0x7fc00000)
	shapes := []Shape{{F32, 2, 2}, {F32, 2, 2}}
	_, err := newCPU(t, "").Recompute(Add, Attrs{}, shapes, 0, 0, func(in, _ int) ([]byte, error) {
		return [][]byte{make([]byte, 16), nan}[in], nil
	})
	var bad *NonFiniteError
	if !errors.As(err, &bad) || bad.Operator != "operand 1 of Add" || bad.Element != 3 {
		t.Errorf("got %v", err)
	}
}

// FuzzRecompute: any bytes give a tile or an error.
func FuzzRecompute(f *testing.F) {
	sketches(f, func(_ string, s *sketch, tp *Tape) {
		low, err := tp.Lower(s.bind.Dims, s.bind.Dims.Tokens)
		if err != nil {
			f.Fatal(err)
		}
		for i := range low.Apps {
			a := &low.Apps[i]
			var sizes []byte
			for _, r := range a.In {
				var s Slot
				if r != None {
					s = low.Slots[r]
				}
				sizes = append(sizes, byte(s.Type), byte(min(s.Rows, 250)), byte(min(s.Cols, 250)))
			}
			for _, n := range a.Attrs.ints() {
				sizes = append(sizes, byte(min(*n, 250)))
			}
			f.Add(uint16(a.Code), sizes, uint8(len(a.Out)-1), uint16(i%3), []byte{0, 0, 0, byte(i), 1, 0, 0, 0, 0, 0, 1, 63})
		}
	})
	cpu := newCPU(f, "ref")
	f.Fuzz(func(t *testing.T, code uint16, sizes []byte, out uint8, tile uint16, data []byte) {
		next := func() int {
			if len(sizes) == 0 {
				return 1
			}
			n := int(sizes[0])
			sizes = sizes[1:]
			return n
		}
		var in []Shape
		if rule := Code(code).rule(); rule != nil {
			for range len(strings.ReplaceAll(rule.in, "?", "")) {
				in = append(in, Shape{Type(next() % 6), next(), next()})
			}
		}
		var a Attrs
		for _, n := range a.ints() {
			*n = int32(next())
		}
		for _, x := range a.floats() {
			*x = float32(next()) / 64
		}
		_, err := cpu.Recompute(Code(code), a, in, int(out), int(tile), func(i, tile int) ([]byte, error) {
			if len(data) == 0 {
				return nil, errors.New("no data")
			}
			b := make([]byte, 0, 64*64*4)
			for len(b) < 64*64*4 {
				b = append(b, data...)
			}
			for k := 0; k+4 <= len(b); k += 4 { // small integers, finite floats
				binary.LittleEndian.PutUint32(b[k:], binary.LittleEndian.Uint32(b[k:])&0x3f00003f)
			}
			return b[:tileBytes(in[i], tile)], nil
		})
		_ = err
	})
}

func tileBytes(s Shape, tile int) int {
	across := (s.Cols + 63) / 64
	rows, cols := min(64, s.Rows-tile/across*64), min(64, s.Cols-tile%across*64)
	return rows * cols * map[Type]int{F32: 4, BF16: 2, F16: 2, I8: 1, I32: 4}[s.Type]
}
