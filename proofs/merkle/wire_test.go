package merkle

import (
	"reflect"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
)

func TestWire(t *testing.T) {
	tree := NewTree(SHA256, fuzzLeaves(77))
	one, err := tree.Prove(41)
	if err != nil {
		t.Fatal(err)
	}
	many, err := tree.ProveMany([]uint64{0, 41, 42, 76})
	if err != nil {
		t.Fatal(err)
	}
	indexed, err := NewIndexed(Keccak256, 32).Prove(5)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in, out, longer canon.Value
	}{
		{&one, &Proof{}, &Proof{Path: make([]Digest, maxDepth+1)}},
		{&many, &MultiProof{}, &MultiProof{Indices: make([]uint64, maxMany+1)}},
		{&indexed, &IndexProof{}, &IndexProof{Path: make([]Digest, maxDepth+1)}},
	} {
		b, err := canon.Encode(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if err := canon.Decode(b, c.out, canon.Limits{}); err != nil || !reflect.DeepEqual(c.in, c.out) {
			t.Errorf("got %v, %v, want %v", c.out, err, c.in)
		}
		if err := canon.Decode(c.longer.AppendCanon(nil), c.out, canon.Limits{}); err == nil {
			t.Errorf("%T: no error above the limit", c.out)
		}
	}
	short := canon.AppendBytes(canon.AppendUint(canon.AppendArray(nil, 2), 5), make([]byte, 31))
	if err := canon.Decode(short, &IndexProof{}, canon.Limits{}); err == nil {
		t.Error("no error for a path of 31 bytes")
	}
}

// FuzzWire decodes, encodes and compares, which canon.Decode does by itself.
func FuzzWire(f *testing.F) {
	f.Add(byte(0), (&Proof{Index: 3, Size: 9, Path: make([]Digest, 2)}).AppendCanon(nil))
	f.Add(byte(1), (&MultiProof{Indices: []uint64{1, 2}, Size: 9, Path: make([]Digest, 1)}).AppendCanon(nil))
	f.Add(byte(2), (&IndexProof{Index: 7, Path: make([]Digest, 3)}).AppendCanon(nil))
	f.Fuzz(func(t *testing.T, kind byte, b []byte) {
		v := []canon.Value{&Proof{}, &MultiProof{}, &IndexProof{}}[kind%3]
		if canon.Decode(b, v, canon.Limits{}) == nil && canon.Valid(b, canon.Limits{}) != nil {
			t.Fatal("decoded what is not canonical")
		}
	})
}
