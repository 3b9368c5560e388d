package chat

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	tokEnd      kind = iota
	tokText          // literal text between tags
	tokExpr          // {{
	tokExprEnd       // }}
	tokStmt          // {%
	tokStmtEnd       // %}
	tokName          // an identifier or keyword
	tokString        // a string literal, unquoted
	tokNumber        // a number literal
	tokOperator      // one of operators
)

type token struct {
	kind kind
	text string
	line int
}

func (t token) String() string {
	switch t.kind {
	case tokEnd:
		return "the end of the template"
	case tokText:
		return "text"
	case tokString:
		return "a string"
	}
	return "'" + t.text + "'"
}

func (t token) is(text string) bool {
	return t.text == text && (t.kind == tokName || t.kind == tokOperator)
}

// operators, longest first.
var operators = []string{
	"//", "**", "==", "!=", "<=", ">=",
	"+", "-", "*", "/", "%", "~", "<", ">", "=", ".", ":", "|", ",", "(", ")", "[", "]", "{", "}",
}

// A lexer cuts a template into tokens.
type lexer struct {
	src    string
	pos    int
	line   int
	tokens []token
}

// lex applies the whitespace rules of trim_blocks and lstrip_blocks: the newline after a block or comment goes,
// and so do blanks before one that begins a line. A '-' at a tag's edge takes all whitespace on that side, a
// '+' leaves it all. One newline at the end of the template goes as well.
func lex(src string) ([]token, error) {
	src = strings.ToValidUTF8(src, "\ufffd")
	if strings.Contains(src, "\r") {
		src = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(src)
	}
	l := &lexer{src: strings.TrimSuffix(src, "\n"), line: 1, tokens: make([]token, 0, 16+len(src)/4)}
	for l.pos < len(l.src) {
		if err := l.textAndTag(); err != nil {
			return nil, &Error{l.line, err}
		}
	}
	l.add(tokEnd, "")
	return l.tokens, nil
}

func (l *lexer) add(k kind, text string) { l.tokens = append(l.tokens, token{k, text, l.line}) }

// skip moves to the offset end.
func (l *lexer) skip(end int) {
	l.line += strings.Count(l.src[l.pos:end], "\n")
	l.pos = end
}

// textAndTag reads the text up to the next tag, and that tag.
func (l *lexer) textAndTag() error {
	start := l.pos
	open := start
	for {
		i := strings.IndexByte(l.src[open:], '{')
		if i < 0 || open+i+1 >= len(l.src) {
			l.addText(l.src[start:])
			l.skip(len(l.src))
			return nil
		}
		if open += i; strings.IndexByte("{%#", l.src[open+1]) >= 0 {
			break
		}
		open++
	}
	tag := l.src[open : open+2]
	text, body := l.src[start:open], open+2
	switch sign := l.peek(body); {
	case sign == '-':
		text = strings.TrimRightFunc(text, isSpace)
		body++
	case sign == '+' && tag == "{%":
		body++
	case tag != "{{":
		text = l.lstrip(start, open)
	}
	l.addText(text)
	l.skip(body)
	switch tag {
	case "{#":
		end := strings.Index(l.src[body:], "#}")
		if end < 0 {
			return fmt.Errorf("the comment is never closed with '#}'")
		}
		end += body
		l.skip(end)
		l.closeTag("#}", end > body && l.src[end-1] == '-', end > body && l.src[end-1] == '+')
		return nil
	case "{%":
		if done, err := l.raw(); done || err != nil {
			return err
		}
		l.add(tokStmt, tag)
		return l.inside("%}", tokStmtEnd)
	}
	l.add(tokExpr, tag)
	return l.inside("}}", tokExprEnd)
}

func (l *lexer) peek(at int) byte {
	if at < len(l.src) {
		return l.src[at]
	}
	return 0
}

func (l *lexer) addText(text string) {
	if text != "" {
		l.add(tokText, text)
	}
}

// lstrip returns src[start:open] without the blanks that begin the line of open.
func (l *lexer) lstrip(start, open int) string {
	text := l.src[start:open]
	line := strings.LastIndexByte(text, '\n') + 1
	if line == 0 && start > 0 && l.src[start-1] != '\n' || strings.TrimLeftFunc(text[line:], isSpace) != "" {
		return text
	}
	return text[:line]
}

