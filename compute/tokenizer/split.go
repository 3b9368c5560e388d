package tokenizer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// A splitter cuts text into pieces, in order; no merge ever crosses a cut. It calls yield
// for each piece that stays, never with an empty one. Pieces alias b.
type splitter interface {
	split(b []byte, yield func(piece []byte))
}

// splitFile is one pre-tokenizer as the file has it. Pointers tell "absent" from false.
type splitFile struct {
	Type          string            `json:"type"`
	Pretokenizers []json.RawMessage `json:"pretokenizers"` // Sequence
	Pattern       *patternFile      `json:"pattern"`       // Split
	Behavior      string            `json:"behavior"`
	Invert        bool              `json:"invert"`
	AddPrefix     *bool             `json:"add_prefix_space"` // ByteLevel, Metaspace
	TrimOffsets   *bool             `json:"trim_offsets"`     // has no effect on ids
	UseRegex      *bool             `json:"use_regex"`
	Individual    bool              `json:"individual_digits"` // Digits
	Replacement   string            `json:"replacement"`       // Metaspace
	PrependScheme string            `json:"prepend_scheme"`
	Split         *bool             `json:"split"`
	StrRep        string            `json:"str_rep"` // old spelling of replacement
}

// patternFile is what Split and Replace look for.
type patternFile struct {
	String *string `json:"String"`
	Regex  *string `json:"Regex"`
}

// A splitting is the whole pre-tokenizer.
type splitting struct {
	stages    []splitter
	byteLevel bool // words are bytes, spelt with the byte alphabet in the vocabulary
	meta      *metaspace
}

// parseSplitting reads a "pre_tokenizer".
func parseSplitting(raw json.RawMessage) (*splitting, error) {
	sp := &splitting{}
	return sp, sp.add(raw)
}

func (sp *splitting) add(raw json.RawMessage) error {
	if isNull(raw) {
		return nil
	}
	var f splitFile
	if err := component(raw, &f, "Sequence", "Split", "Digits", "ByteLevel", "Metaspace"); err != nil {
		return err
	}
	if sp.byteLevel {
		return fmt.Errorf("%s after ByteLevel is not supported", f.Type)
	}
	switch f.Type {
	case "Sequence":
		for _, part := range f.Pretokenizers {
			if err := sp.add(part); err != nil {
				return err
			}
		}
	case "Split":
		stage, err := newSplit(&f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Type, err)
		}
		sp.stages = append(sp.stages, stage)
	case "Digits":
		sp.stages = append(sp.stages, digitSplit{classes(), f.Individual})
	case "ByteLevel":
		sp.byteLevel = true
		if f.AddPrefix != nil && *f.AddPrefix {
			sp.stages = append(sp.stages, prefixSpace{})
		}
		if f.UseRegex == nil || *f.UseRegex {
			sp.stages = append(sp.stages, gpt2Split{classes()})
		}
	case "Metaspace":
		meta, err := newMetaspace(&f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Type, err)
		}
		if len(sp.stages) > 0 || sp.meta != nil {
			return errors.New("another pre-tokenizer before Metaspace is not supported")
		}
		sp.meta = meta
		if meta.split {
			sp.stages = append(sp.stages, cutter{find: literal(meta.replacement).find, behavior: "MergedWithNext"})
		}
	}
	return nil
}

// newSplit makes the stage of a Split: a pattern we know by its text is cut by hand-written
// code, another by package regexp.
func newSplit(f *splitFile) (splitter, error) {
	switch f.Behavior {
	case "Isolated", "Contiguous", "Removed":
	case "MergedWithPrevious", "MergedWithNext":
		if f.Invert {
			return nil, fmt.Errorf("invert with behavior %q is not supported", f.Behavior)
		}
	default:
		return nil, fmt.Errorf("behavior %q is not supported", f.Behavior)
	}
	find, err := f.Pattern.finder()
	if err != nil {
		return nil, err
	}
	// The patterns we know match every character, so that what they match is all there is.
	everything := f.Behavior == "Isolated" || f.Behavior == "Removed" && f.Invert
	if known := knownSplit(f.Pattern); known != nil && everything {
		return known, nil
	}
	return cutter{find, f.Behavior, f.Invert}, nil
}

// A finder returns the first match in b at or after from: its bounds, or ok false.
type finder func(b []byte, from int) (start, end int, ok bool)

