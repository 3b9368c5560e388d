package tokenizer

import (
	"path/filepath"
	"testing"
)

// TestText: the bytes of the tokens behind the first one make the text.
func TestText(t *testing.T) {
	tok := loadStories(t)
	ids := tok.Encode("Once upon a time, zwölf Bären €5 ate 🍯!", false)
	got := ""
	for _, id := range ids[1:] {
		got += tok.Text(id)
	}
	d := tok.NewDecoder()
	d.Next(ids[0])
	want := ""
	for _, id := range ids[1:] {
		want += d.Next(id)
	}
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if tok.Text(-1) != "" || tok.Text(1<<30) != "" {
		t.Error("ids that are not in use have a text")
	}
}

func loadStories(t *testing.T) *Tokenizer {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "models", "stories260K", "tokenizer.json")
	tok, err := Load(path)
	if err != nil {
		t.Skipf("no tokenizer of a model: %v", err)
	}
	return tok
}
