package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
)

// An Equivocation convicts a signer who filled one place with two payloads. It
// is evidence by itself, here and for a contract: raw headers and signatures,
// the one with the lesser payload hash first.
type Equivocation [2]Signed

// A Signed is a header and its signature as they travelled.
type Signed struct {
	Header    [HeaderSize]byte
	Signature Signature
}

// Equivocates says whether two records are an equivocation, and returns it.
func Equivocates(a, b Verified) (Equivocation, bool) {
	e := Equivocation{a.signed(), b.signed()}
	if bytes.Compare(e[0].Header[placeSize:], e[1].Header[placeSize:]) > 0 {
		e[0], e[1] = e[1], e[0]
	}
	return e, e.contradicts() && a.signer == b.signer
}

func (v Verified) signed() (s Signed) {
	if v.envelope != nil {
		copy(s.Header[:], v.envelope[headerAt:])
		copy(s.Signature[:], v.envelope[signatureAt:])
	}
	return s
}

// contradicts says whether the headers are two for one place, in order.
func (e Equivocation) contradicts() bool {
	a, b := e[0].Header, e[1].Header
	return bytes.Equal(a[:placeSize], b[:placeSize]) && bytes.Compare(a[placeSize:], b[placeSize:]) < 0
}

// Type returns that of both records.
func (e Equivocation) Type() Type { return Type(binary.BigEndian.Uint32(e[0].Header[typeAt:])) }

// Verify returns the signer whom the evidence convicts.
func (e Equivocation) Verify(network Network) (PublicKey, error) {
	if !e.contradicts() {
		return PublicKey{}, errors.New("record: no equivocation: the headers do not contradict each other")
	}
	var signers [2]PublicKey
	for i, s := range e {
		if _, err := parseHeader(s.Header, network); err != nil {
			return PublicKey{}, err
		}
		var err error
		if signers[i], err = Recover(sha256.Sum256(s.Header[:]), s.Signature); err != nil {
			return PublicKey{}, err
		}
	}
	if signers[0] != signers[1] {
		return PublicKey{}, fmt.Errorf("record: no equivocation: two signers, %s and %s", signers[0].account, signers[1].account)
	}
	return signers[0], nil
}

// AppendCanon appends the evidence to b.
func (e *Equivocation) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 4)
	for _, s := range e {
		b = canon.AppendBytes(b, s.Header[:])
		b = canon.AppendBytes(b, s.Signature[:])
	}
	return b
}

// ReadCanon reads what AppendCanon wrote. It verifies nothing.
func (e *Equivocation) ReadCanon(r *canon.Reader) {
	r.Fields(4)
	for i := range e {
		r.Fixed(e[i].Header[:])
		r.Fixed(e[i].Signature[:])
	}
}
