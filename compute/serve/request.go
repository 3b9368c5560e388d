package serve

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"math"
	"slices"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/proofs/canon"
)

// A Request is everything that decides an answer, and a few things that do not.
type Request struct {
	Model   cid.Cid // undefined: the engine's
	Adapter cid.Cid // undefined: the base model
	Prompt  []int32 // at least one token

	MaxTokens  int     // of each answer; 0: what fits the context
	Choices    int     // answers to the prompt; 0: 1
	StopTokens []int32 // each ends an answer; nil: the model's; empty: none
	Stop       []string
	Sampling   Sampling

	// Schema is a JSON schema that the answer conforms to; nil: none.
	Schema json.RawMessage

	// What follows decides no token and is no part of the digest.

	Tenant   string // whose turn it is
	Logprobs bool   // report the log-probability of each token
	Top      int    // and of so many of the most probable ones, at most 20

	// Answered are tokens that another engine has answered already (with one
	// choice). The answer goes on behind them; events begin with the next one,
	// and hashes are those of the whole answer.
	Answered []int32
}

// Sampling says how tokens are drawn: token number p of a sequence (the prompt
// counts) with the random number Philox(Seed, choice, p).
type Sampling struct {
	Temperature float32 // 0: the highest logit
	TopK        int
	TopP, MinP  float32
	Seed        uint64
	Bias        []Bias // ascending by token, added to the logits
}

// A Bias is added to the logit of a token.
type Bias struct {
	Token int32
	Value float32
}

const (
	maxChoices = 128
	maxStop    = 16
	maxBias    = 1024
	maxSchema  = 1 << 18
	maxTop     = 20
	requestV1  = 1
)

// check returns an error that names a field which cannot be, and fills in
// defaults.
func (r *Request) check(e *Engine) error {
	m := &e.c.Model.Config
	if !r.Model.Defined() {
		r.Model = e.c.CID
	}
	if r.StopTokens == nil {
		r.StopTokens = m.EOS
	}
	if r.Choices == 0 {
		r.Choices = 1
	}
	room := e.c.Context - len(r.Prompt)
	if r.MaxTokens == 0 {
		r.MaxTokens = min(room, len(e.memory.used)*op.PageRows-len(r.Prompt))
	}
	s := &r.Sampling
	s.Bias = slices.Clone(s.Bias)
	slices.SortFunc(s.Bias, func(a, b Bias) int { return cmp.Compare(a.Token, b.Token) })
	outside := func(ids []int32) int {
		return slices.IndexFunc(ids, func(id int32) bool { return id < 0 || int(id) >= m.Vocab })
	}
	switch {
	case !r.Model.Equals(e.c.CID):
		return invalid("model", "is %v; this engine serves %v", r.Model, e.c.CID)
	case len(r.Prompt) == 0:
		return invalid("prompt", "is empty")
	case room < 1:
		return invalid("prompt", "has %d tokens; the longest sequence has %d, one for the answer", len(r.Prompt), e.c.Context)
	case outside(r.Prompt) >= 0:
		return invalid("prompt", "has token %d; the vocabulary has %d", r.Prompt[outside(r.Prompt)], m.Vocab)
	case outside(r.StopTokens) >= 0:
		return invalid("stop_tokens", "has token %d; the vocabulary has %d", r.StopTokens[outside(r.StopTokens)], m.Vocab)
	case outside(r.Answered) >= 0:
		return invalid("answered", "has token %d; the vocabulary has %d", r.Answered[outside(r.Answered)], m.Vocab)
	case r.MaxTokens < 0 || r.MaxTokens > room:
		return invalid("max_tokens", "is %d; the prompt of %d leaves room for %d", r.MaxTokens, len(r.Prompt), room)
	case e.pagesOf(len(r.Prompt)+r.MaxTokens) > len(e.memory.used):
		return invalid("max_tokens", "is %d; a prompt of %d and such an answer are more than the memory for %d tokens",
			r.MaxTokens, len(r.Prompt), len(e.memory.used)*op.PageRows)
	case len(r.Answered) >= r.MaxTokens:
		return invalid("answered", "has %d tokens of at most %d already", len(r.Answered), r.MaxTokens)
	case r.Choices < 0 || r.Choices > min(maxChoices, e.c.Queue) || r.Choices > 1 && len(r.Answered) > 0:
		return invalid("n", "is %d; at most %d are allowed, and one to go on with an answer", r.Choices, min(maxChoices, e.c.Queue))
	case !(s.Temperature >= 0 && s.Temperature <= 100):
		return invalid("temperature", "is %g; 0 to 100 are allowed", s.Temperature)
	case s.Temperature > 0 && s.Temperature < 1e-5:
		return invalid("temperature", "is %g; take 0 for the most probable token", s.Temperature)
	case s.TopK < 0 || s.TopK > math.MaxInt32:
		return invalid("top_k", "is %d", s.TopK)
	case !(s.TopP >= 0 && s.TopP <= 1):
		return invalid("top_p", "is %g; 0 to 1 are allowed", s.TopP)
	case !(s.MinP >= 0 && s.MinP <= 1):
		return invalid("min_p", "is %g; 0 to 1 are allowed", s.MinP)
	case len(s.Bias) > maxBias:
		return invalid("logit_bias", "has %d tokens; at most %d are allowed", len(s.Bias), maxBias)
	case r.Top < 0 || r.Top > maxTop:
		return invalid("top_logprobs", "is %d; 0 to %d are allowed", r.Top, maxTop)
	case len(r.Stop) > maxStop:
		return invalid("stop", "has %d strings; at most %d are allowed", len(r.Stop), maxStop)
	case slices.Contains(r.Stop, ""):
		return invalid("stop", "has an empty string")
	case len(r.Stop) > 0 && e.c.Tokenizer == nil:
		return invalid("stop", "needs a tokenizer, which this model does not have")
	case len(r.Schema) > maxSchema:
		return invalid("schema", "has %d bytes; at most %d are allowed", len(r.Schema), maxSchema)
	}
	for i, b := range s.Bias {
		if b.Token < 0 || int(b.Token) >= m.Vocab || i > 0 && s.Bias[i-1].Token == b.Token || !(b.Value >= -1000 && b.Value <= 1000) {
			return invalid("logit_bias", "of token %d is %g: the vocabulary has %d, values are -1000 to 1000, each token once", b.Token, b.Value, m.Vocab)
		}
	}
	return nil
}

