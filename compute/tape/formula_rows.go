package tape

import (
	"math"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/dispute"
)

// chain adds n products to start as arithmetic 1 says: segments of 256.
func (w *working) chain(start reg, n int, term func(k int) (a, b reg)) reg {
	for k := 0; k < n; k += op.Segment {
		acc := w.f32(0)
		for i := k; i < min(k+op.Segment, n); i++ {
			a, b := term(i)
			acc = w.fma(a, b, acc)
		}
		start = w.add(start, acc)
	}
	return start
}

// lanes sums n terms in lanes; next continues a lane with term k.
func (w *working) lanes(n int, next func(k int, lane reg) reg) reg {
	var l [laneCount]reg
	for j := range l {
		l[j] = w.f32(0)
	}
	for k := range n {
		l[k%laneCount] = next(k, l[k%laneCount])
	}
	return w.fold(func(j int) reg { return l[j] })
}

// fold adds lanes in a tree.
func (w *working) fold(lane func(j int) reg) reg {
	var l [laneCount]reg
	for j := range l {
		l[j] = lane(j)
	}
	for half := laneCount / 2; half > 0; half /= 2 {
		for j := range half {
			l[j] = w.add(l[j], l[j+half])
		}
	}
	return l[0]
}

// root is 1/sqrt(mean square + Eps) of block number block of n columns of the
// element's row of operand in.
func (w *working) root(in, n int, block reg) reg {
	from := w.do(dispute.IntFMA, block, w.int(n), w.int(0))
	q := w.lanes(n, func(k int, lane reg) reg {
		x := w.load(in, w.row(), w.plus(from, w.int(k)))
		return w.fma(x, x, lane)
	})
	mean := w.add(w.div(q, w.f32(float32(n))), w.f32(w.attrs.Eps))
	return w.div(w.f32(1), w.do(dispute.Root, mean))
}

// norm is x (T,n·C), gain (1,C).
func (w *working) norm(int) reg {
	n := w.in[1].Cols
	gain := w.load(1, w.int(0), w.rest(w.col(), n))
	return w.mul(w.mul(w.here(0), w.root(0, n, w.quot(w.col(), n))), gain)
}

// normGrad is dy, x, gain -> dx.
func (w *working) normGrad(out int) reg {
	if w.bad = w.bad || out != 0 || w.has(3); w.bad {
		return 0
	}
	n := w.in[2].Cols
	r := w.root(1, n, w.quot(w.col(), n))
	from := w.minus(w.col(), w.rest(w.col(), n))
	s := w.lanes(n, func(k int, lane reg) reg {
		at := w.plus(from, w.int(k))
		a := w.mul(w.load(0, w.row(), at), w.load(2, w.int(0), w.int(k)))
		return w.fma(a, w.load(1, w.row(), at), lane)
	})
	c := w.mul(w.mul(w.div(s, w.f32(float32(n))), r), w.mul(r, r))
	a := w.mul(w.here(0), w.load(2, w.int(0), w.rest(w.col(), n)))
	return w.fma(w.sub(w.f32(0), c), w.here(1), w.mul(a, r))
}

// gainGrad is dy, x (T,n·C), root (T,n), [c (1,C)], [run (1,C)].
func (w *working) gainGrad(int) reg {
	heads := w.in[2].Cols
	n := w.in[0].Cols / heads
	from, to := w.attrs.bounds(w.in[0].Rows * heads)
	sum := w.chain(w.hereOr(4, 0), to-from, func(k int) (a, b reg) {
		row, head := (from+k)/heads, (from+k)%heads
		col := w.plus(w.col(), w.int(head*n))
		x := w.load(1, w.int(row), col)
		return w.load(0, w.int(row), col), w.mul(x, w.load(2, w.int(row), w.int(head)))
	})
	return w.on(3, sum)
}

// biasGrad is dy (T,N), [c (1,N)].
func (w *working) biasGrad(int) reg {
	return w.on(1, w.chain(w.f32(0), w.in[0].Rows, func(k int) (a, b reg) {
		return w.load(0, w.int(k), w.col()), w.f32(1)
	}))
}

// rope is x (T,n·d), table (P,d), pos.
func (w *working) rope(int) reg {
	d := int(w.attrs.HeadDim)
	i, pos := w.rest(w.col(), d), w.beside(2)
	low := w.less(i, w.int(d/2))
	pair := w.pick(low, i, w.minus(i, w.int(d/2)))
	first := w.plus(w.minus(w.col(), i), pair)
	x0, x1 := w.load(0, w.row(), first), w.load(0, w.row(), w.plus(first, w.int(d/2)))
	c, s := w.load(1, pos, pair), w.load(1, pos, w.plus(pair, w.int(d/2)))
	zero := w.f32(0)
	if w.attrs.Inverse == 1 {
		return w.pick(low, w.fma(x0, c, w.mul(x1, s)), w.fma(x1, c, w.sub(zero, w.mul(x0, s))))
	}
	return w.pick(low, w.fma(x0, c, w.sub(zero, w.mul(x1, s))), w.fma(x1, c, w.mul(x0, s)))
}

