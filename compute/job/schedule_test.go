package job

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
)

// scenario draws a world: level, sizes, who takes part, and what goes wrong.
func scenario(seed uint64) *world {
	w := newWorld(seed, Spec{Requester: account('q', 0), Segment: 1, Rates: []F32{0}, Level: A})
	levels := []Level{A, B, C, D}
	spec := testSpec(levels[w.rnd.IntN(4)], w.between(1, 12), w.between(1, 4))
	spec.Number = seed
	rnd := w.rnd
	w = newWorld(seed, spec)
	w.rnd = rnd
	if w.chance(0.5) {
		w.faults = faults{drop: 0.15 * rnd.Float64(), duplicate: 0.2 * rnd.Float64(), crash: 0.01 * rnd.Float64(), delay: Millis(w.between(1, 400))}
	}
	kinds := []string{cheater, lazy, copier, silent, twice, flipper, garbage, vanisher, quitter, sluggish, mute, poor, planless, misplanned}
	bad := 0.4 * rnd.Float64()
	for n := range 12 {
		kind := honest
		if w.chance(bad) {
			kind = kinds[rnd.IntN(len(kinds))]
		}
		w.addWorker(kind, n, w.between(0, 3)*10)
	}
	for n := range 5 {
		kind := honest
		if w.chance(bad) {
			kind = []string{lazy, falseAlarm, mute, accomplice, planless, misplanned}[rnd.IntN(6)]
		}
		w.addAuditor(kind, n)
	}
	for n := range w.challengers {
		w.challengers[n] = w.chance(0.3)
		w.ledger.Mint(account('c', n+1), 10*(w.spec.Terms.Stake+w.spec.Terms.Bond))
	}
	if w.chance(0.3) {
		w.watch = 0.5
	}
	secret := [32]byte{byte(seed), 1}
	w.after(1, func() { w.requester(Event{Body: &Submit{w.spec, secret}}) })
	if w.chance(0.2) {
		for _, what := range []What{Pause, Resume, Cancel}[:w.between(1, 3)] {
			w.after(w.upTo(8000), func() { w.requester(Event{Body: &Order{What: what}}) })
		}
	}
	return w
}

// invariants says what does not hold at the end of a world.
func (w *world) invariants() error {
	switch {
	case w.broken != "":
		return fmt.Errorf("%s", w.broken)
	case !w.q.status.Over():
		return fmt.Errorf("not over at %d, %d ms after it began: %s\n%s", w.now, w.now-w.q.began, w.q.Status(), explained(w.q))
	case w.ledger.Total() != w.ledger.Minted():
		return fmt.Errorf("%s became %s", w.ledger.Minted(), w.ledger.Total())
	case w.ledger.Held(w.id) != 0:
		return fmt.Errorf("the job keeps %s", w.ledger.Held(w.id))
	}
	longest := w.spec.Terms.Job + w.spec.Terms.Pause + w.spec.Terms.Reveal + 2*w.spec.Terms.Window + 4*w.spec.Terms.Clock + 6*(w.spec.Terms.Audit+w.spec.Terms.Reveal)
	if took := w.now - w.q.began; took > longest {
		return fmt.Errorf("it took %d ms, at most %d", took, longest)
	}
	for _, m := range w.q.members {
		kind := w.kindOf(m.account)
		wrong := kind == cheater || kind == lazy || kind == falseAlarm || kind == accomplice || kind == twice || kind == flipper
		if m.guilty && !wrong {
			return fmt.Errorf("%s, who is %s, was slashed", m.account, kind)
		}
		if kind == lazy && m.earned > 0 && (m.auditor || len(w.q.replicas) > 1) { // one worker at A or B may be lucky with the draw
			return fmt.Errorf("%s, who is %s, earned %s", m.account, kind, m.earned)
		}
	}
	for _, d := range w.q.disputes {
		if !d.over {
			return fmt.Errorf("dispute %d is open", d.Number)
		}
		if d.spent[0] > d.limit || d.spent[1] > d.limit {
			return fmt.Errorf("dispute %d took %v of %d", d.Number, d.spent, d.limit)
		}
	}
	return w.accepted()
}

// accepted compares an accepted result with the truth: one of two or more
// replicas that is honest is enough.
func (w *world) accepted() error {
	if w.q.agreed == 0 {
		return nil
	}
	for k := range w.q.limit {
		sound := false
		hidden := map[merkle.Digest]bool{}
		for i := range w.q.replicas {
			if h := w.q.replicas[i].kept[k].Hidden; hidden[h] {
				return fmt.Errorf("segment %d of replica %d is a copy and accepted", k, i)
			} else {
				hidden[h] = true
			}
			kind := w.kindOf(w.q.replicas[i].kept[k].Worker)
			sound = sound || kind != cheater && kind != lazy && kind != flipper
		}
		for i := range w.q.replicas {
			if w.challengers[0] && w.faults.drop == 0 && *w.q.replicas[i].kept[k].claim != w.truth(k) && w.q.status == Final && w.q.find(account('c', 1)) == nobody {
				return fmt.Errorf("segment %d of replica %d is wrong, accepted, and nobody heard the challenge", k, i)
			}
			if claim := *w.q.replicas[i].kept[k].claim; sound && len(w.q.replicas) > 1 && claim != w.truth(k) {
				return fmt.Errorf("segment %d of replica %d is wrong and accepted", k, i)
			}
		}
	}
	return nil
}

func (w *world) kindOf(a record.Account) string {
	for _, x := range w.workers {
		if x.account == a {
			return x.kind
		}
	}
	for _, x := range w.auditors {
		if x.account == a {
			return x.kind
		}
	}
	if a == account('c', 2) {
		return falseAlarm
	}
	return "challenger"
}

func explained(q *Requester) string {
	x := q.Explain()
	return fmt.Sprintf("%s: %s; next: %s\n%s\n%s", x.Status, x.Why, x.Next, strings.Join(x.Parts, "\n"), strings.Join(x.Refuse, "\n"))
}

const maxEvents = 200_000

// No honest slash, an end within the clocks, all money where it belongs:
// whatever is dropped, delayed, doubled, reordered or killed.
func TestSchedules(t *testing.T) {
	n := uint64(2000)
	if os.Getenv("OPENLEDGER_LONG") != "" {
		n = 100_000
	}
	ends := map[string]int{}
	seed := uint64(0)
	defer func() {
		if r := recover(); r != nil {
			t.Logf("seed %d", seed)
			panic(r)
		}
	}()
	for ; seed < n; seed++ {
		w := scenario(seed)
		w.run(maxEvents)
		if err := w.invariants(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		ends[w.q.status.String()]++
		if len(w.q.disputes) > 0 {
			ends["disputed"]++
		}
		if w.q.changes > 0 {
			ends["replaced"]++
		}
		for _, a := range w.q.audits {
			ends["audit "+a.state.String()]++
		}
	}
	t.Logf("%d schedules: %v", n, ends)
	for _, must := range []string{"FINAL", "FAILED", "CANCELLED", "disputed", "replaced", "audit equal", "audit found wrong", "audit lapsed"} {
		if ends[must] == 0 {
			t.Errorf("no schedule ends in %s", must)
		}
	}
}
