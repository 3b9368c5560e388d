package epoch

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
)

// used returns how long this process has computed, and the most memory that it
// ever had: on a machine that others use too the clock says little.
func used(tb testing.TB) (cpu time.Duration, rss int64) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), u.Maxrss >> 10
}

// BenchmarkReplay replays one epoch of REPLAY_RECORDS records from blocks on the
// disk. With REPLAY_DIR the records are kept there, and a second run, which finds
// them, has only the memory of a replay.
func BenchmarkReplay(b *testing.B) {
	n, dir := 2000, b.TempDir()
	if text := os.Getenv("REPLAY_RECORDS"); text != "" {
		n, _ = strconv.Atoi(text)
		dir = os.Getenv("REPLAY_DIR")
	}
	town := newTown(4, 50)
	for i := range uint32(50) {
		town.limits[i+1] = *maxAmount
	}
	var h Header
	at := filepath.Join(dir, "header")
	if text, err := os.ReadFile(at); err == nil {
		err = json.Unmarshal(text, &h)
		if err != nil {
			b.Fatal(err)
		}
	} else {
		book := NewBook(town)
		town.fill(b, book, n)
		h = town.publish(b, book, func(_ context.Context, c cid.Cid, block []byte) error {
			return os.WriteFile(filepath.Join(dir, c.String()), block, 0o600)
		})
		text, err := json.Marshal(&h)
		if err == nil {
			err = os.WriteFile(at, text, 0o600)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	get := func(_ context.Context, c cid.Cid) ([]byte, error) { return os.ReadFile(filepath.Join(dir, c.String())) }
	before, _ := used(b)
	for b.Loop() {
		watcher := NewBook(town)
		d, err := OpenDAG(b.Context(), h, get)
		if err == nil {
			err = watcher.Replay(b.Context(), h, d, nil)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	after, rss := used(b)
	b.ReportMetric((after-before).Seconds()/float64(b.N)/float64(n)*1e6, "cpu-µs/record")
	b.ReportMetric(float64(rss), "MiB")
}
