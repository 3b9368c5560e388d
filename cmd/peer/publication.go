package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

// A publication says which blocks hold the files of a model or an adapter, or the
// statement behind what pinners are paid: a
// record, signed by whoever publishes it. Nobody believes it; who fetched the
// files identifies them.
type publication struct {
	What  cid.Cid // the model or the adapter
	Base  cid.Cid // of an adapter: the model that it was made for; undefined: What is a model
	Files cid.Cid // their bundle
	Name  string  // as its publisher calls it
}

const (
	publicationVersion = 1
	maxPublication     = 1 << 10 // bytes of a record
	mostPublishers     = 8       // that are remembered of one thing
)

// AppendCanon appends [1, what, [base?], files, name].
func (p *publication) AppendCanon(b []byte) []byte {
	b = canon.AppendUint(canon.AppendArray(b, 5), publicationVersion)
	b = canon.AppendCID(b, p.What)
	if p.Base.Defined() {
		b = canon.AppendCID(canon.AppendArray(b, 1), p.Base)
	} else {
		b = canon.AppendArray(b, 0)
	}
	return canon.AppendText(canon.AppendCID(b, p.Files), p.Name)
}

// ReadCanon reads what AppendCanon wrote.
func (p *publication) ReadCanon(r *canon.Reader) {
	r.Fields(5)
	if v := r.Uint(publicationVersion); v != publicationVersion {
		r.Fail("publication of version %d", v)
	}
	p.What, p.Base = r.CID(), cid.Undef
	if r.Array(1) == 1 {
		p.Base = r.CID()
	}
	p.Files, p.Name = r.CID(), r.Text(maxName)
}

// subjectOf is the SHA-256 in a CID.
func subjectOf(c cid.Cid) (subject [32]byte, err error) {
	if !c.Defined() {
		return subject, errors.New("no CID")
	}
	hash := c.Hash() // its code, its length, and itself
	if len(hash) != 34 || hash[0] != 0x12 || hash[1] != 32 {
		return subject, fmt.Errorf("%s is not named by a SHA-256", c)
	}
	return [32]byte(hash[2:]), nil
}

// openPublication reads a record about something.
func openPublication(envelope []byte, network record.Network, what cid.Cid) (p publication, v record.Verified, err error) {
	if len(envelope) > maxPublication {
		return p, v, fmt.Errorf("a publication of %d bytes", len(envelope))
	}
	if v, err = record.Open(envelope, network); err != nil {
		return p, v, err
	}
	if v.Header().Type != record.Publication {
		return p, v, fmt.Errorf("a %s, want a publication", v.Header().Type)
	}
	if err := canon.Decode(v.Payload(), &p, canon.Limits{}); err != nil {
		return p, v, err
	}
	subject, err := subjectOf(p.What)
	if err != nil || subject != v.Header().Subject || !p.What.Equals(what) {
		return p, v, errors.Join(fmt.Errorf("a publication of %s, want %s", p.What, what), err)
	}
	return p, v, nil
}

// publicationTables are what the ledger knows of publications; signer is the
// account, own says that it is this peer's.
var publicationTables = []string{`CREATE TABLE publications (
	what BLOB NOT NULL, signer BLOB NOT NULL, sequence INTEGER NOT NULL, own INTEGER NOT NULL, envelope BLOB NOT NULL,
	PRIMARY KEY (what, signer)) WITHOUT ROWID`}

// publish signs where a model or an adapter lies, and has it registered.
func (r *repo) publish(ctx context.Context, p publication) (record.Verified, error) {
	kind := chain.ModelItem
	if p.Base.Defined() {
		kind = chain.AdapterItem
	}
	return r.say(ctx, p, func(tx *sql.Tx) error {
		return toRegister(ctx, tx, registrable{kind: kind, what: p.What, parent: p.Base})
	})
}

