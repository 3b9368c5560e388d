package op

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// rowCase is one call of an operator on operands that the case makes from r;
// it returns all that the call wrote.
type rowCase struct {
	name string
	call func(e *Engine, r *rand.Rand, rows, cols int) []Matrix
}

// rowCases are all operators on rows, each with operands made from the same
// seed for every engine.
var rowCases = []rowCase{
	{"Exp", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		x, y := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		scaleRef(x.Data, x.Data, 30)
		e.Exp(y, x)
		return []Matrix{y}
	}},
	{"SiLU", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		x, y := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		e.SiLU(y, x)
		e.SiLU(x, x)
		return []Matrix{y, x}
	}},
	{"SiLUMul", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		gate, up, y := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		e.SiLUMul(y, gate, up)
		return []Matrix{y}
	}},
	{"SiLUMulBackward", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		gate, up, dy := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		dgate, dup := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		e.SiLUMulBackward(dgate, dup, dy, gate, up)
		e.SiLUMulBackward(gate, up, dy, gate, up)
		return []Matrix{dgate, dup, gate, up}
	}},
	{"Softmax", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		x, y := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		e.Softmax(y, x)
		e.Softmax(x, x)
		return []Matrix{y, x}
	}},
	{"LogSumExp", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		x, y := anyMatrix(r, rows, cols), NewMatrix(rows, 1)
		for i := range rows {
			y.Data[i] = e.LogSumExp(x.Row(i))
		}
		return []Matrix{y}
	}},
	{"RMSNorm", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		x, y, g := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols), anyMatrix(r, 1, cols)
		e.RMSNorm(y, x, g.Row(0), 1e-5)
		return []Matrix{y}
	}},
	{"RMSNormBackward", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		x, dy, g := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols), anyMatrix(r, 1, cols)
		dx, dg := anyMatrix(r, rows, cols), anyMatrix(r, 1, cols)
		e.RMSNormBackward(dx, dg.Row(0), dy, x, g.Row(0), 1e-5)
		return []Matrix{dx, dg}
	}},
	{"CrossEntropy", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		x, dx, losses := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols), NewMatrix(1, rows)
		targets := make([]int32, rows)
		for i := range targets {
			targets[i] = r.Int32N(int32(cols)+1) - 1
		}
		e.CrossEntropy(losses.Data, dx, x, targets, 0.25)
		return []Matrix{losses, dx}
	}},
	{"Elements", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		a, b := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		sum, product, scaled := anyMatrix(r, rows, cols), anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		e.Add(sum, a, b)
		e.Mul(product, a, b)
		e.Scale(scaled, a, 0.3)
		e.AddScaled(b, a, -0.7)
		return []Matrix{sum, product, scaled, b}
	}},
	{"BiasGrad", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		dy, db := anyMatrix(r, rows, cols), anyMatrix(r, 1, cols)
		e.BiasGrad(db.Row(0), dy)
		return []Matrix{db}
	}},
	{"Embed", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		table, y, dy := anyMatrix(r, 5, cols), anyMatrix(r, rows, cols), anyMatrix(r, rows, cols)
		ids := make([]int32, rows)
		for i := range ids {
			ids[i] = r.Int32N(5)
		}
		e.Embed(y, table, ids)
		e.EmbedBackward(table, dy, ids)
		return []Matrix{y, table}
	}},
	{"Rope", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		d := 2 * (1 + cols%70)
		table, err := NewRopeTable(RopeConfig{Theta: 1e4, HeadDim: d}, 9)
		if err != nil {
			panic(err)
		}
		x, y := anyMatrix(r, rows, 3*d), anyMatrix(r, rows, 3*d)
		pos := make([]int32, rows)
		for i := range pos {
			pos[i] = r.Int32N(9)
		}
		e.Rope(x, 3, pos, table, false)
		e.Rope(y, 3, pos, table, true)
		return []Matrix{x, y}
	}},
	{"Adam", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		var v [5]Matrix
		for i := range v {
			v[i] = normalMatrix(r, 1, rows*cols)
			v[i].Data[0] = special[r.IntN(len(special))]
		}
		mulRef(v[3].Data, v[3].Data, v[3].Data)
		c := AdamConfig{B1: 0.9, B2: 0.999, Eps: 1e-8, WeightDecay: 0.01}
		e.Adam(v[0].Data, v[1].Data, v[2].Data, v[3].Data, 1e-3, 0.9, 0.999, c, v[4].Data)
		e.Adam(v[0].Data, v[1].Data, v[2].Data, v[3].Data, 1e-3, 0.81, 0.998, c, nil)
		e.SGD(v[0].Data, v[1].Data, v[2].Data, 1e-3, 0.9)
		return v[:]
	}},
	{"Clip", func(e *Engine, r *rand.Rand, rows, cols int) []Matrix {
		x := anyMatrix(r, 1, rows*cols)
		s := NewMatrix(1, 1)
		s.Data[0] = e.SumSquares(x.Data)
		e.ScaleSlice(x.Data, 0.1)
		return []Matrix{s, x}
	}},
}

