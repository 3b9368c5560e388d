package work

import (
	"bytes"
	"context"
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
	"github.com/openledger/openledger/storage/block"
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

// Parts number the blocks of a segment: those of the state, then those of the
// steps.
const (
	stateParts = 0
	stepParts  = 1 << 32
)

// piece is how much of what is stored goes into one block, in bytes.
const piece = 1 << 20

// A list names the blocks of something sealed, in order.
type list struct {
	size   uint64
	blocks []cid.Cid
}

func (l *list) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 2), l.size)
	b = canon.AppendArray(b, len(l.blocks))
	for _, c := range l.blocks {
		b = canon.AppendCID(b, c)
	}
	return b
}

func (l *list) ReadCanon(r *canon.Reader) {
	r.Fields(2)
	l.size = r.Uint(1 << 46)
	for n := r.Array(1 << 16); n > 0 && r.Err() == nil; n-- {
		l.blocks = append(l.blocks, r.CID())
	}
}

// pack seals data in blocks; the last one is the root.
func pack(key [32]byte, part uint64, data []byte) ([]Block, error) {
	l := list{size: uint64(len(data))}
	var out []Block
	add := func(codec uint64, b []byte) error {
		c, err := block.CID(codec, b)
		out = append(out, Block{c, b})
		return err
	}
	for ; len(data) > 0; part++ {
		n := min(piece, len(data))
		if err := add(cid.Raw, job.SealBlock(key, part, data[:n])); err != nil {
			return nil, err
		}
		l.blocks = append(l.blocks, out[len(out)-1].CID)
		data = data[n:]
	}
	root, err := canon.Encode(&l)
	if err != nil {
		return nil, err
	}
	return out, add(cid.DagCBOR, root)
}

// A Get returns a block.
type Get func(ctx context.Context, c cid.Cid) ([]byte, error)

// readList reads the list below a root of at most limit bytes.
func readList(ctx context.Context, get Get, root cid.Cid, limit uint64) (l list, err error) {
	b, err := get(ctx, root)
	if err != nil {
		return l, err
	}
	if err := canon.Decode(b, &l, canon.Limits{Total: block.MaxSize, Depth: 3}); err != nil {
		return l, fmt.Errorf("%s is no stored part of a job: %w", root, err)
	}
	if l.size > limit || uint64(len(l.blocks)) != (l.size+piece-1)/piece {
		return l, fmt.Errorf("%s would be %d bytes in %d blocks, at most %d bytes are allowed", root, l.size, len(l.blocks), limit)
	}
	return l, nil
}

// Parts returns the blocks of a stored segment, roots included.
func Parts(ctx context.Context, get Get, s *job.Spec, state, leaves cid.Cid) ([]cid.Cid, error) {
	all := []cid.Cid{state, leaves}
	for i, limit := range []uint64{StateLimit(s), maxSegment} {
		l, err := readList(ctx, get, all[i], limit)
		if err != nil {
			return nil, err
		}
		all = append(all, l.blocks...)
	}
	return all, nil
}

// unpack opens what pack sealed, of at most limit bytes.
func unpack(ctx context.Context, get Get, key [32]byte, part uint64, root cid.Cid, limit uint64) ([]byte, error) {
	l, err := readList(ctx, get, root, limit)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	for i, c := range l.blocks {
		sealed, err := get(ctx, c)
		if err != nil {
			return nil, err
		}
		plain, err := job.OpenBlock(key, part+uint64(i), sealed)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c, err)
		}
		if want := min(piece, l.size-uint64(out.Len())); uint64(len(plain)) != want {
			return nil, fmt.Errorf("%s holds %d bytes, want %d", c, len(plain), want)
		}
		out.Write(plain)
	}
	return out.Bytes(), nil
}

// StateLimit is the size of the largest stored state of a job, in bytes.
func StateLimit(s *job.Spec) uint64 { return 2*s.Needs.State + 64<<20 }

// Store seals a state and a segment; the roots are the last blocks of each.
func Store(key [32]byte, state []byte, s *Segment) (states, steps []Block, err error) {
	if states, err = pack(key, stateParts, state); err != nil {
		return nil, nil, err
	}
	b, err := canon.Encode(s)
	if err == nil {
		steps, err = pack(key, stepParts, b)
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
