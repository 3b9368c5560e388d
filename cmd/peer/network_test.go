package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// answer runs a command with --output json and decodes what it prints.
func (b *box) answer(to any, args ...string) {
	b.t.Helper()
	if err := json.Unmarshal([]byte(b.ok(append(args, "--output", "json")...)), to); err != nil {
		b.t.Fatal(err)
	}
}

// Two peers of real processes find each other, are asked about each other, and
// one of another network is refused with the reason.
func TestNetwork(t *testing.T) {
	a, b := newHome(t), moreBox(t)
	b.ok("init")
	a.start("run").line("health")
	local := a.local()
	b.ok("bootstrap", "add", local)
	b.start("run").line("health")

	var ping pingReport
	b.answer(&ping, "ping", local)
	if ping.Arithmetic != 1 || ping.Took <= 0 {
		t.Errorf("ping: got %+v", ping)
	}
	var peers peersReport
	b.answer(&peers, "swarm", "peers")
	if len(peers.Peers) == 0 {
		t.Error("swarm peers: none")
	}
	var found findReport
	for len(found.Found) == 0 { // until the other has issued its first advert
		if o := b.outcome(b.command("find", "--arith", "1", "--output", "json")); o.code == exitDone {
			if err := json.Unmarshal([]byte(o.out), &found); err != nil {
				t.Fatal(err)
			}
		}
	}
	if f := found.Found[0]; !strings.HasSuffix(local, f.Peer) || f.Memory == 0 {
		t.Errorf("find: got %+v, want the other peer", f)
	}
	b.refused(b.command("find", "--arith", "99"), exitFailed, "no peer meets the need")
	if out := b.ok("net", "check"); !strings.Contains(out, "clock") {
		t.Errorf("net check: got\n%s", out)
	}
	b.ok("swarm", "disconnect", found0(t, b, local))

	c := moreBox(t)
	c.ok("init")
	c.env = append(c.env, "OPENLEDGER_NETWORK_ID=2")
	c.start("run").line("health")
	c.refused(c.command("ping", local), exitFailed, "refused", "openledger/1", "openledger/2")
}

// found0 returns the peer ID at the end of an address, connected.
func found0(t *testing.T, b *box, addr string) string {
	t.Helper()
	b.ok("swarm", "connect", addr)
	return addr[strings.LastIndex(addr, "/")+1:]
}

func TestBootstrapList(t *testing.T) {
	b := newHome(t)
	const addr = "/ip4/192.0.2.1/udp/4511/quic-v1/p2p/16Uiu2HAm2br9BHBRWZpmAg9g8hGfBCXBAMFQXB9gjHPL6G4gLXFk"
	b.ok("bootstrap", "add", addr)
	if out := b.ok("bootstrap", "list"); out != addr+"\n" {
		t.Errorf("got %q", out)
	}
	b.refused(b.command("bootstrap", "add", "nonsense"), exitFailed, "nonsense", "it looks like")
	b.ok("bootstrap", "rm", addr)
	if out := b.ok("bootstrap", "list"); out != "" {
		t.Errorf("after rm: got %q", out)
	}
}

func TestControlNeedsARunningPeer(t *testing.T) {
	b := newHome(t)
	b.refused(b.command("swarm", "peers"), exitFailed, "no peer is running", `"peer run"`)
	p := b.start("run")
	p.line("health")
	api := filepath.Join(b.home, "api")
	info, err := os.Stat(api)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s: %v, want mode 0600", api, err)
	}
	p.end(syscall.SIGKILL)
	b.refused(b.command("swarm", "peers"), exitFailed, "no peer answers")
	b.refused(b.command("find", "--memory", "lots"), exitUsage, "--memory")
	b.refused(b.command("find", "--model", "lots"), exitUsage, "want a CID")
	b.refused(b.command("run", "--set", "network.port=99999"), exitConfig, "port is 99999")
	b.refused(b.command("run", "--set", "network.profile=big"), exitConfig, "want home or server")
	b.refused(b.command("run", "--set", "network.connections=-1"), exitConfig, "connections is -1")
}
