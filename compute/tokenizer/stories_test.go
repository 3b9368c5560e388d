package tokenizer

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// shared is a folder beside the repository with data that is not committed.
func shared(t testing.TB, path string) string {
	t.Helper()
	path = filepath.Join("../../../shared", path)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not here; put the shared folder beside the repository to run this test", path)
	}
	return path
}

// TestStories checks the tokenizer of a real checkpoint against ids from an independent decoder.
func TestStories(t *testing.T) {
	dir := shared(t, "models/stories260K")
	tok, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "golden.json"))
	if err != nil {
		t.Fatal(err)
	}
	var golden struct {
		Cases []struct {
			Prompt    string
			PromptIDs []int32 `json:"prompt_ids"`
		}
	}
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	for _, c := range golden.Cases {
		got := tok.Encode(c.Prompt, true)
		if !slices.Equal(got, c.PromptIDs) {
			t.Errorf("%q: got %v, want %v", c.Prompt, got, c.PromptIDs)
		}
		if text := tok.DecodeText(got); text != c.Prompt {
			t.Errorf("decode: got %q, want %q", text, c.Prompt)
		}
	}
	if bos, ok := tok.BOS(); !ok || bos != 1 || !slices.Equal(tok.EOS(), []int32{2}) {
		t.Errorf("begin %d %t, end %v; want 1 true, [2]", bos, ok, tok.EOS())
	}
	if n := tok.VocabSize(); n != 512 {
		t.Errorf("vocabulary of %d, want 512", n)
	}
}
