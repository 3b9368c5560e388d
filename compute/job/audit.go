package job

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// Audits: who recomputes a segment without having seen its result.

// An audit is one segment that was drawn, or a challenge of one.
type audit struct {
	Segment uint64
	claim   trace.Commitment // what the workers say
	state   auditState
	auditor int
	pending *volunteer // until its stake is locked
	hidden  *merkle.Digest
	answer  *trace.Commitment
	due     Millis
	tries   int
	private bool      // a challenge: its reward is a part of the stake
	start   *HandOver // what its auditor was given
}

type auditState uint8

const (
	waiting   auditState = iota // for an auditor
	granted                     // it computes
	answered                    // it committed to an answer
	contested                   // its answer is another one: to be disputed, or in dispute
	matched
	won
	lapsed // nobody audited it
)

func (s auditState) String() string {
	return name(int(s), "waiting for an auditor", "being recomputed", "answered", "contested", "equal", "found wrong", "lapsed")
}

func (a *audit) ended() bool { return a.state >= matched }

// maxTries is how many auditors may fail one audit before it lapses.
const maxTries = 3

// maxVolunteers bounds who is remembered.
const maxVolunteers = 256

type volunteer struct{ account, operator record.Account }

// seek asks for auditors, and chooses after a while.
func (q *Requester) seek() {
	if q.seeking == 0 && slices.ContainsFunc(q.audits, func(a audit) bool { return a.state == waiting && a.pending == nil }) {
		q.seeking = q.now + q.spec.Terms.Bidding
		q.out = append(q.out, Seek{})
	}
}

func (q *Requester) volunteer(from record.Account, v *Volunteer) {
	switch {
	case from == record.Account{}:
		q.refuse(from, Malformed)
	case q.seeking == 0 || q.status.Over() || len(q.volunteers) >= maxVolunteers:
		q.refuse(from, NotOpen)
	case slices.ContainsFunc(q.volunteers, func(x volunteer) bool { return x.account == from }):
	case !q.mayAudit(volunteer{from, v.Operator}):
		q.refuse(from, Involved)
	default:
		q.volunteers = append(q.volunteers, volunteer{from, v.Operator})
	}
}

// mayAudit keeps out who has something to gain: the requester, the workers and
// their operators, and who failed before.
func (q *Requester) mayAudit(v volunteer) bool {
	for _, m := range q.members {
		if m.auditor && m.account == v.account && !m.gone && !m.guilty {
			continue
		}
		if m.account == v.account || m.operator == v.operator && (!m.auditor || m.guilty) {
			return false
		}
	}
	return v.account != q.spec.Requester
}

// oversee gives waiting audits to auditors, and contested ones to a dispute.
func (q *Requester) oversee() {
	for n := range q.audits {
		if a := &q.audits[n]; a.state == contested && a.auditor != nobody && q.members[a.auditor].plan && q.dispute() == nil {
			q.accuse(n)
		}
	}
	if q.inviting() && q.invited != q.agreed {
		q.invited = q.agreed
		q.out = append(q.out, Invite{})
	}
	if q.seeking == 0 || q.now < q.seeking {
		return
	}
	q.seeking = 0
	for n := range q.audits {
		if a := &q.audits[n]; a.state == waiting && a.pending == nil {
			if v, ok := q.pick(n); ok {
				q.appoint(n, v)
			}
		}
	}
	q.seek()
}

// pick draws the auditor by the beacon, of those who are free.
func (q *Requester) pick(n int) (best volunteer, ok bool) {
	lot := func(v volunteer) [32]byte {
		b := append([]byte("openledger/auditor/1"), q.beacon[:]...)
		b = append(binary.BigEndian.AppendUint64(b, uint64(n)), v.account[:]...)
		return sha256.Sum256(b)
	}
	for _, v := range q.volunteers {
		busy := slices.ContainsFunc(q.audits, func(a audit) bool {
			return !a.ended() && (a.pending != nil && a.pending.account == v.account || a.auditor != nobody && q.members[a.auditor].account == v.account)
		})
		if busy || !q.mayAudit(v) {
			continue
		}
		if !ok || lowest(lot(v), lot(best)) < 0 {
			best, ok = v, true
		}
	}
	return best, ok
}

// appoint locks the stake of an auditor, once, and gives it the audit.
func (q *Requester) appoint(n int, v volunteer) {
	a := &q.audits[n]
	if m := q.find(v.account); m != nobody {
		q.grantAudit(n, m)
		return
	}
	a.pending = &v
	q.lockOf(v.account)
}

