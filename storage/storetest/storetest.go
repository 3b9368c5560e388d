// Package storetest is the contract of a store, as tests: Test for every
// datastore that a block.Store may stand on, Faults for what the store above it
// must do when that datastore fails.
//
// The invariant it holds a store to: who gets a block gets its bytes or an
// error, whatever happens below.
package storetest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dstest "github.com/ipfs/go-datastore/test"

	"github.com/openledger/openledger/storage/block"
)

// Test checks a datastore and a store on it. open returns an empty one, which
// it closes by t.Cleanup.
func Test(t *testing.T, open func(t *testing.T) datastore.Batching) {
	t.Run("datastore", func(t *testing.T) { testDatastore(t, open) })
	for name, test := range map[string]func(t *testing.T, s *block.Store){
		"one block":          testOne,
		"what is refused":    testRefused,
		"a model":            testModel,
		"large batches":      testBatches,
		"garbage":            testGarbage,
		"garbage in between": testGarbageRace,
	} {
		t.Run(name, func(t *testing.T) { test(t, block.New(open(t))) })
	}
}

// testDatastore runs go-datastore's own suite. The combinations of its queries
// take half a minute: OPENLEDGER_LONG=1 includes them.
func testDatastore(t *testing.T, open func(t *testing.T) datastore.Batching) {
	if long() {
		dstest.SubtestAll(t, open(t))
		return
	}
	for _, test := range []func(*testing.T, datastore.Datastore){
		dstest.SubtestBasicPutGet, dstest.SubtestNotFounds, dstest.SubtestPrefix, dstest.SubtestOrder, dstest.SubtestLimit,
		dstest.SubtestFilter, dstest.SubtestManyKeysAndQuery, dstest.SubtestReturnSizes, dstest.SubtestBasicSync,
	} {
		test(t, open(t))
	}
	for _, test := range dstest.BatchSubtests {
		test(t, open(t))
	}
}

func long() bool { return os.Getenv("OPENLEDGER_LONG") != "" }

// Bytes returns n bytes that follow from the seed.
func Bytes(seed uint64, n int) []byte {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	b := make([]byte, n)
	_, _ = rand.NewChaCha8(key).Read(b) // never fails
	return b
}

func testOne(t *testing.T, s *block.Store) {
	ctx := t.Context()
	for _, n := range []int{0, 1, 1 << 10, 1<<10 + 1, block.MaxSize} {
		data := Bytes(1, n)
		c, err := block.CID(cid.Raw, data)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get(ctx, c); !errors.Is(err, block.ErrNotFound) {
			t.Errorf("%d bytes, before: got %v, want ErrNotFound", n, err)
		}
		if got, err := s.Add(ctx, cid.Raw, data); err != nil || got != c {
			t.Errorf("%d bytes: got %s, %v, want %s", n, got, err, c)
		}
		if err := s.Put(ctx, c, data); err != nil {
			t.Errorf("%d bytes, again: %v", n, err)
		}
		if got, err := s.Get(ctx, c); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%d bytes: got %d back, %v", n, len(got), err)
		}
		if size, err := s.Size(ctx, c); err != nil || size != n {
			t.Errorf("%d bytes: size %d, %v", n, size, err)
		}
		// The store knows blocks by their hash, whatever the codec.
		if has, err := s.Has(ctx, cid.NewCidV1(cid.DagCBOR, c.Hash())); err != nil || !has {
			t.Errorf("%d bytes: has %t, %v", n, has, err)
		}
		if err := errors.Join(s.Delete(ctx, c), s.Delete(ctx, c)); err != nil {
			t.Errorf("%d bytes: delete twice: %v", n, err)
		}
		if has, err := s.Has(ctx, c); err != nil || has {
			t.Errorf("%d bytes, deleted: has %t, %v", n, has, err)
		}
	}
}

func testRefused(t *testing.T, s *block.Store) {
	c, err := block.CID(cid.Raw, []byte("yes"))
	if err != nil {
		t.Fatal(err)
	}
	large := make([]byte, block.MaxSize+1)
	_, err = s.Add(t.Context(), cid.Raw, large)
	for _, e := range []struct {
		name      string
		got, want error
	}{
		{"other bytes", s.Put(t.Context(), c, []byte("no")), block.ErrCorrupt},
		{"too large", err, block.ErrTooLarge},
		{"no CID", s.Put(t.Context(), cid.Undef, nil), block.ErrNotFound},
		{"md5", s.Put(t.Context(), cid.MustParse("bafkrkecbcmupwf4lzthemmvdrcovgnif"), nil), block.ErrUnsafe},
	} {
		if !errors.Is(e.got, e.want) {
			t.Errorf("%s: got %v, want %v", e.name, e.got, e.want)
		}
	}
	for e, err := range s.All(t.Context()) {
		t.Errorf("holds %s, %v", e.CID, err)
	}
}

