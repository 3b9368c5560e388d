package serve

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/openledger/openledger/proofs/merkle"
)

// HashEvery is how many tokens lie between the hashes of an answer.
const HashEvery = 32

// A Chain commits to an answer token by token:
//
//	h_0 = H("openledger/answer/1" | digest of the request | choice)
//	h_t = H(h_{t-1} | token_t | H(hidden))
//
// H is SHA-256, numbers are 4 bytes, little endian; hidden is the output of the
// final norm from which the token was drawn.
type Chain struct{ h Hash }

// NewChain begins the chain of a choice.
func NewChain(request [32]byte, choice int) Chain {
	b := append([]byte("openledger/answer/1"), request[:]...)
	return Chain{sha256.Sum256(binary.LittleEndian.AppendUint32(b, uint32(choice)))}
}

// Add appends a token, drawn from a hidden state with this hash.
func (c *Chain) Add(token int32, hidden [32]byte) {
	b := make([]byte, 0, 68)
	b = append(b, c.h[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(token))
	c.h = sha256.Sum256(append(b, hidden[:]...))
}

// Hash returns the chain so far.
func (c *Chain) Hash() Hash { return c.h }

// hashHidden returns H(hidden).
func hashHidden(x []float32) [32]byte { return sha256.Sum256(merkle.Bytes(x)) }
