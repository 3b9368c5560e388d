package main

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/openledger/openledger/cmd/peer/lock"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/storage/block"
)

// checkData opens what the peer stores. It reads the ledger whole and of the
// blocks what opening takes: "peer repo verify" reads every one.
func checkData(p *patient) finding {
	if _, err := os.Stat(p.home.ledgerFile()); errors.Is(err, fs.ErrNotExist) {
		return found("note", "nothing is stored yet")
	}
	const remedy = `"peer repo repair" says what can be saved`
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: p.home.ledgerFile(), RawQuery: "mode=ro&_pragma=busy_timeout(10000)"}).String())
	if err != nil {
		return failed(err)
	}
	defer db.Close()
	problems, err := checkLedger(ctx, db)
	if err != nil {
		problems = append(problems, err.Error())
	}
	if len(problems) > 0 {
		return found("fail", "ledger.db: %s", oneLine(strings.Join(problems, "; "))).mend(remedy)
	}
	release, err := lock.Take(p.home.lockFile())
	if errors.Is(err, lock.ErrHeld) {
		return found("ok", "ledger.db is sound; the blocks are open in %s", holder(p.home))
	}
	if err != nil {
		return failed(homeProblem(err))
	}
	defer release()
	blocks, err := block.Open(p.home.blocksDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		return found("fail", "%s", oneLine(err.Error())).mend(remedy)
	}
	st, err := blocks.Stat(ctx)
	if err = errors.Join(err, blocks.Close()); err != nil {
		return found("fail", "%s", oneLine(err.Error())).mend(remedy)
	}
	return found("ok", `ledger.db is sound, %d blocks open; "peer repo verify" reads each`, st.Blocks)
}

// checkChain asks the chain behind the endpoint for its number and its contracts.
func checkChain(p *patient) finding {
	c := p.settings.Chain
	if c.Endpoint == "" {
		return found("ok", "a dev chain with play money, in the home")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	client, err := chain.Dial(ctx, c.Endpoint)
	if err != nil {
		return failed(err).mend("look whether the node runs and this machine is online, or set chain.endpoint anew")
	}
	defer client.Close()
	r := &repo{home: p.home, config: p.settings.Config}
	addresses, err := r.addresses()
	if errors.Is(err, fs.ErrNotExist) {
		return failed(err).mend("get the file from who runs the network and name it with chain.contracts")
	}
	if err != nil {
		return failed(err)
	}
	if _, err := chain.Open(ctx, client, addresses); err != nil {
		return failed(err).mend("set chain.endpoint to the chain that " + r.addressFile() + " is of, or get the file that belongs to it")
	}
	u, err := url.Parse(c.Endpoint) // the rest of it may be a secret
	if err != nil {
		return failed(err)
	}
	return found("ok", "chain %d at %s, with its contracts", addresses.ChainID, u.Host)
}
