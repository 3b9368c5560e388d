package api

import (
	"cmp"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/openledger/openledger/compute/serve"
)

// Sampling are the fields that chat and text completions share.
type Sampling struct {
	Temperature      *float32           `json:"temperature,omitempty"` // 0 to 2; default 1
	TopP             *float32           `json:"top_p,omitempty"`
	TopK             int                `json:"top_k,omitempty"`
	MinP             float32            `json:"min_p,omitempty"`
	Seed             *int64             `json:"seed,omitempty"` // default: a random one, which the receipt tells
	N                *int               `json:"n,omitempty"`
	Stop             Strings            `json:"stop,omitempty"`
	IgnoreEOS        bool               `json:"ignore_eos,omitempty"`
	LogitBias        map[string]float32 `json:"logit_bias,omitempty"`
	FrequencyPenalty float32            `json:"frequency_penalty,omitempty"` // 0 is all that is supported
	PresencePenalty  float32            `json:"presence_penalty,omitempty"`  // likewise
	MaxTokens        *int               `json:"max_tokens,omitempty"`
	Stream           bool               `json:"stream,omitempty"`
	StreamOptions    *StreamOptions     `json:"stream_options,omitempty"`
	ResponseFormat   *ResponseFormat    `json:"response_format,omitempty"`
	Attribution      *Attribution       `json:"attribution,omitempty"`
	User             string             `json:"user,omitempty"`
}

// StreamOptions say what a stream has beside the answer.
type StreamOptions struct {
	IncludeUsage bool `json:"include_usage,omitempty"`
}

// ResponseFormat is the form of an answer: text, json_object or json_schema.
type ResponseFormat struct {
	Type       string      `json:"type"`
	JSONSchema *JSONSchema `json:"json_schema,omitempty"`
}

// JSONSchema is a schema with a name.
type JSONSchema struct {
	Name   string          `json:"name,omitempty"`
	Schema json.RawMessage `json:"schema,omitempty"`
	Strict *bool           `json:"strict,omitempty"`
}

// anyObject is the schema of the response format json_object.
const anyObject = `{"type":"object","additionalProperties":true}`

// fill puts what was asked for into a request.
func (p *Sampling) fill(r *serve.Request) error {
	r.Choices = 1
	if p.N != nil {
		if r.Choices = *p.N; r.Choices < 1 || r.Choices > 128 {
			return invalid("n", "n is %d; 1 to 128 are allowed.", r.Choices)
		}
	}
	if p.MaxTokens != nil {
		if r.MaxTokens = *p.MaxTokens; r.MaxTokens < 1 {
			return invalid("max_tokens", "max_tokens is %d; 1 or more are allowed.", r.MaxTokens)
		}
	}
	switch {
	case p.FrequencyPenalty != 0:
		return unsupported("frequency_penalty")
	case p.PresencePenalty != 0:
		return unsupported("presence_penalty")
	}
	s := &r.Sampling
	s.Temperature, s.TopK, s.MinP = 1, p.TopK, p.MinP
	if p.Temperature != nil {
		if s.Temperature = *p.Temperature; !(s.Temperature >= 0 && s.Temperature <= 2) {
			return invalid("temperature", "temperature is %g; 0 to 2 are allowed.", s.Temperature)
		}
	}
	if p.TopP != nil && *p.TopP != 1 {
		if s.TopP = *p.TopP; s.TopP <= 0 {
			return invalid("top_p", "top_p is %g; above 0 and up to 1 are allowed.", s.TopP)
		}
	}
	if p.Seed != nil {
		s.Seed = uint64(*p.Seed)
	} else {
		s.Seed = randomSeed()
	}
	r.Stop = p.Stop
	if p.IgnoreEOS {
		r.StopTokens = []int32{}
	}
	return p.fillRest(r)
}

func (p *Sampling) fillRest(r *serve.Request) error {
	for key, value := range p.LogitBias {
		id, err := strconv.ParseInt(key, 10, 32)
		if err != nil || !(value >= -100 && value <= 100) {
			return invalid("logit_bias", "logit_bias has %q: %g; want token ids, and values of -100 to 100.", key, value)
		}
		r.Sampling.Bias = append(r.Sampling.Bias, serve.Bias{Token: int32(id), Value: value})
	}
	slices.SortFunc(r.Sampling.Bias, func(a, b serve.Bias) int { return cmp.Compare(a.Token, b.Token) })
	f := p.ResponseFormat
	switch {
	case f == nil || f.Type == "text":
	case f.Type == "json_object":
		r.Schema = []byte(anyObject)
	case f.Type == "json_schema" && f.JSONSchema != nil && len(f.JSONSchema.Schema) > 0:
		r.Schema = f.JSONSchema.Schema
	case f.Type == "json_schema":
		return invalid("response_format", "response_format.json_schema.schema is missing.")
	default:
		return invalid("response_format", "response_format.type is %q; want text, json_object or json_schema.", f.Type)
	}
	return nil
}

func unsupported(param string) error {
	return &Error{Status: 400, Param: param, Code: "unsupported_parameter", Message: fmt.Sprintf("%s is not supported here; leave it out.", param)}
}

func randomSeed() uint64 {
	var b [8]byte
	rand.Read(b[:])
	return binary.LittleEndian.Uint64(b[:]) >> 1 // as clients can give it
}
