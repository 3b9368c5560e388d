package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/serve"
)

// A form writes answers as one of the routes has them.
type form interface {
	prefix() string // of IDs
	whole(h head, all []whole) any
	begin(h head, choices int) []any            // the first chunks of a stream
	next(h head, index int, ev serve.Event) any // nil: nothing to show
	last(h head) any                            // usage and what we add
}

// A head is what all parts of an answer have.
type head struct {
	id, model, fingerprint string
	created                int64
	usage                  Usage
	receipt                *ReceiptLink
	attribution            any
}

// A whole is one choice of an answer that is not streamed.
type whole struct {
	index  int
	text   *strings.Builder
	events []serve.Event
	finish serve.Finish
}

// model finds the model that a request names.
func (c *call) model(name string) (Model, error) {
	if name == "" {
		return Model{}, invalid("model", "model is missing; GET /v1/models lists what there is.")
	}
	m, err := c.s.c.Backend.Model(c.r.Context(), name)
	if err == nil && m.Tokenizer == nil {
		err = invalid("model", "The model %q has no tokenizer.", name)
	}
	return m, err
}

// A running is the answer to one of the prompts of a request.
type running struct {
	Answer
	first int // number of its first choice in the whole answer
}

// complete answers one or more prompts in one response.
func (c *call) complete(m Model, prompts []serve.Request, p *Sampling, f form) error {
	if p.Attribution != nil && c.s.c.Attributions == nil {
		return &Error{Status: http.StatusBadRequest, Param: "attribution", Code: "attribution_unavailable", Message: "This server has no attribution; leave the field out."}
	}
	began := time.Now()
	ctx, cancel := context.WithCancel(c.r.Context())
	defer cancel()
	var all []running
	defer func() {
		for _, a := range all {
			a.Close()
		}
	}()
	choices := 0
	for _, r := range prompts {
		r.Model, r.Adapter, r.Tenant = m.CID, m.Adapter, c.tenant
		a, err := c.s.c.Backend.Complete(ctx, m, r)
		if err != nil {
			return err
		}
		all = append(all, running{a, choices})
		choices += r.Choices
	}
	c.s.metrics.streams.Inc()
	defer c.s.metrics.streams.Dec()
	h := head{id: f.prefix() + strings.ToLower(rand.Text()), model: m.ID, created: began.Unix(), fingerprint: fingerprint(m)}
	c.w.Header().Set("X-Receipt", receiptURL(h.id))
	read := &reader{c: c, answers: all, began: began}
	if p.Stream {
		return c.stream(ctx, read, m, h, p, f, choices)
	}
	out := make([]whole, choices)
	for i := range out {
		out[i] = whole{index: i, text: new(strings.Builder)}
	}
	for {
		index, ev, err := read.next(ctx)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		w := &out[index]
		w.text.WriteString(ev.Text)
		w.events, w.finish = append(w.events, ev), ev.Finish
	}
	if err := c.settle(ctx, m, &h, all, p); err != nil {
		return err
	}
	return c.answer(f.whole(h, out))
}

// fingerprint says what decides the bits of an answer beside the request.
func fingerprint(m Model) string {
	s := m.CID.String()
	return fmt.Sprintf("arith%d-%s", op.Version, s[max(0, len(s)-12):])
}

func receiptURL(id string) string { return "/v1/openledger/receipts/" + id }

// settle adds what is known once an answer is complete: usage, receipts and,
// where it was asked for, the attribution.
func (c *call) settle(ctx context.Context, m Model, h *head, all []running, p *Sampling) error {
	for i, a := range all {
		id := h.id
		if i > 0 {
			id = fmt.Sprintf("%s-%d", h.id, i)
		}
		r, err := c.finish(id, m, a)
		if err != nil {
			return err
		}
		u := usageOf(a.Usage())
		h.usage = Usage{h.usage.PromptTokens + u.PromptTokens, h.usage.CompletionTokens + u.CompletionTokens, h.usage.TotalTokens + u.TotalTokens,
			&PromptUsage{u.PromptDetails.CachedTokens}}
		h.receipt = &ReceiptLink{h.id, receiptURL(h.id)}
		if p.Attribution != nil {
			if h.attribution, err = c.s.c.Attributions.Attribute(ctx, h.id, *p.Attribution, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// A reader takes the events of one answer after the other: they are computed
// side by side, and wait here for their turn.
type reader struct {
	c       *call
	answers []running
	began   time.Time
	seen    bool
}

func (r *reader) next(ctx context.Context) (index int, ev serve.Event, err error) {
	for len(r.answers) > 0 {
		a := r.answers[0]
		ev, err = a.Next(ctx)
		if err == io.EOF {
			r.answers = r.answers[1:]
			continue
		}
		if err == nil && !r.seen {
			r.seen = true
			r.c.s.metrics.first.Observe(time.Since(r.began).Seconds())
		}
		return a.first + ev.Choice, ev, err
	}
	return 0, ev, io.EOF
}

// keepAlive is how long a stream is silent at most.
const keepAlive = 15 * time.Second

var errSilent = errors.New("nothing new")

// nextOrSilence is next, or errSilent after a while.
func (r *reader) nextOrSilence(ctx context.Context) (int, serve.Event, error) {
	within, cancel := context.WithTimeoutCause(ctx, keepAlive, errSilent)
	defer cancel()
	index, ev, err := r.next(within)
	if err != nil && ctx.Err() == nil && errors.Is(context.Cause(within), errSilent) && (errors.Is(err, errSilent) || errors.Is(err, context.DeadlineExceeded)) {
		err = errSilent
	}
	return index, ev, err
}

// stream sends an answer as server-sent events. Until the first token is there
// an error has a status of its own; later it is an event.
func (c *call) stream(ctx context.Context, read *reader, m Model, h head, p *Sampling, f form, choices int) error {
	all := read.answers
	index, ev, err := read.nextOrSilence(ctx)
	if err != nil && err != errSilent && err != io.EOF {
		return err
	}
	c.w.Header().Set("Content-Type", "text/event-stream")
	c.w.Header().Set("Cache-Control", "no-store")
	c.w.Header().Set("X-Accel-Buffering", "no")
	out := &events{w: c.w, flush: http.NewResponseController(c.w)}
	for _, chunk := range f.begin(h, choices) {
		out.send(chunk)
	}
	for ; err != io.EOF; index, ev, err = read.nextOrSilence(ctx) {
		switch {
		case err == errSilent:
			out.raw(": waiting\n\n")
		case err != nil:
			out.send(describe(err).body())
			return nil
		default:
			if chunk := f.next(h, index, ev); chunk != nil {
				out.send(chunk)
			}
		}
		if out.err != nil {
			return nil // nobody reads on; the deferred Close gives the answer up
		}
	}
	if err := c.settle(ctx, m, &h, all, p); err != nil {
		out.send(describe(err).body())
		return nil
	}
	if p.StreamOptions != nil && p.StreamOptions.IncludeUsage || p.Attribution != nil {
		out.send(f.last(h))
	}
	out.raw("data: [DONE]\n\n")
	return nil
}

// events writes server-sent events.
type events struct {
	w     io.Writer
	flush *http.ResponseController
	err   error // the first
}

func (e *events) send(v any) {
	var b strings.Builder
	b.WriteString("data: ")
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil && e.err == nil {
		e.err = err
	}
	b.WriteString("\n")
	e.raw(b.String())
}

func (e *events) raw(s string) {
	if e.err == nil {
		_, e.err = io.WriteString(e.w, s)
	}
	if e.err == nil {
		e.err = e.flush.Flush()
	}
}
