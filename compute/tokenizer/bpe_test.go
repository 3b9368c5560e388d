package tokenizer

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// mergeReference is the definition: the lowest rank, at equal rank the leftmost pair, until
// there is none.
func mergeReference(merges []merge, ids []int32) []int32 {
	ids = slices.Clone(ids)
	for {
		best, at := len(merges), 0
		for i := 0; i+1 < len(ids); i++ {
			for rank, g := range merges[:best] {
				if g.left == ids[i] && g.right == ids[i+1] {
					best, at = rank, i
				}
			}
		}
		if best == len(merges) {
			return ids
		}
		ids[at] = merges[best].into
		ids = slices.Delete(ids, at+1, at+2)
	}
}

// randomMerges makes rules over a small alphabet: the result of a rule is its spelling, so
// that rules feed each other, in any order of rank.
func randomMerges(r *rand.Rand) []merge {
	names := []string{"a", "b", "c"}
	var list []merge
	for range 1 + r.IntN(25) {
		left, right := int32(r.IntN(len(names))), int32(r.IntN(len(names)))
		name := names[left] + names[right]
		into := slices.Index(names, name)
		if into < 0 {
			into = len(names)
			names = append(names, name)
		}
		if !slices.ContainsFunc(list, func(g merge) bool { return g.left == left && g.right == right }) {
			list = append(list, merge{left, right, int32(into)})
		}
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// TestMerge: looking through all pairs and keeping a heap both do what the definition says.
func TestMerge(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		merges := randomMerges(r)
		ids := make([]int32, 2+r.IntN(40))
		for i := range ids {
			ids[i] = int32(r.IntN(3))
		}
		m, g := &bpe{merges: newPairTable(merges)}, &merger{}
		want := mergeReference(merges, ids)
		if got := g.mergeShort(m, slices.Clone(ids)); !slices.Equal(got, want) {
			t.Fatalf("seed %d, short: merges %v of %v:\n got %v\nwant %v", seed, merges, ids, got, want)
		}
		if got := g.mergeLong(m, slices.Clone(ids)); !slices.Equal(got, want) {
			t.Fatalf("seed %d, long: merges %v of %v:\n got %v\nwant %v", seed, merges, ids, got, want)
		}
	}
}

// TestWordSign: cutting in front of words changes nothing where the vocabulary allows it.
func TestWordSign(t *testing.T) {
	tok, _ := readFamily(t, "llama2")
	if len(tok.split.stages) != 1 {
		t.Fatal("the words of a Llama 2 vocabulary are not cut")
	}
	whole, _ := readFamily(t, "llama2")
	whole.split.stages = nil
	for _, text := range readTexts(t) {
		if got, want := tok.Encode(text, false), whole.Encode(text, false); !slices.Equal(got, want) {
			t.Fatalf("%+q: got %v, want %v", text, got, want)
		}
	}
}

// TestCache: an encoder gives the same ids whatever it met before.
func TestCache(t *testing.T) {
	texts := readTexts(t)
	for _, name := range families {
		tok, _ := readFamily(t, name)
		used := newEncoder(tok)
		for range 2 {
			for i, s := range texts {
				got := used.encode(nil, s, false)
				if i%5 > 0 {
					continue
				}
				if want := newEncoder(tok).encode(nil, s, false); !slices.Equal(got, want) {
					t.Fatalf("%s %+q: got %v, want %v", name, s, got, want)
				}
			}
		}
	}
}

// TestWordKey: no two words share a key and a length.
func TestWordKey(t *testing.T) {
	seen := map[string]string{}
	for n := 1; n <= maxCached; n++ {
		for bit := range n*8 + 1 {
			w := make([]byte, n)
			if bit < n*8 {
				w[bit/8] = 1 << (bit % 8)
			}
			for _, behind := range []string{"", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"} {
				text := append(slices.Clip(slices.Clone(w)), behind...)
				key := fmt.Sprint(n, wordKey(text[:n]))
				if other, ok := seen[key]; ok && other != string(w) {
					t.Fatalf("%x and %x have the same key", other, w)
				}
				seen[key] = string(w)
			}
		}
	}
	if want := maxCached + maxCached*(maxCached+1)/2*8; len(seen) != want {
		t.Errorf("%d keys of %d words", len(seen), want)
	}
}

// TestNoAllocation: once an encoder has met the words of a text it needs no more memory.
func TestNoAllocation(t *testing.T) {
	text := "The quick brown fox's 123 jumps — über\n\tthe lazy dog! <|im_end|>"
	for _, name := range families {
		tok, _ := readFamily(t, name)
		e := newEncoder(tok)
		dst := e.encode(nil, text, false)
		if n := testing.AllocsPerRun(100, func() { dst = e.encode(dst[:0], text, false) }); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
