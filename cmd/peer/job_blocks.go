package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/fetch"
)

// jobTables are what the ledger knows of blocks that jobs keep, and of the
// models of this peer's own jobs.
var jobTables = []string{`
CREATE TABLE job_blocks (job BLOB NOT NULL, cid BLOB NOT NULL, PRIMARY KEY (job, cid)) WITHOUT ROWID;
CREATE TABLE job_models (model BLOB PRIMARY KEY, dir TEXT NOT NULL, bundle BLOB NOT NULL) WITHOUT ROWID`}

// jobBlocks are the blocks of jobs: kept from garbage collection for as long as
// the ledger names them, and fetched from the peers of a job.
type jobBlocks struct {
	blocks *block.Store
	ledger *sql.DB
	online *online // nil: nothing is fetched

	mu       sync.Mutex
	count    func(id job.ID, sent, received int) // hears of what moved; nil: nobody does
	owners   map[cid.Cid]job.ID                  // of what jobs keep
	working  map[string]job.ID                   // the job that a peer spoke of last
	holds    map[job.ID]*block.Hold
	sessions map[string]*fetch.Session // by the peers that are asked first
}

// openJobBlocks protects again what jobs keep.
func openJobBlocks(ctx context.Context, db *sql.DB, blocks *block.Store) (*jobBlocks, error) {
	if err := migrate(ctx, db, "jobs", jobTables); err != nil {
		return nil, err
	}
	b := &jobBlocks{blocks: blocks, ledger: db, owners: map[cid.Cid]job.ID{}, working: map[string]job.ID{}, holds: map[job.ID]*block.Hold{}, sessions: map[string]*fetch.Session{}}
	rows, err := db.QueryContext(ctx, `SELECT job, cid FROM job_blocks`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, name []byte
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		c, err := cid.Cast(name)
		if err != nil || len(id) != len(job.ID{}) {
			return nil, fmt.Errorf("ledger: a block of a job named by %d and %d bytes", len(id), len(name))
		}
		if _, err := b.hold(job.ID(id)).Keep(ctx, c); err != nil {
			return nil, err
		}
		b.owners[c] = job.ID(id)
	}
	return b, rows.Err()
}

func (b *jobBlocks) hold(id job.ID) *block.Hold {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holds[id] == nil {
		b.holds[id] = b.blocks.Hold()
	}
	return b.holds[id]
}

