package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/catalog"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// What this peer signed for a Datanet of somebody else goes to its founder, who
// alone signs versions: it is shown to him until he has heard it, and he looks
// in the DHT for who has some. A contribution then waits for the founder to take
// it; the verdict of a curator and a withdrawal, which are small and which only
// few may sign, are taken at once.
const (
	askOffer  = "offer"  // shows the founder a signed part
	askOffers = "offers" // asks for those that are here for a Datanet
)

var (
	offerLimits  = call.Limits{Request: maxOffer, Time: 2 * time.Minute}
	offersLimits = call.Limits{Request: 32, Answer: maxOffer, Time: 2 * time.Minute}
)

const (
	maxOffer      = 4 << 20 // bytes of a signed part
	mostOffers    = 1024    // contributions that wait for the founder of a Datanet
	mostOffersOne = 32      // and of one signer
)

// offerTables are the contributions that others have shown for Datanets of this
// peer.
const offerTables = `
CREATE TABLE offers (
	cid      TEXT PRIMARY KEY,
	datanet  BLOB NOT NULL REFERENCES datanets,
	signer   TEXT NOT NULL,
	peer     BLOB NOT NULL, -- the ID of the peer that has it
	line     TEXT NOT NULL, -- JSON: the contributionLine
	rejected TEXT NOT NULL  -- the reason; empty while it waits
);`

// hear takes in what somebody signed for a Datanet of this peer. What it returns
// tells a call.Busy error who shall show it again.
func (r *repo) hear(ctx context.Context, from string, envelope []byte) error {
	v, err := record.Open(envelope, r.network())
	if err != nil {
		return call.Errorf(call.Invalid, "%s", oneLine(err.Error()))
	}
	id := manifest.ID(v.Header().Subject)
	k, err := r.datanet(ctx, id.String())
	if err != nil || k.ID != id || !k.mine(r) {
		return call.Errorf(call.Refused, "Datanet %s is not of this peer", id)
	}
	if known, err := r.hasPart(ctx, v); known || err != nil {
		return err
	}
	switch v.Header().Type {
	case record.Contribution:
		return r.hearContribution(ctx, k, from, envelope)
	case record.Review:
		return r.hearReview(ctx, k, envelope)
	case record.Withdrawal:
		return r.hearWithdrawal(ctx, k, envelope)
	}
	return call.Errorf(call.Invalid, "a record of type %d is no part of a Datanet", v.Header().Type)
}

// hasPart says whether a signed part is in the ledger.
func (r *repo) hasPart(ctx context.Context, v record.Verified) (bool, error) {
	var n int
	h := v.Header()
	err := r.ledger.QueryRowContext(ctx, "SELECT count(*) FROM parts WHERE datanet = ? AND signer = ? AND (payload = ? OR sequence = ?)",
		h.Subject[:], v.Signer().Account().String(), h.Payload[:], h.Sequence).Scan(&n)
	return n > 0, err
}

// invites says why the coming version of a Datanet would not take a contribution,
// whatever its curators say.
func (k *known) invites(s manifest.Sealed[manifest.Contribution]) error {
	m, value := k.next(nil), s.Value()
	if !m.Licence.Covers(value.Licence) {
		return fmt.Errorf("%s is under %s, which does not cover %s", k.Name, m.Licence, value.Licence)
	}
	if m.Policy == manifest.Invited && !slices.Contains(m.Invited, s.Owner()) {
		return fmt.Errorf("%s is not invited to %s", s.Owner(), k.Name)
	}
	return nil
}

func (r *repo) hearContribution(ctx context.Context, k known, from string, envelope []byte) error {
	s, err := manifest.OpenContribution(envelope, r.network())
	if err != nil {
		return call.Errorf(call.Invalid, "%s", oneLine(err.Error()))
	}
	if err := k.invites(s); err != nil {
		return call.Errorf(call.Refused, "%s", err)
	}
	line, err := json.Marshal(contributionOf(s))
	if err != nil {
		return err
	}
	return r.inTx(ctx, func(tx *sql.Tx) error {
		var rejected string
		err := tx.QueryRowContext(ctx, "SELECT rejected FROM offers WHERE cid = ?", s.CID().String()).Scan(&rejected)
		switch {
		case err == nil && rejected != "":
			return call.Errorf(call.Refused, "the founder rejected it: %s", rejected)
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		case err != nil:
			var all, his int
			if err := tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(signer = ?), 0) FROM offers
				WHERE datanet = ? AND rejected = '' AND cid NOT IN (SELECT cid FROM parts)`, s.Owner().String(), k.ID[:]).Scan(&all, &his); err != nil {
				return err
			}
			if all >= mostOffers || his >= mostOffersOne {
				return call.Errorf(call.Busy, "%d contributions to %s wait for its founder, %d of them by %s", all, k.Name, his, s.Owner())
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO offers (cid, datanet, signer, peer, line, rejected) VALUES (?, ?, ?, ?, ?, '')
			ON CONFLICT (cid) DO UPDATE SET peer = excluded.peer`, s.CID().String(), k.ID[:], s.Owner().String(), []byte(from), string(line))
		return err
	})
}

