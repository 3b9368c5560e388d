package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

// registrationTables are what this peer published and the Registry does not
// finally have. A row is written with the publication, so that no kill and no
// chain that is out of reach loses it, and goes when a final block has the item.
var registrationTables = []string{`CREATE TABLE registrations (
	id     INTEGER PRIMARY KEY,
	kind   INTEGER NOT NULL,
	what   BLOB NOT NULL, -- CID
	series BLOB NOT NULL, -- 32 bytes
	parent BLOB NOT NULL, -- CID of what it was made of; empty: of nothing
	UNIQUE (kind, what))`,
	`ALTER TABLE registrations ADD COLUMN item BLOB NOT NULL DEFAULT x''`, // its name on the chain, once it was handed over
}

// A registrable is something that is published and goes to the Registry.
type registrable struct {
	kind   chain.ItemKind
	what   cid.Cid
	series [32]byte
	parent cid.Cid      // of a Datanet's version the one before, of an adapter its model
	item   chain.ItemID // zero: not handed over
}

// parentKind is what a parent is.
func (x *registrable) parentKind() chain.ItemKind {
	if x.kind == chain.AdapterItem {
		return chain.ModelItem
	}
	return x.kind
}

// call names the registration in the outbox.
func (x *registrable) call() string { return fmt.Sprintf("register %v %s", x.kind, x.what) }

// toRegister has something registered as soon as a chain takes it.
func toRegister(ctx context.Context, tx *sql.Tx, x registrable) error {
	parent := []byte{}
	if x.parent.Defined() {
		parent = x.parent.Bytes()
	}
	_, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO registrations (kind, what, series, parent) VALUES (?, ?, ?, ?)`, x.kind, x.what.Bytes(), x.series[:], parent)
	return err
}

// wished lists what is to be registered, the oldest first.
func (r *repo) wished(ctx context.Context) (all []registrable, err error) {
	rows, err := r.ledger.QueryContext(ctx, `SELECT kind, what, series, parent, item FROM registrations ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var x registrable
		var what, series, parent, item []byte
		if err := rows.Scan(&x.kind, &what, &series, &parent, &item); err != nil {
			return nil, err
		}
		copy(x.series[:], series)
		copy(x.item[:], item)
		if x.what, err = cid.Cast(what); err == nil && len(parent) > 0 {
			x.parent, err = cid.Cast(parent)
		}
		if err != nil {
			return nil, fmt.Errorf("ledger: a registration of %x: %w", what, err)
		}
		all = append(all, x)
	}
	return all, rows.Err()
}

// register hands to the outbox what is published and not registered, each after
// what it was made of, and strikes out what a final block has. What is handed over
// is in its order, so a child need not wait until its parent is final.
func (r *repo) register(ctx context.Context, l *chainLink) error {
	all, err := r.wished(ctx)
	if err != nil || len(all) == 0 || !r.config.Chain.attached() {
		return err
	}
	if err := l.graph.Scan(ctx); err != nil {
		return err
	}
	for i := range all {
		x := &all[i]
		if err := r.registerOne(ctx, l, x, all); err != nil {
			return fmt.Errorf("register %v %s: %w", x.kind, x.what, err)
		}
	}
	return nil
}

func (r *repo) registerOne(ctx context.Context, l *chainLink, x *registrable, all []registrable) error {
	found, err := l.graph.Find(ctx, x.kind, chain.DigestOf(x.what))
	if err != nil {
		return err
	}
	if _, ok := r.counts(x.kind, found, r.account); ok {
		_, err := r.ledger.ExecContext(ctx, `DELETE FROM registrations WHERE kind = ? AND what = ?`, x.kind, x.what.Bytes())
		return err
	}
	item := chain.Item{Kind: x.kind, Series: x.series, Digest: chain.DigestOf(x.what)}
	if x.parent.Defined() {
		parents, err := l.graph.Find(ctx, x.parentKind(), chain.DigestOf(x.parent))
		if err != nil {
			return err
		}
		parent, ok := r.counts(x.parentKind(), parents, r.account)
		own := x.parentIn(all)
		switch {
		case ok:
			item.Parents = []chain.ItemID{parent.ID}
		case own != nil && own.item == chain.ItemID{}:
			return nil // it comes first
		case own != nil:
			item.Parents = []chain.ItemID{own.item}
		} // else nobody registered it, and the graph begins here
	}
	if x.item == (chain.ItemID{}) {
		x.item = l.k.ItemID([20]byte(r.account), item)
		if _, err := r.ledger.ExecContext(ctx, `UPDATE registrations SET item = ? WHERE kind = ? AND what = ?`, x.item[:], x.kind, x.what.Bytes()); err != nil {
			return err
		}
	}
	_, err = l.outbox.Attempt(ctx, x.call(), l.k.Register(item))
	return err
}

// parentIn returns what something was made of, if that is to be registered, too.
func (x *registrable) parentIn(all []registrable) *registrable {
	i := slices.IndexFunc(all, func(y registrable) bool { return y.kind == x.parentKind() && y.what.Equals(x.parent) })
	if !x.parent.Defined() || i < 0 {
		return nil
	}
	return &all[i]
}

