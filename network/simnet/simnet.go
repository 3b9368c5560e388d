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
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/p2p/transport/quicreuse"
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
	mu      sync.Mutex
	random  *rand.Rand
	loss    float64
	nat     map[netip.Addr]bool
	side    map[netip.Addr]int // hosts on different sides do not hear each other
	sent    map[route]time.Time
	dropped int

	wires  map[netip.AddrPort]*wire
	flying packets
	order  int         // of the newest of them
	next   *time.Timer // calls deliver when the first is due; nil: no packets flow
}

// A route is who sent to whom.
type route struct{ from, to netip.Addr }

// New returns a network without hosts.
func New(seed uint64) *Net {
	return &Net{
		random: rand.New(rand.NewPCG(seed, 0)), nat: map[netip.Addr]bool{}, side: map[netip.Addr]int{},
		sent: map[route]time.Time{}, wires: map[netip.AddrPort]*wire{},
	}
}

// Start lets packets flow; Close ends it. Hosts close before the network.
func (n *Net) Start() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.next = time.AfterFunc(time.Hour, n.deliver)
}

// Close ends the flow of packets.
func (n *Net) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next != nil {
		n.next.Stop()
	}
	n.next, n.flying = nil, nil
}

// Crowd is how far apart two hosts are that share a /16: hosts i and i+Crowd.
const Crowd = 1 << 13

// IP returns the address of host i. Below Crowd each has a /16 of its own, as
// the homes of a large network have.
func IP(i int) net.IP {
	return net.IPv4(byte(80+i%Crowd>>8), byte(i), byte(i/Crowd>>8), byte(1+i/Crowd))
}

// name is the address of host i as a key.
func name(i int) netip.Addr {
	a, _ := netip.AddrFromSlice(IP(i).To4())
	return a
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
		n.side[name(i)] = side
	}
}

// Dropped counts the packets that loss, cuts and full queues have taken.
func (n *Net) Dropped() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.dropped
}

// lost decides the fate of one packet. n.mu is held.
func (n *Net) lost(from, to netip.Addr) bool {
	lost := n.side[from] != n.side[to] || n.loss > 0 && n.random.Float64() < n.loss
	if n.nat[from] {
		n.sent[route{from, to}] = time.Now()
	}
	if n.nat[to] {
		asked, ok := n.sent[route{to, from}]
		lost = lost || !ok || time.Since(asked) > mapping
	}
	if lost {
		n.dropped++
	}
	return lost
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
	n.nat[name(i)] = link.NAT
	n.mu.Unlock()
	source := IP(i)
	return []libp2p.Option{
		libp2p.QUICReuse(connManager,
			quicreuse.OverrideSourceIPSelector(func() (quicreuse.SourceIPSelector, error) { return fixedSource(source), nil }),
			quicreuse.OverrideListenUDP(func(_ string, address *net.UDPAddr) (net.PacketConn, error) {
				return n.listen(address, link), nil
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