// hearReview takes the verdict of a curator on a contribution that is here.
func (r *repo) hearReview(ctx context.Context, k known, envelope []byte) error {
	s, err := manifest.OpenReview(envelope, r.network())
	switch {
	case err != nil:
		return call.Errorf(call.Invalid, "%s", oneLine(err.Error()))
	case !k.next(nil).Curates(s.Owner(), k.Founder):
		return call.Errorf(call.Refused, "%s is no curator of %s", s.Owner(), k.Name)
	}
	if err := r.taken(ctx, s.Value().Contribution); err != nil {
		return err
	}
	return r.keepPart(ctx, k, s.Record(), s.CID(), kindReview)
}

// taken says that a contribution is here, or that whoever speaks of it shall do
// so later.
func (r *repo) taken(ctx context.Context, c cid.Cid) error {
	if _, err := r.contribution(ctx, c); err != nil {
		if errors.Is(err, block.ErrNotFound) {
			return call.Errorf(call.Busy, "the founder has not taken contribution %s", c)
		}
		return err
	}
	return nil
}

// hearWithdrawal takes a withdrawal that a version may list: by the owner of the
// contribution or a curator, and true about the records.
func (r *repo) hearWithdrawal(ctx context.Context, k known, envelope []byte) error {
	s, err := manifest.OpenWithdrawal(envelope, r.network())
	if err != nil {
		return call.Errorf(call.Invalid, "%s", oneLine(err.Error()))
	}
	w := s.Value()
	if err := r.taken(ctx, w.Contribution); err != nil {
		return err
	}
	of, err := r.contribution(ctx, w.Contribution)
	if err != nil {
		return err
	}
	if s.Owner() != of.Owner() && !k.next(nil).Curates(s.Owner(), k.Founder) {
		return call.Errorf(call.Refused, "contribution %s is of %s: only its owner and the curators of %s may withdraw it", of.CID(), of.Owner(), k.Name)
	}
	d, err := r.load(ctx, k)
	if err != nil {
		return err
	}
	if d == nil || !slices.ContainsFunc(d.Contributions(), func(c manifest.Sealed[manifest.Contribution]) bool { return c.CID() == of.CID() }) {
		return call.Errorf(call.Busy, "contribution %s is in no version of %s yet", of.CID(), k.Name)
	}
	var records []uint64
	for _, gone := range w.Records {
		records = append(records, gone.Index)
	}
	want, err := d.Withdraw(ctx, of.CID(), records, w.Reason, r.get)
	if err == nil {
		err = d.Draft().Allows(want)
	}
	if err != nil {
		return call.Errorf(call.Refused, "%s", oneLine(err.Error()))
	}
	if string(want.AppendCanon(nil)) != string(w.AppendCanon(nil)) {
		return call.Errorf(call.Refused, "the withdrawal says of its records what they are not")
	}
	return r.keepPart(ctx, k, s.Record(), s.CID(), kindWithdrawal)
}

// offered lists the contributions that others have shown and that wait.
func (r *repo) offered(ctx context.Context, k known) (lines []contributionLine, err error) {
	rows, err := r.ledger.QueryContext(ctx, `SELECT line FROM offers WHERE datanet = ? AND rejected = '' AND cid NOT IN (SELECT cid FROM parts) ORDER BY rowid`, k.ID[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		var line contributionLine
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			return nil, fmt.Errorf("ledger: offer: %w", err)
		}
		lines = append(lines, line)
	}
	return lines, rows.Err()
}

