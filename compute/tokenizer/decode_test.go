package tokenizer

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// byteTokens returns the ids of single bytes, in a byte-level or byte-fallback vocabulary.
func byteTokens(t *testing.T, tok *Tokenizer, text string) (ids []int32) {
	t.Helper()
	for _, b := range []byte(text) {
		id := tok.bpe.first[b]
		if tok.bpe.bytes != nil {
			id = tok.bpe.bytes[b]
		}
		ids = append(ids, id)
	}
	return ids
}

// TestStreamHoldsBack: no part of a character comes out before the whole.
func TestStreamHoldsBack(t *testing.T) {
	for _, name := range families {
		tok, _ := readFamily(t, name)
		d := tok.NewDecoder()
		var got []string
		for _, id := range byteTokens(t, tok, "aé€😀b") {
			got = append(got, d.Next(id))
		}
		if want := []string{"a", "", "é", "", "", "€", "", "", "", "😀", "b"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		if rest := d.Flush(); rest != "" {
			t.Errorf("%s: %q left", name, rest)
		}
	}
}

// TestBrokenBytes: bytes that make no UTF-8 become U+FFFD, as in PyPI's tokenizers.
func TestBrokenBytes(t *testing.T) {
	const no = "\ufffd"
	for _, c := range []struct{ bytes, level, fallback string }{
		{"\xff", no, no},
		{"a\x80b", "a" + no + "b", "a" + no + "b"},
		{"\xe2\x82", no, no + no}, // one beginning of a character; of byte tokens each is replaced
		{"\xe2\x82x", no + "x", no + no + "x"},
		{"\xf0\x9f\x98\xf0\x9f\x98\x80", no + "😀", no + no + no + "😀"},
		{"\xc0\x80", no + no, no + no},
		{"\xed\xa0\x80", no + no + no, no + no + no},
		{"\xf4\x90\x80\x80", no + no + no + no, no + no + no + no},
	} {
		for name, want := range map[string]string{"gpt2": c.level, "llama2": c.fallback} {
			tok, _ := readFamily(t, name)
			ids := byteTokens(t, tok, c.bytes)
			if got := tok.Decode(ids); got != want {
				t.Errorf("%s %x: got %q, want %q", name, c.bytes, got, want)
			}
			if got := stream(tok, ids); got != want {
				t.Errorf("%s %x, streaming: got %q, want %q", name, c.bytes, got, want)
			}
		}
	}
}

func TestSkipSpecial(t *testing.T) {
	for name, want := range map[string]string{"llama3": "hi there", "llama2": "hi there", "qwen2": "hi there"} {
		tok, _ := readFamily(t, name)
		ids := tok.Encode("hi there", true)
		eos := map[string]string{"llama3": "<|eot_id|>", "llama2": "</s>", "qwen2": "<|im_end|>"}[name]
		id, ok := tok.TokenID(eos)
		if !ok || !tok.IsSpecial(id) || tok.IsSpecial(ids[len(ids)-1]) || tok.IsSpecial(-1) || tok.IsSpecial(1<<30) {
			t.Fatalf("%s: %s is %d, %t", name, eos, id, ok)
		}
		ids = append(ids, id)
		if got := tok.DecodeText(ids); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
		if got := tok.Decode(ids); !strings.HasSuffix(got, want+eos) {
			t.Errorf("%s: got %q", name, got)
		}
		d := tok.NewDecoder()
		d.SkipSpecial = true
		for range 2 { // a decoder may be used again
			text := ""
			for _, id := range ids {
				text += d.Next(id)
			}
			if text += d.Flush(); text != want {
				t.Errorf("%s, streaming: got %q, want %q", name, text, want)
			}
		}
	}
}

// TestRoundTrip: text comes back as it was, NFC aside, also where it is no UTF-8.
func TestRoundTrip(t *testing.T) {
	for _, name := range []string{"gpt2", "llama3"} {
		tok, _ := readFamily(t, name)
		for _, text := range readTexts(t) {
			ids := tok.AppendEncode(nil, text, PlainText)
			if strings.Contains(text, "<mask>") || strings.Contains(text, "<fim>") {
				continue // those swallow the white space beside them
			}
			if got := tok.Decode(ids); got != text {
				t.Errorf("%s: got %q, want %q", name, got, text)
			}
		}
		var raw []byte
		for _, id := range tok.Encode("a\xff\xfe é\x80", false) {
			raw = append(raw, tok.decode.of(id)...)
		}
		if string(raw) != "a\xff\xfe é\x80" {
			t.Errorf("%s: got %q", name, raw)
		}
	}
}

// FuzzEncode encodes any text with each family, and decodes it whole and in a stream.
func FuzzEncode(f *testing.F) {
	for _, s := range []string{"", "Hello, world", "  a\n\n b'll <|im_start|> </s><s>", "é\u0301😀\xff\xe2\x82", "<mask> ▁▁ two words café"} {
		f.Add(s)
	}
	toks := map[string]*Tokenizer{}
	for _, name := range families {
		toks[name], _ = readFamily(f, name)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, tok := range toks {
			for _, flags := range []Flags{0, AddSpecial, PlainText} {
				ids := tok.AppendEncode(nil, text, flags)
				for _, id := range ids {
					if _, ok := tok.Token(id); !ok {
						t.Fatalf("%s %q: id %d is no token", name, text, id)
					}
					if flags == PlainText && tok.IsSpecial(id) && name != "llama2" {
						t.Fatalf("%s %q: special token %d from plain text", name, text, id)
					}
				}
				whole := tok.Decode(ids)
				if !utf8.ValidString(whole) {
					t.Fatalf("%s %q: decodes to %q", name, text, whole)
				}
				d, parts := tok.NewDecoder(), ""
				for _, id := range ids {
					p := d.Next(id)
					if !utf8.ValidString(p) {
						t.Fatalf("%s %q: streams %q", name, text, p)
					}
					parts += p
				}
				if parts += d.Flush(); parts != whole {
					t.Fatalf("%s %q: streams %q, decodes to %q", name, text, parts, whole)
				}
			}
			if name == "llama3" && utf8.ValidString(text) {
				if got := tok.Decode(tok.AppendEncode(nil, text, PlainText)); got != text {
					t.Fatalf("%s %q: comes back as %q", name, text, got)
				}
			}
		}
	})
}

