package job

import (
	"slices"

	"github.com/openledger/openledger/proofs/record"
)

// Money, and the end of a job.

func (q *Requester) escrow() Purse { return q.purse(Escrow, q.spec.Requester) }

func (q *Requester) purse(k PurseKind, of record.Account) Purse {
	return Purse{Kind: k, Job: q.id, Owner: of}
}

// transfer numbers a transfer and remembers it.
func (q *Requester) transfer(from, to Purse, a Amount) Transfer {
	t := transfer(q.id, uint64(len(q.transfers)), from, to, a)
	q.transfers = append(q.transfers, t)
	return t
}

func (q *Requester) move(from, to Purse, a Amount) {
	if a > 0 {
		q.out = append(q.out, Move{q.transfer(from, to, a)})
	}
}

// slash takes a member's stake: half is burned, a fifth goes to the client, and
// three tenths to who was right; to nobody if that is nobody. So an account and
// its friends together always lose.
func (q *Requester) slash(m int, lightly bool, right int) {
	x := &q.members[m]
	if x.guilty {
		return
	}
	x.guilty, x.gone = true, true
	lost := x.stake
	if lightly {
		lost = x.stake / 10
	}
	from := q.purse(Stake, x.account)
	client, winner := share(lost, 2, 10), share(lost, 3, 10)
	if right == nobody {
		winner = 0
	} else {
		q.move(from, Purse{Kind: Free, Owner: q.members[right].account}, winner)
	}
	q.move(from, Purse{Kind: Free, Owner: q.spec.Requester}, client)
	q.move(from, Purse{Kind: Burned}, lost-client-winner)
	x.stake -= lost
	if !x.auditor {
		q.out = append(q.out, Credit{x.account, false})
	}
}

// burnBond takes what a member put up against vanishing. Nobody gets it, so
// nobody gains by calling another one gone.
func (q *Requester) burnBond(m int) {
	x := &q.members[m]
	q.move(q.purse(Stake, x.account), Purse{Kind: Burned}, x.bond)
	x.bond, x.vanished = 0, true
}

// release gives a member back what is left of stake and bond.
func (q *Requester) release(m int) {
	x := &q.members[m]
	q.move(q.purse(Stake, x.account), Purse{Kind: Free, Owner: x.account}, x.stake+x.bond)
	x.stake, x.bond = 0, 0
}

// windDown ends a job before its end: the segments that all replicas have are
// still revealed, compared, audited and paid.
func (q *Requester) windDown(to Status, why Reason) {
	if q.ending != Final || q.status.Over() {
		return
	}
	q.ending, q.cause = to, why
	q.bids, q.choose = nil, 0
	for i := range q.replicas {
		r := &q.replicas[i]
		n := slices.IndexFunc(r.kept, func(s segment) bool { return !s.stored })
		if n < 0 {
			n = len(r.kept)
		}
		q.limit = min(q.limit, uint64(n))
		r.last, r.tracing = nil, false
	}
	q.disagree()
	for i := range q.replicas {
		r := &q.replicas[i]
		r.alive, r.due = 0, 0
		if q.limit > 0 {
			r.kept = r.kept[:q.limit]
			r.state, r.due, r.ask = Committed, q.now+q.spec.Terms.Reveal, q.now+q.spec.Terms.Heartbeat
			q.askReveal(r)
		}
	}
	q.due = q.now + q.spec.Terms.Reveal + q.spec.Terms.Window + 2*q.spec.Terms.Clock + maxTries*(q.spec.Terms.Audit+q.spec.Terms.Reveal)
}

// finish closes the job when nothing is left to be found out.
func (q *Requester) finish() {
	if q.ending != Final && q.limit == 0 && q.dispute() == nil {
		q.close()
		return
	}
	if q.agreed == 0 || !q.drawn || q.dispute() != nil || q.now < q.window && q.rules.clock {
		return
	}
	for n := range q.audits {
		if !q.audits[n].ended() {
			return
		}
	}
	q.close()
}

// close pays and gives back. After it the job holds nothing but what is locked
// later than it was asked for.
func (q *Requester) close() {
	q.status = q.ending
	valid := make([]bool, len(q.members))
	if q.agreed > 0 {
		for i := range q.replicas {
			q.payReplica(i, valid)
		}
	}
	for n := range q.audits {
		if a := &q.audits[n]; !a.private && (a.state == matched || a.state == won) {
			q.earn(a.auditor, q.spec.AuditPay(a.Segment))
		}
	}
	paid := Amount(0)
	for m := range q.members {
		x := &q.members[m]
		paid += x.earned
		q.move(q.escrow(), Purse{Kind: Free, Owner: x.account}, x.earned)
		q.release(m)
		if x.valid = valid[m]; x.valid && !x.silent {
			q.out = append(q.out, Credit{x.account, true})
		}
		q.tell(x.account, &Closed{q.status, x.earned})
	}
	if q.agreed > 0 {
		_, steps := q.spec.Range(q.limit - 1)
		data := share(q.spec.Terms.Data, steps, q.spec.Steps())
		q.move(q.escrow(), Purse{Kind: Free, Owner: q.spec.Terms.Pool}, data)
		paid += data
	}
	q.move(q.escrow(), Purse{Kind: Free, Owner: q.spec.Requester}, q.spec.Escrow()-paid)
	q.out = append(q.out, Close{q.status, q.cause})
}

// payReplica pays each worker for its own steps of the agreed result.
func (q *Requester) payReplica(i int, valid []bool) {
	steps := make([]uint64, len(q.members))
	for k, s := range q.replicas[i].kept[:q.limit] {
		from, to := q.spec.Range(uint64(k))
		steps[s.member] += to - from
	}
	for m, n := range steps {
		if n > 0 && !q.members[m].guilty {
			valid[m] = true
			q.earn(m, share(q.members[m].price, n, q.spec.Steps()))
		}
	}
}

func (q *Requester) earn(m int, a Amount) { q.members[m].earned += a }

// order is what the owner of the job wants.
func (q *Requester) order(w What) {
	working := !q.status.Over() && q.ending == Final && !q.revealing()
	switch {
	case !working || q.dispute() != nil:
		q.refuse(record.Account{}, NotNow)
	case w == Pause && q.paused == 0:
		q.paused = q.now
		q.tellWorkers(Pause)
	case w == Resume && q.paused > 0:
		q.resume()
		q.tellWorkers(Resume)
	case w == Cancel:
		if q.paused > 0 {
			q.resume()
		}
		q.windDown(Cancelled, OK)
	default:
		q.refuse(record.Account{}, NotNow)
	}
}

// resume moves every deadline by as long as the pause was.
func (q *Requester) resume() {
	by := q.now - q.paused
	q.paused = 0
	q.due += by
	for _, m := range q.deadlines() {
		if *m > 0 {
			*m += by
		}
	}
}

func (q *Requester) tellWorkers(w What) {
	for i := range q.replicas {
		if r := &q.replicas[i]; r.worker != nobody {
			q.tell(q.members[r.worker].account, &Order{What: w})
		}
	}
}
