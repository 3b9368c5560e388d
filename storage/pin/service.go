package pin

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// A Service keeps the pins of this peer. Its methods are safe for concurrent
// use; all but Run work also while it does not run.
type Service struct {
	tables
	blocks  *block.Store
	config  Config
	log     *slog.Logger
	metrics *metrics

	answering chan struct{} // holds a token for each answer in the making
	layouts   layouts

	mu       sync.Mutex
	datanets map[[32]byte]*datanet

	changed signal // how far pins are
	queued  signal // what is to be fetched
}

const (
	maxAnswers = 4                // in the making at a time
	noLimit    = 1 << 50          // bytes of room of a peer without a quota
	leaveAfter = 2 * time.Hour    // how long blocks stay that others may still audit
	firstRetry = 30 * time.Second // of a pin that failed; it doubles
	lastRetry  = time.Hour
)

// Open makes the tables of pins in a database that the caller opened, and
// closes after Run, for blocks in a store. It starts nothing.
func Open(db *sql.DB, blocks *block.Store, config Config) (*Service, error) {
	set := func(d *time.Duration, standard time.Duration) {
		if *d == 0 {
			*d = standard
		}
	}
	set(&config.Patience, 30*time.Minute)
	set(&config.Every, time.Hour)
	set(&config.Promise, 7*24*time.Hour)
	if config.Workers == 0 {
		config.Workers = 4
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Random == nil {
		config.Random = rand.Reader
	}
	if config.Log == nil {
		config.Log = slog.Default()
	}
	s := &Service{
		tables: tables{db}, blocks: blocks, config: config, log: config.Log,
		answering: make(chan struct{}, maxAnswers), datanets: map[[32]byte]*datanet{},
	}
	if config.Fetch == nil {
		s.config.Fetch = s.local
	}
	var err error
	if s.metrics, err = newMetrics(config.Metrics); err != nil {
		return nil, err
	}
	if err := s.load(context.Background()); err != nil {
		return nil, err
	}
	return s, nil
}

// load takes up what the last process left.
func (s *Service) load(ctx context.Context) error {
	if _, err := exec(ctx, s.db, schema); err != nil {
		return err
	}
	for _, table := range []string{"pin_pins", "pin_pieces"} {
		if _, err := exec(ctx, s.db, `UPDATE `+table+` SET state = ?, reason = 'interrupted' WHERE state = ?`, Queued, Pinning); err != nil {
			return err
		}
	}
	pins, err := s.pins(ctx)
	if err != nil {
		return err
	}
	for _, p := range pins {
		if p.shared {
			s.datanets[p.pin.Datanet] = newDatanet(p.pin.Datanet)
		}
	}
	if s.alone() { // for a look at the pins; who keeps which piece is for the peer that runs
		return nil
	}
	pledges, err := s.pledges(ctx)
	if err != nil {
		return err
	}
	for _, row := range pledges {
		v, err := record.Open(row.envelope, s.config.Network)
		if err != nil {
			return fmt.Errorf("pins: a stored pledge: %w; was the network changed?", err)
		}
		if d := s.datanets[v.Header().Subject]; d != nil {
			if err := d.learn(v, row.heard, s.self()); err != nil {
				return err
			}
		}
	}
	watches, err := s.watches(ctx)
	if err != nil {
		return err
	}
	for _, w := range watches {
		if d := s.datanets[w.datanet]; d != nil {
			d.watches[w.peer] = &w.watch
		}
	}
	return nil
}

// self is this peer, or nobody if it has no key.
func (s *Service) self() record.PublicKey { return s.config.Key.Public() }

// alone says whether this peer can neither pledge nor audit.
func (s *Service) alone() bool { return s.config.Network == 0 || s.self() == record.PublicKey{} }

// A signal wakes all who wait for it. Its zero value works.
type signal struct {
	mu sync.Mutex
	ch chan struct{}
}

// next returns a channel that the next call of wake closes.
func (s *signal) next() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ch == nil {
		s.ch = make(chan struct{})
	}
	return s.ch
}

func (s *signal) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ch != nil {
		close(s.ch)
		s.ch = nil
	}
}

// wake tells all who wait that something was queued or is otherwise new.
func (s *Service) wake() {
	s.queued.wake()
	s.changed.wake()
}

// sleep waits for a change, a time, or the end.
func sleep(ctx context.Context, change <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-change:
	case <-timer.C:
	}
}

