package gateway

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// An answer is one that workers give. It is an api.Answer.
type answer struct {
	g       *Gateway
	model   api.Model
	request serve.Request // as accepted
	nonces  []byte
	payment []byte // canonical; empty: nothing is paid
	paid    [32]byte
	events  chan serve.Event
	cancel  context.CancelFunc
	done    chan struct{} // closed when nothing comes any more

	mu      sync.Mutex
	choices []choice
	usage   serve.Usage
	took    []Worker        // part, in this order
	files   []*receipt.File // of all choices, from the worker that finished
	err     error           // how it ended; io.EOF: well
}

// A choice is as far as it got.
type choice struct {
	tokens []int32
	links  []serve.Hash // the chain after tokens 32, 64, ..., as it came
	last   serve.Hash
	finish serve.Finish
}

// begin starts an answer with the first of some workers.
func (g *Gateway) begin(ctx context.Context, m api.Model, r serve.Request, nonces []byte, workers []Worker) (*answer, error) {
	a := &answer{
		g: g, model: m, request: r, nonces: nonces, events: make(chan serve.Event), done: make(chan struct{}),
		choices: make([]choice, r.Choices),
	}
	a.usage.Prompt = len(r.Prompt)
	if g.c.Pay != nil {
		var keys []record.PublicKey
		for _, w := range workers[:min(len(workers), 8)] {
			keys = append(keys, w.Key)
		}
		p, err := g.c.Pay(ctx, &r, keys)
		if err != nil {
			return nil, fmt.Errorf("pay for an answer: %w", err)
		}
		if p != nil {
			a.paid = p.Request.Hash()
			if a.payment, err = canon.Encode(p); err != nil {
				return nil, err
			}
			workers = workers[:len(keys)] // nobody else is paid
		}
	}
	ctx, a.cancel = context.WithCancel(ctx)
	go func() {
		defer close(a.done)
		err := a.run(ctx, workers)
		a.mu.Lock()
		defer a.mu.Unlock()
		a.err = err
	}()
	return a, nil
}

// run has one worker after the other go on until the answer is complete. When
// none is left it looks for others, unless those alone are paid.
func (a *answer) run(ctx context.Context, workers []Worker) error {
	var failed error
	asked := make(map[string]bool)
	for _, fresh := range []bool{false, true} {
		if fresh && len(a.payment) > 0 {
			break
		}
		if fresh {
			var err error
			if workers, err = a.g.c.Find(ctx, a.request.Model, a.request.Adapter, true); err != nil {
				failed = errors.Join(failed, err)
			}
		}
		for _, w := range workers {
			if asked[w.Name] {
				continue
			}
			asked[w.Name] = true
			err := a.ask(ctx, w)
			switch {
			case err == nil:
				return io.EOF
			case ctx.Err() != nil:
				return context.Cause(ctx)
			case final(err) && len(a.took) == 1:
				return err
			}
			a.g.c.Log.InfoContext(ctx, "Worker failed, the next one goes on", slog.String("peer", peerOf(w)), slog.Any("error", err))
			failed = err
		}
	}
	return fmt.Errorf("no worker is left to go on with the answer: %w", failed)
}

// ask has a worker answer from where the answer is.
func (a *answer) ask(ctx context.Context, w Worker) error {
	t := &turn{a: a, w: w, at: make([]int, len(a.choices)), readers: make([]*serve.Reader, len(a.choices)), begun: time.Now()}
	q := &serving.Ask{Request: a.request, Logprobs: a.request.Logprobs, Top: a.request.Top, Nonces: a.nonces, Payment: a.payment}
	if c := &a.choices[0]; len(a.choices) == 1 {
		n := len(c.tokens)
		if c.finish != "" {
			n-- // complete, but for its receipt: the last token is drawn again
		}
		q.Answered, t.at[0] = c.tokens[:n], n
	}
	for i := range a.choices {
		t.readers[i] = serve.NewReader(a.model.Tokenizer, &a.request)
		for _, token := range a.choices[i].tokens[:t.at[i]] {
			t.readers[i].Next(token, false)
		}
	}
	t.given = t.at[0]
	body, err := canon.Encode(&serving.Question{Ask: q})
	if err != nil {
		return err
	}
	a.mu.Lock()
	a.took = append(a.took, w)
	a.mu.Unlock()
	c := &a.g.c
	if err := c.Book.asked(ctx, c.Now(), a.request.Model.String(), adapterOf(&a.request), peerOf(w), a.payment); err != nil {
		return err
	}
	for b, err := range c.Parts(ctx, w.Name, serving.ProtocolName, body, serving.Limits) {
		if err != nil {
			return understood(err)
		}
		p, err := serving.ReadPart(b)
		if err == nil {
			err = t.take(ctx, p)
		}
		if err != nil {
			return err
		}
	}
	return t.end(ctx)
}

