package main

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"sync/atomic"
	"testing"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/crypto"
	p2p "github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/network/call"
	"github.com/openledger/openledger/proofs/dispute"
	"github.com/openledger/openledger/proofs/record"
)

// TestHugeOpening: a side of a dispute that answers with 10 GB is cut off at the
// limit of what was asked for, long before they have come.
func TestHugeOpening(t *testing.T) {
	t.Parallel()
	var asker *jobs
	member(t, "", func(j *jobs) { asker = j })

	seed := sha256.Sum256([]byte("somebody else"))
	key, err := record.ParseKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	private, err := crypto.UnmarshalSecp256k1PrivateKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	liar, err := libp2p.New(libp2p.Identity(private), libp2p.ListenAddrStrings("/ip4/127.0.0.1/tcp/0"))
	if err != nil {
		t.Fatal(err)
	}
	defer liar.Close()
	var sent atomic.Uint64
	ended := make(chan struct{})
	generous := call.Limits{Request: 1 << 10, Answer: 1 << 40}
	defer call.Serve(liar, asker.online.node.Protocol(askOpening), generous, slog.New(slog.DiscardHandler),
		func(_ context.Context, _ p2p.ID, _ []byte, send func([]byte) error) error {
			defer close(ended)
			for part := make([]byte, 1<<20); sent.Load() < 10<<30; sent.Add(1 << 20) {
				if err := send(part); err != nil {
					return err
				}
			}
			return nil
		})()
	if _, err := asker.online.node.Connect(t.Context(), liar.Addrs()[0].String()+"/p2p/"+liar.ID().String()); err != nil {
		t.Fatal(err)
	}
	const limit = 3 << 20
	_, err = asker.askOpening(t.Context(), key.Public(), work.Question{Ask: dispute.Ask{Type: record.OpenTiles}}, limit)
	if err == nil {
		t.Error("an opening of 10 GB was taken")
	}
	<-ended
	if n := sent.Load(); n > 64<<20 {
		t.Errorf("%d MB were sent for an opening of at most %d MB", n>>20, limit>>20)
	}
	t.Logf("refused after %d MB: %v", sent.Load()>>20, err)
}