func (q *Requester) lockedAuditor(l *Locked) {
	for n := range q.audits {
		a := &q.audits[n]
		if a.pending == nil || a.pending.account != l.Account {
			continue
		}
		v := *a.pending
		a.pending = nil
		if !l.OK {
			q.refuse(l.Account, NoStake)
			q.volunteers = slices.DeleteFunc(q.volunteers, func(x volunteer) bool { return x.account == l.Account })
			if a.state == contested {
				a.state = lapsed
			}
			q.seek()
			return
		}
		q.members = append(q.members, member{account: v.account, operator: v.operator, auditor: true, stake: q.spec.Terms.Stake, bond: q.spec.Terms.Bond})
		m := len(q.members) - 1
		switch {
		case q.status.Over() || a.ended():
			q.release(m)
		case a.state == contested:
			a.auditor, a.due = m, q.now+max(q.spec.Terms.Reveal, 4*q.spec.Terms.Heartbeat) // until when its plan is here, which it says at each
		default:
			q.grantAudit(n, m)
		}
		return
	}
}

// grantAudit tells an auditor what to recompute: the state before the segment,
// and nothing of its result.
func (q *Requester) grantAudit(n, m int) {
	a := &q.audits[n]
	a.state, a.auditor, a.due = granted, m, q.now+q.spec.Terms.Audit
	a.start = q.handOver(0, a.Segment)
	q.tellAudit(n)
}

func (q *Requester) tellAudit(n int) {
	a := &q.audits[n]
	g := &AuditGranted{Audit: uint64(n), Segment: a.Segment, Spec: q.cid()}
	q.show(q.members[a.auditor].account, g, a.start)
	q.tell(q.members[a.auditor].account, g)
}

// auditCommit takes the hidden answer; only then the auditor is asked for it.
func (q *Requester) auditCommit(from record.Account, sequence uint64, c *AuditCommit) {
	if c.Audit >= uint64(len(q.audits)) || q.status.Over() {
		q.refuse(from, NotNow)
		return
	}
	a := &q.audits[c.Audit]
	if a.auditor == nobody || q.members[a.auditor].account != from {
		q.refuse(from, NotLeased)
		return
	}
	m := &q.members[a.auditor]
	switch {
	case sequence < m.sequence:
		return
	case sequence > m.sequence || a.state != granted:
		q.refuse(from, OutOfOrder)
		return
	case !m.plan:
		q.refuse(from, NoPlan)
		return
	}
	m.sequence++
	h := c.Hidden
	a.state, a.hidden, a.due = answered, &h, q.now+q.spec.Terms.Reveal
	q.tell(from, &Order{What: AskReveal})
}

// auditReveal opens the answer. What does not open what was committed to is
// nothing; what opens it and differs is a dispute.
func (q *Requester) auditReveal(from record.Account, v *Reveal, hidden merkle.Digest) {
	for n := range q.audits {
		a := &q.audits[n]
		if a.state != answered || q.members[a.auditor].account != from || !q.rules.opens(*a.hidden, hidden) {
			continue
		}
		answer := v.Commitment
		a.answer = &answer
		switch {
		case answer == a.claim:
			a.state, a.due = matched, 0
			q.tell(from, &Order{What: Stop})
		case answer.First != a.claim.First || answer.Last != a.claim.Last:
			q.leave(a.auditor, true) // an answer to another question
			q.again(a)
		default:
			a.state, a.due = contested, 0
		}
		q.seek()
		return
	}
	q.refuse(from, NotOpening)
}

// accuse opens the dispute of a contested audit.
func (q *Requester) accuse(n int) {
	a := &q.audits[n]
	replica := nobody
	for i := range q.replicas {
		if k := q.replicas[i].kept; a.Segment < uint64(len(k)) && k[a.Segment].claim != nil && *k[a.Segment].claim == a.claim {
			replica = i
			break
		}
	}
	if replica == nobody {
		q.void(a)
		return
	}
	q.contend(Dispute{
		Segment: a.Segment, replicas: [2]int{replica, nobody}, audit: n,
		members: [2]int{q.replicas[replica].kept[a.Segment].member, a.auditor}, Claims: [2]trace.Commitment{a.claim, *a.answer},
	})
}

// maxLooks bounds how many segments others are shown.
const maxLooks = 1 << 10

