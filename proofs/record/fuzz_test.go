package record

import (
	"bytes"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
)

// What opens is canonical, has the header it says, and evidence against itself
// is none. Nothing panics.
func FuzzOpen(f *testing.F) {
	good := mustSeal(f, alice, testHeader(), testPayload("hello"))
	f.Add(good.Envelope())
	f.Add(upper(good.Envelope()))
	f.Fuzz(func(t *testing.T, in []byte) {
		v, err := Open(in, network)
		if err != nil {
			return
		}
		if !bytes.Equal(v.Envelope(), in) || canon.Valid(in, canon.Limits{}) != nil {
			t.Fatalf("opened %x, which is not what it keeps or not canonical", in)
		}
		if header := v.Header().bytes(); !bytes.Equal(header[:], in[headerAt:headerAt+HeaderSize]) {
			t.Fatalf("header: got %x of %x", header, in)
		}
		if again, err := OfPeer(v.Signer().PeerID()); err != nil || again != v.Signer() {
			t.Fatalf("signer: got %v, %v, want %v", again, err, v.Signer())
		}
		if _, is := Equivocates(v, v); is {
			t.Fatal("a record contradicts itself")
		}
	})
}

// What is sealed opens, with everything that was put in.
func FuzzSeal(f *testing.F) {
	f.Add([]byte("secret"), uint64(1), uint32(Offer), []byte("subject"), uint64(0), testPayload("hello"))
	f.Fuzz(func(t *testing.T, secret []byte, net uint64, typ uint32, subject []byte, seq uint64, payload []byte) {
		key := testKey(string(secret))
		h := Header{Network: Network(net), Type: Type(typ), Sequence: seq}
		copy(h.Subject[:], subject)
		v, err := Seal(key, h, payload)
		ok := net != 0 && h.Type.Known() && canon.Valid(payload, canon.Limits{Depth: 15, Total: MaxSize - payloadAt}) == nil
		if (err == nil) != ok {
			t.Fatalf("got %v, want ok %t", err, ok)
		}
		if !ok {
			return
		}
		got := v.Header()
		got.Payload = [32]byte{}
		if got != h || v.Signer() != key.Public() || !bytes.Equal(v.Payload(), payload) {
			t.Fatalf("got %+v by %s, want %+v by %s", got, v.Signer().Account(), h, key.Public().Account())
		}
	})
}

// Evidence of any bytes convicts nobody or reads the same again.
func FuzzEquivocation(f *testing.F) {
	e, _ := Equivocates(
		mustSeal(f, alice, testHeader(), testPayload("yes")),
		mustSeal(f, alice, testHeader(), testPayload("no")))
	f.Add(e.AppendCanon(nil))
	f.Fuzz(func(t *testing.T, in []byte) {
		var e Equivocation
		if canon.Decode(in, &e, canon.Limits{}) != nil {
			return
		}
		if out := e.AppendCanon(nil); !bytes.Equal(out, in) {
			t.Fatalf("got %x, want %x", out, in)
		}
		if _, err := e.Verify(network); err == nil && bytes.Equal(e[0].Header[:], e[1].Header[:]) {
			t.Fatalf("convicted by one header: %x", in)
		}
	})
}
