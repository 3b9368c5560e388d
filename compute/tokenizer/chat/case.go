package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// upper and lower map whole strings, so that ß becomes SS and a final Σ becomes ς.

func upper(s string) string {
	if isASCII(s) {
		return strings.ToUpper(s)
	}
	return cases.Upper(language.Und).String(s)
}

func lower(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	return cases.Lower(language.Und).String(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// capitalize makes the first character upper case and the others lower.
func capitalize(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return titleRune(s[:n]) + lower(s[n:])
}

// titleRune is one character as the head of a word.
func titleRune(first string) string {
	c, n := utf8.DecodeRuneInString(first)
	if t := unicode.ToTitle(c); n > 0 && t != c {
		return string(t)
	}
	u := upper(first) // ß becomes SS, and Ss at the head of a word
	_, n = utf8.DecodeRuneInString(u)
	return u[:n] + lower(u[n:])
}

// titleWords capitalizes what follows a blank, '-' or an opening bracket: the filter title.
func titleWords(s string) string {
	var b strings.Builder
	word := 0 // where the word being read begins
	flush := func(end int) {
		if end > word {
			_, n := utf8.DecodeRuneInString(s[word:])
			b.WriteString(upper(s[word : word+n]))
			b.WriteString(lower(s[word+n : end]))
		}
	}
	for i, c := range s {
		if isSpace(c) || strings.ContainsRune("-({[<", c) {
			flush(i)
			b.WriteRune(c)
			word = i + utf8.RuneLen(c)
		}
	}
	flush(len(s))
	return b.String()
}

// titleLetters capitalizes each run of letters: the method title.
func titleLetters(s string) string {
	var b strings.Builder
	inside := false
	for _, c := range s {
		if inside {
			b.WriteString(lower(string(c)))
		} else {
			b.WriteString(titleRune(string(c)))
		}
		inside = isCased(c)
	}
	return b.String()
}

func isCased(c rune) bool { return unicode.IsUpper(c) || unicode.IsLower(c) || unicode.IsTitle(c) }

// allOf says whether s has characters and all of them are ok.
func allOf(s string, ok func(rune) bool) bool {
	return s != "" && strings.IndexFunc(s, func(c rune) bool { return !ok(c) }) < 0
}

// allCase says whether the letters of s that have a case, at least one, are all ok.
func allCase(s string, ok func(rune) bool) bool {
	return strings.IndexFunc(s, isCased) >= 0 &&
		strings.IndexFunc(s, func(c rune) bool { return isCased(c) && !ok(c) }) < 0
}

// isSpace is Python's idea of whitespace.
func isSpace(c rune) bool { return unicode.IsSpace(c) || c >= 0x1c && c <= 0x1f }