// turnDown notes that the founder does not want a contribution that he has not
// taken, and says whether there was such a one. Who offers it is told the reason.
func (r *repo) turnDown(ctx context.Context, k known, c cid.Cid, reason string) (bool, error) {
	done, err := r.ledger.ExecContext(ctx, `UPDATE offers SET rejected = ? WHERE cid = ? AND datanet = ? AND cid NOT IN (SELECT cid FROM parts)`, reason, c.String(), k.ID[:])
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// offerer returns the peer that has shown a contribution; nothing if none has.
func (r *repo) offerer(ctx context.Context, c cid.Cid) (string, error) {
	var peer []byte
	err := r.ledger.QueryRowContext(ctx, "SELECT peer FROM offers WHERE cid = ?", c.String()).Scan(&peer)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return string(peer), err
}

// offer shows a part to the founder of its Datanet.
func (o *online) offer(ctx context.Context, k known, p part) error {
	head, err := o.repo.version(ctx, k.Head)
	if err != nil {
		return err
	}
	envelope, err := o.repo.get(ctx, p.CID)
	if err != nil {
		return err
	}
	for _, err := range o.node.Parts(ctx, node.NameOf(head.Record().Signer()), askOffer, envelope, offerLimits) {
		if err != nil {
			return err
		}
	}
	return nil
}

// offerAll shows the founder of a Datanet what he has not heard, and tells the
// DHT that there is something for him. What he refused he is not shown again
// before this peer starts anew.
func (o *online) offerAll(ctx context.Context, k known) {
	if k.mine(o.repo) || !k.Head.Defined() {
		return
	}
	parts, err := o.repo.parts(ctx, k.ID)
	if err != nil {
		return // announceAll tells of a ledger that cannot be read
	}
	for _, p := range parts {
		if o.isTold(p.CID) {
			continue
		}
		if key := catalog.OfferKey(o.repo.network(), k.ID); !o.isTold(key) && o.node.Provide(ctx, key) == nil && o.node.Provide(ctx, p.CID) == nil {
			o.told(key)
		}
		limited, cancel := context.WithTimeout(ctx, 20*time.Second)
		err := o.offer(limited, k, p)
		cancel()
		if err == nil || refused(err) {
			o.told(p.CID)
		}
		if err != nil && ctx.Err() == nil {
			o.repo.log.DebugContext(ctx, "Not taken by the founder", slog.String("datanet", k.Name), slog.String("cid", p.CID.String()), slog.Any("err", err))
		}
	}
}

// What a report says of who signs the versions of a Datanet.
const (
	founders = ""    // it is this peer
	yes      = "yes" // he has heard
	offline  = "no peer is running here"
)

// tell shows the founder a part that was signed just now, and says how that went.
func (r *repo) tell(ctx context.Context, k known, c cid.Cid) string {
	switch {
	case k.mine(r):
		return founders
	case r.online == nil:
		return offline
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := r.online.offer(ctx, k, part{CID: c}); err != nil {
		r.online.again()
		return oneLine(err.Error())
	}
	r.online.told(c)
	return yes
}

// nextStep is what to do, or what happens, after a part was signed.
func nextStep(datanet, heard string) string {
	switch heard {
	case founders:
		return "Publish with: peer datanet publish " + datanet
	case yes:
		return "The founder of " + datanet + " has heard of it."
	case offline:
		return `The founder of ` + datanet + ` hears of it from "peer run".`
	}
	return "The founder of " + datanet + " has not heard of it: " + heard + "\nHe is asked again while this peer runs."
}

// nearOffer stays in contact with the peer that offered a contribution, until done.
func (r *repo) nearOffer(ctx context.Context, c cid.Cid) (done func(), err error) {
	from, err := r.offerer(ctx, c)
	if err != nil || from == "" || r.online == nil {
		return func() {}, err
	}
	s, err := r.online.fetch.Session(ctx, "offer "+c.String(), r.online.node.Infos(from))
	if err != nil {
		return nil, err
	}
	return s.Close, nil
}

// refused says whether a peer answered that it will not.
func refused(err error) bool {
	var e *call.Error
	return errors.As(err, &e) && (e.Code == call.Refused || e.Code == call.Invalid)
}

// answerOffers sends what is here for the founder of a Datanet.
func (o *online) answerOffers(ctx context.Context, id []byte, send func([]byte) error) error {
	if len(id) != len(manifest.ID{}) {
		return call.Errorf(call.Invalid, "a Datanet's ID has %d bytes", len(manifest.ID{}))
	}
	parts, err := o.repo.parts(ctx, manifest.ID(id))
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.Signer != o.repo.account.String() {
			continue
		}
		b, err := o.repo.get(ctx, p.CID)
		if err == nil {
			err = send(b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// collectOffers looks for what others have for the Datanets of this peer.
func (o *online) collectOffers(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, 10*time.Minute) {
		all, err := o.repo.datanets(ctx)
		if err != nil && ctx.Err() == nil {
			o.repo.log.ErrorContext(ctx, "Datanets not listed", slog.Any("err", err))
		}
		for _, k := range all {
			if k.mine(o.repo) {
				o.collect(ctx, k)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

func (o *online) collect(ctx context.Context, k known) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for peer := range o.node.Providers(ctx, catalog.OfferKey(o.repo.network(), k.ID), mostProviders) {
		n := 0
		for b, err := range o.node.Parts(ctx, peer, askOffers, k.ID[:], offersLimits) {
			if err == nil {
				err = o.repo.hear(ctx, peer, b)
			}
			if err != nil {
				o.repo.log.DebugContext(ctx, "Offer not taken", slog.String("datanet", k.Name), slog.Any("err", err))
			}
			if n++; n >= mostOffersOne {
				break
			}
		}
	}
}
