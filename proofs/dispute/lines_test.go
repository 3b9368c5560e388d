package dispute_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A worked is an operator of which an element is worked out line by line.
type worked struct {
	code  tape.Code
	attrs tape.Attrs
	in    []trace.Shape
	outs  []trace.Shape
}

// primitives are all of them, with and without operands that may be absent.
func primitives() []worked {
	const rows, cols, inner = 70, 66, 40
	mat := func(d merkle.DType, rows, cols int) trace.Shape { return trace.Shape{Type: d, Rows: rows, Cols: cols} }
	f := func(rows, cols int) trace.Shape { return mat(merkle.F32, rows, cols) }
	ints := func(rows int) trace.Shape { return mat(merkle.I32, rows, 1) }
	m, scalar, none := f(rows, cols), f(1, 1), trace.Shape{}
	adam := tape.Attrs{Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, EpsRoot: 1e-6, Decay: 0.01}
	forward := []trace.Shape{f(rows, inner), mat(merkle.I8, cols, inner), f(cols, 1), none, none}
	backward := []trace.Shape{f(rows, inner), mat(merkle.I8, inner, cols), f(inner, 1), m}
	sums := mat(merkle.I32, rows, cols)
	heads := tape.Attrs{Heads: 4, KVHeads: 2, HeadDim: 6, Head: 3, To: 19, Scale: 0.4}
	window := heads
	window.Window = 5
	wide, q, kv := f(rows, 19), f(rows, 24), f(rows, 12)
	return []worked{
		{tape.Add, tape.Attrs{}, []trace.Shape{m, m}, []trace.Shape{m}},
		{tape.AddScaled, tape.Attrs{Scale: 0.3}, []trace.Shape{m, m}, []trace.Shape{m}},
		{tape.Scale, tape.Attrs{Scale: 0.3}, []trace.Shape{m}, []trace.Shape{m}},
		{tape.ScaleBy, tape.Attrs{}, []trace.Shape{m, scalar}, []trace.Shape{m}},
		{tape.SiLUMul, tape.Attrs{}, []trace.Shape{m, m}, []trace.Shape{m}},
		{tape.SiLUMulGrad, tape.Attrs{}, []trace.Shape{m, m, m}, []trace.Shape{m, m}},
		{tape.SGD, tape.Attrs{Beta1: 0.9}, []trace.Shape{m, m, m, scalar}, []trace.Shape{m, m}},
		{tape.Adam, adam, []trace.Shape{m, m, m, m, scalar, scalar, scalar}, []trace.Shape{m, m, m, m}},

		{tape.MatMulQ8, tape.Attrs{Slices: 1}, forward, []trace.Shape{m}},
		{tape.MatMulQ8, tape.Attrs{}, []trace.Shape{forward[0], forward[1], forward[2], f(1, cols), m}, []trace.Shape{m}},
		{tape.MatMulTQ8, tape.Attrs{Slices: 2}, backward, []trace.Shape{m}},
		{tape.MatMulTQ8, tape.Attrs{}, append(backward[:3:3], none), []trace.Shape{m}},
		{tape.ScaledMax, tape.Attrs{From: 3, To: 30}, []trace.Shape{f(rows, inner), f(inner, 1), f(rows, 1)}, []trace.Shape{f(rows, 1)}},
		{tape.DigitSums, tape.Attrs{To: inner}, []trace.Shape{f(rows, inner), backward[1], f(inner, 1), f(rows, 1), sums, sums}, []trace.Shape{sums, sums}},
		{tape.DigitSums, tape.Attrs{From: 7, To: 20}, []trace.Shape{f(rows, inner), backward[1], f(inner, 1), f(rows, 1), none, none}, []trace.Shape{sums, sums}},
		{tape.JoinSums, tape.Attrs{}, []trace.Shape{f(rows, 1), sums, sums, m}, []trace.Shape{m}},

		{tape.Embed, tape.Attrs{}, []trace.Shape{mat(merkle.BF16, 19, cols), ints(rows)}, []trace.Shape{m}},
		{tape.EmbedQ8, tape.Attrs{}, []trace.Shape{mat(merkle.I8, 19, cols), f(19, 1), ints(rows)}, []trace.Shape{m}},
		{tape.EmbedGrad, tape.Attrs{To: 19}, []trace.Shape{m, ints(rows), f(19, cols)}, []trace.Shape{f(19, cols)}},
		{tape.EmbedGrad, tape.Attrs{To: 19}, []trace.Shape{m, ints(rows), none}, []trace.Shape{f(19, cols)}},
		{tape.Select, tape.Attrs{}, []trace.Shape{m, ints(rows)}, []trace.Shape{m}},
		{tape.Scatter, tape.Attrs{}, []trace.Shape{m, ints(rows), ints(80)}, []trace.Shape{f(80, cols)}},

		{tape.RMSNorm, tape.Attrs{Eps: 1e-5}, []trace.Shape{m, mat(merkle.BF16, 1, 22)}, []trace.Shape{m}},
		{tape.RMSNormGrad, tape.Attrs{Eps: 1e-5}, []trace.Shape{m, m, f(1, 33), none}, []trace.Shape{m}},
		{tape.NormRoot, tape.Attrs{HeadDim: 22, Eps: 1e-5}, []trace.Shape{m}, []trace.Shape{f(rows, 3)}},
		{tape.NormGainGrad, tape.Attrs{}, []trace.Shape{m, m, f(rows, 3), f(1, 22), none}, []trace.Shape{f(1, 22)}},
		{tape.NormGainGrad, tape.Attrs{From: 256, To: 300}, []trace.Shape{f(300, 9), f(300, 9), f(300, 1), f(1, 9), f(1, 9)}, []trace.Shape{f(1, 9)}},
		{tape.BiasGrad, tape.Attrs{}, []trace.Shape{f(300, cols), f(1, cols)}, []trace.Shape{f(1, cols)}},
		{tape.Rope, tape.Attrs{HeadDim: 22}, []trace.Shape{m, f(19, 22), ints(rows)}, []trace.Shape{m}},
		{tape.Rope, tape.Attrs{HeadDim: 22, Inverse: 1}, []trace.Shape{m, f(19, 22), ints(rows)}, []trace.Shape{m}},

		{tape.RowMax, tape.Attrs{From: 3, To: 30}, []trace.Shape{m, none}, []trace.Shape{f(rows, 1)}},
		{tape.RowMax, tape.Attrs{To: cols}, []trace.Shape{m, f(rows, 1)}, []trace.Shape{f(rows, 1)}},
		{tape.ExpLanes, tape.Attrs{From: 16, To: 61}, []trace.Shape{m, f(rows, 1), f(rows, 16)}, []trace.Shape{f(rows, 16)}},
		{tape.RowLosses, tape.Attrs{}, []trace.Shape{m, f(rows, 1), f(rows, 16), ints(rows)}, []trace.Shape{f(rows, 1)}},
		{tape.LossGrad, tape.Attrs{}, []trace.Shape{m, f(rows, 1), f(rows, 16), ints(rows), scalar}, []trace.Shape{m}},
		{tape.Sum, tape.Attrs{}, []trace.Shape{f(rows, 1), scalar}, []trace.Shape{scalar}},
		{tape.SquareLanes, tape.Attrs{From: 3, To: 9}, []trace.Shape{m, none}, []trace.Shape{f(1, 16)}},
		{tape.SquareLanes, tape.Attrs{From: 0, To: rows}, []trace.Shape{m, f(1, 16)}, []trace.Shape{f(1, 16)}},
		{tape.FoldLanes, tape.Attrs{}, []trace.Shape{f(1, 16)}, []trace.Shape{scalar}},
		{tape.ClipFactor, tape.Attrs{Scale: 0.3}, []trace.Shape{scalar}, []trace.Shape{scalar}},

		{tape.Scores, heads, []trace.Shape{q, kv, ints(rows)}, []trace.Shape{wide}},
		{tape.Scores, window, []trace.Shape{q, kv, ints(rows)}, []trace.Shape{wide}},
		{tape.Probs, tape.Attrs{To: 19}, []trace.Shape{wide, ints(rows)}, []trace.Shape{wide}},
		{tape.Probs, tape.Attrs{To: 19, Window: 5}, []trace.Shape{wide, ints(rows)}, []trace.Shape{wide}},
		{tape.Mix, heads, []trace.Shape{wide, kv, ints(rows)}, []trace.Shape{f(rows, 6)}},
		{tape.MixT, heads, []trace.Shape{wide, q, ints(rows)}, []trace.Shape{f(rows, 6)}},
		{tape.ProbDot, tape.Attrs{To: 19}, []trace.Shape{wide, wide, ints(rows)}, []trace.Shape{f(rows, 1)}},
		{tape.ProbGrad, tape.Attrs{Scale: 0.4}, []trace.Shape{wide, wide, f(rows, 1)}, []trace.Shape{wide}},
		{tape.Join, tape.Attrs{Heads: 3}, []trace.Shape{f(rows, 22), f(rows, 22), f(rows, 22), f(rows, 22), f(rows, 22), f(rows, 22)}, []trace.Shape{m}},
	}
}

