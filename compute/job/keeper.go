package job

import (
	"fmt"
	"math"

	"github.com/openledger/openledger/proofs/record"
)

// A machine is what a Keeper keeps: Requester, Worker or Auditor.
type machine interface {
	Step(Event, Millis) []Action
	Wake() []Action
	Alarm() Millis
}

// A Keeper drives one machine by its journal. It is not safe for concurrent
// use.
type Keeper[M machine] struct {
	Machine M // to look at; what happens goes through Do

	journal *Journal
	id      ID
	role    Role
	n       int
	last    Millis
}

// Requester folds what the journal holds of a job of this peer's own. The
// actions are those that a crash may have left undone.
func (j *Journal) Requester(id ID) (*Keeper[*Requester], []Action, error) {
	return keep(j, id, AsRequester, NewRequester())
}

// Worker does so for a job that this peer works on.
func (j *Journal) Worker(id ID, me record.Account) (*Keeper[*Worker], []Action, error) {
	return keep(j, id, AsWorker, NewWorker(me))
}

// Auditor does so for a job that this peer audits.
func (j *Journal) Auditor(id ID, me record.Account) (*Keeper[*Auditor], []Action, error) {
	return keep(j, id, AsAuditor, NewAuditor(me))
}

func keep[M machine](j *Journal, id ID, role Role, m M) (*Keeper[M], []Action, error) {
	events, err := j.Events(id, role)
	if err != nil {
		return nil, nil, err
	}
	k := &Keeper[M]{Machine: m, journal: j, id: id, role: role, n: len(events)}
	for _, e := range events {
		m.Step(e.Event, e.At)
		k.last = e.At
	}
	return k, m.Wake(), nil
}

// Do journals an event and takes it. What it returns is to be performed only
// now that the event is on disk. An error means that nothing has happened.
//
// A Tick before its time does nothing and is not journalled.
func (k *Keeper[M]) Do(e Event, now Millis) ([]Action, error) {
	if e.Body == nil {
		return nil, fmt.Errorf("job: an event without a body")
	}
	if now > math.MaxInt64 {
		return nil, fmt.Errorf("job: a time of %d ms", now)
	}
	now = max(now, k.last)
	if _, tick := e.Body.(*Tick); tick {
		if alarm := k.Machine.Alarm(); alarm == 0 || now < alarm {
			return nil, nil
		}
	}
	if err := k.journal.add(k.id, k.role, k.n, Entry{now, e}); err != nil {
		return nil, err
	}
	k.n, k.last = k.n+1, now
	return k.Machine.Step(e, now), nil
}

// Alarm returns when the machine wants its next Tick; 0 for never.
func (k *Keeper[M]) Alarm() Millis { return k.Machine.Alarm() }
