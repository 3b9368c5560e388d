package dispute_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// proofOf plays two workers and returns the first proof.
func proofOf(t testing.TB, a, b *worker) []byte {
	t.Helper()
	d, _ := play(t, a, b, honestly(a, b))
	if len(d.Proofs()) == 0 {
		t.Fatal("no proof")
	}
	return d.Proofs()[0]
}

// proofs are one of each kind, of an honest alice against bob.
func proofs(t testing.TB) map[dispute.Kind][]byte {
	all := make(map[dispute.Kind][]byte)
	for kind, f := range map[dispute.Kind]fault{
		dispute.Start: otherStart(1), dispute.Batch: otherData(2, 0), dispute.List: flip(2, vF, 1), dispute.Tile: flip(2, vC, 1),
		dispute.Chain: {reveal: func(r *trace.Reveal) { r.Commitment.Chain[0]++ }},
	} {
		all[kind] = proofOf(t, work(alice, 1, 3, fault{}), work(bob, 1, 3, f))
	}
	e, ok := record.Equivocates(
		seal(bob, record.OpenOps, sha256.Sum256(toyJob.spec), 2, canon.AppendUint(nil, 1)),
		seal(bob, record.OpenOps, sha256.Sum256(toyJob.spec), 2, canon.AppendUint(nil, 2)))
	if !ok {
		t.Fatal("no equivocation")
	}
	b, err := dispute.Encode(&dispute.EquivocationProof{Equivocation: e})
	if err != nil {
		t.Fatal(err)
	}
	all[dispute.Equivocation] = b
	return all
}

// TestProofs: each kind of proof convicts by itself, on its own network only.
func TestProofs(t *testing.T) {
	for kind, b := range proofs(t) {
		v, err := dispute.Verify(b, toyRules(toyJob))
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		check(t, "proof", v, kind, bob)
		rules := toyRules(toyJob)
		rules.Network++
		if _, err := dispute.Verify(b, rules); err == nil {
			t.Errorf("%s: it holds on another network", kind)
		}
	}
}

