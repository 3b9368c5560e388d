package tokenizer

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/openledger/openledger/compute/safetensors"
)

// WriteJSON writes the tokenizer as a tokenizer.json in one canonical form: whatever the
// file it came from looked like, the same settings, vocabulary and merges give the same
// bytes. Truncation and padding, which are no part of a tokenizer, are left out.
func (t *Tokenizer) WriteJSON(w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<16)
	f, m := t.file, &t.file.model
	b.WriteString("{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\n\"added_tokens\":[")
	for i, a := range f.added {
		comma(b, i, '\n')
		fmt.Fprintf(b, `{"id":%d,"content":`, a.ID)
		writeText(b, a.Content)
		fmt.Fprintf(b, `,"single_word":%t,"lstrip":%t,"rstrip":%t,"normalized":%t,"special":%t}`,
			a.SingleWord, a.LStrip, a.RStrip, a.Normalized, a.Special)
	}
	b.WriteString("]")
	for _, part := range []struct {
		key string
		raw json.RawMessage
	}{
		{"normalizer", f.normalizer}, {"pre_tokenizer", f.splitting},
		{"post_processor", f.template}, {"decoder", f.decoder},
	} {
		raw, err := sorted(part.raw)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, ",\n%q:%s", part.key, raw)
	}
	b.WriteString(",\n\"model\":{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":")
	if m.unk == "" {
		b.WriteString("null")
	} else {
		writeText(b, m.unk)
	}
	fmt.Fprintf(b, `,"continuing_subword_prefix":null,"end_of_word_suffix":null,"fuse_unk":%t,"byte_fallback":%t,"ignore_merges":%t,`,
		m.fuseUnk, m.byteFallback, m.ignoreMerges)
	b.WriteString("\n\"vocab\":{")
	first := 0
	for id, tok := range m.tokens {
		if own, ok := m.ids[tok.name]; !tok.present || !ok || int(own) != id {
			continue
		}
		comma(b, first, '\n')
		first = 1
		writeText(b, tok.name)
		b.WriteByte(':')
		b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(id), 10))
	}
	b.WriteString("},\n\"merges\":[")
	for i, g := range m.merges {
		comma(b, i, '\n')
		b.WriteByte('[')
		writeText(b, m.tokens[g.left].name)
		b.WriteByte(',')
		writeText(b, m.tokens[g.right].name)
		b.WriteByte(']')
	}
	b.WriteString("]}}\n")
	return b.Flush()
}

func comma(b *bufio.Writer, i int, after byte) {
	if i > 0 {
		b.WriteByte(',')
	}
	b.WriteByte(after)
}

// writeText writes a string with no more escapes than JSON asks for.
func writeText(b *bufio.Writer, s string) {
	b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ':
			fmt.Fprintf(b, `\u%04x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
}

// sorted rewrites a JSON value without white space and with its keys in order.
func sorted(raw json.RawMessage) ([]byte, error) {
	if isNull(raw) {
		return []byte("null"), nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(out.Bytes()), err
}

// Save writes the tokenizer to a file, as a whole or not at all; see
// safetensors.Replace.
func (t *Tokenizer) Save(path string) error {
	if err := safetensors.Replace(path, t.WriteJSON); err != nil {
		return fmt.Errorf("save tokenizer: %w", err)
	}
	return nil
}

// Digest is the SHA-256 of what WriteJSON writes: tokenizers with the same digest give the
// same ids.
func (t *Tokenizer) Digest() [sha256.Size]byte {
	h := sha256.New()
	if err := t.WriteJSON(h); err != nil {
		panic("tokenizer: internal error: " + err.Error()) // the parts were decoded before, a hash takes all
	}
	return [sha256.Size]byte(h.Sum(nil))
}
