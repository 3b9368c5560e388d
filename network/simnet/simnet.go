// Package simnet is a network of real libp2p hosts in one process, for tests
// and simulations only. Packets travel by a simulated UDP, so that inside a
// testing/synctest bubble an hour passes in a moment and every delay is exact.
//
// The invariant: what is lost or delayed follows from the seed alone, as far
// as the hosts send in the same order. Start with New, give each host its
// Options, then Start.
package simnet

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/p2p/transport/quicreuse"
	"github.com/marcopolo/simnet"
	"github.com/quic-go/quic-go"
	"go.uber.org/fx"
)

// A Link is how a host is connected.
type Link struct {
	Up, Down int           // bits per second; 0: 20 Mbit/s
	Latency  time.Duration // one way, to the middle of the network; 0: 10 ms
	NAT      bool          // true: hears only whom it has sent to within 2 minutes, as behind a home router
}

// mapping is how long a home router lets answers in.
const mapping = 2 * time.Minute

// A Net holds the simulated wires. Its methods are safe for concurrent use.
type Net struct {
	sim *simnet.Simnet

	mu      sync.Mutex
	random  *rand.Rand
	loss    float64
	links   map[string]Link // by IP
	side    map[string]int  // by IP; hosts on different sides do not hear each other
	sent    map[route]time.Time
	dropped int
}

// A route is who sent to whom.
type route struct{ from, to string }

// New returns a network without hosts.
func New(seed uint64) *Net {
	n := &Net{random: rand.New(rand.NewPCG(seed, 0)), links: map[string]Link{}, side: map[string]int{}, sent: map[route]time.Time{}}
	n.sim = &simnet.Simnet{LatencyFunc: n.latency, Logger: slog.New(slog.DiscardHandler)}
	return n
}

// Start lets packets flow; Close ends it. Hosts close before the network.
func (n *Net) Start() { n.sim.Start() }

// Close ends the flow of packets.
func (n *Net) Close() { n.sim.Close() }

// Crowd is how far apart two hosts are that share a /16: hosts i and i+Crowd.
const Crowd = 1 << 13

// IP returns the address of host i. Below Crowd each has a /16 of its own, as
// the homes of a large network have.
func IP(i int) net.IP {
	return net.IPv4(byte(80+i%Crowd>>8), byte(i), byte(i/Crowd>>8), byte(1+i/Crowd))
}

// Addr returns the multiaddr on which host i listens.
func Addr(i int) string { return fmt.Sprintf("/ip4/%s/udp/8000/quic-v1", IP(i)) }

// SetLoss lets a part of all packets vanish, in [0, 1].
func (n *Net) SetLoss(part float64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.loss = part
}

// Cut moves hosts to a side of their own: nobody on another side hears them.
// Side 0 is where everybody begins.
func (n *Net) Cut(side int, hosts ...int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, i := range hosts {
		n.side[IP(i).String()] = side
	}
}

// Dropped counts the packets that loss and cuts have taken.
func (n *Net) Dropped() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.dropped
}

func (n *Net) latency(p *simnet.Packet) time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.links[ip(p.From)].Latency + n.links[ip(p.To)].Latency
}

// lost decides the fate of one packet.
func (n *Net) lost(from, to string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	lost := n.side[from] != n.side[to] || n.loss > 0 && n.random.Float64() < n.loss
	if n.links[from].NAT {
		n.sent[route{from, to}] = time.Now()
	}
	if n.links[to].NAT {
		asked, ok := n.sent[route{to, from}]
		lost = lost || !ok || time.Since(asked) > mapping
	}
	if lost {
		n.dropped++
	}
	return lost
}

func ip(a net.Addr) string {
	if u, ok := a.(*net.UDPAddr); ok {
		return u.IP.String()
	}
	return a.String()
}

// Options returns what host i needs to use these wires instead of the
// machine's: give them to libp2p.New together with ListenAddrStrings(Addr(i)).
func (n *Net) Options(i int, link Link) []libp2p.Option {
	if link.Up == 0 {
		link.Up = 20_000_000
	}
	if link.Down == 0 {
		link.Down = 20_000_000
	}
	if link.Latency == 0 {
		link.Latency = 10 * time.Millisecond
	}
	n.mu.Lock()
	n.links[IP(i).String()] = link
	n.mu.Unlock()
	settings := simnet.NodeBiDiLinkSettings{
		Uplink:   simnet.LinkSettings{BitsPerSecond: link.Up},
		Downlink: simnet.LinkSettings{BitsPerSecond: link.Down},
	}
	source := IP(i)
	return []libp2p.Option{
		libp2p.QUICReuse(connManager,
			quicreuse.OverrideSourceIPSelector(func() (quicreuse.SourceIPSelector, error) { return fixedSource(source), nil }),
			quicreuse.OverrideListenUDP(func(_ string, address *net.UDPAddr) (net.PacketConn, error) {
				return wire{n.sim.NewEndpoint(address, settings), n, source.String()}, nil
			})),
		libp2p.DisableIdentifyAddressDiscovery(), // its timers keep a synctest bubble from coming to rest
	}
}

// Host opens host i on these wires, with a transport that the options complete.
func (n *Net) Host(i int, link Link, more ...libp2p.Option) (host.Host, error) {
	options := append(n.Options(i, link), libp2p.ListenAddrStrings(Addr(i)), libp2p.DisableMetrics())
	return libp2p.New(append(options, more...)...)
}

// Skewed is a clock that runs apart from all others by a fixed time.
func Skewed(by time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(by) }
}

// wire drops packets on their way out.
type wire struct {
	*simnet.SimConn
	net  *Net
	from string
}

func (w wire) WriteTo(b []byte, to net.Addr) (int, error) {
	if w.net.lost(w.from, ip(to)) {
		return len(b), nil
	}
	return w.SimConn.WriteTo(b, to)
}

type fixedSource net.IP

func (f fixedSource) PreferredSourceIPForDestination(*net.UDPAddr) (net.IP, error) {
	return net.IP(f), nil
}

// connManager is libp2p's own constructor plus a Close, which fx does not call
// for a manager that was handed in.
func connManager(l fx.Lifecycle, reset quic.StatelessResetKey, token quic.TokenGeneratorKey, o ...quicreuse.Option) (*quicreuse.ConnManager, error) {
	m, err := quicreuse.NewConnManager(reset, token, o...)
	if err != nil {
		return nil, err
	}
	l.Append(fx.StopHook(m.Close))
	return m, nil
}
