package tape

import (
	"cmp"
	"slices"
)

// A plan gives every Value of a tape a place in one block of memory, in
// elements of 4 bytes, for batches of at most limit. Smaller batches use the
// front of each place.
type plan struct {
	offset []int // by slot; -1: no place
	size   int
}

// line is the alignment of places, in elements: a cache line.
const line = 16

// A stay is the time in which a place is taken: from the application that
// writes a value until the last that reads it, or a value that took over.
type stay struct {
	slots       []Ref
	first, last int
	size, at    int
}

// newPlan places values so that those alive at one time do not overlap: the
// largest first, each at the lowest free offset. With share set, a result takes
// over the memory of an operand that ends with its application, where the
// operator allows it.
func newPlan(t *Tape, limit Dims, share bool) plan {
	stays := t.stays(limit, share)
	slices.SortStableFunc(stays, func(a, b *stay) int { return cmp.Compare(b.size, a.size) })
	p := plan{offset: make([]int, len(t.Slots))}
	for i := range p.offset {
		p.offset[i] = -1
	}
	var busy []*stay // placed, ascending by offset
	for _, s := range stays {
		at := 0
		for _, o := range busy {
			if o.last < s.first || s.last < o.first {
				continue
			}
			if o.at-at >= s.size {
				break
			}
			at = max(at, o.at+o.size)
		}
		s.at = at
		i, _ := slices.BinarySearchFunc(busy, at, func(o *stay, at int) int { return cmp.Compare(o.at, at) })
		busy = slices.Insert(busy, i, s)
		for _, r := range s.slots {
			p.offset[r] = at
		}
		p.size = max(p.size, at+s.size)
	}
	return p
}

// stays finds when each value is alive.
func (t *Tape) stays(limit Dims, share bool) []*stay {
	last := make([]int, len(t.Slots))
	for i := range t.Slots {
		last[i] = -1
		if t.Slots[i].Keep {
			last[i] = len(t.Apps)
		}
	}
	for i := range t.Apps {
		for _, r := range t.Apps[i].In {
			if r != None {
				last[r] = max(last[r], i)
			}
		}
	}
	var all []*stay
	of := make([]*stay, len(t.Slots))
	for i := range t.Apps {
		a := &t.Apps[i]
		taken := []Ref(nil) // operands whose memory a result took over
		for k, r := range a.Out {
			if r == None || t.Slots[r].Class != Value {
				continue
			}
			var s *stay
			if from := t.sharable(a, k, last, i); share && from != None && of[from] != nil && !slices.Contains(taken, from) {
				s, taken = of[from], append(taken, from)
			} else {
				n := limit.of(t.Slots[r].Rows) * int(t.Slots[r].Cols)
				s = &stay{first: i, last: i, size: (n + line - 1) / line * line}
				all = append(all, s)
			}
			s.slots, s.last = append(s.slots, r), max(i, last[r])
			of[r] = s
		}
	}
	return all
}

// sharable returns the operand whose memory result k of application i may take
// over: one that is read there for the last time, once, and has its shape.
func (t *Tape) sharable(a *App, k int, last []int, i int) Ref {
	rule := a.Code.rule()
	if k >= len(rule.share) {
		return None
	}
	for _, in := range rule.share[k] {
		r := a.In[in]
		if r == None || t.Slots[r].Class != Value || last[r] != i || t.Slots[r].shape() != t.Slots[a.Out[k]].shape() {
			continue
		}
		if once(a.In, r) {
			return r
		}
	}
	return None
}

func once(in []Ref, r Ref) bool {
	n := 0
	for _, x := range in {
		if x == r {
			n++
		}
	}
	return n == 1
}
