package chat

import (
	"context"
	"errors"
	"flag"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"
)

// attacks are templates that would take for ever, or all memory, and the limit that stops each.
var attacks = []struct{ name, source, limit string }{
	{"range", `{% for i in range(10**9) %}x{% endfor %}`, "Memory"},
	{"range of everything", `{{ range(-9223372036854775807, 9223372036854775807, 1)|length }}`, "Memory"},
	{"nested loops", `{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}`, "Steps"},
	{"busy loops", `{% set l = range(10000) %}{% for i in l %}{% for j in l %}{% set x = i %}{% endfor %}{% endfor %}`, "Steps"},
	{"silent loops", `{% set l = range(10000) %}{% for i in l %}{% for j in l %}{% for k in l %}{% endfor %}{% endfor %}{% endfor %}`, "Steps"},
	{"macro recursion", `{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}`, "Nesting"},
	{"recursion in a default", `{% macro f(a=f()) %}{% endmacro %}{{ f() }}`, "Nesting"},
	{"mutual recursion", `{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}`, "Nesting"},
	{"caller recursion", `{% macro f() %}{% call f() %}{{ caller() }}{% endcall %}{% endmacro %}{{ f() }}`, "Nesting"},
	{"branching recursion", `{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(100) }}`, "Steps"},
	{"repetition", `{{ 'x' * 10**9 }}`, "Output"},
	{"repetition of a list", `{{ ([1] * 10**9)|length }}`, "Memory"},
	{"repetition of nothing", `{% for i in [''] * 10**8 %}{% endfor %}`, "Memory"},
	{"doubling", `{% set ns = namespace(s='xy') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}`, "Output"},
	{"doubling by ~", `{% set ns = namespace(s='xy') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}`, "Output"},
	{"doubling of a list", `{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}`, "Memory"},
	{"doubling of a block", `{% set s = 'xy' %}{% set ns = namespace(s=s) %}{% for i in range(99) %}{% set t %}{{ ns.s }}{{ ns.s }}{% endset %}{% set ns.s = t %}{% endfor %}`, "Output"},
	{"many strings", `{% set ns = namespace(l=[]) %}{% for i in range(9999) %}{% set ns.l = ns.l + ['x' * 1000000] %}{% endfor %}`, "Memory"},
	{"many macros", `{% set ns = namespace(l=[]) %}{% for i in range(9999) %}{% macro f() %}{% endmacro %}{% set ns.l = ns.l + [f] %}{% endfor %}`, "Memory"},
	{"many keywords", `{% set ns = namespace(d={}) %}{% for i in range(100000) %}{% set ns.d = dict(ns.d, **{'k' ~ i: i}) %}{% endfor %}`, "Memory"},
	{"replace", `{% set a = 'x' * 100000 %}{{ a|replace('x', a) }}`, "Output"},
	{"replace of nothing", `{% set a = 'x' * 100000 %}{{ a.replace('', a) }}`, "Output"},
	{"join", `{% set a = 'x' * 1000000 %}{{ ([a] * 1000)|join(a) }}`, "Output"},
	{"addend", `{% set a = 'x' * 1000000 %}{{ 'x' + [a] * 1000 }}`, "Output"},
	{"indent", `{{ 'a\nb'|indent(10**9) }}`, "Output"},
	{"indent of lines", `{{ ('\n' * 1000000)|indent(100000, blank=true) }}`, "Memory"},
	{"tojson indent", `{{ [[[[1]]]]|tojson(indent=10**9) }}`, "Output"},
	{"tojson", `{% set a = ['x' * 1000000] * 1000 %}{{ a|tojson|length }}`, "Output"},
	{"print of a shared list", `{% set ns = namespace(l=['x' * 100]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}`, "Output"},
	{"comparison of a shared list", `{% set a = namespace(l=[1]) %}{% set b = namespace(l=[1]) %}{% for i in range(60) %}{% set a.l = [a.l, a.l] %}{% set b.l = [b.l, b.l] %}{% endfor %}{{ a.l == b.l }}`, "Steps"},
	{"order of a shared list", `{% set a = namespace(l=[1]) %}{% set b = namespace(l=[1]) %}{% for i in range(60) %}{% set a.l = [a.l, a.l] %}{% set b.l = [b.l, b.l] %}{% endfor %}{{ a.l < b.l }}`, "Steps"},
	{"a namespace in itself", `{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}`, "Nesting"},
	{"a namespace in itself as JSON", `{% set ns = namespace() %}{% set ns.a = [ns] %}{{ ns|tojson }}`, "Nesting"},
	{"deep data", `{% set ns = namespace(l=[]) %}{% for i in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}`, "Nesting"},
	{"deep comparison", `{% set a = namespace(l=[]) %}{% set b = namespace(l=[]) %}{% for i in range(9999) %}{% set a.l = [a.l] %}{% set b.l = [b.l] %}{% endfor %}{{ a.l == b.l }}`, "Nesting"},
	{"deep order", `{% set a = namespace(l=[]) %}{% set b = namespace(l=[]) %}{% for i in range(9999) %}{% set a.l = [a.l] %}{% set b.l = [b.l] %}{% endfor %}{{ [a.l, b.l]|sort }}`, "Nesting"},
	{"map of maps", `{% set ns = namespace(l=[]) %}{% for i in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l|map(` + strings.Repeat(`'map',`, 9998) + `'list') }}`, "Nesting"},
	{"sort of long strings", `{% set a = ['X' * 1000000] * 100000 %}{{ a|sort|length }}`, "Memory"},
	{"search of long strings", `{% set a = 'x' * 8000000 %}{% for i in range(100000) %}{% if 'y' in a %}{% endif %}{% endfor %}`, "Steps"},
	{"length of long strings", `{% set a = 'x' * 8000000 %}{% for i in range(100000) %}{% if a.length %}{% endif %}{% endfor %}`, "Steps"},
	{"keys that are long strings", `{% set a = 'x' * 8000000 %}{% set d = {a: 1} %}{% for i in range(100000) %}{% if d[a] %}{% endif %}{% endfor %}`, "Steps"},
	{"comparison of long strings", `{% set a = 'x' * 8000000 %}{% set b = a + '' %}{% set l = [b] * 100000 %}{{ 'z' in l or a in l and l.count(a) }}`, "Steps"},
	{"prefixes that are long strings", `{% set a = 'x' * 8000000 %}{{ a.startswith([a + 'y'] * 100000) }}`, "Steps"},
	{"strip of many characters", `{% set a = 'x' * 8000000 %}{{ a.strip('y' * 1000000 + 'x') }}`, "Steps"},
	{"split", `{% set a = ' x' * 4000000 %}{% for i in range(9) %}{% set b = a.split() %}{% endfor %}`, "Memory"},
	{"list of a string", `{% set a = 'x' * 8000000 %}{{ (a|list + a|list)|length }}`, "Memory"},
	{"escapes", `{% set a = '&' * 8000000 %}{{ a|e }}`, "Output"},
	{"strftime_now", `{% for i in range(10000000) %}{% set x = strftime_now('%c' * 500) %}{% endfor %}`, "Memory"},
	{"output", `{% set a = 'x' * 1000000 %}{% for i in range(1000) %}{{ a }}{% endfor %}`, "Output"},
	{"spread", `{% macro f() %}{{ varargs|length }}{% endmacro %}{% set l = range(1000000) %}{% for i in range(1000) %}{{ f(*l) }}{% endfor %}`, "Memory"},
	{"long sums", `{{ 0` + strings.Repeat("+1", 100000) + ` }}`, "Nesting"},
	{"brackets", `{{ ` + strings.Repeat("(", 100000) + ` }}`, "Nesting"},
	{"lists", `{{ ` + strings.Repeat("[", 100000) + ` }}`, "Nesting"},
	{"signs", `{{ ` + strings.Repeat("- ", 100000) + `1 }}`, "Nesting"},
	{"negations", `{{ ` + strings.Repeat("not ", 100000) + `1 }}`, "Nesting"},
	{"conditions", `{{ ` + strings.Repeat("1 if 0 else ", 10000) + `1 }}`, "Nesting"},
	{"blocks", strings.Repeat("{% if 1 %}", 40000), "Nesting"},
	{"targets", `{% set ` + strings.Repeat("(", 100000) + ` %}`, "Nesting"},
	{"source", strings.Repeat("x", 1<<20), "Source"},
}

