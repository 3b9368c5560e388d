package dispute_test

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// The tests here frame alice, who is honest: each accusation lies in one thing
// that exactly one check compares with what she signed.

// acquit fails if evidence convicts alice.
func acquit(t *testing.T, name string, e dispute.Evidence, rules dispute.Rules) error {
	t.Helper()
	b, err := dispute.Encode(e)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	v, err := dispute.Verify(b, rules)
	if err == nil && v.Convicts(alice.Public().Account()) {
		t.Errorf("%s: an honest worker is convicted: %s", name, v.Why)
	}
	return err
}

// stepOf is step t of a worker as proofs show it.
func stepOf(t *testing.T, k *worker, n uint64) dispute.StepSide {
	t.Helper()
	p, err := trace.Prove(k.first, k.steps, n)
	if err != nil {
		t.Fatal(err)
	}
	return dispute.StepSide{Reveal: k.reveal.Envelope(), Step: k.steps[n-k.first+1], Proof: p}
}

// listOf accuses a worker by its own list of step t.
func listOf(t *testing.T, k *worker, n uint64) *dispute.ListProof {
	t.Helper()
	list, err := k.Digests(n)
	if err != nil {
		t.Fatal(err)
	}
	samples, err := toyJob.samples(n)
	if err != nil {
		t.Fatal(err)
	}
	before := stepOf(t, k, n-1)
	return &dispute.ListProof{
		Case: dispute.Case{Spec: toyJob.spec}, Step: n, Samples: samples.Samples, Contents: samples.Contents,
		Sides: []dispute.ListSide{{
			StepSide: stepOf(t, k, n), Before: before.Step, Proof0: before.Proof, Ops: opsOf(k.key, k, n, list), List: list,
		}},
	}
}

// opsOf signs a list of step t as an answer to a reveal.
func opsOf(by record.Key, k *worker, n uint64, list []merkle.Digest) []byte {
	o := &dispute.Opening{Count: uint64(len(list)), Digest: trace.List(list)}
	h := dispute.OpeningHeader(k.reveal, record.OpenOps, n, 0)
	return seal(by, h.Type, h.Subject, h.Sequence, o.AppendCanon(nil)).Envelope()
}

// wrongListOf is a list that no step has.
func wrongListOf(list []merkle.Digest) []merkle.Digest {
	list = slices.Clone(list)
	list[vF][0]++
	return list
}

func TestFramedByList(t *testing.T) {
	honest := work(alice, 1, 3, fault{})
	if err := acquit(t, "nothing", listOf(t, honest, 2), toyRules(toyJob)); !errors.Is(err, dispute.ErrNothing) {
		t.Fatalf("the honest list is no proof: %v", err)
	}
	other := toyJob.data[0]
	for name, frame := range map[string]func(p *dispute.ListProof, s *dispute.ListSide){
		"another content": func(p *dispute.ListProof, _ *dispute.ListSide) {
			p.Contents = [][]byte{toyJob.content[0], nil}
		},
		"other samples": func(p *dispute.ListProof, _ *dispute.ListSide) {
			p.Samples, p.Contents = slices.Clone(p.Samples), [][]byte{toyJob.content[0], nil}
			p.Samples[0] = other
		},
		"another step": func(_ *dispute.ListProof, s *dispute.ListSide) { s.Step.Loss++ },
		"another step before": func(_ *dispute.ListProof, s *dispute.ListSide) {
			s.Before.State[0]++
		},
		"a later step before": func(_ *dispute.ListProof, s *dispute.ListSide) {
			x := stepOf(t, honest, 3)
			s.Before, s.Proof0 = x.Step, x.Proof
		},
		"a list that was not signed": func(_ *dispute.ListProof, s *dispute.ListSide) { s.List = wrongListOf(s.List) },
		"a list that another signed": func(_ *dispute.ListProof, s *dispute.ListSide) {
			s.List = wrongListOf(s.List)
			s.Ops = opsOf(bob, honest, 2, s.List)
		},
		"the list of another step": func(_ *dispute.ListProof, s *dispute.ListSide) {
			s.List, _ = honest.Digests(3)
			s.Ops = opsOf(alice, honest, 3, s.List)
		},
	} {
		p := listOf(t, honest, 2)
		frame(p, &p.Sides[0])
		acquit(t, name, p, toyRules(toyJob))
	}
}

