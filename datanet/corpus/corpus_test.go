package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/safetensors"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/datanet/ingest"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/storetest"
)

const network record.Network = 7

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lines is a source whose author of each line is named before it.
func lines() (text string, texts []string) {
	for i := range 50 {
		s := fmt.Sprintf("Zeile %d über %x – 漢字", i, sha256.Sum256([]byte{byte(i)}))
		texts = append(texts, s)
		text += fmt.Sprintf("{\"text\":%q,\"by\":\"author %d\"}\n", s, i%7)
	}
	return text, texts
}

// world makes a Datanet of JSON lines and one text file, and a tokenizer for it.
func world(t testing.TB) (*storetest.Memory, *manifest.Datanet, *tokenizer.Tokenizer, string) {
	t.Helper()
	dir, m := t.TempDir(), storetest.NewMemory()
	text, texts := lines()
	plain := "This file is plain.\n\nIt has ümlauts, and 漢字, at known places.\n"
	must(t, os.WriteFile(filepath.Join(dir, "a.jsonl"), []byte(text), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "b.txt"), []byte(plain), 0o600))
	secret := sha256.Sum256([]byte("owner"))
	key, err := record.ParseKey(secret[:])
	must(t, err)
	owner := key.Public().Account()
	c, _, err := ingest.Add(t.Context(), dir, ingest.Config{
		Licence: "MIT", Owner: owner, Dir: filepath.Join(t.TempDir(), "w"), Columns: ingest.Columns{Contributor: "by"},
	}, m)
	must(t, err)
	s, err := manifest.SealContribution(key, network, manifest.NewID(owner, "a"), 1, c)
	must(t, err)
	draft := manifest.New("a", "MIT", manifest.Open)
	must(t, draft.Add(s))
	v, err := manifest.SealManifest(key, network, draft.Manifest)
	must(t, err)
	_, err = m.Add(t.Context(), cid.DagCBOR, s.Record().Envelope())
	must(t, err)
	head, err := m.Add(t.Context(), cid.DagCBOR, v.Record().Envelope())
	must(t, err)
	d, err := manifest.Load(t.Context(), head, network, m.Get)
	must(t, err)
	tok, err := tokenizer.Train(t.Context(), slices.Values(texts), tokenizer.TrainConfig{VocabSize: 400})
	must(t, err)
	return m, d, tok, plain
}

