package fetch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/boxo/exchange"
	blocks "github.com/ipfs/go-block-format"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/storage/block"
)

// A State is what a session waits for.
type State string

const (
	Idle       State = "idle"       // nothing is asked of it
	Connecting State = "connecting" // to the hinted peers
	Asking     State = "asking"     // known peers
	Searching  State = "searching"  // for providers, as known peers did not answer
	Receiving  State = "receiving"  // blocks come
)

// A Status is a snapshot of a session.
type Status struct {
	Name      string
	State     State
	Since     time.Time          // of the session
	Deadline  time.Time          // by when the next block must come, or a connection; zero while idle
	Done      int                // blocks got so far, from here or from peers
	Waiting   int                // blocks asked for
	From      map[peer.ID]uint64 // bytes by peer
	Providers int                // found in the DHT
	Problems  []string           // the last of them, one line each
}

const (
	window      = 256 // blocks asked for at a time
	maxProblems = 20
)

// A Session fetches blocks that belong together, so that peers who had one are
// asked for the others. Its methods are safe for concurrent use.
type Session struct {
	s      *Service
	name   string
	hold   *block.Hold
	swap   exchange.Fetcher
	ctx    context.Context // ends with the session, whose goroutines it binds
	cancel context.CancelCauseFunc
	work   sync.WaitGroup // dials

	// guarded by s.mu
	id         uint64
	since      time.Time
	heard      time.Time      // when the last block came, or the first was asked for
	connecting int            // dials under way
	wants      map[string]int // by multihash: how many calls wait for it
	from       map[peer.ID]uint64
	done       int
	searches   int
	providers  int
	fresh      bool // a block has come since the last search
	problems   []error
}

// Session begins to fetch; name is for people. The hinted peers are dialled at
// once, while the first blocks are asked of those already connected. Close MUST
// follow.
func (s *Service) Session(ctx context.Context, name string, hints []peer.AddrInfo) (*Session, error) {
	select {
	case <-s.started:
	case <-s.stopped:
		return nil, ErrStopped
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case <-s.stopped: // and started, too
		return nil, ErrStopped
	default:
	}
	x := &Session{
		s: s, name: name, hold: s.store.Hold(), since: time.Now(),
		wants: map[string]int{}, from: map[peer.ID]uint64{},
	}
	x.ctx, x.cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	x.swap = s.bitswap.NewSession(x.ctx)
	s.mu.Lock()
	x.id = s.next
	s.next++
	s.sessions[x.id] = x
	s.mu.Unlock()
	for _, p := range hints {
		if p.ID == s.host.ID() || !s.good(p.ID) {
			continue
		}
		s.mu.Lock()
		x.connecting++
		s.mu.Unlock()
		x.work.Go(func() {
			err := s.direct(x.ctx, p)
			s.mu.Lock()
			defer s.mu.Unlock()
			x.connecting--
			if err != nil && x.ctx.Err() == nil {
				x.problem(err)
			}
		})
	}
	return x, nil
}

// Hold is what protects the blocks that Blocks and DAG stored until Close: who
// wants to keep them pins them before.
func (x *Session) Hold() *block.Hold { return x.hold }

// Close ends the session.
func (x *Session) Close() {
	x.cancel(ErrStopped)
	x.work.Wait()
	x.s.mu.Lock()
	delete(x.s.sessions, x.id)
	x.s.mu.Unlock()
	x.hold.Release()
}

// Status returns a snapshot.
func (x *Session) Status() Status {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	return x.statusLocked()
}

func (x *Session) statusLocked() Status {
	st := Status{
		Name: x.name, State: Idle, Since: x.since, Done: x.done, Waiting: len(x.wants),
		From: maps.Clone(x.from), Providers: x.providers,
	}
	for _, err := range x.problems {
		st.Problems = append(st.Problems, err.Error())
	}
	if len(x.wants) == 0 {
		return st
	}
	st.Deadline = x.heard.Add(x.s.config.Idle)
	switch {
	case x.fresh:
		st.State = Receiving
	case x.connecting > 0:
		st.State = Connecting
	case x.searches > 0:
		st.State = Searching
	default:
		st.State = Asking
	}
	return st
}

// problem remembers what went wrong, the latest. s.mu is held.
func (x *Session) problem(err error) {
	x.problems = append(x.problems, err)
	if len(x.problems) > maxProblems {
		x.problems = x.problems[1:]
	}
}

// Get returns one block, from here or from a peer, without storing it.
func (x *Session) Get(ctx context.Context, c cid.Cid) (data []byte, err error) {
	data, err = x.local(ctx, c)
	if err == nil || !errors.Is(err, block.ErrNotFound) {
		return data, err
	}
	err = x.receive(ctx, []cid.Cid{c}, func(b blocks.Block) error {
		data = b.RawData()
		return block.Check(c, data)
	})
	return data, err
}

// local reads a block that is here; one that has rotted is deleted, so that it
// is fetched again.
func (x *Session) local(ctx context.Context, c cid.Cid) ([]byte, error) {
	data, err := x.s.store.Get(ctx, c)
	if errors.Is(err, block.ErrCorrupt) {
		x.s.log.WarnContext(ctx, "Rotten block is fetched again", slog.String("cid", c.String()))
		if err := x.s.store.Delete(ctx, c); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %s", block.ErrNotFound, c)
	}
	return data, err
}

