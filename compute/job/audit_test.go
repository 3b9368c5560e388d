package job

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// revealed returns a world whose job waits for auditors: every segment of it is
// to be audited.
func revealed(seed uint64, segments uint64) *world {
	w := newWorld(seed, testSpec(C, 2*segments, 2))
	for n := range 3 {
		w.addWorker(honest, n, 20)
	}
	w.after(1, func() { w.requester(Event{Body: &Submit{w.spec, [32]byte{1}}}) })
	for len(w.queue) > 0 && w.q.agreed == 0 {
		w.runOne()
	}
	w.q.audits = nil
	for k := range segments {
		w.q.audits = append(w.q.audits, audit{Segment: k, claim: *w.q.replicas[0].kept[k].claim, auditor: nobody})
	}
	w.q.drawn, w.q.beacon = true, &[32]byte{byte(seed)}
	return w
}

// An auditor that has not computed has nothing to say: it guesses, copies what
// another one committed to, or repeats what it saw elsewhere. 100,000 audits.
func TestLazyAuditor(t *testing.T) {
	const segments, rounds = 50, 2000
	paid, granted := 0, 0
	q, lazyOne, r := revealed(1, segments).q, account('a', 1), rand.New(rand.NewPCG(1, 1))
	q.members = append(q.members, member{account: lazyOne, operator: lazyOne, auditor: true, plan: true})
	me := len(q.members) - 1
	for range rounds {
		q.out = nil
		seen := []trace.Commitment{*q.replicas[0].kept[0].claim} // revealed in some other job
		for n := range q.audits {
			a := &q.audits[n]
			q.grantAudit(n, me)
			granted++
			guess := seen[r.IntN(len(seen))]
			guess.First, guess.Last = a.claim.First, a.claim.Last
			if r.IntN(2) == 0 {
				binary.LittleEndian.PutUint64(guess.Root[:], r.Uint64())
			}
			if h := a.start; h != nil {
				guess.Start = h.Start // what it was given
			}
			v := &Reveal{trace.Reveal{Commitment: guess, Nonce: [32]byte{byte(n)}}}
			hidden := v.Commit(q.id, lazyOne)
			if n%3 == 0 { // somebody else's, of this very segment
				honestly := trace.Reveal{Commitment: a.claim, Nonce: [32]byte{9}}
				hidden = honestly.Commit(q.id, account('a', 200))
				v.Nonce, v.Commitment = honestly.Nonce, a.claim // and its reveal
			}
			q.auditCommit(lazyOne, q.members[me].sequence, &AuditCommit{uint64(n), hidden})
			q.reveal(lazyOne, v)
			if a.state == matched {
				paid++
			}
			a.state = lapsed // the next one
		}
	}
	if paid != 0 || granted != segments*rounds {
		t.Errorf("%d of %d lazy audits would be paid", paid, granted)
	}
}

// An honest auditor is paid, and what it was told does not hold the result.
func TestBlindAudit(t *testing.T) {
	w := revealed(2, 4)
	w.addAuditor(honest, 1)
	w.q.audits, w.q.seeking = w.q.audits[1:3], 0
	w.q.seek()
	w.performRequester(w.q.out)
	w.alarm()
	w.run(maxEvents)
	if err := w.invariants(); err != nil {
		t.Fatal(err)
	}
	m := w.q.members[w.q.find(account('a', 1))]
	want := Amount(0)
	for _, a := range w.q.audits {
		if a.state == matched {
			want += w.spec.AuditPay(a.Segment)
		}
		if a.start != nil && (a.start.Chain == a.claim.Chain || a.start.Start == a.claim.Start && a.Segment == 0) {
			t.Errorf("audit of segment %d gives its result away", a.Segment)
		}
	}
	if m.earned != want || want == 0 {
		t.Errorf("got %s, want %s", m.earned, want)
	}
	replica := ReplicaKey([32]byte{1}, w.id, 0)
	block := SealBlock(SegmentKey(replica, 2), 0, []byte("result"))
	if _, err := OpenBlock(SegmentKey(replica, 1), 0, block); err == nil {
		t.Error("the key of one segment opens the next one")
	}
	if b, err := OpenBlock(SegmentKey(replica, 2), 0, block); err != nil || string(b) != "result" {
		t.Errorf("got %q, %v", b, err)
	}
}

// A copier shows another worker's commit and then its reveal. 1,000 jobs, and
// none accepts it.
func TestCopier(t *testing.T) {
	copied := 0
	for seed := range uint64(1000) {
		w := newWorld(seed, testSpec(C, 4, 2))
		w.addWorker(honest, 0, 20)
		x := w.addWorker(copier, 1, 20)
		x.speed = 300 // it waits for something to copy
		w.addWorker(honest, 2, 20).bid.Price = w.spec.Terms.Reward
		w.after(1, func() { w.requester(Event{Body: &Submit{w.spec, [32]byte{1}}}) })
		var hidden []merkle.Digest
		for len(w.queue) > 0 && !w.q.status.Over() {
			w.runOne()
			if len(w.q.replicas) == 2 && len(w.q.replicas[1].kept) > 0 && len(w.q.replicas[0].kept) > 0 &&
				w.q.replicas[0].kept[0].Hidden == w.q.replicas[1].kept[0].Hidden {
				hidden = append(hidden, w.q.replicas[0].kept[0].Hidden)
			}
		}
		if err := w.invariants(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if len(hidden) > 0 {
			copied++
		}
	}
	if copied < 300 {
		t.Errorf("only %d of 1000 copiers found something to copy", copied)
	}
}
