// Package gateway is the requester's side of serving: it finds workers that have
// a model, best with the adapter, has one of them answer, goes on with another
// where that one fails, and keeps the receipts.
//
// The invariant: an answer is the same whoever gives it, to the bit, so a worker
// that goes away in the middle is replaced without a trace: the next one gets
// the prompt and the tokens so far. What is paid is in the ledger before a
// worker gets it, and a receipt before the answer is complete.
//
// A Gateway is an api.Backend. Start with Config and Gateway.Complete; answer.go
// is one answer, audit.go what happens to receipts later.
package gateway

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A Worker is a peer that has a model.
type Worker struct {
	Name string // bytes of the peer ID
	Key  record.PublicKey
	Warm bool // the adapter is in its memory
}

// Config says how a gateway reaches workers. Parts, Find, Models, Book and
// Network are required.
type Config struct {
	// Parts asks a peer by a protocol of ours: node.Node.Parts.
	Parts func(ctx context.Context, to, protocol string, body []byte, limits call.Limits) iter.Seq2[[]byte, error]

	// Find lists workers that have the model, the best first; those that have
	// the adapter in memory before all others. It may answer what it found a
	// while ago, unless that was of no use: fresh.
	Find func(ctx context.Context, model, adapter cid.Cid, fresh bool) ([]Worker, error)

	// Willing lists peers that may fetch a model which none of those has; they are
	// asked where Find knows nobody. Nil: there are none.
	Willing func(ctx context.Context) ([]Worker, error)

	// Models lists what can be asked for here, with tokenizers and templates.
	Models func(ctx context.Context) ([]api.Model, error)

	Book    *Book
	Network record.Network

	// Domain returns the one of what is signed for the contract, by EIP-712.
	Domain func(ctx context.Context) ([32]byte, error)

	// Pay signs what pays for a request, to be answered by any of the workers; a
	// nil Payment, or no Pay: nothing is paid.
	Pay func(ctx context.Context, r *serve.Request, workers []record.PublicKey) (*serving.Payment, error)

	// Observed is told how fast a worker was, in tokens a second.
	Observed func(worker string, speed float64)

	// Beacon returns a number that nobody knew at a time: see audit.go. Audit
	// computes an answer again. Either nil: nothing is audited.
	Beacon func(ctx context.Context, after time.Time) ([32]byte, error)
	Audit  func(ctx context.Context, c serve.Claim) (*serve.Fault, error)

	// Auditors lists peers that have a model and may audit for others; Proof judges
	// the proof that one of them shows against the signer of a receipt, and says what
	// it proves; Fetch fetches a model to audit with. Nil: nobody else audits,
	// nothing is believed, nothing is fetched.
	Auditors func(ctx context.Context, model cid.Cid) ([]Worker, error)
	Proof    func(ctx context.Context, v *receipt.Verified, proof []byte) (verdict string, err error)
	Fetch    func(ctx context.Context, model cid.Cid) error

	// Embed computes an embedding that a worker gave; ErrNoModel where the model is
	// not here. Nil: nothing is computed again.
	Embed func(ctx context.Context, q *serving.Embed) ([]float32, error)

	// Convict is told of a receipt that is false, to have its signer punished
	// (Gateway.Dispute), and says how that ended. After an error it is told again
	// later. Nil: nobody is.
	Convict func(ctx context.Context, v *receipt.Verified) (verdict string, err error)

	Now func() time.Time // nil: time.Now
	Log *slog.Logger     // nil: slog.Default
}

// A Gateway has workers answer. It is an api.Backend.
type Gateway struct{ c Config }

var _ api.Backend = (*Gateway)(nil)

// New makes a gateway. It starts nothing.
func New(c Config) *Gateway {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return &Gateway{c}
}

// Models implements api.Backend.
func (g *Gateway) Models(ctx context.Context) ([]api.Model, error) { return g.c.Models(ctx) }

// Model implements api.Backend: a model is named by its ID or CID, an adapter on
// it by BASE:CID, by its own ID or CID.
func (g *Gateway) Model(ctx context.Context, name string) (api.Model, error) {
	all, err := g.c.Models(ctx)
	if err != nil {
		return api.Model{}, err
	}
	unknown := &api.UnknownModelError{Name: name}
	for _, m := range all {
		c := m.CID
		if m.Adapter.Defined() {
			c = m.Adapter
		}
		if m.ID == name || c.String() == name || m.Adapter.Defined() && m.Parent+":"+m.Adapter.String() == name {
			return m, nil
		}
		unknown.Nearest = append(unknown.Nearest, m.ID)
	}
	if base, adapter, ok := strings.Cut(name, ":"); ok {
		c, err := cid.Decode(adapter)
		for _, m := range all {
			if err == nil && !m.Adapter.Defined() && (m.ID == base || m.CID.String() == base) {
				m.ID, m.Parent, m.Adapter = name, m.ID, c
				return m, nil
			}
		}
	}
	unknown.Nearest = unknown.Nearest[:min(len(unknown.Nearest), 3)]
	return api.Model{}, unknown
}

