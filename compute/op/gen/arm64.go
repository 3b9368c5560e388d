package main

import "fmt"

// arm64 writes arm64 functions. General registers are R0 to R17 and R19 to R26;
// vector registers are numbers, v.
type arm64 struct {
	text
	gps  []string
	vecs []v
}

// v is a vector register: V7 to Go's vector instructions, F7 to its loads and
// stores of 128 bits.
type v int

func (r v) String() string { return fmt.Sprintf("V%d", int(r)) }
func (r v) f() string      { return fmt.Sprintf("F%d", int(r)) }

// b16, h8, s4 and d2 name its 16 bytes, 8 halves, 4 words or 2 double words.
func (r v) b16() string { return r.String() + ".B16" }
func (r v) h8() string  { return r.String() + ".H8" }
func (r v) s4() string  { return r.String() + ".S4" }
func (r v) d2() string  { return r.String() + ".D2" }

func newArm64() *arm64 { return &arm64{} }

// fn begins a function with all registers free.
func (a *arm64) fn(signature, doc string) {
	a.text.fn(signature, doc)
	a.gps, a.vecs = nil, nil
	for i := range 27 {
		if i != 18 { // the platform's
			a.gps = append(a.gps, fmt.Sprintf("R%d", i))
		}
	}
	for i := range 32 {
		a.vecs = append(a.vecs, v(i))
	}
}

func (a *arm64) ret() { a.op("RET") }

func (a *arm64) gp() string { return take(&a.gps, "general") }

func (a *arm64) vec() v {
	if len(a.vecs) == 0 {
		panic("gen: out of vector registers")
	}
	r := a.vecs[0]
	a.vecs = a.vecs[1:]
	return r
}

// vecN takes n vector registers.
func (a *arm64) vecN(n int) []v {
	r := make([]v, n)
	for i := range r {
		r[i] = a.vec()
	}
	return r
}

func (a *arm64) free(r v) { a.vecs = append(a.vecs, r) }

// load brings a 64-bit argument into a general register.
func (a *arm64) load(name string) string {
	r := a.gp()
	a.op("MOVD", a.arg(name), r)
	return r
}

// loop runs body count times; count is above 0 and is 0 afterwards.
func (a *arm64) loop(count string, body func()) {
	top := a.label("loop")
	a.at(top)
	body()
	a.op("SUBS", 1, count, count)
	a.op("BNE", top)
}

// loopWhile runs body while the register count is at least step, counting it
// down by step; it may run zero times.
func (a *arm64) loopWhile(count string, step int, body func()) {
	top, end := a.label("loop"), a.label("end")
	a.op("SUBS", step, count, count)
	a.op("BLT", end)
	a.at(top)
	body()
	a.op("SUBS", step, count, count)
	a.op("BGE", top)
	a.at(end)
	a.op("ADD", step, count, count)
}

// ldr and str move 128 bits; the offset is below 65,536 and a multiple of 16,
// or within 256 bytes.
func (a *arm64) ldr(r v, base string, offset int) { a.op("FMOVQ", mem(base, offset), r.f()) }
func (a *arm64) str(r v, base string, offset int) { a.op("FMOVQ", r.f(), mem(base, offset)) }

// ldp and stp move two registers; the offset is a multiple of 16 within 1008.
func (a *arm64) ldp(r, s v, base string, offset int) {
	a.op("FLDPQ", mem(base, offset), fmt.Sprintf("(%s, %s)", r.f(), s.f()))
}
func (a *arm64) stp(r, s v, base string, offset int) {
	a.op("FSTPQ", fmt.Sprintf("(%s, %s)", r.f(), s.f()), mem(base, offset))
}

// zero clears a register.
func (a *arm64) zero(r v) { a.op("VEOR", r.b16(), r.b16(), r.b16()) }

// word writes an instruction that Go's assembler lacks.
func (a *arm64) word(code uint32, format string, args ...any) {
	fmt.Fprintf(&a.asm, "\tWORD $%#08x // %s\n", code, fmt.Sprintf(format, args...))
}

// Encodings are those of the Arm Architecture Reference Manual, section C7.2.
// Each method has the manual's operand order: destination first.

func (a *arm64) three(code uint32, name, arrangement string, d, n, m v) {
	a.word(code|uint32(m)<<16|uint32(n)<<5|uint32(d), "%s %v.%s, %v.%[3]s, %[5]v.%[3]s", name, d, arrangement, n, m)
}

func (a *arm64) two(code uint32, name, to, from string, d, n v) {
	a.word(code|uint32(n)<<5|uint32(d), "%s %v.%s, %v.%s", name, d, to, n, from)
}

// byElement encodes the index i (0 to 3) of 32-bit element m.S[i].
func (a *arm64) byElement(code uint32, name, of, unit string, d, n, m v, i int) {
	code |= uint32(i&1)<<21 | uint32(m)<<16 | uint32(i>>1)<<11 | uint32(n)<<5 | uint32(d)
	a.word(code, "%s %v.4S, %v.%s, %v.%s[%d]", name, d, n, of, m, unit, i)
}