// write notes that a job keeps blocks, which lie in the store already.
func (b *jobBlocks) write(ctx context.Context, id job.ID, cids []cid.Cid) error {
	tx, err := b.ledger.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, c := range cids {
		if _, err := tx.ExecContext(ctx, `INSERT INTO job_blocks VALUES (?, ?) ON CONFLICT DO NOTHING`, id[:], c.Bytes()); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range cids {
		b.owners[c] = id
	}
	return nil
}

// moved counts bytes of a job.
func (b *jobBlocks) moved(id job.ID, sent, received int) {
	b.mu.Lock()
	count := b.count
	b.mu.Unlock()
	if count != nil {
		count(id, sent, received)
	}
}

// works notes which job another peer works at.
func (b *jobBlocks) works(peer string, id job.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.working[peer]; ok || len(b.working) < mostWorking {
		b.working[peer] = id
	}
}

// mostWorking bounds of how many peers it is known what they work at.
const mostWorking = 1 << 12

// sent counts a block that went out: for the job that keeps it, else, as one of
// model or data, for the job that its receiver works at.
func (b *jobBlocks) sent(to string, c cid.Cid, size int) {
	b.mu.Lock()
	id, ok := b.owners[c]
	if !ok || id == (job.ID{}) { // models are kept for none
		id, ok = b.working[to]
	}
	b.mu.Unlock()
	if ok {
		b.moved(id, size, 0)
	}
}

// Keep, Lend, Fetch, Get and Drop are those of work.Blocks.
func (b *jobBlocks) Keep(ctx context.Context, id job.ID, blocks ...work.Block) error {
	h := b.hold(id)
	var cids []cid.Cid
	for _, x := range blocks {
		if err := h.Put(ctx, x.CID, x.Data); err != nil {
			return err
		}
		cids = append(cids, x.CID)
	}
	if err := h.Flush(ctx); err != nil {
		return err
	}
	if err := b.write(ctx, id, cids); err != nil {
		return err
	}
	if b.online != nil {
		return b.online.fetch.Announce(ctx, cids...)
	}
	return nil
}

func (b *jobBlocks) Lend(ctx context.Context, id job.ID, blocks ...work.Block) (done func(), err error) {
	h := b.blocks.Hold()
	var cids []cid.Cid
	for _, x := range blocks {
		if err := h.Put(ctx, x.CID, x.Data); err != nil {
			h.Release()
			return nil, err
		}
		cids = append(cids, x.CID)
	}
	if err := h.Flush(ctx); err != nil {
		h.Release()
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	cids = slices.DeleteFunc(cids, func(c cid.Cid) bool { _, kept := b.owners[c]; return kept })
	for _, c := range cids {
		b.owners[c] = id
	}
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, c := range cids {
			delete(b.owners, c)
		}
		h.Release()
	}, nil
}

func (b *jobBlocks) Fetch(ctx context.Context, id job.ID, cids []cid.Cid, hints ...record.PublicKey) error {
	h := b.hold(id)
	missing := cids[:0:0]
	for _, c := range cids {
		has, err := h.Keep(ctx, c)
		if err != nil {
			return err
		}
		if !has {
			missing = append(missing, c)
		}
	}
	if len(missing) > 0 {
		s, err := b.session(ctx, hints)
		if err == nil {
			err = s.Blocks(ctx, missing)
		}
		if err != nil {
			return err
		}
		for _, c := range missing {
			n, err := b.blocks.Size(ctx, c)
			if err != nil {
				return err
			}
			b.moved(id, 0, n)
		}
	}
	return b.write(ctx, id, cids)
}

func (b *jobBlocks) Get(ctx context.Context, id job.ID, c cid.Cid, hints ...record.PublicKey) ([]byte, error) {
	data, err := b.blocks.Get(ctx, c)
	if err == nil || b.online == nil || !errors.Is(err, block.ErrNotFound) && !errors.Is(err, block.ErrCorrupt) {
		return data, err
	}
	s, err := b.session(ctx, hints)
	if err != nil {
		return nil, err
	}
	if data, err = s.Get(ctx, c); err == nil {
		b.moved(id, 0, len(data))
	}
	return data, err
}

func (b *jobBlocks) Drop(ctx context.Context, id job.ID, but ...cid.Cid) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept := b.blocks.Hold()
	tx, err := b.ledger.BeginTx(ctx, nil)
	if err == nil {
		_, err = tx.ExecContext(ctx, `DELETE FROM job_blocks WHERE job = ?`, id[:])
	}
	for _, c := range but {
		if err == nil {
			_, err = kept.Keep(ctx, c)
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO job_blocks VALUES (?, ?) ON CONFLICT DO NOTHING`, id[:], c.Bytes())
		}
	}
	if err == nil {
		err = tx.Commit()
	} else if tx != nil {
		err = errors.Join(err, tx.Rollback())
	}
	if err != nil {
		kept.Release()
		return err
	}
	if h := b.holds[id]; h != nil {
		h.Release()
	}
	b.holds[id] = kept
	maps.DeleteFunc(b.owners, func(c cid.Cid, of job.ID) bool { return of == id && !slices.Contains(but, c) })
	maps.DeleteFunc(b.working, func(_ string, at job.ID) bool { return at == id })
	return nil
}

// session is one that asks hints first; it lasts until close.
func (b *jobBlocks) session(ctx context.Context, hints []record.PublicKey) (*fetch.Session, error) {
	if b.online == nil {
		return nil, problemf(exitFailed, `start it with "peer run"`, "no peer is running that could fetch blocks")
	}
	var peers []string
	for _, k := range hints {
		if p := node.NameOf(k); k != (record.PublicKey{}) && !slices.Contains(peers, p) {
			peers = append(peers, p)
		}
	}
	name := strings.Join(peers, "")
	b.mu.Lock()
	defer b.mu.Unlock()
	if s := b.sessions[name]; s != nil {
		return s, nil
	}
	s, err := b.online.fetch.Session(ctx, "jobs", b.online.node.Infos(peers...))
	if err == nil {
		b.sessions[name] = s
	}
	return s, err
}

// close ends all sessions.
func (b *jobBlocks) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name, s := range b.sessions {
		s.Close()
		delete(b.sessions, name)
	}
}
