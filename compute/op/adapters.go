package op

import "fmt"

// An AdapterRows is a run of rows of a batch with one LoRA adapter of a linear
// layer. A nil A leaves the rows as they are.
type AdapterRows struct {
	From, To int
	A, B     *Weights // (r,K), (N,r), any format but Q8
	Scale    float32
}

// AddAdapters adds to the outputs y of one linear layer, whose inputs are x,
// what the adapter of each row computes.
//
//	x (M,K)    y (M,N)    y = fma(Scale, B(A x), y)
//
// A x and B(A x) are the products of MatMul, so a row has the bits of MatMul,
// MatMul and AddScaled with its own adapter, whatever the ranks and adapters of
// its neighbours are. Runs MUST NOT overlap; rows in no run stay as they are. y
// MUST NOT overlap x.
//
// Source: the batched shrink and expand of Punica (Chen et al. 2023) and of
// S-LoRA (Sheng et al. 2023), without their grouping by rank.
func (e *Engine) AddAdapters(y, x Matrix, runs []AdapterRows) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !y.valid() || !x.valid() || y.Rows != x.Rows || y.overlaps(x) {
		panic(fmt.Sprintf("op: AddAdapters: y %v x %v, or they overlap", y, x))
	}
	j := &e.adapter
	if j.workers == nil {
		j.workers = make([]adapterWorker, e.threads)
		for i := range j.workers {
			j.workers[i].e = engineOf(e.k, 1)
		}
	}
	j.y, j.x, j.runs = y, x, j.runs[:0]
	for i, r := range runs {
		if r.A == nil || r.From == r.To {
			continue
		}
		e.checkAdapter(i, r, y, x)
		if r.work() < sharedWork || e.threads == 1 {
			j.runs = append(j.runs, r)
		} else {
			j.workers[0].add(e, y.Slice(r.From, r.To), x.Slice(r.From, r.To), &r)
		}
	}
	e.pool.run(len(j.runs), j)
	j.y, j.x = Matrix{}, Matrix{}
	clear(j.runs)
}

func (e *Engine) checkAdapter(i int, r AdapterRows, y, x Matrix) {
	if r.From < 0 || r.To < r.From || r.To > y.Rows || r.B == nil || r.A.format == Q8 || r.B.format == Q8 ||
		r.A.k != x.Cols || r.B.n != y.Cols || r.B.k != r.A.n || r.A.owner != e.k || r.B.owner != e.k {
		panic(fmt.Sprintf("op: AddAdapters: run %d: rows %d:%d, A %v and B %v for y %v and x %v, or packed for other kernels",
			i, r.From, r.To, r.A, r.B, y, x))
	}
}

// sharedWork is the work of a run that all threads do together, in
// multiply-adds; a smaller one is a piece that one thread does alone.
const sharedWork = 1 << 20

// work counts a few rows as more than they are: the weights have to be read.
func (r *AdapterRows) work() int { return max(4, r.To-r.From) * r.A.n * (r.A.k + r.B.n) }

// An adapterJob computes runs of rows, each with its adapter. A piece is a run.
// Each worker has an engine of one thread for the products.
type adapterJob struct {
	y, x    Matrix
	runs    []AdapterRows
	workers []adapterWorker
}

type adapterWorker struct {
	e    *Engine
	u, d []float32 // A x, B(A x)
}

func (j *adapterJob) do(i, worker int) {
	w, r := &j.workers[worker], &j.runs[i]
	w.add(w.e, j.y.Slice(r.From, r.To), j.x.Slice(r.From, r.To), r)
}

// add computes one run with engine e, which is the worker's own or held.

func (w *adapterWorker) add(e *Engine, y, x Matrix, r *AdapterRows) {
	rank := r.A.n
	w.u, w.d = grown(w.u, x.Rows*rank), grown(w.d, x.Rows*y.Cols)
	u := Matrix{w.u, x.Rows, rank, rank}
	d := Matrix{w.d, x.Rows, y.Cols, y.Cols}
	e.matMul(u, x, r.A, MatMulOpt{})
	e.matMul(d, u, r.B, MatMulOpt{})
	e.addScaled(y, d, r.Scale)
}
