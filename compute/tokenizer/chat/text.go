package chat

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// print is the text of v as output or as an element that is joined: that of str, but none is nothing.
func (r *run) print(v value) (string, error) {
	if v == (none{}) {
		return "", nil
	}
	return r.str(v)
}

// str is v as text: strings as they are, none as None, all else as JSON.
func (r *run) str(v value) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case nil, undefined:
		return "", nil
	case none:
		return "None", nil
	case bool:
		if v {
			return "true", nil
		}
		return "false", nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		return formatFloat(v), nil
	}
	b, err := r.appendJSON(nil, v, &plainJSON, 0)
	if err != nil {
		return "", err
	}
	return string(b), r.allocText(len(b))
}

// formatFloat writes the shortest digits that read back as f, as Python does: 2.0, 1e+16, 1e-05.
func formatFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 1):
		return "inf"
	case math.IsInf(f, -1):
		return "-inf"
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	exp, _ := strconv.Atoi(s[strings.IndexByte(s, 'e')+1:])
	if exp < -4 || exp >= 16 {
		return s
	}
	s = strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// jsonStyle says how appendJSON writes.
type jsonStyle struct {
	item, key string // what follows an element, and a key
	indent    string // of one level, when lines is set
	lines     bool   // each element on a line of its own
	ascii     bool   // \u escapes beyond ASCII
	sorted    bool   // keys in order of code points
	strict    bool   // refuse what JSON has no form for
}

// longNames are those of Python's json module.
var longNames = strings.NewReplacer("inf", "Infinity", "nan", "NaN")

var plainJSON = jsonStyle{item: ", ", key: ": "}

func (r *run) appendJSON(b []byte, v value, o *jsonStyle, depth int) ([]byte, error) {
	if err := r.room(len(b)); err != nil {
		return nil, err
	}
	if err := r.step(1); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case nil, none:
		return append(b, "null"...), nil
	case undefined:
		if o.strict {
			return append(b, "null"...), nil
		}
		return append(b, "undefined"...), nil
	case string:
		if err := r.scan(len(v)); err != nil {
			return nil, err
		}
		return appendQuoted(b, v, o.ascii), nil
	case number:
		return append(b, v...), nil
	case float64:
		return append(b, longNames.Replace(formatFloat(v))...), nil
	case bool, int64:
		s, err := r.str(v)
		return append(b, s...), err
	case list:
		return r.appendGroup(b, '[', ']', len(v), o, depth, func(b []byte, i int) ([]byte, error) {
			return r.appendJSON(b, v[i], o, depth+1)
		})
	case *dict:
		return r.appendDict(b, v, o, depth)
	case *namespace:
		return r.appendDict(b, &v.dict, o, depth)
	case *loop:
		return r.appendDict(b, v.dict(), o, depth)
	}
	if o.strict {
		return nil, fmt.Errorf("tojson cannot write %s", describe(v))
	}
	return append(b, "<function>"...), nil
}

func (r *run) appendDict(b []byte, d *dict, o *jsonStyle, depth int) ([]byte, error) {
	order := make([]int, len(d.keys))
	for i := range order {
		order[i] = i
	}
	if o.sorted {
		slices.SortFunc(order, func(i, j int) int { return strings.Compare(d.keys[i], d.keys[j]) })
	}
	return r.appendGroup(b, '{', '}', len(order), o, depth, func(b []byte, i int) ([]byte, error) {
		b = append(appendQuoted(b, d.keys[order[i]], o.ascii), o.key...)
		return r.appendJSON(b, d.vals[order[i]], o, depth+1)
	})
}

// appendGroup writes n elements between brackets.
func (r *run) appendGroup(b []byte, open, close byte, n int, o *jsonStyle, depth int,
	element func([]byte, int) ([]byte, error)) ([]byte, error) {
	if err := r.tooDeep(depth + 1); err != nil {
		return nil, err
	}
	newline := func(depth int) error {
		if !o.lines {
			return nil
		}
		if err := r.room(len(b) + depth*len(o.indent)); err != nil {
			return err
		}
		b = append(b, '\n')
		for range depth {
			b = append(b, o.indent...)
		}
		return r.scan(depth * len(o.indent))
	}
	b = append(b, open)
	var err error
	for i := range n {
		if i > 0 {
			b = append(b, o.item...)
		}
		if err = newline(depth + 1); err != nil {
			return nil, err
		}
		if b, err = element(b, i); err != nil {
			return nil, err
		}
	}
	if n > 0 {
		if err = newline(depth); err != nil {
			return nil, err
		}
	}
	return append(b, close), nil
}

const hex = "0123456789abcdef"

// appendQuoted writes s as a JSON string with the escapes Python's json module uses.
func appendQuoted(b []byte, s string, ascii bool) []byte {
	b = append(b, '"')
	for _, c := range s {
		short := strings.IndexByte("\"\\\n\r\t\b\f", byte(min(c, 127)))
		switch {
		case short >= 0:
			b = append(b, '\\', "\"\\nrtbf"[short])
		case c < ' ' || ascii && c > '~' && c < 0x10000:
			b = appendHex(b, c)
		case ascii && c >= 0x10000:
			b = appendHex(b, 0xd800+(c-0x10000)>>10)
			b = appendHex(b, 0xdc00+(c-0x10000)&0x3ff)
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return append(b, '"')
}

func appendHex(b []byte, c rune) []byte {
	return append(b, '\\', 'u', hex[c>>12&15], hex[c>>8&15], hex[c>>4&15], hex[c&15])
}
