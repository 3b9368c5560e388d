package pin_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/libp2p/go-libp2p/p2p/protocol/ping"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/fetch"
	"github.com/openledger/openledger/storage/pin"
)

// A house is a real host with bitswap, on simulated wires.
type house struct {
	host  host.Host
	fetch *fetch.Service
	stop  func()
}

const auditProtocol protocol.ID = "/openledger/audit/1"

var auditLimits = call.Limits{Request: 1 << 10, Answer: pin.MaxOpenings, Time: pin.OpeningTime}

// wired is a village whose blocks and audits travel through real hosts.
func wired(t *testing.T, seed uint64, n int, counts *prometheus.Registry) (v *village, net *simnet.Net, houses []*house, done func()) {
	t.Helper()
	net = simnet.New(seed)
	net.Start()
	for i := range n {
		h, err := net.Host(i, simnet.Link{Up: 100_000_000, Down: 100_000_000, Latency: 20 * time.Millisecond}, libp2p.Identity(keyOf(t, i).Libp2p()))
		must(t, err)
		houses = append(houses, &house{host: h})
	}
	v = newVillage(t, seed, n, func(i int, c *pin.Config) {
		m := houses[i]
		c.Fetch, c.Wire = m.session, m
		c.Announce = func(ctx context.Context, cids ...cid.Cid) error { return m.fetch.Announce(ctx, cids...) }
		if i == 0 && counts != nil {
			c.Metrics = counts
		}
	})
	for i, m := range houses {
		m.open(t, v.all[i], houses)
	}
	v.run()
	return v, net, houses, func() {
		v.close()
		for _, m := range houses {
			m.stop()
		}
		net.Close()
	}
}

// open lets a house serve the blocks and the audits of a villager.
func (m *house) open(t *testing.T, owner *villager, all []*house) {
	t.Helper()
	for _, o := range all { // addresses of a DHT
		m.host.Peerstore().AddAddrs(o.host.ID(), o.host.Addrs(), 100*24*time.Hour)
	}
	var err error
	m.fetch, err = fetch.New(m.host, owner.blocks, fetch.Config{Log: silent, Idle: 20 * time.Second})
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- m.fetch.Run(ctx) }()
	unserve := call.Serve(m.host, auditProtocol, auditLimits, silent, func(ctx context.Context, _ peer.ID, body []byte, send func([]byte) error) error {
		reply, err := owner.pins.Answer(ctx, body)
		if err != nil {
			return call.Errorf(call.NotFound, "%s", err)
		}
		if err := send(reply.Answer()); err != nil {
			return err
		}
		opened, err := reply.Openings()
		if err != nil {
			return err
		}
		return send(opened)
	})
	m.stop = func() {
		if cancel == nil {
			return
		}
		unserve()
		cancel()
		cancel = nil
		if err := errors.Join(<-ended, m.host.Close()); err != nil {
			t.Error(err)
		}
	}
}

func (m *house) session(ctx context.Context, name string, from []record.PublicKey) (pin.Session, error) {
	var hints []peer.AddrInfo
	for _, p := range from {
		hints = append(hints, m.host.Peerstore().PeerInfo(p.PeerID()))
	}
	return m.fetch.Session(ctx, name, hints)
}

func (m *house) Ping(ctx context.Context, p record.PublicKey) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := m.host.Connect(ctx, peer.AddrInfo{ID: p.PeerID()}); err != nil {
		return 0, err
	}
	r := <-ping.Ping(ctx, m.host, p.PeerID())
	return r.RTT, r.Error
}

func (m *house) Audit(ctx context.Context, p record.PublicKey, challenge []byte, answered func([]byte)) (opened []byte, err error) {
	n := 0
	for part, err := range call.Parts(ctx, m.host, p.PeerID(), auditProtocol, challenge, auditLimits) {
		if err != nil {
			return nil, err
		}
		if n++; n == 1 {
			answered(bytes.Clone(part))
		} else {
			opened = bytes.Clone(part)
		}
	}
	return opened, nil
}

// Twenty hosts with bitswap; any ten are gone at once.
func TestTenHostsLeave(t *testing.T) {
	const seed = 5
	synctest.Test(t, func(t *testing.T) {
		v, _, houses, done := wired(t, seed, 20, nil)
		defer done()
		d := v.share(seed, 1, 40_000)
		v.settle(d, time.Hour)
		left := rand.New(rand.NewPCG(seed, 1)).Perm(20)[:10]
		if !slices.Contains(left, 0) {
			left[0] = 0 // the source too
		}
		v.leave(left...)
		for _, i := range left {
			houses[i].stop()
		}
		v.read(d)
		begun := time.Now()
		v.settle(d, 6*time.Hour)
		t.Logf("repaired %s after ten hosts left", time.Since(begun))
		v.collect()
		if got := v.copies(d); slices.Contains(got, 0) {
			t.Fatalf("seed %d: %v copies of the pieces after the repair", seed, got)
		}
		v.read(d)
	})
}

// QUIC that loses a fifth of all packets, for hours, or a day if long: no honest
// host is failed.
func TestHonestHostsOnBadWires(t *testing.T) {
	hours := 6
	if os.Getenv("OPENLEDGER_LONG") != "" {
		hours = 24
	}
	synctest.Test(t, func(t *testing.T) {
		counts := prometheus.NewRegistry()
		v, net, _, done := wired(t, 6, 3, counts)
		defer done()
		d := v.share(6, 1, 40_000)
		v.settle(d, time.Hour)
		net.SetLoss(0.2)
		time.Sleep(time.Duration(hours) * time.Hour)
		for i, m := range v.all {
			audits, err := m.pins.Audits(t.Context())
			must(t, err)
			for _, a := range audits {
				if len(a.Faults) > 0 || a.OK.IsZero() {
					t.Errorf("peer %d: %+v", i, a.Watch)
				}
			}
		}
		passed, missed := count(t, counts, "passed"), count(t, counts, "missed")
		t.Logf("one host's audits: %v passed, %v late, none a fault; %d packets were lost", passed, missed, net.Dropped())
		if passed < float64(2*hours) {
			t.Errorf("%v audits passed", passed)
		}
		net.SetLoss(0)
	})
}
