package requester_test

import (
	"strings"
	"testing"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// Two workers tell the same lie, so their results are equal, and nobody hears of
// the audits. A peer that looks into the job on its own account challenges it: both
// are convicted, by proof and by charge, it gets its part, and the result is right.
func TestChallenge(t *testing.T) {
	in(t, func(t *testing.T, w *worktest.World) {
		asks := w.Add("requester", 0, func(p *worktest.Peer) {
			p.Says = func(_ record.Account, m work.Message) bool { return m.Kind != work.Wanted }
		})
		var liars []record.Account
		for _, name := range []string{"first", "second"} {
			p := w.Add(name, worktest.Works, func(p *worktest.Peer) {
				p.Limits.Price = 100_000 // cheaper: it is chosen
				p.Wrap = func(r work.Runner) work.Runner { return worktest.Liar(r, 3) }
			})
			liars = append(liars, p.Account())
		}
		for _, name := range []string{"one", "two"} {
			w.Add(name, worktest.Works, nil)
		}
		watch := w.Add("watch", worktest.Audits, func(p *worktest.Peer) { p.Watch = 1 })
		id := w.Submit(asks, recipe.Choices{Level: job.C, Epochs: 5}, func(s *job.Spec) {
			s.Segment, s.Terms.Audit, s.Terms.Window = 2, 60_000, 3600_000
		})
		v := w.Over(asks, id, job.Final)
		if said := strings.Join(v.Explanation.Parts, "\n"); !strings.Contains(said, "challenge of segment 1 by "+watch.Account().String()+", who came to another result than the workers: it was right") {
			t.Errorf("it is explained as\n%s", said)
		}
		w.Right(asks, id)
		told := w.History(asks, id)
		if !strings.Contains(told, watch.Account().String()+" came to another result than the workers and challenges steps 3 to 4") || !strings.Contains(told, "looks into segment") {
			t.Errorf("the history says\n%s", told)
		}
		for _, a := range liars {
			if w.Burned(asks, id, a) == 0 || w.Paid(asks, id, a) > 0 {
				t.Errorf("the liar %s lost %s and was paid %s\n%s", a, w.Burned(asks, id, a), w.Paid(asks, id, a), told)
			}
		}
		won := job.Amount(0)
		for _, m := range worktest.Must[[]work.Movement](t)(asks.Ledger.Movements(id)) {
			if m.From.Kind == job.Stake && m.From.Owner != watch.Account() && m.To == (job.Purse{Kind: job.Free, Owner: watch.Account()}) {
				won += m.Amount
			}
		}
		if won == 0 || w.Burned(asks, id, watch.Account()) > 0 {
			t.Errorf("who challenged won %s and lost %s", won, w.Burned(asks, id, watch.Account()))
		}
		// One of them answered in the dispute; both signed the plan and the same lie.
		for _, b := range asks.Charges() {
			c := worktest.Must[*dispute.Charge](t)(dispute.ReadCharge(b))
			found, err := c.Judge(worktest.Network)
			if a := found.Guilty.Account(); err != nil || a != liars[0] && a != liars[1] || found.Step != 3 {
				t.Errorf("the charge finds %s, step %d, %v", a, found.Step, err)
			}
		}
		if len(asks.Charges()) == 0 {
			t.Errorf("no charge\n%s", told)
		}
		defended := 0
		for _, a := range liars { // who has replica 0 is accused
			for _, x := range w.Said(a, id) {
				if o, ok := x.Event.Body.(*job.Order); ok && o.What == job.Defend && o.Segment == 1 {
					defended++
				}
			}
		}
		if defended == 0 {
			t.Error("the journal of the worker that was challenged does not say so")
		}
	})
}