var attackFull = flag.Bool("limits.default", false, "run the attacks against the default limits instead of a tenth of them")

func TestLimits(t *testing.T) {
	limits := Limits{Steps: 1_000_000, Memory: 25 << 20}
	if *attackFull {
		limits = Limits{}
	}
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			tmpl, err := limits.Parse(a.source)
			var text string
			if err == nil {
				text, err = tmpl.RenderValues(context.Background(), nil)
			}
			runtime.ReadMemStats(&after)
			var limit *LimitError
			if !errors.As(err, &limit) || limit.Limit != a.limit {
				t.Fatalf("got %.40q and the error %v, want the limit %s", text, err, a.limit)
			}
			if !strings.Contains(err.Error(), "limit "+a.limit) {
				t.Errorf("the error does not name the limit: %v", err)
			}
			// All that was allocated, garbage included, of which the limit counts what may stay.
			if total := after.TotalAlloc - before.TotalAlloc; total > 4<<30 || !*attackFull && total > 600<<20 {
				t.Errorf("allocated %d MiB", total>>20)
			}
		})
	}
}

func TestOwnLimits(t *testing.T) {
	for _, c := range []struct {
		limits Limits
		source string
		limit  string
	}{
		{Limits{Source: 5}, "123456", "Source"},
		{Limits{Output: 5}, "123456", "Output"},
		{Limits{Steps: 5}, "{{ 1 }}{{ 2 }}{{ 3 }}{{ 4 }}", "Steps"},
		{Limits{Memory: 5}, "{{ 'abc' + 'def' }}", "Memory"},
		{Limits{Nesting: 5}, "{{ [[[[[[1]]]]]] }}", "Nesting"},
	} {
		tmpl, err := c.limits.Parse(c.source)
		if err == nil {
			_, err = tmpl.RenderValues(context.Background(), nil)
		}
		var limit *LimitError
		if !errors.As(err, &limit) || limit.Limit != c.limit || limit.Max != 5 {
			t.Errorf("%s: got %v, want the limit %s", c.source, err, c.limit)
		}
		if tmpl, err = (Limits{}).Parse(c.source); err == nil {
			_, err = tmpl.RenderValues(context.Background(), nil)
		}
		if err != nil {
			t.Errorf("%s: %v with the default limits", c.source, err)
		}
	}
}

func TestContext(t *testing.T) {
	loop := `{% set l = range(100000) %}{% for i in l %}{% for j in l %}{% for k in l %}{% endfor %}{% endfor %}{% endfor %}`
	tmpl, err := Limits{Steps: math.MaxInt}.Parse(loop)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := tmpl.RenderValues(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
}
