// Package serving is a worker that answers requests of other peers: token ids
// in, tokens and signed receipts out.
//
// One protocol, ProtocolName, carries two questions. A Quote asks whether a
// request would be taken; the worker fills in its defaults and adds a nonce,
// before it knows the client's. An Ask has the request with the seed that
// follows from both nonces, what pays for it, and the tokens that another worker
// answered before; its answer is Parts: a token each, with the chain of hidden
// states every 32 tokens, then a receipt for each choice.
//
// The invariant: a worker signs only what its engine has computed, once and to
// the end, and its records about one spec are always the same.
//
// Start with Config and Server.Handle; wire.go is what travels, payment.go what
// settles.
package serving

import (
	"fmt"
	"math"
	"time"

	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// ProtocolName is the protocol /openledger/serve/1.
const ProtocolName = "serve"

// Limits of the protocol. It is not for relays: they cut streams.
var Limits = call.Limits{Request: 4 << 20, Answer: receipt.MaxSize + 64, Time: 30 * time.Minute, Idle: 20 * time.Second, PerPeer: 128}

// alive is how often a worker that has no token yet says that it is there.
const alive = 5 * time.Second

// Kinds of questions and parts. The numbers are append-only.
const (
	kindQuote = 0
	kindAsk   = 1

	partToken = 0
	partUsage = 1
	partFile  = 2
	partAlive = 3
)

// A Question is what travels to a worker.
type Question struct {
	Quote *Quote
	Ask   *Ask
}

// A Quote is a request without its seed. What the client leaves open the worker
// fills in.
type Quote struct {
	Request  serve.Request
	AnyStops bool // the model's stop tokens, instead of the request's
}

// An Ask is a request to be answered.
type Ask struct {
	Request  serve.Request // as accepted
	Answered []int32
	Logprobs bool
	Top      int
	Nonces   []byte // see receipt.Spec
	Payment  []byte // canonical Payment; empty: nobody pays
}

// AppendCanon appends [0, request, any stops] or [1, request, answered,
// logprobs, top, nonces, payment].
func (q *Question) AppendCanon(b []byte) []byte {
	if q.Quote != nil {
		b = canon.AppendUint(canon.AppendArray(b, 3), kindQuote)
		b = q.Quote.Request.AppendCanon(b)
		return canon.AppendUint(b, flag(q.Quote.AnyStops))
	}
	a := q.Ask
	b = canon.AppendUint(canon.AppendArray(b, 7), kindAsk)
	b = a.Request.AppendCanon(b)
	b = canon.AppendBytes(b, merkle.Bytes(a.Answered))
	b = canon.AppendUint(canon.AppendUint(b, flag(a.Logprobs)), uint64(a.Top))
	return canon.AppendBytes(canon.AppendBytes(b, a.Nonces), a.Payment)
}

func flag(x bool) uint64 {
	if x {
		return 1
	}
	return 0
}

// ReadCanon reads what AppendCanon wrote.
func (q *Question) ReadCanon(r *canon.Reader) {
	n := r.Array(7)
	switch kind := r.Uint(kindAsk); {
	case kind == kindQuote && n == 3:
		q.Quote = &Quote{}
		q.Quote.Request.ReadCanon(r)
		q.Quote.AnyStops = r.Uint(1) == 1
	case kind == kindAsk && n == 7:
		a := &Ask{}
		a.Request.ReadCanon(r)
		a.Answered = receipt.ReadTokens(r, receipt.MaxTokens)
		a.Logprobs, a.Top = r.Uint(1) == 1, int(r.Uint(20))
		a.Nonces, a.Payment = r.Bytes(64), r.Bytes(maxPayment)
		q.Ask = a
	default:
		r.Fail("a question of %d fields is of no known kind", n)
		q.Quote = &Quote{}
	}
}

// An Offer answers a Quote.
type Offer struct {
	Request serve.Request // with defaults filled in
	Nonce   [32]byte
}

// AppendCanon appends [request, nonce].
func (o *Offer) AppendCanon(b []byte) []byte {
	return canon.AppendBytes(o.Request.AppendCanon(canon.AppendArray(b, 2)), o.Nonce[:])
}

// ReadCanon reads what AppendCanon wrote.
func (o *Offer) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	o.Request.ReadCanon(r)
	r.Fixed(o.Nonce[:])
}

