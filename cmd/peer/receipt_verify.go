package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/compute/tokenizer"
	"github.com/openledger/openledger/proofs/record"
)

// verifyReceipt computes an answer again from its receipt, with a model and an
// adapter of the home, or of the folder that model names.
func (a *app) verifyReceipt(v *receipt.Verified, model string) (report, error) {
	h, err := a.homeDir()
	if err != nil {
		return nil, err
	}
	r := receiptVerdict{ID: fmt.Sprintf("%x", v.ID), Worker: v.Signer.Account(), Model: v.Receipt.Model.String(), Tokens: len(v.Spec.Tokens)}
	if model == "" {
		model = r.Model
	}
	info, err := h.models().find(model)
	if err != nil {
		return nil, err
	}
	load, err := formOf(info.Dir, v.Receipt.Model)
	if err != nil {
		return nil, err
	}
	operators, err := op.New(op.Config{})
	if err != nil {
		return nil, err
	}
	defer operators.Close()
	m, err := llama.Load(info.Dir, tape.NewCPU(operators), load)
	if err != nil {
		return nil, err
	}
	tokens, err := tokenizer.Load(info.Dir)
	if err != nil && (len(v.Spec.Request.Stop) > 0 || len(v.Spec.Request.Schema) > 0) {
		return nil, err
	}
	e, err := serve.New(serve.Config{Model: m, CID: v.Receipt.Model, Tokenizer: tokens, Adapters: func(_ context.Context, c cid.Cid) (*lora.Files, error) {
		return h.adapterFiles(c)
	}})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	fault, err := e.Audit(ctx, "", v.Claim())
	cancel()
	<-done
	if err != nil {
		return nil, err
	}
	if fault == nil {
		r.State = "true"
		return r, nil
	}
	if fault.What == "token" && fault.Token < v.Spec.Given {
		return nil, problemf(exitCheck, "who answered before signed nothing; this worker answers for what follows", "%s", fault.Why)
	}
	return nil, problemf(exitCheck, "the worker signed it; a dispute convicts it", "the receipt is false: %s", fault.Why)
}

// formOf finds the form in which a folder is the model of a CID.
func formOf(dir string, c cid.Cid) (llama.LoadConfig, error) {
	for _, form := range []llama.Form{"", "q8/2", "q8/1"} {
		id, err := llama.IdentifyAs(dir, form)
		if err != nil {
			return llama.LoadConfig{}, err
		}
		if is, err := id.CID(); err == nil && is.Equals(c) {
			return form.LoadConfig()
		}
	}
	return llama.LoadConfig{}, problemf(exitCheck, `fetch the model with "peer model pull", or name its folder with --model`, "%s is not model %s", dir, c)
}

// adapterFiles reads an adapter of the home, or one that was fetched, by its CID.
func (h home) adapterFiles(c cid.Cid) (*lora.Files, error) {
	info, err := h.adapters().find(c.String())
	if err != nil {
		if f, gone := lora.Open(filepath.Join(h.cacheDir("adapters"), c.String())); gone == nil {
			return f, nil
		}
		return nil, err
	}
	return lora.Open(info.Dir)
}

type receiptVerdict struct {
	ID     string         `json:"id"`
	State  string         `json:"state"`
	Worker record.Account `json:"worker"`
	Model  string         `json:"model"`
	Tokens int            `json:"tokens"`
}

func (r receiptVerdict) text(out io.Writer) {
	fmt.Fprintf(out, "The receipt is %s: %d tokens of model %s, signed by %s, were computed again.\n", r.State, r.Tokens, r.Model, r.Worker)
}
