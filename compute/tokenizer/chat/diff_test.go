package chat

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

var (
	diffSeed  = flag.Uint64("diff.seed", 1, "seed of the random templates")
	diffCount = flag.Int("diff.n", 400, "number of random templates")
)

// reference renders cases with @huggingface/jinja, or skips the test where that is not installed.
func reference(t *testing.T, cases []chatCase) []chatCase {
	t.Helper()
	if _, err := os.Stat("testdata/node_modules/@huggingface/jinja"); err != nil {
		t.Skip("the reference renderer is not here: run npm install --no-save @huggingface/jinja@0.5.11 in testdata")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not here: ", err)
	}
	in, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "testdata/render.mjs")
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []chatCase
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].Template, got[i].Data = cases[i].Template, cases[i].Data
	}
	return got
}

// compareCases holds our rendering of each case against that of the reference, which must render at least a share.
func compareCases(t *testing.T, cases []chatCase, share float64) {
	rendered, failed := 0, 0
	for i, c := range reference(t, cases) {
		if c.Target == nil {
			continue
		}
		rendered++
		got, err := renderSource(c.Template, values(c.Data))
		if err != nil || got != *c.Target {
			data, _ := json.Marshal(c.Data)
			t.Errorf("seed %d, case %d: %v\ntemplate %q\ndata %s\ngot  %q\nwant %q", *diffSeed, i, err, c.Template, data, got, *c.Target)
			if failed++; failed == 5 {
				t.FailNow()
			}
		}
	}
	if float64(rendered) < share*float64(len(cases)) {
		t.Errorf("the reference rendered only %d of %d", rendered, len(cases))
	}
}

// TestRandomTemplates compares random templates of the language that we share with the reference.
func TestRandomTemplates(t *testing.T) {
	data := map[string]json.RawMessage{
		"s": json.RawMessage(`"Hello <World>"`), "n": json.RawMessage(`3`), "yes": json.RawMessage(`true`),
		"l": json.RawMessage(`[3, 1, 2]`), "words": json.RawMessage(`["b", "A", "é\n"]`), "nothing": json.RawMessage(`null`),
		"d": json.RawMessage(`{"b": 1, "a": [1, "x"], "C": null}`), "empty": json.RawMessage(`[]`),
	}
	var cases []chatCase
	for i := range *diffCount {
		g := &generator{rng: rand.New(rand.NewPCG(*diffSeed, uint64(i)))}
		g.block(0, g.rng.IntN(8)+1)
		cases = append(cases, chatCase{Template: g.out.String(), Data: data})
	}
	compareCases(t, cases, 0.7)
}

// A generator writes a random template. Variables have names of their own, and are read only where they are set.
type generator struct {
	rng     *rand.Rand
	out     strings.Builder
	names   int
	strings []string // variables that hold strings
	ints    []string
	macros  []string
	loops   int
}

func (g *generator) pick(options ...string) string { return options[g.rng.IntN(len(options))] }

func (g *generator) name() string {
	g.names++
	return fmt.Sprint("v", g.names)
}

// tag writes a statement with random whitespace control and blanks around it.
func (g *generator) tag(format string, args ...any) {
	g.out.WriteString(g.pick("", "", " ", "\n", "\n  ", "\t", "\n\n"))
	g.out.WriteString(g.pick("{% ", "{% ", "{%- ", "{%"))
	fmt.Fprintf(&g.out, format, args...)
	g.out.WriteString(g.pick(" %}", " %}", " -%}", "%}"))
	g.out.WriteString(g.pick("", "", " ", "\n", "\n  ", "\n\n"))
}

func (g *generator) block(depth, n int) {
	strings, ints, macros := len(g.strings), len(g.ints), len(g.macros)
	for range n {
		g.statement(depth)
	}
	g.strings, g.ints, g.macros = g.strings[:strings], g.ints[:ints], g.macros[:macros]
}

func (g *generator) statement(depth int) {
	choice := g.rng.IntN(12)
	if depth > 3 {
		choice %= 5
	}
	switch choice {
	case 0:
		g.out.WriteString(g.pick("text", " a b ", "\n", "\n  x\n", "{ % }", "#", "<|im_start|>user\n"))
	case 1, 2:
		g.out.WriteString(g.pick("{{ ", "{{- ", "{{") + g.any(3) + g.pick(" }}", " -}}", "}}"))
	case 3:
		g.out.WriteString(g.pick("{# note #}", "{#- note -#}", "{# two\nlines #}\n", "  {# note #}\n"))
	case 4:
		name := g.name()
		if g.rng.IntN(2) == 0 {
			g.tag("set %s = %s", name, g.str(2))
			g.strings = append(g.strings, name)
		} else {
			g.tag("set %s = %s", name, g.int(2))
			g.ints = append(g.ints, name)
		}
	case 5, 6:
		g.tag("if %s", g.cond(2))
		g.block(depth+1, g.rng.IntN(3))
		if g.rng.IntN(2) == 0 {
			g.tag("elif %s", g.cond(2))
			g.block(depth+1, g.rng.IntN(3))
		}
		if g.rng.IntN(2) == 0 {
			g.tag("else")
			g.block(depth+1, g.rng.IntN(3))
		}
		g.tag("endif")
	case 7, 8:
		g.loop(depth)
	case 9:
		name, a, b := g.name(), g.name(), g.name()
		g.tag("macro %s(%s, %s=%s)", name, a, b, g.pick("1", "'x'", "n"))
		outer := *g
		g.strings, g.ints, g.macros, g.loops = []string{a}, nil, nil, 0
		g.block(depth+1, g.rng.IntN(3)+1)
		g.strings, g.ints, g.macros, g.loops = outer.strings, outer.ints, outer.macros, outer.loops
		g.tag("endmacro")
		g.macros = append(g.macros, name)
	case 10:
		g.tag("filter %s", g.pick("upper", "trim", "replace('e', '3')", "lower"))
		g.block(depth+1, g.rng.IntN(2)+1)
		g.tag("endfilter")
	case 11:
		name := g.name()
		g.tag("set %s", name)
		g.block(depth+1, g.rng.IntN(2)+1)
		g.tag("endset")
		g.strings = append(g.strings, name)
	}
}

