package serving

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/epoch"
)

// A Payment is what settles an answer: on its way to the worker the payer's
// signed Request, in a receipt also what the worker's Result has besides.
type Payment struct {
	Request   epoch.Request
	Signature [65]byte // of the payer

	Gain    uint32
	Credits []epoch.Credit
	Outputs [][32]byte // of all choices, in order; see receipt.Spec.Output
}

const maxPayment = 1 << 13

// Subject is the digest of what answers a request: its model and adapter.
func Subject(r *serve.Request) [32]byte {
	b := canon.AppendCID(canon.AppendArray(nil, 2), r.Model)
	if r.Adapter.Defined() {
		b = canon.AppendCID(canon.AppendArray(b, 1), r.Adapter)
	} else {
		b = canon.AppendArray(b, 0)
	}
	return sha256.Sum256(b)
}

// FeeOf is what a request costs at most, by a price in millionths of an OPEN for a
// million tokens, of prompt and answers.
func FeeOf(r *serve.Request, price uint64) (fee epoch.Amount) {
	const unit = 1_000_000 // 1e-18 OPEN is this part of the price of a token
	fee.SetUint64(uint64(len(r.Prompt)) + uint64(r.MaxTokens)*uint64(max(1, r.Choices)))
	fee.Mul(&fee, new(epoch.Amount).SetUint64(price))
	fee.Mul(&fee, new(epoch.Amount).SetUint64(unit))
	return fee
}

// Pay signs a payment for a request, to whichever of the workers answers it; it
// settles in an epoch until last, or never.
func Pay(key record.Key, domain [32]byte, r *serve.Request, workers []record.PublicKey, price, last uint64) (*Payment, error) {
	digest, err := r.Digest()
	if err != nil {
		return nil, err
	}
	var salt [8]byte
	_, _ = rand.Read(salt[:]) // never fails; it sets equal requests apart
	p := &Payment{Request: epoch.Request{
		Payer: [20]byte(key.Public().Account()), Model: Subject(r), Prompt: digest, Fee: FeeOf(r, price), LastEpoch: last, Salt: binary.BigEndian.Uint64(salt[:]),
	}}
	for _, w := range workers {
		p.Request.Workers = append(p.Request.Workers, [20]byte(w.Account()))
	}
	p.Signature = key.Sign(p.Request.Signing(domain))
	return p, nil
}

// Enough says whether a payment is for a request and covers a price.
func (p *Payment) Enough(r *serve.Request, price uint64) error {
	digest, err := r.Digest()
	fee := FeeOf(r, price)
	switch {
	case err != nil:
		return err
	case p.Request.Prompt != digest || p.Request.Model != Subject(r):
		return errors.New("the payment is for another request")
	case p.Request.Fee.Lt(&fee):
		return fmt.Errorf("the payment is %s, the answer costs up to %s (1e-18 OPEN)", p.Request.Fee.Dec(), fee.Dec())
	}
	return nil
}

// Result returns what the worker signs: its Output is that of the one choice,
// or the sha-256 of those of all choices.
func (p *Payment) Result() *epoch.Result {
	r := &epoch.Result{Request: p.Request.Hash(), Gain: p.Gain, Credits: p.Credits}
	switch len(p.Outputs) {
	case 0:
	case 1:
		r.Output = p.Outputs[0]
	default:
		var all []byte
		for _, o := range p.Outputs {
			all = append(all, o[:]...)
		}
		r.Output = sha256.Sum256(all)
	}
	return r
}

