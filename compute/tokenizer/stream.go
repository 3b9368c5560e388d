package tokenizer

import (
	"strings"
	"unicode/utf8"
)

// A Decoder turns tokens into text one by one. What it returns is always whole UTF-8: the
// first bytes of a character wait for the rest. All it returns, in order, is what Decode
// returns for all tokens.
type Decoder struct {
	SkipSpecial bool // leave out special tokens

	t       *Tokenizer
	begun   bool
	strip   int
	pending []byte // the first bytes of a character, at most 3
	single  bool   // pending came from byte tokens: each of its bytes becomes a U+FFFD of its own
}

// NewDecoder returns a decoder at the beginning of a text.
func (t *Tokenizer) NewDecoder() *Decoder { return &Decoder{t: t} }

// Next returns the text that a token completes; it may be empty.
func (d *Decoder) Next(id int32) string { return string(d.AppendNext(nil, id)) }

// Flush returns what is still held back, as U+FFFD, and begins a new text.
func (d *Decoder) Flush() string { return string(d.AppendFlush(nil)) }

// AppendNext is Next, appended to dst.
func (d *Decoder) AppendNext(dst []byte, id int32) []byte {
	c := d.t.decode
	if d.SkipSpecial && d.t.IsSpecial(id) || id < 0 || int(id) >= len(c.ends) || !d.t.file.model.tokens[id].present {
		return dst
	}
	text, isByte := c.of(id), c.isByte != nil && c.isByte[id]
	if !d.begun {
		d.begun, d.strip = true, c.strip
		if c.dropSign != "" && !isByte {
			text = strings.ReplaceAll(d.t.file.model.tokens[id].name, c.dropSign, "")
		}
	}
	if len(d.pending) > 0 && d.single != isByte {
		dst = d.broken(dst, len(d.pending))
		d.pending = d.pending[:0]
	}
	d.single = isByte
	if len(d.pending) == 0 && !isByte && d.strip == 0 && utf8.ValidString(text) {
		return append(dst, text...)
	}
	d.pending = append(d.pending, text...)
	p := d.pending
	for utf8.FullRune(p) {
		r, w := utf8.DecodeRune(p)
		switch {
		case r == utf8.RuneError && w == 1:
			w = brokenLen(p)
			dst = d.broken(dst, w)
		case d.strip > 0 && r == c.stripChar:
			d.strip--
		default:
			d.strip = 0
			dst = append(dst, p[:w]...)
		}
		p = p[w:]
	}
	d.pending = append(d.pending[:0], p...)
	return dst
}

// AppendFlush is Flush, appended to dst.
func (d *Decoder) AppendFlush(dst []byte) []byte {
	dst = d.broken(dst, len(d.pending))
	d.pending, d.begun = d.pending[:0], false
	return dst
}

// broken appends the sign for n bytes that make no character.
func (d *Decoder) broken(dst []byte, n int) []byte {
	if n > 0 {
		d.strip = 0
	}
	if !d.single {
		n = min(n, 1)
	}
	for range n {
		dst = utf8.AppendRune(dst, utf8.RuneError)
	}
	return dst
}

// brokenLen returns how many of the first bytes of p, which are no character, count as one
// mistake: the longest beginning of a character, and at least one (Unicode 16, section 3.9,
// "substitution of maximal subparts").
func brokenLen(p []byte) int {
	for n := min(len(p), 3); n > 1; n-- {
		if !utf8.FullRune(p[:n]) {
			return n
		}
	}
	return 1
}
