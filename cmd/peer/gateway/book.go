package gateway

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Tables are the steps of the gateway's tables in ledger.db. What is about to be
// promised or used is written there before.
var Tables = []string{
	`CREATE TABLE asks (
		id INTEGER PRIMARY KEY,
		at INTEGER NOT NULL,              -- milliseconds
		model TEXT NOT NULL, adapter TEXT NOT NULL,
		worker TEXT NOT NULL,             -- peer ID
		payment BLOB NOT NULL             -- canonical; empty: nobody pays
	)`,
	`CREATE TABLE receipts (
		id BLOB PRIMARY KEY,              -- of the spec
		at INTEGER NOT NULL,              -- milliseconds
		model TEXT NOT NULL, adapter TEXT NOT NULL,
		worker TEXT NOT NULL,             -- account
		tokens INTEGER NOT NULL,
		state TEXT NOT NULL,              -- see State
		doubt TEXT NOT NULL,              -- why it is audited whatever the beacon says
		note TEXT NOT NULL,               -- what the audit found
		file BLOB NOT NULL
	)`,
	`CREATE INDEX receipts_by_worker ON receipts (worker, state)`,
	`ALTER TABLE receipts ADD COLUMN verdict TEXT NOT NULL DEFAULT ''`, // of the dispute about a false one; empty: it is not over
	`CREATE TABLE beacon (seed BLOB NOT NULL)`,                         // one, see LocalBeacon
}

// A State is what became of a receipt.
type State string

// States of a receipt.
const (
	Undrawn State = "new"     // the beacon has not been drawn
	Spared  State = "spared"  // not drawn for an audit
	Passed  State = "passed"  // audited, and as stated
	False   State = "false"   // audited, and not as stated
	Foreign State = "foreign" // audited; a token that another worker had given before is wrong
	Unable  State = "unable"  // drawn, but neither this peer nor an auditor could compute it again, or nobody proves what it says
	Vouched State = "vouched" // audited by another peer, which says that it is as stated
	Own     State = "own"     // this peer's own answer, which it need not audit
)

// An Entry is a receipt in the ledger.
type Entry struct {
	ID      [32]byte
	At      time.Time
	Model   string
	Adapter string // "": none
	Worker  string // account
	Tokens  int
	State   State
	Doubt   string
	Note    string
	Verdict string // of the dispute about a false one
	File    []byte
}

// A Book keeps what the gateway asked for and the receipts that it got.
type Book struct{ db *sql.DB }

// NewBook returns the book of a ledger that has Tables.
func NewBook(db *sql.DB) *Book { return &Book{db} }

// asked journals a payment before a worker gets it.
func (b *Book) asked(ctx context.Context, at time.Time, model, adapter, worker string, payment []byte) error {
	if payment == nil {
		payment = []byte{}
	}
	_, err := b.db.ExecContext(ctx, "INSERT INTO asks (at, model, adapter, worker, payment) VALUES (?, ?, ?, ?, ?)", at.UnixMilli(), model, adapter, worker, payment)
	if err != nil {
		return fmt.Errorf("journal a request: %w", err)
	}
	return nil
}

