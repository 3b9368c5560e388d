package main

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// kills is how many processes the tests of this file kill in each way: a few, or
// with OPENLEDGER_LONG=1 a hundred in all.
func kills(few, many int) int {
	if os.Getenv("OPENLEDGER_LONG") != "" {
		return many
	}
	return few
}

// killed runs a command and kills it after a time drawn from [0, most). It says
// whether the command had ended before.
func (b *box) killed(rng *rand.Rand, most time.Duration, args ...string) (ended bool) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), time.Duration(rng.Int64N(int64(most))))
	defer cancel()
	started := b.command(args...)
	if err := started.Start(); err != nil {
		b.t.Fatal(err)
	}
	defer context.AfterFunc(ctx, func() { started.Process.Signal(syscall.SIGKILL) })()
	return started.Wait() == nil
}

// took is how long a command takes here and now.
func (b *box) took(args ...string) time.Duration {
	b.t.Helper()
	start := time.Now()
	b.ok(args...)
	return time.Since(start)
}

// consistent runs repo verify, which must find nothing wrong.
func (b *box) consistent(seed uint64, n int) {
	b.t.Helper()
	if o := b.outcome(b.command("repo", "verify")); o.code != exitDone {
		b.t.Fatalf("seed %d, kill %d: repo verify: exit code %d\n%s%s", seed, n, o.code, o.out, o.err)
	}
}

const killSeed = 7

// TestKilledAdd: an add that is killed at any moment leaves a consistent store,
// and the same command in the end gives what it would have given at once.
func TestKilledAdd(t *testing.T) {
	whole, b := newHome(t), moreBox(t)
	if err := os.CopyFS(b.home, os.DirFS(whole.home)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(b.keyPath(), 0o600); err != nil {
		t.Fatal(err)
	}
	tree := goSource("net", "http")
	for _, x := range []*box{whole, b} {
		x.ok("datanet", "create", "go", "--licence", "BSD-3-Clause")
	}
	add := []string{"datanet", "add", "go", tree}
	most := whole.took(add...)
	rng := rand.New(rand.NewPCG(killSeed, 0))
	for n := range kills(5, 40) {
		b.killed(rng, most, add...)
		b.consistent(killSeed, n)
		if n%5 == 4 { // so that some kills meet an add at its beginning, too
			b.outcome(b.command(add...))
		}
	}
	b.outcome(b.command(add...)) // or it has ended already
	for _, x := range []*box{whole, b} {
		x.ok("datanet", "publish", "go")
	}
	if got, want := b.export("go"), whole.export("go"); got != want {
		t.Errorf("seed %d: after the kills the Datanet is not what it is without: %d bytes, want %d", killSeed, len(got), len(want))
	}
	b.consistent(killSeed, -1)
}

// TestKilledGC: garbage collection that is killed has deleted garbage alone.
func TestKilledGC(t *testing.T) {
	b := newHome(t)
	b.ok("datanet", "create", "go", "--licence", "BSD-3-Clause")
	b.ok("datanet", "add", "go", goSource("encoding", "json"))
	b.ok("datanet", "publish", "go")
	wanted := b.export("go")
	ledger, err := os.ReadFile(filepath.Join(b.home, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	garbage := goSource("net", "http")
	rng := rand.New(rand.NewPCG(killSeed, 1))
	for n := range kills(4, 30) {
		if n%10 == 0 { // an add that the ledger forgets leaves garbage
			b.ok("datanet", "add", "go", garbage)
			for _, name := range []string{"ledger.db-wal", "ledger.db-shm"} {
				os.Remove(filepath.Join(b.home, name))
			}
			b.write("home/ledger.db", string(ledger), 0o600)
		}
		b.killed(rng, 300*time.Millisecond, "repo", "gc")
		b.consistent(killSeed, n)
	}
	b.ok("repo", "gc")
	if out := b.ok("repo", "gc"); !strings.Contains(out, "Deleted 0 blocks") {
		t.Errorf("after a whole collection: %s", out)
	}
	if b.export("go") != wanted {
		t.Error("garbage collection took what is pinned")
	}
	b.ok("datanet", "verify", "go")
}

// TestKilledPin: a peer that is killed while it fetches goes on where it was.
func TestKilledPin(t *testing.T) {
	a := newHome(t)
	a.ok("datanet", "create", "go", "--licence", "BSD-3-Clause")
	a.ok("datanet", "add", "go", goSource("net", "http"))
	a.start("run").line("health")
	a.ok("datanet", "publish", "go")
	addr, wanted := a.local(), a.export("go")

	b := a.another()
	rng := rand.New(rand.NewPCG(killSeed, 2))
	for n := range kills(3, 30) {
		p := b.joined(addr)
		b.search("go")
		if n%10 == 9 { // begin anew
			b.outcome(b.command("pin", "rm", "go"))
			b.ok("repo", "gc")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rng.Int64N(int64(400*time.Millisecond))))
		stop := context.AfterFunc(ctx, func() { p.Process.Signal(syscall.SIGKILL) })
		b.outcome(b.command("datanet", "pin", "go", "--whole"))
		stop()
		cancel()
		p.end(syscall.SIGKILL)
		b.consistent(killSeed, n)
	}
	b.joined(addr)
	b.search("go")
	b.ok("datanet", "pin", "go", "--whole")
	if b.export("go") != wanted {
		t.Errorf("seed %d: after the kills the Datanet is not what it is without", killSeed)
	}
	b.ok("datanet", "verify", "go")
	b.consistent(killSeed, -1)
}
