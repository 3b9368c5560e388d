package record

import (
	"fmt"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"
)

// SignatureSize is the size of a Signature in bytes.
const SignatureSize = 65

// A Signature is r | s | v, as wallets and contracts of the EVM have it: r and
// s big-endian, s in the lower half (EIP-2), v 27 or 28.
type Signature [SignatureSize]byte

// Where v lies, and its least value.
const (
	vAt   = 64
	vBase = 27
)

// Sign signs a digest, deterministically (RFC 6979). The digest MUST come from
// a hash over a domain of its own; for records, use Seal.
func (k Key) Sign(digest [32]byte) (s Signature) {
	if k.secret == nil {
		panic("record: sign with the zero Key")
	}
	compact := ecdsa.SignCompact(k.secret, digest[:], false) // v | r | s
	copy(s[:vAt], compact[1:])
	s[vAt] = compact[0]
	return s
}

// Recover returns the key that signed a digest. It accepts one signature only
// of the two that each r allows, the one with the lower s.
func Recover(digest [32]byte, s Signature) (PublicKey, error) {
	v := s[vAt]
	if v != vBase && v != vBase+1 {
		return PublicKey{}, fmt.Errorf("%w: v is %d, want 27 or 28", ErrSignature, v)
	}
	var scalar secp256k1.ModNScalar
	if scalar.SetByteSlice(s[32:vAt]); scalar.IsOverHalfOrder() {
		return PublicKey{}, fmt.Errorf("%w: s is in the upper half", ErrSignature)
	}
	compact := append([]byte{v}, s[:vAt]...)
	p, _, err := ecdsa.RecoverCompact(compact, digest[:])
	if err != nil {
		return PublicKey{}, fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return publicKey(p)
}
