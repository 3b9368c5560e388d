package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/gossip"
	"github.com/openledger/openledger/network/node"
	"github.com/openledger/openledger/proofs/record"
)

// TestIdle measures "peer run" as it is by default, with its benchmark done and
// 50 connections to peers that do as little as it does.
func TestIdle(t *testing.T) {
	if os.Getenv("OPENLEDGER_LONG") == "" {
		t.Skip("OPENLEDGER_LONG=1 measures an idle peer for a minute")
	}
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("memory and time are read from /proc")
	}
	const others, seconds = 50, 30
	b := moreBox(t)
	b.unset("OPENLEDGER_KEY_SCRYPT")
	b.unset("OPENLEDGER_NETWORK_BENCHMARK")
	b.ok("init")
	p := b.start("run")
	p.line("health")
	ctx, cancel := context.WithCancel(t.Context())
	var work sync.WaitGroup
	defer work.Wait()
	defer cancel()
	for i := range others {
		neighbour(t, ctx, &work, i, b.local())
	}
	pause := func(d time.Duration) { // real time: this test measures it
		timer := time.NewTimer(d)
		defer timer.Stop()
		<-timer.C
	}
	pause(25 * time.Second) // to measure itself, to join and to come to rest
	before, start := computed(t, p.Process.Pid), time.Now()
	pause(seconds * time.Second)
	used := (computed(t, p.Process.Pid) - before).Seconds() / time.Since(start).Seconds()
	rss := resident(t, p.Process.Pid)
	o := b.outcome(b.command("swarm", "peers", "--output", "json"))
	if o.code != exitDone {
		p.end(syscall.SIGABRT)
		t.Fatalf("swarm peers: %s\n%s", o.err, p.errors.String())
	}
	var now peersReport
	if err := json.Unmarshal([]byte(o.out), &now); err != nil {
		t.Fatal(err)
	}
	connected := map[string]bool{}
	for _, line := range now.Peers {
		connected[line.ID] = true
	}
	t.Logf("idle with %d connected peers: %d MB RSS, %.2f %% of one core over %d s", len(connected), rss, used*100, seconds)
	if len(connected) < others || rss > 80 || used > 0.01 {
		t.Errorf("want %d peers, 80 MB and 1 %% at most", others)
	}
	p.end(syscall.SIGTERM)
}

// local is a loopback address of the running peer.
func (b *box) local() string {
	b.t.Helper()
	var addrs addrsReport
	b.answer(&addrs, "swarm", "addrs")
	for _, a := range addrs.Announced {
		if strings.HasPrefix(a, "/ip4/127.0.0.1/tcp/") {
			return a
		}
	}
	b.t.Fatalf("no loopback address among %v", addrs)
	return ""
}

// neighbour runs a peer in this process, with gossip, until ctx ends.
func neighbour(t *testing.T, ctx context.Context, work *sync.WaitGroup, i int, join string) {
	t.Helper()
	seed := sha256.Sum256(fmt.Append(nil, "neighbour ", i))
	key, err := record.ParseKey(seed[:])
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	n, err := node.New(key, node.Config{
		Listen: []string{"/ip4/127.0.0.1/udp/0/quic-v1", "/ip4/127.0.0.1/tcp/0"}, Bootstrap: []string{join}, NoMDNS: true, NoPortMap: true, Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	g, err := gossip.New(n.Host(), []gossip.Rule{capacity.Rule(time.Now)}, gossip.Config{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := capacity.New(n, g.Topic("advert"), key, capacity.Config{Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range []func(context.Context) error{n.Run, c.Run} {
		work.Go(func() {
			if err := run(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	context.AfterFunc(ctx, g.Close)
}

// computed is how long a process has computed.
func computed(t *testing.T, pid int) time.Duration {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	f := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, err1 := strconv.Atoi(f[11])
	system, err2 := strconv.Atoi(f[12])
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	return time.Duration(user+system) * time.Second / 100 // USER_HZ
}

// resident is a process's resident memory in MB of 2^20 bytes.
func resident(t *testing.T, pid int) int {
	t.Helper()
	statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(statm))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize() >> 20
}
