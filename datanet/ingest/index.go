package ingest

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An index finds texts that were seen before, by 17 keys of each: of its bytes,
// and of its bands. The newest lie in a hash table of bounded size; when that is
// full they become a sorted file, and a filter says which keys are in no file. The
// texts themselves stay where they are.
//
// What is found does not depend on where the keys lie: an id is a candidate if 32
// bits of a key agree, and candidates are tried by key, then from the oldest on.
type index struct {
	text   func(id uint32) (text string, there bool, err error)
	prefix string // of the names of files
	most   int    // entries of the table

	table  []uint64 // high 32 bits of a key | id+1; 0 is empty; linear probing
	used   int
	filter filter
	kept   indexState
	old    []*run // merged since the last save

	shingles, other []uint64
	sig             signature
	page            [8 * pageKeys]byte
	ids             []uint32
}

// indexState is what is written down of an index.
type indexState struct {
	Runs   []*run
	Next   int    // number of a file
	Stored uint32 // the ids below it are in Runs
}

// tableKeys is the size of the largest table: 16 MiB.
const tableKeys = 1 << 21

// newIndex goes on from a state. Other files of its name it removes.
func newIndex(prefix string, kept indexState, text func(id uint32) (string, bool, error)) (*index, error) {
	x := &index{text: text, prefix: prefix, most: tableKeys, table: make([]uint64, 1<<12), kept: kept}
	for _, r := range kept.Runs {
		if err := r.open(runPath(prefix, r.Number)); err != nil {
			return nil, errors.Join(err, x.close())
		}
	}
	if err := x.sweep(); err != nil {
		return nil, errors.Join(err, x.close())
	}
	return x, x.refilter()
}

func (x *index) close() (err error) {
	for _, r := range append(slices.Clone(x.kept.Runs), x.old...) {
		if r.f != nil {
			err = errors.Join(err, r.f.Close())
		}
	}
	return err
}

// A match is an earlier text like the one that was looked up.
type match struct {
	id         uint32
	similarity float64 // 1: the same bytes or the same shingles
}

// keys computes the keys of a text: of its bytes, then of its bands.
func (x *index) keys(text string) (keys [1 + bands]uint64) {
	sum := sha256.Sum256([]byte(text))
	keys[0] = binary.BigEndian.Uint64(sum[:])
	x.shingles = appendShingles(x.shingles[:0], text)
	x.sig.of(x.shingles)
	for i := range bands {
		keys[1+i] = x.sig.band(i)
	}
	return keys
}

// find returns the first earlier text that is the same or a near-duplicate. The
// text is that of the last call of keys, of this index or another.
func (x *index) find(text string, shingles []uint64, keys *[1 + bands]uint64) (match, bool, error) {
	var tried []uint32
	for i, key := range keys {
		if i > 0 && len(shingles) == 0 {
			break
		}
		ids, err := x.candidates(key)
		if err != nil {
			return match{}, false, err
		}
		for _, id := range ids {
			if slices.Contains(tried, id) {
				continue
			}
			tried = append(tried, id)
			other, there, err := x.text(id)
			if err != nil {
				return match{}, false, err
			}
			if !there {
				continue
			}
			if other == text {
				return match{id, 1}, true, nil
			}
			x.other = appendShingles(x.other[:0], other)
			if s := jaccard(shingles, x.other); s >= Similar {
				return match{id, s}, true, nil
			}
		}
	}
	return match{}, false, nil
}

// candidates returns the ids of a key, ascending.
func (x *index) candidates(key uint64) (ids []uint32, err error) {
	ids = x.ids[:0]
	high := uint32(key >> 32)
	if len(x.kept.Runs) > 0 && x.filter.has(high) {
		for _, r := range x.kept.Runs {
			if ids, err = r.find(high, &x.page, ids); err != nil {
				return nil, err
			}
		}
	}
	for at := x.home(key); x.table[at] != 0; at = (at + 1) & uint64(len(x.table)-1) {
		if entry := x.table[at]; uint32(entry>>32) == high {
			ids = append(ids, uint32(entry)-1)
		}
	}
	slices.Sort(ids)
	x.ids = ids
	return ids, nil
}

