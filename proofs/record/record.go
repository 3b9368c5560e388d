// Package record seals what a peer says: a header of fixed size, a payload,
// and one signature that also tells who signed.
//
//	envelope = canon array [ header (96 bytes), signature (65 bytes), payload ]
//
// The payload is any canon value, in the clear, so an envelope is a DAG-CBOR
// block whose links an IPLD tool can follow. Header and signature lie at fixed
// offsets. The signature covers sha-256 of the header's bytes as they travel,
// the header covers the payload by its sha-256; nothing is encoded again to
// verify it. A contract checks a record with the sha256 and ecrecover
// precompiles alone.
//
// The invariant: only Seal and Open make a Verified, so who holds one holds a
// record that its signer did sign, for this network. Whether that signer may
// say so is for the caller to decide, and MUST be decided: anyone can make a
// key, and a damaged record can open as one that a stranger signed.
package record

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
)

// MaxSize is the size of the largest envelope in bytes. Who receives some type
// of record SHOULD set a tighter limit before Open.
const MaxSize = canon.MaxTotal

// Why an envelope is refused, in the order in which Open looks.
var (
	ErrForm      = errors.New("record: not an envelope")
	ErrNetwork   = errors.New("record: for another network")
	ErrType      = errors.New("record: unknown type")
	ErrPayload   = errors.New("record: payload does not match its header")
	ErrSignature = errors.New("record: invalid signature")
)

// Where the parts of an envelope lie, after the heads of array and strings.
const (
	headerAt    = 1 + 2
	signatureAt = headerAt + HeaderSize + 2
	payloadAt   = signatureAt + SignatureSize
)

// A Verified is a record whose header, payload and signature fit together.
// The zero Verified is no record; its type is 0.
type Verified struct {
	envelope []byte
	header   Header
	signer   PublicKey
}

// Header returns what the record is about.
func (v Verified) Header() Header { return v.header }

// Signer returns the key that signed, with its account and peer ID.
func (v Verified) Signer() PublicKey { return v.signer }

// Payload returns a copy of the payload, for canon.Decode.
func (v Verified) Payload() []byte {
	if v.envelope == nil {
		return nil
	}
	return bytes.Clone(v.envelope[payloadAt:])
}

// Envelope returns a copy of the record as it travels, to store or pass on.
func (v Verified) Envelope() []byte { return bytes.Clone(v.envelope) }

// Seal signs a payload, which MUST be a canon value. It fills in h.Payload.
//
// Who seals MUST write h and payload to a journal before, and seal from the
// journal after a restart: the signature is deterministic (RFC 6979), so equal
// header and payload give equal bytes, while a second payload under the same
// header is an Equivocation and costs the stake.
func Seal(key Key, h Header, payload []byte) (Verified, error) {
	h.Payload = sha256.Sum256(payload)
	header := h.bytes()
	signature := key.Sign(sha256.Sum256(header[:]))

	b := make([]byte, 0, payloadAt+len(payload))
	b = canon.AppendArray(b, 3)
	b = canon.AppendBytes(b, header[:])
	b = canon.AppendBytes(b, signature[:])
	b = append(b, payload...)
	v, err := Open(b, h.Network)
	if err != nil {
		return Verified{}, fmt.Errorf("seal %s: %w", h.Type, err)
	}
	if v.signer != key.public { // a bit flipped while it signed
		return Verified{}, fmt.Errorf("seal %s: %w: it names another signer", h.Type, ErrSignature)
	}
	return v, nil
}

// Open checks an envelope for the given network. It keeps a copy of it.
func Open(envelope []byte, network Network) (Verified, error) {
	var header [HeaderSize]byte
	var signature Signature

	r := canon.NewReader(envelope, canon.Limits{})
	r.Fields(3)
	r.Fixed(header[:])
	r.Fixed(signature[:])
	payload := r.Raw()
	if err := r.Done(); err != nil {
		return Verified{}, fmt.Errorf("%w: %w", ErrForm, err)
	}
	h, err := parseHeader(header, network)
	if err != nil {
		return Verified{}, err
	}
	if sha256.Sum256(payload) != h.Payload {
		return Verified{}, ErrPayload
	}
	signer, err := Recover(sha256.Sum256(header[:]), signature)
	if err != nil {
		return Verified{}, err
	}
	return Verified{envelope: bytes.Clone(envelope), header: h, signer: signer}, nil
}