func adapterOf(r *serve.Request) string {
	if r.Adapter.Defined() {
		return r.Adapter.String()
	}
	return ""
}

// A turn is what one worker does of an answer.
type turn struct {
	a       *answer
	w       Worker
	given   int
	at      []int // tokens so far, by choice: those that were given and those that it sent
	sent    int
	readers []*serve.Reader
	usage   serve.Usage
	files   []*receipt.File
	begun   time.Time
}

// take takes one part.
func (t *turn) take(ctx context.Context, p serving.Part) error {
	switch {
	case p.Event != nil:
		return t.event(ctx, *p.Event)
	case p.Usage != nil:
		t.usage = *p.Usage
	case p.File != nil:
		if len(t.files) == len(t.a.choices) {
			return errors.New("more receipts than choices")
		}
		t.files = append(t.files, p.File)
	}
	return nil
}

// event checks a token as far as that costs nothing, and hands it on unless the
// client has it already.
func (t *turn) event(ctx context.Context, ev serve.Event) error {
	a := t.a
	if ev.Choice < 0 || ev.Choice >= len(a.choices) {
		return fmt.Errorf("a token of choice %d of %d", ev.Choice, len(a.choices))
	}
	c, n := &a.choices[ev.Choice], t.at[ev.Choice]
	text, stop := t.readers[ev.Choice].Next(ev.Token, ev.Finish != "")
	ends := stop || n+1 == a.request.MaxTokens
	switch {
	case n >= a.request.MaxTokens || n > 0 && n > len(c.tokens):
		return errors.New("the answer goes on behind its end")
	case ev.Finish == "" && ends, ev.Finish != "" && !ends && len(a.request.Schema) == 0,
		ev.Finish != "" && ev.Finish != serve.FinishStop && ev.Finish != serve.FinishLength:
		return fmt.Errorf("token %d of the answer ends it with %q, which it does not", n, ev.Finish)
	case (ev.Hash != nil) != ((n+1)%serve.HashEvery == 0 || ev.Finish != ""):
		return fmt.Errorf("token %d of the answer has a hash where none belongs, or none", n)
	case n < len(c.tokens):
		if c.tokens[n] != ev.Token || n+1 == len(c.tokens) && c.finish != ev.Finish {
			return fmt.Errorf("token %d of the answer is %d, another worker's was %d", n, ev.Token, c.tokens[n])
		}
		t.at[ev.Choice]++
		return nil
	case c.finish != "":
		return errors.New("the answer goes on behind its end")
	}
	t.at[ev.Choice]++
	t.sent++
	a.mu.Lock()
	c.tokens, c.finish = append(c.tokens, ev.Token), ev.Finish
	if ev.Hash != nil {
		c.last = *ev.Hash
		if len(c.tokens)%serve.HashEvery == 0 {
			c.links = append(c.links, *ev.Hash)
		}
	}
	a.usage.Answer++
	a.mu.Unlock()
	ev.Text = text
	select {
	case a.events <- ev:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// end checks the receipts and keeps them: the answer is complete.
func (t *turn) end(ctx context.Context) error {
	a, g := t.a, t.a.g
	for i := range a.choices {
		if a.choices[i].finish == "" || t.at[i] != len(a.choices[i].tokens) {
			return errors.New("the answer ends in the middle")
		}
	}
	if len(t.files) != len(a.choices) {
		return fmt.Errorf("%d receipts for %d choices", len(t.files), len(a.choices))
	}
	var entries []Entry
	for i, f := range t.files {
		e, err := t.receipt(ctx, i, f)
		if err != nil {
			return fmt.Errorf("receipt of choice %d: %w", i, err)
		}
		entries = append(entries, e)
	}
	for _, e := range entries {
		if err := g.c.Book.Keep(context.WithoutCancel(ctx), e); err != nil {
			return err
		}
	}
	a.mu.Lock()
	a.files, a.usage.Cached = t.files, min(max(t.usage.Cached, 0), a.usage.Prompt)
	a.mu.Unlock()
	if took := time.Since(t.begun).Seconds(); g.c.Observed != nil && t.sent > 1 && took > 0 {
		g.c.Observed(t.w.Name, float64(t.sent)/took)
	}
	return nil
}

// receipt checks that a receipt states what was asked and what came.
func (t *turn) receipt(ctx context.Context, i int, f *receipt.File) (Entry, error) {
	a, c := t.a, &t.a.choices[i]
	b, err := canon.Encode(f)
	if err != nil {
		return Entry{}, err
	}
	v, err := receipt.Open(b, a.g.c.Network)
	if err != nil {
		return Entry{}, err
	}
	want := receipt.Spec{Request: a.request, Choice: i, Tokens: c.tokens, Given: t.given, Nonces: a.nonces, Voucher: a.paid}
	id, err := want.ID()
	switch {
	case err != nil:
		return Entry{}, err
	case v.Signer != t.w.Key:
		return Entry{}, fmt.Errorf("it is signed by %s", v.Signer.Account())
	case v.ID != id:
		return Entry{}, errors.New("it is about another request or answer")
	case v.Receipt.Chain != c.last || v.File.Finish != c.finish:
		return Entry{}, errors.New("it states another end than was sent")
	}
	if a.paid != [32]byte{} {
		domain, err := a.g.c.Domain(ctx)
		if err == nil {
			_, err = serving.Settles(v, domain)
		}
		if err != nil {
			return Entry{}, err
		}
	}
	doubt := ""
	if !slices.Equal(v.Claim().Answer.Hashes, c.links) {
		doubt = "two workers computed other hidden states"
	}
	return Entry{
		ID: sha256.Sum256(f.Spec), At: a.g.c.Now(), Model: a.request.Model.String(), Adapter: adapterOf(&a.request),
		Worker: v.Signer.Account().String(), Tokens: len(c.tokens), State: Undrawn, Doubt: doubt, File: b,
	}, nil
}

// Next implements api.Answer.
func (a *answer) Next(ctx context.Context) (serve.Event, error) {
	select {
	case ev := <-a.events:
		return ev, nil
	case <-a.done:
		a.mu.Lock()
		defer a.mu.Unlock()
		return serve.Event{}, a.err
	case <-ctx.Done():
		return serve.Event{}, context.Cause(ctx)
	}
}

// Usage implements api.Answer.
func (a *answer) Usage() serve.Usage {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.usage
}

// Close implements api.Answer. It waits until the worker's stream is closed.
func (a *answer) Close() {
	a.cancel()
	<-a.done
}

// Receipt implements api.Answer. Records are, for each choice, the Receipt and
// the Reveal; the whole file of each is in the ledger.
func (a *answer) Receipt(context.Context) (api.Receipt, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := api.Receipt{Request: a.request}
	for i := range a.choices {
		c := &a.choices[i]
		r.Answers = append(r.Answers, serve.Answer{
			Choice: i, Tokens: slices.Clone(c.tokens), Hashes: slices.Clone(c.links), Last: c.last, Finish: c.finish,
		})
	}
	for _, w := range a.took {
		r.Peers = append(r.Peers, peerOf(w))
	}
	for _, f := range a.files {
		r.IDs = append(r.IDs, sha256.Sum256(f.Spec))
		r.Records = append(r.Records, f.Receipt, f.Reveal)
	}
	return r, nil
}
