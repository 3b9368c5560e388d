package work

import (
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

// A Ledger is job.Ledger in the tables of a peer. Where no chain is attached each
// requester keeps the accounts of its own jobs: whoever is met for the first time
// begins with Grant. Where one is, package escrow has that place.
type Ledger struct {
	db *sql.DB
	mu sync.Mutex
}

// Grant is what an account begins with: play money.
const Grant = 1_000_000 * job.Amount(1e6)

const ledgerTables = `
CREATE TABLE IF NOT EXISTS job_purses (
	kind INTEGER NOT NULL, job BLOB NOT NULL, owner BLOB NOT NULL, amount INTEGER NOT NULL,
	PRIMARY KEY (kind, job, owner)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS job_transfers (
	id BLOB PRIMARY KEY, from_kind INTEGER NOT NULL, from_job BLOB NOT NULL, from_owner BLOB NOT NULL,
	to_kind INTEGER NOT NULL, to_job BLOB NOT NULL, to_owner BLOB NOT NULL, amount INTEGER NOT NULL) WITHOUT ROWID`

// OpenLedger makes the tables where they are missing.
func OpenLedger(db *sql.DB) (*Ledger, error) {
	if _, err := db.Exec(ledgerTables); err != nil {
		return nil, fmt.Errorf("ledger of jobs: %w", err)
	}
	return &Ledger{db: db}, nil
}

// Move is job.Ledger's: one transaction, once for each ID.
func (l *Ledger) Move(t job.Transfer) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	tx, err := l.db.Begin()
	if err != nil {
		return err
	}
	if err := move(tx, t); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func move(tx *sql.Tx, t job.Transfer) error {
	var n int
	args := []any{t.ID[:], t.From.Kind, t.From.Job[:], t.From.Owner[:], t.To.Kind, t.To.Job[:], t.To.Owner[:], int64(t.Amount)}
	if err := tx.QueryRow(`SELECT count(*) FROM job_transfers WHERE id = ?`, t.ID[:]).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		err := tx.QueryRow(`SELECT count(*) FROM job_transfers WHERE id = ? AND from_kind = ? AND from_job = ? AND from_owner = ?
			AND to_kind = ? AND to_job = ? AND to_owner = ? AND amount = ?`, args...).Scan(&n)
		if err == nil && n == 0 {
			err = fmt.Errorf("transfer %x is another one", t.ID[:8])
		}
		return err
	}
	has, err := balance(tx, t.From)
	if err != nil {
		return err
	}
	if has < t.Amount {
		return fmt.Errorf("%w: %s of %s holds %s, %s is due", job.ErrFunds, t.From.Kind, t.From.Owner, has, t.Amount)
	}
	if err := set(tx, t.From, has-t.Amount); err != nil {
		return err
	}
	if has, err = balance(tx, t.To); err == nil {
		err = set(tx, t.To, has+t.Amount)
	}
	if err == nil {
		_, err = tx.Exec(`INSERT INTO job_transfers VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, args...)
	}
	return err
}

// querier is a transaction or the database.
type querier interface {
	QueryRow(string, ...any) *sql.Row
}

func balance(q querier, p job.Purse) (job.Amount, error) {
	var n int64
	err := q.QueryRow(`SELECT amount FROM job_purses WHERE kind = ? AND job = ? AND owner = ?`, p.Kind, p.Job[:], p.Owner[:]).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		if p.Kind == job.Free {
			return Grant, nil
		}
		return 0, nil
	}
	return job.Amount(n), err
}

func set(tx *sql.Tx, p job.Purse, a job.Amount) error {
	_, err := tx.Exec(`INSERT INTO job_purses VALUES (?, ?, ?, ?) ON CONFLICT (kind, job, owner) DO UPDATE SET amount = excluded.amount`,
		p.Kind, p.Job[:], p.Owner[:], int64(a))
	return err
}

// Balance returns what a purse holds.
func (l *Ledger) Balance(p job.Purse) (job.Amount, error) { return balance(l.db, p) }

// A Movement is money of a job that moved, as people are told.
type Movement struct {
	From, To job.Purse
	Amount   job.Amount
}

// Movements returns what moved from or to the purses of a job.
func (l *Ledger) Movements(id job.ID) (all []Movement, err error) {
	rows, err := l.db.Query(`SELECT from_kind, from_job, from_owner, to_kind, to_job, to_owner, amount FROM job_transfers
		WHERE from_job = ?1 OR to_job = ?1`, id[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var m Movement
		var fj, fo, tj, to []byte
		if err := rows.Scan(&m.From.Kind, &fj, &fo, &m.To.Kind, &tj, &to, &m.Amount); err != nil {
			return nil, err
		}
		copy(m.From.Job[:], fj)
		copy(m.To.Job[:], tj)
		m.From.Owner, m.To.Owner = record.Account(fo), record.Account(to)
		all = append(all, m)
	}
	return all, rows.Err()
}
