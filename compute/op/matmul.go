package op

import "fmt"

// MatMulOpt are the optional parts of a matrix product. The zero value is the
// plain product.
type MatMulOpt struct {
	Bias   []float32 // (N) added to each row after the chain; nil: none
	Add    bool      // add to what y holds: y + (chain + bias)
	Slices int       // Q8: digits per activation, 1 or 2; 0 means 2
}

// MatMul computes y = x Wᵀ.
//
//	y (M,N)    x (M,K)    w (N,K)    bias (N)
//
//	y[m,n] = chain over k of x[m,k] w[n,k], then + bias[n], then y + that
//
// Q8: x is cut per row into o.Slices digits, the sums are integers (see
// q8_ref.go), K <= 133,143. y MUST NOT overlap x.
func (e *Engine) MatMul(y, x Matrix, w *Weights, o MatMulOpt) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.matMul(y, x, w, o)
}

// matMul is MatMul for a caller that holds e.mu.
func (e *Engine) matMul(y, x Matrix, w *Weights, o MatMulOpt) {
	e.checkProduct("MatMul", y, x, w, x.Cols == weightsK(w) && y.Cols == weightsN(w))
	o.check("MatMul", w, y.Cols)
	if e.k.mat.gemm == nil || w.k == 0 {
		e.matMulRef(y, x, w, o)
		return
	}
	if w.format == Q8 {
		e.multiplyQ8(x, o.Slices, part{y, right{weights: w}, o.Bias, o.Add})
		return
	}
	e.multiply(x, false, part{y, right{weights: w}, o.Bias, o.Add})
}

// A MatMulPart is one of several products with one left side.
type MatMulPart struct {
	Y Matrix
	W *Weights
	MatMulOpt
}

// MatMuls computes several products of one x, as MatMul does, but waits for all
// threads once: the queries, keys and values of a layer. Outputs MUST NOT overlap.
func (e *Engine) MatMuls(x Matrix, parts []MatMulPart) {
	e.mu.Lock()
	defer e.mu.Unlock()
	list, q8, slices := e.mat.list[:0], e.mat.listQ8[:0], 0
	for i := range parts {
		p := &parts[i]
		e.checkProduct("MatMuls", p.Y, x, p.W, x.Cols == weightsK(p.W) && p.Y.Cols == weightsN(p.W))
		o := p.MatMulOpt
		o.check("MatMuls", p.W, p.Y.Cols)
		for k := range i {
			if p.Y.overlaps(parts[k].Y) {
				panic(fmt.Sprintf("op: MatMuls: output %d %v overlaps output %d", i, p.Y, k))
			}
		}
		switch product := (part{p.Y, right{weights: p.W}, o.Bias, o.Add}); {
		case e.k.mat.gemm == nil || p.W.k == 0 || p.W.format == Q8 && len(q8) > 0 && o.Slices != slices:
			e.matMul(p.Y, x, p.W, o)
		case p.W.format == Q8:
			q8, slices = append(q8, product), o.Slices
		default:
			list = append(list, product)
		}
	}
	e.multiply(x, false, list...)
	e.multiplyQ8(x, slices, q8...)
	clear(list)
	clear(q8)
	e.mat.list, e.mat.listQ8 = list, q8
}

// MatMulT computes dx = dy W, the gradient of MatMul with respect to x.
//
//	dx (M,K)    dy (M,N)    w (N,K)    bias (K)
//
//	dx[m,k] = chain over n of dy[m,n] w[n,k], then + bias[k], then dx + that
//
// Q8: dy[m,n] * scale[n] is cut per row into two digits, whatever o.Slices
// says, and N <= 133,143. dx MUST NOT overlap dy.
func (e *Engine) MatMulT(dx, dy Matrix, w *Weights, o MatMulOpt) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.checkProduct("MatMulT", dx, dy, w, dy.Cols == weightsN(w) && dx.Cols == weightsK(w))
	o.Slices = 2
	o.check("MatMulT", w, dx.Cols)
	if e.k.mat.gemm == nil || w.n == 0 {
		e.matMulTRef(dx, dy, w, o)
		return
	}
	if w.format == Q8 {
		e.multiplyQ8(dy, 2, part{dx, right{weights: w, transpose: true}, o.Bias, o.Add})
		return
	}
	e.multiply(dy, false, part{dx, right{weights: w, transpose: true}, o.Bias, o.Add})
}

