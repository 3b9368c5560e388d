package job

import (
	"slices"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
)

// How the work goes on: heartbeats, commits, what is stored, reveals.

// beat is a sign of life.
func (q *Requester) beat(from record.Account, b *Beat) {
	i := q.holder(from, b.Lease)
	if i < 0 || q.status.Over() {
		q.refuse(from, NotLeased)
		return
	}
	r := &q.replicas[i]
	q.begin(r)
	r.step, r.loss = max(r.step, min(b.Step, q.spec.Steps())), b.Loss
}

// begin notes that a worker is at it.
func (q *Requester) begin(r *replica) {
	if r.state == Leased {
		r.state, r.ask = Running, 0
	}
	if r.state == Running {
		r.alive = q.now + 2*q.spec.Terms.Heartbeat
	}
}

// commit takes the hidden result of a segment: the next one, or a later attempt
// at one of this lease.
func (q *Requester) commit(from record.Account, sequence uint64, c *Commit) {
	i, author, why := q.place(from, sequence, c)
	if why != OK {
		q.refuse(from, why)
		return
	}
	r := &q.replicas[i]
	m := &q.members[author]
	if sequence < m.sequence { // heard before
		q.tell(from, &Received{m.sequence})
		return
	}
	m.sequence++
	q.tell(from, &Received{m.sequence})
	q.begin(r)
	if c.Segment < uint64(len(r.kept)) { // withdrawn and done again, with all that was built on it
		r.kept = r.kept[:c.Segment]
		r.state, r.due, r.alive = Running, q.now+q.spec.Terms.Segment, q.now+2*q.spec.Terms.Heartbeat
	}
	r.kept = append(r.kept, segment{Kept: Kept{from, c.Hidden, c.State, c.Leaves}, number: q.commits, member: author})
	q.out = append(q.out, Check{q.commits, c.Replica, c.Segment, c.State, c.Leaves})
	q.commits++
}

// planned hears whether a member signed the plan that everybody who has the job
// finds. Nobody works by another one: a contract would judge it by that.
func (q *Requester) planned(p *Planned) {
	m := q.find(p.Account)
	if m == nobody || q.members[m].plan || q.status.Over() {
		return
	}
	if p.OK {
		q.members[m].plan = true
		if slices.ContainsFunc(q.audits, func(a audit) bool { return a.private && a.auditor == m }) {
			q.tell(p.Account, &Received{1}) // the challenge is heard
		}
		return
	}
	q.refuse(p.Account, WrongPlan)
	q.leave(m, true)
	for i := range q.replicas {
		if q.replicas[i].worker == m {
			q.vacate(i, Abandoned)
		}
	}
	for n := range q.audits {
		if a := &q.audits[n]; a.auditor == m && !a.ended() {
			q.unplanned(a)
		}
	}
}

// place finds where a commit belongs, or says why it has none. Of a worker that
// vanished what it had committed to until then still counts, for as long as
// nobody else has its replica: a holder may pass it on late.
func (q *Requester) place(from record.Account, sequence uint64, c *Commit) (i, author int, why Reason) {
	i = q.holder(from, c.Lease)
	if i >= 0 {
		author = q.replicas[i].worker
	} else {
		i = slices.IndexFunc(q.replicas, func(r replica) bool {
			return r.worker == nobody && r.before != nobody && r.state == Abandoned && r.lease == c.Lease && q.members[r.before].account == from
		})
		if i >= 0 {
			author = q.replicas[i].before
		}
	}
	if i < 0 || uint64(i) != c.Replica || q.status.Over() || q.members[author].guilty {
		return i, author, NotLeased
	}
	r, next := &q.replicas[i], q.members[author].sequence
	switch {
	case sequence < next:
		return i, author, OK
	case sequence > next || c.Segment < r.from || c.Segment > uint64(len(r.kept)) || c.Segment >= q.limit || c.Replaces != r.replaces(c.Segment):
		return i, author, OutOfOrder
	case !q.members[author].plan:
		return i, author, NoPlan
	case q.revealing():
		return i, author, NotNow
	case r.state == Leased || r.state == Running || r.state == Committed || r.state == Abandoned && c.Segment == uint64(len(r.kept)):
		return i, author, OK
	}
	return i, author, NotNow
}

// Wants tells whether a commit that somebody passes on would be the next of its
// author's.
func (q *Requester) Wants(from record.Account, sequence uint64, c *Commit) bool {
	_, author, why := q.place(from, sequence, c)
	return why == OK && sequence == q.members[author].sequence
}

