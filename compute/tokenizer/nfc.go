package tokenizer

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// appendNFC appends the canonical composition of b to dst. Bytes that are no UTF-8 stay
// as they are.
//
// It is that of PyPI's tokenizers, which differs from package norm in two ways. The tables of
// tokenizers are older, and characters they do not know (110 marks assigned since Unicode 10,
// and more with every Go version) take no part; nfcRanges lists those they know. And package
// norm breaks a run of more than 30 marks with U+034F (its Stream-Safe Text Format, UAX 15);
// text with such runs is composed by the definition instead.
func appendNFC(dst, b []byte) []byte {
	if norm.NFC.QuickSpan(b) == len(b) {
		return append(dst, b...)
	}
	for len(b) > 0 {
		n, skip, long := knownPrefix(b)
		if long {
			dst = compose(dst, b[:n])
		} else {
			dst = append(dst, norm.NFC.Bytes(b[:n])...)
		}
		dst = append(dst, b[n:n+skip]...)
		b = b[n+skip:]
	}
	return dst
}

// knownPrefix returns the length of the text at the start of b that can be composed, and of
// what is behind it and cannot: bytes that are no UTF-8, or an unknown mark. long says that
// the text has so many marks in a row that package norm might break them: a character
// decomposes into at most 3 marks, a mark into 2.
func knownPrefix(b []byte) (n, skip int, long bool) {
	for run := 0; n < len(b); {
		if b[n] < utf8.RuneSelf {
			n, run = n+1, 0
			continue
		}
		r, w := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && w == 1 {
			return n, w, long
		}
		p := norm.NFC.Properties(b[n:])
		if active := p.CCC() > 0 || !p.BoundaryBefore() || p.Decomposition() != nil; active && classes().of(r)&composing == 0 {
			return n, w, long
		}
		if run++; p.CCC() == 0 {
			run = 0
		}
		long = long || run > 13
		n += w
	}
	return n, 0, long
}

// compose is NFC by its definition (UAX 15): decompose, order the marks, compose. b is UTF-8.
func compose(dst, b []byte) []byte {
	type char struct {
		r   rune
		ccc uint8 // canonical combining class; 0 for a starter
	}
	var chars []char
	for len(b) > 0 {
		_, w := utf8.DecodeRune(b)
		for _, r := range string(norm.NFD.Bytes(b[:w])) {
			chars = append(chars, char{r, norm.NFD.PropertiesString(string(r)).CCC()})
		}
		b = b[w:]
	}
	for i := 0; i < len(chars); i++ {
		j := i
		for j < len(chars) && chars[j].ccc > 0 {
			j++
		}
		slices.SortStableFunc(chars[i:j], func(a, b char) int { return int(a.ccc) - int(b.ccc) })
		i = j
	}
	starter := -1 // where in out the last starter stands
	out := chars[:0]
	for _, c := range chars {
		if starter >= 0 {
			// Something of its class or a higher one between it and the starter blocks c.
			if last := len(out) - 1; last == starter || out[last].ccc < c.ccc {
				if r, ok := pair(out[starter].r, c.r); ok {
					out[starter].r = r
					continue
				}
			}
		}
		if c.ccc == 0 {
			starter = len(out)
		}
		out = append(out, c)
	}
	for _, c := range out {
		dst = utf8.AppendRune(dst, c.r)
	}
	return dst
}

// pair returns the primary composite of two characters, if there is one.
func pair(a, b rune) (rune, bool) {
	s := norm.NFC.String(string([]rune{a, b}))
	r, w := utf8.DecodeRuneInString(s)
	return r, w == len(s)
}
