package op

import (
	"fmt"
	"math"
	"math/bits"
)

// A SampleConfig says how a token is drawn. The zero value takes the highest.
type SampleConfig struct {
	Temperature float32 // 0: the highest logit; logits are divided by it
	TopK        int     // keep the k highest; 0: all
	TopP        float32 // keep the most probable until their sum reaches it; 0 or 1: all
	MinP        float32 // keep those with at least this part of the highest probability; 0: all
}

// Sample draws a token from logits (V) with the random number u in [0, 1).
//
//	T = 0    the highest logit, of equal ones the lowest id
//	x / T, then the TopK highest (of equal ones the lower ids), then softmax
//	over those, in id order, with lanes counted among those
//	TopP     by falling probability, of equal ones the lower id first: the
//	         shortest prefix whose running sum reaches p
//	MinP     of those, the ones with p_i >= MinP·p_max
//	total = plain adds over what is left in id order; the first id whose running
//	sum exceeds u·total, else the last
//
// logits are not changed. Sample returns -1 if one is not finite, or divided by
// T would not be.
func (e *Engine) Sample(logits []float32, c SampleConfig, u float32) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	checkSample(logits, c, u)
	return e.row.sampler.sample(&e.row.rowKernels, logits, nil, c, u)
}

func checkSample(logits []float32, c SampleConfig, u float32) {
	if len(logits) == 0 || c.Temperature < 0 || c.TopK < 0 || c.TopP < 0 || c.MinP < 0 || u < 0 || u >= 1 {
		panic(fmt.Sprintf("op: Sample: %d logits, %+v, u %v", len(logits), c, u))
	}
}

// sample is Sample among the tokens whose bit is set in allowed; nil: all.
func (s *sampler) sample(k *rowKernels, logits []float32, allowed []uint64, c SampleConfig, u float32) int {
	if k.badIndex(logits) >= 0 {
		return -1
	}
	if c.Temperature == 0 && allowed == nil {
		return firstEqual(logits, k.max(logits))
	}
	s.reset(logits, allowed, k)
	if len(s.ids) == 0 {
		return -1
	}
	if c.Temperature == 0 {
		return int(s.ids[firstEqual(s.values, k.max(s.values))])
	}
	k.divide(s.values, s.values, c.Temperature)
	if k.badIndex(s.values) >= 0 {
		return -1
	}
	if c.TopK > 0 && c.TopK < len(s.ids) {
		s.keep(k, func(n int, _ float32) bool { return n < c.TopK })
	}
	p := s.values
	k.scale(p, p, 1/k.expSum(p, p, k.max(p)))
	if c.TopP > 0 && c.TopP < 1 {
		var sum float32
		s.keep(k, func(_ int, p float32) bool {
			more := sum < c.TopP
			sum += p
			return more
		})
	}
	if c.MinP > 0 {
		s.drop(float32(c.MinP * k.max(s.values)))
	}
	return int(s.ids[s.draw(u)])
}

// firstEqual returns the index of the first element equal to m, which is there.
func firstEqual(x []float32, m float32) int {
	for i, v := range x {
		if v == m {
			return i
		}
	}
	panic("op: internal error: the maximum is not in its row")
}

// sampler holds the candidates for the next token: ids ascending, and the
// logit, later the probability, of each.
type sampler struct {
	ids    []int32
	values []float32
	heap   []int32 // positions in ids
	kept   []bool
	count  [buckets]int32
}

// reset makes the allowed tokens candidates, with their logits.
func (s *sampler) reset(logits []float32, allowed []uint64, k *rowKernels) {
	if cap(s.ids) < len(logits) {
		n := len(logits)
		s.ids, s.values, s.heap, s.kept = make([]int32, n), alignedFloats(n), make([]int32, n), make([]bool, n)
	}
	s.ids, s.values = s.ids[:len(logits)], s.values[:len(logits)]
	if allowed == nil {
		for i := range s.ids {
			s.ids[i] = int32(i)
		}
		copy(s.values, logits)
		return
	}
	n := 0
	for at, word := range allowed {
		for ; word != 0; word &= word - 1 {
			id := 64*at + bits.TrailingZeros64(word)
			s.ids[n], s.values[n] = int32(id), logits[id]
			n++
		}
	}
	s.ids, s.values = s.ids[:n], s.values[:n]
}