// computed is a result of an operator, from operands that are drawn.
func (c *worked) computed(t testing.TB, out int, seed uint64) *product {
	rng := rand.New(rand.NewPCG(seed, uint64(out)))
	return newProduct(t, c.code, c.attrs, c.in, out, c.outs[out], func(in, at int) uint32 {
		switch d := c.in[in].Type; {
		case d == merkle.I8:
			return uint32(rng.IntN(255) - 127)
		case d == merkle.I32 && c.in[in].Cols > 1:
			return uint32(rng.IntN(1<<20) - 1<<19)
		case d == merkle.I32 && (c.code == tape.RowLosses || c.code == tape.LossGrad) && at%5 == 0:
			return math.MaxUint32 // no target
		case d == merkle.I32: // positions of documents of 19 rows, or token ids
			return uint32(at % 19)
		case c.code == tape.Adam, c.code == tape.DigitSums: // second moments, powers of betas, largest elements
			return math.Float32bits(0.9 * rng.Float32())
		case c.in[in].Cols == 16: // lanes
			return math.Float32bits(20 * rng.Float32())
		}
		scale := 20.0
		if c.code == tape.ExpLanes || c.code == tape.LossGrad { // exp must not overflow
			scale = 5
		}
		return math.Float32bits(float32(scale * rng.NormFloat64()))
	})
}