// Keeps tells whether a commit counts, or will once its blocks are stored.
func (q *Requester) Keeps(hidden merkle.Digest) bool {
	for i := range q.replicas {
		for _, s := range q.replicas[i].kept {
			if s.Hidden == hidden {
				return true
			}
		}
	}
	return false
}

// placed hears who keeps pieces of a commit, of its author or from the shell.
func (q *Requester) placed(from record.Account, p *Placed) {
	if s := q.heldBy(from, p); s != nil && !q.status.Over() {
		s.hold = append(slices.Clip(s.hold), q.strangers(s, p)...)
	}
}

// heldBy finds the commit that a Placed is about.
func (q *Requester) heldBy(from record.Account, p *Placed) *segment {
	for i := range q.replicas {
		if kept := q.replicas[i].kept; p.Segment < uint64(len(kept)) {
			if s := &kept[p.Segment]; s.State == p.State && (s.Worker == from || from == record.Account{}) {
				return s
			}
		}
	}
	return nil
}

// strangers are the holders that are no party of the job and not known yet.
func (q *Requester) strangers(s *segment, p *Placed) (all []record.PublicKey) {
	for _, k := range p.Holders {
		a := k.Account()
		if len(s.hold)+len(all) < MaxHolders && a != q.spec.Requester && a != s.Worker && !slices.Contains(s.hold, k) && !slices.Contains(all, k) {
			all = append(all, k)
		}
	}
	return all
}

// Holders lists who keeps pieces of what was committed to, each once.
func (q *Requester) Holders() (all []record.PublicKey) {
	for i := range q.replicas {
		for _, s := range q.replicas[i].kept {
			for _, k := range s.hold {
				if !slices.Contains(all, k) {
					all = append(all, k)
				}
			}
		}
	}
	return all
}

// stored hears whether the blocks of a commit are where they should be. Only
// then the commit counts.
func (q *Requester) stored(s *Stored) {
	for i := range q.replicas {
		r := &q.replicas[i]
		n := slices.IndexFunc(r.kept, func(k segment) bool { return k.number == s.Commit && !k.stored })
		switch {
		case n < 0:
			continue
		case s.OK:
			r.kept[n].stored = true
			if r.state == Running {
				r.due = q.now + q.spec.Terms.Segment
			}
		default:
			q.refused[NoBlocks]++
			q.tell(r.kept[n].Worker, &Order{What: Redo, Segment: uint64(n)})
			r.kept = r.kept[:n]
		}
		return
	}
}

// replaces is what a commit to a segment has to name as its predecessor.
func (r *replica) replaces(segment uint64) (d merkle.Digest) {
	if segment < uint64(len(r.kept)) {
		d = r.kept[segment].Hidden
	}
	return d
}

// unusable drops what a replica stored from a segment on: it does not open what
// was committed to. Whoever stored it has vanished as far as anyone can tell.
func (q *Requester) unusable(u *Unusable) {
	if u.Replica >= uint64(len(q.replicas)) || q.status.Over() {
		return
	}
	r := &q.replicas[u.Replica]
	if u.Segment >= uint64(len(r.kept)) {
		return
	}
	author, holder := r.kept[u.Segment].member, r.worker
	q.leave(author, true)
	q.drop(int(u.Replica), u.Segment, Abandoned)
	if holder != nobody && holder != author && q.ending == Final && !q.members[holder].guilty {
		q.members[holder].gone = false
		q.lease(int(u.Replica), holder) // the successor begins earlier
	}
}

// done tells whether a replica has all segments that count, each of them stored.
func (q *Requester) done(r *replica) bool {
	if uint64(len(r.kept)) < q.limit {
		return false
	}
	for _, s := range r.kept[:q.limit] {
		if !s.stored {
			return false
		}
	}
	return true
}

// revealing tells whether all results are committed to, so that nobody may
// change one any more.
func (q *Requester) revealing() bool {
	for i := range q.replicas {
		switch r := &q.replicas[i]; {
		case r.state != Committed && r.state != Revealed:
			return false
		}
	}
	return len(q.replicas) > 0
}

