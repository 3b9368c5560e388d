package dispute_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// TestWindows: window by window a chain has the bits that arithmetic 1 gives it,
// whatever the exponents.
func TestWindows(t *testing.T) {
	const seed = 8
	rng := rand.New(rand.NewPCG(seed, 0))
	for i := range 400 {
		n := 1 + rng.IntN(700)
		a, b := make([]float32, n), make([]float32, n)
		for k := range a {
			a[k], b[k] = float32(rng.NormFloat64()), float32(rng.NormFloat64())
			if i%2 == 0 {
				a[k] = float32(math.Ldexp(float64(a[k]), rng.IntN(80)-100))
				b[k] = float32(math.Ldexp(float64(b[k]), rng.IntN(80)-60))
			}
		}
		e, all := dispute.NewElement(dispute.Element{}, a, b, 0, 0)
		if want := op.Chain(a, b); e.Result != math.Float32bits(want) || len(all) != (n+63)/64 {
			t.Fatalf("seed %d, case %d: got %#x, want %#x", seed, i, e.Result, math.Float32bits(want))
		}
		for _, w := range all {
			if got, err := dispute.ParseWindow(w.Bytes()); err != nil || got != w {
				t.Fatalf("seed %d, case %d: a window is read as another one: %v", seed, i, err)
			}
		}
	}
}

// A product is one operator whose operands are at hand.
type product struct {
	p      *trace.Program
	values [][]byte // by value, row by row
	list   []merkle.Digest
	trees  []*merkle.Tree // of the tiles, by value
	ops    record.Verified
	op     trace.Op
	out    int // which result is looked at
}

// products are the operators that a contract can look into: forward with a
// running sum of an earlier part, a bias, bf16 weights; both gradients.
func products(t *testing.T) map[string]*product {
	f32, bf16 := merkle.F32, merkle.BF16
	s := func(d merkle.DType, rows, cols int) trace.Shape { return trace.Shape{Type: d, Rows: rows, Cols: cols} }
	all := make(map[string]*product)
	for name, c := range map[string]struct {
		code  tape.Code
		attrs tape.Attrs
		in    []trace.Shape
		rows  int
		cols  int
	}{
		"forward":  {tape.MatMul, tape.Attrs{}, []trace.Shape{s(f32, 70, 300), s(bf16, 66, 300), {}, {}, {}}, 70, 66},
		"bias":     {tape.MatMul, tape.Attrs{}, []trace.Shape{s(f32, 70, 300), s(merkle.F16, 66, 300), s(f32, 1, 66), {}, {}}, 70, 66},
		"residual": {tape.MatMul, tape.Attrs{}, []trace.Shape{s(f32, 70, 300), s(f32, 66, 300), {}, s(f32, 70, 66), {}}, 70, 66},
		"part":     {tape.MatMul, tape.Attrs{From: 256, To: 600}, []trace.Shape{s(f32, 70, 600), s(bf16, 66, 600), {}, s(f32, 70, 66), s(f32, 70, 66)}, 70, 66},
		"input":    {tape.MatMulT, tape.Attrs{}, []trace.Shape{s(f32, 70, 300), s(bf16, 300, 66), s(f32, 70, 66), {}}, 70, 66},
		"weight":   {tape.MatMulGrad, tape.Attrs{}, []trace.Shape{s(f32, 300, 70), s(f32, 300, 66), s(f32, 70, 66)}, 70, 66},
	} {
		rng := rand.New(rand.NewPCG(1, 2))
		all[name] = newProduct(t, c.code, c.attrs, c.in, 0, trace.Shape{Type: f32, Rows: c.rows, Cols: c.cols}, func(in, _ int) uint32 {
			if c.in[in].Type == merkle.F16 { // subnormals included
				return uint32(rng.IntN(0x4400)) | uint32(rng.IntN(2))<<15
			}
			return math.Float32bits(float32(rng.NormFloat64()))
		})
	}
	return all
}

