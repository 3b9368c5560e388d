package canon

import (
	"bytes"
	"encoding/hex"
	"testing"
)

// Decode then encode gives the same bytes, or an error.
func FuzzItem(f *testing.F) {
	f.Add(aNote().AppendCanon(nil))
	for _, seed := range []string{"00", "1bffffffffffffffff", "83016161820080", "9f01ff", "a0", "f97e00", "c000", "d82a4100", "9bffffffffffffffff"} {
		b, err := hex.DecodeString(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		r := NewReader(in, Limits{})
		item := r.Item()
		err := r.Done()
		if valid := Valid(in, Limits{}); (err == nil) != (valid == nil) {
			t.Fatalf("Item says %v, Valid says %v", err, valid)
		}
		if err != nil {
			return
		}
		if out := AppendItem(nil, item); !bytes.Equal(out, in) {
			t.Fatalf("got %x, want %x", out, in)
		}
	})
}

// The same for a record.
func FuzzRecord(f *testing.F) {
	f.Add(aNote().AppendCanon(nil))
	f.Fuzz(func(t *testing.T, in []byte) {
		var n note
		if Decode(in, &n, Limits{}) != nil {
			return
		}
		if out, err := Encode(&n); err != nil || !bytes.Equal(out, in) {
			t.Fatalf("got %x, %v, want %x", out, err, in)
		}
	})
}

// Any sequence of reads on any bytes ends without a panic.
func FuzzReader(f *testing.F) {
	f.Add([]byte{4, 0, 2, 5, 3, 1}, aNote().AppendCanon(nil))
	f.Fuzz(func(t *testing.T, reads, in []byte) {
		r := NewReader(in, Limits{Depth: 8, Length: 64})
		for _, read := range reads {
			max := int(read >> 3)
			switch read & 7 {
			case 0:
				r.Uint(uint64(max))
			case 1:
				r.Bytes(max)
			case 2:
				r.Text(max)
			case 3:
				r.Array(max)
			case 4:
				r.Fields(max)
			case 5:
				r.CID()
			case 6:
				r.Fixed(make([]byte, max))
			case 7:
				if raw := r.Raw(); raw != nil && Valid(raw, Limits{}) != nil {
					t.Fatalf("Raw returned %x, which is not valid", raw)
				}
			}
		}
		if r.Done() == nil && Valid(in, Limits{}) != nil {
			t.Fatalf("read %x to its end, but it is not valid", in)
		}
	})
}
