package tokenizer

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// An encoder is the working memory of one Encode call: buffers and a cache of words. It
// passes through many hands, one at a time.
type encoder struct {
	t     *Tokenizer
	plain bool // special tokens count as text
	out   []int32

	text, a, b []byte // the text; two buffers for the normalizers to write to in turn
	yield      []func([]byte)

	merger merger
	cache  []cacheLine
	shift  uint // of a word's hash, for its place in the cache
	misses int  // since the cache has this size
}

func newEncoder(t *Tokenizer) *encoder {
	e := &encoder{t: t}
	e.resize(minLines)
	e.yield = t.stages(e.word)
	return e
}

// stages returns for each stage of the splitting a func that takes a piece to it and on;
// the last of them is word.
func (t *Tokenizer) stages(word func([]byte)) []func([]byte) {
	list := make([]func([]byte), len(t.split.stages)+1)
	list[len(t.split.stages)] = word
	for i := len(t.split.stages) - 1; i >= 0; i-- {
		stage, next := t.split.stages[i], list[i+1]
		list[i] = func(piece []byte) { stage.split(piece, next) }
	}
	return list
}

// maxKept is the largest text whose buffers an encoder keeps for the next.
const maxKept = 1 << 20

// encode appends the tokens of text to dst.
func (e *encoder) encode(dst []int32, text string, plain bool) []int32 {
	e.out, e.plain = dst, plain
	e.text = append(e.text[:0], text...)
	e.t.rawAdded.each(e.text, plain, func(from, to int) {
		e.segment(e.text[from:to], from == 0)
	}, e.token)
	dst, e.out = e.out, nil
	if cap(e.text) > maxKept {
		e.text, e.a, e.b, e.merger = nil, nil, nil, merger{}
	}
	return dst
}

func (e *encoder) token(id int32) { e.out = append(e.out, id) }

// segment encodes text without raw added tokens; first says that the whole text begins here.
func (e *encoder) segment(b []byte, first bool) {
	for _, step := range e.t.normalizers {
		e.a = step(e.a[:0], b)
		b = e.a
		e.a, e.b = e.b, e.a
	}
	if len(e.t.formAdded.tokens) == 0 {
		e.cut(b, first)
		return
	}
	e.t.formAdded.each(b, e.plain, func(from, to int) {
		e.cut(b[from:to], first && from == 0)
	}, e.token)
}

// cut splits a piece of normalised text into words and encodes them.
func (e *encoder) cut(b []byte, first bool) {
	if m := e.t.split.meta; m != nil {
		e.a = m.apply(e.a[:0], b, first)
		b = e.a
	}
	if len(b) > 0 {
		e.yield[0](b)
	}
}

// A cacheLine holds the tokens of a short word; a word has one place where it can stand.
type cacheLine struct {
	key [3]uint64 // the bytes, little-endian, zero behind the end
	len uint8     // of the word; 0 if the line is free
	n   uint8     // how many ids
	ids [9]int32
}

const (
	maxCached = 24      // bytes of a word
	minLines  = 1 << 8  // an encoder starts with 16 KiB, so that a short text does not pay for more
	maxLines  = 1 << 15 // and ends with 2 MiB, which hold the words of most texts
)

// resize empties the cache and gives it n lines, a power of two.
func (e *encoder) resize(n int) {
	e.cache, e.misses = make([]cacheLine, n), 0
	e.shift = uint(65 - bits.Len(uint(n)))
}

// word encodes one word.
func (e *encoder) word(w []byte) {
	if len(w) > maxCached {
		e.out = append(e.out, e.merge(w)...)
		return
	}
	key := wordKey(w)
	h := (key[0] ^ bits.RotateLeft64(key[1], 29) ^ bits.RotateLeft64(key[2], 47) ^ uint64(len(w))) * 0x9e3779b97f4a7c15
	line := &e.cache[h>>e.shift]
	if line.key != key || int(line.len) != len(w) {
		if e.misses++; e.misses > len(e.cache) && len(e.cache) < maxLines {
			e.resize(2 * len(e.cache))
			line = &e.cache[h>>e.shift]
		}
		ids := e.merge(w)
		if len(ids) > len(line.ids) {
			e.out = append(e.out, ids...)
			return
		}
		line.key, line.len, line.n = key, uint8(len(w)), uint8(len(ids))
		copy(line.ids[:], ids)
	}
	if line.n == 1 {
		e.out = append(e.out, line.ids[0])
		return
	}
	e.out = append(e.out, line.ids[:line.n]...)
}

// wordKey packs up to 24 bytes into three words.
func wordKey(w []byte) (key [3]uint64) {
	if cap(w) < maxCached {
		var b [maxCached]byte
		copy(b[:], w)
		w = b[:len(w)]
	}
	p, free := w[:maxCached], uint(-8*len(w))&63 // what stands behind the word is shifted out
	if len(w) <= 8 {
		key[0] = binary.LittleEndian.Uint64(p) << free
		return key
	}
	key[0] = binary.LittleEndian.Uint64(p)
	if len(w) <= 16 {
		key[1] = binary.LittleEndian.Uint64(p[8:]) << free
		return key
	}
	key[1] = binary.LittleEndian.Uint64(p[8:])
	key[2] = binary.LittleEndian.Uint64(p[16:]) << free
	return key
}

// merge encodes a word that is not in the cache; the result is good until the next call.
func (e *encoder) merge(w []byte) []int32 {
	g, m := &e.merger, e.t.bpe
	if id, ok := m.whole[string(w)]; ok {
		g.ids = append(g.ids[:0], id)
		return g.ids
	}
	g.ids = m.appendSymbols(g.ids[:0], w)
	return g.merge(m, g.ids)
}

// A signSplit cuts in front of every run of a sign. It is no part of the file: it is put
// in where the vocabulary shows that no merge crosses such a place, and makes one long
// "word" of a SentencePiece vocabulary into words that the cache can hold.
type signSplit struct{ sign string }

func (s signSplit) split(b []byte, yield func([]byte)) {
	start, lead := 0, s.sign[0]
	for i := 0; i < len(b); {
		if b[i] != lead || !hasPrefix(b[i:], s.sign) {
			i++
			continue
		}
		if i > start {
			yield(b[start:i])
			start = i
		}
		for hasPrefix(b[i:], s.sign) {
			i += len(s.sign)
		}
	}
	if start < len(b) {
		yield(b[start:])
	}
}

func hasPrefix(b []byte, s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }

// wordSign returns the sign in front of which text may be cut, or "" if there is none: the
// vocabulary has it as a character, and whatever a merge puts behind another symbol does
// not begin with it, unless that symbol ends in it.
func wordSign(f *bpeFile, sign string) string {
	if _, ok := f.ids[sign]; !ok || utf8.RuneCountInString(sign) != 1 {
		return ""
	}
	n := len(sign)
	for _, g := range f.merges {
		left, right := f.tokens[g.left].name, f.tokens[g.right].name
		if len(right) >= n && right[:n] == sign && (len(left) < n || left[len(left)-n:] != sign) {
			return ""
		}
	}
	return sign
}
