package job

import (
	"strings"
	"testing"
)

// lived runs a job on quiet wires with the given workers, all proven.
func lived(level Level, valid uint64, kinds ...string) *world {
	w := newWorld(5, testSpec(level, 12, 2))
	for n, kind := range kinds {
		w.addWorker(kind, n, valid)
	}
	for n := range 3 {
		w.addAuditor(honest, n)
	}
	w.after(1, func() { w.requester(Event{Body: &Submit{w.spec, [32]byte{1}}}) })
	return w
}

// A worker that vanishes in mid job is replaced from what it stored; both are
// paid for their steps, and the result is that of an uninterrupted run.
func TestReplaced(t *testing.T) {
	w := lived(A, 20, vanisher, honest)
	w.workers[0].bad, w.workers[0].bid.Price = 7, 600_000 // it is cheaper, and gone in segment 3
	w.workers[1].bid.Price = 900_000
	w.run(maxEvents)
	if err := w.invariants(); err != nil || w.q.status != Final {
		t.Fatalf("%v\n%s", err, explained(w.q))
	}
	for k := range w.spec.Segments() {
		if *w.q.replicas[0].kept[k].claim != w.truth(k) {
			t.Errorf("segment %d is another one", k)
		}
	}
	first, second := w.q.members[0], w.q.members[1]
	if first.earned != 600_000*6/12 || second.earned != 900_000*6/12 {
		t.Errorf("got %s and %s", first.earned, second.earned)
	}
	if first.guilty || first.stake != 0 || w.ledger.Balance(Purse{Kind: Burned}) != w.spec.Terms.Bond {
		t.Errorf("burned %s, want the bond alone", w.ledger.Balance(Purse{Kind: Burned}))
	}
	if got := w.ledger.Balance(Purse{Kind: Free, Owner: w.spec.Terms.Pool}); got != w.spec.Terms.Data {
		t.Errorf("contributors got %s, want %s", got, w.spec.Terms.Data)
	}
}

// A new worker's job is done twice, whatever its level; a proven one's is not.
func TestReputation(t *testing.T) {
	for _, c := range []struct {
		valid uint64
		want  int
	}{{0, 2}, {9, 2}, {10, 1}, {1000, 1}} {
		w := lived(A, c.valid, honest, honest, honest)
		w.run(maxEvents)
		if err := w.invariants(); err != nil || len(w.q.replicas) != c.want {
			t.Errorf("%d valid results: %d replicas, %v", c.valid, len(w.q.replicas), err)
		}
	}
	for _, c := range []struct {
		level Level
		valid uint64
		want  rate
	}{{A, 10, always / 10}, {A, 20, always / 20}, {A, 1000, always / 20}, {B, 10, always / 5}, {D, 3, always / 10}, {A, 0, always / 20}} {
		if got := c.level.auditRate(c.valid); got != c.want {
			t.Errorf("level %s, %d valid results: rate %d, want %d", c.level, c.valid, got, c.want)
		}
	}
}

// Draws follow the rate: over many beacons each segment comes up as often as
// the level says, and never more of them than the money put aside pays for.
func TestDraw(t *testing.T) {
	w := lived(B, 20, honest)
	w.run(maxEvents)
	count := make([]int, w.q.limit)
	const beacons = 20_000
	for n := range beacons {
		w.q.beacon = &[32]byte{byte(n), byte(n >> 8)}
		drawn := w.q.draw()
		if uint64(len(drawn)) > w.spec.auditsAtMost() {
			t.Fatalf("%d drawn, money for %d", len(drawn), w.spec.auditsAtMost())
		}
		for _, k := range drawn {
			count[k]++
		}
	}
	for k, n := range count {
		if n < beacons/5*9/10 || n > beacons/5*11/10 {
			t.Errorf("segment %d was drawn %d times of %d, want about a fifth", k, n, beacons)
		}
	}
}

// A cheat loses its stake: half burned, a fifth to the client, the rest to the
// other worker; then another worker goes on from what both had.
func TestSlash(t *testing.T) {
	w := lived(C, 20, honest, cheater, honest, honest)
	w.workers[1].bad = 5
	w.workers[0].bid.Price, w.workers[1].bid.Price = 100, 100
	w.run(maxEvents)
	if err := w.invariants(); err != nil || w.q.status != Final {
		t.Fatalf("%v\n%s", err, explained(w.q))
	}
	m := w.q.find(w.workers[1].account)
	if m == nobody || !w.q.members[m].guilty || w.q.members[m].earned != 0 {
		t.Fatalf("the cheat got away: %+v", w.q.members)
	}
	if got, want := w.ledger.Balance(Purse{Kind: Burned}), w.spec.Terms.Stake/2; got < want || got > want+2 {
		t.Errorf("burned %s, want %s", got, want)
	}
	credits := map[bool]int{}
	for _, c := range w.credits {
		credits[c.Valid]++
	}
	if credits[false] != 1 || credits[true] != 2 {
		t.Errorf("credits %v", w.credits)
	}
}