// config returns how op draws the token.
func (s *Sampling) config() op.SampleConfig {
	return op.SampleConfig{Temperature: s.Temperature, TopK: s.TopK, TopP: s.TopP, MinP: s.MinP}
}

// uniform returns the random number of a token.
func (s *Sampling) uniform(choice, position int) float32 {
	return op.Uniform(op.Philox(s.Seed, uint64(choice), uint32(position), op.PurposeSample)[0])
}

// AppendCanon writes what decides the answer:
//
//	[1, model, [adapter?], prompt, max, choices, stop tokens, [stop...],
//	 [temperature, top k, top p, min p, seed, bias], schema]
//
// Tokens are 4 bytes each, little endian, floats are their bits, a bias is a
// token and its bits. A Request that Submit has accepted has no defaults left.
func (r *Request) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 10), requestV1)
	b = canon.AppendCID(b, r.Model)
	if r.Adapter.Defined() {
		b = canon.AppendCID(canon.AppendArray(b, 1), r.Adapter)
	} else {
		b = canon.AppendArray(b, 0)
	}
	b = canon.AppendBytes(b, tokenBytes(r.Prompt))
	b = canon.AppendUint(b, uint64(r.MaxTokens))
	b = canon.AppendUint(b, uint64(r.Choices))
	b = canon.AppendBytes(b, tokenBytes(r.StopTokens))
	b = canon.AppendArray(b, len(r.Stop))
	for _, s := range r.Stop {
		b = canon.AppendText(b, s)
	}
	s := &r.Sampling
	b = canon.AppendArray(b, 6)
	b = canon.AppendUint(b, uint64(math.Float32bits(s.Temperature)))
	b = canon.AppendUint(b, uint64(s.TopK))
	b = canon.AppendUint(b, uint64(math.Float32bits(s.TopP)))
	b = canon.AppendUint(b, uint64(math.Float32bits(s.MinP)))
	b = canon.AppendUint(b, s.Seed)
	bias := make([]byte, 0, 8*len(s.Bias))
	for _, x := range s.Bias {
		bias = binary.LittleEndian.AppendUint32(bias, uint32(x.Token))
		bias = binary.LittleEndian.AppendUint32(bias, math.Float32bits(x.Value))
	}
	b = canon.AppendBytes(b, bias)
	return canon.AppendBytes(b, r.Schema)
}

// ReadCanon reads what AppendCanon wrote. Submit checks the values.
func (r *Request) ReadCanon(c *canon.Reader) {
	c.Fields(10)
	if v := c.Uint(requestV1); v != requestV1 {
		c.Fail("request of version %d", v)
	}
	r.Model, r.Adapter = c.CID(), cid.Undef
	if c.Array(1) == 1 {
		r.Adapter = c.CID()
	}
	r.Prompt = readTokens(c, maxPrompt)
	r.MaxTokens = int(c.Uint(maxPrompt))
	r.Choices = int(c.Uint(maxChoices))
	r.StopTokens = readTokens(c, maxBias)
	r.Stop = nil
	for range c.Array(maxStop) {
		r.Stop = append(r.Stop, c.Text(1<<12))
	}
	s := &r.Sampling
	c.Fields(6)
	s.Temperature = readFloat(c)
	s.TopK = int(c.Uint(math.MaxInt32))
	s.TopP, s.MinP = readFloat(c), readFloat(c)
	s.Seed = c.Uint(math.MaxUint64)
	bias := c.Bytes(8 * maxBias)
	if len(bias)%8 != 0 {
		c.Fail("a bias of %d bytes", len(bias))
	}
	s.Bias = nil
	for ; len(bias) >= 8; bias = bias[8:] {
		s.Bias = append(s.Bias, Bias{int32(binary.LittleEndian.Uint32(bias)), math.Float32frombits(binary.LittleEndian.Uint32(bias[4:]))})
	}
	r.Schema = nil
	if b := c.Bytes(maxSchema); len(b) > 0 {
		r.Schema = b
	}
}

const maxPrompt = 1 << 22

func readFloat(c *canon.Reader) float32 { return math.Float32frombits(uint32(c.Uint(math.MaxUint32))) }

func tokenBytes(ids []int32) []byte {
	b := make([]byte, 0, 4*len(ids))
	for _, id := range ids {
		b = binary.LittleEndian.AppendUint32(b, uint32(id))
	}
	return b
}

// readTokens returns a slice that is not nil: none is not the default.
func readTokens(c *canon.Reader, most int) []int32 {
	b := c.Bytes(4 * most)
	if len(b)%4 != 0 {
		c.Fail("tokens of %d bytes", len(b))
	}
	ids := make([]int32, 0, len(b)/4)
	for ; len(b) >= 4; b = b[4:] {
		ids = append(ids, int32(binary.LittleEndian.Uint32(b)))
	}
	return ids
}

// Digest is the SHA-256 of the canonical form, with which the hashes of its
// answers begin. It fails if a stop string is not UTF-8.
func (r *Request) Digest() ([32]byte, error) {
	b, err := canon.Encode(r)
	return sha256.Sum256(b), err
}
