package job

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// What is true: results compared, segments audited, disputes.

// rules are what keeps the protocol safe; each is there because without it some
// schedule ends wrong.
type rules struct {
	clock      bool // deadlines pass
	bothGuilty bool // both sides of a dispute can be
	opens      func(hidden, reveal merkle.Digest) bool
}

var protocol = rules{clock: true, bothGuilty: true, opens: func(hidden, reveal merkle.Digest) bool { return hidden == reveal }}

// compare looks at the revealed results: the first segment in which two differ
// goes to a dispute; if none does, they are agreed.
func (q *Requester) compare() {
	if q.agreed > 0 || q.dispute() != nil || len(q.replicas) == 0 {
		return
	}
	for i := range q.replicas {
		if q.replicas[i].state != Revealed {
			return
		}
	}
	for k := range q.limit {
		left := q.replicas[0].kept[k]
		for i := range q.replicas[1:] {
			right := q.replicas[1+i].kept[k]
			if *left.claim != *right.claim {
				q.contend(Dispute{
					Segment: k, replicas: [2]int{0, 1 + i}, audit: nobody, members: [2]int{left.member, right.member},
					Claims: [2]trace.Commitment{*left.claim, *right.claim},
				})
				return
			}
		}
	}
	q.agreed, q.window = q.now, q.now+q.spec.Terms.Window
	q.out = append(q.out, Draw{q.agreed})
}

// lit hears the beacon, which nobody knew when the results were committed to,
// and draws what is audited.
func (q *Requester) lit(b *Beacon) {
	if q.agreed == 0 || b.After != q.agreed || q.drawn || q.status.Over() {
		return
	}
	value := b.Value
	q.beacon, q.drawn = &value, true
	for _, k := range q.draw() {
		if count(q.audits, func(a *audit) bool { return !a.private && a.state != lapsed }) >= int(q.spec.auditsAtMost()) {
			break
		}
		claim := *q.replicas[0].kept[k].claim
		if !slices.ContainsFunc(q.audits, func(a audit) bool {
			return a.Segment == k && (a.state == matched || a.state == won) && a.claim == claim
		}) {
			q.audits = append(q.audits, audit{Segment: k, claim: claim, auditor: nobody, due: q.now + q.spec.Terms.Audit})
		}
	}
	q.seek()
}

// draw returns the segments to audit, by systematic sampling: each segment with
// the highest rate of those who computed it, and in all never more than the
// rates add up to, and one.
func (q *Requester) draw() (drawn []uint64) {
	seed := sha256.Sum256(append(append([]byte("openledger/audit/1"), q.id[:]...), q.beacon[:]...))
	sum := rate(binary.BigEndian.Uint32(seed[:]))
	for k := range q.limit {
		var r rate
		for i := range q.replicas {
			r = max(r, q.members[q.replicas[i].kept[k].member].rate)
		}
		if sum += r; sum >= always {
			sum -= always
			drawn = append(drawn, k)
		}
	}
	return drawn
}

// A Dispute is between two who signed different results of one segment. Package
// dispute finds who is wrong; here the clocks run.
type Dispute struct {
	Number  uint64
	Segment uint64
	Sides   [2]record.Account // Left, Right
	Claims  [2]trace.Commitment

	members  [2]int
	replicas [2]int // of a replica's claim; nobody for an auditor's
	audit    int    // which one; nobody
	turn     Side
	since    Millis
	spent    [2]Millis
	limit    Millis
	over     bool
	start    *HandOver
}

// alarm returns when the side whose turn it is has used up its clock.
func (d *Dispute) alarm() Millis { return d.since + d.limit - d.spent[d.turn-1] }

// contend opens a dispute. The left side moves first: it is accused.
func (q *Requester) contend(d Dispute) {
	d.Number = uint64(len(q.disputes))
	d.Sides = [2]record.Account{q.members[d.members[0]].account, q.members[d.members[1]].account}
	d.turn, d.since, d.limit = Left, q.now, q.spec.Terms.Clock
	d.start = q.handOver(d.replicas[0], d.Segment)
	q.disputes = append(q.disputes, d)
	q.settle(&q.disputes[len(q.disputes)-1])
}

