package tape

import "github.com/openledger/openledger/proofs/dispute"

// digits works out the digits of numbers and their scale.
func (w *working) digits(x []reg, slices int32) (d [2][]reg, scale reg) {
	largest := w.f32(0)
	for _, v := range x {
		largest = w.max(largest, w.abs(v))
	}
	scale = w.div(largest, w.f32(127))
	for _, v := range x {
		d0, d1 := w.twoDigits(v, scale)
		d[0] = append(d[0], d0)
		if slices != 1 {
			d[1] = append(d[1], d1())
		}
	}
	return d, scale
}

func (w *working) abs(x reg) reg { return w.max(x, w.sub(w.f32(0), x)) }

// twoDigits works out the first digit of x in units of scale, and the second.
func (w *working) twoDigits(x, scale reg) (first reg, second func() reg) {
	r := w.do(dispute.Ratio, x, scale)
	first = w.do(dispute.Digit, r)
	return first, func() reg {
		return w.do(dispute.Digit, w.mul(w.sub(r, w.do(dispute.Float, first)), w.f32(128)))
	}
}

// joined sums digits times weights in integers and scales the sums.
func (w *working) joined(d [2][]reg, weights []reg, scale reg) reg {
	var sums [2]reg
	for k := range d {
		sum := w.int(0)
		for i, x := range d[k] {
			sum = w.do(dispute.IntFMA, x, weights[i], sum)
		}
		sums[k] = w.do(dispute.Float, sum)
	}
	if len(d[1]) == 0 {
		return w.mul(scale, sums[0])
	}
	return w.mul(scale, w.twoSums(sums[0], sums[1]))
}

// twoSums is (128·s0 + s1) / 128.
func (w *working) twoSums(s0, s1 reg) reg {
	return w.mul(w.fma(w.f32(128), s0, s1), w.f32(0.0078125))
}

// forwardQ8 is x, digits (N,K), scale (N,1), [bias], [c].
func (w *working) forwardQ8(int) reg {
	var x, weights []reg
	for k := range w.in[1].Cols {
		at := w.int(k)
		x, weights = append(x, w.load(0, w.row(), at)), append(weights, w.load(1, w.col(), at))
	}
	d, scale := w.digits(x, w.attrs.Slices)
	y := w.joined(d, weights, w.mul(scale, w.load(2, w.col(), w.int(0))))
	if w.has(3) {
		y = w.add(y, w.load(3, w.int(0), w.col()))
	}
	return w.on(4, y)
}

// backwardQ8 is dy, digits (N,K), scale (N,1), [c], always in two slices.
func (w *working) backwardQ8(int) reg {
	var g, weights []reg
	for n := range w.in[1].Rows {
		at := w.int(n)
		g = append(g, w.scaled(at))
		weights = append(weights, w.load(1, at, w.col()))
	}
	d, scale := w.digits(g, 2)
	return w.on(3, w.joined(d, weights, scale))
}

// scaled is element n of a row of dy, operand 0, times the scale in operand 2.
func (w *working) scaled(n reg) reg {
	return w.mul(w.load(0, w.row(), n), w.load(2, n, w.int(0)))
}

// scaledMax is dy (T,N), scale (N,1), [c (T,1)].
func (w *working) scaledMax(int) reg {
	m := w.hereOr(2, 0)
	for n := w.attrs.From; n < w.attrs.To; n++ {
		at := w.int(int(n))
		m = w.max(m, w.abs(w.mul(w.load(0, w.row(), at), w.load(1, at, w.int(0)))))
	}
	return m
}

// digitSums is dy, digits, scale, max (T,1), [c0, c1].
func (w *working) digitSums(out int) reg {
	sum := w.int(0)
	if w.has(4 + out) {
		sum = w.here(4 + out)
	}
	scale := w.div(w.beside(3), w.f32(127))
	for n := w.attrs.From; n < w.attrs.To; n++ {
		at := w.int(int(n))
		d, second := w.twoDigits(w.scaled(at), scale)
		if out == 1 {
			d = second()
		}
		sum = w.do(dispute.IntFMA, d, w.load(1, at, w.col()), sum)
	}
	return sum
}

// joinSums is max (T,1), two i32 (T,K), [c].
func (w *working) joinSums(int) reg {
	s0, s1 := w.do(dispute.Float, w.here(1)), w.do(dispute.Float, w.here(2))
	return w.on(3, w.mul(w.div(w.beside(0), w.f32(127)), w.twoSums(s0, s1)))
}

// embedQ8 is digits (V,C), scale (V,1), ids.
func (w *working) embedQ8(int) reg {
	id := w.beside(2)
	return w.mul(w.load(1, id, w.int(0)), w.do(dispute.Float, w.load(0, id, w.col())))
}
