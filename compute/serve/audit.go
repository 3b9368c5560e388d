package serve

import (
	"context"
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/serve/grammar"
)

// A Claim is what an engine says it has answered.
type Claim struct {
	Request Request // as accepted; see Stream.Request
	Answer  Answer
}

// A Fault is the first thing in a claim that is not so.
type Fault struct {
	Token int    // of the answer, counted from 0; of a hash, the last token it covers
	What  string // "token", "hash" or "end"
	Why   string // in one line
}

func (f *Fault) Error() string { return f.Why }

// Audit computes an answer again, from its tokens: the prompt and the answer are
// read in chunks, like one prompt, and for each token the chain of hashes goes on
// and the token is drawn again. It returns nil if all is as claimed. The error
// says that the claim could not be audited.
func (e *Engine) Audit(ctx context.Context, tenant string, c Claim) (*Fault, error) {
	r, a := c.Request, c.Answer
	r.Answered = nil
	if err := r.check(e); err != nil {
		return nil, err
	}
	digest, err := r.Digest()
	if err != nil {
		return nil, invalid("stop", "is not UTF-8")
	}
	n := len(a.Tokens)
	if at := slices.IndexFunc(a.Tokens, func(id int32) bool { return id < 0 || int(id) >= e.c.Model.Config.Vocab }); at >= 0 {
		return &Fault{at, "token", fmt.Sprintf("token %d of the answer is %d; the vocabulary has %d", at, a.Tokens[at], e.c.Model.Config.Vocab)}, nil
	}
	switch {
	case a.Choice < 0 || a.Choice >= r.Choices:
		return &Fault{0, "end", fmt.Sprintf("choice %d of %d", a.Choice, r.Choices)}, nil
	case n == 0 || n > r.MaxTokens:
		return &Fault{n, "end", fmt.Sprintf("an answer of %d tokens; 1 to %d were asked for", n, r.MaxTokens)}, nil
	case len(a.Hashes) != n/HashEvery:
		return &Fault{n, "hash", fmt.Sprintf("%d hashes for %d tokens; there is one for every %d", len(a.Hashes), n, HashEvery)}, nil
	}
	guide, err := e.compile(r.Schema)
	if err != nil {
		return nil, err
	}
	s := &sequence{
		choice: a.Choice, req: &r, prompt: len(r.Prompt), tokens: slices.Concat(r.Prompt, a.Tokens),
		chain: NewChain(digest, a.Choice), task: &task{audit: &audit{answer: &a}},
	}
	s.task.audit.read(s, e.newText(r.Stop), guide)
	if err := e.perform(ctx, tenant, s); err != nil {
		return nil, err
	}
	return s.task.audit.fault, nil
}

// An audit compares a claim with what is computed.
type audit struct {
	answer *Answer
	guides []*grammar.State // before each token
	end    *Fault           // the answer goes on behind its end, or ends without one
	fault  *Fault           // the first one
}

// read goes through the answer as its reader does.
func (a *audit) read(s *sequence, t *text, g *grammar.State) {
	n := len(a.answer.Tokens)
	for i, token := range a.answer.Tokens {
		a.guides = append(a.guides, g)
		var f Finish
		if _, f, g = s.next(token, i+1, t, g); f != "" && i+1 < n {
			a.end = &Fault{i + 1, "end", fmt.Sprintf("the answer ends with token %d (%s), the claim goes on", i, f)}
			return
		} else if f != a.answer.Finish && i+1 == n && a.answer.Finish != "" {
			a.end = &Fault{i, "end", fmt.Sprintf("the answer ends with %q, claimed is %q", f, a.answer.Finish)}
		}
	}
}

// check compares the token behind a row with the claim.
func (a *audit) check(s *sequence, d *draw) {
	i := d.position - s.prompt
	claimed := s.tokens[d.position]
	s.chain.Add(claimed, d.hidden)
	s.chained++
	h := s.chain.Hash()
	last := i+1 == len(a.answer.Tokens)
	switch {
	case a.fault != nil:
	case a.end != nil && a.end.Token == i && a.end.What == "end" && !last:
		a.fault = a.end
	case d.token != claimed:
		a.fault = &Fault{i, "token", fmt.Sprintf("token %d of the answer is %d, drawn is %d", i, claimed, d.token)}
	case (i+1)%HashEvery == 0 && a.answer.Hashes[i/HashEvery] != h, last && a.answer.Last != h:
		a.fault = &Fault{i, "hash", fmt.Sprintf("the hash after token %d differs: the hidden states of tokens %d to %d, or the request, are others",
			i, i/HashEvery*HashEvery, i)}
	case last:
		a.fault = a.end
	}
}