func (p *patternFile) finder() (finder, error) {
	switch {
	case p == nil || (p.String == nil) == (p.Regex == nil):
		return nil, errors.New(`the pattern must be one of {"String": …} and {"Regex": …}`)
	case p.Regex != nil:
		re, err := newRegex(*p.Regex)
		if err != nil {
			return nil, err
		}
		return re.find, nil
	case *p.String == "":
		return nil, errors.New("the pattern is empty")
	}
	return literal(*p.String).find, nil
}

type literal string

func (l literal) find(b []byte, from int) (start, end int, ok bool) {
	i := bytes.Index(b[from:], []byte(l))
	return from + i, from + i + len(l), i >= 0
}

// A cutter cuts at the matches of a pattern.
type cutter struct {
	find     finder
	behavior string // what becomes of a match, in the words of the file
	invert   bool   // the pattern says what stays, not where to cut
}

func (c cutter) split(b []byte, yield func([]byte)) {
	emit := func(from, to int) {
		if from < to {
			yield(b[from:to])
		}
	}
	prev := 0 // end of the last match
	held := 0 // start of what waits for its end: a run of matches, or a match and what follows
	for at := 0; at <= len(b); {
		start, end, ok := c.find(b, at)
		if !ok {
			break
		}
		if at = end; start == end { // only marks a place to cut; the search goes on behind it
			_, w := utf8.DecodeRune(b[start:])
			at += max(w, 1)
		}
		switch {
		case c.behavior == "Isolated":
			emit(prev, start)
			emit(start, end)
		case c.behavior == "Removed" && c.invert:
			emit(start, end)
		case c.behavior == "Removed":
			emit(prev, start)
		case c.behavior == "MergedWithPrevious":
			emit(prev, end)
		case c.behavior == "MergedWithNext":
			emit(held, start)
			held = start
		case start > prev: // Contiguous
			emit(held, prev)
			emit(prev, start)
			held = start
		}
		prev = end
	}
	switch {
	case c.behavior == "Removed" && c.invert:
	case c.behavior == "MergedWithNext":
		emit(held, len(b))
	case c.behavior == "Contiguous":
		emit(held, prev)
		fallthrough
	default:
		emit(prev, len(b))
	}
}

// digitSplit is Digits: each digit apart, or each run of them.
type digitSplit struct {
	*classTable
	individual bool
}

func (d digitSplit) split(b []byte, yield func([]byte)) {
	start, inDigits := 0, false
	for i := 0; i < len(b); {
		c, w := d.at(b[i:])
		is := c&digit != 0
		if i > start && (is != inDigits || is && d.individual) {
			yield(b[start:i])
			start = i
		}
		inDigits = is
		i += w
	}
	if start < len(b) {
		yield(b[start:])
	}
}

// prefixSpace is add_prefix_space of ByteLevel: the text gets a space in front.
type prefixSpace struct{}

func (prefixSpace) split(b []byte, yield func([]byte)) {
	if b[0] != ' ' {
		b = append([]byte{' '}, b...)
	}
	yield(b)
}

// A metaspace replaces spaces by a visible sign, before the text is cut.
type metaspace struct {
	replacement string
	scheme      string // "first", "always" or "never": where the sign is put in front
	split       bool
}

func newMetaspace(f *splitFile) (*metaspace, error) {
	m := &metaspace{f.Replacement, f.PrependScheme, f.Split == nil || *f.Split}
	if m.scheme == "" {
		m.scheme = "always"
	}
	if f.AddPrefix != nil && !*f.AddPrefix {
		if f.PrependScheme != "" && f.PrependScheme != "never" {
			return nil, fmt.Errorf("add_prefix_space false contradicts prepend_scheme %q", f.PrependScheme)
		}
		m.scheme = "never"
	}
	if utf8.RuneCountInString(m.replacement) != 1 {
		return nil, fmt.Errorf("replacement %q is not one character", m.replacement)
	}
	if m.scheme != "first" && m.scheme != "always" && m.scheme != "never" {
		return nil, fmt.Errorf("prepend_scheme %q is not supported", m.scheme)
	}
	return m, nil
}

// apply appends b to dst with the sign for every space, and in front where the scheme says
// so; first says that the whole text begins with b.
func (m *metaspace) apply(dst, b []byte, first bool) []byte {
	begins := b[0] == ' ' || hasPrefix(b, m.replacement)
	if !begins && (m.scheme == "always" || m.scheme == "first" && first) {
		dst = append(dst, m.replacement...)
	}
	return replace(" ", m.replacement)(dst, b)
}

// isNull says that the file leaves a part out.
func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }
