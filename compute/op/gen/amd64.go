package main

import "fmt"

// amd64 writes amd64 functions. Register names are plain strings; gp, vec and
// mask hand out those that the function has not used yet, free takes one back.
type amd64 struct {
	text
	width     int // bytes of a vector: 64 (AVX-512, Z) or 32 (AVX2, Y)
	gps, vecs []string
}

func newAmd64() *amd64 { return &amd64{width: 64} }

// fn begins a function with all registers free. Go's calling convention for
// assembly lets it change every register but SP and BP.
func (a *amd64) fn(signature, doc string) {
	a.text.fn(signature, doc)
	a.gps = []string{"AX", "BX", "CX", "DX", "SI", "DI", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15"}
	a.vecs = nil
	for i := range map[int]int{64: 32, 32: 16}[a.width] {
		a.vecs = append(a.vecs, fmt.Sprint(map[int]string{64: "Z", 32: "Y"}[a.width], i))
	}
}

// ret ends the function.
func (a *amd64) ret() {
	a.op("VZEROUPPER")
	a.op("RET")
}

func take(from *[]string, what string) string {
	if len(*from) == 0 {
		panic("gen: out of " + what + " registers")
	}
	r := (*from)[0]
	*from = (*from)[1:]
	return r
}

func (a *amd64) gp() string  { return take(&a.gps, "general") }
func (a *amd64) vec() string { return take(&a.vecs, "vector") }

// vecN takes n vector registers.
func (a *amd64) vecN(n int) []string {
	r := make([]string, n)
	for i := range r {
		r[i] = a.vec()
	}
	return r
}

// free gives a register back.
func (a *amd64) free(r string) {
	switch {
	case r[0] == 'Z' || r[0] == 'Y' || r[0] == 'X':
		a.vecs = append(a.vecs, r)
	default:
		a.gps = append(a.gps, r)
	}
}

// load brings a 64-bit argument into a general register.
func (a *amd64) load(name string) string {
	r := a.gp()
	a.op("MOVQ", a.arg(name), r)
	return r
}

// loop runs body count times; count is a general register above 0 and is 0
// afterwards.
func (a *amd64) loop(count string, body func()) {
	top := a.label("loop")
	a.at(top)
	body()
	a.op("DECQ", count)
	a.op("JNZ", top)
}

// loopWhile runs body while the register count is at least step, counting it
// down by step; it may run zero times.
func (a *amd64) loopWhile(count string, step int, body func()) {
	top, end := a.label("loop"), a.label("end")
	a.op("SUBQ", step, count)
	a.op("JLT", end)
	a.at(top)
	body()
	a.op("SUBQ", step, count)
	a.op("JGE", top)
	a.at(end)
	a.op("ADDQ", step, count)
}

// zero clears a vector register.
func (a *amd64) zero(v string) {
	if v[0] == 'Z' {
		a.op("VPXORD", v, v, v)
		return
	}
	a.op("VPXOR", v, v, v)
}

// x and y name the lower 128 and 256 bits of a vector register.
func x(v string) string { return "X" + v[1:] }
func y(v string) string { return "Y" + v[1:] }

// index is the memory at base + index*scale + offset.
func index(base, idx string, scale, offset int) string {
	return fmt.Sprintf("%d(%s)(%s*%d)", offset, base, idx, scale)
}
