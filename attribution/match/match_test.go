package match

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

var corpusID = [32]byte{1, 2, 3}

// build returns the open index of records.
func build(t testing.TB, vocabulary int, records ...[]int32) *Index {
	t.Helper()
	var tokens []int32
	var starts []int
	for _, r := range records {
		starts = append(starts, len(tokens))
		tokens = append(tokens, r...)
	}
	path := filepath.Join(t.TempDir(), "index")
	if err := Build(path, corpusID, tokens, starts, vocabulary); err != nil {
		t.Fatal(err)
	}
	x, err := Open(path, corpusID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

// places returns where tokens occur in shards of records, by looking everywhere.
func places(shards [][][]int32, tokens []int32) (found []Source) {
	for k, records := range shards {
		for r, rec := range records {
			for i := 0; i+len(tokens) <= len(rec); i++ {
				if slices.Equal(rec[i:i+len(tokens)], tokens) {
					found = append(found, Source{k, r, i})
				}
			}
		}
	}
	return found
}

// exhaustive is the definition of Search.
func exhaustive(shards [][][]int32, answer []int32, shortest int) (spans []Span) {
	end := 0
	for from := range answer {
		to := len(answer)
		for to > from && len(places(shards, answer[from:to])) == 0 {
			to--
		}
		if to <= end {
			continue
		}
		if end = to; to-from < shortest {
			continue
		}
		src := places(shards, answer[from:to])
		spans = append(spans, Span{From: from, To: to, Count: len(src), Sources: src})
		if near := exhaustiveNear(shards, answer, spans[len(spans)-1]); near.Count > 0 {
			spans = append(spans, near)
		}
	}
	return spans
}

func exhaustiveNear(shards [][][]int32, answer []int32, s Span) Span {
	near := Span{From: s.From, At: s.To}
	if s.To-s.From < minTail {
		return near
	}
	for tail := len(answer) - s.To; tail >= minTail; tail-- {
		for _, e := range []Edit{Replaced, Inserted, Omitted} {
			start := s.To
			if e != Omitted {
				start++
			}
			if start+tail > len(answer) {
				continue
			}
			for _, src := range s.Sources {
				rec := shards[src.Shard][src.Record]
				next := src.Token + s.To - s.From
				if e != Inserted {
					next++
				}
				if next+tail <= len(rec) && slices.Equal(rec[next:next+tail], answer[start:start+tail]) {
					near.Edit, near.To = e, start+tail
					near.Sources = append(near.Sources, src)
				}
			}
			if near.Count = len(near.Sources); near.Count > 0 {
				return near
			}
		}
	}
	return near
}

// TestSearchExhaustive: Search finds all there is, and nothing else.
func TestSearchExhaustive(t *testing.T) {
	const seed = 4
	r := rand.New(rand.NewPCG(seed, 0))
	spans, edits := 0, 0
	for round := range 80 {
		vocabulary := 2 + r.IntN(12)
		text := func(n int) []int32 {
			s := make([]int32, n)
			for i := range s {
				s[i] = int32(r.IntN(vocabulary))
			}
			return s
		}
		shards := make([][][]int32, 1+r.IntN(3))
		var indexes []*Index
		for k := range shards {
			for range 1 + r.IntN(4) {
				shards[k] = append(shards[k], text(r.IntN(120)))
			}
			indexes = append(indexes, build(t, vocabulary, shards[k]...))
		}
		answer := text(r.IntN(40))
		for range 9 { // with quotations, some of them changed
			rec := shards[r.IntN(len(shards))][0]
			if len(rec) < 20 {
				continue
			}
			quote := slices.Clone(rec[r.IntN(10):])
			switch at := r.IntN(len(quote)); r.IntN(4) {
			case 0:
				quote[at] = int32(r.IntN(vocabulary))
			case 1:
				quote = slices.Delete(quote, at, at+1)
			case 2:
				quote = slices.Insert(quote, at, int32(r.IntN(vocabulary)))
			}
			answer = append(answer, quote...)
		}
		shortest := r.IntN(5)
		got, err := Search(indexes, answer, shortest)
		if err != nil {
			t.Fatal(err)
		}
		want := exhaustive(shards, answer, shortest)
		if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d, round %d: answer %v\ngot  %+v\nwant %+v", seed, round, answer, got, want)
		}
		for _, s := range got {
			if spans++; s.Edit != Exact {
				edits++
			}
		}
	}
	if spans < 1000 || edits < 100 {
		t.Errorf("only %d spans, %d of them edited", spans, edits)
	}
}

// TestSearchOdd: tokens of another vocabulary, empty things, common words.
func TestSearchOdd(t *testing.T) {
	x := build(t, 9, []int32{1, 2, 3}, nil, make([]int32, MaxSources+1))
	for _, c := range []struct {
		answer []int32
		want   string
	}{
		{nil, "[]"},
		{[]int32{-1, 9, 1 << 30, -1 << 31, 1<<31 - 1}, "[]"},
		{[]int32{3, -1, 1}, "[{0 1 exact 0 1 [{0 0 2}]} {2 3 exact 0 1 [{0 0 0}]}]"},
		{[]int32{0}, fmt.Sprintf("[{0 1 exact 0 %d []}]", MaxSources+1)},
	} {
		got, err := Search([]*Index{x}, c.answer, 0)
		if s := fmt.Sprint(got); err != nil || s != c.want {
			t.Errorf("%v: got %v, %v, want %v", c.answer, s, err, c.want)
		}
	}
	if got, err := Search(nil, []int32{1}, 0); err != nil || got != nil {
		t.Errorf("no shards: got %v, %v", got, err)
	}
	if _, err := Search([]*Index{x, build(t, 8)}, nil, 0); err == nil {
		t.Error("two vocabularies are searched as one")
	}
}

// TestDamaged: an index with one bit changed, cut short or of another corpus
// does not open.
func TestDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	if err := Build(path, corpusID, []int32{1, 2, 3, 1, 2}, []int{0, 3}, 5); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	open := func(b []byte) error { return new(Index).parse(b, corpusID) }
	if err := open(whole); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)-4], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, corpusID); !errors.Is(err, errDamaged) {
		t.Errorf("a file cut short: got %v, want %v", err, errDamaged)
	}
	for i := range 8 * len(whole) {
		b := slices.Clone(whole)
		b[i/8] ^= 1 << (i % 8)
		want := errDamaged
		if i/8 >= 8 && i/8 < 40 {
			want = ErrStale
		}
		if err := open(b); !errors.Is(err, want) {
			t.Fatalf("bit %d changed: got %v, want %v", i, err, want)
		}
	}
	for n := range len(whole) {
		if err := open(whole[:n]); !errors.Is(err, errDamaged) {
			t.Fatalf("%d bytes: got %v, want %v", n, err, errDamaged)
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index")
	for name, err := range map[string]error{
		"token":      Build(path, corpusID, []int32{5}, []int{0}, 5),
		"negative":   Build(path, corpusID, []int32{-1}, []int{0}, 5),
		"order":      Build(path, corpusID, []int32{1, 2}, []int{0, 2, 1}, 5),
		"no record":  Build(path, corpusID, []int32{1, 2}, nil, 5),
		"late":       Build(path, corpusID, []int32{1, 2}, []int{1}, 5),
		"vocabulary": Build(path, corpusID, nil, nil, 0),
		"folder":     Build(filepath.Join(path, "x", "y"), corpusID, nil, nil, 5),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a refused index left a file: %v", err)
	}
}

// FuzzParse: any file is refused or searched; its hash is made to fit.
func FuzzParse(f *testing.F) {
	x := filepath.Join(f.TempDir(), "index")
	if err := Build(x, corpusID, []int32{1, 2, 3, 1, 2, 3, 4, 1, 2, 3}, []int{0, 3, 8}, 5); err != nil {
		f.Fatal(err)
	}
	b, err := os.ReadFile(x)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b, []byte{1, 2, 3, 4, 1, 2, 3, 1})
	f.Fuzz(func(t *testing.T, b, answer []byte) {
		if len(b) >= headSize {
			sum := hashOf(b)
			copy(b[headSize-32:], sum[:])
		}
		x := new(Index)
		if err := x.parse(b, corpusID); err != nil {
			return
		}
		var q []int32
		for _, c := range answer {
			q = append(q, int32(c))
		}
		spans, err := Search([]*Index{x}, q, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Cover([]*Index{x}, q, spans, nil, func(s Source) uint64 { return uint64(s.Record) }); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	n := 1 << 22
	if os.Getenv("OPENLEDGER_LONG") != "" {
		n = 46_000_000
	}
	const vocabulary = 32_000
	text := words(n, vocabulary, 2)
	var starts []int
	for i := 0; i < n; i += 700 {
		starts = append(starts, i)
	}
	path := filepath.Join(b.TempDir(), "index")
	if err := Build(path, corpusID, text, starts, vocabulary+1); err != nil {
		b.Fatal(err)
	}
	x, err := Open(path, corpusID)
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	answers := make([][]int32, 64)
	for i := range answers {
		answers[i] = words(256, vocabulary, uint64(100+i))
		for k := range 4 { // half of it is quoted
			copy(answers[i][64*k:][:32], text[n/300*(i*4+k):])
		}
	}
	b.Run(fmt.Sprintf("tokens=%d", n), func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			answer := answers[i%len(answers)]
			spans, err := Search([]*Index{x}, answer, 3)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := Cover([]*Index{x}, answer, spans, nil, func(s Source) uint64 { return uint64(s.Record) }); err != nil {
				b.Fatal(err)
			}
		}
	})
}