// Gemm computes c = op(a) op(b), or c + op(a) op(b), of two float32 matrices
// that change from call to call: gradients of weights, adapters.
//
//	c (M,N)    a (M,K), with ta (K,M)    b (K,N), with tb (N,K)
//
//	c[m,n] = chain over k of op(a)[m,k] op(b)[k,n], then c + that
//
// c MUST NOT overlap a or b.
func (e *Engine) Gemm(c, a, b Matrix, ta, tb, add bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	m, k := a.Rows, a.Cols
	if ta {
		m, k = k, m
	}
	kb, n := b.Rows, b.Cols
	if tb {
		kb, n = n, kb
	}
	if !c.valid() || !a.valid() || !b.valid() || k != kb || c.Rows != m || c.Cols != n {
		panic(fmt.Sprintf("op: Gemm: c %v a %v%s b %v%s", c, a, transposed(ta), b, transposed(tb)))
	}
	if c.overlaps(a) || c.overlaps(b) {
		panic(fmt.Sprintf("op: Gemm: c %v overlaps a %v or b %v", c, a, b))
	}
	if e.k.mat.gemm == nil || k == 0 {
		e.gemmRef(c, a, b, ta, tb, add)
		return
	}
	e.multiply(a, ta, part{c, right{matrix: b, transpose: tb}, nil, add})
}

func transposed(t bool) string {
	if t {
		return "ᵀ"
	}
	return ""
}

func weightsN(w *Weights) int {
	if w == nil {
		return -1
	}
	return w.n
}

func weightsK(w *Weights) int {
	if w == nil {
		return -1
	}
	return w.k
}

// checkProduct panics unless out and in are sound, fit w and lie apart.
func (e *Engine) checkProduct(name string, out, in Matrix, w *Weights, fits bool) {
	if w == nil || !fits || !out.valid() || !in.valid() || out.Rows != in.Rows {
		panic(fmt.Sprintf("op: %s: out %v in %v weights %v", name, out, in, w))
	}
	if owner := e.k; w.owner != owner {
		panic(fmt.Sprintf("op: %s: weights %v packed for %s, engine has %s", name, w, w.owner.name, owner.name))
	}
	if out.overlaps(in) {
		panic(fmt.Sprintf("op: %s: out %v overlaps in %v", name, out, in))
	}
}

// check panics on options that do not fit w and n output columns, and fills in
// the default of Slices.
func (o *MatMulOpt) check(name string, w *Weights, n int) {
	if o.Bias != nil && len(o.Bias) != n {
		panic(fmt.Sprintf("op: %s: bias (%d) for %d columns", name, len(o.Bias), n))
	}
	if o.Slices == 0 {
		o.Slices = 2
	}
	if o.Slices != 1 && o.Slices != 2 {
		panic(fmt.Sprintf("op: %s: %d slices, want 1 or 2", name, o.Slices))
	}
	if w.format == Q8 {
		checkQ8Inner(name, w.k)
		if name == "MatMulT" {
			checkQ8Inner(name, w.n)
		}
	}
}

func checkQ8Inner(name string, k int) {
	if k > maxQ8Inner {
		panic(fmt.Sprintf("op: %s: q8 inner index %d, above %d an int32 sum overflows", name, k, maxQ8Inner))
	}
}

func checkChain(a, b int) {
	if a != b {
		panic(fmt.Sprintf("op: Chain: (%d) and (%d)", a, b))
	}
}
