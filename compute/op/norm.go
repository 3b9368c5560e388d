package op

// RMSNorm writes x·g / sqrt(mean(x²) + eps) to y, row by row.
//
//	y, x (T,C)    g (C)    y may be x
//
//	q = lanes of fma(x, x, lane)    r = 1 / sqrt(q/C + eps)    y = (x·r)·g
//
// Source: Zhang and Sennrich 2019 (RMSNorm); eps inside the root as in Llama.
// Error against float64: 3 units in the last place of y.
func (e *Engine) RMSNorm(y, x Matrix, g []float32, eps float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows("RMSNorm", y, x)
	checkLength("RMSNorm", "g", len(g), x.Cols)
	checkApart("RMSNorm", y, x)
	j := &e.row
	j.a, j.b, j.u, j.s = y, x, g, eps
	e.eachRow(x.Rows, x.Cols, func(j *rowJob, i, _ int) {
		x := j.b.Row(i)
		j.norm(j.a.Row(i), x, j.u, j.inverseRoot(x, j.s))
	})
}

// inverseRoot returns 1 / sqrt(mean(x²) + eps).
func (j *rowJob) inverseRoot(x []float32, eps float32) float32 {
	return 1 / sqrt32(j.dot(x, x)/float32(len(x))+eps)
}

// RMSNormBackward computes the gradients of RMSNorm. It overwrites dx and adds
// to dg, which may be nil for a frozen g.
//
//	dx, dy, x (T,C)    dg, g (C)    dx may be dy or x
//
//	a = dy·g    S = lanes of fma(a, x, lane)    c = ((S/C)·r)·(r·r)
//	dx = fma(0 - c, x, a·r)
//	dg = dg + chain over rows of dy and (x·r)
func (e *Engine) RMSNormBackward(dx Matrix, dg []float32, dy, x Matrix, g []float32, eps float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows("RMSNormBackward", dx, dy, x)
	checkLength("RMSNormBackward", "g", len(g), x.Cols)
	checkApart("RMSNormBackward", dx, dy, x)
	if dg != nil {
		checkLength("RMSNormBackward", "dg", len(dg), x.Cols)
		e.normWeightGrad(dg, dy, x, eps)
	}
	j := &e.row
	j.a, j.b, j.c, j.u, j.s = dx, dy, x, g, eps
	e.eachRow(x.Rows, x.Cols, func(j *rowJob, i, _ int) {
		dy, x := j.b.Row(i), j.c.Row(i)
		r := j.inverseRoot(x, j.s)
		mean := j.dot3(dy, j.u, x) / float32(len(x))
		c := float32(float32(mean*r) * float32(r*r))
		j.normGrad(j.a.Row(i), dy, j.u, x, c, r)
	})
}

// normWeightGrad adds to dg. Roots first, by rows; then columns, each of which
// goes through all rows in order.
func (e *Engine) normWeightGrad(dg []float32, dy, x Matrix, eps float32) {
	j := &e.row
	j.shared = grown(j.shared, x.Rows)
	j.a, j.u, j.s = x, j.shared, eps
	e.eachRow(x.Rows, x.Cols, func(j *rowJob, i, _ int) {
		j.u[i] = j.inverseRoot(j.a.Row(i), j.s)
	})
	j.a, j.b, j.u, j.v = dy, x, j.shared, dg
	e.eachColumns(x.Cols, func(j *rowJob, t, lo, hi int, s []float32) {
		j.normSegment(s, j.a.Row(t)[lo:hi], j.b.Row(t)[lo:hi], j.u[t])
	})
}

// BiasGrad adds to db the gradient of a bias: the column sums of dy.
//
//	dy (T,C)    db (C)
//
//	db = db + chain over rows of dy and 1, which is a chain of plain adds
func (e *Engine) BiasGrad(db []float32, dy Matrix) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows("BiasGrad", dy)
	checkLength("BiasGrad", "db", len(db), dy.Cols)
	j := &e.row
	j.a, j.v = dy, db
	e.eachColumns(dy.Cols, func(j *rowJob, t, lo, hi int, s []float32) {
		j.add(s, s, j.a.Row(t)[lo:hi])
	})
}

// columns is the number of columns that go through the rows together.
const columns = 128

// eachColumns adds to j.v one chain per column over the rows of j.a: add
// continues the segment s of columns [lo, hi) with row t.
func (e *Engine) eachColumns(cols int, add func(j *rowJob, t, lo, hi int, s []float32)) {
	j := &e.row
	j.column = add
	j.start(&e.pool, (cols+columns-1)/columns, 1, (*rowJob).columnChain)
}

func (j *rowJob) columnChain(i, worker int) {
	lo, hi := i*columns, min((i+1)*columns, len(j.v))
	buf := j.buffer(worker, 2*columns)
	sum, s := buf[:hi-lo], buf[columns:][:hi-lo]
	clear(sum)
	for first := 0; first < j.a.Rows; first += Segment {
		clear(s)
		for t := first; t < min(first+Segment, j.a.Rows); t++ {
			j.column(j, t, lo, hi, s)
		}
		j.add(sum, sum, s)
	}
	j.add(j.v[lo:hi], j.v[lo:hi], sum)
}
