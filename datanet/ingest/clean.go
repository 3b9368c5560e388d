package ingest

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/openledger/openledger/datanet/manifest"
)

// clean brings a text to its one form: NFC, lines that end in \n, no byte order
// mark and no control characters but \n and \t. It returns how it did, and false
// for bytes that are not UTF-8.
func clean(text string) (string, []manifest.Edit, bool) {
	if !utf8.ValidString(text) {
		return "", nil, false
	}
	var edits []manifest.Edit
	if strings.ContainsFunc(text, unwanted) {
		text, edits = strip(text)
	}
	if !norm.NFC.IsNormalString(text) {
		var more []manifest.Edit
		text, more = compact(text)
		edits = compose(edits, more)
	}
	return text, edits, true
}

func unwanted(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || 0x7f <= r && r < 0xa0 || r == '\ufeff' || r == '\u2028' || r == '\u2029'
}

// strip unifies the ends of lines and takes out what is unwanted.
func strip(text string) (string, []manifest.Edit) {
	var b strings.Builder
	var e editor
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case strings.HasPrefix(text[i:], "\r\n"):
			e.replace(1, 0) // the \n comes next
		case r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			b.WriteByte('\n')
			e.replace(size, 1)
		case unwanted(r):
			e.replace(size, 0)
		default:
			b.WriteString(text[i : i+size])
			e.keep(size)
		}
		i += size
	}
	return b.String(), e.edits
}

// compact normalises to NFC.
func compact(text string) (string, []manifest.Edit) {
	var b strings.Builder
	var e editor
	var it norm.Iter
	it.InitString(norm.NFC, text)
	for !it.Done() {
		start := it.Pos()
		out := it.Next()
		in := text[start:it.Pos()]
		if string(out) == in {
			e.keep(len(in))
		} else {
			e.replace(len(in), len(out))
		}
		b.Write(out)
	}
	return b.String(), e.edits
}
