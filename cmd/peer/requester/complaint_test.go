package requester_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
)

// Complaints that come while one is looked into are looked into after it: of many
// at once, in any order, those about a state that was spoilt are all found true,
// and no other one.
func TestComplaints(t *testing.T) {
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 2))
	in(t, func(t *testing.T, w *worktest.World) {
		asks := w.Add("requester", 0, nil)
		segment := 1 + rnd.IntN(3)
		for _, name := range []string{"one", "two"} {
			w.Add(name, worktest.Works, func(p *worktest.Peer) {
				p.Limits.Price = 100_000 // cheaper: it is chosen
				p.Wrap = func(r work.Runner) work.Runner { return worktest.Spoiler(r, segment) }
			})
		}
		w.Add("three", worktest.Works, nil)
		w.Add("four", worktest.Works, nil)
		id := w.Submit(asks, recipe.Choices{Level: job.C, Epochs: 5}, many)
		v := w.Wait(asks, id, func(v requester.View) bool { return v.Status == job.Revealed })
		all := []job.Unusable{}
		for replica := range uint64(2) {
			for segment := range min(6, v.Spec.Segments()) {
				all = append(all, job.Unusable{Replica: replica, Segment: segment})
			}
		}
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, u := range append(all, all...) { // each twice
			e := job.Event{Body: &u}
			m := work.Message{Kind: work.Event, Job: id, A: e.AppendCanon(nil)}
			call, ended := context.WithCancel(context.Background())
			if err := asks.Requester.Take(call, worktest.Key("one").Public(), m); err != nil {
				t.Fatal(err)
			}
			ended() // what it began goes on
		}
		w.Over(asks, id, job.Final)
		w.Right(asks, id)
		told := w.History(asks, id)
		for replica := range 2 {
			want := fmt.Sprintf("of segment %d of replica %d", segment-1, replica)
			if strings.Count(told, want+" does not open") != 1 {
				t.Errorf("seed %d: not told once that what is stored %s is of no use\n%s", seed, want, told)
			}
		}
		if n := strings.Count(told, " does not open its commit"); n != 2 {
			t.Errorf("seed %d: %d complaints were found true, want 2\n%s", seed, n, told)
		}
	})
}
