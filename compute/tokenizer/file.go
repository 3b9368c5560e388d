package tokenizer

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// A file is what a tokenizer.json says, vocabulary and merges already checked.
type file struct {
	added      []AddedToken
	addedIDs   map[string]int32 // by content
	normalizer json.RawMessage  // null, or an object with "type"; the same for the next three
	splitting  json.RawMessage  // "pre_tokenizer"
	template   json.RawMessage  // "post_processor"
	decoder    json.RawMessage
	model      bpeFile
}

// An AddedToken is matched in the text before anything else is looked at.
type AddedToken struct {
	ID         int32  `json:"id"`
	Content    string `json:"content"`
	SingleWord bool   `json:"single_word"` // matches only where no word character stands beside it
	LStrip     bool   `json:"lstrip"`      // swallows white space on its left
	RStrip     bool   `json:"rstrip"`      // swallows white space on its right
	Normalized bool   `json:"normalized"`  // is matched in the normalised text, in its own normalised form
	Special    bool   `json:"special"`     // a control token: never part of a text a user typed
}

// bpeFile is the "model" of the file.
type bpeFile struct {
	unk          string // "" if there is none
	fuseUnk      bool
	byteFallback bool
	ignoreMerges bool
	tokens       []token          // by id, added tokens too
	ids          map[string]int32 // by spelling, without tokens that are only added
	merges       []merge          // in order of rank
}

// A token is one place of the vocabulary, or a hole in it.
type token struct {
	name    string // as the file spells it
	present bool
}

// A merge says that left, right become into; its rank is its place in the list.
type merge struct{ left, right, into int32 }

// maxFile bounds a tokenizer.json; the largest in use are below 40 MB.
const maxFile = 256 << 20

// parseFile reads the text of a tokenizer.json.
func parseFile(data []byte) (*file, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("the file has %d bytes, more than %d", len(data), maxFile)
	}
	if !utf8.Valid(data) {
		return nil, errors.New("the file is not UTF-8")
	}
	f := &file{}
	s := &scan{b: data}
	raws := map[string]*json.RawMessage{
		"normalizer": &f.normalizer, "pre_tokenizer": &f.splitting,
		"post_processor": &f.template, "decoder": &f.decoder,
	}
	seen := map[string]bool{}
	err := s.object(func(key []byte) error {
		k := string(key)
		if seen[k] {
			return fmt.Errorf("%q stands twice", k)
		}
		seen[k] = true
		var err error
		switch {
		case raws[k] != nil:
			*raws[k], err = s.raw()
		case k == "model":
			err = f.model.parse(s)
		case k == "added_tokens":
			err = f.parseAdded(s)
		case k == "version", k == "truncation", k == "padding":
			_, err = s.raw() // truncation and padding are the caller's business, not the tokenizer's
		default:
			return fmt.Errorf("unknown key %q", k)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := s.end(); err != nil {
		return nil, err
	}
	if !seen["model"] {
		return nil, errors.New(`no "model"`)
	}
	return f, f.placeAdded()
}

func (f *file) parseAdded(s *scan) error {
	return s.array(func() error {
		raw, err := s.raw()
		if err != nil {
			return err
		}
		var a AddedToken
		if err := strict(raw, &a); err != nil {
			return fmt.Errorf("entry %d: %w", len(f.added), err)
		}
		f.added = append(f.added, a)
		return nil
	})
}

// placeAdded gives every added token its place in the vocabulary.
func (f *file) placeAdded() error {
	m := &f.model
	slices.SortStableFunc(f.added, func(a, b AddedToken) int { return cmp.Compare(a.ID, b.ID) })
	f.addedIDs = make(map[string]int32, len(f.added))
	for _, a := range f.added {
		if _, ok := f.addedIDs[a.Content]; ok {
			return fmt.Errorf("added token %q stands twice", a.Content)
		}
		if id, ok := m.ids[a.Content]; ok && id != a.ID {
			return fmt.Errorf("added token %q has id %d, but the vocabulary gives it %d", a.Content, a.ID, id)
		}
		if err := m.place(a.Content, int64(a.ID), len(m.ids)+len(f.added)); err != nil {
			return fmt.Errorf("added token: %w", err)
		}
		f.addedIDs[a.Content] = a.ID
	}
	return nil
}
