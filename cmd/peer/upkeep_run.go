package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/cmd/peer/aggregator"
	"github.com/openledger/openledger/cmd/peer/upkeep"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

// upkeepWorld is what payments of pinners are checked against.
func (r *repo) upkeepWorld(l *chainLink) upkeep.World {
	var mu sync.Mutex
	beacons := map[uint64][32]byte{}
	return upkeep.World{
		Network: r.network(), Domain: l.k.Domain(), Get: r.fetchOne, Shards: r.shardsOf, Find: r.findStatement,
		Beacon: func(ctx context.Context, slot uint64) ([32]byte, error) {
			mu.Lock()
			defer mu.Unlock()
			if b, ok := beacons[slot]; ok {
				return b, nil
			}
			b, err := chain.Beacon(ctx, l.client, upkeep.StartOf(slot))
			if err == nil {
				if len(beacons) > 1000 {
					clear(beacons)
				}
				beacons[slot] = b
			}
			return b, err
		},
	}
}

// evidenceName is what the statement behind some evidence is published as.
func evidenceName(evidence [32]byte) (cid.Cid, error) { return block.CID(cid.Raw, evidence[:]) }

// findStatement looks for the statement behind some evidence, here and at those
// who publish it.
func (r *repo) findStatement(ctx context.Context, evidence [32]byte, use func(block []byte) error) error {
	name, err := evidenceName(evidence)
	if err != nil {
		return err
	}
	return r.eachSource(ctx, name, false, func(p publication, _ []string) error {
		b, err := r.fetchOne(ctx, p.Files)
		if err == nil {
			err = block.Check(p.Files, b)
		}
		if err != nil {
			return err
		}
		return use(b)
	})
}

// shardsOf reads the shards of a version of a Datanet, from others if need be.
func (r *repo) shardsOf(ctx context.Context, id [32]byte, version cid.Cid) (pin.Shards, error) {
	get := func(ctx context.Context, c cid.Cid) ([]byte, error) {
		b, err := r.fetchOne(ctx, c)
		if err == nil {
			err = block.Check(c, b)
		}
		return b, err
	}
	d, err := manifest.Load(ctx, version, r.network(), get)
	if err != nil {
		return nil, err
	}
	if d.ID() != id {
		return nil, &upkeep.Unfounded{Reason: fmt.Sprintf("%s is no version of Datanet %x", version, id)}
	}
	var shards []cid.Cid
	for _, c := range d.Contributions() {
		for _, s := range c.Value().Shards {
			shards = append(shards, s.Layout)
		}
	}
	return upkeep.NewLayouts(func(c cid.Cid) ([]byte, error) { return get(ctx, c) }, shards), nil
}

// upkeepBook keeps the audits of a peer that posts epochs.
func (r *repo) upkeepBook(l *chainLink) *upkeep.Book {
	return &upkeep.Book{
		World: r.upkeepWorld(l), Ledger: r.ledger,
		Keep: func(ctx context.Context, blocks []upkeep.Block) error {
			hold := r.blocks.Hold()
			defer hold.Release()
			for _, b := range blocks {
				if err := hold.Put(ctx, b.CID, b.Data); err != nil {
					return err
				}
			}
			if err := hold.Flush(ctx); err != nil {
				return err
			}
			return r.keep(ctx, pin.Pin{Root: blocks[len(blocks)-1].CID, Name: "why pinners are paid", Whole: true})
		},
		Publish: func(ctx context.Context, evidence [32]byte, statement cid.Cid) error {
			name, err := evidenceName(evidence)
			if err == nil {
				_, err = r.say(ctx, publication{What: name, Files: statement, Name: "why pinners are paid"}, func(*sql.Tx) error { return nil })
			}
			if err == nil && r.answers != nil {
				r.answers.tell()
			}
			return err
		},
		Version: func(ctx context.Context, id [32]byte) (cid.Cid, error) {
			k, err := r.datanet(ctx, manifest.ID(id).String())
			return k.Head, err
		},
		Sign: func(digest [32]byte) (epoch.Signature, error) {
			key, err := r.key()
			if err != nil {
				return epoch.Signature{}, err
			}
			return epoch.Signature(key.Sign(digest)), nil
		},
	}
}

// upkeepOf returns the book of audits once; nil where this peer posts no epochs.
func (r *repo) upkeepOf(ctx context.Context) (*upkeep.Book, error) {
	if r.config.Chain.Epochs != "post" {
		return nil, nil
	}
	l, err := r.link(ctx)
	if err != nil {
		return nil, err
	}
	l.upkeepOnce.Do(func() { l.upkeep = r.upkeepBook(l) })
	return l.upkeep, nil
}

// auditBeacon is the beacon of challenges: one that the chain shows, so that what
// was audited can be paid, else none.
func (r *repo) auditBeacon(ctx context.Context) (beacon [32]byte, err error) {
	b, err := r.upkeepOf(ctx)
	if err == nil && b != nil {
		beacon, err = b.Slot(ctx, time.Now())
	}
	if err != nil { // audits go on, unpaid
		r.log.DebugContext(ctx, "No beacon for audits", slog.Any("err", err))
		beacon = [32]byte{}
	}
	return beacon, nil
}

