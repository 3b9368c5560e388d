package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

// datanetTables are what the ledger knows of Datanets. versions and parts are
// also the journal of what this peer signed: nothing leaves it before it stands
// there, and a version or a sequence number is never signed twice.
var datanetTables = []string{`
CREATE TABLE datanets (
	id      BLOB PRIMARY KEY,
	name    TEXT NOT NULL,
	founder TEXT NOT NULL,
	draft   TEXT NOT NULL, -- JSON: what the next version will say of itself; empty for those of others
	head    TEXT NOT NULL, -- CID of the latest version that is here; empty before the first
	UNIQUE (founder, name)
);
CREATE TABLE versions (
	datanet BLOB NOT NULL REFERENCES datanets,
	version INTEGER NOT NULL,
	cid     TEXT NOT NULL,
	PRIMARY KEY (datanet, version)
);
CREATE TABLE parts ( -- signed contributions, reviews and withdrawals, in the order in which they came
	cid      TEXT NOT NULL UNIQUE,
	datanet  BLOB NOT NULL REFERENCES datanets,
	kind     TEXT NOT NULL,
	signer   TEXT NOT NULL,
	sequence INTEGER NOT NULL,
	payload  BLOB NOT NULL, -- its SHA-256
	UNIQUE (datanet, signer, sequence),
	UNIQUE (datanet, signer, payload)
);`, offerTables}

// A draft is what a founder says of a Datanet, in its next version.
type draft struct {
	Description string           `json:"description"`
	Tags        []string         `json:"tags"`
	Licence     manifest.Licence `json:"licence"`
	Policy      manifest.Policy  `json:"policy"`
	Curators    []record.Account `json:"curators"`
	Invited     []record.Account `json:"invited"`
}

// apply writes a draft into the next version.
func (d draft) apply(m *manifest.Manifest) {
	m.Description, m.Tags, m.Licence, m.Policy = d.Description, d.Tags, d.Licence, d.Policy
	m.Curators, m.Invited = d.Curators, d.Invited
}

// A known is a Datanet in the ledger.
type known struct {
	ID      manifest.ID
	Name    string
	Founder record.Account
	Draft   draft
	Head    cid.Cid // undefined before the first version
}

// mine says whether this peer signs its versions.
func (k *known) mine(r *repo) bool { return k.Founder == r.account }

// A rowScanner is a row of a query.
type rowScanner interface{ Scan(...any) error }

func scanKnown(row rowScanner) (k known, err error) {
	var id []byte
	var founder, text, head string
	if err := row.Scan(&id, &k.Name, &founder, &text, &head); err != nil {
		return k, err
	}
	if copy(k.ID[:], id) != len(k.ID) {
		return k, fmt.Errorf("ledger: a Datanet with an ID of %d bytes", len(id))
	}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &k.Draft); err != nil {
			return k, fmt.Errorf("ledger: draft of %s: %w", k.Name, err)
		}
	}
	k.Founder, err = record.ParseAccount(founder)
	if err == nil {
		k.Head, err = link(head)
	}
	if err != nil {
		return k, fmt.Errorf("ledger: Datanet %s: %w", k.Name, err)
	}
	return k, nil
}

const selectKnown = "SELECT id, name, founder, draft, head FROM datanets"

// datanets returns all that the ledger knows, by name.
func (r *repo) datanets(ctx context.Context) (all []known, err error) {
	rows, err := r.ledger.QueryContext(ctx, selectKnown+" ORDER BY name, founder")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		k, err := scanKnown(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	return all, rows.Err()
}

// errUnknown means that a Datanet is not in the ledger.
var errUnknown = errors.New("no such Datanet here")

// datanet finds one by its name, NAME@FOUNDER, its ID in hex, or the CID of its
// latest version.
func (r *repo) datanet(ctx context.Context, name string) (known, error) {
	all, err := r.datanets(ctx)
	if err != nil {
		return known{}, err
	}
	var found []known
	for _, k := range all {
		if name == k.Name || name == k.Name+"@"+k.Founder.String() || name == k.ID.String() || k.Head.Defined() && name == k.Head.String() {
			found = append(found, k)
		}
	}
	mine := slices.DeleteFunc(slices.Clone(found), func(k known) bool { return !k.mine(r) })
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(mine) == 1:
		return mine[0], nil
	case len(found) > 1:
		return known{}, problemf(exitUsage, "write it as NAME@FOUNDER", "%d Datanets are called %s", len(found), name)
	}
	names := make([]string, len(all))
	for i, k := range all {
		names[i] = k.Name
	}
	remedy := `"peer datanet list" shows those that are, "peer datanet create" makes one, "peer datanet pin" fetches one`
	if len(names) > 0 && !strings.Contains(name, "@") {
		remedy = fmt.Sprintf("did you mean %q? ", nearest(name, names)) + remedy
	}
	return known{}, problemf(exitFailed, remedy, "%s: %w", name, errUnknown)
}

// own is datanet for what only the founder may do.
func (r *repo) own(ctx context.Context, name string) (known, error) {
	k, err := r.datanet(ctx, name)
	if err == nil && !k.mine(r) {
		err = problemf(exitFailed, "ask the founder", "%s is a Datanet of %s, who alone signs its versions", k.Name, k.Founder)
	}
	return k, err
}

