package catalog

import (
	"context"
	"errors"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/canon"
)

// Versions lists what is known of the versions of a Datanet, newest first.
func (c *Catalog) Versions(ctx context.Context, id manifest.ID) (list []Version, err error) {
	rows, err := c.db.QueryContext(ctx, `SELECT number, cid, state, reason, seen FROM catalog_version WHERE id = ? ORDER BY number DESC`, id[:])
	if err != nil {
		return nil, wrap(err)
	}
	defer func() { err = errors.Join(wrap(err), rows.Close()) }()
	for rows.Next() {
		var v Version
		var b []byte
		var seen int64
		if err := rows.Scan(&v.Number, &b, &v.State, &v.Reason, &seen); err != nil {
			return nil, err
		}
		if v.CID, err = cid.Cast(b); err != nil {
			return nil, err
		}
		v.Seen = time.UnixMilli(seen)
		list = append(list, v)
	}
	return list, rows.Err()
}

// Forks lists the contradictions of a Datanet's founder.
func (c *Catalog) Forks(ctx context.Context, id manifest.ID) (list []Fork, err error) {
	rows, err := c.db.QueryContext(ctx, `SELECT number, kept, other, evidence, seen FROM catalog_fork WHERE id = ? ORDER BY number`, id[:])
	if err != nil {
		return nil, wrap(err)
	}
	defer func() { err = errors.Join(wrap(err), rows.Close()) }()
	for rows.Next() {
		var f Fork
		var kept, other, evidence []byte
		var seen int64
		if err := rows.Scan(&f.Number, &kept, &other, &evidence, &seen); err != nil {
			return nil, err
		}
		if f.Kept, err = cid.Cast(kept); err != nil {
			return nil, err
		}
		if f.Other, err = cid.Cast(other); err != nil {
			return nil, err
		}
		if len(evidence) > 0 {
			if err := canon.Decode(evidence, &f.Evidence, canon.Limits{}); err != nil {
				return nil, err
			}
		}
		f.Seen = time.UnixMilli(seen)
		list = append(list, f)
	}
	return list, rows.Err()
}
