package op

// Segment is the length of one FMA chain inside a dot product.
const Segment = 256

// Chain returns the dot product of a and b, the one sum behind every matrix
// product, attention score and weight gradient.
//
//	a, b (n) float32    n any, 0 gives +0
//
// The index is cut into segments of 256; each is one chain of Fma from +0 in
// ascending order, and the segments are added to a sum that starts at +0, in
// ascending order. The order is fixed, so the bits are: fast code computes many
// chains side by side and never shortens one.
//
// The segments cost nothing on a CPU, allow a GPU to split the index, and keep
// the relative error below about n/256 + 256 half units in the last place of
// the sum of |a_k b_k|.
func Chain(a, b []float32) float32 {
	checkChain(len(a), len(b))
	var sum float32
	for k := 0; k < len(a); k += Segment {
		sum += segment(a[k:min(k+Segment, len(a))], b[k:])
	}
	return sum
}

// segment returns one chain of Fma from +0 over a and the front of b.
func segment(a, b []float32) float32 {
	var s float32
	for k, x := range a {
		s = Fma(x, b[k], s)
	}
	return s
}