// Complete implements api.Backend: it asks workers in turn for an offer, and
// begins with the first that makes one.
func (g *Gateway) Complete(ctx context.Context, m api.Model, r serve.Request) (api.Answer, error) {
	r.Model, r.Adapter = m.CID, m.Adapter
	failed := error(&api.Error{Status: http.StatusServiceUnavailable, Code: NoWorker, RetryAfter: 5 * time.Second,
		Message: fmt.Sprintf("No other peer that can be reached serves the model %q now.", m.ID)})
	tried := make(map[string]bool)
	for _, fresh := range []bool{false, true} {
		workers, err := g.c.Find(ctx, m.CID, m.Adapter, fresh)
		if err != nil {
			return nil, fmt.Errorf("find a worker for %s: %w", m.ID, err)
		}
		if len(workers) == 0 {
			break // it has looked just now
		}
		for i, w := range workers {
			if tried[w.Name] {
				continue
			}
			tried[w.Name] = true
			o, err := g.offer(ctx, w, r)
			if err == nil {
				return g.accept(ctx, m, r, o, workers[i:])
			}
			g.c.Log.DebugContext(ctx, "No offer", slog.String("peer", peerOf(w)), slog.Any("error", err))
			if failed = err; final(err) {
				return nil, err
			}
		}
	}
	if len(tried) > 0 || g.c.Willing == nil {
		return nil, failed
	}
	willing, err := g.c.Willing(ctx)
	if err != nil {
		return nil, fmt.Errorf("find a peer that fetches %s: %w", m.ID, err)
	}
	for i, w := range willing {
		o, err := g.offer(ctx, w, r)
		if err == nil {
			return g.accept(ctx, m, r, o, willing[i:])
		}
		var busy *serve.BusyError
		if errors.As(err, &busy) {
			return nil, fetching(m.ID)
		}
	}
	return nil, failed
}

// fetching is the answer while a worker fetches the model.
func fetching(model string) error {
	return &api.Error{Status: http.StatusServiceUnavailable, Param: "model", Code: "fetching", RetryAfter: 5 * time.Second,
		Message: fmt.Sprintf("No other peer that can be reached serves the model %q now; one fetches it.", model)}
}

// NoWorker is the code of the error that nobody serves a model.
const NoWorker = "no_worker"

// accept takes an offer of the first of some workers.
func (g *Gateway) accept(ctx context.Context, m api.Model, r serve.Request, o *serving.Offer, workers []Worker) (api.Answer, error) {
	accepted := o.Request
	accepted.Logprobs, accepted.Top = r.Logprobs, r.Top
	var nonces []byte
	if r.Sampling.Seed == 0 {
		var mine [32]byte
		_, _ = rand.Read(mine[:]) // never fails
		accepted.Sampling.Seed = receipt.Seed(mine, o.Nonce)
		nonces = slices.Concat(mine[:], o.Nonce[:])
	}
	return g.begin(ctx, m, accepted, nonces, workers)
}

// final says whether an error is the request's own fault: no other worker takes
// it.
func final(err error) bool {
	var bad *serve.RequestError
	return errors.As(err, &bad)
}

// understood makes an error of a call one of package serve.
func understood(err error) error {
	var e *call.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case call.Invalid:
		field, reason, ok := strings.Cut(e.Message, " ")
		if ok {
			return &serve.RequestError{Field: field, Reason: reason}
		}
	case call.Busy:
		return &serve.BusyError{RetryAfter: 2 * time.Second}
	case call.NotFound:
		return &api.Error{Status: http.StatusNotFound, Param: "model", Code: "model_not_found", Message: "The worker answers: " + e.Message + "."}
	case call.Refused:
		return &api.Error{Status: http.StatusServiceUnavailable, Code: "refused", Message: "The worker answers: " + e.Message + "."}
	}
	return err
}

// offer asks a worker whether it takes a request.
func (g *Gateway) offer(ctx context.Context, w Worker, r serve.Request) (*serving.Offer, error) {
	q := serving.Question{Quote: &serving.Quote{Request: r, AnyStops: r.StopTokens == nil}}
	q.Quote.Request.Answered = nil
	body, err := canon.Encode(&q)
	if err != nil {
		return nil, &serve.RequestError{Field: "stop", Reason: "is not UTF-8"}
	}
	limits := serving.Limits
	limits.Time = 10 * time.Second
	var o *serving.Offer
	for part, err := range g.c.Parts(ctx, w.Name, serving.ProtocolName, body, limits) {
		if err != nil {
			return nil, understood(err)
		}
		o = &serving.Offer{}
		if err := canon.Decode(bytes.Clone(part), o, canon.Limits{Total: serving.Limits.Request}); err != nil {
			return nil, fmt.Errorf("offer: %w", err)
		}
	}
	if o == nil {
		return nil, errors.New("no offer came")
	}
	return o, sameRequest(r, o.Request)
}

// sameRequest checks that a worker only filled in what was open.
func sameRequest(asked, offered serve.Request) error {
	if asked.StopTokens == nil {
		asked.StopTokens = offered.StopTokens
	}
	if asked.MaxTokens == 0 {
		asked.MaxTokens = offered.MaxTokens
	}
	if asked.Choices == 0 {
		asked.Choices = 1
	}
	asked.Sampling.Bias = slices.Clone(asked.Sampling.Bias)
	slices.SortFunc(asked.Sampling.Bias, func(a, b serve.Bias) int { return cmp.Compare(a.Token, b.Token) })
	a, err := asked.Digest()
	b, err2 := offered.Digest()
	if err != nil || err2 != nil || a != b || offered.MaxTokens <= 0 {
		return errors.New("the worker offers to answer another request")
	}
	return nil
}

func peerOf(w Worker) string { return w.Key.PeerID().String() }
