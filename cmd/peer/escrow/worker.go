package escrow

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/settle/chain"
)

// Consent implements work.Hiring.
func (s *Service) Consent(ctx context.Context, spec *job.Spec, price func(from, to uint64) job.Amount, m work.Message) ([]byte, error) {
	if !s.Attached {
		return nil, errors.New("this peer settles on no chain: set chain.endpoint")
	}
	k, _, err := s.Link(ctx)
	if err != nil {
		return nil, err
	}
	if m.Kind == work.PayPart {
		return s.consentPart(ctx, k, m)
	}
	c, err := readContract(m.A)
	if err != nil {
		return nil, err
	}
	key, err := s.fair(ctx, k, spec, price, c)
	if err != nil {
		return nil, err
	}
	r := &row{member: k.MemberOf(c.engagement(key)), job: spec.ID(), key: key, account: s.Account, audit: job.Work, terms: c}
	if c.Replica >= 1<<16 {
		r.audit = int(c.Replica &^ (1 << 16))
	}
	signature, err := chain.SignFor(s.Signer, r.member)
	if err != nil {
		return nil, err
	}
	r.signature = signature[:]
	return r.signature, s.keep(ctx, k, r, true, m.A)
}

// fair checks a contract against the job, and returns what the chain calls that.
func (s *Service) fair(ctx context.Context, k *chain.Contracts, spec *job.Spec, price func(from, to uint64) job.Amount, c *contract) (key chain.JobKey, err error) {
	if c.From >= c.To || c.To > spec.Steps() {
		return key, fmt.Errorf("steps %d to %d of %d", c.From, c.To, spec.Steps())
	}
	hi, lo := bits.Mul64(uint64(price(c.From, c.To)), c.To-c.From)
	want, _ := bits.Div64(hi, lo, spec.Steps())
	until := time.Unix(int64(c.Until), 0)
	due := time.Unix(int64(c.Due), 0)
	switch {
	case uint64(c.Pay) < want:
		return key, fmt.Errorf("it pays %s for these steps, the price is %s", c.Pay, job.Amount(want))
	case c.Stake > spec.Terms.Stake || c.Bond > spec.Terms.Bond:
		return key, fmt.Errorf("it locks %s and %s, the job says %s and %s", c.Stake, c.Bond, spec.Terms.Stake, spec.Terms.Bond)
	case due.Before(time.Now().Add(lastsFor(spec) + seconds(spec.Terms.Window))):
		return key, fmt.Errorf("what is not submitted until %s is not paid: that is too soon", due.UTC())
	}
	if key, err = k.JobOf(ctx, [20]byte(spec.Requester), offer(spec, until)); err != nil {
		return key, err
	}
	at, err := k.Job(ctx, key)
	if err != nil {
		return key, err
	}
	if at.Requester != [20]byte(spec.Requester) || at.Closed {
		return key, fmt.Errorf("JobEscrow %v holds no money for this job", k.Jobs)
	}
	staker, err := k.Staker(ctx, [20]byte(s.Account))
	if err != nil {
		return key, err
	}
	free, err := k.Free(ctx, staker)
	if err != nil {
		return key, err
	}
	if need := Wei(c.Stake + c.Bond); [20]byte(staker) != [20]byte(c.Staker) || free.Cmp(need) < 0 {
		return key, fmt.Errorf("%s has %s OPEN bonded and free, the job locks %s: add some (peer stake add AMOUNT)", staker, chain.FormatAmount(free), chain.FormatAmount(need))
	}
	return key, nil
}

// consentPart signs for all that was done, or for more.
func (s *Service) consentPart(ctx context.Context, k *chain.Contracts, m work.Message) ([]byte, error) {
	p, err := readShare(m.A)
	if err != nil {
		return nil, err
	}
	all, err := s.rows(ctx, `WHERE member = ? AND job = ? AND mine = 1`, p.Member[:], m.Job[:])
	if err != nil || len(all) != 1 {
		return nil, errors.Join(err, errors.New("this peer is not engaged so"))
	}
	if did := max(all[0].upTo.Int64, int64(all[0].terms.From)); p.UpTo > all[0].terms.To || int64(p.UpTo) < did {
		return nil, fmt.Errorf("%d steps are to be paid, %d were done", p.UpTo-min(p.UpTo, all[0].terms.From), did-int64(all[0].terms.From))
	}
	signature, err := chain.SignFor(s.Signer, k.PartOf(all[0].member, uint32(p.UpTo)))
	return signature[:], err
}

