package ingest

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// An index whose table is small, so that it lies in many files, finds what one in
// memory finds, also after it was opened again from what was saved at any time.
func TestIndexFiles(t *testing.T) {
	const seed = 4
	r := rand.New(rand.NewPCG(seed, 0))
	plain := testIndex(t, nil)
	prefix := filepath.Join(t.TempDir(), "keys")
	files, err := newIndex(prefix, indexState{}, nil)
	must(t, err)
	files.most = len(files.table)
	var all [][1 + bands]uint64
	saved, savedAt := indexState{}, uint32(0)
	for id := range uint32(10_000) {
		var keys [1 + bands]uint64
		for i := range keys {
			keys[i] = uint64(r.Uint32N(100_000)) * 0x100000001 // many twice
		}
		all = append(all, keys)
		must(t, plain.add(id, &keys))
		must(t, files.add(id, &keys))
		switch {
		case r.IntN(1500) == 0: // saved
			must(t, files.sync())
			saved, savedAt = files.kept, id+1
			saved.Runs = nil
			for _, r := range files.kept.Runs {
				saved.Runs = append(saved.Runs, &run{Number: r.Number, Level: r.Level, Keys: r.Keys})
			}
			must(t, files.sweep())
		case r.IntN(1500) == 0 && savedAt > 0: // killed, and read again since the save
			must(t, files.close())
			files, err = newIndex(prefix, saved, nil)
			must(t, err)
			files.most = len(files.table)
			for again := files.kept.Stored; again <= id; again++ {
				must(t, files.add(again, &all[again]))
			}
			saved.Runs = nil
			for _, r := range files.kept.Runs {
				saved.Runs = append(saved.Runs, &run{Number: r.Number, Level: r.Level, Keys: r.Keys})
			}
			saved.Next, saved.Stored = files.kept.Next, files.kept.Stored
			must(t, files.sync())
		}
	}
	t.Cleanup(func() { must(t, files.close()) })
	if len(files.kept.Runs) < 3 || files.keysStored() < 150_000 {
		t.Errorf("%d files of %d keys", len(files.kept.Runs), files.keysStored())
	}
	for key := range uint64(110_000) {
		want, err := plain.candidates(key << 32)
		must(t, err)
		want = slices.Clone(want)
		got, err := files.candidates(key << 32)
		must(t, err)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d, key %d: got %v, want %v", seed, key, got, want)
		}
	}
	left, err := os.ReadDir(filepath.Dir(prefix))
	must(t, err)
	must(t, files.sweep())
	after, err := os.ReadDir(filepath.Dir(prefix))
	must(t, err)
	if len(after) != len(files.kept.Runs) {
		t.Errorf("%d files before, %d after, of %d runs", len(left), len(after), len(files.kept.Runs))
	}
}

// The filter forgets nothing and is seldom wrong.
func TestFilter(t *testing.T) {
	const n = 1 << 17
	f := newFilter(n)
	for i := range uint32(n) {
		f.add(i * 2654435761)
	}
	wrong := 0
	for i := range uint32(2 * n) {
		switch has := f.has(i * 2654435761); {
		case i < n && !has:
			t.Fatalf("key %d is forgotten", i)
		case i >= n && has:
			wrong++
		}
	}
	if wrong*100 > 4*n {
		t.Errorf("wrong for %d of %d", wrong, n)
	}
	t.Logf("%d blocks, wrong for %d of %d", len(f.blocks), wrong, n)
}
