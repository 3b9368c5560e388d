package op

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// attention64 is attention over packed documents in float64.
func attention64(q, k, v []float64, docs []int, a Attn) []float64 {
	o := make([]float64, len(q))
	qd, kd, d, first := a.Heads*a.HeadDim, a.KVHeads*a.HeadDim, a.HeadDim, 0
	for _, n := range docs {
		for t := range n {
			for h := range a.Heads {
				qt := q[(first+t)*qd+h*d:][:d]
				kv := h / a.group() * d
				p, sum := make([]float64, n), 0.0
				for j := a.firstSeen(t); j <= t; j++ {
					p[j] = math.Exp(dot64(qt, k[(first+j)*kd+kv:][:d]) * float64(a.Scale))
					sum += p[j]
				}
				for j, e := range p {
					for c := range d {
						o[(first+t)*qd+h*d+c] += e / sum * v[(first+j)*kd+kv+c]
					}
				}
			}
		}
		first += n
	}
	return o
}

func TestAttentionGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	e := newEngine(t, "", 2)
	for _, a := range []Attn{
		{Heads: 2, KVHeads: 2, HeadDim: 4, Scale: 0.5},
		{Heads: 4, KVHeads: 2, HeadDim: 6, Scale: 0.4, Window: 3},
	} {
		docs := []int{7, 1, 0, 4}
		rows := 12
		q, k, v := normalMatrix(r, rows, a.Heads*a.HeadDim), normalMatrix(r, rows, a.KVHeads*a.HeadDim), normalMatrix(r, rows, a.KVHeads*a.HeadDim)
		do := normalMatrix(r, rows, q.Cols)
		dq, dk, dv := NewMatrix(rows, q.Cols), NewMatrix(rows, k.Cols), NewMatrix(rows, k.Cols)
		e.AttentionBackward(dq, dk, dv, do, q, k, v, docs, a)
		q64, k64, v64, do64 := matrix64(q), matrix64(k), matrix64(v), matrix64(do)
		loss := func() float64 { return dot64(do64, attention64(q64, k64, v64, docs, a)) }
		differences(t, fmt.Sprintf("attention dq %d", a.Window), dq.Data, q64, loss)
		differences(t, fmt.Sprintf("attention dk %d", a.Window), dk.Data, k64, loss)
		differences(t, fmt.Sprintf("attention dv %d", a.Window), dv.Data, v64, loss)
	}
}

func TestAttentionError(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	e := newEngine(t, "", 2)
	a := Attn{Heads: 2, KVHeads: 1, HeadDim: 64, Scale: 0.125}
	n := 300
	q, k, v := normalMatrix(r, n, 128), normalMatrix(r, n, 64), normalMatrix(r, n, 64)
	o := NewMatrix(n, 128)
	e.AttentionTrain(o, q, k, v, []int{n}, a)
	want := attention64(matrix64(q), matrix64(k), matrix64(v), []int{n}, a)
	worst := 0.0
	for i, x := range o.Data {
		worst = max(worst, math.Abs(float64(x)-want[i]))
	}
	t.Logf("largest error %.2g", worst)
	if worst > 3e-6 {
		t.Errorf("attention is off by %g, want at most 3e-6", worst)
	}
}

// newPages returns pages full of NaN, which must never show.
func newPages(a Attn, n int) []KVPage {
	pages := make([]KVPage, (n+PageRows-1)/PageRows)
	for i := range pages {
		pages[i] = alignedFloats(KVPageFloats(a))
		for k := range pages[i] {
			pages[i][k] = float32(math.NaN())
		}
	}
	return pages
}

