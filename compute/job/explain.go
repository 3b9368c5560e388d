package job

import (
	"fmt"
	"strings"
)

// An Explanation says in plain words where a job is.
type Explanation struct {
	Status Status
	Why    string   // it is there
	Next   string   // what happens next, and when
	By     Millis   // when at the latest; 0: nothing follows
	Parts  []string // each replica, audit and dispute
	Refuse []string // bids and messages that were refused, by reason

	Declined []string // who did not bid or gave up, by reason
}

// Explain says why the job is where it is and what happens next.
func (q *Requester) Explain() Explanation {
	x := Explanation{Status: q.Status(), By: q.Alarm()}
	x.Why, x.Next = q.words(x.Status)
	for i := range q.replicas {
		x.Parts = append(x.Parts, q.partOf(i))
	}
	for n := range q.audits {
		a := &q.audits[n]
		if a.private {
			x.Parts = append(x.Parts, q.challengeOf(a))
			continue
		}
		x.Parts = append(x.Parts, fmt.Sprintf("audit %d of segment %d: %s", n, a.Segment, a.state))
	}
	for _, d := range q.disputes {
		state := "decided"
		if !d.over {
			state = fmt.Sprintf("open, %s to move within %s", d.Sides[d.turn-1], seconds(d.alarm()-min(d.alarm(), q.now)))
		}
		x.Parts = append(x.Parts, fmt.Sprintf("dispute %d on segment %d, %s against %s: %s", d.Number, d.Segment, d.Sides[0], d.Sides[1], state))
	}
	x.Refuse = byReason(&q.refused)
	var why [reasonEnd]uint64
	for _, d := range q.declined {
		why[d.why]++
	}
	x.Declined = byReason(&why)
	return x
}

// challengeOf says where a challenge is.
func (q *Requester) challengeOf(a *audit) string {
	who, state := "somebody", ""
	if a.auditor != nobody {
		who = q.members[a.auditor].account.String()
	} else if a.pending != nil {
		who = a.pending.account.String()
	}
	switch {
	case a.state == won:
		state = "it was right, and gets its part of the stakes of who was wrong"
	case a.ended():
		state = "nothing came of it"
	case a.auditor == nobody:
		state = "its stake is being locked"
	case !q.members[a.auditor].plan:
		state = "it has to sign the plan of the steps"
	case q.dispute() != nil && q.dispute().members[1] == a.auditor:
		state = "the dispute below decides"
	default:
		state = "it waits for the dispute before it"
	}
	return fmt.Sprintf("challenge of segment %d by %s, who came to another result than the workers: %s", a.Segment, who, state)
}

func byReason(count *[reasonEnd]uint64) (all []string) {
	for r, n := range count {
		if n > 0 {
			all = append(all, fmt.Sprintf("%d x %s: %s", n, Reason(r), Reason(r).Text()))
		}
	}
	return all
}