// Blocks stores those of the blocks that are not here yet, durably. What came
// before an error stays, so that a later call goes on from there.
func (x *Session) Blocks(ctx context.Context, cids []cid.Cid) error {
	for len(cids) > 0 {
		n := min(window, len(cids))
		if err := x.window(ctx, cids[:n]); err != nil {
			return err
		}
		cids = cids[n:]
	}
	return nil
}

func (x *Session) window(ctx context.Context, cids []cid.Cid) error {
	var missing []cid.Cid
	for _, c := range cids {
		has, err := x.hold.Keep(ctx, c)
		if err != nil {
			return err
		}
		if has {
			x.s.mu.Lock()
			x.done++
			x.s.mu.Unlock()
			continue
		}
		missing = append(missing, c)
	}
	if len(missing) == 0 {
		return nil
	}
	var came []blocks.Block
	err := x.receive(ctx, missing, func(b blocks.Block) error {
		came = append(came, b)
		return x.hold.Take(ctx, b)
	})
	ctx = context.WithoutCancel(ctx) // what came is worth keeping, also after an error
	if err := errors.Join(err, x.hold.Flush(ctx)); err != nil {
		return err
	}
	return x.s.bitswap.Server.NotifyNewBlocks(ctx, came...)
}

// DAG stores root and everything below it, and shows each block to visit.
func (x *Session) DAG(ctx context.Context, root cid.Cid, visit func(c cid.Cid, data []byte) error) error {
	level := []cid.Cid{root}
	seen := map[string]struct{}{root.KeyString(): {}}
	for len(level) > 0 { // level by level, so that many blocks are asked for at a time
		var below []cid.Cid
		for some := range slices.Chunk(level, window) {
			if err := x.Blocks(ctx, some); err != nil {
				return err
			}
			for _, c := range some {
				links, err := x.visit(ctx, c, visit)
				if err != nil {
					return err
				}
				for _, l := range links {
					if _, ok := seen[l.KeyString()]; !ok {
						seen[l.KeyString()] = struct{}{}
						below = append(below, l)
					}
				}
			}
		}
		level = below
	}
	return nil
}

// visit shows a block that is here, and returns what it links to.
func (x *Session) visit(ctx context.Context, c cid.Cid, visit func(c cid.Cid, data []byte) error) ([]cid.Cid, error) {
	data, err := x.Get(ctx, c)
	if err != nil {
		return nil, err
	}
	links, err := block.Links(c, data)
	if err != nil {
		return nil, err
	}
	return links, visit(c, data)
}

// receive asks for blocks and hands each to use. It ends with an error when
// none comes for Config.Idle.
func (x *Session) receive(ctx context.Context, cids []cid.Cid, use func(blocks.Block) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(x.ctx, cancel)()
	left := x.want(cids)
	defer func() { x.forget(left) }()

	idle := time.NewTimer(x.s.config.Idle)
	defer idle.Stop()
	in, err := x.swap.GetBlocks(ctx, cids)
	if err != nil {
		return fmt.Errorf("fetch: %w", err)
	}
	for len(left) > 0 {
		select {
		case b, ok := <-in:
			if !ok {
				return x.ended(ctx, left)
			}
			if err := use(b); err != nil {
				return err
			}
			key := string(b.Cid().Hash())
			x.got(key)
			delete(left, key)
			idle.Reset(x.s.config.Idle)
		case <-idle.C:
			x.s.metrics.stalled.Inc()
			return x.stalled(left)
		}
	}
	return nil
}

// want notes what is asked for; forget what is not any more.
func (x *Session) want(cids []cid.Cid) map[string]cid.Cid {
	left := map[string]cid.Cid{}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	x.heard = time.Now()
	for _, c := range cids {
		key := string(c.Hash())
		if _, twice := left[key]; twice {
			continue
		}
		left[key] = c
		x.wants[key]++
		x.s.asked.add(key)
	}
	return left
}

func (x *Session) forget(left map[string]cid.Cid) {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	for key := range left {
		x.drop(key)
	}
}

// drop takes back one want. s.mu is held.
func (x *Session) drop(key string) {
	if x.wants[key]--; x.wants[key] <= 0 {
		delete(x.wants, key)
	}
}

func (x *Session) got(key string) {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	x.drop(key)
	x.done++
	x.fresh, x.heard = true, time.Now()
}

// ended says why bitswap closed its channel before all was there.
func (x *Session) ended(ctx context.Context, left map[string]cid.Cid) error {
	if x.ctx.Err() != nil {
		return context.Cause(x.ctx)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return x.stalled(left)
}

// stalled names the missing blocks and all that went wrong.
func (x *Session) stalled(left map[string]cid.Cid) error {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	var one cid.Cid
	for _, c := range left {
		if !one.Defined() || c.KeyString() < one.KeyString() {
			one = c
		}
	}
	peers := len(x.s.host.Network().Peers())
	err := fmt.Errorf("%w: %d of %s, %s among them; %d peers are connected, %d providers were found, nothing came for %s",
		ErrStalled, len(left), x.name, one, peers, x.providers, x.s.config.Idle)
	return errors.Join(append([]error{err}, x.problems...)...)
}
