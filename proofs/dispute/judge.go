package dispute

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// How each kind of evidence is judged. An error means that the proof proves
// nothing; sides are judged one by one, and all that are wrong are guilty.

func (p *EquivocationProof) judge(c *court) (Verdict, error) {
	signer, err := p.Equivocation.Verify(c.Network)
	if err != nil {
		return Verdict{}, err
	}
	h := p.Equivocation[0].Header
	return Verdict{
		Kind: Equivocation, Job: [32]byte(h[24:56]), Guilty: []record.PublicKey{signer},
		Why: "signed two different records for one place",
	}, nil
}

func (p *StartProof) judge(c *court) (Verdict, error) {
	v := Verdict{Kind: Start, Why: "began from another state than the job or its lease says"}
	return c.starts(v, p.Case, p.Sides, func(_ int, x *claim, leaf, _ merkle.Digest) (bool, error) {
		return x.reveal.Commitment.Start != leaf, nil
	})
}

func (p *ChainProof) judge(c *court) (Verdict, error) {
	sides := make([]StartSide, len(p.Sides))
	for i := range p.Sides {
		sides[i] = p.Sides[i].StartSide
	}
	v := Verdict{Kind: Chain, Why: "revealed a chain or a start that its own steps do not have"}
	return c.starts(v, p.Case, sides, func(i int, x *claim, _, chain merkle.Digest) (bool, error) {
		if err := x.reveal.Commitment.Check(p.Sides[i].Steps); err != nil {
			return false, err
		}
		return x.reveal.Commitment.CheckChain(chain, p.Sides[i].Steps) != nil, nil
	})
}

// starts completes a verdict on sides by what they had to go on from: the leaf
// and the chain before their first step.
func (c *court) starts(v Verdict, x Case, sides []StartSide, wrong func(i int, x *claim, leaf, chain merkle.Digest) (bool, error)) (Verdict, error) {
	envelopes := make([][]byte, len(sides))
	for i := range sides {
		envelopes[i] = sides[i].Reveal
	}
	subject, claims, err := c.claims(envelopes...)
	if err != nil {
		return Verdict{}, err
	}
	job, err := c.job(x.Spec, x.Extra, subject)
	if err != nil {
		return Verdict{}, err
	}
	v.Job = subject
	for i := range claims {
		leaf, chain, err := c.start(&claims[i], job, sides[i].Lease)
		if err != nil {
			return Verdict{}, err
		}
		if bad, err := wrong(i, &claims[i], leaf, chain); err != nil {
			return Verdict{}, err
		} else if bad {
			v.Guilty = append(v.Guilty, claims[i].signer)
		}
	}
	return v, nil
}

// steps opens the reveals of sides and checks step t of each.
func (c *court) steps(t uint64, sides ...*StepSide) (job [32]byte, claims []claim, err error) {
	envelopes := make([][]byte, len(sides))
	for i, s := range sides {
		envelopes[i] = s.Reveal
	}
	if job, claims, err = c.claims(envelopes...); err != nil {
		return job, nil, err
	}
	for i, s := range sides {
		if x := &claims[i].reveal.Commitment; t < x.First {
			return job, nil, fmt.Errorf("dispute: step %d of steps %d to %d", t, x.First, x.Last)
		} else if err := x.Verify(t, s.Step, s.Proof); err != nil {
			return job, nil, err
		}
	}
	return job, claims, nil
}

func (p *BatchProof) judge(c *court) (Verdict, error) {
	sides := make([]*StepSide, len(p.Sides))
	for i := range p.Sides {
		sides[i] = &p.Sides[i]
	}
	subject, claims, err := c.steps(p.Step, sides...)
	if err != nil {
		return Verdict{}, err
	}
	job, err := c.job(p.Spec, p.Extra, subject)
	if err != nil {
		return Verdict{}, err
	}
	want, err := p.batch(job)
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Kind: Batch, Job: subject, Step: p.Step, Why: fmt.Sprintf("step %d learnt from other samples than the job's order gives", p.Step)}
	for i, s := range sides {
		if s.Step.Batch != want {
			v.Guilty = append(v.Guilty, claims[i].signer)
		}
	}
	return v, nil
}

