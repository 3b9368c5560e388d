package serve

import (
	"strings"

	"github.com/openledger/openledger/compute/tokenizer"
)

// A text turns the tokens of an answer into what is shown. It holds back what
// may be the beginning of a stop string. A nil text shows nothing.
type text struct {
	d    *tokenizer.Decoder
	stop []string
	held string
}

func (e *Engine) newText(stop []string) *text { return newText(e.c.Tokenizer, stop) }

func newText(by *tokenizer.Tokenizer, stop []string) *text {
	if by == nil {
		return nil
	}
	t := &text{d: by.NewDecoder(), stop: stop}
	t.d.SkipSpecial = true
	return t
}

// add returns what a token shows, and whether it completes a stop string, which
// is not shown.
func (t *text) add(token int32) (shown string, stop bool) {
	if t == nil {
		return "", false
	}
	t.held += t.d.Next(token)
	end := -1
	for _, s := range t.stop {
		if at := strings.Index(t.held, s); at >= 0 && (end < 0 || at < end) {
			end = at
		}
	}
	if end >= 0 {
		shown, t.held = t.held[:end], ""
		return shown, true
	}
	keep := 0
	for _, s := range t.stop {
		for n := min(len(s)-1, len(t.held)); n > keep; n-- {
			if strings.HasSuffix(t.held, s[:n]) {
				keep = n
			}
		}
	}
	shown, t.held = t.held[:len(t.held)-keep], t.held[len(t.held)-keep:]
	return shown, false
}

// flush returns what is held back.
func (t *text) flush() string {
	if t == nil {
		return ""
	}
	shown := t.held + t.d.Flush()
	t.held = ""
	return shown
}
