package devnet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRoles(t *testing.T) {
	if _, err := Roles(4); err == nil {
		t.Error("four peers were taken, of which one alone computes for others, want 5 at least")
	}
	for _, n := range []int{5, 6, 9} {
		roles, err := Roles(n)
		if err != nil || len(roles) != n {
			t.Fatalf("%d peers: %d roles, %v", n, len(roles), err)
		}
		seen := map[string]bool{}
		for _, r := range roles {
			if seen[r.Name] || r.Does == "" {
				t.Errorf("%d peers: role %q twice, or without words", n, r.Name)
			}
			seen[r.Name] = true
		}
		if !seen[First] || !seen[Second] || !seen[Gateway] {
			t.Errorf("%d peers: got %v, want %s, %s and %s among them", n, seen, First, Second, Gateway)
		}
	}
}

func TestGoTexts(t *testing.T) {
	const most = 120 << 10
	both, err := GoTexts(most)
	if err != nil {
		t.Skip(err)
	}
	for i, texts := range both {
		if n := size(texts); n > most || n < most/2 {
			t.Errorf("Datanet %d: %d bytes, want at most %d and not far less", i, n, most)
		}
		if contributors(texts) < 8 {
			t.Errorf("Datanet %d: %d contributors, want nearly all of its packages", i, contributors(texts))
		}
		for _, x := range texts {
			if !strings.HasPrefix(x.Key, x.Contributor+"/") || strings.HasSuffix(x.Key, "_test.go") {
				t.Errorf("text %s of %s", x.Key, x.Contributor)
			}
		}
	}
}

func TestFolderTexts(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("ann/a.md", "roses are red")
	if _, err := FolderTexts(dir, 100); err == nil || !strings.Contains(err.Error(), "two folders") {
		t.Errorf("one folder of texts: %v, want an error that says so", err)
	}
	write("bob/deep/b.txt", "violets are blue")
	write("bob/huge.txt", strings.Repeat("x", 101))
	write("bob/picture.png", "no text")
	write(".git/c.txt", "not a text of theirs")
	both, err := FolderTexts(dir, 100)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, texts := range both {
		for _, x := range texts {
			got += x.Contributor + ":" + x.Key + ";"
		}
		got += "|"
	}
	if want := "ann:ann/a.md;|bob/deep:bob/deep/b.txt;|"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := FolderTexts(filepath.Join(dir, "none"), 100); err == nil {
		t.Error("a folder that is not there was read")
	}
}

func TestLines(t *testing.T) {
	var out strings.Builder
	l := &lines{to: &out, by: "> "}
	for _, s := range []string{"one\ntw", "o", "\n\nthr", "ee"} {
		if n, err := l.Write([]byte(s)); n != len(s) || err != nil {
			t.Fatal(n, err)
		}
	}
	l.flush()
	l.flush()
	if got, want := out.String(), "> one\n> two\n> \n> three\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestQuoted(t *testing.T) {
	got := strings.Join(quoted([]string{"a", "", "b c", "it's"}), " ")
	if want := `a '' 'b c' 'it'\''s'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestReason(t *testing.T) {
	for in, want := range map[string]string{
		"step 1\n{\"error\":\"no such model\",\"code\":1}\n": "no such model",
		"peer: killed\n": "peer: killed",
	} {
		if got := reason(in).Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
