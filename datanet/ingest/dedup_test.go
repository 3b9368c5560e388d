package ingest

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/openledger/openledger/storage/storetest"
)

func words(r *rand.Rand, n int) []string {
	w := make([]string, n)
	for i := range w {
		w[i] = fmt.Sprintf("w%d", r.IntN(5000))
	}
	return w
}

func testIndex(t testing.TB, texts *[]string) *index {
	t.Helper()
	x, err := newIndex(filepath.Join(t.TempDir(), "keys"), indexState{}, func(id uint32) (string, bool, error) { return (*texts)[id], true, nil })
	must(t, err)
	t.Cleanup(func() { must(t, x.close()) })
	return x
}

// Edited copies against a comparison of all with all: what is reported has at
// least the similarity, and of what has 0.85 nearly all is found.
func TestNearDuplicates(t *testing.T) {
	const seed = 1
	r := rand.New(rand.NewPCG(seed, 0))
	var texts []string
	x := testIndex(t, &texts)
	var close, found, unrelated int
	for i := range 600 {
		w := words(r, 200)
		if i%2 == 1 { // a copy of the one before with some words changed
			w = strings.Fields(texts[i-1])
			for range r.IntN(12) {
				w[r.IntN(len(w))] = "changed"
			}
		}
		text := strings.Join(w, " ")
		keys := x.keys(text)
		m, there, err := x.find(text, x.shingles, &keys)
		must(t, err)
		if i%2 == 1 {
			s := jaccard(appendShingles(nil, text), appendShingles(nil, texts[i-1]))
			if s >= 0.85 {
				close++
				if there && m.id == uint32(i-1) {
					found++
				}
			}
			if there && (m.similarity != s || s < Similar) {
				t.Errorf("seed %d, text %d: similarity %v, want %v", seed, i, m.similarity, s)
			}
		} else if there {
			unrelated++
		}
		must(t, x.add(uint32(i), &keys))
		texts = append(texts, text)
	}
	if unrelated > 0 || close < 50 || found*100 < close*98 {
		t.Errorf("seed %d: found %d of %d, and %d that are unrelated", seed, found, close, unrelated)
	}
}

func TestAgainstDatanet(t *testing.T) {
	text := "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
	m := storetest.NewMemory()
	c, _, err := Add(t.Context(), write(t, t.TempDir(), map[string]string{"a.txt": text}), testConfig(t), m)
	must(t, err)
	config := testConfig(t)
	config.Against = datanet(t, m, c).Records(t.Context(), m.Get)
	c, report, err := Add(t.Context(), write(t, t.TempDir(), map[string]string{
		"same.txt": text, "case.txt": strings.ToUpper(text), "near.txt": text + " seventeen", "new.txt": "something else",
	}), config, m)
	must(t, err)
	if c.Records() != 1 || report.Duplicates != 3 {
		t.Errorf("got %d records, %+v", c.Records(), report)
	}
	for _, d := range report.DuplicateList {
		if !d.Datanet || d.Of != "a.txt" {
			t.Errorf("got %+v", d)
		}
	}
}

func TestScan(t *testing.T) {
	aws := "AKIA" + strings.Repeat("A", 16)
	pem := "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n-----END RSA " + "PRIVATE KEY-----"
	for _, c := range []struct{ text, want string }{
		{"write to jane.doe+x@example.org.", "write to [e-mail]."},
		{"key " + aws + " and a@b.io", "key [AWS key] and [e-mail]"},
		{pem + " end", "[private key] end"},
		{"@Override foo@bar a@1.2 x@y.z1 go@1.26", ""},
		{"AKIA is short", ""},
	} {
		want := c.want
		if want == "" {
			want = c.text
		}
		if got, _ := redact(c.text, Scan(c.text)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRedact(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"a.txt": "mail me: a@example.org"})
	for _, on := range []bool{false, true} {
		config, m := testConfig(t), storetest.NewMemory()
		config.Redact = on
		c, report, err := Add(t.Context(), dir, config, m)
		must(t, err)
		item := items(t, m, datanet(t, m, c))[0]
		if got := strings.Contains(item.Text, "@"); got == on || item.Verbatim == on {
			t.Errorf("redact %t: got %q", on, item.Text)
		}
		if want := []Located{{"a.txt", 0, "e-mail", 9}}; !reflect.DeepEqual(report.FindingList, want) {
			t.Errorf("got %+v, want %+v", report.FindingList, want)
		}
	}
}

// Any text is cleaned to a form that cleaning leaves alone, and can be scanned.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"a\r\nb\rc", "a\u0301", "\ufeff\x00", "x@y.zz", "\r\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, edits, ok := clean(s)
		if !ok {
			return
		}
		if again, none, ok := clean(text); !ok || again != text || len(none) > 0 {
			t.Fatalf("%q: got %q, then %q", s, text, again)
		}
		checkEdits(t, s, text, edits)
		redacted, more := redact(text, Scan(text))
		checkEdits(t, text, redacted, more)
		checkEdits(t, s, redacted, compose(edits, more))
		appendShingles(nil, text)
	})
}

func BenchmarkNearDuplicates(b *testing.B) {
	const seed = 2
	r := rand.New(rand.NewPCG(seed, 0))
	texts, size := make([]string, 1000), 0
	for i := range texts {
		texts[i] = strings.Join(words(r, 400), " ")
		size += len(texts[i])
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		x := testIndex(b, &texts)
		for i, text := range texts {
			keys := x.keys(text)
			if _, _, err := x.find(text, x.shingles, &keys); err != nil {
				b.Fatal(err)
			}
			must(b, x.add(uint32(i), &keys))
		}
	}
}