// closeTag moves over a tag's end and the whitespace that goes with it.
func (l *lexer) closeTag(end string, strip, keep bool) {
	to := l.pos + len(end)
	switch {
	case strip:
		to = len(l.src) - len(strings.TrimLeftFunc(l.src[to:], isSpace))
	case end != "}}" && !keep && l.peek(to) == '\n':
		to++
	}
	l.skip(to)
}

// raw reads {% raw %} … {% endraw %} when l is inside the first of these tags.
func (l *lexer) raw() (bool, error) {
	open, _, ok := rawTag(l.src[l.pos:], "raw")
	if !ok {
		return false, nil
	}
	start := l.pos + open
	for at := start; ; {
		i := strings.Index(l.src[at:], "{%")
		if i < 0 {
			return true, fmt.Errorf("the raw block is never closed with '{%% endraw %%}'")
		}
		at += i
		body := at + 2
		sign := l.peek(body)
		if sign == '-' || sign == '+' {
			body++
		}
		n, keep, ok := rawTag(l.src[body:], "endraw")
		if !ok {
			at += 2
			continue
		}
		text := l.src[start:at]
		switch sign {
		case '-':
			text = strings.TrimRightFunc(text, isSpace)
		case '+':
		default:
			text = l.lstrip(start, at)
		}
		l.skip(start)
		l.addText(text)
		l.skip(body + n)
		if !keep && l.peek(l.pos) == '\n' {
			l.skip(l.pos + 1)
		}
		return true, nil
	}
}

// rawTag measures the rest of a tag that holds only word, with the whitespace that a '-' takes.
func rawTag(s, word string) (n int, keep, ok bool) {
	rest := strings.TrimLeftFunc(s, isSpace)
	if !strings.HasPrefix(rest, word) {
		return 0, false, false
	}
	rest = strings.TrimLeftFunc(rest[len(word):], isSpace)
	for _, end := range []string{"-%}", "+%}", "%}"} {
		if after, ok := strings.CutPrefix(rest, end); ok {
			if end == "-%}" {
				after = strings.TrimLeftFunc(after, isSpace)
			}
			return len(s) - len(after), end != "%}", true
		}
	}
	return 0, false, false
}

// inside reads tokens up to the end of a tag. Braces are counted, so that }} may close two dicts.
func (l *lexer) inside(end string, endKind kind) error {
	opened, depth := l.line, 0
	for {
		rest := strings.TrimLeftFunc(l.src[l.pos:], isSpace)
		l.skip(len(l.src) - len(rest))
		if rest == "" {
			l.line = opened
			return fmt.Errorf("the tag is never closed with '%s'", end)
		}
		if depth == 0 {
			sign := rest[0] == '-' || rest[0] == '+' && end == "%}"
			if sign && strings.HasPrefix(rest[1:], end) {
				l.add(endKind, end)
				l.skip(l.pos + 1)
				l.closeTag(end, rest[0] == '-', true)
				return nil
			}
			if strings.HasPrefix(rest, end) {
				l.add(endKind, end)
				l.closeTag(end, false, false)
				return nil
			}
		}
		switch rest[0] {
		case '{':
			depth++
		case '}':
			depth = max(0, depth-1)
		}
		if err := l.next(rest); err != nil {
			return err
		}
	}
}

// next reads the token at the start of rest.
func (l *lexer) next(rest string) error {
	c, _ := utf8.DecodeRuneInString(rest)
	switch {
	case c == '"' || c == '\'':
		return l.stringLiteral(rest)
	case c >= '0' && c <= '9':
		l.number(rest)
		return nil
	case isName(c, true):
		n := strings.IndexFunc(rest, func(c rune) bool { return !isName(c, false) })
		if n < 0 {
			n = len(rest)
		}
		l.add(tokName, rest[:n])
		l.pos += n
		return nil
	}
	for _, op := range operators {
		if strings.HasPrefix(rest, op) {
			l.add(tokOperator, op)
			l.pos += len(op)
			return nil
		}
	}
	return fmt.Errorf("unexpected character %q", c)
}

func isName(c rune, first bool) bool {
	return c == '_' || unicode.IsLetter(c) || !first && (unicode.IsDigit(c) || unicode.Is(unicode.Mn, c))
}
