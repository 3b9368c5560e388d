package llama

import (
	"fmt"
	"slices"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

// A Greedy continues prompts with the most probable token, the lowest id on
// ties: the plain use of a Forward.
type Greedy struct {
	f     *Forward
	cache tape.Cache
	chunk int
}

// NewGreedy prepares generation of sequences of up to context tokens, prompt
// included, read chunk tokens at a time.
func (m *Model) NewGreedy(context, chunk int) (*Greedy, error) {
	f, err := m.NewForward(ForwardConfig{Tokens: chunk, Picks: 1, Context: context, Cached: true})
	if err != nil {
		return nil, err
	}
	cache, err := m.NewCache((context + op.PageRows - 1) / op.PageRows)
	if err != nil {
		return nil, err
	}
	return &Greedy{f, cache, chunk}, nil
}

// Continue calls next with the logits after the prompt and each token that it
// chose, until next is false, the model ends the text, or n tokens are there.
func (g *Greedy) Continue(prompt []int32, n int, next func(token int32, logits []float32) bool) error {
	if len(prompt) == 0 {
		return fmt.Errorf("llama: an empty prompt; begin with the first token of texts")
	}
	pages := make([]int32, g.cache.Pages())
	for i := range pages {
		pages[i] = int32(i)
	}
	run := Run{IDs: prompt, Cache: g.cache, Picks: make([]int32, 0, 1), Seqs: make([]tape.Seq, 1)}
	pos := 0
	for range n {
		for rest := run.IDs; len(rest) > 0; {
			run.IDs = rest[:min(len(rest), g.chunk)]
			rest = rest[len(run.IDs):]
			run.Seqs[0] = tape.Seq{Rows: len(run.IDs), Pos: pos, Pages: pages}
			if run.Picks = run.Picks[:0]; len(rest) == 0 {
				run.Picks = append(run.Picks, int32(len(run.IDs)-1))
			}
			if err := g.f.Run(&run); err != nil {
				return err
			}
			pos += len(run.IDs)
			run.Step++
		}
		logits := g.f.Logits()
		token := highest(logits)
		if !next(token, logits) || slices.Contains(g.f.m.Config.EOS, token) {
			return nil
		}
		run.IDs = []int32{token}
	}
	return nil
}

// highest returns the index of the largest element, the first on ties.
func highest(x []float32) int32 {
	at := 0
	for i, v := range x {
		if v > x[at] {
			at = i
		}
	}
	return int32(at)
}
