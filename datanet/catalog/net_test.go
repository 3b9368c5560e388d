package catalog

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

// A mesh joins catalogs as the topic, the DHT and the streams do.
type mesh struct {
	mu        sync.Mutex
	peers     map[string]*Catalog
	topics    map[string]chan record.Verified
	providers map[cid.Cid][]string
	published int
}

func newMesh() *mesh {
	return &mesh{peers: map[string]*Catalog{}, topics: map[string]chan record.Verified{}, providers: map[cid.Cid][]string{}}
}

func (m *mesh) join(name string, c *Catalog) Net {
	m.mu.Lock()
	defer m.mu.Unlock()
	inbox := make(chan record.Verified, 100)
	m.peers[name], m.topics[name] = c, inbox
	return Net{
		Publish: func(_ context.Context, v record.Verified) error {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.published++
			for _, to := range m.topics {
				to <- v
			}
			return nil
		},
		Next: func(ctx context.Context) (record.Verified, error) {
			select {
			case v := <-inbox:
				return v, nil
			case <-ctx.Done():
				return record.Verified{}, ctx.Err()
			}
		},
		Provide: func(_ context.Context, k cid.Cid) error {
			m.mu.Lock()
			defer m.mu.Unlock()
			if !slices.Contains(m.providers[k], name) {
				m.providers[k] = append(m.providers[k], name)
			}
			return nil
		},
		Providers: func(_ context.Context, k cid.Cid) iter.Seq[string] {
			m.mu.Lock()
			defer m.mu.Unlock()
			return slices.Values(slices.Clone(m.providers[k]))
		},
		Ask: func(ctx context.Context, peer string, request []byte) iter.Seq2[[]byte, error] {
			m.mu.Lock()
			c := m.peers[peer]
			m.mu.Unlock()
			return func(yield func([]byte, error) bool) {
				if err := c.Answer(ctx, request, func(b []byte) error {
					if !yield(b, nil) {
						return errors.New("gone")
					}
					return nil
				}); err != nil && err.Error() != "gone" {
					yield(nil, err)
				}
			}
		},
	}
}

// A Datanet that one peer announces is known, checked and searched by the others,
// also by one that comes later; it is announced again in time, and forgotten when
// nobody keeps it.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMesh()
		ctx, cancel := context.WithCancel(t.Context())
		var work sync.WaitGroup
		start := func(name string, w *world) (*world, Net) {
			w.c.Now, w.c.Expire = time.Now, 36*time.Hour
			net := m.join(name, w.Catalog)
			work.Go(func() { must(t, w.Run(ctx, net)) })
			return w, net
		}
		a, netA := start("a", newWorld(t, nil))
		b, _ := start("b", newWorld(t, nil))
		s := a.seal("ann", a.draft("words", "english"))
		b.mu.Lock()
		b.blocks[s.CID()] = s.Record().Envelope()
		b.mu.Unlock()
		a.setKeep(s.Datanet(), true)
		a.mustAdd(s)
		synctest.Wait()
		must(t, a.Announce(ctx, netA, s.Datanet()))
		synctest.Wait()
		if e, err := b.Entry(ctx, s.Datanet()); err != nil || e.State != Valid || e.Head != s.CID() {
			t.Errorf("heard: got %+v, %v", e, err)
		}
		c, netC := start("c", newWorld(t, nil))
		c.mu.Lock()
		c.blocks[s.CID()] = s.Record().Envelope()
		c.mu.Unlock()
		if n, err := c.Sync(ctx, netC); err != nil || n < 2 { // of two peers, and maybe of itself
			t.Errorf("sync: got %d, %v", n, err)
		}
		if e, err := c.Resolve(ctx, "words"); err != nil || e.Head != s.CID() {
			t.Errorf("synced: got %+v, %v", e, err)
		}
		// For three days a alone keeps it known to all.
		time.Sleep(3 * 24 * time.Hour)
		synctest.Wait()
		for name, w := range map[string]*world{"a": a, "b": b, "c": c} {
			if _, err := w.Entry(ctx, s.Datanet()); err != nil {
				t.Errorf("%s after three days: %v", name, err)
			}
		}
		if m.published < 5 || m.published > 8 { // every twelve hours, and at first
			t.Errorf("announced %d times in three days", m.published)
		}
		a.setKeep(s.Datanet(), false)
		time.Sleep(2 * 24 * time.Hour)
		synctest.Wait()
		for name, w := range map[string]*world{"a": a, "b": b, "c": c} {
			if _, err := w.Entry(ctx, s.Datanet()); !errors.Is(err, ErrUnknown) {
				t.Errorf("%s after nobody kept it: got %v", name, err)
			}
		}
		cancel()
		work.Wait()
	})
}