// TestTwoLists: who opens two lists for one step has signed two records for one
// place.
func TestTwoLists(t *testing.T) {
	k := work(bob, 1, 3, fault{})
	ask := dispute.Ask{Type: record.OpenOps, Step: 2}
	open := func(by answerer, a dispute.Ask) record.Verified {
		b, err := by(a)
		if err != nil {
			t.Fatal(err)
		}
		var m dispute.Message
		if err := canon.Decode(b, &m, canon.Limits{}); err != nil {
			t.Fatal(err)
		}
		v, err := record.Open(m.Record, toyNet)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	honest := k.player().Answer
	lie := relist(k, func(d []merkle.Digest) { d[0][0]++ })
	if _, ok := record.Equivocates(open(honest, ask), open(lie, ask)); !ok {
		t.Error("two lists for one step are no equivocation")
	}
	other := ask
	other.Step = 3
	tiles, more := ask, ask
	tiles.Type, more.Type, more.Value, tiles.Value = record.OpenTiles, record.OpenTiles, vA, vB
	steps := ask
	steps.Type = record.OpenSteps
	all := []dispute.Ask{ask, other, tiles, more, steps}
	for i := range all {
		for j := range all {
			if _, ok := record.Equivocates(open(honest, all[i]), open(honest, all[j])); ok {
				t.Errorf("an honest worker contradicts itself by answering %+v and %+v", all[i], all[j])
			}
		}
	}
}

// TestAmong: whose key has no part in the job is convicted of nothing that
// matters.
func TestAmong(t *testing.T) {
	v, err := dispute.Verify(proofs(t)[dispute.Tile], toyRules(toyJob))
	if err != nil {
		t.Fatal(err)
	}
	a, b, c := alice.Public().Account(), bob.Public().Account(), carol.Public().Account()
	if got, err := v.Among(a, b, c); err != nil || len(got.Guilty) != 1 || !got.Convicts(b) {
		t.Errorf("among all: got %+v, %v", got, err)
	}
	if got, err := v.Among(a, c); !errors.Is(err, dispute.ErrNothing) || len(got.Guilty) != 0 {
		t.Errorf("among others: got %+v, %v", got, err)
	}
	if len(v.Guilty) != 1 {
		t.Error("the verdict itself changed")
	}
}

// decoded reads a tile proof, for a liar to change.
func decoded(t testing.TB, proof []byte) *dispute.TileProof {
	t.Helper()
	var p dispute.TileProof
	r := canon.NewReader(proof, canon.Limits{})
	r.Fields(3)
	r.Uint(9)
	r.Uint(9)
	p.ReadCanon(r)
	if err := r.Done(); err != nil {
		t.Fatal(err)
	}
	return &p
}

// TestWiring: an accuser cannot choose what an operator of an honest worker
// reads: other entries of its list, another operator's name, other attributes
// (which no proof carries), other samples.
func TestWiring(t *testing.T) {
	honest := work(alice, 1, 3, fault{})
	list, _ := honest.Digests(2)
	good := proofOf(t, honest, work(bob, 1, 3, flip(2, vB, 1)))
	tree := merkle.NewTree(merkle.SHA256, trace.Leaves(list))
	// b = a + f, of which alice's side is shown with other operands.
	for name, at := range map[string][3]uint64{
		"w for f":   {vW, vA, vB},
		"x0 for a":  {vF, vX0, vB},
		"c for b":   {vF, vA, vC},
		"all moved": {vX1, vB, vC},
	} {
		p := decoded(t, good)
		p.Sides = p.Sides[:1]
		if !ofSigner(p.Sides[0].Reveal, alice) {
			t.Fatal("the first side is not alice's")
		}
		s := &p.Sides[0]
		proof, err := tree.ProveMany(at[:])
		if err != nil {
			t.Fatal(err)
		}
		s.Entries, s.Digests = proof, []merkle.Digest{list[at[0]], list[at[1]], list[at[2]]}
		out := at[2]
		s.Leaf = leavesOf(honest.values[2][out])[0]
		path, _ := merkle.NewTree(merkle.SHA256, leavesOf(honest.values[2][out])).Prove(0)
		s.Path = path.Path
		// Operand 0 of the addition is value a, 1 is f: in the order of values, so
		// what is shown in their places is what the liar wants.
		p.Inputs = nil
		for in, v := range map[string][2]uint64{"w for f": {vA, vW}, "x0 for a": {vX0, vF}, "c for b": {vA, vF}, "all moved": {vB, vX1}}[name] {
			proof, _ := merkle.NewTree(merkle.SHA256, leavesOf(honest.values[2][v])).ProveMany([]uint64{0})
			tile, _ := operands(honest.values[2]).Tile(int(v), 0)
			p.Inputs = append(p.Inputs, dispute.Input{Operand: uint32(in), Tiles: [][]byte{tile}, Proof: proof})
		}
		b, err := dispute.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := dispute.Verify(b, toyRules(toyJob)); err == nil {
			t.Errorf("%s: convicted %d: %s", name, len(v.Guilty), v.Why)
		}
	}
	// The same liars with the operator changed instead.
	for op := range uint32(6) {
		for out := range uint32(2) {
			for tile := range uint32(5) {
				p := decoded(t, good)
				p.Op, p.Out, p.Tile = op, out, tile
				b, err := dispute.Encode(p)
				if err != nil {
					t.Fatal(err)
				}
				if v, err := dispute.Verify(b, toyRules(toyJob)); err == nil && v.Convicts(alice.Public().Account()) {
					t.Errorf("operator %d, result %d, tile %d: %s", op, out, tile, v.Why)
				}
			}
		}
	}
}

// TestDifferentOperands: after a first fault both sides compute right on
// different operands; who shows those of one convicts neither.
func TestDifferentOperands(t *testing.T) {
	honest, cheat := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vA, 1))
	good := proofOf(t, honest, cheat) // of a
	for _, shown := range []*worker{honest, cheat} {
		p := decoded(t, good)
		p.Op, p.Inputs = 1, nil // b = a + f
		for in, v := range []int{vA, vF} {
			proof, _ := merkle.NewTree(merkle.SHA256, leavesOf(shown.values[2][v])).ProveMany([]uint64{0})
			tile, _ := operands(shown.values[2]).Tile(v, 0)
			p.Inputs = append(p.Inputs, dispute.Input{Operand: uint32(in), Tiles: [][]byte{tile}, Proof: proof})
		}
		for i, k := range []*worker{honest, cheat} {
			s, list := &p.Sides[i], []merkle.Digest(nil)
			list, _ = k.Digests(2)
			s.Digests = []merkle.Digest{list[vF], list[vA], list[vB]}
			s.Entries, _ = merkle.NewTree(merkle.SHA256, trace.Leaves(list)).ProveMany([]uint64{vF, vA, vB})
			path, _ := merkle.NewTree(merkle.SHA256, leavesOf(k.values[2][vB])).Prove(0)
			s.Leaf, s.Path = leavesOf(k.values[2][vB])[0], path.Path
		}
		for range 2 {
			b, err := dispute.Encode(p)
			if err != nil {
				t.Fatal(err)
			}
			if v, err := dispute.Verify(b, toyRules(toyJob)); err == nil {
				t.Errorf("convicted: %s", v.Why)
			}
			slices.Reverse(p.Sides)
		}
	}
}

