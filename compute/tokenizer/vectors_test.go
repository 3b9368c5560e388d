package tokenizer

import (
	"compress/gzip"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"
)

// The vectors are made by testdata/gen/vectors.py with PyPI's tokenizers.

var families = []string{"gpt2", "llama3", "qwen2", "llama2"}

type vectors struct {
	IDs     [][]int32
	Plain   map[int][]int32
	Decoded map[int]string
}

// readGz decodes a compressed JSON file of testdata.
func readGz(t testing.TB, name string, v any) {
	t.Helper()
	f, err := os.Open("testdata/" + name + ".gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err == nil {
		err = json.NewDecoder(z).Decode(v)
	}
	if err != nil {
		t.Fatal(name, err)
	}
}

func readTexts(t testing.TB) []string {
	var v struct{ Texts []string }
	readGz(t, "texts", &v)
	return v.Texts
}

func readFamily(t testing.TB, name string) (*Tokenizer, json.RawMessage) {
	t.Helper()
	var data json.RawMessage
	readGz(t, name+".tokenizer", &data)
	tok, err := New(data)
	if err != nil {
		t.Fatal(name, err)
	}
	return tok, data
}

// equalVectors checks a tokenizer against the ids that PyPI's gives for texts.
func equalVectors(t *testing.T, tok *Tokenizer, texts []string, v *vectors) {
	t.Helper()
	bad := 0
	fail := func(what, text string, got, want any) {
		if bad++; bad <= 5 {
			t.Errorf("%s %+q:\n got %+v\nwant %+v", what, text, got, want)
		}
	}
	for i, text := range texts {
		if got := tok.Encode(text, true); !slices.Equal(got, v.IDs[i]) {
			fail("encode", text, got, v.IDs[i])
		}
		plain, ok := v.Plain[i]
		if !ok {
			plain = v.IDs[i]
		}
		if got := tok.AppendEncode(nil, text, AddSpecial|PlainText); !slices.Equal(got, plain) && (ok || i >= len(texts)-len(texts)/10) {
			fail("encode plainly", text, got, plain)
		}
		want, ok := v.Decoded[i]
		if !ok {
			want = text
		}
		ids := tok.Encode(text, false)
		if got := tok.Decode(ids); got != want {
			fail("decode", text, got, want)
		}
		if got := stream(tok, ids); got != want {
			fail("stream", text, got, want)
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d strings differ", bad, len(texts))
	}
}

// stream decodes token by token.
func stream(tok *Tokenizer, ids []int32) (text string) {
	d := tok.NewDecoder()
	for _, id := range ids {
		text += d.Next(id)
	}
	return text + d.Flush()
}

func TestFamilies(t *testing.T) {
	texts := readTexts(t)
	if len(texts) < 3000 {
		t.Fatalf("only %d strings", len(texts))
	}
	for _, name := range families {
		t.Run(name, func(t *testing.T) {
			tok, _ := readFamily(t, name)
			var v vectors
			readGz(t, name+".vectors", &v)
			equalVectors(t, tok, texts, &v)
		})
	}
}

// TestVariants checks other settings over the families' models.
func TestVariants(t *testing.T) {
	var all struct {
		Every    int
		Variants map[string]struct {
			Family  string
			Differs map[string]json.RawMessage
			vectors
		}
	}
	readGz(t, "variants", &all)
	var texts []string
	for i, text := range readTexts(t) {
		if i%all.Every == 0 {
			texts = append(texts, text)
		}
	}
	for name, v := range all.Variants {
		t.Run(name, func(t *testing.T) {
			_, base := readFamily(t, v.Family)
			data := overlay(t, base, v.Differs)
			tok, err := New(data)
			if err != nil {
				t.Fatal(err)
			}
			equalVectors(t, tok, texts, &v.vectors)
		})
	}
}

// overlay replaces keys of a JSON object, and within "model" those of the model.
func overlay(t *testing.T, base json.RawMessage, differs map[string]json.RawMessage) json.RawMessage {
	t.Helper()
	object := func(b []byte) (v map[string]json.RawMessage) {
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	all := object(base)
	for k, v := range differs {
		if k == "model" {
			model := object(all[k])
			maps.Copy(model, object(v))
			v, _ = json.Marshal(model)
		}
		all[k] = v
	}
	out, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
