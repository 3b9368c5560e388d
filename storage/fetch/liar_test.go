package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/boxo/bitswap/message"
	pb "github.com/ipfs/boxo/bitswap/message/pb"
	"github.com/ipfs/boxo/bitswap/network"
	"github.com/ipfs/boxo/bitswap/network/bsnet"
	blocks "github.com/ipfs/go-block-format"
	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/client"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"
	"github.com/multiformats/go-multiaddr"

	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/storage/fetch"
)

// A liar says it has everything and sends other bytes.
type liar struct {
	t    *testing.T
	host host.Host
	wire network.BitSwapNetwork
}

func (w *world) addLiar() *liar {
	i := len(w.peers)
	options := append(w.net.Options(i, simnet.Link{}), libp2p.ListenAddrStrings(simnet.Addr(i)))
	l := &liar{t: w.t, host: newHost(w.t, options...)}
	l.wire = bsnet.NewFromIpfsHost(l.host)
	l.wire.Start(l)
	w.peers = append(w.peers, &member{host: l.host, stop: l.wire.Stop})
	return l
}

func (l *liar) ReceiveMessage(ctx context.Context, from peer.ID, m message.BitSwapMessage) {
	out := message.New(false)
	for i, e := range m.Wantlist() {
		switch {
		case e.Cancel:
		case e.WantType == pb.Message_Wantlist_Have:
			out.AddHave(e.Cid)
		default:
			out.AddBlock(blocks.NewBlock(fmt.Appendf(nil, "a lie %d about %s", i, e.Cid)))
		}
	}
	if !out.Empty() {
		_ = l.wire.SendMessage(ctx, from, out) // it may have been disconnected by now
	}
}

func (l *liar) ReceiveError(error)       {}
func (l *liar) PeerConnected(peer.ID)    {}
func (l *liar) PeerDisconnected(peer.ID) {}

// Wrong blocks name their sender. With an honest source everything comes all
// the same; the liar is not asked again.
func TestWrongBlockNamesThePeer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		honest, to := w.add(fetch.Config{}), w.add(fetch.Config{Idle: 30 * time.Second})
		l := w.addLiar()
		bad := peer.AddrInfo{ID: l.host.ID(), Addrs: l.host.Addrs()}
		cids := honest.put(t, 1, 20, 3000)

		x := to.session(t, bad)
		err := x.Blocks(t.Context(), cids)
		var wrong *fetch.WrongBlockError
		if !errors.Is(err, fetch.ErrStalled) || !errors.As(err, &wrong) || wrong.Peer != l.host.ID() || to.holds(t, cids) != 0 {
			t.Errorf("got %v, want a stall and the liar's name", err)
		}
		x.Close()

		x = to.session(t, bad, honest.info())
		if err := x.Blocks(t.Context(), cids); err != nil || to.holds(t, cids) != 20 {
			t.Errorf("%v, holds %d", err, to.holds(t, cids))
		}
		if st := x.Status(); st.From[l.host.ID()] != 0 {
			t.Errorf("took bytes of the liar: %+v", st)
		}
		x.Close()

		fresh := w.add(fetch.Config{Idle: 30 * time.Second}) // which has not met the liar
		x = fresh.session(t, bad, honest.info())
		defer x.Close()
		if err := x.Blocks(t.Context(), cids); err != nil || fresh.holds(t, cids) != 20 {
			t.Errorf("beside the liar: %v, holds %d, %+v", err, fresh.holds(t, cids), x.Status())
		}
	})
}

// A peer that is reached over a limited relay only sends nothing, and the error
// says why. This is on real sockets: simulated ones have no relay.
func TestNeverOverALimitedRelay(t *testing.T) {
	tcp := libp2p.ListenAddrStrings("/ip4/127.0.0.1/tcp/0")
	hub := newHost(t, tcp)
	defer hub.Close()
	service, err := relay.New(hub)
	if err != nil {
		t.Fatal(err)
	}
	defer service.Close()

	var ends [2]*member
	for i := range ends {
		ends[i] = &member{host: newHost(t, libp2p.NoListenAddrs, libp2p.EnableRelay())}
		ends[i].run(t, fetch.Config{Connect: 500 * time.Millisecond, Idle: 2 * time.Second})
		defer ends[i].host.Close()
		defer ends[i].stop()
		if err := ends[i].host.Connect(t.Context(), peer.AddrInfo{ID: hub.ID(), Addrs: hub.Addrs()}); err != nil {
			t.Fatal(err)
		}
	}
	from, to := ends[0], ends[1]
	if _, err := client.Reserve(t.Context(), from.host, peer.AddrInfo{ID: hub.ID(), Addrs: hub.Addrs()}); err != nil {
		t.Fatal(err)
	}
	cids := from.put(t, 1, 2, 100)
	via, err := multiaddr.NewMultiaddr(fmt.Sprintf("%s/p2p/%s/p2p-circuit", hub.Addrs()[0], hub.ID()))
	if err != nil {
		t.Fatal(err)
	}
	x := to.session(t, peer.AddrInfo{ID: from.host.ID(), Addrs: []multiaddr.Multiaddr{via}})
	defer x.Close()
	err = x.Blocks(t.Context(), cids)
	if !errors.Is(err, fetch.ErrStalled) || !strings.Contains(err.Error(), "over a relay only") || to.holds(t, cids) != 0 {
		t.Errorf("got %v and %d blocks, want a stall that names the relay", err, to.holds(t, cids))
	}
}
