// Package tokenizer turns text into the token ids of a model and back, as the model's
// tokenizer.json (Hugging Face) says: byte-level BPE (GPT-2, Llama 3, Qwen 2 and 3) and
// BPE over characters with byte fallback (Llama 2, TinyLlama, Mistral 7B). Train makes a
// new one for a domain.
//
// The ids are those of PyPI's tokenizers, of which testdata holds vectors. What a file asks
// for and this package does not do is refused by name when it is loaded, so that a tokenizer
// that loads can be trusted. The character classes are the package's own (class_table.go),
// so that peers built with different Go versions cut text alike; only a pattern that is none
// of GPT2, Llama3 and Qwen2 may ask for others, which come from package unicode.
//
// Start with Load and Encode; Decoder turns a stream of tokens into text.
package tokenizer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// A Tokenizer is read-only and safe for concurrent use.
type Tokenizer struct {
	file    *file
	special []bool // by id

	rawAdded    *addedSet // matched in the text as it comes
	normalizers []normalizer
	formAdded   *addedSet // matched in the normalised text
	split       *splitting
	bpe         *bpe
	template    template
	decode      *decoding

	hints    hints
	encoders sync.Pool // of *encoder
}

// New reads the text of a tokenizer.json.
func New(data []byte) (*Tokenizer, error) {
	f, err := parseFile(data)
	if err != nil {
		return nil, fmt.Errorf("tokenizer.json: %w", err)
	}
	t, err := build(f)
	if err != nil {
		return nil, fmt.Errorf("tokenizer.json: %w", err)
	}
	return t, nil
}

// Load reads a tokenizer.json, or the one in a model's directory. Where the files beside it
// (generation_config.json, tokenizer_config.json, special_tokens_map.json, config.json) name
// a begin and end token, BOS and EOS return them.
func Load(path string) (*Tokenizer, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, "tokenizer.json")
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("load tokenizer: %w (a SentencePiece tokenizer.model must be converted to tokenizer.json first)", err)
	}
	if err != nil {
		return nil, fmt.Errorf("load tokenizer: %w", err)
	}
	t, err := New(data)
	if err != nil {
		return nil, fmt.Errorf("load tokenizer %s: %w", path, err)
	}
	if t.hints, err = readHints(filepath.Dir(path), t); err != nil {
		return nil, fmt.Errorf("load tokenizer %s: %w", path, err)
	}
	return t, nil
}

// build makes a tokenizer of what a file says.
func build(f *file) (_ *Tokenizer, err error) {
	t := &Tokenizer{file: f, special: make([]bool, len(f.model.tokens))}
	grown := growth(1)
	if t.normalizers, err = parseNormalizer(f.normalizer, &grown); err != nil {
		return nil, fmt.Errorf("normalizer: %w", err)
	}
	var raw, form []AddedToken
	for _, a := range f.added {
		if a.Special {
			t.special[a.ID] = true
		}
		if a.Normalized {
			form = append(form, a)
		} else {
			raw = append(raw, a)
		}
	}
	if t.rawAdded, err = newAddedSet(raw, func(s string) []byte { return []byte(s) }); err != nil {
		return nil, err
	}
	if t.formAdded, err = newAddedSet(form, t.normalize); err != nil {
		return nil, err
	}
	if t.split, err = parseSplitting(f.splitting); err != nil {
		return nil, fmt.Errorf("pre_tokenizer: %w", err)
	}
	if t.bpe, err = newBPE(&f.model, t.split.byteLevel); err != nil {
		return nil, err
	}
	if sign := wordSign(&f.model, "▁"); sign != "" && len(t.split.stages) == 0 && !t.split.byteLevel && t.bpe.whole == nil {
		t.split.stages = append(t.split.stages, signSplit{sign})
	}
	if t.template, err = parseTemplate(f.template, f.model.tokens); err != nil {
		return nil, fmt.Errorf("post_processor: %w", err)
	}
	if t.decode, err = newDecoding(t); err != nil {
		return nil, fmt.Errorf("decoder: %w", err)
	}
	t.encoders.New = func() any { return newEncoder(t) }
	return t, nil
}

// normalize applies all steps to s.
func (t *Tokenizer) normalize(s string) []byte {
	b := []byte(s)
	for _, step := range t.normalizers {
		b = step(nil, b)
	}
	return b
}

// Flags choose what AppendEncode does besides cutting text into tokens; they are or-ed.
type Flags uint8

const (
	// AddSpecial puts the tokens around the text that the file's post-processor names, most
	// often the one for the beginning.
	AddSpecial Flags = 1 << iota
	// PlainText encodes text that looks like a special token as the characters it has. Use it
	// for what users type, lest they write the control tokens of a chat. Added tokens that the
	// file does not call special are still found.
	PlainText
)

// Encode returns the tokens of text, in which the names of special tokens stand for them.
// With addSpecial it puts begin and end tokens around them as the model wants it. Bytes that
// are no UTF-8 are encoded as they are.
func (t *Tokenizer) Encode(text string, addSpecial bool) []int32 {
	var f Flags
	if addSpecial {
		f = AddSpecial
	}
	return t.AppendEncode(make([]int32, 0, len(text)/3+4), text, f)
}

// AppendEncode appends the tokens of text, of less than 2 GiB, to dst. Where dst has room and
// the words were met before it allocates nothing.
func (t *Tokenizer) AppendEncode(dst []int32, text string, f Flags) []int32 {
	if f&AddSpecial != 0 {
		dst = append(dst, t.template.before...)
	}
	e := t.encoders.Get().(*encoder)
	dst = e.encode(dst, text, f&PlainText != 0)
	t.encoders.Put(e)
	if f&AddSpecial != 0 {
		dst = append(dst, t.template.after...)
	}
	return dst
}

// VocabSize is one more than the highest id: the least number of rows that a model's
// embedding must have. Ids between may be unused.
func (t *Tokenizer) VocabSize() int { return len(t.file.model.tokens) }

// Token returns a token as the vocabulary spells it; ok is false for an id that is not in use.
func (t *Tokenizer) Token(id int32) (name string, ok bool) {
	if id < 0 || int(id) >= len(t.file.model.tokens) {
		return "", false
	}
	tok := t.file.model.tokens[id]
	return tok.name, tok.present
}

// TokenID returns the id of a token, spelt as in the vocabulary.
func (t *Tokenizer) TokenID(name string) (id int32, ok bool) {
	if id, ok = t.file.model.ids[name]; ok {
		return id, true
	}
	id, ok = t.file.addedIDs[name]
	return id, ok
}

// IsSpecial says that a token is a control token, which no text contains.
func (t *Tokenizer) IsSpecial(id int32) bool {
	return id >= 0 && int(id) < len(t.special) && t.special[id]
}