// A Part is one part of the answer to an Ask: an event, or the usage, or the
// receipt of a choice, or a sign of life.
type Part struct {
	Event *serve.Event // without text
	Usage *serve.Usage
	File  *receipt.File
}

// AppendCanon appends [0, choice, token, hash?, finish, logprob, top], where top
// is a list of token, bits, token, bits, ...; [1, prompt, cached, answer];
// [2, file]; or [3].
func (p *Part) AppendCanon(b []byte) []byte {
	switch {
	case p.Event != nil:
		ev := p.Event
		b = canon.AppendUint(canon.AppendArray(b, 7), partToken)
		b = canon.AppendUint(canon.AppendUint(b, uint64(ev.Choice)), uint64(uint32(ev.Token)))
		if ev.Hash != nil {
			b = canon.AppendBytes(b, ev.Hash[:])
		} else {
			b = canon.AppendBytes(b, nil)
		}
		b = canon.AppendText(b, string(ev.Finish))
		b = canon.AppendUint(b, uint64(math.Float32bits(ev.Logprob)))
		b = canon.AppendArray(b, 2*len(ev.Top))
		for _, t := range ev.Top {
			b = canon.AppendUint(canon.AppendUint(b, uint64(uint32(t.Token))), uint64(math.Float32bits(t.Logprob)))
		}
		return b
	case p.Usage != nil:
		b = canon.AppendUint(canon.AppendArray(b, 4), partUsage)
		for _, n := range []int{p.Usage.Prompt, p.Usage.Cached, p.Usage.Answer} {
			b = canon.AppendUint(b, uint64(n))
		}
		return b
	case p.File != nil:
		return p.File.AppendCanon(canon.AppendUint(canon.AppendArray(b, 2), partFile))
	}
	return canon.AppendUint(canon.AppendArray(b, 1), partAlive)
}

// ReadCanon reads what AppendCanon wrote.
func (p *Part) ReadCanon(r *canon.Reader) {
	float := func() float32 { return math.Float32frombits(uint32(r.Uint(math.MaxUint32))) }
	n := r.Array(7)
	switch kind := r.Uint(partAlive); {
	case kind == partToken && n == 7:
		ev := &serve.Event{Choice: int(r.Uint(1 << 16)), Token: int32(uint32(r.Uint(math.MaxInt32)))}
		if h := r.Bytes(32); len(h) == 32 {
			x := serve.Hash(h)
			ev.Hash = &x
		} else if len(h) > 0 {
			r.Fail("a hash of %d bytes", len(h))
		}
		ev.Finish = serve.Finish(r.Text(16))
		ev.Logprob = float()
		for range r.Array(40) / 2 {
			ev.Top = append(ev.Top, serve.TokenLogprob{Token: int32(uint32(r.Uint(math.MaxInt32))), Logprob: float()})
		}
		p.Event = ev
	case kind == partUsage && n == 4:
		p.Usage = &serve.Usage{Prompt: int(r.Uint(1 << 32)), Cached: int(r.Uint(1 << 32)), Answer: int(r.Uint(1 << 32))}
	case kind == partFile && n == 2:
		p.File = &receipt.File{}
		p.File.ReadCanon(r)
	case kind == partAlive && n == 1:
	default:
		r.Fail("a part of %d fields is of no known kind", n)
	}
}

// ReadPart reads a part; it keeps nothing of b.
func ReadPart(b []byte) (Part, error) {
	var p Part
	err := canon.Decode(append([]byte(nil), b...), &p, canon.Limits{Total: Limits.Answer})
	if err != nil {
		err = fmt.Errorf("not a part of an answer: %w", err)
	}
	return p, err
}
