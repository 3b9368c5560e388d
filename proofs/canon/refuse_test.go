package canon

import (
	"bytes"
	"encoding/hex"
	"math"
	"runtime"
	"strings"
	"testing"
)

// The forms that CBOR allows, or that decoders let through, and we do not.
func TestRefuses(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		// The eleven that libraries are known to accept.
		{"unsorted map keys", "a2616201616102", "map is not allowed"},
		{"duplicate map keys", "a2616101616102", "map is not allowed"},
		{"indefinite length", "9f01ff", "indefinite length"},
		{"non-minimal integer", "1817", "not the shortest"},
		{"float16", "f93c00", "float or simple value"},
		{"float32", "fa3f800000", "float or simple value"},
		{"NaN", "fb7ff8000000000000", "float or simple value"},
		{"tag 0", "c06131", "tag 0, only 42"},
		{"undefined", "f7", "float or simple value"},
		{"trailing bytes", "0000", "1 trailing bytes"},
		{"over-long length prefix", "5900020102", "not the shortest"},

		{"nothing", "", "input ends where an item is due"},
		{"negative integer", "20", "negative integer"},
		{"float64", "fb3ff0000000000000", "float or simple value"},
		{"false", "f4", "float or simple value"},
		{"null", "f6", "float or simple value"},
		{"break", "ff", "float or simple value"},
		{"empty map", "a0", "map is not allowed"},
		{"reserved head", "1c", "reserved"},
		{"indefinite bytes", "5f4101ff", "indefinite length"},
		{"indefinite text", "7f6161ff", "indefinite length"},
		{"integer in 2 bytes that fits 1", "1900ff", "not the shortest"},
		{"integer in 4 bytes that fits 2", "1a0000ffff", "not the shortest"},
		{"integer in 8 bytes that fits 4", "1b00000000ffffffff", "not the shortest"},
		{"long tag head", "d9002a4100", "not the shortest"},
		{"cut in a head", "19ff", "ends inside a head"},
		{"cut in a string", "4301", "string of 3 bytes, but only 1"},
		{"cut in an array", "8301", "input ends before"},
		{"string of 2^64-1 bytes", "5bffffffffffffffff", "at most"},
		{"array of 2^64-1 items", "9bffffffffffffffff", "at most"},
		{"array of more than is left", "8400000000"[:8], "input ends before"},
		{"arrays that share what is left", "8382" + "0000", "input ends before"},
		{"not UTF-8", "62c328", "not UTF-8"},
		{"surrogate in UTF-8", "63eda080", "not UTF-8"},
		{"CID as text", "d82a6100", "want byte string"},
		{"CID as tag in tag", "d82ad82a4100", "want byte string"},
		{"CID without bytes", "d82a40", "without the prefix"},
		{"CID without prefix", "d82a4101", "without the prefix"},
		{"CID undefined", "d82a4100", "invalid cid"},
		{"CID version 2", "d82a450002550000", "invalid cid"},
		{"CID with trailing bytes", "d82a47000155000000ff", "invalid cid"},
		{"CID with a long varint", "d82a470081005500" + "0000", "invalid cid"},
		{"CID too long", "d82a58a2" + strings.Repeat("00", 162), "at most 161"},
		{"17 arrays deep", strings.Repeat("81", 16) + "80", "more than 16 deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in, err := hex.DecodeString(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if err := Valid(in, Limits{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Valid: got %v, want ...%s...", err, c.want)
			}
			r := NewReader(in, Limits{})
			r.Item()
			if err := r.Done(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Item: got %v, want ...%s...", err, c.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	deep := append(bytes.Repeat([]byte{0x81}, 15), 0x80) // 16 arrays
	for _, c := range []struct {
		name string
		in   []byte
		lim  Limits
		ok   bool
	}{
		{"total reached", make([]byte, 1), Limits{Total: 1}, true},
		{"total passed", []byte{0x41, 0}, Limits{Total: 1}, false},
		{"length of bytes reached", []byte{0x41, 0}, Limits{Length: 1}, true},
		{"length of bytes passed", []byte{0x42, 0, 0}, Limits{Length: 1}, false},
		{"length of text passed", []byte{0x62, 'a', 'a'}, Limits{Length: 1}, false},
		{"length of array passed", []byte{0x82, 0, 0}, Limits{Length: 1}, false},
		{"depth by default", deep, Limits{}, true},
		{"depth reached", deep, Limits{Depth: 16}, true},
		{"depth passed", deep, Limits{Depth: 15}, false},
		{"siblings are not deep", []byte{0x83, 0x80, 0x80, 0x80}, Limits{Depth: 2}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := Valid(c.in, c.lim); (err == nil) != c.ok {
				t.Errorf("got %v, want ok %t", err, c.ok)
			}
		})
	}
}

