package ingest

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/storage/storetest"
)

// checkEdits says whether edits lead from a source to a text: what they leave
// alone is equal, and nothing is left over.
func checkEdits(t testing.TB, source, text string, edits []manifest.Edit) {
	t.Helper()
	s, d := 0, 0
	for _, e := range edits {
		same, from, to := int(e.Same), int(e.From), int(e.To)
		if s+same+from > len(source) || d+same+to > len(text) || source[s:s+same] != text[d:d+same] {
			t.Fatalf("%q to %q: edits %v", source, text, edits)
		}
		s, d = s+same+from, d+same+to
	}
	if source[s:] != text[d:] {
		t.Fatalf("%q to %q: edits %v leave %q and %q", source, text, edits, source[s:], text[d:])
	}
}

// Every byte of a record's text leads back to the bytes of the file that it was
// made of, through escapes, quotes, cleaning and redaction.
func TestPositions(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		redact           bool
		want             []string // piece of the text <- bytes of the file
	}{
		{"escapes", "a.jsonl", `{"id":1,"text":"one\ntwo \u00e9\ud83d\ude00 \"x\"","n":[{"text":"no"},"}"]}`, false,
			[]string{`one<-one`, "\n<-\\n", `two<-two`, `é<-\u00e9`, `😀<-\ud83d\ude00`, `"<-\"`, `x<-x`, "e\ntwo<-e\\ntwo"}},
		{"cleaned escapes", "a.jsonl", `{"text":"a\r\nb\u0007c e\u0301 end"}`, false, []string{"\n<-\\n", "bc<-b\\u0007c", `é<-e\u0301`, "end<-end"}},
		{"a CSV cell", "a.csv", "n,text\n1,\"say \"\"hi\"\"\r\nthere, you\"\n2,plain\n", false, []string{`say<-say`, `"hi<-""hi`, "there, you<-there, you", "\nth<-\nth"}},
		{"the last cell", "a.csv", "text\nplain\r\n\"quoted\"", false, []string{"plain<-plain", "quoted<-quoted"}},
		{"NFC", "a.txt", "caf\u0065\u0301 au lait", false, []string{"é<-e\u0301", "au<-au", "caf<-caf"}},
		{"redacted", "a.txt", "mail jane@example.org now", true, []string{"mail<-mail", "[e-mail]<-jane@example.org", "now<-now", "e-m<-jane@example.org"}},
		{"redacted escapes", "a.jsonl", `{"text":"mail\n\u006aane@example.org now"}`, true, []string{"[e-mail]<-\\u006aane@example.org", "now<-now"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			config, m := testConfig(t), storetest.NewMemory()
			config.Redact = c.redact
			got, _, err := Add(t.Context(), write(t, t.TempDir(), map[string]string{c.file: c.text}), config, m)
			must(t, err)
			list := items(t, m, datanet(t, m, got))
			for _, want := range c.want {
				text, bytes, _ := strings.Cut(want, "<-")
				found := false
				for _, item := range list {
					at := strings.Index(item.Text, text)
					if at < 0 {
						continue
					}
					found = true
					offset, length, exact := item.Bytes(at, at+len(text))
					if got := c.text[offset : offset+length]; got != bytes || !exact {
						t.Errorf("%q is from %q, %t, want %q (edits %v)", text, got, exact, bytes, item.Edits)
					}
				}
				if !found {
					t.Errorf("%q is in no record", text)
				}
			}
			for _, item := range list {
				checkEdits(t, c.text[item.Offset:item.Offset+item.Length], item.Text, item.Edits)
			}
		})
	}
}

// Any JSON line gives the strings that package json gives, and edits that lead to
// them.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"text":"a\\n\u00e9\ud800x"}`, `{ "a" : [1,{"text":"}"}] , "text" : "b" , "text":"c\/"}`, `{}`, `[]`, `{"te\u0078t":"x"}`, `{"text":null}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		p := piece{length: uint64(len(line))}
		parseJSON(&p, line, Columns{})
		var want map[string]json.RawMessage
		if p.bad != "" {
			return
		}
		var text string
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatalf("%q was read, but %v", line, err)
		}
		if err := json.Unmarshal(want["text"], &text); err != nil || text != p.text {
			t.Fatalf("%q: got %q, want %q, %v", line, p.text, text, err)
		}
		if p.mapped {
			checkEdits(t, string(line), p.text, p.edits)
		}
	})
}

