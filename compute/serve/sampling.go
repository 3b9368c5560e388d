package serve

import (
	"slices"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tokenizer"
)

// Accept returns a request with its defaults filled in, as Submit would take it,
// or why it cannot be.
func (e *Engine) Accept(r Request) (Request, error) {
	err := r.check(e)
	return r, err
}

// A Reader turns the tokens of an answer into text, as an engine does, for
// answers that another engine gave.
type Reader struct {
	stops []int32
	text  *text
}

// NewReader reads an answer to a request that was accepted.
func NewReader(t *tokenizer.Tokenizer, r *Request) *Reader {
	return &Reader{r.StopTokens, newText(t, r.Stop)}
}

// Next returns what can be shown after a token. It says whether the token ends
// the answer: a stop token or the end of a stop string. last says that it does
// anyway.
func (r *Reader) Next(token int32, last bool) (shown string, stop bool) {
	if slices.Contains(r.stops, token) {
		return r.text.flush(), true
	}
	if shown, stop = r.text.add(token); last && !stop {
		shown += r.text.flush()
	}
	return shown, stop
}

// Draw draws token number position of a sequence (the prompt counts) of a choice
// from its logits, as the engine does for a request without a schema. It returns
// -1 if nothing can be drawn.
func (s *Sampling) Draw(by *op.Sampler, logits []float32, choice, position int) int32 {
	raw := make([]float32, len(s.Bias))
	for i, b := range s.Bias {
		raw[i] = logits[b.Token]
		logits[b.Token] += b.Value
	}
	token := by.Sample(logits, nil, s.config(), s.uniform(choice, position))
	for i, b := range s.Bias {
		logits[b.Token] = raw[i]
	}
	return int32(token)
}
