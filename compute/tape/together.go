package tape

import "github.com/openledger/openledger/compute/op"

// How a run uses this machine better than application by application. Neither
// shows in the bits: products of one operand that follow each other, like those
// of queries, keys and values, run as one job of the engine, and threads that
// wait are told which weights come next.

// fewRows is how many rows a product may have to be as fast as memory is.
const fewRows = 8

// schedule fills in together and ahead.
func (p *cpuProgram) schedule(places plan) {
	n := len(p.t.Apps)
	p.together, p.ahead = make([]int, n), make([]*op.Weights, n)
	for i := 0; i < n; {
		end := i + 1
		for end < n && p.joins(places, i, end) {
			end++
		}
		p.together[i] = end - i
		i = end
	}
	next := (*op.Weights)(nil)
	for i := 2*n - 1; i >= 0; i-- { // twice: the last product is followed by the first of the next run
		if p.together[i%n] > 0 {
			p.ahead[i%n] = next
		}
		if p.packedProduct(i % n) {
			next = p.base[p.t.Apps[i%n].In[inW]].w
		}
	}
}

// packedProduct says whether application i is a whole product with weights.
func (p *cpuProgram) packedProduct(i int) bool {
	a := &p.t.Apps[i]
	return a.Code == MatMul && a.Attrs.To == 0 && p.base[a.In[inW]].w != nil
}

// joins says whether application end may run together with those from i on: it
// multiplies the same operand, and none of them writes where another reads.
func (p *cpuProgram) joins(places plan, i, end int) bool {
	b := &p.t.Apps[end]
	if !p.packedProduct(i) || !p.packedProduct(end) || b.In[inX] != p.t.Apps[i].In[inX] {
		return false
	}
	for k := i; k < end; k++ {
		a := &p.t.Apps[k]
		for _, pair := range [][2]*App{{a, b}, {b, a}} {
			for _, in := range pair[0].In {
				if p.meets(places, in, pair[1].Out[0]) {
					return false
				}
			}
		}
		if p.meets(places, a.Out[0], b.Out[0]) {
			return false
		}
	}
	return true
}

// meets says whether out, a result, lies where slot r does.
func (p *cpuProgram) meets(places plan, r, out Ref) bool {
	if p.t.Slots[out].Class != Value {
		return true // a State's memory: not looked into
	}
	if r == None || places.offset[r] < 0 {
		return false
	}
	size := func(r Ref) int { return p.limit.of(p.t.Slots[r].Rows) * int(p.t.Slots[r].Cols) }
	return places.offset[r] < places.offset[out]+size(out) && places.offset[out] < places.offset[r]+size(r)
}

// products runs n products together, then checks their results in order.
func (p *cpuProgram) products(i, n int) error {
	f := &p.f
	f.parts = f.parts[:0]
	for k := i; k < i+n; k++ {
		a := &p.t.Apps[k]
		y, c := f.m(a.Out[0]), a.In[inC]
		if c != None {
			f.begin(y, c)
		}
		f.parts = append(f.parts, op.MatMulPart{Y: y, W: f.slots[a.In[inW]].w,
			MatMulOpt: op.MatMulOpt{Bias: f.row(a.In[inBias]), Add: c != None, Slices: int(a.Attrs.Slices)}})
	}
	f.e.MatMuls(f.m(p.t.Apps[i].In[inX]), f.parts)
	for k := i; k < i+n; k++ {
		if err := p.check(k); err != nil {
			return err
		}
	}
	return nil
}
