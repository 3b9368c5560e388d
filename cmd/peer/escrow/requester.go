package escrow

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// Check implements work.Escrow.
func (s *Service) Check(ctx context.Context, spec *job.Spec) (bool, error) {
	if !s.Attached {
		return false, nil
	}
	k, _, err := s.Link(ctx)
	if err != nil {
		return false, err
	}
	me := [20]byte(s.Account)
	has, err := k.Balance(ctx, me)
	if err != nil {
		return false, err
	}
	if want := Wei(spec.Escrow()); has.Cmp(want) < 0 {
		return false, fmt.Errorf("not enough OPEN: the job puts up to %s OPEN aside and %s has %s: get some, or offer less (--price)",
			chain.FormatAmount(want), s.Account, chain.FormatAmount(has))
	}
	gas, err := k.Client.BalanceAt(ctx, me, nil)
	if err != nil {
		return false, err
	}
	if gas.Sign() == 0 {
		return false, fmt.Errorf("no ether for gas: send some to %s on chain %d", s.Account, k.ChainID)
	}
	id := spec.ID()
	_, err = s.DB.ExecContext(ctx, `INSERT OR IGNORE INTO job_escrows (job, contract, spec, until) VALUES (?, ?, ?, ?)`,
		id[:], k.Jobs[:], spec.AppendCanon(nil), time.Now().Add(lastsFor(spec)).Unix())
	return err == nil, err
}

// Holds implements work.Escrow.
func (s *Service) Holds(id job.ID) (bool, error) {
	var n int
	err := s.DB.QueryRow(`SELECT count(*) FROM job_escrows WHERE job = ?`, id[:]).Scan(&n)
	return n > 0, err
}

// A held is a job of this peer's.
type held struct {
	spec  *job.Spec
	over  bool
	until time.Time
	key   chain.JobKey
}

// held reads a job of these contracts.
func (s *Service) held(ctx context.Context, k *chain.Contracts, id job.ID) (h held, err error) {
	var contract, spec []byte
	var until int64
	err = s.DB.QueryRowContext(ctx, `SELECT contract, spec, until, over FROM job_escrows WHERE job = ?`, id[:]).Scan(&contract, &spec, &until, &h.over)
	if err != nil {
		return h, fmt.Errorf("money of job %s: %w", id, err)
	}
	if [20]byte(contract) != k.Jobs {
		return h, fmt.Errorf("the money of job %s lies in JobEscrow 0x%x, and the one of this chain is %v: set chain.endpoint and chain.contracts to those of the job", id, contract, k.Jobs)
	}
	if h.spec, err = job.ReadSpec(spec); err != nil {
		return h, err
	}
	h.until = time.Unix(until, 0)
	h.key, err = k.JobOf(ctx, [20]byte(s.Account), offer(h.spec, h.until))
	return h, err
}

// unlimited is what JobEscrow is allowed to take of this peer: one allowance for
// all jobs, since a second one would take the place of the first.
var unlimited = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))

// allow lets JobEscrow take OPEN of this peer.
func (s *Service) allow(ctx context.Context, k *chain.Contracts, o *chain.Outbox) error {
	may, err := k.Allowance(ctx, [20]byte(s.Account), k.Jobs)
	if err != nil || may.BitLen() > 128 {
		return err
	}
	_, err = o.Attempt(ctx, "let JobEscrow "+k.Jobs.String()+" take OPEN", k.Approve(k.Jobs, unlimited))
	return err
}

// Open implements work.Escrow.
func (s *Service) Open(ctx context.Context, id job.ID) error {
	k, o, err := s.Link(ctx)
	if err != nil {
		return err
	}
	h, err := s.held(ctx, k, id)
	if err != nil {
		return err
	}
	there, err := k.Job(ctx, h.key)
	if err != nil || there.Requester != [20]byte{} {
		return err
	}
	if err := s.allow(ctx, k, o); err != nil {
		return err
	}
	return put(ctx, o, "open job", h.key, k.OpenJob(offer(h.spec, h.until)))
}

