package upkeep

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/epoch"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

// Tables are the steps of the tables of upkeep in ledger.db: the audits that are
// not paid for, one of an hour, and the statements whose payments were not yet
// handed over.
var Tables = []string{
	`CREATE TABLE audits (
		datanet   BLOB NOT NULL,
		pinner    BLOB NOT NULL, -- account
		slot      INTEGER NOT NULL,
		pledge    BLOB NOT NULL, -- sealed records, and the leaves that were shown
		challenge BLOB NOT NULL,
		answer    BLOB NOT NULL,
		openings  BLOB NOT NULL,
		PRIMARY KEY (datanet, pinner, slot)
	);
	CREATE TABLE upkeep (statement BLOB PRIMARY KEY) WITHOUT ROWID; -- CID`,
	`CREATE TABLE statements (evidence BLOB PRIMARY KEY, statement BLOB NOT NULL) WITHOUT ROWID`, // of this peer, by what distributions name
}

// A Book keeps the audits of this peer until they are paid for. It is safe for
// concurrent use.
type Book struct {
	World
	Ledger *sql.DB // with Tables
	// Keep stores blocks for good: those of a statement, which is the last one.
	Keep func(ctx context.Context, blocks []Block) error
	// Publish has others find a statement by the evidence of its distributions.
	Publish func(ctx context.Context, evidence [32]byte, statement cid.Cid) error
	// Version returns the CID of the latest version of a Datanet that is here.
	Version func(ctx context.Context, datanet [32]byte) (cid.Cid, error)
	// Sign seals a payment for this peer, which is enrolled.
	Sign func(digest [32]byte) (epoch.Signature, error)

	mu    sync.Mutex
	slots map[[32]byte]uint64 // by the beacons that were handed out
}

// A Block is one that is to be kept.
type Block struct {
	CID  cid.Cid
	Data []byte
}

// Slot returns the beacon for challenges that are made at a time: that of its
// hour or, while no final block is that late, of one of the three before.
func (b *Book) Slot(ctx context.Context, now time.Time) (beacon [32]byte, err error) {
	for slot := SlotOf(now); slot+3 >= SlotOf(now); slot-- {
		if beacon, err = b.Beacon(ctx, slot); err == nil {
			b.mu.Lock()
			defer b.mu.Unlock()
			if b.slots == nil || len(b.slots) > 100 {
				b.slots = map[[32]byte]uint64{}
			}
			b.slots[beacon] = slot
			return beacon, nil
		}
	}
	return beacon, err
}

// Passed notes an audit that was passed: the first of its hour.
func (b *Book) Passed(ctx context.Context, t pin.Transcript) error {
	var c pin.Challenge
	if err := canon.Decode(t.Challenge.Payload(), &c, canon.Limits{}); err != nil {
		return err
	}
	b.mu.Lock()
	slot, ok := b.slots[c.Beacon]
	b.mu.Unlock()
	if !ok {
		return nil // of no hour that the chain knows: nobody could tell when it was
	}
	who := t.Pledge.Signer().Account()
	_, err := b.Ledger.ExecContext(ctx, `INSERT OR IGNORE INTO audits VALUES (?, ?, ?, ?, ?, ?, ?)`,
		t.Datanet[:], who[:], slot, t.Pledge.Envelope(), t.Challenge.Envelope(), t.Answer.Envelope(), t.Openings)
	return err
}

// Oldest returns the first hour of which an audit is not paid for; false: none is.
func (b *Book) Oldest(ctx context.Context) (slot uint64, ok bool, err error) {
	var first sql.NullInt64
	err = b.Ledger.QueryRowContext(ctx, `SELECT min(slot) FROM audits`).Scan(&first)
	return uint64(first.Int64), first.Valid, err
}

