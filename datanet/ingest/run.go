package ingest

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
)

// A run is a sorted file of index entries of 8 bytes: the high 32 bits of a key,
// then id+1. Of each page the first key is in memory: 4 bytes for 4,096.
type run struct {
	Number int // in the name of the file
	Level  int // how often it was merged
	Keys   int

	f     *os.File
	pages []uint32
}

const (
	pageKeys = 512
	fanOut   = 4 // runs of a level become one of the next
)

func runPath(prefix string, number int) string { return fmt.Sprintf("%s-%06d", prefix, number) }

// writeRun writes entries in ascending order.
func writeRun(path string, entries func(yield func(uint64) error) error) (r *run, err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	r = &run{f: f}
	w := bufio.NewWriterSize(f, 1<<18)
	var b [8]byte
	err = entries(func(e uint64) error {
		if r.Keys%pageKeys == 0 {
			r.pages = append(r.pages, uint32(e>>32))
		}
		r.Keys++
		binary.LittleEndian.PutUint64(b[:], e)
		_, err := w.Write(b[:])
		return err
	})
	if err = errors.Join(err, w.Flush()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return r, nil
}

// open opens the file of a run that was saved.
func (r *run) open(path string) (err error) {
	if r.f, err = os.Open(path); err != nil {
		return err
	}
	return r.each(func(i int, e uint64) error {
		if i%pageKeys == 0 {
			r.pages = append(r.pages, uint32(e>>32))
		}
		return nil
	})
}

// each shows all entries, in order.
func (r *run) each(show func(i int, entry uint64) error) error {
	in := r.reader()
	for i := range r.Keys {
		e, err := next(in)
		if err == nil {
			err = show(i, e)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", r.f.Name(), err)
		}
	}
	return nil
}

func (r *run) reader() *bufio.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(r.f, 0, int64(r.Keys)*8), 1<<16)
}

func next(in *bufio.Reader) (uint64, error) {
	var b [8]byte
	if _, err := io.ReadFull(in, b[:]); err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint64(b[:]), nil
}

// find appends the ids that a key has.
func (r *run) find(key uint32, page *[8 * pageKeys]byte, ids []uint32) ([]uint32, error) {
	p := max(0, sort.Search(len(r.pages), func(i int) bool { return r.pages[i] >= key })-1)
	for ; p < len(r.pages) && r.pages[p] <= key; p++ {
		n := min(pageKeys, r.Keys-p*pageKeys)
		b := page[:8*n]
		if _, err := r.f.ReadAt(b, int64(p)*8*pageKeys); err != nil {
			return ids, err
		}
		i := sort.Search(n, func(i int) bool { return binary.LittleEndian.Uint32(b[8*i+4:]) >= key })
		for ; i < n && binary.LittleEndian.Uint32(b[8*i+4:]) == key; i++ {
			ids = append(ids, binary.LittleEndian.Uint32(b[8*i:])-1)
		}
	}
	return ids, nil
}

// mergeRuns writes one run of several.
func mergeRuns(path string, runs []*run) (*run, error) {
	return writeRun(path, func(yield func(uint64) error) error {
		in, heads := make([]*bufio.Reader, len(runs)), make([]uint64, len(runs))
		left := make([]int, len(runs))
		advance := func(i int) (err error) {
			heads[i] = ^uint64(0) // no entry: no id is so high
			if left[i] > 0 {
				left[i]--
				heads[i], err = next(in[i])
			}
			return err
		}
		for i, r := range runs {
			in[i], left[i] = r.reader(), r.Keys
			if err := advance(i); err != nil {
				return err
			}
		}
		for {
			least := 0
			for i := range heads {
				if heads[i] < heads[least] {
					least = i
				}
			}
			if heads[least] == ^uint64(0) {
				return nil
			}
			if err := errors.Join(yield(heads[least]), advance(least)); err != nil {
				return err
			}
		}
	})
}
