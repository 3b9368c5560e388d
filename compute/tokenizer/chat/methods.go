package chat

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// method is v.name as a function, or nil.
func method(v value, name string) value {
	var fn *builtin
	switch v.(type) {
	case string:
		fn = stringMethods[name]
	case list:
		fn = listMethods[name]
	case *dict:
		fn = dictMethods[name]
	case *loop:
		fn = loopMethods[name]
	}
	if fn == nil {
		return nil
	}
	return &bound{"method " + name, v, fn}
}

// changing are methods of Python that change what they belong to.
var changing = map[string]bool{
	"append": true, "clear": true, "extend": true, "insert": true, "pop": true, "popitem": true, "remove": true,
	"setdefault": true, "sort": true, "update": true,
}

// noMethod explains that v has no method called name.
func noMethod(v value, name string) error {
	if changing[name] {
		return fmt.Errorf("'%s' would change %s: templates make new values instead, such as list + [x]", name, describe(v))
	}
	return fmt.Errorf("%s has no method '%s'", describe(v), name)
}

var dictMethods = map[string]*builtin{
	"items": {run: filterItems},
	"keys":  {run: func(r *run, in value, _ []value) (value, error) { return r.elements(in) }},
	"values": {run: func(r *run, in value, _ []value) (value, error) {
		return list(in.(*dict).vals), nil
	}},
	"get": {params: []string{"key", "default"}, run: func(r *run, in value, p []value) (value, error) {
		if key, ok := p[0].(string); ok {
			if v, err := r.member(in, key); v != nil || err != nil {
				return v, err
			}
		}
		if p[1] == nil {
			return none{}, nil
		}
		return p[1], nil
	}},
}

var listMethods = map[string]*builtin{
	"count": {params: []string{"value"}, run: func(r *run, in value, p []value) (value, error) {
		n, _, err := r.countIn(in.(list), p[0])
		return n, err
	}},
	"index": {params: []string{"value"}, run: func(r *run, in value, p []value) (value, error) {
		n, first, err := r.countIn(in.(list), p[0])
		if err == nil && n == 0 {
			err = fmt.Errorf("%s is not in the list", describe(p[0]))
		}
		return first, err
	}},
}

// countIn is how often v is in l, and where first.
func (r *run) countIn(l list, v value) (n, first int64, err error) {
	for i, e := range l {
		same, err := r.equal(e, v, 0)
		if err != nil {
			return 0, 0, err
		}
		if same {
			if n++; n == 1 {
				first = int64(i)
			}
		}
	}
	return n, first, nil
}

var loopMethods = map[string]*builtin{
	"cycle": {runAll: func(_ *run, in value, a args) (value, error) {
		if len(a.pos) == 0 {
			return nil, fmt.Errorf("loop.cycle needs values to choose from")
		}
		return a.pos[in.(*loop).i%len(a.pos)], nil
	}},
}

var stringMethods = map[string]*builtin{
	"capitalize":   textFilter(capitalize),
	"count":        searchMethod(func(s, sub string) (int, bool) { return strings.Count(s, sub), true }),
	"endswith":     {params: []string{"suffix"}, run: affixTest(strings.HasSuffix)},
	"find":         searchMethod(func(s, sub string) (int, bool) { return runeIndex(s, strings.Index(s, sub)), true }),
	"index":        searchMethod(func(s, sub string) (int, bool) { i := runeIndex(s, strings.Index(s, sub)); return i, i >= 0 }),
	"isalnum":      predicate(func(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) }),
	"isalpha":      predicate(unicode.IsLetter),
	"isdigit":      predicate(unicode.IsDigit),
	"islower":      caseTest(unicode.IsLower),
	"isspace":      predicate(isSpace),
	"isupper":      caseTest(unicode.IsUpper),
	"join":         {params: []string{"iterable"}, run: methodJoin},
	"lower":        textFilter(lower),
	"lstrip":       {params: []string{"chars"}, run: stripMethod(true, false)},
	"removeprefix": {params: []string{"prefix"}, run: affixCut(strings.TrimPrefix)},
	"removesuffix": {params: []string{"suffix"}, run: affixCut(strings.TrimSuffix)},
	"replace":      {params: []string{"old", "new", "count"}, run: func(r *run, in value, p []value) (value, error) { return r.replace(in.(string), p) }},
	"rfind":        searchMethod(func(s, sub string) (int, bool) { return runeIndex(s, strings.LastIndex(s, sub)), true }),
	"rsplit":       {params: []string{"sep", "maxsplit"}, run: methodRsplit},
	"rstrip":       {params: []string{"chars"}, run: stripMethod(false, true)},
	"split":        {params: []string{"sep", "maxsplit"}, run: methodSplit},
	"splitlines":   {params: []string{"keepends"}, run: methodSplitlines},
	"startswith":   {params: []string{"prefix"}, run: affixTest(strings.HasPrefix)},
	"strip":        {params: []string{"chars"}, run: stripMethod(true, true)},
	"title":        textFilter(titleLetters),
	"upper":        textFilter(upper),
}

func predicate(ok func(rune) bool) *builtin {
	return &builtin{run: func(r *run, in value, _ []value) (value, error) {
		s := in.(string)
		return allOf(s, ok), r.scan(len(s))
	}}
}

// runeIndex turns an offset in bytes into one in characters.
func runeIndex(s string, i int) int {
	if i < 0 {
		return i
	}
	return utf8.RuneCountInString(s[:i])
}

// searchMethod looks for a string; ok is false where its absence is an error.
func searchMethod(search func(s, sub string) (n int, ok bool)) *builtin {
	return &builtin{params: []string{"sub"}, run: func(r *run, in value, p []value) (value, error) {
		s := in.(string)
		sub, ok := p[0].(string)
		if !ok {
			return nil, fmt.Errorf("needs a string to look for, not %s", describe(p[0]))
		}
		n, ok := search(s, sub)
		if !ok {
			return nil, fmt.Errorf("%s does not contain %.20q", describe(in), sub)
		}
		return int64(n), r.scan(len(s))
	}}
}
