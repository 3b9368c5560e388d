package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
)

const network Network = 0x0102030405060708

// testKey makes a key of a seed, for tests only.
func testKey(seed string) Key {
	secret := sha256.Sum256([]byte(seed))
	key, err := ParseKey(secret[:])
	if err != nil {
		panic(err)
	}
	return key
}

var (
	alice = testKey("alice")
	bob   = testKey("bob")
)

func testHeader() Header {
	h := Header{Network: network, Type: Receipt, Sequence: 0x1112131415161718}
	for i := range h.Subject {
		h.Subject[i] = 0x20 + byte(i)
	}
	return h
}

// testPayload is the array [text].
func testPayload(text string) []byte {
	return canon.AppendText(canon.AppendArray(nil, 1), text)
}

func mustSeal(t testing.TB, key Key, h Header, payload []byte) Verified {
	t.Helper()
	v, err := Seal(key, h, payload)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSealThenOpen(t *testing.T) {
	payload := testPayload("hello")
	sealed := mustSeal(t, alice, testHeader(), payload)
	opened, err := Open(sealed.Envelope(), network)
	if err != nil {
		t.Fatal(err)
	}
	want := testHeader()
	want.Payload = sha256.Sum256(payload)
	for _, v := range []Verified{sealed, opened} {
		if v.Header() != want {
			t.Errorf("header: got %+v, want %+v", v.Header(), want)
		}
		if v.Signer() != alice.Public() {
			t.Errorf("signer: got %s, want %s", v.Signer().Account(), alice.Public().Account())
		}
		if !bytes.Equal(v.Payload(), payload) {
			t.Errorf("payload: got %x, want %x", v.Payload(), payload)
		}
	}
	if got := mustSeal(t, alice, testHeader(), payload).Envelope(); !bytes.Equal(got, sealed.Envelope()) {
		t.Errorf("sealed again: got %x, want %x", got, sealed.Envelope())
	}
}

// Whoever writes to what Open took or gave does not change the Verified.
func TestVerifiedIsFrozen(t *testing.T) {
	envelope := mustSeal(t, alice, testHeader(), testPayload("hello")).Envelope()
	v, err := Open(envelope, network)
	if err != nil {
		t.Fatal(err)
	}
	clear(envelope)
	clear(v.Payload())
	clear(v.Envelope())
	if _, err := Open(v.Envelope(), network); err != nil || !bytes.Equal(v.Payload(), testPayload("hello")) {
		t.Errorf("got %v and payload %x", err, v.Payload())
	}
}

func TestZeroVerifiedIsNoRecord(t *testing.T) {
	var v Verified
	if v.Header().Type.Known() || v.Payload() != nil || v.Envelope() != nil || v.Signer() != (PublicKey{}) {
		t.Errorf("got %+v, want nothing", v)
	}
}

func TestSealRefuses(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(*Header)
		payload []byte
		want    error
	}{
		{"no network", func(h *Header) { h.Network = 0 }, testPayload("a"), ErrNetwork},
		{"no type", func(h *Header) { h.Type = 0 }, testPayload("a"), ErrType},
		{"a type to come", func(h *Header) { h.Type = Settlement + 1 }, testPayload("a"), ErrType},
		{"no payload", func(h *Header) {}, nil, ErrForm},
		{"two payloads", func(h *Header) {}, []byte{1, 2}, ErrForm},
		{"a payload that is not canonical", func(h *Header) {}, []byte{0xf4}, ErrForm},
		{"a text that is not UTF-8", func(h *Header) {}, testPayload("\xff"), ErrForm},
		{"too large", func(h *Header) {}, canon.AppendBytes(nil, make([]byte, MaxSize)), ErrForm},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := testHeader()
			c.change(&h)
			if _, err := Seal(alice, h, c.payload); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(b []byte) []byte
		want   error
	}{
		{"nothing", func(b []byte) []byte { return nil }, ErrForm},
		{"cut", func(b []byte) []byte { return b[:len(b)-1] }, ErrForm},
		{"trailing byte", func(b []byte) []byte { return append(b, 0) }, ErrForm},
		{"four fields", func(b []byte) []byte { b[0]++; return append(b, 0) }, ErrForm},
		{"another magic", func(b []byte) []byte { b[headerAt+11] = '2'; return b }, ErrForm},
		{"another network", func(b []byte) []byte { b[headerAt+networkAt]++; return b }, ErrNetwork},
		{"unknown type", func(b []byte) []byte { b[headerAt+typeAt]++; return b }, ErrType},
		{"another payload", func(b []byte) []byte { b[len(b)-1]++; return b }, ErrPayload},
		{"v 0", func(b []byte) []byte { b[signatureAt+vAt] = 0; return b }, ErrSignature},
		{"v 29", func(b []byte) []byte { b[signatureAt+vAt] = 29; return b }, ErrSignature},
		{"v 31, compressed in other places", func(b []byte) []byte { b[signatureAt+vAt] += 4; return b }, ErrSignature},
		{"r 0", func(b []byte) []byte { clear(b[signatureAt : signatureAt+32]); return b }, ErrSignature},
		{"s 0", func(b []byte) []byte { clear(b[signatureAt+32 : signatureAt+64]); return b }, ErrSignature},
		{"r of the group order", func(b []byte) []byte { copy(b[signatureAt:], order); return b }, ErrSignature},
		{"s of the group order", func(b []byte) []byte { copy(b[signatureAt+32:], order); return b }, ErrSignature},
		{"upper s", upper, ErrSignature},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := mustSeal(t, alice, testHeader(), testPayload("hello")).Envelope()
			if _, err := Open(c.change(b), network); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// order is n of secp256k1 (SEC 2, section 2.4.1).
var order, _ = hex.DecodeString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")

// upper turns the signature (r, s, v) into its twin (r, n-s, other v), which
// plain ECDSA accepts too.
func upper(b []byte) []byte {
	s := b[signatureAt+32 : signatureAt+64]
	borrow := 0
	for i := 31; i >= 0; i-- {
		d := int(order[i]) - int(s[i]) - borrow
		borrow = 0
		if d < 0 {
			d, borrow = d+256, 1
		}
		s[i] = byte(d)
	}
	b[signatureAt+vAt] ^= 27 ^ 28
	return b
}

// No flipped bit passes as alice's: the record is refused or, if the bit is of
// the header or the signature, it may name a stranger.
func TestFlippedBits(t *testing.T) {
	good := mustSeal(t, alice, testHeader(), testPayload("hello")).Envelope()
	for bit := range 8 * len(good) {
		b := bytes.Clone(good)
		b[bit/8] ^= 1 << (bit % 8)
		v, err := Open(b, network)
		if err != nil {
			continue
		}
		if v.Signer() == alice.Public() {
			t.Errorf("bit %d: opened as signed by alice", bit)
		}
		if bit/8 >= payloadAt {
			t.Errorf("bit %d: another payload opened", bit)
		}
	}
}
