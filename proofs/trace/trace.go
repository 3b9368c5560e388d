// Package trace commits to a training run: to each step by a leaf, to a
// stretch of steps by a root that a worker signs, and to the inside of one step
// by the digests of all values that its operators read and write.
//
//	leaf_t  = H(0x10 | t | state_t | batch_t | bits of the loss)
//	chain_t = H(0x11 | chain_{t-1} | leaf_t)    chain_0 = H(0x11 | job | leaf_0)
//	root    = merkle list digest of leaf_{first-1} .. leaf_last
//
// Step t turns state t-1 into state t; leaf 0 has the initial state, no batch
// and no loss. Integers are little endian, H is SHA-256. A root begins with the
// leaf before its first step, so it names the state that it starts from; that
// of all steps is the job's root, with step t at index t.
//
// The invariant: honest runs of one job have equal leaves, so two roots differ
// only if somebody is wrong, and the first different leaf says where to look.
//
// Start with Step and Builder; Program is the inside of a step.
package trace

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
)

// Domain bytes; those below 0x10 belong to package merkle. Append-only.
const (
	stepDomain   = 0x10
	chainDomain  = 0x11
	commitDomain = 0x12
)

// A Step is what is committed of one step.
type Step struct {
	State merkle.Digest // after the step: parameters, moments, counters
	Batch merkle.Digest // what it learnt from; see Batch
	Loss  uint32        // bits of the f32
}

// Leaf returns the leaf of step t.
func (s Step) Leaf(t uint64) merkle.Digest {
	b := make([]byte, 0, 1+8+StepSize)
	b = binary.LittleEndian.AppendUint64(append(b, stepDomain), t)
	return sha256.Sum256(s.append(b))
}

// Initial returns the leaf before the first step of a job.
func Initial(state merkle.Digest) merkle.Digest { return Step{State: state}.Leaf(0) }

// Chain appends a leaf to a chain.
func Chain(before, leaf merkle.Digest) merkle.Digest {
	b := make([]byte, 0, 1+64)
	b = append(append(append(b, chainDomain), before[:]...), leaf[:]...)
	return sha256.Sum256(b)
}

// StepSize is the length of a Step in an opened list.
const StepSize = 32 + 32 + 4

func (s Step) append(b []byte) []byte {
	b = append(append(b, s.State[:]...), s.Batch[:]...)
	return binary.LittleEndian.AppendUint32(b, s.Loss)
}

// AppendSteps appends steps as an opening lists them.
func AppendSteps(b []byte, steps []Step) []byte {
	for _, s := range steps {
		b = s.append(b)
	}
	return b
}

// ReadSteps reads exactly n steps.
func ReadSteps(b []byte, n int) ([]Step, error) {
	if n < 0 || len(b)%StepSize != 0 || len(b)/StepSize != n {
		return nil, fmt.Errorf("trace: %d bytes are not the list of %d steps", len(b), n)
	}
	steps := make([]Step, n)
	for i := range steps {
		x := b[i*StepSize:]
		steps[i] = Step{merkle.Digest(x[:32]), merkle.Digest(x[32:64]), binary.LittleEndian.Uint32(x[64:])}
	}
	return steps, nil
}

// A Builder commits to steps as they are done. It keeps no step.
type Builder struct {
	first uint64
	next  uint64
	chain merkle.Digest
	list  *merkle.Builder
	start merkle.Digest
}

// NewBuilder begins a stretch of steps after step number done of a job, whose
// Step is last and whose chain is chain. For a job's first stretch done is 0,
// last holds the initial state, and chain is Chain(job, leaf 0).
func NewBuilder(done uint64, last Step, chain merkle.Digest) *Builder {
	b := &Builder{first: done + 1, next: done + 1, chain: chain, list: merkle.NewBuilder(merkle.SHA256), start: last.Leaf(done)}
	b.list.AddDigest(b.start)
	return b
}

// Begin is NewBuilder for a job's first stretch.
func Begin(job [32]byte, state merkle.Digest) *Builder {
	return NewBuilder(0, Step{State: state}, Chain(job, Initial(state)))
}

// Add commits to the next step and returns its number.
func (b *Builder) Add(s Step) uint64 {
	leaf := s.Leaf(b.next)
	b.list.AddDigest(leaf)
	b.chain = Chain(b.chain, leaf)
	b.next++
	return b.next - 1
}

