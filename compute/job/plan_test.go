package job

import (
	"testing"

	"github.com/openledger/openledger/proofs/record"
)

// Who signs no plan, or another one than the job's, gets no further: neither a
// worker nor an auditor, and each is told why. Nothing that it computed counts.
func TestPlan(t *testing.T) {
	for _, kind := range []string{planless, misplanned} {
		w := newWorld(3, testSpec(C, 6, 2))
		w.addWorker(kind, 0, 20).bid.Price = 1 // it is chosen
		for n := range 3 {
			w.addWorker(honest, 1+n, 20)
		}
		w.addAuditor(kind, 1)
		w.after(1, func() { w.requester(Event{Body: &Submit{w.spec, [32]byte{1}}}) })
		for len(w.queue) > 0 && w.q.agreed == 0 {
			w.runOne()
		}
		w.q.audits = append(w.q.audits, audit{Segment: 1, claim: *w.q.replicas[0].kept[1].claim, auditor: nobody})
		w.q.beacon = &[32]byte{1}
		w.q.volunteers = []volunteer{{account('a', 1), account('a', 1)}} // it is chosen
		w.q.drawn = true
		w.q.out = nil
		w.q.seeking = 0
		w.q.seek()
		w.performRequester(w.q.out)
		w.alarm()
		w.run(maxEvents)
		if err := w.invariants(); err != nil || w.q.status != Final {
			t.Fatalf("%s: %s, %v", kind, w.q.status, err)
		}
		why := map[string]Reason{planless: NoPlan, misplanned: WrongPlan}[kind]
		if w.q.refused[why] == 0 {
			t.Errorf("%s: nobody was refused for %s\n%s", kind, why, explained(w.q))
		}
		seen := 0
		for _, m := range w.q.members {
			if w.kindOf(m.account) != kind {
				continue
			}
			if seen++; m.earned > 0 || m.plan || m.guilty {
				t.Errorf("%s %s: earned %s, plan %t, guilty %t", kind, m.account, m.earned, m.plan, m.guilty)
			}
			if burned := w.ledger.balance[w.q.purse(Stake, m.account)] == 0 && w.ledger.balance[Purse{Kind: Free, Owner: m.account}] < 10*(w.spec.Terms.Stake+w.spec.Terms.Bond); !burned {
				t.Errorf("%s %s: its bond is whole", kind, m.account)
			}
		}
		if seen != 2 {
			t.Errorf("%s: %d of 2 took part", kind, seen)
		}
	}
}

// A plan that was said is said again until a commit was heard, and never once it
// was: the requester takes no commit without it.
func TestPlanSaidAgain(t *testing.T) {
	w := newWorld(1, testSpec(A, 4, 2))
	x := NewWorker(account('w', 1))
	do := func(e Event) (plans int) {
		w.now += w.spec.Terms.Heartbeat
		for _, a := range x.Step(e, w.now) {
			if s, ok := a.(Say); ok && s.Type == record.OpenElement {
				plans++
			}
		}
		return plans
	}
	me := w.spec.Requester
	do(Event{Body: &Offered{w.spec, Bid{}}})
	do(Event{Body: &Granted{Lease: Lease{Worker: account('w', 1)}, Key: [32]byte{1}}})
	steps := stretch(&w.spec, 0, initial, 0)
	result := &Computed{Result: commitment(&w.spec, w.id, 0, steps), State: testCID(1), Leaves: testCID(2)}
	if do(Event{Body: result}); len(x.results) != 0 {
		t.Error("it commits before it has a plan")
	}
	if n := do(Event{Body: &Plan{}}); n != 1 {
		t.Errorf("it says the plan %d times, want once", n)
	}
	do(Event{Body: result})
	if n := do(Event{Body: &Tick{}}); n != 1 || len(x.results) != 1 {
		t.Errorf("%d results; it says the plan again %d times, want once", len(x.results), n)
	}
	do(Event{From: me, Body: &Received{1}})
	if n := do(Event{Body: &Tick{}}); n != 0 {
		t.Errorf("it says the plan %d times after it was heard", n)
	}
}