func (q *Requester) settle(d *Dispute) {
	for i, side := range d.Sides {
		q.sayHandOver(side, d.start)
		if d.replicas[i] != nobody {
			q.tell(side, &Order{What: Defend, Segment: d.Segment})
		}
	}
	q.out = append(q.out, Settle{*d, d.start})
}

// dispute returns the open one, or nil. There is one at a time.
func (q *Requester) dispute() *Dispute {
	if n := len(q.disputes); n > 0 && !q.disputes[n-1].over {
		return &q.disputes[n-1]
	}
	return nil
}

func (q *Requester) turn(t *Turn) {
	d := q.dispute()
	if d == nil || d.Number != t.Dispute || t.Side != Left && t.Side != Right {
		return
	}
	d.spent[d.turn-1] += q.now - d.since
	d.turn, d.since = t.Side, q.now
}

// verdict ends the open dispute.
func (q *Requester) verdict(v *Verdict) {
	d := q.dispute()
	if d == nil || d.Number != v.Dispute || q.status.Over() {
		return
	}
	d.over = true
	guilty := v.Guilty
	if guilty == Left|Right && !q.rules.bothGuilty {
		guilty = Left
	}
	audited := d.audit != nobody
	for _, side := range []Side{Left, Right} {
		other := d.members[2-int(side)]
		if guilty&(Left|Right) == Left|Right {
			other = nobody // a self-accusation never pays
		}
		wrong, silent := guilty&side != 0, guilty&side == 0 && v.Silent&side != 0
		switch {
		case audited && side == Right && (wrong || silent):
			q.failAuditor(d, wrong, v.Single, other)
		case wrong || silent:
			q.failClaim(d.Segment, d.Claims[side-1], d.replicas[side-1], wrong, v.Single, other)
		}
	}
	switch {
	case audited && guilty&Left != 0 && guilty&Right == 0:
		q.audits[d.audit].state = won
	case audited && guilty|v.Silent == 0: // nothing was shown
		q.audits[d.audit].state = lapsed
	case !audited && guilty|v.Silent == 0:
		q.drop(d.replicas[0], d.Segment, Abandoned)
		q.drop(d.replicas[1], d.Segment, Abandoned)
	case audited && guilty&Left == 0 && v.Silent&Left != 0 && guilty&Right == 0:
		q.audits[d.audit].state = won // the accused would not open what it signed
	}
}

// failClaim takes the consequences of a claim that is wrong, or that its author
// would not open: for every replica that makes it, since they are one statement.
func (q *Requester) failClaim(segment uint64, claim trace.Commitment, only int, wrong, single bool, other int) {
	for n := range q.audits { // an auditor that signed the same is as wrong
		if a := &q.audits[n]; wrong && a.state == matched && a.Segment == segment && a.claim == claim {
			q.slash(a.auditor, single && q.spec.Level <= B, other)
			a.state = lapsed
		}
	}
	for i := range q.replicas {
		r := &q.replicas[i]
		if segment >= uint64(len(r.kept)) || r.kept[segment].claim == nil || *r.kept[segment].claim != claim {
			continue
		}
		if !wrong && i != only {
			continue // silence is one's own
		}
		author := r.kept[segment].member
		if wrong {
			q.slash(author, single && q.spec.Level <= B, other)
			q.drop(i, segment, Slashed)
		} else {
			q.leave(author, true)
			q.members[author].silent = true
			q.out = append(q.out, Credit{q.members[author].account, false})
			q.drop(i, segment, Abandoned)
		}
	}
}

// failAuditor does so for an auditor or challenger.
func (q *Requester) failAuditor(d *Dispute, wrong, single bool, other int) {
	if wrong {
		q.slash(d.members[1], single && q.spec.Level <= B, other)
	} else {
		q.leave(d.members[1], true)
	}
	a := &q.audits[d.audit]
	if a.private {
		a.state = lapsed
		return
	}
	q.again(a)
}

