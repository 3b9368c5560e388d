package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/host/eventbus"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
)

const (
	dialTimeout = 15 * time.Second
	dialsAtOnce = 8
	// enough connected peers end an attempt; the DHT finds the rest.
	enough = 4
	// dialsAtMost bounds an attempt whose peers are all gone to a minute a source.
	dialsAtMost = 4 * dialsAtOnce
	// saveEvery is how often connected peers are written to the book.
	saveEvery = 5 * time.Minute
	// lookEvery is how often the joining loop looks by itself who is there: libp2p
	// tells nothing of a connection that ends before it was told of.
	lookEvery = 2 * time.Second
	// goodbye is how long a peer of another network stays connected, so that it
	// learns why it must go.
	goodbye = time.Second
)

// Run keeps the node connected until ctx is done, then closes it. It returns
// an error only for what trying again cannot mend.
func (n *Node) Run(ctx context.Context) error {
	events, err := n.host.EventBus().Subscribe([]any{
		new(event.EvtPeerIdentificationCompleted), new(event.EvtPeerConnectednessChanged),
		new(event.EvtLocalReachabilityChanged), new(event.EvtHostReachableAddrsChanged),
		new(event.EvtNATDeviceTypeChanged), new(event.EvtAutoRelayAddrsUpdated),
	}, eventbus.BufSize(256), eventbus.Name("openledger/node"))
	if err != nil {
		return err
	}
	var work sync.WaitGroup
	work.Go(func() {
		for e := range events.Out() {
			if stranger := n.handle(e); stranger != "" {
				work.Go(func() { // closing waits for events, which wait for us
					sleep(ctx, goodbye)
					_ = n.host.Network().ClosePeer(stranger)
				})
			}
		}
	})
	stopLAN := n.lookOnLAN()
	n.join(ctx)
	stopLAN()
	n.save()
	err = errors.Join(events.Close(), n.Close())
	work.Wait()
	return err
}

// sleep returns after a pause, or when ctx is done.
func sleep(ctx context.Context, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// join is the loop that connects, and connects again when peers are lost.
func (n *Node) join(ctx context.Context) {
	save, probe, look := time.NewTicker(saveEvery), time.NewTicker(probeEvery), time.NewTicker(lookEvery)
	defer save.Stop()
	defer probe.Stop()
	defer look.Stop()
	retry := time.NewTimer(0)
	defer retry.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-save.C:
			n.save()
		case <-probe.C:
			n.probe(ctx)
		case p := <-n.found:
			n.count("lan", n.dial(ctx, []peer.AddrInfo{p}))
		case <-n.kick: // came or went somebody: only the first and the last change our state
			if n.changed() {
				retry.Reset(n.settle(ctx))
			}
		case <-look.C:
			if n.changed() {
				retry.Reset(n.settle(ctx))
			}
		case <-retry.C:
			if len(n.peers()) < enough {
				n.attempt(ctx)
			}
			retry.Reset(n.settle(ctx))
		}
	}
}

// changed says whether the state is no longer what the connections say.
func (n *Node) changed() bool {
	return slices.ContainsFunc(n.host.Network().Peers(), n.ours) != (n.state() == Connected)
}

// settle records how the node stands and returns how long to wait for the next
// attempt: doubling with jitter while isolated, doubling from the longest of
// those waits while there are few peers, who may be all there are.
func (n *Node) settle(ctx context.Context) time.Duration {
	if peers := len(n.peers()); peers > 0 {
		n.update(func(s *Status) { s.State, s.Attempts, s.Problems, s.NextTry = Connected, 0, nil, time.Time{} })
		if n.few++; peers >= enough {
			n.few = 0
		}
		return n.c.Retry << min(n.few, 4)
	}
	n.few = 0
	if ctx.Err() != nil {
		return n.c.Retry
	}
	var wait time.Duration
	n.update(func(s *Status) {
		s.State = Isolated
		s.Attempts++
		wait = min(n.c.Retry, time.Second<<min(s.Attempts-1, 10))
		wait = wait/2 + time.Duration(rand.Int64N(int64(wait/2)+1))
		s.NextTry = time.Now().Add(wait)
	})
	n.c.Log.InfoContext(ctx, "No peer answers: isolated, trying again", slog.Duration("in", wait))
	return wait
}

// attempt tries each source of peers in turn until enough are connected.
func (n *Node) attempt(ctx context.Context) {
	var problems []string
	for _, s := range n.sources() {
		peers, err := s.list(ctx)
		if err == nil && len(peers) > 0 {
			err = n.dial(ctx, some(peers, dialsAtMost))
		}
		if err != nil {
			problems = append(problems, s.name+": "+err.Error())
		}
		if len(peers) > 0 || err != nil {
			n.count(s.name, err)
		}
		if len(n.peers()) >= enough {
			break
		}
	}
	n.update(func(s *Status) { s.Problems = problems })
	if len(n.peers()) > 0 {
		n.dht.RefreshRoutingTable()
	}
}

