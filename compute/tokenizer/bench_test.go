package tokenizer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	gobuild "go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// goText returns about 8 MB of Go's own sources.
func goText(t testing.TB) []string {
	root := filepath.Join(gobuild.Default.GOROOT, "src")
	var all []string
	size := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "testdata" {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || size > 8<<20 {
			return nil
		}
		data, err := os.ReadFile(path)
		all, size = append(all, string(data)), size+len(data)
		return err
	})
	if err != nil || size == 0 {
		t.Skipf("Go's sources are not at %s: %v", root, err)
	}
	return all
}

// owaspText returns 2.4 MB of English.
func owaspText(t testing.TB) (all []string) {
	f, err := os.Open(shared(t, "data/owasp/records.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewReader(f); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return all
		}
		var r struct{ Text string }
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r.Text)
	}
}

var benchText = sync.OnceValue(func() map[string][]string { return map[string][]string{} })

// benchTokenizer trains a vocabulary of 32768 on both texts, or on the Go sources alone
// where the other is not here.
func benchTokenizer(b *testing.B, c TrainConfig) *Tokenizer {
	b.Helper()
	texts := benchText()
	if len(texts) == 0 {
		texts["go"], texts["owasp"] = goText(b), owaspText(b)
	}
	c.VocabSize = 32768
	t, err := Train(context.Background(), slices.Values(slices.Concat(texts["go"], texts["owasp"])), c)
	if err != nil {
		b.Fatal(err)
	}
	if t.VocabSize() < 32768 {
		b.Fatalf("a vocabulary of %d only", t.VocabSize())
	}
	return t
}

// BenchmarkDecode decodes the ids of the OWASP text, whole.
func BenchmarkDecode(b *testing.B) {
	tok := benchTokenizer(b, TrainConfig{})
	var ids []int32
	size := 0
	for _, s := range benchText()["owasp"] {
		ids, size = tok.AppendEncode(ids, s, 0), size+len(s)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if n := len(tok.Decode(ids)); n != size {
			b.Fatalf("%d bytes of %d", n, size)
		}
	}
}

// BenchmarkTrain makes a vocabulary of 32768 from both texts.
func BenchmarkTrain(b *testing.B) {
	benchTokenizer(b, TrainConfig{})
	size := 0
	for _, texts := range benchText() {
		for _, s := range texts {
			size += len(s)
		}
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		benchTokenizer(b, TrainConfig{})
	}
}

// BenchmarkNew reads a tokenizer.json of 90000 tokens.
func BenchmarkNew(b *testing.B) {
	benchTokenizer(b, TrainConfig{})
	tok, err := Train(context.Background(), slices.Values(slices.Concat(benchText()["go"], benchText()["owasp"])),
		TrainConfig{VocabSize: 90000, MinFrequency: 1})
	if err != nil {
		b.Fatal(err)
	}
	if tok.VocabSize() < 90000 {
		b.Fatalf("a vocabulary of %d only", tok.VocabSize())
	}
	var file bytes.Buffer
	if err := tok.WriteJSON(&file); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(file.Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	for _, c := range []struct {
		name string
		TrainConfig
	}{
		{"gpt2", TrainConfig{Pattern: GPT2}},
		{"llama3", TrainConfig{Pattern: Llama3}},
		{"qwen2", TrainConfig{Pattern: Qwen2, NFC: true}},
	} {
		tok := benchTokenizer(b, c.TrainConfig)
		benchEncode(b, tok, c.name+"/go", benchText()["go"])
		benchEncode(b, tok, c.name+"/owasp", benchText()["owasp"])
	}
	// Characters with byte fallback: the small vocabulary of testdata.
	tok, _ := readFamily(b, "llama2")
	benchEncode(b, tok, "llama2-small/owasp", benchText()["owasp"])
}

func benchEncode(b *testing.B, tok *Tokenizer, name string, texts []string) {
	b.Run(name, func(b *testing.B) {
		size, ids := 0, []int32(nil)
		for _, s := range texts {
			size += len(s)
		}
		b.SetBytes(int64(size))
		b.ReportAllocs()
		for b.Loop() {
			for _, s := range texts {
				ids = tok.AppendEncode(ids[:0], s, 0)
			}
		}
	})
}
