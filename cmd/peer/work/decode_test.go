package work_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// Any bytes are a message, a question or an event that writes the same bytes, or
// an error.
func FuzzWire(f *testing.F) {
	m := work.Message{Kind: work.Sealed, Job: job.ID{1}, A: []byte{1}, B: bytes.Repeat([]byte{2}, 32)}
	f.Add(m.AppendCanon(nil))
	q := work.Question{Job: job.ID{1}, Ask: dispute.Ask{Type: record.OpenTiles, Step: 3, Value: 4}}
	f.Add(q.AppendCanon(nil))
	for _, b := range []job.Body{&job.Beat{Step: 1}, &job.Quit{}, &job.Volunteer{}, &job.AuditGranted{}, &job.Closed{Status: job.Final}} {
		e := job.Event{Body: b}
		f.Add(e.AppendCanon(nil))
	}
	d := work.Deposit{State: work.SpecBlock(job.ID{1}), Requester: worktest.Key("requester").Public(), Bytes: 9, Root: work.SpecBlock(job.ID{2})}
	f.Add(d.AppendCanon(nil))
	d.Root, d.Commit = cid.Undef, []byte{1}
	f.Add(d.AppendCanon(nil))
	one := work.Share{Blocks: []cid.Cid{cid.NewCidV1(cid.Raw, d.State.Hash())}}
	f.Add(one.AppendCanon(nil))
	f.Fuzz(func(t *testing.T, in []byte) {
		if d, err := work.ReadDeposit(in); err == nil && !bytes.Equal(d.AppendCanon(nil), in) {
			t.Errorf("deposit %x came back as %x", in, d.AppendCanon(nil))
		}
		if s, err := work.ReadShare(in); err == nil && !bytes.Equal(s.AppendCanon(nil), in) {
			t.Errorf("share %x came back as %x", in, s.AppendCanon(nil))
		}
		if m, err := work.ReadMessage(in); err == nil && !bytes.Equal(m.AppendCanon(nil), in) {
			t.Errorf("message %x came back as %x", in, m.AppendCanon(nil))
		}
		if q, err := work.ReadQuestion(in); err == nil && !bytes.Equal(q.AppendCanon(nil), in) {
			t.Errorf("question %x came back as %x", in, q.AppendCanon(nil))
		}
		me := record.Account{7}
		if e, ok := work.ReadEvent(in, me); ok {
			switch e.Body.(type) {
			case *job.Submit, *job.Locked, *job.Verdict, *job.Evidence, *job.Stored, *job.Granted, *job.Tick, *job.Woke, *job.Beacon:
				t.Errorf("%T comes from a shell alone", e.Body)
			}
			if e.From != me || e.Sequence != 0 {
				t.Errorf("%T says that it comes from %s", e.Body, e.From)
			}
		}
	})
}

// FuzzStored reads what lies in blocks: lists, steps and states of a segment,
// whoever made them, within the sizes that a job allows.
func FuzzStored(f *testing.F) {
	key := [32]byte{1}
	state := []byte("a state")
	states, steps, err := work.Store(f.Context(), key, state, &work.Segment{Steps: make([]trace.Step, 3), Reveal: []byte{1}})
	if err != nil {
		f.Fatal(err)
	}
	for _, x := range []*work.Stored{states, steps} {
		layout, root := x.Index[0].Data, x.Index[1].Data
		f.Add(root, layout, x.Pieces[0][0].Data)
		f.Add(layout, root, []byte{})
	}
	s := &job.Spec{Needs: job.Needs{State: 10}}
	f.Fuzz(func(t *testing.T, root, layout, part []byte) {
		get := func(_ context.Context, c cid.Cid) ([]byte, error) {
			switch c {
			case states.Root:
				return root, nil
			case states.Index[0].CID, steps.Index[0].CID:
				return layout, nil
			}
			return part, nil
		}
		at := states.Root
		if b, err := work.State(context.Background(), get, s, key, at); err == nil && uint64(len(b)) > work.StateLimit(s) {
			t.Errorf("a state of %d bytes", len(b))
		}
		if x, err := work.Steps(context.Background(), get, key, at); err == nil && len(x.Steps) > job.MaxSegment+1 {
			t.Errorf("%d steps", len(x.Steps))
		}
		if all, err := work.Parts(context.Background(), get, s, at, at); err == nil && len(all) > 1<<18 {
			t.Errorf("%d parts", len(all))
		}
		var x work.Segment
		if canon.Decode(part, &x, canon.Limits{}) == nil && !bytes.Equal(x.AppendCanon(nil), part) {
			t.Errorf("segment %x came back as %x", part, x.AppendCanon(nil))
		}
	})
}

// FuzzJob reads specs with facts as referees do: any bytes are a job or an error,
// soon and in little memory.
func FuzzJob(f *testing.F) {
	w := worktest.New(f)
	p := w.Add("requester", 0, nil)
	for _, c := range []recipe.Choices{{Level: job.C}, {Goal: recipe.Pretrain}} {
		spec, facts := w.Cook(p, c, nil)
		f.Add(spec.AppendCanon(nil), facts)
	}
	e := worktest.Must[*op.Engine](f)(op.New(op.Config{Threads: 1}))
	f.Cleanup(e.Close)
	rules := work.Rules(worktest.Network, e)
	f.Fuzz(func(t *testing.T, in, facts []byte) {
		s, err := job.ReadSpec(in)
		if err != nil {
			return
		}
		var x work.Facts
		if canon.Decode(facts, &x, canon.Limits{Total: 1 << 20}) == nil && !bytes.Equal(x.AppendCanon(nil), facts) {
			t.Errorf("facts %x came back as %x", facts, x.AppendCanon(nil))
		}
		s.Facts = x.Hash() // a proof may bring any
		j, err := rules.Job(s.AppendCanon(nil), x.AppendCanon(nil))
		if err != nil {
			return
		}
		j.Initial()
		if _, err := j.Order(1); err != nil {
			t.Error(err)
		}
	})
}
