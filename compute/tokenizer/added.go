package tokenizer

import (
	"fmt"
	"unicode/utf8"
)

// An addedSet finds added tokens in text: the leftmost, of those the longest.
type addedSet struct {
	tokens []AddedToken
	nodes  []trieNode
	first  [256]bool // bytes that a token begins with
}

// trieNode is one byte of a token; its children are a chain of siblings.
type trieNode struct {
	b              byte
	child, sibling int32 // index of a node, 0 if none
	token          int32 // 1 + index into tokens, 0 if none ends here
}

// maxAdded bounds the bytes of an added token, and so the work at one place of the text.
const maxAdded = 1024

// newAddedSet indexes tokens by content; form rewrites a token's content to what stands in the text.
func newAddedSet(tokens []AddedToken, form func(string) []byte) (*addedSet, error) {
	s := &addedSet{nodes: make([]trieNode, 1)}
	for _, a := range tokens {
		content := form(a.Content)
		if len(content) == 0 {
			continue // matches nothing
		}
		if len(content) > maxAdded {
			return nil, fmt.Errorf("added token %d has %d bytes, more than %d", a.ID, len(content), maxAdded)
		}
		s.tokens = append(s.tokens, a)
		s.first[content[0]] = true
		at := int32(0)
		for _, c := range content {
			next := s.nodes[at].child
			for next != 0 && s.nodes[next].b != c {
				next = s.nodes[next].sibling
			}
			if next == 0 {
				next = int32(len(s.nodes))
				s.nodes = append(s.nodes, trieNode{b: c, sibling: s.nodes[at].child})
				s.nodes[at].child = next
			}
			at = next
		}
		s.nodes[at].token = int32(len(s.tokens))
	}
	return s, nil
}

// find returns the first match in b at or after from.
func (s *addedSet) find(b []byte, from int) (start, end int, token *AddedToken) {
	for i := from; i < len(b); i++ {
		if !s.first[b[i]] {
			continue
		}
		best, at := int32(0), int32(0)
		for j := i; j < len(b); j++ {
			at = s.nodes[at].child
			for at != 0 && s.nodes[at].b != b[j] {
				at = s.nodes[at].sibling
			}
			if at == 0 {
				break
			}
			if t := s.nodes[at].token; t != 0 {
				best, end = t, j+1
			}
		}
		if best != 0 {
			return i, end, &s.tokens[best-1]
		}
	}
	return 0, 0, nil
}

// each cuts b at added tokens. It calls text for what stands between them, with its place
// in b, and token for each of them. With plain, special tokens count as text.
func (s *addedSet) each(b []byte, plain bool, text func(from, to int), token func(id int32)) {
	done := 0 // what was handed out already
	if len(s.tokens) > 0 {
		for at := 0; ; {
			start, end, a := s.find(b, at)
			if a == nil {
				break
			}
			at = end
			if plain && a.Special || a.SingleWord && (endsInWord(b[:start]) || beginsWithWord(b[end:])) {
				continue
			}
			if a.LStrip {
				start = max(done, trimSpaceLeft(b, start))
			}
			if a.RStrip {
				end = classes().run(b, end, space, space)
			}
			if done < start {
				text(done, start)
			}
			token(a.ID)
			done = end
		}
	}
	if done < len(b) {
		text(done, len(b))
	}
}

// trimSpaceLeft returns where the white space before end begins.
func trimSpaceLeft(b []byte, end int) int {
	for end > 0 {
		r, w := utf8.DecodeLastRune(b[:end])
		if classes().of(r)&space == 0 {
			break
		}
		end -= w
	}
	return end
}

func endsInWord(b []byte) bool {
	r, _ := utf8.DecodeLastRune(b)
	return len(b) > 0 && classes().of(r)&wordly != 0
}

func beginsWithWord(b []byte) bool {
	r, _ := utf8.DecodeRune(b)
	return len(b) > 0 && classes().of(r)&wordly != 0
}
