package requester

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/proofs/trace"
)

// settle begins to fight a dispute out; one that is under way goes on.
func (t *task) settle(ctx context.Context, a job.Settle) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.disputes[a.Dispute.Number] != nil {
		return
	}
	run, stop := context.WithTimeout(ctx, 3*time.Duration(t.spec.Terms.Clock)*time.Millisecond) // both clocks, and some
	t.disputes[a.Dispute.Number] = stop
	t.s.tasks.Go(func() {
		defer stop()
		f, err := t.fight(run, a)
		switch {
		case err == nil:
			t.actor.Tell(ctx, job.Event{Body: f.verdict})
			f.charge(ctx)
			if err := f.bench.Close(); err != nil {
				t.s.Log.DebugContext(ctx, "Files of a dispute left", slog.Any("err", err))
			}
		case ctx.Err() == nil:
			t.s.Log.ErrorContext(ctx, "Dispute not settled; the clocks of the job decide", slog.String("job", t.id.String()), slog.Any("err", err))
		}
	})
}

// A quarrel is one dispute under way.
type quarrel struct {
	t       *task
	number  uint64
	keys    [2]record.PublicKey
	reveals [2]record.Verified
	turn    job.Side
	tiles   [2][]merkle.Digest // as opened, to see how many differ
}

// A fought dispute is one that is decided.
type fought struct {
	*quarrel
	d       *dispute.Dispute
	found   dispute.Verdict
	verdict *job.Verdict
	bench   *work.Bench
}

// fight plays a dispute to its end.
func (t *task) fight(ctx context.Context, a job.Settle) (f *fought, err error) {
	q := &quarrel{t: t, number: a.Dispute.Number, turn: job.Left}
	sides, err := q.claims(ctx, a)
	if err != nil {
		return nil, err
	}
	known, facts, err := t.facts(ctx)
	if err != nil {
		return nil, err
	}
	bench, err := t.s.Open(ctx, &t.spec, t.dir("dispute"), &known)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, bench.Close())
		}
	}()
	d, err := dispute.New(dispute.Config{
		Case: dispute.Case{Spec: t.spec.AppendCanon(nil), Extra: facts}, Rules: t.s.Rules, Sides: sides,
		Clock: uint64(t.spec.Terms.Clock), Batch: bench.Batch,
	}, uint64(work.Now()))
	if err != nil {
		return nil, err
	}
	if err := q.play(ctx, d); err != nil {
		return nil, err
	}
	v, _ := d.Verdict()
	if among, err := v.Among(a.Dispute.Sides[:]...); err == nil {
		v = among
	} else {
		v.Guilty = nil // who has no part in this dispute is not convicted in it
	}
	t.s.met.disputes.WithLabelValues(v.Kind.String()).Inc()
	t.s.Log.InfoContext(ctx, "Dispute decided", slog.String("job", t.id.String()), slog.String("kind", v.Kind.String()), slog.Uint64("step", v.Step), slog.String("why", v.Why))
	for _, proof := range d.Proofs() {
		if err := t.keepBytes(proof); err != nil {
			t.s.Log.ErrorContext(ctx, "Fraud proof not kept", slog.String("job", t.id.String()), slog.Any("err", err))
		}
	}
	out := &job.Verdict{Dispute: a.Dispute.Number, Single: v.Kind == dispute.Tile && q.differing() == 1}
	for i, account := range a.Dispute.Sides {
		switch side := job.Left << i; {
		case !v.Convicts(account):
		case v.Kind == dispute.Silence:
			out.Silent |= side
		default:
			out.Guilty |= side
		}
	}
	return &fought{q, d, v, out, bench}, nil
}

