"""Writes jinja2.json: what Jinja2 3.1 makes of the cases below, in the environment that the transformers library
sets up. They are those that @huggingface/jinja renders otherwise or refuses, and in which we follow Jinja2 (see
dialect.go). Values are written with tojson, because we print them as JSON. Run: python3 jinja2.py (needs jinja2).
"""
import json
import pathlib
import sys

sys.path = sys.path[1:]  # this file's own name must not hide the package
import jinja2
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
env.filters["tojson"] = tojson

data = {
    "s": "Hello World", "n": 3, "f1": 2.0, "big": 12345678901234567890, "l": [3, 1, 2], "ls": ["b", "A", "c"], "no": None,
    "d": {"b": 1, "a": [1, "x"], "C": None}, "u": "a👩‍👧b", "t": True,
    "m": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yo", "x": 1}],
}

cases = {
    # numbers
    "floats": "{{ f1 }} {{ 2.0|tojson }} {{ f1|tojson }} {{ 0.00001 }} {{ 10000000000000000.0 }} {{ 1e3 }} {{ 1.5e-9|tojson }} {{ 123456789.123456789 }} {{ 1e22 }}",
    "large integers": "{{ big }} {{ big|tojson }} {{ 9007199254740993 }} {{ 9007199254740992 + 1 }} {{ 100000000000000000000000 }} {{ 1_000 }}",
    "floor and rest": "{{ -7 % 3 }} {{ 5 % -3 }} {{ -7 // 3 }} {{ 7 // -2 }} {{ -7.5 % 2 }} {{ 2 ** 62 }} {{ 3 ** 39 }} {{ 4611686018427387904 - 1 }}",
    "int": "{{ -1.7|int }} {{ '12a'|int }} {{ 'z'|int(-1) }} {{ '-5'|int }} {{ '1e3'|int }} {{ no|int }} {{ 1e20|int }} {{ l|int(9) }} {{ ' +12 '|int }} {{ '-'|int(7) }} {{ '+-1'|int }} {{ '123456789012345678901234567890'|int }} {{ 1.5e18|int }} {{ 2.9|int }}",
    "round": "{{ 1.5|round }} {{ 2.567|round(2) }} {{ 2.5|round }} {{ 2.1|round(method='ceil') }} {{ 2.9|round(0, 'floor') }} {{ 3|round }}",
    "sum, min, max": "{{ l|sum }} {{ l|min }} {{ l|max }} {{ ls|min }} {{ m|sum(attribute='content', start='')|tojson if 0 else 1 }} {{ [1.5, 2]|sum }} {{ []|max }}| {{ ls|max(case_sensitive=true) }}",
    # comparison
    "equality": "{{ ([1] == [1])|tojson }}{{ ('1' == 1)|tojson }}{{ (undef == none)|tojson }}{{ ({'a': [1]} == {'a': [1.0]})|tojson }}{{ (true == 1)|tojson }}{{ ('' == 0)|tojson }}{{ ({'a': 1, 'b': 2} == {'b': 2, 'a': 1})|tojson }}",
    "order": "{{ ('a' < 'b')|tojson }}{{ ([1, 2] < [1, 3])|tojson }}{{ (1 < 2 < 3)|tojson }}{{ (3 > 2 > 2)|tojson }}{{ (1 == 1 == 1)|tojson }}{{ ('B' < 'a')|tojson }}",
    "membership": "{{ ([1] in [[1]])|tojson }}{{ (none in [none])|tojson }}{{ (undef in l)|tojson }}{{ ('a' in undef)|tojson }}{{ (1 in d)|tojson }}{{ ('1' in [1])|tojson }}",
    # strings
    "characters": "{{ u|length }}{{ u[1] }}{{ u[-2:] }}{{ u[::-1] }}{{ u.find('b') }}{{ u|list|tojson }}",
    "strip": "{{ 'xxaxx'.strip('x') }} {{ 'abca'.strip('ac') }} {{ 'xxa'.lstrip('x') }} {{ 'axx'.rstrip('x') }} {{ 'xax'|trim('x') }} {{ '\n  a \n'.strip('\n') }}|{{ '\x1c\x85x'|trim }}|",
    "title": "{{ \"they're 1abc foo-bar (baz <qux x_y\"|title }} {{ 'HELLO wORLD'|title }} {{ \"they're 1abc x_y bill's\".title() }} {{ 'éa ßa'|title }} {{ 'ǆa'.title() }}",
    "capitalize": "{{ 'hello World'|capitalize }} {{ 'aB cD'.capitalize() }} {{ 'ßa'|capitalize }} {{ ''|capitalize }}|",
    "more methods": "{{ s.find('o') }}{{ s.rfind('o') }}{{ s.find('z') }}{{ s.index('W') }}{{ s.count('o') }} {{ ','.join(ls) }} {{ 'abc'.removeprefix('a') }} {{ 'abc'.removesuffix('c') }} {{ 'a,b,c'.rsplit(',', 1)|tojson }} {{ ' a b  c '.rsplit(none, 1)|tojson }} {{ 'a\nb\r\nc\n'.splitlines()|tojson }} {{ 'a\nb'.splitlines(true)|tojson }} {{ ' a b '.rsplit()|tojson }}",
    "predicates": "{{ ['12', 'a1', 'ab', '', ' ', 'A', 'a', 'é', '1.5']|map('string')|select('string')|list|length }}{% for x in ['12', 'a1', 'ab', '', ' ', 'A', 'a', 'é', '1.5'] %}{{ x.isdigit()|tojson }}{{ x.isalpha()|tojson }}{{ x.isalnum()|tojson }}{{ x.isspace()|tojson }}{{ x.isupper()|tojson }}{{ x.islower()|tojson }} {% endfor %}",
    "named arguments": "{{ 'a,b,c'.split(',', maxsplit=1)|tojson }} {{ 'a,b'.split(sep=',')|tojson }} {{ s|replace(old='o', new='0') }} {{ undef|default(default_value='h') }} {{ undef|d('k') }} {{ undef|default }}|",
    "escape": "{{ '<a>&\"x\\'y'|e }}{{ '<a>'|escape }}",
    "text of none and undefined": "{{ no|string }}{{ 'a' ~ no }}{{ no ~ 'a' }}{{ undef ~ 'a' }}{{ undef|upper }}{{ undef|length }}{{ no|trim }}{{ undef|join }}|",
    "literals": "{{ 'a\\qb' }} {{ '\\/' }} {{ '\\101\\7' }} {{ '\\U0001F600' }} {{ ()|length }}{{ (1,)|length }} {{ é }}|",
    "indent": "{{ ''|indent(first=true) }}|{{ 'a\r\nb'|indent(1) }}|{{ 'a\nb'|indent('->') }}",
    # JSON
    "tojson": "{{ d|tojson(sort_keys=true) }}{{ d|tojson(indent=0) }}{{ d|tojson(indent='--') }}{{ (1, 2)|tojson }}{{ {'a': none, 'b': (1.0, true)}|tojson }}{{ '\x7f\x1f\u2028'|tojson }}{{ 'é👩'|tojson(ensure_ascii=true) }}{{ [1, [2]]|tojson(indent=2, separators=(' ,', ' :')) }}",
    # lists
    "join": "{{ ls|join(d='-') }} {{ m|join(',', attribute='role') }} {{ m|join(attribute='content') }}",
    "attributes": "{{ [{'a': {'b': 1}}]|map(attribute='a.b')|list|tojson }} {{ [{'a': {'b': 1}}, {'a': {}}]|selectattr('a.b')|list|length }} {{ [[1, 2]]|map(attribute=0)|list|tojson }} {{ [{'a': [1, 2]}]|map(attribute='a.1')|list|tojson }} {{ [{'b': {'k': 2}}, {'b': {'k': 1}}]|sort(attribute='b.k')|tojson }}",
    "map and select": "{{ ls|map('upper')|list|tojson }} {{ ls|map('replace', 'b', 'q')|join }} {{ l|select('odd')|list|tojson }} {{ l|reject('gt', 1)|list|tojson }} {{ [0, 1, '']|select|list|tojson }} {{ m|selectattr('role', 'in', ['user'])|list|length }} {{ m|selectattr('x', 'undefined')|list|length }} {{ [[1, 2]]|map('first')|list|tojson }} {{ no|map('upper')|list|tojson }} {{ no|selectattr('a')|list|tojson }}",
    "unique and sort": "{{ ['a', 'A', 'b']|unique|list|tojson }} {{ ['a', 'A']|unique(case_sensitive=true)|list|tojson }} {{ m|unique(attribute='role')|list|length }} {{ [true, false]|sort|tojson }} {{ [[2, 1], [1, 2]]|sort|tojson }} {{ ['b', 'a']|sort(reverse=true)|tojson }}",
    "first and last": "{{ []|first }}{{ s|first }}{{ s|last }}{{ d|first }}{{ undef|first }}|{{ s|reverse }} {{ d|list|tojson }} {{ l.index(1) }}{{ l.count(3) }}",
    "repetition": "{{ 'ab' * 3 }} {{ 2 * 'x' }} {{ ([1] * 3)|tojson }} {{ 'a' * -1 }}| {{ (true + 1) }}",
    # variables
    "passes of a loop": "{% set q = 0 %}{% for x in l %}{{ q }}{% set q = x %}{% endfor %}{{ q }}{% for x in l %}{% if loop.first %}{% set w = x %}{% endif %}{{ w }}|{% endfor %}",
    "scope of a macro": "{% macro f() %}{{ g }}{{ x }}{% endmacro %}{% for g in l %}{{ f() }}{% endfor %}|{% set x = 5 %}{{ f() }}",
    "scope of blocks": "{% set a %}{% set z = 1 %}{% endset %}{{ z }}|{% filter upper %}{% set z = 1 %}{% endfilter %}{{ z }}|{% with a = 1, b = 2 %}{{ a }}{{ b }}{% set z = 1 %}{% endwith %}{{ a }}{{ z }}|",
    "method before key": "{% set p = {'items': 5, 'get': 1} %}{% for k, v in p.items() %}{{ k }}{{ v }}{% endfor %}{{ p.get('items') }}",
    "unpacking": "{% for a, (b, c) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }}{% endfor %}{% for x in 1, 2 %}{{ x }}{% endfor %}{% macro f(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ f(*undef) }}{{ f(1, **{'b': 2}) }}",
    "undefined loop": "{% for x in undef %}a{% else %}b{% endfor %}",
    "set with filters": "{% set a | upper | replace('X', '-') %}x{{ n }}y{% endset %}{{ a }}{% filter upper | lower %}aBc{% endfilter %}",
    "loop.cycle": "{% for x in l %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "tests with arguments": "{{ (n is divisibleby 3)|tojson }}{{ (n is eq 3)|tojson }}{{ (n is in l)|tojson }}{{ (n is gt(2))|tojson }}{{ (l|length is eq 3)|tojson }}{{ (n is not divisibleby 2)|tojson }}{{ (2.0 is float)|tojson }}{{ (d is iterable)|tojson }}{{ (t is number)|tojson }}{{ (t is integer)|tojson }}{{ ('a' is ne 'b' and n is le 3)|tojson }}",
    # whitespace
    "raw": "{% raw %}\n {{ x }} {% if %}\n{% endraw %}\nb {%- raw -%} {{ y }} {%- endraw -%} c\n  {% raw %} d {% endraw %} e",
    "plus": "a\n  {%+ if t %} x {%+ endif %}\n b {% if t +%}\n y {% endif %}\n  {%+ set z = 1 +%}\n c",
    "line ends": "a\r\n{% if t %}\r\nb{% endif %}\r\nc\r",
    "vertical tab": "\x0b {% if t %}b{% endif %} \xa0{%- if t %}c{% endif %}",
}

out = []
for name, template in cases.items():
    try:
        out.append({"name": name, "template": template, "target": env.from_string(template).render(**data)})
    except Exception as e:
        print(name, repr(e))
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"data": data, "cases": out}, ensure_ascii=False, indent=1) + "\n")
