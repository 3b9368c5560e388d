package fetch_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/openledger/openledger/storage/fetch"
)

// BenchmarkFetch fetches blocks of an erasure-coded shard from a peer on the
// same machine, beside a raw copy of as many bytes over a libp2p stream.
func BenchmarkFetch(b *testing.B) {
	const n, size = 1024, 256 << 10
	for _, addr := range []string{"/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/udp/0/quic-v1"} {
		from := &member{host: newHost(b, libp2p.ListenAddrStrings(addr))}
		from.run(b, fetch.Config{})
		cids := from.put(b, 1, n, size)
		name := addr[15:18]

		b.Run("raw "+name, func(b *testing.B) {
			to := newHost(b, libp2p.ListenAddrStrings(addr))
			defer to.Close()
			const raw protocol.ID = "/raw/1"
			block := make([]byte, size)
			from.host.SetStreamHandler(raw, func(s network.Stream) {
				defer s.Close()
				if _, err := s.Read(make([]byte, 1)); err != nil {
					return
				}
				for range n {
					if _, err := s.Write(block); err != nil {
						return
					}
				}
			})
			if err := to.Connect(b.Context(), from.info()); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(n * size)
			for b.Loop() {
				s, err := to.NewStream(b.Context(), from.host.ID(), raw)
				if err == nil {
					_, err = s.Write([]byte{1})
				}
				if err != nil {
					b.Fatal(err)
				}
				if got, err := io.Copy(io.Discard, s); err != nil || got != n*size {
					b.Fatal(got, err)
				}
				s.Close()
			}
		})
		b.Run("fetch "+name, func(b *testing.B) {
			b.SetBytes(n * size)
			for b.Loop() {
				b.StopTimer()
				to := &member{host: newHost(b, libp2p.ListenAddrStrings(addr))}
				to.run(b, fetch.Config{})
				if err := to.host.Connect(b.Context(), from.info()); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				x := to.session(b, from.info())
				if err := x.Blocks(b.Context(), cids); err != nil {
					b.Fatal(err, fmt.Sprint(x.Status()))
				}
				x.Close()
				b.StopTimer()
				to.stop()
				to.host.Close()
				b.StartTimer()
			}
		})
		from.stop()
		from.host.Close()
	}
}
