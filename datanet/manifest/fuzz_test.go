package manifest

import (
	"bytes"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// What any of the payloads accepts it writes again, byte for byte, and it passes
// its own check.
func FuzzPayloads(f *testing.F) {
	c := testCID(f)
	who := []Contributor{{Name: "a", Records: 2, Bytes: 5}}
	for _, v := range []canon.Value{
		&Manifest{Name: "a", Licence: "MIT", Policy: Open, Tags: []string{"x"}, Contributors: who, Stats: Stats{Records: 2}},
		&Manifest{Name: "a", Licence: "MIT", Policy: Reviewed, Version: 3, Parent: c, Curators: make([]record.Account, 2), Contributions: []cid.Cid{testCID(f)}[:0]},
		&Contribution{Licence: "MIT", Contributors: who, Shards: []Shard{{c, 9, 2}}},
		&Contribution{Title: "t", Licence: "CC0-1.0", Contributors: who, Shards: []Shard{{c, 9, 2}}, Report: c},
		&Review{c, true, "good"},
		&Withdrawal{c, []Removal{{1, 0, 5}, {5, 1, 2}}, "bad"},
		&Batch{Sources: []Source{{Name: "a"}}, Records: []Record{{Length: 2, Verbatim: true, Text: "hi"}}},
	} {
		f.Add(v.AppendCanon(nil))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, v := range []canon.Value{new(Manifest), new(Contribution), new(Review), new(Withdrawal), new(Batch)} {
			if canon.Decode(in, v, canon.Limits{}) != nil {
				continue
			}
			if out, err := canon.Encode(v); err != nil || !bytes.Equal(out, in) {
				t.Fatalf("%T: got %x, %v, want %x", v, out, err, in)
			}
			if c, ok := v.(interface{ Check() error }); ok && c.Check() != nil {
				t.Fatalf("%T: accepted, but %v", v, c.Check())
			}
		}
	})
}

// Any expression is read without a panic, and covers itself if it is one.
func FuzzLicence(f *testing.F) {
	for _, s := range []string{"MIT", "(MIT AND 0BSD) OR ISC+", "MIT WITH LLVM-exception", "LicenseRef-x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if l := Licence(s); l.Check() == nil && !l.Covers(l) {
			t.Fatalf("%q does not cover itself", s)
		}
	})
}
