// Package auditor recomputes segments of jobs of others, blindly: it is given
// the state before a segment and nothing of its result, and says what it found
// before it can know what the worker found. It is paid for a match, and for a
// dispute that it wins; an answer that was not computed earns nothing.
//
// The invariant is that of package worker: after a kill at any point it goes on,
// and never says two things in one place.
//
// Start with Service.
package auditor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// Config is what an auditor works with.
type Config struct {
	*work.Peer
	Memory  uint64 // bytes that a job may use
	Open    func(ctx context.Context, s *job.Spec, dir string) (work.Runner, error)
	Watch   float64               // part of the segments of other jobs that it looks into on its own account, once their audits have ended
	Hiring  work.Hiring           // how it is paid; nil: as the requester's own ledger says
	Metrics prometheus.Registerer // nil: none
}

// A Service is one auditor. Its methods are safe for concurrent use.
type Service struct {
	Config
	audits *prometheus.CounterVec
	tasks  work.Tasks[task]
}

// New makes an auditor.
func New(c Config) (*Service, error) {
	s := &Service{Config: c, audits: prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "peer_auditor_segments_total", Help: "Segments that this auditor recomputed, by outcome.",
	}, []string{"outcome"})}
	if c.Metrics == nil {
		return s, nil
	}
	return s, c.Metrics.Register(s.audits)
}

// Run audits until ctx ends. Audits that a restart interrupted go on.
func (s *Service) Run(ctx context.Context) error {
	ids, err := s.Journal.Jobs(job.AsAuditor)
	if err != nil {
		return err
	}
	resume := func(id job.ID) error {
		_, err := s.open(id)
		return err
	}
	return s.tasks.Run(ctx, ids, resume, s.Log)
}

// A task is one job as this auditor sees it.
type task struct {
	s      *Service
	id     job.ID
	keeper *job.Keeper[*job.Auditor]
	actor  *work.Actor

	mu     sync.Mutex
	grants map[uint64]job.AuditGranted // by segment
	own    map[uint64]bool             // those that it looks into on its own account
}

// open folds the journal of a job and lets its actor run. One that is over is
// left alone.
func (s *Service) open(id job.ID) (*task, error) {
	return s.tasks.Open(id, func() (*task, func(context.Context), error) {
		k, undone, err := s.Journal.Auditor(id, s.Account())
		if err != nil {
			return nil, nil, err
		}
		if over, _ := k.Machine.Over(); over {
			return nil, nil, nil
		}
		t := &task{s: s, id: id, keeper: k, grants: map[uint64]job.AuditGranted{}, own: map[uint64]bool{}}
		events, err := s.Journal.Events(id, job.AsAuditor)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range events {
			t.note(e.Event, e.At)
		}
		t.actor = work.NewActor(id, k, s.Log, t.note, t.perform)
		return t, func(ctx context.Context) { t.actor.Run(ctx, undone) }, nil
	})
}

// Has says whether this peer audits a job.
func (s *Service) Has(id job.ID) bool { return s.tasks.Find(id) != nil }

// Wanted hears that a job looks for auditors, and volunteers if it may.
func (s *Service) Wanted(ctx context.Context, from record.PublicKey, id job.ID) error {
	if s.tasks.Find(id) == nil {
		spec, err := s.spec(ctx, from, id)
		if err != nil {
			return err
		}
		if spec.Needs.Memory > s.Memory {
			return errors.New(job.NoMemory.Text())
		}
		t, err := s.open(id)
		if err != nil || t == nil {
			return err
		}
		t.actor.Tell(ctx, job.Event{Body: &job.Offered{Spec: *spec}})
	}
	s.Mail.Body(from.Account(), id, &job.Volunteer{Operator: s.Account()})
	return nil
}

// Invited hears that the audits of a job have ended. Of what nobody asked it to
// audit it looks into some segments, which nobody can foresee: it is paid if it
// finds one to be wrong.
func (s *Service) Invited(ctx context.Context, from record.PublicKey, id job.ID) error {
	spec, err := s.spec(ctx, from, id)
	if err != nil || spec.Needs.Memory > s.Memory {
		return err
	}
	var drawn []uint64
	for k := range spec.Segments() {
		if rand.Float64() < s.Watch {
			drawn = append(drawn, k)
		}
	}
	if len(drawn) == 0 {
		return nil
	}
	rand.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
	t, err := s.open(id)
	if err != nil || t == nil {
		return err
	}
	t.actor.Tell(ctx, job.Event{Body: &job.Offered{Spec: *spec}})
	t.actor.Tell(ctx, job.Event{Body: &job.Invited{Segments: drawn}})
	return nil
}