// batch returns the batch digest that the job gives.
func (p *BatchProof) batch(job Job) (merkle.Digest, error) {
	order, err := job.Order(p.Step)
	if err != nil {
		return merkle.Digest{}, fmt.Errorf("dispute: order: %w", err)
	}
	numbers := slices.Clone(order)
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	if !slices.Equal(numbers, p.Proof.Indices) || len(numbers) != len(p.Samples) {
		return merkle.Digest{}, fmt.Errorf("dispute: other samples are shown than step %d learns from", p.Step)
	}
	leaves := make([]merkle.Digest, len(p.Samples))
	for i := range p.Samples {
		leaves[i] = p.Samples[i].Leaf()
	}
	root, err := p.Proof.Root(merkle.SHA256, leaves)
	if err != nil || merkle.SHA256.List(p.Proof.Size, root) != job.Data() {
		return merkle.Digest{}, errors.Join(errors.New("dispute: the samples shown are not of the job's data"), err)
	}
	b := merkle.NewBuilder(merkle.SHA256)
	for _, n := range order {
		k, _ := slices.BinarySearch(numbers, n)
		b.AddDigest(leaves[k])
	}
	return b.List(), nil
}

// program returns the inside of a step whose samples are those that every side
// committed to.
func (c *court) program(x Case, subject [32]byte, t uint64, samples []trace.Sample, contents [][]byte, sides []*StepSide) (*trace.Program, error) {
	for _, s := range sides {
		if s.Step.Batch != trace.Samples(samples) {
			return nil, fmt.Errorf("dispute: the samples shown are not those of a side's step %d", t)
		}
	}
	if contents == nil {
		contents = make([][]byte, len(samples))
	}
	if len(contents) != len(samples) {
		return nil, fmt.Errorf("dispute: contents of %d samples for %d", len(contents), len(samples))
	}
	for i, b := range contents {
		if len(b) > 0 && (sha256.Sum256(b) != samples[i].Content || len(b) != 8*int(samples[i].Positions)) {
			return nil, fmt.Errorf("dispute: sample %d has another content", i)
		}
	}
	job, err := c.job(x.Spec, x.Extra, subject)
	if err != nil {
		return nil, err
	}
	p, err := job.Program(t, samples, contents)
	if err != nil {
		return nil, fmt.Errorf("dispute: program of step %d: %w", t, err)
	}
	return p, nil
}

func (p *ListProof) judge(c *court) (Verdict, error) {
	sides := make([]*StepSide, len(p.Sides))
	for i := range p.Sides {
		sides[i] = &p.Sides[i].StepSide
	}
	subject, claims, err := c.steps(p.Step, sides...)
	if err != nil {
		return Verdict{}, err
	}
	program, err := c.program(p.Case, subject, p.Step, p.Samples, p.Contents, sides)
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Kind: List, Job: subject, Step: p.Step}
	for i := range p.Sides {
		s, x := &p.Sides[i], &claims[i]
		if err := x.reveal.Commitment.Verify(p.Step-1, s.Before, s.Proof0); err != nil {
			return Verdict{}, err
		}
		list, err := c.list(x, s.Ops, p.Step, len(s.List))
		if err != nil {
			return Verdict{}, err
		}
		if trace.List(s.List) != list {
			return Verdict{}, errors.New("dispute: the list shown is not the one that was signed")
		}
		if err := program.Follow(s.List, s.Before, s.Step); err != nil {
			v.Guilty, v.Why = append(v.Guilty, x.signer), fmt.Sprintf("step %d: %v", p.Step, err)
		}
	}
	return v, nil
}

func (p *TileProof) judge(c *court) (Verdict, error) {
	sides := make([]*StepSide, len(p.Sides))
	for i := range p.Sides {
		sides[i] = &p.Sides[i].StepSide
	}
	subject, claims, err := c.steps(p.Step, sides...)
	if err != nil {
		return Verdict{}, err
	}
	program, err := c.program(p.Case, subject, p.Step, p.Samples, nil, sides)
	if err != nil {
		return Verdict{}, err
	}
	if int(p.Op) >= len(program.Ops) || int(p.Out) >= len(program.Ops[p.Op].Out) || program.Ops[p.Op].Out[p.Out] == trace.Absent {
		return Verdict{}, fmt.Errorf("dispute: step %d has no result %d of operator %d", p.Step, p.Out, p.Op)
	}
	op := program.Ops[p.Op]
	v := Verdict{
		Kind: Tile, Job: subject, Step: p.Step,
		Why: fmt.Sprintf("step %d, operator %d, %s: tile %d of result %d is wrong", p.Step, p.Op, op.Name, p.Tile, p.Out),
	}
	var digests []merkle.Digest // of the operands, the same for all sides
	for i := range p.Sides {
		d, err := c.tileSide(&p.Sides[i], &claims[i], p, program)
		if err != nil {
			return Verdict{}, err
		}
		if i > 0 && !slices.Equal(d, digests) {
			return Verdict{}, errors.New("dispute: the sides have different operands: an operator before this one differs")
		}
		digests = d
	}
	leaf, err := p.recompute(c, program, digests)
	if err != nil && !errors.Is(err, ErrNoResult) {
		return Verdict{}, err
	}
	for i := range p.Sides {
		if err != nil || p.Sides[i].Leaf != leaf {
			v.Guilty = append(v.Guilty, claims[i].signer)
		}
	}
	if err != nil {
		v.Why += ": " + err.Error()
	}
	return v, nil
}