// An auditor that lets a cheat pass signed the same wrong result, and loses its
// stake with it when somebody shows so; one that accuses an honest worker loses
// its own.
func TestAuditorsSlashed(t *testing.T) {
	for _, c := range []struct{ worker, auditor string }{{cheater, accomplice}, {honest, falseAlarm}} {
		met := 0
		for seed := range uint64(60) {
			w := newWorld(seed, testSpec(B, 4, 1))
			w.addWorker(c.worker, 0, 20).bid.Price = 100
			w.addWorker(honest, 1, 20)
			w.addAuditor(c.auditor, 0)
			w.challengers[0] = true
			w.ledger.Mint(account('c', 1), w.spec.Terms.Stake+w.spec.Terms.Bond)
			w.after(1, func() { w.requester(Event{Body: &Submit{w.spec, [32]byte{1}}}) })
			signed := false // the wrong result, before anybody else spoke
			for len(w.queue) > 0 && w.steps < maxEvents {
				w.runOne()
				for _, a := range w.q.audits {
					signed = signed || !a.private && a.answer != nil && *a.answer != w.truth(a.Segment) &&
						(c.worker == honest || a.Segment == w.workers[0].bad-1)
				}
			}
			if err := w.invariants(); err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, explained(w.q))
			}
			if !signed {
				continue // it was not asked about the segment in question
			}
			met++
			if m := w.q.find(w.auditors[0].account); !w.q.members[m].guilty || w.q.members[m].earned > 0 {
				t.Errorf("seed %d: the %s was paid %s\n%s", seed, c.auditor, w.q.members[m].earned, explained(w.q))
			}
		}
		if met == 0 {
			t.Errorf("no %s was ever asked", c.auditor)
		}
	}
}

// Cancelled in the middle, a job pays for what both replicas had stored.
func TestCancel(t *testing.T) {
	w := lived(C, 20, honest, honest)
	for len(w.queue) > 0 && (len(w.q.replicas) < 2 || w.q.replicas[0].storedSegments() < 3 || w.q.replicas[1].storedSegments() < 2) {
		w.runOne()
	}
	w.requester(Event{Body: &Order{What: Cancel}})
	if x := w.q.Explain(); !strings.Contains(x.Why, "requester wants") || !strings.Contains(x.Next, "segments") {
		t.Errorf("explained as %+v", x)
	}
	w.run(maxEvents)
	if err := w.invariants(); err != nil || w.q.status != Cancelled {
		t.Fatalf("%v\n%s", err, explained(w.q))
	}
	for _, m := range w.q.members[:2] {
		if want := share(m.price, 2*w.q.limit, 12); m.earned != want || want == 0 {
			t.Errorf("got %s, want %s", m.earned, want)
		}
	}
}

// A pause stops all clocks; the job goes on as if it had not been.
func TestPause(t *testing.T) {
	w := lived(A, 20, honest)
	for w.q.Status() != Running {
		w.runOne()
	}
	due := w.q.due
	w.requester(Event{Body: &Order{What: Pause}})
	if w.q.Status() != Paused || w.q.Alarm() != w.now+w.spec.Terms.Pause {
		t.Fatalf("%s until %d", w.q.Status(), w.q.Alarm())
	}
	w.after(50_000, func() { w.requester(Event{Body: &Order{What: Resume}}) })
	w.run(maxEvents)
	if err := w.invariants(); err != nil || w.q.status != Final || w.q.changes != 0 {
		t.Fatalf("%s, %d changes: %v", w.q.status, w.q.changes, err)
	}
	if w.q.due != due+50_000 {
		t.Errorf("the job's own time moved by %d", w.q.due-due)
	}
}

// Every state says why it is there and what comes next, and has an end.
func TestExplain(t *testing.T) {
	seen := map[Status]bool{}
	for seed := range uint64(300) {
		w := scenario(seed)
		for len(w.queue) > 0 && !w.q.status.Over() && w.broken == "" {
			w.runOne()
			if w.q.id == (ID{}) {
				continue
			}
			x := w.q.Explain()
			seen[x.Status] = true
			if x.Why == "" || x.Next == "" || !x.Status.Over() && x.By <= w.q.now {
				t.Fatalf("seed %d: %+v at %d", seed, x, w.q.now)
			}
		}
		if w.q.status.Over() {
			seen[w.q.status] = true
		}
	}
	for s := Open; s < statusEnd; s++ {
		if s != Slashed && !seen[s] { // which becomes REPLACE in the same step
			t.Errorf("no job was ever %s", s)
		}
	}
}
