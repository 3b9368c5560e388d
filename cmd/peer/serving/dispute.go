package serving

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// DisputeName is the protocol /openledger/serve-dispute/1, by which a worker opens
// what it did for an answer that it signed.
const DisputeName = "serve-dispute"

// DisputeLimits are its limits. An opening costs a prefill, and the hashes of all
// that it computes.
var DisputeLimits = call.Limits{Request: receipt.MaxSize + 256, Answer: dispute.MaxProof + 1<<17, Time: 10 * time.Minute, Idle: 10 * time.Minute, PerPeer: 2}

// An Opening is what a worker is asked to open of a receipt.
type Opening struct {
	File []byte // canonical receipt.File
	Ask  dispute.Ask
}

// AppendCanon appends [file, type, step, value, op, out, tile].
func (o *Opening) AppendCanon(b []byte) []byte {
	b = canon.AppendBytes(canon.AppendArray(b, 7), o.File)
	for _, n := range []uint64{uint64(o.Ask.Type), o.Ask.Step, uint64(o.Ask.Value), uint64(o.Ask.Op), uint64(o.Ask.Out), uint64(o.Ask.Tile)} {
		b = canon.AppendUint(b, n)
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (o *Opening) ReadCanon(r *canon.Reader) {
	r.Fields(7)
	o.File = r.Bytes(receipt.MaxSize)
	o.Ask.Type, o.Ask.Step = record.Type(r.Uint(math.MaxUint32)), r.Uint(1)
	o.Ask.Value = int32(r.Uint(math.MaxInt32))
	o.Ask.Op, o.Ask.Out, o.Ask.Tile = int(r.Uint(math.MaxInt32)), int(r.Uint(math.MaxInt32)), int(r.Uint(math.MaxInt32))
}

// openings is who opens, one thing at a time.
type openings struct {
	mu   sync.Mutex
	last [32]byte // whose player is kept: one receipt is asked for three things
	who  *dispute.Player
}

// Open opens what this worker did for one of its receipts: it is the handler of
// DisputeName.
func (s *Server) Open(ctx context.Context, _ string, body []byte, send func([]byte) error) error {
	if s.c.Trace == nil {
		return call.Errorf(call.Refused, "this worker opens nothing")
	}
	var q Opening
	if err := canon.Decode(body, &q, canon.Limits{Total: DisputeLimits.Request}); err != nil {
		return call.Errorf(call.Invalid, "%v", err)
	}
	v, err := receipt.Open(q.File, s.c.Network)
	if err != nil {
		return call.Errorf(call.Invalid, "%v", err)
	}
	if v.Signer != s.c.Key.Public() {
		return call.Errorf(call.Refused, "this worker did not sign that receipt")
	}
	s.openings.mu.Lock()
	defer s.openings.mu.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	p, err := s.player(ctx, v)
	if err != nil {
		return call.Errorf(call.Refused, "%v", err)
	}
	if v := q.Ask.Value; q.Ask.Type != record.OpenSteps {
		program, err := p.Program(1)
		if err != nil || q.Ask.Step != 1 || int(v) >= len(program.Values) || q.Ask.Op >= len(program.Ops) || q.Ask.Out >= max(1, len(program.Ops[q.Ask.Op].Out)) {
			return call.Errorf(call.Invalid, "there is no step %d, value %d, operator %d", q.Ask.Step, v, q.Ask.Op)
		}
	}
	b, err := p.Answer(q.Ask)
	if err != nil {
		return call.Errorf(call.Refused, "%v", err)
	}
	return send(b)
}

// player does the answer again. openings.mu is held.
func (s *Server) player(ctx context.Context, v *receipt.Verified) (*dispute.Player, error) {
	o := &s.openings
	if o.who != nil && o.last == v.ID && o.who.Reveal.Header().Subject == v.ID {
		return o.who, nil
	}
	t, err := s.c.Trace(ctx, v)
	if err != nil {
		return nil, err
	}
	reveal, err := receipt.RevealOf(v, s.c.Network)
	if err != nil {
		return nil, err
	}
	p, err := t.Player(s.c.Key, reveal, v.Spec.Tokens, v.Receipt.Chain)
	if err == nil {
		o.last, o.who = v.ID, p
	}
	return p, err
}
