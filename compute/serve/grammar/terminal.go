package grammar

// A step is what a byte does to a string.
type step uint8

const (
	wrong     step = iota
	within         // a part of a character
	character      // the last byte of one
	closed         // the closing quote
)

// States of a string: between characters, behind a backslash, in \u, and inside
// the bytes of a character of UTF-8.
const (
	plain = iota
	escape
	hex1
	hex2 // any
	hex2Low
	hex3
	hex4
	tail1 // one more byte
	tail2
	tail3
	tailE0 // the next one from A0 on, then one more: shorter forms are not UTF-8
	tailED // the next one below A0: no surrogates
	tailF0
	tailF4
)

// stringStep takes a byte of a JSON string. \u of a surrogate is not allowed, so
// an escape is one character.
func stringStep(state int, b byte) (int, step) {
	tail := b >= 0x80 && b < 0xc0
	hex := b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'f'
	switch state {
	case plain:
		return startStep(b)
	case escape:
		switch b {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			return plain, character
		case 'u':
			return hex1, within
		}
	case hex1:
		if hex && b|0x20 == 'd' {
			return hex2Low, within
		} else if hex {
			return hex2, within
		}
	case hex2Low:
		if b >= '0' && b <= '7' {
			return hex3, within
		}
	case hex2:
		if hex {
			return hex3, within
		}
	case hex3:
		if hex {
			return hex4, within
		}
	case hex4:
		if hex {
			return plain, character
		}
	case tail1:
		if tail {
			return plain, character
		}
	case tail2, tail3:
		if tail {
			return state - 1, within
		}
	case tailE0:
		if tail && b >= 0xa0 {
			return tail1, within
		}
	case tailED:
		if tail && b < 0xa0 {
			return tail1, within
		}
	case tailF0:
		if tail && b >= 0x90 {
			return tail2, within
		}
	case tailF4:
		if tail && b < 0x90 {
			return tail2, within
		}
	}
	return plain, wrong
}

// startStep takes the first byte of a character.
func startStep(b byte) (int, step) {
	switch {
	case b == '"':
		return plain, closed
	case b == '\\':
		return escape, within
	case b >= 0x20 && b < 0x80:
		return plain, character
	case b >= 0xc2 && b < 0xe0:
		return tail1, within
	case b == 0xe0:
		return tailE0, within
	case b == 0xed:
		return tailED, within
	case b > 0xe0 && b < 0xf0:
		return tail2, within
	case b == 0xf0:
		return tailF0, within
	case b > 0xf0 && b < 0xf4:
		return tail3, within
	case b == 0xf4:
		return tailF4, within
	}
	return plain, wrong
}

// States of a number: before the sign, behind it, behind a leading zero, in the
// digits, behind the point, in the fraction, behind e, behind its sign, in the
// exponent.
const (
	numStart = iota
	numSign
	numZero
	numDigits
	numPoint
	numFraction
	numE
	numESign
	numExponent
)

// numberEnds tells whether a number may end.
func numberEnds(state int) bool {
	return state == numZero || state == numDigits || state == numFraction || state == numExponent
}

// numberStep takes a byte of a JSON number.
func numberStep(state int, b byte, integer bool) (int, bool) {
	digit := b >= '0' && b <= '9'
	switch {
	case state == numStart && b == '-':
		return numSign, true
	case state <= numSign && b == '0':
		return numZero, true
	case (state <= numSign || state == numDigits) && digit:
		return numDigits, true
	case integer:
		return 0, false
	case (state == numZero || state == numDigits) && b == '.':
		return numPoint, true
	case (state == numPoint || state == numFraction) && digit:
		return numFraction, true
	case numberEnds(state) && state != numExponent && b|0x20 == 'e':
		return numE, true
	case state == numE && (b == '+' || b == '-'):
		return numESign, true
	case state >= numE && digit:
		return numExponent, true
	}
	return 0, false
}
