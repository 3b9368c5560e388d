package worker

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// note sees each event before it is performed.
func (t *task) note(e job.Event, _ job.Millis) {
	switch b := e.Body.(type) {
	case *job.Granted:
		t.mu.Lock()
		clear(t.computed)
		t.mu.Unlock()
	case *job.Order:
		if b.What == job.Defend {
			t.s.Log.Info("A result of this worker is disputed", slog.String("job", t.id.String()), slog.Uint64("segment", b.Segment))
		}
	case *job.Computed:
		t.mu.Lock()
		t.computed[b.Segment] = *b
		t.mu.Unlock()
		if t.s.Hiring != nil {
			if err := t.s.Hiring.Did(t.id, b.Result.First-1, b.Result.Last, b.Result.Chain); err != nil {
				t.s.Log.Error("What was done is not noted to be paid", slog.String("job", t.id.String()), slog.Any("err", err))
			}
		}
	case *job.Placed:
		t.mu.Lock()
		t.placed[b.Segment] = *b
		t.mu.Unlock()
	}
}

// perform does what the machine wants.
func (t *task) perform(ctx context.Context, a job.Action) {
	switch a := a.(type) {
	case job.Say:
		t.s.Say(ctx, t.id, a)
		if a.Type == record.SegmentCommit {
			t.tellHolders(ctx, a)
		}
	case job.Tell:
		t.s.Mail.Body(a.To, t.id, a.Body)
	case job.Compute:
		t.actor.Begin(ctx, t.s.tasks.Go, func(run context.Context) {
			if err := t.hired(run, a); err != nil && run.Err() == nil {
				t.giveUp(ctx, err)
				return
			}
			if err := t.compute(run, a); err != nil && run.Err() == nil {
				t.giveUp(ctx, err)
			}
		})
	case job.PassOn:
		t.s.tasks.Go(func() { t.passOn(ctx, a.Prefix) })
	case job.Halt:
		t.actor.Halt()
		var state job.WorkerState
		var paid job.Amount
		t.actor.Look(func() { state, paid = t.keeper.Machine.State(), t.keeper.Machine.Paid() })
		if state == job.Settled {
			t.s.tasks.Go(func() { t.settled(ctx, paid) })
		}
	case job.Collect:
		t.s.Log.WarnContext(ctx, "The requester has not closed its job in time", slog.String("job", t.id.String()))
	}
}

// hired returns when the pay of what is to be computed is sure.
func (t *task) hired(ctx context.Context, c job.Compute) error {
	if t.s.Hiring == nil {
		return nil
	}
	from, _ := t.spec().Range(c.From)
	return t.s.Hiring.Hired(ctx, t.id, from, t.spec().Steps())
}

// settled ends what is kept for a job.
func (t *task) settled(ctx context.Context, paid job.Amount) {
	t.s.Log.InfoContext(ctx, "Job settled", slog.String("job", t.id.String()), slog.String("paid", paid.String()))
	t.s.met.earned.Add(float64(paid))
	if t.s.Hiring != nil {
		if err := t.s.Hiring.Closed(t.id); err != nil {
			t.s.Log.ErrorContext(ctx, "The end of a job is not noted", slog.String("job", t.id.String()), slog.Any("err", err))
		}
	}
	if err := t.actor.Close(); err != nil {
		t.s.Log.DebugContext(ctx, "Files of a job left", slog.Any("err", err))
	}
	if err := t.s.Blocks.Drop(ctx, t.id); err != nil {
		t.s.Log.DebugContext(ctx, "Blocks of a job left", slog.Any("err", err))
	}
}

// giveUp hands the lease back and says why.
func (t *task) giveUp(ctx context.Context, err error) {
	why := work.ReasonOf(err)
	t.s.Log.WarnContext(ctx, "Job given up", slog.String("job", t.id.String()), slog.String("reason", why.String()), slog.Any("err", err))
	t.s.met.refusals.WithLabelValues(why.String()).Inc()
	t.s.mu.Lock()
	t.s.gave[t.id] = why
	t.s.mu.Unlock()
	var lease job.Lease
	var to record.Account
	t.actor.Look(func() { lease, _ = t.keeper.Machine.Lease(); to = t.keeper.Machine.Spec().Requester })
	t.s.Mail.Refuse(to, t.id, why)
	t.s.Mail.Body(to, t.id, &job.Quit{Lease: lease.Number})
}

