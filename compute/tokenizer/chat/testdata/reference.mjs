// Writes reference.json: what @huggingface/jinja makes of the cases below, which cover the language one feature
// at a time. Run in this folder:
//
//	npm install --no-save @huggingface/jinja@0.5.11 && node reference.mjs
//
// Where that renderer differs from Jinja2 and we follow Jinja2 (see dialect.go), the case is in jinja2.py.
import { Template } from "@huggingface/jinja";
import { writeFileSync } from "node:fs";

const data = {
	s: "Hello World", e: "", n: 3, neg: -7, f: 1.5, t: true, fa: false, no: null, l: [3, 1, 2], ls: ["b", "A", "c"],
	d: { b: 1, a: [1, "x"], C: null }, u: "héllo 世界 👩‍👧 \"q\" 'a' <x> & \\ \n\t",
	m: [{ role: "user", content: "hi" }, { role: "assistant", content: "yo", x: 1 }, { role: "user", content: "bye" }],
	el: [], ed: {}, o: { b: 1, 10: 2, 2: 3 },
	tool: { type: "function", function: { name: "f", parameters: { properties: { z: { type: "string" }, a: {} }, required: [] } } },
};

const cases = {
	// printing
	"print scalars": "{{ s }}|{{ n }}|{{ f }}|{{ t }}|{{ fa }}|{{ no }}|{{ neg }}|{{ undef }}|{{ u }}",
	"print lists": "{{ l }} {{ d }} {{ ls }} {{ [u] }} {{ [undef, none, true, 1.5, [], {}] }} {{ ed }} {{ el }}",
	"print results": "{{ 1 if t }}{{ 1 if fa }}|{{ 0.1 + 0.2 }} {{ 1 / 2 }} {{ 4 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 2 ** 10 }} {{ 2 ** -1 }}",
	// operators
	arithmetic: "{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 10 - 2 - 3 }} {{ 7 % 3 }} {{ 2.0 * 3 }} {{ 5 // 2.0 }} {{ -n + 1 }} {{ n - -1 }} {{ n-1 }} {{ 8 / 2 / 2 }}",
	powers: "{{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ 2 * 3 ** 2 }}",
	concatenation: "{{ 'a' ~ 1 ~ true ~ 'b' }} {{ 'a' + 'b' }} {{ 'a' + 1 }} {{ 1 + 'a' }} {{ 'a' + true }} {{ [1] + [2] }} {{ 'a' 'b' }} {{ 1 ~ 2 + 3 }} {{ 1 + 2 ~ 3 }}",
	"concatenation of what is no text": "{{ 'a' + [1, [2, none], 'x', true] }} {{ 'a' + {'b': 1} }} {{ [1] + 'a' }}",
	comparison: "{{ 1 == 1.0 }}{{ 'a' == 'a' }}{{ 'a' != 'b' }}{{ 1 < 2 }}{{ 2 >= 3 }}{{ 1.5 < 2 }}{{ none == none }}{{ l == l }}{{ undef == undef }}",
	logic: "{{ true and 1 }}|{{ 0 or 'x' }}|{{ '' and 1 }}|{{ el or ed }}|{{ not e }}{{ not el }}{{ not ed }}{{ not 0 }}{{ not undef }}{{ not n == 3 or t }}|{{ undef or 1 }}",
	"logic stops early": "{{ true or raise_exception('x') }} {{ false and raise_exception('x') }} {{ 1 if true else raise_exception('x') }}",
	membership: "{{ 1 in l }}{{ 'ell' in s }}{{ 'a' in d }}{{ 9 not in l }}{{ not 1 in l }}{{ 'x' in ['x'] and 'y' not in ['x'] }}{{ 'c' in 'ab' ~ 'c' }}",
	conditional: "{{ 1 if e else 2 if n else 3 }} {{ (n if t) }} {{ 'x' if t else 'y'|upper }} {{ {'a': 1 if t else 2}.a }}",
	// access
	fields: "{{ d.b }}{{ d['b'] }}{{ d.zz }}{{ d.zz.y }}{{ undef.x.y }}{{ no.x }}{{ n.x }}{{ m[0].role }}{{ m[-1]['content'] }}{{ d.a[1] }}{{ m[0]['con' ~ 'tent'] }}{{ l.0 }}",
	"keys before methods": "{{ {'items': 5}.items }}{{ {'items': 5}['items'] }}{{ {'get': 1}.get }}",
	elements: "{{ l[0] }}{{ l[-1] }}|{{ l[5] }}|{{ s[0] }}{{ s[-1] }}|{{ s[50] }}|{{ l['x'] }}|{{ 'é世'[1] }}",
	slices: "{{ l[1:] }}{{ l[:1] }}{{ l[::-1] }}{{ l[-2:] }}{{ l[::2] }}{{ l[5:] }}{{ l[-9:9] }}{{ l[1:0] }}{{ l[2:0:-1] }}{{ l[:] }}{{ l[:1:-1] }}{{ l[undef:] }}",
	"string slices": "{{ s[1:3] }}|{{ s[::-1] }}|{{ s[-3:] }}|{{ s[:-1] }}|{{ s[::2] }}|{{ s[8:2:-2] }}|{{ s[-100:100] }}|{{ s[100:] }}|{{ 'é世界'[1:] }}",
	length: "{{ s.length }}{{ l.length }}{{ s|length }}{{ d|length }}{{ ''|length }}{{ [1]|length * 2 }}",
	// literals
	escapes: "{{ \"a\\nb\\tc\\\\d\\'e\\\"f\" }}{{ 'it\\'s' }}{{ \"\\u00e9\\x41\" }}{{ '}}' }}{{ '{%' }}",
	"dict literals": "{{ {'a': {'b': 1}}.a.b }} {{ {'a': 1, 'a': 2} }} {{ {'a': {'b': 1}}}} {{ {'a' ~ 'b': 1,} }} {{ o }}",
	"list literals": "{{ [1, [2, 'x'],] }} {{ (1, 2)[0] }} {{ (1)|string }} {{ 'a' in ('a', 'b') }} {{ [1,2][::-1][0] }}",
	"keywords as names": "{% set if = 1 %}{{ if }}{{ namespace(if=1, for=2) }}{{ d.for }}{% set call = 2 %}{{ call }}",
	// statements
	if: "{% if n == 4 %}A{% elif n == 3 %}B{% else %}C{% endif %}{% if no %}A{% endif %}{% if undef %}A{% else %}D{% endif %}{% if(t) %}E{% endif %}",
	for: "{% for x in l %}{{ x }},{% endfor %}{% for x in el %}a{% else %}none{% endfor %}{% for k in d %}{{ k }};{% endfor %}",
	"for with a condition": "{% for x in l if x > 1 %}{{ x }}{{ loop.index }}/{{ loop.length }} {% else %}none{% endfor %}{% for x in l if x > 10 %}{{ x }}{% else %}none{% endfor %}{% for x in l if t else ls %}{{ x }}{% endfor %}",
	"for that unpacks": "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}{% for (a, b) in [[1, 2], [3, 4]] %}{{ a }}{{ b }};{% endfor %}{% for k, v in d|items if k != 'b' %}{{ k }}{% endfor %}",
	"loop variables": "{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.previtem }}-{{ loop.nextitem }} {% endfor %}",
	"nested loops": "{% for x in l %}{% set outer = loop %}{% for y in ls %}{{ outer.index }}{{ loop.index }}{{ y }} {% endfor %}{{ loop.index }}|{% endfor %}{{ loop }}",
	"variables of loops": "{% set x = 9 %}{% for x in l %}{% set q = x %}{{ q }}{% endfor %}{{ q }}|{{ x }}{% if t %}{% set q = 5 %}{% endif %}{{ q }}",
	"break and continue": "{% for x in l %}a{% if x == 1 %}b{% continue %}{% endif %}{{ x }}{% endfor %}|{% for x in l %}a{% if x == 1 %}b{% break %}{% endif %}{{ x }}{% endfor %}",
	"break in a block": "{% for x in l %}{% generation %}{{ x }}{% if x == 1 %}{% break %}{% endif %}{% endgeneration %}{% endfor %}",
	set: "{% set a = 1 %}{% set a, b = a + 1, [2] %}{{ a }}{{ b }}{% set c %}x{{ n }}y{% endset %}{{ c }}{{ c is string }}{% set p = 1, 2 %}{{ p|length }}",
	namespace: "{% set ns = namespace(a=0, b='x') %}{% for x in l %}{% set ns.a = ns.a + x %}{% endfor %}{{ ns.a }}{{ ns.b }}{{ ns.zz }}{% set ns.q = 4 %}{{ ns['q'] }}{{ ns }}{% set o = ns %}{% set o.a = 2 %}{{ ns.a }}",
	macro: "{% macro f(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ f(1) }} {{ f(1, 3) }} {{ f(b=5, a=1) }} {{ f() }} {{ f(1, b=4)|length }} {{ f is defined }} {{ f is callable }}",
	"macro arguments": "{% macro f(a, b=a) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1) }} {{ f(1, 2, 3, z=4) }} {{ f(*l) }} {{ f(**{'b': 1, 'c': 2}) }} {{ f(1, *[2, 3], k='v') }}",
	"macro recursion": "{% macro f(a) %}{% if a > 0 %}{{ a }}{{ f(a - 1) }}{% endif %}{% endmacro %}{{ f(3) }}{% macro g(h) %}{{ h(1) }}{% endmacro %}{{ g(f) }}",
	"macro variables": "{% set g = 1 %}{% macro f() %}{{ g }}{% set z = 1 %}{% endmacro %}{% set g = 2 %}{{ f() }}{{ z }}|{% for i in l %}{% macro h() %}{{ i }}{% endmacro %}{{ h() }}{% endfor %}",
	call: "{% macro f(x) %}[{{ caller(x) }}]{% endmacro %}{% call(a, b=7) f(5) %}{{ a }}{{ b }}{{ n }}{% endcall %}{% macro g() %}{{ caller() }}{% endmacro %}{% for i in l %}{% call g() %}{{ i }}{{ loop.index }}{% endcall %}{% endfor %}",
	"call in call": "{% macro g() %}[{{ caller() }}]{% endmacro %}{% macro f() %}{% call g() %}<{{ caller() }}>{% endcall %}{% endmacro %}{% call f() %}x{% endcall %}",
	"filter block": "{% filter upper %}abc{{ s }}{% endfilter %}{% filter replace('a', 'b') %}abc{% endfilter %}",
	"generation block": "a{% generation %}\nb{{ n }}\n{% endgeneration %}\nc{%- generation -%} d {%- endgeneration -%} e",
	comments: "a {# c #} b{#- {{ n }} {% if %} -#} c\n{# x #}\n  {# y #}\nd{##}e",
	// whitespace
	"trim blocks": "a\n{% if t %}\nb\n{% endif %}\nc\n{{ n }}\nd\n{# x #}\ne\n",
	"lstrip blocks": "  {% if t %}\n  {{ n }}\n  {% endif %}\n x\n \t {# c #}y\n  z {% if t %}b{% endif %}\n",
	"whitespace control": "a \n {%- if t -%} \n x \n {%- endif -%} \n b \n {{- n -}} \n c {#- d -#} e",
	"ends of lines": "\n\nx\n{% set a = 1 %}\n\n{% set b = 2 %} {% set c = 3 %}\n\n{{ a }}\n\n",
	"tags over lines": "{% if\n t\n%}a{%\nendif\n%}{{ n\n + \n1 }}{{-n-}}{%if t%}b{%endif%}",
	"newline in a string": "{{ \"a\nb\" }}{{ 'x\n' }}\ny",
	// filters
	tojson: "{{ l|tojson }} {{ d|tojson }} {{ s|tojson }} {{ n|tojson }} {{ t|tojson }} {{ no|tojson }} {{ u|tojson }} {{ []|tojson }} {{ {}|tojson }} {{ undef|tojson }} {{ 0.1|tojson }} {{ '<>&'|tojson }}",
	"tojson with arguments": "{{ d|tojson(indent=2) }}{{ d|tojson(separators=(',', ':')) }}{{ u|tojson(ensure_ascii=true) }}{{ [[],{},[[1]],{'a':{}}]|tojson(indent=4) }}{{ d|tojson(indent=1, separators=[',', ': ']) }}{{ d|tojson(2) }}{{ d|tojson(indent=none) }}",
	"tojson of a tool": "{{ tool|tojson }}\n{{ tool|tojson(indent=4) }}",
	"text filters": "{{ s|upper }} {{ s|lower }} {{ ' a b '|trim }}| {{ 'hello world-x (y'|title }} {{ 'hello'|capitalize }} {{ s|replace('o', '0') }} {{ s|replace('o', '0', 1) }} {{ 'aaa'|replace('a', 'b', count=2) }} {{ 's'|string|safe }}",
	"case of other scripts": "{{ 'straße É'|upper }} {{ 'ΣΑΣ İ'|lower }}",
	indent: "{{ 'a\\nb\\n\\nc'|indent }}|{{ 'a\\nb'|indent(2) }}|{{ 'a\\n\\nb'|indent(2, true) }}|{{ 'a\\n\\nb'|indent(2, blank=true) }}|{{ 'a\\n'|indent(first=true, width=1) }}",
	"number filters": "{{ '12'|int }} {{ '1.7'|int }} {{ 1.7|int }} {{ 'x'|int }} {{ 'x'|int(5) }} {{ 'x'|int(default=6) }} {{ t|int }} {{ '1.5'|float }} {{ 1|float }} {{ 'x'|float(2.5) }} {{ neg|abs }} {{ -1|abs }} {{ -1.5|abs }} {{ ' 12 '|int }}",
	default: "{{ undef|default('z') }} {{ no|default('z') }}| {{ e|default('z') }}| {{ e|default('z', true) }} {{ no|default('z', boolean=true) }} {{ d.q|default([]) }} {{ n|default(1) }}",
	"list filters": "{{ l|first }}{{ l|last }} {{ l|sort }} {{ ls|sort }} {{ l|sort(reverse=true) }} {{ ['a','B']|sort(case_sensitive=true) }} {{ m|sort(attribute='role')|map(attribute='content')|list }} {{ l|reverse|list }} {{ [1,1,2]|unique|list }}",
	join: "{{ ls|join }} {{ ls|join(', ') }} {{ l|join('-') }} {{ 'abc'|join('-') }} {{ [1, none, 'a', true]|join(',') }} {{ d.keys()|join(',') }}",
	dictsort: "{{ d|dictsort }} {{ d|dictsort(reverse=true) }} {{ d|dictsort(true) }} {{ {'b':2,'a':3}|dictsort(by='value') }} {{ {'b':2,'a':3}|dictsort(false, 'value', true) }}",
	"selectattr and map": "{{ m|selectattr('x')|list }} {{ m|rejectattr('role', 'equalto', 'user')|list }} {{ m|selectattr('role', 'eq', 'user')|map(attribute='content')|join(',') }} {{ m|selectattr('x', 'defined')|list|length }} {{ m|map(attribute='x', default=0)|list }} {{ m|map(attribute='role')|unique|join(',') }}",
	"filters bind": "{{ 'a' + 'b'|upper }} {{ 2 + l|length * 3 }} {{ not s|length }} {{ l|length > 2 and l[0] == 3 }} {{ (s|upper)[0] }} {{ d|dictsort|first|first }} {{ l|length-1 }}",
	items: "{{ d|items }} {{ d.items() }} {{ d|items|first }} {{ d.items()|length }}",
	// tests
	"tests of kinds": "{{ s is string }}{{ n is number }}{{ f is number }}{{ n is integer }}{{ t is boolean }}{{ no is none }}{{ t is true }}{{ fa is false }}{{ l is iterable }}{{ s is iterable }}{{ n is iterable }}{{ d is mapping }}{{ l is mapping }}{{ l is sequence }}{{ s is sequence }}{{ range is callable }}",
	"tests of being": "{{ undef is defined }}{{ undef is undefined }}{{ no is defined }}{{ d.zz is defined }}{{ d.b is defined }}{{ l[9] is defined }}{{ undef.x.y is defined }}{{ undef is none }}{{ undef is not none }}",
	"tests of values": "{{ l[0] is odd }}{{ 2 is even }}{{ 'A' is upper }}{{ 'a' is lower }}{{ s is not string }}{{ not s is string }}{{ s is string and n is odd or fa }}{{ n is defined if t else 3 }}{{ 2 is not odd }}",
	// methods
	"case methods": "{{ s.upper() }} {{ s.lower() }} {{ 'ab cd'.title() }} {{ 'ab cd'.capitalize() }}",
	"strip methods": "{{ ' a '.strip() }}|{{ ' a '.lstrip() }}|{{ ' a '.rstrip() }}|{{ '\\n a \\t'.strip() }}|",
	"affix methods": "{{ s.startswith('He') }}{{ s.endswith('ld') }}{{ s.startswith(('a', 'H')) }}{{ s.endswith(('a', 'b')) }}{{ ''.startswith('') }}",
	"split": "{{ s.split() }} {{ 'a,b,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ ' a  b '.split() }} {{ ' a  b '.split(' ') }} {{ 'a b c'.split(none, 1) }} {{ ''.split() }} {{ ''.split(',') }} {{ 'a,b'.split(',', 0) }} {{ 'a,,b'.split(',')[-1] }} {{ 'a  b c '.split(none, 1) }}",
	"replace": "{{ s.replace('o', '0') }} {{ s.replace('o', '0', 1) }} {{ 'aaa'.replace('', 'x') }} {{ 'aaa'.replace('a', '') }}| {{ 'aaa'.replace('a', 'b', -1) }} {{ 'aaa'.replace('a', 'b', 0) }}",
	"dict methods": "{{ d.keys() }} {{ d.values() }} {{ d.get('a') }} {{ d.get('z') }}| {{ d.get('z', 5) }} {{ d.get('C', 5) }}| {{ d.items()|list }}",
	// functions
	range: "{{ range(5) }} {{ range(2, 5) }} {{ range(5, 0, -2) }} {{ range(0) }} {{ range(-3) }} {{ range(0, 10, 3) }} {{ range(5)[1:3] }} {{ 3 in range(5) }} {% for i in range(3) %}{{ i }}{% endfor %}{% set f = range %}{{ f(2) }}",
	strftime_now: "{{ strftime_now('%Y') == strftime_now('%Y') }}",
	// errors
	"error raised": "a{{ raise_exception('the ' ~ 'message') }}",
	"error syntax": "{{ 1 + }}",
	"error unclosed": "{% if t %}x",
	"error mismatch": "{% if t %}x{% endfor %}",
	"error string loop": "{% for c in s %}{{ c }}{% endfor %}",
	"error undefined call": "{{ nothing() }}",
	"error unknown filter": "{{ s|nothing }}",
	"error unknown test": "{{ s is nothing }}",
	"error too many arguments": "{% macro f(a) %}{{ a }}{% endmacro %}{{ f(1, 2) }}",
	"error unknown argument": "{% macro f(a) %}{{ a }}{% endmacro %}{{ f(b=2) }}",
	"error unpack": "{% for a, b in [[1, 2, 3]] %}{{ a }}{% endfor %}",
	"error text and none": "{{ 'a' + none }}",
	"error undefined arithmetic": "{{ undef + 1 }}",
	"error set attribute": "{% set d.x = 1 %}",
	"error change": "{{ l.append(1) }}",
	"error break": "{% break %}",
	"error order": "{{ [1, 'a']|sort }}",
	"error empty separator": "{{ s.split('') }}",
};

const out = Object.entries(cases).map(([name, template]) => {
	try {
		return { name, template, target: new Template(template).render(structuredClone(data)) };
	} catch (e) {
		return { name, template, target: null, err: String(e.message) };
	}
});
writeFileSync("reference.json", JSON.stringify({ data, cases: out }, null, 1) + "\n");
for (const c of out) if ((c.target === null) !== c.name.startsWith("error")) console.log(c.name, c.err);
