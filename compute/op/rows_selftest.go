package op

// rowSelfTests lists the self-tests of the operators on rows.
func rowSelfTests() []selfTest {
	const rows, cols = 5, 147 // tails, and strides that are not aligned
	values := func(seed uint32) Matrix { return testValues(seed, rows, cols, 0, 8) }
	table := func() *RopeTable {
		t, err := NewRopeTable(RopeConfig{Kind: "llama3", Theta: 5e5, HeadDim: 48, Factor: 8, LowFreq: 1, HighFreq: 4, Original: 64}, 70)
		if err != nil {
			panic("op: internal error: " + err.Error())
		}
		return t
	}
	return []selfTest{
		{"exp", 0x4c4c52f58bfdc76c, func(e *Engine) []float32 {
			x := testValues(11, rows, cols, 3, 60)
			e.Exp(x, x)
			return x.Data
		}},
		{"silu", 0x38a546bba88c8f70, func(e *Engine) []float32 {
			gate, up, dy, y := values(12), values(13), values(14), NewMatrix(rows, cols)
			e.SiLUMul(y, gate, up)
			e.SiLUMulBackward(gate, up, dy, gate, up)
			e.SiLU(dy, dy)
			return joined(y, gate, up, dy)
		}},
		{"softmax", 0xfed605dd2311cbb9, func(e *Engine) []float32 {
			x, dx, losses := values(15), NewMatrix(rows, cols), make([]float32, rows)
			e.CrossEntropy(losses, dx, x, []int32{0, cols - 1, -1, 7, 8}, 0.25)
			e.Softmax(x, x)
			return append(joined(x, dx), losses...)
		}},
		{"rmsnorm", 0x480f41b322e296c5, func(e *Engine) []float32 {
			x, dy, y, dx, gain := values(16), values(17), NewMatrix(rows, cols), NewMatrix(rows, cols), testValues(18, 1, cols, 0, 2)
			dg := make([]float32, cols)
			e.RMSNorm(y, x, gain.Data, 1e-5)
			e.RMSNormBackward(dx, dg, dy, x, gain.Data, 1e-5)
			return append(joined(y, dx), dg...)
		}},
		{"rope", 0xf80bf017dbce1157, func(e *Engine) []float32 {
			t := table()
			x := testValues(19, 4, 3*48, 0, 8)
			e.Rope(x, 3, []int32{0, 1, 33, 69}, t, false)
			y := testValues(20, 4, 3*48, 0, 8)
			e.Rope(y, 3, []int32{69, 2, 1, 5}, t, true)
			return append(joined(x, y), append(t.Cos, t.Sin...)...)
		}},
		{"attention", 0x1be3be98f917d0ea, func(e *Engine) []float32 {
			return selfTestAttention(e, Attn{Heads: 4, KVHeads: 2, HeadDim: 40, Scale: 0.16})
		}},
		{"attention window", 0xcdb5f3e0de9065d3, func(e *Engine) []float32 {
			return selfTestAttention(e, Attn{Heads: 3, KVHeads: 3, HeadDim: 16, Scale: 0.25, Window: 37})
		}},
		{"adam", 0xd2381cf44d799f58, func(e *Engine) []float32 {
			t, g, m, v, d := values(21), values(22), values(23), values(24), NewMatrix(rows, cols)
			mulRef(v.Data, v.Data, v.Data)
			c := AdamConfig{B1: 0.9, B2: 0.95, Eps: 1e-8, EpsRoot: 1e-12, WeightDecay: 0.1}
			e.Adam(t.Data, g.Data, m.Data, v.Data, 1e-3, 0.81, 0.9025, c, d.Data)
			e.SGD(g.Data, t.Data, d.Data, 0.01, 0.9)
			return append(joined(t, g, m, v, d), e.SumSquares(t.Data))
		}},
		{"random", 0xb62437d82ee3b358, func(e *Engine) []float32 {
			x := make([]float32, 301)
			e.Normals(x, 7, 1<<40+1, 2, PurposeInit, 0.02)
			p := make([]uint32, 99)
			for i := range p {
				p[i] = uint32(i)
			}
			Permutation(p, 7, 1, PurposeOrder)
			for _, i := range p {
				x = append(x, float32(i))
			}
			c := SampleConfig{Temperature: 0.7, TopK: 90, TopP: 0.95, MinP: 1e-4}
			return append(x, float32(e.Sample(values(25).Row(1), c, 0.6)))
		}},
		{"sign dot", 0x13e37588c5c807b7, func(e *Engine) []float32 {
			w := Words{Seed: 26, Purpose: PurposeInit}
			q, signs, y := make([]int8, 3*SignBlock), make([]byte, 5*3*SignBlock/8), make([]int32, 5)
			for i := range q {
				q[i] = int8(w.Next()%16) - 8
			}
			for i := range signs {
				signs[i] = byte(w.Next())
			}
			e.SignDot(y, signs, NewInt4s(q))
			var out []float32
			for _, v := range y {
				out = append(out, float32(v))
			}
			return out
		}},
	}
}

// selfTestAttention runs three documents forward and back.
func selfTestAttention(e *Engine, a Attn) []float32 {
	docs, rows := []int{41, 1, 67}, 109
	values := func(seed uint32, heads int) Matrix { return testValues(seed, rows, heads*a.HeadDim, 0, 4) }
	q, k, v, do := values(31, a.Heads), values(32, a.KVHeads), values(33, a.KVHeads), values(34, a.Heads)
	o, dq := NewMatrix(rows, q.Cols), NewMatrix(rows, q.Cols)
	dk, dv := NewMatrix(rows, k.Cols), NewMatrix(rows, k.Cols)
	e.AttentionTrain(o, q, k, v, docs, a)
	e.AttentionBackward(dq, dk, dv, do, q, k, v, docs, a)
	return joined(o, dq, dk, dv)
}

// joined returns the elements of all matrices.
func joined(ms ...Matrix) []float32 {
	var out []float32
	for _, m := range ms {
		out = append(out, m.Data...)
	}
	return out
}
