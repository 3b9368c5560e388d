package canon

import "encoding/binary"

// majorNames are the words of the error messages, by major type.
var majorNames = [8]string{
	"unsigned integer", "negative integer", "byte string", "text string",
	"array", "map", "tag", "float or simple value",
}

// item opens the next item: it reads a head of the given major type, whose
// argument is at most max, and counts the item off the innermost open array.
func (r *Reader) item(major byte, max uint64) uint64 {
	for len(r.open) > 1 && r.open[len(r.open)-1] == 0 {
		r.open = r.open[:len(r.open)-1]
	}
	if r.due == 0 {
		r.Fail("read more items than there are")
	}
	arg := r.head(major, max)
	if r.err != nil {
		return 0
	}
	r.open[len(r.open)-1]--
	r.due--
	return arg
}

// head reads a major type and its argument, and refuses all that is not ours.
func (r *Reader) head(major byte, max uint64) uint64 {
	got := r.major()
	if got == majorNegative || got == majorMap || got == majorSimple {
		r.Fail("%s is not allowed", majorNames[got])
	} else if got != major {
		r.Fail("%s, want %s", majorNames[got], majorNames[major])
	}
	size, arg := r.argument()
	if arg > max {
		r.Fail("%s of %d, at most %d is allowed", majorNames[got], arg, max)
	}
	if r.err != nil {
		return 0
	}
	r.pos += size
	return arg
}

// major returns the major type of the next head.
func (r *Reader) major() byte {
	if r.pos == len(r.in) {
		r.Fail("the input ends where an item is due")
	}
	if r.err != nil {
		return 0
	}
	return r.in[r.pos] >> 5
}

// argument returns the size of the next head in bytes and its argument, which
// MUST be in the shortest form. It moves nothing.
func (r *Reader) argument() (size int, arg uint64) {
	if r.err != nil {
		return 0, 0
	}
	info := r.in[r.pos] & 0x1f
	switch {
	case info < 24:
		return 1, uint64(info)
	case info == 31:
		r.Fail("indefinite length is not allowed")
		return 0, 0
	case info > 27:
		r.Fail("head 0x%02x is reserved", r.in[r.pos])
		return 0, 0
	}
	size = 1 + 1<<(info-24)
	if size > len(r.in)-r.pos {
		r.Fail("the input ends inside a head")
		return 0, 0
	}
	var wide [8]byte
	copy(wide[9-size:], r.in[r.pos+1:r.pos+size])
	arg = binary.BigEndian.Uint64(wide[:])
	var shortest [9]byte
	if len(appendHead(shortest[:0], 0, arg)) != size {
		r.Fail("the head of %d is not the shortest", arg)
	}
	return size, arg
}

// take returns the next n bytes.
func (r *Reader) take(n uint64) []byte {
	if left := len(r.in) - r.pos; n > uint64(left) {
		r.Fail("string of %d bytes, but only %d are left", n, left)
	}
	if r.err != nil {
		return nil
	}
	start := r.pos
	r.pos += int(n)
	return r.in[start:r.pos:r.pos]
}

// atMost returns max, or the limit on lengths if that is less.
func (r *Reader) atMost(max int) uint64 {
	return uint64(min(max, r.lim.Length))
}
