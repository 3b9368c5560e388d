package manifest

import (
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
)

// An Edit is a step from the bytes of a source to a text: Same bytes that are
// equal in both, then From bytes of the source that became To bytes of the text,
// such as an escape, a quote that was doubled or a secret that was redacted. The
// bytes after the last edit are equal.
type Edit struct{ Same, From, To uint64 }

// MaxEdits is how many edits a record can have.
const MaxEdits = 1 << 18

func appendEdits(b []byte, edits []Edit) []byte {
	b = canon.AppendArray(b, 3*len(edits))
	for _, e := range edits {
		b = canon.AppendUint(b, e.Same)
		b = canon.AppendUint(b, e.From)
		b = canon.AppendUint(b, e.To)
	}
	return b
}

func readEdits(r *canon.Reader) []Edit {
	n := r.Array(3 * MaxEdits)
	if n%3 != 0 {
		r.Fail("edits of %d numbers", n)
	}
	if n == 0 {
		return nil
	}
	edits := make([]Edit, n/3)
	for i := range edits {
		edits[i] = Edit{Same: r.Uint(maxSum), From: r.Uint(maxSum), To: r.Uint(MaxText)}
	}
	return edits
}

// checkEdits says whether the edits fit the source's bytes and the text.
func (t *Record) checkEdits() error {
	if len(t.Edits) == 0 {
		return nil
	}
	if t.Verbatim {
		return fmt.Errorf("manifest: a verbatim text with %d edits", len(t.Edits))
	}
	source, text := t.Length, uint64(len(t.Text))
	for _, e := range t.Edits {
		if e.From == 0 && e.To == 0 || source < e.Same || source-e.Same < e.From || text < e.Same || text-e.Same < e.To {
			return fmt.Errorf("manifest: edits that do not fit %d bytes of a source and %d of a text", t.Length, len(t.Text))
		}
		source, text = source-e.Same-e.From, text-e.Same-e.To
	}
	if source != text {
		return fmt.Errorf("manifest: edits leave %d bytes of a source and %d of a text", source, text)
	}
	return nil
}

// Bytes returns the bytes of the source that became the bytes of Text from and up
// to to. What was replaced is taken as a whole. Where it is not known which bytes
// became what, these are all bytes of the record, and exact is false.
func (t *Record) Bytes(from, to int) (offset, length uint64, exact bool) {
	if t.Verbatim {
		return t.Offset + uint64(from), uint64(to - from), true
	}
	if len(t.Edits) == 0 {
		return t.Offset, t.Length, false
	}
	start, end := t.place(uint64(from), false), t.place(uint64(to), true)
	return t.Offset + start, max(start, end) - start, true
}

// place returns where a position in Text is in the source: at the end of a run of
// bytes before what was left out there, at its start behind it.
func (t *Record) place(at uint64, end bool) uint64 {
	source, text := uint64(0), uint64(0)
	for _, e := range t.Edits {
		if at < text+e.Same || end && at == text+e.Same {
			break
		}
		source, text = source+e.Same, text+e.Same
		if at < text+e.To { // inside of what was replaced
			if end {
				return source + e.From
			}
			return source
		}
		source, text = source+e.From, text+e.To
		if end && at == text {
			return source
		}
	}
	return source + at - text
}
