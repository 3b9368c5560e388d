package main

import (
	"fmt"
	"math"
	"strings"
)

// A group writes kernels on groups of 16 float32, one group per turn of a loop,
// for any of the three instruction sets: a value is one register of AVX-512,
// two of AVX2 or four of NEON. A kernel is written once, so the three do the
// same operations in the same order.
type group struct {
	x    *amd64 // one of x and n is set
	n    *arm64
	isa  string // "512", "256", "neon"
	per  int    // registers per value
	name string

	busy     []bool // vector registers taken
	used     []int  // those taken since it was set to nil
	pinned   int    // constants take registers from here up (AVX-512)
	words    []uint32
	constant map[uint32]val
	prologue strings.Builder // comes before the loop: constants
	base     string          // NEON: address of the constants
	skip     int             // bytes from the pointers to the group in work
}

// A val is a value: 16 lanes in registers, or one number for all lanes, in one
// register or in memory.
type val struct {
	regs []int
	at   string // memory, where an instruction can read it
}

const marker = "\t@prologue@\n"

// begin starts a function. Arguments are loaded with ptr, count and scalar;
// loop ends the prologue.
func (g *group) begin(name, signature, doc string) {
	g.name = name
	if g.n != nil {
		g.n.fn(signature, doc)
	} else {
		g.x.fn(signature, doc)
	}
	g.words, g.constant, g.pinned, g.skip = nil, map[uint32]val{}, 32, 0
	g.prologue.Reset()
	n := 32
	if g.isa == "256" {
		n = 16
	}
	g.busy = make([]bool, n)
	if g.n != nil {
		g.base = g.n.gp()
	}
}

// end finishes the function: it puts the constants in front.
func (g *group) end() {
	t := g.text()
	table := g.name + "K"
	var head strings.Builder
	if len(g.words) > 0 {
		copies := map[string]int{"512": 1, "256": 8, "neon": 4}[g.isa]
		var words []uint32
		for _, w := range g.words {
			for range copies {
				words = append(words, w)
			}
		}
		t.constant(table, words...)
		if g.n != nil {
			fmt.Fprintf(&head, "\tMOVD $%s<>(SB), %s\n", table, g.base)
		}
	}
	head.WriteString(g.prologue.String())
	s := t.asm.String()
	t.asm.Reset()
	t.asm.WriteString(strings.Replace(s, marker, head.String(), 1))
	if g.n != nil {
		g.n.ret()
	} else {
		g.x.ret()
	}
}

func (g *group) text() *text {
	if g.n != nil {
		return &g.n.text
	}
	return &g.x.text
}

// start marks the end of what happens before constants may be used.
func (g *group) start() { g.text().asm.WriteString(marker) }

// loop runs body for each of count groups and moves the pointers on. AVX-512
// has registers for two groups at a time, whose instructions take turns: one
// waits for the other's latency less often.
func (g *group) loop(count string, pointers []string, body func()) {
	if g.isa == "512" {
		g.x.loopWhile(count, 2, func() {
			g.used, g.skip = nil, 0
			free := append([]bool(nil), g.busy...)
			first := g.capture(body)
			for _, r := range g.used {
				g.busy[r] = true
			}
			g.skip = 64
			second := g.capture(body)
			g.busy, g.skip = free, 0
			for i := range first {
				g.x.asm.WriteString(first[i] + second[i])
			}
			g.advance(pointers, 128)
		})
		g.x.loopWhile(count, 1, func() { body(); g.advance(pointers, 64) })
		return
	}
	turn := func() { body(); g.advance(pointers, 64) }
	if g.n != nil {
		g.n.loop(count, turn)
	} else {
		g.x.loop(count, turn)
	}
}

func (g *group) advance(pointers []string, bytes int) {
	for _, p := range pointers {
		if g.n != nil {
			g.n.op("ADD", bytes, p)
		} else {
			g.x.op("ADDQ", bytes, p)
		}
	}
}

// capture returns the lines that body writes instead of writing them.
func (g *group) capture(body func()) []string {
	t := g.text()
	before := t.asm.String()
	body()
	lines := strings.SplitAfter(t.asm.String()[len(before):], "\n")
	t.asm.Reset()
	t.asm.WriteString(before)
	return lines
}