// errRefused is why Engage says false.
var errRefused = errors.New("refused")

// Engage implements work.Escrow.
func (s *Service) Engage(ctx context.Context, id job.ID, seat job.Seat) (bool, error) {
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, s.Every) {
		ok, err := s.engage(ctx, id, seat)
		switch {
		case errors.Is(err, errRefused):
			s.Log.InfoContext(ctx, "Not engaged", slog.String("job", id.String()), slog.String("account", seat.Account.String()), slog.Any("err", err))
			return false, nil
		case ok || ctx.Err() != nil:
			return ok, ctx.Err()
		case err != nil:
			s.Log.InfoContext(ctx, "The chain cannot be used; it is tried again", slog.String("job", id.String()), slog.Any("err", err))
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(wait):
		}
	}
}

// engage does what is next for a seat to be engaged; ok: it is.
func (s *Service) engage(ctx context.Context, id job.ID, seat job.Seat) (ok bool, err error) {
	k, o, err := s.Link(ctx)
	if err != nil {
		return false, err
	}
	h, err := s.held(ctx, k, id)
	if err != nil {
		return false, err
	}
	there, err := k.Job(ctx, h.key)
	if err != nil {
		return false, err
	}
	if there.Requester == [20]byte{} {
		return false, o.Step(ctx) // it is being opened
	}
	r, err := s.signed(ctx, k, &h, seat)
	if err != nil {
		return false, err
	}
	at, err := k.Member(ctx, r.member)
	if err != nil {
		return false, err
	}
	if at.Stage != chain.NotEngaged {
		return true, s.saw(ctx, r, at.Stage)
	}
	s.asking.Lock()
	defer s.asking.Unlock()
	if want := new(big.Int).Add(there.Promised, new(big.Int).Add(Wei(h.spec.Terms.Data), Wei(seat.Pay))); there.Held.Cmp(want) < 0 {
		// Who was replaced is still sure of its pay; what is not paid comes back.
		if err := s.allow(ctx, k, o); err != nil {
			return false, err
		}
		if err := put(ctx, o, "fund job for", r.member, k.FundJob(h.key, new(big.Int).Sub(want, there.Held))); err != nil {
			return false, err
		}
		return false, o.Step(ctx)
	}
	name := nameOf("engage", r.member)
	if err := o.Put(ctx, name, k.Engage(r.terms.engagement(h.key), epoch.Signature(r.signature))); err != nil {
		return false, err
	}
	stepped := o.Step(ctx)
	stage, problem, err := o.Status(ctx, name)
	if err != nil {
		return false, err
	}
	refused := stage == chain.Failed
	if stage == chain.Waiting && strings.HasPrefix(problem, refusal) {
		if refused, err = o.Cancel(ctx, name); err != nil {
			return false, err
		}
	}
	if !refused {
		return false, stepped
	}
	if _, err := s.DB.ExecContext(ctx, `DELETE FROM job_engagements WHERE member = ?`, r.member[:]); err != nil {
		return false, err
	}
	return false, fmt.Errorf("%w: %s", errRefused, problem)
}

// refusal is how the reason begins for which a call was not sent.
var refusal = (&chain.RevertError{}).Error()

// consentTime is how long somebody has to sign.
const consentTime = 20 * time.Second