func TestFramedByTile(t *testing.T) {
	honest, cheat := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vB, 1))
	good := proofOf(t, honest, cheat)
	alices := func() (*dispute.TileProof, *dispute.TileSide) {
		p := decoded(t, good)
		p.Sides = slices.DeleteFunc(p.Sides, func(s dispute.TileSide) bool { return !ofSigner(s.Reveal, alice) })
		return p, &p.Sides[0]
	}
	for name, frame := range map[string]func(p *dispute.TileProof, s *dispute.TileSide){
		"another leaf": func(_ *dispute.TileProof, s *dispute.TileSide) { s.Leaf[0]++ },
		"operands that were not listed": func(p *dispute.TileProof, s *dispute.TileSide) {
			s.Digests = slices.Clone(s.Digests) // of f, a, b: w is shown in the place of f
			s.Digests[0] = digestOf(honest.values[2][vW])
			proof, _ := merkle.NewTree(merkle.SHA256, leavesOf(honest.values[2][vW])).ProveMany([]uint64{0})
			tile, _ := operands(honest.values[2]).Tile(vW, 0)
			p.Inputs[1] = dispute.Input{Operand: 1, Tiles: [][]byte{tile}, Proof: proof}
		},
		"another step": func(_ *dispute.TileProof, s *dispute.TileSide) { s.Step.State[0]++ },
		"a list that another signed": func(_ *dispute.TileProof, s *dispute.TileSide) {
			list, _ := cheat.Digests(2)
			s.Ops = opsOf(bob, honest, 2, list)
			s.Digests = []merkle.Digest{list[vF], list[vA], list[vB]}
			s.Entries, _ = merkle.NewTree(merkle.SHA256, trace.Leaves(list)).ProveMany([]uint64{vF, vA, vB})
			path, _ := merkle.NewTree(merkle.SHA256, leavesOf(cheat.values[2][vB])).Prove(0)
			s.Leaf, s.Path = leavesOf(cheat.values[2][vB])[0], path.Path
		},
		"tiles that are not the operand's": func(p *dispute.TileProof, _ *dispute.TileSide) { p.Inputs[0].Tiles[0][0] ^= 1 },
	} {
		p, s := alices()
		frame(p, s)
		acquit(t, name, p, toyRules(toyJob))
	}
}

func TestFramedByBatch(t *testing.T) {
	honest := work(alice, 1, 3, fault{})
	leaves := make([]merkle.Digest, len(toyJob.data))
	for i := range toyJob.data {
		leaves[i] = toyJob.data[i].Leaf()
	}
	batch := func(at ...uint64) *dispute.BatchProof {
		slices.Sort(at)
		proof, err := merkle.NewTree(merkle.SHA256, leaves).ProveMany(at)
		if err != nil {
			t.Fatal(err)
		}
		p := &dispute.BatchProof{Case: dispute.Case{Spec: toyJob.spec}, Step: 2, Proof: proof, Sides: []dispute.StepSide{stepOf(t, honest, 2)}}
		for _, n := range at {
			p.Samples = append(p.Samples, toyJob.data[n])
		}
		return p
	}
	order, _ := toyJob.Order(2)
	if err := acquit(t, "nothing", batch(order...), toyRules(toyJob)); !errors.Is(err, dispute.ErrNothing) {
		t.Fatalf("the honest batch is no proof: %v", err)
	}
	others, err := toyJob.Order(3)
	if err != nil {
		t.Fatal(err)
	}
	acquit(t, "the samples of another step", batch(others...), toyRules(toyJob))
	p := batch(order...)
	p.Samples[0].Content[0]++
	acquit(t, "samples of no data", p, toyRules(toyJob))
	p = batch(order...)
	p.Sides[0].Step.Batch[0]++
	acquit(t, "another step", p, toyRules(toyJob))
}