// list returns the blocks of a store, by multihash.
func list(t *testing.T, s *block.Store) map[string]int {
	t.Helper()
	out := map[string]int{}
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		out[string(e.CID.Hash())] = e.Size
	}
	return out
}

// testModel compares a store with a map over a seeded run of operations.
func testModel(t *testing.T, s *block.Store) {
	const seed = 7
	r := rand.New(rand.NewPCG(seed, 0))
	model := map[string]int{}
	for range 2000 {
		data := Bytes(uint64(r.IntN(50)), r.IntN(3000))
		c, err := block.CID(cid.Raw, data)
		if err != nil {
			t.Fatal(err)
		}
		switch r.IntN(3) {
		case 0:
			model[string(c.Hash())] = len(data)
			err = s.Put(t.Context(), c, data)
		case 1:
			delete(model, string(c.Hash()))
			err = s.Delete(t.Context(), c)
		default:
			_, want := model[string(c.Hash())]
			got, e := s.Get(t.Context(), c)
			if want != (e == nil) || want && !bytes.Equal(got, data) || !want && !errors.Is(e, block.ErrNotFound) {
				t.Fatalf("seed %d: got %d bytes, %v, want there %t", seed, len(got), e, want)
			}
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
	if got := list(t, s); fmt.Sprint(got) != fmt.Sprint(model) {
		t.Errorf("seed %d: got %d blocks, want %d", seed, len(got), len(model))
	}
}

func testBatches(t *testing.T, s *block.Store) {
	h := s.Hold()
	defer h.Release()
	want := map[string]int{}
	for i := range 90 { // in all more than a hold gathers
		data := Bytes(uint64(i), 1+i*12345)
		c, err := h.Add(t.Context(), cid.Raw, data)
		if err != nil {
			t.Fatal(err)
		}
		want[string(c.Hash())] = len(data)
	}
	if err := h.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := list(t, s); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %d blocks, want %d", len(got), len(want))
	}
	for e, err := range s.Verify(t.Context()) {
		if err != nil {
			t.Errorf("%s: %v", e.CID, err)
		}
	}
}

func testGarbage(t *testing.T, s *block.Store) {
	ctx := t.Context()
	add := func(text string) cid.Cid {
		c, err := s.Add(ctx, cid.Raw, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	pinned, loose, kept, late := add("pinned"), add("loose"), add("kept"), add("late")
	h := s.Hold()
	if has, err := h.Keep(ctx, kept); err != nil || !has {
		t.Fatalf("keep: %t, %v", has, err)
	}
	var fresh cid.Cid
	freed, err := s.GC(ctx, func(_ context.Context, c cid.Cid) (bool, error) {
		if !fresh.Defined() { // something comes and is held while it runs
			fresh = add("fresh")
			other := s.Hold()
			if _, err := other.Keep(ctx, late); err != nil {
				t.Error(err)
			}
			other.Release()
		}
		return string(c.Hash()) == string(pinned.Hash()), nil
	})
	if err != nil || freed.Blocks != 1 || freed.Bytes != uint64(len("loose")) {
		t.Errorf("got %+v, %v, want the loose block", freed, err)
	}
	for c, want := range map[cid.Cid]bool{pinned: true, loose: false, kept: true, late: true, fresh: true} {
		if has, err := s.Has(ctx, c); err != nil || has != want {
			t.Errorf("%s: has %t, %v, want %t", c, has, err, want)
		}
	}
	h.Release()
	if freed, err := s.GC(ctx, func(context.Context, cid.Cid) (bool, error) { return false, nil }); err != nil || freed.Blocks != 4 {
		t.Errorf("got %+v, %v, want 4 blocks", freed, err)
	}
}

// testGarbageRace puts, pins and unpins while garbage is collected: no pinned
// block is ever missing.
func testGarbageRace(t *testing.T, s *block.Store) {
	var mu sync.Mutex
	pins := map[string]bool{}
	ctx, cancel := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() {
		for ctx.Err() == nil {
			_, err := s.GC(ctx, func(_ context.Context, c cid.Cid) (bool, error) {
				mu.Lock()
				defer mu.Unlock()
				return pins[string(c.Hash())], nil
			})
			if err != nil && ctx.Err() == nil {
				t.Errorf("gc: %v", err)
			}
		}
	})
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 3))
			for range 300 {
				data := Bytes(uint64(r.IntN(20)), 100+w) // often there already, as a writer's own
				h := s.Hold()
				c, err := h.Add(ctx, cid.Raw, data)
				if err == nil {
					err = h.Flush(ctx)
				}
				mu.Lock()
				pins[string(c.Hash())] = true
				mu.Unlock()
				h.Release()
				if err == nil {
					_, err = s.Get(ctx, c)
				}
				if err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
				mu.Lock()
				pins[string(c.Hash())] = false
				mu.Unlock()
			}
		})
	}
	writers.Wait()
	cancel()
	work.Wait()
}
