// Package fetch gets blocks: from here, else from other peers by bitswap.
//
// A Session fetches blocks that belong together. It asks the peers it was
// given hints of first, over direct connections, and the DHT only when they do
// not answer. Each wait has a deadline and shows in Status. Nothing travels
// over a limited relay: a peer that can be reached in no other way is a problem
// that the status names.
//
// The invariant: what a Session returns or stores has the hash that was asked
// for. A peer that sends a block nobody asked it for, which is what a wrong
// block looks like, is named, disconnected and not asked again for an hour.
//
// Start with New, Run and Service.Session.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/boxo/bitswap"
	"github.com/ipfs/boxo/bitswap/message"
	bsnetwork "github.com/ipfs/boxo/bitswap/network"
	"github.com/ipfs/boxo/bitswap/network/bsnet"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/storage/block"
)

var (
	ErrStalled = errors.New("fetch: nobody sends the missing blocks")
	ErrStopped = errors.New("fetch: the service has stopped")
)

// A WrongBlockError convicts a peer of sending bytes that nobody asked it for,
// such as bytes with another hash in place of a block.
type WrongBlockError struct {
	Peer peer.ID
	Got  cid.Cid // the CID of what it sent
}

func (e *WrongBlockError) Error() string {
	return fmt.Sprintf("peer %s sent a wrong block: its bytes are %s, which nobody asked for", e.Peer, e.Got)
}

// Config says how long to wait. Its zero value works, without a DHT.
type Config struct {
	Providers Providers     // finds peers that have a block; nil: only hints and connected peers are asked
	Connect   time.Duration // longest wait for a connection to a hinted peer; 0: 10 s
	Search    time.Duration // how long known peers are asked before providers are looked for; 0: 1 s
	Idle      time.Duration // longest wait for the next block of a session; 0: 1 min

	Sent func(to string, c cid.Cid, size int) // hears of each block that went out, to the bytes of a peer ID; MUST NOT wait; nil: nobody hears

	Log     *slog.Logger          // nil: slog.Default
	Metrics prometheus.Registerer // nil: none
}

// Providers is what fetch needs of the DHT.
type Providers interface {
	FindProvidersAsync(ctx context.Context, c cid.Cid, count int) <-chan peer.AddrInfo
}

// A Service gets blocks for this peer and serves those of its store to others.
// Its methods are safe for concurrent use.
type Service struct {
	host    host.Host
	store   *block.Store
	config  Config
	log     *slog.Logger
	metrics *metrics

	started chan struct{} // closed by Run, once bitswap is there
	stopped chan struct{} // closed when Run ends
	bitswap *bitswap.Bitswap

	mu       sync.Mutex
	next     uint64
	sessions map[uint64]*Session
	asked    generations // what was asked for of late, to tell late answers from wrong ones
	banned   map[peer.ID]time.Time
}

// banTime is how long a peer that sent a wrong block is not asked.
const banTime = time.Hour

// New prepares a service, which works while Run runs.
func New(h host.Host, store *block.Store, config Config) (*Service, error) {
	set := func(d *time.Duration, standard time.Duration) {
		if *d == 0 {
			*d = standard
		}
	}
	set(&config.Connect, 10*time.Second)
	set(&config.Search, time.Second)
	set(&config.Idle, time.Minute)
	if config.Log == nil {
		config.Log = slog.Default()
	}
	s := &Service{
		host: h, store: store, config: config, log: config.Log,
		started: make(chan struct{}), stopped: make(chan struct{}),
		sessions: map[uint64]*Session{}, banned: map[peer.ID]time.Time{},
	}
	var err error
	s.metrics, err = newMetrics(config.Metrics, func() int { return len(s.Status()) })
	return s, err
}

// Run serves and fetches until ctx is done. It MUST run once only.
func (s *Service) Run(ctx context.Context) error {
	defer close(s.stopped)
	events := bsnetwork.NewConnectEventManager()
	wires := bsnet.NewFromIpfsHost(s.host, bsnet.WithConnectEventManager(events))
	// context.WithoutCancel: bitswap ends by Close, after the sessions have.
	s.bitswap = bitswap.New(context.WithoutCancel(ctx), wires, s.finder(), s.store.Blockstore(),
		bitswap.WithTracer(tracer{s}),
		bitswap.ProviderSearchDelay(s.config.Search),
		bitswap.WithoutDuplicatedBlockStats(),
		bitswap.WithTargetMessageSize(1<<20),
		bitswap.MaxOutstandingBytesPerPeer(8<<20),
	)
	for _, c := range s.host.Network().Conns() { // bitswap hears of later ones itself
		if !c.Stat().Limited {
			events.Connected(c.RemotePeer())
		}
	}
	close(s.started)
	<-ctx.Done()
	s.mu.Lock()
	for _, x := range s.sessions {
		x.cancel(ErrStopped)
	}
	s.mu.Unlock()
	return s.bitswap.Close()
}

