package serving

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/epoch"
)

// engine is the part of serve.Engine that a worker needs.
type engine interface {
	Accept(r serve.Request) (serve.Request, error)
	Submit(ctx context.Context, r serve.Request) (*serve.Stream, error)
}

// Config says what a worker serves, and for what. Engine and Key are required.
type Config struct {
	Engine  engine
	Key     record.Key
	Network record.Network

	// Domain returns the one of what is signed for the contract, by EIP-712. An
	// error: nobody can pay now.
	Domain func(ctx context.Context) ([32]byte, error)

	// Pays says whether a payment is enough for a request, by an error if not;
	// nil: requests are free, and payments are taken as they are.
	Pays func(ctx context.Context, r *serve.Request, p *Payment) error

	// Trace does the answer of a receipt of this worker again, to open what it
	// did; nil: it opens nothing, and is guilty of silence.
	Trace func(ctx context.Context, v *receipt.Verified) (*receipt.Tracer, error)

	// Audit computes the answer of another worker again, for a peer that lacks the
	// model; nil: this worker audits nothing.
	Audit func(ctx context.Context, v *receipt.Verified) (Finding, error)

	// Embed computes an embedding; nil: this worker gives none.
	Embed func(ctx context.Context, tenant string, q *Embed) ([]float32, error)

	// Credits says who earns from an answer; nil: the worker alone.
	Credits func(r *serve.Request) []epoch.Credit

	// Earned is told of each answer that was paid for, before its receipt is sent;
	// nil: nobody is.
	Earned func(ctx context.Context, u *epoch.Usage) error

	Log *slog.Logger // nil: slog.Default
}

// A Server answers questions of peers.
type Server struct {
	c        Config
	openings openings
	auditing sync.Mutex // one receipt at a time
}

// New makes a server; Handle does its work.
func New(c Config) *Server {
	s := &Server{c: c}
	if s.c.Log == nil {
		s.c.Log = slog.Default()
	}
	return s
}

// Handle answers one question of a peer: it is the handler of ProtocolName.
func (s *Server) Handle(ctx context.Context, from string, body []byte, send func([]byte) error) error {
	var q Question
	if err := canon.Decode(body, &q, canon.Limits{Total: Limits.Request}); err != nil {
		return call.Errorf(call.Invalid, "%v", err)
	}
	if q.Quote != nil {
		return s.quote(from, q.Quote, send)
	}
	return s.answer(ctx, from, q.Ask, send)
}

func (s *Server) quote(from string, q *Quote, send func([]byte) error) error {
	r := q.Request
	r.Tenant = from
	if q.AnyStops {
		r.StopTokens = nil
	}
	r, err := s.c.Engine.Accept(r)
	if err != nil {
		return travels(err)
	}
	o := Offer{Request: r}
	_, _ = rand.Read(o.Nonce[:]) // never fails
	b, err := canon.Encode(&o)
	if err != nil {
		return err
	}
	return send(b)
}

// ErrNoModel is what an engine returns for a model that it does not have.
var ErrNoModel = errors.New("this worker does not serve the model")

// travels makes an error that the client learns.
func travels(err error) error {
	var (
		request  *serve.RequestError
		adapter  *serve.UnknownAdapterError
		busy     *serve.BusyError
		coverage *lora.CoverageError
	)
	switch {
	case errors.Is(err, ErrNoModel):
		return call.Errorf(call.NotFound, "%s", err.Error())
	case errors.As(err, &request):
		return call.Errorf(call.Invalid, "%s", request.Error())
	case errors.As(err, &adapter):
		return call.Errorf(call.NotFound, "%s", adapter.Error())
	case errors.As(err, &coverage):
		return call.Errorf(call.NotFound, "the adapter does not fit the model: %s", coverage.Error())
	case errors.As(err, &busy), errors.Is(err, serve.ErrClosed):
		return call.Errorf(call.Busy, "%s", err.Error())
	}
	return err
}

// answer streams an answer and signs what was answered.
func (s *Server) answer(ctx context.Context, from string, a *Ask, send func([]byte) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	payment, err := s.check(ctx, a)
	if err != nil {
		return err
	}
	r := a.Request
	r.Tenant, r.Answered, r.Logprobs, r.Top = from, a.Answered, a.Logprobs, a.Top
	stream, err := s.c.Engine.Submit(ctx, r)
	if err != nil {
		return travels(err)
	}
	defer stream.Close()
	say := func(p Part) error {
		b, err := canon.Encode(&p)
		if err != nil {
			return err
		}
		return send(b)
	}
	for {
		wait, stop := context.WithTimeout(ctx, alive)
		ev, err := stream.Next(wait)
		late := wait.Err() != nil
		stop()
		switch {
		case err == nil:
			err = say(Part{Event: &ev})
		case errors.Is(err, io.EOF):
			return s.finish(ctx, a, payment, stream, say)
		case late && ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded):
			err = say(Part{})
		default:
			err = travels(err)
		}
		if err != nil {
			return err
		}
	}
}

