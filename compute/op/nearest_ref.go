package op

import (
	"math"
	"math/big"
)

// Real functions to any precision, for tables whose entries are defined as the
// float32 nearest to a real value: such a definition does not depend on how
// the value is computed. All results have a relative error below 2^-(prec-32)
// for the arguments that this package uses.

// nearest returns the float32 nearest to the real value that f approximates,
// ties to even. It raises the precision until the error of f cannot matter; a
// value that 1,024 bits cannot tell from a tie is one.
func nearest(f func(prec uint) *big.Float) float32 {
	for prec := uint(128); ; prec *= 2 {
		v := f(prec)
		if prec > 1024 {
			tie, _ := new(big.Float).SetPrec(96).Set(v).Float32()
			return tie
		}
		if v.Sign() == 0 {
			return 0
		}
		slack := new(big.Float).SetMantExp(new(big.Float).Abs(v), -int(prec-32))
		lo, _ := new(big.Float).SetPrec(prec).Sub(v, slack).Float32()
		hi, _ := new(big.Float).SetPrec(prec).Add(v, slack).Float32()
		if lo == hi {
			return lo
		}
	}
}

// nearSinCos returns the float32 nearest to sin x and cos x for |x| < 2^24.
//
// The float64 functions are accurate to 2^-47 relative plus 2^-74 for these x
// on any machine (a three-part reduction by π/4 whose products are exact, then
// polynomials); where that leaves two float32 possible, about once in four
// million, more digits decide.
func nearSinCos(x float32) (sin, cos float32) {
	if x == 0 {
		return x, 1
	}
	s, c := math.Sincos(float64(x))
	sin, ok := nearDouble(s)
	if !ok {
		sin = nearest(func(prec uint) *big.Float { s, _ := bigSinCos(float64(x), prec); return s })
	}
	cos, ok = nearDouble(c)
	if !ok {
		cos = nearest(func(prec uint) *big.Float { _, c := bigSinCos(float64(x), prec); return c })
	}
	return sin, cos
}

// nearDouble rounds v to float32 and says whether every real number within the
// error of v rounds to the same.
func nearDouble(v float64) (float32, bool) {
	slack := float64(math.Abs(v)*0x1p-47) + 0x1p-74
	lo, hi := float32(v-slack), float32(v+slack)
	return lo, lo == hi
}

func bigFloat(x float64, prec uint) *big.Float { return new(big.Float).SetPrec(prec).SetFloat64(x) }

// series returns the sum of terms, each made from the one before by next, until
// they vanish below prec bits.
func series(first *big.Float, prec uint, next func(term *big.Float, i int64)) *big.Float {
	sum := new(big.Float).SetPrec(prec).Set(first)
	term := new(big.Float).SetPrec(prec).Set(first)
	for i := int64(1); term.Sign() != 0 && term.MantExp(nil) > sum.MantExp(nil)-int(prec)-8; i++ {
		next(term, i)
		sum.Add(sum, term)
	}
	return sum
}

// bigInverse returns atan(1/n), or atanh(1/n) if hyperbolic, by its series.
func bigInverse(n int64, hyperbolic bool, prec uint) *big.Float {
	square := bigFloat(float64(n*n), prec)
	power := new(big.Float).SetPrec(prec).Quo(bigFloat(1, prec), bigFloat(float64(n), prec))
	sum := new(big.Float).SetPrec(prec).Set(power)
	for i := int64(1); power.MantExp(nil) > -int(prec)-8; i++ {
		power.Quo(power, square)
		term := new(big.Float).SetPrec(prec).Quo(power, bigFloat(float64(2*i+1), prec))
		if i%2 == 1 && !hyperbolic {
			term.Neg(term)
		}
		sum.Add(sum, term)
	}
	return sum
}

// bigPi returns π = 16 atan(1/5) - 4 atan(1/239) (Machin).
func bigPi(prec uint) *big.Float {
	a := bigInverse(5, false, prec+32)
	b := bigInverse(239, false, prec+32)
	a.Mul(a, bigFloat(4, prec))
	a.Sub(a, b)
	return a.Mul(a, bigFloat(4, prec))
}

// bigLn returns ln x for x > 0.
func bigLn(x *big.Float, prec uint) *big.Float {
	prec += 64
	m := new(big.Float).SetPrec(prec)
	exponent := x.MantExp(m) // m in [½, 1)
	one := bigFloat(1, prec)
	z := new(big.Float).SetPrec(prec).Quo(
		new(big.Float).SetPrec(prec).Sub(m, one), new(big.Float).SetPrec(prec).Add(m, one))
	zz := new(big.Float).SetPrec(prec).Mul(z, z)
	sum := new(big.Float).SetPrec(prec).Set(z)
	for i := 1; z.Sign() != 0 && z.MantExp(nil) > -int(prec)-8; i++ {
		z.Mul(z, zz)
		sum.Add(sum, new(big.Float).SetPrec(prec).Quo(z, bigFloat(float64(2*i+1), prec)))
	}
	ln2 := bigInverse(3, true, prec)
	ln2.Mul(ln2, bigFloat(float64(exponent), prec))
	sum.Add(sum, ln2)
	return sum.Mul(sum, bigFloat(2, prec))
}

// bigExp returns e^x for |x| < 2^20: a series at x/2^32, squared 32 times.
func bigExp(x *big.Float, prec uint) *big.Float {
	const halvings = 32
	prec += 96
	small := new(big.Float).SetPrec(prec).SetMantExp(x, -halvings)
	if x.Sign() == 0 {
		return bigFloat(1, prec)
	}
	sum := series(bigFloat(1, prec), prec, func(term *big.Float, i int64) {
		term.Mul(term, small)
		term.Quo(term, bigFloat(float64(i), prec))
	})
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum
}

// bigSinCos returns sin x and cos x for |x| < 2^24.
func bigSinCos(x float64, prec uint) (sin, cos *big.Float) {
	prec += 96
	half := bigPi(prec + 32)
	half.SetMantExp(half, -1)
	r := bigFloat(x, prec)
	quarter, _ := new(big.Float).Add(new(big.Float).Quo(r, half), bigFloat(math.Copysign(0.5, x), 53)).Int64()
	r.Sub(r, new(big.Float).SetPrec(prec).Mul(half, new(big.Float).SetInt64(quarter)))
	sin, cos = bigSeries(r, prec)
	switch quarter & 3 {
	case 1:
		sin, cos = cos, sin.Neg(sin)
	case 2:
		sin, cos = sin.Neg(sin), cos.Neg(cos)
	case 3:
		sin, cos = cos.Neg(cos), sin
	}
	return sin, cos
}

// bigSeries returns sin r and cos r for |r| < 1 by their series.
func bigSeries(r *big.Float, prec uint) (sin, cos *big.Float) {
	rr := new(big.Float).SetPrec(prec).Mul(r, r)
	rr.Neg(rr)
	step := func(odd int64) func(term *big.Float, i int64) {
		return func(term *big.Float, i int64) {
			term.Mul(term, rr)
			term.Quo(term, bigFloat(float64((2*i-1+odd)*(2*i+odd)), prec))
		}
	}
	return series(r, prec, step(1)), series(bigFloat(1, prec), prec, step(0))
}
