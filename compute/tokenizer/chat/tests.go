package chat

import (
	"fmt"
	"unicode"
)

// test answers "v is name(args)".
func (r *run) test(name string, v value, a args) (value, error) {
	t, ok := tests[name]
	if !ok {
		return nil, fmt.Errorf("chat templates have no test '%s'", name)
	}
	return t.apply(r, "test "+name, v, a)
}

// isTest makes a test of a question that needs nothing but the value.
func isTest(ask func(v value) bool) *builtin {
	return &builtin{run: func(_ *run, in value, _ []value) (value, error) { return ask(in), nil }}
}

// opTest makes a test of a comparison with one argument.
func opTest(op string) *builtin {
	return &builtin{params: []string{"other"}, run: func(r *run, in value, p []value) (value, error) {
		if p[0] == nil {
			return nil, fmt.Errorf("needs something to compare with")
		}
		return r.compare(op, in, p[0])
	}}
}

// restTest asks whether an integer divided by n leaves rest.
func restTest(n, rest int64) *builtin {
	return &builtin{run: func(r *run, in value, _ []value) (value, error) { return r.leaves(in, n, rest) }}
}

func (r *run) leaves(v value, n, rest int64) (value, error) {
	left, err := r.arithmetic("%", v, n)
	if err != nil {
		return nil, err
	}
	return r.equal(left, rest, 0)
}

// caseTest asks for letters of one case, in the text of the value.
func caseTest(ok func(rune) bool) *builtin {
	return &builtin{run: func(r *run, in value, _ []value) (value, error) {
		s, err := r.str(in)
		if err != nil {
			return nil, err
		}
		return allCase(s, ok), r.scan(len(s))
	}}
}

var tests = map[string]*builtin{
	"boolean":  isTest(func(v value) bool { _, ok := v.(bool); return ok }),
	"callable": isTest(isCallable),
	"defined":  isTest(func(v value) bool { return !isUndefined(v) }),
	"divisibleby": {params: []string{"num"}, run: func(r *run, in value, p []value) (value, error) {
		n, err := intParam(p, 0, 0)
		if err != nil {
			return nil, err
		}
		return r.leaves(in, n, 0)
	}},
	"even":      restTest(2, 0),
	"false":     isTest(func(v value) bool { return v == false }),
	"float":     isTest(func(v value) bool { _, ok := v.(float64); return ok }),
	"integer":   isTest(isInteger),
	"iterable":  isTest(isIterable),
	"lower":     caseTest(unicode.IsLower),
	"mapping":   isTest(func(v value) bool { _, ok := v.(*dict); return ok }),
	"none":      isTest(func(v value) bool { return v == none{} }),
	"number":    isTest(isNumber),
	"odd":       restTest(2, 1),
	"sequence":  isTest(isIterable),
	"string":    isTest(func(v value) bool { _, ok := v.(string); return ok }),
	"true":      isTest(func(v value) bool { return v == true }),
	"undefined": isTest(isUndefined),
	"upper":     caseTest(unicode.IsUpper),

	"==": opTest("=="), "eq": opTest("=="), "equalto": opTest("=="), "sameas": opTest("=="),
	"!=": opTest("!="), "ne": opTest("!="),
	"<": opTest("<"), "lt": opTest("<"), "lessthan": opTest("<"),
	">": opTest(">"), "gt": opTest(">"), "greaterthan": opTest(">"),
	"<=": opTest("<="), "le": opTest("<="), ">=": opTest(">="), "ge": opTest(">="),
	"in": opTest("in"),
}

func isCallable(v value) bool {
	switch v.(type) {
	case *macro, *bound:
		return true
	}
	return false
}

func isInteger(v value) bool {
	switch v.(type) {
	case int64, number:
		return true
	}
	return false
}

func isIterable(v value) bool {
	switch v.(type) {
	case string, list, *dict, undefined:
		return true
	}
	return false
}
