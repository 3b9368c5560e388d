package api

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"slices"
)

// EmbeddingRequest is the body of /v1/embeddings.
type EmbeddingRequest struct {
	Model      string `json:"model"`
	Input      Prompt `json:"input"`
	Format     string `json:"encoding_format,omitempty"` // float (default) or base64
	Dimensions *int   `json:"dimensions,omitempty"`      // the model's is all that is supported
	User       string `json:"user,omitempty"`
}

// Embeddings is its answer.
type Embeddings struct {
	Object string         `json:"object"`
	Data   []Embedding    `json:"data"`
	Model  string         `json:"model"`
	Usage  EmbeddingUsage `json:"usage"`

	// OpenLedger says who computed the vectors; null: this server did.
	OpenLedger *EmbeddingSource `json:"openledger"`
}

// EmbeddingSource is who else computed embeddings. Of an embedding there is no
// receipt: Verified says that this server computed each again, to the bit.
type EmbeddingSource struct {
	Peers    []string `json:"peers"` // IDs
	Verified bool     `json:"verified"`
}

// add notes who computed one vector.
func (s *EmbeddingSource) add(v Vector) *EmbeddingSource {
	if v.Peer == "" {
		return s
	}
	if s == nil {
		s = &EmbeddingSource{Verified: true}
	}
	if s.Verified = s.Verified && v.Verified; !slices.Contains(s.Peers, v.Peer) {
		s.Peers = append(s.Peers, v.Peer)
	}
	return s
}

// Embedding is one vector: numbers, or base64 of little-endian float32.
type Embedding struct {
	Object    string `json:"object"`
	Index     int    `json:"index"`
	Embedding any    `json:"embedding"`
}

// EmbeddingUsage counts tokens.
type EmbeddingUsage struct {
	PromptTokens int `json:"prompt_tokens"`
	TotalTokens  int `json:"total_tokens"`
}

// maxInputs is how many texts a request may have, as OpenAI has it.
const maxInputs = 2048

func (c *call) embeddings() error {
	var q EmbeddingRequest
	if err := c.read(&q); err != nil {
		return err
	}
	m, err := c.model(q.Model)
	if err != nil {
		return err
	}
	switch n := q.Input.len(); {
	case n == 0:
		return invalid("input", "input is missing.")
	case n > maxInputs:
		return invalid("input", "input has %d texts; at most %d are allowed.", n, maxInputs)
	case q.Format != "" && q.Format != "float" && q.Format != "base64":
		return invalid("encoding_format", "encoding_format is %q; want float or base64.", q.Format)
	}
	prompts := q.Input.Tokens
	for _, text := range q.Input.Texts {
		prompts = append(prompts, textPrompt(m, text))
	}
	out := Embeddings{Object: "list", Data: []Embedding{}, Model: m.ID}
	for i, p := range prompts {
		one, err := c.s.c.Backend.Embed(c.r.Context(), m, c.tenant, p)
		if err != nil {
			return err
		}
		v := one.Values
		out.OpenLedger = out.OpenLedger.add(one)
		if q.Dimensions != nil && *q.Dimensions != len(v) {
			return invalid("dimensions", "dimensions is %d; this model has %d and no other.", *q.Dimensions, len(v))
		}
		e := Embedding{"embedding", i, v}
		if q.Format == "base64" {
			b := make([]byte, 0, 4*len(v))
			for _, x := range v {
				b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
			}
			e.Embedding = base64.StdEncoding.EncodeToString(b)
		}
		out.Data = append(out.Data, e)
		out.Usage.PromptTokens += len(p)
	}
	out.Usage.TotalTokens = out.Usage.PromptTokens
	c.s.metrics.tokens.WithLabelValues("prompt").Add(float64(out.Usage.PromptTokens))
	c.s.limits.spend(c.token, out.Usage.PromptTokens)
	return c.answer(out)
}
