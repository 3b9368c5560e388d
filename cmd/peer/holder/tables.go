package holder

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/proofs/record"
)

const schema = `CREATE TABLE IF NOT EXISTS job_deposits (
	job BLOB NOT NULL, maker BLOB NOT NULL, state BLOB NOT NULL, root BLOB NOT NULL, bytes INTEGER NOT NULL, held INTEGER NOT NULL,
	requester BLOB NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL, heartbeat INTEGER NOT NULL, envelope BLOB NOT NULL,
	PRIMARY KEY (job, maker, state, root)) WITHOUT ROWID`

// tables are the deposits that are held.
type tables struct{ db *sql.DB }

// A place names a deposit.
type place struct {
	job   job.ID
	maker record.Account
	state cid.Cid // root of the segment's state
	root  cid.Cid // of the share
}

// A row is one deposit.
type row struct {
	place
	bytes     uint64
	held      bool // all of it is here
	requester record.PublicKey
	since     time.Time
	until     time.Time
	heartbeat job.Millis
	envelope  []byte // of the commit; none: it was not said yet
}

// list returns the deposits that a condition picks.
func (t tables) list(ctx context.Context, where string, args ...any) (all []row, err error) {
	rows, err := t.db.QueryContext(ctx, `SELECT job, maker, state, root, bytes, held, requester, since, until, heartbeat, envelope FROM job_deposits `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

func scan(rows *sql.Rows) (r row, err error) {
	var id, maker, state, root, key []byte
	var since, until int64
	if err := rows.Scan(&id, &maker, &state, &root, &r.bytes, &r.held, &key, &since, &until, &r.heartbeat, &r.envelope); err != nil {
		return r, err
	}
	if len(id) != len(r.job) || len(maker) != len(r.maker) {
		return r, fmt.Errorf("deposits of jobs: one named by %d and %d bytes", len(id), len(maker))
	}
	r.job, r.maker, r.since, r.until = job.ID(id), record.Account(maker), time.UnixMilli(since), time.UnixMilli(until)
	var errs [3]error
	r.state, errs[0] = cid.Cast(state)
	r.root, errs[1] = cid.Cast(root)
	r.requester, errs[2] = record.ParsePublicKey(key)
	return r, errors.Join(errs[:]...)
}

// of returns the deposits of one segment's state, which differ by their shares.
func (t tables) of(ctx context.Context, at place) ([]row, error) {
	return t.list(ctx, `WHERE job = ? AND maker = ? AND state = ?`, at.job[:], at.maker[:], at.state.Bytes())
}

// add writes a deposit down that is not here yet.
func (t tables) add(ctx context.Context, r row) error {
	key := r.requester.Bytes()
	_, err := t.db.ExecContext(ctx, `INSERT INTO job_deposits VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, x'')`,
		r.job[:], r.maker[:], r.state.Bytes(), r.root.Bytes(), int64(r.bytes), key[:], r.since.UnixMilli(), r.until.UnixMilli(), int64(r.heartbeat))
	return err
}

// hold notes that all of a deposit is here, and until when it stays.
func (t tables) hold(ctx context.Context, at place, until time.Time, heartbeat job.Millis) error {
	_, err := t.db.ExecContext(ctx, `UPDATE job_deposits SET held = 1, until = ?, heartbeat = ? WHERE job = ? AND maker = ? AND state = ? AND root = ?`,
		until.UnixMilli(), int64(heartbeat), at.job[:], at.maker[:], at.state.Bytes(), at.root.Bytes())
	return err
}

func (t tables) setCommit(ctx context.Context, at place, envelope []byte) error {
	_, err := t.db.ExecContext(ctx, `UPDATE job_deposits SET envelope = ? WHERE job = ? AND maker = ? AND state = ?`,
		envelope, at.job[:], at.maker[:], at.state.Bytes())
	return err
}

func (t tables) remove(ctx context.Context, at place) error {
	_, err := t.db.ExecContext(ctx, `DELETE FROM job_deposits WHERE job = ? AND maker = ? AND state = ? AND root = ?`,
		at.job[:], at.maker[:], at.state.Bytes(), at.root.Bytes())
	return err
}

// least is what a deposit counts for at least, so that their number is bounded, too.
const least = 64 << 10

// charged is what all deposits together count for, in bytes.
func (t tables) charged(ctx context.Context) (n uint64, err error) {
	err = t.db.QueryRowContext(ctx, `SELECT coalesce(sum(max(bytes, ?)), 0) FROM job_deposits`, least).Scan(&n)
	return n, err
}
