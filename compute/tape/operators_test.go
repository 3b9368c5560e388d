package tape

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/merkle"
)

func newCPU(t testing.TB, kernels string) *CPU {
	t.Helper()
	e, err := op.New(op.Config{Kernels: kernels})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return NewCPU(e)
}

// A sketch is a tape with random values for all that it reads.
type sketch struct {
	t    testing.TB
	cpu  *CPU
	rng  *rand.Rand
	b    *Builder
	env  Env
	bind Binding
	init map[string][]float32

	extreme bool // values of any exponent
}

func newSketch(t testing.TB, cpu *CPU, tokens int) *sketch {
	const seed = 21
	return &sketch{
		t: t, cpu: cpu, rng: rand.New(rand.NewPCG(seed, 0)), b: NewBuilder(),
		env:  Env{make(map[string]Weights), make(map[string]*op.RopeTable), make(map[string]Matrix)},
		bind: Binding{Dims: Dims{Tokens: tokens, Picks: 5}},
		init: make(map[string][]float32),
	}
}

func (s *sketch) random(n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(s.rng.NormFloat64())
		if s.extreme && s.rng.IntN(8) == 0 {
			x[i] = max(-math.MaxFloat32, min(math.MaxFloat32, float32(math.Ldexp(float64(x[i]), s.rng.IntN(270)-140))))
		}
	}
	return x
}

// input makes a bound f32 matrix.
func (s *sketch) input(rows Dim, cols int) Ref {
	n := s.bind.Dims.of(rows) * cols
	s.bind.Inputs = append(s.bind.Inputs, Data{F: s.random(n)})
	return s.b.Input(fmt.Sprint("x", len(s.bind.Inputs)), F32, rows, Dim(cols))
}

func (s *sketch) ints(rows Dim, x []int32) Ref {
	s.bind.Inputs = append(s.bind.Inputs, Data{I: x})
	return s.b.Input(fmt.Sprint("i", len(s.bind.Inputs)), I32, rows, 1)
}

// below makes a column of integers from least to n-1.
func (s *sketch) below(rows Dim, least, n int) Ref {
	x := make([]int32, s.bind.Dims.of(rows))
	for i := range x {
		x[i] = int32(least + s.rng.IntN(n-least))
	}
	return s.ints(rows, x)
}

// positions makes documents of up to longest tokens.
func (s *sketch) positions(longest int) Ref {
	x := make([]int32, s.bind.Dims.Tokens)
	for i, n := 0, 0; i < len(x); i++ {
		if n == 0 {
			n = 1 + s.rng.IntN(longest)
			if i == 0 {
				n = longest
			}
			x[i] = 0
		} else {
			x[i] = x[i-1] + 1
		}
		n--
	}
	return s.ints(Tokens, x)
}

func (s *sketch) weight(typ Type, rows, cols int) Ref {
	name := fmt.Sprint("w", len(s.env.Weights))
	stored := Tensor{F32, rows, cols, merkle.Bytes(s.random(rows * cols))}
	if typ == BF16 || typ == F16 {
		half := make([]byte, rows*cols*2)
		op.Narrow(half, op.Format(typ), s.random(rows*cols))
		stored = Tensor{typ, rows, cols, half}
	}
	w, err := s.cpu.Weights(stored, typ)
	if err != nil {
		s.t.Fatal(err)
	}
	s.env.Weights[name] = w
	if rows == 1 {
		return s.b.Vector(name, typ, cols)
	}
	return s.b.Weight(name, typ, rows, cols)
}

func (s *sketch) state(rows, cols int) Ref {
	name := fmt.Sprint("s", len(s.env.States))
	m, err := s.cpu.Matrix(rows, cols)
	if err != nil {
		s.t.Fatal(err)
	}
	s.env.States[name], s.init[name] = m, s.random(rows*cols)
	return s.b.State(name, rows, cols)
}

// positive makes a state of values in (0, 1].
func (s *sketch) positive(rows, cols int) Ref {
	r := s.state(rows, cols)
	x := s.init[s.b.t.Slots[r].Name]
	for i := range x {
		x[i] = 1 - s.rng.Float32()
	}
	return r
}

func (s *sketch) rope(positions, headDim int) Ref {
	table, err := op.NewRopeTable(op.RopeConfig{Theta: 10000, HeadDim: headDim}, positions)
	if err != nil {
		s.t.Fatal(err)
	}
	s.env.Tables["rope"] = table
	return s.b.Table("rope", positions, headDim)
}

func (s *sketch) reset() {
	for name, m := range s.env.States {
		if err := m.Write(s.init[name]); err != nil {
			s.t.Fatal(err)
		}
	}
}

