package pin

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

var epoch = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// The states of an audit, one line a step.
func TestWatch(t *testing.T) {
	w := Watch{Standing: StandingPinned}
	now := epoch
	step := func(after time.Duration, e Event, standing Standing, act Act) {
		t.Helper()
		now = now.Add(after)
		if got := w.Step(now, e, time.Hour); got != act || w.Standing != standing {
			t.Fatalf("at %s: %+v, %s, want %+v, %s", now.Sub(epoch), got, w.Standing, act, standing)
		}
	}
	miss := Event{Missed, "silence"}
	step(0, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 59})
	step(1*time.Second, Event{Kind: Alarm}, StandingChallenged, Act{})
	step(1*time.Second, Event{Kind: Passed}, StandingOK, Act{})
	step(0, miss, StandingOK, Act{}) // of a challenge that is over
	step(44*time.Minute, Event{Kind: Alarm}, StandingOK, Act{})
	step(time.Minute, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 59})
	step(time.Second, miss, StandingLate, Act{})
	step(time.Second, Event{Kind: Alarm}, StandingLate, Act{})
	step(4*time.Second, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 118})
	step(time.Minute, Event{Kind: Alarm}, StandingLate, Act{}) // no result came
	step(10*time.Second, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 118})
	step(time.Second, Event{Kind: Passed}, StandingOK, Act{})

	fail := func(standing Standing, act Act) {
		t.Helper()
		begun := now
		for i := range retries {
			step(0, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 59 * min(uint64(i)+1, 2)}) // and twice as many from then on
			step(2*time.Second, miss, StandingLate, Act{})
			now = w.Next
		}
		step(0, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 118})
		step(2*time.Second, miss, standing, act)
		if took := now.Sub(begun); took > 15*time.Minute {
			t.Fatalf("an audit took %s", took)
		}
		now = w.Next
	}
	now = w.Next
	fail(StandingFault, Act{})
	fail(StandingFault, Act{})
	step(0, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 59})
	step(0, Event{Kind: Passed}, StandingOK, Act{}) // what it failed still counts
	now = w.Next
	fail(StandingEvicted, Act{Evict: true})
	if !w.Evicted || len(w.Faults) != 3 || !strings.Contains(w.Reason, "silence") {
		t.Fatalf("evicted: %+v", w)
	}
	// It comes back with a harder audit; faults of the day still count.
	step(0, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 118})
	step(0, Event{Kind: Passed}, StandingOK, Act{})
	if w.Evicted {
		t.Error("it passed and is still out")
	}
	// A signed lie needs no second try; what is the auditor's own fault is none.
	now = w.Next
	step(0, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 59})
	step(0, Event{Void, "no network"}, StandingPinned, Act{})
	step(5*time.Minute, Event{Kind: Alarm}, StandingChallenged, Act{Challenge: 59})
	step(0, Event{False, "a lie"}, StandingEvicted, Act{Evict: true})
}

// run audits a peer for some time. reply says how an answer to so many leaves
// comes out, and when.
func (w *Watch) run(from time.Time, most time.Duration, reply func(leaves uint64) (Event, time.Duration), seen func(now time.Time, act Act) bool) {
	for now := from; now.Sub(from) < most; {
		act := w.Step(now, Event{Kind: Alarm}, time.Hour)
		if act.Challenge > 0 {
			e, took := reply(act.Challenge)
			now = now.Add(took)
			act = w.Step(now, e, time.Hour)
		}
		if !seen(now, act) {
			return
		}
		now = later(now.Add(time.Second), w.Next)
	}
}

// loss is a line on which each packet is lost with some chance; who sends sends
// again after one, two, four... times three round trips, as QUIC does.
type loss struct {
	r    *rand.Rand
	rate float64
	trip time.Duration
}

func (l loss) send() (took time.Duration) {
	for wait := 3 * l.trip; l.r.Float64() < l.rate; wait *= 2 {
		took += wait
	}
	return took + l.trip/2
}

// A peer that dropped a tenth of its pieces and is silent when it lacks a leaf is
// found within an hour of the drop, whenever that is, in 99 % of runs.
func TestTenthMissingIsFound(t *testing.T) {
	const runs = 1000
	v := newVault(t, 3, 100_000)
	found := 0
	for seed := range uint64(runs) {
		r := rand.New(rand.NewPCG(seed, 1))
		gone := map[Piece]bool{}
		for _, i := range r.Perm(len(v.pieces))[:len(v.pieces)/10] {
			gone[v.pieces[i]] = true
		}
		w := Watch{Standing: StandingPinned, Next: epoch.Add(time.Duration(r.Int64N(int64(time.Hour / 4))))}
		dropped := epoch.Add(time.Duration(r.Int64N(int64(5 * time.Hour))))
		reply := func(leaves uint64) (Event, time.Duration) {
			if w.Begun.Before(dropped) {
				return Event{Kind: Passed}, time.Second
			}
			challenge := v.challenge(t, leaves, r.Uint64())
			if _, err := v.prover(gone).prove(t.Context(), v.key, challenge, leaves, v.ground(t)); err != nil {
				return Event{Missed, err.Error()}, OpeningTime
			}
			return Event{Kind: Passed}, time.Second
		}
		w.run(epoch, dropped.Sub(epoch)+time.Hour, reply, func(now time.Time, _ Act) bool {
			if len(w.Faults) > 0 && now.Sub(dropped) <= time.Hour {
				found++
				return false
			}
			return true
		})
	}
	t.Logf("found in %d of %d runs", found, runs)
	if found < runs*99/100 {
		t.Errorf("found in %d of %d runs", found, runs)
	}
}

// An honest peer is never failed on a line that loses a fifth of all packets.
func TestHonestPeerOnABadLine(t *testing.T) {
	audits, late := 0, 0
	for seed := range uint64(1000) {
		l := loss{rand.New(rand.NewPCG(seed, 2)), 0.2, 80 * time.Millisecond}
		var w Watch
		reply := func(leaves uint64) (Event, time.Duration) {
			audits++
			took := l.send() + 50*time.Millisecond + l.send() // to ask, to read, to answer
			if took > allowance(leaves)+l.trip {
				late++
				return Event{Missed, fmt.Sprintf("answered after %s", took)}, took
			}
			return Event{Kind: Passed}, took
		}
		w.run(epoch, 24*time.Hour, reply, func(now time.Time, _ Act) bool {
			if len(w.Faults) > 0 {
				t.Fatalf("seed %d: a fault after %s: %s", seed, now.Sub(epoch), w.Reason)
			}
			return true
		})
	}
	t.Logf("%d of %d answers were late, none of them a fault", late, audits)
	if late == 0 {
		t.Error("no answer was late: this tests nothing")
	}
}
