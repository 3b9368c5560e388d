package chain

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/rpc"
)

// The contract finds items by their names; people look for them by what they are
// of. registered are the items of one Registry, scanned is how far they go: each
// up to a finalized block, so that no reorg takes any of them back.
const provenanceSchema = `
CREATE TABLE IF NOT EXISTS registered (
	registry BLOB NOT NULL,   -- chain id and address
	id       BLOB NOT NULL,
	owner    BLOB NOT NULL,
	kind     INTEGER NOT NULL,
	series   BLOB NOT NULL,
	digest   BLOB NOT NULL,
	splits   BLOB NOT NULL,
	parents  BLOB NOT NULL,   -- 32 bytes each
	block    INTEGER NOT NULL,
	at       INTEGER NOT NULL, -- Unix seconds
	PRIMARY KEY (registry, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS registered_digest ON registered (registry, digest, kind);
CREATE TABLE IF NOT EXISTS scanned (registry BLOB PRIMARY KEY, block INTEGER NOT NULL) WITHOUT ROWID;`

// A Provenance is the graph of a Registry as far as it is final, kept in a
// database.
type Provenance struct {
	k  *Contracts
	db *sql.DB
	at []byte
}

// NewProvenance opens the graph of a deployment; Scan fills it.
func NewProvenance(ctx context.Context, k *Contracts, db *sql.DB) (*Provenance, error) {
	if _, err := db.ExecContext(ctx, provenanceSchema); err != nil {
		return nil, fmt.Errorf("open the graph of the Registry: %w", err)
	}
	return &Provenance{k, db, append(binary.BigEndian.AppendUint64(nil, k.ChainID), k.Registry[:]...)}, nil
}

// Scan reads on to the finalized block. It goes on where it was interrupted.
func (p *Provenance) Scan(ctx context.Context) error {
	final, err := p.k.Client.HeaderByNumber(ctx, big.NewInt(int64(rpc.FinalizedBlockNumber)))
	if err != nil {
		return fmt.Errorf("ask for the finalized block: %w", err)
	}
	done, err := p.scanned(ctx)
	for from := max(done+1, p.k.Block); err == nil && from <= final.Number.Uint64(); from += span {
		err = p.scan(ctx, from, min(from+span-1, final.Number.Uint64()))
	}
	return err
}

func (p *Provenance) scanned(ctx context.Context) (block uint64, err error) {
	err = p.db.QueryRowContext(ctx, `SELECT block FROM scanned WHERE registry = ?`, p.at).Scan(&block)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return block, err
}

func (p *Provenance) scan(ctx context.Context, from, to uint64) error {
	var found []Registered
	if err := p.k.items(ctx, from, to, func(x Registered) error { found = append(found, x); return nil }); err != nil {
		return err
	}
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, x := range found {
		var parents []byte
		for _, id := range x.Parents {
			parents = append(parents, id[:]...)
		}
		if parents == nil {
			parents = []byte{}
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO registered VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			p.at, x.ID[:], x.Owner[:], x.Kind, x.Series[:], x.Digest[:], x.Splits[:], parents, x.Block, x.At.Unix()); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO scanned VALUES (?, ?)`, p.at, to); err != nil {
		return err
	}
	return tx.Commit()
}

// Find returns the final items of a digest, the oldest first.
func (p *Provenance) Find(ctx context.Context, kind ItemKind, digest [32]byte) (all []Registered, err error) {
	rows, err := p.db.QueryContext(ctx, `SELECT id, owner, series, splits, parents, block, at FROM registered
		WHERE registry = ? AND digest = ? AND kind = ? ORDER BY block, id`, p.at, digest[:], kind)
	if err != nil {
		return nil, fmt.Errorf("read the graph of the Registry: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		x := Registered{Item: Item{Kind: kind, Digest: digest}}
		var id, owner, series, splits, parents []byte
		var at int64
		if err := rows.Scan(&id, &owner, &series, &splits, &parents, &x.Block, &at); err != nil {
			return nil, fmt.Errorf("read the graph of the Registry: %w", err)
		}
		copy(x.ID[:], id)
		copy(x.Series[:], series)
		copy(x.Splits[:], splits)
		x.Owner, x.At = common.BytesToAddress(owner), time.Unix(at, 0)
		for ; len(parents) >= 32; parents = parents[32:] {
			x.Parents = append(x.Parents, ItemID(parents[:32]))
		}
		all = append(all, x)
	}
	return all, rows.Err()
}