// ptr loads a pointer or a count.
func (g *group) ptr(name string) string {
	if g.n != nil {
		return g.n.load(name)
	}
	return g.x.load(name)
}

// new takes registers for a value.
func (g *group) new() val { return val{regs: g.take(g.per)} }

func (g *group) take(n int) []int {
	var regs []int
	for i := 0; i < min(len(g.busy), g.pinned) && len(regs) < n; i++ {
		if !g.busy[i] {
			g.busy[i] = true
			regs, g.used = append(regs, i), append(g.used, i)
		}
	}
	if len(regs) < n {
		panic("gen: out of vector registers in " + g.name)
	}
	return regs
}

func (g *group) free(vs ...val) {
	for _, v := range vs {
		for _, r := range v.regs {
			if r < g.pinned {
				g.busy[r] = false
			}
		}
	}
}

// c is a constant.
func (g *group) c(x float32) val { return g.bits(math.Float32bits(x)) }

// bits is a constant given by its bits.
func (g *group) bits(w uint32) val {
	if v, ok := g.constant[w]; ok {
		return v
	}
	i := len(g.words)
	g.words = append(g.words, w)
	var v val
	switch g.isa {
	case "512":
		g.pinned--
		if g.busy[g.pinned] {
			panic("gen: out of vector registers for constants in " + g.name)
		}
		v.regs = []int{g.pinned}
		fmt.Fprintf(&g.prologue, "\tVBROADCASTSS %sK<>+%d(SB), Z%d\n", g.name, 4*i, g.pinned)
	case "256":
		v.at = fmt.Sprintf("%sK<>+%d(SB)", g.name, 32*i)
	case "neon":
		v.at = mem(g.base, 16*i)
	}
	g.constant[w] = v
	return v
}

// scalar loads a float32 argument, one register for all lanes.
func (g *group) scalar(name string) val { return g.broadcast(g.text().arg(name)) }

// broadcast loads one float32 from memory for all lanes.
func (g *group) broadcast(at string) val {
	v := val{regs: g.take(1)}
	if g.n != nil {
		g.n.op("FMOVS", at, "F"+fmt.Sprint(v.regs[0]))
		g.n.op("VDUP", fmt.Sprintf("V%d.S[0]", v.regs[0]), fmt.Sprintf("V%d.S4", v.regs[0]))
	} else {
		g.x.op("VBROADCASTSS", at, g.reg(v, 0))
	}
	return v
}

// reg names register i of a value in x86 assembly.
func (g *group) reg(v val, i int) string {
	r := v.regs[i%len(v.regs)]
	return fmt.Sprint(map[string]string{"512": "Z", "256": "Y", "128": "X"}[g.isa], r)
}

// v is register i of a value on arm64.
func (g *group) v(a val, i int) v { return v(a.regs[i%len(a.regs)]) }

// load reads the group at a pointer.
func (g *group) load(p string) val {
	d := g.new()
	for i := range g.per {
		if g.n != nil {
			g.n.ldr(g.v(d, i), p, g.skip+16*i)
		} else {
			g.x.op("VMOVUPS", mem(p, g.skip+32*i), g.reg(d, i))
		}
	}
	return d
}

// store writes the group at a pointer.
func (g *group) store(a val, p string) {
	for i := range g.per {
		if g.n != nil {
			g.n.str(g.v(a, i), p, g.skip+16*i)
		} else {
			g.x.op("VMOVUPS", g.reg(a, i), mem(p, g.skip+32*i))
		}
	}
}

// inReg gives a value that may be in memory a register; drop frees it.
func (g *group) inReg(a val) (r val, drop func()) {
	if a.at == "" {
		return a, func() {}
	}
	r = val{regs: g.take(1)}
	if g.n != nil {
		g.n.op("FMOVQ", a.at, g.v(r, 0).f())
	} else {
		g.x.op("VMOVUPS", a.at, g.reg(r, 0))
	}
	return r, func() { g.free(r) }
}

// source is operand b as x86 writes it: a register or memory.
func (g *group) source(b val, i int) string {
	if b.at != "" {
		return b.at
	}
	return g.reg(b, i)
}
