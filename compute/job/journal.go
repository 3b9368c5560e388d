package job

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// A Journal holds what the machines of a peer saw and what they said, in a
// SQLite file that others open. It is safe for concurrent use; one Keeper a job
// and role is not.
type Journal struct{ db *sql.DB }

// A Role is one side of a job. The numbers are append-only.
type Role uint8

const (
	AsRequester Role = 1
	AsWorker    Role = 2
	AsAuditor   Role = 3
)

func (r Role) String() string { return name(int(r), "?", "requester", "worker", "auditor") }

// schema is append-only.
const schema = `
CREATE TABLE IF NOT EXISTS job_events (
	job BLOB NOT NULL, role INTEGER NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL,
	PRIMARY KEY (job, role, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS job_said (
	job BLOB NOT NULL, signer BLOB NOT NULL, type INTEGER NOT NULL, sequence INTEGER NOT NULL, payload BLOB NOT NULL,
	PRIMARY KEY (job, signer, type, sequence)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS job_heard (
	job BLOB NOT NULL, signer BLOB NOT NULL, type INTEGER NOT NULL, sequence INTEGER NOT NULL, envelope BLOB NOT NULL,
	PRIMARY KEY (job, signer, type, sequence)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS job_results (
	job BLOB NOT NULL, worker BLOB NOT NULL, valid INTEGER NOT NULL, n INTEGER NOT NULL,
	PRIMARY KEY (job, worker)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS job_results_of ON job_results (worker, n);`

// OpenJournal makes the tables where they are missing. The file SHOULD be in
// WAL mode with synchronous=FULL: what Do returned is then on disk.
func OpenJournal(db *sql.DB) (*Journal, error) {
	if _, err := db.Exec(schema); err != nil {
		return nil, fmt.Errorf("job: journal: %w", err)
	}
	return &Journal{db}, nil
}

// Jobs lists the jobs that this peer has in a role, in the order of their IDs.
func (j *Journal) Jobs(role Role) ([]ID, error) {
	rows, err := j.db.Query(`SELECT job FROM job_events WHERE role = ? AND n = 0 ORDER BY job`, role)
	if err != nil {
		return nil, fmt.Errorf("job: journal: %w", err)
	}
	defer rows.Close()
	var ids []ID
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, fmt.Errorf("job: journal: %w", err)
		}
		if len(b) != len(ID{}) {
			return nil, fmt.Errorf("job: journal: a job named by %d bytes", len(b))
		}
		ids = append(ids, ID(b))
	}
	return ids, rows.Err()
}

// An Entry is a journalled event with its time.
type Entry struct {
	At    Millis
	Event Event
}

