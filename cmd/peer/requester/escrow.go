package requester

import (
	"context"
	"log/slog"
	"time"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

// The money of jobs that are settled on a chain.

// fund puts the money for the job aside, however long the chain does not answer.
func (t *task) fund(ctx context.Context) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := t.s.Escrow.Open(ctx, t.id)
		if err == nil {
			return
		}
		t.s.Log.InfoContext(ctx, "The money of a job is not put aside; it is tried again", slog.String("job", t.id.String()), slog.Any("err", err))
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// engage locks the stake that the machine asks for, and tells it.
func (t *task) engage(ctx context.Context, a record.Account) {
	var seat job.Seat
	asked := false
	t.actor.Look(func() { seat, asked = t.keeper.Machine.Seat(a) })
	if !asked {
		return
	}
	ok, err := t.s.Escrow.Engage(ctx, t.id, seat)
	if err == nil {
		t.actor.Tell(ctx, job.Event{Body: &job.Locked{Account: a, OK: ok}})
	}
}

// grant tells an auditor what to recompute, once it is engaged for that: its stake
// may have been locked by an audit before.
func (t *task) grant(ctx context.Context, a record.Account, g *job.AuditGranted) {
	ok, err := t.s.Escrow.Engage(ctx, t.id, t.spec.AuditSeat(a, int(g.Audit), g.Segment))
	if err == nil && ok {
		t.s.Mail.Body(a, t.id, g)
	}
}

// settle has the chain pay what a job that is over came to.
func (s *Service) settle(id job.ID, parts []job.Part) error {
	if s.Escrow == nil {
		return nil
	}
	held, err := s.Escrow.Holds(id)
	if err != nil || !held {
		return err
	}
	return s.Escrow.Settle(id, parts)
}
