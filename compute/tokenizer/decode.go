package tokenizer

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A decoding is what each token becomes in the text.
type decoding struct {
	text   string   // of all tokens, one behind the other
	ends   []uint32 // by id: where a token's text ends
	isByte []bool   // by id: the token is one byte of a character; nil without ByteFallback

	strip     int    // how many
	stripChar rune   // of these to leave out at the beginning of a text
	dropSign  string // what the first token of a text loses wherever it has it; see Metaspace
}

// decoderFile is one decoder as the file has it.
type decoderFile struct {
	Type        string            `json:"type"`
	Decoders    []json.RawMessage `json:"decoders"` // Sequence
	Pattern     *patternFile      `json:"pattern"`  // Replace
	Content     string            `json:"content"`  // Replace, Strip
	Start, Stop int               // Strip
	// ByteLevel, Metaspace; see splitFile
	AddPrefix     *bool  `json:"add_prefix_space"`
	TrimOffsets   *bool  `json:"trim_offsets"`
	UseRegex      *bool  `json:"use_regex"`
	Replacement   string `json:"replacement"`
	PrependScheme string `json:"prepend_scheme"`
	Split         *bool  `json:"split"`
	StrRep        string `json:"str_rep"`
}

// flatten lists the decoders of a sequence.
func flatten(raw json.RawMessage) ([]decoderFile, error) {
	var f decoderFile
	if isNull(raw) {
		return nil, fmt.Errorf("a tokenizer without one is not supported")
	}
	if err := component(raw, &f, "Sequence", "ByteLevel", "Replace", "Metaspace", "ByteFallback", "Fuse", "Strip"); err != nil {
		return nil, err
	}
	if f.Type != "Sequence" {
		return []decoderFile{f}, nil
	}
	var all []decoderFile
	for _, part := range f.Decoders {
		list, err := flatten(part)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// newDecoding reads the "decoder" and writes down every token's text.
//
// It takes ByteLevel alone, or in this order: any number of Replace, or one Metaspace;
// ByteFallback; Fuse; Strip of the beginning; all of them optional.
func newDecoding(t *Tokenizer) (*decoding, error) {
	list, err := flatten(t.file.decoder)
	if err != nil {
		return nil, err
	}
	d := &decoding{}
	if len(list) == 1 && list[0].Type == "ByteLevel" {
		d.bytes(t)
		return d, nil
	}
	var edits []*strings.Replacer
	grown := growth(1)
	order, bytes := 0, false
	rank := map[string]int{"Replace": 1, "Metaspace": 2, "ByteFallback": 3, "Fuse": 4, "Strip": 5}
	for _, f := range list {
		r := rank[f.Type]
		if r == 0 || r < order || r == order && r > 1 || r == 5 && order != 4 {
			return nil, fmt.Errorf("%s in this place is not supported", f.Type)
		}
		order = r
		switch f.Type {
		case "Replace":
			old, err := f.Pattern.literal()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.Type, err)
			}
			if err := grown.add(old, f.Content); err != nil {
				return nil, err
			}
			edits = append(edits, strings.NewReplacer(old, f.Content))
		case "Metaspace":
			m, err := newMetaspace(&splitFile{Replacement: f.Replacement, AddPrefix: f.AddPrefix, PrependScheme: f.PrependScheme})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", f.Type, err)
			}
			edits = append(edits, strings.NewReplacer(m.replacement, " "))
			if m.scheme != "never" {
				d.dropSign = m.replacement
			}
		case "ByteFallback":
			bytes = true
		case "Strip":
			if d.stripChar, d.strip = firstRune(f.Content), f.Start; f.Stop != 0 || f.Start < 0 || utf8.RuneCountInString(f.Content) != 1 {
				return nil, fmt.Errorf("strip of content %q, start %d, stop %d is not supported", f.Content, f.Start, f.Stop)
			}
		}
	}
	d.chars(t, edits, bytes)
	return d, nil
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// bytes writes down the tokens of a byte-level vocabulary. An added token is its own
// content; one of non-ASCII letters would else come out as bytes.
func (d *decoding) bytes(t *Tokenizer) {
	var all []byte
	for _, tok := range t.file.model.tokens {
		if _, added := t.file.addedIDs[tok.name]; added {
			all = append(all, tok.name...)
		} else if b, ok := appendBytes(all, tok.name); ok {
			all = b
		} else {
			all = append(all, tok.name...)
		}
		d.ends = append(d.ends, uint32(len(all)))
	}
	d.text = string(all)
}

// chars writes down the tokens of a vocabulary of characters.
func (d *decoding) chars(t *Tokenizer, edits []*strings.Replacer, bytes bool) {
	forms := map[int32]string{} // added tokens matched in normalised text decode from that form
	for _, a := range t.file.added {
		if a.Normalized {
			forms[a.ID] = string(t.normalize(a.Content))
		}
	}
	if bytes {
		d.isByte = make([]bool, len(t.file.model.tokens))
	}
	var all []byte
	for id, tok := range t.file.model.tokens {
		name := tok.name
		if form, ok := forms[int32(id)]; ok {
			name = form
		}
		for _, e := range edits {
			name = e.Replace(name)
		}
		if b, ok := byteToken(name); bytes && ok {
			all, d.isByte[id] = append(all, b), true
		} else {
			all = append(all, name...)
		}
		d.ends = append(d.ends, uint32(len(all)))
	}
	d.text = string(all)
}

// byteToken reads <0x41>.
func byteToken(name string) (byte, bool) {
	if len(name) != 6 || name[:3] != "<0x" || name[5] != '>' {
		return 0, false
	}
	b, err := strconv.ParseUint(name[3:5], 16, 8)
	return byte(b), err == nil
}

// of returns the text of a token, "" if there is no such token.
func (d *decoding) of(id int32) string {
	if id < 0 || int(id) >= len(d.ends) {
		return ""
	}
	var start uint32
	if id > 0 {
		start = d.ends[id-1]
	}
	return d.text[start:d.ends[id]]
}

// Decode returns the text of tokens, the names of special tokens included. Bytes that make no
// UTF-8 become U+FFFD; ids that are not in use are passed over.
func (t *Tokenizer) Decode(ids []int32) string { return t.decodeAll(ids, false) }

// DecodeText is Decode without special tokens.
func (t *Tokenizer) DecodeText(ids []int32) string { return t.decodeAll(ids, true) }

func (t *Tokenizer) decodeAll(ids []int32, skipSpecial bool) string {
	d := Decoder{t: t, SkipSpecial: skipSpecial}
	var out []byte
	for _, id := range ids {
		out = d.AppendNext(out, id)
	}
	return string(d.AppendFlush(out))
}
