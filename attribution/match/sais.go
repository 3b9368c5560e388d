package match

// suffixArray sorts the suffixes of s, whose values are 0 <= s[i] < k, into sa:
// sa[r] is where the suffix of rank r begins. A suffix comes before those it is
// a prefix of. len(sa) = len(s); k values and len(s)/8 bytes more are allocated.
//
// Source: Nong, Zhang & Chan 2009 (SA-IS). A position is S if its suffix is less
// than the next one, else L; LMS is an S after an L. Sorted LMS substrings get
// names, the string of names is sorted by recursion, and from the LMS suffixes
// in order all others follow in two scans.
func suffixArray(s, sa []int32, k int) {
	n := len(s)
	switch n {
	case 0:
		return
	case 1:
		sa[0] = 0
		return
	}
	w := &sorter{s: s, sa: sa, small: make(bitset, (n+63)/64), ends: make([]int32, k)}
	for i := n - 2; i >= 0; i-- {
		if s[i] < s[i+1] || s[i] == s[i+1] && w.small.has(i+1) {
			w.small.set(i)
		}
	}

	fill(sa, -1)
	w.tails()
	for i := n - 1; i > 0; i-- {
		if w.lms(i) {
			w.ends[s[i]]--
			sa[w.ends[s[i]]] = int32(i)
		}
	}
	w.induce()
	n1, names := w.name()
	sa1, s1 := sa[:n1], sa[n-n1:]
	if names < n1 {
		suffixArray(s1, sa1, names)
	} else {
		for i, name := range s1 {
			sa1[name] = int32(i)
		}
	}

	j := 0
	for i := 1; i < n; i++ {
		if w.lms(i) {
			s1[j] = int32(i)
			j++
		}
	}
	for i, r := range sa1 {
		sa1[i] = s1[r]
	}
	fill(sa[n1:], -1)
	w.tails()
	for i := n1 - 1; i >= 0; i-- {
		p := sa[i]
		sa[i] = -1
		w.ends[s[p]]--
		sa[w.ends[s[p]]] = p
	}
	w.induce()
}

// A sorter holds one level of the recursion.
type sorter struct {
	s, sa []int32
	small bitset  // positions of type S
	ends  []int32 // where the next suffix of a bucket goes
}

type bitset []uint64

func (b bitset) has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }
func (b bitset) set(i int)      { b[i>>6] |= 1 << (i & 63) }

func fill(s []int32, v int32) {
	for i := range s {
		s[i] = v
	}
}

func (w *sorter) lms(i int) bool { return i > 0 && w.small.has(i) && !w.small.has(i-1) }

// tails points each bucket at the place behind its last suffix.
func (w *sorter) tails() {
	clear(w.ends)
	for _, c := range w.s {
		w.ends[c]++
	}
	sum := int32(0)
	for c, n := range w.ends {
		sum += n
		w.ends[c] = sum
	}
}

// heads points each bucket at its first place.
func (w *sorter) heads() {
	w.tails()
	last := int32(0)
	for c, end := range w.ends {
		w.ends[c], last = last, end
	}
}

// induce sorts all suffixes (or, at first, substrings) from the LMS ones: each L
// before the suffix that it precedes in the text, then each S from behind. The
// last suffix precedes the end of the text, which is less than everything.
func (w *sorter) induce() {
	s, sa := w.s, w.sa
	n := len(s)
	w.heads()
	put := func(j int32) {
		sa[w.ends[s[j]]] = j
		w.ends[s[j]]++
	}
	put(int32(n - 1))
	for i := range n {
		if p := sa[i]; p > 0 && !w.small.has(int(p-1)) {
			put(p - 1)
		}
	}
	w.tails()
	for i := n - 1; i >= 0; i-- {
		if p := sa[i]; p > 0 && w.small.has(int(p-1)) {
			w.ends[s[p-1]]--
			sa[w.ends[s[p-1]]] = p - 1
		}
	}
}

// name gives the LMS substrings names in their order, equal ones the same, and
// leaves the string of names at the end of sa. It returns how many substrings
// and how many names there are.
func (w *sorter) name() (n1, names int) {
	sa, n := w.sa, len(w.s)
	for _, p := range sa {
		if w.lms(int(p)) {
			sa[n1] = p
			n1++
		}
	}
	fill(sa[n1:], -1)
	last := -1
	for _, p := range sa[:n1] {
		if last < 0 || !w.sameSubstring(last, int(p)) {
			names++
		}
		last = int(p)
		sa[n1+int(p)/2] = int32(names - 1)
	}
	j := n - 1
	for i := n - 1; i >= n1; i-- {
		if sa[i] >= 0 {
			sa[j] = sa[i]
			j--
		}
	}
	return n1, names
}

// sameSubstring compares the LMS substrings at a and b, each up to the next LMS
// position and with it.
func (w *sorter) sameSubstring(a, b int) bool {
	for d := 0; ; d++ {
		if a+d == len(w.s) || b+d == len(w.s) || w.s[a+d] != w.s[b+d] {
			return false
		}
		if d > 0 {
			la, lb := w.lms(a+d), w.lms(b+d)
			if la || lb {
				return la && lb
			}
		}
	}
}
