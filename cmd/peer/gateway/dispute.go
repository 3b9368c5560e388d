package gateway

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// A Judge is who computes an answer as it should be, to convict whoever signed
// another.
type Judge struct {
	Key    record.Key // signs what the tracer computes
	Tracer *receipt.Tracer
	Terms  *receipt.Terms
	Rules  dispute.Rules
}

// Dispute has the worker of a receipt open what it did, against a judge. The
// proof convicts it to everybody; there is none of silence, nor where the judge
// computes what the receipt states, which is the zero Verdict. The error says
// that the dispute is not over: it may be had again.
func (g *Gateway) Dispute(ctx context.Context, j Judge, v *receipt.Verified) (verdict dispute.Verdict, proof []byte, err error) {
	d, own, err := j.Tracer.Dispute(j.Key, j.Rules, v, j.Terms)
	if d == nil || err != nil {
		return verdict, nil, err
	}
	began := g.c.Now()
	for asks := d.Asks(); len(asks) > 0; asks = d.Asks() {
		moved := false
		for _, a := range asks {
			var b []byte
			if a.Side == 0 {
				b, err = g.opening(ctx, v, a)
			} else {
				b, err = own.Answer(a)
			}
			if ctx.Err() != nil {
				return verdict, nil, context.Cause(ctx)
			}
			if err != nil && a.Side == 1 {
				return verdict, nil, err
			}
			_, _, refused := d.Step(dispute.Move{Now: uint64(g.c.Now().Sub(began).Milliseconds()), Side: a.Side, Answer: b})
			moved = moved || err == nil && refused == nil
		}
		if moved || len(d.Asks()) == 0 {
			continue
		}
		select { // the worker may be back until its time is over
		case <-time.After(askAgain):
		case <-ctx.Done():
		}
	}
	verdict, _ = d.Verdict()
	for _, p := range d.Proofs() {
		proof = p
	}
	return verdict, proof, nil
}

// askAgain is how long a worker that did not answer is left in peace.
const askAgain = 5 * time.Second

// opening asks the worker of a receipt for one opening.
func (g *Gateway) opening(ctx context.Context, v *receipt.Verified, a dispute.Ask) (answer []byte, err error) {
	file, err := canon.Encode(&v.File)
	if err != nil {
		return nil, err
	}
	q, err := canon.Encode(&serving.Opening{File: file, Ask: a})
	if err != nil {
		return nil, err
	}
	limits := serving.DisputeLimits
	limits.Answer = min(limits.Answer, a.Limit+1<<10)
	for part, err := range g.c.Parts(ctx, node.NameOf(v.Signer), serving.DisputeName, q, limits) {
		if err != nil {
			return nil, err
		}
		if answer != nil {
			return nil, errors.New("more than one opening")
		}
		answer = bytes.Clone(part)
	}
	if answer == nil {
		return nil, errors.New("no opening came")
	}
	return answer, nil
}
