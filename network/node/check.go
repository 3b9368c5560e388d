package node

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/network"

	"github.com/openledger/openledger/network/call"
)

// A Finding is one line of what Check found.
type Finding struct {
	Name   string // what was looked at
	State  string // "ok", "note", "warn" or "fail", as peer doctor has them
	Detail string
	Remedy string // what to do about it; "" where nothing is needed
}

// How far a clock may be from those of other peers.
const (
	skewWarn = 2 * time.Second
	skewFail = 30 * time.Second // deadlines and adverts are judged wrongly
)

// Check looks at how this node stands in the network: whether it has joined,
// can be reached, by what NAT and relays, and whether its clock is right. It
// asks a few peers and takes some seconds. A node needs some minutes after its
// start before others have tried to dial it back.
func (n *Node) Check(ctx context.Context) []Finding {
	s := n.Status()
	return []Finding{s.joined(), s.reached(), s.nat(), s.relayed(), s.whole(), skewFinding(n.skews(ctx))}
}

func (s Status) joined() Finding {
	f := Finding{Name: "peers", State: "ok", Detail: fmt.Sprintf("%s, %d peers", s.State, s.Peers)}
	if s.State == Isolated {
		f.State = "fail"
		f.Detail = "isolated: nobody answers after " + strings.Join(append([]string{fmt.Sprint(s.Attempts) + " attempts"}, s.Problems...), "; ")
		f.Remedy = "look whether this machine is online and lets UDP and TCP out, or name a peer that runs: peer bootstrap add MULTIADDR"
	} else if s.State == Joining {
		f.State = "note"
	}
	return f
}

func (s Status) reached() Finding {
	f := Finding{Name: "reachability", State: "ok"}
	switch s.Reachability {
	case network.ReachabilityPublic:
		f.Detail = "public: others have dialled back " + several(s.Reachable, "address")
	case network.ReachabilityPrivate:
		f.State, f.Detail = "warn", "private: others cannot dial "+several(s.Unreachable, "address")+" of this peer"
		f.Remedy = "forward the UDP and TCP port of network.listen to this machine on the router, or switch on UPnP there; until then hole punching and relays are used"
		if len(s.Relays) > 0 {
			f.State, f.Detail = "note", "private, found by way of "+several(s.Relays, "relay address")
		}
	default:
		f.State, f.Detail = "note", "not known yet: no peer has tried to dial back"
		f.Remedy = "wait some minutes; on a LAN without public addresses it stays so"
	}
	return f
}

func (s Status) nat() Finding {
	var kinds []string
	hard := false
	for transport, kind := range s.NAT {
		kinds = append(kinds, transport+" "+kind)
		hard = hard || strings.Contains(kind, network.NATDeviceTypeEndpointDependent.String())
	}
	slices.Sort(kinds)
	f := Finding{Name: "nat", State: "ok", Detail: strings.Join(kinds, ", ")}
	switch {
	case hard:
		f.State = "warn"
		f.Remedy = "this NAT gives each peer another port, so hole punching fails: forward the port on the router"
	case len(kinds) == 0 && s.Reachability == network.ReachabilityPublic:
		f.Detail = "none in the way"
	case len(kinds) == 0:
		f.State, f.Detail = "note", "kind not known: it takes four peers that see this one from outside"
	}
	return f
}

func (s Status) relayed() Finding {
	f := Finding{Name: "relays", State: "ok", Detail: several(s.Relays, "relay address")}
	if len(s.Relays) == 0 {
		f.Detail = "none, and none needed"
		if s.Reachability == network.ReachabilityPrivate {
			f.State, f.Detail = "warn", "none: no connected peer relays"
			f.Remedy = "connect to a public peer that relays (network.relay: true): peer swarm connect MULTIADDR"
		}
	}
	return f
}

// whole looks for signs of a partition.
func (s Status) whole() Finding {
	f := Finding{Name: "network", State: "ok", Detail: fmt.Sprintf("%d of %d known peers without a connection answered", s.Answered, s.Probed)}
	switch {
	case s.Probed == 0:
		f.Detail = "no known peer is out of sight"
	case s.Answered == 0 && s.Probed == probes:
		f.State = "warn"
		f.Remedy = "the network may be split, or those peers are gone; this peer tries others every 10 minutes by itself"
	}
	return f
}

// A skew is how far a peer's clock is ahead of ours, give or take.
type skew struct{ ahead, giveOrTake time.Duration }

// skews says hello to some peers and compares clocks.
func (n *Node) skews(ctx context.Context) []skew {
	peers := n.peers()
	rand.Shuffle(len(peers), func(i, j int) { peers[i], peers[j] = peers[j], peers[i] })
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var (
		work sync.WaitGroup
		mu   sync.Mutex
		out  []skew
	)
	for _, id := range peers[:min(8, len(peers))] {
		work.Go(func() {
			hello, took, err := call.Greet(ctx, n.host, id, n.hello())
			if err != nil {
				return
			}
			now := n.c.Now()
			mu.Lock()
			defer mu.Unlock()
			out = append(out, skew{hello.Clock.Sub(now.Add(-took / 2)), took / 2})
		})
	}
	work.Wait()
	return out
}

// skewFinding judges by the median: one peer's clock proves nothing.
func skewFinding(skews []skew) Finding {
	f := Finding{Name: "clock", State: "ok"}
	if len(skews) == 0 {
		f.State, f.Detail = "note", "no peer to compare it with"
		return f
	}
	slices.SortFunc(skews, func(a, b skew) int { return int(a.ahead - b.ahead) })
	middle := skews[len(skews)/2]
	off := max(middle.ahead.Abs()-middle.giveOrTake, 0)
	way := "behind"
	if middle.ahead < 0 {
		way = "ahead of"
	}
	f.Detail = fmt.Sprintf("%v %s the median of %d peers, give or take %v", middle.ahead.Abs().Round(time.Millisecond), way, len(skews), middle.giveOrTake.Round(time.Millisecond))
	const remedy = "set this machine's clock: chrony or systemd-timesyncd (timedatectl set-ntp true)"
	switch {
	case off > skewFail:
		f.State, f.Remedy = "fail", remedy
	case off > skewWarn:
		f.State, f.Remedy = "warn", remedy
	}
	return f
}

// several counts things in words.
func several(list []string, noun string) string {
	if len(list) == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "s") {
		noun += "e"
	}
	return fmt.Sprintf("%d %ss", len(list), noun)
}
