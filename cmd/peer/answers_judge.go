package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/gateway"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
)

// sign makes the receipts of an answer of this peer, and keeps them.
func (r *repo) sign(ctx context.Context, q *serve.Request, all []serve.Answer) (out api.Signed, err error) {
	key, err := r.key()
	if err != nil {
		return out, err
	}
	out.Peer = key.Public().PeerID().String()
	book := gateway.NewBook(r.ledger)
	for _, a := range all {
		spec := receipt.Spec{Request: *q, Choice: a.Choice, Tokens: a.Tokens, Given: len(q.Answered)}
		f, err := receipt.Seal(key, r.network(), &spec, a, [32]byte{}, [65]byte{})
		if err != nil {
			return out, fmt.Errorf("receipt: %w", err)
		}
		e := gateway.Entry{At: time.Now(), Model: q.Model.String(), Worker: key.Public().Account().String(), Tokens: len(a.Tokens), State: gateway.Own}
		if q.Adapter.Defined() {
			e.Adapter = q.Adapter.String()
		}
		if e.ID, err = spec.ID(); err != nil {
			return out, err
		}
		if e.File, err = canon.Encode(f); err != nil {
			return out, err
		}
		if err := book.Keep(ctx, e); err != nil {
			return out, ledgerProblem(err)
		}
		out.IDs, out.Records = append(out.IDs, e.ID), append(out.Records, f.Receipt, f.Reveal)
	}
	return out, nil
}

// audit computes an answer of another peer again.
func (s *answers) audit(ctx context.Context, c serve.Claim) (*serve.Fault, error) {
	v, release, err := s.borrow(ctx, c.Request.Model)
	if err != nil {
		return nil, err
	}
	defer release()
	return v.engine.Audit(ctx, "audit", c)
}

// dispute has the worker of a false receipt open what it did.
func (s *answers) dispute(ctx context.Context, v *receipt.Verified) (verdict dispute.Verdict, proof []byte, err error) {
	m, release, err := s.borrow(ctx, v.Receipt.Model)
	if err != nil {
		return verdict, nil, err
	}
	defer release()
	j := gateway.Judge{Key: s.key}
	if j.Terms, err = m.terms(); err != nil {
		return verdict, nil, err
	}
	if j.Tracer, err = m.tracer(v, s.repo); err != nil {
		return verdict, nil, err
	}
	j.Rules = receipt.Rules(s.repo.network(), m.cpu, func(c cid.Cid) (*lora.Files, error) { return s.repo.adapterFiles(ctx, c) })
	return s.gateway.Dispute(ctx, j, v)
}

// convict has the worker of a false receipt open what it did. The proof lies in
// the home's proofs/.
func (s *answers) convict(ctx context.Context, v *receipt.Verified) (string, error) {
	verdict, proof, err := s.dispute(ctx, v)
	if err != nil {
		return "", err
	}
	if len(verdict.Guilty) == 0 {
		return "its tokens and hidden states are right; what is wrong is no matter of a proof", nil
	}
	text := fmt.Sprintf("%s: %s", verdict.Kind, verdict.Why)
	if proof == nil {
		return text, nil
	}
	path, err := s.repo.keepReceiptProof(v.ID, proof)
	return text + "; the proof is " + path, err
}

// keepReceiptProof writes a fraud proof where its owner finds it.
func (r *repo) keepReceiptProof(id [32]byte, proof []byte) (path string, err error) {
	dir := r.home.path("proofs")
	path = filepath.Join(dir, fmt.Sprintf("receipt-%x.proof", id[:8]))
	return path, errors.Join(os.MkdirAll(dir, 0o700), writeFile(path, proof))
}