// newProduct computes result number out of an operator from operands that draw
// fills: bits of f32, whose upper half is a bf16, or the lower bits of others.
func newProduct(t testing.TB, code tape.Code, attrs tape.Attrs, in []trace.Shape, out int, made trace.Shape, draw func(in, at int) uint32) *product {
	x := &product{p: new(trace.Program), out: out}
	x.op = trace.Op{Code: uint16(code), Attrs: attrs.AppendCanon(nil)}
	for range out {
		x.op.Out = append(x.op.Out, trace.Absent)
	}
	x.op.Out = append(x.op.Out, 0)
	x.p.Values = []trace.Value{{Source: trace.Made, Type: made.Type, Rows: made.Rows, Cols: made.Cols}}
	x.values = [][]byte{nil}
	for k, in := range in {
		if in == (trace.Shape{}) {
			x.op.In = append(x.op.In, trace.Absent)
			continue
		}
		x.op.In = append(x.op.In, int32(len(x.p.Values)))
		x.p.Values = append(x.p.Values, trace.Value{Source: trace.Given, Type: in.Type, Rows: in.Rows, Cols: in.Cols})
		var b []byte
		for i := range in.Rows * in.Cols {
			switch v := draw(k, i); in.Type {
			case merkle.F32, merkle.I32:
				b = binary.LittleEndian.AppendUint32(b, v)
			case merkle.BF16:
				b = binary.LittleEndian.AppendUint16(b, uint16(v>>16))
			case merkle.F16:
				b = binary.LittleEndian.AppendUint16(b, uint16(v))
			default:
				b = append(b, byte(v))
			}
		}
		x.values = append(x.values, b)
	}
	x.p.Ops = []trace.Op{x.op}
	x.values[0] = x.whole(t)
	for v := range x.values {
		x.list = append(x.list, merkle.NewHasher().Tensor(x.tiling(v), x.values[v]))
		leaves := make([]merkle.Digest, x.tiling(v).Tiles())
		merkle.NewHasher().Tiles(leaves, x.tiling(v), x.values[v], 0)
		x.trees = append(x.trees, merkle.NewTree(merkle.SHA256, leaves))
	}
	o := dispute.Opening{Count: uint64(len(x.list)), Digest: trace.List(x.list)}
	x.ops = seal(bob, record.OpenOps, [32]byte{1}, 1, o.AppendCanon(nil))
	return x
}

func (x *product) tiling(v int) merkle.Tiling {
	t, err := x.p.Values[v].Tiling()
	if err != nil {
		panic(err)
	}
	return t
}

func (x *product) tile(v, n int) []byte {
	row, col, rows, cols := x.tiling(v).Rect(n)
	s := &x.p.Values[v]
	size := s.Type.Size()
	var b []byte
	for r := row; r < row+rows; r++ {
		b = append(b, x.values[v][(r*s.Cols+col)*size:][:cols*size]...)
	}
	return b
}

