package op

import (
	"fmt"
	"unsafe"
)

// rowBenches lists the operators on rows. Those on (64, 1024) stay in the
// caches; those that memory limits count the bytes that they read and write.
func rowBenches() []benchCase {
	const rows, cols = 64, 1024
	element := func(name string, prepare func(e *Engine, x, y, z Matrix) func()) benchCase {
		return benchCase{operator: name, format: "f32", shape: fmt.Sprintf("%dx%d", rows, cols), elements: rows * cols,
			prepare: func(e *Engine) func() {
				return prepare(e, benchMatrix(rows, cols), NewMatrix(rows, cols), benchMatrix(rows, cols))
			}}
	}
	list := []benchCase{
		element("exp", func(e *Engine, x, y, _ Matrix) func() { return func() { e.Exp(y, x) } }),
		element("silu", func(e *Engine, x, y, _ Matrix) func() { return func() { e.SiLU(y, x) } }),
		element("silu mul", func(e *Engine, x, y, z Matrix) func() { return func() { e.SiLUMul(y, x, z) } }),
		element("silu mul grad", func(e *Engine, x, y, z Matrix) func() {
			u := NewMatrix(rows, cols)
			return func() { e.SiLUMulBackward(y, u, z, x, z) }
		}),
		element("softmax", func(e *Engine, x, y, _ Matrix) func() { return func() { e.Softmax(y, x) } }),
		element("rmsnorm", func(e *Engine, x, y, z Matrix) func() {
			return func() { e.RMSNorm(y, x, z.Row(0), 1e-5) }
		}),
		element("rmsnorm grad", func(e *Engine, x, y, z Matrix) func() {
			dg := make([]float32, cols)
			return func() { e.RMSNormBackward(y, dg, z, x, z.Row(0), 1e-5) }
		}),
		element("rope", func(e *Engine, x, _, _ Matrix) func() {
			table, err := NewRopeTable(RopeConfig{Theta: 1e4, HeadDim: 64}, rows)
			if err != nil {
				panic(err)
			}
			pos := make([]int32, rows)
			return func() { e.Rope(x, cols/64, pos, table, false) }
		}),
		element("cross-entropy", func(e *Engine, x, y, _ Matrix) func() {
			losses, targets := make([]float32, rows), make([]int32, rows)
			return func() { e.CrossEntropy(losses, y, x, targets, 0.1) }
		}),
	}
	for _, c := range []SampleConfig{{}, {Temperature: 1, TopK: 40}, {Temperature: 1, TopP: 0.9}} {
		list = append(list, benchCase{operator: fmt.Sprintf("sample %v %v %v", c.Temperature, c.TopK, c.TopP), format: "f32", shape: "49152", elements: 49152, prepare: func(e *Engine) func() {
			x := benchMatrix(1, 49152)
			scaleRef(x.Data, x.Data, 12)
			return func() { e.Sample(x.Data, c, 0.5) }
		}})
	}
	list = append(list, benchCase{operator: "sign dot", format: "i4", shape: "131072x16384", bytes: 1 << 28, prepare: func(e *Engine) func() {
		rows := benchMemory(1 << 26)
		y, q := make([]int32, 1<<17), NewInt4s(make([]int8, 1<<14))
		return func() { e.SignDot(y, unsafe.Slice((*byte)(unsafe.Pointer(&rows[0])), 4*len(rows)), q) }
	}})
	return append(append(list, memoryBenches()...), attentionBenches()...)
}

// memoryBenches take more memory than the caches hold.
func memoryBenches() []benchCase {
	const n = 8 << 20
	vectors := func(k int) [][]float32 {
		v := make([][]float32, k)
		for i := range v {
			v[i] = benchMatrix(1, n).Data
		}
		return v
	}
	return []benchCase{
		{operator: "check finite", format: "f32", shape: "8M", bytes: 4 * n, prepare: func(e *Engine) func() {
			x := vectors(1)[0]
			return func() { e.CheckFinite(x) }
		}},
		{operator: "sum squares", format: "f32", shape: "8M", bytes: 4 * n, prepare: func(e *Engine) func() {
			x := vectors(1)[0]
			return func() { e.SumSquares(x) }
		}},
		{operator: "adam", format: "f32", shape: "8M", bytes: 7 * 4 * n, prepare: func(e *Engine) func() {
			v := vectors(4)
			mulRef(v[3], v[3], v[3])
			c := AdamConfig{B1: 0.9, B2: 0.999, Eps: 1e-8, WeightDecay: 0.01}
			return func() { e.Adam(v[0], v[1], v[2], v[3], 1e-4, 0.9, 0.999, c, nil) }
		}},
		{operator: "cross-entropy", format: "f32", shape: "256x32000", bytes: 8 * 256 * 32000, prepare: func(e *Engine) func() {
			x, dx := benchMatrix(256, 32000), NewMatrix(256, 32000)
			losses, targets := make([]float32, 256), make([]int32, 256)
			return func() { e.CrossEntropy(losses, dx, x, targets, 0.1) }
		}},
	}
}

// attentionBenches count multiply-adds: 2·HeadDim per query and key seen, five
// matrix products of that size backward for two forward.
func attentionBenches() []benchCase {
	const t = 1024
	a := Attn{Heads: 8, KVHeads: 8, HeadDim: 64, Scale: 0.125}
	pairs := float64(a.Heads) * t * (t + 1) / 2
	operands := func() [7]Matrix {
		var m [7]Matrix
		for i := range m {
			m[i] = benchMatrix(t, a.Heads*a.HeadDim)
		}
		return m
	}
	shape := fmt.Sprintf("%d, %d heads x %d", t, a.Heads, a.HeadDim)
	decode := func(context int) benchCase {
		return benchCase{operator: "attn decode", format: "f32", shape: fmt.Sprintf("%d, %d heads x %d", context, a.Heads, a.HeadDim),
			bytes: float64(8 * context * a.Heads * a.HeadDim), prepare: func(e *Engine) func() {
				seqs := make([]AttnSeq, 8) // taken in turn, so that they do not stay in the caches
				for i := range seqs {
					m := operands()
					s := AttnSeq{Q: m[0].Slice(0, 1), O: m[1].Slice(0, 1), Pos: context - 1}
					arena := benchMatrix(context/PageRows, KVPageFloats(a))
					for p := range arena.Rows {
						s.Pages = append(s.Pages, arena.Row(p))
					}
					seqs[i] = s
				}
				next := 0
				return func() { next++; e.Attention(seqs[next%8:][:1], a) }
			}}
	}
	return []benchCase{
		{operator: "attn train", format: "f32", shape: shape, flops: 4 * float64(a.HeadDim) * pairs, prepare: func(e *Engine) func() {
			m := operands()
			return func() { e.AttentionTrain(m[0], m[1], m[2], m[3], []int{t}, a) }
		}},
		{operator: "attn backward", format: "f32", shape: shape, flops: 10 * float64(a.HeadDim) * pairs, prepare: func(e *Engine) func() {
			m := operands()
			return func() { e.AttentionBackward(m[0], m[1], m[2], m[3], m[4], m[5], m[6], []int{t}, a) }
		}},
		decode(4096),
	}
}
