package chat

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// trim is strip(chars): without chars, or with none, whitespace goes.
func (r *run) trim(s string, p []value, left, right bool) (value, error) {
	cut, chars := isSpace, ""
	if given(p, 0) {
		var err error
		if chars, err = stringParam(p, 0, ""); err != nil {
			return nil, err
		}
		cut = func(c rune) bool { return strings.ContainsRune(chars, c) }
	}
	if err := r.scan(len(s) * max(1, len(chars))); err != nil {
		return nil, err
	}
	if left {
		s = strings.TrimLeftFunc(s, cut)
	}
	if right {
		s = strings.TrimRightFunc(s, cut)
	}
	return s, nil
}

func stripMethod(left, right bool) func(*run, value, []value) (value, error) {
	return func(r *run, in value, p []value) (value, error) { return r.trim(in.(string), p, left, right) }
}

// replace is s.replace(old, new, count); a negative count, or none, means all.
func (r *run) replace(s string, p []value) (value, error) {
	if p[0] == nil || p[1] == nil {
		return nil, fmt.Errorf("needs what to replace, and with what")
	}
	old, err := stringParam(p, 0, "")
	if err != nil {
		return nil, err
	}
	with, err := r.str(p[1])
	if err != nil {
		return nil, err
	}
	count, err := intParam(p, 2, -1)
	if err != nil {
		return nil, err
	}
	n := strings.Count(s, old)
	if count >= 0 {
		n = int(min(int64(n), count))
	}
	if err := r.allocText(len(s) + n*len(with)); err != nil {
		return nil, err
	}
	return strings.Replace(s, old, with, n), nil
}

// affixes are what startswith and its like were given: a string, or a list of them.
func (r *run) affixes(p []value) ([]string, error) {
	l, ok := p[0].(list)
	if !ok {
		l = list{p[0]}
	}
	out := make([]string, len(l))
	for i := range l {
		if out[i], ok = l[i].(string); !ok {
			return nil, fmt.Errorf("needs a string, not %s", describe(l[i]))
		}
		if err := r.scan(len(out[i])); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func affixTest(has func(s, affix string) bool) func(*run, value, []value) (value, error) {
	return func(r *run, in value, p []value) (value, error) {
		all, err := r.affixes(p)
		return slices.ContainsFunc(all, func(affix string) bool { return has(in.(string), affix) }), err
	}
}

func affixCut(cut func(s, affix string) string) func(*run, value, []value) (value, error) {
	return func(r *run, in value, p []value) (value, error) {
		affix, ok := p[0].(string)
		if !ok {
			return nil, fmt.Errorf("needs a string, not %s", describe(p[0]))
		}
		return cut(in.(string), affix), r.scan(len(affix))
	}
}

// splitParams reads sep and maxsplit; sep is "" for whitespace, limit negative for none.
func splitParams(p []value) (sep string, limit int, err error) {
	if given(p, 0) {
		if sep, err = stringParam(p, 0, ""); err == nil && sep == "" {
			err = fmt.Errorf("empty separator")
		}
		if err != nil {
			return "", 0, err
		}
	}
	n, err := intParam(p, 1, -1)
	return sep, int(max(-1, min(n, 1<<30))), err
}

// pieces makes a list of strings that share the bytes of another.
func (r *run) pieces(parts []string) (value, error) {
	if err := r.allocEach(len(parts), valueSize); err != nil {
		return nil, err
	}
	out := make(list, len(parts))
	for i, s := range parts {
		out[i] = s
	}
	return out, nil
}

func methodSplit(r *run, in value, p []value) (value, error) {
	s := in.(string)
	sep, limit, err := splitParams(p)
	if err != nil {
		return nil, err
	}
	if err := r.scan(len(s)); err != nil {
		return nil, err
	}
	if sep != "" {
		cuts := strings.Count(s, sep)
		if limit >= 0 {
			cuts = min(cuts, limit)
		}
		return r.pieces(strings.SplitN(s, sep, cuts+1))
	}
	var parts []string
	for rest := strings.TrimLeftFunc(s, isSpace); rest != ""; rest = strings.TrimLeftFunc(rest, isSpace) {
		end := strings.IndexFunc(rest, isSpace)
		if end < 0 || limit >= 0 && len(parts) >= limit {
			if limit < 0 || len(parts) < limit {
				rest = strings.TrimRightFunc(rest, isSpace)
			}
			parts = append(parts, rest)
			break
		}
		parts = append(parts, rest[:end])
		rest = rest[end:]
	}
	return r.pieces(parts)
}

func methodRsplit(r *run, in value, p []value) (value, error) {
	s := in.(string)
	sep, limit, err := splitParams(p)
	if err != nil || limit < 0 {
		return methodSplit(r, in, p)
	}
	var parts []string
	for {
		if err := r.step(1); err != nil {
			return nil, err
		}
		cut, n := -1, len(sep)
		if sep == "" {
			s = strings.TrimRightFunc(s, isSpace)
			cut = strings.LastIndexFunc(s, isSpace)
			_, n = utf8.DecodeRuneInString(s[max(cut, 0):])
		} else {
			cut = strings.LastIndex(s, sep)
		}
		if cut < 0 || len(parts) >= limit {
			break
		}
		parts = append(parts, s[cut+n:])
		s = s[:cut]
	}
	if sep != "" || s != "" {
		parts = append(parts, s)
	}
	slices.Reverse(parts)
	return r.pieces(parts)
}

func methodSplitlines(r *run, in value, p []value) (value, error) {
	if err := r.scan(len(in.(string))); err != nil {
		return nil, err
	}
	return r.pieces(splitLines(in.(string), boolParam(p, 0)))
}

func methodJoin(r *run, in value, p []value) (value, error) {
	items, err := r.elements(p[0])
	if err != nil {
		return nil, err
	}
	return r.join(items, in.(string), nil)
}