// Events returns what a machine saw, in order.
func (j *Journal) Events(id ID, role Role) ([]Entry, error) {
	rows, err := j.db.Query(`SELECT at, event FROM job_events WHERE job = ? AND role = ? ORDER BY n`, id[:], role)
	if err != nil {
		return nil, fmt.Errorf("job: journal: %w", err)
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		var e Entry
		var b []byte
		if err := rows.Scan(&e.At, &b); err != nil {
			return nil, fmt.Errorf("job: journal: %w", err)
		}
		if err := canon.Decode(b, &e.Event, canon.Limits{}); err != nil {
			return nil, fmt.Errorf("job: journal of %s, event %d: %w", id, len(all), err)
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

func (j *Journal) add(id ID, role Role, n int, e Entry) error {
	b, err := canon.Encode(&e.Event)
	if err != nil {
		return fmt.Errorf("job: journal: %w", err)
	}
	if _, err := j.db.Exec(`INSERT INTO job_events VALUES (?, ?, ?, ?, ?)`, id[:], role, n, e.At, b); err != nil {
		return fmt.Errorf("job: journal of %s, event %d: %w", id, n, err)
	}
	return nil
}

// Say keeps what is about to be signed and returns the payload to seal: that of
// the first time, if this place was filled before.
func (j *Journal) Say(id ID, signer record.Account, s Say) ([]byte, error) {
	if _, err := j.db.Exec(`INSERT INTO job_said VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		id[:], signer[:], s.Type, int64(s.Sequence), s.Payload); err != nil {
		return nil, fmt.Errorf("job: journal: %w", err)
	}
	var b []byte
	err := j.db.QueryRow(`SELECT payload FROM job_said WHERE job = ? AND signer = ? AND type = ? AND sequence = ?`,
		id[:], signer[:], s.Type, int64(s.Sequence)).Scan(&b)
	if err != nil {
		return nil, fmt.Errorf("job: journal: %w", err)
	}
	return b, nil
}

// maxHeard is how many records of one type one signer has a place for in a job:
// twice as many as an honest one needs.
const maxHeard = 4 * MaxSegments

// Hear keeps a record of a job. If its signer said something else in the same
// place before, that is the evidence which convicts it.
func (j *Journal) Hear(v record.Verified) (*record.Equivocation, error) {
	h, signer := v.Header(), v.Signer().Account()
	if _, err := j.db.Exec(`INSERT INTO job_heard SELECT ?1, ?2, ?3, ?4, ?5
		WHERE (SELECT COUNT(*) FROM job_heard WHERE job = ?1 AND signer = ?2 AND type = ?3) < ?6 ON CONFLICT DO NOTHING`,
		h.Subject[:], signer[:], h.Type, int64(h.Sequence), v.Envelope(), maxHeard); err != nil {
		return nil, fmt.Errorf("job: journal: %w", err)
	}
	var b []byte
	err := j.db.QueryRow(`SELECT envelope FROM job_heard WHERE job = ? AND signer = ? AND type = ? AND sequence = ?`,
		h.Subject[:], signer[:], h.Type, int64(h.Sequence)).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("job %s: %s said more than %d %s records", ID(h.Subject), signer, maxHeard, h.Type)
	}
	if err != nil || bytes.Equal(b, v.Envelope()) {
		return nil, err
	}
	before, err := record.Open(b, h.Network)
	if err != nil {
		return nil, fmt.Errorf("job: journal: %w", err)
	}
	if e, ok := record.Equivocates(before, v); ok {
		return &e, nil
	}
	return nil, nil
}

// Heard returns the records of one signer and type for a job, by sequence: the
// evidence of a dispute.
func (j *Journal) Heard(id ID, signer record.Account, t record.Type, network record.Network) ([]record.Verified, error) {
	rows, err := j.db.Query(`SELECT envelope FROM job_heard WHERE job = ? AND signer = ? AND type = ? ORDER BY sequence`, id[:], signer[:], t)
	if err != nil {
		return nil, fmt.Errorf("job: journal: %w", err)
	}
	defer rows.Close()
	var all []record.Verified
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, fmt.Errorf("job: journal: %w", err)
		}
		v, err := record.Open(b, network)
		if err != nil {
			return nil, fmt.Errorf("job: journal: %w", err)
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// Credit counts a result for or against a worker, once a job.
func (j *Journal) Credit(id ID, c Credit) error {
	_, err := j.db.Exec(`INSERT INTO job_results SELECT ?, ?, ?, COALESCE(MAX(n), 0) + 1 FROM job_results WHERE true
		ON CONFLICT (job, worker) DO UPDATE SET valid = min(valid, excluded.valid)`, id[:], c.Worker[:], c.Valid)
	if err != nil {
		return fmt.Errorf("job: journal: %w", err)
	}
	return nil
}

// Valid returns how many of a worker's results in a row were valid, up to the
// last one.
func (j *Journal) Valid(worker record.Account) (uint64, error) {
	var n uint64
	err := j.db.QueryRow(`SELECT COUNT(*) FROM job_results WHERE worker = ?1 AND valid AND n >
		COALESCE((SELECT MAX(n) FROM job_results WHERE worker = ?1 AND NOT valid), 0)`, worker[:]).Scan(&n)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("job: journal: %w", err)
	}
	return n, nil
}
