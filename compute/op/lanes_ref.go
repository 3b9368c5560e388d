package op

// lanes is the number of partial sums along a row.
const lanes = 16

// Lanes returns the sum of x, the one sum behind softmax denominators and
// losses.
//
//	x (n) float32    n any, 0 gives +0
//
// 16 lanes start at +0; lane j adds x[j], x[j+16], ... in ascending order; then
// lane i adds lane i+8, then i+4, i+2, i+1. One AVX-512 register holds them.
// A relative error bound for positive x is (n/16 + 3) * 2⁻²⁴.
func Lanes(x []float32) float32 {
	var l [lanes]float32
	for i, v := range x {
		l[i%lanes] += v
	}
	return fold(&l)
}

// LanesDot returns the sum of a·b in lanes: lane j is a chain of Fma over
// elements j, j+16, ... LanesDot(x, x) is the sum of squares of norms.
//
// Elements missing in the last group of 16 count as +0; that shows only where a
// lane has become -0 by underflow, and no operator lets that sign out.
func LanesDot(a, b []float32) float32 {
	checkLength("LanesDot", "b", len(b), len(a))
	return dotRef(a, b)
}

// fold adds the lanes in a tree. It overwrites them.
func fold(l *[lanes]float32) float32 {
	for half := lanes / 2; half > 0; half /= 2 {
		for i := range half {
			l[i] += l[i+half]
		}
	}
	return l[0]
}
