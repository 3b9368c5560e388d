package trace

import (
	"crypto/sha256"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// A Sample is what is committed of one document of the training data. The two
// numbers stand beside the content so that the shape of a step follows from
// them alone, without opening every document.
type Sample struct {
	Positions uint32        // tokens read
	Learnt    uint32        // of these with a target
	Content   merkle.Digest // of what SampleContent returns
}

// NewSample describes a document. targets has -1 where nothing is learnt.
func NewSample(ids, targets []int32) Sample {
	s := Sample{Positions: uint32(len(ids)), Content: sha256.Sum256(SampleContent(ids, targets))}
	for _, t := range targets {
		if t >= 0 {
			s.Learnt++
		}
	}
	return s
}

// SampleContent returns the bytes of a document: its tokens, then its targets,
// i32 little endian.
func SampleContent(ids, targets []int32) []byte {
	b := append([]byte(nil), merkle.Bytes(ids)...)
	return append(b, merkle.Bytes(targets)...)
}

// AppendCanon appends [positions, learnt, content].
func (s *Sample) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 3)
	b = canon.AppendUint(b, uint64(s.Positions))
	b = canon.AppendUint(b, uint64(s.Learnt))
	return canon.AppendBytes(b, s.Content[:])
}

// ReadCanon reads what AppendCanon wrote.
func (s *Sample) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	s.Positions = uint32(r.Uint(1 << 24))
	s.Learnt = uint32(r.Uint(uint64(s.Positions)))
	r.Fixed(s.Content[:])
}

// Leaf returns the leaf of a sample in the lists of Data and Batch.
func (s *Sample) Leaf() merkle.Digest { return merkle.SHA256.Leaf(s.AppendCanon(nil)) }

// Samples returns the list digest of samples: of a job's whole data, or of the
// batch of one step, in the order in which their gradients add up.
func Samples(samples []Sample) merkle.Digest {
	b := merkle.NewBuilder(merkle.SHA256)
	for i := range samples {
		b.AddDigest(samples[i].Leaf())
	}
	return b.List()
}