// Announce sends blocks that were stored just now to the peers that have asked
// for them already. Without it they learn of them within 30 s, when they ask
// again.
func (s *Service) Announce(ctx context.Context, cids ...cid.Cid) error {
	select {
	case <-s.started:
	default:
		return nil // nobody can have asked
	}
	for _, c := range cids {
		b, err := s.store.Blockstore().Get(ctx, c)
		if err != nil {
			return fmt.Errorf("announce %s: %w", c, err)
		}
		if err := s.bitswap.Server.NotifyNewBlocks(ctx, b); err != nil {
			return fmt.Errorf("announce %s: %w", c, err)
		}
	}
	return nil
}

// Status lists the sessions in progress, the oldest first.
func (s *Service) Status() []Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Status
	for id := uint64(0); id < s.next && len(out) < len(s.sessions); id++ {
		if x, ok := s.sessions[id]; ok {
			out = append(out, x.statusLocked())
		}
	}
	return out
}

// good says whether a peer may be asked.
func (s *Service) good(p peer.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	until, ok := s.banned[p]
	if ok && time.Now().After(until) {
		delete(s.banned, p)
		ok = false
	}
	return !ok
}

// finder is Config.Providers without banned peers, and seen in Status.
func (s *Service) finder() bitswapRouting {
	if s.config.Providers == nil {
		return nil
	}
	return finder{s}
}

// bitswapRouting is routing.ContentDiscovery, whose nil bitswap looks for.
type bitswapRouting interface {
	FindProvidersAsync(ctx context.Context, c cid.Cid, count int) <-chan peer.AddrInfo
}

type finder struct{ s *Service }

func (f finder) FindProvidersAsync(ctx context.Context, c cid.Cid, count int) <-chan peer.AddrInfo {
	f.s.each(c, func(x *Session) { x.searches++; x.fresh = false })
	in := f.s.config.Providers.FindProvidersAsync(ctx, c, count)
	out := make(chan peer.AddrInfo)
	go func() { // ends with in, which ends with ctx at the latest
		defer close(out)
		for p := range in {
			if !f.s.good(p.ID) {
				continue
			}
			f.s.each(c, func(x *Session) { x.providers++ })
			select {
			case out <- p:
			case <-ctx.Done():
			}
		}
	}()
	return out
}

// each calls f for the sessions that wait for c.
func (s *Service) each(c cid.Cid, f func(x *Session)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if _, ok := x.wants[string(c.Hash())]; ok {
			f(x)
		}
	}
}

// tracer sees every message of bitswap.
type tracer struct{ s *Service }

func (t tracer) MessageSent(to peer.ID, m message.BitSwapMessage) {
	if t.s.config.Sent == nil {
		return
	}
	for _, b := range m.Blocks() {
		t.s.config.Sent(string(to), b.Cid(), len(b.RawData()))
	}
}

func (t tracer) MessageReceived(from peer.ID, m message.BitSwapMessage) {
	var wrong *WrongBlockError
	for _, b := range m.Blocks() {
		if !t.s.received(from, b.Cid(), len(b.RawData())) && wrong == nil {
			wrong = &WrongBlockError{Peer: from, Got: b.Cid()}
		}
	}
	if wrong != nil {
		t.s.convict(wrong)
	}
}

// received counts a block and says whether anybody asked for it.
func (s *Service) received(from peer.ID, c cid.Cid, size int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	wanted := false
	for _, x := range s.sessions {
		if _, ok := x.wants[string(c.Hash())]; ok {
			x.from[from] += uint64(size)
			wanted = true
		}
	}
	s.metrics.bytes.Add(float64(size))
	return wanted || s.asked.has(string(c.Hash()))
}

// convict tells every session that may wait for this peer, and leaves it.
func (s *Service) convict(e *WrongBlockError) {
	s.log.WarnContext(context.Background(), "Wrong block", slog.String("peer", e.Peer.String()), slog.String("cid", e.Got.String()))
	s.metrics.wrong.Inc()
	s.mu.Lock()
	s.banned[e.Peer] = time.Now().Add(banTime)
	for _, x := range s.sessions {
		x.problem(e)
	}
	s.mu.Unlock()
	if err := s.host.Network().ClosePeer(e.Peer); err != nil {
		s.log.DebugContext(context.Background(), "Close peer", slog.String("peer", e.Peer.String()), slog.Any("error", err))
	}
}

// direct connects to a peer without a relay.
func (s *Service) direct(ctx context.Context, p peer.AddrInfo) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Connect)
	defer cancel()
	if err := s.host.Connect(ctx, p); err != nil {
		return fmt.Errorf("peer %s: %w", p.ID, err)
	}
	for s.host.Network().Connectedness(p.ID) == network.Limited { // hole punching may still turn it into a direct one
		select {
		case <-ctx.Done():
			return fmt.Errorf("peer %s: reached over a relay only, which carries no blocks: one of the two needs an open port", p.ID)
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}