func TestFirstErrorSticks(t *testing.T) {
	r := NewReader([]byte{0x83, 0xf7, 1, 2}, Limits{})
	r.Fields(3)
	r.Uint(9)
	first := r.Err()
	if n, p, s, a, raw := r.Uint(9), r.Bytes(9), r.Text(9), r.Array(9), r.Raw(); n != 0 || p != nil || s != "" || a != 0 || raw != nil {
		t.Errorf("after an error: got %d %x %q %d %x, want zeros", n, p, s, a, raw)
	}
	r.Fail("later")
	if c := r.CID(); c.Defined() || r.Done() != first || first == nil {
		t.Errorf("got %v and %v, want no CID and %v", c, r.Err(), first)
	}
}

func TestReadingTooMuchOrTooLittle(t *testing.T) {
	r := NewReader([]byte{0x82, 1, 2}, Limits{})
	r.Fields(2)
	r.Uint(9)
	if err := r.Done(); err == nil || !strings.Contains(err.Error(), "1 items were not read") {
		t.Errorf("too little: got %v", err)
	}
	r = NewReader([]byte{1, 2}, Limits{})
	r.Uint(9)
	r.Uint(9)
	if err := r.Done(); err == nil || !strings.Contains(err.Error(), "more items") {
		t.Errorf("too much: got %v", err)
	}
}

// Memory follows the input, not what its heads claim. The worst is a []any of
// empty strings: a slot of 16 bytes and a slice header of 24 per input byte.
func TestMemoryIsBoundedByInput(t *testing.T) {
	many := func(item byte) []byte {
		return append(AppendArray(nil, 1<<16), bytes.Repeat([]byte{item}, 1<<16)...)
	}
	var nested []byte // arrays inside each other, each of which claims all bytes after it
	for left := 3 << 14; left > 0; left -= 3 {
		nested = append(nested, 0x99, byte((left-3)>>8), byte(left-3))
	}
	for _, c := range []struct {
		name string
		in   []byte
	}{
		{"bytes claim 2^40", appendHead(nil, majorBytes, 1<<40)},
		{"text claims 2^40", appendHead(nil, majorText, 1<<40)},
		{"array claims 2^40", appendHead(nil, majorArray, 1<<40)},
		{"array claims the maximum", appendHead(nil, majorArray, math.MaxInt64)},
		{"nested claims", nested},
		{"many integers", many(0x17)},
		{"many empty strings", many(0x40)},
		{"many empty texts", many(0x60)},
		{"many empty arrays", many(0x80)},
		{"one long string", AppendBytes(nil, make([]byte, 1<<16))},
	} {
		t.Run(c.name, func(t *testing.T) {
			lim := Limits{Total: math.MaxInt, Depth: math.MaxInt}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			NewReader(c.in, lim).Item()
			runtime.ReadMemStats(&after)
			got, most := after.TotalAlloc-before.TotalAlloc, uint64(40*len(c.in)+4096)
			if got > most {
				t.Errorf("got %d bytes for an input of %d, want at most %d", got, len(c.in), most)
			}
		})
	}
}
