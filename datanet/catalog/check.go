package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// Check loads a version with all that it stands on. If it keeps the rules, and
// follows from the versions that were heard before, it becomes Valid and is the
// head if none is newer. If not it is Refused; where its blocks cannot be had it
// stays what it is.
func (c *Catalog) Check(ctx context.Context, head cid.Cid) (*manifest.Datanet, error) {
	if c.c.Get == nil {
		return nil, errors.New("catalog: nothing to get blocks with")
	}
	var missing atomic.Bool
	get := func(ctx context.Context, want cid.Cid) ([]byte, error) {
		b, err := c.c.Get(ctx, want)
		if err == nil {
			err = block.Check(want, b)
		}
		if err != nil {
			missing.Store(true)
		}
		return b, err
	}
	d, err := manifest.Load(ctx, head, c.c.Network, get)
	if err != nil && missing.Load() {
		return nil, errors.Join(err, c.later(ctx, head, err))
	}
	if err != nil {
		return nil, errors.Join(err, c.judge(ctx, head, Refused, err.Error()))
	}
	if err := c.follows(ctx, d, get); err != nil {
		return nil, errors.Join(err, c.judge(ctx, head, Refused, err.Error()))
	}
	if err := c.judge(ctx, head, Valid, ""); err != nil {
		return nil, err
	}
	return d, nil
}

// follows says whether a version stands on those that were heard before it.
func (c *Catalog) follows(ctx context.Context, d *manifest.Datanet, get manifest.Get) error {
	known, err := c.Versions(ctx, d.ID())
	if err != nil {
		return err
	}
	chain := d.Chain()
	for _, v := range known {
		if v.Number >= uint64(len(chain)) || v.State == Refused || chain[v.Number] == v.CID {
			continue
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		other := chain[v.Number]
		evidence := c.contradiction(ctx, v.CID, other, get)
		return c.update(ctx, func(tx *sql.Tx) error {
			return c.noteFork(ctx, tx, d.ID(), v.Number, v.CID, other, evidence, c.c.Now().UnixMilli())
		})
	}
	return nil
}

// contradiction returns the evidence that two versions of one number are, or
// nothing where one of them cannot be had any more.
func (c *Catalog) contradiction(ctx context.Context, a, b cid.Cid, get manifest.Get) []byte {
	var both [2]record.Verified
	for i, want := range []cid.Cid{a, b} {
		envelope, err := c.envelope(ctx, want)
		if err != nil {
			envelope, err = get(ctx, want)
		}
		if err != nil {
			return nil
		}
		if both[i], err = record.Open(envelope, c.c.Network); err != nil {
			return nil
		}
	}
	evidence, ok := record.Equivocates(both[0], both[1])
	if !ok {
		return nil
	}
	return evidence.AppendCanon(nil)
}

func (c *Catalog) envelope(ctx context.Context, version cid.Cid) (b []byte, err error) {
	err = c.db.QueryRowContext(ctx, `SELECT envelope FROM catalog_version WHERE cid = ?`, version.Bytes()).Scan(&b)
	return b, wrap(err)
}

// judge writes down what became of a version that was heard of.
func (c *Catalog) judge(ctx context.Context, version cid.Cid, state State, reason string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.update(ctx, func(tx *sql.Tx) error {
		var id []byte
		var seen int64
		err := tx.QueryRowContext(ctx, `UPDATE catalog_version SET state = ?, reason = ? WHERE cid = ? RETURNING id, seen`, state, reason, version.Bytes()).Scan(&id, &seen)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // checked without having been announced
		}
		if err != nil {
			return wrap(err)
		}
		return c.rehead(ctx, tx, manifest.ID(id), seen)
	})
}

// later puts off the next check of a version whose blocks are missing: ten
// minutes, then twice as long each time, up to half a day.
func (c *Catalog) later(ctx context.Context, version cid.Cid, why error) error {
	if ctx.Err() != nil { // it is not the version's fault, and nothing can be written
		return nil
	}
	var tries int
	err := c.db.QueryRowContext(ctx, `UPDATE catalog_version SET tries = tries + 1, reason = ? WHERE cid = ? RETURNING tries`, why.Error(), version.Bytes()).Scan(&tries)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		wait := min(lookEvery<<min(tries-1, 10), 12*time.Hour)
		_, err = c.db.ExecContext(ctx, `UPDATE catalog_version SET next = ? WHERE cid = ?`, c.c.Now().Add(wait).UnixMilli(), version.Bytes())
	}
	return wrap(err)
}

// due returns a version that should be checked now, and undefined if none is.
func (c *Catalog) due(ctx context.Context) (cid.Cid, error) {
	var b []byte
	err := c.db.QueryRowContext(ctx, `SELECT cid FROM catalog_version WHERE state = ? AND next <= ? ORDER BY tries, next, number DESC LIMIT 1`, Announced, c.c.Now().UnixMilli()).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return cid.Undef, nil
	}
	if err != nil {
		return cid.Undef, wrap(err)
	}
	return parseRaw(b)
}

// checkDue checks the versions whose time has come.
func (c *Catalog) checkDue(ctx context.Context) {
	for c.c.Get != nil && ctx.Err() == nil {
		next, err := c.due(ctx)
		if err != nil || !next.Defined() {
			return
		}
		if err := c.checkOne(ctx, next); err != nil {
			c.c.Log.DebugContext(ctx, "Datanet not checked", "cid", next.String(), "err", err)
			if postponed, err := c.due(ctx); err != nil || postponed == next {
				return // it could not even be put off
			}
		}
	}
}

func (c *Catalog) checkOne(ctx context.Context, version cid.Cid) error {
	limited, cancel := context.WithTimeout(ctx, c.c.Patience)
	defer cancel()
	_, err := c.Check(limited, version)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return errors.Join(err, c.later(ctx, version, fmt.Errorf("its blocks did not come within %v", c.c.Patience)))
	}
	return err
}

func parseRaw(b []byte) (cid.Cid, error) { c, err := cid.Cast(b); return c, wrap(err) }