// say signs where something lies. Said again it is the same record; the record of
// other blocks has the next sequence. also is done with it or not at all.
func (r *repo) say(ctx context.Context, p publication, also func(tx *sql.Tx) error) (v record.Verified, err error) {
	key, err := r.key()
	if err != nil {
		return v, err
	}
	subject, err := subjectOf(p.What)
	if err != nil {
		return v, err
	}
	payload, err := canon.Encode(&p)
	if err != nil {
		return v, err
	}
	err = r.inTx(ctx, func(tx *sql.Tx) error {
		if err := also(tx); err != nil {
			return err
		}
		var envelope []byte
		signer := key.Public().Account()
		sequence := uint64(0)
		err := tx.QueryRowContext(ctx, `SELECT envelope FROM publications WHERE what = ? AND signer = ?`, p.What.Bytes(), signer[:]).Scan(&envelope)
		if err == nil {
			if v, err = record.Open(envelope, r.network()); err == nil && bytes.Equal(v.Payload(), payload) {
				return nil
			}
			sequence = v.Header().Sequence + 1
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if v, err = record.Seal(key, record.Header{Network: r.network(), Type: record.Publication, Subject: subject, Sequence: sequence}, payload); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO publications VALUES (?, ?, ?, 1, ?)`, p.What.Bytes(), signer[:], sequence, v.Envelope())
		return err
	})
	return v, err
}

// remember keeps what another peer publishes.
func (r *repo) remember(ctx context.Context, what cid.Cid, v record.Verified) error {
	signer := v.Signer().Account()
	_, err := r.ledger.ExecContext(ctx, `INSERT INTO publications SELECT ?, ?, ?, 0, ? WHERE (SELECT count(*) FROM publications WHERE what = ?) < ?
		ON CONFLICT DO UPDATE SET sequence = excluded.sequence, envelope = excluded.envelope WHERE own = 0 AND excluded.sequence > sequence`,
		what.Bytes(), signer[:], v.Header().Sequence, v.Envelope(), what.Bytes(), mostPublishers)
	return err
}

// publications lists the records about something that are here.
func (r *repo) publications(ctx context.Context, what cid.Cid) (all [][]byte, err error) {
	rows, err := r.ledger.QueryContext(ctx, `SELECT envelope FROM publications WHERE what = ? ORDER BY own DESC, signer LIMIT ?`, what.Bytes(), mostPublishers)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

// askPublication is the protocol by which peers ask for publications: the
// question is a CID, each part of the answer a record about it.
const askPublication = "publication"

var publicationLimits = call.Limits{Request: 128, Answer: maxPublication, Time: 15 * time.Second, Relay: true}

// answerPublication answers another peer.
func (r *repo) answerPublication(ctx context.Context, _ string, body []byte, send func([]byte) error) error {
	what, err := cid.Cast(body)
	if err != nil {
		return call.Errorf(call.Invalid, "not a CID")
	}
	all, err := r.publications(ctx, what)
	if err != nil {
		return err
	}
	for _, b := range all {
		if err := send(b); err != nil {
			return err
		}
	}
	return nil
}

// errUnpublished says that nobody who was asked knows something.
var errUnpublished = errors.New("nobody who is connected publishes it")

// published finds who publishes something: here, else among connected peers, else
// among those that the DHT names.
func (r *repo) published(ctx context.Context, what cid.Cid) (p publication, err error) {
	err = r.eachSource(ctx, what, false, func(one publication, _ []string) error {
		p = one
		return nil
	})
	return p, err
}

// eachSource shows use what is published about something, until it returns no
// error: what is known here, else to connected peers, else to those that the DHT
// names. from are peers that may have the blocks. all asks each of those peers, not
// only until one knows something.
func (r *repo) eachSource(ctx context.Context, what cid.Cid, all bool, use func(p publication, from []string) error) (err error) {
	var failed error
	tried := map[cid.Cid]bool{}
	try := func(answered []string) (done bool) {
		known, err := r.publications(ctx, what)
		if err != nil {
			failed = err
			return false
		}
		from := map[cid.Cid][]string{}
		var sources []publication
		for _, b := range known {
			p, v, wrong := openPublication(b, r.network(), what)
			if wrong != nil || tried[p.Files] {
				continue
			}
			if from[p.Files] == nil {
				sources = append(sources, p)
			}
			from[p.Files] = append(from[p.Files], node.NameOf(v.Signer()))
		}
		for _, p := range sources {
			tried[p.Files] = true
			if failed = use(p, append(from[p.Files], answered...)); failed == nil || ctx.Err() != nil {
				return true
			}
		}
		return false
	}
	if try(nil) {
		return failed
	}
	if r.online == nil {
		return cmp.Or(failed, problemf(exitFailed, `start "peer run", which asks others for it`, "%s is not here", what))
	}
	for _, candidates := range []func() iter.Seq[string]{r.online.connected, func() iter.Seq[string] { return r.online.providers(ctx, what) }} {
		if try(r.askPublications(ctx, what, candidates(), all)) {
			return failed
		}
	}
	return cmp.Or(failed, problemf(exitFailed, "connect to a peer that has it, or load it from a folder", "%s: %w", what, errUnpublished))
}

// mostAsked is how many peers are asked for one thing.
const mostAsked = 32

// askPublications asks peers at the same time, and keeps what they know of
// something, until one has answered, or all have. It returns who did.
func (r *repo) askPublications(ctx context.Context, what cid.Cid, peers iter.Seq[string], all bool) (answered []string) {
	ctx, enough := context.WithCancel(ctx)
	defer enough()
	var work sync.WaitGroup
	var mu sync.Mutex
	n := 0
	for to := range peers {
		if n++; n > mostAsked {
			break
		}
		work.Go(func() {
			for b, err := range r.online.node.Parts(ctx, to, askPublication, what.Bytes(), publicationLimits) {
				if err != nil {
					return
				}
				_, v, err := openPublication(bytes.Clone(b), r.network(), what)
				if err == nil {
					err = r.remember(context.WithoutCancel(ctx), what, v)
				}
				if err != nil {
					r.log.DebugContext(ctx, "Publication refused", slog.Any("err", err))
					continue
				}
				mu.Lock()
				answered = append(answered, to)
				mu.Unlock()
				if !all {
					enough()
				}
			}
		})
	}
	work.Wait()
	return answered
}

// connected lists the peers that this one is connected to.
func (o *online) connected() iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, p := range o.node.Peers() { // a line for each connection
			if id := string(p.ID); !seen[id] && !yield(id) {
				return
			}
			seen[string(p.ID)] = true
		}
	}
}

// providers lists the peers that the DHT names for something.
func (o *online) providers(ctx context.Context, what cid.Cid) iter.Seq[string] {
	return func(yield func(string) bool) {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		for p := range o.node.Providers(ctx, what, mostProviders) {
			if !yield(p) {
				return
			}
		}
	}
}

// provideEvery is how often the DHT is told again what this peer publishes;
// it forgets after two days.
const provideEvery = 12 * time.Hour

// provideAll tells the DHT what this peer publishes, until ctx is done. news are
// told at once.
func (o *online) provideAll(ctx context.Context, news <-chan struct{}) {
	told := map[cid.Cid]bool{}
	again := time.NewTicker(provideEvery)
	defer again.Stop()
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		if o.provideNow(ctx, told) {
			wait = time.Minute
		}
		retry := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			retry.Stop()
			return
		case <-again.C:
			clear(told)
		case <-news:
			wait = time.Second / 2
		case <-retry.C:
		}
		retry.Stop()
	}
}

// provideNow says whether the DHT knows all.
func (o *online) provideNow(ctx context.Context, told map[cid.Cid]bool) (all bool) {
	rows, err := o.repo.ledger.QueryContext(ctx, `SELECT what FROM publications WHERE own = 1`)
	if err != nil {
		return false
	}
	var due []cid.Cid
	for rows.Next() {
		var b []byte
		if rows.Scan(&b) != nil {
			continue
		}
		if c, err := cid.Cast(b); err == nil && !told[c] {
			due = append(due, c)
		}
	}
	if errors.Join(rows.Err(), rows.Close()) != nil || len(due) > 0 && len(o.node.Peers()) == 0 {
		return false
	}
	all = true
	for _, c := range due {
		if err := o.node.Provide(ctx, c); err != nil {
			all = false
			continue
		}
		told[c] = true
	}
	return all
}
