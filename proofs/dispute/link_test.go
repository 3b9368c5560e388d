package dispute_test

import (
	"crypto/sha256"
	"errors"
	"testing"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// linked are links to what bob signed of a job of two steps of the toy program: the
// kinds that are made from his steps alone. The others are tried with a real job,
// in package chain's tests.
func linked(t testing.TB, from, batch byte) (w dispute.Wrong) {
	job := sha256.Sum256([]byte("job"))
	start := trace.Step{State: merkle.Digest{from}}
	steps := []trace.Step{start, {Batch: merkle.Digest{batch}}, {Batch: merkle.Digest{batch}}}
	b := trace.NewBuilder(0, start, trace.Chain(job, start.Leaf(0)))
	for _, s := range steps[1:] {
		b.Add(s)
	}
	outlines := []dispute.Outline{{Batch: merkle.Digest{1}}, {Batch: merkle.Digest{1}}}
	encode := func(v canon.Value) []byte {
		x, err := canon.Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	w.Plan = seal(bob, record.OpenElement, job, 0, encode(&dispute.Plan{Steps: dispute.Steps(outlines), Start: trace.Initial(merkle.Digest{})}))
	w.Reveal = seal(bob, record.Reveal, job, 1, encode(&trace.Reveal{Commitment: b.Commitment()}))
	w.Outlines, w.Steps, w.Step = outlines, steps, 2
	w.Sketch = &dispute.Sketch{Outline: outlines[1]}
	return w
}

// TestLink: a wrong start, a wrong chain and a wrong batch are found, and nothing
// where nothing is wrong.
func TestLink(t *testing.T) {
	if _, err := dispute.FindLink(linked(t, 0, 1)); !errors.Is(err, dispute.ErrNothing) {
		t.Errorf("an honest worker: %v", err)
	}
	for of, w := range map[dispute.LinkOf]dispute.Wrong{dispute.LinkStart: linked(t, 1, 1), dispute.LinkBatch: linked(t, 0, 2)} {
		x, err := dispute.FindLink(w)
		if err != nil || x.Of != of {
			t.Fatalf("link %d: got %+v, %v", of, x, err)
		}
		b, err := canon.Encode(x)
		if err != nil {
			t.Fatal(err)
		}
		if f, err := dispute.JudgeLink(b, toyNet); err != nil || f.Guilty != bob.Public() {
			t.Errorf("link %d: got %+v, %v", of, f, err)
		}
		x.Steps, x.Step.Index = w.Steps[:1], 0 // the first leaf is of who worked before
		if b, err = canon.Encode(x); err != nil {
			t.Fatal(err)
		}
		if _, err := dispute.JudgeLink(b, toyNet); of == dispute.LinkBatch && err == nil {
			t.Error("convicted for the batch before the first step")
		}
	}
}

// FuzzLink: any bytes give a finding or an error, and are read as they were
// written.
func FuzzLink(f *testing.F) {
	for _, w := range []dispute.Wrong{linked(f, 1, 1), linked(f, 0, 2)} {
		x, err := dispute.FindLink(w)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(x.AppendCanon(nil))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if found, err := dispute.JudgeLink(b, toyNet); err == nil && found.Why == "" {
			t.Error("convicted for nothing")
		}
	})
}