// add makes a text known as id, which MUST be higher than all before.
func (x *index) add(id uint32, keys *[1 + bands]uint64) error {
	if (x.used+len(keys))*4 > len(x.table)*3 {
		if len(x.table) < x.most {
			x.grow()
		} else if err := x.spill(id); err != nil {
			return err
		}
	}
	for _, key := range keys {
		x.put(key>>32<<32 | uint64(id+1))
	}
	x.used += len(keys)
	return nil
}

func (x *index) put(entry uint64) {
	at := x.home(entry)
	for x.table[at] != 0 {
		at = (at + 1) & uint64(len(x.table)-1)
	}
	x.table[at] = entry
}

// home is where a key belongs. It depends on the half that the table keeps, so
// that the table can grow by itself.
func (x *index) home(key uint64) uint64 {
	return (key >> 32 * golden) >> 16 & uint64(len(x.table)-1)
}

func (x *index) grow() {
	old := x.table
	x.table = make([]uint64, 2*len(old))
	for _, entry := range old {
		if entry != 0 {
			x.put(entry)
		}
	}
}

// spill makes a file of the table, which holds all ids below one that are in no
// file yet.
func (x *index) spill(below uint32) error {
	entries := make([]uint64, 0, x.used)
	for _, e := range x.table {
		if e != 0 {
			entries = append(entries, e)
		}
	}
	slices.Sort(entries)
	r, err := writeRun(x.newPath(), func(yield func(uint64) error) error {
		for _, e := range entries {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	clear(x.table)
	x.used, x.kept.Stored = 0, below
	if err := x.enter(r, 0); err != nil {
		return err
	}
	if x.keysStored() > x.filter.room() {
		return x.refilter()
	}
	for _, e := range entries {
		x.filter.add(uint32(e >> 32))
	}
	return nil
}

func (x *index) newPath() string { return runPath(x.prefix, x.kept.Next) }

// enter takes a run that was just written, and merges runs while there are enough
// of one level.
func (x *index) enter(r *run, level int) error {
	r.Number, r.Level = x.kept.Next, level
	x.kept.Next++
	x.kept.Runs = append(x.kept.Runs, r)
	n := len(x.kept.Runs)
	if n < fanOut || x.kept.Runs[n-fanOut].Level != level {
		return nil
	}
	same := slices.Clone(x.kept.Runs[n-fanOut:])
	merged, err := mergeRuns(x.newPath(), same)
	if err != nil {
		return err
	}
	x.old = append(x.old, same...)
	x.kept.Runs = slices.Clone(x.kept.Runs[:n-fanOut])
	return x.enter(merged, level+1)
}

func (x *index) keysStored() (n int) {
	for _, r := range x.kept.Runs {
		n += r.Keys
	}
	return n
}

// refilter makes the filter anew, with room to grow.
func (x *index) refilter() error {
	x.filter = newFilter(2 * x.keysStored())
	for _, r := range x.kept.Runs {
		if err := r.each(func(_ int, e uint64) error { x.filter.add(uint32(e >> 32)); return nil }); err != nil {
			return err
		}
	}
	return nil
}

// sync makes the files durable.
func (x *index) sync() error {
	for _, r := range x.kept.Runs {
		if err := r.f.Sync(); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes the files that are of no use any more, after the state was saved.
func (x *index) sweep() (err error) {
	for _, r := range x.old {
		err = errors.Join(err, r.f.Close())
	}
	x.old = nil
	files, readErr := os.ReadDir(filepath.Dir(x.prefix))
	err = errors.Join(err, readErr)
	for _, f := range files {
		path := filepath.Join(filepath.Dir(x.prefix), f.Name())
		if strings.HasPrefix(path, x.prefix+"-") && !slices.ContainsFunc(x.kept.Runs, func(r *run) bool { return runPath(x.prefix, r.Number) == path }) {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return err
}