func (a *arm64) fadd(d, n, m v)   { a.three(0x4e20d400, "FADD", "4S", d, n, m) }
func (a *arm64) fsub(d, n, m v)   { a.three(0x4ea0d400, "FSUB", "4S", d, n, m) }
func (a *arm64) fmul(d, n, m v)   { a.three(0x6e20dc00, "FMUL", "4S", d, n, m) }
func (a *arm64) fdiv(d, n, m v)   { a.three(0x6e20fc00, "FDIV", "4S", d, n, m) }
func (a *arm64) fmax(d, n, m v)   { a.three(0x4e20f400, "FMAX", "4S", d, n, m) }
func (a *arm64) fmin(d, n, m v)   { a.three(0x4ea0f400, "FMIN", "4S", d, n, m) }
func (a *arm64) addp(d, n, m v)   { a.three(0x4ea0bc00, "ADDP", "4S", d, n, m) }
func (a *arm64) smax(d, n, m v)   { a.three(0x4ea06400, "SMAX", "4S", d, n, m) }
func (a *arm64) smull(d, n, m v)  { a.three(0x0e20c000, "SMULL", "8B", d, n, m) }
func (a *arm64) smull2(d, n, m v) { a.three(0x4e20c000, "SMULL2", "16B", d, n, m) }

// fmla is d += n*m, rounded once.
func (a *arm64) fmla(d, n, m v) { a.three(0x4e20cc00, "FMLA", "4S", d, n, m) }

func (a *arm64) fsqrt(d, n v)  { a.two(0x6ea1f800, "FSQRT", "4S", "4S", d, n) }
func (a *arm64) fabs(d, n v)   { a.two(0x4ea0f800, "FABS", "4S", "4S", d, n) }
func (a *arm64) frintn(d, n v) { a.two(0x4e218800, "FRINTN", "4S", "4S", d, n) }
func (a *arm64) fcvtns(d, n v) { a.two(0x4e21a800, "FCVTNS", "4S", "4S", d, n) }
func (a *arm64) scvtf(d, n v)  { a.two(0x4e21d800, "SCVTF", "4S", "4S", d, n) }

// fmaxv and addv put the maximum or the sum of n's lanes into lane 0 of d.
func (a *arm64) fmaxv(d, n v) { a.two(0x6e30f800, "FMAXV", "S[0]", "4S", d, n) }
func (a *arm64) addv(d, n v)  { a.two(0x4eb1b800, "ADDV", "S[0]", "4S", d, n) }

// fcvtl and fcvtl2 widen the lower and upper four binary16 of n.
func (a *arm64) fcvtl(d, n v)  { a.two(0x0e217800, "FCVTL", "4S", "4H", d, n) }
func (a *arm64) fcvtl2(d, n v) { a.two(0x4e217800, "FCVTL2", "4S", "8H", d, n) }

// fcvtn and fcvtn2 round four float32 of n into the lower and upper half of d.
func (a *arm64) fcvtn(d, n v)  { a.two(0x0e216800, "FCVTN", "4H", "4S", d, n) }
func (a *arm64) fcvtn2(d, n v) { a.two(0x4e216800, "FCVTN2", "8H", "4S", d, n) }

// shll16 and shll2x16 put the lower and upper four halves of n into the upper
// halves of words.
func (a *arm64) shll16(d, n v)   { a.two(0x2e613800, "SHLL", "4S", "4H", d, n) }
func (a *arm64) shll2x16(d, n v) { a.two(0x6e613800, "SHLL2", "4S", "8H", d, n) }

// sadalp adds neighbouring 16-bit lanes of n to the 32-bit lanes of d.
func (a *arm64) sadalp(d, n v) { a.two(0x4e606800, "SADALP", "4S", "8H", d, n) }

// xtnH and xtnB keep the lower half of each lane: words to halves to bytes.
func (a *arm64) xtnH(d, n v) { a.two(0x0e612800, "XTN", "4H", "4S", d, n) }
func (a *arm64) xtnB(d, n v) { a.two(0x0e212800, "XTN", "8B", "8H", d, n) }

// xtn2H puts the lower halves of n's words into the upper half of d.
func (a *arm64) xtn2H(d, n v) { a.two(0x4e612800, "XTN2", "8H", "4S", d, n) }

// fmlaLane is d += n * m.S[i]; fmulLane is d = n * m.S[i].
func (a *arm64) fmlaLane(d, n, m v, i int) {
	a.byElement(0x4f801000, "FMLA", "4S", "S", d, n, m, i)
}
func (a *arm64) fmulLane(d, n, m v, i int) {
	a.byElement(0x4f809000, "FMUL", "4S", "S", d, n, m, i)
}

// sdotLane is d.S[j] += dot of the four bytes n.4B[j] and m.4B[i].
func (a *arm64) sdotLane(d, n, m v, i int) {
	a.byElement(0x4f80e000, "SDOT", "16B", "4B", d, n, m, i)
}
