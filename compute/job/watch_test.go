package job

import (
	"strings"
	"testing"
)

// Two workers that agreed on one lie are equal, and no audit that was drawn need
// hit it. An auditor that looks into segments on its own account challenges it,
// proves it, and gets its part of both stakes; what was shown to it before is
// nothing that an audit could have used. A wrong result is never final.
func TestWatch(t *testing.T) {
	caught, drawn := 0, 0
	for seed := range uint64(300) {
		w := newWorld(seed, testSpec(C, 8, 2))
		first := w.addWorker(cheater, 0, 1000)
		second := w.addWorker(cheater, 1, 1000)
		second.bad = first.bad
		for _, x := range []*testWorker{first, second} {
			x.bid.Price = 1 // they are chosen
		}
		w.addWorker(honest, 2, 1000)
		w.addWorker(honest, 3, 1000)
		w.addAuditor(honest, 1)
		w.addAuditor(honest, 2)
		w.watch = 1
		explained := ""
		w.after(1, func() { w.requester(Event{Body: &Submit{w.spec, [32]byte{1}}}) })
		for len(w.queue) > 0 && w.broken == "" && !w.q.status.Over() {
			w.runOne()
			if d := w.q.dispute(); d != nil && d.audit != nobody && w.q.audits[d.audit].private {
				explained = strings.Join(w.q.Explain().Parts, "\n")
			}
		}
		if err := w.invariants(); err != nil || w.q.status != Final {
			t.Fatalf("seed %d: %s, %v", seed, w.q.status, err)
		}
		for k := range w.q.limit {
			if *w.q.replicas[0].kept[k].claim != w.truth(k) {
				t.Fatalf("seed %d: segment %d is wrong and final", seed, k)
			}
		}
		private := count(w.q.audits, func(a *audit) bool { return a.private && a.state == won })
		if private == 0 {
			drawn++ // an audit hit it first
			continue
		}
		caught++
		if !strings.Contains(explained, "who came to another result than the workers") || !strings.Contains(explained, "the dispute below decides") {
			t.Fatalf("seed %d: in the dispute it is explained as\n%s", seed, explained)
		}
		for _, m := range w.q.members {
			if kind := w.kindOf(m.account); m.guilty != (kind == cheater) {
				t.Errorf("seed %d: %s, who is %s: guilty %t", seed, m.account, kind, m.guilty)
			}
		}
	}
	if caught < 200 {
		t.Errorf("challenges caught the lie %d times, audits %d times", caught, drawn)
	}
}

// Nobody is shown anything while an audit that was drawn is open: a look would
// give the answer away.
func TestLookTooEarly(t *testing.T) {
	w := revealed(4, 3)
	q := w.q
	q.Step(Event{From: account('c', 7), Body: &Look{1}}, w.now)
	if q.looks != 0 || q.inviting() {
		t.Error("a segment is shown before its audits have ended")
	}
	for n := range q.audits {
		q.audits[n].state = lapsed
	}
	var shown *Shown
	for _, a := range q.Step(Event{From: account('c', 7), Body: &Look{1}}, w.now) {
		if x, ok := a.(Tell); ok {
			shown, _ = x.Body.(*Shown)
		}
	}
	if shown == nil || shown.Claim != *q.replicas[0].kept[1].claim || shown.Grant.Previous != *q.replicas[0].kept[0].claim {
		t.Errorf("shown %+v", shown)
	}
	for _, who := range []int{0, 1} { // members see nothing
		for _, a := range q.Step(Event{From: q.members[who].account, Body: &Look{1}}, w.now) {
			if x, ok := a.(Tell); ok {
				t.Errorf("a worker is told %T", x.Body)
			}
		}
	}
}