// Run pins what is queued, audits, repairs and renews pledges until ctx is done.
func (s *Service) Run(ctx context.Context) error {
	var work sync.WaitGroup
	for range s.config.Workers {
		work.Go(func() { s.fetchAll(ctx) })
	}
	work.Go(func() { s.tend(ctx) })
	if s.config.Wire != nil && !s.alone() {
		work.Go(func() { s.auditAll(ctx) })
	}
	work.Wait()
	return nil
}

// Work pins what is due now and returns when nothing is: for commands of a peer
// that does not run.
func (s *Service) Work(ctx context.Context) error {
	for worked := true; worked; {
		if err := s.refreshAll(ctx); err != nil {
			return err
		}
		worked = false
		for {
			j, _, err := s.take(ctx)
			if err != nil {
				return err
			}
			if j == nil {
				break
			}
			s.perform(ctx, j)
			worked = true
		}
	}
	return ctx.Err()
}

// Add asks for a pin, which Run or Work then fetches. Adding a root again
// changes how it is pinned; a newer version of a Datanet takes the place of the
// older, whose pieces stay. ErrQuota says what does not fit.
//
// Blocks that are here and that nothing pins yet MUST be in a block.Hold until
// Add returns.
func (s *Service) Add(ctx context.Context, p Pin) error {
	shared := len(p.Shards) > 0
	switch {
	case !p.Root.Defined():
		return errors.New("pin: no root to pin")
	case !shared && (p.Datanet != [32]byte{} || p.Bytes != 0):
		return fmt.Errorf("pin %s: a share of a Datanet needs its shards", p.Root)
	case shared && p.Datanet == [32]byte{}:
		return fmt.Errorf("pin %s: shards need the ID of their Datanet", p.Root)
	}
	p.Whole = p.Whole || !shared
	if err := s.within(ctx, func(tx *sql.Tx) error { return s.add(ctx, tx, p, shared) }); err != nil {
		return err
	}
	if shared {
		s.mu.Lock()
		if s.datanets[p.Datanet] == nil {
			s.datanets[p.Datanet] = newDatanet(p.Datanet)
		}
		s.datanets[p.Datanet].stale = true
		s.mu.Unlock()
	}
	s.wake()
	return nil
}

func (s *Service) add(ctx context.Context, tx *sql.Tx, p Pin, shared bool) error {
	var datanet []byte
	if shared {
		datanet = p.Datanet[:]
		if err := s.addShards(ctx, tx, p); err != nil {
			return err
		}
	}
	// What is replaced: the same root, or an earlier version.
	if _, err := exec(ctx, tx, `DELETE FROM pin_pins WHERE root = ? OR datanet = ?`, p.Root.Bytes(), datanet); err != nil {
		return err
	}
	u, err := s.usage(ctx, tx)
	if err != nil {
		return err
	}
	free := u.Free()
	if shared && p.Bytes == 0 {
		p.Bytes = free - free/16
	}
	if p.Bytes > free || shared && p.Bytes == 0 {
		return fmt.Errorf("%w: %d bytes are asked for %s, %d of %d are free: raise the quota, pledge fewer bytes or remove a pin", ErrQuota, p.Bytes, p.Root, free, u.Quota)
	}
	_, err = exec(ctx, tx, `INSERT INTO pin_pins (root, name, whole, datanet, promised, state, reason, since, retry, tries, bytes, removed)
		VALUES (?, ?, ?, ?, ?, ?, '', ?, 0, 0, 0, 0)`, p.Root.Bytes(), p.Name, p.Whole, datanet, int64(p.Bytes), Queued, toMilli(s.config.Now()))
	return err
}