// signed returns the engagement of a seat, which whoever takes it has signed.
func (s *Service) signed(ctx context.Context, k *chain.Contracts, h *held, seat job.Seat) (*row, error) {
	id := h.spec.ID()
	all, err := s.rows(ctx, `WHERE job = ? AND mine = 0 AND account = ?`, id[:], seat.Account[:])
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].audit == seat.Audit {
			return &all[i], nil
		}
	}
	staker, err := k.Staker(ctx, [20]byte(seat.Account))
	if err != nil {
		return nil, err
	}
	var salt [8]byte
	_, _ = rand.Read(salt[:]) // never fails
	c := &contract{
		Until: uint64(h.until.Unix()), Staker: [20]byte(staker), Replica: seat.Replica, From: seat.From, To: seat.To,
		Due: uint64(time.Now().Add(lastsFor(h.spec) + seconds(h.spec.Terms.Window) + 10*time.Minute).Unix()),
		Pay: seat.Pay, Salt: binary.BigEndian.Uint64(salt[:]),
	}
	if seat.Audit != job.Work {
		c.Replica = 1<<16 | uint64(seat.Audit)
	}
	if len(all) == 0 { // one stake answers for all that it does
		c.Stake, c.Bond = h.spec.Terms.Stake, h.spec.Terms.Bond
	}
	body, err := canon.Encode(c)
	if err != nil {
		return nil, err
	}
	asked, cancel := context.WithTimeout(ctx, consentTime)
	defer cancel()
	signature, err := s.Ask(asked, seat.Account, work.Message{Kind: work.Hire, Job: id, A: body})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: it does not sign: %w", errRefused, err)
	}
	r := &row{member: k.MemberOf(c.engagement(h.key)), job: id, key: h.key, account: seat.Account, audit: seat.Audit, terms: c, signature: signature}
	if len(signature) != 65 {
		return nil, fmt.Errorf("%w: it signs with %d bytes, want 65", errRefused, len(signature))
	}
	return r, s.keep(ctx, k, r, false, body)
}

// keep notes an engagement.
func (s *Service) keep(ctx context.Context, k *chain.Contracts, r *row, mine bool, terms []byte) error {
	_, err := s.DB.ExecContext(ctx, `INSERT OR IGNORE INTO job_engagements (member, contract, job, key, account, mine, audit, terms, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.member[:], k.Jobs[:], r.job[:], r.key[:], r.account[:], mine, r.audit, terms, r.signature)
	return err
}

// Charge implements work.Escrow.
func (s *Service) Charge(id job.ID, guilty, right record.Account, charge []byte) error {
	_, err := s.DB.Exec(`UPDATE job_engagements SET charge = ?, rightly = ? WHERE job = ? AND account = ? AND mine = 0 AND charge IS NULL`,
		charge, right[:], id[:], guilty[:])
	return err
}

// Settle implements work.Escrow.
func (s *Service) Settle(id job.ID, parts []job.Part) error {
	ctx := context.Background() // it is written at once, whatever ends
	all, err := s.rows(ctx, `WHERE job = ? AND mine = 0`, id[:])
	if err != nil {
		return err
	}
	tx, err := s.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i := range all {
		r := &all[i]
		upTo, guilty := decided(r, parts)
		if _, err := tx.Exec(`UPDATE job_engagements SET upto = ?, guilty = ? WHERE member = ?`, upTo, guilty, r.member[:]); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`UPDATE job_escrows SET over = 1 WHERE job = ?`, id[:]); err != nil {
		return err
	}
	return tx.Commit()
}

// decided says for which steps a member is paid; nothing: for none, and it has
// lost its bond.
func decided(r *row, parts []job.Part) (upTo sql.NullInt64, guilty bool) {
	c := r.terms
	upTo = sql.NullInt64{Int64: int64(c.From), Valid: true}
	for _, p := range parts {
		if p.Account != r.account {
			continue
		}
		switch {
		case r.audit == job.Work:
			upTo.Int64 = int64(min(c.From+p.Steps, c.To))
		default:
			for _, n := range p.Audits {
				if n == r.audit {
					upTo.Int64 = int64(c.To)
				}
			}
		}
		if p.Vanished && upTo.Int64 == int64(c.From) {
			upTo.Valid = false
		}
		return upTo, p.Guilty
	}
	return upTo, false // engaged, and the job was over before it knew of that
}
