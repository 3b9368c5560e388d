package tokenizer

// The byte alphabet gives each byte a visible character, so that a vocabulary of bytes
// can be written as text: a printable byte of Latin-1 is itself, the others follow from
// U+0100 on in order. Source: GPT-2, encoder.py, bytes_to_unicode.
var (
	byteRune [256]rune
	runeByte [0x144]int16 // by code point; -1 if it stands for no byte
)

func init() {
	for r := range runeByte {
		runeByte[r] = -1
	}
	next := rune(0x100)
	for b := range byteRune {
		r := rune(b)
		if b < '!' || '~' < b && b < 0xa1 || b == 0xad {
			r = next
			next++
		}
		byteRune[b], runeByte[r] = r, int16(b)
	}
}

// appendBytes appends the bytes that a spelling stands for; ok is false, and dst as it
// was, if a character is not of the alphabet.
func appendBytes(dst []byte, spelling string) (_ []byte, ok bool) {
	n := len(dst)
	for _, r := range spelling {
		if int(r) >= len(runeByte) || runeByte[r] < 0 {
			return dst[:n], false
		}
		dst = append(dst, byte(runeByte[r]))
	}
	return dst, true
}