// Payments lists what was journalled as paid, each once, canonical.
func (b *Book) Payments(ctx context.Context) (all [][]byte, err error) {
	rows, err := b.db.QueryContext(ctx, "SELECT DISTINCT payment FROM asks WHERE length(payment) > 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p []byte
		if err := rows.Scan(&p); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// Keep stores a receipt; one that is there stays as it is.
func (b *Book) Keep(ctx context.Context, e Entry) error {
	_, err := b.db.ExecContext(ctx, "INSERT OR IGNORE INTO receipts (id, at, model, adapter, worker, tokens, state, doubt, note, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.ID[:], e.At.UnixMilli(), e.Model, e.Adapter, e.Worker, e.Tokens, e.State, e.Doubt, e.Note, e.File)
	if err != nil {
		return fmt.Errorf("keep a receipt: %w", err)
	}
	return nil
}

// mark notes what became of a receipt.
func (b *Book) mark(ctx context.Context, id [32]byte, s State, note string) error {
	_, err := b.db.ExecContext(ctx, "UPDATE receipts SET state = ?, note = ? WHERE id = ?", s, note, id[:])
	return err
}

// judged notes how the dispute about a false receipt ended.
func (b *Book) judged(ctx context.Context, id [32]byte, verdict string) error {
	_, err := b.db.ExecContext(ctx, "UPDATE receipts SET verdict = ? WHERE id = ?", verdict, id[:])
	return err
}

// Seed returns the seed of this peer's beacon, which is made once.
func (b *Book) Seed(ctx context.Context) (seed [32]byte, err error) {
	_, _ = rand.Read(seed[:]) // never fails
	if _, err := b.db.ExecContext(ctx, "INSERT INTO beacon SELECT ? WHERE NOT EXISTS (SELECT 1 FROM beacon)", seed[:]); err != nil {
		return seed, err
	}
	var kept []byte
	if err := b.db.QueryRowContext(ctx, "SELECT seed FROM beacon").Scan(&kept); err != nil || len(kept) != 32 {
		return seed, errors.Join(fmt.Errorf("a beacon's seed of %d bytes", len(kept)), err)
	}
	return [32]byte(kept), nil
}

// passed counts the receipts of a worker whose audit was good.
func (b *Book) passed(ctx context.Context, worker string) (n int, err error) {
	err = b.db.QueryRowContext(ctx, "SELECT count(*) FROM receipts WHERE worker = ? AND state = ?", worker, Passed).Scan(&n)
	return n, err
}

const columns = "SELECT id, at, model, adapter, worker, tokens, state, doubt, note, verdict, file FROM receipts "

func (b *Book) query(ctx context.Context, where string, args ...any) (all []Entry, err error) {
	rows, err := b.db.QueryContext(ctx, columns+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var id []byte
		var at int64
		if err := rows.Scan(&id, &at, &e.Model, &e.Adapter, &e.Worker, &e.Tokens, &e.State, &e.Doubt, &e.Note, &e.Verdict, &e.File); err != nil {
			return nil, err
		}
		if len(id) != 32 {
			return nil, fmt.Errorf("a receipt with an ID of %d bytes", len(id))
		}
		e.ID, e.At = [32]byte(id), time.UnixMilli(at)
		all = append(all, e)
	}
	return all, rows.Err()
}

// due lists receipts that no beacon has been drawn for, the oldest first.
func (b *Book) due(ctx context.Context, until time.Time, most int) ([]Entry, error) {
	return b.query(ctx, "WHERE state = ? AND at <= ? ORDER BY at, id LIMIT ?", Undrawn, until.UnixMilli(), most)
}

// accused lists false receipts of after a time whose dispute is not over.
func (b *Book) accused(ctx context.Context, after time.Time, most int) ([]Entry, error) {
	return b.query(ctx, "WHERE state = ? AND verdict = '' AND at > ? ORDER BY at, id LIMIT ?", False, after.UnixMilli(), most)
}

// List returns the newest receipts, at most so many.
func (b *Book) List(ctx context.Context, most int) ([]Entry, error) {
	return b.query(ctx, "ORDER BY at DESC, id LIMIT ?", most)
}

// ErrNoReceipt is what Find returns, wrapped, if there is none or more than one.
var ErrNoReceipt = errors.New("no such receipt")

// Find returns the receipt whose ID begins with these hex digits.
func (b *Book) Find(ctx context.Context, prefix string) (Entry, error) {
	prefix = strings.ToLower(strings.TrimPrefix(prefix, "0x"))
	if _, err := hex.DecodeString(prefix + strings.Repeat("0", len(prefix)%2)); err != nil || len(prefix) < 4 {
		return Entry{}, fmt.Errorf("%w: want 4 or more of its hex digits", ErrNoReceipt)
	}
	all, err := b.query(ctx, "WHERE lower(hex(id)) LIKE ? || '%' LIMIT 2", prefix)
	switch {
	case err != nil:
		return Entry{}, err
	case len(all) == 0:
		return Entry{}, fmt.Errorf("%w: %s", ErrNoReceipt, prefix)
	case len(all) > 1:
		return Entry{}, fmt.Errorf("%w: %s begins more than one", ErrNoReceipt, prefix)
	}
	return all[0], nil
}
