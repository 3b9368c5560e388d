package op

import "unsafe"

// digitsJob cuts rows of activations into digits and packs them. A piece is one
// strip.
type digitsJob struct {
	*matKernels
	scratch     *matScratch
	a           Matrix
	slices      int
	columnScale []float32               // multiplies each row first; nil: none
	mul         func(y, a, b []float32) // y = a * b
}

// packDigits cuts a into digits. For the gradient through weights w each value
// is multiplied by the scale of its row of w first.
func (e *Engine) packDigits(a Matrix, w *Weights, gradient bool, slices int) {
	s := &e.mat.q8
	j := &e.mat.digits
	*j = digitsJob{matKernels: &e.k.mat, scratch: &e.mat, a: a, slices: slices, mul: e.k.row.mul}
	if gradient {
		j.columnScale = w.scale
	}
	strips := (a.Rows*slices + strip - 1) / strip
	s.a = roomFor(s.a, strips*strip*4*quads(a.Cols))
	s.scale = roomFor(s.scale, strips*strip)
	s.sums = roomFor(s.sums, strips*strip)
	e.pool.run(strips, j)
	*j = digitsJob{}
}

func (j *digitsJob) do(s, worker int) {
	w, q, k := &j.scratch.workers[worker], &j.scratch.q8, j.a.Cols
	wide := 4 * quads(k)
	w.digits = roomFor(w.digits, strip*wide)
	clear(w.digits)
	per := strip / j.slices
	for r := range min(per, j.a.Rows-s*per) {
		i := s*per + r
		x := j.a.Row(i)
		if j.columnScale != nil {
			w.c = roomFor(w.c, k)
			j.mul(w.c, x, j.columnScale)
			x = w.c
		}
		d0 := w.digits[r*j.slices*wide:][:k]
		var d1 []int8
		if j.slices == 2 {
			d1 = w.digits[(2*r+1)*wide:][:k]
		}
		var sums [2]int32
		q.scale[i], sums = j.cut(d0, d1, x, w)
		copy(q.sums[i*j.slices:], sums[:j.slices])
	}
	dst := q.a[s*strip*wide:]
	if groups := wide / 4; groups >= 8 {
		j.transpose8(unsafe.Pointer(&dst[0]), 4*strip, unsafe.Pointer(&w.digits[0]), wide, strip, groups)
	} else {
		for g := range groups {
			for r := range strip {
				copy(dst[(g*strip+r)*4:], w.digits[r*wide+4*g:][:4])
			}
		}
	}
}

// cut writes the digits of x, two per value unless d1 is nil, and returns their
// scale and 128 times their sums.
func (k *matKernels) cut(d0, d1 []int8, x []float32, w *matWorker) (scale float32, sums [2]int32) {
	n := len(x) / 8
	w.max, w.sums = 0, [2]int32{}
	if n > 0 {
		k.q8.maxAbs8(&x[0], n, &w.max)
	}
	scale = max(w.max, maxAbs(x[8*n:])) / 127
	if scale == 0 {
		clear(d0)
		clear(d1)
		return 0, sums
	}
	if n > 0 {
		k.q8.digits8(&d0[0], unsafe.SliceData(d1), &x[0], n, scale, &w.sums[0])
	}
	for i := 8 * n; i < len(x); i++ {
		a, b := slices2(x[i], scale)
		d0[i] = a
		w.sums[0] += int32(a)
		if d1 != nil {
			d1[i] = b
			w.sums[1] += int32(b)
		}
	}
	return scale, [2]int32{128 * w.sums[0], 128 * w.sums[1]}
}
