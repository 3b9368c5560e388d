package job

import "github.com/openledger/openledger/proofs/record"

// Wake returns what is to be done after a restart: everything that is waited
// for is asked for again. Transfers are all moved again, which the ledger
// notices.
func (q *Requester) Wake() []Action {
	q.out = nil
	if q.id == (ID{}) {
		return nil
	}
	for _, t := range q.transfers {
		if t.To.Kind != Stake { // stakes are asked for by Lock
			q.out = append(q.out, Move{t})
		}
	}
	for i := range q.replicas {
		if l := q.replicas[i].locking; l != nil {
			q.relock(l.from)
		}
	}
	for n := range q.audits {
		if p := q.audits[n].pending; p != nil {
			q.relock(p.account)
		}
	}
	if q.status.Over() {
		q.wakeClosed()
		return q.out
	}
	for i := range q.replicas {
		q.wakeReplica(i)
	}
	if q.agreed > 0 && !q.drawn {
		q.out = append(q.out, Draw{q.agreed})
	}
	if q.seeking > 0 {
		q.out = append(q.out, Seek{})
	}
	if q.invited > 0 && q.inviting() {
		q.out = append(q.out, Invite{})
	}
	for n := range q.audits {
		switch a := &q.audits[n]; a.state {
		case granted:
			q.tellAudit(n)
		case answered:
			q.tell(q.members[a.auditor].account, &Order{What: AskReveal})
		}
	}
	if d := q.dispute(); d != nil {
		q.settle(d)
	}
	return q.out
}

// relock asks again for the stake that was asked for last.
func (q *Requester) relock(a record.Account) {
	n := len(q.transfers) - 1
	for q.transfers[n].From != (Purse{Kind: Free, Owner: a}) || q.transfers[n].To.Kind != Stake {
		n--
	}
	q.out = append(q.out, Lock{a, q.transfers[n]})
}

func (q *Requester) wakeReplica(i int) {
	r := &q.replicas[i]
	for n, s := range r.kept {
		if !s.stored {
			q.out = append(q.out, Check{s.number, uint64(i), uint64(n), s.State, s.Leaves})
		}
	}
	switch {
	case r.state == Leased:
		q.grant(i)
	case r.state == Committed && r.tracing:
		q.trace(i)
	case r.state == Committed && r.due > 0:
		q.askReveal(r)
	}
}

func (q *Requester) wakeClosed() {
	for m := range q.members {
		x := &q.members[m]
		q.tell(x.account, &Closed{q.status, x.earned})
		if !x.auditor && (x.valid || x.guilty || x.silent) {
			q.out = append(q.out, Credit{x.account, !x.guilty && !x.silent})
		}
	}
	q.out = append(q.out, Close{q.status, q.cause})
}
