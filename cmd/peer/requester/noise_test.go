package requester_test

import (
	"math/rand/v2"
	"testing"

	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/record"
)

// Whatever anybody says, the requester neither panics nor stops.
func TestNoise(t *testing.T) {
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1))
	w := worktest.New(t)
	w.Hasty = true
	asks, one := w.Add("requester", 0, nil), w.Add("one", worktest.Works, nil)
	audits := w.Add("auditor", worktest.Audits, nil)
	spec, facts := w.Cook(asks, recipe.Choices{Level: job.C}, nil)
	id := worktest.Must[job.ID](t)(asks.Requester.Submit(t.Context(), spec, facts))
	keys := []record.Key{asks.Key, one.Key, audits.Key, worktest.Key("stranger")}
	var seeds [][]byte
	for _, b := range []job.Body{&job.Beat{}, &job.Quit{}, &job.Volunteer{}, &job.Order{What: job.AskReveal}, &job.Closed{Status: job.Final}, &job.AuditGranted{Segment: 1}, &job.Unusable{}} {
		e := job.Event{Body: b}
		seeds = append(seeds, e.AppendCanon(nil))
	}
	for range 2000 {
		payload := append([]byte{}, seeds[rnd.IntN(len(seeds))]...)
		for range rnd.IntN(4) {
			payload[rnd.IntN(len(payload))] = byte(rnd.IntN(256))
		}
		for _, about := range []job.ID{id, {1}} {
			w.Noise(t, asks, about, keys[rnd.IntN(len(keys))], uint8(rnd.IntN(7)), uint8(rnd.IntN(40)), rnd.Uint64N(100), payload)
		}
	}
	if _, err := asks.Requester.View(id); err != nil || !asks.Up() {
		t.Errorf("seed %d: it stopped: %v", seed, err)
	}
}
