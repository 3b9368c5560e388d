package trace

import (
	"crypto/sha256"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
)

// A Reveal is the payload of record.Reveal: the result behind a commit. The
// record's subject is the job, so job and signer are not repeated.
type Reveal struct {
	Commitment Commitment
	Nonce      [32]byte
	Lease      [32]byte // digest of the record that gave the worker its start; zero: the job's own initial state
}

// Commit returns what a SegmentCommit carries before the reveal:
// H(0x12 | job | worker | commitment | nonce). It binds the worker, so it
// cannot be copied.
func (r *Reveal) Commit(job [32]byte, worker record.Account) merkle.Digest {
	b := append([]byte{commitDomain}, job[:]...)
	b = append(b, worker[:]...)
	b = r.Commitment.AppendCanon(b)
	return sha256.Sum256(append(b, r.Nonce[:]...))
}

// AppendCanon appends [commitment, nonce, lease].
func (r *Reveal) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = r.Commitment.AppendCanon(b)
	b = canon.AppendBytes(b, r.Nonce[:])
	return canon.AppendBytes(b, r.Lease[:])
}

// ReadCanon reads what AppendCanon wrote.
func (r *Reveal) ReadCanon(rd *canon.Reader) {
	rd.Fields(3)
	r.Commitment.ReadCanon(rd)
	rd.Fixed(r.Nonce[:])
	rd.Fixed(r.Lease[:])
}
