package pin_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

// crashDir tells the process that is to be killed where to work.
const crashDir, crashSeed = "PIN_CRASH_DIR", "PIN_CRASH_SEED"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		seed, err := strconv.ParseUint(os.Getenv(crashSeed), 10, 64)
		if err == nil {
			err = toil(dir, seed)
		}
		fmt.Println("failed", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// openHome opens a peer's stores in a folder.
func openHome(t testing.TB, dir string) (*pin.Service, *block.Store, func()) {
	blocks, err := block.Open(filepath.Join(dir, "blocks"), silent)
	if err != nil {
		t.Fatal(err)
	}
	db := openDB(t, "file:"+filepath.Join(dir, "ledger.db"))
	if _, err := db.Exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"); err != nil {
		t.Fatal(err)
	}
	s, err := pin.Open(db, blocks, pin.Config{Network: network, Key: keyOf(t, 1), Log: silent})
	if err != nil {
		t.Fatal(err)
	}
	return s, blocks, func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if err := blocks.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A toiler is a testing.TB outside of a test: what fails ends the process.
type toiler struct {
	testing.TB
	ctx context.Context
}

func (x toiler) Helper()                  {}
func (x toiler) Context() context.Context { return x.ctx }
func (x toiler) Fatal(args ...any)        { fmt.Println(append([]any{"failed"}, args...)...); os.Exit(1) }

// toil pins, unpins and collects until it is killed, and tells what is done.
func toil(dir string, seed uint64) error {
	ctx := context.Background()
	t := toiler{ctx: ctx}
	s, blocks, _ := openHome(t, dir)
	r := rand.New(rand.NewPCG(seed, 0))
	if err := s.Work(ctx); err != nil { // what was interrupted
		return err
	}
	var roots []cid.Cid
	pins, err := s.List(ctx)
	if err != nil {
		return err
	}
	for _, p := range pins {
		roots = append(roots, p.Root)
	}
	fmt.Println("ready")
	for n := seed << 20; ; n++ {
		switch {
		case len(roots) < 3 || r.IntN(3) == 0:
			d, hold := putDataset(t, blocks, n, 1+r.IntN(2), 20_000+r.IntN(30_000))
			d.Datanet = [32]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24), byte(n >> 32), 1}
			d.Whole, d.Bytes = r.IntN(2) == 0, 1<<20
			if r.IntN(3) == 0 { // whole, and no share
				d.Pin = pin.Pin{Root: d.Root}
			}
			if err := s.Add(ctx, d.Pin); err != nil {
				return err
			}
			hold.Release()
			fmt.Println("added", d.Root)
			if err := s.Work(ctx); err != nil {
				return err
			}
			fmt.Println("pinned", d.Root)
			roots = append(roots, d.Root)
		case r.IntN(2) == 0:
			i := r.IntN(len(roots))
			fmt.Println("removing", roots[i])
			if err := s.Remove(ctx, roots[i]); err != nil {
				return err
			}
			roots = slices.Delete(roots, i, i+1)
		default:
			if _, err := s.GC(ctx); err != nil {
				return err
			}
		}
	}
}

// The process is killed at any moment, again and again, each time at another one
// of a seeded run: what it said to have pinned is pinned, all pins can be
// fetched to their end, nothing pinned is missing, and the work goes on.
func TestKills(t *testing.T) {
	if testing.Short() {
		t.Skip("it kills processes, of which this one sees nothing")
	}
	kills := uint64(20)
	if os.Getenv("OPENLEDGER_LONG") != "" {
		kills = 100
	}
	dir := ramDir(t)
	said := map[string]string{} // the last word about each root
	for seed := range kills {
		killOnce(t, dir, seed, said)
		s, _, done := openHome(t, dir)
		if err := s.Work(t.Context()); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		pins, err := s.List(t.Context())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		here := map[string]bool{}
		for _, p := range pins {
			here[p.Root.String()] = true
			if p.State != pin.Pinned {
				t.Fatalf("seed %d: %s is %s: %s", seed, p.Root, p.State, p.Reason)
			}
		}
		for root, word := range said {
			if word != "removing" && !here[root] {
				t.Fatalf("seed %d: %s was %s and is not there", seed, root, word)
			}
		}
		if _, err := s.GC(t.Context()); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for m, err := range s.Verify(t.Context()) {
			t.Fatalf("seed %d: %s lacks %s: %v, %v", seed, m.Root, m.Block, m.Err, err)
		}
		done()
	}
	if len(said) < 5 {
		t.Errorf("only %d pins were made: this tests little", len(said))
	}
}

// ramDir returns a folder in memory where there is one: a kill, unlike a power
// loss, leaves the machine's buffers, so a disk adds nothing but its time.
func ramDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "pin")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func killOnce(t *testing.T, dir string, seed uint64, said map[string]string) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), crashDir+"="+dir, crashSeed+"="+strconv.FormatUint(seed, 10))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 7))
	lines, events := bufio.NewScanner(out), 1+r.IntN(12)
	for lines.Scan() {
		word, root, _ := strings.Cut(lines.Text(), " ")
		switch word {
		case "failed":
			t.Fatalf("seed %d: %s", seed, lines.Text())
		case "added", "pinned", "removing":
			said[root] = word
		}
		if events--; events == 0 {
			time.AfterFunc(time.Duration(r.IntN(15_000))*time.Microsecond, func() { _ = c.Process.Kill() }) // it may have ended
		}
	}
	_ = c.Wait() // it was killed
}