// FuzzNew: any file is refused or makes a tokenizer that works and can be written.
func FuzzNew(f *testing.F) {
	f.Add(tiny(nil), "abc <e>")
	f.Add(tiny(map[string]string{"pre_tokenizer": `{"type":"ByteLevel"}`, "decoder": `{"type":"ByteLevel"}`}), "a b")
	f.Add(tiny(map[string]string{"normalizer": `{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}`,
		"vocab": `{"▁":0,"a":1,"▁a":2,"<0x41>":3,"<unk>":4}`, "merges": `[["▁","a"]]`, "options": `"unk_token":"<unk>","byte_fallback":true,"fuse_unk":true`,
		"decoder": `{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}`}), "a Ab")
	f.Add(tiny(map[string]string{"pre_tokenizer": `{"type":"Metaspace","replacement":"c","prepend_scheme":"first","split":true}`, "decoder": `{"type":"Metaspace","replacement":"c","prepend_scheme":"first"}`}), "ab a")
	f.Fuzz(func(t *testing.T, data, text string) {
		tok, err := New([]byte(data))
		if err != nil {
			return
		}
		ids := tok.Encode(text, true)
		if got, want := stream(tok, ids), tok.Decode(ids); got != want {
			t.Errorf("streams %q, decodes to %q", got, want)
		}
		var b strings.Builder
		if err := tok.WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		again, err := New([]byte(b.String()))
		if err != nil {
			t.Fatalf("%v: written as\n%s", err, b.String())
		}
		if again.Digest() != tok.Digest() {
			t.Errorf("another digest after writing\n%s", b.String())
		}
		if got := again.Encode(text, true); !slices.Equal(got, ids) {
			t.Errorf("%q: %v after writing, %v before", text, got, ids)
		}
	})
}
