package tokenizer

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// A regex is a split pattern that this package does not know by heart. The patterns are
// written for Oniguruma, a backtracking engine, and come from strangers; here they run on
// package regexp, which never backtracks: a match takes time linear in the text whatever the
// pattern. What the two engines read differently is refused by name, and the one look-ahead
// in use, the tail \s+(?!\S)|\s+, is done by hand. \p{…} classes other than \p{L} and \p{N}
// are those of package unicode.
type regex struct {
	re   *regexp.Regexp
	tail bool // the pattern ended in spaceTail; a match of its last group loses its last character
}

const spaceTail = `|\s+(?!\S)|\s+`

// Bounds of a pattern: its bytes, and the instructions it compiles to, which bound the time
// for a character. GPT-4o's, the largest in use, has 277 bytes and 70 instructions.
const (
	maxPattern = 4096
	maxProgram = 1000
)

// spaceSet is \s, inside [ ].
const spaceSet = `\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}`

func newRegex(pattern string) (*regex, error) {
	if len(pattern) > maxPattern {
		return nil, fmt.Errorf("a pattern of %d bytes, more than %d", len(pattern), maxPattern)
	}
	body, tail := strings.CutSuffix(pattern, spaceTail)
	if tail {
		body += `|(\s+)`
	}
	goPattern, err := translate(body)
	if err == nil {
		var tree *syntax.Regexp
		if tree, err = syntax.Parse(goPattern, syntax.Perl); err == nil {
			err = checkTree(tree)
		}
		if err == nil {
			err = checkProgram(tree)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("pattern %q is not supported: %w", pattern, err)
	}
	re, err := regexp.Compile(goPattern)
	return &regex{re, tail}, err
}

// translate turns Oniguruma's syntax into that of package regexp.
func translate(p string) (string, error) {
	var out strings.Builder
	inSet := false
	groups := []bool{false} // for each group around: whether it is under (?i:
	for i := 0; i < len(p); i++ {
		c := p[i]
		rest := p[i:]
		fold := groups[len(groups)-1]
		switch {
		case fold && (strings.HasPrefix(rest, "[^") || strings.HasPrefix(rest, `\p`)):
			return "", errors.New("a class in a group that ignores case")
		case c == '\\':
			if i++; i == len(p) {
				return "", errors.New(`it ends in \`)
			}
			n, err := escape(&out, p[i:], inSet)
			if err != nil {
				return "", err
			}
			i += n - 1
			continue
		case inSet && c == '[':
			return "", errors.New("a set within a set")
		case inSet && strings.HasPrefix(rest, "&&"):
			return "", errors.New("an intersection of sets (&&)")
		case !inSet && c == '[':
			inSet = true
			if strings.HasPrefix(rest, "[]") || strings.HasPrefix(rest, "[^]") {
				return "", errors.New("a set that begins with ]")
			}
		case inSet && c == ']':
			inSet = false
		case inSet:
		case strings.HasPrefix(rest, "(?") && !strings.HasPrefix(rest, "(?:") && !strings.HasPrefix(rest, "(?i:"):
			return "", fmt.Errorf("the group %q", rest[:min(len(rest), 4)])
		case c == '(':
			groups = append(groups, fold || strings.HasPrefix(rest, "(?i:"))
			if !strings.HasPrefix(rest, "(?") && rest != `(\s+)` {
				out.WriteString("(?:") // numbered groups would hide the one for the tail
				continue
			}
		case c == ')' && len(groups) > 1:
			groups = groups[:len(groups)-1]
		case strings.HasPrefix(rest, "{,"):
			return "", errors.New("the quantifier {,n}")
		}
		out.WriteByte(c)
	}
	return out.String(), nil
}

// escape writes what stands behind a backslash and returns its length in p.
func escape(out *strings.Builder, p string, inSet bool) (int, error) {
	set := func(s string) {
		if inSet {
			out.WriteString(s)
		} else {
			out.WriteString("[" + s + "]")
		}
	}
	switch p[0] {
	case 's':
		set(spaceSet)
	case 'S':
		if inSet {
			return 0, errors.New(`\S within a set`)
		}
		out.WriteString("[^" + spaceSet + "]")
	case 'd':
		set(`\p{Nd}`)
	case 'p':
		end := strings.IndexByte(p, '}')
		if end < 0 || p[1] != '{' || p[2] == '^' {
			return 0, errors.New(`a class not written \p{Name}`)
		}
		switch name := p[:end+1]; name {
		case `p{L}`:
			set(rangeSet(letterRanges[:]))
		case `p{N}`:
			set(rangeSet(numberRanges[:]))
		default:
			out.WriteString(`\` + name)
		}
		return end + 1, nil
	case 'r', 'n', 't', 'f', 'v':
		out.WriteString(`\` + p[:1])
	default:
		if p[0] >= utf8.RuneSelf || p[0] >= '0' && p[0] <= '9' || p[0]|0x20 >= 'a' && p[0]|0x20 <= 'z' {
			return 0, fmt.Errorf(`the escape \%.1s`, p)
		}
		out.WriteString(`\` + p[:1])
	}
	return 1, nil
}

// rangeSet writes ranges of code points as they stand inside [ ].
func rangeSet(ranges []rune) string {
	var out strings.Builder
	for i := 0; i < len(ranges); i += 2 {
		fmt.Fprintf(&out, `\x{%x}-\x{%x}`, ranges[i], ranges[i+1])
	}
	return out.String()
}

// checkTree refuses what looks beyond the match, as pieces are searched from where the last
// one ended, and what the engines do differently.
func checkTree(t *syntax.Regexp) error {
	switch t.Op {
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		if mayBeEmpty(t.Sub[0]) {
			return fmt.Errorf("a repetition of %s, which may be empty", t.Sub[0])
		}
	case syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return fmt.Errorf("the anchor %s", t)
	}
	for _, sub := range t.Sub {
		if err := checkTree(sub); err != nil {
			return err
		}
	}
	return nil
}

func checkProgram(t *syntax.Regexp) error {
	prog, err := syntax.Compile(t.Simplify())
	if err == nil && len(prog.Inst) > maxProgram {
		err = fmt.Errorf("it compiles to %d instructions, more than %d", len(prog.Inst), maxProgram)
	}
	return err
}

// mayBeEmpty says that an expression, of those checkTree lets pass, matches the empty text.
func mayBeEmpty(t *syntax.Regexp) bool {
	switch t.Op {
	case syntax.OpEmptyMatch, syntax.OpStar, syntax.OpQuest:
		return true
	case syntax.OpRepeat:
		return t.Min == 0 || mayBeEmpty(t.Sub[0])
	case syntax.OpCapture, syntax.OpPlus:
		return mayBeEmpty(t.Sub[0])
	case syntax.OpConcat:
		return !slices.ContainsFunc(t.Sub, func(s *syntax.Regexp) bool { return !mayBeEmpty(s) })
	case syntax.OpAlternate:
		return slices.ContainsFunc(t.Sub, mayBeEmpty)
	}
	return false
}

// find is a finder.
func (r *regex) find(b []byte, from int) (start, end int, ok bool) {
	m := r.re.FindSubmatchIndex(b[from:])
	if m == nil {
		return 0, 0, false
	}
	start, end = from+m[0], from+m[1]
	if r.tail && m[2] >= 0 && end < len(b) {
		if _, w := utf8.DecodeLastRune(b[start:end]); end-w > start {
			end -= w
		}
	}
	return start, end, true
}
