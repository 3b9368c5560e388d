package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/openledger/openledger/cmd/peer/escrow"
	"github.com/openledger/openledger/cmd/peer/gateway"
	"github.com/openledger/openledger/cmd/peer/upkeep"
)

func (h home) ledgerFile() string { return h.path("ledger.db") }

// openLedger opens ledger.db, where every room has its own tables: all that one
// may ask questions about. A transaction that was committed survives a kill and
// a loss of power; one that was not leaves nothing.
func openLedger(path string) (*sql.DB, error) {
	pragmas := url.Values{
		"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(10000)", "foreign_keys(1)"},
		"_txlock": {"immediate"}, // a transaction that will write says so at once, and so never fails half way
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: pragmas.Encode()}).String())
	if err == nil {
		err = migrate(context.Background(), db, "datanets", datanetTables)
	}
	if err == nil {
		err = migrate(context.Background(), db, "gateway", gateway.Tables)
	}
	if err == nil {
		err = migrate(context.Background(), db, "publications", publicationTables)
	}
	if err == nil {
		err = migrate(context.Background(), db, "escrow", escrow.Tables)
	}
	if err == nil {
		err = migrate(context.Background(), db, "registrations", registrationTables)
	}
	if err == nil {
		err = migrate(context.Background(), db, "upkeep", upkeep.Tables)
	}
	if err == nil {
		err = migrate(context.Background(), db, "owed", owedTables)
	}
	if err == nil {
		err = migrate(context.Background(), db, "attributions", attributionTables)
	}
	if err == nil {
		return db, nil
	}
	if db != nil {
		err = errors.Join(err, db.Close())
	}
	return nil, ledgerProblem(fmt.Errorf("open %s: %w", path, err))
}

// ledgerProblem adds the remedy to an error of the ledger.
func ledgerProblem(err error) error {
	if err == nil {
		return nil
	}
	return problemf(exitHome, `"peer repo repair" says what can be saved`, "%w", err)
}

// migrate brings a room's tables to the last of its steps, each of which was
// made once and is never changed.
func migrate(ctx context.Context, db *sql.DB, room string, steps []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS rooms (room TEXT PRIMARY KEY, step INTEGER NOT NULL)"); err != nil {
		return err
	}
	var at int
	err = tx.QueryRowContext(ctx, "SELECT step FROM rooms WHERE room = ?", room).Scan(&at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if at > len(steps) {
		return fmt.Errorf("its tables of %s are of step %d, this peer knows %d: use the peer that made it", room, at, len(steps))
	}
	for _, step := range steps[at:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("tables of %s: %w", room, err)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO rooms VALUES (?, ?)", room, len(steps)); err != nil {
		return err
	}
	return tx.Commit()
}

// checkLedger reads the whole ledger and says what is wrong with it.
func checkLedger(ctx context.Context, db *sql.DB) (problems []string, err error) {
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		if line != "ok" {
			problems = append(problems, line)
		}
	}
	return problems, rows.Err()
}