// Hired implements work.Hiring.
func (s *Service) Hired(ctx context.Context, id job.ID, from, to uint64) error {
	if !s.Attached {
		return nil
	}
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, s.Every) {
		all, err := s.rows(ctx, `WHERE job = ? AND mine = 1`, id[:])
		if err != nil {
			return err
		}
		signed := false
		for i := range all {
			r := &all[i]
			if from < r.terms.From || to > r.terms.To {
				continue
			}
			signed = true
			k, _, err := s.Link(ctx)
			if err != nil {
				break // the chain comes back
			}
			at, err := k.Member(ctx, r.member)
			if err == nil && at.Stage != chain.NotEngaged {
				return s.saw(ctx, r, at.Stage)
			}
		}
		if !signed {
			return &work.ReasonError{Reason: job.NoStake, Err: fmt.Errorf("the requester of job %s engages nobody on the chain that this peer settles on", id)}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// Did implements work.Hiring.
func (s *Service) Did(id job.ID, from, upTo uint64, root [32]byte) error {
	all, err := s.rows(context.Background(), `WHERE job = ? AND mine = 1`, id[:])
	for i := range all {
		if r := &all[i]; r.terms.From <= from && upTo <= r.terms.To && upTo > r.terms.From {
			_, e := s.DB.Exec(`UPDATE job_engagements SET upto = ?, root = ?, after = CASE after WHEN 0 THEN ? ELSE after END WHERE member = ?`,
				upTo, root[:], (int64(r.terms.Due)-600)*1000, r.member[:])
			err = errors.Join(err, e)
		}
	}
	return err
}

// Closed implements work.Hiring: what is due is waited for a while.
func (s *Service) Closed(id job.ID) error {
	_, err := s.DB.Exec(`UPDATE job_engagements SET after = min(after, ?) WHERE job = ? AND mine = 1 AND upto IS NOT NULL`,
		time.Now().Add(grace).UnixMilli(), id[:])
	return err
}

// grace is how long a requester has to pay what it says it pays.
const grace = 2 * time.Minute

// collect does what is next for this peer to be paid for what it did.
func (s *Service) collect(ctx context.Context, k *chain.Contracts, o *chain.Outbox) error {
	all, err := s.rows(ctx, `WHERE mine = 1 AND contract = ? AND stage < ?`, k.Jobs[:], chain.Paid)
	for i := range all {
		if e := s.collectOne(ctx, k, o, &all[i]); e != nil {
			err = errors.Join(err, fmt.Errorf("collect for job %s: %w", all[i].job, e))
		}
	}
	return err
}

func (s *Service) collectOne(ctx context.Context, k *chain.Contracts, o *chain.Outbox, r *row) error {
	at, now, err := s.look(ctx, k, r)
	if err != nil {
		return err
	}
	switch {
	case final(at.Stage):
		return drop(ctx, o, r.member, calls...)
	case at.Stage == chain.Submitted:
		return put(ctx, o, callRelease, r.member, k.Release(r.member)) // it waits until the window is over
	case at.Stage == chain.Engaged && r.upTo.Valid && now.UnixMilli() >= r.after:
		return put(ctx, o, callSubmit, r.member, k.Submit(r.member, uint32(r.upTo.Int64), [32]byte(r.root)))
	case at.Stage == chain.NotEngaged && now.Unix() > int64(r.terms.Due):
		_, err := s.DB.ExecContext(ctx, `DELETE FROM job_engagements WHERE member = ?`, r.member[:]) // it never will be
		return err
	}
	return nil
}

// The shapes of what travels are read as strictly as they are written.
var (
	_ canon.Value = (*contract)(nil)
	_ canon.Value = (*share)(nil)
	_ work.Hiring = (*Service)(nil)
	_ work.Escrow = (*Service)(nil)
)