// results returns all kept values, then all states, after a run.
func (s *sketch) results(t *Tape, p Program) []float32 {
	var all []float32
	for i := range t.Slots {
		if t.Slots[i].Keep {
			all = append(all, p.Read(Ref(i))...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.env.States)) {
		all = append(all, s.env.States[name].Host()...)
	}
	return all
}

// each operator, alone in a tape, with sizes beyond one tile, with and without
// its optional operands.
var operators = []struct {
	name   string
	tokens int
	build  func(s *sketch)
}{
	{"Embed", 70, func(s *sketch) {
		ids := s.below(Tokens, 0, 90)
		for _, typ := range []Type{F32, BF16, F16, Q8} {
			s.b.Keep(s.b.Embed(s.weight(typ, 90, 70), ids))
		}
		s.b.Keep(s.b.Embed(s.state(90, 70), ids))
	}},
	{"RMSNorm", 70, func(s *sketch) {
		x := s.input(Tokens, 96)
		s.b.Keep(s.b.RMSNorm(x, s.weight(F32, 1, 96), 1e-5))
		s.b.Keep(s.b.RMSNorm(x, s.weight(BF16, 1, 24), 1e-5))
	}},
	{"MatMul", 70, func(s *sketch) {
		x, c := s.input(Tokens, 300), s.input(Tokens, 66)
		for _, typ := range []Type{F32, BF16, F16, Q8} {
			s.b.Keep(s.b.MatMul(x, s.weight(typ, 66, 300), s.weight(F32, 1, 66), None, 0))
			s.b.Keep(s.b.MatMul(x, s.weight(typ, 66, 300), None, c, 1))
		}
		s.b.Keep(s.b.MatMul(x, s.state(66, 300), s.state(1, 66), None, 0))
		s.b.Keep(s.b.MatMul(x, s.state(66, 300), None, c, 0))
	}},
	{"MatMul, long", 3, func(s *sketch) {
		x := s.input(Tokens, MaxInner+300)
		s.b.Keep(s.b.MatMul(x, s.weight(BF16, 2, MaxInner+300), s.weight(F16, 1, 2), None, 0))
		s.b.Keep(s.b.MatMul(x, s.state(2, MaxInner+300), None, s.input(Tokens, 2), 0))
	}},
	{"MatMulT", 70, func(s *sketch) {
		dy, c := s.input(Tokens, 300), s.input(Tokens, 66)
		for _, typ := range []Type{F32, BF16, Q8} {
			s.b.Keep(s.b.MatMulT(dy, s.weight(typ, 300, 66), c))
		}
		s.b.Keep(s.b.MatMulT(dy, s.state(300, 66), None))
	}},
	{"MatMulT, long", 3, func(s *sketch) {
		dy, c := s.input(Tokens, 2*MaxInner+7), s.input(Tokens, 3)
		s.b.Keep(s.b.MatMulT(dy, s.weight(F16, 2*MaxInner+7, 3), c))
		s.b.Keep(s.b.MatMulT(dy, s.weight(Q8, 2*MaxInner+7, 3), c))
		s.b.Keep(s.b.MatMulT(dy, s.weight(Q8, 2*MaxInner+7, 3), None))
		s.b.Keep(s.b.MatMulT(dy, s.state(2*MaxInner+7, 3), None))
	}},
	{"gradients", 300, func(s *sketch) {
		dy, x, ids := s.input(Tokens, 66), s.input(Tokens, 70), s.below(Tokens, 0, 90)
		for _, more := range []bool{false, true} {
			s.b.MatMulGrad(s.state(66, 70), dy, x, more)
			s.b.BiasGrad(s.state(1, 66), dy, more)
			s.b.EmbedGrad(s.state(90, 70), x, ids, more)
			s.b.Sum(s.state(1, 1), s.input(Tokens, 1), more)
		}
		twice := s.state(66, 70)
		s.b.MatMulGrad(twice, dy, x, true)
		s.b.MatMulGrad(twice, dy, x, true)
	}},
	{"RMSNormGrad", 300, func(s *sketch) {
		dy, x := s.input(Tokens, 96), s.input(Tokens, 96)
		s.b.Keep(s.b.RMSNormGrad(dy, x, s.weight(BF16, 1, 96), 1e-5, None, false))
		s.b.Keep(s.b.RMSNormGrad(dy, x, s.state(1, 96), 1e-5, s.state(1, 96), true))
		s.b.Keep(s.b.RMSNormGrad(dy, x, s.state(1, 24), 1e-5, s.state(1, 24), false))
		s.b.RMSNormGrad(dy, x, s.state(1, 24), 1e-5, s.state(1, 24), true)
	}},
	{"RMSNormGrad, long", 3600, func(s *sketch) {
		s.b.RMSNormGrad(s.input(Tokens, 10), s.input(Tokens, 10), s.state(1, 2), 1e-5, s.state(1, 2), true)
	}},
	{"Rope", 70, func(s *sketch) {
		x, table, pos := s.input(Tokens, 120), s.rope(40, 24), s.positions(40)
		s.b.Keep(s.b.Rope(x, table, pos, false))
		s.b.Keep(s.b.Rope(x, table, pos, true))
	}},
	{"Attend", 150, func(s *sketch) {
		pos := s.positions(130)
		for _, a := range []op.Attn{
			{Heads: 2, KVHeads: 2, HeadDim: 70, Scale: 0.2}, {Heads: 4, KVHeads: 2, HeadDim: 24, Scale: 0.2, Window: 9},
		} {
			q, k, v := s.input(Tokens, a.Heads*a.HeadDim), s.input(Tokens, a.KVHeads*a.HeadDim), s.input(Tokens, a.KVHeads*a.HeadDim)
			s.b.Keep(s.b.Attend(q, k, v, pos, a))
			dq, dk, dv := s.b.AttendGrad(s.input(Tokens, a.Heads*a.HeadDim), q, k, v, pos, a)
			s.b.Keep(dq)
			s.b.Keep(dk)
			s.b.Keep(dv)
		}
	}},
	{"elementwise", 70, func(s *sketch) {
		x, y, z := s.input(Tokens, 70), s.input(Tokens, 70), s.input(Tokens, 70)
		s.b.Keep(s.b.SiLUMul(x, y))
		s.b.Keep(s.b.Add(x, y))
		s.b.Keep(s.b.Add(x, x))
		s.b.Keep(s.b.AddScaled(x, y, 0.7))
		s.b.Keep(s.b.Scale(x, 0.7))
		s.b.Keep(s.b.ScaleBy(x, s.input(1, 1)))
		s.b.Keep(s.b.Select(x, s.below(Picks, 0, 70)))
		s.b.Keep(s.b.Scatter(s.input(Picks, 70), s.below(Picks, 0, 30), s.below(Tokens, 0, 1)))
		dx, dy := s.b.SiLUMulGrad(x, y, z)
		s.b.Keep(dx)
		s.b.Keep(dy)
	}},
	{"in place", 70, func(s *sketch) {
		x := s.b.Scale(s.input(Tokens, 70), 2)
		for range 3 {
			x = s.b.Add(s.b.SiLUMul(s.b.Scale(x, 0.5), x), x)
			x = s.b.RMSNorm(s.b.MatMul(x, s.weight(F32, 70, 70), None, x, 0), s.weight(F32, 1, 70), 1e-5)
		}
		s.b.Keep(x)
	}},
	{"CrossEntropy", 70, func(s *sketch) {
		targets, w := s.below(Tokens, -1, 130), s.input(1, 1)
		losses, dx := s.b.CrossEntropy(s.input(Tokens, 130), targets, w)
		s.b.Keep(losses)
		s.b.Keep(dx)
		losses, _ = s.b.CrossEntropy(s.input(Tokens, 130), targets, w)
		s.b.Keep(losses)
	}},
	{"CrossEntropy, long", 3, func(s *sketch) {
		losses, dx := s.b.CrossEntropy(s.input(Tokens, 2*MaxInner+7), s.below(Tokens, 2*MaxInner, 2*MaxInner+7), s.input(1, 1))
		s.b.Keep(losses)
		s.b.Keep(dx)
	}},
	{"optimizers", 1, func(s *sketch) {
		g, m := s.state(70, 66), s.state(70, 66)
		total := s.b.Add(s.b.SumSquares(g), s.b.SumSquares(s.state(1100, 1001)))
		g = s.b.ScaleBy(g, s.b.ClipFactor(total, 0.5))
		lr, p1, p2 := s.input(1, 1), s.positive(1, 1), s.positive(1, 1)
		p1, p2 = s.b.Store(p1, p1, 0.9), s.b.Store(p2, p2, 0.99)
		c := op.AdamConfig{B1: 0.9, B2: 0.99, Eps: 1e-8, EpsRoot: 1e-6, WeightDecay: 0.1}
		s.b.Keep(s.b.Adam(s.state(70, 66), g, m, s.positive(70, 66), lr, p1, p2, c))
		s.b.Adam(s.state(70, 66), g, s.state(70, 66), s.positive(70, 66), lr, p1, p2, c)
		s.b.SGD(s.state(70, 66), g, s.state(70, 66), lr, 0.9)
	}},
}

// TestOperators: a tape gives the same bits with every implementation, with a
// program for larger batches, and lowered; and each tile of each primitive can
// be computed again from tiles of its operands.
func TestOperators(t *testing.T) {
	for _, c := range operators {
		t.Run(c.name, func(t *testing.T) {
			var want []float32
			for i, kernels := range op.Available() {
				s := newSketch(t, newCPU(t, kernels), c.tokens)
				c.build(s)
				tp := s.b.Build()
				p, err := s.cpu.Program(tp, s.env, Dims{c.tokens + 64*i, 5 + i})
				if err != nil {
					t.Fatal(err)
				}
				for range 2 { // a second run has the same places
					s.reset()
					if err := p.Run(&s.bind); err != nil {
						t.Fatal(err)
					}
				}
				got := s.results(tp, p)
				if want == nil {
					want = append(want, got...)
				}
				sameBits(t, kernels, got, want)
				if i == 0 {
					checkLowered(t, s, tp, want)
				}
			}
		})
	}
}

func checkLowered(t *testing.T, s *sketch, tp *Tape, want []float32) {
	t.Helper()
	low, err := tp.Lower(s.bind.Dims, min(s.bind.Dims.Tokens, MaxDocument))
	if err == nil {
		err = low.Check()
	}
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.cpu.Program(low, s.env, s.bind.Dims)
	if err != nil {
		t.Fatal(err)
	}
	s.reset()
	if err := p.Run(&s.bind); err != nil {
		t.Fatal(err)
	}
	sameBits(t, "lowered", s.results(low, p), want)
	s.reset()
	if err := s.cpu.Verify(low, s.env, &s.bind); err != nil {
		t.Error(err)
	}
}

func sameBits(t *testing.T, name string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Fatalf("%s: %d values, want %d", name, len(got), len(want))
	}
	for i := range got {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: element %d: got %x, want %x", name, i, math.Float32bits(got[i]), math.Float32bits(want[i]))
		}
	}
}

