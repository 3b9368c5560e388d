package op

import (
	"fmt"
	"sync/atomic"
)

// rowKernels is what operators do to one row or one run of elements. An
// implementation starts from referenceRows and replaces what it does faster.
// All slices of one call have one length unless said otherwise.
type rowKernels struct {
	exp         func(y, x []float32)                       // y = exp(x)
	silu        func(y, x []float32)                       // y = silu(x)
	siluMul     func(y, gate, up []float32)                // y = silu(gate) * up
	siluMulGrad func(dgate, dup, dy, gate, up []float32)   // see siluMulGradRef
	max         func(x []float32) float32                  // largest, len(x) > 0
	expSum      func(e, x []float32, m float32) float32    // e = exp(x - m); lanes of e
	scale       func(y, x []float32, s float32)            // y = x * s
	divide      func(y, x []float32, s float32)            // y = x / s
	add         func(y, a, b []float32)                    // y = a + b
	addScaled   func(y, x []float32, s float32)            // y = fma(s, x, y)
	mul         func(y, a, b []float32)                    // y = a * b
	lossGrad    func(dx, e []float32, r, w float32)        // dx = (e * r) * w
	dot         func(a, b []float32) float32               // lanes of fma(a, b, lane)
	dot3        func(a, b, c []float32) float32            // lanes of fma(a * b, c, lane)
	norm        func(y, x, g []float32, r float32)         // y = (x * r) * g
	normGrad    func(dx, dy, g, x []float32, c, r float32) // see normGradRef
	normSegment func(s, dy, x []float32, r float32)        // s = fma(dy, x * r, s)
	rope        func(x, cos, sin []float32)                // each 2·len(cos) elements of x
	ropeBack    func(x, cos, sin []float32)                // and back
	adam        func(t, g, m, v, d []float32, c *adamStep) // see adamRef
	sgd         func(t, g, m []float32, lr, mu float32)
	badIndex    func(x []float32) int // first not finite, or -1
}

var referenceRows = rowKernels{
	exp: expRef, silu: siluRef, siluMul: siluMulRef, siluMulGrad: siluMulGradRef,
	max: maxRef, expSum: expSumRef, scale: scaleRef, divide: divideRef, add: addRef,
	addScaled: addScaledRef, mul: mulRef, lossGrad: lossGradRef,
	dot: dotRef, dot3: dot3Ref,
	norm: normRef, normGrad: normGradRef, normSegment: normSegmentRef,
	rope: ropeRef, ropeBack: ropeBackRef,
	adam: adamRef, sgd: sgdRef, badIndex: badIndexRef,
}

// A rowJob applies one function to rows or runs. It lives in the engine, so
// that a call allocates nothing.
type rowJob struct {
	rowKernels
	operands
	row     func(j *rowJob, i, worker int)
	rows    int
	batch   int // rows per piece
	column  func(j *rowJob, t, lo, hi int, s []float32)
	scratch [][]float32 // per worker
	shared  []float32   // written and read by all workers
	bad     atomic.Int64
	sampler sampler
}

// operands are what the operator in progress reads and writes; each sets those
// that it needs.
type operands struct {
	a, b, c, d, f Matrix
	u, v, w, x, y []float32
	ids           []int32
	s, t          float32
	table         *RopeTable
	turn          func(x, cos, sin []float32)
	weights       *Weights
	train         *trainJob
	pages         []KVPage
	attn          Attn
	pos           int
	words         Words
	firstNumber   uint64
	adamStep      adamStep
}

func (j *rowJob) init(k rowKernels, threads int) {
	j.rowKernels = k
	j.scratch = make([][]float32, threads)
}

func (j *rowJob) do(i, worker int) {
	for r := i * j.batch; r < min((i+1)*j.batch, j.rows); r++ {
		j.row(j, r, worker)
	}
}

// grain is the number of elements that are worth handing to another goroutine.
const grain = 1 << 14

// eachRow runs f for n rows of cols elements each. The caller holds e.mu and
// has set the operands, which end with the call.
func (e *Engine) eachRow(n, cols int, f func(j *rowJob, i, worker int)) {
	e.row.start(&e.pool, n, max(1, grain/max(1, cols)), f)
}

// run is the length of the pieces into which long vectors are cut, a multiple
// of lanes.
const run = grain

// eachRun runs f for the pieces of vectors of n elements; see piece.
func (e *Engine) eachRun(n int, f func(j *rowJob, i, worker int)) {
	e.row.start(&e.pool, (n+run-1)/run, 1, f)
}

func (j *rowJob) start(p *pool, rows, batch int, f func(j *rowJob, i, worker int)) {
	j.row, j.rows, j.batch = f, rows, batch
	p.run((rows+batch-1)/batch, j)
	j.operands = operands{}
}

// piece returns run i of x.
func piece(x []float32, i int) []float32 {
	if x == nil {
		return nil
	}
	return x[i*run : min((i+1)*run, len(x))]
}

// buffer returns n floats of memory that belong to the worker.
func (j *rowJob) buffer(worker, n int) []float32 {
	j.scratch[worker] = grown(j.scratch[worker], n)
	return j.scratch[worker][:n]
}

// grown returns b if it has n floats, else a new slice; the contents are lost.
func grown(b []float32, n int) []float32 {
	if len(b) < n {
		return alignedFloats(n)
	}
	return b
}

// checkRows panics unless all matrices are sound and have the shape of the
// first one.
func checkRows(name string, ms ...Matrix) {
	for _, m := range ms {
		if !m.valid() || m.Rows != ms[0].Rows || m.Cols != ms[0].Cols {
			shapes := ""
			for _, m := range ms { // not %v of ms, which would move it to the heap
				shapes += " " + m.String()
			}
			panic("op: " + name + ": shapes" + shapes)
		}
	}
}

// checkApart panics if an output shares memory with an input without being the
// same matrix, which is the one overlap that element-wise operators allow.
func checkApart(name string, out Matrix, in ...Matrix) {
	for _, m := range in {
		same := len(m.Data) > 0 && len(out.Data) > 0 && &m.Data[0] == &out.Data[0] && m.Stride == out.Stride
		if !same && out.overlaps(m) {
			panic(fmt.Sprintf("op: %s: output %v overlaps an input %v", name, out, m))
		}
	}
}

// checkLength panics unless a vector has n elements.
func checkLength(name, vector string, got, n int) {
	if got != n {
		panic(fmt.Sprintf("op: %s: %s has %d elements, want %d", name, vector, got, n))
	}
}
