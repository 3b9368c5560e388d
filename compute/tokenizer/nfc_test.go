package tokenizer

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func nfc(s string) string { return string(appendNFC(nil, []byte(s))) }

func TestNFC(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"accent", "cafe\u0301", "caf\u00e9"},
		{"order", "q\u0323\u0302 q\u0302\u0323", "q\u0323\u0302 q\u0323\u0302"},
		{"singleton", "\u212b\u2126", "\u00c5\u03a9"},
		{"exclusion", "\u0958", "\u0915\u093c"},
		{"hangul", "\u1112\u1161\u11ab", "\ud55c"},
		{"not UTF-8", "e\u0301\xffe\u0301\x80", "\u00e9\xff\u00e9\x80"},
		{"long run", "e" + strings.Repeat("\u0301", 40), "\u00e9" + strings.Repeat("\u0301", 39)},
		{"long run out of order", "a" + strings.Repeat("\u0301\u0323", 20), "\u1ea1" + strings.Repeat("\u0323", 19) + strings.Repeat("\u0301", 20)},
		{"long run and bytes", "e\u0301\xff" + strings.Repeat("\u0301", 40) + "\xfe", "\u00e9\xff" + strings.Repeat("\u0301", 40) + "\xfe"},
		{"mark since Unicode 11 stays", "a\u07fd\u05b3e\u0301", "a\u07fd\u05b3\u00e9"},
		{"pair since Unicode 13 stays", "\U00011935\U00011930e\u0301", "\U00011935\U00011930\u00e9"},
	} {
		if got := nfc(c.in); got != c.want {
			t.Errorf("%s: %+q: got %+q, want %+q", c.name, c.in, got, c.want)
		}
	}
}

// TestCompose: the definition gives what package norm gives, where norm breaks no run.
func TestCompose(t *testing.T) {
	alphabet := []rune("aeoqAEOQ \u0301\u0302\u0308\u0323\u0327\u0338\u0345\u0344\u00e9\u1ea5\u1e9b\u212b\u0dd9\u0dcf\u0dca\u1100\u1161\u11a8\uac00\u0f71\u0f72\u0958\u3099か")
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 2))
		text := make([]rune, 1+r.IntN(12))
		for i := range text {
			text[i] = alphabet[r.IntN(len(alphabet))]
		}
		s := string(text)
		if got, want := string(compose(nil, []byte(s))), norm.NFC.String(s); got != want {
			t.Fatalf("seed %d: %+q: got %+q, want %+q", seed, s, got, want)
		}
	}
}
