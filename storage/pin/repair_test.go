package pin_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// Any ten of twenty peers leave at once, the one with the source among them:
// every byte can be read, and within hours all pieces are there again, so that
// as many pieces may be lost a second time.
func TestTenPeersLeave(t *testing.T) {
	if testing.Short() {
		t.Skip("hours of virtual time; TestTenHostsLeave goes the same way over hosts")
	}
	seeds := []uint64{2}
	if os.Getenv("OPENLEDGER_LONG") != "" {
		seeds = []uint64{1, 2, 3, 4, 5}
	}
	for _, seed := range seeds {
		synctest.Test(t, func(t *testing.T) {
			v := newVillage(t, seed, 20, nil)
			v.run()
			defer v.close()
			d := v.share(seed, 2, 50_000)
			v.settle(d, 30*time.Minute)
			d.Whole = false
			if err := v.all[0].pins.Add(t.Context(), d.Pin); err != nil { // the source need not stay
				t.Fatal(err)
			}
			time.Sleep(3*time.Hour + 10*time.Minute) // an audit of every keeper, two hours in which others may rely on a piece, some minutes
			v.collect()
			if got := v.copies(d); !slices.Equal(got, ones(40)) {
				t.Fatalf("seed %d: %v copies of the pieces, want one each", seed, got)
			}

			left := rand.New(rand.NewPCG(seed, 1)).Perm(20)[:10]
			v.leave(left...)
			v.read(d)
			begun := time.Now()
			v.settle(d, 5*time.Hour)
			t.Logf("seed %d: repaired %s after ten peers left", seed, time.Since(begun))
			v.collect()
			if got := v.copies(d); slices.Contains(got, 0) {
				t.Fatalf("seed %d: %v copies of the pieces after the repair, want one at least", seed, got)
			}
			var next []int
			for i, m := range v.all {
				if m.alive && len(next) < 5 { // two pieces of each shard each
					next = append(next, i)
				}
			}
			v.leave(next...)
			v.read(d)
		})
	}
}
