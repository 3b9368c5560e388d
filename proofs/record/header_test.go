package record

import (
	"fmt"
	"testing"
)

// Each byte of the header stands where it always stood.
func TestHeaderBytes(t *testing.T) {
	h := testHeader()
	for i := range h.Payload {
		h.Payload[i] = 0x80 + byte(i)
	}
	want := map[int]byte{}
	put := func(at int, bytes ...byte) {
		for i, b := range bytes {
			want[at+i] = b
		}
	}
	put(0, 'o', 'p', 'e', 'n', 'l', 'e', 'd', 'g', 'e', 'r', '/', '1')
	put(12, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08) // network, big-endian
	put(20, 0, 0, 0, 17)                                    // type, big-endian
	for i := range 32 {
		put(24+i, 0x20+byte(i)) // subject
		put(64+i, 0x80+byte(i)) // sha-256 of the payload
	}
	put(56, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18) // sequence, big-endian

	got := h.bytes()
	if len(got) != 96 || len(want) != 96 {
		t.Fatalf("got %d bytes, want 96 (the test names %d)", len(got), len(want))
	}
	for at, b := range got {
		if b != want[at] {
			t.Errorf("byte %d: got %#02x, want %#02x", at, b, want[at])
		}
	}
	if again, err := parseHeader(got, network); err != nil || again != h {
		t.Errorf("parsed: got %+v, %v, want %+v", again, err, h)
	}
}

// The header and the signature lie at fixed offsets of the envelope.
func TestEnvelopeBytes(t *testing.T) {
	v := mustSeal(t, alice, testHeader(), testPayload("hi"))
	b, header := v.Envelope(), v.Header().bytes()
	for _, c := range []struct {
		name      string
		at        int
		got, want string
	}{
		{"heads", 0, string(b[:3]), "\x83\x58\x60"},
		{"header", 3, string(b[3:99]), string(header[:])},
		{"head of the signature", 99, string(b[99:101]), "\x58\x41"},
		{"payload", 166, string(b[166:]), "\x81\x62hi"},
	} {
		if c.got != c.want {
			t.Errorf("%s at byte %d: got %x, want %x", c.name, c.at, c.got, c.want)
		}
	}
}

// The numbers are signed and contracts know them: they never change, a new
// type goes to the end.
func TestTypeNumbers(t *testing.T) {
	for i, typ := range []Type{
		Advert, Manifest, Contribution, Pledge, AuditChallenge, AuditAnswer,
		Offer, Bid, Lease, SegmentCommit, Reveal, OpenSteps, OpenOps, OpenTiles,
		FraudProof, Verdict, Receipt, Statement, EpochSummary, Review, Withdrawal, OpenElement, Publication, Settlement,
	} {
		if int(typ) != i+1 {
			t.Errorf("%s: got %d, want %d", typ, uint32(typ), i+1)
		}
	}
	for x, want := range map[fmt.Stringer]string{
		Type(0): "Type(0)", Type(1): "Advert", Type(7): "Offer", Type(12): "OpenSteps", Type(17): "Receipt",
		Type(19): "EpochSummary", Type(20): "Review", Type(21): "Withdrawal", Type(22): "OpenElement", Type(23): "Publication", Type(24): "Settlement", Type(25): "Type(25)", Network(31337): "31337",
	} {
		if got := x.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
