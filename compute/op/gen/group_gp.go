package main

// General registers and jumps, for all instruction sets; a destination comes
// last, as in Go's assembler.

// counted runs body count times; count is above 0 and is 0 afterwards.
func (g *group) counted(count string, body func()) {
	if g.n != nil {
		g.n.loop(count, body)
	} else {
		g.x.loop(count, body)
	}
}

func (g *group) gp() string {
	if g.n != nil {
		return g.n.gp()
	}
	return g.x.gp()
}

func (g *group) copyGP(from, to string) {
	g.text().op(map[bool]string{true: "MOVD", false: "MOVQ"}[g.n != nil], from, to)
}

func (g *group) addGP(a, b, to string) {
	if g.n != nil {
		g.n.op("ADD", a, b, to)
	} else {
		g.x.op("LEAQ", index(a, b, 1, 0), to)
	}
}

func (g *group) subGP(a, from string) {
	g.text().op(map[bool]string{true: "SUB", false: "SUBQ"}[g.n != nil], a, from)
}

func (g *group) shiftGP(way string, by int, r string) {
	names := map[string]string{"left": "SHLQ", "right": "SHRQ"}
	if g.n != nil {
		names = map[string]string{"left": "LSL", "right": "LSR"}
	}
	g.text().op(names[way], by, r)
}

func (g *group) mulGP(a, by string) {
	g.text().op(map[bool]string{true: "MUL", false: "IMULQ"}[g.n != nil], a, by)
}

func (g *group) setGP(x int, r string) {
	g.text().op(map[bool]string{true: "MOVD", false: "MOVQ"}[g.n != nil], x, r)
}

// loadGP reads the word at a pointer; loadArg reads an argument.
func (g *group) loadGP(p, r string)     { g.copyGP(mem(p, 0), r) }
func (g *group) loadArg(name, r string) { g.copyGP(g.text().arg(name), r) }

// branchAbove jumps if a > b, as signed numbers; branchZero if a is 0.
func (g *group) branchAbove(a, b, label string) {
	if g.n != nil {
		g.n.op("CMP", b, a)
		g.n.op("BGT", label)
		return
	}
	g.x.op("CMPQ", a, b)
	g.x.op("JGT", label)
}

func (g *group) branchZero(a, label string) {
	if g.n != nil {
		g.n.op("CBZ", a, label)
		return
	}
	g.x.op("TESTQ", a, a)
	g.x.op("JZ", label)
}

func (g *group) jump(label string) {
	g.text().op("JMP", label)
}