// TestPrefillIsDecode reads one sequence in one pass, in chunks, and token by
// token in a batch with strangers: the bits are the same, and those of a
// packed document in training too.
func TestPrefillIsDecode(t *testing.T) {
	const seed = 7
	r := rand.New(rand.NewPCG(seed, 0))
	for _, e := range engines(t, 2) {
		for _, a := range []Attn{
			{Heads: 2, KVHeads: 2, HeadDim: 8, Scale: 0.35},
			{Heads: 6, KVHeads: 2, HeadDim: 20, Scale: 0.22, Window: 40},
			{Heads: 3, KVHeads: 1, HeadDim: 64, Scale: 0.125, Window: 300},
		} {
			n := 330
			if e.Kernels() == "ref" {
				n = 70
			}
			q, k, v := normalMatrix(r, n, a.Heads*a.HeadDim), normalMatrix(r, n, a.KVHeads*a.HeadDim), normalMatrix(r, n, a.KVHeads*a.HeadDim)
			name := fmt.Sprintf("%s seed %d %+v", e.Kernels(), seed, a)
			whole := attend(e, a, q, k, v, []int{n})
			for _, chunks := range [][]int{{1, 5, 31, 33}, {64}, {17, 2}} {
				sameBits(t, name+" chunks", attend(e, a, q, k, v, chunks).Data, whole.Data)
			}

			pages, out := newPages(a, n), NewMatrix(n, q.Cols)
			other := newPages(a, 50)
			e.KVAppend(other, 0, k.Slice(20, 70), v.Slice(20, 70), a)
			side := NewMatrix(9, q.Cols)
			for p := range n {
				e.Attention([]AttnSeq{
					{Q: q.Slice(3, 12), O: side, Pages: other, Pos: 41},
					{Q: q.Slice(0, 0), O: out.Slice(0, 0)},
					{Q: q.Slice(p, p+1), O: out.Slice(p, p+1), Pages: pages, Pos: p, K: k.Slice(p, p+1), V: v.Slice(p, p+1)},
				}, a)
			}
			sameBits(t, name+" token by token", out.Data, whole.Data)

			packed, twice := NewMatrix(n, q.Cols), NewMatrix(2*n, q.Cols)
			e.AttentionTrain(packed, q, k, v, []int{n}, a)
			sameBits(t, name+" training", packed.Data, whole.Data)
			e.AttentionTrain(twice, double(q), double(k), double(v), []int{n, 0, n}, a)
			sameBits(t, name+" second document", twice.Slice(n, 2*n).Data, whole.Data)
		}
	}
}

// attend reads a sequence in chunks of the lengths given, again and again.
func attend(e *Engine, a Attn, q, k, v Matrix, chunks []int) Matrix {
	pages, out := newPages(a, q.Rows), NewMatrix(q.Rows, q.Cols)
	for p, i := 0, 0; p < q.Rows; i++ {
		end := min(q.Rows, p+chunks[i%len(chunks)])
		s := AttnSeq{Q: q.Slice(p, end), O: out.Slice(p, end), Pages: pages, Pos: p}
		if i%2 == 0 { // in one call or in two
			s.K, s.V = k.Slice(p, end), v.Slice(p, end)
		} else {
			e.KVAppend(pages, p, k.Slice(p, end), v.Slice(p, end), a)
		}
		e.Attention([]AttnSeq{s}, a)
		p = end
	}
	return out
}

// double returns two copies of m below each other.
func double(m Matrix) Matrix {
	d := NewMatrix(2*m.Rows, m.Cols)
	copy(d.Data, m.Data)
	copy(d.Data[m.Rows*m.Cols:], m.Data)
	return d
}

