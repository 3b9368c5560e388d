package requester

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

// A View is where a job is, for people.
type View struct {
	ID          job.ID
	Spec        job.Spec
	Status      job.Status
	Ending      bool // it winds down
	Explanation job.Explanation
	Step        uint64 // the furthest that a worker says to be
	Loss        float32
	Began       time.Time
	Left        time.Duration // until the furthest worker is done, as it goes; 0: not known
	Proofs      int           // fraud proofs kept since this peer started
}

func (t *task) view() (v View) {
	t.actor.Look(func() {
		m := t.keeper.Machine
		v = View{ID: t.id, Status: m.Status(), Explanation: m.Explain()}
		if s := m.Spec(); s != nil {
			v.Spec = *s
		}
	})
	v.Ending = strings.HasPrefix(v.Explanation.Why, "it ends before its time")
	t.mu.Lock()
	defer t.mu.Unlock()
	v.Began, v.Proofs = time.UnixMilli(int64(t.began)), t.proofs
	var last job.Millis
	for _, b := range t.beats {
		if b.Step > v.Step {
			v.Step, v.Loss, last = b.Step, b.Loss, b.At
		}
	}
	if all := v.Spec.Steps(); v.Step > 0 && v.Step < all && last > t.began {
		v.Left = time.Duration(float64(last-t.began)/float64(v.Step)*float64(all-v.Step)) * time.Millisecond
	}
	return v
}

// View returns where a job is.
func (s *Service) View(id job.ID) (View, error) {
	t, err := s.known(id)
	if err != nil {
		return View{}, err
	}
	return t.view(), nil
}

// Jobs lists all jobs of this peer, the youngest first.
func (s *Service) Jobs() ([]View, error) {
	ids, err := s.Journal.Jobs(job.AsRequester)
	if err != nil {
		return nil, err
	}
	var all []View
	for _, id := range ids {
		v, err := s.View(id)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	slices.SortStableFunc(all, func(a, b View) int { return b.Began.Compare(a.Began) })
	return all, nil
}

// An Entry is one thing that happened to a job, for people.
type Entry struct {
	At   time.Time
	Who  record.Account // zero: this peer
	What string
	Beat *Beat // of a sign of life
}

// History returns what happened to a job.
func (s *Service) History(id job.ID) ([]Entry, error) {
	events, err := s.Journal.Events(id, job.AsRequester)
	if err == nil && len(events) == 0 {
		err = fmt.Errorf("no job %s of this peer", id)
	}
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, e := range events {
		x := Entry{At: time.UnixMilli(int64(e.At)), Who: e.Event.From, What: words(e.Event.Body)}
		if b, ok := e.Event.Body.(*job.Beat); ok {
			x.Beat = &Beat{b.Step, b.Loss.Float(), e.At}
		}
		if x.What != "" {
			all = append(all, x)
		}
	}
	return all, nil
}

// words says an event in a few words; nothing where it is of no interest.
func words(b job.Body) string {
	switch b := b.(type) {
	case *job.Submit:
		return "submitted"
	case *job.Candidate:
		return fmt.Sprintf("bids %s, %s, warm %t, %d valid results in a row", b.Bid.Price, b.Bid.Class, b.Bid.Warm, b.Valid)
	case *job.Locked:
		return fmt.Sprintf("stake of %s locked: %t", b.Account, b.OK)
	case *job.Beat:
		return fmt.Sprintf("step %d, loss %.4f", b.Step, b.Loss.Float())
	case *job.Commit:
		return fmt.Sprintf("commits to segment %d of replica %d", b.Segment, b.Replica)
	case *job.Planned:
		if b.OK {
			return fmt.Sprintf("%s signed the plan of the steps", b.Account)
		}
		return fmt.Sprintf("%s signed another plan of the steps than the job's", b.Account)
	case *job.Stored:
		return fmt.Sprintf("blocks of commit %d stored here: %t", b.Commit, b.OK)
	case *job.Placed:
		return fmt.Sprintf("pieces of segment %d are kept by %d third peers", b.Segment, len(b.Holders))
	case *job.Reveal:
		return fmt.Sprintf("reveals steps %d to %d, root %s", b.Commitment.First, b.Commitment.Last, b.Commitment.Root)
	case *job.Traced:
		return fmt.Sprintf("steps of replica %d are as revealed", b.Replica)
	case *job.Unusable:
		return fmt.Sprintf("what is stored of segment %d of replica %d does not open its commit", b.Segment, b.Replica)
	case *job.Quit:
		return "hands its lease back"
	case *job.Declined:
		return "does not do it: " + b.Why.Text()
	case *job.Beacon:
		return "the beacon draws audits"
	case *job.Volunteer:
		return "would audit"
	case *job.AuditCommit:
		return fmt.Sprintf("answers audit %d, hidden", b.Audit)
	case *job.Look:
		return fmt.Sprintf("looks into segment %d on its own account", b.Segment)
	case *job.Challenge:
		return fmt.Sprintf("came to another result than the workers and challenges steps %d to %d", b.Reveal.Commitment.First, b.Reveal.Commitment.Last)
	case *job.Verdict:
		return fmt.Sprintf("verdict of dispute %d: guilty %s, silent %s", b.Dispute, sides(b.Guilty), sides(b.Silent))
	case *job.Evidence:
		return fmt.Sprintf("%s signed two records for one place", b.Account)
	case *job.Order:
		return "ordered: " + b.What.String()
	case *job.Woke:
		return "goes on after a restart"
	}
	return ""
}

func sides(s job.Side) string {
	return [...]string{"nobody", "the left side", "the right side", "both sides"}[s&3]
}