// spec gets the spec of a job of somebody.
func (s *Service) spec(ctx context.Context, from record.PublicKey, id job.ID) (*job.Spec, error) {
	c := cid.NewCidV1(cid.DagCBOR, append([]byte{0x12, 0x20}, id[:]...)) // a sha2-256 multihash
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	b, err := s.Blocks.Get(ctx, id, c, from)
	if err != nil {
		return nil, err
	}
	spec, err := job.ReadSpec(b)
	if err == nil && (spec.ID() != id || spec.Requester != from.Account()) {
		err = errors.New("a job of somebody else")
	}
	return spec, err
}

// Take takes a message about a job of this auditor.
func (s *Service) Take(ctx context.Context, from record.PublicKey, m work.Message) error {
	t := s.tasks.Find(m.Job)
	if t == nil {
		return fmt.Errorf("no audit of job %s", m.Job)
	}
	switch m.Kind {
	case work.Sealed: // a HandOver, for the audit that follows
		v, err := record.Open(m.A, s.Network)
		if err == nil && (v.Header().Subject != m.Job || v.Signer() != from || from.Account() != t.spec().Requester) {
			err = errors.New("a record that is not of the requester")
		}
		if err == nil {
			_, err = s.Journal.Hear(v)
		}
		return err
	case work.Event:
		e, ok := work.ReadEvent(m.A, from.Account())
		if !ok {
			return errors.New("no event that comes from a requester")
		}
		var err error
		switch b := e.Body.(type) {
		case *job.AuditGranted:
			err = t.start(b)
		case *job.Shown:
			err = t.start(&b.Grant)
		}
		if err != nil {
			return err
		}
		if !t.actor.Offer(e) {
			return errors.New("busy")
		}
	}
	return nil
}

// start fills in from which hand-over of the requester an audit begins.
func (t *task) start(g *job.AuditGranted) error {
	g.HandOver = [32]byte{}
	if g.Segment == 0 {
		return nil
	}
	all, err := t.s.Journal.Heard(t.id, t.spec().Requester, record.Lease, t.s.Network)
	if err != nil {
		return err
	}
	for _, v := range all { // the last one that fits
		first, _, chain, err := job.ReadHandOver(v.Payload())
		if from, _ := t.spec().Range(g.Segment); err == nil && first == from+1 && chain == g.Previous.Chain {
			g.HandOver = v.Header().Digest()
		}
	}
	if g.HandOver == [32]byte{} {
		return errors.New("an audit without the hand-over that it begins from")
	}
	return nil
}

func (t *task) spec() (s *job.Spec) {
	t.actor.Look(func() { s = t.keeper.Machine.Spec() })
	return s
}

func (t *task) note(e job.Event, _ job.Millis) {
	switch b := e.Body.(type) {
	case *job.AuditGranted:
		t.granted(b, false)
	case *job.Shown:
		t.granted(&b.Grant, true)
	case *job.Computed:
		t.mu.Lock()
		own := t.own[b.Segment]
		t.mu.Unlock()
		if t.s.Hiring == nil || own {
			return
		}
		if err := t.s.Hiring.Did(t.id, b.Result.First-1, b.Result.Last, b.Result.Chain); err != nil {
			t.s.Log.Error("What was done is not noted to be paid", slog.String("job", t.id.String()), slog.Any("err", err))
		}
	}
}

func (t *task) granted(g *job.AuditGranted, own bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.grants[g.Segment], t.own[g.Segment] = *g, own
}

// Consent signs what a requester asks for so that this auditor is paid on a chain.
func (s *Service) Consent(ctx context.Context, from record.PublicKey, m work.Message) ([]byte, error) {
	t := s.tasks.Find(m.Job)
	if t == nil || s.Hiring == nil || from.Account() != t.spec().Requester {
		return nil, fmt.Errorf("no audit of job %s for this requester that is paid on a chain", m.Job)
	}
	price := func(from, _ uint64) job.Amount {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.own[from/t.spec().Segment] { // a challenge is rewarded out of the stake of who is guilty
			return 0
		}
		return t.spec().Terms.Reward
	}
	return s.Hiring.Consent(ctx, t.spec(), price, m)
}

// perform does what the machine wants.
func (t *task) perform(ctx context.Context, a job.Action) {
	switch a := a.(type) {
	case job.Say:
		t.s.Say(ctx, t.id, a)
	case job.Tell:
		t.s.Mail.Body(a.To, t.id, a.Body)
	case job.Audit:
		t.actor.Begin(ctx, t.s.tasks.Go, func(run context.Context) {
			var err error
			if !a.Own {
				err = t.hired(run, a.Grant)
			}
			if err == nil {
				err = t.audit(run, a.Grant)
			}
			switch {
			case err == nil:
				t.s.audits.WithLabelValues("answered").Inc()
			case run.Err() == nil:
				t.giveUp(ctx, err)
			}
		})
	case job.Halt:
		t.actor.Halt()
		var over bool
		var paid job.Amount
		t.actor.Look(func() { over, paid = t.keeper.Machine.Over() })
		if over {
			t.s.tasks.Go(func() { t.settled(ctx, paid) })
		}
	}
}

