package serving

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// EmbedName is the protocol /openledger/serve-embed/1, by which a worker gives the
// embedding of a prompt. Nothing is signed for it and nobody pays: there is no
// receipt of an embedding. Who has the model computes it again, to the bit.
const EmbedName = "serve-embed"

// EmbedLimits are its limits.
var EmbedLimits = call.Limits{Request: 4 << 20, Answer: maxVector*4 + 64, Time: 5 * time.Minute, Idle: 5 * time.Minute, PerPeer: 32, Relay: true}

// maxVector is the longest embedding.
const maxVector = 1 << 16

// An Embed is a prompt whose embedding is wanted.
type Embed struct {
	Model   cid.Cid
	Adapter cid.Cid // undefined: none
	Prompt  []int32
}

// AppendCanon appends [model, [adapter?], prompt].
func (e *Embed) AppendCanon(b []byte) []byte {
	b = canon.AppendCID(canon.AppendArray(b, 3), e.Model)
	if e.Adapter.Defined() {
		b = canon.AppendCID(canon.AppendArray(b, 1), e.Adapter)
	} else {
		b = canon.AppendArray(b, 0)
	}
	return canon.AppendBytes(b, merkle.Bytes(e.Prompt))
}

// ReadCanon reads what AppendCanon wrote.
func (e *Embed) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	e.Model, e.Adapter = r.CID(), cid.Undef
	if r.Array(1) == 1 {
		e.Adapter = r.CID()
	}
	e.Prompt = receipt.ReadTokens(r, receipt.MaxTokens)
}

// HandleEmbed answers one prompt of a peer, with float32 values as little-endian
// bytes: it is the handler of EmbedName.
func (s *Server) HandleEmbed(ctx context.Context, from string, body []byte, send func([]byte) error) error {
	var q Embed
	if err := canon.Decode(body, &q, canon.Limits{Total: EmbedLimits.Request}); err != nil {
		return call.Errorf(call.Invalid, "%v", err)
	}
	switch {
	case s.c.Embed == nil:
		return call.Errorf(call.Refused, "this worker gives no embeddings")
	case s.c.Pays != nil:
		return call.Errorf(call.Refused, "this worker wants to be paid, and of an embedding there is no receipt that settles")
	}
	v, err := s.c.Embed(ctx, from, &q)
	if err != nil {
		return travels(err)
	}
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return send(b)
}

// ReadVector reads an embedding.
func ReadVector(b []byte) ([]float32, error) {
	if len(b) == 0 || len(b)%4 != 0 || len(b) > 4*maxVector {
		return nil, fmt.Errorf("an embedding of %d bytes", len(b))
	}
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if x := float64(v[i]); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("an embedding whose value %d is %v", i, x)
		}
	}
	return v, nil
}