// auditPassed keeps an audit that another peer passed until it is paid for.
func (r *repo) auditPassed(ctx context.Context, t pin.Transcript) error {
	b, err := r.upkeepOf(ctx)
	if err != nil || b == nil {
		return err
	}
	return b.Passed(ctx, t)
}

// payPinners pays for the audits of the past, once they are old enough, and
// hands over what was drawn before.
func (e *epochs) payPinners(ctx context.Context, s *aggregator.Service, l *chainLink) error {
	b, err := e.repo.upkeepOf(ctx)
	if err != nil || b == nil {
		return err
	}
	if err := b.Records(ctx, func(r epoch.Record) error { return e.publish(ctx, s, r, 0) }); err != nil {
		return err
	}
	now, err := chain.Now(ctx, l.client)
	if err != nil {
		return err
	}
	first, ok, err := b.Oldest(ctx)
	if err != nil || !ok || now.Before(upkeep.StartOf(first).Add(e.repo.config.Chain.Upkeep)) {
		return err
	}
	tip, _, err := l.k.Tip(ctx)
	if err != nil || tip == 0 {
		return err
	}
	if rules := l.k.Rules(ctx); !rules.Enrolled([20]byte(e.repo.account), tip+1) {
		if err := rules.Err(); err != nil {
			return err
		}
		_, err := l.outbox.Attempt(ctx, "enroll to pay pinners", l.k.Enroll())
		return err
	}
	book, err := s.Follower.Book(ctx, tip)
	if err != nil {
		return err
	}
	_, earned, distributed, ok := book.State().Earned(epoch.StoragePool)
	amount := new(epoch.Amount).Sub(&earned, &distributed)
	if !ok || amount.IsZero() {
		return nil
	}
	terms, err := l.k.OpeningTerms(ctx)
	if err != nil {
		return err
	}
	return b.Draw(ctx, tip, *amount, terms.Cap)
}

// questionsEvery is how often it is looked whether somebody asks for a score; a
// day of blocks is looked at first.
const (
	questionsEvery = 30 * time.Second
	questionBlocks = 50_000
)

// answerQuestions shows the scores that are asked for of payments that this peer
// signed: else its stake pays for silence.
func (e *epochs) answerQuestions(ctx context.Context, l *chainLink) error {
	b, err := e.repo.upkeepOf(ctx)
	if now := time.Now(); err != nil || b == nil || now.Sub(e.questions) < questionsEvery {
		return err
	} else {
		e.questions = now
	}
	last, err := l.client.BlockNumber(ctx)
	if err != nil {
		return err
	}
	staker, err := l.k.Staker(ctx, [20]byte(e.repo.account))
	if err != nil {
		return err
	}
	open, err := l.k.Asked(ctx, staker, max(e.asked, last-min(last, questionBlocks)))
	if err != nil {
		return err
	}
	for _, a := range open {
		p, scores, ok, err := b.Signed(ctx, a.Subject)
		if err == nil && !ok {
			err = errors.New("this peer made no statement that it follows from")
		}
		var call chain.Call
		if err == nil {
			call, err = l.k.AnswerScore(p, int(a.Leaf), scores)
		}
		if err != nil {
			e.repo.log.WarnContext(ctx, "A question of the contract cannot be answered", slog.String("key", fmt.Sprintf("%x", a.Key)), slog.Any("err", err))
			continue
		}
		if _, err := l.outbox.Attempt(ctx, fmt.Sprintf("answer question %x of block %d", a.Key, a.Block), call); err != nil {
			return err
		}
	}
	if len(open) == 0 {
		e.asked = last + 1
	}
	return nil
}

// checkPayment refuses a payment out of the pool of storage that does not follow
// from audits.
func (r *repo) checkPayment(l *chainLink) func(ctx context.Context, p *epoch.Payment) error {
	w := r.upkeepWorld(l)
	return func(ctx context.Context, p *epoch.Payment) error {
		if p.Distribution.Pool != epoch.StoragePool {
			return nil
		}
		return w.Check(ctx, p)
	}
}

// checkUpkeep checks the payments of pinners in an epoch; it returns how many
// there are and, with an *upkeep.Unfounded error, the first one without ground.
func (r *repo) checkUpkeep(ctx context.Context, l *chainLink, d *epoch.DAG) (paid int, at uint64, err error) {
	check := r.checkPayment(l)
	for rec, err := range d.All(ctx) {
		if err != nil {
			return paid, at, err
		}
		if rec.Payment != nil && rec.Payment.Distribution.Pool == epoch.StoragePool {
			if err := check(ctx, rec.Payment); err != nil {
				return paid, at, err
			}
			paid++
		}
		at++
	}
	return paid, at, nil
}

// paidFor says for which Datanets a payment out of the pool of storage pays an
// account what.
func (r *repo) paidFor(ctx context.Context, l *chainLink, evidence [32]byte, part uint32, account record.Account) (map[[32]byte]*big.Int, error) {
	w := r.upkeepWorld(l)
	s, err := w.Statement(ctx, evidence)
	if err != nil {
		return nil, err
	}
	return s.PaidTo(part, account)
}
