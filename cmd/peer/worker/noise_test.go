package worker_test

import (
	"bytes"
	"testing"

	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/record"
)

// FuzzNoise: whatever anybody says, the role neither panics nor stops; a job that
// it has goes on.
func FuzzNoise(f *testing.F) {
	w := worktest.New(f)
	w.Hasty = true
	asks, one := w.Add("requester", 0, nil), w.Add("one", worktest.Works, nil)
	audits := w.Add("auditor", worktest.Audits, nil)
	spec, facts := w.Cook(asks, recipe.Choices{Level: job.C}, nil)
	id := worktest.Must[job.ID](f)(asks.Requester.Submit(f.Context(), spec, facts))
	to := map[string]*worktest.Peer{"requester": asks, "worker": one, "auditor": audits}["worker"]
	keys := []record.Key{asks.Key, one.Key, audits.Key, worktest.Key("stranger")}
	for kind := range uint8(7) {
		for _, sort := range []record.Type{record.Offer, record.Bid, record.Lease, record.SegmentCommit, record.Reveal, record.OpenSteps} {
			f.Add(kind, uint8(sort), kind, uint64(kind), []byte{kind, 0x80})
		}
	}
	for _, b := range []job.Body{&job.Beat{}, &job.Quit{}, &job.Volunteer{}, &job.Order{What: job.AskReveal}, &job.Closed{Status: job.Final}, &job.AuditGranted{Segment: 1}, &job.Unusable{}} {
		e := job.Event{Body: b}
		for who := range uint8(4) {
			f.Add(uint8(3), uint8(0), who, uint64(0), e.AppendCanon(nil))
		}
	}
	f.Fuzz(func(t *testing.T, kind, sort, who uint8, sequence uint64, payload []byte) {
		for _, about := range []job.ID{id, {1}} {
			w.Noise(t, to, about, keys[who%4], kind, sort, sequence, bytes.Clone(payload))
		}
		if !to.Up() {
			t.Fatal("it stopped")
		}
	})
}
