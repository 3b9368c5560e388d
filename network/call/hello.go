package call

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// HelloProtocol is the same on all networks, so that a peer of another one can
// be told why it is refused.
const HelloProtocol protocol.ID = "/openledger/hello/1"

var helloLimits = Limits{Request: 256, Answer: 256, Time: 10 * time.Second, PerPeer: 4, Relay: true}

// A Hello is what two peers tell each other first.
type Hello struct {
	Network    record.Network
	Version    string    // of the software
	Arithmetic uint64    // newest version of the arithmetic that the peer computes
	Clock      time.Time // to the millisecond
}

const maxVersion = 64

// AppendCanon appends the hello to b.
func (h *Hello) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, 4)
	b = canon.AppendUint(b, uint64(h.Network))
	b = canon.AppendText(b, h.Version)
	b = canon.AppendUint(b, h.Arithmetic)
	return canon.AppendUint(b, uint64(h.Clock.UnixMilli()))
}

// ReadCanon reads what AppendCanon wrote.
func (h *Hello) ReadCanon(r *canon.Reader) {
	r.Fields(4)
	h.Network = record.Network(r.Uint(1<<64 - 1))
	if h.Version = r.Text(maxVersion); h.Version != clean(h.Version) {
		r.Fail("a version of unprintable letters")
	}
	h.Arithmetic = r.Uint(1 << 32)
	h.Clock = time.UnixMilli(int64(r.Uint(1 << 52)))
}

// ServeHello answers hellos: with our own, or with Refused and the reason if
// the peer is of another network.
func ServeHello(h host.Host, log *slog.Logger, own func() Hello) (stop func()) {
	return Serve(h, HelloProtocol, helloLimits, log, func(_ context.Context, _ peer.ID, body []byte, send func([]byte) error) error {
		var theirs Hello
		if err := canon.Decode(body, &theirs, canon.Limits{Depth: 1}); err != nil {
			return Errorf(Invalid, "hello: %s", err)
		}
		ours := own()
		if theirs.Network != ours.Network {
			return Errorf(Refused, "this peer is of network %s, you are of network %s", ours.Network, theirs.Network)
		}
		answer, err := canon.Encode(&ours)
		if err != nil {
			return err
		}
		return send(answer)
	})
}

// Greet says hello. It returns the other side's and how long the answer took.
func Greet(ctx context.Context, h host.Host, to peer.ID, own Hello) (Hello, time.Duration, error) {
	body, err := canon.Encode(&own)
	if err != nil {
		return Hello{}, 0, err
	}
	start := time.Now()
	answer, err := Do(ctx, h, to, HelloProtocol, body, helloLimits)
	took := time.Since(start)
	if err != nil {
		return Hello{}, took, err
	}
	var theirs Hello
	if err := canon.Decode(answer, &theirs, canon.Limits{Depth: 1}); err != nil {
		return Hello{}, took, fmt.Errorf("hello of %s: %w", to, err)
	}
	if theirs.Network != own.Network {
		return theirs, took, fmt.Errorf("peer %s is of network %s, we are of network %s", to, theirs.Network, own.Network)
	}
	return theirs, took, nil
}
