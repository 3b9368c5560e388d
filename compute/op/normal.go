package op

import (
	"math"
	"math/big"
)

// Normal returns the standard normal number of two random words.
//
//	sqrt(-2·log(((x1 >> 8) + 1)·2^-24)) · cos(2π·(x2 >> 8)·2^-24)
//
// The cosine is the float32 nearest to the real value, exact zeros +0. Source:
// Box and Muller 1958.
func Normal(x1, x2 uint32) float32 {
	u := float32(x1>>8+1) * 0x1p-24
	return float32(sqrt32(float32(-2*Log(u))) * cosTurn(x2>>8))
}

// cosTurn returns the float32 nearest to cos(2π·k·2^-24) for k < 2^24.
func cosTurn(k uint32) float32 {
	const quarter = 1 << 22
	r := k % quarter
	switch k / quarter {
	case 0:
		return cosQuarter(r)
	case 1:
		return 0 - cosQuarter(quarter-r)
	case 2:
		return 0 - cosQuarter(r)
	}
	return cosQuarter(quarter - r)
}

// cosQuarter returns the float32 nearest to cos(π/2·r·2^-22) for r <= 2^22. A
// large r goes through the sine of its complement, which keeps the relative
// error small.
func cosQuarter(r uint32) float32 {
	const quarter, unit = 1 << 22, math.Pi / 2 / (1 << 22)
	switch {
	case r == 0:
		return 1
	case r == quarter:
		return 0
	}
	v := math.Cos(float64(r) * unit)
	if r > quarter/2 {
		v = math.Sin(float64(quarter-r) * unit)
	}
	near, ok := nearDouble(v)
	if !ok {
		near = nearest(func(prec uint) *big.Float { return bigCosQuarter(r, prec) })
	}
	return near
}

// bigCosQuarter returns cos(π/2·r·2^-22) for 0 < r < 2^22.
func bigCosQuarter(r uint32, prec uint) *big.Float {
	const quarter = 1 << 22
	angle := func(r uint32) *big.Float {
		a := bigPi(prec + 64)
		a.Mul(a, bigFloat(float64(r), prec))
		return a.SetMantExp(a, -23)
	}
	if r > quarter/2 {
		sin, _ := bigSeries(angle(quarter-r), prec+64)
		return sin
	}
	_, cos := bigSeries(angle(r), prec+64)
	return cos
}

// Normals fills dst with std·Normal: element i is number first+i of the stream
// (seed, step, purpose), which takes words 2n and 2n+1 for number n. The
// parameters of a model follow each other in name order, element order.
func (e *Engine) Normals(dst []float32, seed, first uint64, step uint32, purpose Purpose, std float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	j := &e.row
	j.u, j.s = dst, std
	j.words, j.firstNumber = Words{Seed: seed, Step: step, Purpose: purpose}, first
	e.eachRun(len(dst), func(j *rowJob, i, _ int) {
		w, n, block := &j.words, j.firstNumber+uint64(i*run), [4]uint32{}
		for k := range piece(j.u, i) {
			if n%2 == 0 || k == 0 {
				block = Philox(w.Seed, n/2, w.Step, w.Purpose)
			}
			pair := block[n%2*2:]
			j.u[i*run+k] = float32(j.s * Normal(pair[0], pair[1]))
			n++
		}
	})
}
