package chain

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/contract/equivocations"
	"github.com/openledger/openledger/settle/epoch"
)

// ProveEquivocation convicts who sealed two records of one place. It is checked
// before: that they contradict each other, and that it is an offence.
func (k *Contracts) ProveEquivocation(e record.Equivocation, network record.Network) (Call, error) {
	if _, err := e.Verify(network); err != nil {
		return Call{}, err
	}
	if !slices.Contains(offences, e.Type()) {
		return Call{}, fmt.Errorf("two records of type %s are no offence: nobody journals them", e.Type())
	}
	return Call{To: k.Equivocations, Data: equivocationsABI.PackProveRecords(e[0].Header[:], e[0].Signature[:], e[1].Header[:], e[1].Signature[:])}, nil
}

// A SignedResult is a result and its worker's signature.
type SignedResult struct {
	Result    epoch.Result
	Signature epoch.Signature
}

// signer returns who signed a result in a domain; false: nobody did.
func (s *SignedResult) signer(domain [32]byte) (common.Address, bool) {
	return s.Signature.Signer(s.Result.Signing(domain))
}

// ProveResults convicts who signed two results for one request.
func (k *Contracts) ProveResults(a, b SignedResult) (Call, error) {
	x, okX := a.signer(k.Domain())
	y, okY := b.signer(k.Domain())
	switch {
	case a.Result.Request != b.Result.Request:
		return Call{}, errors.New("two results: they are for two requests")
	case a.Result.Hash() == b.Result.Hash():
		return Call{}, errors.New("two results: they are the same")
	case !okX || !okY || x != y:
		return Call{}, errors.New("two results: they have not one signer")
	}
	return Call{To: k.Equivocations, Data: equivocationsABI.PackProveResults(resultOf(&a.Result), a.Signature[:], resultOf(&b.Result), b.Signature[:])}, nil
}

func resultOf(r *epoch.Result) equivocations.Result {
	out := equivocations.Result{Request: r.Request, Output: r.Output, Gain: r.Gain}
	for i := range r.Credits {
		c := &r.Credits[i]
		out.Credits = append(out.Credits, equivocations.Credit{Account: c.Account, Class: uint8(c.Class), Weight: c.Weight.ToBig()})
	}
	return out
}