// inviting tells whether anybody may look: the results are agreed on, the window
// is open, and no audit is left to which a look could give the answer.
func (q *Requester) inviting() bool {
	return q.agreed > 0 && q.drawn && !q.status.Over() && q.now < q.window &&
		!slices.ContainsFunc(q.audits, func(a audit) bool { return !a.private && !a.ended() })
}

// look shows somebody what a segment begins with and what was revealed of it.
func (q *Requester) look(from record.Account, l *Look) {
	switch {
	case !q.inviting() || l.Segment >= q.limit || q.looks >= maxLooks:
		q.refuse(from, NotNow)
		return
	case q.find(from) != nobody || from == record.Account{} || from == q.spec.Requester:
		q.refuse(from, Involved)
		return
	}
	q.looks++
	s := &Shown{AuditGranted{Segment: l.Segment, Spec: q.cid()}, *q.replicas[0].kept[l.Segment].claim}
	q.show(from, &s.Grant, q.handOver(0, l.Segment))
	q.tell(from, s)
}

// show fills in what a segment begins with, and says the hand-over.
func (q *Requester) show(to record.Account, g *AuditGranted, start *HandOver) {
	if g.Segment == 0 {
		return
	}
	before := q.replicas[0].kept[g.Segment-1]
	g.Previous, g.State, g.Leaves = *before.claim, before.State, before.Leaves
	q.sayHandOver(to, start)
	g.Key = SegmentKey(ReplicaKey(q.secret, q.id, 0), g.Segment-1)
}

// maxChallenges bounds what a job listens to beyond its own audits.
const maxChallenges = 16

// challenge takes somebody's word that a revealed segment is wrong, backed by a
// stake.
func (q *Requester) challenge(from record.Account, c *Challenge) {
	if q.agreed == 0 || q.status.Over() || q.now >= q.window && q.rules.clock {
		q.refuse(from, NotNow)
		return
	}
	answer := c.Reveal.Commitment
	k := (max(1, answer.First) - 1) / q.spec.Segment
	first, last := q.spec.Range(k)
	switch {
	case k >= q.limit || answer.First != first+1 || answer.Last != last || answer == *q.replicas[0].kept[k].claim:
		q.refuse(from, Malformed)
		return
	case q.find(from) != nobody || from == record.Account{} || from == q.spec.Requester:
		q.refuse(from, Involved)
		return
	case count(q.audits, func(a *audit) bool { return a.private }) >= maxChallenges ||
		slices.ContainsFunc(q.audits, func(a audit) bool { return a.pending != nil && a.pending.account == from }):
		q.refuse(from, NotOpen)
		return
	}
	q.audits = append(q.audits, audit{
		Segment: k, claim: *q.replicas[0].kept[k].claim, state: contested, auditor: nobody,
		pending: &volunteer{from, from}, answer: &answer, private: true,
	})
	q.lockOf(from)
}

// lateAudit replaces an auditor who did not answer in time; after some of them
// the audit lapses.
func (q *Requester) lateAudit(a *audit) {
	if a.state == contested {
		if a.due = 0; a.auditor != nobody && !q.members[a.auditor].plan {
			q.leave(a.auditor, true)
			q.unplanned(a)
		}
		return // the dispute has its own clocks
	}
	if a.auditor != nobody {
		q.leave(a.auditor, true)
		q.tell(q.members[a.auditor].account, &Order{What: Stop})
	}
	if a.pending == nil {
		q.again(a)
	}
}

// unplanned ends what was given to who signs no plan: an audit goes to the next
// one, a challenge is void.
func (q *Requester) unplanned(a *audit) {
	if a.private {
		q.void(a)
		return
	}
	q.again(a)
}

// again gives an audit to the next auditor.
func (q *Requester) again(a *audit) {
	if q.agreed == 0 {
		q.void(a)
		return
	}
	a.auditor, a.hidden, a.answer = nobody, nil, nil
	a.state, a.due = waiting, q.now+q.spec.Terms.Audit
	if a.tries++; a.tries >= maxTries {
		a.state, a.due = lapsed, 0
		return
	}
	q.seek()
}

func count(list []audit, what func(*audit) bool) (n int) {
	for i := range list {
		if what(&list[i]) {
			n++
		}
	}
	return n
}

// void ends an audit of something that no longer counts.
func (q *Requester) void(a *audit) {
	if a.auditor != nobody {
		q.tell(q.members[a.auditor].account, &Order{What: Stop})
	}
	a.state, a.due = lapsed, 0
}
