package share

import (
	"fmt"
	"math/big"
)

// Nats is a negative log-likelihood in units of 2^-40 nat, summed over an answer.
type Nats uint64

// Whole is a fraction of 1, in units of 2^-32.
const Whole = 1 << 32

// Gain returns which part of its loss the adapter took from the base, between 0
// and Whole: (base-tuned)/base. An answer that the base gives as well owes
// nothing to the data.
func Gain(base, tuned Nats) uint64 {
	if tuned >= base {
		return 0
	}
	x := new(big.Int).SetUint64(uint64(base - tuned))
	x.Lsh(x, 32).Quo(x, new(big.Int).SetUint64(uint64(base)))
	return x.Uint64()
}

// A Source is what one owner's data did for an answer, by gradient and by word.
type Source struct {
	Owner    uint64
	Gradient Score  // from the index; what did harm counts as nothing
	Spans    uint64 // from match, in its units
}

// BetaLoRA is the part of an adapter's answers that gradients decide; of a base
// without gradients it is 0.
const BetaLoRA = Whole / 10 * 9

// Provisional divides amount among the sources of an answer: beta of it by
// gradient, the rest by spans, both in units of 1/Whole. Where one of the two
// found nothing the other decides all; where both found nothing, all parts are
// 0 and the amount stays in the pool. The parts sum to amount otherwise.
func Provisional(amount *big.Int, beta uint64, sources []Source) ([]*big.Int, error) {
	if amount.Sign() < 0 || beta > Whole {
		return nil, fmt.Errorf("share: an amount of %v with beta %d/2^32", amount, beta)
	}
	gradient, spans := make([]*big.Int, len(sources)), make([]*big.Int, len(sources))
	sumG, sumS := new(big.Int), new(big.Int)
	for i, s := range sources {
		gradient[i] = big.NewInt(int64(max(0, s.Gradient)))
		spans[i] = new(big.Int).SetUint64(s.Spans)
		sumG.Add(sumG, gradient[i])
		sumS.Add(sumS, spans[i])
	}
	switch {
	case sumS.Sign() == 0:
		return Split(amount, gradient)
	case sumG.Sign() == 0:
		return Split(amount, spans)
	}
	// weight = beta g/G + (1-beta) s/S, over the denominator G S
	weights := make([]*big.Int, len(sources))
	for i := range sources {
		g := gradient[i].Mul(gradient[i], sumS)
		g.Mul(g, new(big.Int).SetUint64(beta))
		s := spans[i].Mul(spans[i], sumG)
		weights[i] = g.Add(g, s.Mul(s, new(big.Int).SetUint64(Whole-beta)))
	}
	return Split(amount, weights)
}