// TestFormulas: every primitive of a lowered tape has a last step, a product or
// lines, and the table above has every one of the latter.
func TestFormulas(t *testing.T) {
	seen := map[string]bool{"MatMul": true, "MatMulT": true, "MatMulGrad": true} // products
	for _, c := range primitives() {
		seen[c.code.String()] = true
	}
	whole := []tape.Code{tape.Attend, tape.AttendGrad, tape.AttendPaged, tape.Adapt, tape.CrossEntropy, tape.SumSquares} // are lowered
	for c := tape.Code(1); c < 128; c++ {
		if name := c.String(); name[0] != 'C' || name[1] != 'o' { // an operator
			if !seen[name] && !slices.Contains(whole, c) {
				t.Errorf("%s has no last step", name)
			}
		}
	}
}

// lines works out an element in a row and column of tile 0.
func (x *product) lines(t *testing.T, r, c int) (dispute.Element, []dispute.Line) {
	t.Helper()
	f, err := tape.Formulas(x.op, x.p.Shapes(0), x.out)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := f.Work(x.p.Shapes(0), r, c, x.bits)
	if err != nil {
		t.Fatal(err)
	}
	return dispute.OpenLines(dispute.Element{Out: uint32(x.out), At: uint32(r*64 + c)}, lines), lines
}

// bits returns an element of an operand.
func (x *product) bits(in, row, col int) uint32 { return x.element(int(x.op.In[in]), row, col) }

// element returns an element of a value.
func (x *product) element(v, row, col int) uint32 {
	i := row*x.p.Values[v].Cols + col
	switch x.p.Values[v].Type {
	case merkle.I8:
		return uint32(int32(int8(x.values[v][i])))
	case merkle.BF16:
		return uint32(binary.LittleEndian.Uint16(x.values[v][2*i:])) << 16
	}
	return binary.LittleEndian.Uint32(x.values[v][4*i:])
}