// remember writes a Datanet down, or what changed of it.
func remember(ctx context.Context, tx *sql.Tx, k known) error {
	text := ""
	if k.Draft.Licence != "" {
		b, err := json.Marshal(k.Draft)
		if err != nil {
			return err
		}
		text = string(b)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO datanets (id, name, founder, draft, head) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET draft = excluded.draft, head = excluded.head`, k.ID[:], k.Name, k.Founder.String(), text, linkText(k.Head))
	return err
}

// linkText is a CID, or nothing for none.
func linkText(c cid.Cid) string {
	if !c.Defined() {
		return ""
	}
	return c.String()
}

// get returns a block of this peer, for manifest and erasure.
func (r *repo) get(ctx context.Context, c cid.Cid) ([]byte, error) { return r.blocks.Get(ctx, c) }

// load returns the latest version that is here; nil before the first.
func (r *repo) load(ctx context.Context, k known) (*manifest.Datanet, error) {
	if !k.Head.Defined() {
		return nil, nil
	}
	d, err := manifest.Load(ctx, k.Head, r.network(), r.get)
	if err != nil {
		return nil, &problem{exitCheck, fmt.Errorf("%s: %w", k.Name, err), missingRemedy(err)}
	}
	return d, nil
}

// missingRemedy is what helps where a block is not here, or is not what it was.
func missingRemedy(err error) string {
	if errors.Is(err, block.ErrNotFound) || errors.Is(err, block.ErrCorrupt) {
		return `"peer datanet pin" fetches what is missing`
	}
	return ""
}

// A kind is what a part of a Datanet is.
type kind string

const (
	kindContribution kind = "contribution"
	kindReview       kind = "review"
	kindWithdrawal   kind = "withdrawal"
)

// A part is a signed record that belongs to a Datanet; whether a version lists
// it, the version says.
type part struct {
	CID      cid.Cid
	Kind     kind
	Signer   string
	Sequence uint64
}

// parts returns what is known for a Datanet, in the order in which it came.
func (r *repo) parts(ctx context.Context, id manifest.ID) (all []part, err error) {
	rows, err := r.ledger.QueryContext(ctx, "SELECT cid, kind, signer, sequence FROM parts WHERE datanet = ? ORDER BY rowid", id[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p part
		var name string
		if err := rows.Scan(&name, &p.Kind, &p.Signer, &p.Sequence); err != nil {
			return nil, err
		}
		if p.CID, err = cid.Decode(name); err != nil {
			return nil, fmt.Errorf("ledger: part %q: %w", name, err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// listed says what a version names.
func listed(m manifest.Manifest) map[cid.Cid]bool {
	in := map[cid.Cid]bool{}
	for _, list := range [][]cid.Cid{m.Contributions, m.Reviews, m.Withdrawals} {
		for _, c := range list {
			in[c] = true
		}
	}
	return in
}

// pending returns the parts that the latest version does not list.
func (r *repo) pending(ctx context.Context, k known, d *manifest.Datanet) ([]part, error) {
	all, err := r.parts(ctx, k.ID)
	if err != nil || d == nil {
		return all, err
	}
	in := listed(d.Manifest())
	return slices.DeleteFunc(all, func(p part) bool { return in[p.CID] }), nil
}

// sealPart signs a part with the next number of this peer, stores it and writes
// it down. One with the same content is returned as it is: so a command that
// was killed after this may be given again. The caller holds the blocks that
// the part names until it returns.
func sealPart[T any](ctx context.Context, r *repo, k known, what kind,
	seal func(key record.Key, sequence uint64) (manifest.Sealed[T], error)) (s manifest.Sealed[T], err error) {
	key, err := r.key()
	if err != nil {
		return s, err
	}
	release, err := r.take("the parts of " + k.Name)
	if err != nil {
		return s, err
	}
	defer release()
	var sequence, old uint64
	mine := []any{k.ID[:], r.account.String()}
	if err := r.ledger.QueryRowContext(ctx, "SELECT coalesce(max(sequence) + 1, 0) FROM parts WHERE datanet = ? AND signer = ?", mine...).Scan(&sequence); err != nil {
		return s, err
	}
	if s, err = seal(key, sequence); err != nil {
		return s, err
	}
	payload := s.Record().Header().Payload
	switch err := r.ledger.QueryRowContext(ctx, "SELECT sequence FROM parts WHERE datanet = ? AND signer = ? AND payload = ?", append(mine, payload[:])...).Scan(&old); {
	case err == nil:
		return seal(key, old)
	case !errors.Is(err, sql.ErrNoRows):
		return s, err
	}
	return s, r.keepPart(ctx, k, s.Record(), s.CID(), what)
}

// keepPart stores a part and writes it down; the block is durable before.
func (r *repo) keepPart(ctx context.Context, k known, rec record.Verified, c cid.Cid, what kind) error {
	hold := r.blocks.Hold()
	defer hold.Release()
	if err := hold.Put(ctx, c, rec.Envelope()); err != nil {
		return err
	}
	if err := hold.Flush(ctx); err != nil {
		return err
	}
	// The pin comes before the ledger: a kill in between leaves a pin too many.
	if err := r.keep(ctx, pin.Pin{Root: c, Name: fmt.Sprintf("%s: %s to publish", k.Name, what), Whole: true}); err != nil {
		return err
	}
	payload := rec.Header().Payload
	_, err := r.ledger.ExecContext(ctx, "INSERT INTO parts (cid, datanet, kind, signer, sequence, payload) VALUES (?, ?, ?, ?, ?, ?)",
		c.String(), k.ID[:], what, rec.Signer().Account().String(), rec.Header().Sequence, payload[:])
	return err
}
