package work

import (
	"context"
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Segment is the steps of a stored segment, from the one before its first,
// and the sealed Reveal of who did them.
type Segment struct {
	Steps  []trace.Step
	Reveal []byte
}

// AppendCanon appends [steps, reveal].
func (s *Segment) AppendCanon(b []byte) []byte {
	b = canon.AppendBytes(canon.AppendArray(b, 2), trace.AppendSteps(nil, s.Steps))
	return canon.AppendBytes(b, s.Reveal)
}

// ReadCanon reads what AppendCanon wrote.
func (s *Segment) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	raw := r.Bytes((job.MaxSegment + 1) * trace.StepSize)
	steps, err := trace.ReadSteps(raw, len(raw)/trace.StepSize)
	if err != nil {
		r.Fail("%w", err)
	}
	s.Steps, s.Reveal = steps, r.Bytes(1<<16)
}

// maxSegment is the size of the longest Segment, in bytes.
const maxSegment = (job.MaxSegment+1)*trace.StepSize + 1<<16 + 64

// Parts number what is sealed of a segment: parts of the state, then those of
// the steps.
const (
	stateParts = 0
	stepParts  = 1 << 32
)

// StateLimit is the size of the largest stored state of a job, in bytes.
func StateLimit(s *job.Spec) uint64 { return 2*s.Needs.State + 64<<20 }

// Store seals a state and a segment, and cuts each into pieces.
func Store(ctx context.Context, key [32]byte, state []byte, s *Segment) (states, steps *Stored, err error) {
	if states, err = pack(ctx, key, stateParts, state); err != nil {
		return nil, nil, err
	}
	b, err := canon.Encode(s)
	if err == nil {
		steps, err = pack(ctx, key, stepParts, b)
	}
	return states, steps, err
}

// State opens a stored state.
func State(ctx context.Context, get Get, s *job.Spec, key [32]byte, root cid.Cid) ([]byte, error) {
	return unpack(ctx, get, key, stateParts, root, StateLimit(s))
}

// Steps opens a stored segment.
func Steps(ctx context.Context, get Get, key [32]byte, root cid.Cid) (*Segment, error) {
	b, err := unpack(ctx, get, key, stepParts, root, maxSegment)
	if err != nil {
		return nil, err
	}
	s := new(Segment)
	return s, canon.Decode(b, s, canon.Limits{Total: maxSegment, Depth: 2})
}

// Opens checks that a stored segment is what its author committed to, and
// returns what was revealed.
func (s *Segment) Opens(network record.Network, id job.ID, k job.Kept) (record.Verified, trace.Reveal, error) {
	var r trace.Reveal
	v, err := record.Open(s.Reveal, network)
	if err != nil {
		return v, r, err
	}
	if err := canon.Decode(v.Payload(), &r, canon.Limits{}); err != nil {
		return v, r, err
	}
	h := v.Header()
	if h.Type != record.Reveal || h.Subject != id || v.Signer().Account() != k.Worker || r.Commit(id, k.Worker) != k.Hidden {
		return v, r, fmt.Errorf("job %s: a stored segment does not open its commit", id)
	}
	return v, r, r.Commitment.Check(s.Steps)
}