func ofSigner(envelope []byte, k record.Key) bool {
	v, err := record.Open(envelope, toyNet)
	return err == nil && v.Signer() == k.Public()
}

// TestCrossed: parts of an honest worker's proofs put together in any other way
// convict nobody but bob.
func TestCrossed(t *testing.T) {
	honest := work(alice, 1, 3, fault{})
	var all []*dispute.TileProof
	for _, f := range []fault{flip(2, vB, 1), flip(2, vB, 6999), flip(3, vB, 1), flip(2, vC, 1)} {
		all = append(all, decoded(t, proofOf(t, honest, work(bob, 1, 3, f))))
	}
	const seed = 5
	rng := rand.New(rand.NewPCG(seed, 0))
	for i := range 800 {
		p := *all[rng.IntN(len(all))]
		p.Sides = slices.Clone(p.Sides)
		for range 1 + rng.IntN(3) {
			q := all[rng.IntN(len(all))]
			k, l := rng.IntN(len(p.Sides)), rng.IntN(2)
			switch rng.IntN(12) {
			case 0:
				p.Step = q.Step
			case 1:
				p.Samples = q.Samples
			case 2:
				p.Op = q.Op
			case 3:
				p.Tile = q.Tile
			case 4:
				p.Inputs = q.Inputs
			case 5:
				p.Sides = p.Sides[:1]
			case 6:
				p.Sides[k].Ops = q.Sides[l].Ops
			case 7:
				p.Sides[k].StepSide = q.Sides[l].StepSide
			case 8:
				p.Sides[k].Leaf, p.Sides[k].Path = q.Sides[l].Leaf, q.Sides[l].Path
			case 9:
				p.Sides[k].Digests, p.Sides[k].Entries = q.Sides[l].Digests, q.Sides[l].Entries
			case 10:
				slices.Reverse(p.Sides)
			case 11:
				p.Sides[k].Reveal = q.Sides[l].Reveal
			}
		}
		b, err := dispute.Encode(&p)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := dispute.Verify(b, toyRules(toyJob)); err == nil && (v.Convicts(alice.Public().Account()) || v.Convicts(carol.Public().Account())) {
			t.Fatalf("seed %d, case %d: an honest worker is convicted: %s", seed, i, v.Why)
		}
	}
}