// AppendCanon appends [payer, model, prompt, fee, first, last, salt, [worker...],
// signature, gain, [[account, class, weight]...], outputs].
func (p *Payment) AppendCanon(b []byte) []byte {
	q := &p.Request
	fee := q.Fee.Bytes32()
	b = canon.AppendArray(b, 12)
	for _, x := range [][]byte{q.Payer[:], q.Model[:], q.Prompt[:], fee[:]} {
		b = canon.AppendBytes(b, x)
	}
	for _, n := range []uint64{q.FirstEpoch, q.LastEpoch, q.Salt} {
		b = canon.AppendUint(b, n)
	}
	b = canon.AppendArray(b, len(q.Workers))
	for _, w := range q.Workers {
		b = canon.AppendBytes(b, w[:])
	}
	b = canon.AppendBytes(b, p.Signature[:])
	b = canon.AppendUint(b, uint64(p.Gain))
	b = canon.AppendArray(b, len(p.Credits))
	for i := range p.Credits {
		c := &p.Credits[i]
		weight := c.Weight.Bytes32()
		b = canon.AppendBytes(canon.AppendArray(b, 3), c.Account[:])
		b = canon.AppendBytes(canon.AppendUint(b, uint64(c.Class)), weight[:])
	}
	b = canon.AppendArray(b, len(p.Outputs))
	for _, o := range p.Outputs {
		b = canon.AppendBytes(b, o[:])
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (p *Payment) ReadCanon(r *canon.Reader) {
	const most = 1<<64 - 1
	var word [32]byte
	q := &p.Request
	r.Fields(12)
	for _, x := range [][]byte{q.Payer[:], q.Model[:], q.Prompt[:], word[:]} {
		r.Fixed(x)
	}
	q.Fee.SetBytes32(word[:])
	for _, n := range []*uint64{&q.FirstEpoch, &q.LastEpoch, &q.Salt} {
		*n = r.Uint(most)
	}
	for range r.Array(epoch.MaxWorkers) {
		var w [20]byte
		r.Fixed(w[:])
		q.Workers = append(q.Workers, w)
	}
	r.Fixed(p.Signature[:])
	p.Gain = uint32(r.Uint(1<<32 - 1))
	for range r.Array(epoch.MaxCredits) {
		var c epoch.Credit
		r.Fields(3)
		r.Fixed(c.Account[:])
		c.Class = epoch.Class(r.Uint(255))
		r.Fixed(word[:])
		c.Weight.SetBytes32(word[:])
		p.Credits = append(p.Credits, c)
	}
	for range r.Array(128) {
		var o [32]byte
		r.Fixed(o[:])
		p.Outputs = append(p.Outputs, o)
	}
}

// ReadPayment reads a payment; nil for no bytes.
func ReadPayment(b []byte) (*Payment, error) {
	if len(b) == 0 {
		return nil, nil
	}
	p := &Payment{}
	if err := canon.Decode(b, p, canon.Limits{Total: maxPayment}); err != nil {
		return nil, fmt.Errorf("not a payment: %w", err)
	}
	return p, nil
}

// Settles checks that a receipt has a Result that its worker signed for the
// payer's Request, and returns the record that an epoch takes; nil if nobody
// pays.
func Settles(v *receipt.Verified, domain [32]byte) (*epoch.Usage, error) {
	p, err := ReadPayment(v.File.Voucher)
	if p == nil || err != nil {
		if err == nil && v.Spec.Voucher != [32]byte{} {
			err = errors.New("the receipt does not have the payment that it names")
		}
		return nil, err
	}
	output, err := v.Spec.Output(v.Receipt.Chain)
	if err != nil {
		return nil, err
	}
	r := p.Result()
	signer, err := record.Recover(r.Signing(domain), v.Receipt.Signature)
	switch {
	case err != nil:
		return nil, fmt.Errorf("result: %w", err)
	case signer != v.Signer || r.Hash() != v.Receipt.Result || r.Request != v.Spec.Voucher:
		return nil, errors.New("the result is not the receipt's, or another signed it")
	case v.Spec.Choice >= len(p.Outputs) || p.Outputs[v.Spec.Choice] != output:
		return nil, errors.New("the result is of another answer")
	}
	return &epoch.Usage{
		Request: p.Request, Result: *r, PayerSignature: epoch.Signature(p.Signature), WorkerSignature: epoch.Signature(v.Receipt.Signature),
	}, nil
}
