package tokenizer

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// A template is what the post-processor puts around the tokens of a text.
type template struct{ before, after []int32 }

// templateFile is one post-processor as the file has it. What concerns pairs of texts and
// places in the text is read and not used.
type templateFile struct {
	Type          string            `json:"type"`
	Processors    []json.RawMessage `json:"processors"` // Sequence
	Single        []templatePiece   `json:"single"`     // TemplateProcessing
	Pair          json.RawMessage   `json:"pair"`
	SpecialTokens map[string]struct {
		ID     string   `json:"id"`
		IDs    []int32  `json:"ids"`
		Tokens []string `json:"tokens"`
	} `json:"special_tokens"`
	AddPrefixSpace bool `json:"add_prefix_space"` // ByteLevel
	TrimOffsets    bool `json:"trim_offsets"`
	UseRegex       bool `json:"use_regex"`
}

type templatePiece struct {
	SpecialToken *templateID `json:"SpecialToken"`
	Sequence     *templateID `json:"Sequence"`
}

type templateID struct {
	ID     string `json:"id"`
	TypeID int    `json:"type_id"`
}

// parseTemplate reads a "post_processor".
func parseTemplate(raw json.RawMessage, tokens []token) (t template, err error) {
	if isNull(raw) {
		return t, nil
	}
	var f templateFile
	if err := component(raw, &f, "Sequence", "ByteLevel", "TemplateProcessing"); err != nil {
		return t, err
	}
	switch f.Type {
	case "ByteLevel": // concerns places in the text only
		return t, nil
	case "Sequence":
		for _, part := range f.Processors {
			p, err := parseTemplate(part, tokens)
			if err != nil {
				return t, err
			}
			t.before = slices.Concat(p.before, t.before)
			t.after = slices.Concat(t.after, p.after)
		}
		return t, nil
	}
	return f.single(tokens)
}

// single reads the template for one text.
func (f *templateFile) single(tokens []token) (t template, err error) {
	into, texts := &t.before, 0
	for _, piece := range f.Single {
		switch {
		case piece.Sequence != nil && piece.Sequence.ID == "A":
			into, texts = &t.after, texts+1
		case piece.SpecialToken != nil:
			special, ok := f.SpecialTokens[piece.SpecialToken.ID]
			if !ok {
				return t, fmt.Errorf("special token %q is not defined", piece.SpecialToken.ID)
			}
			for _, id := range special.IDs {
				if id < 0 || int(id) >= len(tokens) || !tokens[id].present {
					return t, fmt.Errorf("special token %q has id %d, which is not in the vocabulary", piece.SpecialToken.ID, id)
				}
			}
			*into = append(*into, special.IDs...)
		default:
			return t, errors.New("a piece is neither a special token nor the sequence A")
		}
	}
	if texts != 1 {
		return t, fmt.Errorf("the template for one text has it %d times", texts)
	}
	return t, nil
}
