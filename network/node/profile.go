package node

import (
	"errors"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/network"
	rcmgr "github.com/libp2p/go-libp2p/p2p/host/resource-manager"
	"github.com/libp2p/go-libp2p/p2p/net/connmgr"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"
)

// A Profile says how much of a machine and its line a peer may use.
type Profile string

const (
	// Home spares a home router: 32 to 96 connections.
	Home Profile = "home"
	// Server is for a machine with a public address: 400 to 900 connections.
	Server Profile = "server"
)

// A budget is what a profile may hold at once.
type budget struct {
	low, high    int   // above high connections the least useful are closed until low are left
	memory       int64 // bytes by which libp2p scales its hard limits; 1 GiB more allows 128 more connections
	files        int   // file descriptors, likewise
	reservations int   // peers that may be reached by our relay service
}

func (p Profile) budget() budget {
	if p == Server {
		return budget{400, 900, 8 << 30, 2048, 128}
	}
	return budget{32, 96, 256 << 20, 512, 8}
}

// limits makes what keeps connections, streams and memory bounded. The host
// closes both.
func (n *Node) limits() (*connmgr.BasicConnMgr, network.ResourceManager, error) {
	b := n.c.Profile.budget()
	if most := n.c.Connections; most > 0 {
		b.low, b.high = most/3, most
	}
	connections, err := connmgr.NewConnManager(b.low, b.high, connmgr.WithGracePeriod(30*time.Second))
	if err != nil {
		return nil, nil, err
	}
	limits := rcmgr.DefaultLimits
	libp2p.SetDefaultServiceLimits(&limits)
	var options []rcmgr.Option
	if n.c.Metrics == nil {
		options = append(options, rcmgr.WithMetricsDisabled())
	}
	resources, err := rcmgr.NewResourceManager(rcmgr.NewFixedLimiter(limits.Scale(b.memory, b.files)), options...)
	if err != nil {
		return nil, nil, errors.Join(err, connections.Close())
	}
	return connections, resources, nil
}

// relayed is what we do for one peer behind a NAT: enough to find each other
// and punch a hole, too little for a model.
func (b budget) relayed() relay.Resources {
	r := relay.DefaultResources()
	r.MaxReservations = b.reservations
	r.Limit = &relay.RelayLimit{Duration: 2 * time.Minute, Data: 128 << 10} // each direction
	return r
}
