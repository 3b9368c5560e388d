package pin_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

// alone is a peer without others.
func alone(t *testing.T, c pin.Config) (*pin.Service, *block.Store) {
	t.Helper()
	db := openDB(t, ":memory:")
	t.Cleanup(func() { _ = db.Close() })
	blocks := block.New(dssync.MutexWrap(datastore.NewMapDatastore()))
	c.Log = silent
	s, err := pin.Open(db, blocks, c)
	if err != nil {
		t.Fatal(err)
	}
	return s, blocks
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// stored counts blocks.
func stored(t *testing.T, blocks *block.Store) int {
	t.Helper()
	st, err := blocks.Stat(t.Context())
	must(t, err)
	return st.Blocks
}

func TestPinOneThing(t *testing.T) {
	s, blocks := alone(t, pin.Config{Network: network, Key: keyOf(t, 1)})
	d, hold := putDataset(t, blocks, 1, 2, 30_000)
	loose, err := blocks.Add(t.Context(), cid.Raw, []byte("loose"))
	must(t, err)
	must(t, s.Add(t.Context(), pin.Pin{Root: d.Root, Name: "all of it"}))
	hold.Release()
	list, err := s.List(t.Context())
	if err != nil || len(list) != 1 || list[0].State != pin.Queued || !list[0].Whole {
		t.Fatalf("added: %+v, %v", list, err)
	}
	must(t, s.Work(t.Context()))
	must(t, s.Wait(t.Context(), d.Root))
	st, err := s.Status(t.Context(), d.Root)
	if err != nil || st.State != pin.Pinned || st.Name != "all of it" || st.Bytes < 2*2*30_000 {
		t.Fatalf("pinned: %+v, %v", st, err)
	}
	if f, err := s.GC(t.Context()); err != nil || f.Blocks != 1 {
		t.Fatalf("collected: %+v, %v, want the loose block", f, err)
	}
	if has, err := blocks.Has(t.Context(), loose); err != nil || has || stored(t, blocks) != 1+2+40 {
		t.Errorf("%d blocks are left, loose %t, %v", stored(t, blocks), has, err)
	}
	must(t, s.Remove(t.Context(), d.Root))
	if err := s.Remove(t.Context(), d.Root); !errors.Is(err, pin.ErrNotPinned) {
		t.Errorf("removed twice: %v", err)
	}
	if _, err := s.GC(t.Context()); err != nil || stored(t, blocks) != 0 {
		t.Errorf("%d blocks are left, %v", stored(t, blocks), err)
	}
}

// A peer alone is given every piece of what it shares, and pledges them.
func TestShareAlone(t *testing.T) {
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	s, blocks := alone(t, pin.Config{Network: network, Key: keyOf(t, 1), Now: func() time.Time { return now }})
	d, hold := putDataset(t, blocks, 1, 3, 30_000)
	d.Bytes = 1 << 20
	must(t, s.Add(t.Context(), d.Pin))
	hold.Release()
	must(t, s.Work(t.Context()))
	st, err := s.Status(t.Context(), d.Root)
	if err != nil || st.State != pin.Pinned || len(st.Pieces) != 60 || st.Count[pin.Pinned] != 60 {
		t.Fatalf("%+v, %v", st, err)
	}
	pledges, err := s.Pledges(t.Context())
	if err != nil || len(pledges) != 1 {
		t.Fatalf("%d pledges, %v", len(pledges), err)
	}
	p, err := pin.OpenPledge(pledges[0])
	if err != nil || len(p.Pieces) != 60 || p.Bytes != 1<<20 || !p.Until.After(now) {
		t.Errorf("%+v, %v", p, err)
	}

	// It leaves: others may rely on the pieces for two hours more.
	must(t, s.Remove(t.Context(), d.Root))
	if list, err := s.List(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("removed: %+v, %v", list, err)
	}
	must(t, s.Work(t.Context()))
	if f, err := s.GC(t.Context()); err != nil || f.Blocks != 0 {
		t.Errorf("at once: collected %+v, %v", f, err)
	}
	if pledges, _ = s.Pledges(t.Context()); len(pledges) != 1 {
		t.Fatalf("%d pledges", len(pledges))
	}
	if p, err = pin.OpenPledge(pledges[0]); err != nil || len(p.Pieces) != 0 || p.Bytes != 0 {
		t.Errorf("after it left: %+v, %v", p, err)
	}
	now = now.Add(2 * time.Hour)
	must(t, s.Work(t.Context()))
	if _, err := s.GC(t.Context()); err != nil || stored(t, blocks) != 0 {
		t.Errorf("later: %d blocks are left, %v", stored(t, blocks), err)
	}
}

func TestQuota(t *testing.T) {
	s, blocks := alone(t, pin.Config{Network: network, Key: keyOf(t, 1), Quota: 150_000})
	d, hold := putDataset(t, blocks, 1, 1, 30_000)
	defer hold.Release()
	d.Bytes = 200_000
	if err := s.Add(t.Context(), d.Pin); !errors.Is(err, pin.ErrQuota) || !strings.Contains(err.Error(), "raise the quota") {
		t.Errorf("a pledge over the quota: %v", err)
	}
	d.Bytes = 100_000
	must(t, s.Add(t.Context(), d.Pin))
	must(t, s.Add(t.Context(), d.Pin)) // again changes nothing
	if u, err := s.Usage(t.Context()); err != nil || u.Promised != 100_000 || u.Free() != 50_000 {
		t.Errorf("%+v, %v", u, err)
	}
	must(t, s.Work(t.Context()))
	if u, err := s.Usage(t.Context()); err != nil || u.Pinned < 60_000 || u.Promised > 40_000 || u.Free() > 50_000 {
		t.Errorf("%+v, %v", u, err)
	}
	big, more := putDataset(t, blocks, 9, 1, 50_000)
	defer more.Release()
	must(t, s.Add(t.Context(), pin.Pin{Root: big.Root}))
	must(t, s.Work(t.Context()))
	st, err := s.Status(t.Context(), big.Root)
	if err != nil || st.State != pin.Error || !strings.Contains(st.Reason, "raise the quota") || st.Retry.IsZero() {
		t.Errorf("%+v, %v", st, err)
	}
	if err := s.Wait(t.Context(), big.Root); err == nil || !strings.Contains(err.Error(), "quota") {
		t.Errorf("wait: %v", err)
	}
}

// Who keeps a Datanet whole and pledges pieces of it has each block once, and
// pays for it once.
func TestQuotaOfTheSource(t *testing.T) {
	s, blocks := alone(t, pin.Config{Network: network, Key: keyOf(t, 1), Quota: 150_000})
	d, hold := putDataset(t, blocks, 1, 1, 30_000)
	defer hold.Release()
	d.Whole, d.Bytes = true, 100_000
	must(t, s.Add(t.Context(), d.Pin))
	must(t, s.Work(t.Context()))
	st, err := s.Status(t.Context(), d.Root)
	if err != nil || st.State != pin.Pinned || st.Count[pin.Pinned] != 20 {
		t.Fatalf("%+v, %v", st, err)
	}
	here, err := blocks.Stat(t.Context())
	size := here.Bytes
	if err != nil || st.Bytes != size {
		t.Errorf("%d bytes because of the pin, %d in the store, %v", st.Bytes, size, err)
	}
	u, err := s.Usage(t.Context())
	if err != nil || u.Pinned != size || u.Pinned+u.Promised != 100_000 || u.Free() != 50_000 {
		t.Errorf("%+v, %v; the store has %d bytes", u, err, size)
	}
	must(t, s.Add(t.Context(), d.Pin)) // again changes nothing
	must(t, s.Work(t.Context()))
	if again, err := s.Usage(t.Context()); err != nil || again != u {
		t.Errorf("%+v, %v, was %+v", again, err, u)
	}
}

// A command without the key looks and queues; it gives no pieces away.
func TestWithoutKey(t *testing.T) {
	s, blocks := alone(t, pin.Config{})
	d, hold := putDataset(t, blocks, 1, 1, 30_000)
	defer hold.Release()
	must(t, s.Add(t.Context(), d.Pin))
	must(t, s.Work(t.Context()))
	st, err := s.Status(t.Context(), d.Root)
	if err != nil || st.State != pin.Remote || st.Count[pin.Remote] != 20 {
		t.Errorf("%+v, %v", st, err)
	}
	if _, err := s.Answer(t.Context(), nil); !errors.Is(err, pin.ErrRefused) {
		t.Errorf("answer: %v", err)
	}
}

// What is missing or damaged is found, said and got back.
func TestRecover(t *testing.T) {
	s, blocks := alone(t, pin.Config{Network: network, Key: keyOf(t, 1)})
	d, hold := putDataset(t, blocks, 1, 1, 30_000)
	hold.Release()
	d.Bytes = 1 << 20
	must(t, s.Add(t.Context(), d.Pin))
	must(t, s.Work(t.Context()))
	chunk := d.layouts[0].Stripes[0][7]
	data, err := blocks.Get(t.Context(), chunk)
	must(t, err)
	must(t, blocks.Delete(t.Context(), chunk))
	var missing []pin.Missing
	for m, err := range s.Verify(t.Context()) {
		must(t, err)
		missing = append(missing, m)
	}
	if len(missing) != 1 || missing[0].Block != chunk || !errors.Is(missing[0].Err, block.ErrNotFound) {
		t.Fatalf("missing: %+v", missing)
	}
	if n, err := s.Recover(t.Context(), d.Root); err != nil || n != 1 {
		t.Fatalf("recovered %d, %v", n, err)
	}
	must(t, s.Work(t.Context()))
	st, err := s.Status(t.Context(), d.Root)
	if err != nil || st.State != pin.Error || !strings.Contains(st.Reason, "piece 0/7") || !strings.Contains(st.Reason, chunk.String()) {
		t.Fatalf("%+v, %v", st, err)
	}
	must(t, blocks.Put(t.Context(), chunk, data))
	if n, err := s.Recover(t.Context(), cid.Undef); err != nil || n != 1 {
		t.Fatalf("recovered %d, %v", n, err)
	}
	must(t, s.Work(t.Context()))
	must(t, s.Wait(t.Context(), d.Root))
	if _, err := s.Recover(t.Context(), chunk); !errors.Is(err, pin.ErrNotPinned) {
		t.Errorf("recover what is not pinned: %v", err)
	}
	// GC refuses to guess what hangs on a block that is gone.
	must(t, blocks.Delete(t.Context(), d.Root))
	if _, err := s.GC(t.Context()); err == nil || !strings.Contains(err.Error(), "recover") {
		t.Errorf("collect with a missing root: %v", err)
	}
}

// A later version takes the place of the earlier and keeps its pieces.
func TestNewVersion(t *testing.T) {
	s, blocks := alone(t, pin.Config{Network: network, Key: keyOf(t, 1)})
	one, hold := putDataset(t, blocks, 1, 1, 30_000)
	defer hold.Release()
	one.Bytes = 1 << 20
	must(t, s.Add(t.Context(), one.Pin))
	must(t, s.Work(t.Context()))
	two, more := putDataset(t, blocks, 1, 2, 30_000) // begins with the same shard
	defer more.Release()
	two.Bytes = 1 << 20
	must(t, s.Add(t.Context(), two.Pin))
	must(t, s.Work(t.Context()))
	list, err := s.List(t.Context())
	if err != nil || len(list) != 1 || list[0].Root != two.Root || list[0].Count[pin.Pinned] != 40 {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := s.Add(t.Context(), one.Pin); err == nil || !strings.Contains(err.Error(), "no later version") {
		t.Errorf("back to the earlier version: %v", err)
	}
	for _, bad := range []pin.Pin{{}, {Root: one.Root, Bytes: 5}, {Root: one.Root, Shards: one.Shards}} {
		if err := s.Add(t.Context(), bad); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}

// count returns how many audits had a result.
func count(t *testing.T, r *prometheus.Registry, result string) (n float64) {
	t.Helper()
	families, err := r.Gather()
	must(t, err)
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "peer_pin_audits_total" && m.GetLabel()[0].GetValue() == result {
				n += m.GetCounter().GetValue()
			}
		}
	}
	return n
}

// Bad lines and a block that is gone at one peer are no faults: it is asked
// again, and gets the block back by itself.
func TestHonestPeersAreNotFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var counts [5]*prometheus.Registry
		v := newVillage(t, 4, 5, func(i int, c *pin.Config) {
			counts[i] = prometheus.NewRegistry()
			c.Metrics = counts[i]
		})
		v.run()
		defer v.close()
		v.loss = 0.2
		d := v.share(4, 1, 20_000)
		v.settle(d, 30*time.Minute)
		st, err := v.all[1].pins.Status(t.Context(), d.Root)
		must(t, err)
		lost := 0
		for _, p := range st.Pieces {
			if p.State == pin.Pinned {
				must(t, v.all[1].blocks.Delete(t.Context(), d.layouts[0].Stripes[0][p.Index]))
				lost++
			}
		}
		time.Sleep(6 * time.Hour)
		for i, m := range v.all {
			audits, err := m.pins.Audits(t.Context())
			must(t, err)
			if len(audits) != 4 {
				t.Errorf("peer %d audits %d others", i, len(audits))
			}
			for _, a := range audits {
				if len(a.Faults) > 0 || a.OK.IsZero() {
					t.Errorf("peer %d: %+v", i, a.Watch)
				}
			}
		}
		late := 0.0
		for _, c := range counts {
			late += count(t, c, "missed")
		}
		if lost == 0 || late == 0 {
			t.Errorf("%d blocks were lost, %v answers late: this tests nothing", lost, late)
		}
		for m := range v.all[1].pins.Verify(t.Context()) {
			t.Errorf("%s is still missing", m.Block)
		}
	})
}

