package record

import (
	"crypto/sha256"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
)

func TestEquivocates(t *testing.T) {
	first := mustSeal(t, alice, testHeader(), testPayload("yes"))
	for _, c := range []struct {
		name   string
		key    Key
		change func(*Header)
		text   string
		want   bool
	}{
		{"another payload", alice, func(h *Header) {}, "no", true},
		{"the same record", alice, func(h *Header) {}, "yes", false},
		{"another signer", bob, func(h *Header) {}, "no", false},
		{"another network", alice, func(h *Header) { h.Network++ }, "no", false},
		{"another type", alice, func(h *Header) { h.Type++ }, "no", false},
		{"another subject", alice, func(h *Header) { h.Subject[31]++ }, "no", false},
		{"the next sequence", alice, func(h *Header) { h.Sequence++ }, "no", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := testHeader()
			c.change(&h)
			second := mustSeal(t, c.key, h, testPayload(c.text))
			e, got := Equivocates(first, second)
			mirrored, again := Equivocates(second, first)
			if got != c.want || again != c.want {
				t.Fatalf("got %t and mirrored %t, want %t", got, again, c.want)
			}
			signer, err := e.Verify(network)
			if (err == nil) != c.want {
				t.Errorf("Verify: got %v, want ok %t", err, c.want)
			}
			if c.want && (signer != alice.Public() || mirrored != e) {
				t.Errorf("got signer %s, mirrored equal %t", signer.Account(), mirrored == e)
			}
		})
	}
	if _, got := Equivocates(Verified{}, Verified{}); got {
		t.Error("two zero records equivocate")
	}
}

func TestEquivocationTravels(t *testing.T) {
	e, _ := Equivocates(
		mustSeal(t, alice, testHeader(), testPayload("yes")),
		mustSeal(t, alice, testHeader(), testPayload("no")))
	b, err := canon.Encode(&e)
	if err != nil {
		t.Fatal(err)
	}
	var got Equivocation
	if err := canon.Decode(b, &got, canon.Limits{}); err != nil || got != e {
		t.Errorf("got %x, %v, want %x", got, err, e)
	}
}

// Evidence that someone made up convicts nobody.
func TestEquivocationRefuses(t *testing.T) {
	good, _ := Equivocates(
		mustSeal(t, alice, testHeader(), testPayload("yes")),
		mustSeal(t, alice, testHeader(), testPayload("no")))
	signBy := func(key Key, s *Signed) { s.Signature = key.Sign(sha256.Sum256(s.Header[:])) }
	for _, c := range []struct {
		name   string
		change func(*Equivocation)
		on     Network
	}{
		{"in the other order", func(e *Equivocation) { e[0], e[1] = e[1], e[0] }, network},
		{"one record twice", func(e *Equivocation) { e[1] = e[0] }, network},
		{"of two signers", func(e *Equivocation) { signBy(bob, &e[1]) }, network},
		{"of another network", func(e *Equivocation) {}, network + 1},
		{"of no known type", func(e *Equivocation) {
			for i := range e {
				e[i].Header[typeAt] = 1
				signBy(alice, &e[i])
			}
		}, network},
		{"a header changed after signing", func(e *Equivocation) { e[1].Header[placeSize] = 0xff }, network},
		{"a signature lost", func(e *Equivocation) { e[1].Signature = Signature{} }, network},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := good
			c.change(&e)
			if signer, err := e.Verify(c.on); err == nil {
				t.Errorf("convicted %s", signer.Account())
			}
		})
	}
}
