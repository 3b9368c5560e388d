package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

// versionsKept is how many versions of a Datanet are remembered: a head that is
// valid and those announced after it.
const versionsKept = 8

// Add takes the Manifest record of a version. It refuses what is no manifest of
// its signer (any error but those of this package), a fork (ErrFork, which is
// remembered), a version older than the head (ErrOld) and what is beyond the
// limits (ErrLimit). A version that is known counts as announced again.
func (c *Catalog) Add(ctx context.Context, v record.Verified) (Entry, error) {
	s, err := manifest.OpenManifest(v.Envelope(), c.c.Network)
	if err != nil {
		return Entry{}, err
	}
	if err := c.c.Admit(s.Owner()); err != nil {
		return Entry{}, fmt.Errorf("catalog: founder %s: %w", s.Owner(), err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	err = c.update(ctx, func(tx *sql.Tx) error { return c.add(ctx, tx, s) })
	if err != nil && !errors.Is(err, ErrOld) {
		return Entry{}, err
	}
	e, entryErr := c.Entry(ctx, s.Datanet())
	return e, errors.Join(err, entryErr)
}

// update runs a change as one transaction. A fork is written down although it
// is an error.
func (c *Catalog) update(ctx context.Context, change func(*sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	err = change(tx)
	if err != nil && !errors.Is(err, ErrFork) {
		return errors.Join(err, tx.Rollback())
	}
	if e := tx.Commit(); e != nil {
		return fmt.Errorf("catalog: %w", e)
	}
	return err
}

func (c *Catalog) add(ctx context.Context, tx *sql.Tx, s manifest.Sealed[manifest.Manifest]) error {
	m, id, now := s.Value(), s.Datanet(), c.c.Now().UnixMilli()
	var other, envelope []byte
	err := tx.QueryRowContext(ctx, `SELECT cid, envelope FROM catalog_version WHERE id = ? AND number = ?`, id[:], int64(m.Version)).Scan(&other, &envelope)
	switch {
	case err == nil && string(other) == string(s.CID().Bytes()):
		return c.again(ctx, tx, id, m.Version, now)
	case err == nil:
		return c.forked(ctx, tx, s, envelope, now)
	case !errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("catalog: %w", err)
	}
	var valid sql.NullInt64
	if err := tx.QueryRowContext(ctx, `SELECT max(number) FROM catalog_version WHERE id = ? AND state = ?`, id[:], Valid).Scan(&valid); err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	if valid.Valid && valid.Int64 > int64(m.Version) {
		return fmt.Errorf("%w: %d, this is %d", ErrOld, valid.Int64, m.Version)
	}
	if err := c.room(ctx, tx, id, s.Owner()); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO catalog_version (id, number, cid, envelope, state, reason, tries, next, seen) VALUES (?, ?, ?, ?, ?, '', 0, ?, ?)`,
		id[:], int64(m.Version), s.CID().Bytes(), s.Record().Envelope(), Announced, now, now)
	if err != nil {
		return fmt.Errorf("catalog: %w", err)
	}
	return c.rehead(ctx, tx, id, now)
}

// again notes that a version was announced once more.
func (c *Catalog) again(ctx context.Context, tx *sql.Tx, id manifest.ID, number uint64, now int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE catalog_version SET seen = ? WHERE id = ? AND number = ?`, now, id[:], int64(number))
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE catalog_datanet SET seen = ? WHERE id = ?`, now, id[:])
	}
	return wrap(err)
}

// forked keeps the evidence that a founder signed two versions of one number.
func (c *Catalog) forked(ctx context.Context, tx *sql.Tx, s manifest.Sealed[manifest.Manifest], envelope []byte, now int64) error {
	first, err := manifest.OpenManifest(envelope, c.c.Network)
	if err != nil {
		return fmt.Errorf("catalog: damaged: %w", err)
	}
	evidence, ok := record.Equivocates(first.Record(), s.Record())
	if !ok {
		return fmt.Errorf("catalog: %s and %s are one version of %s in two forms", first.CID(), s.CID(), s.Datanet())
	}
	return c.noteFork(ctx, tx, s.Datanet(), s.Value().Version, first.CID(), s.CID(), evidence.AppendCanon(nil), now)
}

func (c *Catalog) noteFork(ctx context.Context, tx *sql.Tx, id manifest.ID, number uint64, kept, other cid.Cid, evidence []byte, now int64) error {
	_, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO catalog_fork (id, number, kept, other, evidence, seen) VALUES (?, ?, ?, ?, ?, ?)`,
		id[:], int64(number), kept.Bytes(), other.Bytes(), evidence, now)
	if err != nil {
		return wrap(err)
	}
	return fmt.Errorf("%w: version %d of %s is %s here, and %s", ErrFork, number, id, kept, other)
}

// room makes sure that one more version is within the limits.
func (c *Catalog) room(ctx context.Context, tx *sql.Tx, id manifest.ID, founder record.Account) error {
	var known, his, all int
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM catalog_version WHERE id = ?), (SELECT count(*) FROM catalog_datanet WHERE founder = ?), (SELECT count(DISTINCT id) FROM catalog_version)`,
		id[:], founder[:]).Scan(&known, &his, &all)
	switch {
	case err != nil:
		return wrap(err)
	case known > 0:
		return nil
	case his >= c.c.PerKey && !c.c.Keep(id):
		return fmt.Errorf("%w: founder %s has %d Datanets here, at most %d are listed", ErrLimit, founder, his, c.c.PerKey)
	case all < c.c.Most:
		return nil
	}
	// Who was announced least recently goes: first those that are refused as a
	// whole, then those that nobody checked.
	rows, err := tx.QueryContext(ctx, `SELECT v.id FROM (SELECT id, max(seen) AS seen FROM catalog_version GROUP BY id) v
		LEFT JOIN catalog_datanet d ON d.id = v.id ORDER BY coalesce(d.state, 0), v.seen, v.id LIMIT ?`, c.c.Most)
	if err != nil {
		return wrap(err)
	}
	old, err := ids(rows)
	if err != nil {
		return err
	}
	for _, o := range old {
		if !c.c.Keep(o) {
			return c.remove(ctx, tx, o)
		}
	}
	return fmt.Errorf("%w: the catalog holds %d Datanets, all of them kept", ErrLimit, all)
}

func ids(rows *sql.Rows) (list []manifest.ID, err error) {
	defer func() { err = errors.Join(wrap(err), rows.Close()) }()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		if len(b) != len(manifest.ID{}) {
			return nil, fmt.Errorf("an ID of %d bytes", len(b))
		}
		list = append(list, manifest.ID(b))
	}
	return list, rows.Err()
}

// rehead chooses the head of a Datanet anew and writes what is searched.
func (c *Catalog) rehead(ctx context.Context, tx *sql.Tx, id manifest.ID, now int64) error {
	var envelope []byte
	var state State
	err := tx.QueryRowContext(ctx, `SELECT envelope, state FROM catalog_version WHERE id = ? AND state <> ? ORDER BY state DESC, number DESC LIMIT 1`, id[:], Refused).Scan(&envelope, &state)
	if errors.Is(err, sql.ErrNoRows) {
		return errors.Join(c.hide(ctx, tx, id), prune(ctx, tx, id, []byte{}))
	}
	if err != nil {
		return wrap(err)
	}
	s, err := manifest.OpenManifest(envelope, c.c.Network)
	if err != nil {
		return fmt.Errorf("catalog: damaged: %w", err)
	}
	m, founder := s.Value(), s.Owner()
	var row int64
	err = tx.QueryRowContext(ctx, `INSERT INTO catalog_datanet (id, founder, name, head, state, records, bytes, first, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET head = excluded.head, state = excluded.state, records = excluded.records, bytes = excluded.bytes, seen = excluded.seen
		RETURNING row`,
		id[:], founder[:], m.Name, s.CID().Bytes(), state, int64(m.Stats.Records-m.Stats.Withdrawn), int64(m.Stats.Bytes), now, now).Scan(&row)
	if err != nil {
		return wrap(err)
	}
	if err := unlabel(ctx, tx, row); err != nil {
		return err
	}
	for _, tag := range m.Tags {
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO catalog_label (row, kind, label) VALUES (?, 'tag', ?)`, row, fold(tag)); err != nil {
			return wrap(err)
		}
	}
	for _, name := range m.Licence.Names() {
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO catalog_label (row, kind, label) VALUES (?, 'licence', ?)`, row, fold(name)); err != nil {
			return wrap(err)
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO catalog_words (rowid, name, tags, description) VALUES (?, ?, ?, ?)`,
		row, fold(m.Name), fold(strings.Join(m.Tags, " ")), fold(m.Description))
	if err != nil {
		return wrap(err)
	}
	// What is older than a valid head is of no use; of what is newer, the newest.
	if state == Valid {
		_, err = tx.ExecContext(ctx, `DELETE FROM catalog_version WHERE id = ? AND state = ? AND number < ?`, id[:], Announced, int64(m.Version))
	}
	if err != nil {
		return wrap(err)
	}
	return prune(ctx, tx, id, s.CID().Bytes())
}