// scatter adds to y the rows of operand 0 whose numbers, operand 1, are the
// element's row.
func (w *working) scatter(y reg) reg {
	for i := range w.in[0].Rows {
		hit := w.same(w.load(1, w.int(i), w.int(0)), w.row())
		y = w.pick(hit, w.add(y, w.load(0, w.int(i), w.col())), y)
	}
	return y
}

// rowMax is x (T,V), [c (T,1)].
func (w *working) rowMax(int) reg {
	m := w.hereOr(1, float32(math.Inf(-1)))
	for k := w.attrs.From; k < w.attrs.To; k++ {
		m = w.max(m, w.load(0, w.row(), w.int(int(k))))
	}
	return m
}

// expLanes is x (T,V), max (T,1), [c (T,16)].
func (w *working) expLanes(int) reg {
	from, to := int(w.attrs.From), int(w.attrs.To)
	lane, m := w.hereOr(2, 0), w.beside(1)
	for k := from; k < to; k += laneCount {
		at := w.plus(w.col(), w.int(k))
		more := w.add(lane, w.exp(w.sub(w.load(0, w.row(), at), m)))
		if k+laneCount > to {
			more = w.pick(w.less(at, w.int(to)), more, lane)
		}
		lane = more
	}
	return lane
}

// total folds the lanes beside the element, operand 2.
func (w *working) total() reg {
	return w.fold(func(j int) reg { return w.load(2, w.row(), w.int(j)) })
}

// rowLoss is x (T,V), max (T,1), lanes (T,16), targets.
func (w *working) rowLoss(int) reg {
	target := w.beside(3)
	loss := w.sub(w.add(w.beside(1), w.log(w.total())), w.load(0, w.row(), target))
	return w.pick(w.less(target, w.int(0)), w.f32(0), loss)
}

// lossGrad is x (T,V), max (T,1), lanes (T,16), targets, w (1,1).
func (w *working) lossGrad(int) reg {
	target := w.beside(3)
	p := w.mul(w.exp(w.sub(w.here(0), w.beside(1))), w.div(w.f32(1), w.total()))
	p = w.pick(w.same(target, w.col()), w.sub(p, w.f32(1)), p)
	return w.pick(w.less(target, w.int(0)), w.f32(0), w.mul(p, w.scalar(4)))
}

// sum is x (T,1), [c (1,1)].
func (w *working) sum(int) reg {
	y := w.hereOr(1, 0)
	for i := range w.in[0].Rows {
		y = w.add(y, w.load(0, w.int(i), w.int(0)))
	}
	return y
}

// squareLanes is x, [c (1,16)].
func (w *working) squareLanes(int) reg {
	cols := w.in[0].Cols
	from, to := int(w.attrs.From)*cols, int(w.attrs.To)*cols
	lane := w.hereOr(1, 0)
	// The first element of the lane: as far after from as col is after from's.
	first := w.plus(w.rest(w.plus(w.col(), w.int(laneCount-from%laneCount)), laneCount), w.int(from))
	for k := from; k < to; k += laneCount {
		at := w.plus(first, w.int(k-from))
		x := w.load(0, w.quot(at, cols), w.rest(at, cols))
		more := w.fma(x, x, lane)
		if k+laneCount > to {
			more = w.pick(w.less(at, w.int(to)), more, lane)
		}
		lane = more
	}
	return lane
}

// clipFactor is op.ClipFactor.
func (w *working) clipFactor(int) reg {
	total, zero, one := w.scalar(0), w.f32(0), w.f32(1)
	some := w.pick(w.do(dispute.Below, total, zero), w.int(1), w.do(dispute.Below, zero, total))
	f := w.div(w.f32(w.attrs.Scale), w.do(dispute.Root, w.pick(some, total, one)))
	return w.pick(some, w.do(dispute.Min, one, f), one)
}

// log is op.Log.
func (w *working) log(x reg) reg {
	zero, infinite := w.f32(0), w.f32(float32(math.Inf(1)))
	fits := w.pick(w.do(dispute.Below, zero, x), w.do(dispute.Below, x, infinite), w.int(0))
	x = w.mul(x, w.pick(fits, w.f32(1), w.f32(float32(math.NaN()))))
	small := w.do(dispute.Below, x, w.f32(0x1p-126))
	x = w.pick(small, w.mul(x, w.f32(0x1p24)), x)
	k := w.do(dispute.Right, w.minus(x, w.int(0x3f3504f4)))
	z := w.sub(w.do(dispute.Shift, x, w.minus(w.int(0), k)), w.f32(1))
	n := w.do(dispute.Float, w.plus(k, w.pick(small, w.int(-24), w.int(0))))
	zz := w.mul(z, z)
	y := w.f32(7.0376836292e-2)
	for _, c := range []float32{
		-1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
		-1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
	} {
		y = w.fma(y, z, w.f32(c))
	}
	y = w.mul(w.mul(y, z), zz)
	y = w.fma(n, w.f32(-2.12194440e-4), y)
	y = w.fma(w.f32(-0.5), zz, y)
	return w.fma(n, w.f32(0.693359375), w.add(z, y))
}
