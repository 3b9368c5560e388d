package job

import "github.com/openledger/openledger/proofs/record"

// What a contract needs to know of who has a part in a job: it is engaged for
// steps, at their price, and paid for those of them that count.

// Work is the Seat.Audit of who works on a replica.
const Work = -1

// A Seat is what somebody is engaged for.
type Seat struct {
	Account record.Account
	Audit   int    // number of the audit; Work: it works
	Replica uint64 // of who works
	From    uint64 // From <= step < To, counted from 0
	To      uint64
	Pay     Amount // for all of them
}

// Seat returns what the stake of an account is asked for by a Lock.
func (q *Requester) Seat(a record.Account) (s Seat, ok bool) {
	for i := range q.replicas {
		r := &q.replicas[i]
		if r.locking == nil || r.locking.from != a {
			continue
		}
		from, _ := q.spec.Range(uint64(len(r.kept)))
		steps := q.spec.Steps()
		return Seat{Account: a, Audit: Work, Replica: uint64(i), From: from, To: steps, Pay: share(r.locking.bid.Price, steps-from, steps)}, true
	}
	for n := range q.audits {
		if x := &q.audits[n]; x.pending != nil && x.pending.account == a {
			s = q.spec.AuditSeat(a, n, x.Segment)
			if x.private {
				s.Pay = 0 // its reward is a part of the stake of who is guilty
			}
			return s, true
		}
	}
	return s, false
}

// AuditSeat returns what an auditor is engaged for by an audit of a segment.
func (s *Spec) AuditSeat(a record.Account, audit int, segment uint64) Seat {
	from, to := s.Range(segment)
	return Seat{Account: a, Audit: audit, From: from, To: to, Pay: s.AuditPay(segment)}
}

// A Part is what became of somebody's part in a job.
type Part struct {
	Account  record.Account
	Steps    uint64 // that it worked on and is paid for
	Audits   []int  // that it is paid for
	Guilty   bool   // it loses its stake
	Vanished bool   // it lost its bond
}

// Parts lists what became of all who had a part in the job, once it is over.
func (q *Requester) Parts() []Part {
	if !q.status.Over() {
		return nil
	}
	all := make([]Part, len(q.members))
	for m, x := range q.members {
		all[m] = Part{Account: x.account, Guilty: x.guilty, Vanished: x.vanished}
	}
	if q.agreed > 0 {
		for i := range q.replicas {
			for k, s := range q.replicas[i].kept[:q.limit] {
				if from, to := q.spec.Range(uint64(k)); !q.members[s.member].guilty {
					all[s.member].Steps += to - from
				}
			}
		}
	}
	for n := range q.audits {
		if a := &q.audits[n]; !a.private && (a.state == matched || a.state == won) && !q.members[a.auditor].guilty {
			all[a.auditor].Audits = append(all[a.auditor].Audits, n)
		}
	}
	return all
}
