package op

import "math/bits"

// A Purpose separates the random numbers of different uses of one seed. The
// numbers are append-only.
type Purpose uint32

const (
	PurposeInit   Purpose = 1 + iota // initial parameters
	PurposeOrder                     // order of the data
	PurposeSample                    // the next token
	PurposeSketch                    // where a count-sketch puts a coordinate
)

// Philox returns block index of the random stream (seed, step, purpose): four
// words of Philox4x32-10.
//
//	key (seed low, seed high)    counter (index low, index high, step, purpose)
//
// Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
func Philox(seed, index uint64, step uint32, purpose Purpose) [4]uint32 {
	return philox([4]uint32{uint32(index), uint32(index >> 32), step, uint32(purpose)},
		uint32(seed), uint32(seed>>32))
}

func philox(c [4]uint32, k0, k1 uint32) [4]uint32 {
	for range 10 {
		hi0, lo0 := bits.Mul32(0xD2511F53, c[0])
		hi1, lo1 := bits.Mul32(0xCD9E8D57, c[2])
		c = [4]uint32{hi1 ^ c[1] ^ k0, lo1, hi0 ^ c[3] ^ k1, lo0}
		k0 += 0x9E3779B9
		k1 += 0xBB67AE85
	}
	return c
}

// Words draws the words of a stream one after the other.
type Words struct {
	Seed    uint64
	Step    uint32
	Purpose Purpose
	drawn   uint64
	block   [4]uint32
}

// Next returns the next word.
func (w *Words) Next() uint32 {
	if w.drawn%4 == 0 {
		w.block = Philox(w.Seed, w.drawn/4, w.Step, w.Purpose)
	}
	x := w.block[w.drawn%4]
	w.drawn++
	return x
}

// Below returns a number in [0, n), every one equally likely: words at or above
// the largest multiple of n up to 2^32 are drawn again. n is above 0.
func (w *Words) Below(n uint32) uint32 {
	excess := -n % n // 2^32 mod n
	for {
		if x := w.Next(); x <= ^uint32(0)-excess {
			return x % n
		}
	}
}

// Uniform returns the word x as a number in [0, 1): (x >> 8)·2^-24, exact.
func Uniform(x uint32) float32 { return float32(x>>8) * 0x1p-24 }

// Permutation shuffles p by Fisher and Yates from the end: element i changes
// places with element Below(i+1), for i = len(p)-1 down to 1.
func Permutation(p []uint32, seed uint64, step uint32, purpose Purpose) {
	w := Words{Seed: seed, Step: step, Purpose: purpose}
	for i := len(p) - 1; i > 0; i-- {
		k := w.Below(uint32(i + 1))
		p[i], p[k] = p[k], p[i]
	}
}
