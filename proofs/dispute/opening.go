package dispute

import (
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
)

// An Opening is the payload of OpenSteps, OpenOps and OpenTiles: the digest of
// a list that travels beside the record. The record's subject is the digest of
// the signer's Reveal, and its sequence follows from what is opened, so that a
// second, different list for the same question is an equivocation:
//
//	OpenSteps  sequence 0                 list digest of the step leaves (Reveal's root)
//	OpenOps    sequence step              trace.List of a digest per value
//	OpenTiles  sequence step<<24 | value  the value's tensor digest; the list is its tiles
type Opening struct {
	Count  uint64 // entries of the list
	Digest merkle.Digest
}

// AppendCanon appends [count, digest].
func (o *Opening) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 2), o.Count)
	return canon.AppendBytes(b, o.Digest[:])
}

// ReadCanon reads what AppendCanon wrote.
func (o *Opening) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	o.Count = r.Uint(1 << 32)
	r.Fixed(o.Digest[:])
}

// A Message is an Opening's record and the list: steps of trace.StepSize bytes,
// or digests.
type Message struct{ Record, List []byte }

// AppendCanon appends [record, list].
func (m *Message) AppendCanon(b []byte) []byte {
	return canon.AppendBytes(canon.AppendBytes(canon.AppendArray(b, 2), m.Record), m.List)
}

// ReadCanon reads what AppendCanon wrote.
func (m *Message) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	m.Record = r.Bytes(maxEnvelope)
	m.List = r.Bytes(MaxProof)
}

// OpeningHeader returns the header of an opening by the signer of a reveal; Seal
// fills in the payload.
func OpeningHeader(reveal record.Verified, t record.Type, step uint64, value int32) record.Header {
	h := record.Header{Network: reveal.Header().Network, Type: t, Subject: reveal.Header().Digest()}
	switch t {
	case record.OpenOps:
		h.Sequence = step
	case record.OpenTiles:
		h.Sequence = step<<24 | uint64(value)
	}
	return h
}

// opening checks that a record is the opening of a claim for this question.
func (c *court) opening(x *claim, envelope []byte, t record.Type, step uint64, value int32) (o Opening, err error) {
	v, err := record.Open(envelope, c.Network)
	if err != nil {
		return o, fmt.Errorf("dispute: %s: %w", t, err)
	}
	want := OpeningHeader(x.record, t, step, value)
	want.Payload = v.Header().Payload
	if v.Header() != want || v.Signer() != x.signer {
		return o, fmt.Errorf("dispute: %s: signed by another, or for another reveal, step or value", t)
	}
	if err := canon.Decode(v.Payload(), &o, canon.Limits{}); err != nil {
		return o, fmt.Errorf("dispute: %s: %w", t, err)
	}
	return o, nil
}

// list returns the list digest that an OpenOps signed for n values.
func (c *court) list(x *claim, envelope []byte, step uint64, n int) (merkle.Digest, error) {
	o, err := c.opening(x, envelope, record.OpenOps, step, 0)
	if err == nil && o.Count != uint64(n) {
		err = fmt.Errorf("dispute: a list of %d digests for the %d values of the step", o.Count, n)
	}
	return o.Digest, err
}

// tensor returns the tensor digest of tile leaves.
func tensor(t merkle.Tiling, leaves []merkle.Digest) merkle.Digest {
	return merkle.NewHasher().Join(t, leaves)
}
