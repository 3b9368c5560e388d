// Package escrow keeps the money of training jobs on the chain: a requester's in
// JobEscrow, the stakes of who works and audits in Staking. It stands behind
// work.Escrow and work.Hiring, in place of the ledger that a requester keeps of its
// own jobs.
//
// The invariant: each call has a name that follows from what it is for, and lies in
// the outbox before it is made; what is decided lies in the tables before it is
// called. So a kill at any moment pays nothing twice and forgets nothing. What was
// paid is what the contract says was paid.
//
// Start with Config and Service; requester.go is the side that pays, worker.go the
// side that is paid, settle.go what is done about jobs that are over.
package escrow

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

// Tables are the steps of this package's tables in ledger.db.
var Tables = []string{
	`CREATE TABLE job_escrows (
		job BLOB PRIMARY KEY,
		contract BLOB NOT NULL,           -- address of the JobEscrow
		spec BLOB NOT NULL,               -- canonical
		until INTEGER NOT NULL,           -- of the offer, Unix seconds
		over INTEGER NOT NULL DEFAULT 0,  -- it is decided what is paid
		closed INTEGER NOT NULL DEFAULT 0 -- the rest was given back
	) WITHOUT ROWID`,
	`CREATE TABLE job_engagements (
		member BLOB PRIMARY KEY,
		contract BLOB NOT NULL,           -- address of the JobEscrow
		job BLOB NOT NULL,
		key BLOB NOT NULL,                -- of the job on the chain
		account BLOB NOT NULL,            -- who is engaged
		mine INTEGER NOT NULL,            -- this peer is; else it engages
		audit INTEGER NOT NULL,
		terms BLOB NOT NULL,              -- canonical contract
		signature BLOB NOT NULL,
		upto INTEGER,                     -- mine: what was done; else: what is to be paid
		root BLOB,                        -- of the steps until then; mine
		guilty INTEGER NOT NULL DEFAULT 0,
		charge BLOB,                      -- what convicts it
		rightly BLOB,                     -- who was right against it
		part BLOB,                        -- signature of a part
		after INTEGER NOT NULL DEFAULT 0, -- mine: from when on it is collected, Unix milliseconds
		stage INTEGER NOT NULL DEFAULT 0  -- as it was last seen
	) WITHOUT ROWID`,
	`CREATE INDEX job_engagements_of ON job_engagements (job, mine)`,
}

// Config says how the chain is reached.
type Config struct {
	// Link opens the chain; an error names the remedy. attached says whether there
	// is one to open.
	Link     func(ctx context.Context) (*chain.Contracts, *chain.Outbox, error)
	Attached bool
	DB       *sql.DB // with Tables
	Account  record.Account
	Signer   chain.Signer // of Account
	Ask      work.Asks
	Every    time.Duration // between two looks; default 2 s
	Log      *slog.Logger
}

// A Service is the money of the jobs of one peer. Its methods are safe for
// concurrent use.
type Service struct {
	Config

	mu     sync.Mutex
	free   job.Amount // bonded and not locked, as it was last seen
	asking sync.Mutex // of engage: one outbox entry after the other
}

// New returns a service; Run settles.
func New(c Config) *Service {
	if c.Every == 0 {
		c.Every = 2 * time.Second
	}
	return &Service{Config: c}
}

// Run looks at the chain until ctx is done.
func (s *Service) Run(ctx context.Context) error {
	if !s.Attached {
		return nil
	}
	tick := time.NewTicker(s.Every)
	defer tick.Stop()
	for {
		if err := s.Step(ctx); err != nil && ctx.Err() == nil {
			s.Log.InfoContext(ctx, "Jobs not settled; tried again", slog.Any("err", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Free returns what this peer has bonded and not locked, in whole units of a job,
// as it was last seen: what it can stake.
func (s *Service) Free() job.Amount {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.free
}

// Step looks at the chain once and does what is next.
func (s *Service) Step(ctx context.Context) error {
	k, o, err := s.Link(ctx)
	if err != nil {
		return err
	}
	staker, err := k.Staker(ctx, [20]byte(s.Account))
	if err != nil {
		return err
	}
	free, err := k.Free(ctx, staker)
	if err != nil {
		return err
	}
	s.mu.Lock()
	if free.Div(free, Wei(1)); free.IsUint64() {
		s.free = min(job.Amount(free.Uint64()), job.MaxAmount)
	}
	s.mu.Unlock()
	return errors.Join(s.pay(ctx, k, o), s.collect(ctx, k, o))
}

// A row is an engagement in the tables.
type row struct {
	member    chain.Member
	job       job.ID
	key       chain.JobKey
	account   record.Account
	audit     int
	terms     *contract
	signature []byte
	upTo      sql.NullInt64
	root      []byte
	guilty    bool
	charge    []byte
	rightly   []byte
	part      []byte
	after     int64
	stage     chain.MemberStage
}

const columns = `SELECT member, job, key, account, audit, terms, signature, upto, root, guilty, charge, rightly, part, after, stage FROM job_engagements `

func (s *Service) rows(ctx context.Context, where string, args ...any) (all []row, err error) {
	found, err := s.DB.QueryContext(ctx, columns+where, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		var r row
		var member, id, key, account, terms []byte
		if err := found.Scan(&member, &id, &key, &account, &r.audit, &terms, &r.signature, &r.upTo, &r.root, &r.guilty, &r.charge, &r.rightly, &r.part, &r.after, &r.stage); err != nil {
			return nil, err
		}
		if len(member) != 32 || len(id) != 32 || len(key) != 32 || len(account) != 20 {
			return nil, errors.New("an engagement in the tables is damaged")
		}
		r.member, r.job, r.key, r.account = chain.Member(member), job.ID(id), chain.JobKey(key), record.Account(account)
		if r.terms, err = readContract(terms); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, found.Err()
}

// final tells whether nothing follows for a member.
func final(s chain.MemberStage) bool { return s >= chain.Paid }

// saw notes where a member is on the chain.
func (s *Service) saw(ctx context.Context, r *row, stage chain.MemberStage) error {
	if r.stage == stage {
		return nil
	}
	r.stage = stage
	_, err := s.DB.ExecContext(ctx, `UPDATE job_engagements SET stage = ? WHERE member = ?`, stage, r.member[:])
	return err
}

// put has a call made once. One of before that is of no use any more is taken back
// by drop.
func put(ctx context.Context, o *chain.Outbox, what string, of [32]byte, call chain.Call) error {
	_, err := o.Attempt(ctx, nameOf(what, of), call)
	return err
}

func nameOf(what string, of [32]byte) string { return fmt.Sprintf("%s %x", what, of) }

// drop takes calls back that wait for what will not come.
func drop(ctx context.Context, o *chain.Outbox, of [32]byte, what ...string) (err error) {
	for _, w := range what {
		_, e := o.Cancel(ctx, nameOf(w, of))
		err = errors.Join(err, e)
	}
	return err
}