// anyMatrix returns special or normal values with any stride, so that rows
// start anywhere.
func anyMatrix(r *rand.Rand, rows, cols int) Matrix {
	return randomMatrix(r, rows, cols, cols+r.IntN(3))
}

// TestRows compares every implementation and thread count with the reference.
func TestRows(t *testing.T) {
	sizes := []int{1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 95, 100, 127, 128, 129, 130}
	if long {
		sizes = sizes[:0]
		for n := range 130 {
			sizes = append(sizes, n+1)
		}
	}
	ref := newEngine(t, "ref", 1)
	var es []*Engine
	for _, name := range Available() {
		for _, threads := range []int{1, 2, 3, 8} {
			if name == "ref" && threads != 3 {
				continue
			}
			es = append(es, newEngine(t, name, threads))
		}
	}
	for _, c := range rowCases {
		for i, cols := range sizes {
			rows, seed := 1+i*7%11, uint64(i)
			if i == len(sizes)-1 {
				rows = 600 // segments, and more than one piece
			}
			want := c.call(ref, rand.New(rand.NewPCG(seed, 1)), rows, cols)
			for _, e := range es {
				got := c.call(e, rand.New(rand.NewPCG(seed, 1)), rows, cols)
				for k := range want {
					sameBits(t, fmt.Sprintf("%s, %s, %d threads, (%d,%d) seed %d, output %d",
						c.name, e.Kernels(), e.Threads(), rows, cols, seed, k), got[k].Data, want[k].Data)
				}
			}
		}
	}
}

// TestRowErrors compares with float64.
func TestRowErrors(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 0))
	e := newEngine(t, "", 2)
	x, g := normalMatrix(r, 20, 700), normalMatrix(r, 1, 700)
	y := NewMatrix(20, 700)
	worst := func(what string, want []float64, bound float64) {
		t.Helper()
		u := 0.0
		for i, w := range want {
			u = max(u, ulps(y.Data[i], w))
		}
		t.Logf("%s: largest error %.2f ulp", what, u)
		if u > bound {
			t.Errorf("%s: off by %.2f ulp, want at most %v", what, u, bound)
		}
	}
	x64, g64 := matrix64(x), matrix64(g)
	e.RMSNorm(y, x, g.Data, 1e-5)
	worst("rmsnorm", rmsNorm64(x64, g64, float64(float32(1e-5))), 3)

	want := make([]float64, len(x64))
	for i := range 20 {
		sum := 0.0
		for _, v := range x64[i*700 : (i+1)*700] {
			sum += math.Exp(v)
		}
		for j := i * 700; j < (i+1)*700; j++ {
			want[j] = math.Exp(x64[j]) / sum
		}
	}
	e.Softmax(y, x)
	worst("softmax", want, 7)

	up := normalMatrix(r, 20, 700)
	for i, u := range up.Data {
		want[i] = x64[i] / (1 + math.Exp(-x64[i])) * float64(u)
	}
	e.SiLUMul(y, x, up)
	worst("silu·up", want, 3.5)
}

