package chat

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// number reads 12, 1_000, 1.5, 1e9 and 1.5e-9. After a dot only digits are read: x.0.1.
func (l *lexer) number(rest string) {
	n := digits(rest, 0)
	if !l.tokens[len(l.tokens)-1].is(".") {
		if m := digits(rest, n+1); n < len(rest) && rest[n] == '.' && m > n+1 {
			n = m
		}
		if n < len(rest) && (rest[n] == 'e' || rest[n] == 'E') {
			exp := n + 1
			if exp < len(rest) && (rest[exp] == '-' || rest[exp] == '+') {
				exp++
			}
			if m := digits(rest, exp); m > exp {
				n = m
			}
		}
	}
	l.add(tokNumber, strings.ReplaceAll(rest[:n], "_", ""))
	l.pos += n
}

// digits is where the digits of s that begin at from end; an underscore may stand between two.
func digits(s string, from int) int {
	n := from
	for n < len(s) && (isDigit(s[n]) || s[n] == '_' && n > from && n+1 < len(s) && isDigit(s[n+1])) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// stringLiteral reads a string in single or double quotes, with Python's escapes.
func (l *lexer) stringLiteral(rest string) error {
	quote, i := rest[0], 1
	for i < len(rest) && rest[i] != quote {
		if rest[i] == '\\' {
			i++
		}
		i++
	}
	if i >= len(rest) {
		return fmt.Errorf("the string is never closed with %c", quote)
	}
	s, err := unescape(rest[1:i])
	if err != nil {
		return err
	}
	l.add(tokString, s)
	l.skip(l.pos + i + 1)
	return nil
}

func unescape(s string) (string, error) {
	var b []byte
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			return string(append(b, s...)), nil
		}
		b, s = append(b, s[:i]...), s[i+1:]
		c, rest := s[0], s[1:]
		simple, width := strings.IndexByte("nrtbfav\\'\"", c), map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
		switch {
		case simple >= 0:
			b = append(b, "\n\r\t\b\f\a\v\\'\""[simple])
		case c == '\n': // the literal goes on
		case c >= '0' && c <= '7':
			width = 1
			for width < 3 && width < len(s) && s[width] >= '0' && s[width] <= '7' {
				width++
			}
			code, _ := strconv.ParseUint(s[:width], 8, 32)
			b, rest = utf8.AppendRune(b, rune(code)), s[width:]
		case width > 0:
			code, err := strconv.ParseUint(rest[:min(width, len(rest))], 16, 32)
			if err != nil || width > len(rest) {
				return "", fmt.Errorf(`the escape \%c needs %d hexadecimal digits`, c, width)
			}
			b, rest = utf8.AppendRune(b, rune(code)), rest[width:]
		default: // no escape: the backslash stands for itself
			b = append(b, '\\', c)
		}
		s = rest
	}
}
