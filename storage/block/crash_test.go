package block

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	"github.com/cockroachdb/pebble/vfs"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
)

var silent = slog.New(slog.DiscardHandler)

// long says whether the long tests run.
func long() bool { return os.Getenv("OPENLEDGER_LONG") != "" }

func fill(seed uint64, n int) []byte {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	b := make([]byte, n)
	_, _ = rand.NewChaCha8(key).Read(b) // never fails
	return b
}

// The power goes at some operation: of each key, what Sync had made durable is
// there or a later value, whole; never half a value.
func TestPowerLoss(t *testing.T) {
	runs := uint64(4)
	if long() {
		runs = 300
	}
	for seed := range runs {
		r := rand.New(rand.NewPCG(seed, 0))
		disk := vfs.NewStrictMem()
		may := map[datastore.Key][][]byte{} // what each key may hold; nil: nothing
		for range 3 {
			powerLoss(t, seed, r, disk, may)
		}
	}
}

func powerLoss(t *testing.T, seed uint64, r *rand.Rand, disk *vfs.MemFS, may map[datastore.Key][][]byte) {
	t.Helper()
	ctx := t.Context()
	d, err := openDatastore("store", disk, silent)
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	for key, values := range may { // after the last loss
		got, err := d.Get(ctx, key)
		if errors.Is(err, datastore.ErrNotFound) {
			got, err = nil, nil
		}
		ok := false
		for _, v := range values {
			ok = ok || bytes.Equal(v, got) && (v == nil) == (got == nil)
		}
		if err != nil || !ok {
			t.Fatalf("seed %d: %s holds %d bytes, %v: none of the %d values it may hold", seed, key, len(got), err, len(values))
		}
		may[key] = [][]byte{got}
	}
	crash := 20 + r.IntN(40)
	for op := range 80 {
		if op == crash {
			disk.SetIgnoreSyncs(true)
		}
		set := func(w datastore.Write, size int) {
			key := datastore.NewKey(fmt.Sprint(r.IntN(12)))
			if may[key] == nil {
				may[key] = [][]byte{nil}
			}
			value, err := []byte(nil), error(nil)
			if r.IntN(4) == 0 {
				err = w.Delete(ctx, key)
			} else {
				value = fill(r.Uint64(), size)
				err = w.Put(ctx, key, value)
			}
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			may[key] = append(may[key], value)
		}
		switch r.IntN(6) {
		case 0:
			if err := d.Sync(ctx, datastore.NewKey("/")); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if op < crash {
				for key, values := range may {
					may[key] = values[len(values)-1:]
				}
			}
		case 1: // a batch, large or small
			b, err := d.Batch(ctx)
			if err != nil {
				t.Fatal(err)
			}
			size := []int{100, 5000, bulk / 2}[r.IntN(3)]
			for range 3 {
				set(b, size)
			}
			if err := b.Commit(ctx); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		default:
			set(d, []int{0, 10, inline, inline + 1, 30_000}[r.IntN(5)])
		}
	}
	if err := d.Close(); err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	disk.ResetToSyncedState()
	disk.SetIgnoreSyncs(false)
}

// A fullFS has little room, and none at all for tables.
type fullFS struct {
	vfs.FS
	left uint64
	full bool
}

func (f *fullFS) GetDiskUsage(string) (vfs.DiskUsage, error) {
	return vfs.DiskUsage{AvailBytes: f.left}, nil
}

func (f *fullFS) Create(name string) (vfs.File, error) {
	if f.full {
		return nil, errors.New("no space left on device")
	}
	return f.FS.Create(name)
}

// An almost full disk refuses writes and nothing else; a table that finds no
// room leaves nothing behind, and the store goes on.
func TestDiskFull(t *testing.T) {
	ctx := t.Context()
	disk := &fullFS{FS: vfs.NewMem(), left: reserve / 2}
	d, err := openDatastore("store", disk, silent)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	s := New(d)
	data := fill(1, 10_000)
	if _, err := s.Add(ctx, cid.Raw, data); !errors.Is(err, ErrFull) {
		t.Fatalf("got %v, want ErrFull", err)
	}
	disk.left = 10 * reserve
	c, err := s.Add(ctx, cid.Raw, data)
	if err != nil {
		t.Fatal(err)
	}
	disk.full = true
	h := s.Hold()
	for i := range uint64(6) {
		if _, err := h.Add(ctx, cid.Raw, fill(i, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Flush(ctx); err == nil {
		t.Error("a table without room: no error")
	}
	h.Release()
	disk.full, disk.left = false, reserve/2
	if got, err := s.Get(ctx, c); err != nil || !bytes.Equal(got, data) {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if err := s.Delete(ctx, c); err != nil {
		t.Errorf("delete on a full disk: %v", err)
	}
	if st, err := s.Stat(ctx); err != nil || st.Blocks != 0 {
		t.Errorf("got %+v, %v, want nothing", st, err)
	}
}

// A rotFS turns a bit of what is read from tables.
type rotFS struct {
	vfs.FS
	mu  sync.Mutex
	rot bool
}

func (f *rotFS) Open(name string, opts ...vfs.OpenOption) (vfs.File, error) {
	file, err := f.FS.Open(name, opts...)
	return rotFile{file, f}, err
}

type rotFile struct {
	vfs.File
	fs *rotFS
}

func (f rotFile) ReadAt(b []byte, at int64) (int, error) {
	n, err := f.File.ReadAt(b, at)
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	if f.fs.rot && n > 100_000 { // a value, not an index
		b[n/2] ^= 1
	}
	return n, err
}

// A bit that rots in a table makes its block ErrCorrupt, and no other.
func TestBitRot(t *testing.T) {
	ctx := t.Context()
	disk := &rotFS{FS: vfs.NewMem()}
	d, err := openDatastore("store", disk, silent)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	s := New(d)
	h := s.Hold()
	defer h.Release()
	for i := range uint64(8) {
		if _, err := h.Add(ctx, cid.Raw, fill(i, 800_000)); err != nil {
			t.Fatal(err)
		}
	}
	few, err := h.Add(ctx, cid.Raw, []byte("a few"))
	if err == nil {
		err = h.Flush(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	disk.mu.Lock()
	disk.rot = true
	disk.mu.Unlock()
	bad := 0
	for e, err := range s.Verify(ctx) {
		if errors.Is(err, ErrCorrupt) {
			bad++
		} else if err != nil {
			t.Errorf("%s of %d bytes: %v", e.CID, e.Size, err)
		}
	}
	// Two values are in memory since the table was made, and right.
	if got, err := s.Get(ctx, few); bad < 6 || err != nil || string(got) != "a few" {
		t.Errorf("%d bad blocks, want 6 at least; got %q, %v", bad, got, err)
	}
}

// A closed store says so.
func TestClosed(t *testing.T) {
	d, err := openDatastore("store", vfs.NewMem(), silent)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Close(), d.Close()); err != nil {
		t.Fatal(err)
	}
	ctx, key := context.Background(), datastore.NewKey("a")
	_, getErr := d.Get(ctx, key)
	_, queryErr := d.Query(ctx, query.Query{})
	for name, err := range map[string]error{
		"put": d.Put(ctx, key, []byte{1}), "get": getErr, "sync": d.Sync(ctx, key), "query": queryErr, "delete": d.Delete(ctx, key),
	} {
		if !errors.Is(err, errClosed) {
			t.Errorf("%s: got %v, want %v", name, err, errClosed)
		}
	}
}