func TestCheckFinite(t *testing.T) {
	inf := float32(math.Inf(1))
	for _, e := range engines(t, 3) {
		x := make([]float32, 5*run+7)
		for i := range x {
			x[i] = special[i%len(special)]
		}
		if got := e.CheckFinite(x); got != -1 {
			t.Errorf("%s: finite values: got %d, want -1", e.Kernels(), got)
		}
		if got := e.CheckFinite(nil); got != -1 {
			t.Errorf("%s: no values: got %d, want -1", e.Kernels(), got)
		}
		for _, at := range []int{len(x) - 1, 4*run + 100, 3 * run, run + 17, 40, 15, 0} {
			for _, bad := range []float32{inf, -inf, float32(math.NaN()), math.Float32frombits(0xff800001)} {
				x[at] = bad
				if got := e.CheckFinite(x); got != at {
					t.Errorf("%s: %v at %d: got %d", e.Kernels(), bad, at, got)
				}
			}
		}
	}
}

func TestClipFactor(t *testing.T) {
	for _, c := range []struct{ total, clip, want float32 }{
		{0, 1, 1}, {4, 1, 0.5}, {0.25, 1, 1}, {1, 1, 1},
	} {
		if got := ClipFactor(c.total, c.clip); got != c.want {
			t.Errorf("ClipFactor(%v, %v) = %v, want %v", c.total, c.clip, got, c.want)
		}
	}
}

// TestAdamError compares ten steps with float64.
func TestAdamError(t *testing.T) {
	e := newEngine(t, "", 1)
	p, m, v := []float32{1}, []float32{0}, []float32{0}
	x, m64, v64 := 1.0, 0.0, 0.0
	b1, b2 := float64(float32(0.9)), float64(float32(0.999))
	p1, p2 := float32(1), float32(1)
	c := AdamConfig{B1: 0.9, B2: 0.999, Eps: 1e-8, WeightDecay: 0.1}
	for i := range 10 {
		g := []float32{float32(i) - 3.3}
		p1, p2 = float32(p1*c.B1), float32(p2*c.B2)
		e.Adam(p, g, m, v, 0.01, p1, p2, c, nil)
		m64 = b1*m64 + (1-b1)*float64(g[0])
		v64 = b2*v64 + (1-b2)*float64(g[0])*float64(g[0])
		n := float64(i + 1)
		x -= 0.01 * 0.1 * x
		x -= 0.01 * (m64 / (1 - math.Pow(b1, n))) / (math.Sqrt(v64/(1-math.Pow(b2, n))) + 1e-8)
	}
	if math.Abs(float64(p[0])-x) > 1e-5 {
		t.Errorf("after ten steps: got %v, want %v", p[0], x)
	}
}

// TestRowPanics checks that a mistake says which operator and which shapes.
func TestRowPanics(t *testing.T) {
	e := newEngine(t, "", 1)
	m, wide := NewMatrix(2, 3), NewMatrix(2, 4)
	table, _ := NewRopeTable(RopeConfig{Theta: 1e4, HeadDim: 4}, 2)
	one := make([]float32, 8)
	for want, call := range map[string]func(){
		"op: Exp: shapes (2,3) (2,4)":              func() { e.Exp(m, wide) },
		"op: Add: output":                          func() { e.Add(Matrix{one, 2, 3, 3}, Matrix{one[1:], 2, 3, 3}, m) },
		"op: RMSNorm: g has 8 elements, want 3":    func() { e.RMSNorm(m, m, one, 0) },
		"op: CrossEntropy: target 4 of row 1":      func() { e.CrossEntropy(one[:2], wide, wide, []int32{0, 4}, 1) },
		"op: Embed: id 2 at 1":                     func() { e.Embed(m, NewMatrix(2, 3), []int32{0, 2}) },
		"op: Rope: position 2 of row 1":            func() { e.Rope(wide, 1, []int32{0, 2}, table, false) },
		"op: Adam: m has 2 elements, want 3":       func() { e.Adam(one[:3], m.Data[:3], one[3:5], m.Data[3:], 1, 0, 0, AdamConfig{}, nil) },
		"op: SGD: two of its vectors overlap":      func() { e.SGD(one[:2], one[1:3], one[3:5], 1, 1) },
		"op: Attention: sequence 0":                func() { e.Attention([]AttnSeq{{Q: m, O: m}}, Attn{Heads: 1, KVHeads: 1, HeadDim: 4}) },
		"op: KVAppend: 0 pages of 32":              func() { e.KVAppend(nil, 0, m, m.clone(), Attn{Heads: 1, KVHeads: 1, HeadDim: 3}) },
		"op: AttentionTrain: {Heads:3 KVHeads:2":   func() { e.AttentionTrain(m, m, m, m, nil, Attn{Heads: 3, KVHeads: 2, HeadDim: 1}) },
		"op: AttentionBackward: an output overlap": func() { e.AttentionBackward(m, m, m, m, m, m, m, []int{2}, Attn{Heads: 3, KVHeads: 3, HeadDim: 1}) },
		"op: Sample: 0 logits":                     func() { e.Sample(nil, SampleConfig{}, 0) },
		"op: Narrow: f16, 3 bytes for 1 values":    func() { Narrow(make([]byte, 3), F16, one[:1]) },
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.HasPrefix(got, want) {
					t.Errorf("got panic %q, want %q", got, want)
				}
			}()
			call()
		}()
	}
}