// progress notes which replicas are complete, and asks for reveals when all are.
func (q *Requester) progress() {
	for i := range q.replicas {
		r := &q.replicas[i]
		if (r.state == Leased || r.state == Running) && q.done(r) {
			r.state, r.alive, r.ask, r.due = Committed, 0, 0, 0
		}
	}
	if !q.revealing() {
		return
	}
	for i := range q.replicas {
		r := &q.replicas[i]
		if r.state == Committed && r.due == 0 && !r.tracing {
			r.due, r.ask = q.now+q.spec.Terms.Reveal, q.now+q.spec.Terms.Heartbeat
			q.askReveal(r)
		}
	}
	q.opened()
}

// askReveal asks who holds the replica, and all who left something in it.
func (q *Requester) askReveal(r *replica) {
	asked := map[int]bool{nobody: true}
	ask := func(m int) {
		if !asked[m] {
			asked[m] = true
			q.tell(q.members[m].account, &Order{What: AskReveal})
		}
	}
	ask(r.worker)
	for _, s := range r.kept[:q.limit] {
		if s.claim == nil {
			ask(s.member)
		}
	}
}

// opened notes which replicas are revealed.
func (q *Requester) opened() {
	for i := range q.replicas {
		r := &q.replicas[i]
		if r.state != Committed {
			continue
		}
		open := true
		for _, s := range r.kept[:q.limit] {
			open = open && s.claim != nil
		}
		if open && r.last != nil {
			r.state, r.due, r.ask, r.tracing = Revealed, 0, 0, false
		} else if open && !r.tracing {
			r.tracing, r.ask, r.due = true, 0, 0 // what its worker owes is here
			q.trace(i)
		}
	}
}

// trace wants the steps behind the claims checked.
func (q *Requester) trace(i int) {
	t := Trace{Replica: uint64(i), Key: ReplicaKey(q.secret, q.id, uint64(i))}
	for _, s := range q.replicas[i].kept[:q.limit] {
		t.Kept, t.Claims = append(t.Kept, s.Kept), append(t.Claims, *s.claim)
	}
	q.out = append(q.out, t)
}

// cut lowers how many segments count. Whose steps are being checked, or were
// in part dropped, is checked again.
func (q *Requester) cut(limit uint64) {
	q.limit = min(q.limit, limit)
	for i := range q.replicas {
		r := &q.replicas[i]
		r.tracing = false
		if r.state == Revealed && r.last == nil {
			r.state = Committed
		}
	}
}

// traced hears that they are as claimed. A segment that does not begin where
// the one before ended belongs to no run of this job.
func (q *Requester) traced(t *Traced) {
	if t.Replica >= uint64(len(q.replicas)) || uint64(len(t.Last)) != q.limit || q.status.Over() {
		return
	}
	r := &q.replicas[t.Replica]
	if !r.tracing || r.state != Committed {
		return
	}
	for k, s := range r.kept[1:q.limit] {
		if s.claim.Start != t.Last[k] {
			q.unusable(&Unusable{t.Replica, uint64(k) + 1})
			return
		}
	}
	r.last = t.Last
}

// handOver is the start of a segment as everyone agreed on it: nil for the
// first, which begins where the job does.
func (q *Requester) handOver(replica int, segment uint64) *HandOver {
	if segment == 0 {
		return nil
	}
	r := &q.replicas[replica]
	first, _ := q.spec.Range(segment)
	h := &HandOver{Number: q.leases, First: first + 1, Start: r.last[segment-1], Chain: r.kept[segment-1].claim.Chain}
	q.leases++
	return h
}

func (q *Requester) sayHandOver(to record.Account, h *HandOver) {
	if h != nil {
		q.say(to, record.Lease, h.Number, kindHandOver, h, nil)
	}
}

// reveal opens a commit, a worker's or an auditor's. Anyone may pass it on.
func (q *Requester) reveal(from record.Account, v *Reveal) {
	if q.id == (ID{}) || q.status.Over() {
		return
	}
	hidden := v.Commit(q.id, from)
	for i := range q.replicas {
		r := &q.replicas[i]
		for n := range r.kept {
			k := &r.kept[n]
			if k.Worker != from || !q.rules.opens(k.Hidden, hidden) {
				continue
			}
			if !q.revealing() {
				q.refuse(from, NotNow)
				return
			}
			if k.claim != nil {
				return
			}
			if first, last := q.spec.Range(uint64(n)); v.Commitment.First != first+1 || v.Commitment.Last != last {
				q.unusable(&Unusable{uint64(i), uint64(n)})
				return
			}
			c := v.Commitment
			k.claim = &c
			return
		}
	}
	q.auditReveal(from, v, hidden)
}