// use lets one computation at a time use the job, which is loaded once.
func (t *task) use(ctx context.Context, f func(work.Runner) error) error {
	return t.actor.Use(func() (work.Runner, error) { return t.s.Open(ctx, t.spec(), t.dir()) }, f)
}

func (t *task) spec() (s *job.Spec) {
	t.actor.Look(func() { s = t.keeper.Machine.Spec() })
	return s
}

// get returns blocks, if need be from the requester or whoever keeps pieces.
func (t *task) get(ctx context.Context, c cid.Cid) ([]byte, error) {
	t.mu.Lock()
	from := t.sources
	t.mu.Unlock()
	if len(from) == 0 {
		if key, err := t.s.Mail.Key(t.spec().Requester); err == nil {
			from = append(from, key)
		}
	}
	return t.s.Blocks.Get(ctx, t.id, c, from...)
}

// inherit finds who may have what predecessors stored.
func (t *task) inherit(ctx context.Context, of job.Kept) {
	from := t.s.Sources(ctx, t.id, t.spec().Requester, of.Worker)
	t.mu.Lock()
	t.sources = from
	t.mu.Unlock()
}

// before returns what stands for the segment before one: of a predecessor, or
// of this worker itself.
func (t *task) before(segment uint64, prefix []job.Kept) (job.Kept, error) {
	if segment <= uint64(len(prefix)) {
		return prefix[segment-1], nil
	}
	t.mu.Lock()
	c, ok := t.computed[segment-1]
	t.mu.Unlock()
	if !ok {
		return job.Kept{}, fmt.Errorf("segment %d is nowhere", segment-1)
	}
	me := t.s.Account()
	r := trace.Reveal{Commitment: c.Result, Nonce: c.Nonce}
	return job.Kept{Worker: me, Hidden: r.Commit(t.id, me), State: c.State, Leaves: c.Leaves}, nil
}

// place puts a run before a segment.
func (t *task) place(ctx context.Context, r work.Runner, segment uint64, prefix []job.Kept, key [32]byte) (work.Place, error) {
	if segment == 0 {
		return work.First(r, t.id)
	}
	k, err := t.before(segment, prefix)
	if err != nil {
		return work.Place{}, err
	}
	if segment <= uint64(len(prefix)) {
		t.inherit(ctx, k)
	}
	return work.After(ctx, r, t.s.Network, t.spec(), segment-1, k, job.SegmentKey(key, segment-1), t.get)
}

// compute does segments from one on.
func (t *task) compute(ctx context.Context, c job.Compute) error {
	return t.use(ctx, func(r work.Runner) error { return t.segments(ctx, r, c) })
}

func (t *task) segments(ctx context.Context, r work.Runner, c job.Compute) error {
	s := t.spec()
	if err := t.agree(ctx, r); err != nil {
		return err
	}
	p, err := t.place(ctx, r, c.From, c.Prefix, c.Key)
	if err != nil && work.ReasonOf(err) == job.NotOpening && c.From <= uint64(len(c.Prefix)) && ctx.Err() == nil {
		lease, _ := t.lease()
		t.s.Mail.Body(s.Requester, t.id, &job.Unusable{Replica: lease.Replica, Segment: c.From - 1})
		return nil // the requester looks itself, and leases from an earlier one
	}
	for segment := c.From; err == nil && segment < s.Segments(); segment++ {
		var steps []trace.Step
		var result trace.Commitment
		if steps, result, p, err = work.Do(ctx, r, s, segment, p, t.beats(ctx)); err == nil {
			err = t.store(ctx, r, segment, steps, result, c.Key)
		}
	}
	return err
}

// agree signs what each step consists of, once: the work is judged by it.
func (t *task) agree(ctx context.Context, r work.Runner) error {
	known := false
	t.actor.Look(func() { known = t.keeper.Machine.Planned() })
	if known {
		return nil
	}
	return t.actor.Do(ctx, job.Event{Body: &job.Plan{Plan: r.Plan()}})
}

