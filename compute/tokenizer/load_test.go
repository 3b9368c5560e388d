package tokenizer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tiny returns a small tokenizer.json of characters, with the parts given in its place.
func tiny(parts map[string]string) string {
	all := map[string]string{
		"added_tokens": `[{"id":5,"content":"<e>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}]`,
		"normalizer":   "null", "pre_tokenizer": "null", "post_processor": "null",
		"decoder": `{"type":"Fuse"}`,
		"vocab":   `{"a":0,"b":1,"ab":2,"c":3,"abc":4}`,
		"merges":  `["a b","ab c"]`,
		"options": `"type":"BPE"`,
	}
	for k, v := range parts {
		all[k] = v
	}
	return fmt.Sprintf(`{"version":"1.0","truncation":null,"padding":null,"added_tokens":%s,"normalizer":%s,"pre_tokenizer":%s,"post_processor":%s,"decoder":%s,"model":{%s,"vocab":%s,"merges":%s}}`,
		all["added_tokens"], all["normalizer"], all["pre_tokenizer"], all["post_processor"], all["decoder"],
		all["options"], all["vocab"], all["merges"])
}

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct{ name, key, value, want string }{
		{"unknown model", "options", `"type":"Unigram"`, `"Unigram" is not supported`},
		{"dropout", "options", `"dropout":0.1`, "dropout 0.1 is not supported"},
		{"suffix", "options", `"end_of_word_suffix":"</w>"`, `end_of_word_suffix "</w>" is not supported`},
		{"unknown option", "options", `"type":"BPE","magic":1`, `unknown key "magic"`},
		{"unk missing", "options", `"unk_token":"<unk>"`, `unk_token "<unk>" is not in the vocabulary`},
		{"empty vocabulary", "vocab", `{}`, "vocabulary is empty"},
		{"same token twice", "vocab", `{"a":0,"a":1,"b":2}`, `token "a" stands twice`},
		{"same id twice", "vocab", `{"a":0,"b":0}`, `"a" and "b" have the same id 0`},
		{"negative id", "vocab", `{"a":-1}`, "id -1 is outside"},
		{"huge id", "vocab", `{"a":4294967296}`, "id 4294967296 is outside"},
		{"id past int64", "vocab", `{"a":99999999999999999999}`, "want a whole number"},
		{"fractional id", "vocab", `{"a":1.5}`, "want ','"},
		{"id as text", "vocab", `{"a":"1"}`, "want a whole number"},
		{"merge of three", "merges", `["a b c"]`, `"a b c" is not two parts`},
		{"merge of one", "merges", `[["a"]]`, "want 2 parts, got 1"},
		{"unknown part", "merges", `["a x"]`, `merge 0: "x" is not in the vocabulary`},
		{"unknown result", "merges", `["a b","b c"]`, `merge 1: "bc" is not in the vocabulary`},
		{"added id taken", "added_tokens", `[{"id":1,"content":"<e>"}]`, `"b" and "<e>" have the same id 1`},
		{"added elsewhere", "added_tokens", `[{"id":7,"content":"b"}]`, `"b" has id 7, but the vocabulary gives it 1`},
		{"added twice", "added_tokens", `[{"id":5,"content":"x"},{"id":6,"content":"x"}]`, `"x" stands twice`},
		{"added too long", "added_tokens", `[{"id":5,"content":"` + strings.Repeat("x", 2000) + `"}]`, "has 2000 bytes"},
		{"added unknown", "added_tokens", `[{"id":5,"content":"x","fuzzy":true}]`, `unknown field "fuzzy"`},
		{"normalizer", "normalizer", `{"type":"Lowercase"}`, `normalizer: type "Lowercase" is not supported`},
		{"nested normalizer", "normalizer", `{"type":"Sequence","normalizers":[{"type":"NFKC"}]}`, `type "NFKC"`},
		{"replace a regex", "normalizer", `{"type":"Replace","pattern":{"Regex":" +"},"content":""}`, "as a pattern"},
		{"splitter", "pre_tokenizer", `{"type":"BertPreTokenizer","x":1}`, `pre_tokenizer: type "BertPreTokenizer" is not supported`},
		{"split option", "pre_tokenizer", `{"type":"Digits","individual_digits":true,"roman":true}`, `unknown field "roman"`},
		{"behavior", "pre_tokenizer", `{"type":"Split","pattern":{"String":"x"},"behavior":"Dropped","invert":false}`, `behavior "Dropped"`},
		{"no pattern", "pre_tokenizer", `{"type":"Split","behavior":"Isolated","invert":false}`, "must be one of"},
		{"look-behind", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"(?<=a)b"},"behavior":"Isolated","invert":false}`, `the group "(?<="`},
		{"anchor", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"a$"},"behavior":"Isolated","invert":false}`, "the anchor"},
		{"intersection", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"[a&&b]"},"behavior":"Isolated","invert":false}`, "&&"},
		{"set in set", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"[a[b]]"},"behavior":"Isolated","invert":false}`, "a set within a set"},
		{"empty repetition", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"(a|b*)+"},"behavior":"Isolated","invert":false}`, "which may be empty"},
		{"folded class", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"(?i:a|\\p{Lu})"},"behavior":"Isolated","invert":false}`, "a class in a group that ignores case"},
		{"long program", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"(?:ab|cd){900}"},"behavior":"Isolated","invert":false}`, "instructions, more than 1000"},
		{"long pattern", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"` + strings.Repeat("a", 5000) + `"},"behavior":"Isolated","invert":false}`, "5000 bytes"},
		{"growing text", "normalizer", `{"type":"Sequence","normalizers":[` + strings.Repeat(`{"type":"Replace","pattern":{"String":"a"},"content":"aaa"},`, 30) + `{"type":"NFC"}]}`, "makes text more than 16 times as long"},
		{"long prepend", "normalizer", `{"type":"Prepend","prepend":"` + strings.Repeat("a", 500) + `"}`, "500 bytes"},
		{"growing tokens", "decoder", `{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"a"},"content":"` + strings.Repeat("a", 500) + `"}]}`, "makes text more than 16 times as long"},
		{"possessive", "pre_tokenizer", `{"type":"Split","pattern":{"Regex":"a++"},"behavior":"Isolated","invert":false}`, "not supported"},
		{"byte level first", "pre_tokenizer", `{"type":"Sequence","pretokenizers":[{"type":"ByteLevel"},{"type":"Digits"}]}`, "Digits after ByteLevel"},
		{"processor", "post_processor", `{"type":"RobertaProcessing","sep":["</s>",2]}`, `post_processor: type "RobertaProcessing" is not supported`},
		{"template id", "post_processor", `{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"x","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{"x":{"id":"x","ids":[9],"tokens":["x"]}}}`, "id 9, which is not in the vocabulary"},
		{"template without text", "post_processor", `{"type":"TemplateProcessing","single":[],"pair":[],"special_tokens":{}}`, "0 times"},
		{"no decoder", "decoder", `null`, "decoder: a tokenizer without one"},
		{"decoder", "decoder", `{"type":"WordPiece"}`, `decoder: type "WordPiece" is not supported`},
		{"decoder order", "decoder", `{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"ByteFallback"}]}`, "ByteFallback in this place"},
		{"strip of ends", "decoder", `{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":" ","start":0,"stop":1}]}`, "stop 1 is not supported"},
		{"broken JSON", "vocab", `{"a":0`, "JSON at byte"},
		{"control character", "vocab", "{\"a\x01\":0}", "control character"},
		{"bad escape", "vocab", `{"\q":0}`, "invalid character"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := New([]byte(tiny(map[string]string{c.key: c.value})))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %s", err, c.want)
			}
		})
	}
	for name, data := range map[string]string{
		"empty": "", "not JSON": "<html>", "no model": "{}", "not UTF-8": "{\"\xff\":0}", "more": tiny(nil) + "x",
		"twice": `{"model":{"vocab":{"a":0},"merges":[]},"model":{}}`, "unknown key": `{"flavour":1}`, "cut off": tiny(nil)[:200],
	} {
		if _, err := New([]byte(data)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := New([]byte(tiny(nil))); err != nil {
		t.Errorf("nothing wrong: %v", err)
	}
}

// TestHoles: a vocabulary may leave ids out; they are no tokens.
func TestHoles(t *testing.T) {
	tok, err := New([]byte(tiny(map[string]string{"vocab": `{"a":0,"b":10,"ab":2,"c":30,"abc":4,"":7}`})))
	if err != nil {
		t.Fatal(err)
	}
	if n := tok.VocabSize(); n != 31 {
		t.Errorf("vocabulary of %d, want 31", n)
	}
	for id, want := range map[int32]bool{-1: false, 0: true, 1: false, 5: true, 6: false, 7: true, 30: true, 31: false, 1 << 30: false} {
		name, ok := tok.Token(id)
		if ok != want {
			t.Errorf("token %d: got %q %t, want %t", id, name, ok, want)
		}
		if back, ok := tok.TokenID(name); ok != want && name != "" || want && back != id {
			t.Errorf("token %q: got id %d %t", name, back, ok)
		}
		if got := tok.Decode([]int32{id}); got != name {
			t.Errorf("decode %d: got %q, want %q", id, got, name)
		}
	}
	if got := tok.Encode("cab<e>abcab", false); !slices.Equal(got, []int32{30, 2, 5, 4, 2}) {
		t.Errorf("got %v", got)
	}
}

func TestLoadMissing(t *testing.T) {
	_, err := Load(t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "tokenizer.model must be converted") {
		t.Errorf("got %v", err)
	}
}

// TestHints reads begin and end tokens from the files of a model.
func TestHints(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		bos   int32 // -1 if none
		eos   []int32
		err   string
	}{
		{"none", nil, -1, nil, ""},
		{"one id", map[string]string{"generation_config.json": `{"bos_token_id":0,"eos_token_id":1,"temperature":0.6}`}, 0, []int32{1}, ""},
		{"list and name", map[string]string{"generation_config.json": `{"eos_token_id":[1,2]}`, "tokenizer_config.json": `{"bos_token":null,"eos_token":"<e>"}`}, -1, []int32{1, 2, 5}, ""},
		{"object", map[string]string{"special_tokens_map.json": `{"bos_token":{"content":"c","lstrip":false},"eos_token":"abc"}`}, 3, []int32{4}, ""},
		{"config is the last", map[string]string{"config.json": `{"bos_token_id":3,"eos_token_id":null}`}, 3, nil, ""},
		{"generation goes first", map[string]string{"config.json": `{"eos_token_id":3}`, "generation_config.json": `{"eos_token_id":1}`}, -1, []int32{1}, ""},
		{"unknown id", map[string]string{"generation_config.json": `{"eos_token_id":[99,-5]}`}, -1, nil, ""},
		{"wrong kind", map[string]string{"generation_config.json": `{"eos_token_id":"x"}`}, -1, nil, "generation_config.json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "tokenizer.json", tiny(nil))
			for name, text := range c.files {
				write(t, dir, name, text)
			}
			tok, err := Load(dir)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("got %v, want %s", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			bos, ok := tok.BOS()
			if !ok {
				bos = -1
			}
			if bos != c.bos || !slices.Equal(tok.EOS(), c.eos) {
				t.Errorf("got %d, %v; want %d, %v", bos, tok.EOS(), c.bos, c.eos)
			}
		})
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestWrite: what is written loads again as the same tokenizer, and has the same digest
// however the merges were spelt.
func TestWrite(t *testing.T) {
	texts := readTexts(t)
	for _, name := range families {
		tok, data := readFamily(t, name)
		path := filepath.Join(t.TempDir(), "tokenizer.json")
		if err := tok.Save(path); err != nil {
			t.Fatal(err)
		}
		again, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if again.Digest() != tok.Digest() {
			t.Errorf("%s: written and read, the digest differs", name)
		}
		for _, s := range texts[:200] {
			if got, want := again.Encode(s, true), tok.Encode(s, true); !slices.Equal(got, want) {
				t.Errorf("%s %q: got %v, want %v", name, s, got, want)
			}
		}
		respelt, err := New(overlay(t, data, map[string]json.RawMessage{"model": json.RawMessage(`{"dropout":null}`), "padding": json.RawMessage(`{"a":1}`)}))
		if err != nil || respelt.Digest() != tok.Digest() {
			t.Errorf("%s: another order of keys changes the digest (%v)", name, err)
		}
		entries, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(entries) != 1 {
			t.Errorf("%s: %d files left (%v)", name, len(entries), err)
		}
	}
	a, err := New([]byte(tiny(nil)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := New([]byte(tiny(map[string]string{"merges": `[["a","b"],["ab","c"]]`})))
	if err != nil || a.Digest() != b.Digest() {
		t.Errorf("two spellings of merges have two digests (%v)", err)
	}
	c, err := New([]byte(tiny(map[string]string{"merges": `["ab c","a b"]`})))
	if err != nil || a.Digest() == c.Digest() {
		t.Errorf("another order of merges has the same digest (%v)", err)
	}
	if err := a.Save(filepath.Join(t.TempDir(), "no", "such", "dir")); err == nil {
		t.Error("no error where the file cannot be written")
	}
}

// TestOthersLoad lets PyPI's tokenizers read what WriteJSON wrote, where it is installed.
func TestOthersLoad(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil || exec.Command(python, "-c", "import tokenizers").Run() != nil {
		t.Skip("PyPI's tokenizers is not installed")
	}
	const script = `import json, sys
from tokenizers import Tokenizer
t = Tokenizer.from_file(sys.argv[1])
print(json.dumps([e.ids for e in t.encode_batch(json.load(sys.stdin))]))`
	texts := readTexts(t)[:300]
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range families {
		tok, _ := readFamily(t, name)
		path := filepath.Join(t.TempDir(), "tokenizer.json")
		if err := tok.Save(path); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(python, "-c", script, path)
		cmd.Stdin = bytes.NewReader(input)
		out, err := cmd.Output()
		var ids [][]int32
		if err == nil {
			err = json.Unmarshal(out, &ids)
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range texts {
			if got := tok.Encode(s, true); !slices.Equal(got, ids[i]) {
				t.Errorf("%s %q: got %v, want %v", name, s, got, ids[i])
			}
		}
	}
}
