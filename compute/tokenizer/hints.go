package tokenizer

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// hints are what the files beside a tokenizer.json say of the begin and end tokens.
type hints struct {
	bos []int32
	eos []int32
}

// BOS returns the token a text begins with: the one the model's files name, else the one
// that the post-processor puts in front; ok is false if there is none.
func (t *Tokenizer) BOS() (id int32, ok bool) {
	for _, list := range [][]int32{t.hints.bos, t.template.before} {
		if len(list) > 0 {
			return list[0], true
		}
	}
	return 0, false
}

// EOS returns the tokens that end a text, any of them: those the model's files name, else
// those the post-processor puts behind.
func (t *Tokenizer) EOS() []int32 {
	if len(t.hints.eos) > 0 {
		return slices.Clone(t.hints.eos)
	}
	return slices.Clone(t.template.after)
}

// idList is an id, a list of ids, or null.
type idList []int32

func (l *idList) UnmarshalJSON(b []byte) error {
	var one *int32
	if err := json.Unmarshal(b, &one); err == nil {
		if *l = nil; one != nil {
			*l = idList{*one}
		}
		return nil
	}
	return json.Unmarshal(b, (*[]int32)(l))
}

// tokenName is a token's spelling, {"content": spelling}, or null.
type tokenName string

func (n *tokenName) UnmarshalJSON(b []byte) error {
	if err := json.Unmarshal(b, (*string)(n)); err == nil {
		return nil
	}
	var v struct {
		Content string `json:"content"`
	}
	err := json.Unmarshal(b, &v)
	*n = tokenName(v.Content)
	return err
}

// readHints reads the files in dir that name begin and end tokens. All of them may be
// missing. Ids are taken of generation_config.json, or else of config.json; to the end
// tokens come those named by spelling, as chat models often name their end of turn so.
func readHints(dir string, t *Tokenizer) (hints, error) {
	var generation, config struct {
		BOS idList `json:"bos_token_id"`
		EOS idList `json:"eos_token_id"`
	}
	var own, special struct {
		BOS tokenName `json:"bos_token"`
		EOS tokenName `json:"eos_token"`
	}
	for _, f := range []struct {
		name string
		v    any
	}{
		{"generation_config.json", &generation}, {"config.json", &config},
		{"tokenizer_config.json", &own}, {"special_tokens_map.json", &special},
	} {
		data, err := os.ReadFile(filepath.Join(dir, f.name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			err = json.Unmarshal(data, f.v)
		}
		if err != nil {
			return hints{}, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	var h hints
	add := func(list *[]int32, id int32, ok bool) {
		if ok && !slices.Contains(*list, id) {
			*list = append(*list, id)
		}
	}
	for _, c := range []struct {
		list      *[]int32
		ids, more idList
		names     []tokenName
	}{
		{&h.bos, generation.BOS, config.BOS, []tokenName{own.BOS, special.BOS}},
		{&h.eos, generation.EOS, config.EOS, []tokenName{own.EOS, special.EOS}},
	} {
		if len(c.ids) == 0 {
			c.ids = c.more
		}
		for _, id := range c.ids {
			_, ok := t.Token(id)
			add(c.list, id, ok)
		}
		for _, n := range c.names {
			id, ok := t.TokenID(string(n))
			add(c.list, id, ok && n != "")
		}
	}
	return h, nil
}