// Any row of CSV gives cells with edits that lead to them.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b", "\"a\"\"b\",c\r\n", "\"x\r\ny\"", "a\rb,\"\"\n", ",,"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, row []byte) {
		cells, err := parseRow(row)
		if err != nil {
			return
		}
		want, err := csv.NewReader(strings.NewReader(string(row))).Read()
		if err != nil || len(want) != len(cells) {
			t.Fatalf("%q: got %d cells, want %q, %v", row, len(cells), want, err)
		}
		line := strings.TrimRight(string(row), "\r\n")
		for i, c := range cells {
			if c.text != want[i] {
				t.Fatalf("%q: got %q, want %q", row, c.text, want[i])
			}
			if edits, ok := c.from([]byte(line)); ok {
				checkEdits(t, line, c.text, edits)
			}
		}
	})
}

// Any two passes compose to one.
func FuzzCompose(f *testing.F) {
	f.Add([]byte{3, 2, 1, 0, 1, 0}, []byte{1, 1, 2, 3, 0, 5})
	f.Add([]byte{0, 5, 0}, []byte{0, 0, 5})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		source := strings.Repeat("s", 300)
		middle, first := edited(source, a, "M")
		text, second := edited(middle, b, "T")
		checkEdits(t, source, middle, first)
		both := compose(first, second)
		// What is the same in all three passes MUST be the same in the composed one
		// at the right place: number the bytes that come from the source.
		from := trace(second, trace(first, numbers(len(source)), len(middle)), len(text))
		got := trace(both, numbers(len(source)), len(text))
		for i := range got {
			if got[i] >= 0 && got[i] != from[i] {
				t.Fatalf("%v then %v is %v: byte %d is of %d, want %d", first, second, both, i, got[i], from[i])
			}
		}
	})
}

func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// trace says for each byte after the edits which it was before, -1: none.
func trace(edits []manifest.Edit, before []int, n int) (after []int) {
	for _, e := range edits {
		after = append(after, before[:e.Same]...)
		before = before[e.Same+e.From:]
		for range e.To {
			after = append(after, -1)
		}
	}
	if after = append(after, before...); len(after) != n {
		panic(fmt.Sprintf("%d bytes, want %d", len(after), n))
	}
	return after
}

// edited applies edits that are drawn from bytes.
func edited(s string, draw []byte, with string) (string, []manifest.Edit) {
	var out strings.Builder
	var e editor
	for len(draw) >= 3 {
		same, from, to := int(draw[0]%32), int(draw[1]%8), int(draw[2]%8)
		draw = draw[3:]
		if len(s) < same+from {
			break
		}
		out.WriteString(s[:same] + strings.Repeat(with, to))
		s = s[same+from:]
		e.keep(same)
		e.replace(from, to)
	}
	return out.String() + s, e.edits
}

// Of real texts in JSON with many escapes every word leads back.
func TestPositionsOWASP(t *testing.T) {
	path := "../../../shared/data/owasp/records.jsonl"
	file, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the shared test data is not beside the repository: ", err)
	}
	config, m := testConfig(t), storetest.NewMemory()
	config.Licence, config.Dir = "CC-BY-SA-4.0", filepath.Join(t.TempDir(), "w")
	c, _, err := Add(t.Context(), path, config, m)
	must(t, err)
	n := 0
	for _, item := range items(t, m, datanet(t, m, c)) {
		checkEdits(t, string(file[item.Offset:item.Offset+item.Length]), item.Text, item.Edits)
		for _, w := range strings.Fields(item.Text) {
			if strings.ContainsAny(w, `"\`) {
				continue
			}
			at := strings.Index(item.Text, w)
			offset, length, exact := item.Bytes(at, at+len(w))
			if got := string(file[offset : offset+length]); !exact || got != w && !strings.Contains(got, `\u`) {
				t.Fatalf("%q is from %q", w, got)
			}
			n++
		}
	}
	t.Logf("%d words", n)
}