// What only the DHT knows is found by ID and by name.
func TestFind(t *testing.T) {
	m, a, b := newMesh(), newWorld(t, nil), newWorld(t, nil)
	netA, netB := m.join("a", a.Catalog), m.join("b", b.Catalog)
	one, two := a.seal("ann", a.draft("words")), a.seal("bob", a.draft("words"))
	a.mustAdd(one)
	a.mustAdd(two)
	must(t, a.Announce(t.Context(), Net{Provide: netA.Provide}, one.Datanet()))
	if e, err := b.Find(t.Context(), netB, one.Datanet()); err != nil || e.Head != one.CID() {
		t.Errorf("by ID: got %+v, %v", e, err)
	}
	if _, err := b.Find(t.Context(), netB, two.Datanet()); !errors.Is(err, ErrUnknown) {
		t.Errorf("what nobody provides: got %v", err)
	}
	if list, err := b.FindName(t.Context(), netB, "words"); err != nil || len(list) != 2 {
		t.Errorf("by name: got %d, %v", len(list), err)
	}
	if list, err := b.FindName(t.Context(), netB, "nothing"); err != nil || len(list) != 0 {
		t.Errorf("by a name that nobody has: got %v, %v", list, err)
	}
}

// Many Datanets come page by page; each once.
func TestPages(t *testing.T) {
	m := newMesh()
	a, b := newWorld(t, func(c *Config) { c.PerKey = 1000 }), newWorld(t, func(c *Config) { c.PerKey = 1000 })
	netB := m.join("b", b.Catalog)
	netA := m.join("a", a.Catalog)
	const n = pageSize + 7
	for i := range n {
		a.mustAdd(a.seal("ann", a.draft(fmt.Sprint("set-", i))))
	}
	must(t, netA.Provide(t.Context(), MeetingKey(network, a.clock.now())))
	if got, err := b.Sync(t.Context(), netB); err != nil || got != n {
		t.Errorf("got %d, %v, want %d", got, err, n)
	}
}

// Peers that answer with something else than was asked for, or without an end,
// do not get it into the catalog.
func TestLiars(t *testing.T) {
	w := newWorld(t, nil)
	wanted, other := w.seal("ann", w.draft("wanted")), w.seal("bob", w.draft("other"))
	endless := func(yield func([]byte, error) bool) {
		for yield(wanted.Record().Envelope(), nil) {
		}
	}
	once := func(b []byte, err error) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) { yield(b, err) }
	}
	for _, c := range []struct {
		name, want string
		answer     iter.Seq2[[]byte, error]
		found      bool
	}{
		{"garbage", "not an envelope", once([]byte("garbage"), nil), false},
		{"an error", "timeout", once(nil, errors.New("timeout")), false},
		{"another Datanet", "was not asked for", once(other.Record().Envelope(), nil), false},
		{"without an end", "longer answer", endless, true},
	} {
		must(t, w.Remove(t.Context(), wanted.Datanet()))
		net := Net{
			Providers: func(context.Context, cid.Cid) iter.Seq[string] { return slices.Values([]string{"liar"}) },
			Ask:       func(context.Context, string, []byte) iter.Seq2[[]byte, error] { return c.answer },
		}
		_, err := w.Find(t.Context(), net, wanted.Datanet())
		if (err == nil) != c.found || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want ...%s...", c.name, err, c.want)
		}
		if _, err := w.Entry(t.Context(), other.Datanet()); err == nil {
			t.Errorf("%s: it got in", c.name)
		}
		if err := w.ask(t.Context(), net, Key(network, wanted.Datanet()), nil, func(id manifest.ID) bool { return id == wanted.Datanet() }); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want ...%s...", c.name, err, c.want)
		}
	}
}

// Any request is answered or refused.
func FuzzAnswer(f *testing.F) {
	w := newWorld(f, nil)
	s := w.seal("ann", w.draft("words"))
	w.mustAdd(s)
	id := s.Datanet()
	for _, r := range [][]byte{request(askID, id[:]), request(askName, []byte("words")), request(askPage, nil), request(askPage, make([]byte, 32)), {0x82, 0x00, 0x40}, nil} {
		f.Add(r)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		sent := 0
		err := w.Answer(t.Context(), in, func([]byte) error { sent++; return nil })
		if err != nil && sent > 0 || sent > 1 {
			t.Fatalf("%x: %d sent, %v", in, sent, err)
		}
	})
}
