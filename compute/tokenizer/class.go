package tokenizer

import (
	"sync"
	"unicode/utf8"
)

// A class is what the split patterns ask of a character. The tables in class_table.go are
// those of PyPI's tokenizers, whose regular expression engine has Unicode 16 (its Digits:
// Unicode 17). Package unicode has Unicode 15 in Go 1.26, and 5 004 code points assigned
// since would be cut differently; worse, they would be cut differently by peers built
// with different Go versions. So the package carries its own.
type class uint8

const (
	letter    class = 1 << iota // \p{L}
	number                      // \p{N}
	space                       // \s
	newline                     // \r or \n
	digit                       // what Digits splits on
	composing                   // what NFC may change
	wordly                      // \w
)

// Code points fall into blocks of 128; most blocks are equal to another.
const blockBits = 7

type classTable struct {
	block [(utf8.MaxRune + 1) >> blockBits]uint16 // which block of cells
	cells []class
}

// of returns the class of a character.
func (t *classTable) of(r rune) class {
	return t.cells[int(t.block[uint32(r)>>blockBits])<<blockBits|int(r&(1<<blockBits-1))]
}

// at returns the class of the character at the start of b and its width in bytes. A byte
// that is no UTF-8 is a character of its own, with no class, like most symbols.
func (t *classTable) at(b []byte) (class, int) {
	if b[0] < utf8.RuneSelf {
		return t.cells[b[0]], 1 // block 0 is the first of cells
	}
	r, w := utf8.DecodeRune(b)
	return t.of(r), w
}

// classes is built at the first use.
var classes = sync.OnceValue(func() *classTable {
	all := make([]class, utf8.MaxRune+1)
	mark := func(ranges []rune, c class) {
		for i := 0; i < len(ranges); i += 2 {
			for r := ranges[i]; r <= ranges[i+1]; r++ {
				all[r] |= c
			}
		}
	}
	mark(letterRanges[:], letter|wordly)
	mark(wordRanges[:], wordly)
	mark(numberRanges[:], number|digit)
	mark(digitRanges[:], digit)
	mark(spaceRanges[:], space)
	mark(nfcRanges[:], composing)
	mark([]rune{'\n', '\n', '\r', '\r'}, newline)
	t := &classTable{}
	known := map[[1 << blockBits]class]uint16{}
	for i := range t.block {
		cell := [1 << blockBits]class(all[i<<blockBits:])
		n, ok := known[cell]
		if !ok {
			n = uint16(len(known))
			known[cell] = n
			t.cells = append(t.cells, cell[:]...)
		}
		t.block[i] = n
	}
	return t
})
