package tokenizer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// parse reads the "model" object.
func (m *bpeFile) parse(s *scan) error {
	var late scan // merges that stand before the vocabulary they need
	var kind string
	merges := false
	err := s.object(func(key []byte) error {
		k := string(key)
		switch k {
		case "vocab":
			return m.parseVocab(s)
		case "merges":
			merges = true
			if m.ids != nil {
				return m.parseMerges(s)
			}
			raw, err := s.raw()
			late.b = raw
			return err
		}
		raw, err := s.raw()
		if err != nil {
			return err
		}
		return m.option(k, raw, &kind)
	})
	if err != nil {
		return err
	}
	if kind != "" && kind != "BPE" {
		return fmt.Errorf("model type %q is not supported; only BPE is", kind)
	}
	if m.ids == nil {
		return errors.New(`no "vocab"`)
	}
	if !merges {
		return errors.New(`no "merges"`)
	}
	if _, ok := m.ids[m.unk]; m.unk != "" && !ok {
		return fmt.Errorf("unk_token %q is not in the vocabulary", m.unk)
	}
	if late.b != nil {
		return m.parseMerges(&late)
	}
	return nil
}

// option reads one small setting of the model.
func (m *bpeFile) option(k string, raw json.RawMessage, kind *string) error {
	var affix string
	var dropout float64
	into := map[string]any{
		"type": kind, "unk_token": &m.unk, "fuse_unk": &m.fuseUnk, "byte_fallback": &m.byteFallback,
		"ignore_merges": &m.ignoreMerges, "dropout": &dropout,
		"continuing_subword_prefix": &affix, "end_of_word_suffix": &affix,
	}
	v, ok := into[k]
	if !ok {
		return fmt.Errorf("unknown key %q", k)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("%s: %w", k, err)
	}
	if affix != "" || dropout != 0 {
		return fmt.Errorf("%s %s is not supported", k, raw)
	}
	return nil
}

// parseVocab reads the object of spellings and ids.
func (m *bpeFile) parseVocab(s *scan) error {
	type entry struct {
		name []byte
		id   int64
	}
	// The spellings are gathered in one block of memory, so that the file itself can be freed.
	var list []entry
	size := 0
	err := s.object(func(key []byte) error {
		id, err := s.int()
		if err != nil {
			return fmt.Errorf("token %q: %w", key, err)
		}
		list, size = append(list, entry{key, id}), size+len(key)
		return nil
	})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return errors.New("the vocabulary is empty")
	}
	var block strings.Builder
	block.Grow(size)
	for _, e := range list {
		block.Write(e.name)
	}
	all := block.String()
	m.ids = make(map[string]int32, len(list))
	m.tokens = make([]token, 0, len(list)+256)
	for _, e := range list {
		name := all[:len(e.name)]
		all = all[len(e.name):]
		if _, ok := m.ids[name]; ok {
			return fmt.Errorf("token %q stands twice", name)
		}
		if err := m.place(name, e.id, len(list)); err != nil {
			return err
		}
		m.ids[name] = int32(e.id)
	}
	return nil
}

// place enters a token in the table by id; n is how many there are. Ids may leave holes
// (some models pad their vocabulary), but few, so that a small file cannot ask for a
// large table.
func (m *bpeFile) place(name string, id int64, n int) error {
	if limit := 2*int64(n) + 1024; id < 0 || id >= limit {
		return fmt.Errorf("token %q: id %d is outside 0..%d (twice the number of tokens, and 1024)", name, id, limit-1)
	}
	for int64(len(m.tokens)) <= id {
		m.tokens = append(m.tokens, token{})
	}
	if t := &m.tokens[id]; t.present && t.name != name {
		return fmt.Errorf("tokens %q and %q have the same id %d", t.name, name, id)
	}
	m.tokens[id] = token{name: name, present: true}
	return nil
}

// parseMerges reads the merges, "a b" or ["a", "b"]; a rule that stands twice counts
// where it stands last.
func (m *bpeFile) parseMerges(s *scan) error {
	var join []byte
	id := func(name []byte) (int32, error) {
		id, ok := m.ids[string(name)]
		if !ok {
			return 0, fmt.Errorf("merge %d: %q is not in the vocabulary", len(m.merges), name)
		}
		return id, nil
	}
	return s.array(func() error {
		left, right, err := s.pair()
		if err != nil {
			return fmt.Errorf("merge %d: %w", len(m.merges), err)
		}
		if left == nil {
			return nil
		}
		var g merge
		if g.left, err = id(left); err != nil {
			return err
		}
		if g.right, err = id(right); err != nil {
			return err
		}
		join = append(append(join[:0], left...), right...)
		if g.into, err = id(join); err != nil {
			return err
		}
		m.merges = append(m.merges, g)
		return nil
	})
}

// pair reads one merge; both are nil for the "#version" line of an old merges.txt.
func (s *scan) pair() (left, right []byte, err error) {
	c, err := s.peek()
	if err != nil {
		return nil, nil, err
	}
	if c == '[' {
		n := 0
		err := s.array(func() error {
			t, err := s.text()
			switch n++; n {
			case 1:
				left = t
			case 2:
				right = t
			}
			return err
		})
		if err == nil && n != 2 {
			err = fmt.Errorf("want 2 parts, got %d", n)
		}
		return left, right, err
	}
	t, err := s.text()
	if err != nil || bytes.HasPrefix(t, []byte("#version")) {
		return nil, nil, err
	}
	left, right, ok := bytes.Cut(t, []byte(" "))
	if !ok || bytes.IndexByte(right, ' ') >= 0 {
		return nil, nil, fmt.Errorf("%q is not two parts with one space between", t)
	}
	return left, right, nil
}