// buckets is the number of classes into which keep sorts values: by how many
// float32 they lie below the highest, in steps of 2^14. A step is a thousandth
// of the value or two, and 4,096 reach down eight powers of two; the last class
// takes the rest.
const buckets = 4096

// bucket is monotonic in the value: 0 for top, and equal values have one.
func bucket(top uint32, value float32) uint32 {
	return min((top-orderOf(value))>>14, buckets-1)
}

// orderOf maps float32 to integers in the same order, -0 as +0.
func orderOf(x float32) uint32 {
	b := math.Float32bits(x + 0)
	return b ^ (uint32(int32(b)>>31) | 1<<31)
}

// keep visits the candidates from the highest value down, lower ids first among
// equal ones, and drops those from the first for which more says no. n counts
// the visited. Few are visited as a rule, so only the highest classes are
// brought into order, and more of them when those run out.
func (s *sampler) keep(k *rowKernels, more func(n int, value float32) bool) {
	top := orderOf(k.max(s.values))
	clear(s.count[:])
	for _, v := range s.values {
		s.count[bucket(top, v)]++
	}
	s.kept = s.kept[:len(s.values)]
	clear(s.kept)
	visited, asked := 0, true
	for from, size := uint32(0), int32(128); asked && from < buckets; size *= 8 {
		to, held := from, int32(0)
		for ; to < buckets && held < size; to++ {
			held += s.count[to]
		}
		s.gather(top, from, to)
		for asked && len(s.heap) > 0 {
			if asked = more(visited, s.values[s.heap[0]]); asked {
				s.kept[s.heap[0]] = true
				s.pop()
				visited++
			}
		}
		from = to
	}
	n := 0
	for i, kept := range s.kept {
		if kept {
			s.ids[n], s.values[n] = s.ids[i], s.values[i]
			n++
		}
	}
	s.ids, s.values = s.ids[:n], s.values[:n]
}

// gather makes a heap of the candidates in classes [from, to).
func (s *sampler) gather(top, from, to uint32) {
	s.heap = s.heap[:0]
	for i, v := range s.values {
		if b := bucket(top, v); b < to && b >= from {
			s.heap = append(s.heap, int32(i))
		}
	}
	for i := len(s.heap)/2 - 1; i >= 0; i-- {
		s.sink(i)
	}
}

// pop takes the top off the heap.
func (s *sampler) pop() {
	last := len(s.heap) - 1
	s.heap[0] = s.heap[last]
	s.heap = s.heap[:last]
	s.sink(0)
}

// sink restores the heap below position i; the highest value is on top.
func (s *sampler) sink(i int) {
	before := func(a, b int32) bool {
		x, y := s.values[a], s.values[b]
		return x > y || x == y && a < b
	}
	for {
		child := 2*i + 1
		if child >= len(s.heap) {
			return
		}
		if child+1 < len(s.heap) && before(s.heap[child+1], s.heap[child]) {
			child++
		}
		if !before(s.heap[child], s.heap[i]) {
			return
		}
		s.heap[i], s.heap[child] = s.heap[child], s.heap[i]
		i = child
	}
}

// drop removes the candidates below the floor.
func (s *sampler) drop(floor float32) {
	n := 0
	for i, p := range s.values {
		if p >= floor {
			s.ids[n], s.values[n] = s.ids[i], p
			n++
		}
	}
	s.ids, s.values = s.ids[:n], s.values[:n]
}

// draw returns the first candidate whose running sum exceeds u·total.
func (s *sampler) draw(u float32) int {
	var total float32
	for _, p := range s.values {
		total += p
	}
	bound := float32(u * total)
	var sum float32
	for i, p := range s.values {
		sum += p
		if sum > bound {
			return i
		}
	}
	return len(s.values) - 1
}