// TestAttentionKernels compares every implementation and thread count with the
// reference, forward and backward.
func TestAttentionKernels(t *testing.T) {
	const seed = 11
	r := rand.New(rand.NewPCG(seed, 0))
	ref := newEngine(t, "ref", 1)
	var es []*Engine
	for _, name := range Available() {
		if name != "ref" {
			for _, threads := range []int{1, 2, 5, 8} {
				es = append(es, newEngine(t, name, threads))
			}
		}
	}
	cases := []struct {
		a    Attn
		docs []int
	}{
		{Attn{Heads: 1, KVHeads: 1, HeadDim: 1}, []int{1, 2, 40}},
		{Attn{Heads: 2, KVHeads: 1, HeadDim: 3}, []int{33, 1, 31, 32}},
		{Attn{Heads: 3, KVHeads: 3, HeadDim: 16, Window: 1}, []int{50}},
		{Attn{Heads: 5, KVHeads: 1, HeadDim: 17, Window: 20}, []int{70, 3}},
		{Attn{Heads: 2, KVHeads: 2, HeadDim: 48}, []int{300}},
		{Attn{Heads: 9, KVHeads: 3, HeadDim: 8, Window: 65}, []int{130, 7}},
		{Attn{Heads: 2, KVHeads: 1, HeadDim: 32, Window: 257}, []int{290}},
		{Attn{Heads: 1, KVHeads: 1, HeadDim: 64}, []int{97}},
		{Attn{Heads: 1, KVHeads: 1, HeadDim: 80}, []int{66}},
		{Attn{Heads: 16, KVHeads: 1, HeadDim: 5}, []int{34}},
		{Attn{Heads: 1, KVHeads: 1, HeadDim: 256}, []int{40}},
		{Attn{Heads: 1, KVHeads: 1, HeadDim: 260}, []int{5}},
	}
	if long {
		for range 200 {
			kv := 1 + r.IntN(3)
			a := Attn{Heads: kv * (1 + r.IntN(5)), KVHeads: kv, HeadDim: 1 + r.IntN(130), Window: r.IntN(3) * r.IntN(200)}
			cases = append(cases, struct {
				a    Attn
				docs []int
			}{a, []int{1 + r.IntN(130), r.IntN(40), r.IntN(300)}})
		}
	}
	for _, c := range cases {
		c.a.Scale = float32(1 / math.Sqrt(float64(c.a.HeadDim)))
		rows := 0
		for _, n := range c.docs {
			rows += n
		}
		random := func(heads int) Matrix {
			m := randomMatrix(r, rows, heads*c.a.HeadDim, heads*c.a.HeadDim+r.IntN(3))
			for i, x := range m.Data {
				m.Data[i] = min(max(x, -100), 100)
			}
			return m
		}
		q, k, v, do := random(c.a.Heads), random(c.a.KVHeads), random(c.a.KVHeads), random(c.a.Heads)
		run := func(e *Engine) [4]Matrix {
			o, dq := NewMatrix(rows, q.Cols), NewMatrix(rows, q.Cols)
			dk, dv := NewMatrix(rows, k.Cols), NewMatrix(rows, k.Cols)
			e.AttentionTrain(o, q, k, v, c.docs, c.a)
			e.AttentionBackward(dq, dk, dv, do, q, k, v, c.docs, c.a)
			return [4]Matrix{o, dq, dk, dv}
		}
		want := run(ref)
		for _, e := range es {
			for i, got := range run(e) {
				sameBits(t, fmt.Sprintf("%s, %d threads, seed %d, %+v %v: %s", e.Kernels(), e.Threads(), seed,
					c.a, c.docs, [...]string{"o", "dq", "dk", "dv"}[i]), got.Data, want[i].Data)
			}
		}
	}
}

// TestAttentionOverflow checks that scores which overflow spoil the same
// elements with every implementation, since the first bad one is a result.
func TestAttentionOverflow(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 0))
	a := Attn{Heads: 2, KVHeads: 1, HeadDim: 24, Scale: 0.2}
	q, k, v := normalMatrix(r, 90, 48), normalMatrix(r, 90, 24), normalMatrix(r, 90, 24)
	for x, want := range map[float32]int{3e30: 50 * 48, -3e30: -1} { // -Inf is a small probability
		q.Row(50)[3], k.Row(20)[3] = x, 3e20
		var others []bool
		for _, e := range engines(t, 2) {
			o := NewMatrix(90, 48)
			e.AttentionTrain(o, q, k, v, []int{90}, a)
			var bad []bool
			for _, x := range o.Data {
				bad = append(bad, x != x)
			}
			if others == nil {
				others = bad
			}
			if !slices.Equal(bad, others) {
				t.Errorf("%s: other elements than those of %s are NaN", e.Kernels(), Available()[0])
			}
			if first := e.CheckFinite(o.Data); first != want {
				t.Errorf("%s: first NaN at %d, want %d", e.Kernels(), first, want)
			}
		}
	}
}