// TestDamaged: a proof with one byte changed, cut or repeated convicts no honest
// worker.
func TestDamaged(t *testing.T) {
	const seed = 6
	rng := rand.New(rand.NewPCG(seed, 0))
	for kind, good := range proofs(t) {
		for i := range 300 {
			b := bytes.Clone(good)
			at := rng.IntN(len(b))
			switch i % 3 {
			case 0:
				b[at] ^= 1 << rng.IntN(8)
			case 1:
				b = b[:at]
			case 2:
				b = slices.Insert(b, at, b[at/2])
			}
			v, err := dispute.Verify(b, toyRules(toyJob))
			if err == nil && v.Convicts(alice.Public().Account()) { // a broken signature is one of a stranger
				t.Errorf("%s, seed %d, case %d: %s", kind, seed, i, v.Why)
			}
		}
	}
	for _, b := range [][]byte{nil, {0}, {0x83, 1, 9, 0}, make([]byte, dispute.MaxProof+1)} {
		if _, err := dispute.Verify(b, toyRules(toyJob)); err == nil {
			t.Errorf("%d bytes convict", len(b))
		}
	}
}

// TestHonestAccused: a proof in which nobody is wrong convicts nobody.
func TestHonestAccused(t *testing.T) {
	p := decoded(t, proofs(t)[dispute.Tile])
	p.Sides = slices.DeleteFunc(p.Sides, func(s dispute.TileSide) bool { return !ofSigner(s.Reveal, alice) })
	b, err := dispute.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dispute.Verify(b, toyRules(toyJob)); !errors.Is(err, dispute.ErrNothing) {
		t.Errorf("got %v", err)
	}
}

// edit replaces drop bytes of b at a place: a small input for the fuzzer, however
// long a proof is.
func edit(b []byte, at uint32, drop uint16, with []byte) []byte {
	from := int(at) % (len(b) + 1)
	return slices.Concat(b[:from], with[:min(len(with), 512)], b[min(len(b), from+int(drop)):])
}

// FuzzVerify: no bytes panic or convict an honest worker: alice's proofs against
// bob, edited, or bytes alone.
func FuzzVerify(f *testing.F) {
	all := proofs(f)
	for kind := range uint8(dispute.Tile + 1) {
		f.Add(kind, uint32(0), uint16(0), []byte(nil))
		f.Add(kind, uint32(100), uint16(1), []byte{1})
		f.Add(kind, uint32(700), uint16(32), bytes.Repeat([]byte{7}, 32))
	}
	f.Add(uint8(0), uint32(0), uint16(0), []byte{0x83, 1, 6, 0x89})
	rules := toyRules(toyJob)
	f.Fuzz(func(t *testing.T, kind uint8, at uint32, drop uint16, with []byte) {
		v, err := dispute.Verify(edit(all[dispute.Kind(kind%7)], at, drop, with), rules)
		if err == nil && (v.Convicts(alice.Public().Account()) || len(v.Guilty) == 0) {
			t.Errorf("convicted: %+v", v)
		}
	})
}

// FuzzStep: no answer panics, stops the clock or harms the other side: bob's
// honest answer of one phase is edited first.
func FuzzStep(f *testing.F) {
	a, b := work(alice, 1, 3, fault{}), work(bob, 1, 3, flip(2, vC, 1))
	by := honestly(a, b)
	for phase := range uint8(4) {
		f.Add(phase, uint32(0), uint16(0), []byte(nil))
		f.Add(phase, uint32(150), uint16(1), []byte{1})
		f.Add(phase, uint32(0), uint16(65535), []byte{0x82, 0x40, 0x40})
	}
	f.Fuzz(func(t *testing.T, phase uint8, place uint32, drop uint16, with []byte) {
		d, err := begin(a, b)
		if err != nil {
			t.Fatal(err)
		}
		for p := uint8(0); ; p++ {
			asks := d.Asks()
			if len(asks) == 0 {
				break
			}
			for _, ask := range asks {
				if p == phase%4 && ask.Side == 1 {
					answer, _ := by[1](ask)
					d.Step(dispute.Move{Side: 1, Answer: edit(answer, place, drop, with)})
				}
				if _, done := d.Verdict(); done {
					break
				}
				answer, _ := by[ask.Side](ask)
				d.Step(dispute.Move{Side: ask.Side, Answer: answer})
			}
		}
		if v, done := d.Verdict(); !done || len(v.Guilty) != 1 || !v.Convicts(bob.Public().Account()) {
			t.Errorf("done %v, %s: %s", done, v.Kind, v.Why)
		}
	})
}
