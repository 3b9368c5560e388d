package serve

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/openledger/openledger/compute/lora"
)

// BenchmarkLoad is how long an adapter of 4.9 MB takes into memory, rank 8 on all
// linear layers, from the page cache and from the disk: the load alone, and what
// it adds to the first token of a prompt of 32.
func BenchmarkLoad(b *testing.B) {
	const adapters, rounds = 8, 40
	e := benchEngine(b, Config{Memory: 1 << 28})
	ids := benchAdapters(b, e, adapters, 8, allLinear)
	evict := func(i int, disk bool) {
		for e.Stats().Running > 0 {
			runtime.Gosched()
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		a := e.adapters[ids[i]]
		if a.in != nil {
			e.evict(a)
		}
		if disk {
			if err := uncache(filepath.Join(a.dir, lora.WeightsFile)); err != nil {
				b.Fatal(err)
			}
		}
	}
	for i := range adapters { // the first time the files are hashed
		if err := e.Load(context.Background(), fmt.Sprint("adapter", i), false); err != nil {
			b.Fatal(err)
		}
	}
	for _, from := range []string{"cache", "disk"} {
		var took, there, comes []time.Duration
		for n := range rounds {
			i := n % adapters
			evict(i, from == "disk")
			if err := e.Load(context.Background(), fmt.Sprint("adapter", i), false); err != nil {
				b.Fatal(err)
			}
			a, err := e.Adapter(ids[i].String())
			if err != nil {
				b.Fatal(err)
			}
			took = append(took, a.Took)
			there = append(there, firstToken(b, e, 2*n, ids[i]))
			evict(i, from == "disk")
			comes = append(comes, firstToken(b, e, 2*n+1, ids[i]))
		}
		for _, all := range [][]time.Duration{took, there, comes} {
			slices.Sort(all)
		}
		b.ReportMetric(1000*took[rounds/2].Seconds(), from+"-p50-ms")
		b.ReportMetric(1000*took[rounds-1].Seconds(), from+"-most-ms")
		b.ReportMetric(1000*(comes[rounds/2]-there[rounds/2]).Seconds(), from+"-added-to-first-token-p50-ms")
	}
}

// uncache takes a file out of the page cache.
func uncache(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil { // what is not written yet stays
		return err
	}
	return unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
