package train

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// byteText is a tokenizer of bytes with BOS 256 and EOS 257.
func byteText(length int) Text {
	return Text{
		Encode: func(text string, special bool) []int32 {
			var out []int32
			for i := 0; i < len(text); i++ {
				out = append(out, int32(text[i]))
			}
			return out
		},
		Render: func(messages []Message, generate bool) (string, error) {
			var b strings.Builder
			for _, m := range messages {
				b.WriteString(m.Role[:1] + ":" + m.Content + ";")
			}
			if generate {
				b.WriteString("a:")
			}
			return b.String(), nil
		},
		BOS: 256, EOS: 257, Length: length,
	}
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// learnt spells the targets of a sample, '.' where there is none.
func learnt(s Sample) string {
	var b strings.Builder
	for _, id := range s.Targets {
		switch {
		case id == NoTarget:
			b.WriteByte('.')
		case id == 257:
			b.WriteByte('$')
		default:
			b.WriteByte(byte(id))
		}
	}
	return b.String()
}

func TestReadForms(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"text", `{"text":"hello","id":7}`, "hello$"},
		{"pair", `{"prompt":"ab","completion":"cd"}`, "..cd$"},
		{"instruction", `{"instruction":"x","input":"","output":"yz"}`, "...yz$"},
		{"chat", `{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"r"},{"role":"user","content":"s"},{"role":"assistant","content":"t"}]}`,
			".....r;......t;"},
	} {
		got, err := byteText(100).Read(write(t, "d.jsonl", c.line+"\n\n"))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if len(got) != 1 || learnt(got[0]) != c.want {
			t.Errorf("%s: got %q, want %q", c.name, learnt(got[0]), c.want)
		}
	}
}

func TestReadFolder(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"b.txt": "bb", "a.go": "aa", ".hidden": "no", "c.bin": "\x00\xff"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := byteText(8).Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	var text []string
	for _, s := range got {
		text = append(text, learnt(s))
	}
	if want := []string{"aa$", "bb$"}; !reflect.DeepEqual(text, want) {
		t.Errorf("got %q, want %q", text, want)
	}
}

func TestReadRefuses(t *testing.T) {
	noTemplate := byteText(4)
	noTemplate.Render = nil
	for _, c := range []struct {
		text Text
		name string
		data string
		want string
	}{
		{byteText(4), "d.jsonl", "", "nothing to learn"},
		{byteText(4), "d.jsonl", "{\"text\":\"a\"}\n{oops", "d.jsonl:2: not a JSON object"},
		{byteText(4), "d.jsonl", `{"title":"a"}`, `has none of "text"`},
		{byteText(4), "d.jsonl", `{"text":3}`, "not a JSON object of a known form"},
		{byteText(4), "d.jsonl", `{"prompt":"abc","completion":"def"}`, "longer than the training length of 4"},
		{noTemplate, "d.jsonl", `{"messages":[{"role":"user","content":"q"}]}`, "no chat template"},
		{byteText(4), "d.txt", "\xff\xfe", "not UTF-8 text"},
	} {
		_, err := c.text.Read(write(t, c.name, c.data))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q", c.data, err, c.want)
		}
	}
	if _, err := byteText(4).Read(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("absent file: no error")
	}
}

// TestOrigins: each window of a record leads back to it and to whose it is.
func TestOrigins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.jsonl")
	lines := `{"text": "abcdefgh", "contributor": "ann"}` + "\n" + `{"text": "ab", "contributor": "bob", "account": "0x01"}` + "\n\n" + `{"prompt": "a", "completion": "b", "contributor": {"id": 7}}` + "\n"
	if err := os.WriteFile(path, []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	text := Text{Encode: func(s string, _ bool) (ids []int32) {
		for _, c := range s {
			ids = append(ids, int32(c))
		}
		return ids
	}, BOS: -1, EOS: -1, Length: 4}
	samples, from, err := text.ReadOwned(path)
	want := []Origin{{0, "ann"}, {0, "ann"}, {1, "0x01"}, {2, ""}}
	if err != nil || len(samples) != len(want) || !slices.Equal(from, want) {
		t.Errorf("got %v of %d samples, %v, want %v", from, len(samples), err, want)
	}
}
