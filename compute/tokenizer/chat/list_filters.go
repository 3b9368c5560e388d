package chat

import (
	"fmt"
	"slices"
	"strings"
)

// These filters look filters and tests up themselves, so they enter the table once it exists.
func init() {
	for name, f := range map[string]*builtin{
		"dictsort":   {params: []string{"case_sensitive", "by", "reverse"}, run: filterDictsort},
		"first":      {run: filterFirst},
		"items":      {run: filterItems},
		"join":       {params: []string{"d", "attribute"}, run: filterJoin},
		"last":       {run: filterLast},
		"list":       {run: func(r *run, in value, _ []value) (value, error) { return r.elements(in) }},
		"map":        {runAll: filterMap},
		"max":        {params: []string{"case_sensitive", "attribute"}, run: filterExtreme(1)},
		"min":        {params: []string{"case_sensitive", "attribute"}, run: filterExtreme(-1)},
		"reject":     filterSelect(false, false),
		"rejectattr": filterSelect(true, false),
		"reverse":    {run: filterReverse},
		"select":     filterSelect(false, true),
		"selectattr": filterSelect(true, true),
		"sort":       {params: []string{"reverse", "case_sensitive", "attribute"}, run: filterSort},
		"sum":        {params: []string{"attribute", "start"}, run: filterSum},
		"unique":     {params: []string{"case_sensitive", "attribute"}, run: filterUnique},
	} {
		filters[name] = f
	}
}

func filterFirst(r *run, in value, _ []value) (value, error) {
	l, err := r.elements(in)
	if err != nil || len(l) == 0 {
		return undefined("the first of nothing"), err
	}
	return l[0], nil
}

func filterLast(r *run, in value, _ []value) (value, error) {
	l, err := r.elements(in)
	if err != nil || len(l) == 0 {
		return undefined("the last of nothing"), err
	}
	return l[len(l)-1], nil
}

func filterItems(r *run, in value, _ []value) (value, error) {
	switch d := in.(type) {
	case undefined:
		return list{}, nil
	case *dict:
		return d.items(), r.allocEach(len(d.keys), entrySize)
	}
	return nil, fmt.Errorf("needs a dict, not %s", describe(in))
}

// field is what the attribute path, such as "function.name" or 0, leads to in v.
func (r *run) field(v value, path value) (value, error) {
	switch path := path.(type) {
	case nil, none:
		return v, nil
	case int64:
		if l, ok := v.(list); ok && path >= 0 && path < int64(len(l)) {
			return l[path], nil
		}
		return undefined("an element"), nil
	case string:
		for _, name := range strings.Split(path, ".") {
			var next value
			if l, ok := v.(list); ok {
				if i, ok := parseNumber(name).(int64); ok && isDigit(name[0]) && i < int64(len(l)) {
					next = l[i]
				}
			} else {
				var err error
				if next, err = r.member(v, name); err != nil {
					return nil, err
				}
			}
			if v = next; v == nil {
				v = undefined("." + name)
			}
		}
		return v, nil
	}
	return nil, fmt.Errorf("an attribute is a string or an integer, not %s", describe(path))
}

// sortKey is the field of v to sort by, strings in lower case unless exact.
func (r *run) sortKey(v, path value, exact bool) (value, error) {
	key, err := r.field(v, path)
	if s, ok := key.(string); ok && err == nil && !exact {
		return r.text(lower(s))
	}
	return key, err
}

// sorted orders items by a field, stably; reverse keeps the order of equals, as Python does.
func (r *run) sorted(items list, path value, exact, reverse bool) (list, error) {
	order, keys := make([]int, len(items)), make(list, len(items))
	for i, item := range items {
		var err error
		if keys[i], err = r.sortKey(item, path, exact); err != nil {
			return nil, err
		}
		order[i] = i
	}
	var failed error
	slices.SortStableFunc(order, func(i, j int) int {
		if failed != nil {
			return 0
		}
		c, err := r.order(keys[i], keys[j], 0)
		if err != nil {
			failed = err
		}
		if reverse {
			return -c
		}
		return c
	})
	out := make(list, len(items))
	for i, from := range order {
		out[i] = items[from]
	}
	return out, failed
}

func filterSort(r *run, in value, p []value) (value, error) {
	items, err := r.elements(in)
	if err != nil {
		return nil, err
	}
	if err := r.allocEach(len(items), 3*valueSize); err != nil {
		return nil, err
	}
	return r.sorted(items, p[2], boolParam(p, 1), boolParam(p, 0))
}

func filterDictsort(r *run, in value, p []value) (value, error) {
	d, ok := in.(*dict)
	if !ok {
		return nil, fmt.Errorf("needs a dict, not %s", describe(in))
	}
	by, err := stringParam(p, 1, "key")
	if err != nil {
		return nil, err
	}
	at := slices.Index([]string{"key", "value"}, by)
	if at < 0 {
		return nil, fmt.Errorf("by is 'key' or 'value', not %q", by)
	}
	if err := r.allocEach(len(d.keys), 2*entrySize); err != nil {
		return nil, err
	}
	return r.sorted(d.items(), int64(at), boolParam(p, 0), boolParam(p, 2))
}

