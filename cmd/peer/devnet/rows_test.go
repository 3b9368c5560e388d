package devnet

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRowTexts(t *testing.T) {
	path := writeFile(t, "rows.jsonl", `{"text":"roses are red","by":"ann","n":1}

{"by":"bob","text":"violets are blue"}
{"text":"   ","by":"ann"}
{"text":"sugar","by":7}
{"text":"honey","by":"ann"}
{"text":"too long for a Datanet of 20 bytes, which the small ones fill","by":"bob"}
`)
	both, err := RowTexts(path, Columns{}, 20)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, texts := range both {
		for _, x := range texts {
			got += x.Key + "=" + x.Text + ";"
		}
		got += "|"
	}
	// ann's 18 bytes and bob's 76, of which 20 count, meet 7's 5 on ann's side.
	if want := "7/5=sugar;ann/1=roses are red;|bob/3=violets are blue;|"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	both, err = RowTexts(path, Columns{Text: "by", Contributor: "text"}, 1000)
	if err == nil || !strings.Contains(err.Error(), `rows.jsonl:4: field "text" is empty`) {
		t.Errorf("the fields the other way round: got %v, %v", both, err)
	}
}

// Where one contributor has more than fits, all others still give all they have.
func TestRowsInParts(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, `{"content":"%09d","author":"many"}`+"\n", i)
		if i%100 == 0 {
			fmt.Fprintf(&b, `{"content":"%09d","author":"few-%d"}`+"\n", i, i/100%4)
		}
	}
	const most = 900
	both, err := RowTexts(writeFile(t, "rows.jsonl", b.String()), Columns{}, most)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for i, texts := range both {
		if n := size(texts); n > most {
			t.Errorf("Datanet %d: %d bytes, want at most %d", i, n, most)
		}
		for _, x := range texts {
			seen[x.Contributor]++
		}
	}
	for name, want := range map[string]int{"few-0": 3, "few-1": 3, "few-2": 2, "few-3": 2} {
		if seen[name] != want {
			t.Errorf("%s: %d texts, want all %d", name, seen[name], want)
		}
	}
	if seen["many"] < 50 {
		t.Errorf("many: %d texts, want what the others leave", seen["many"])
	}
}

func TestBadRows(t *testing.T) {
	for _, c := range []struct {
		name, text string
		columns    Columns
		want       string
	}{
		{"empty", "\n\n", Columns{}, "holds no rows"},
		{"no JSON", "{\"text\":\"a\",\"by\":\"b\"}\nroses are red\n", Columns{}, `rows.jsonl:2: not a JSON object; want one a line`},
		{"array", "[1]\n", Columns{}, "not a JSON object"},
		{"null", "null\n", Columns{}, "not a JSON object"},
		{"bytes", "{\"text\":\"\xff\"}\n", Columns{}, "rows.jsonl:1: not UTF-8"},
		{"no contributor", `{"text":"a","licence":"MIT"}`, Columns{}, "none of the fields licence, text is one of contributor, author, by, owner, user: name it with --contributor-column"},
		{"no text", `{"prompt":"a","by":"ann"}`, Columns{}, "name it with --text-column"},
		{"misnamed", `{"text":"a","by":"ann"}`, Columns{Contributor: "poet"}, `no field "poet"; there are by, text`},
		{"missing later", "{\"text\":\"a\",\"by\":\"ann\"}\n{\"text\":\"a\"}\n", Columns{}, `rows.jsonl:2: no field "by"; there are text`},
		{"object", `{"text":{},"by":"ann"}`, Columns{}, `field "text" is not a string`},
		{"nothing", `{"text":null,"by":"ann"}`, Columns{}, `field "text" is not a string`},
		{"one contributor", `{"text":"a","by":"ann"}`, Columns{}, "by one contributor"},
		{"long line", `{"text":"` + strings.Repeat("x", maxRow) + `","by":"ann"}`, Columns{}, "a line is over"},
		{"long texts alone", `{"text":"` + strings.Repeat("x", maxText+1) + `","by":"ann"}`, Columns{}, "holds no rows with text of up to"},
	} {
		if _, err := RowTexts(writeFile(t, "rows.jsonl", c.text), c.columns, 1000); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q in it", c.name, err, c.want)
		}
	}
}

func TestFileTexts(t *testing.T) {
	text := strings.Repeat("Grün ist die Hoffnung\n", 1000)
	both, err := FileTexts(writeFile(t, "book.txt", text), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var all string
	for i, texts := range both {
		for _, x := range texts {
			if x.Contributor != []string{First, Second}[i] || len(x.Text) > maxPart || !utf8.ValidString(x.Text) {
				t.Errorf("text %s of %s with %d bytes", x.Key, x.Contributor, len(x.Text))
			}
			all += x.Text
		}
	}
	if all != text || abs(size(both[0])-size(both[1])) > 100 {
		t.Errorf("%d and %d bytes, want the %d of the file in halves", size(both[0]), size(both[1]), len(text))
	}
	long := strings.Repeat("ü", 5000) // one line
	if both, err = FileTexts(writeFile(t, "line.txt", long), 2000); err != nil || size(both[0]) > 2001 || size(both[1]) > 2001 {
		t.Errorf("%d and %d bytes, %v: want 2000 of each half", size(both[0]), size(both[1]), err)
	}
	for _, x := range append(both[0], both[1]...) {
		if !utf8.ValidString(x.Text) {
			t.Errorf("%s: a character is cut", x.Key)
		}
	}
	if err := Enough(both); err == nil || !strings.Contains(err.Error(), "too little to learn from") {
		t.Errorf("2000 bytes each: %v, want that they are too little", err)
	}
	if _, err := FileTexts(writeFile(t, "picture", "\x89PNG\x00"), 100); err == nil || !strings.Contains(err.Error(), "not text in UTF-8") {
		t.Errorf("a picture: %v", err)
	}
	if _, err := FileTexts(filepath.Join(t.TempDir(), "none"), 100); err == nil {
		t.Error("a file that is not there was read")
	}
}

func abs(n int) int { return max(n, -n) }

func TestOpenings(t *testing.T) {
	got := strings.Join(openings([]Text{{Text: "  To be,\n or not to be"}, {Text: "that " + strings.Repeat("i", 50)}, {Text: "x"}}), "|")
	if want := "To be, or not|that " + strings.Repeat("i", 35); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
