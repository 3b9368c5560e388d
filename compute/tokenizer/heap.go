package tokenizer

// A heap gives its elements back in the order of before, which every call must be given.
type heap[T any] []T

func (q *heap[T]) push(x T, before func(a, b T) bool) {
	h := append(*q, x)
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if !before(h[i], h[up]) {
			break
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
	*q = h
}

func (q *heap[T]) pop(before func(a, b T) bool) T {
	h := *q
	top, n := h[0], len(h)-1
	h[0] = h[n]
	h = h[:n]
	for i := 0; ; {
		low := i
		for k := 2*i + 1; k <= 2*i+2 && k < n; k++ {
			if before(h[k], h[low]) {
				low = k
			}
		}
		if low == i {
			break
		}
		h[i], h[low] = h[low], h[i]
		i = low
	}
	*q = h
	return top
}
