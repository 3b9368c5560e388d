package call_test

import (
	"context"
	"io"
	"testing"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/openledger/openledger/network/call"
)

// loopback returns two connected hosts on real sockets.
func loopback(b *testing.B, addr string) (from, to host.Host) {
	b.Helper()
	var hosts [2]host.Host
	for i := range hosts {
		h, err := libp2p.New(libp2p.ListenAddrStrings(addr), libp2p.DisableMetrics())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { h.Close() })
		hosts[i] = h
	}
	if err := hosts[0].Connect(context.Background(), peer.AddrInfo{ID: hosts[1].ID(), Addrs: hosts[1].Addrs()}); err != nil {
		b.Fatal(err)
	}
	return hosts[0], hosts[1]
}

const tcp = "/ip4/127.0.0.1/tcp/0"

// BenchmarkSmallCalls reports calls per second, 16 at a time.
func BenchmarkSmallCalls(b *testing.B) {
	from, to := loopback(b, tcp)
	defer call.Serve(to, echo, call.Limits{PerPeer: 64}, quiet, func(_ context.Context, _ peer.ID, body []byte, send func([]byte) error) error { return send(body) })()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := call.Do(context.Background(), from, to.ID(), echo, []byte("ping"), call.Limits{}); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

// BenchmarkThroughput streams an answer of 1 MiB parts; raw copies the same
// bytes over a plain libp2p stream in the same run.
func BenchmarkThroughput(b *testing.B) {
	const part = 1 << 20
	block := make([]byte, part)
	for _, addr := range []string{tcp, "/ip4/127.0.0.1/udp/0/quic-v1"} {
		from, to := loopback(b, addr)
		b.Run("raw"+addr[10:14], func(b *testing.B) {
			const raw protocol.ID = "/raw/1"
			n := b.N
			to.SetStreamHandler(raw, func(s network.Stream) {
				for range n {
					if _, err := s.Write(block); err != nil {
						return
					}
				}
				s.Close()
			})
			b.SetBytes(part)
			s, err := from.NewStream(context.Background(), to.ID(), raw)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := s.Write(nil); err != nil {
				b.Fatal(err)
			}
			if got, err := io.Copy(io.Discard, s); err != nil || got != int64(n)*part {
				b.Fatal(got, err)
			}
		})
		b.Run("call"+addr[10:14], func(b *testing.B) {
			n := b.N
			defer call.Serve(to, echo, call.Limits{Time: 1 << 40}, quiet, func(_ context.Context, _ peer.ID, _ []byte, send func([]byte) error) error {
				for range n {
					if err := send(block); err != nil {
						return err
					}
				}
				return nil
			})()
			b.SetBytes(part)
			for p, err := range call.Parts(context.Background(), from, to.ID(), echo, nil, call.Limits{Time: 1 << 40}) {
				if err != nil || len(p) != part {
					b.Fatal(len(p), err)
				}
			}
		})
	}
}
