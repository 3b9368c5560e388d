package simnet

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
)

// Network is the number of all simulated networks.
const Network record.Network = 7

// A World is some peers on simulated wires, each with all that this room has: a
// node, gossip and capacity.
type World struct {
	Net *Net

	mu     sync.Mutex
	peers  map[int]*Peer
	failed []error
}

// A Peer is one of them.
type Peer struct {
	Index    int
	Key      record.Key
	Node     *node.Node
	Gossip   *gossip.Router
	Capacity *capacity.Service
	Metrics  *prometheus.Registry

	stop func() error
}

// A Setup says how a peer differs from the others.
type Setup struct {
	Link     Link
	Join     []int                  // peers to bootstrap by
	Clock    time.Duration          // how far its clock is ahead
	NoGossip bool                   // true: its adverts are found by the DHT alone
	Node     func(*node.Config)     // changes what follows from the above
	Gossip   func(*gossip.Config)   // likewise
	Capacity func(*capacity.Config) // likewise
}

// NewWorld returns a world without peers, whose time runs.
func NewWorld(seed uint64) *World {
	w := &World{Net: New(seed), peers: map[int]*Peer{}}
	w.Net.Start()
	return w
}

// KeyOf returns the key of peer i, the same in every run.
func KeyOf(i int) record.Key {
	seed := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, uint64(i)))
	k, err := record.ParseKey(seed[:])
	if err != nil {
		panic("simnet: " + err.Error()) // of 2^256 secrets 2^128 are no keys
	}
	return k
}

// Bootstrap returns the address by which others join peer i.
func Bootstrap(i int) string {
	return fmt.Sprintf("%s/p2p/%s", Addr(i), KeyOf(i).Public().PeerID())
}

// Talk is a topic that carries statements of anybody.
var Talk = gossip.Rule{
	Name: "talk", Types: []record.Type{record.Statement}, Check: func(record.Verified) error { return nil },
	Rate: gossip.Rate{PerSecond: 10, Burst: 300},
}

// Start lets peer i run: it can do what a machine of 16 GiB can.
func (w *World) Start(i int, s Setup) (*Peer, error) {
	p := &Peer{Index: i, Key: KeyOf(i), Metrics: prometheus.NewRegistry()}
	quiet, now := slog.New(slog.DiscardHandler), Skewed(s.Clock)
	nc := node.Config{
		Network: Network, Listen: []string{Addr(i)}, Simulate: w.Net.Options(i, s.Link), Log: quiet, Now: now, Version: "sim", Arithmetic: 1,
	}
	for _, j := range s.Join {
		nc.Bootstrap = append(nc.Bootstrap, Bootstrap(j))
	}
	if s.Node != nil {
		s.Node(&nc)
	}
	var err error
	if p.Node, err = node.New(p.Key, nc); err != nil {
		return nil, err
	}
	gc := gossip.Config{Network: Network, Metrics: p.Metrics}
	if s.Gossip != nil {
		s.Gossip(&gc)
	}
	if p.Gossip, err = gossip.New(p.Node.Host(), []gossip.Rule{Talk, capacity.Rule(now)}, gc); err != nil {
		return nil, errors.Join(err, p.Node.Close())
	}
	cc := capacity.Config{
		Machine: func(context.Context) capacity.Machine {
			return capacity.Machine{CPU: "simulated", Cores: 8, Memory: 16 << 30}
		},
		SelfTest: func(context.Context) ([]uint64, error) { return []uint64{1}, nil },
		Benchmark: func(context.Context) (capacity.Speed, error) {
			return capacity.Speed{Compute: 500_000, Bandwidth: 50e9, Train: 20_000, Prefill: 100_000, Decode: 10_000 * uint64(i+1)}, nil
		},
		Load: func() capacity.Load { return capacity.Load{Slots: 1} },
		Log:  quiet, Now: now, Metrics: p.Metrics,
	}
	if s.Capacity != nil {
		s.Capacity(&cc)
	}
	topic := p.Gossip.Topic("advert")
	if s.NoGossip {
		topic = nil
	}
	if p.Capacity, err = capacity.New(p.Node, topic, p.Key, cc); err != nil {
		p.Gossip.Close()
		return nil, errors.Join(err, p.Node.Close())
	}
	w.run(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.peers[i] = p
	return p, nil
}

// run starts the services of a peer, from the ground up; its stop ends them
// from the roof down.
func (w *World) run(p *Peer) {
	ctx, cancel := context.WithCancel(context.Background())
	onTop, leave := context.WithCancel(ctx)
	var below, above sync.WaitGroup
	var mu sync.Mutex
	var failed error
	service := func(g *sync.WaitGroup, ctx context.Context, run func(context.Context) error) {
		g.Go(func() {
			err := run(ctx)
			mu.Lock()
			defer mu.Unlock()
			failed = errors.Join(failed, err)
		})
	}
	service(&below, ctx, p.Node.Run)
	service(&above, onTop, p.Capacity.Run)
	p.stop = func() error {
		leave()
		above.Wait()
		p.Gossip.Close()
		cancel()
		below.Wait()
		return failed
	}
}

// Stop ends peer i in good order.
func (w *World) Stop(i int) {
	w.mu.Lock()
	p := w.peers[i]
	delete(w.peers, i)
	w.mu.Unlock()
	if p == nil {
		return
	}
	if err := p.stop(); err != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.failed = append(w.failed, fmt.Errorf("peer %d: %w", i, err))
	}
}

// StopAll ends some peers at once.
func (w *World) StopAll(peers ...int) {
	var work sync.WaitGroup
	for _, i := range peers {
		work.Go(func() { w.Stop(i) })
	}
	work.Wait()
}

// Peers returns those that run, by index.
func (w *World) Peers() []*Peer {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []*Peer
	for _, i := range slices.Sorted(maps.Keys(w.peers)) {
		out = append(out, w.peers[i])
	}
	return out
}

// Peer returns peer i, or nil when it does not run.
func (w *World) Peer(i int) *Peer {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.peers[i]
}

// Close ends all peers and the network. It returns what went wrong in any.
func (w *World) Close() error {
	var all []int
	for _, p := range w.Peers() {
		all = append(all, p.Index)
	}
	w.StopAll(all...)
	w.Net.Close()
	return errors.Join(w.failed...)
}

// Say publishes a statement of a peer.
func (p *Peer) Say(ctx context.Context, sequence uint64, payload []byte) (record.Verified, error) {
	v, err := record.Seal(p.Key, record.Header{Network: Network, Type: record.Statement, Sequence: sequence}, payload)
	if err != nil {
		return v, err
	}
	return v, p.Gossip.Topic(Talk.Name).Publish(ctx, v)
}

// Hear returns the statements that arrive within a time.
func (p *Peer) Hear(ctx context.Context, within time.Duration) (heard []record.Verified) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for {
		v, err := p.Gossip.Topic(Talk.Name).Next(ctx)
		if err != nil {
			return heard
		}
		heard = append(heard, v)
	}
}

// Count sums a metric of a peer over those of its labels that are given.
func (p *Peer) Count(name string, labels map[string]string) (sum float64) {
	families, err := p.Metrics.Gather()
	if err != nil {
		return 0
	}
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, m := range f.GetMetric() {
			ok := 0
			for _, l := range m.GetLabel() {
				if want, asked := labels[l.GetName()]; asked && want == l.GetValue() {
					ok++
				}
			}
			if ok == len(labels) {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return sum
}
