package pin_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	_ "modernc.org/sqlite"

	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
	"github.com/openledger/openledger/storage/pin"
	"github.com/openledger/openledger/storage/storetest"
)

const network record.Network = 7

var silent = slog.New(slog.DiscardHandler)

// A village is peers in one process whose messages take a while and may be lost.
type village struct {
	t      *testing.T
	mu     sync.Mutex
	random *rand.Rand
	loss   float64 // of each packet of an audit
	all    []*villager
}

type villager struct {
	v      *village
	key    record.Key
	db     *sql.DB
	blocks *block.Store
	pins   *pin.Service
	stop   func()
	alive  bool
	got    int // blocks from others
}

const trip = 40 * time.Millisecond

func keyOf(t testing.TB, i int) record.Key {
	t.Helper()
	k, err := record.ParseKey(storetest.Bytes(uint64(i)+500, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// openDB opens a database in memory, or in a file.
func openDB(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

func newVillage(t *testing.T, seed uint64, n int, change func(i int, c *pin.Config)) *village {
	v := &village{t: t, random: rand.New(rand.NewPCG(seed, 0))}
	for i := range n {
		m := &villager{
			v: v, key: keyOf(t, i), db: openDB(t, ":memory:"), alive: true,
			blocks: block.New(dssync.MutexWrap(datastore.NewMapDatastore())),
		}
		c := pin.Config{
			Network: network, Key: m.key, Quota: 1 << 30, Log: silent,
			Fetch: m.fetch, Publish: m.publish, Wire: m,
		}
		if change != nil {
			change(i, &c)
		}
		var err error
		if m.pins, err = pin.Open(m.db, m.blocks, c); err != nil {
			t.Fatal(err)
		}
		v.all = append(v.all, m)
	}
	return v
}

// run starts everybody.
func (v *village) run() {
	for _, m := range v.all {
		ctx, cancel := context.WithCancel(context.Background())
		var work sync.WaitGroup
		work.Go(func() {
			if err := m.pins.Run(ctx); err != nil {
				v.t.Error(err)
			}
		})
		m.stop = func() { cancel(); work.Wait() }
	}
}

// leave ends peers at once, without a word.
func (v *village) leave(which ...int) {
	v.mu.Lock()
	for _, i := range which {
		v.all[i].alive = false
	}
	v.mu.Unlock()
	for _, i := range which {
		v.all[i].stop()
	}
}

func (v *village) close() {
	for _, m := range v.all {
		m.stop()
		if err := m.db.Close(); err != nil {
			v.t.Error(err)
		}
	}
}

func (v *village) others(m *villager) (out []*villager) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, o := range v.all {
		if o != m && o.alive {
			out = append(out, o)
		}
	}
	return out
}

func (v *village) peer(p record.PublicKey) *villager {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, o := range v.all {
		if o.alive && o.key.Public() == p {
			return o
		}
	}
	return nil
}

// packet is how long one message of a packet takes: a lost one is sent again, as
// QUIC does it.
func (v *village) packet() {
	v.mu.Lock()
	took := trip / 2
	for wait := 3 * trip; v.random.Float64() < v.loss; wait *= 2 {
		took += wait
	}
	v.mu.Unlock()
	time.Sleep(took)
}

func (m *villager) publish(ctx context.Context, pledge record.Verified) error {
	for _, o := range m.v.others(m) {
		if err := o.pins.Learn(ctx, pledge); err != nil {
			return err
		}
	}
	return nil
}

var errGone = errors.New("no answer")

func (m *villager) Ping(ctx context.Context, p record.PublicKey) (time.Duration, error) {
	if m.v.peer(p) == nil {
		time.Sleep(5 * time.Second)
		return 0, errGone
	}
	return trip, nil
}

func (m *villager) Audit(ctx context.Context, p record.PublicKey, challenge []byte, answered func([]byte)) ([]byte, error) {
	o := m.v.peer(p)
	if o == nil {
		return nil, errGone
	}
	m.v.packet()
	reply, err := o.pins.Answer(ctx, challenge)
	if err != nil {
		return nil, err
	}
	m.v.packet()
	answered(reply.Answer())
	return reply.Openings()
}

// A session gets blocks of any villager that has them.
type session struct {
	m    *villager
	hold *block.Hold
}

func (m *villager) fetch(context.Context, string, []record.PublicKey) (pin.Session, error) {
	return &session{m, m.blocks.Hold()}, nil
}

func (x *session) Hold() *block.Hold { return x.hold }
func (x *session) Close()            { x.hold.Release() }

func (x *session) Get(ctx context.Context, c cid.Cid) ([]byte, error) {
	if data, err := x.m.blocks.Get(ctx, c); err == nil {
		return data, nil
	}
	time.Sleep(trip)
	for _, o := range x.m.v.others(x.m) {
		if data, err := o.blocks.Get(ctx, c); err == nil {
			x.m.v.mu.Lock()
			x.m.got++
			x.m.v.mu.Unlock()
			return data, nil
		}
	}
	time.Sleep(time.Minute)
	return nil, fmt.Errorf("nobody sends %s", c)
}

func (x *session) Blocks(ctx context.Context, cids []cid.Cid) error {
	for _, c := range cids {
		if has, err := x.hold.Keep(ctx, c); err != nil || has {
			if err != nil {
				return err
			}
			continue
		}
		data, err := x.Get(ctx, c)
		if err != nil {
			return err
		}
		if err := x.hold.Put(ctx, c, data); err != nil {
			return err
		}
	}
	return x.hold.Flush(ctx)
}

// A dataset is a root that names the layouts of some shards.
type dataset struct {
	pin.Pin
	layouts []*erasure.Layout
	content [][]byte
}

// links is a block that names others.
type links []cid.Cid

func (l links) AppendCanon(b []byte) []byte {
	b = canon.AppendArray(b, len(l))
	for _, c := range l {
		b = canon.AppendCID(b, c)
	}
	return b
}

// put stores a dataset in a hold of its own.
func putDataset(t testing.TB, blocks *block.Store, seed uint64, shards, size int) (*dataset, *block.Hold) {
	t.Helper()
	d := &dataset{Pin: pin.Pin{Name: "test", Datanet: [32]byte{byte(seed), 1}}}
	h := blocks.Hold()
	var names links
	for i := range shards {
		content := storetest.Bytes(seed+uint64(i), size)
		l, err := erasure.Encode(t.Context(), bytes.NewReader(content), erasure.Default, func(ctx context.Context, b []byte) (cid.Cid, error) {
			return h.Add(ctx, cid.Raw, b)
		})
		if err != nil {
			t.Fatal(err)
		}
		c, err := h.Add(t.Context(), cid.DagCBOR, l.AppendCanon(nil))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, c)
		d.layouts = append(d.layouts, l)
		d.content = append(d.content, content)
	}
	d.Shards = names
	var err error
	if d.Root, err = h.Add(t.Context(), cid.DagCBOR, names.AppendCanon(nil)); err == nil {
		err = h.Flush(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return d, h
}

// settle waits until every piece is kept by the peer that it was given to, as
// everybody sees it.
func (v *village) settle(d *dataset, most time.Duration) {
	v.t.Helper()
	begun := time.Now()
	for {
		missing := ""
		for i, m := range v.all {
			if !m.alive {
				continue
			}
			st, err := m.pins.Status(v.t.Context(), d.Root)
			if err != nil {
				v.t.Fatal(err)
			}
			if len(st.Pieces) == 0 {
				missing = fmt.Sprintf("peer %d knows no pieces: %s %s", i, st.State, st.Reason)
			}
			for _, p := range st.Pieces {
				if !p.Kept || v.peer(p.Keeper) == nil {
					missing = fmt.Sprintf("peer %d: piece %s is %s %s, kept %t by %s", i, p.Piece, p.State, p.Reason, p.Kept, p.Keeper.Account())
				}
			}
		}
		if missing == "" {
			return
		}
		if time.Since(begun) > most {
			v.t.Fatalf("after %s: %s", most, missing)
		}
		time.Sleep(time.Minute)
	}
}

// read decodes all shards from what is left of the village.
func (v *village) read(d *dataset) {
	v.t.Helper()
	reader := v.others(nil)[0]
	for i, l := range d.layouts {
		var out bytes.Buffer
		get := func(ctx context.Context, c cid.Cid) ([]byte, error) {
			for _, o := range v.others(nil) {
				if data, err := o.blocks.Get(ctx, c); err == nil {
					return data, nil
				}
			}
			return nil, errGone
		}
		if err := erasure.Decode(v.t.Context(), &out, l, get); err != nil || !bytes.Equal(out.Bytes(), d.content[i]) {
			v.t.Fatalf("shard %d from %s: %d bytes, %v", i, reader.key.Public().Account(), out.Len(), err)
		}
	}
}

// share has every peer take part, the first with the content.
func (v *village) share(seed uint64, shards, size int) *dataset {
	v.t.Helper()
	d, hold := putDataset(v.t, v.all[0].blocks, seed, shards, size)
	for i, m := range v.all {
		p := d.Pin
		p.Whole = i == 0
		p.Bytes = 1 << 29
		if err := m.pins.Add(v.t.Context(), p); err != nil {
			v.t.Fatal(err)
		}
	}
	hold.Release()
	return d
}

// copies counts the pieces in the stores of the living.
func (v *village) copies(d *dataset) (out []int) {
	for _, l := range d.layouts {
		for i := range l.Code.Pieces() {
			n := 0
			for _, m := range v.others(nil) {
				has := true
				for _, c := range l.Piece(i) {
					if _, err := m.blocks.Get(v.t.Context(), c); err != nil {
						has = false
					}
				}
				if has {
					n++
				}
			}
			out = append(out, n)
		}
	}
	return out
}

// collect lets everybody collect garbage.
func (v *village) collect() {
	v.t.Helper()
	for _, m := range v.others(nil) {
		if _, err := m.pins.GC(v.t.Context()); err != nil {
			v.t.Fatal(err)
		}
	}
}

func ones(n int) []int { return slices.Repeat([]int{1}, n) }
