package worktest

import (
	"bytes"
	"context"
	"testing"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// FuzzNoise says whatever to the role that which picks, of a job that a requester,
// a worker and an auditor have. It neither panics nor stops, and sound, if there
// is any, finds the job as it should be.
func FuzzNoise(f *testing.F, which func(requester, worker, auditor *Peer) *Peer, sound func(t *testing.T, to *Peer, id job.ID)) {
	w := New(f)
	w.Hasty = true
	asks, one := w.Add("requester", 0, nil), w.Add("one", Works, nil)
	audits := w.Add("auditor", Audits, nil)
	spec, facts := w.Cook(asks, recipe.Choices{Level: job.C}, nil)
	id := Must[job.ID](f)(asks.Requester.Submit(f.Context(), spec, facts))
	to := which(asks, one, audits)
	keys := []record.Key{asks.Key, one.Key, audits.Key, Key("stranger")}
	for kind := range uint8(kinds) {
		for _, sort := range []record.Type{record.Offer, record.Bid, record.Lease, record.SegmentCommit, record.Reveal, record.OpenSteps} {
			f.Add(kind, uint8(sort), kind, uint64(kind), []byte{kind, 0x80})
		}
	}
	for _, b := range []job.Body{
		&job.Beat{}, &job.Quit{}, &job.Volunteer{}, &job.Order{What: job.AskReveal}, &job.Closed{Status: job.Final}, &job.AuditGranted{Segment: 1}, &job.Unusable{},
		&job.Placed{State: work.SpecBlock(id), Holders: []record.PublicKey{one.Key.Public()}},
	} {
		e := job.Event{Body: b}
		for who := range uint8(4) {
			f.Add(uint8(3), uint8(0), who, uint64(0), e.AppendCanon(nil))
		}
	}
	f.Add(uint8(4), uint8(0), uint8(2), uint64(0), []byte{67}) // a refusal for no reason that there is
	d := work.Deposit{State: work.SpecBlock(id), Requester: asks.Key.Public(), Bytes: 1, Root: work.SpecBlock(id)}
	for who := range uint8(4) {
		f.Add(uint8(7), uint8(0), who, uint64(0), d.AppendCanon(nil))
	}
	f.Fuzz(func(t *testing.T, kind, sort, who uint8, sequence uint64, payload []byte) {
		for _, about := range []job.ID{id, {1}} {
			w.Noise(t, to, about, keys[who%4], kind, sort, sequence, bytes.Clone(payload))
		}
		if !to.Up() {
			t.Fatal("it stopped")
		}
		if sound != nil {
			sound(t, to, id)
		}
	})
}

// kinds is how many forms Noise has.
const kinds = 9

// Noise gives a role whatever bytes say, as a message of a job or as a question
// of a dispute, from anybody: its requester, a member, a stranger. kind says of
// which form; a payload is sealed as the type that sort names.
func (w *World) Noise(t *testing.T, to *Peer, id job.ID, from record.Key, kind, sort uint8, sequence uint64, payload []byte) {
	t.Helper()
	ctx, who := context.Background(), from.Public()
	m := work.Message{Job: id, A: payload}
	switch kind % kinds {
	case 0: // bytes
		_ = to.Take(ctx, who, payload)
		return
	case 1, 2: // a record
		v, err := record.Seal(from, record.Header{Network: Network, Type: record.Type(sort), Subject: id, Sequence: sequence}, payload)
		if err != nil {
			return
		}
		if to.Worker != nil && kind%2 == 0 {
			to.Worker.Offered(ctx, v)
		}
		m.Kind, m.A = work.Sealed, v.Envelope()
		if sort%2 == 0 {
			m.B = make([]byte, 32)
		}
	case 3:
		m.Kind = work.Event
	case 4:
		m.Kind = work.Refusal
	case 5:
		m.Kind = work.Wanted
	case 6: // a question
		q, err := work.ReadQuestion(payload)
		if err != nil {
			q = work.Question{Job: id, Ask: dispute.Ask{Type: record.Type(sort), Step: sequence}}
			copy(q.Reveal[:], payload)
		}
		if to.Worker != nil {
			_, _ = to.Worker.Answer(ctx, who, q)
		}
		if to.Auditor != nil {
			_, _ = to.Auditor.Answer(ctx, who, q)
		}
		return
	case 7:
		m.Kind = work.Hold
	case 8:
		m.Kind = work.Release
	}
	if len(m.A) <= work.MaxMessage {
		_ = to.Take(ctx, who, m.AppendCanon(nil))
	}
}