// Draw makes a statement that divides a pot by the audits that are not paid for,
// for an epoch, up to a cap for each share, and checks it as anybody will. The audits are struck out as
// it is written down, so that none is paid for twice; Records hands it over.
func (b *Book) Draw(ctx context.Context, e uint64, pot epoch.Amount, cap uint16) error {
	s := Statement{Epoch: e, Pot: pot, Cap: cap}
	var blocks []Block
	add := func(codec uint64, data []byte) (cid.Cid, error) {
		c, err := block.CID(codec, data)
		if err == nil && !slices.ContainsFunc(blocks, func(b Block) bool { return b.CID.Equals(c) }) {
			blocks = append(blocks, Block{c, data})
		}
		return c, err
	}
	all, err := b.unpaid(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	weights := map[Share]uint64{}
	for _, r := range all {
		a, weight, err := b.audited(ctx, r, add)
		if err != nil {
			return err
		}
		s.Audits = append(s.Audits, a)
		weights[Share{Datanet: r.datanet, Account: r.pinner}] += weight
	}
	for x, weight := range weights {
		x.Weight = weight
		s.Shares = append(s.Shares, x)
	}
	slices.SortFunc(s.Shares, Share.Compare)
	text, err := canon.Encode(&s)
	if err != nil {
		return err
	}
	c, err := add(cid.DagCBOR, text)
	if err != nil {
		return err
	}
	if err := b.Keep(ctx, blocks); err != nil {
		return err
	}
	if _, err := b.CheckStatement(ctx, &s); err != nil {
		return err
	}
	scores, err := s.Scores()
	if err != nil {
		return err
	}
	evidence := scores.Evidence()
	if err := b.Publish(ctx, evidence, c); err != nil {
		return err
	}
	tx, err := b.Ledger.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, r := range all {
		if _, err := tx.ExecContext(ctx, `DELETE FROM audits WHERE datanet = ? AND pinner = ? AND slot = ?`, r.datanet[:], r.pinner[:], r.slot); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO statements VALUES (?, ?)`, evidence[:], c.Bytes()); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO upkeep VALUES (?)`, c.Bytes()); err != nil {
		return err
	}
	return tx.Commit()
}

// A row is an audit that is not paid for.
type row struct {
	datanet                             [32]byte
	pinner                              record.Account
	slot                                uint64
	pledge, challenge, answer, openings []byte
}

func (b *Book) unpaid(ctx context.Context) (all []row, err error) {
	rows, err := b.Ledger.QueryContext(ctx, `SELECT datanet, pinner, slot, pledge, challenge, answer, openings FROM audits ORDER BY datanet, pinner, slot LIMIT ?`, mostAudits)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		var datanet, pinner []byte
		if err := rows.Scan(&datanet, &pinner, &r.slot, &r.pledge, &r.challenge, &r.answer, &r.openings); err != nil {
			return nil, err
		}
		copy(r.datanet[:], datanet)
		copy(r.pinner[:], pinner)
		all = append(all, r)
	}
	return all, rows.Err()
}

// audited makes an audit of a row, with the blocks that it names.
func (b *Book) audited(ctx context.Context, r row, add func(codec uint64, data []byte) (cid.Cid, error)) (a Audit, weight uint64, err error) {
	a = Audit{Slot: r.slot, Challenge: r.challenge, Answer: r.answer}
	a.Version, err = b.Version(ctx, r.datanet)
	if err == nil {
		a.Pledge, err = add(cid.Raw, r.pledge)
	}
	if err == nil {
		a.Openings, err = add(cid.Raw, r.openings)
	}
	if err != nil {
		return a, 0, err
	}
	shards, err := b.Shards(ctx, r.datanet, a.Version)
	if err != nil {
		return a, 0, err
	}
	pledge, err := record.Open(r.pledge, b.Network)
	if err == nil {
		weight, err = pin.LeavesOf(pledge, shards)
	}
	return a, weight, err
}

// Records calls each for the payments that were not handed over, all of a
// statement before it is struck out: one that fails is handed over again.
func (b *Book) Records(ctx context.Context, each func(epoch.Record) error) error {
	names, err := b.names(ctx, `SELECT statement FROM upkeep`)
	if err != nil {
		return err
	}
	for _, c := range names {
		s, err := b.statement(ctx, c)
		if err != nil {
			return err
		}
		parts, err := s.Parts()
		for i := 0; err == nil && i < len(parts); i++ {
			var p *epoch.Payment
			if p, err = b.payment(parts[i]); err == nil {
				err = each(epoch.Record{Payment: p})
			}
		}
		if err == nil {
			_, err = b.Ledger.ExecContext(ctx, `DELETE FROM upkeep WHERE statement = ?`, c.Bytes())
		}
		if err != nil {
			return fmt.Errorf("statement of storage %s: %w", c, err)
		}
	}
	return nil
}

func (b *Book) statement(ctx context.Context, c cid.Cid) (s Statement, err error) {
	text, err := b.Get(ctx, c)
	if err != nil {
		return s, err
	}
	return Open(text)
}

func (b *Book) payment(d epoch.Distribution) (p *epoch.Payment, err error) {
	p = &epoch.Payment{Distribution: d}
	p.Signature, err = b.Sign(d.Signing(b.Domain))
	return p, err
}

// Signed finds a distribution that this peer signed by its hash, with the scores
// that it follows from; false: there is none. It looks at all statements, the
// questions that it is for are rare.
func (b *Book) Signed(ctx context.Context, distribution [32]byte) (p *epoch.Payment, scores *epoch.ScoreTree, ok bool, err error) {
	names, err := b.names(ctx, `SELECT statement FROM statements`)
	if err != nil {
		return nil, nil, false, err
	}
	for _, c := range names {
		s, err := b.statement(ctx, c)
		if err != nil {
			return nil, nil, false, err
		}
		parts, err := s.Parts()
		if err != nil {
			return nil, nil, false, err
		}
		for _, d := range parts {
			if d.Hash() != distribution {
				continue
			}
			if scores, err = s.Scores(); err == nil {
				p, err = b.payment(d)
			}
			return p, scores, err == nil, err
		}
	}
	return nil, nil, false, nil
}

func (b *Book) names(ctx context.Context, query string, args ...any) (all []cid.Cid, err error) {
	rows, err := b.Ledger.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name []byte
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		c, err := cid.Cast(name)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, errors.Join(rows.Err(), rows.Close())
}