// Every token has the owner of its record, and every run of tokens leads back to
// the bytes it was made of.
func TestOwners(t *testing.T) {
	m, d, tok, plain := world(t)
	path := filepath.Join(t.TempDir(), "cache")
	must(t, Build(t.Context(), path, d, tok, m.Get))
	c, err := Open(path, d, tok)
	must(t, err)
	defer c.Close()
	var want []int32
	r := 0
	for item, err := range d.Records(t.Context(), m.Get) {
		must(t, err)
		ids := tok.AppendEncode(nil, item.Text, tokenizer.PlainText)
		for i := range ids {
			at := len(want) + i
			if owner, err := c.OwnerOf(at); err != nil || uint64(owner.Contributor) != item.Contributor {
				t.Fatalf("token %d: got %v, %v, want contributor %d", at, owner, err, item.Contributor)
			}
		}
		want = append(want, ids...)
		r++
	}
	if !slices.Equal(c.Tokens(), want) || c.Records() != r || r != 51 {
		t.Fatalf("got %d tokens of %d records, want %d of %d", len(c.Tokens()), c.Records(), len(want), r)
	}
	spans, err := c.Locate(t.Context(), 0, len(want), d, tok, m.Get)
	must(t, err)
	if len(spans) != r {
		t.Fatalf("got %d spans, want %d", len(spans), r)
	}
	// Of the plain file, whose records are verbatim, every run of tokens.
	from, to, _ := c.Record(r - 1)
	for i := from; i < to; i++ {
		spans, err := c.Locate(t.Context(), i, min(i+3, to), d, tok, m.Get)
		must(t, err)
		offset, length := spans[0].Source()
		got := plain[offset : offset+length]
		if !spans[0].Exact || got != spans[0].Item.Text[spans[0].From:spans[0].To] {
			t.Errorf("tokens from %d: got %q, %+v", i, got, spans[0])
		}
		if decoded := strings.Trim(tok.Decode(c.Tokens()[i:min(i+3, to)]), "\ufffd"); !strings.Contains(got, decoded) {
			t.Errorf("tokens from %d are %q, located at %q", i, decoded, got)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	m, d, tok, _ := world(t)
	path := filepath.Join(t.TempDir(), "cache")
	must(t, Build(t.Context(), path, d, tok, m.Get))
	good, err := os.ReadFile(path)
	must(t, err)
	for i := 0; i < len(good); i += 97 {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		must(t, os.WriteFile(path, bad, 0o600))
		if _, err := Open(path, d, tok); err == nil {
			t.Fatalf("byte %d was altered and nobody noticed", i)
		}
		must(t, os.WriteFile(path, good[:i], 0o600))
		if _, err := Open(path, d, tok); err == nil {
			t.Fatalf("cut at byte %d and nobody noticed", i)
		}
	}
	must(t, os.WriteFile(path, good, 0o600))
	other, err := tokenizer.Train(t.Context(), slices.Values([]string{"abcabc"}), tokenizer.TrainConfig{VocabSize: 258})
	must(t, err)
	if _, err := Open(path, d, other); !errors.Is(err, ErrStale) {
		t.Errorf("another tokenizer: got %v, want %v", err, ErrStale)
	}
}

// Reading through all tokens with their owners.
func BenchmarkRead(b *testing.B) {
	const records, each = 1 << 14, 1 << 10
	c := &Corpus{n: records, tokens: make([]int32, records*each), records: make([]byte, records*recordSize)}
	for r := range records {
		c.records[r*recordSize+1] = byte(r << 2)
		c.records[r*recordSize+2] = byte(r >> 6)
		c.records[r*recordSize+3] = byte(r >> 14)
	}
	b.SetBytes(4 * records * each)
	for b.Loop() {
		sum := uint64(0)
		for r := range c.Records() {
			from, to, owner := c.Record(r)
			for _, id := range c.Tokens()[from:to] {
				sum += uint64(id) ^ uint64(owner.Contributor)
			}
		}
		_ = sum
	}
}

// Opening a cache, which checks all of it, and reading through its pages.
func BenchmarkOpenAndRead(b *testing.B) {
	const records, each = 1 << 14, 1 << 10
	path := filepath.Join(b.TempDir(), "cache")
	rest := make([]byte, records*recordSize+4*records*each)
	for r := range records {
		binary.LittleEndian.PutUint64(rest[r*recordSize:], uint64(r*each))
	}
	head := append([]byte(magic), make([]byte, 64)...)
	full := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(bytes.Clone(head), records*each), records)
	must(b, writeCache(path, full, bytes.NewReader(rest)))
	b.SetBytes(4 * records * each)
	for b.Loop() {
		data, unmap, err := safetensors.MapFile(path)
		must(b, err)
		c := &Corpus{data: data, unmap: unmap}
		must(b, c.parse(head))
		sum := uint64(0)
		for r := range c.Records() {
			from, to, owner := c.Record(r)
			for _, id := range c.Tokens()[from:to] {
				sum += uint64(id) ^ uint64(owner.Contributor)
			}
		}
		must(b, c.Close())
	}
}

// Whatever the file of a cache holds, it is refused or can be used: hashes that
// are right do not make numbers right.
func FuzzParse(f *testing.F) {
	head := append([]byte(magic), make([]byte, 64)...)
	seed := func(tokens, records uint64, rest []byte) []byte {
		b := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, tokens), records)
		return append(b, rest...)
	}
	good := make([]byte, 2*recordSize+12)
	binary.LittleEndian.PutUint64(good[recordSize:], 2)
	f.Add(seed(3, 2, good))
	f.Add(seed(3, 1<<60, good))
	binary.LittleEndian.PutUint64(good[recordSize:], 9)
	f.Add(seed(3, 2, good))
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) < 16 {
			return
		}
		b := append(bytes.Clone(head), in[:16]...)
		hash := sha256.New()
		hash.Write(b)
		hash.Write(in[16:])
		c := &Corpus{data: append(hash.Sum(b), in[16:]...)}
		if c.parse(head) != nil {
			return
		}
		for i := range c.Records() {
			if from, to, _ := c.Record(i); from > to || to > len(c.Tokens()) {
				t.Fatalf("record %d: tokens %d to %d of %d", i, from, to, len(c.Tokens()))
			}
		}
		for i := range c.Tokens() {
			if _, err := c.OwnerOf(i); err != nil {
				t.Fatal(err)
			}
		}
	})
}
