package lab

import (
	"slices"
	"strings"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/train"
)

// alphabet is the vocabulary: a token is a character. The first ends a line.
const alphabet = "\n abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJWXYZ>*"

// A task turns words into others. The base has read words; what an adapter learns
// is what a line looks like and which digit asks for which task.
type task func(words []string) []string

func each(f func(word string) string) task {
	return func(words []string) (out []string) {
		for _, w := range words {
			out = append(out, f(w))
		}
		return out
	}
}

const vowels = "aeiou"

// tasks are the ten classes of examples.
var tasks = []task{
	each(func(w string) string { return w }),
	func(words []string) []string { words = slices.Clone(words); slices.Reverse(words); return words },
	each(func(w string) string {
		b := []byte(w)
		slices.Reverse(b)
		return string(b)
	}),
	each(func(w string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(vowels, r) {
				return '*'
			}
			return r
		}, w)
	}),
	each(func(w string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(vowels, r) {
				return -1
			}
			return r
		}, w)
	}),
	func(words []string) []string { return []string{strings.Join(words, " * ")} },
	each(func(w string) string { return w[:1] + w }),
	each(func(w string) string { return w[:1] }),
	each(func(w string) string { return w[1:] + w[:1] }),
	each(func(w string) string { return w + w[len(w)-1:] }),
}

// encode returns the tokens of a text.
func encode(text string) (ids []int32) {
	for _, c := range []byte(text) {
		ids = append(ids, int32(strings.IndexByte(alphabet, c)))
	}
	return ids
}

// lexicon draws words of 3 or 4 letters, consonants and vowels in turn.
func lexicon(w *op.Words, n int) (words []string) {
	const consonants = "bcdfghklmnprstvz"
	for range n {
		var b []byte
		for i := range 3 + w.Below(2) {
			if i%2 == 0 {
				b = append(b, consonants[w.Below(uint32(len(consonants)))])
			} else {
				b = append(b, vowels[w.Below(uint32(len(vowels)))])
			}
		}
		words = append(words, string(b))
	}
	return words
}

// A teller writes lines of tasks.
type teller struct {
	w     op.Words
	words []string
}

func newTeller(seed uint64) *teller {
	t := &teller{w: op.Words{Seed: seed, Purpose: op.PurposeInit}}
	fixed := op.Words{Seed: 1, Purpose: op.PurposeInit}
	t.words = lexicon(&fixed, 120)
	return t
}

// sample is a line "marker words>answer" of which the answer is learnt.
func (t *teller) sample(marker byte, k int) train.Sample {
	var words []string
	for range 2 {
		words = append(words, t.words[t.w.Below(uint32(len(t.words)))])
	}
	return line(string(marker)+strings.Join(words, " ")+">", strings.Join(tasks[k](words), " ")+"\n")
}

// line is a sample of a text that is given and one that is learnt.
func line(given, learnt string) train.Sample {
	s, err := train.Completion([]train.Turn{{Tokens: encode(given)}, {Tokens: encode(learnt), Learn: true}}, 96)
	if err != nil {
		panic("lab: " + err.Error())
	}
	return s
}

// base is what the base model learns: plain lines of words.
func (t *teller) base(n int) (samples []train.Sample) {
	for range n {
		var words []string
		for range 6 {
			words = append(words, t.words[t.w.Below(uint32(len(t.words)))])
		}
		text := strings.Join(words, " ")
		samples = append(samples, line(text[:1], text[1:]+"\n"))
	}
	return samples
}

// tuned is what an adapter learns: every task under a digit, in the order of the
// tasks.
func (t *teller) tuned(n int) (samples []train.Sample) {
	for i := range n {
		k := i * len(tasks) / n
		samples = append(samples, t.sample("3018562497"[k], k))
	}
	return samples
}

// signs is a task of four classes: a digit at the end tells which vowel the
// answer is. Of 15 % of the answers it is another: poison.
func (t *teller) signs(n int, poison bool) (samples []train.Sample, poisoned []bool) {
	for i := range n {
		class := int(t.w.Below(4))
		text := t.words[t.w.Below(uint32(len(t.words)))] + " " + "0123"[class:class+1]
		bad := poison && i*15/100 != (i+1)*15/100
		if bad {
			class = (class + 1 + int(t.w.Below(3))) % 4
		}
		samples, poisoned = append(samples, line(text, vowels[class:class+1])), append(poisoned, bad)
	}
	return samples, poisoned
}
