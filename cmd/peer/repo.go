package main

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync"

	"github.com/openledger/openledger/datanet/catalog"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

// A repo is what a peer stores: its blocks, and the ledger of all that one may
// ask questions about. The process that holds the home's lock has it open.
type repo struct {
	home    home
	config  Config
	account record.Account             // of the key that signs
	key     func() (record.Key, error) // asks for the passphrase where nobody has yet
	log     *slog.Logger
	blocks  *block.Store
	ledger  *sql.DB
	pins    *pin.Service
	catalog *catalog.Catalog
	online  *online // what a running peer has besides; nil in a command by itself
	kept    *jobBlocks
	jobs    *jobs    // likewise
	answers *answers // likewise

	linking sync.Mutex
	chain   *chainLink // nil until a command or the running peer opens it

	mu   sync.Mutex
	busy map[string]bool // what tasks are working at, by name
}

func (h home) blocksDir() string { return h.path("blocks") }

// openRepo opens the stores of a home whose lock the caller holds.
func openRepo(h home, c Config, account record.Account, key func() (record.Key, error), log *slog.Logger) (*repo, error) {
	r := &repo{home: h, config: c, account: account, key: key, log: log, busy: map[string]bool{}}
	var err error
	if r.blocks, err = block.Open(h.blocksDir(), log); err != nil {
		return nil, problemf(exitHome, `"peer repo repair" says what can be saved`, "%w", err)
	}
	if r.ledger, err = openLedger(h.ledgerFile()); err != nil {
		return nil, errors.Join(err, r.blocks.Close())
	}
	return r, nil
}

// openRooms opens what stands on the stores.
func (r *repo) openRooms(ctx context.Context, pins pin.Config) (err error) {
	if r.pins, err = pin.Open(r.ledger, r.blocks, pins); err != nil {
		return ledgerProblem(err)
	}
	if r.kept, err = openJobBlocks(ctx, r.ledger, r.blocks); err != nil {
		return ledgerProblem(err)
	}
	r.catalog, err = catalog.Open(ctx, r.ledger, catalog.Config{Network: r.network(), Get: r.fetchOne, Keep: r.keeps, Log: r.log})
	return ledgerProblem(err)
}

// close writes what is pending and frees the files.
func (r *repo) close() error {
	return errors.Join(r.closeLink(), r.ledger.Close(), r.blocks.Close())
}

// run keeps the stores open until ctx is done: all services that use them are
// above it.
func (r *repo) run(ctx context.Context) error {
	<-ctx.Done()
	return r.close()
}

// network is the number that all records are sealed for.
func (r *repo) network() record.Network { return record.Network(r.config.Network.ID) }

// take makes this task the only one at work on something until release.
func (r *repo) take(what string) (release func(), err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy[what] {
		return nil, problemf(exitBusy, "wait for it, or stop it", "another command is at work on %s", what)
	}
	r.busy[what] = true
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.busy, what)
	}, nil
}

// inTx runs f in a transaction of the ledger.
func (r *repo) inTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := r.ledger.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