// hired returns when the pay of an audit is sure.
func (t *task) hired(ctx context.Context, g job.AuditGranted) error {
	if t.s.Hiring == nil {
		return nil
	}
	from, to := t.spec().Range(g.Segment)
	return t.s.Hiring.Hired(ctx, t.id, from, to)
}

// giveUp says why an audit cannot be done.
func (t *task) giveUp(ctx context.Context, err error) {
	why := work.ReasonOf(err)
	t.s.audits.WithLabelValues(why.String()).Inc()
	t.s.Log.WarnContext(ctx, "Audit given up", slog.String("job", t.id.String()), slog.String("reason", why.String()), slog.Any("err", err))
	t.s.Mail.Refuse(t.spec().Requester, t.id, why)
}

func (t *task) settled(ctx context.Context, paid job.Amount) {
	t.s.Log.InfoContext(ctx, "Audited job closed", slog.String("job", t.id.String()), slog.String("paid", paid.String()))
	if t.s.Hiring != nil {
		if err := t.s.Hiring.Closed(t.id); err != nil {
			t.s.Log.ErrorContext(ctx, "The end of a job is not noted", slog.String("job", t.id.String()), slog.Any("err", err))
		}
	}
	if err := t.actor.Close(); err != nil {
		t.s.Log.DebugContext(ctx, "Files of a job left", slog.Any("err", err))
	}
}

// use lets one computation at a time use the job, which is loaded once.
func (t *task) use(ctx context.Context, f func(work.Runner) error) error {
	dir := filepath.Join(t.s.Dir, "auditor-"+t.id.String())
	return t.actor.Use(func() (work.Runner, error) { return t.s.Open(ctx, t.spec(), dir) }, f)
}

func (t *task) audit(ctx context.Context, g job.AuditGranted) error {
	return t.use(ctx, func(r work.Runner) error {
		if err := t.agree(ctx, r); err != nil {
			return err
		}
		p, err := t.place(ctx, r, &g)
		if err != nil {
			return err
		}
		_, result, _, err := work.Do(ctx, r, t.spec(), g.Segment, p, func(uint64, float32) {})
		if err != nil {
			return err
		}
		nonce := t.s.Nonce(t.id, "auditor", g.Audit, g.Segment)
		return t.actor.Do(ctx, job.Event{Body: &job.Computed{Segment: g.Segment, Result: result, Nonce: nonce}})
	})
}

// agree notes what each step consists of, once: the answers are judged by it.
func (t *task) agree(ctx context.Context, r work.Runner) error {
	known := false
	t.actor.Look(func() { known = t.keeper.Machine.Planned() })
	if known {
		return nil
	}
	return t.actor.Do(ctx, job.Event{Body: &job.Plan{Plan: r.Plan()}})
}

// place puts a run before a segment.
func (t *task) place(ctx context.Context, r work.Runner, g *job.AuditGranted) (p work.Place, err error) {
	if g.Segment == 0 {
		return work.First(r, t.id)
	}
	from := t.s.Sources(ctx, t.id, t.spec().Requester)
	return work.Before(ctx, r, t.spec(), g, func(ctx context.Context, c cid.Cid) ([]byte, error) { return t.s.Blocks.Get(ctx, t.id, c, from...) })
}

// Answer opens what a dispute of an audit asks for. The steps are done again:
// they are the same.
func (s *Service) Answer(ctx context.Context, from record.PublicKey, q work.Question) (answer []byte, err error) {
	t := s.tasks.Find(q.Job)
	if t == nil || from.Account() != t.spec().Requester {
		return nil, fmt.Errorf("no audit of job %s for this requester", q.Job)
	}
	v, reveal, err := s.Revealed(q)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	g, ok := t.grants[(reveal.Commitment.First-1)/t.spec().Segment]
	t.mu.Unlock()
	if !ok {
		return nil, errors.New("no audit of this segment")
	}
	err = t.use(ctx, func(r work.Runner) error {
		p, err := t.place(ctx, r, &g)
		if err != nil {
			return err
		}
		var steps []trace.Step
		if q.Ask.Type == record.OpenSteps {
			if steps, _, _, err = work.Do(ctx, r, t.spec(), g.Segment, p, func(uint64, float32) {}); err != nil {
				return err
			}
		}
		answer, err = s.Peer.Answer(r, v, steps, q)
		return err
	})
	return answer, err
}
