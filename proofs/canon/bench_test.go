package canon

import (
	"bytes"
	"testing"
)

func BenchmarkEncode(b *testing.B) {
	n := aNote()
	b.SetBytes(int64(len(n.AppendCanon(nil))))
	for b.Loop() {
		if _, err := Encode(n); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	in, n := aNote().AppendCanon(nil), new(note)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if err := Decode(in, n, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// The input that takes longest to check: as many items as fit.
func BenchmarkValidWorst(b *testing.B) {
	const items = 1 << 20
	in := append(AppendArray(nil, items), bytes.Repeat([]byte{0x17}, items)...)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if err := Valid(in, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
