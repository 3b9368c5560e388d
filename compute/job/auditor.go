package job

import (
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// An Auditor is one job as an auditor sees it: audits, one after the other.
// Events:
//
//	from its shell      Offered (first: the spec), Plan (before Computed), Computed, Tick
//	from the requester  AuditGranted, Received, Order (AskReveal, Stop), Closed
//
// It says what it found before it can know what the worker found.
type Auditor struct {
	spec Spec
	id   ID
	me   record.Account
	now  Millis

	plan     *Plan         // of the job, to be signed; nil: not known yet
	grant    *AuditGranted // the audit in work; nil: none
	answer   *Computed     // what it found; nil: it computes
	sequence uint64        // of its next commit
	retry    Millis        // when it says again what it said
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
	if a.over || a.answer == nil {
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
		if a.answer != nil && a.now >= a.retry {
			a.speak()
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
	a.grant, a.answer, a.asked = &grant, nil, false
	a.out = append(a.out, Audit{grant})
}

func (a *Auditor) computed(c *Computed) {
	if a.grant == nil || a.answer != nil || a.plan == nil || c.Segment != a.grant.Segment {
		return
	}
	if first, last := a.spec.Range(c.Segment); c.Result.First != first+1 || c.Result.Last != last {
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
		a.grant, a.answer, a.asked = nil, nil, false
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
	if a.asked {
		say(record.Reveal, kindReveal, &Reveal{v})
		return
	}
	a.out = append(a.out, Say{To: a.spec.Requester, Type: record.OpenElement, Payload: form{kindPlan, a.plan}.AppendCanon(nil)})
	say(record.SegmentCommit, kindAuditCommit, &AuditCommit{a.grant.Audit, v.Commit(a.id, a.me)})
}

// Wake returns what is to be done after a restart.
func (a *Auditor) Wake() []Action {
	a.out = nil
	defer func(retry Millis) { a.retry = retry }(a.retry) // no event, no change
	switch {
	case a.over || a.grant == nil:
	case a.answer == nil:
		a.out = append(a.out, Audit{*a.grant})
	default:
		a.speak()
	}
	return a.out
}
