package tokenizer

import (
	"fmt"
	"math/bits"
	"unicode/utf8"
)

// A bpe cuts a word into tokens: it starts from bytes or characters and applies the merges,
// always the one of lowest rank, at equal rank the leftmost, until none is left. It is
// read-only and safe for concurrent use.
type bpe struct {
	merges pairTable

	// Symbols to start from. Byte level: first by byte. Otherwise first for ASCII and
	// runes for the rest. -1 if there is none.
	byteLevel bool
	first     [256]int32
	runes     map[rune]int32

	bytes   *[256]int32 // ids of <0x00> … <0xFF>, -1 where missing; nil without byte_fallback
	unk     int32       // -1 if there is none
	fuseUnk bool

	whole map[string]int32 // words that are tokens whatever the merges say; nil without ignore_merges
}

func newBPE(f *bpeFile, byteLevel bool) (*bpe, error) {
	m := &bpe{merges: newPairTable(f.merges), byteLevel: byteLevel, unk: -1, fuseUnk: f.fuseUnk}
	if f.unk != "" {
		m.unk = f.ids[f.unk]
	}
	for i := range m.first {
		m.first[i] = -1
	}
	if byteLevel {
		for b := range m.first {
			if id, ok := f.ids[string(byteRune[b])]; ok {
				m.first[b] = id
			} else if f.byteFallback {
				return nil, fmt.Errorf("byte_fallback with ByteLevel is not supported for a vocabulary without byte %#02x", b)
			}
		}
	} else {
		m.runes = map[rune]int32{}
		for name, id := range f.ids {
			if r, w := utf8.DecodeRuneInString(name); w == len(name) && w > 0 {
				if m.runes[r] = id; r < utf8.RuneSelf {
					m.first[r] = id
				}
			}
		}
		if f.byteFallback {
			m.bytes = new([256]int32)
			for b := range m.bytes {
				id, ok := f.ids[fmt.Sprintf("<0x%02X>", b)]
				if m.bytes[b] = id; !ok {
					m.bytes[b] = -1
				}
			}
		}
	}
	if f.ignoreMerges {
		m.whole = make(map[string]int32, len(f.ids))
		var buf []byte
		for name, id := range f.ids {
			if !byteLevel {
				m.whole[name] = id
			} else if b, ok := appendBytes(buf[:0], name); ok {
				m.whole[string(b)] = id
				buf = b
			}
		}
	}
	return m, nil
}

// appendSymbols appends the symbols a word starts from.
func (m *bpe) appendSymbols(dst []int32, w []byte) []int32 {
	unk := false // an unknown token waits to be written, and to swallow those that follow
	known := func(id int32) {
		if unk {
			dst = append(dst, m.unk)
		}
		unk, dst = false, append(dst, id)
	}
	unknown := func() {
		if unk && !m.fuseUnk {
			dst = append(dst, m.unk)
		}
		unk = m.unk >= 0 // with no token for it, it is left out, as in PyPI's tokenizers
	}
	if m.byteLevel {
		for _, c := range w {
			if id := m.first[c]; id >= 0 {
				known(id)
			} else {
				unknown()
			}
		}
	} else {
		for len(w) > 0 {
			r, n := utf8.DecodeRune(w)
			id, ok := m.first[w[0]], w[0] < utf8.RuneSelf
			if !ok && (r != utf8.RuneError || n > 1) {
				id, ok = m.runes[r]
			}
			switch {
			case ok && id >= 0:
				known(id)
			case m.fallback(w[:n]):
				for _, c := range w[:n] {
					dst = append(dst, m.bytes[c])
				}
			default:
				unknown()
			}
			w = w[n:]
		}
	}
	if unk {
		dst = append(dst, m.unk)
	}
	return dst
}

// fallback says that every byte of a character has a token of its own.
func (m *bpe) fallback(char []byte) bool {
	if m.bytes == nil {
		return false
	}
	for _, c := range char {
		if m.bytes[c] < 0 {
			return false
		}
	}
	return true
}

// A pairTable is a hash table from a pair of ids to what they merge into.
type pairTable struct {
	slots []pairSlot // a power of two
	shift uint
}

type pairSlot struct {
	key        uint64 // left, right; emptyPair if the slot is free
	rank, into int32
}

const (
	emptyPair = ^uint64(0)
	noRank    = int32(1<<31 - 1)
)

func pairKey(left, right int32) uint64 { return uint64(uint32(left))<<32 | uint64(uint32(right)) }

func newPairTable(merges []merge) pairTable {
	log := bits.Len(uint(2 * len(merges))) // at most half full
	t := pairTable{make([]pairSlot, 1<<log), uint(64 - log)}
	for i := range t.slots {
		t.slots[i].key = emptyPair
	}
	for rank, g := range merges {
		*t.slot(pairKey(g.left, g.right)) = pairSlot{pairKey(g.left, g.right), int32(rank), g.into}
	}
	return t
}

// slot returns where a key stands, or the free slot where it would.
func (t *pairTable) slot(key uint64) *pairSlot {
	mask := uint64(len(t.slots) - 1)
	i := key * 0x9e3779b97f4a7c15 >> (t.shift & 63)
	for {
		s := &t.slots[i&mask]
		if s.key == key || s.key == emptyPair {
			return s
		}
		i++
	}
}

// find returns the rank of a merge and its result; noRank if there is no such merge.
func (t *pairTable) find(left, right int32) (rank, into int32) {
	if s := t.slot(pairKey(left, right)); s.key != emptyPair {
		return s.rank, s.into
	}
	return noRank, 0
}
