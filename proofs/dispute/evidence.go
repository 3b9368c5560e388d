package dispute

import (
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// The proofs. Each names one side or two; a side's reveal is the record that it
// signed. What a proof says of a side is checked against that side's own
// records, so one side's lies never touch the other.

// Limits of what is read.
const (
	maxSpec     = 1 << 20
	maxEnvelope = 1 << 16 // a reveal, a lease, an OpenOps
	maxSamples  = 1 << 14 // of one step
	maxContent  = 1 << 23
	maxInputs   = 1 << 12 // operands of an operator
	maxTiles    = 1 << 16 // tiles of one operand
)

// A Case is the job that a proof is about: its JobSpec and what Rules.Job needs
// beside.
type Case struct{ Spec, Extra []byte }

// An EquivocationProof is two headers of one signer for one place.
type EquivocationProof struct{ record.Equivocation }

// A StartProof convicts who began from another state than the job or the lease
// that its reveal names says.
type StartProof struct {
	Case
	Sides []StartSide
}

// A StartSide is a reveal and the lease it names, empty if it names none.
type StartSide struct{ Reveal, Lease []byte }

// A ChainProof convicts who revealed a chain or a start that its own steps do
// not have.
type ChainProof struct {
	Case
	Sides []ChainSide
}

// A ChainSide has all steps of a reveal, from the one before its first.
type ChainSide struct {
	StartSide
	Steps []trace.Step
}

// A BatchProof convicts who learnt from other samples than the job says.
type BatchProof struct {
	Case
	Step    uint64
	Samples []trace.Sample    // those that the order names, each once, by number
	Proof   merkle.MultiProof // of them in the job's data
	Sides   []StepSide
}

// A StepSide is a step of a reveal.
type StepSide struct {
	Reveal []byte
	Step   trace.Step
	Proof  merkle.Proof
}

// A ListProof convicts who opened operators that do not follow the job's
// program, or do not lead from one of its own committed states to the next.
type ListProof struct {
	Case
	Step     uint64
	Samples  []trace.Sample // in the order of the step
	Contents [][]byte       // of the samples that matter, else empty
	Sides    []ListSide
}

// A ListSide has the steps before and after, and the list that was opened.
type ListSide struct {
	StepSide // after
	Before   trace.Step
	Proof0   merkle.Proof // of Before
	Ops      []byte       // the OpenOps record
	List     []merkle.Digest
}

// A TileProof convicts who computed one tile of one result of an operator wrong
// from operands that it itself committed to.
type TileProof struct {
	Case
	Step    uint64
	Samples []trace.Sample // in the order of the step
	Op      uint32
	Out     uint32 // which result
	Tile    uint32
	Inputs  []Input // of the operands that the tile needs, by number
	Sides   []TileSide
}

// An Input is tiles of one operand.
type Input struct {
	Operand uint32
	Tiles   [][]byte // at Proof.Indices
	Proof   merkle.MultiProof
}

// A TileSide is what a side said of the operator.
type TileSide struct {
	StepSide
	Ops     []byte            // the OpenOps record
	Digests []merkle.Digest   // of the operands and the result, by ascending value
	Entries merkle.MultiProof // of them in the list
	Leaf    merkle.Digest     // of the tile that was claimed
	Path    []merkle.Digest   // of it in the result
}

func (*EquivocationProof) kind() Kind { return Equivocation }
func (*StartProof) kind() Kind        { return Start }
func (*ChainProof) kind() Kind        { return Chain }
func (*BatchProof) kind() Kind        { return Batch }
func (*ListProof) kind() Kind         { return List }
func (*TileProof) kind() Kind         { return Tile }

func (c *Case) append(b []byte) []byte {
	return canon.AppendBytes(canon.AppendBytes(b, c.Spec), c.Extra)
}

func (c *Case) read(r *canon.Reader) { c.Spec, c.Extra = r.Bytes(maxSpec), r.Bytes(maxSpec) }

// AppendCanon appends [spec, extra, [[reveal, lease], ...]].
func (p *StartProof) AppendCanon(b []byte) []byte {
	b = p.Case.append(canon.AppendArray(b, 3))
	b = canon.AppendArray(b, len(p.Sides))
	for _, s := range p.Sides {
		b = s.append(canon.AppendArray(b, 2))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (p *StartProof) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	p.Case.read(r)
	p.Sides = make([]StartSide, r.Array(2))
	for i := range p.Sides {
		r.Fields(2)
		p.Sides[i].read(r)
	}
}

func (s *StartSide) append(b []byte) []byte {
	return canon.AppendBytes(canon.AppendBytes(b, s.Reveal), s.Lease)
}

func (s *StartSide) read(r *canon.Reader) {
	s.Reveal, s.Lease = r.Bytes(maxEnvelope), r.Bytes(maxEnvelope)
}

// AppendCanon appends [spec, extra, [[reveal, lease, steps], ...]].
func (p *ChainProof) AppendCanon(b []byte) []byte {
	b = p.Case.append(canon.AppendArray(b, 3))
	b = canon.AppendArray(b, len(p.Sides))
	for _, s := range p.Sides {
		b = s.append(canon.AppendArray(b, 3))
		b = canon.AppendBytes(b, trace.AppendSteps(nil, s.Steps))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (p *ChainProof) ReadCanon(r *canon.Reader) {
	r.Fields(3)
	p.Case.read(r)
	p.Sides = make([]ChainSide, r.Array(2))
	for i := range p.Sides {
		r.Fields(3)
		p.Sides[i].read(r)
		p.Sides[i].Steps = readSteps(r)
	}
}

func readSteps(r *canon.Reader) []trace.Step {
	b := r.Bytes((trace.MaxSteps + 1) * trace.StepSize)
	steps, err := trace.ReadSteps(b, len(b)/trace.StepSize)
	if err != nil {
		r.Fail("%w", err)
	}
	return steps
}

// AppendCanon appends [spec, extra, step, samples, proof, sides].
func (p *BatchProof) AppendCanon(b []byte) []byte {
	b = p.Case.append(canon.AppendArray(b, 6))
	b = canon.AppendUint(b, p.Step)
	b = appendSamples(b, p.Samples)
	b = p.Proof.AppendCanon(b)
	b = canon.AppendArray(b, len(p.Sides))
	for _, s := range p.Sides {
		b = s.append(canon.AppendArray(b, 3))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (p *BatchProof) ReadCanon(r *canon.Reader) {
	r.Fields(6)
	p.Case.read(r)
	p.Step = r.Uint(1 << 48)
	p.Samples = readSamples(r)
	p.Proof.ReadCanon(r)
	p.Sides = make([]StepSide, r.Array(2))
	for i := range p.Sides {
		r.Fields(3)
		p.Sides[i].read(r)
	}
}

// append appends reveal, step and proof.
func (s *StepSide) append(b []byte) []byte {
	b = canon.AppendBytes(b, s.Reveal)
	return appendStep(b, s.Step, s.Proof)
}

func (s *StepSide) read(r *canon.Reader) {
	s.Reveal = r.Bytes(maxEnvelope)
	s.Step, s.Proof = readStep(r)
}

func appendStep(b []byte, s trace.Step, p merkle.Proof) []byte {
	b = canon.AppendBytes(b, trace.AppendSteps(nil, []trace.Step{s}))
	return p.AppendCanon(b)
}

func readStep(r *canon.Reader) (s trace.Step, p merkle.Proof) {
	steps, err := trace.ReadSteps(r.Bytes(trace.StepSize), 1)
	if err != nil {
		r.Fail("%w", err)
	} else {
		s = steps[0]
	}
	p.ReadCanon(r)
	return s, p
}

func appendSamples(b []byte, samples []trace.Sample) []byte {
	b = canon.AppendArray(b, len(samples))
	for i := range samples {
		b = samples[i].AppendCanon(b)
	}
	return b
}

func readSamples(r *canon.Reader) []trace.Sample {
	samples := make([]trace.Sample, r.Array(maxSamples))
	for i := range samples {
		samples[i].ReadCanon(r)
	}
	return samples
}

// AppendCanon appends [spec, extra, step, samples, contents, sides]; a side is
// [reveal, step, proof, step before, proof, OpenOps record, list].
func (p *ListProof) AppendCanon(b []byte) []byte {
	b = p.Case.append(canon.AppendArray(b, 6))
	b = canon.AppendUint(b, p.Step)
	b = appendSamples(b, p.Samples)
	b = appendStrings(b, p.Contents)
	b = canon.AppendArray(b, len(p.Sides))
	for _, s := range p.Sides {
		b = s.append(canon.AppendArray(b, 7))
		b = appendStep(b, s.Before, s.Proof0)
		b = canon.AppendBytes(b, s.Ops)
		b = canon.AppendBytes(b, trace.AppendDigests(nil, s.List))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (p *ListProof) ReadCanon(r *canon.Reader) {
	r.Fields(6)
	p.Case.read(r)
	p.Step = r.Uint(1 << 48)
	p.Samples = readSamples(r)
	p.Contents = readStrings(r, maxSamples, maxContent)
	p.Sides = make([]ListSide, r.Array(2))
	for i := range p.Sides {
		s := &p.Sides[i]
		r.Fields(7)
		s.read(r)
		s.Before, s.Proof0 = readStep(r)
		s.Ops = r.Bytes(maxEnvelope)
		s.List = readDigests(r, trace.MaxValues)
	}
}

func appendStrings(b []byte, all [][]byte) []byte {
	b = canon.AppendArray(b, len(all))
	for _, x := range all {
		b = canon.AppendBytes(b, x)
	}
	return b
}

func readStrings(r *canon.Reader, n, size int) [][]byte {
	all := make([][]byte, r.Array(n))
	for i := range all {
		all[i] = r.Bytes(size)
	}
	return all
}

// readDigests reads at most n digests.
func readDigests(r *canon.Reader, n int) []merkle.Digest {
	const size = len(merkle.Digest{})
	b := r.Bytes(n * size)
	digests, err := trace.ReadDigests(b, len(b)/size)
	if err != nil {
		r.Fail("%w", err)
	}
	return digests
}

// AppendCanon appends [spec, extra, step, samples, op, out, tile, inputs, sides];
// a side is [reveal, step, proof, OpenOps record, digests, proof, leaf, path].
func (p *TileProof) AppendCanon(b []byte) []byte {
	b = p.Case.append(canon.AppendArray(b, 9))
	b = canon.AppendUint(b, p.Step)
	b = appendSamples(b, p.Samples)
	for _, n := range []uint32{p.Op, p.Out, p.Tile} {
		b = canon.AppendUint(b, uint64(n))
	}
	b = appendInputs(b, p.Inputs)
	b = canon.AppendArray(b, len(p.Sides))
	for _, s := range p.Sides {
		b = s.append(canon.AppendArray(b, 8))
		b = canon.AppendBytes(b, s.Ops)
		b = canon.AppendBytes(b, trace.AppendDigests(nil, s.Digests))
		b = s.Entries.AppendCanon(b)
		b = canon.AppendBytes(b, s.Leaf[:])
		b = canon.AppendBytes(b, trace.AppendDigests(nil, s.Path))
	}
	return b
}

// ReadCanon reads what AppendCanon wrote.
func (p *TileProof) ReadCanon(r *canon.Reader) {
	r.Fields(9)
	p.Case.read(r)
	p.Step = r.Uint(1 << 48)
	p.Samples = readSamples(r)
	for _, n := range []*uint32{&p.Op, &p.Out, &p.Tile} {
		*n = uint32(r.Uint(1 << 31))
	}
	p.Inputs = readInputs(r)
	p.Sides = make([]TileSide, r.Array(2))
	for i := range p.Sides {
		s := &p.Sides[i]
		r.Fields(8)
		s.read(r)
		s.Ops = r.Bytes(maxEnvelope)
		s.Digests = readDigests(r, 2*maxInputs)
		s.Entries.ReadCanon(r)
		r.Fixed(s.Leaf[:])
		s.Path = readDigests(r, 64)
	}
}

// appendInputs appends [[operand, tiles, proof], ...].
func appendInputs(b []byte, inputs []Input) []byte {
	b = canon.AppendArray(b, len(inputs))
	for _, in := range inputs {
		b = canon.AppendUint(canon.AppendArray(b, 3), uint64(in.Operand))
		b = appendStrings(b, in.Tiles)
		b = in.Proof.AppendCanon(b)
	}
	return b
}

func readInputs(r *canon.Reader) []Input {
	inputs := make([]Input, r.Array(maxInputs))
	for i := range inputs {
		r.Fields(3)
		inputs[i].Operand = uint32(r.Uint(maxInputs))
		inputs[i].Tiles = readStrings(r, maxTiles, merkle.Tile*merkle.Tile*8)
		inputs[i].Proof.ReadCanon(r)
	}
	return inputs
}
