package storetest

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"

	"github.com/openledger/openledger/storage/block"
)

// Faults checks a store on a datastore that fails: no read gives wrong bytes;
// once the faults have ended, Verify names every block that is damaged, and
// deleting and storing those again mends the store.
func Faults(t *testing.T, open func(t *testing.T) datastore.Batching) {
	for name, rates := range map[string]Rates{
		"errors":      {Error: 0.2},
		"short reads": {Short: 0.3},
		"torn writes": {Torn: 0.3},
		"disk full":   {Room: 200_000},
		"bit rot":     {Rot: 0.3},
		"all of them": {Error: 0.05, Short: 0.1, Torn: 0.1, Rot: 0.1, Room: 400_000},
	} {
		t.Run(name, func(t *testing.T) {
			seeds := uint64(1)
			if long() {
				seeds = 20
			}
			for seed := range seeds {
				f := NewFaulty(open(t), seed, rates)
				run(t, seed, f, block.New(f))
			}
		})
	}
}

func run(t *testing.T, seed uint64, f *Faulty, s *block.Store) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	stored := map[cid.Cid][]byte{} // what the store said it has
	failed := 0
	for range 200 {
		data := Bytes(r.Uint64(), r.IntN(4000))
		c, err := s.Add(t.Context(), cid.Raw, data)
		if err == nil {
			stored[c] = data
		} else {
			failed++
		}
		if got, err := s.Get(t.Context(), c); err == nil && !bytes.Equal(got, data) {
			t.Fatalf("seed %d: %s: got other bytes and no error", seed, c)
		} else if err != nil {
			failed++
		}
	}
	if failed == 0 {
		t.Errorf("seed %d: nothing failed: this tests nothing", seed)
	}

	f.Heal()
	damaged := map[string]bool{}
	for e, err := range s.Verify(t.Context()) {
		if err != nil && !errors.Is(err, block.ErrCorrupt) {
			t.Errorf("seed %d: verify %s: %v", seed, e.CID, err)
		}
		if err != nil {
			damaged[string(e.CID.Hash())] = true
		}
	}
	for c, data := range stored {
		_, err := s.Get(t.Context(), c)
		if (err != nil) != damaged[string(c.Hash())] {
			t.Errorf("seed %d: %s: got %v, and Verify said damaged %t", seed, c, err, damaged[string(c.Hash())])
		}
		if err == nil {
			continue
		}
		if err := errors.Join(s.Delete(t.Context(), c), s.Put(t.Context(), c, data)); err != nil {
			t.Errorf("seed %d: store %s again: %v", seed, c, err)
		}
		if got, err := s.Get(t.Context(), c); err != nil || !bytes.Equal(got, data) {
			t.Errorf("seed %d: %s mended: %v", seed, c, err)
		}
	}
}