// A peer that is offline blames nobody: others are asked again when it is back.
func TestOfflinePeerBlamesNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		counts := prometheus.NewRegistry()
		var offline atomic.Bool
		v := newVillage(t, 6, 4, func(i int, c *pin.Config) {
			if i == 0 {
				c.Metrics, c.Online = counts, func() bool { return !offline.Load() }
			}
		})
		v.run()
		defer v.close()
		d := v.share(6, 1, 20_000)
		v.settle(d, 30*time.Minute)
		time.Sleep(2 * time.Hour)
		v.leave(1, 2, 3)
		offline.Store(true)
		time.Sleep(6 * time.Hour)
		audits, err := v.all[0].pins.Audits(t.Context())
		must(t, err)
		for _, a := range audits {
			if len(a.Faults) > 0 || a.Evicted {
				t.Errorf("%+v", a.Watch)
			}
		}
		if void := count(t, counts, "void"); void == 0 || len(audits) != 3 {
			t.Errorf("%v audits without a result, of %d peers: this tests nothing", void, len(audits))
		}
		offline.Store(false) // now it is their silence
		time.Sleep(6 * time.Hour)
		audits, err = v.all[0].pins.Audits(t.Context())
		must(t, err)
		for _, a := range audits {
			if len(a.Faults) == 0 {
				t.Errorf("silent, and not at fault: %+v", a.Watch)
			}
		}
	})
}
