package serve

import (
	"errors"
	"sync"
	"sync/atomic"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
)

// drawers draw the tokens of a batch, several at a time.
type drawers struct{ samplers []*op.Sampler }

func newDrawers(n int) (*drawers, error) {
	e, err := op.New(op.Config{Threads: 1}) // it starts no goroutine
	if err != nil {
		return nil, err
	}
	d := &drawers{}
	for range n {
		d.samplers = append(d.samplers, e.NewSampler())
	}
	return d, nil
}

// run fills the draws in with what a run of so many rows has left.
func (d *drawers) run(draws []draw, f *llama.Forward, rows int) {
	if len(draws) == 0 {
		return
	}
	hidden := f.Hidden()
	width := len(hidden) / rows
	var next atomic.Int64
	work := func(s *op.Sampler) {
		for i := next.Add(1) - 1; i < int64(len(draws)); i = next.Add(1) - 1 {
			x := &draws[i]
			x.hidden = hashHidden(hidden[x.row*width:][:width])
			if x.pick >= 0 {
				logits := f.Logits()
				vocab := len(logits) / picks(draws)
				x.draw(s, logits[x.pick*vocab:][:vocab])
			}
		}
	}
	var wg sync.WaitGroup
	for _, s := range d.samplers[1:min(len(d.samplers), len(draws))] {
		wg.Go(func() { work(s) })
	}
	work(d.samplers[0])
	wg.Wait()
}

// picks returns how many rows have logits.
func picks(draws []draw) int {
	n := 0
	for i := range draws {
		n = max(n, draws[i].pick+1)
	}
	return n
}

// draw draws a token.
func (x *draw) draw(s *op.Sampler, logits []float32) {
	r := x.s.req
	if r.Logprobs && x.s.stream != nil {
		x.top = highest(logits, r.Top)
	}
	var allowed []uint64
	if x.guide != nil {
		allowed = x.guide.Allowed(r.StopTokens)
	}
	raw := make([]float32, len(r.Sampling.Bias))
	for i, b := range r.Sampling.Bias {
		raw[i] = logits[b.Token]
		logits[b.Token] += b.Value
	}
	token := s.Sample(logits, allowed, r.Sampling.config(), r.Sampling.uniform(x.s.choice, x.position))
	for i, b := range r.Sampling.Bias {
		logits[b.Token] = raw[i]
	}
	if x.token = int32(token); token < 0 {
		x.err = errors.New("no token can be drawn: a logit divided by the temperature is not finite, or nothing in the vocabulary continues the schema")
		return
	}
	if r.Logprobs && x.s.stream != nil {
		sum := s.LogSumExp(logits)
		x.logprob = logits[token] - sum
		for i := range x.top {
			x.top[i].Logprob -= sum
		}
	}
}

// highest returns the n tokens with the highest logits, of equal ones the lower
// ids first.
func highest(logits []float32, n int) []TokenLogprob {
	if n == 0 {
		return nil
	}
	top := make([]TokenLogprob, 0, n+1)
	for id, x := range logits {
		if len(top) == n && !(x > top[n-1].Logprob) {
			continue
		}
		at := len(top)
		for at > 0 && x > top[at-1].Logprob {
			at--
		}
		top = append(top, TokenLogprob{})
		copy(top[at+1:], top[at:])
		top[at] = TokenLogprob{int32(id), x}
		top = top[:min(len(top), n)]
	}
	return top
}
