package canon

import (
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/ipfs/go-cid"
)

// Limits bound what a Reader accepts. The zero value is a good choice.
type Limits struct {
	Depth  int // arrays inside each other; 0 means 16
	Length int // bytes of a string, items of an array; 0 means Total
	Total  int // bytes of the input; 0 means MaxTotal
}

// MaxTotal is the default for Limits.Total: 16 MiB, twice the largest record
// (a fraud proof that carries its input tiles).
const MaxTotal = 16 << 20

const defaultDepth = 16

// A Reader takes one value apart, item by item.
//
// The first error sticks: every later read returns zero, and Done returns that
// error. So a ReadCanon is a plain list of fields, and a loop over Array needs
// no check, since Array returns 0 after an error.
//
// The lengths that Array returns add up to less than the bytes of the input,
// whatever a hostile head claims: who allocates what it says stays in
// proportion to the input.
type Reader struct {
	in   []byte
	pos  int
	lim  Limits
	open []int // items still to come in each open array, outermost first
	due  int   // their sum
	err  error
}

// NewReader returns a Reader of b, which is not copied and MUST NOT change.
func NewReader(b []byte, lim Limits) *Reader {
	if lim.Depth == 0 {
		lim.Depth = defaultDepth
	}
	if lim.Total == 0 {
		lim.Total = MaxTotal
	}
	if lim.Length == 0 {
		lim.Length = lim.Total
	}
	r := &Reader{in: b, lim: lim, open: []int{1}, due: 1} // the input is an array of one
	if len(b) > lim.Total {
		r.Fail("input of %d bytes, at most %d are allowed", len(b), lim.Total)
	}
	return r
}

// Err returns the first error so far.
func (r *Reader) Err() error { return r.err }

// Done returns the first error, or an error if the input holds more than was
// read.
func (r *Reader) Done() error {
	if r.due > 0 {
		r.Fail("%d items were not read", r.due)
	}
	if n := len(r.in) - r.pos; n > 0 {
		r.Fail("%d trailing bytes", n)
	}
	return r.err
}

// Fail refuses the input for a reason that only a ReadCanon knows, such as an
// unknown enum number.
func (r *Reader) Fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("canon: byte %d: "+format, append([]any{r.pos}, args...)...)
	}
}

// Uint reads an unsigned integer of at most max.
func (r *Reader) Uint(max uint64) uint64 {
	return r.item(majorUint, max)
}

// Bytes reads a byte string of at most max bytes. The result is a part of the
// input, not a copy.
func (r *Reader) Bytes(max int) []byte {
	return r.take(r.item(majorBytes, r.atMost(max)))
}

// Fixed reads a byte string of exactly len(dst) bytes into dst.
func (r *Reader) Fixed(dst []byte) {
	n := r.item(majorBytes, r.atMost(len(dst)))
	if n != uint64(len(dst)) {
		r.Fail("byte string of %d bytes, want %d", n, len(dst))
	}
	copy(dst, r.take(n))
}

// Text reads a text string of at most max bytes.
func (r *Reader) Text(max int) string {
	return string(r.text(max))
}

// text is Text without the copy.
func (r *Reader) text(max int) []byte {
	p := r.take(r.item(majorText, r.atMost(max)))
	if !utf8.Valid(p) {
		r.Fail("the text before this byte is not UTF-8")
		return nil
	}
	return p
}

// CID reads a link.
func (r *Reader) CID() cid.Cid {
	if tag := r.item(majorTag, math.MaxUint64); tag != tagCID {
		r.Fail("tag %d, only 42 (a CID) is allowed", tag)
	}
	p := r.take(r.head(majorBytes, 1+maxCID))
	if len(p) == 0 || p[0] != 0 {
		r.Fail("CID without the prefix 0x00")
		return cid.Undef
	}
	c, err := cid.Cast(p[1:])
	if err != nil {
		r.Fail("%w", err)
	}
	return c
}

// Array reads the head of an array and returns its length, at most max. The
// items MUST be read next; the array closes after its last one.
func (r *Reader) Array(max int) int {
	n := int(r.item(majorArray, r.atMost(max)))
	if r.err == nil && len(r.open) > r.lim.Depth {
		r.Fail("arrays more than %d deep", r.lim.Depth)
	}
	if r.err == nil && n > len(r.in)-r.pos-r.due {
		r.Fail("array of %d items, but the input ends before", n)
	}
	if r.err != nil {
		return 0
	}
	r.open, r.due = append(r.open, n), r.due+n
	return n
}

// Fields reads the head of an array of exactly n items: the fields of a record.
func (r *Reader) Fields(n int) {
	if got := r.Array(n); got != n {
		r.Fail("array of %d items, want %d", got, n)
	}
}

// Raw reads one item of any kind, with all that is inside, and returns its
// bytes: a part of the input that is canonical by itself.
func (r *Reader) Raw() []byte {
	start, before := r.pos, r.due
	for r.err == nil && r.due >= before {
		switch r.major() {
		case majorUint:
			r.Uint(math.MaxUint64)
		case majorBytes:
			r.Bytes(r.lim.Length)
		case majorText:
			r.text(r.lim.Length)
		case majorArray:
			r.Array(r.lim.Length)
		default:
			r.CID()
		}
	}
	if r.err != nil {
		return nil
	}
	return r.in[start:r.pos:r.pos]
}