// disagree takes back that the results were found equal: what rested on it, an
// open dispute too, ends without a word on anybody.
func (q *Requester) disagree() {
	q.agreed, q.window, q.drawn, q.beacon, q.seeking = 0, 0, false, nil, 0
	if d := q.dispute(); d != nil {
		d.over = true
	}
	for n := range q.audits {
		if a := &q.audits[n]; !a.ended() {
			q.void(a)
		}
	}
}

// drop makes a replica forget its segments from one on, and vacates it. In a
// job that winds down what is left of it counts, if the other ones have it too.
func (q *Requester) drop(i int, segment uint64, state Status) {
	if i < 0 {
		return
	}
	r := &q.replicas[i]
	r.kept = r.kept[:min(segment, uint64(len(r.kept)))]
	if r.worker != nobody {
		q.members[r.worker].gone = true
	}
	q.disagree()
	r.last, r.tracing = nil, false
	if q.ending != Final {
		q.cut(segment)
		return
	}
	q.vacate(i, state)
}

// evidence convicts a member of an equivocation: nothing it signed in this job
// counts.
func (q *Requester) evidence(e *Evidence) {
	m := q.find(e.Account)
	if m == nobody || q.members[m].guilty || q.status.Over() {
		return
	}
	q.slash(m, false, nobody)
	for i := range q.replicas {
		r := &q.replicas[i]
		first := slices.IndexFunc(r.kept, func(s segment) bool { return s.member == m })
		switch {
		case first >= 0:
			q.drop(i, uint64(first), Slashed)
		case r.worker == m:
			q.drop(i, uint64(len(r.kept)), Slashed)
		}
	}
	for n := range q.audits {
		if a := &q.audits[n]; a.auditor == m && !a.ended() {
			q.again(a)
		}
	}
}

// clocks lets deadlines pass.
func (q *Requester) clocks() {
	if !q.rules.clock {
		return
	}
	if d := q.dispute(); d != nil && q.now >= d.alarm() {
		q.verdict(&Verdict{Dispute: d.Number, Silent: d.turn})
	}
	past := func(m Millis) bool { return m > 0 && q.now >= m }
	for i := range q.replicas {
		r := &q.replicas[i]
		switch {
		case r.state == Slashed && past(r.due):
			r.state, r.due = Replace, q.now+q.spec.Terms.Offer
		case q.ending != Final && r.state == Committed && past(r.due):
			q.unrevealed(r)
		case q.ending == Final && r.worker == nobody && r.locking == nil && past(r.due):
			q.windDown(Failed, NoBids)
		case r.worker != nobody && (past(r.due) || past(r.alive)):
			q.vanished(i)
		case past(r.ask) && r.state == Leased:
			r.ask = q.now + q.spec.Terms.Heartbeat
			q.grant(i)
		case past(r.ask) && r.state == Committed:
			r.ask = q.now + q.spec.Terms.Heartbeat
			q.askReveal(r)
		}
		if q.status.Over() {
			return
		}
	}
	for n := range q.audits {
		if a := &q.audits[n]; !a.ended() && past(a.due) {
			q.lateAudit(a)
		}
	}
	if past(q.due) {
		q.overtime()
	}
}

// vanished replaces a worker that missed a deadline.
func (q *Requester) vanished(i int) {
	q.leave(q.replicas[i].worker, true)
	q.vacate(i, Abandoned)
}

// unrevealed cuts a job that winds down to what was revealed of a replica.
func (q *Requester) unrevealed(r *replica) {
	open := slices.IndexFunc(r.kept, func(s segment) bool { return s.claim == nil })
	q.leave(r.kept[open].member, true)
	r.kept, r.due, r.ask, r.last = r.kept[:open], 0, 0, nil
	q.cut(uint64(open))
}

// overtime ends a job that has taken all its time.
func (q *Requester) overtime() {
	if q.agreed == 0 {
		if q.ending != Final { // nor does it come to an end
			q.disagree()
			q.cut(0)
		}
		q.windDown(Failed, JobTooLong)
		return
	}
	for n := range q.audits {
		if a := &q.audits[n]; !a.ended() && a.state != contested {
			q.void(a)
		}
	}
	q.drawn, q.due = true, q.now+2*q.spec.Terms.Clock+q.spec.Terms.Window
}

// lowest returns which of two hashes of a lot is lower.
func lowest(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) }
