package main

import (
	"fmt"
	"strings"
)

// rowFamilies are the kernels of the operators on rows.
var rowFamilies = []family{
	{"rows_avx512", func(a *amd64) { a.width = 64; rows(&group{x: a, isa: "512", per: 1}) }, nil},
	{"rows_avx2", func(a *amd64) { a.width = 32; rows(&group{x: a, isa: "256", per: 2}) }, nil},
	{"rows_neon", nil, func(a *arm64) { rows(&group{n: a, isa: "neon", per: 4}) }},
}

// A rowKernel is one field of op.rowKernels. Its body handles one group, at
// which the pointers stand. A reduction keeps 16 lanes acc from turn to turn.
type rowKernel struct {
	name    string
	slices  string // names of the []float32 arguments, the last as long as all
	scalars string // names of the float32 arguments
	extra   string // one more argument in Go
	body    func(k *kernel)

	// Only for reductions; the Go function nameLanes ends them.
	result string // type
	first  string // Go statement that sets the lanes l; "": they start at +0
}

// A kernel is a rowKernel being written.
type kernel struct {
	*group
	p     map[string]string // pointers by name
	s     map[string]val    // scalars by name
	acc   val
	setup bool // before the loop: the body loads what it keeps in registers
}

// rows writes all kernels and the table of them.
func rows(g *group) {
	var table strings.Builder
	for i := range rowKernelList {
		r := &rowKernelList[i]
		r.write(g)
		fmt.Fprintf(&table, "\tk.%s = %[1]s%[2]s\n", r.name, g.isa)
	}
	turns := g.isa
	if g.isa == "512" {
		turns = "256"
	} else {
		rope(g)
	}
	fmt.Fprintf(&table, "\tk.rope, k.ropeBack = rope%s, ropeBack%[1]s\n", turns)
	fmt.Fprintf(&g.text().stubs, "\n// rows%s returns the reference with these kernels in its place.\nfunc rows%[1]s() rowKernels {\n\tk := referenceRows\n%[2]s\treturn k\n}\n", g.isa, table.String())
}

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ", ")
}

// write writes the assembly of one kernel and the Go function that calls it:
// whole groups there, the last few elements by the reference.
func (r *rowKernel) write(g *group) {
	asm := r.name + "Groups" + g.isa
	signature := asm + "(" + r.slices + " *float32, n int"
	if r.scalars != "" {
		signature += ", " + r.scalars + " float32"
	}
	if r.extra != "" {
		signature += ", " + r.extra
	}
	if r.result != "" {
		signature += ", l *[lanes]float32"
	}
	g.begin(asm, signature+")", asm+" is "+r.name+" for n groups of 16 elements.")
	k := &kernel{group: g, p: map[string]string{}, s: map[string]val{}}
	var pointers []string
	for _, name := range split(r.slices) {
		k.p[name] = g.ptr(name)
		pointers = append(pointers, k.p[name])
	}
	n, l := g.ptr("n"), ""
	for _, name := range split(r.scalars) {
		k.s[name] = g.scalar(name)
	}
	if r.result != "" {
		l = g.ptr("l")
		k.acc = g.load(l)
	}
	if r.extra != "" {
		k.p["extra"] = g.ptr(strings.Fields(r.extra)[0])
		k.setup = true
		r.body(k)
		k.setup = false
	}
	g.start()
	g.loop(n, pointers, func() { r.body(k) })
	if r.result != "" {
		g.store(k.acc, l)
	}
	g.end()
	r.writeGo(g, asm)
}

// writeGo writes the Go side.
func (r *rowKernel) writeGo(g *group, asm string) {
	w := &g.text().stubs
	slices, scalars := split(r.slices), split(r.scalars)
	params, last := r.slices+" []float32", slices[len(slices)-1]
	if r.scalars != "" {
		params += ", " + r.scalars + " float32"
	}
	if r.extra != "" {
		params += ", " + r.extra
		scalars = append(scalars, strings.Fields(r.extra)[0])
	}
	fmt.Fprintf(w, "\nfunc %s%s(%s) %s {\n", r.name, g.isa, params, r.result)
	for _, s := range slices[:len(slices)-1] {
		fmt.Fprintf(w, "\t%s = %[1]s[:len(%s)]\n", s, last)
	}
	var args, tail []string
	for _, s := range slices {
		args, tail = append(args, "&"+s+"[0]"), append(tail, s+"[n:]")
	}
	args, tail = append(append(args, "n/lanes"), scalars...), append(tail, scalars...)
	end := fmt.Sprintf("%sRef(%s)", r.name, strings.Join(tail, ", "))
	if r.result != "" {
		fmt.Fprintf(w, "\tvar l [lanes]float32\n%s", r.first)
		args = append(args, "&l")
		end = fmt.Sprintf("return %sLanes(&l, n, %s)", r.name, strings.Join(append(slices, scalars...), ", "))
	}
	fmt.Fprintf(w, "\tn := len(%s) &^ (lanes - 1)\n\tif n > 0 {\n\t\t%s(%s)\n\t}\n\t%s\n}\n",
		last, asm, strings.Join(args, ", "), end)
}