// check looks whether the seed and the payment are as they have to be.
func (s *Server) check(ctx context.Context, a *Ask) (*Payment, error) {
	if len(a.Nonces) != 0 && len(a.Nonces) != 64 {
		return nil, call.Errorf(call.Invalid, "nonces of %d bytes", len(a.Nonces))
	}
	// Whose the worker's nonce is does not matter here: a client may choose the
	// seed anyway, and who goes on with an answer gets another worker's.
	if len(a.Nonces) == 64 && receipt.Seed([32]byte(a.Nonces), [32]byte(a.Nonces[32:])) != a.Request.Sampling.Seed {
		return nil, call.Errorf(call.Invalid, "seed is not that of the nonces")
	}
	p, err := ReadPayment(a.Payment)
	if err != nil {
		return nil, call.Errorf(call.Invalid, "%v", err)
	}
	if p != nil {
		domain, err := s.c.Domain(ctx)
		if err != nil {
			return nil, call.Errorf(call.Refused, "this worker cannot be paid now: %v", err)
		}
		payer, err := record.Recover(p.Request.Signing(domain), p.Signature)
		if err != nil || payer.Account() != record.Account(p.Request.Payer) {
			return nil, call.Errorf(call.Invalid, "payment is not signed by its payer for the contract that this worker settles at: use the same chain and contracts")
		}
		named := false
		for _, w := range p.Request.Workers {
			named = named || record.Account(w) == s.c.Key.Public().Account()
		}
		if !named {
			return nil, call.Errorf(call.Invalid, "payment is not for this worker")
		}
	}
	if s.c.Pays != nil {
		if p == nil {
			return nil, call.Errorf(call.Refused, "this worker wants to be paid")
		}
		if err := s.c.Pays(ctx, &a.Request, p); err != nil {
			return nil, call.Errorf(call.Refused, "%v", err)
		}
	}
	return p, nil
}

// finish signs the receipts of all choices and sends them.
func (s *Server) finish(ctx context.Context, a *Ask, p *Payment, stream *serve.Stream, say func(Part) error) error {
	usage, answers := stream.Usage(), stream.Answers()
	specs := make([]receipt.Spec, len(answers))
	for i := range answers {
		specs[i] = receipt.Spec{Request: stream.Request, Choice: i, Tokens: answers[i].Tokens, Given: len(a.Answered), Nonces: a.Nonces}
		if p != nil {
			specs[i].Voucher = p.Request.Hash()
		}
	}
	var result [32]byte
	var signature [65]byte
	var voucher []byte
	if p != nil {
		p.Gain, p.Credits, p.Outputs = 0, s.credits(&a.Request), nil
		for i := range specs {
			output, err := specs[i].Output(answers[i].Last)
			if err != nil {
				return err
			}
			p.Outputs = append(p.Outputs, output)
		}
		domain, err := s.c.Domain(ctx)
		if err != nil {
			return err
		}
		result = p.Result().Hash()
		signature = s.c.Key.Sign(p.Result().Signing(domain))
		if voucher, err = canon.Encode(p); err != nil {
			return err
		}
		if s.c.Earned != nil {
			u := &epoch.Usage{Request: p.Request, Result: *p.Result(), PayerSignature: epoch.Signature(p.Signature), WorkerSignature: epoch.Signature(signature)}
			if err := s.c.Earned(ctx, u); err != nil {
				return err
			}
		}
	}
	if err := say(Part{Usage: &usage}); err != nil {
		return err
	}
	for i := range specs {
		f, err := receipt.Seal(s.c.Key, s.c.Network, &specs[i], answers[i], result, signature)
		if err != nil {
			return fmt.Errorf("receipt: %w", err)
		}
		f.Voucher = voucher
		if err := say(Part{File: f}); err != nil {
			return err
		}
	}
	return nil
}

// credits says who earns.
func (s *Server) credits(r *serve.Request) []epoch.Credit {
	if s.c.Credits != nil {
		return s.c.Credits(r)
	}
	c := epoch.Credit{Account: epoch.AccountOf([20]byte(s.c.Key.Public().Account())), Class: epoch.Workers}
	c.Weight.SetUint64(1)
	return []epoch.Credit{c}
}

// Serve answers questions by a node until stop.
func (s *Server) Serve(n interface {
	Serve(protocol string, limits call.Limits, log *slog.Logger, handle func(ctx context.Context, from string, body []byte, send func([]byte) error) error) (stop func())
}) (stop func()) {
	stops := []func(){
		n.Serve(ProtocolName, Limits, s.c.Log, s.Handle),
		n.Serve(EmbedName, EmbedLimits, s.c.Log, s.HandleEmbed),
		n.Serve(DisputeName, DisputeLimits, s.c.Log, s.Open),
		n.Serve(AuditName, AuditLimits, s.c.Log, s.HandleAudit),
	}
	return func() {
		for _, stop := range stops {
			stop()
		}
	}
}
