package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/openledger/openledger/cmd/peer/devnet"
)

// processes lists those that a network's folder is named to.
func processes(t *testing.T, dir string) (found []string) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		text, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(text), dir+"/") {
			found = append(found, strings.ReplaceAll(string(text), "\x00", " "))
		}
	}
	return found
}

// alone says whether nothing runs of the network in a folder, after what is named.
func alone(t *testing.T, dir, after string) {
	t.Helper()
	if left := processes(t, dir); len(left) > 0 {
		t.Errorf("after %s %d processes are left: %s", after, len(left), left)
	}
}

// A demonstration that is ended at any moment leaves no process, and the same
// command begins anew.
func TestDemoInterrupted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts peers for half a minute")
	}
	b := newBox(t)
	dir := filepath.Join(b.dir, "net")
	t.Cleanup(func() { b.outcome(b.command("devnet", "down", "--dir", dir)) })
	demo := func() *process { return b.start("demo", "--quick", "--dir", dir) }
	const seed = 3
	rng := rand.New(rand.NewPCG(seed, 0))
	for n := range kills(3, 20) {
		p := demo()
		after := time.Duration(rng.Int64N(int64(5 * time.Second)))
		time.Sleep(after) // the moment of the signal is what is drawn
		by := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}[n%3]
		if signal.Ignored(by) { // nohup, which means it
			by = syscall.SIGINT
		}
		code := p.end(by)
		what := fmt.Sprintf("seed %d: %s at %s", seed, by, after)
		if died := p.ProcessState.Sys().(syscall.WaitStatus); code != exitInterrupted && !(died.Signaled() && died.Signal() == by) {
			t.Errorf("%s: exit code %d, want %d\n%s", what, code, exitInterrupted, p.errors.String())
		}
		alone(t, dir, what)
	}

	// Killed outright while it makes homes, it leaves a part of a network.
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	p := demo()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if made, _ := filepath.Glob(filepath.Join(dir, "homes", "*", "version")); len(made) > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no home is made after a minute")
		}
	}
	p.end(syscall.SIGKILL)

	// Its reader goes away when all peers run.
	p = demo()
	p.line("2. Two communities")
	if n := len(processes(t, dir)); n < devnet.Peers {
		t.Errorf("%d processes when the peers are ready, want %d", n, devnet.Peers)
	}
	b.refused(b.command("demo", "--quick", "--dir", dir), exitBusy, "is at work on "+dir, "--dir")
	p.stdout.Close()
	p.Wait()
	if code := exitCode(p.ProcessState.ExitCode()); code != exitInterrupted {
		t.Errorf("without a reader: exit code %d, want %d\n%s", code, exitInterrupted, p.errors.String())
	}
	alone(t, dir, "its reader went away")
}

// A network whose port is taken, or whose home this peer cannot open, says whose
// and why, and runs no part of it.
func TestDevnetRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("starts peers for some seconds")
	}
	b := newBox(t)
	dir := filepath.Join(b.dir, "net")
	t.Cleanup(func() { b.outcome(b.command("devnet", "down", "--dir", dir)) })
	up := []string{"devnet", "up", "--dir", dir}
	b.ok(up...)
	b.ok("devnet", "down", "--dir", dir)
	alone(t, dir, "down")
	n, err := devnet.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	second := n.Peer(devnet.Second)
	address := fmt.Sprintf(":%d", second.Port)
	tcp, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer tcp.Close()
	udp, err := net.ListenPacket("udp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer udp.Close()
	b.refused(b.command(up...), exitFailed, devnet.Second+" ended at its start", "stop the program that has the port", "the logs are in "+dir)
	alone(t, dir, "a port that is taken")
	tcp.Close()
	udp.Close()

	b.write(filepath.Join(second.Home(), "version"), "99\n", 0o600)
	b.refused(b.command(up...), exitFailed, devnet.Second+" ended at its start", "layout 99, this peer knows")
	alone(t, dir, "a home of another layout")

	b.write(filepath.Join(dir, "devnet.json"), "{", 0o600)
	b.refused(b.command(up...), exitHome, "devnet.json", "peer demo")
}

// Where the disk has no room, a demonstration does not begin.
func TestDemoDisk(t *testing.T) {
	b := newBox(t)
	c := b.shell(`mkdir full && mount -t tmpfs -o size=300m none full || exit 99; exec peer demo --quick --dir full/net`)
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	o := b.outcome(c)
	if o.code == 99 {
		t.Skip("no disk for a test here: ", o.err)
	}
	if o.code != exitHome || !strings.Contains(o.err, "300.0 MiB free for full/net") || !strings.Contains(o.err, "--dir") {
		t.Errorf("exit code %d\n%s%s", o.code, o.out, o.err)
	}
}
