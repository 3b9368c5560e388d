package job

import (
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// An Auditor is one job as an auditor sees it: audits, one after the other.
// Events:
//
//	from its shell      Offered (first: the spec), Plan (before Computed), Computed, Invited, Tick
//	from the requester  AuditGranted, Shown, Received, Order (AskReveal, Stop), Closed
//
// It says what it found before it can know what the worker found. Where it looks
// into segments on its own account, it is shown what was claimed, and challenges
// what is wrong.
type Auditor struct {
	spec Spec
	id   ID
	me   record.Account
	now  Millis

	plan     *Plan             // of the job, to be signed; nil: not known yet
	grant    *AuditGranted     // the audit in work; nil: none
	claim    *trace.Commitment // of the segment in work, which it looks into on its own account; nil: an audit
	asks     int               // how often the next of looks was asked for
	looks    []uint64          // segments that it still looks into, the next one first
	answer   *Computed         // what it found; nil: it computes
	sequence uint64            // of its next commit
	retry    Millis            // when it says again what it said
	asked    bool
	over     bool
	paid     Amount
	out      []Action
}

// NewAuditor returns the machine of an account for one job.
func NewAuditor(me record.Account) *Auditor { return &Auditor{me: me} }

// Planned tells whether the job's plan is known.
func (a *Auditor) Planned() bool { return a.plan != nil }

// Busy tells whether an audit is in work.
func (a *Auditor) Busy() bool { return a.grant != nil && !a.over }

// Over tells whether the job is closed, and what it paid.
func (a *Auditor) Over() (over bool, paid Amount) { return a.over, a.paid }

// Spec returns the job. It MUST NOT be changed.
func (a *Auditor) Spec() *Spec { return &a.spec }

// Alarm returns when the next Tick is due; 0 for never.
func (a *Auditor) Alarm() Millis {
	if a.over || a.answer == nil && (a.grant != nil || len(a.looks) == 0) {
		return 0
	}
	return a.retry
}

// Step takes one event and returns what is to be done.
func (a *Auditor) Step(e Event, now Millis) []Action {
	a.out = nil
	a.now = max(a.now, now)
	shell := e.From == record.Account{}
	if a.over || !shell && e.From != a.spec.Requester {
		return nil
	}
	switch b := e.Body.(type) {
	case *Offered:
		if shell && a.id == (ID{}) && b.Spec.Check() == nil {
			a.spec, a.id = b.Spec, b.Spec.ID()
		}
	case *AuditGranted:
		if !shell {
			a.granted(b)
		}
	case *Invited:
		if shell && a.id != (ID{}) && a.grant == nil && len(a.looks) == 0 {
			a.looks, a.asks = b.Segments, 0
			a.look()
		}
	case *Shown:
		if !shell {
			a.shown(b)
		}
	case *Received:
		if !shell && a.claim != nil && a.answer != nil {
			a.retry = 0 // the challenge was heard
		}
	case *Plan:
		if shell && a.plan == nil {
			plan := *b
			a.plan = &plan
		}
	case *Computed:
		if shell {
			a.computed(b)
		}
	case *Order:
		if !shell {
			a.order(b.What)
		}
	case *Closed:
		if !shell {
			a.over, a.paid = true, b.Paid
			a.out = append(a.out, Halt{})
		}
	case *Tick:
		switch {
		case a.retry == 0 || a.now < a.retry:
		case a.answer != nil:
			a.speak()
		case a.grant == nil:
			a.look()
		}
	}
	return a.out
}

func (a *Auditor) granted(g *AuditGranted) {
	if a.id == (ID{}) || a.grant != nil && a.grant.Audit == g.Audit || g.Segment >= a.spec.Segments() {
		return
	}
	if a.answer != nil {
		a.sequence++
	}
	grant := *g
	a.grant, a.claim, a.looks, a.answer, a.asked = &grant, nil, nil, nil, false
	a.out = append(a.out, Audit{Grant: grant})
}

// maxAsks is how often an auditor asks to be shown a segment.
const maxAsks = 5

// look asks to be shown the next segment that it looks into.
func (a *Auditor) look() {
	if a.asks++; a.asks > maxAsks {
		a.looks = nil // it is not shown to us
	}
	if len(a.looks) == 0 {
		a.retry = 0
		return
	}
	a.retry = a.now + a.spec.Terms.Heartbeat
	a.out = append(a.out, Tell{a.spec.Requester, &Look{a.looks[0]}})
}

// shown begins to recompute a segment that it asked for.
func (a *Auditor) shown(s *Shown) {
	if a.grant != nil || len(a.looks) == 0 || s.Grant.Segment != a.looks[0] || s.Grant.Segment >= a.spec.Segments() {
		return
	}
	shown := *s
	a.grant, a.claim, a.answer, a.asked = &shown.Grant, &shown.Claim, nil, false
	a.out = append(a.out, Audit{shown.Grant, true})
}

func (a *Auditor) computed(c *Computed) {
	if a.grant == nil || a.answer != nil || a.plan == nil || c.Segment != a.grant.Segment {
		return
	}
	if first, last := a.spec.Range(c.Segment); c.Result.First != first+1 || c.Result.Last != last {
		return
	}
	if a.claim != nil && *a.claim == c.Result { // nothing to say: the next one
		a.grant, a.claim, a.looks, a.asks = nil, nil, a.looks[1:], 0
		a.look()
		return
	}
	answer := *c
	a.answer = &answer
	a.speak()
}

func (a *Auditor) order(w What) {
	switch {
	case w == AskReveal && a.answer != nil:
		a.asked = true
		a.speak()
	case w == Stop && a.grant != nil:
		if a.answer != nil {
			a.sequence++
		}
		a.grant, a.claim, a.looks, a.answer, a.asked = nil, nil, nil, nil, false
		a.out = append(a.out, Halt{})
	}
}

// speak says the plan and the hidden answer, and what opens it once that was asked
// for.
func (a *Auditor) speak() {
	a.retry = a.now + a.spec.Terms.Heartbeat
	v := trace.Reveal{Commitment: a.answer.Result, Nonce: a.answer.Nonce, Lease: a.grant.HandOver}
	say := func(t record.Type, k kind, p payload) {
		a.out = append(a.out, Say{To: a.spec.Requester, Type: t, Sequence: a.sequence, Payload: form{k, p}.AppendCanon(nil)})
	}
	plan := Say{To: a.spec.Requester, Type: record.OpenElement, Payload: form{kindPlan, a.plan}.AppendCanon(nil)}
	if a.claim != nil {
		// Of who is no member yet this is a challenge; then its plan is wanted.
		say(record.Reveal, kindReveal, &Reveal{v})
		a.out = append(a.out, plan)
		return
	}
	if a.asked {
		say(record.Reveal, kindReveal, &Reveal{v})
		return
	}
	a.out = append(a.out, plan)
	say(record.SegmentCommit, kindAuditCommit, &AuditCommit{a.grant.Audit, v.Commit(a.id, a.me)})
}

// Wake returns what is to be done after a restart.
func (a *Auditor) Wake() []Action {
	a.out = nil
	defer func(retry Millis) { a.retry = retry }(a.retry) // no event, no change
	switch {
	case !a.over && a.grant == nil && len(a.looks) > 0:
		a.look()
	case a.over || a.grant == nil || a.answer != nil && a.retry == 0:
	case a.answer == nil:
		a.out = append(a.out, Audit{*a.grant, a.claim != nil})
	default:
		a.speak()
	}
	return a.out
}
