package op

import "fmt"

// AdamConfig holds the constants of Adam; with WeightDecay it is AdamW.
type AdamConfig struct {
	B1, B2      float32 // decay of the moments, 0.9 and 0.999
	Eps         float32 // added to the root, 1e-8
	EpsRoot     float32 // added inside the root; 0 but where attribution asks for it
	WeightDecay float32 // decoupled; 0: none
}

// Adam updates parameters t and moments m and v from the gradient g.
//
//	t, g, m, v, d (n)    d records the divisor D of each element; nil: not kept
//
// p1 and p2 are B1 and B2 to the power of the step's number, from 1, as running
// float32 products: p1 *= B1 before each call. See adamRef for the order.
func (e *Engine) Adam(t, g, m, v []float32, lr, p1, p2 float32, c AdamConfig, d []float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkLength("Adam", "g", len(g), len(t))
	checkLength("Adam", "m", len(m), len(t))
	checkLength("Adam", "v", len(v), len(t))
	if d != nil {
		checkLength("Adam", "d", len(d), len(t))
	}
	checkDisjoint("Adam", t, g, m, v, d)
	j := &e.row
	j.u, j.v, j.w, j.x, j.y = t, g, m, v, d
	j.adamStep = adamStep{
		b1: c.B1, b1c: 1 - c.B1, b2: c.B2, b2c: 1 - c.B2, p1: 1 - p1, p2: 1 - p2,
		epsRoot: c.EpsRoot, eps: c.Eps, decay: 0 - float32(lr*c.WeightDecay), lr: 0 - lr,
	}
	e.eachRun(len(t), func(j *rowJob, i, worker int) {
		t, d := piece(j.u, i), piece(j.y, i)
		if d == nil {
			d = j.buffer(worker, run)[:len(t)]
		}
		j.adam(t, piece(j.v, i), piece(j.w, i), piece(j.x, i), d, &j.adamStep)
	})
}

// SGD updates parameters t and momentum m from the gradient g.
//
//	m = fma(mu, m, g)    t = fma(0 - lr, m, t)
func (e *Engine) SGD(t, g, m []float32, lr, mu float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkLength("SGD", "g", len(g), len(t))
	checkLength("SGD", "m", len(m), len(t))
	checkDisjoint("SGD", t, g, m)
	j := &e.row
	j.u, j.v, j.w, j.s, j.t = t, g, m, lr, mu
	e.eachRun(len(t), func(j *rowJob, i, _ int) {
		j.sgd(piece(j.u, i), piece(j.v, i), piece(j.w, i), j.s, j.t)
	})
}

// SumSquares returns the sum of squares of one flattened tensor: lanes of
// fma(x, x, lane). A gradient norm adds those of all tensors in name order.
func (e *Engine) SumSquares(x []float32) float32 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.row.dot(x, x)
}

// ClipFactor returns the factor min(1, clip / sqrt(total)) by which gradients
// with the sum of squares total are scaled, 1 if total is 0.
func ClipFactor(total, clip float32) float32 {
	if total == 0 {
		return 1
	}
	return min(1, clip/sqrt32(total))
}

// ScaleSlice multiplies x by s.
func (e *Engine) ScaleSlice(x []float32, s float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.row.u, e.row.s = x, s
	e.eachRun(len(x), func(j *rowJob, i, _ int) {
		x := piece(j.u, i)
		j.scale(x, x, j.s)
	})
}

// CheckFinite returns the index of the first infinity or NaN in x, or -1.
func (e *Engine) CheckFinite(x []float32) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.row.u = x
	e.row.bad.Store(int64(len(x)))
	e.eachRun(len(x), func(j *rowJob, i, _ int) {
		at := j.badIndex(piece(j.u, i))
		if at < 0 {
			return
		}
		at += i * run
		for {
			first := j.bad.Load()
			if int64(at) >= first || j.bad.CompareAndSwap(first, int64(at)) {
				return
			}
		}
	})
	if first := int(e.row.bad.Load()); first < len(x) {
		return first
	}
	return -1
}

// checkDisjoint panics if two of the vectors share memory.
func checkDisjoint(name string, vs ...[]float32) {
	for i, a := range vs {
		for _, b := range vs[:i] {
			if overlap(a, b) {
				panic(fmt.Sprintf("op: %s: two of its vectors overlap", name))
			}
		}
	}
}
