package canon

import (
	"bytes"
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"
)

// link is the CID of an empty raw block.
var link = cid.MustParse("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku")

// Each form is pinned: these bytes never change.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		name string
		item any
		want string
	}{
		{"zero", uint64(0), "00"},
		{"last in the head", uint64(23), "17"},
		{"first of 1 byte", uint64(24), "1818"},
		{"last of 1 byte", uint64(255), "18ff"},
		{"first of 2 bytes", uint64(256), "190100"},
		{"last of 2 bytes", uint64(65535), "19ffff"},
		{"first of 4 bytes", uint64(65536), "1a00010000"},
		{"last of 4 bytes", uint64(math.MaxUint32), "1affffffff"},
		{"first of 8 bytes", uint64(math.MaxUint32 + 1), "1b0000000100000000"},
		{"last of 8 bytes", uint64(math.MaxUint64), "1bffffffffffffffff"},
		{"no bytes", []byte{}, "40"},
		{"bytes", []byte{1, 2, 3}, "43010203"},
		{"24 bytes", make([]byte, 24), "5818" + strings.Repeat("00", 24)},
		{"no text", "", "60"},
		{"text", "ü", "62c3bc"},
		{"no items", []any{}, "80"},
		{"items", []any{uint64(1), "a", []any{}}, "8301616180"},
		{"link", link, "d82a582500" + hex.EncodeToString(link.Bytes())},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := AppendItem(nil, c.item)
			if hex.EncodeToString(got) != c.want {
				t.Errorf("got %x, want %s", got, c.want)
			}
			r := NewReader(got, Limits{})
			again := AppendItem(nil, r.Item())
			if err := r.Done(); err != nil || !bytes.Equal(again, got) {
				t.Errorf("read again: got %x, %v, want %x", again, err, got)
			}
		})
	}
}

// A note is a record as later packages write them.
type note struct {
	Seq  uint64
	Hash [4]byte
	Body []byte
	Tags []string
	Link cid.Cid
}

func (n *note) AppendCanon(b []byte) []byte {
	b = AppendArray(b, 5)
	b = AppendUint(b, n.Seq)
	b = AppendBytes(b, n.Hash[:])
	b = AppendBytes(b, n.Body)
	b = AppendArray(b, len(n.Tags))
	for _, t := range n.Tags {
		b = AppendText(b, t)
	}
	return AppendCID(b, n.Link)
}

func (n *note) ReadCanon(r *Reader) {
	r.Fields(5)
	n.Seq = r.Uint(1000)
	r.Fixed(n.Hash[:])
	n.Body = r.Bytes(8)
	n.Tags = make([]string, r.Array(2))
	for i := range n.Tags {
		n.Tags[i] = r.Text(4)
	}
	n.Link = r.CID()
	if n.Seq == 13 {
		r.Fail("13 is not a number")
	}
}

func aNote() *note {
	return &note{Seq: 7, Hash: [4]byte{1, 2, 3, 4}, Body: []byte("body"), Tags: []string{"a", "bc"}, Link: link}
}

func TestRecord(t *testing.T) {
	b, err := Encode(aNote())
	if err != nil {
		t.Fatal(err)
	}
	var n note
	if err := Decode(b, &n, Limits{}); err != nil {
		t.Fatal(err)
	}
	if again := n.AppendCanon(nil); !bytes.Equal(again, b) {
		t.Errorf("got %x, want %x", again, b)
	}
	for i := range b {
		if err := Decode(b[:i], &n, Limits{}); err == nil {
			t.Errorf("cut at byte %d: got no error", i)
		}
	}
}

// What a record's own limits refuse, with a message that names the reason.
func TestRecordRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*note)
		want   string
	}{
		{"integer over its limit", func(n *note) { n.Seq = 1001 }, "of 1001, at most 1000"},
		{"bytes over their limit", func(n *note) { n.Body = make([]byte, 9) }, "of 9, at most 8"},
		{"text over its limit", func(n *note) { n.Tags[0] = "abcde" }, "of 5, at most 4"},
		{"array over its limit", func(n *note) { n.Tags = make([]string, 3) }, "of 3, at most 2"},
		{"meaning", func(n *note) { n.Seq = 13 }, "13 is not a number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := aNote()
			c.change(n)
			err := Decode(n.AppendCanon(nil), new(note), Limits{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want ...%s...", err, c.want)
			}
		})
	}
}

// What has no canonical form is found before it leaves.
func TestEncodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*note)
		want   string
	}{
		{"text is not UTF-8", func(n *note) { n.Tags[1] = "\xff" }, "not UTF-8"},
		{"undefined link", func(n *note) { n.Link = cid.Undef }, "invalid cid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := aNote()
			c.change(n)
			_, err := Encode(n)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want ...%s...", err, c.want)
			}
		})
	}
}

// A half forgets its second field when it writes.
type half struct{ a, b uint64 }

func (h *half) AppendCanon(b []byte) []byte { return AppendUint(AppendArray(b, 1), h.a) }
func (h *half) ReadCanon(r *Reader)         { r.Fields(2); h.a, h.b = r.Uint(9), r.Uint(9) }

func TestDecodeComparesWithEncode(t *testing.T) {
	err := Decode([]byte{0x82, 1, 2}, new(half), Limits{})
	if err == nil || !strings.Contains(err.Error(), "other bytes") {
		t.Errorf("got %v, want an error about other bytes", err)
	}
}
