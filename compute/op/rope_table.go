package op

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
)

// A RopeConfig names one formula for rotary position frequencies, as the field
// rope_scaling or rope_parameters of a model's config.json does.
type RopeConfig struct {
	Kind     string  // "default" (or ""), "linear", "llama3", "yarn"
	Theta    float64 // base of the frequencies, above 1
	HeadDim  int     // even
	Factor   float64 // linear, llama3, yarn: how much longer the context became, >= 1
	Original int     // llama3, yarn: original_max_position_embeddings

	LowFreq, HighFreq float64 // llama3: low_freq_factor < high_freq_factor

	BetaFast, BetaSlow   float64 // yarn; 0: 32 and 1
	AttentionFactor      float64 // yarn; 0: from MScale and MScaleAllDim, or 0.1 ln(Factor) + 1
	MScale, MScaleAllDim float64 // yarn; 0: not given
	NoTruncate           bool    // yarn: "truncate": false
}

// A RopeTable holds the cosines and sines of a model's rotary positions.
//
//	Cos, Sin (Positions, HeadDim/2)
//
// Frequency i is the float32 nearest to the real value of the formula (see
// frequencies); the angle is float32(position)·frequency, one rounding; cosine
// and sine are the float32 nearest to those of that angle. yarn multiplies both
// by its attention factor, the nearest float32, one more rounding.
//
// Digest covers what determines all entries at any length: the head dimension,
// the frequencies and the factor. It is part of the model's identity, and how
// many positions a peer keeps is not.
type RopeTable struct {
	Cos, Sin           []float32
	HeadDim, Positions int
	Frequency          []float32 // (HeadDim/2)
	Factor             float32   // of cosines and sines; 1 but for yarn
	Digest             [32]byte
}

// NewRopeTable computes the table for positions 0 to positions-1.
func NewRopeTable(c RopeConfig, positions int) (*RopeTable, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if positions < 0 || positions > 1<<24 {
		return nil, fmt.Errorf("op: rope: %d positions, want 0 to 2^24, beyond which float32 skips some", positions)
	}
	half := c.HeadDim / 2
	t := &RopeTable{
		Cos: alignedFloats(positions * half), Sin: alignedFloats(positions * half),
		HeadDim: c.HeadDim, Positions: positions,
		Frequency: c.frequencies(), Factor: c.attentionFactor(),
	}
	for p := range positions {
		for i, f := range t.Frequency {
			sin, cos := nearSinCos(float32(float32(p) * f))
			t.Cos[p*half+i] = float32(cos * t.Factor)
			t.Sin[p*half+i] = float32(sin * t.Factor)
		}
	}
	t.Digest = t.digest()
	return t, nil
}

// digest is SHA-256 of "openledger rope 1", the head dimension as u64, the
// factor and the frequencies as float32, all little endian.
func (t *RopeTable) digest() [32]byte {
	b := binary.LittleEndian.AppendUint64([]byte("openledger rope 1"), uint64(t.HeadDim))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(t.Factor))
	for _, f := range t.Frequency {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
	}
	return sha256.Sum256(b)
}

func (c *RopeConfig) check() error {
	switch {
	case c.HeadDim <= 0 || c.HeadDim%2 != 0:
		return fmt.Errorf("op: rope: head dimension %d, want an even number above 0", c.HeadDim)
	case !finiteAbove(c.Theta, 1):
		return fmt.Errorf("op: rope: theta %v, want a number above 1", c.Theta)
	}
	switch c.Kind {
	case "", "default":
		return nil
	case "linear", "llama3", "yarn":
	default:
		return fmt.Errorf("op: rope type %q is not supported; known are default, linear, llama3, yarn", c.Kind)
	}
	if c.Factor != 1 && !finiteAbove(c.Factor, 1) {
		return fmt.Errorf("op: rope %s: factor %v, want at least 1", c.Kind, c.Factor)
	}
	if c.Kind != "linear" && c.Original <= 0 {
		return fmt.Errorf("op: rope %s: original_max_position_embeddings is %d", c.Kind, c.Original)
	}
	if c.Kind == "llama3" && !(finiteAbove(c.LowFreq, 0) && finiteAbove(c.HighFreq, c.LowFreq)) {
		return fmt.Errorf("op: rope llama3: low_freq_factor %v, high_freq_factor %v", c.LowFreq, c.HighFreq)
	}
	if c.Kind == "yarn" {
		for _, v := range []float64{c.BetaFast, c.BetaSlow, c.AttentionFactor, c.MScale, c.MScaleAllDim} {
			if v != 0 && !finiteAbove(v, 0) {
				return fmt.Errorf("op: rope yarn: parameter %v, want a positive number", v)
			}
		}
	}
	return nil
}

func finiteAbove(x, bound float64) bool { return x > bound && !math.IsInf(x, 1) }

