package tokenizer

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
)

// A TrainConfig says what tokenizer to make. The zero value works.
type TrainConfig struct {
	VocabSize    int      // tokens in all, special ones included; default 32768. Text with few words gives fewer
	MinFrequency int      // a pair seen less often is not merged; default 2
	Pattern      Pattern  // how text is cut into words; default Llama3
	NFC          bool     // compose characters first (Unicode NFC), as Qwen does
	Special      []string // control tokens; they get the ids from 0 on, in this order
	BOS          string   // which of Special begins every text; default none
	Threads      int      // default: as many as there are processors. The result does not depend on it

	// Progress, if set, is called now and then with the number of tokens made and wanted.
	Progress func(made, wanted int)
}

func (c *TrainConfig) check() error {
	c.VocabSize = cmp.Or(c.VocabSize, 32768)
	c.MinFrequency = cmp.Or(c.MinFrequency, 2)
	c.Pattern = cmp.Or(c.Pattern, Llama3)
	c.Threads = cmp.Or(c.Threads, runtime.GOMAXPROCS(0))
	pattern := string(c.Pattern)
	switch least := 256 + len(c.Special); {
	case c.VocabSize < least || c.VocabSize > 1<<24:
		return fmt.Errorf("vocabulary of %d: want %d (all bytes and the special tokens) to %d", c.VocabSize, least, 1<<24)
	case c.MinFrequency < 1 || c.Threads < 1:
		return errors.New("a least frequency or a number of threads below 1")
	case knownSplit(&patternFile{Regex: &pattern}) == nil:
		return errors.New("the pattern must be GPT2, Llama3 or Qwen2")
	case c.BOS != "" && !slices.Contains(c.Special, c.BOS):
		return fmt.Errorf("the begin token %q is not one of the special tokens", c.BOS)
	}
	for i, s := range c.Special {
		if b, ok := appendBytes(nil, s); s == "" || ok && len(b) == 1 || len(s) > maxAdded || slices.Contains(c.Special[:i], s) {
			return fmt.Errorf("special token %d, %q, is empty, a single byte, too long or there twice", i, s)
		}
	}
	return nil
}

// Train makes a byte-level BPE tokenizer from texts.
//
// It starts from the 256 bytes and merges the most frequent pair of tokens, again and
// again, until the vocabulary is full. Of pairs equally frequent it takes the one with the
// lower left id, then the lower right id; ids are special tokens, bytes in the order of
// their characters in the byte alphabet, then merges as they were made. So the result
// depends on how often each word occurs and on nothing else: not on the order of the texts,
// the number of threads, or chance. It is the one that BpeTrainer of PyPI's tokenizers
// finds with the same settings.
func Train(ctx context.Context, texts iter.Seq[string], c TrainConfig) (*Tokenizer, error) {
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("train tokenizer: %w", err)
	}
	f, err := c.file()
	if err != nil {
		return nil, fmt.Errorf("train tokenizer: %w", err)
	}
	blank, err := build(f) // cuts text as the result will
	if err != nil {
		return nil, fmt.Errorf("train tokenizer: %w", err)
	}
	words, err := countWords(ctx, texts, blank, c.Threads)
	if err == nil && len(words) == 0 {
		err = errors.New("the texts are empty")
	}
	if err == nil {
		err = newLearner(words, &f.model, &c).run(ctx)
	}
	var t *Tokenizer
	if err == nil {
		t, err = build(f)
	}
	if err != nil {
		return nil, fmt.Errorf("train tokenizer: %w", err)
	}
	return t, nil
}

// file returns the tokenizer before the first merge.
func (c *TrainConfig) file() (*file, error) {
	type object map[string]any
	byteLevel := object{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false}
	split := object{"type": "Split", "pattern": object{"Regex": c.Pattern}, "behavior": "Isolated", "invert": false}
	parts := map[string]any{
		"normalizer":     nil,
		"pre_tokenizer":  object{"type": "Sequence", "pretokenizers": []any{split, byteLevel}},
		"post_processor": byteLevel,
		"decoder":        byteLevel,
	}
	if c.NFC {
		parts["normalizer"] = object{"type": "NFC"}
	}
	if c.BOS != "" {
		bos := func(text int) object { return object{"SpecialToken": object{"id": c.BOS, "type_id": text}} }
		seq := func(name string, text int) object { return object{"Sequence": object{"id": name, "type_id": text}} }
		parts["post_processor"] = object{
			"type":   "TemplateProcessing",
			"single": []any{bos(0), seq("A", 0)},
			"pair":   []any{bos(0), seq("A", 0), bos(1), seq("B", 1)},
			"special_tokens": object{c.BOS: object{
				"id": c.BOS, "ids": []int{slices.Index(c.Special, c.BOS)}, "tokens": []string{c.BOS},
			}},
		}
	}
	f := &file{model: bpeFile{ids: map[string]int32{}}}
	for key, into := range map[string]*json.RawMessage{
		"normalizer": &f.normalizer, "pre_tokenizer": &f.splitting,
		"post_processor": &f.template, "decoder": &f.decoder,
	} {
		raw, err := json.Marshal(parts[key])
		if err != nil {
			return nil, err
		}
		*into = raw
	}
	for i, s := range c.Special {
		f.added = append(f.added, AddedToken{ID: int32(i), Content: s, Special: true})
		f.model.add(s)
	}
	alphabet := byteRune
	slices.Sort(alphabet[:])
	for _, r := range alphabet {
		f.model.add(string(r))
	}
	return f, f.placeAdded()
}

// add enters a token behind the last one and returns its id.
func (m *bpeFile) add(name string) int32 {
	id := int32(len(m.tokens))
	m.tokens = append(m.tokens, token{name, true})
	m.ids[name] = id
	return id
}
