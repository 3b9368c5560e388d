package canon_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/ipld/go-ipld-prime"
	"github.com/ipld/go-ipld-prime/codec/dagcbor"
	"github.com/ipld/go-ipld-prime/node/basicnode"
	"github.com/multiformats/go-multihash"

	"github.com/openledger/openledger/proofs/canon"
)

// A source draws items. PCG's stream is fixed by its definition.
type source struct{ *rand.PCG }

func (s source) below(n uint64) uint64 { return s.Uint64() % n }

func (s source) bytes() []byte {
	b := make([]byte, s.below(40))
	for i := range b {
		b[i] = byte(s.Uint64())
	}
	return b
}

func (s source) item(depth int) any {
	kind := s.below(6)
	if depth == 0 {
		kind %= 4
	}
	switch kind {
	case 0:
		return s.Uint64() >> s.below(64)
	case 1:
		return s.bytes()
	case 2:
		text := make([]rune, s.below(12))
		for i := range text {
			text[i] = rune(1 + s.below(0xd7ff))
		}
		return string(text)
	case 3:
		sum := sha256.Sum256(s.bytes())
		mh, err := multihash.Encode(sum[:], multihash.SHA2_256)
		if err != nil {
			panic(err)
		}
		return cid.NewCidV1([]uint64{cid.Raw, cid.DagCBOR}[s.below(2)], mh)
	default:
		items := make([]any, s.below(6))
		for i := range items {
			items[i] = s.item(depth - 1)
		}
		return items
	}
}

// 100,000 seeded values in one hash: one line that guards the bits.
func TestAccumulated(t *testing.T) {
	const want = "3883a11a04bfba8d0e4892ffeda7c580e58fa699661bdddfc477b9153f054d2a"
	s, all := source{rand.NewPCG(1, 2)}, sha256.New()
	var b []byte
	for i := range 100_000 {
		b = canon.AppendItem(b[:0], s.item(3))
		r := canon.NewReader(b, canon.Limits{})
		again := canon.AppendItem(nil, r.Item())
		if err := r.Done(); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("value %d: got %x, %v, want %x", i, again, err, b)
		}
		all.Write(b)
	}
	if got := hex.EncodeToString(all.Sum(nil)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Our bytes are DAG-CBOR: go-ipld-prime reads them and writes them again.
func TestDagCBOR(t *testing.T) {
	s := source{rand.NewPCG(3, 4)}
	for i := range 10_000 {
		want := canon.AppendItem(nil, s.item(3))
		node, err := ipld.DecodeUsingPrototype(want, dagcbor.Decode, basicnode.Prototype.Any)
		if err != nil {
			t.Fatalf("value %d: dag-cbor refuses %x: %v", i, want, err)
		}
		got, err := ipld.Encode(node, dagcbor.Encode)
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("value %d: dag-cbor writes %x, %v, want %x", i, got, err, want)
		}
	}
}
