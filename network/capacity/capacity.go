package capacity

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
)

// Config says what a peer advertises. The zero value is a peer that computes
// nothing and finds others.
type Config struct {
	Machine    func(context.Context) Machine           // nil: Detect
	SelfTest   func(context.Context) ([]uint64, error) // the arithmetic versions whose known answers this machine gives; nil: none
	Benchmark  func(context.Context) (Speed, error)    // takes a few seconds; nil: nothing is measured
	Load       func() Load                             // what changes from minute to minute; nil: nothing is free
	Engine     func(Machine) (Class, string, uint64)   // the device that jobs run on: its class, name and memory; nil: the CPU
	PriceTrain uint64                                  // millionths of an OPEN for a million tokens
	PriceServe uint64                                  // the same
	Version    string                                  // of the software
	TTL        time.Duration                           // of an advert; 0: 10 min
	Store      datastore.Datastore                     // keeps the last sequence; nil: memory
	Log        *slog.Logger                            // nil: slog.Default
	Metrics    prometheus.Registerer                   // nil: none
	Now        func() time.Time                        // the peer's clock; nil: time.Now
}

// A Load is what a peer could do at this moment.
type Load struct {
	Slots     uint64    // jobs or requests that could start now
	Models    []cid.Cid // warm, the most useful first: 64 are advertised
	Adapters  []cid.Cid // warm, likewise
	Manifests []cid.Cid // pinned, likewise
}

// A Service advertises one peer and finds others. Its methods are safe for
// concurrent use.
type Service struct {
	c     Config
	node  *node.Node
	topic *gossip.Topic
	key   record.Key
	known *directory
	met   *metrics
	stop  func()

	mu       sync.Mutex
	machine  Machine
	measured Advert          // what does not change: device, speeds
	current  record.Verified // what others are answered with

	provided map[cid.Cid]bool // of advertise alone: what the DHT has been told
	kick     chan struct{}
}

// limits of the protocol by which adverts are asked for: small enough for a
// relay.
var limits = call.Limits{Request: 64, Answer: MaxBytes, Time: askTime, Relay: true}

// directorySize is how many peers are remembered: about 12 KiB each at most, 1
// KiB as a rule.
const directorySize = 4096

// New makes a service of a node. topic is that of Rule, or nil to gossip
// nothing. It answers from then on who asks for an advert, and advertises when
// it runs.
func New(n *node.Node, topic *gossip.Topic, key record.Key, config Config) (*Service, error) {
	c := config
	if c.Machine == nil {
		c.Machine = Detect
	}
	if c.TTL == 0 {
		c.TTL = 10 * time.Minute
	}
	if c.TTL > MaxTTL || c.TTL < time.Minute {
		return nil, fmt.Errorf("an advert's ttl of %v: use 1m to %v", c.TTL, MaxTTL)
	}
	if c.Store == nil {
		c.Store = datastore.NewMapDatastore()
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Service{c: c, node: n, topic: topic, key: key, known: newDirectory(directorySize), provided: map[cid.Cid]bool{}, kick: make(chan struct{}, 1)}
	var err error
	if s.met, err = newMetrics(c.Metrics, func() int { return len(s.known.valid(c.Now())) }); err != nil {
		return nil, err
	}
	s.stop = call.Serve(n.Host(), s.protocol(), limits, c.Log, func(_ context.Context, _ peer.ID, _ []byte, send func([]byte) error) error {
		v := s.Own()
		if v.Envelope() == nil {
			return call.Errorf(call.NotFound, "this peer does not advertise yet")
		}
		return send(v.Envelope())
	})
	return s, nil
}

func (s *Service) protocol() protocol.ID { return s.node.Protocol("advert") }

// Own returns this peer's newest advert, or no record before the first.
func (s *Service) Own() record.Verified {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

// Machine returns what was detected.
func (s *Service) Machine() Machine {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.machine
}

// Known returns the newest advert of a peer that is known, and the figures of
// it that jumped.
func (s *Service) Known(id peer.ID) (Advert, []Jump, bool) {
	a, ok := s.known.get(id)
	return a, s.known.standing(id).jumps, ok
}

// Peers lists the peers whose adverts are valid now.
func (s *Service) Peers() []peer.ID { return s.known.valid(s.c.Now()) }

// Observed tells how fast a peer was in use, in thousandths of a token per
// second. Who is slower than it advertises loses rank.
func (s *Service) Observed(id peer.ID, w Work, speed uint64) { s.known.observed(id, w.figure(), speed) }

// Changed advertises soon, because the load has changed much.
func (s *Service) Changed() {
	select {
	case s.kick <- struct{}{}:
	default:
	}
}

// Run measures, advertises and learns what others advertise until ctx is done.
func (s *Service) Run(ctx context.Context) error {
	defer s.stop()
	var work sync.WaitGroup
	if s.topic != nil {
		work.Go(func() {
			for {
				v, err := s.topic.Next(ctx)
				if err != nil {
					return // ctx is done, or the router closed
				}
				if err := s.learn(ctx, v); err != nil {
					s.c.Log.DebugContext(ctx, "Advert refused", slog.String("peer", v.Signer().PeerID().String()), slog.Any("err", err))
				}
			}
		})
	}
	s.measure(ctx)
	s.advertise(ctx)
	work.Wait()
	return nil
}

// measure finds out what this machine is and how fast. What fails is logged and
// not advertised.
func (s *Service) measure(ctx context.Context) {
	m := s.c.Machine(ctx)
	a := Advert{
		Version: line(s.c.Version), Class: CPU, Device: m.CPU, Cores: uint64(max(m.Cores, 0)), Memory: m.Memory, GPUs: m.GPUs,
		PriceTrain: s.c.PriceTrain, PriceServe: s.c.PriceServe,
	}
	if s.c.Engine != nil {
		a.Class, a.Device, a.Memory = s.c.Engine(m)
		a.Device = line(a.Device)
	}
	if s.c.SelfTest != nil {
		versions, err := s.c.SelfTest(ctx)
		if err != nil {
			s.c.Log.ErrorContext(ctx, "Self-test failed: this peer offers no computation", slog.Any("err", err))
		} else {
			slices.Sort(versions)
			a.Arithmetic = slices.Compact(versions)
		}
	}
	if s.c.Benchmark != nil && len(a.Arithmetic) > 0 {
		var err error
		if a.Speed, err = s.c.Benchmark(ctx); err != nil {
			s.c.Log.ErrorContext(ctx, "Benchmark failed: no speed is advertised", slog.Any("err", err))
		}
	}
	s.met.speed(a.Speed)
	s.mu.Lock()
	s.machine, s.measured = m, a
	s.mu.Unlock()
}

// tell shows jumps of a peer's figures.
func (s *Service) tell(ctx context.Context, id peer.ID, jumps []Jump) {
	for _, j := range jumps {
		s.met.jumps.Inc()
		s.c.Log.InfoContext(ctx, "A peer claims much more than before; it does not count for a day",
			slog.String("peer", id.String()), slog.String("jump", j.String()))
	}
}