// values lists the operands and the result of an operator, ascending, as
// indices of the list of a step.
func values(op *trace.Op, out int32) []uint64 {
	all := []uint64{uint64(out)}
	for _, in := range op.In {
		if in != trace.Absent {
			all = append(all, uint64(in))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// tileSide checks what a side said of the operator and returns the digests of
// its operands, zero where one is absent.
func (c *court) tileSide(s *TileSide, x *claim, p *TileProof, program *trace.Program) ([]merkle.Digest, error) {
	op := &program.Ops[p.Op]
	out := op.Out[p.Out]
	list, err := c.list(x, s.Ops, p.Step, len(program.Values))
	if err != nil {
		return nil, err
	}
	at := values(op, out)
	if !slices.Equal(at, s.Entries.Indices) || s.Entries.Size != uint64(len(program.Values)) || len(s.Digests) != len(at) {
		return nil, errors.New("dispute: other entries of the list are shown than the operator reads and makes")
	}
	root, err := s.Entries.Root(merkle.SHA256, trace.Leaves(s.Digests))
	if err != nil || merkle.SHA256.List(s.Entries.Size, root) != list {
		return nil, errors.Join(errors.New("dispute: the entries shown are not of the list that was signed"), err)
	}
	of := func(value int32) merkle.Digest {
		k, _ := slices.BinarySearch(at, uint64(value))
		return s.Digests[k]
	}
	tiling, err := program.Values[out].Tiling()
	if err != nil {
		return nil, err
	}
	if err := tiling.VerifyLeaf(of(out), int(p.Tile), s.Leaf, s.Path); err != nil {
		return nil, fmt.Errorf("dispute: claimed tile: %w", err)
	}
	digests := make([]merkle.Digest, len(op.In))
	for i, in := range op.In {
		if in != trace.Absent {
			digests[i] = of(in)
		}
	}
	return digests, nil
}

// recompute returns the leaf of the tile that the operands give.
func (p *TileProof) recompute(c *court, program *trace.Program, digests []merkle.Digest) (merkle.Digest, error) {
	op := program.Ops[p.Op]
	tiles := make(map[[2]int][]byte)
	for i, in := range p.Inputs {
		if int(in.Operand) >= len(op.In) || op.In[in.Operand] == trace.Absent || i > 0 && in.Operand <= p.Inputs[i-1].Operand {
			return merkle.Digest{}, fmt.Errorf("dispute: tiles of operand %d, which the operator does not have or which was shown before", in.Operand)
		}
		tiling, err := program.Values[op.In[in.Operand]].Tiling()
		if err == nil {
			err = tiling.VerifyMany(digests[in.Operand], in.Tiles, in.Proof)
		}
		if err != nil {
			return merkle.Digest{}, fmt.Errorf("dispute: tiles of operand %d: %w", in.Operand, err)
		}
		for k, n := range in.Proof.Indices {
			tiles[[2]int{int(in.Operand), int(n)}] = in.Tiles[k]
		}
	}
	missing := error(nil)
	tile, err := c.Recompute(op, program.Shapes(int(p.Op)), int(p.Out), int(p.Tile), func(in, tile int) ([]byte, error) {
		b, ok := tiles[[2]int{in, tile}]
		if !ok && missing == nil {
			missing = fmt.Errorf("dispute: tile %d of operand %d is needed and not shown", tile, in)
		}
		return b, missing
	})
	if missing != nil {
		return merkle.Digest{}, missing
	}
	if err != nil {
		return merkle.Digest{}, fmt.Errorf("dispute: recompute: %w", err)
	}
	return merkle.SHA256.Leaf(tile), nil
}
