package ingest

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/storage/block"
)

// discard is a store that keeps nothing.
type discard struct{}

func (discard) Add(_ context.Context, codec uint64, b []byte) (cid.Cid, error) {
	return block.CID(codec, b)
}

// Peak memory of adding a tree of text files of OPENLEDGER_TREE_MB megabytes, in
// records of about 2 KiB. It needs a process and about twice as much disk of its
// own, so it only runs when asked to.
func TestPeakMemory(t *testing.T) {
	size, err := strconv.Atoi(os.Getenv("OPENLEDGER_TREE_MB"))
	if err != nil {
		t.Skip("set OPENLEDGER_TREE_MB to the size of the tree, such as 2048")
	}
	const seed = 5
	dir, r := t.TempDir(), rand.New(rand.NewPCG(seed, 0))
	words := make([]string, 1<<14)
	for i := range words {
		words[i] = strconv.FormatUint(r.Uint64()>>(24+r.IntN(30)), 36)
	}
	for f := range size {
		sub := filepath.Join(dir, fmt.Sprintf("%03d", f/64))
		must(t, os.MkdirAll(sub, 0o700))
		file, err := os.Create(filepath.Join(sub, fmt.Sprintf("%03d.txt", f%64)))
		must(t, err)
		out := bufio.NewWriter(file)
		for n := 0; n < 1<<20; {
			w := words[r.Uint32()%uint32(len(words))]
			end := " "
			if r.IntN(40) == 0 {
				end = "\n\n"
			}
			n += len(w) + len(end)
			_, _ = out.WriteString(w + end) // Flush tells
		}
		must(t, out.Flush())
		must(t, file.Close())
	}
	config := testConfig(t)
	began := time.Now()
	var reading time.Duration
	config.Progress = func(p Progress) {
		if p.Phase == Reading {
			reading = time.Since(began)
		}
	}
	c, report, err := Add(t.Context(), dir, config, discard{})
	must(t, err)
	all := time.Since(began)
	t.Logf("%d MiB in %d records: read in %.1f s (%.1f MB/s), stored in %.1f s more; peak %d MB", size, report.Records,
		reading.Seconds(), float64(size)*1.048576/reading.Seconds(), (all - reading).Seconds(), peak(t))
	if c.Records() == 0 {
		t.Error("no records")
	}
	if p := peak(t); p > 512 {
		t.Errorf("%d MB resident at the peak, want 512 at most", p)
	}
}

// peak returns the most megabytes that this process has had resident.
func peak(t *testing.T) (mb int) {
	b, err := os.ReadFile("/proc/self/status")
	must(t, err)
	for line := range strings.Lines(string(b)) {
		if kib, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			mb, err = strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(kib), " kB"))
			must(t, err)
			return mb * 1024 / 1_000_000
		}
	}
	t.Skip("this machine does not tell the peak memory of a process")
	return 0
}

// The index of five million texts, as many as 10 GB of records of 2 KiB are, in
// bounded memory. OPENLEDGER_LONG=1 runs it.
func TestIndexMemory(t *testing.T) {
	if os.Getenv("OPENLEDGER_LONG") == "" {
		t.Skip("set OPENLEDGER_LONG=1")
	}
	const seed, texts = 6, 5_000_000
	r := rand.New(rand.NewPCG(seed, 0))
	x, err := newIndex(filepath.Join(t.TempDir(), "keys"), indexState{}, func(uint32) (string, bool, error) { return "", false, nil })
	must(t, err)
	defer func() { must(t, x.close()) }()
	began, found := time.Now(), 0
	var keys [1 + bands]uint64
	for id := range uint32(texts) {
		for i := range keys {
			keys[i] = r.Uint64()
			ids, err := x.candidates(keys[i])
			must(t, err)
			found += len(ids)
		}
		must(t, x.add(id, &keys))
		if id%1_000_000 == 999_999 {
			must(t, x.sweep())
			t.Logf("%d texts: %.1f s, %d files, filter of %d MiB, %.2f candidates a text, peak %d MB", id+1, time.Since(began).Seconds(), len(x.kept.Runs),
				len(x.filter.blocks)*binary.Size(x.filter.blocks[0])>>20, float64(found)/float64(id+1), peak(t))
		}
	}
}