func (g *generator) loop(depth int) {
	name := g.name()
	strings, ints := len(g.strings), len(g.ints)
	switch g.rng.IntN(3) {
	case 0:
		g.tag("for %s in %s", name, g.pick("words", "words|sort", "d", "d.keys()", "s.split('l')", "words if yes else l", "empty"))
		g.strings = append(g.strings, name)
	case 1:
		g.tag("for %s in %s", name, g.pick("l", "l|sort", "range(3)", "l[::-1]", "l if "+name+" > 1", "range(n, 0, -1)"))
		g.ints = append(g.ints, name)
	case 2:
		g.tag("for %s, %s_value in %s", name, name, g.pick("d.items()", "d|items", "d|dictsort"))
		g.strings = append(g.strings, name)
	}
	g.loops++
	g.block(depth+1, g.rng.IntN(3)+1)
	jumps := g.rng.IntN(6) == 0
	if jumps {
		g.tag("if %s", g.cond(1))
		g.tag("%s", g.pick("break", "continue"))
		g.tag("endif")
	}
	g.loops--
	g.strings, g.ints = g.strings[:strings], g.ints[:ints]
	if !jumps && g.rng.IntN(4) == 0 {
		g.tag("else")
		g.block(depth+1, 1)
	}
	g.tag("endfor")
}

// any is a random expression that prints alike in both renderers.
func (g *generator) any(depth int) string {
	switch g.rng.IntN(6) {
	case 0:
		return g.int(depth)
	case 1:
		return g.cond(depth)
	case 2:
		return g.pick("l", "d", "words", "d|tojson", "words|tojson", "d|tojson(indent=2)", "l|sort", "d|dictsort", "undefined", "d.C",
			"d.zz.y", "l[9]", "empty", "words|join(', ')", "s.split('l')", "[n, s, [yes, nothing], {'k': l}]", "range(4)")
	}
	return g.str(depth)
}

func (g *generator) str(depth int) string {
	if depth == 0 {
		return g.pick(append([]string{"s", "'x y'", `"a\nb"`, "words[0]", "d.a[1]", "''"}, g.strings...)...)
	}
	x := g.str(depth - 1)
	switch g.rng.IntN(8) {
	case 0:
		return "(" + x + g.pick(" + ", " ~ ") + g.str(depth-1) + ")"
	case 1:
		return "(" + x + " ~ " + g.int(depth-1) + ")"
	case 2:
		return "(" + x + ")" + g.pick(".upper()", ".lower()", ".strip()", ".replace('l', 'L')", "[1:]", "[:2]", "[::-1]", "[-3:]", ".lstrip()", ".rstrip()")
	case 3:
		return "(" + x + ")" + g.pick("|upper", "|lower", "|trim", "|replace('o', '0')", "|string", "|safe", "|tojson", "|indent(2)", "|default('z')")
	case 4:
		return "(" + x + " if " + g.cond(depth-1) + " else " + g.str(depth-1) + ")"
	case 5:
		if len(g.macros) > 0 {
			return g.pick(g.macros...) + "(" + x + g.pick("", ", n", ", "+g.int(0)) + ")"
		}
	case 6:
		return "(" + x + ").split('l')[0]"
	}
	return x
}

func (g *generator) int(depth int) string {
	if depth == 0 {
		leaves := append([]string{"n", "0", "7", "l[0]", "l|length", "s|length", "d.b"}, g.ints...)
		if g.loops > 0 {
			leaves = append(leaves, "loop.index", "loop.index0", "loop.revindex", "loop.length")
		}
		return g.pick(leaves...)
	}
	switch g.rng.IntN(3) {
	case 0:
		return "(" + g.int(depth-1) + g.pick(" + ", " - ", " * ") + g.int(depth-1) + ")"
	case 1:
		return "(" + g.pick("-", "") + g.int(depth-1) + ")|" + g.pick("abs", "int", "string|int")
	}
	return g.int(depth - 1)
}

func (g *generator) cond(depth int) string {
	switch g.rng.IntN(8) {
	case 0:
		return "(" + g.int(depth) + g.pick(" == ", " != ", " < ", " >= ", " > ") + g.int(depth) + ")"
	case 1:
		return "(" + g.str(depth) + g.pick(" == ", " != ", " in ", " not in ") + g.str(depth) + ")"
	case 2:
		return g.pick("yes", "not yes", "nothing is none", "undefined is defined", "d.zz is undefined", "'a' in d", "3 in l", "s is string", "l is iterable", "d is mapping")
	case 3:
		return "(" + g.int(depth) + ")|abs is " + g.pick("odd", "even", "number")
	case 4:
		return "(" + g.str(depth) + ")." + g.pick("startswith('H')", "endswith('d')")
	case 5:
		if g.loops > 0 {
			return g.pick("loop.first", "loop.last", "not loop.first")
		}
	}
	if depth == 0 {
		return "yes"
	}
	return "(" + g.cond(depth-1) + g.pick(" and ", " or ") + g.cond(depth-1) + ")"
}