// lineAppeals are all that can be shown of an element that was worked out; of
// long formulas, the lines around those that are named.
func (x *product) lineAppeals(t *testing.T, e dispute.Element, lines []dispute.Line, only ...int) []dispute.Appeal {
	t.Helper()
	leaves := make([]merkle.Digest, len(lines))
	for i := range lines {
		leaves[i] = merkle.Keccak256.Leaf(lines[i].Bytes())
	}
	tree := merkle.NewTree(merkle.Keccak256, leaves)
	e.Windows = tree.List()
	payload, err := canon.Encode(&e)
	if err != nil {
		t.Fatal(err)
	}
	element, err := record.Seal(bob, dispute.ElementHeader(x.ops, &e), payload)
	if err != nil {
		t.Fatal(err)
	}
	base := dispute.Appeal{Ops: x.ops.Envelope(), Element: element.Envelope()}
	out := []dispute.Appeal{base}
	shown := func(i int) dispute.Shown {
		proof, err := tree.Prove(uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		return dispute.Shown{Window: lines[i].Bytes(), Proof: proof}
	}
	add := func(parts []dispute.Part, at ...int) {
		one := base
		one.Part = parts
		for _, i := range at {
			one.Windows = append(one.Windows, shown(i))
		}
		out = append(out, one)
	}
	for i, l := range lines {
		if len(lines) > 24 && i != len(lines)-1 && !slices.Contains(only, i) {
			continue
		}
		add(nil, i)
		for _, from := range []uint32{l.A, l.B, l.C} {
			if int(from) < i {
				add(nil, i, int(from))
			}
		}
		if l.Do == dispute.Load && int(l.A) < len(x.op.In) && x.op.In[l.A] != trace.Absent {
			add([]dispute.Part{x.part(t, dispute.OfA, int(x.op.In[l.A]), int(l.Y), int(l.Z))}, i)
		}
	}
	add([]dispute.Part{x.part(t, dispute.OfResult, 0, int(e.At)/64, int(e.At)%64)})
	return out
}

// TestLines: worked out line by line, an element has the bits that the operator
// gives it, and an honest opening cannot be appealed against; of any other,
// something can be shown.
func TestLines(t *testing.T) {
	const seed = 31
	rng := rand.New(rand.NewPCG(seed, 0))
	for i, c := range primitives() {
		for out := range c.outs {
			name := fmt.Sprintf("%d %v, result %d, seed %d", i, c.code, out, seed)
			x := c.computed(t, out, uint64(i))
			_, _, rows, cols := x.tiling(0).Rect(0)
			for range 10 {
				r, c := rng.IntN(rows), rng.IntN(cols)
				e, lines := x.lines(t, r, c)
				if want := x.element(0, r, c); e.Result != want {
					t.Fatalf("%s, element (%d,%d): %d lines give %#x, the operator %#x", name, r, c, len(lines), e.Result, want)
				}
			}
			e, lines := x.lines(t, rng.IntN(rows), rng.IntN(cols))
			every := make([]int, min(4, len(lines)))
			for i := range every {
				every[i] = rng.IntN(len(lines))
			}
			for _, a := range x.lineAppeals(t, e, lines, every...) {
				if _, why, err := a.Judge(toyNet, x.p, tape.Tables); err == nil {
					t.Fatalf("%s: an honest opening is wrong: %s", name, why)
				}
			}
			for range 3 {
				x.lie(t, name, rng, e, slices.Clone(lines))
			}
		}
	}
}

// lie changes one thing of an opening, and mostly works on honestly after.
func (x *product) lie(t *testing.T, name string, rng *rand.Rand, e dispute.Element, lines []dispute.Line) {
	t.Helper()
	at, bit := rng.IntN(len(lines)), uint32(1)<<rng.IntN(32)
	what := []string{"a number that is read", "a result", "an instruction", "the element's result", "the count", "the form"}[rng.IntN(6)]
	l := &lines[at]
	switch what {
	case "a number that is read":
		*[]*uint32{&l.X, &l.Y, &l.Z}[rng.IntN(3)] ^= bit
	case "a result": // and on with it
		l.Result ^= bit
		for i := at + 1; i < len(lines); i++ {
			for k, from := range []uint32{lines[i].A, lines[i].B, lines[i].C} {
				if int(from) == at && lines[i].Do > dispute.Const {
					*[]*uint32{&lines[i].X, &lines[i].Y, &lines[i].Z}[k] = l.Result
				}
			}
		}
	case "an instruction":
		*[]*uint32{&l.A, &l.B, &l.C}[rng.IntN(3)] ^= bit
	case "the element's result":
		e.Result ^= bit
	case "the count":
		lines = lines[:len(lines)-1]
		e.Inner--
	case "the form":
		e.Rule = dispute.Plain
	}
	found := ""
	readers := []int{at}
	for i, l := range lines {
		if l.Do > dispute.Const && slices.Contains([]uint32{l.A, l.B, l.C}, uint32(at)) {
			readers = append(readers, i)
		}
	}
	if len(lines) == 0 {
		return
	}
	for _, a := range x.lineAppeals(t, e, lines, readers...) {
		if k, why, err := a.Judge(toyNet, x.p, tape.Tables); err == nil {
			if found = why; k != bob.Public() {
				t.Errorf("%s, %s: convicted another", name, what)
			}
			break
		}
	}
	if found == "" {
		t.Errorf("%s, line %d, %s: nothing can be shown", name, at, what)
	}
}

// FuzzLine: a line is read as it was written, and every primitive is total.
func FuzzLine(f *testing.F) {
	f.Add(make([]byte, dispute.LineSize))
	f.Add(append([]byte{0, 0, 0, byte(dispute.FMA)}, make([]byte, dispute.LineSize-4)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := dispute.ParseLine(b)
		if err != nil {
			return
		}
		if got := l.Bytes(); string(got) != string(b) {
			t.Errorf("got %x, want %x", got, b)
		}
		if l.Do == dispute.Load {
			return
		}
		f := dispute.Formula{{Do: dispute.Const, A: l.X}, {Do: dispute.Const, A: l.Y}, {Do: dispute.Const, A: l.Z}, {Do: l.Do, A: 0, B: 1, C: 2}}
		if _, err := f.Work(nil, 1, 2, nil); err != nil && !errors.Is(err, dispute.ErrNoResult) {
			t.Error(err)
		}
	})
}
