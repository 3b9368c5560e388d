package tokenizer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// A normalizer rewrites text before it is cut: it appends the rewritten b to dst.
type normalizer func(dst, b []byte) []byte

// normalizerFile is one normalizer as the file has it.
type normalizerFile struct {
	Type        string            `json:"type"`
	Normalizers []json.RawMessage `json:"normalizers"` // Sequence
	Prepend     string            `json:"prepend"`
	Pattern     *patternFile      `json:"pattern"` // Replace
	Content     *string           `json:"content"`
}

// maxGrowth bounds how much longer the replacements of a file can make a text.
const maxGrowth = 16

// maxPrepend bounds what is put in front of a text, in bytes.
const maxPrepend = 64

// A growth is by how much replacements can multiply the length of a text; it starts at 1.
type growth int

// add counts a replacement.
func (g *growth) add(old, new string) error {
	if *g *= growth(max(1, (len(new)+len(old)-1)/len(old))); *g > maxGrowth {
		return fmt.Errorf("replacing %q makes text more than %d times as long", old, maxGrowth)
	}
	return nil
}

// parseNormalizer reads a "normalizer" as a list of steps.
func parseNormalizer(raw json.RawMessage, g *growth) ([]normalizer, error) {
	if isNull(raw) {
		return nil, nil
	}
	var f normalizerFile
	if err := component(raw, &f, "Sequence", "NFC", "Prepend", "Replace"); err != nil {
		return nil, err
	}
	switch f.Type {
	case "Sequence":
		var all []normalizer
		for _, part := range f.Normalizers {
			steps, err := parseNormalizer(part, g)
			if err != nil {
				return nil, err
			}
			all = append(all, steps...)
		}
		return all, nil
	case "Prepend":
		if len(f.Prepend) > maxPrepend {
			return nil, fmt.Errorf("%d bytes to prepend, more than %d", len(f.Prepend), maxPrepend)
		}
		return []normalizer{prepend(f.Prepend)}, nil
	case "Replace":
		old, err := f.Pattern.literal()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Type, err)
		}
		if f.Content == nil {
			return nil, errors.New("no content to replace by")
		}
		return []normalizer{replace(old, *f.Content)}, g.add(old, *f.Content)
	}
	return []normalizer{appendNFC}, nil
}

// literal returns the text of a pattern that must not be a regular expression.
func (p *patternFile) literal() (string, error) {
	if p == nil || p.String == nil || *p.String == "" || p.Regex != nil {
		return "", errors.New(`only {"String": …} with some text is supported as a pattern`)
	}
	return *p.String, nil
}

func prepend(s string) normalizer {
	return func(dst, b []byte) []byte {
		if len(b) > 0 {
			dst = append(dst, s...)
		}
		return append(dst, b...)
	}
}

func replace(old, new string) normalizer {
	from := []byte(old)
	return func(dst, b []byte) []byte {
		for {
			i := bytes.Index(b, from)
			if i < 0 {
				return append(dst, b...)
			}
			dst = append(append(dst, b[:i]...), new...)
			b = b[i+len(from):]
		}
	}
}