func TestFramedByStart(t *testing.T) {
	// Another job, of which alice did nothing.
	second := newToy()
	second.initial = toyMatrix(77)
	start, data := second.Initial(), second.Data()
	second.spec = canon.AppendBytes(canon.AppendBytes(canon.AppendArray(nil, 2), start[:]), data[:])
	rules := toyRules(toyJob)
	rules.Job = func(spec, _ []byte) (dispute.Job, error) {
		if slices.Equal(spec, second.spec) {
			return second, nil
		}
		return toyJob, nil
	}
	whole, late := work(alice, 1, 3, fault{}), work(alice, 2, 3, fault{})
	elsewhere := otherStart(1)
	moved := work(bob, 2, 3, elsewhere) // its reveal names a lease from carol, like alice's
	sides := func(k *worker) []dispute.StartSide {
		return []dispute.StartSide{{Reveal: k.reveal.Envelope(), Lease: k.lease}}
	}
	lie := canon.AppendUint(canon.AppendArray(nil, 3), 2)
	lie = canon.AppendBytes(canon.AppendBytes(lie, make([]byte, 32)), make([]byte, 32))
	other := seal(carol, record.Lease, sha256.Sum256(toyJob.spec), 9, lie).Envelope()
	for _, k := range []*worker{whole, late} {
		for name, c := range map[string]dispute.Case{"its own job": {Spec: toyJob.spec}, "another job": {Spec: second.spec}} {
			acquit(t, "start in "+name, &dispute.StartProof{Case: c, Sides: sides(k)}, rules)
			chain := dispute.ChainSide{StartSide: sides(k)[0], Steps: k.steps}
			acquit(t, "chain in "+name, &dispute.ChainProof{Case: c, Sides: []dispute.ChainSide{chain}}, rules)
		}
	}
	own := dispute.Case{Spec: toyJob.spec}
	swapped := sides(late)
	swapped[0].Lease = other
	acquit(t, "another lease", &dispute.StartProof{Case: own, Sides: swapped}, rules)
	acquit(t, "another lease's chain", &dispute.ChainProof{Case: own, Sides: []dispute.ChainSide{{StartSide: swapped[0], Steps: late.steps}}}, rules)
	steps := slices.Clone(whole.steps)
	steps[1].Loss++
	acquit(t, "other steps", &dispute.ChainProof{Case: own, Sides: []dispute.ChainSide{{StartSide: sides(whole)[0], Steps: steps}}}, rules)
	if _, err := dispute.Verify(mustEncode(t, &dispute.StartProof{Case: own, Sides: sides(moved)}), rules); err != nil {
		t.Errorf("who began elsewhere is not convicted: %v", err)
	}

	// What is not a reveal binds nobody as one: alice may sign such bytes elsewhere.
	r := trace.Reveal{Commitment: whole.commitment(t)}
	r.Commitment.Start[0]++
	note := seal(alice, record.Bid, sha256.Sum256(toyJob.spec), 1, r.AppendCanon(nil))
	acquit(t, "a record that is no reveal", &dispute.StartProof{Case: own, Sides: []dispute.StartSide{{Reveal: note.Envelope()}}}, rules)

	// One worker is not two sides.
	twice := work(bob, 1, 3, fault{reveal: func(r *trace.Reveal) { r.Commitment.Start[0]++ }})
	p := &dispute.StartProof{Case: own, Sides: append(sides(twice), sides(twice)...)}
	if v, err := dispute.Verify(mustEncode(t, p), rules); err == nil {
		t.Errorf("one worker is convicted %d times", len(v.Guilty))
	}
}

func (k *worker) commitment(t *testing.T) trace.Commitment {
	t.Helper()
	var r trace.Reveal
	if err := canon.Decode(k.reveal.Payload(), &r, canon.Limits{}); err != nil {
		t.Fatal(err)
	}
	return r.Commitment
}

func mustEncode(t *testing.T, e dispute.Evidence) []byte {
	t.Helper()
	b, err := dispute.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSize: a proof of nearly MaxProof bytes is read, a longer one is not.
func TestSize(t *testing.T) {
	for size, read := range map[int]bool{6 << 20: true, 8 << 20: false} {
		p := listOf(t, work(bob, 1, 3, fault{}), 2)
		p.Contents[0] = make([]byte, size)
		b := canon.AppendUint(canon.AppendUint(canon.AppendArray(nil, 3), 1), uint64(dispute.List))
		b = p.AppendCanon(b)
		_, err := dispute.Verify(b, toyRules(toyJob))
		if err == nil || strings.Contains(err.Error(), "not a proof") == read {
			t.Errorf("a proof of %d bytes: %v", len(b), err)
		}
	}
}
