package gossip_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

func key(t testing.TB, i int) record.Key {
	t.Helper()
	seed := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, uint64(i)))
	k, err := record.ParseKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func seal(t testing.TB, by int, typ record.Type, subject byte, seq uint64, text string) record.Verified {
	t.Helper()
	v, err := record.Seal(key(t, by), record.Header{Network: 7, Type: typ, Subject: [32]byte{subject}, Sequence: seq}, canon.AppendText(nil, text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func anyone(record.Verified) error { return nil }

var statements = gossip.Rule{Name: "statement", Types: []record.Type{record.Statement}, Check: anyone}

// routers starts n peers, all connected to the first.
func routers(t *testing.T, n int, rules []gossip.Rule, config func(i int) gossip.Config) []*gossip.Router {
	t.Helper()
	net := simnet.New(1)
	net.Start()
	var hosts []host.Host
	var out []*gossip.Router
	for i := range n {
		h, err := net.Host(i, simnet.Link{})
		if err != nil {
			t.Fatal(err)
		}
		c := gossip.Config{}
		if config != nil {
			c = config(i)
		}
		c.Network = 7
		r, err := gossip.New(h, rules, c)
		if err != nil {
			t.Fatal(err)
		}
		hosts, out = append(hosts, h), append(out, r)
		if i > 0 {
			if err := h.Connect(t.Context(), peer.AddrInfo{ID: hosts[0].ID(), Addrs: hosts[0].Addrs()}); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Cleanup(func() {
		for i, r := range out {
			r.Close()
			hosts[i].Close()
		}
		net.Close()
	})
	time.Sleep(5 * time.Second) // meshes form
	return out
}

func next(t *testing.T, topic *gossip.Topic) (record.Verified, bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	v, err := topic.Next(ctx)
	return v, err == nil
}

func TestEverybodyGetsEachRecordOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const peers, records = 8, 50
		rs := routers(t, peers, []gossip.Rule{statements}, nil)
		sent := map[[32]byte]bool{}
		for i := range records {
			v := seal(t, i%peers, record.Statement, 0, uint64(i), "s")
			sent[v.Header().Digest()] = true
			if err := rs[i%peers].Topic("statement").Publish(t.Context(), v); err != nil {
				t.Fatal(err)
			}
		}
		for i, r := range rs {
			got := map[[32]byte]bool{}
			for {
				v, ok := next(t, r.Topic("statement"))
				if !ok {
					break
				}
				d := v.Header().Digest()
				if got[d] || !sent[d] {
					t.Errorf("peer %d: a record came twice or from nowhere", i)
				}
				got[d] = true
			}
			if len(got) != records {
				t.Errorf("peer %d: got %d records, want %d", i, len(got), records)
			}
		}
	})
}

func TestPublishRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		small := statements
		small.MaxBytes, small.Rate = 300, gossip.Rate{PerSecond: 0.1, Burst: 3}
		small.Check = func(v record.Verified) error {
			if v.Header().Sequence == 666 {
				return errors.New("the number of the beast")
			}
			return nil
		}
		topic := routers(t, 1, []gossip.Rule{small}, nil)[0].Topic("statement")
		for _, c := range []struct {
			name string
			v    record.Verified
			want error
		}{
			{"first", seal(t, 1, record.Statement, 0, 5, "a"), nil},
			{"again", seal(t, 1, record.Statement, 0, 5, "a"), gossip.ErrDuplicate},
			{"its place", seal(t, 1, record.Statement, 0, 5, "b"), gossip.ErrConflict},
			{"too large", seal(t, 1, record.Statement, 0, 6, fmt.Sprintf("%300d", 0)), gossip.ErrSize},
			{"another type", seal(t, 1, record.Offer, 0, 7, "a"), gossip.ErrTopic},
			{"second", seal(t, 1, record.Statement, 0, 8, "a"), nil},
			{"third", seal(t, 1, record.Statement, 0, 9, "a"), nil},
			{"over the rate", seal(t, 1, record.Statement, 0, 10, "a"), gossip.ErrRate},
			{"of another signer", seal(t, 2, record.Statement, 0, 10, "a"), nil},
		} {
			if err := topic.Publish(t.Context(), c.v); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", c.name, err, c.want)
			}
		}
		if err := topic.Publish(t.Context(), seal(t, 1, record.Statement, 0, 666, "a")); err == nil || errors.Is(err, gossip.ErrIgnore) {
			t.Errorf("check: got %v, want its error", err)
		}
	})
}

// Who passes on what no honest peer would is not listened to any more.
func TestBadPeerIsShutOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		strict := statements
		strict.Check = func(v record.Verified) error { return errors.New("no") }
		metrics := prometheus.NewRegistry()
		net := simnet.New(2)
		net.Start()
		defer net.Close()
		var hosts []host.Host
		var rs []*gossip.Router
		for i, c := range []gossip.Config{{Network: 7, Metrics: metrics}, {Network: 7}} {
			h, err := net.Host(i, simnet.Link{})
			if err != nil {
				t.Fatal(err)
			}
			defer h.Close()
			rule := statements
			if i == 0 {
				rule = strict
			}
			r, err := gossip.New(h, []gossip.Rule{rule}, c)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			hosts, rs = append(hosts, h), append(rs, r)
		}
		if err := hosts[1].Connect(t.Context(), peer.AddrInfo{ID: hosts[0].ID(), Addrs: hosts[0].Addrs()}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Second)
		for i := range 100 {
			if err := rs[1].Topic("statement").Publish(t.Context(), seal(t, 1, record.Statement, 0, uint64(i), "")); err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond)
		}
		if _, ok := next(t, rs[0].Topic("statement")); ok {
			t.Error("a refused record was delivered")
		}
		seen := 0.0
		families, err := metrics.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range families {
			if f.GetName() == "peer_gossip_records_total" {
				for _, m := range f.GetMetric() {
					seen += m.GetCounter().GetValue()
				}
			}
		}
		if seen < 2 || seen > 20 {
			t.Errorf("%v of 100 bad records were looked at, want a few and then none", seen)
		}
	})
}

func TestRulesAreComplete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := simnet.New(3)
		net.Start()
		defer net.Close()
		h, err := net.Host(0, simnet.Link{})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		for name, rules := range map[string][]gossip.Rule{
			"no check": {{Name: "a", Types: []record.Type{record.Offer}}},
			"no type":  {{Name: "a", Check: anyone}},
			"twice":    {statements, statements},
		} {
			if r, err := gossip.New(h, rules, gossip.Config{}); err == nil {
				r.Close()
				t.Errorf("%s: got no error", name)
			}
		}
	})
}