// filterExtreme is min (sign -1) or max (sign 1).
func filterExtreme(sign int) func(*run, value, []value) (value, error) {
	return func(r *run, in value, p []value) (value, error) {
		items, err := r.elements(in)
		if err != nil {
			return nil, err
		}
		var best, bestKey value = undefined("the extreme of nothing"), nil
		for _, item := range items {
			key, err := r.sortKey(item, p[1], boolParam(p, 0))
			if err != nil {
				return nil, err
			}
			if bestKey != nil {
				c, err := r.order(key, bestKey, 0)
				if err != nil {
					return nil, err
				}
				if c*sign <= 0 {
					continue
				}
			}
			best, bestKey = item, key
		}
		return best, nil
	}
}

func filterSum(r *run, in value, p []value) (value, error) {
	items, err := r.elements(in)
	if err != nil {
		return nil, err
	}
	total := p[1]
	if total == nil {
		total = int64(0)
	}
	for _, item := range items {
		v, err := r.field(item, p[0])
		if err != nil {
			return nil, err
		}
		if total, err = r.add(total, v); err != nil {
			return nil, err
		}
	}
	return total, nil
}

func filterUnique(r *run, in value, p []value) (value, error) {
	items, err := r.elements(in)
	if err != nil {
		return nil, err
	}
	var out, seen list
	for _, item := range items {
		key, err := r.sortKey(item, p[1], boolParam(p, 0))
		if err != nil {
			return nil, err
		}
		known, err := r.contains(seen, key)
		if err != nil {
			return nil, err
		}
		if !known {
			out, seen = append(out, item), append(seen, key)
		}
	}
	return out, r.allocEach(2*len(out), valueSize)
}

func filterReverse(r *run, in value, _ []value) (value, error) {
	back := int64(-1)
	if _, ok := in.(*dict); ok {
		keys, err := r.elements(in)
		if err != nil {
			return nil, err
		}
		in = keys
	}
	return r.slice(in, nil, nil, &back)
}

func filterJoin(r *run, in value, p []value) (value, error) {
	items, err := r.elements(in)
	if err != nil {
		return nil, err
	}
	sep := ""
	if given(p, 0) {
		if sep, err = r.str(p[0]); err != nil {
			return nil, err
		}
	}
	return r.join(items, sep, p[1])
}

func (r *run) join(items list, sep string, path value) (value, error) {
	var b strings.Builder
	for i, item := range items {
		v, err := r.field(item, path)
		if err != nil {
			return nil, err
		}
		s, err := r.print(v)
		if err != nil {
			return nil, err
		}
		if err := r.room(b.Len() + len(sep) + len(s)); err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(s)
	}
	return r.text(b.String())
}

// elementsOrNone takes none for an empty list, as map and select do.
func (r *run) elementsOrNone(v value) (list, error) {
	if v == (none{}) {
		return nil, nil
	}
	return r.elements(v)
}

// filterMap is map(attribute=…, default=…), or map("filter", its arguments…).
func filterMap(r *run, in value, a args) (value, error) {
	items, err := r.elementsOrNone(in)
	if err != nil {
		return nil, err
	}
	if err := r.allocEach(len(items), valueSize); err != nil {
		return nil, err
	}
	out := make(list, len(items))
	path, byField := a.find("attribute")
	def, hasDef := a.find("default")
	if !byField && len(a.pos) == 0 {
		return nil, fmt.Errorf("filter map needs an attribute or the name of a filter")
	}
	for i, item := range items {
		if err := r.step(1); err != nil {
			return nil, err
		}
		if byField {
			if out[i], err = r.field(item, path); err == nil && hasDef && isUndefined(out[i]) {
				out[i] = def
			}
		} else {
			name, ok := a.pos[0].(string)
			if !ok {
				return nil, fmt.Errorf("filter map needs the name of a filter, not %s", describe(a.pos[0]))
			}
			out[i], err = r.filter(name, item, args{a.pos[1:], a.names, a.named})
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// filterSelect keeps the elements that pass a test, or whose field does, or that do not.
func filterSelect(byField, keep bool) *builtin {
	return &builtin{runAll: func(r *run, in value, a args) (value, error) {
		items, err := r.elementsOrNone(in)
		if err != nil {
			return nil, err
		}
		var path value
		if byField {
			if len(a.pos) == 0 {
				return nil, fmt.Errorf("the filter needs the name of an attribute")
			}
			path, a.pos = a.pos[0], a.pos[1:]
		}
		var out list
		for _, item := range items {
			if err := r.step(1); err != nil {
				return nil, err
			}
			v, err := r.field(item, path)
			if err != nil {
				return nil, err
			}
			passed := value(truth(v))
			if len(a.pos) > 0 {
				name, ok := a.pos[0].(string)
				if !ok {
					return nil, fmt.Errorf("the name of a test is a string, not %s", describe(a.pos[0]))
				}
				if passed, err = r.test(name, v, args{a.pos[1:], a.names, a.named}); err != nil {
					return nil, err
				}
			}
			if truth(passed) == keep {
				out = append(out, item)
			}
		}
		return out, r.allocEach(len(out), valueSize)
	}}
}
