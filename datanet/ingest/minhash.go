package ingest

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Near-duplicates are found as by Broder 1997 (MinHash) with banding (Leskovec,
// Rajaraman, Ullman, Mining of Massive Datasets, 3.4): 16 bands of 8 rows make
// candidates of texts from a Jaccard similarity of about (1/16)^(1/8) = 0.71 on,
// and each candidate is then compared shingle by shingle.
const (
	perms   = 128
	bands   = 16
	rows    = perms / bands
	shingle = 5 // tokens

	// Similar is the Jaccard similarity from which two texts are near-duplicates.
	Similar = 0.7
)

// multipliers and addends are the permutations x -> a·x + b mod 2^64, a odd.
var multipliers, addends = func() (a, b [perms]uint64) {
	state := uint64(0)
	for i := range perms {
		state += golden
		a[i] = mix(state) | 1
		state += golden
		b[i] = mix(state)
	}
	return a, b
}()

const golden = 0x9e3779b97f4a7c15

// mix is the finalizer of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// appendShingles appends a hash of each run of 5 tokens of a text. A token is a
// run of letters and digits in lower case, or any other character that is no
// space; a character of a script without spaces is a token by itself. A shorter
// text is one shingle.
func appendShingles(dst []uint64, text string) []uint64 {
	var last [shingle]uint64
	n, token := 0, uint64(0)
	end := func() {
		if token == 0 {
			return
		}
		last[n%shingle] = mix(token)
		token = 0
		if n++; n >= shingle {
			dst = append(dst, fold(&last, n))
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch class[c] {
			case 0:
				end()
			case 1:
				end()
				token = uint64(c)
				end()
			default:
				token = (token + uint64(class[c])) * golden
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case unicode.IsSpace(r):
			end()
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar),
			!unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			end()
			token = uint64(r)
			end()
		default:
			token = (token + uint64(unicode.ToLower(r))) * golden
		}
	}
	end()
	if 0 < n && n < shingle {
		dst = append(dst, fold(&last, shingle)) // the missing tokens are 0
	}
	return dst
}

// fold combines the last 5 tokens, of which the newest is number n.
func fold(last *[shingle]uint64, n int) (h uint64) {
	for i := range shingle {
		h = (h + last[(n+i)%shingle]) * golden
	}
	return h ^ h>>32
}

// class says what an ASCII character is: 0 a space or a control character, 1 a
// token by itself, else a part of a word, as its lower case.
var class = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case 'A' <= c && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			t[c] = byte(c)
		case c > ' ' && c < 0x7f:
			t[c] = 1
		}
	}
	return t
}()

// A signature holds the least value of each permutation.
type signature [perms]uint64

func (s *signature) of(shingles []uint64) {
	for p := range s {
		a, b := multipliers[p], addends[p]
		m0, m1, m2, m3 := ^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)
		rest := shingles
		for len(rest) >= 4 {
			m0 = min(m0, rest[0]*a+b)
			m1 = min(m1, rest[1]*a+b)
			m2 = min(m2, rest[2]*a+b)
			m3 = min(m3, rest[3]*a+b)
			rest = rest[4:]
		}
		for _, x := range rest {
			m0 = min(m0, x*a+b)
		}
		s[p] = min(m0, m1, m2, m3)
	}
}

// band returns the key of one band of rows.
func (s *signature) band(i int) uint64 {
	h := uint64(i + 1)
	for _, x := range s[i*rows : (i+1)*rows] {
		h = mix(h*golden + x)
	}
	return h
}

// jaccard returns the similarity of two sets of shingles. It sorts both.
func jaccard(a, b []uint64) float64 {
	slices.Sort(a)
	slices.Sort(b)
	a, b = slices.Compact(a), slices.Compact(b)
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}
