// Package aggregator settles what payers, workers and distributors signed: it
// collects their records, posts epochs when it may, makes them final, shows what
// is demanded of them, and proves those of others wrong.
//
// The invariant: what it took over lies in the ledger until it is in a final
// epoch, and what it sends goes through an outbox; so a kill at any point loses
// nothing and does nothing twice. It posts only what it has recomputed.
//
// Start with Service.Step: one look at the chain.
package aggregator

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// Tables are the steps of the aggregator's tables in ledger.db.
var Tables = []string{
	`CREATE TABLE unsettled (
		id INTEGER PRIMARY KEY,
		key BLOB NOT NULL UNIQUE,  -- of the record
		body BLOB NOT NULL,        -- canonical
		tries INTEGER NOT NULL     -- epochs that could not take it
	)`,
}

// Config is what an aggregator works with.
type Config struct {
	Contracts *chain.Contracts
	Outbox    *chain.Outbox
	Follower  *chain.Follower // of this service alone
	Account   [20]byte        // key of the outbox
	Ledger    *sql.DB         // with Tables
	Keep      epoch.Put       // blocks that others fetch
	Get       epoch.Get
	Pin       func(ctx context.Context, h epoch.Header) error // keeps the data of an epoch that was posted; nil: Keep does

	// Payments refuses payments that are without ground; nil: takes those that
	// the Ledger would.
	Payments func(ctx context.Context, p *epoch.Payment) error

	Posts bool          // false: it watches only
	Every time.Duration // between two epochs that it posts; default 1 minute
	Most  int           // records of an epoch; default 2^20
	Log   *slog.Logger  // nil: silent
}

// A Service is one aggregator. Take is safe for concurrent use, Step is not.
type Service struct{ Config }