// Commitment returns what stands for the steps so far; more may follow.
func (b *Builder) Commitment() Commitment {
	return Commitment{First: b.first, Last: b.next - 1, Start: b.start, Root: b.list.List(), Chain: b.chain}
}

// A Commitment stands for steps First to Last of a job.
type Commitment struct {
	First, Last uint64
	Start       merkle.Digest // leaf of step First-1
	Root        merkle.Digest // list digest of leaves First-1 to Last
	Chain       merkle.Digest // chain of step Last
}

// MaxSteps is the largest number of steps of one Commitment: an opening lists
// them all.
const MaxSteps = 1 << 16

// Len returns how many leaves the root has: one more than steps.
func (c Commitment) Len() int { return int(c.Last - c.First + 2) }

// AppendCanon appends [first, last, start, root, chain].
func (c *Commitment) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 5)
	b = canon.AppendUint(b, c.First)
	b = canon.AppendUint(b, c.Last)
	b = canon.AppendBytes(b, c.Start[:])
	b = canon.AppendBytes(b, c.Root[:])
	return canon.AppendBytes(b, c.Chain[:])
}

// ReadCanon reads what AppendCanon wrote.
func (c *Commitment) ReadCanon(r *canon.Reader) {
	r.Fields(5)
	c.First = r.Uint(1 << 48)
	c.Last = r.Uint(1 << 48)
	r.Fixed(c.Start[:])
	r.Fixed(c.Root[:])
	r.Fixed(c.Chain[:])
	if c.First == 0 || c.Last < c.First || c.Last-c.First >= MaxSteps {
		r.Fail("steps %d to %d; a commitment has 1 to %d steps, counted from 1", c.First, c.Last, MaxSteps)
	}
}

// Check tells whether opened steps First-1 to Last lead to the commitment. The
// chain is only checked from a known chain before: see CheckChain.
func (c Commitment) Check(steps []Step) error {
	if len(steps) != c.Len() {
		return fmt.Errorf("trace: %d steps opened, the root has %d", len(steps), c.Len())
	}
	b := merkle.NewBuilder(merkle.SHA256)
	for i, s := range steps {
		b.AddDigest(s.Leaf(c.First - 1 + uint64(i)))
	}
	if b.List() != c.Root {
		return fmt.Errorf("trace: the steps opened have another root")
	}
	return nil
}

// CheckChain tells whether steps, which Check accepted, and the chain before
// them lead to the commitment's chain and start.
func (c Commitment) CheckChain(before merkle.Digest, steps []Step) error {
	if len(steps) == 0 || steps[0].Leaf(c.First-1) != c.Start {
		return fmt.Errorf("trace: the first leaf is not the start that is named")
	}
	for i, s := range steps[1:] {
		before = Chain(before, s.Leaf(c.First+uint64(i)))
	}
	if before != c.Chain {
		return fmt.Errorf("trace: the steps opened have another chain")
	}
	return nil
}

// Prove returns the proof that step t stands in the root of these steps, of
// which the first is step first-1.
func Prove(first uint64, steps []Step, t uint64) (merkle.Proof, error) {
	leaves := make([]merkle.Digest, len(steps))
	for i, s := range steps {
		leaves[i] = s.Leaf(first - 1 + uint64(i))
	}
	return merkle.NewTree(merkle.SHA256, leaves).Prove(t - (first - 1))
}

// Verify checks that step t is s in the commitment.
func (c Commitment) Verify(t uint64, s Step, p merkle.Proof) error {
	if t+1 < c.First || t > c.Last || p.Index != t+1-c.First || p.Size != uint64(c.Len()) {
		return fmt.Errorf("trace: step %d is not of steps %d to %d, or its proof is for another place", t, c.First, c.Last)
	}
	root, err := p.Root(merkle.SHA256, s.Leaf(t))
	if err != nil {
		return fmt.Errorf("trace: step %d: %w", t, err)
	}
	if merkle.SHA256.List(p.Size, root) != c.Root {
		return fmt.Errorf("trace: step %d leads to another root: %w", t, merkle.ErrProof)
	}
	return nil
}
