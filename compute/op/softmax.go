package op

import "fmt"

// Softmax writes the softmax of each row of x to y.
//
//	y, x (T,C)    y may be x
//
//	m = max    e = exp(x - m)    s = lanes(e)    y = e·(1/s)
//
// Two passes and never "online", so that a row has one value however it was
// reached. Error against float64: 7 units in the last place for |x - m| < 8,
// growing with |x - m| as the rounding of that difference does.
func (e *Engine) Softmax(y, x Matrix) {
	e.unary("Softmax", y, x, func(j *rowJob, i, _ int) {
		x, y := j.b.Row(i), j.a.Row(i)
		if len(x) > 0 {
			j.scale(y, y, 1/j.expSum(y, x, j.max(x)))
		}
	})
}

// CrossEntropy computes the loss of each row of logits against its target and,
// unless dx is the zero Matrix, the gradient.
//
//	logits, dx (T,V)    targets, losses (T)    dx may be logits
//
//	m, e, s as in Softmax    loss = (m + log(s)) - x[target]
//	dx = (e·(1/s) - onehot)·w
//
// A target of -1 masks its row: loss +0, gradient +0. w is 1 over the number of
// targets in the whole step; see StepLoss.
func (e *Engine) CrossEntropy(losses []float32, dx, logits Matrix, targets []int32, w float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkRows("CrossEntropy", logits)
	if dx.Rows > 0 {
		checkRows("CrossEntropy", dx, logits)
		checkApart("CrossEntropy", dx, logits)
	}
	checkLength("CrossEntropy", "losses", len(losses), logits.Rows)
	checkLength("CrossEntropy", "targets", len(targets), logits.Rows)
	for i, t := range targets {
		if t < -1 || int(t) >= logits.Cols {
			panic(fmt.Sprintf("op: CrossEntropy: target %d of row %d, want -1 or below %d", t, i, logits.Cols))
		}
	}
	j := &e.row
	j.a, j.b, j.u, j.ids, j.s = dx, logits, losses, targets, w
	e.eachRow(logits.Rows, logits.Cols, (*rowJob).crossEntropy)
}

func (j *rowJob) crossEntropy(i, worker int) {
	x, target := j.b.Row(i), j.ids[i]
	var dx []float32
	if j.a.Rows > 0 {
		dx = j.a.Row(i)
	}
	if target < 0 {
		j.u[i] = 0
		clear(dx)
		return
	}
	exps := dx
	if dx == nil {
		exps = j.buffer(worker, len(x))
	}
	m, t := j.max(x), x[target]
	s := j.expSum(exps, x, m)
	j.u[i] = m + Log(s) - t
	if dx != nil {
		r, e := 1/s, dx[target]
		j.lossGrad(dx, dx, r, j.s)
		dx[target] = float32((float32(e*r) - 1) * j.s)
	}
}

// StepLoss returns the loss of a step: the row losses added in order, times w.
func StepLoss(losses []float32, w float32) float32 {
	var sum float32
	for _, l := range losses {
		sum += l
	}
	return float32(sum * w)
}

// LogSumExp returns m + log(s) of one row, m and s as in Softmax. The
// log-probability of element i is x[i] - LogSumExp(x).
func (e *Engine) LogSumExp(x []float32) float32 {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(x) == 0 {
		panic("op: LogSumExp: no elements")
	}
	m := e.row.max(x)
	return m + Log(e.row.expSum(e.row.buffer(0, len(x)), x, m))
}
