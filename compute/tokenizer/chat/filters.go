package chat

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// filter applies the filter name to v.
func (r *run) filter(name string, v value, a args) (value, error) {
	f, ok := filters[name]
	if !ok {
		return nil, fmt.Errorf("chat templates have no filter '%s'", name)
	}
	if err := r.enter(); err != nil {
		return nil, err
	}
	v, err := f.apply(r, "filter "+name, v, a)
	r.depth--
	return v, err
}

// filters of single values; list_filters.go has those of lists.
var filters = map[string]*builtin{
	"abs":        {run: filterAbs},
	"capitalize": textFilter(capitalize),
	"count":      {run: filterLength},
	"d":          {params: []string{"default_value", "boolean"}, run: filterDefault},
	"default":    {params: []string{"default_value", "boolean"}, run: filterDefault},
	"e":          textFilter(escapeHTML.Replace),
	"escape":     textFilter(escapeHTML.Replace),
	"float":      {params: []string{"default"}, run: filterFloat},
	"indent":     {params: []string{"width", "first", "blank"}, run: filterIndent},
	"int":        {params: []string{"default"}, run: filterInt},
	"length":     {run: filterLength},
	"lower":      textFilter(lower),
	"replace":    {params: []string{"old", "new", "count"}, run: filterReplace},
	"round":      {params: []string{"precision", "method"}, run: filterRound},
	"safe":       {run: filterString},
	"string":     {run: filterString},
	"title":      textFilter(titleWords),
	"tojson":     {params: []string{"ensure_ascii", "indent", "separators", "sort_keys"}, run: filterJSON},
	"trim":       {params: []string{"chars"}, run: filterTrim},
	"upper":      textFilter(upper),
}

var escapeHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// textFilter makes a filter of a function whose result is a few times its argument's length at most.
func textFilter(f func(string) string) *builtin {
	return &builtin{run: func(r *run, in value, _ []value) (value, error) {
		s, err := r.str(in)
		if err != nil {
			return nil, err
		}
		if err := r.scan(len(s)); err != nil {
			return nil, err
		}
		return r.text(f(s))
	}}
}

func filterString(r *run, in value, _ []value) (value, error) { return r.str(in) }

func filterAbs(r *run, in value, _ []value) (value, error) {
	if f, ok := in.(float64); ok {
		return math.Abs(f), nil
	}
	if isWhole(in) && toInt(in) >= 0 {
		return in, nil
	}
	return r.arithmetic("-", int64(0), in)
}

func filterLength(r *run, in value, _ []value) (value, error) {
	if s, ok := in.(string); ok {
		if err := r.scan(len(s)); err != nil {
			return nil, err
		}
	}
	if n := length(in); n != nil {
		return n, nil
	}
	return nil, fmt.Errorf("%s has no length", describe(in))
}

func filterDefault(_ *run, in value, p []value) (value, error) {
	if isUndefined(in) || boolParam(p, 1) && !truth(in) {
		if p[0] == nil {
			return "", nil
		}
		return p[0], nil
	}
	return in, nil
}

func filterInt(r *run, in value, p []value) (value, error) {
	def := p[0]
	if def == nil {
		def = int64(0)
	}
	f := math.NaN()
	switch v := in.(type) {
	case int64, number:
		return v, nil
	case bool:
		return toInt(v), nil
	case float64:
		f = v
	case string:
		if err := r.scan(len(v)); err != nil {
			return nil, err
		}
		s := strings.TrimFunc(v, isSpace)
		if len(s) <= maxDigits && isWholeText(s) {
			return parseNumber(strings.TrimPrefix(s, "+")), nil
		}
		f = parseFloat(s)
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return def, nil
	}
	return parseNumber(strconv.FormatFloat(math.Trunc(f), 'f', 0, 64)), nil
}

// isWholeText says whether s is digits, with a sign or without.
func isWholeText(s string) bool {
	digits := strings.TrimLeft(s, "+-")
	return digits != "" && len(s)-len(digits) <= 1 && strings.Trim(digits, "0123456789") == ""
}

// parseFloat is NaN where s is no number.
func parseFloat(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) || strings.ContainsAny(s, "xXpP") {
		return math.NaN()
	}
	return f
}

func filterFloat(r *run, in value, p []value) (value, error) {
	if isNumber(in) {
		return toFloat(in), nil
	}
	if s, ok := in.(string); ok {
		if err := r.scan(len(s)); err != nil {
			return nil, err
		}
		if f := parseFloat(strings.TrimFunc(s, isSpace)); !math.IsNaN(f) {
			return f, nil
		}
	}
	if p[0] == nil {
		return 0.0, nil
	}
	return p[0], nil
}

func filterRound(_ *run, in value, p []value) (value, error) {
	if !isNumber(in) {
		return nil, fmt.Errorf("cannot round %s", describe(in))
	}
	places, err := intParam(p, 0, 0)
	if err != nil {
		return nil, err
	}
	method, err := stringParam(p, 1, "common")
	if err != nil {
		return nil, err
	}
	f, scale := toFloat(in), math.Pow(10, float64(places))
	switch method {
	case "common":
		if places < 0 {
			return nil, fmt.Errorf("the precision cannot be negative")
		}
		if isInteger(in) {
			return in, nil
		}
		return strconv.ParseFloat(strconv.FormatFloat(f, 'f', int(min(places, 330)), 64), 64)
	case "ceil":
		return math.Ceil(f*scale) / scale, nil
	case "floor":
		return math.Floor(f*scale) / scale, nil
	}
	return nil, fmt.Errorf("the method is 'common', 'ceil' or 'floor', not %q", method)
}

func filterTrim(r *run, in value, p []value) (value, error) {
	s, err := r.str(in)
	if err != nil {
		return nil, err
	}
	return r.trim(s, p, true, true)
}

func filterReplace(r *run, in value, p []value) (value, error) {
	s, err := r.str(in)
	if err != nil {
		return nil, err
	}
	return r.replace(s, p)
}

func filterJSON(r *run, in value, p []value) (value, error) {
	style := jsonStyle{item: ", ", key: ": ", ascii: boolParam(p, 0), sorted: boolParam(p, 3), strict: true}
	if given(p, 1) {
		style.item, style.lines = ",", true
		switch w := p[1].(type) {
		case string:
			style.indent = w
		case int64, bool:
			n := max(0, toInt(w))
			if n > int64(r.limits.Output) {
				return nil, r.room(r.limits.Output + 1)
			}
			style.indent = strings.Repeat(" ", int(n))
		default:
			return nil, fmt.Errorf("indent must be an integer or a string, not %s", describe(w))
		}
	}
	if given(p, 2) {
		l, ok := p[2].(list)
		if !ok || len(l) != 2 {
			return nil, fmt.Errorf("separators must be a pair of strings, not %s", describe(p[2]))
		}
		var err error
		if style.item, err = stringParam(l, 0, ""); err != nil {
			return nil, err
		}
		if style.key, err = stringParam(l, 1, ""); err != nil {
			return nil, err
		}
	}
	b, err := r.appendJSON(nil, in, &style, 0)
	if err != nil {
		return nil, err
	}
	return r.text(string(b))
}