// counts picks the item that counts of those with one digest: of a Datanet's
// version that of its founder, of what anybody may publish the first.
func (r *repo) counts(kind chain.ItemKind, found []chain.Registered, founder record.Account) (chain.Registered, bool) {
	i := 0
	if kind == chain.DatanetItem {
		i = slices.IndexFunc(found, func(f chain.Registered) bool { return bytes.Equal(f.Owner[:], founder[:]) })
	}
	if i < 0 || i >= len(found) {
		return chain.Registered{}, false
	}
	return found[i], true
}

// registerSoon has a command that runs by itself hand over what it published;
// a running peer goes on with it.
func (r *repo) registerSoon(ctx context.Context) {
	if !r.config.Chain.attached() || r.online != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	l, err := r.link(ctx)
	if err == nil {
		err = errors.Join(r.register(ctx, l), l.outbox.Step(ctx))
	}
	if err != nil {
		r.log.InfoContext(ctx, "Not registered yet; the running peer tries again", slog.Any("err", err))
	}
}

// Registration states.
const (
	registeredNone    = "none"
	registeredPending = "pending"
	registeredFinal   = "final"
	registeredUnknown = "unknown" // the chain cannot be asked
)

// A registration is what the Registry has of something.
type registration struct {
	State string `json:"state"` // none, pending, final, unknown
	Why   string `json:"why,omitempty"`
	ID    string `json:"id,omitempty"`
	Owner string `json:"owner,omitempty"`
	Block uint64 `json:"block,omitempty"`
	At    string `json:"at,omitempty"`
}

func (x registration) String() string {
	switch x.State {
	case registeredFinal:
		return fmt.Sprintf("final, by %s at %s, item %s", x.Owner, x.At, x.ID)
	case "":
		return registeredNone
	}
	return x.State + ": " + x.Why
}

// registrationArgs names something that may be registered.
type registrationArgs struct {
	Kind    chain.ItemKind
	What    string         // CID
	Founder record.Account // of a Datanet
}

func (x registration) text(out io.Writer) { fmt.Fprintln(out, x) }

// registrationTask asks the chain about something.
var registrationTask = task[registrationArgs, registration]{"registration", func(ctx context.Context, r *repo, _ *feed, in registrationArgs) (registration, error) {
	what, err := cid.Decode(in.What)
	if err != nil {
		return registration{}, err
	}
	return r.registration(ctx, in.Kind, what, in.Founder)
}}

// registered is registrationTask for what a folder holds, which people may look at
// in a home that is busy.
func registered(a *app, h home, s *settings, kind chain.ItemKind, what string) *registration {
	x, err := registrationTask.run(a, h, s, registrationArgs{Kind: kind, What: what}, io.Discard)
	if err != nil {
		x = registration{State: registeredUnknown, Why: oneLine(err.Error())}
	}
	return &x
}

// registration says what the Registry has of something.
func (r *repo) registration(ctx context.Context, kind chain.ItemKind, what cid.Cid, founder record.Account) (registration, error) {
	if !r.config.Chain.attached() {
		return registration{State: registeredNone, Why: "no chain is configured; chain.endpoint or chain.listen names one"}, nil
	}
	all, err := r.wished(ctx)
	if err != nil {
		return registration{}, err
	}
	at := slices.IndexFunc(all, func(x registrable) bool { return x.kind == kind && x.what.Equals(what) })
	l, err := r.link(ctx)
	if err == nil {
		err = l.graph.Scan(ctx)
	}
	var found []chain.Registered
	if err == nil {
		found, err = l.graph.Find(ctx, kind, chain.DigestOf(what))
	}
	switch x, ok := r.counts(kind, found, founder); {
	case err != nil && at >= 0:
		return registration{State: registeredPending, Why: oneLine(err.Error())}, nil
	case err != nil:
		return registration{State: registeredUnknown, Why: oneLine(err.Error())}, nil
	case ok:
		return registration{
			State: registeredFinal, ID: fmt.Sprintf("%x", x.ID), Owner: address{Account: record.Account(x.Owner)}.String(), Block: x.Block, At: x.At.UTC().Format(time.DateTime),
		}, nil
	case at >= 0:
		return registration{State: registeredPending, Why: l.pendingWhy(ctx, all[at], all)}, nil
	case kind == chain.DatanetItem && founder == r.account:
		return registration{State: registeredNone, Why: `it was published before; "peer datanet publish" registers it`}, nil
	}
	return registration{State: registeredNone, Why: "no final block has it"}, nil
}

// pendingWhy says what a registration waits for.
func (l *chainLink) pendingWhy(ctx context.Context, x registrable, all []registrable) string {
	stage, problem, err := l.outbox.Status(ctx, x.call())
	switch {
	case err != nil && x.parentIn(all) != nil:
		return "first comes what it was made of, " + x.parent.String()
	case err != nil:
		return "the running peer hands it to the chain"
	case problem != "":
		return problem
	case stage == chain.Waiting:
		return "it is to be sent"
	}
	return "it is sent; its block is not final yet"
}
