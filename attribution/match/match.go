// Package match finds what an answer says verbatim from a Datanet, and whose
// words they are.
//
// A shard of a corpus has an Index: its tokens, a separator after each record,
// and their suffix array. Search finds every maximal span of an answer that
// occurs in the shards, and those that go on after one token replaced, inserted
// or left out; Cover credits each token of the answer once, to the span that
// says most.
//
// The invariant: everything is integers in a stated order, so two peers with the
// same shards find the same spans and credits to the bit.
//
// Start with Build, Open and Search. The method is that of infini-gram (Liu et
// al. 2024) on one machine: token suffix array, binary search.
package match

import "math/bits"

// Bits is information in units of 2^-16 bit.
type Bits int64

// Bit is one bit.
const Bit Bits = 1 << 16

// log2 returns floor(log2(x) 2^16) for x > 0. It squares the mantissa, one digit
// of the logarithm at a time, so it needs no float.
func log2(x uint64) Bits {
	n := bits.Len64(x) - 1
	m := x << (63 - n) // 1 <= m 2^-63 < 2
	y := Bits(n)
	for range 16 {
		hi, _ := bits.Mul64(m, m) // m^2 2^-64
		y <<= 1
		if hi >= 1<<63 {
			y, m = y|1, hi
		} else {
			m = hi << 1
		}
	}
	return y
}
