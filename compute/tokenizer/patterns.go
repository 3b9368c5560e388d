package tokenizer

import "unicode/utf8"

// A Pattern is a way of cutting text into words that this package knows by heart.
type Pattern string

// The patterns, as the models' tokenizer.json spell them. Llama3 is also that of GPT-4,
// OLMo-2 and GLM-4; Qwen2 is that of Qwen2.5 and Qwen3.
const (
	GPT2   Pattern = `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
	Llama3 Pattern = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
	Qwen2  Pattern = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
)

// knownSplit returns the hand-written splitter of a pattern, or nil.
func knownSplit(p *patternFile) splitter {
	if p.Regex == nil {
		return nil
	}
	switch Pattern(*p.Regex) {
	case GPT2:
		return gpt2Split{classes()}
	case Llama3:
		return llama3Split{classes(), 3}
	case Qwen2:
		return llama3Split{classes(), 1}
	}
	return nil
}

// run returns where the run of characters of b that starts at i ends, for which
// class&mask == want.
func (t *classTable) run(b []byte, i int, mask, want class) int {
	for i < len(b) {
		c := b[i]
		if c < utf8.RuneSelf {
			if t.cells[c]&mask != want {
				return i
			}
			i++
			continue
		}
		k, w := t.at(b[i:])
		if k&mask != want {
			return i
		}
		i += w
	}
	return i
}

const word = letter | number | space // what is none of them is the third kind of run

// gpt2Split is the pattern GPT2.
type gpt2Split struct{ *classTable }

func (g gpt2Split) split(b []byte, yield func([]byte)) {
	for i := 0; i < len(b); {
		end := g.next(b, i)
		yield(b[i:end])
		i = end
	}
}

func (g gpt2Split) next(b []byte, i int) int {
	if b[i] == '\'' {
		if n := contraction(b[i+1:], false); n > 0 {
			return i + 1 + n
		}
	}
	at := i
	if b[i] == ' ' && i+1 < len(b) {
		at++
	}
	c, w := g.at(b[at:])
	switch {
	case c&letter != 0:
		return g.run(b, at+w, letter, letter)
	case c&number != 0:
		return g.run(b, at+w, number, number)
	case c&space == 0:
		return g.run(b, at+w, word, 0)
	}
	return g.spaces(b, i)
}

// spaces is \s+(?!\S)|\s+: a run of white space, but its last character is left to the
// word that follows.
func (t *classTable) spaces(b []byte, i int) int {
	end := t.run(b, i, space, space)
	if end == len(b) {
		return end
	}
	_, w := utf8.DecodeLastRune(b[i:end])
	if end-w > i {
		return end - w
	}
	return end
}

// llama3Split is the pattern Llama3, and with one digit at a time, Qwen2.
type llama3Split struct {
	*classTable
	digits int // how many digits make a piece at most
}

func (l llama3Split) split(b []byte, yield func([]byte)) {
	for i := 0; i < len(b); {
		end := l.next(b, i)
		yield(b[i:end])
		i = end
	}
}

func (l llama3Split) next(b []byte, i int) int {
	if b[i] == '\'' {
		if n := contraction(b[i+1:], true); n > 0 {
			return i + 1 + n
		}
	}
	c, w := l.at(b[i:])
	if c&letter != 0 {
		return l.run(b, i+w, letter, letter)
	}
	if c&number != 0 {
		end := i + w
		for n := 1; n < l.digits && end < len(b); n++ {
			c, w := l.at(b[end:])
			if c&number == 0 {
				break
			}
			end += w
		}
		return end
	}
	var next class // of the character behind the first
	var nextW int
	if i+w < len(b) {
		next, nextW = l.at(b[i+w:])
	}
	if c&newline == 0 && next&letter != 0 {
		return l.run(b, i+w+nextW, letter, letter)
	}
	switch {
	case c&space == 0:
		return l.run(b, l.run(b, i+w, word, 0), newline, newline)
	case b[i] == ' ' && nextW > 0 && next&word == 0:
		return l.run(b, l.run(b, i+w+nextW, word, 0), newline, newline)
	}
	// White space: up to its last line end, if it has one.
	end := i
	for j := i; j < len(b); {
		c, w := l.at(b[j:])
		if c&space == 0 {
			break
		}
		if j += w; c&newline != 0 {
			end = j
		}
	}
	if end > i {
		return end
	}
	return l.spaces(b, i)
}

// contraction returns the length of s, t, re, ve, m, ll or d at the start of b, or 0.
// With fold, upper case counts too, and so does ſ, which is an s to (?i).
func contraction(b []byte, fold bool) int {
	if len(b) == 0 {
		return 0
	}
	lower := func(c byte) byte {
		if fold && 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return c
	}
	c := lower(b[0])
	switch c {
	case 's', 't', 'm', 'd':
		return 1
	case 0xc5: // ſ is c5 bf
		if fold && len(b) > 1 && b[1] == 0xbf {
			return 2
		}
	}
	if len(b) > 1 {
		if d := lower(b[1]); c == 'r' && d == 'e' || c == 'v' && d == 'e' || c == 'l' && d == 'l' {
			return 2
		}
	}
	return 0
}
