package chat

import (
	"fmt"
	"unicode/utf8"
)

// Strings are sequences of code points, and always valid UTF-8: what is not becomes U+FFFD on its way in.

// length is how many elements v has, or nil where that makes no sense.
func length(v value) value {
	switch v := v.(type) {
	case undefined:
		return int64(0)
	case string:
		return int64(utf8.RuneCountInString(v))
	case list:
		return int64(len(v))
	case *dict:
		return int64(len(v.keys))
	}
	return nil
}

// runeAt is the i-th character of s, counted from its end when negative.
func runeAt(s string, i int64) (string, bool) {
	if i < 0 {
		for ; i < -1 && s != ""; i++ {
			_, n := utf8.DecodeLastRuneInString(s)
			s = s[:len(s)-n]
		}
		_, n := utf8.DecodeLastRuneInString(s)
		return s[len(s)-n:], n > 0
	}
	for at, c := range s {
		if i == 0 {
			return s[at : at+utf8.RuneLen(c)], true
		}
		i--
	}
	return "", false
}

// slice is v[lo:hi:step] with Python's rules; nil bounds are left out.
func (r *run) slice(v value, lo, hi, step *int64) (value, error) {
	if step != nil && *step == 0 {
		return nil, fmt.Errorf("the step of a slice cannot be 0")
	}
	switch v := v.(type) {
	case list:
		var out list
		sliceIndices(len(v), lo, hi, step, func(i int) { out = append(out, v[i]) })
		return out, r.allocEach(len(out), valueSize)
	case string:
		if err := r.scan(len(v)); err != nil {
			return nil, err
		}
		if step == nil || *step == 1 {
			from, to := sliceBounds(utf8.RuneCountInString(v), lo, hi, 1)
			if from >= to {
				return "", nil
			}
			start := byteOffset(v, from)
			return v[start : start+byteOffset(v[start:], to-from)], nil
		}
		runes := []rune(v)
		var out []rune
		sliceIndices(len(runes), lo, hi, step, func(i int) { out = append(out, runes[i]) })
		return r.text(string(out))
	}
	return nil, fmt.Errorf("cannot slice %s", describe(v))
}

// byteOffset is where the n-th character of s begins.
func byteOffset(s string, n int) int {
	for at := range s {
		if n == 0 {
			return at
		}
		n--
	}
	return len(s)
}

// sliceBounds are the first index and the one not reached, of n elements.
func sliceBounds(n int, lo, hi *int64, step int64) (from, to int) {
	clamp := func(p *int64, def, least, most int) int {
		if p == nil {
			return def
		}
		i := *p
		if i < 0 {
			i += int64(n)
		}
		return int(min(max(i, int64(least)), int64(most)))
	}
	if step > 0 {
		return clamp(lo, 0, 0, n), clamp(hi, n, 0, n)
	}
	return clamp(lo, n-1, -1, n-1), clamp(hi, -1, -1, n-1)
}

func sliceIndices(n int, lo, hi, step *int64, visit func(i int)) {
	by := int64(1)
	if step != nil {
		by = *step
	}
	from, to := sliceBounds(n, lo, hi, by)
	by = min(max(by, int64(-n-1)), int64(n+1)) // a longer step reaches no further, and cannot overflow
	if by > 0 {
		for i := int64(from); i < int64(to); i += by {
			visit(int(i))
		}
		return
	}
	for i := int64(from); i > int64(to); i += by {
		visit(int(i))
	}
}

// elements lists what v yields: its elements, keys or characters.
func (r *run) elements(v value) (list, error) {
	switch v := v.(type) {
	case list:
		return v, nil
	case *dict:
		return v.keyList(), r.allocEach(len(v.keys), valueSize)
	case undefined:
		return nil, nil
	case string:
		if err := r.allocEach(len(v), valueSize); err != nil {
			return nil, err
		}
		out := make(list, 0, len(v))
		for _, c := range v {
			out = append(out, string(c))
		}
		return out, nil
	}
	return nil, fmt.Errorf("cannot go through %s", describe(v))
}