// A source lists peers to join by.
type source struct {
	name string
	list func(context.Context) ([]peer.AddrInfo, error)
}

func (n *Node) sources() []source {
	return []source{
		{"config", func(context.Context) ([]peer.AddrInfo, error) { return Parse(n.c.Bootstrap) }},
		{"file", func(context.Context) ([]peer.AddrInfo, error) {
			if n.c.BootstrapFile == "" {
				return nil, nil
			}
			lines, err := ReadBootstrap(n.c.BootstrapFile)
			if err != nil {
				return nil, err
			}
			return Parse(lines)
		}},
		{"remembered", n.book.peers},
	}
}

// some returns at most most of the peers: the first half of that as they come,
// then any of the others, so that no row of dead ones can hide the living.
func some(peers []peer.AddrInfo, most int) []peer.AddrInfo {
	if len(peers) <= most {
		return peers
	}
	out := append([]peer.AddrInfo(nil), peers...)
	rest := out[most/2:]
	rand.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return out[:most]
}

// dial connects to peers, some at a time, until enough are connected. It fails
// if none of them answers.
func (n *Node) dial(ctx context.Context, peers []peer.AddrInfo) error {
	var (
		work  sync.WaitGroup
		slots = make(chan struct{}, dialsAtOnce)
		mu    sync.Mutex
		first error
		ok    int
	)
	done := func() bool {
		mu.Lock()
		defer mu.Unlock()
		return ctx.Err() != nil || ok > 0 && len(n.peers()) >= enough
	}
	for _, p := range peers {
		if p.ID == n.host.ID() {
			continue
		}
		slots <- struct{}{}
		if done() {
			break
		}
		work.Go(func() {
			defer func() { <-slots }()
			err := n.reach(ctx, p)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				ok++
			} else if first == nil {
				first = fmt.Errorf("none of %d peers lets us join; the first, %s: %w", len(peers), p.ID, err)
			}
		})
	}
	work.Wait()
	if ok > 0 {
		return nil
	}
	return first
}

// reach dials one peer, patiently, and fails if it is of another network.
func (n *Node) reach(ctx context.Context, p peer.AddrInfo) error {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	n.forgive(p.ID)
	return n.connect(ctx, p)
}

// forgive lifts libp2p's own back-off, which grows to minutes: the joining loop
// has one, and a peer that comes back should be found by the next attempt.
func (n *Node) forgive(id peer.ID) {
	if s, ok := n.host.Network().(*swarm.Swarm); ok {
		s.Backoff().Clear(id)
	}
}

// handle follows what libp2p reports. It returns a peer that must go, if any.
func (n *Node) handle(e any) (stranger peer.ID) {
	switch e := e.(type) {
	case event.EvtPeerIdentificationCompleted:
		if e.ProtocolVersion != n.version() {
			n.met.refused.Inc()
			n.c.Log.Info("Peer of another network refused",
				slog.String("peer", e.Peer.String()), slog.String("its_network", printable(e.ProtocolVersion)), slog.String("ours", n.version()))
			return e.Peer
		}
		n.wake()
	case event.EvtPeerConnectednessChanged:
		if e.Connectedness == network.NotConnected {
			n.wake()
		}
	case event.EvtLocalReachabilityChanged:
		n.update(func(s *Status) { s.Reachability = e.Reachability })
	case event.EvtHostReachableAddrsChanged:
		n.update(func(s *Status) { s.Reachable, s.Unreachable = texts(e.Reachable), texts(e.Unreachable) })
	case event.EvtAutoRelayAddrsUpdated:
		n.update(func(s *Status) { s.Relays = texts(e.RelayAddrs) })
	case event.EvtNATDeviceTypeChanged:
		n.update(func(s *Status) {
			nat := map[string]string{e.TransportProtocol.String(): e.NatDeviceType.String()}
			for k, v := range s.NAT {
				if _, ok := nat[k]; !ok {
					nat[k] = v
				}
			}
			s.NAT = nat
		})
	}
	return ""
}

// wake lets the joining loop look at once: the state may have changed.
func (n *Node) wake() {
	select {
	case n.kick <- struct{}{}:
	default:
	}
}

// count counts an attempt to join by one source.
func (n *Node) count(source string, err error) {
	result := "ok"
	if err != nil {
		result = "failed"
	}
	n.met.attempts.WithLabelValues(source, result).Inc()
}

// oneLine shortens libp2p's dial errors, which hold a line for each address.
func oneLine(err error) string {
	s := strings.Join(strings.Fields(err.Error()), " ")
	if len(s) > 200 {
		s = s[:200] + "..."
	}
	return s
}

// printable drops what a stranger's text could do to a terminal or a log.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, s[:min(len(s), 128)])
}
