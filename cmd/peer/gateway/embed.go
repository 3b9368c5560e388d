package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/proofs/canon"
)

// Embed implements api.Backend: workers are asked in turn. Of an embedding there is
// no receipt. Where the model is here it is computed again, and a worker that gave
// other bits is passed over; else it is marked as not verified.
func (g *Gateway) Embed(ctx context.Context, m api.Model, tenant string, prompt []int32) (api.Vector, error) {
	q := serving.Embed{Model: m.CID, Adapter: m.Adapter, Prompt: prompt}
	body, err := canon.Encode(&q)
	if err != nil {
		return api.Vector{}, err
	}
	failed := error(&api.Error{Status: http.StatusServiceUnavailable, Code: NoWorker, RetryAfter: 5 * time.Second,
		Message: fmt.Sprintf("No other peer that can be reached serves the model %q now.", m.ID)})
	tried := make(map[string]bool)
	for _, fresh := range []bool{false, true} {
		workers, err := g.c.Find(ctx, m.CID, m.Adapter, fresh)
		if err != nil {
			return api.Vector{}, fmt.Errorf("find a worker for %s: %w", m.ID, err)
		}
		for _, w := range workers {
			if tried[w.Name] {
				continue
			}
			tried[w.Name] = true
			v, err := g.embedding(ctx, w, body)
			if err == nil {
				v.Verified, err = g.sameEmbedding(ctx, &q, v.Values)
			}
			if err == nil || ctx.Err() != nil {
				return v, err
			}
			g.c.Log.InfoContext(ctx, "No embedding", slog.String("peer", peerOf(w)), slog.Any("error", err))
			if failed = err; final(err) {
				return api.Vector{}, err
			}
		}
	}
	return api.Vector{}, failed
}

// embedding asks one worker.
func (g *Gateway) embedding(ctx context.Context, w Worker, body []byte) (api.Vector, error) {
	var answer []byte
	for part, err := range g.c.Parts(ctx, w.Name, serving.EmbedName, body, serving.EmbedLimits) {
		if err != nil {
			return api.Vector{}, understood(err)
		}
		if answer != nil {
			return api.Vector{}, errors.New("more than one embedding")
		}
		answer = bytes.Clone(part)
	}
	v, err := serving.ReadVector(answer)
	return api.Vector{Values: v, Peer: peerOf(w)}, err
}

// sameEmbedding computes an embedding again, if the model is here.
func (g *Gateway) sameEmbedding(ctx context.Context, q *serving.Embed, got []float32) (verified bool, err error) {
	if g.c.Embed == nil {
		return false, nil
	}
	want, err := g.c.Embed(ctx, q)
	if errors.Is(err, ErrNoModel) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !slices.EqualFunc(got, want, func(a, b float32) bool { return math.Float32bits(a) == math.Float32bits(b) }) {
		return false, errors.New("the worker's embedding is not that of the model")
	}
	return true, nil
}
