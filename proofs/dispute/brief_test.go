package dispute_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"slices"
	"testing"

	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// Tile and Leaves make a product's operands those of a dispute.
func (x *product) Tile(in, tile int) ([]byte, error) { return x.tile(int(x.op.In[in]), tile), nil }

func (x *product) Leaves(in int) ([]merkle.Digest, error) { return x.leaves(int(x.op.In[in])), nil }

func (x *product) leaves(v int) []merkle.Digest {
	leaves := make([]merkle.Digest, x.tiling(v).Tiles())
	merkle.NewHasher().Tiles(leaves, x.tiling(v), x.values[v], 0)
	return leaves
}

// brief is what a contract gets to see of bob, who says that an element is what a
// flipped bit makes of it: an appeal of another element.
func (x *product) brief(t testing.TB, how func(e *dispute.Element, entries [][]byte)) (*dispute.Brief, error) {
	t.Helper()
	for v := range x.p.Values {
		x.p.Values[v].Digest = x.list[v]
	}
	sketch, err := tape.Tables.Sketch(x.p, merkle.Digest{9})
	if err != nil {
		t.Fatal(err)
	}
	outlines := []dispute.Outline{{}, sketch.Outline, {}}
	encode := func(v canon.Value) []byte {
		b, err := canon.Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	job := sha256.Sum256([]byte("job"))
	plan := seal(bob, record.OpenElement, job, 0, encode(&dispute.Plan{Steps: dispute.Steps(outlines)}))
	c := trace.Commitment{First: 1, Last: 3}
	reveal := seal(bob, record.Reveal, job, 1, encode(&trace.Reveal{Commitment: c}))

	liar := *x // of the result, tile 0, element 0
	liar.values = slices.Clone(x.values)
	liar.values[0] = slices.Clone(x.values[0])
	liar.values[0][1] ^= 4
	liar.list = slices.Clone(x.list)
	liar.list[0] = merkle.NewHasher().Tensor(x.tiling(0), liar.values[0])
	o := dispute.Opening{Count: uint64(len(x.list)), Digest: trace.List(liar.list)}
	ops := seal(bob, record.OpenOps, reveal.Header().Digest(), 2, encode(&o))

	e, entries, err := tape.Tables.Entries(x.p, dispute.Spot{Out: uint32(x.out)}, x)
	if err != nil {
		t.Fatal(err)
	}
	how(&e, entries)
	m, err := dispute.SealElement(bob, ops, e, entries)
	if err != nil {
		t.Fatal(err)
	}
	claimed := dispute.Claimed{Ops: ops, List: liar.list, Leaves: liar.leaves(0), Tile: liar.tile(0, 0)}
	a, err := tape.Tables.Appeal(x.p, claimed, m, dispute.ShowsOf(x))
	if err != nil {
		return nil, err
	}
	return tape.Tables.NewBrief(plan.Envelope(), reveal.Envelope(), outlines, sketch, x.p, *a, toyNet)
}

// TestBrief: who says that a primitive gave something else is convicted by its last
// step, for every primitive, however it opens the element; a brief is read as it
// was written.
func TestBrief(t *testing.T) {
	judge := func(name string, x *product, how func(e *dispute.Element, entries [][]byte)) {
		brief, err := x.brief(t, how)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b, err := canon.Encode(brief)
		if err != nil {
			t.Fatal(err)
		}
		var again dispute.Brief
		if err := canon.Decode(b, &again, canon.Limits{Total: dispute.MaxProof}); err != nil || !bytes.Equal(again.AppendCanon(nil), b) {
			t.Fatalf("%s: read as another brief: %v", name, err)
		}
		f, err := dispute.JudgeBrief(b, toyNet)
		if err != nil || f.Guilty != bob.Public() || f.Step != 2 {
			t.Errorf("%s: got %+v, %v", name, f, err)
		}
	}
	all := products(t)
	for i, c := range primitives() {
		for out := range c.outs {
			all[c.code.String()+string(rune('0'+out))] = c.computed(t, out, uint64(i))
		}
	}
	for name, x := range all {
		claimed := x.element(0, 0, 0) ^ 4<<8
		judge(name+", opened truly", x, func(*dispute.Element, [][]byte) {})
		judge(name+", as if the last step made it so", x, func(e *dispute.Element, _ [][]byte) { e.Result = claimed })
	}
	x := all["forward"]
	wrong, err := x.brief(t, func(*dispute.Element, [][]byte) {})
	if err != nil {
		t.Fatal(err)
	}
	wrong.Appeal.Part = nil
	b, err := canon.Encode(wrong)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dispute.JudgeBrief(b, toyNet); !errors.Is(err, dispute.ErrNothing) {
		t.Errorf("nothing is shown: got %v", err)
	}
}

// FuzzBrief: any bytes give a finding or an error, and never one against anybody
// but bob, who signed what convicts.
func FuzzBrief(f *testing.F) {
	for _, how := range []func(e *dispute.Element, entries [][]byte){
		func(*dispute.Element, [][]byte) {}, func(e *dispute.Element, _ [][]byte) { e.Result ^= 1 },
	} {
		for _, c := range primitives()[:1] {
			brief, err := c.computed(f, 0, 1).brief(f, how)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(brief.AppendCanon(nil))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		found, err := dispute.JudgeBrief(b, toyNet)
		if err == nil && found.Why == "" {
			t.Error("convicted for nothing")
		}
	})
}

// FuzzOutline: outlines and operators are read as they were written.
func FuzzOutline(f *testing.F) {
	f.Add(make([]byte, dispute.OutlineSize))
	f.Add(make([]byte, 7*32))
	f.Fuzz(func(t *testing.T, b []byte) {
		if o, err := dispute.ParseOutline(b); err == nil && !bytes.Equal(o.Bytes(), b) {
			t.Errorf("got %x, want %x", o.Bytes(), b)
		}
		if o, err := dispute.ParseOperator(b); err == nil && !bytes.Equal(o.Bytes(), b) {
			t.Errorf("got %x, want %x", o.Bytes(), b)
		}
	})
}