// New returns a service; Run or Step works.
func New(c Config) *Service {
	if c.Every == 0 {
		c.Every = time.Minute
	}
	if c.Most == 0 {
		c.Most = 1 << 20
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{c}
}

// maxRecord bounds a record that is taken over, in bytes.
const maxRecord = 4 << 10

// Take takes a record over, once for each key. It is settled when it can be.
func (s *Service) Take(ctx context.Context, r epoch.Record) error {
	r.Place, r.Places, r.Void = 0, nil, false
	if r.Usage == nil && r.Payment == nil {
		return errors.New("take a record: it is neither a usage nor a payment")
	}
	if err := r.Fits(); err != nil {
		return fmt.Errorf("take a record: %w", err)
	}
	body, err := canon.Encode(&r)
	if err == nil && len(body) > maxRecord {
		err = fmt.Errorf("%d bytes, at most %d are taken", len(body), maxRecord)
	}
	if err != nil {
		return fmt.Errorf("take a record: %w", err)
	}
	if r.Usage != nil && !r.Usage.Signed(s.Contracts.Domain()) {
		return errors.New("take a record: it is not signed by its payer and a worker that it names, for these contracts")
	}
	if r.Payment != nil && s.Payments != nil {
		if err := s.Payments(ctx, r.Payment); err != nil {
			return fmt.Errorf("take a record: %w", err)
		}
	}
	n, err := s.Waiting(ctx)
	if err == nil && n >= 4*s.Most {
		err = fmt.Errorf("%d records wait: no more are taken", n)
	}
	if err != nil {
		return fmt.Errorf("take a record: %w", err)
	}
	key := r.Key()
	if _, err := s.Ledger.ExecContext(ctx, "INSERT OR IGNORE INTO unsettled (key, body, tries) VALUES (?, ?, 0)", key[:], body); err != nil {
		return fmt.Errorf("take a record: %w", err)
	}
	return nil
}

// Waiting returns how many records are not yet in a final epoch.
func (s *Service) Waiting(ctx context.Context) (n int, err error) {
	return n, s.Ledger.QueryRowContext(ctx, "SELECT count(*) FROM unsettled").Scan(&n)
}

// Run looks at the chain until ctx is done. What goes wrong is logged and tried
// again.
func (s *Service) Run(ctx context.Context) error {
	tick := time.NewTicker(min(s.Every, 5*time.Second))
	defer tick.Stop()
	for {
		if err := s.Step(ctx); err != nil && ctx.Err() == nil {
			s.Log.InfoContext(ctx, "Epochs not looked after; tried again", slog.Any("err", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// A view is the chain at one look.
type view struct {
	posted     []chain.Posted
	tip, final uint64
	now        time.Time
	window     chain.Window
}

func (v *view) last() chain.Posted {
	if v.tip == 0 {
		return chain.Posted{Header: epoch.Genesis()}
	}
	return v.posted[v.tip-1]
}

func (s *Service) look(ctx context.Context) (v view, err error) {
	if v.posted, err = s.Follower.Posted(ctx); err != nil {
		return v, err
	}
	v.tip = uint64(len(v.posted))
	if _, v.final, err = s.Contracts.Tip(ctx); err != nil {
		return v, err
	}
	if v.now, err = chain.Now(ctx, s.Contracts.Client); err != nil {
		return v, err
	}
	v.window, err = s.Contracts.Window(ctx)
	return v, err
}

// Step looks at the chain once: it proves wrong what is wrong, shows what was
// demanded, makes final what nobody has proven wrong, and posts an epoch if it may
// and there is something to settle.
func (s *Service) Step(ctx context.Context) error {
	v, err := s.look(ctx)
	if err != nil {
		return err
	}
	if err := s.tidy(ctx); err != nil {
		return err
	}
	right, err := s.watch(ctx, v)
	if err != nil {
		return err
	}
	if err := s.answer(ctx, v); err != nil {
		return err
	}
	if err := s.finalize(ctx, v, right); err != nil {
		return err
	}
	if s.Posts && right == v.tip {
		if err := s.post(ctx, v); err != nil {
			return err
		}
	}
	return s.Outbox.Step(ctx)
}

// do makes a call through the outbox, again if an earlier one was in vain.
func (s *Service) do(ctx context.Context, h epoch.Header, what string, call chain.Call) error {
	hash := h.Hash()
	_, err := s.Outbox.Attempt(ctx, fmt.Sprintf("%s %d, %x", what, h.Epoch, hash[:6]), call)
	return err
}

// tidy takes back what was never signed, for want of sense or gas: whatever still
// makes sense is put again.
func (s *Service) tidy(ctx context.Context) error {
	open, err := s.Outbox.Open(ctx)
	for _, e := range open {
		if err == nil && e.Stage == chain.Waiting && e.Problem != "" && ours(e.Name) {
			s.Log.InfoContext(ctx, "Not sent", slog.String("call", e.Name), slog.String("err", e.Problem))
			_, err = s.Outbox.Cancel(ctx, e.Name)
		}
	}
	return err
}

// Calls of an aggregator, by the first word of their names in the outbox.
const (
	callPost      = "post epoch"
	callFinalize  = "finalize epoch"
	callChallenge = "challenge epoch"
	callDemand    = "demand of epoch"
	callAllow     = "allow a demand of epoch"
	callWithheld  = "withheld of epoch"
	callShow      = "show of epoch"
	callDismiss   = "dismiss after epoch"
)

func ours(name string) bool {
	for _, w := range []string{callPost, callFinalize, callChallenge, callDemand, callAllow, callWithheld, callShow, callDismiss} {
		if strings.HasPrefix(name, w) {
			return true
		}
	}
	return false
}

// finalize makes epochs final whose window is over, up to the last one that is
// known to be right.
func (s *Service) finalize(ctx context.Context, v view, right uint64) error {
	for n := v.final + 1; n <= right; n++ {
		p := v.posted[n-1]
		if v.now.Before(p.At.Add(v.window.Proof)) {
			return nil
		}
		if err := s.do(ctx, p.Header, callFinalize, s.Contracts.Finalize(p.Header)); err != nil {
			return err
		}
		if err := s.Outbox.Step(ctx); err != nil {
			return err
		}
	}
	return nil
}