// addShards notes the shards of a version, which begin with those known.
func (s *Service) addShards(ctx context.Context, tx *sql.Tx, p Pin) error {
	known, err := rows(ctx, tx, func(r *sql.Rows) (b []byte, err error) { return b, r.Scan(&b) },
		`SELECT layout FROM pin_shards WHERE datanet = ? ORDER BY shard`, p.Datanet[:])
	if err != nil {
		return err
	}
	for i, layout := range known {
		if i >= len(p.Shards) || string(layout) != p.Shards[i].KeyString() {
			return fmt.Errorf("pin %s: shard %d is not that of the version pinned now: it is no later version of this Datanet", p.Root, i)
		}
	}
	for i, c := range p.Shards[len(known):] {
		if _, err := exec(ctx, tx, `INSERT INTO pin_shards VALUES (?, ?, ?, 0, 0, 0)`, p.Datanet[:], len(known)+i, c.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// Remove ends a pin. Its blocks stay until GC, and pieces that others rely on
// for two hours more. ErrNotPinned: there is none of this root.
func (s *Service) Remove(ctx context.Context, root cid.Cid) error {
	p, ok, err := s.pin(ctx, root)
	if err != nil {
		return err
	}
	if !ok || !p.removed.IsZero() {
		return fmt.Errorf("%w: %s", ErrNotPinned, root)
	}
	if !p.shared {
		_, err = exec(ctx, s.db, `DELETE FROM pin_pins WHERE root = ?`, root.Bytes())
	} else {
		_, err = exec(ctx, s.db, `UPDATE pin_pins SET removed = ?, promised = 0, whole = 0 WHERE root = ?`, toMilli(s.config.Now()), root.Bytes())
		s.soil(p.pin.Datanet)
	}
	s.wake()
	return err
}

// soil has a Datanet looked at again.
func (s *Service) soil(id [32]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.datanets[id]; d != nil {
		d.stale = true
	}
}

// Usage says how much of the quota is used.
type Usage struct {
	Quota    uint64 // 0: no limit
	Pinned   uint64 // bytes of what is pinned; a block of two pins counts for each
	Promised uint64 // bytes that pledges may still grow to
}

// Free is what the quota leaves.
func (u Usage) Free() uint64 {
	quota := u.Quota
	if quota == 0 {
		quota = noLimit
	}
	return quota - min(quota, u.Pinned+u.Promised)
}

// Usage says how much of the quota is used, at most: a block that two pins share
// counts for each, as either may be the one that stays. So the quota is never
// exceeded; to use it up to such blocks, the pins of every single block would
// have to be written down.
func (s *Service) Usage(ctx context.Context) (Usage, error) { return s.usage(ctx, s.db) }

func (s *Service) usage(ctx context.Context, x executor) (Usage, error) {
	u := Usage{Quota: s.config.Quota}
	list, err := s.charges(ctx, x)
	for _, c := range list {
		u.Pinned += c.pinned
		u.Promised += c.promised
	}
	return u, err
}

// A charge is what one pin takes of the quota.
type charge struct {
	number           int64 // of the pin
	pinned, promised uint64
}

// charges returns those of all pins. The pieces of a pin that is kept whole are
// among its blocks, and so are those that its pledge may grow to.
func (s *Service) charges(ctx context.Context, x executor) ([]charge, error) {
	return rows(ctx, x, func(r *sql.Rows) (c charge, err error) {
		var whole bool
		var bytes, pieces uint64
		if err := r.Scan(&c.number, &whole, &bytes, &c.promised, &pieces); err != nil {
			return c, err
		}
		c.pinned = bytes + pieces
		if whole {
			c.pinned = max(bytes, pieces)
			pieces = c.pinned
		}
		c.promised -= min(c.promised, pieces)
		return c, nil
	}, `SELECT number, whole, bytes, promised, (SELECT coalesce(sum(s.size), 0) FROM pin_pieces p JOIN pin_shards s USING (datanet, shard)
		WHERE p.datanet = pin_pins.datanet AND p.state = 'pinned') FROM pin_pins`)
}

// Pledges returns the newest sealed pledge of this peer for each Datanet that it
// shares, for peers that ask.
func (s *Service) Pledges(context.Context) ([]record.Verified, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []record.Verified
	for _, d := range s.datanets {
		if k := d.pledges[s.self()]; k != nil {
			out = append(out, k.sealed)
		}
	}
	slices.SortFunc(out, func(a, b record.Verified) int {
		p, q := a.Header().Subject, b.Header().Subject
		return slices.Compare(p[:], q[:])
	})
	return out, nil
}

// Learn takes in a pledge of another peer. One of a Datanet that is not pinned
// here, or older than what is known, changes nothing.
func (s *Service) Learn(ctx context.Context, pledge record.Verified) error {
	if _, err := OpenPledge(pledge); err != nil {
		return err
	}
	if pledge.Signer() == s.self() {
		return nil
	}
	now := s.config.Now()
	s.mu.Lock()
	d := s.datanets[pledge.Header().Subject]
	if d == nil || !d.news(pledge) {
		s.mu.Unlock()
		return nil
	}
	err := d.learn(pledge, now, s.self())
	s.mu.Unlock()
	if err != nil {
		return err
	}
	if err := s.keepPledge(ctx, pledge, now, now.Add(time.Millisecond)); err != nil {
		return err
	}
	s.changed.wake()
	return nil
}
