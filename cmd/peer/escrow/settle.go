package escrow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// pay does what is next for jobs of this peer: who is guilty is convicted, and when
// a job is over the others are paid.
func (s *Service) pay(ctx context.Context, k *chain.Contracts, o *chain.Outbox) error {
	rows, err := s.DB.QueryContext(ctx, `SELECT job FROM job_escrows WHERE closed = 0 AND contract = ?`, k.Jobs[:])
	if err != nil {
		return err
	}
	var all []job.ID
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return errors.Join(err, rows.Close())
		}
		all = append(all, job.ID(b))
	}
	err = rows.Err()
	for _, id := range all {
		if e := s.payJob(ctx, k, o, id); e != nil {
			err = errors.Join(err, fmt.Errorf("settle job %s: %w", id, e))
		}
	}
	return err
}

func (s *Service) payJob(ctx context.Context, k *chain.Contracts, o *chain.Outbox, id job.ID) error {
	h, err := s.held(ctx, k, id)
	if err != nil {
		return err
	}
	members, err := s.rows(ctx, `WHERE job = ? AND mine = 0`, id[:])
	if err != nil {
		return err
	}
	for i := range members {
		if e := s.payMember(ctx, k, o, &members[i]); e != nil {
			err = errors.Join(err, e)
		}
	}
	at, e := k.Job(ctx, h.key)
	if err = errors.Join(err, e); err != nil {
		return err
	}
	switch {
	case at.Closed:
		_, err := s.DB.ExecContext(ctx, `UPDATE job_escrows SET closed = 1 WHERE job = ?`, id[:])
		return errors.Join(err, drop(ctx, o, h.key, "refund job"))
	case at.Requester == [20]byte{}: // it is being opened, or was over before
		if !h.over {
			return nil
		}
		_, err := o.Cancel(ctx, nameOf("open job", h.key))
		return err
	case at.Engaged > 0 || !h.over:
		return nil
	}
	// What was said in time may still engage somebody; then this waits.
	return put(ctx, o, "refund job", h.key, k.RefundJob(h.key))
}

// The calls about one member, as the outbox names them.
const (
	callPay     = "pay member"
	callPart    = "pay part of member"
	callExpire  = "expire member"
	callFollow  = "follow conviction of member"
	callSubmit  = "submit for member"
	callRelease = "release member"
	callConvict = "convict member"
	callLink    = "convict by a link member"
)

var calls = []string{callPay, callPart, callExpire, callFollow, callSubmit, callRelease, callConvict, callLink}

// look returns where a member is on the chain, which it notes, and the time there.
func (s *Service) look(ctx context.Context, k *chain.Contracts, r *row) (at chain.MemberState, now time.Time, err error) {
	if at, err = k.Member(ctx, r.member); err != nil {
		return at, now, err
	}
	if err = s.saw(ctx, r, at.Stage); err != nil {
		return at, now, err
	}
	now, err = chain.Now(ctx, k.Client)
	return at, now, err
}

// payMember does what is next for one that this peer engaged.
func (s *Service) payMember(ctx context.Context, k *chain.Contracts, o *chain.Outbox, r *row) error {
	at, now, err := s.look(ctx, k, r)
	if err != nil {
		return err
	}
	expired := now.Unix() > int64(r.terms.Due)
	switch {
	case final(at.Stage):
		return errors.Join(s.paid(ctx, r, at), drop(ctx, o, r.member, calls...))
	case at.Stage == chain.NotEngaged:
		// The job was over first. What was not sent is taken back.
		_, err := o.Cancel(ctx, nameOf("engage", r.member))
		return err
	case r.guilty || r.charge != nil:
		return s.convict(ctx, k, o, r, expired && at.Stage == chain.Engaged)
	case at.Stage == chain.Engaged && expired:
		return put(ctx, o, callExpire, r.member, k.Expire(r.member))
	case !r.upTo.Valid || at.Stage == chain.InDispute:
		return nil
	case at.Stage == chain.Submitted:
		if int64(at.UpTo) <= r.upTo.Int64 {
			return put(ctx, o, callPay, r.member, k.ApproveMembers(r.member))
		}
		return nil // it is paid when its window is over, unless somebody proves it wrong
	case uint64(r.upTo.Int64) == r.terms.To:
		return put(ctx, o, callPay, r.member, k.ApproveMembers(r.member))
	}
	if r.part == nil {
		s.askPart(ctx, r)
	}
	if r.part == nil {
		return nil // it may still submit what it did, or expires
	}
	return put(ctx, o, callPart, r.member, k.ApprovePart(r.member, uint32(r.upTo.Int64), epoch.Signature(r.part)))
}

// paid notes what a member was paid that submitted its result itself.
func (s *Service) paid(ctx context.Context, r *row, at chain.MemberState) error {
	if at.Stage != chain.Paid || at.UpTo == 0 || r.part != nil {
		return nil
	}
	_, err := s.DB.ExecContext(ctx, `UPDATE job_engagements SET upto = ? WHERE member = ?`, at.UpTo, r.member[:])
	return err
}

// convict has the stake of a guilty member taken. Of a conviction that is there
// already it is not asked what it is for.
func (s *Service) convict(ctx context.Context, k *chain.Contracts, o *chain.Outbox, r *row, expired bool) error {
	convicted, _, err := k.ConvictionOf(ctx, [32]byte(r.job), [20]byte(r.account))
	if err != nil {
		return err
	}
	if convicted != [20]byte{} {
		return put(ctx, o, callFollow, r.member, k.FollowConviction(r.member, [20]byte(r.account)))
	}
	if r.charge != nil {
		c, err := dispute.ReadCharge(r.charge)
		if err != nil {
			return err
		}
		if c.Brief != nil {
			return put(ctx, o, callConvict, r.member, k.ConvictMember(r.member, c.Brief, [20]byte(r.rightly)))
		}
		call, err := k.Charge(ctx, c)
		if err != nil {
			return err
		}
		return put(ctx, o, callLink, r.member, call)
	}
	if expired {
		return put(ctx, o, callExpire, r.member, k.Expire(r.member))
	}
	return nil
}

// askPart asks a member to sign for a part of its steps.
func (s *Service) askPart(ctx context.Context, r *row) {
	body, err := canon.Encode(&share{r.member, uint64(r.upTo.Int64)})
	if err == nil {
		asked, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		var b []byte
		if b, err = s.Ask(asked, r.account, work.Message{Kind: work.PayPart, Job: r.job, A: body}); err == nil && len(b) != 65 {
			err = fmt.Errorf("it signs with %d bytes", len(b))
		}
		if err == nil {
			if _, err = s.DB.ExecContext(ctx, `UPDATE job_engagements SET part = ? WHERE member = ?`, b, r.member[:]); err == nil {
				r.part = b
			}
		}
	}
	if err != nil && ctx.Err() == nil {
		s.Log.DebugContext(ctx, "A part is not agreed upon", slog.String("job", r.job.String()), slog.String("account", r.account.String()), slog.Any("err", err))
	}
}