// whole computes the result tile by tile.
func (x *product) whole(t testing.TB) []byte {
	e, err := op.New(op.Config{Kernels: "ref"})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	s := &x.p.Values[0]
	out := make([]byte, 4*s.Rows*s.Cols)
	for n := range x.tiling(0).Tiles() {
		b, err := tape.NewCPU(e).Referee(x.op, x.p.Shapes(0), x.out, n, func(in, tile int) ([]byte, error) {
			return x.tile(int(x.op.In[in]), tile), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		row, col, rows, cols := x.tiling(0).Rect(n)
		for r := range rows {
			copy(out[4*((row+r)*s.Cols+col):], b[4*r*cols:][:4*cols])
		}
	}
	return out
}

// at returns element (row, col) of a value.
func (x *product) at(v, row, col int) float32 {
	s := &x.p.Values[v]
	i := row*s.Cols + col
	var out [1]float32
	switch s.Type {
	case merkle.F32:
		out[0] = math.Float32frombits(binary.LittleEndian.Uint32(x.values[v][4*i:]))
	default:
		op.Widen(out[:], op.Format(s.Type), x.values[v][2*i:2*i+2])
	}
	return out[0]
}

// open opens the element in a row and column of a tile.
func (x *product) open(t *testing.T, tile, r, c int) (dispute.Element, []dispute.Window, dispute.Product) {
	row, col, _, _ := x.tiling(0).Rect(tile)
	p, err := tape.Products(x.op, x.p.Shapes(0), 0, row+r, col+c)
	if err != nil {
		t.Fatal(err)
	}
	one := func(a dispute.Access, k int) float32 {
		if a.In < 0 {
			return 0
		}
		return x.at(int(x.op.In[a.In]), a.Row+k*a.DRow, a.Col+k*a.DCol)
	}
	var a, b []float32
	for k := range p.Inner {
		a, b = append(a, one(p.A, k)), append(b, one(p.B, k))
	}
	e := dispute.Element{Tile: uint32(tile), At: uint32(r*64 + c), Rule: p.Rule}
	e, all := dispute.NewElement(e, a, b, one(p.Start, 0), one(p.With, 0))
	return e, all, p
}

// appeals are all that can be shown of an element.
func (x *product) appeals(t *testing.T, e dispute.Element, all []dispute.Window, p dispute.Product) []dispute.Appeal {
	leaves := make([]merkle.Digest, len(all))
	for i := range all {
		leaves[i] = merkle.Keccak256.Leaf(all[i].Bytes())
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
	shown := func(i int) dispute.Shown {
		proof, err := tree.Prove(uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		return dispute.Shown{Window: all[i].Bytes(), Proof: proof}
	}
	out := []dispute.Appeal{base}
	add := func(windows []dispute.Shown, part ...dispute.Part) {
		one := base
		one.Windows, one.Part = windows, part
		out = append(out, one)
	}
	for i := range all {
		add([]dispute.Shown{shown(i)})
		if i > 0 {
			add([]dispute.Shown{shown(i - 1), shown(i)})
		}
		for which, a := range map[dispute.Which]dispute.Access{dispute.OfA: p.A, dispute.OfB: p.B} {
			for _, k := range []int{64 * i, 64*i + int(all[i].Count) - 1} { // it lies in one tile or two
				add([]dispute.Shown{shown(i)}, x.part(t, which, int(x.op.In[a.In]), a.Row+k*a.DRow, a.Col+k*a.DCol))
			}
		}
	}
	for which, a := range map[dispute.Which]dispute.Access{dispute.OfStart: p.Start, dispute.OfWith: p.With} {
		if a.In >= 0 {
			add(nil, x.part(t, which, int(x.op.In[a.In]), a.Row, a.Col))
		}
	}
	row, col, _, _ := x.tiling(0).Rect(int(e.Tile))
	add(nil, x.part(t, dispute.OfResult, 0, row+int(e.At)/64, col+int(e.At)%64))
	return out
}

// part is the tile of a value in which an element lies.
func (x *product) part(t *testing.T, which dispute.Which, v, row, col int) dispute.Part {
	row, col = min(row, x.p.Values[v].Rows-1), min(col, x.p.Values[v].Cols-1) // a lie may lead outside
	tile := row/64*((x.p.Values[v].Cols+63)/64) + col/64
	path, err := x.trees[v].Prove(uint64(tile))
	if err != nil {
		t.Fatal(err)
	}
	entry, err := merkle.NewTree(merkle.SHA256, trace.Leaves(x.list)).Prove(uint64(v))
	if err != nil {
		t.Fatal(err)
	}
	return dispute.Part{
		Which: which, Tile: uint32(tile), Bytes: x.tile(v, tile), Path: path.Path, Tensor: x.list[v], Entry: entry,
	}
}

// TestAppeals: an element opened as it was computed cannot be appealed against;
// of one opened otherwise, something can be shown.
func TestAppeals(t *testing.T) {
	for name, x := range products(t) {
		for _, at := range [][3]int{{0, 63, 7}, {3, 5, 1}} {
			e, all, p := x.open(t, at[0], at[1], at[2])
			where := fmt.Sprintf("%s, tile %d, element (%d,%d)", name, at[0], at[1], at[2])
			for _, a := range x.appeals(t, e, all, p) {
				if _, why, err := a.Judge(toyNet, x.p, tape.Tables); err == nil {
					t.Errorf("%s: convicted: %s", where, why)
				}
			}
			row, col, _, _ := x.tiling(0).Rect(at[0])
			if got := x.at(0, row+at[1], col+at[2]); e.Result != math.Float32bits(got) {
				t.Errorf("%s: opened %#x, computed %#x", where, e.Result, math.Float32bits(got))
			}
			if at[0] > 0 {
				continue
			}
			for lie, f := range lies {
				e, all := e, slices.Clone(all)
				f(&e, all)
				found := ""
				for _, a := range x.appeals(t, e, all, p) {
					if k, why, err := a.Judge(toyNet, x.p, tape.Tables); err == nil {
						if found = why; k != bob.Public() {
							t.Errorf("%s, %s: convicted another", where, lie)
						}
					}
				}
				if found == "" {
					t.Errorf("%s, %s: nothing can be shown", where, lie)
				}
			}
		}
	}
}

// lies are what a cheat may open; after a lie in an operand it computes on.
var lies = map[string]func(e *dispute.Element, all []dispute.Window){
	"acc":     func(_ *dispute.Element, all []dispute.Window) { all[1].AccAfter ^= 1 },
	"sum":     func(_ *dispute.Element, all []dispute.Window) { all[3].SumAfter ^= 1 },
	"before":  func(_ *dispute.Element, all []dispute.Window) { all[2].AccBefore ^= 1 },
	"number":  func(_ *dispute.Element, all []dispute.Window) { all[2].Number = 1 },
	"count":   func(_ *dispute.Element, all []dispute.Window) { all[2].Count-- },
	"padding": func(_ *dispute.Element, all []dispute.Window) { all[4].A[63] = 1 },
	"start":   func(e *dispute.Element, all []dispute.Window) { e.Start ^= 1 << 20 },
	"with": func(e *dispute.Element, all []dispute.Window) {
		a, b := []float32{0}, []float32{0}
		sum := math.Float32frombits(all[len(all)-1].SumAfter)
		e.With ^= 1 << 20
		one, _ := dispute.NewElement(*e, a, b, sum, math.Float32frombits(e.With))
		e.Result = one.Result
	},
	"result":   func(e *dispute.Element, _ []dispute.Window) { e.Result ^= 1 },
	"inner":    func(e *dispute.Element, _ []dispute.Window) { e.Inner-- },
	"rule":     func(e *dispute.Element, _ []dispute.Window) { e.Rule = dispute.Times },
	"a and on": func(e *dispute.Element, all []dispute.Window) { again(e, all, func(a, _ []float32) { a[70] *= 2 }) },
	"b and on": func(e *dispute.Element, all []dispute.Window) { again(e, all, func(_, b []float32) { b[299] += 1 }) },
	"NaN and on": func(e *dispute.Element, all []dispute.Window) {
		again(e, all, func(a, _ []float32) { a[1] = float32(math.NaN()) })
	},
	"nothing shown": func(e *dispute.Element, all []dispute.Window) {
		e.Result ^= 1
		all[len(all)-1].SumAfter = 0
	},
}

// again opens the chain of other operands.
func again(e *dispute.Element, all []dispute.Window, f func(a, b []float32)) {
	var a, b []float32
	for _, w := range all {
		for i := range w.Count {
			a, b = append(a, math.Float32frombits(w.A[i])), append(b, math.Float32frombits(w.B[i]))
		}
	}
	f(a, b)
	changed, windows := dispute.NewElement(*e, a, b, math.Float32frombits(e.Start), math.Float32frombits(e.With))
	*e = changed
	copy(all, windows)
}
