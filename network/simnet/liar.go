package simnet

import (
	"bytes"
	"crypto/sha256"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// Lies returns what a liar makes of a true record: its bytes changed here and
// there, and its header and payload signed by the liar in the name of the
// signer. None of them may be delivered as that signer's.
func Lies(liar record.Key, true_ record.Verified) [][]byte {
	var out [][]byte
	envelope := true_.Envelope()
	for at := 0; at < len(envelope); at += 7 {
		b := bytes.Clone(envelope)
		b[at] ^= 1 << (at % 8)
		out = append(out, b)
	}
	out = append(out, envelope[:len(envelope)-1], append(bytes.Clone(envelope), 0))

	h := true_.Header() // with the signer's subject
	for _, change := range []func(*record.Header){
		func(*record.Header) {}, func(h *record.Header) { h.Sequence++ }, func(h *record.Header) { h.Network++ },
	} {
		h := h
		change(&h)
		if v, err := record.Seal(liar, h, true_.Payload()); err == nil {
			out = append(out, v.Envelope())
		}
	}
	return append(out, canon.AppendBytes(nil, append([]byte("no record"), sha256.New().Sum(nil)...)))
}