// claims waits for the reveals of both sides, signed for this dispute.
func (q *quarrel) claims(ctx context.Context, a job.Settle) (sides [2]dispute.StartSide, err error) {
	for {
		missing := job.Side(0)
		for i := range sides {
			v, lease, ok, err := q.claim(a, i)
			if err != nil {
				return sides, err
			}
			if !ok {
				missing |= job.Left << i
				continue
			}
			q.reveals[i], q.keys[i] = v, v.Signer()
			sides[i] = dispute.StartSide{Reveal: v.Envelope(), Lease: lease}
		}
		if missing == 0 {
			return sides, nil
		}
		q.its(ctx, missing)
		select {
		case <-ctx.Done():
			return sides, errors.New("a side did not sign its claim for the dispute")
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// its tells the machine whose move it is: the left side's as long as it owes
// something.
func (q *quarrel) its(ctx context.Context, due job.Side) {
	side := job.Right
	if due&job.Left != 0 {
		side = job.Left
	}
	if due != 0 && side != q.turn {
		q.turn = side
		q.t.actor.Tell(ctx, job.Event{Body: &job.Turn{Dispute: q.number, Side: side}})
	}
}

// claim finds the reveal by which a side says what it said, and the lease that
// this names.
func (q *quarrel) claim(a job.Settle, side int) (v record.Verified, lease []byte, ok bool, err error) {
	t := q.t
	all, err := t.s.Journal.Heard(t.id, a.Dispute.Sides[side], record.Reveal, t.s.Network)
	if err != nil {
		return v, nil, false, err
	}
	leases, err := t.s.Journal.Heard(t.id, t.s.Account(), record.Lease, t.s.Network)
	if err != nil {
		return v, nil, false, err
	}
	for _, x := range all {
		var r trace.Reveal
		if canon.Decode(x.Payload(), &r, canon.Limits{}) != nil || r.Commitment != a.Dispute.Claims[side] {
			continue
		}
		if a.HandOver == nil {
			if r.Lease == [32]byte{} {
				return x, nil, true, nil
			}
			continue
		}
		for _, l := range leases {
			first, start, chain, err := job.ReadHandOver(l.Payload())
			if err == nil && l.Header().Digest() == r.Lease && first == a.HandOver.First && start == a.HandOver.Start && chain == a.HandOver.Chain {
				return x, l.Envelope(), true, nil
			}
		}
	}
	return v, nil, false, nil
}

// A reply is what a side answered.
type reply struct {
	side   int
	answer []byte
}

// play asks until the dispute is decided.
func (q *quarrel) play(ctx context.Context, d *dispute.Dispute) error {
	replies := make(chan reply)
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	asking, stop := context.WithCancel(ctx)
	defer func() { stop() }()
	begin := func() {
		stop()
		asking, stop = context.WithCancel(ctx)
		for _, ask := range d.Asks() {
			q.t.s.tasks.Go(func() { q.ask(asking, ask, replies) })
		}
	}
	begin()
	for {
		if _, done := d.Verdict(); done {
			return nil
		}
		due := job.Side(0)
		for _, ask := range d.Asks() {
			due |= job.Left << ask.Side
		}
		q.its(ctx, due)
		m := dispute.Move{}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case r := <-replies:
			m.Side, m.Answer = r.side, r.answer
			q.look(d, r)
		case <-tick.C:
		}
		m.Now = uint64(work.Now())
		next, _, err := d.Step(m)
		if err != nil {
			q.t.s.Log.InfoContext(ctx, "Opening refused", slog.String("job", q.t.id.String()), slog.Int("side", m.Side), slog.Any("err", err))
		}
		if len(next) > 0 {
			begin()
		}
	}
}

// ask asks a side for an opening until it answers. A refused answer is asked
// for again, and costs its own time.
func (q *quarrel) ask(ctx context.Context, a dispute.Ask, replies chan<- reply) {
	for {
		b, err := q.t.s.Ask(ctx, q.keys[a.Side], work.Question{Job: q.t.id, Reveal: q.reveals[a.Side].Header().Digest(), Ask: a}, a.Limit)
		if err == nil {
			select {
			case replies <- reply{a.Side, b}:
			case <-ctx.Done():
				return
			}
		} else {
			q.t.s.Log.DebugContext(ctx, "No opening", slog.String("job", q.t.id.String()), slog.Int("side", a.Side), slog.Any("err", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}

// look notes the tiles that a side opened.
func (q *quarrel) look(d *dispute.Dispute, r reply) {
	for _, a := range d.Asks() {
		var m dispute.Message
		if a.Side != r.side || a.Type != record.OpenTiles || canon.Decode(r.answer, &m, canon.Limits{Total: a.Limit + 1<<16}) != nil {
			continue
		}
		if tiles, err := trace.ReadDigests(m.List, a.Entries); err == nil {
			q.tiles[r.side] = tiles
		}
	}
}

// differing counts the tiles of the value in question that the sides see
// differently.
func (q *quarrel) differing() (n int) {
	for i := range min(len(q.tiles[0]), len(q.tiles[1])) {
		if q.tiles[0][i] != q.tiles[1][i] {
			n++
		}
	}
	return n
}
