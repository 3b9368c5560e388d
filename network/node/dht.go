package node

import (
	"context"
	"net/netip"
	"sync"
	"time"

	dht "github.com/libp2p/go-libp2p-kad-dht"
	pb "github.com/libp2p/go-libp2p-kad-dht/pb"
	"github.com/libp2p/go-libp2p-kbucket/peerdiversity"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/core/routing"
)

// routing opens the DHT under our own prefix. A peer serves it until AutoNAT
// finds it behind a NAT: on a LAN nobody ever finds that, and its peers need a
// DHT too. It keeps provider records only: there is no value that strangers may
// put.
func (n *Node) routing(h host.Host) (routing.PeerRouting, error) {
	n.bare = h
	mode := dht.ModeAutoServer
	if n.c.Profile == Server {
		mode = dht.ModeServer
	}
	pace := pace{perSecond: dhtPerSecond, last: map[peer.ID]tally{}}
	var err error
	n.dht, err = dht.New(h, dht.Mode(mode), dht.BootstrapPeers(),
		dht.ProtocolPrefix(protocol.ID("/openledger/"+n.c.Network.String())),
		dht.DisableValues(), dht.Datastore(n.c.Store), dht.ProviderDatastore(newQuota(n.c.Store)),
		dht.RoutingTablePeerDiversityFilter(diverse{dht.NewRTPeerDiversityFilter(h, subnetBucket, subnetTable)}),
		dht.OnRequestHook(func(ctx context.Context, s network.Stream, _ *pb.Message) { pace.wait(ctx, s.Conn().RemotePeer()) }))
	return n.dht, err
}

// How many peers of one /16 (IPv4) or one provider (IPv6) the routing table
// takes: who rents one block of addresses cannot fill it.
const (
	subnetBucket = 5  // of the 20 in a bucket
	subnetTable  = 20 // of the whole table
)

// diverse leaves addresses out that no one can rent: those of a LAN and of this
// machine.
type diverse struct {
	peerdiversity.PeerIPGroupFilter
}

func (d diverse) Allow(g peerdiversity.PeerGroupInfo) bool {
	if ip, err := netip.ParseAddr(string(g.IPGroupKey)); err == nil && (ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast()) {
		return true
	}
	return d.PeerIPGroupFilter.Allow(g)
}

// dhtPerSecond is how many DHT requests of one peer are answered at full speed.
const dhtPerSecond = 100

// A pace slows the requests of one peer down to a rate: the stream that asks
// too fast is not refused, it waits.
type pace struct {
	perSecond int
	mu        sync.Mutex
	last      map[peer.ID]tally
}

// tally is the second in which a peer asked last, and how often it did.
type tally struct {
	second int64
	asked  int
}

// wait returns when the request may go on: at once, or in the next second that
// has room.
func (p *pace) wait(ctx context.Context, id peer.ID) {
	now := time.Now()
	p.mu.Lock()
	if len(p.last) > 4096 { // those who are silent owe nothing
		for id, t := range p.last {
			if t.second < now.Unix() {
				delete(p.last, id)
			}
		}
	}
	t := p.last[id]
	if t.second < now.Unix() {
		t = tally{second: now.Unix()}
	} else if t.asked >= p.perSecond {
		t = tally{second: t.second + 1}
	}
	t.asked++
	p.last[id] = t
	p.mu.Unlock()
	if wait := time.Unix(t.second, 0).Sub(now); wait > 0 {
		sleep(ctx, wait)
	}
}
