package fetch_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/openledger/openledger/network/simnet"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/fetch"
	"github.com/openledger/openledger/storage/storetest"
)

var quiet = slog.New(slog.DiscardHandler)

// world is some peers on simulated wires.
type world struct {
	t     *testing.T
	net   *simnet.Net
	peers []*member
}

type member struct {
	host  host.Host
	store *block.Store
	fetch *fetch.Service
	stop  func()
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, net: simnet.New(1)}
	w.net.Start()
	return w
}

func newHost(t testing.TB, options ...libp2p.Option) host.Host {
	t.Helper()
	h, err := libp2p.New(append(options, libp2p.DisableMetrics())...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// add starts one more peer.
func (w *world) add(config fetch.Config) *member {
	w.t.Helper()
	i := len(w.peers)
	options := append(w.net.Options(i, simnet.Link{Up: 100_000_000, Down: 100_000_000}), libp2p.ListenAddrStrings(simnet.Addr(i)))
	m := &member{host: newHost(w.t, options...)}
	m.run(w.t, config)
	w.peers = append(w.peers, m)
	return m
}

// run serves an empty store through the member's host.
func (m *member) run(t testing.TB, config fetch.Config) {
	t.Helper()
	m.store = block.New(dssync.MutexWrap(datastore.NewMapDatastore()))
	config.Log = quiet
	var err error
	if m.fetch, err = fetch.New(m.host, m.store, config); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() {
		if err := m.fetch.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	m.stop = func() { cancel(); work.Wait() }
}

func (w *world) close() {
	for _, m := range w.peers {
		m.stop()
		if err := m.host.Close(); err != nil {
			w.t.Error(err)
		}
	}
	w.net.Close()
}

func (m *member) info() peer.AddrInfo { return peer.AddrInfo{ID: m.host.ID(), Addrs: m.host.Addrs()} }

// put stores n blocks at a member.
func (m *member) put(t testing.TB, seed uint64, n, size int) (cids []cid.Cid) {
	t.Helper()
	for i := range n {
		c, err := m.store.Add(t.Context(), cid.Raw, storetest.Bytes(seed+uint64(i), size))
		if err != nil {
			t.Fatal(err)
		}
		cids = append(cids, c)
	}
	return cids
}

func (m *member) session(t testing.TB, hints ...peer.AddrInfo) *fetch.Session {
	t.Helper()
	x, err := m.fetch.Session(t.Context(), t.Name(), hints)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func (m *member) holds(t testing.TB, cids []cid.Cid) (n int) {
	t.Helper()
	for _, c := range cids {
		if _, err := m.store.Get(t.Context(), c); err == nil {
			n++
		}
	}
	return n
}

func TestBlocksFromAHint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		a, b := w.add(fetch.Config{}), w.add(fetch.Config{})
		cids := a.put(t, 1, 300, 10_000) // more than a window
		x := b.session(t, a.info())
		defer x.Close()
		if err := x.Blocks(t.Context(), cids); err != nil {
			t.Fatal(err)
		}
		st := x.Status()
		if b.holds(t, cids) != 300 || st.Done != 300 || st.State != fetch.Idle || st.From[a.host.ID()] != 300*10_000 {
			t.Errorf("holds %d, %+v", b.holds(t, cids), st)
		}
		if data, err := x.Get(t.Context(), cids[7]); err != nil || !bytes.Equal(data, storetest.Bytes(8, 10_000)) {
			t.Errorf("get: %d bytes, %v", len(data), err)
		}
	})
}

// Three peers hold a third each; one that holds nothing is hinted too.
func TestSeveralSources(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		to := w.add(fetch.Config{})
		var cids []cid.Cid
		var hints []peer.AddrInfo
		for i := range 4 {
			m := w.add(fetch.Config{})
			hints = append(hints, m.info())
			if i > 0 {
				cids = append(cids, m.put(t, uint64(100*i), 30, 5000)...)
			}
		}
		x := to.session(t, hints...)
		defer x.Close()
		if err := x.Blocks(t.Context(), cids); err != nil || len(x.Status().From) != 3 {
			t.Errorf("%v, %+v", err, x.Status())
		}
	})
}

// A providers table stands for the DHT.
type providers map[cid.Cid][]peer.AddrInfo

func (p providers) FindProvidersAsync(_ context.Context, c cid.Cid, _ int) <-chan peer.AddrInfo {
	out := make(chan peer.AddrInfo, len(p[c]))
	for _, info := range p[c] {
		out <- info
	}
	close(out)
	return out
}

// Without hints the DHT is asked, after known peers.
func TestProviders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		table := providers{}
		a, b := w.add(fetch.Config{}), w.add(fetch.Config{Providers: table})
		cids := a.put(t, 1, 3, 100)
		table[cids[0]] = []peer.AddrInfo{a.info()}
		x := b.session(t)
		defer x.Close()
		if err := x.Blocks(t.Context(), cids); err != nil || x.Status().Providers == 0 {
			t.Errorf("%v, %+v", err, x.Status())
		}
	})
}