func (q *Requester) words(s Status) (why, next string) {
	t := &q.spec.Terms
	if q.ending != Final && !s.Over() && s != 0 {
		return fmt.Sprintf("it ends before its time: %s", q.endCause()),
			fmt.Sprintf("the %d segments that every replica has stored are revealed, compared, audited and paid; the rest of the money goes back", q.limit)
	}
	switch s {
	case Open:
		return fmt.Sprintf("%d of %d replicas wait for a worker; %d bids are in", q.waiting(), len(q.replicas), len(q.bids)),
			fmt.Sprintf("the best bids are chosen in %s; without any the job is offered again, and fails %s after the offer", seconds(q.choose-min(q.choose, q.now)), seconds(t.Offer))
	case Leased:
		return "every replica has a worker and none has given a sign of life yet",
			fmt.Sprintf("they fetch model and data and begin; who is not heard of for %s is replaced", seconds(2*t.Heartbeat))
	case Running:
		return "workers compute", "each segment is committed to and stored; when all are, the results are revealed"
	case Committed:
		return "all results are committed to and stored", fmt.Sprintf("the workers open their commits, within %s each", seconds(t.Reveal))
	case Revealed:
		if q.agreed == 0 {
			return "all results are revealed", "they are compared"
		}
		if !q.drawn {
			return "all results are equal", "a beacon that nobody knew before draws the segments to audit"
		}
		return "all results are equal", fmt.Sprintf("%d audits are to end, and the time for challenges in %s; then it is paid", q.auditing(), seconds(q.window-min(q.window, q.now)))
	case Final:
		return "the result stands and everyone is paid", "nothing"
	case Abandoned:
		return "a worker vanished or handed its lease back; what it stored is kept, and paid if it proves right",
			fmt.Sprintf("another worker goes on from the last stored segment; bids are chosen in %s", seconds(q.choose-min(q.choose, q.now)))
	case Disputed:
		return "two signed results differ", fmt.Sprintf("at most three openings find the first wrong tile; each side has %s in all, and silence loses", seconds(t.Clock))
	case Slashed:
		return "a worker was proven wrong and lost its stake", "another one is looked for"
	case Replace:
		return "the worker of a replica was proven wrong",
			fmt.Sprintf("another one goes on from the last segment that was not in question; bids are chosen in %s", seconds(q.choose-min(q.choose, q.now)))
	case Failed:
		return "it could not be done: " + q.cause.Text(), "nothing; what was not spent went back"
	case Cancelled:
		return "its requester ended it: " + q.endCause(), "nothing; what was proven until then is paid, the rest went back"
	case Paused:
		return "its requester paused it", fmt.Sprintf("it goes on when resumed; after %s it is cancelled", seconds(t.Pause))
	}
	return "it was not submitted", "submit it"
}

func (q *Requester) endCause() string {
	if q.cause == OK {
		return "its requester wants it so"
	}
	return q.cause.Text()
}

func (q *Requester) partOf(i int) string {
	r := &q.replicas[i]
	var b strings.Builder
	fmt.Fprintf(&b, "replica %d: %s", i, r.state)
	if r.worker != nobody {
		fmt.Fprintf(&b, ", %s", q.members[r.worker].account)
		if !q.members[r.worker].plan {
			b.WriteString(", which has not signed the plan of the steps yet")
		}
	}
	if r.state == Running {
		fmt.Fprintf(&b, ", step %d of %d, loss %.4f", r.step, q.spec.Steps(), r.loss.Float())
	}
	fmt.Fprintf(&b, ", %d of %d segments stored", r.storedSegments(), q.spec.Segments())
	b.WriteString(r.elsewhere())
	return b.String()
}

// elsewhere says how many peers keep pieces of what a replica stored: its
// requester has a copy, and any half of the pieces is another.
func (r *replica) elsewhere() string {
	least, most, bare := MaxHolders, 0, 0
	for _, s := range r.kept {
		n := len(s.hold)
		if !s.stored {
			continue
		}
		if least, most = min(least, n), max(most, n); n == 0 {
			bare++
		}
	}
	few := ""
	if least < MaxHolders {
		few = fmt.Sprintf(" (%d are wanted)", MaxHolders)
	}
	switch {
	case r.storedSegments() == 0:
		return ""
	case most == 0:
		return "; no third peer keeps pieces of them: they lie with who made them and with the requester"
	case bare > 0:
		return fmt.Sprintf("; up to %d third peers keep pieces of them and none those of %d%s", most, bare, few)
	case least == most:
		return fmt.Sprintf("; %d third peers keep their pieces%s", most, few)
	}
	return fmt.Sprintf("; %d to %d third peers keep their pieces%s", least, most, few)
}

func (r *replica) storedSegments() (n int) {
	for _, s := range r.kept {
		if s.stored {
			n++
		}
	}
	return n
}

func (q *Requester) waiting() (n int) {
	for i := range q.replicas {
		if q.replicas[i].worker == nobody {
			n++
		}
	}
	return n
}

func (q *Requester) auditing() (n int) {
	for i := range q.audits {
		if !q.audits[i].ended() {
			n++
		}
	}
	return n
}

func seconds(m Millis) string {
	switch {
	case m < 1000:
		return fmt.Sprintf("%d ms", m)
	case m < 120_000:
		return fmt.Sprintf("%.1f s", float64(m)/1000)
	case m < 2*3600_000:
		return fmt.Sprintf("%d min", m/60_000)
	}
	return fmt.Sprintf("%d h", m/3600_000)
}
