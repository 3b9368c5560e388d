package node

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	"github.com/libp2p/go-libp2p"
	"github.com/multiformats/go-multiaddr"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/proofs/record"
)

// Config says how a node joins. Its zero value joins no network but the LAN's
// and listens on ports that the system chooses.
type Config struct {
	Network       record.Network // peers of another network are refused; 0 means 1, the main one
	Profile       Profile        // "" means Home
	Connections   int            // above so many the least useful are closed until a third is left; 0: as the profile has it
	Listen        []string       // multiaddrs; nil: ListenOn(0)
	Announce      []string       // multiaddrs to announce instead of those found; nil: found
	Bootstrap     []string       // multiaddrs with /p2p/ of peers to join by
	BootstrapFile string         // a file with one such multiaddr a line, read at each attempt; "": none
	NoMDNS        bool           // true: neither announce nor look for peers on the LAN
	NoPortMap     bool           // true: ask no router to forward a port (UPnP, NAT-PMP)
	Relay         bool           // true: relay for peers behind a NAT, while publicly reachable

	Version    string // of the software, told to peers that say hello; at most 64 bytes
	Arithmetic uint64 // newest version of the arithmetic that this peer computes; 0: none

	Store    datastore.Batching    // remembers peers and keeps provider records; safe for concurrent use; nil: memory
	Log      *slog.Logger          // nil: slog.Default
	Metrics  prometheus.Registerer // nil: none
	Retry    time.Duration         // longest wait between two attempts to join; 0: 1 min
	Now      func() time.Time      // the peer's clock, told in hellos; nil: time.Now
	Simulate []libp2p.Option       // transports and addresses of a simulated network; nil: real ones
}

// complete fills in defaults and refuses what cannot work.
func (c Config) complete() (Config, error) {
	if c.Network == 0 {
		c.Network = 1
	}
	switch c.Profile {
	case "":
		c.Profile = Home
	case Home, Server:
	default:
		return c, fmt.Errorf("network profile %q: use %q or %q", c.Profile, Home, Server)
	}
	if c.Connections < 0 {
		return c, fmt.Errorf("%d connections: use 0 for as many as the profile has", c.Connections)
	}
	if c.Listen == nil {
		c.Listen = ListenOn(0)
	}
	for _, list := range [][]string{c.Listen, c.Announce} {
		for _, a := range list {
			if _, err := multiaddr.NewMultiaddr(a); err != nil {
				return c, fmt.Errorf("address %q: %w; an example: /ip4/0.0.0.0/udp/4511/quic-v1", a, err)
			}
		}
	}
	if _, err := Parse(c.Bootstrap); err != nil {
		return c, err
	}
	if len(c.Version) > 64 || c.Version != printable(c.Version) {
		return c, fmt.Errorf("version %q: use 64 printable bytes at most", c.Version)
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Retry == 0 {
		c.Retry = time.Minute
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Store == nil {
		c.Store = dssync.MutexWrap(datastore.NewMapDatastore())
	}
	return c, nil
}

// ListenOn returns the multiaddrs of one port for every transport, IPv4 and
// IPv6: QUIC and WebTransport share the UDP port, TCP has the same number. Port
// 0 lets the system choose.
func ListenOn(port int) []string {
	var out []string
	for _, host := range []string{"/ip4/0.0.0.0", "/ip6/::"} {
		for _, transport := range []string{"/udp/%d/quic-v1", "/udp/%d/quic-v1/webtransport", "/tcp/%d"} {
			out = append(out, host+fmt.Sprintf(transport, port))
		}
	}
	return out
}
