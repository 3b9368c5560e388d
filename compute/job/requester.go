package job

import (
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// A Requester is one job as its requester sees it. It is the machine that
// leases, compares, has audited and pays. Events, after Submit:
//
//	from workers    Candidate (of a Bid), Declined, Beat, Placed, Commit, Reveal, Quit
//	from auditors   Volunteer, AuditCommit, Reveal
//	from anyone     Look, Challenge
//	from its shell  Locked, Planned, Stored, Placed, Traced, Unusable, Beacon, Turn, Verdict, Evidence, Order, Woke, Tick
//
// A requester can withhold money only until the ledger's own clocks run out:
// what it signs (leases) and what workers sign (commits, reveals) is all that a
// contract needs to judge without it.
type Requester struct {
	spec   Spec
	id     ID
	secret [32]byte
	now    Millis // of the last event

	began  Millis
	due    Millis // of the whole job
	paused Millis // since when; 0: not
	offers uint64 // how often it was offered

	status   Status // once it is over
	ending   Status // Final, or what it winds down to
	cause    Reason
	limit    uint64 // segments that count: all, unless it winds down
	changes  int    // workers replaced
	replicas []replica
	members  []member
	bids     []bid
	choose   Millis // when bids are chosen from; 0: none are awaited
	patience Millis // how long bids are collected next time
	leases   uint64
	commits  uint64
	refused  [reasonEnd]uint64
	declined []declined

	agreed     Millis // when all replicas were found equal; 0: they are not
	window     Millis // until when a challenge is heard
	beacon     *[32]byte
	drawn      bool
	volunteers []volunteer
	audits     []audit
	invited    Millis // the agreement that others were told to look into; 0: none
	looks      int    // that were answered
	seeking    Millis // when auditors are chosen; 0: none are awaited
	disputes   []Dispute

	transfers []Transfer // all so far: their order numbers them
	out       []Action
	rules     rules
}

// A replica is one of the times that the job is computed.
type replica struct {
	state   Status // Open, Leased, Running, Committed, Revealed, Abandoned, Slashed or Replace
	worker  int    // member who holds the lease; -1: nobody
	before  int    // member who held it last, once nobody does; -1: nobody did
	locking *bid   // who it goes to once the stake is locked
	lease   uint64
	from    uint64 // first segment of the lease
	granted Millis
	wait    Millis // until when a commit of the last worker may still be found stored, before the next lease
	kept    []segment
	last    []merkle.Digest // leaf of the last step of each segment, once its steps were checked
	tracing bool            // all claims are in, their steps are being checked
	due     Millis          // of the state
	alive   Millis          // until when the next heartbeat counts
	ask     Millis          // when the worker is reminded of what is waited for
	step    uint64          // done, as the worker says
	loss    F32
}

// A segment is a result that a replica keeps.
type segment struct {
	Kept
	number uint64
	member int
	stored bool
	hold   []record.PublicKey // who keeps pieces of it
	claim  *trace.Commitment  // once it is revealed
}

// A member worked on the job, or audits it.
type member struct {
	account  record.Account
	operator record.Account
	class    string
	auditor  bool
	price    Amount
	rate     rate // how often its segments are audited
	stake    Amount
	bond     Amount
	sequence uint64 // of its next commit
	guilty   bool
	vanished bool // its bond was burned
	gone     bool
	silent   bool // would not open what it signed
	plan     bool // it signed the job's Plan
	valid    bool // its part of the result was paid
	earned   Amount
}

type bid struct {
	from  record.Account
	bid   Bid
	valid uint64
}

// declined is who does not take part, and why.
type declined struct {
	from record.Account
	why  Reason
}

// nobody is no member.
const nobody = -1

// NewRequester returns a machine whose first event is a Submit.
func NewRequester() *Requester { return &Requester{rules: protocol} }

// ID returns the job's name.
func (q *Requester) ID() ID { return q.id }

// Spec returns the job. It MUST NOT be changed.
func (q *Requester) Spec() *Spec { return &q.spec }

// Step takes one event and returns what is to be done. Events that make no
// sense, whoever sends them, change nothing but the count of refusals.
func (q *Requester) Step(e Event, now Millis) []Action {
	q.out = nil
	last := q.now
	q.now = max(q.now, now)
	shell := e.From == record.Account{}
	switch b := e.Body.(type) {
	case *Submit:
		q.submit(b)
	case *Candidate:
		q.candidate(e.From, b)
	case *Beat:
		q.beat(e.From, b)
	case *Commit:
		q.commit(e.From, e.Sequence, b)
	case *Reveal:
		q.reveal(e.From, b)
	case *Placed:
		q.placed(e.From, b)
	case *Quit:
		q.quit(e.From, b)
	case *Declined:
		q.decline(e.From, b)
	case *Volunteer:
		q.volunteer(e.From, b)
	case *AuditCommit:
		q.auditCommit(e.From, e.Sequence, b)
	case *Look:
		q.look(e.From, b)
	case *Challenge:
		q.challenge(e.From, b)
	default:
		if !shell {
			q.refuse(e.From, NotYours)
			break
		}
		q.own(e.Body, last)
	}
	q.advance()
	return q.out
}

// woke moves all deadlines by as long as nothing was heard: the machine was down,
// and who was to be heard of by then could not be.
func (q *Requester) woke(since Millis) {
	if q.status.Over() || q.paused > 0 {
		return
	}
	for _, m := range q.deadlines() {
		if *m >= since && m != &q.choose && m != &q.seeking {
			*m += q.now - since
		}
	}
	if d := q.dispute(); d != nil {
		d.since += q.now - since
	}
}

// own takes an event of the shell.
func (q *Requester) own(body Body, last Millis) {
	if q.id == (ID{}) {
		return
	}
	switch b := body.(type) {
	case *Locked:
		q.locked(b)
	case *Planned:
		q.planned(b)
	case *Stored:
		q.stored(b)
	case *Traced:
		q.traced(b)
	case *Unusable:
		q.unusable(b)
	case *Beacon:
		q.lit(b)
	case *Turn:
		q.turn(b)
	case *Verdict:
		q.verdict(b)
	case *Evidence:
		q.evidence(b)
	case *Order:
		q.order(b.What)
	case *Woke:
		q.woke(last)
	}
}

func (q *Requester) submit(s *Submit) {
	if q.id != (ID{}) || s.Spec.Check() != nil {
		return
	}
	q.spec, q.secret, q.id = s.Spec, s.Secret, s.Spec.ID()
	q.began, q.due = q.now, q.now+q.spec.Terms.Job
	q.ending, q.limit = Final, q.spec.Segments()
	q.patience = q.spec.Terms.Bidding
	q.move(Purse{Kind: Free, Owner: q.spec.Requester}, q.escrow(), q.spec.Escrow())
	for range laws[q.spec.Level].replicas {
		q.addReplica()
	}
}

func (q *Requester) addReplica() {
	q.replicas = append(q.replicas, replica{
		state: Open, worker: nobody, before: nobody, due: q.now + q.spec.Terms.Offer,
	})
}

// advance does what follows from the state and the time, until nothing does.
func (q *Requester) advance() {
	if q.id == (ID{}) || q.status.Over() {
		return
	}
	if q.paused > 0 {
		if q.rules.clock && q.now >= q.paused+q.spec.Terms.Pause {
			q.resume()
			q.windDown(Cancelled, PauseTooLong)
		}
		return
	}
	for _, step := range []func(){q.clocks, q.hire, q.progress, q.compare, q.oversee, q.finish} {
		if q.status.Over() {
			return
		}
		step()
	}
}

// Status returns where the job is.
func (q *Requester) Status() Status {
	if q.status.Over() {
		return q.status
	}
	if q.paused > 0 {
		return Paused
	}
	if q.dispute() != nil {
		return Disputed
	}
	has := map[Status]bool{}
	for i := range q.replicas {
		has[q.replicas[i].state] = true
	}
	for _, s := range []Status{Slashed, Replace, Abandoned, Open} {
		if has[s] {
			return s
		}
	}
	switch {
	case has[Running] || has[Leased] && (has[Committed] || has[Revealed]):
		return Running
	case has[Leased]:
		return Leased
	case has[Committed]:
		return Committed
	}
	return Revealed
}

// Alarm returns when the machine wants its next Tick; 0 for never.
func (q *Requester) Alarm() Millis {
	if q.id == (ID{}) || q.status.Over() {
		return 0
	}
	if q.paused > 0 {
		return q.paused + q.spec.Terms.Pause
	}
	next := Millis(0)
	sooner := func(m Millis) { // what is past was seen to by the last Step
		if m > q.now && (next == 0 || m < next) {
			next = m
		}
	}
	sooner(q.due)
	for _, m := range q.deadlines() {
		sooner(*m)
	}
	if d := q.dispute(); d != nil {
		sooner(d.alarm())
	}
	return next
}

// deadlines lists all times at which something follows, dispute clocks apart.
func (q *Requester) deadlines() []*Millis {
	all := []*Millis{&q.choose, &q.seeking, &q.window}
	for i := range q.replicas {
		r := &q.replicas[i]
		all = append(all, &r.due, &r.alive, &r.ask)
	}
	for i := range q.audits {
		all = append(all, &q.audits[i].due)
	}
	return all
}

// say asks for a record.
func (q *Requester) say(to record.Account, t record.Type, sequence uint64, k kind, p payload, key *[32]byte) {
	q.out = append(q.out, Say{To: to, Type: t, Sequence: sequence, Payload: form{k, p}.AppendCanon(nil), Key: key})
}

func (q *Requester) tell(to record.Account, b Body) { q.out = append(q.out, Tell{to, b}) }

func (q *Requester) refuse(to record.Account, r Reason) {
	q.refused[r]++
	q.out = append(q.out, Refuse{to, r})
}

// Members lists who has, or had, a part in the job: who signed for it with a
// stake. A verdict convicts one of them or nobody.
func (q *Requester) Members() (all []record.Account) {
	for _, m := range q.members {
		all = append(all, m.account)
	}
	return all
}

// Unplanned tells whether an account has a part in the job and has not signed its
// plan.
func (q *Requester) Unplanned(a record.Account) bool {
	m := q.find(a)
	return m != nobody && !q.members[m].plan
}

// find returns the member with an account, or nobody.
func (q *Requester) find(a record.Account) int {
	for i := range q.members {
		if q.members[i].account == a {
			return i
		}
	}
	return nobody
}
