package tokenizer

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestTrainSmall is small enough to follow by hand.
func TestTrainSmall(t *testing.T) {
	// " aab" thrice, " abab" twice. Pairs: (a, b) 3+4 = 7, (Ġ, a) 5, (a, a) 3, (b, a) 2; Ġ is the
	// space. With ab: (Ġ, a) 3, (a, ab) 3, (Ġ, ab) 2, (ab, ab) 2. Of the two with 3, that of a (id 65)
	// comes before that of Ġ (id 221). With aab: (Ġ, aab) 3, and then Ġ comes before ab (id 257).
	text := strings.Repeat(" aab", 3) + strings.Repeat(" abab", 2)
	tok, err := Train(context.Background(), slices.Values([]string{text}), TrainConfig{VocabSize: 262, Special: []string{"<s>"}, BOS: "<s>"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for id := int32(257); int(id) < tok.VocabSize(); id++ {
		name, _ := tok.Token(id)
		got = append(got, name)
	}
	if want := []string{"ab", "aab", "Ġaab", "Ġab", "Ġabab"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if ids := tok.Encode(" aab aab", true); !slices.Equal(ids, []int32{0, 259, 259}) {
		t.Errorf("got %v", ids)
	}
	if bos, ok := tok.BOS(); !ok || bos != 0 {
		t.Errorf("begin token %d %t", bos, ok)
	}
}

// TestTrainReference compares with what BpeTrainer of PyPI's tokenizers makes of the same strings.
func TestTrainReference(t *testing.T) {
	var want map[string]struct {
		Tokens []string
		Merges [][2]string
	}
	readGz(t, "trained", &want)
	texts := readTexts(t)
	for name, pattern := range handWritten {
		tok, err := Train(context.Background(), slices.Values(texts), TrainConfig{
			VocabSize: 1500, Pattern: pattern, NFC: name == "qwen2", Special: []string{"<|bos|>", "<|eos|>"},
		})
		if err != nil {
			t.Fatal(err)
		}
		m := &tok.file.model
		var tokens []string
		for _, x := range m.tokens {
			tokens = append(tokens, x.name)
		}
		var merges [][2]string
		for _, g := range m.merges {
			merges = append(merges, [2]string{tokens[g.left], tokens[g.right]})
		}
		if !slices.Equal(tokens, want[name].Tokens) || !slices.Equal(merges, want[name].Merges) {
			t.Errorf("%s: another vocabulary than PyPI's", name)
		}
	}
}

// TestTrainDeterministic: neither threads nor the order of the texts change the result.
func TestTrainDeterministic(t *testing.T) {
	texts := readTexts(t)
	train := func(threads int) [32]byte {
		tok, err := Train(context.Background(), slices.Values(texts), TrainConfig{VocabSize: 1200, Threads: threads})
		if err != nil {
			t.Fatal(err)
		}
		return tok.Digest()
	}
	want := train(1)
	for threads := range 4 {
		if train(threads+2) != want {
			t.Errorf("%d threads give another result", threads+2)
		}
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	if train(2) != want {
		t.Error("another order of the texts gives another result")
	}
}

// TestRewriteAll: sharing words out among threads changes the same pairs by the same amounts.
func TestRewriteAll(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var words []wordCount
	for range 3 * fewWords {
		w := make([]byte, 1+r.IntN(10))
		for i := range w {
			w[i] = "ab"[r.IntN(2)]
		}
		words = append(words, wordCount{string(w), int64(r.IntN(9))})
	}
	sums := map[int]map[uint64]int64{}
	for _, threads := range []int{1, 3} {
		f, err := (&TrainConfig{}).file()
		if err != nil {
			t.Fatal(err)
		}
		l := newLearner(words, &f.model, &TrainConfig{Threads: threads})
		a, b := f.model.ids["a"], f.model.ids["b"]
		list := slices.Clone(l.stats[l.pairs[pairKey(a, b)]].words)
		list = append(list, list[:100]...) // words may be named twice
		sums[threads] = map[uint64]int64{}
		for _, changes := range l.rewriteAll(list, merge{a, b, 256}) {
			for _, c := range changes {
				sums[threads][c.key] += c.delta
			}
		}
	}
	for key, n := range sums[1] {
		if sums[3][key] != n {
			t.Errorf("pair %x: %d with one thread, %d with three", key, n, sums[3][key])
		}
	}
	if len(sums[1]) != len(sums[3]) {
		t.Errorf("%d pairs with one thread, %d with three", len(sums[1]), len(sums[3]))
	}
}

func TestTrainRefuses(t *testing.T) {
	some := slices.Values([]string{"some text"})
	for _, c := range []struct {
		name string
		TrainConfig
		want string
	}{
		{"small vocabulary", TrainConfig{VocabSize: 255}, "vocabulary of 255: want 256"},
		{"huge vocabulary", TrainConfig{VocabSize: 1 << 30}, "vocabulary of"},
		{"unknown pattern", TrainConfig{Pattern: "x+"}, "the pattern must be"},
		{"begin token", TrainConfig{BOS: "<s>"}, `"<s>" is not one of the special tokens`},
		{"empty special token", TrainConfig{Special: []string{""}}, "special token 0"},
		{"special token twice", TrainConfig{Special: []string{"<s>", "<s>"}}, "special token 1"},
		{"a byte as special token", TrainConfig{Special: []string{"Ġ"}}, "special token 0"},
		{"threads", TrainConfig{Threads: -1}, "below 1"},
	} {
		if _, err := Train(context.Background(), some, c.TrainConfig); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := Train(context.Background(), slices.Values([]string{"", ""}), TrainConfig{}); err == nil || !strings.Contains(err.Error(), "texts are empty") {
		t.Errorf("no text: got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Train(ctx, some, TrainConfig{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// TestTrainSpecial: no merge makes a special token of plain text.
func TestTrainSpecial(t *testing.T) {
	text := strings.Repeat(" abc abd", 50)
	tok, err := Train(context.Background(), slices.Values([]string{text}), TrainConfig{Special: []string{"abc", "ab"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range tok.AppendEncode(nil, text+"abc ab", PlainText) {
		if tok.IsSpecial(id) {
			t.Fatalf("plain text gives special token %d", id)
		}
	}
	if got := tok.Encode("abc", false); !slices.Equal(got, []int32{0}) {
		t.Errorf("got %v", got)
	}
}

// TestConcurrent uses one tokenizer from several goroutines.
func TestConcurrent(t *testing.T) {
	tok, _ := readFamily(t, "qwen2")
	texts := readTexts(t)[:500]
	var want [][]int32
	for _, s := range texts {
		want = append(want, tok.Encode(s, true))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, s := range texts {
				if got := tok.Encode(s, true); !slices.Equal(got, want[i]) {
					t.Errorf("%q: got %v, want %v", s, got, want[i])
					return
				}
			}
		})
	}
	wg.Wait()
}