// Nobody has it: the wait shows, and ends with what was tried. What came before
// stays, and a later session takes only the rest.
func TestStallsAndResumes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		a, b := w.add(fetch.Config{}), w.add(fetch.Config{Idle: 20 * time.Second})
		cids := a.put(t, 1, 10, 1000)
		late := storetest.Bytes(99, 1000)
		c, err := block.CID(cid.Raw, late)
		if err != nil {
			t.Fatal(err)
		}
		x := b.session(t, a.info(), peer.AddrInfo{ID: "nobody"})
		start := time.Now()
		var work sync.WaitGroup
		work.Go(func() {
			time.Sleep(10 * time.Second)
			if st := b.fetch.Status(); len(st) != 1 || st[0].Waiting != 1 || st[0].Done != 10 || st[0].Deadline.Sub(start) < 19*time.Second {
				t.Errorf("while it waits: %+v", st)
			}
		})
		err = x.Blocks(t.Context(), append(cids, c))
		work.Wait()
		if !errors.Is(err, fetch.ErrStalled) || !strings.Contains(err.Error(), c.String()) || !strings.Contains(err.Error(), peer.ID("nobody").String()) {
			t.Errorf("got %v, want a stall that names the block and the peer that was not reached", err)
		}
		x.Close()
		if took := time.Since(start); took > 25*time.Second || b.holds(t, cids) != 10 {
			t.Errorf("took %s, holds %d of 10", took, b.holds(t, cids))
		}
		if _, err := a.store.Add(t.Context(), cid.Raw, late); err != nil {
			t.Fatal(err)
		}
		if err := a.fetch.Announce(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		x = b.session(t, a.info())
		defer x.Close()
		if err := x.Blocks(t.Context(), append(cids, c)); err != nil || x.Status().From[a.host.ID()] != 1000 {
			t.Errorf("resumed: %v, %+v", err, x.Status())
		}
	})
}

// Peers that wait for a block get it when it appears: at once if it is
// announced, else when they ask again.
func TestBlockThatComesLater(t *testing.T) {
	for _, announced := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			defer w.close()
			a, b := w.add(fetch.Config{}), w.add(fetch.Config{})
			c, err := block.CID(cid.Raw, storetest.Bytes(1, 1000))
			if err != nil {
				t.Fatal(err)
			}
			x := b.session(t, a.info())
			defer x.Close()
			var work sync.WaitGroup
			work.Go(func() {
				time.Sleep(5 * time.Second)
				a.put(t, 1, 1, 1000)
				if announced {
					if err := a.fetch.Announce(t.Context(), c); err != nil {
						t.Error(err)
					}
				}
			})
			start := time.Now()
			err = x.Blocks(t.Context(), []cid.Cid{c})
			took := time.Since(start)
			work.Wait()
			if err != nil || announced && took > 6*time.Second {
				t.Errorf("announced %t: after %s: %v", announced, took, err)
			}
		})
	}
}

// A source that goes away is replaced by another.
func TestSourceDies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		a, b, c := w.add(fetch.Config{}), w.add(fetch.Config{}), w.add(fetch.Config{})
		cids := a.put(t, 1, 400, 50_000)
		b.put(t, 1, 400, 50_000)
		x := c.session(t, a.info(), b.info())
		defer x.Close()
		var work sync.WaitGroup
		work.Go(func() {
			time.Sleep(700 * time.Millisecond)
			w.net.Cut(1, 0)
		})
		err := x.Blocks(t.Context(), cids)
		work.Wait()
		if err != nil || c.holds(t, cids) != 400 {
			t.Errorf("%v, holds %d, %+v", err, c.holds(t, cids), x.Status())
		}
	})
}

// The deadline of the caller and the end of the service end a wait.
func TestCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		a := w.add(fetch.Config{})
		c, err := block.CID(cid.Raw, []byte("nowhere"))
		if err != nil {
			t.Fatal(err)
		}
		x := a.session(t)
		defer x.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := x.Get(ctx, c); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the deadline", err)
		}
		var work sync.WaitGroup
		work.Go(func() { time.Sleep(time.Second); a.stop() })
		if _, err := x.Get(t.Context(), c); !errors.Is(err, fetch.ErrStopped) {
			t.Errorf("got %v, want ErrStopped", err)
		}
		work.Wait()
		if _, err := a.fetch.Session(t.Context(), "", nil); !errors.Is(err, fetch.ErrStopped) {
			t.Errorf("got %v, want ErrStopped", err)
		}
	})
}

// A whole DAG comes, and no more than that.
func TestDAG(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		a, b := w.add(fetch.Config{}), w.add(fetch.Config{})
		h := a.store.Hold()
		defer h.Release()
		root, _, err := h.AddFile(t.Context(), bytes.NewReader(storetest.Bytes(5, 20_000)), block.FileConfig{Chunk: 100, Links: 5})
		if err == nil {
			err = h.Flush(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		x := b.session(t, a.info())
		defer x.Close()
		n := 0
		if err := x.DAG(t.Context(), root, func(cid.Cid, []byte) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		want, err := a.store.Stat(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, err := b.store.Stat(t.Context()); err != nil || got != want || n != want.Blocks {
			t.Errorf("got %+v and %d visits, %v, want %+v", got, n, err, want)
		}
	})
}