// TestExtremes: where values overflow, all implementations find the same error
// at the same place or the same bits, and the lowered tape fails or succeeds as
// the tape does. Else two honest peers could differ.
func TestExtremes(t *testing.T) {
	seeds := uint64(2)
	if os.Getenv("OPENLEDGER_LONG") != "" {
		seeds = 50
	}
	for _, c := range operators {
		if strings.HasSuffix(c.name, "long") {
			continue
		}
		for seed := range seeds {
			want := make(map[int]string)
			for k, kernels := range op.Available() {
				s := newSketch(t, newCPU(t, kernels), min(c.tokens, 40))
				s.extreme, s.rng = true, rand.New(rand.NewPCG(seed, 1))
				c.build(s)
				for i, tp := range s.singles() {
					name := fmt.Sprintf("%v, seed %d, %s", tp.Apps[0].Code, seed, kernels)
					got := s.outcome(tp)
					if k == 0 {
						want[i] = got
					}
					if got != want[i] {
						t.Errorf("%s: got %s, want %s", name, got, want[i])
					}
					low, err := tp.Lower(s.bind.Dims, s.bind.Dims.Tokens)
					if err != nil {
						t.Fatal(err)
					}
					failed := strings.HasPrefix(want[i], "non-finite")
					if got := s.outcome(low); strings.HasPrefix(got, "non-finite") != failed || got != want[i] && !failed {
						t.Errorf("%s: lowered: got %s, want %s", name, got, want[i])
					}
				}
			}
		}
	}
}

// singles returns the applications that read no result of another one, each as
// a tape.
func (s *sketch) singles() []*Tape {
	var all []*Tape
	for _, a := range s.b.t.Apps {
		if slices.ContainsFunc(a.In, func(r Ref) bool { return r != None && s.b.t.Slots[r].Class > State }) {
			continue
		}
		a.In, a.Out = slices.Clone(a.In), slices.Clone(a.Out)
		tp := &Tape{Slots: slices.Clone(s.b.t.Slots), Apps: []App{a}}
		for _, r := range a.Out {
			if r != None {
				tp.Slots[r].Keep = tp.Slots[r].Class == Value
			}
		}
		all = append(all, tp.prune())
	}
	return all
}

// outcome runs a tape and describes the result.
func (s *sketch) outcome(tp *Tape) string {
	s.reset()
	p, err := s.cpu.Program(tp, s.env, s.bind.Dims)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := p.Run(&s.bind); err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%x", sha256.Sum256(merkle.Bytes(s.results(tp, p))))
}
