package pin

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/record"
)

// schema is what this package keeps in the database. Times are milliseconds
// since 1970, 0 for none; a CID is its bytes, a peer its 33 bytes.
const schema = `
CREATE TABLE IF NOT EXISTS pin_pins (
	number   INTEGER PRIMARY KEY AUTOINCREMENT,
	root     BLOB NOT NULL UNIQUE,
	name     TEXT NOT NULL,
	whole    INTEGER NOT NULL,
	datanet  BLOB,             -- NULL: no pieces
	promised INTEGER NOT NULL, -- bytes of pieces
	state    TEXT NOT NULL,    -- of all that is below root but the pieces, or of all if whole
	reason   TEXT NOT NULL,
	since    INTEGER NOT NULL,
	retry    INTEGER NOT NULL,
	tries    INTEGER NOT NULL,
	bytes    INTEGER NOT NULL,
	removed  INTEGER NOT NULL  -- when; its blocks stay for as long as others may rely on them
);
CREATE UNIQUE INDEX IF NOT EXISTS pin_datanets ON pin_pins (datanet) WHERE datanet IS NOT NULL;
CREATE TABLE IF NOT EXISTS pin_shards (
	datanet BLOB NOT NULL,
	shard   INTEGER NOT NULL,
	layout  BLOB NOT NULL,
	pieces  INTEGER NOT NULL, -- 0: the layout has not been read
	size    INTEGER NOT NULL, -- bytes of a piece
	leaves  INTEGER NOT NULL, -- of a piece
	PRIMARY KEY (datanet, shard)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pin_pieces (
	datanet BLOB NOT NULL,
	shard   INTEGER NOT NULL,
	piece   INTEGER NOT NULL,
	state   TEXT NOT NULL,
	reason  TEXT NOT NULL,
	since   INTEGER NOT NULL,
	retry   INTEGER NOT NULL,
	tries   INTEGER NOT NULL,
	roots   BLOB NOT NULL,    -- of the subtree of each chunk, once pinned
	leaving INTEGER NOT NULL, -- since when another peer keeps it
	PRIMARY KEY (datanet, shard, piece)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pin_due ON pin_pieces (retry) WHERE state IN ('queued', 'error');
CREATE TABLE IF NOT EXISTS pin_pledges (
	digest   BLOB PRIMARY KEY,
	datanet  BLOB NOT NULL,
	peer     BLOB NOT NULL,
	heard    INTEGER NOT NULL,
	envelope BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pin_watches (
	datanet BLOB NOT NULL,
	peer    BLOB NOT NULL,
	watch   TEXT NOT NULL,    -- JSON
	PRIMARY KEY (datanet, peer)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pin_sequences (
	type    INTEGER NOT NULL,
	subject BLOB NOT NULL,
	peer    BLOB NOT NULL,    -- who signs; of challenges to this peer, who has signed
	last    INTEGER NOT NULL,
	PRIMARY KEY (type, subject, peer)
) WITHOUT ROWID;
`

// tables are the rows. Each method is one transaction or a part of one, so a
// kill leaves all of it or nothing.
type tables struct{ db *sql.DB }

// executor is a database or a transaction.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// within runs f in a transaction.
func (t tables) within(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("pins: %w", err)
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("pins: %w", err)
	}
	return nil
}

// exec runs a statement and says how many rows it changed.
func exec(ctx context.Context, x executor, query string, args ...any) (int, error) {
	res, err := x.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("pins: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// rows collects what a query finds; scan reads one row.
func rows[T any](ctx context.Context, x executor, scan func(*sql.Rows) (T, error), query string, args ...any) (out []T, err error) {
	r, err := x.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("pins: %w", err)
	}
	defer r.Close()
	for r.Next() {
		v, err := scan(r)
		if err != nil {
			return nil, fmt.Errorf("pins: %w", err)
		}
		out = append(out, v)
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("pins: %w", err)
	}
	return out, nil
}

// one returns the only row of a query, or false.
func one[T any](ctx context.Context, x executor, scan func(*sql.Rows) (T, error), query string, args ...any) (v T, ok bool, err error) {
	list, err := rows(ctx, x, scan, query, args...)
	if err != nil || len(list) == 0 {
		return v, false, err
	}
	return list[0], true, nil
}

func scanInt(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) }

func toMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMilli(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// A pinRow is a row of pin_pins.
type pinRow struct {
	number  int64
	pin     Pin // without Shards; Datanet is zero where there are no pieces
	shared  bool
	state   State
	reason  string
	since   time.Time
	retry   time.Time
	tries   int
	bytes   uint64
	removed time.Time
}

const pinColumns = `number, root, name, whole, datanet, promised, state, reason, since, retry, tries, bytes, removed`

func scanPin(r *sql.Rows) (p pinRow, err error) {
	var root, datanet []byte
	var since, retry, removed int64
	err = r.Scan(&p.number, &root, &p.pin.Name, &p.pin.Whole, &datanet, &p.pin.Bytes, &p.state, &p.reason, &since, &retry, &p.tries, &p.bytes, &removed)
	if err != nil {
		return p, err
	}
	p.since, p.retry, p.removed = fromMilli(since), fromMilli(retry), fromMilli(removed)
	if p.shared = len(datanet) == len(p.pin.Datanet); p.shared {
		p.pin.Datanet = [32]byte(datanet)
	}
	p.pin.Root, err = cid.Cast(root)
	return p, err
}

// pins returns all rows, removed ones too, in the order in which they were added.
func (t tables) pins(ctx context.Context) ([]pinRow, error) {
	return rows(ctx, t.db, scanPin, `SELECT `+pinColumns+` FROM pin_pins ORDER BY number`)
}

func (t tables) pin(ctx context.Context, root cid.Cid) (pinRow, bool, error) {
	return one(ctx, t.db, scanPin, `SELECT `+pinColumns+` FROM pin_pins WHERE root = ?`, root.Bytes())
}

// A shardRow is a row of pin_shards.
type shardRow struct {
	layout cid.Cid
	pieces int
	size   uint64
	leaves uint64
}

func (t tables) shards(ctx context.Context, datanet [32]byte) ([]shardRow, error) {
	return rows(ctx, t.db, func(r *sql.Rows) (s shardRow, err error) {
		var layout []byte
		if err := r.Scan(&layout, &s.pieces, &s.size, &s.leaves); err != nil {
			return s, err
		}
		s.layout, err = cid.Cast(layout)
		return s, err
	}, `SELECT layout, pieces, size, leaves FROM pin_shards WHERE datanet = ? ORDER BY shard`, datanet[:])
}

// A pieceRow is a row of pin_pieces, without the roots.
type pieceRow struct {
	datanet [32]byte
	piece   Piece
	state   State
	reason  string
	since   time.Time
	retry   time.Time
	tries   int
	leaving time.Time
}

const pieceColumns = `datanet, shard, piece, state, reason, since, retry, tries, leaving`

func scanPiece(r *sql.Rows) (p pieceRow, err error) {
	var datanet []byte
	var since, retry, leaving int64
	err = r.Scan(&datanet, &p.piece.Shard, &p.piece.Index, &p.state, &p.reason, &since, &retry, &p.tries, &leaving)
	if err == nil && len(datanet) != len(p.datanet) {
		err = fmt.Errorf("a Datanet of %d bytes", len(datanet))
	}
	if err != nil {
		return p, err
	}
	p.datanet, p.since, p.retry, p.leaving = [32]byte(datanet), fromMilli(since), fromMilli(retry), fromMilli(leaving)
	return p, nil
}

// pieces returns those of one Datanet, in order.
func (t tables) pieces(ctx context.Context, datanet [32]byte) ([]pieceRow, error) {
	return rows(ctx, t.db, scanPiece, `SELECT `+pieceColumns+` FROM pin_pieces WHERE datanet = ? ORDER BY shard, piece`, datanet[:])
}

// roots returns those of the chunks of a pinned piece, or none.
func (t tables) roots(ctx context.Context, datanet [32]byte, p Piece) ([]merkle.Digest, error) {
	b, _, err := one(ctx, t.db, func(r *sql.Rows) (b []byte, err error) { return b, r.Scan(&b) },
		`SELECT roots FROM pin_pieces WHERE datanet = ? AND shard = ? AND piece = ?`, datanet[:], p.Shard, p.Index)
	if err != nil {
		return nil, err
	}
	out := make([]merkle.Digest, len(b)/32)
	for i := range out {
		out[i] = merkle.Digest(b[32*i:])
	}
	return out, nil
}

// sequence returns a number that was never returned before for a place.
func (t tables) sequence(ctx context.Context, typ record.Type, subject [32]byte, signer record.PublicKey) (n uint64, err error) {
	point := signer.Bytes()
	err = t.within(ctx, func(tx *sql.Tx) error {
		last, _, err := one(ctx, tx, scanInt, `INSERT INTO pin_sequences VALUES (?, ?, ?, 1)
			ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`, uint64(typ), subject[:], point[:])
		n = uint64(last)
		return err
	})
	return n, err
}

// rise notes a sequence of somebody and says whether it is higher than all before.
func (t tables) rise(ctx context.Context, typ record.Type, subject [32]byte, signer record.PublicKey, sequence uint64) (bool, error) {
	if sequence>>63 != 0 {
		return false, nil
	}
	point := signer.Bytes()
	n, err := exec(ctx, t.db, `INSERT INTO pin_sequences VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET last = excluded.last WHERE excluded.last > last`, uint64(typ), subject[:], point[:], int64(sequence))
	return n > 0, err
}

// A sealedRow is a row of pin_pledges.
type sealedRow struct {
	heard    time.Time
	envelope []byte
}

func (t tables) pledges(ctx context.Context) ([]sealedRow, error) {
	return rows(ctx, t.db, func(r *sql.Rows) (s sealedRow, err error) {
		var heard int64
		err = r.Scan(&heard, &s.envelope)
		s.heard = fromMilli(heard)
		return s, err
	}, `SELECT heard, envelope FROM pin_pledges ORDER BY heard`)
}

// keepPledge stores a pledge in place of those of the same peer heard before a
// time.
func (t tables) keepPledge(ctx context.Context, v record.Verified, heard, before time.Time) error {
	h, point := v.Header(), v.Signer().Bytes()
	digest := h.Digest()
	return t.within(ctx, func(tx *sql.Tx) error {
		_, err := exec(ctx, tx, `DELETE FROM pin_pledges WHERE datanet = ? AND peer = ? AND heard < ?`, h.Subject[:], point[:], toMilli(before))
		if err == nil {
			_, err = exec(ctx, tx, `INSERT OR REPLACE INTO pin_pledges VALUES (?, ?, ?, ?, ?)`, digest[:], h.Subject[:], point[:], toMilli(heard), v.Envelope())
		}
		return err
	})
}

// A watchRow is a row of pin_watches.
type watchRow struct {
	datanet [32]byte
	peer    record.PublicKey
	watch   Watch
}

func (t tables) watches(ctx context.Context) ([]watchRow, error) {
	return rows(ctx, t.db, func(r *sql.Rows) (w watchRow, err error) {
		var datanet, peer, text []byte
		if err := r.Scan(&datanet, &peer, &text); err != nil {
			return w, err
		}
		copy(w.datanet[:], datanet)
		if w.peer, err = record.ParsePublicKey(peer); err != nil {
			return w, err
		}
		return w, json.Unmarshal(text, &w.watch)
	}, `SELECT datanet, peer, watch FROM pin_watches`)
}

func (t tables) keepWatch(ctx context.Context, datanet [32]byte, peer record.PublicKey, w Watch) error {
	text, err := json.Marshal(w)
	if err != nil {
		return err
	}
	point := peer.Bytes()
	_, err = exec(ctx, t.db, `INSERT OR REPLACE INTO pin_watches VALUES (?, ?, ?)`, datanet[:], point[:], string(text))
	return err
}
