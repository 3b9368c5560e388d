package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/openledger/openledger/cmd/peer/aggregator"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/settle/epoch"
)

// owedTables are the answers that this peer gave and is not finally paid for. Who
// asked need not tell anybody of them; who is owed does.
var owedTables = []string{`CREATE TABLE owed (
	request BLOB PRIMARY KEY, -- hash
	last    INTEGER NOT NULL, -- epoch in which it may settle
	body    BLOB NOT NULL     -- canonical record
	) WITHOUT ROWID`}

// owe notes an answer that this peer gave.
func (r *repo) owe(ctx context.Context, u *epoch.Usage) error {
	rec := epoch.Record{Usage: u}
	body, err := canon.Encode(&rec)
	if err != nil {
		return err
	}
	key := rec.Key()
	if _, err := r.ledger.ExecContext(ctx, `INSERT OR IGNORE INTO owed VALUES (?, ?, ?)`, key[:], int64(min(u.Request.LastEpoch, 1<<62)), body); err != nil {
		return fmt.Errorf("note what is owed: %w", err)
	}
	return nil
}

// tellAgain is how often others are told of the same: who settles may have been
// away.
const tellAgain = 10 * time.Minute

// tellOwed tells others of the answers that this peer is owed, until a final
// epoch has settled them or none will any more.
func (e *epochs) tellOwed(ctx context.Context, s *aggregator.Service, l *chainLink) error {
	all, err := e.repo.owed(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	_, final, err := l.k.Tip(ctx)
	if err != nil {
		return err
	}
	if final > e.final {
		if err := e.strikeOwed(ctx, l, all, final); err != nil { // then it is told once more
			e.repo.log.InfoContext(ctx, "What was settled is not known", slog.Any("err", err))
		} else {
			e.final = final
		}
	}
	now := time.Now()
	for key, rec := range all {
		if now.Sub(e.owed[key]) < tellAgain {
			continue
		}
		if err := e.publish(ctx, s, rec, uint64(now.Unix()/int64(tellAgain/time.Second))); err != nil {
			return err
		}
		e.owed[key] = now
	}
	return nil
}

// strikeOwed forgets what is settled for good, or too late to be.
func (e *epochs) strikeOwed(ctx context.Context, l *chainLink, all map[[32]byte]epoch.Record, final uint64) error {
	b, err := l.finalBook(ctx)
	if err != nil {
		return err
	}
	for key, rec := range all {
		if !b.Settled(key) && rec.Usage.Request.LastEpoch > final {
			continue
		}
		if _, err := e.repo.ledger.ExecContext(ctx, `DELETE FROM owed WHERE request = ?`, key[:]); err != nil {
			return err
		}
		delete(all, key)
		delete(e.owed, key)
	}
	return nil
}

func (r *repo) owed(ctx context.Context) (all map[[32]byte]epoch.Record, err error) {
	rows, err := r.ledger.QueryContext(ctx, `SELECT body FROM owed LIMIT 1000`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all = map[[32]byte]epoch.Record{}
	for rows.Next() {
		var body []byte
		var rec epoch.Record
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := canon.Decode(body, &rec, canon.Limits{Total: maxSettlement}); err != nil {
			return nil, fmt.Errorf("ledger: what is owed: %w", err)
		}
		all[rec.Key()] = rec
	}
	return all, errors.Join(rows.Err(), rows.Close())
}