// prune leaves the newest versions of a Datanet, and its head.
func prune(ctx context.Context, tx *sql.Tx, id manifest.ID, head []byte) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM catalog_version WHERE id = ?1 AND cid <> ?2 AND number NOT IN (SELECT number FROM catalog_version WHERE id = ?1 ORDER BY number DESC LIMIT ?3)`,
		id[:], head, versionsKept)
	return wrap(err)
}

// hide takes a Datanet that has no head out of the list. Its refused versions
// and forks stay known.
func (c *Catalog) hide(ctx context.Context, tx *sql.Tx, id manifest.ID) error {
	var row int64
	err := tx.QueryRowContext(ctx, `SELECT row FROM catalog_datanet WHERE id = ?`, id[:]).Scan(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return wrap(err)
	}
	if err := unlabel(ctx, tx, row); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM catalog_datanet WHERE row = ?`, row)
	return wrap(err)
}

func unlabel(ctx context.Context, tx *sql.Tx, row int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM catalog_label WHERE row = ?`, row)
	if err == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM catalog_words WHERE rowid = ?`, row)
	}
	return wrap(err)
}

// Remove forgets a Datanet, until somebody announces it again.
func (c *Catalog) Remove(ctx context.Context, id manifest.ID) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.update(ctx, func(tx *sql.Tx) error { return c.remove(ctx, tx, id) })
}

func (c *Catalog) remove(ctx context.Context, tx *sql.Tx, id manifest.ID) error {
	if err := c.hide(ctx, tx, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM catalog_version WHERE id = ?`, id[:])
	if err == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM catalog_fork WHERE id = ?`, id[:])
	}
	return wrap(err)
}

// Expire forgets what nobody announced for long and returns how many that were.
func (c *Catalog) Expire(ctx context.Context) (n int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	err = c.update(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT id FROM catalog_version GROUP BY id HAVING max(seen) < ?`, c.c.Now().Add(-c.c.Expire).UnixMilli())
		if err != nil {
			return wrap(err)
		}
		old, err := ids(rows)
		if err != nil {
			return err
		}
		for _, id := range old {
			if c.c.Keep(id) {
				continue
			}
			if err := c.remove(ctx, tx, id); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("catalog: %w", err)
}
