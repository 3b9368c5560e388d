package pin

import (
	"fmt"
	"slices"
	"time"
)

// A Standing is where the audits of a peer stand:
//
//	pinned -> challenged -> ok -> challenged ...
//	               |
//	               +-> late -> challenged ... -> fault -> challenged ...
//	                                               |
//	                                               +-> evicted, until it passes an audit
type Standing string

const (
	StandingPinned     Standing = "pinned"     // it says that it keeps its pieces; not audited yet
	StandingChallenged Standing = "challenged" // an answer is due
	StandingOK         Standing = "ok"         // it passed its last audit
	StandingLate       Standing = "late"       // no answer in time; it is asked again
	StandingFault      Standing = "fault"      // it failed its last audit
	StandingEvicted    Standing = "evicted"    // it failed too often: its pieces go to others
)

const (
	// MaxFaults within Memory evict a peer.
	MaxFaults = 3
	// Memory is how long a fault counts.
	Memory = 24 * time.Hour
)

// retries are the pauses before a peer that was late is asked again, within one
// audit: ten minutes in all, so that a restart is no fault.
var retries = []time.Duration{
	5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second, 160 * time.Second, 300 * time.Second,
}

// A Watch is the audit of one peer, as a step function: what happens goes in,
// what to do comes out. The zero Watch is a peer not audited yet.
type Watch struct {
	Standing Standing
	Since    time.Time
	Next     time.Time // when a challenge is due, or at the latest its result
	Begun    time.Time // the audit
	Try      int       // challenges of this audit so far
	Reason   string    // why the last challenge failed
	Faults   []FaultAt // of the last day
	OK       time.Time // when it passed last; zero: never
	Evicted  bool      // since its last eviction it has passed none
}

// A FaultAt is an audit that a peer failed.
type FaultAt struct {
	At     time.Time
	Reason string
}

// An Event is what a Watch hears.
type Event struct {
	Kind   EventKind
	Reason string // of Missed, False and Void
}

// An EventKind is one of those below.
type EventKind int

const (
	Alarm  EventKind = iota // time has passed
	Passed                  // the answer came in time and is right
	Missed                  // no answer, or late, or its openings did not come: perhaps not the peer's fault
	False                   // it signed a wrong answer
	Void                    // the auditor itself could not audit: it says nothing about the peer
)

// An Act is what to do next.
type Act struct {
	Challenge uint64 // how many leaves to ask for; 0: none
	Evict     bool   // its pieces go to others
}

// Step takes the state on. A loss is to show within a time of every, with all
// retries, so audits begin after three quarters of it.
//
// A peer that was late may have been reading all the while, so each retry is a
// new challenge, for twice as many leaves: patience does not help who lacks some.
func (w *Watch) Step(now time.Time, e Event, every time.Duration) (act Act) {
	w.Faults = slices.DeleteFunc(w.Faults, func(f FaultAt) bool { return now.Sub(f.At) >= Memory })
	if e.Kind == Alarm {
		return w.alarm(now, every)
	}
	if w.Standing != StandingChallenged {
		return act // of a challenge that is given up
	}
	switch {
	case e.Kind == Passed:
		w.become(StandingOK, now)
		w.Try, w.Reason, w.OK, w.Evicted = 0, "", now, false
		w.Next = later(now, w.Begun.Add(every*3/4))
	case e.Kind == Void:
		w.become(StandingPinned, now)
		w.Try, w.Reason = 0, e.Reason
		w.Next = now.Add(every / 12)
	case e.Kind == Missed && w.Try <= len(retries):
		w.become(StandingLate, now)
		w.Reason = e.Reason
		w.Next = now.Add(retries[w.Try-1])
	default:
		return w.fault(now, e.Reason, every)
	}
	return act
}

func (w *Watch) alarm(now time.Time, every time.Duration) Act {
	switch {
	case now.Before(w.Next):
		return Act{}
	case w.Standing == StandingChallenged: // its result was lost, with the process that waited for it
		return w.Step(now, Event{Missed, "no result of the challenge"}, every)
	case w.Standing != StandingLate:
		w.Begun, w.Try = now, 0
	}
	w.become(StandingChallenged, now)
	w.Try++
	w.Next = now.Add(2 * OpeningTime)
	if w.Try > 1 || w.Evicted {
		return Act{Challenge: 2 * Leaves}
	}
	return Act{Challenge: Leaves}
}

func (w *Watch) fault(now time.Time, reason string, every time.Duration) Act {
	w.Faults = append(w.Faults, FaultAt{now, reason})
	w.Try, w.Reason = 0, reason
	w.Next = later(now, w.Begun.Add(every*3/4))
	if len(w.Faults) < MaxFaults && !w.Evicted {
		w.become(StandingFault, now)
		return Act{}
	}
	fresh := !w.Evicted
	w.become(StandingEvicted, now)
	w.Evicted = true
	w.Reason = fmt.Sprintf("%d faults within %s; the last: %s", len(w.Faults), Memory, reason)
	return Act{Evict: fresh}
}

func (w *Watch) become(s Standing, now time.Time) { w.Standing, w.Since = s, now }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// allowance is how long an answer for some leaves may take, beside a round trip.
func allowance(leaves uint64) time.Duration {
	return AnswerTime * time.Duration(leaves) / Leaves
}