// frequencies returns, for i in [0, HeadDim/2), the float32 nearest to
//
//	default   f = theta^(-2i/HeadDim)
//	linear    f / factor
//	llama3    f where f's wave is shorter than original/high, f/factor where it
//	          is longer than original/low, else a linear mix of both
//	yarn      (f/factor)·ramp + f·(1 - ramp), ramp by the number of turns
//
// as the modeling_rope_utils.py of Hugging Face's transformers has them, in
// real numbers.
func (c *RopeConfig) frequencies() []float32 {
	out := make([]float32, c.HeadDim/2)
	for i := range out {
		out[i] = nearest(func(prec uint) *big.Float { return c.frequency(i, prec+64) })
	}
	return out
}

func (c *RopeConfig) frequency(i int, prec uint) *big.Float {
	r := reals{prec}
	theta := r.of(c.Theta)
	power := r.div(r.of(float64(-2*i)), r.of(float64(c.HeadDim)))
	f := bigExp(r.mul(power, bigLn(theta, prec)), prec)
	if c.Kind == "" || c.Kind == "default" {
		return f
	}
	slow := r.div(f, r.of(c.Factor))
	switch c.Kind {
	case "llama3":
		turns := r.div(r.mul(f, r.of(float64(c.Original))), r.twoPi())
		low, high := r.of(c.LowFreq), r.of(c.HighFreq)
		if turns.Cmp(high) > 0 {
			return f
		}
		if turns.Cmp(low) < 0 {
			return slow
		}
		mix := r.div(r.sub(turns, low), r.sub(high, low))
		return r.add(r.mul(r.sub(r.of(1), mix), slow), r.mul(mix, f))
	case "yarn":
		ramp := c.ramp(i, r)
		return r.add(r.mul(slow, ramp), r.mul(f, r.sub(r.of(1), ramp)))
	}
	return slow
}

// ramp is 0 for the frequencies that yarn keeps, 1 for those that it divides.
func (c *RopeConfig) ramp(i int, r reals) *big.Float {
	low, high := c.turnsAt(orDefault(c.BetaFast, 32), r), c.turnsAt(orDefault(c.BetaSlow, 1), r)
	if !c.NoTruncate {
		low, high = r.floor(low), r.neg(r.floor(r.neg(high)))
	}
	if low.Sign() < 0 {
		low = r.of(0)
	}
	if last := r.of(float64(c.HeadDim - 1)); high.Cmp(last) > 0 {
		high = last
	}
	if low.Cmp(high) == 0 {
		high = r.add(high, r.div(r.of(1), r.of(1000)))
	}
	ramp := r.div(r.sub(r.of(float64(i)), low), r.sub(high, low))
	if ramp.Sign() < 0 {
		return r.of(0)
	}
	if one := r.of(1); ramp.Cmp(one) > 0 {
		return one
	}
	return ramp
}

// turnsAt is the index whose frequency turns n times over the original context:
// HeadDim·ln(original / (2πn)) / (2 ln theta).
func (c *RopeConfig) turnsAt(n float64, r reals) *big.Float {
	ln := bigLn(r.div(r.of(float64(c.Original)), r.mul(r.of(n), r.twoPi())), r.prec)
	return r.div(r.mul(r.of(float64(c.HeadDim)), ln), r.mul(r.of(2), bigLn(r.of(c.Theta), r.prec)))
}

// attentionFactor returns the float32 nearest to yarn's factor of all cosines
// and sines: as given, or m(MScale) / m(MScaleAllDim) if both are given, or
// m(1), with m(s) = 0.1·s·ln(Factor) + 1.
func (c *RopeConfig) attentionFactor() float32 {
	if c.Kind != "yarn" {
		return 1
	}
	if c.AttentionFactor != 0 {
		return float32(c.AttentionFactor)
	}
	return nearest(func(prec uint) *big.Float {
		r := reals{prec + 64}
		m := func(s float64) *big.Float {
			tenth := r.div(r.of(s), r.of(10))
			return r.add(r.mul(tenth, bigLn(r.of(c.Factor), r.prec)), r.of(1))
		}
		if c.MScale != 0 && c.MScaleAllDim != 0 {
			return r.div(m(c.MScale), m(c.MScaleAllDim))
		}
		return m(1)
	})
}

func orDefault(x, d float64) float64 {
	if x == 0 {
		return d
	}
	return x
}

// reals is arithmetic on big floats of one precision.
type reals struct{ prec uint }

func (r reals) of(x float64) *big.Float        { return bigFloat(x, r.prec) }
func (r reals) new() *big.Float                { return new(big.Float).SetPrec(r.prec) }
func (r reals) add(a, b *big.Float) *big.Float { return r.new().Add(a, b) }
func (r reals) sub(a, b *big.Float) *big.Float { return r.new().Sub(a, b) }
func (r reals) mul(a, b *big.Float) *big.Float { return r.new().Mul(a, b) }
func (r reals) div(a, b *big.Float) *big.Float { return r.new().Quo(a, b) }
func (r reals) neg(a *big.Float) *big.Float    { return r.new().Neg(a) }
func (r reals) twoPi() *big.Float              { return r.mul(r.of(2), bigPi(r.prec)) }

// floor returns the largest integer <= a.
func (r reals) floor(a *big.Float) *big.Float {
	n, accuracy := a.Int(nil)
	f := r.new().SetInt(n)
	if accuracy == big.Above { // rounded towards 0 from below it
		f.Sub(f, r.of(1))
	}
	return f
}