// TestRowAllocations checks that operators allocate nothing once warm.
func TestRowAllocations(t *testing.T) {
	const rows, cols = 6, 64
	r := rand.New(rand.NewPCG(4, 0))
	x, y, z, g := normalMatrix(r, rows, cols), normalMatrix(r, rows, cols), NewMatrix(rows, cols), normalMatrix(r, 1, cols)
	dy := normalMatrix(r, rows, cols)
	a := Attn{Heads: 4, KVHeads: 2, HeadDim: 16, Scale: 0.25}
	k, v, dk, dv := normalMatrix(r, rows, 32), normalMatrix(r, rows, 32), NewMatrix(rows, 32), NewMatrix(rows, 32)
	table, _ := NewRopeTable(RopeConfig{Theta: 1e4, HeadDim: 16}, rows)
	pages, ids, docs := newPages(a, rows), []int32{0, 1, 2, 3, 4, 5}, []int{4, 2}
	seqs := []AttnSeq{{Q: x, O: z, Pages: pages}}
	for _, e := range engines(t, 2) {
		for name, call := range map[string]func(){
			"Exp":               func() { e.Exp(y, x) },
			"SiLUMul":           func() { e.SiLUMul(z, x, y) },
			"SiLUMulBackward":   func() { e.SiLUMulBackward(z, dy, dy, x, y) },
			"Softmax":           func() { e.Softmax(z, x) },
			"RMSNorm":           func() { e.RMSNorm(z, x, g.Data, 1e-5) },
			"RMSNormBackward":   func() { e.RMSNormBackward(z, g.Data, dy, x, g.Data, 1e-5) },
			"CrossEntropy":      func() { e.CrossEntropy(g.Data[:rows], z, x, ids, 1) },
			"BiasGrad":          func() { e.BiasGrad(g.Data, dy) },
			"Embed":             func() { e.Embed(z, x, ids) },
			"EmbedBackward":     func() { e.EmbedBackward(z, x, ids) },
			"Rope":              func() { e.Rope(z, 4, ids, table, false) },
			"Adam":              func() { e.Adam(k.Data, v.Data, dk.Data, dv.Data, 0, 0.9, 0.9, AdamConfig{}, nil) },
			"CheckFinite":       func() { e.CheckFinite(x.Data) },
			"SumSquares":        func() { e.SumSquares(x.Data) },
			"Normals":           func() { e.Normals(z.Data, 1, 2, 3, PurposeInit, 1) },
			"KVAppend":          func() { e.KVAppend(pages, 0, k, v, a) },
			"Attention":         func() { e.Attention(seqs, a) },
			"AttentionTrain":    func() { e.AttentionTrain(z, x, k, v, docs, a) },
			"AttentionBackward": func() { e.AttentionBackward(z, dk, dv, dy, x, k, v, docs, a) },
			"Sample":            func() { e.Sample(x.Data, SampleConfig{Temperature: 1, TopK: 50, TopP: 0.9, MinP: 0.01}, 0.5) },
		} {
			if n := testing.AllocsPerRun(10, call); n != 0 {
				t.Errorf("%s, %s: %v allocations per call, want 0", name, e.Kernels(), n)
			}
		}
	}
}