func (t *task) lease() (l job.Lease, sequence uint64) {
	t.actor.Look(func() { l, _ = t.keeper.Machine.Lease(); sequence = t.keeper.Machine.NextSequence() })
	return l, sequence
}

// beats tells of steps, at most once a second.
func (t *task) beats(ctx context.Context) func(uint64, float32) {
	lease, _ := t.lease()
	to, last := t.spec().Requester, time.Time{}
	return func(step uint64, loss float32) {
		t.s.met.steps.Inc()
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			b := job.Beat{Lease: lease.Number, Step: step, Loss: job.Bits(loss)}
			t.actor.Offer(job.Event{Body: &b})
			t.s.Mail.Body(to, t.id, &b)
		}
	}
}

// store keeps a segment as blocks, with what opens its commit, and commits.
func (t *task) store(ctx context.Context, r work.Runner, segment uint64, steps []trace.Step, result trace.Commitment, key [32]byte) error {
	lease, sequence := t.lease()
	c := &job.Computed{Segment: segment, Result: result, Nonce: t.s.Nonce(t.id, "worker", lease.Number, sequence)}
	reveal := trace.Reveal{Commitment: result, Nonce: c.Nonce}
	payload, err := canon.Encode(&reveal)
	if err != nil {
		return err
	}
	v, err := t.s.Seal(t.id, job.Say{Type: record.Reveal, Sequence: sequence, Payload: payload})
	if err != nil {
		return err
	}
	if string(v.Payload()) != string(payload) {
		return fmt.Errorf("segment %d came out otherwise than before a restart: this machine is not sound", segment)
	}
	state, err := r.State()
	if err != nil {
		return err
	}
	states, leaves, err := work.Store(ctx, job.SegmentKey(key, segment), state, &work.Segment{Steps: steps, Reveal: v.Envelope()})
	if err != nil {
		return err
	}
	if err := t.s.Blocks.Keep(ctx, t.id, append(states.Own(), leaves.Own()...)...); err != nil {
		return err
	}
	c.State, c.Leaves = states.Root, leaves.Root
	holders, err := t.entrust(ctx, states, leaves)
	if err == nil {
		err = t.actor.Do(ctx, job.Event{Body: &job.Placed{Segment: segment, State: c.State, Holders: holders}})
	}
	if err != nil {
		return err
	}
	t.s.met.segments.Inc()
	return t.actor.Do(ctx, job.Event{Body: c})
}

// passOn sends the requester what predecessors stored to open their commits.
func (t *task) passOn(ctx context.Context, prefix []job.Kept) {
	var key [32]byte
	t.actor.Look(func() { _, key = t.keeper.Machine.Lease() })
	for n, k := range prefix {
		s, err := work.Steps(ctx, t.get, job.SegmentKey(key, uint64(n)), k.Leaves)
		if err != nil {
			continue
		}
		if v, _, err := s.Opens(t.s.Network, t.id, k); err == nil {
			t.s.Mail.Record(t.spec().Requester, t.id, v, nil)
		}
	}
}

// Answer opens what a dispute of a job asks this worker for.
func (s *Service) Answer(ctx context.Context, from record.PublicKey, q work.Question) (answer []byte, err error) {
	t := s.tasks.Find(q.Job)
	if t == nil || from.Account() != t.requester() {
		return nil, fmt.Errorf("no job %s of this requester", q.Job)
	}
	v, reveal, err := s.Revealed(q)
	if err != nil {
		return nil, err
	}
	segment := (reveal.Commitment.First - 1) / t.spec().Segment
	err = t.use(ctx, func(r work.Runner) error {
		var lease job.Lease
		var key [32]byte
		t.actor.Look(func() { lease, key = t.keeper.Machine.Lease() })
		if _, err := t.place(ctx, r, segment, lease.Prefix, key); err != nil {
			return err
		}
		k, err := t.before(segment+1, lease.Prefix)
		if err != nil {
			return err
		}
		own, err := work.Steps(ctx, t.get, job.SegmentKey(key, segment), k.Leaves)
		if err == nil {
			answer, err = s.Peer.Answer(r, v, own.Steps, q)
		}
		return err
	})
	return answer, err
}
