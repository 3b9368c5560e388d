package gossip_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/proofs/record"
)

// BenchmarkLoopback sends 1,000 sealed records to 20 peers over real sockets,
// in a ring with chords so that nobody is connected to all. It fails if one
// record is lost anywhere, and reports how long they take from Publish to Next.
func BenchmarkLoopback(b *testing.B) {
	const peers, records = 20, 1000
	rule := statements
	rule.Rate = gossip.Rate{PerSecond: 1000, Burst: records}
	var hosts []host.Host
	var routers []*gossip.Router
	for i := range peers {
		h, err := libp2p.New(libp2p.ListenAddrStrings("/ip4/127.0.0.1/udp/0/quic-v1"), libp2p.DisableMetrics())
		if err != nil {
			b.Fatal(err)
		}
		defer h.Close()
		r, err := gossip.New(h, []gossip.Rule{rule}, gossip.Config{Network: 7})
		if err != nil {
			b.Fatal(err)
		}
		defer r.Close()
		hosts, routers = append(hosts, h), append(routers, r)
		for _, back := range []int{1, 3, 7} {
			if i >= back {
				to := hosts[i-back]
				if err := h.Connect(b.Context(), peer.AddrInfo{ID: to.ID(), Addrs: to.Addrs()}); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	for settled := false; !settled; { // GossipSub grafts its meshes by a heartbeat of 1 s
		time.Sleep(time.Second)
		settled = !slices.ContainsFunc(routers, func(r *gossip.Router) bool { return len(r.Topic("statement").Peers()) < 3 })
	}
	time.Sleep(3 * time.Second)
	sealed := make([]record.Verified, records)
	var took []time.Duration
	sequence := uint64(0)
	for b.Loop() {
		b.StopTimer()
		for i := range sealed {
			sealed[i] = seal(b, 1, record.Statement, 0, sequence, "a statement of some length, as they are in practice: 100 bytes or a few hundred of them")
			sequence++
		}
		b.StartTimer()
		sent := map[uint64]time.Time{}
		type arrival struct {
			sequence uint64
			at       time.Time
		}
		arrivals := make(chan []arrival, peers)
		ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
		for _, r := range routers {
			go func() {
				var got []arrival
				for range records {
					v, err := r.Topic("statement").Next(ctx)
					if err != nil {
						break
					}
					got = append(got, arrival{v.Header().Sequence, time.Now()})
				}
				arrivals <- got
			}()
		}
		for i, v := range sealed {
			sent[v.Header().Sequence] = time.Now()
			if err := routers[i%peers].Topic("statement").Publish(ctx, v); err != nil {
				b.Fatal(err)
			}
		}
		for range routers {
			got := <-arrivals
			if len(got) != records {
				b.Errorf("a peer got %d of %d records", len(got), records)
			}
			for _, a := range got {
				took = append(took, a.at.Sub(sent[a.sequence]))
			}
		}
		cancel()
	}
	slices.Sort(took)
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "deliveries/s")
	b.ReportMetric(took[len(took)/2].Seconds()*1e3, "p50-ms")
	b.ReportMetric(took[len(took)*99/100].Seconds()*1e3, "p99-ms")
}
