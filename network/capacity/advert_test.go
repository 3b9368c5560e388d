package capacity

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

const testNetwork = 7

func testKey(t testing.TB, name string) record.Key {
	t.Helper()
	seed := sha256.Sum256([]byte(name))
	k, err := record.ParseKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// link is a CID that no one has.
func link(name string) cid.Cid { return Place(testNetwork, name, time.Unix(0, 0)) }

var issued = time.UnixMilli(1_700_000_000_123)

func testAdvert() Advert {
	return Advert{
		Issued: issued, Expires: issued.Add(10 * time.Minute), Version: "1.2.3", Arithmetic: []uint64{1, 2},
		Class: CPU, Device: "AMD EPYC 9B45", Cores: 16, Memory: 64 << 30,
		GPUs:  []GPU{{Vendor: "NVIDIA", Model: "H200", Memory: 141 << 30, Driver: "550.54.15", PCI: "0000:0f:00.0"}},
		Speed: Speed{Compute: 900_000, Bandwidth: 200e9, Train: 40_000, Prefill: 300_000, Decode: 25_500},
		Slots: 3, Models: links([]cid.Cid{link("m1"), link("m2")}), Adapters: links([]cid.Cid{link("a1")}), Manifests: []cid.Cid{},
		PriceTrain: 2_000_000, PriceServe: 500_000, Reach: Public,
	}
}

// The bytes of an advert are pinned: they are signed.
func TestAdvertForm(t *testing.T) {
	a := testAdvert()
	b, err := canon.Encode(&a)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	const want = "67cf4dae2692e3ac2359c2814864acc01a3ce73d1fbbb9577cdcb421f865fd28"
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("got %s of %x, want %s", got, b, want)
	}
	var back Advert
	if err := canon.Decode(b, &back, canon.Limits{}); err != nil || !reflect.DeepEqual(a, back) {
		t.Errorf("got %+v, %v, want %+v", back, err, a)
	}
}

func TestAdvertRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Advert)
	}{
		{"versions that fall", func(a *Advert) { a.Arithmetic = []uint64{2, 1} }},
		{"a version twice", func(a *Advert) { a.Arithmetic = []uint64{1, 1} }},
		{"models that fall", func(a *Advert) { slices.Reverse(a.Models) }},
		{"a model twice", func(a *Advert) { a.Models[1] = a.Models[0] }},
		{"too many models", func(a *Advert) { a.Models = make([]cid.Cid, maxLinks+1) }},
		{"a control character", func(a *Advert) { a.Device = "\x1b[2J" }},
		{"a long name", func(a *Advert) { a.Device = strings.Repeat("x", maxText+1) }},
		{"an underflow", func(a *Advert) { a.Memory -= 65 << 30 }},
		{"too many GPUs", func(a *Advert) { a.GPUs = make([]GPU, maxGPUs+1) }},
	} {
		a := testAdvert()
		c.change(&a)
		if err := canon.Decode(a.AppendCanon(nil), new(Advert), canon.Limits{}); err == nil {
			t.Errorf("%s: got no error", c.name)
		}
	}
}

func TestLinksAndLines(t *testing.T) {
	many := []cid.Cid{cid.Undef, link("b"), link("a"), link("b")}
	for i := range 200 {
		many = append(many, link(strings.Repeat("x", i)))
	}
	got := links(many)
	if len(got) > maxLinks || !slices.IsSortedFunc(got, byBytes) || !slices.Contains(got, link("a")) {
		t.Errorf("got %d links", len(got))
	}
	for in, want := range map[string]string{"a\x00b\nc": "abc", "\xffz": "z", strings.Repeat("ä", 100): strings.Repeat("ä", 48)} {
		if got := line(in); got != want {
			t.Errorf("line %q: got %q, want %q", in, got, want)
		}
	}
}

// Only what a peer signs about itself, for now, is an advert.
func TestOpen(t *testing.T) {
	alice, mallory := testKey(t, "alice"), testKey(t, "mallory")
	a := testAdvert()
	good, err := seal(alice, testNetwork, &a)
	if err != nil {
		t.Fatal(err)
	}
	forge := func(change func(*record.Header, *Advert)) record.Verified {
		b := testAdvert()
		h := record.Header{Network: testNetwork, Type: record.Advert, Subject: subject(alice.Public()), Sequence: uint64(b.Issued.UnixMilli())}
		change(&h, &b)
		v, err := record.Seal(mallory, h, b.AppendCanon(nil))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	own := func(change func(*record.Header, *Advert)) record.Verified {
		return forge(func(h *record.Header, b *Advert) { h.Subject = subject(mallory.Public()); change(h, b) })
	}
	for _, c := range []struct {
		name string
		v    record.Verified
		now  time.Time
		want error
	}{
		{"good", good, issued, nil},
		{"good to its end", good, issued.Add(10*time.Minute - 1), nil},
		{"good from a clock that is ahead", good, issued.Add(-tolerance), nil},
		{"expired", good, issued.Add(10 * time.Minute), ErrStale},
		{"from the future", good, issued.Add(-tolerance - 1), ErrStale},
		{"about another peer", forge(func(*record.Header, *Advert) {}), issued, ErrForged},
		{"of another type", own(func(h *record.Header, _ *Advert) { h.Type = record.Offer }), issued, ErrForged},
		{"under another sequence", own(func(h *record.Header, _ *Advert) { h.Sequence++ }), issued, ErrForged},
		{"that lives too long", own(func(_ *record.Header, a *Advert) { a.Expires = a.Issued.Add(MaxTTL + time.Millisecond) }), issued, ErrForged},
		{"that never lives", own(func(_ *record.Header, a *Advert) { a.Expires = a.Issued }), issued, ErrForged},
		{"that cannot be read", own(func(_ *record.Header, a *Advert) { a.Arithmetic = []uint64{2, 1} }), issued, ErrForged},
		{"no record", record.Verified{}, issued, ErrForged},
	} {
		_, err := Open(c.v, c.now)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		rule := Rule(func() time.Time { return c.now })
		if err := rule.Check(c.v); (err == nil) != (c.want == nil) || errors.Is(err, gossip.ErrIgnore) != (c.want == ErrStale) {
			t.Errorf("%s: the rule says %v: forged is blamed, stale is ignored", c.name, err)
		}
	}
}

func FuzzAdvert(f *testing.F) {
	a := testAdvert()
	f.Add(a.AppendCanon(nil))
	f.Fuzz(func(t *testing.T, in []byte) {
		var a Advert
		if canon.Decode(in, &a, canon.Limits{Depth: 3, Total: MaxBytes}) != nil {
			return
		}
		if out, err := canon.Encode(&a); err != nil || !bytes.Equal(out, in) {
			t.Fatalf("got %x, %v, want %x", out, err, in)
		}
		if n := len(a.keys()); n > maxKeys {
			t.Fatalf("%d keys", n)
		}
	})
}
