package main

import (
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/openledger/openledger/cmd/peer/lock"
	"github.com/openledger/openledger/network/capacity"
	"github.com/openledger/openledger/network/node"
)

// diagnose returns the state and the detail of each check.
func (b *box) diagnose(code exitCode) map[string]finding {
	b.t.Helper()
	o := b.outcome(b.command("doctor", "--output", "json"))
	if o.code != code {
		b.t.Errorf("doctor: exit code %d, want %d\n%s%s", o.code, code, o.out, o.err)
	}
	var list []finding
	if err := json.Unmarshal([]byte(o.out), &list); err != nil {
		b.t.Fatal(err)
	}
	found := map[string]finding{}
	for _, f := range list {
		found[f.Name] = f
	}
	if len(found) != len(checks()) {
		b.t.Errorf("doctor made %d checks, want %d", len(found), len(checks()))
	}
	return found
}

// damage overwrites a part of a file of the box.
func (b *box) damage(name string) {
	b.t.Helper()
	text, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	for i := len(text) / 2; i < len(text); i++ {
		text[i] ^= 0x5a
	}
	b.write(name, string(text), 0o600)
}

func TestDoctor(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	wide, err := net.Listen("tcp", ":0") // the network listens on all addresses
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { wide.Close() })
	go func() { // an endpoint that hangs up at once
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Close()
		}
	}()
	taken := l.Addr().String()
	_, port, _ := net.SplitHostPort(wide.Addr().String())
	for _, c := range []struct {
		name    string
		prepare func(*box)
		code    exitCode
		want    map[string]finding // State and parts of Detail and Remedy
	}{
		{"sound home", func(*box) {}, exitDone, map[string]finding{
			"home": {State: "ok", Detail: "writable"}, "config": {State: "ok", Detail: "6 from the environment, 1 from the file"},
			"operators": {State: "ok", Detail: "arithmetic 1, "},
			"key":       {State: "ok", Detail: "0x"}, "lock": {State: "ok", Detail: "free"},
		}},
		{"no home", func(b *box) { os.RemoveAll(b.home) }, exitDone, map[string]finding{
			"home": {State: "note", Remedy: "peer init"}, "key": {State: "note", Remedy: "peer init"}, "lock": {State: "ok", Detail: "free"},
			"data": {State: "note", Detail: "nothing is stored yet"}, "network": {State: "note", Remedy: "peer run"},
		}},
		{"open home", func(b *box) { os.Chmod(b.home, 0o755) }, exitDone, map[string]finding{
			"home": {State: "warn", Detail: "open to other users of this machine (mode 0755)", Remedy: "chmod 700"},
		}},
		{"home of another layout", func(b *box) { b.write("home/version", "99\n", 0o600) }, exitCheck, map[string]finding{
			"home": {State: "fail", Detail: "layout 99, this peer knows", Remedy: "the peer that made it"},
		}},
		{"open key", func(b *box) { os.Chmod(b.keyPath(), 0o644) }, exitCheck, map[string]finding{
			"key": {State: "fail", Detail: "open to other users", Remedy: "chmod 600"},
		}},
		{"port taken", func(b *box) { b.env = append(b.env, "OPENLEDGER_OPS_LISTEN="+taken) }, exitCheck, map[string]finding{
			"ports": {State: "fail", Detail: "tcp " + taken + " of ops.listen is in use", Remedy: "set ops.listen to another"},
		}},
		{"network port taken", func(b *box) { b.env = append(b.env, "OPENLEDGER_NETWORK_PORT="+port) }, exitCheck, map[string]finding{
			"ports": {State: "fail", Detail: "tcp :" + port + " of network.port is in use", Remedy: "set network.port to another"},
		}},
		{"damaged ledger", func(b *box) { b.poems(); b.damage("home/ledger.db") }, exitCheck, map[string]finding{
			"data": {State: "fail", Detail: "ledger.db", Remedy: "peer repo repair"},
		}},
		{"damaged blocks", func(b *box) {
			b.poems()
			manifests, err := filepath.Glob(filepath.Join(b.home, "blocks", "*MANIFEST*"))
			if err != nil || len(manifests) == 0 {
				b.t.Fatal("no manifest of the blocks", err)
			}
			for _, m := range manifests {
				os.Remove(m)
			}
		}, exitCheck, map[string]finding{
			"data": {State: "fail", Remedy: "peer repo repair"},
		}},
		{"sound data", func(b *box) { b.poems() }, exitDone, map[string]finding{
			"data": {State: "ok", Detail: "ledger.db is sound"}, "chain": {State: "ok", Detail: "a dev chain"},
		}},
		{"no chain there", func(b *box) { b.env = append(b.env, "OPENLEDGER_CHAIN_ENDPOINT=http://user:secret@"+taken) }, exitCheck, map[string]finding{
			"chain": {State: "fail", Detail: "does not answer", Remedy: "chain.endpoint"},
		}},
		{"corrupt key", func(b *box) { b.write(b.keyPath(), "{", 0o600) }, exitCheck, map[string]finding{
			"key": {State: "fail", Detail: "is corrupt"}, "home": {State: "ok"},
		}},
		{"malformed settings", func(b *box) { b.write("home/config.yaml", "log: [", 0o600) }, exitCheck, map[string]finding{
			"config": {State: "fail", Detail: "config.yaml"}, "key": {State: "ok"},
		}},
		{"misspelt variable", func(b *box) { b.env = append(b.env, "OPENLEDGER_LOG_LEVLE=debug") }, exitDone, map[string]finding{
			"config": {State: "warn", Detail: "did you mean OPENLEDGER_LOG_LEVEL?"},
		}},
		{"no folder", func(b *box) { os.RemoveAll(b.home); b.write("home", "", 0o600) }, exitCheck, map[string]finding{
			"home": {State: "fail", Detail: "not a directory"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newHome(t)
			c.prepare(b)
			found := b.diagnose(c.code)
			for name, want := range c.want {
				if got := found[name]; got.State != want.State || !strings.Contains(got.Detail, want.Detail) || !strings.Contains(got.Remedy, want.Remedy) || strings.Contains(got.Detail, "secret") {
					t.Errorf("%s: got %+v, want %+v", name, got, want)
				}
			}
		})
	}
}

// The checks whose subject a test cannot make sick.
func TestFindings(t *testing.T) {
	now := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		got    finding
		state  string
		detail string
		remedy string
	}{
		{"full disk", diskFinding(1<<30-1, "/data"), "fail", "free below /data", "make room"},
		{"disk", diskFinding(1<<30, "/data"), "warn", "1.0 GiB free below /data", "10 GiB hold"},
		{"large disk", diskFinding(10<<30, "/data"), "ok", "10.0 GiB free", ""},
		{"little memory", memoryFinding(1<<30, 1<<30), "warn", "1.0 GiB", "2 GiB"},
		{"used memory", memoryFinding(8<<30, 100<<20), "warn", "100.0 MiB of it available", "end other programs"},
		{"memory", memoryFinding(8<<30, 1<<30), "ok", "8.0 GiB, 1.0 GiB", ""},
		{"no files", fileFinding(fewFiles - 1), "fail", "255 may be open", "ulimit -n"},
		{"few files", fileFinding(fewFiles), "warn", "256 may be open", "ulimit -n"},
		{"files", fileFinding(goodFiles), "ok", "2048 may be open", ""},
		{"clock behind", clockFinding(now, now.Add(time.Second), true), "fail", "is before this program was written (2026-05-01T00:00:01Z)", "set the clock"},
		{"clock alone", clockFinding(now, time.Time{}, false), "warn", "kept by no time server", "chrony"},
		{"clock", clockFinding(now, now, true), "ok", "2026-05-01T00:00:00Z", ""},
		{"network", netReport{Findings: []node.Finding{{Name: "clock", State: "fail", Detail: "40s behind", Remedy: "set it"}, {Name: "nat", State: "warn", Detail: "hard", Remedy: "forward"}, {Name: "peers", State: "ok", Detail: "3 peers"}}}.summary(), "fail", "clock: 40s behind; nat: hard; peers: 3 peers", "set it; forward"},
		{"alone", netReport{Findings: []node.Finding{{Name: "peers", State: "fail", Detail: "isolated", Remedy: "name a peer"}}}.summary(), "warn", "isolated", "name a peer"},
		{"sound network", netReport{Findings: []node.Finding{{Name: "peers", State: "ok", Detail: "3 peers"}}}.summary(), "ok", "peers: 3 peers", ""},
	} {
		if c.got.State != c.state || !strings.Contains(c.got.Detail, c.detail) || !strings.Contains(c.got.Remedy, c.remedy) || (c.remedy == "") != (c.got.Remedy == "") {
			t.Errorf("%s: got %+v, want %s, %q and %q", c.name, c.got, c.state, c.detail, c.remedy)
		}
	}
}

// Beside a running peer doctor asks it about the network, and takes its ports and
// blocks for what they are.
func TestDoctorBesidePeer(t *testing.T) {
	b := newHome(t)
	p := b.start("run")
	p.line("health")
	look := func() map[string]finding { // a peer alone is joining or isolated, which is no failure
		var list []finding
		if err := json.Unmarshal([]byte(b.ok("doctor", "--output", "json")), &list); err != nil {
			t.Fatal(err)
		}
		found := map[string]finding{}
		for _, f := range list {
			found[f.Name] = f
		}
		return found
	}
	found := look()
	for name, want := range map[string]string{"network": "reachability: ", "ports": "the running peer of this home", "data": "the blocks are open in process "} {
		if got := found[name]; name != "network" && got.State != "ok" || !strings.Contains(got.Detail, want) {
			t.Errorf("%s: got %+v, want %q", name, got, want)
		}
	}
	p.end(syscall.SIGINT)
	b.start("run", "--set=ops.listen=")
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if _, held, _ := lock.Holder(filepath.Join(b.home, "repo.lock")); held {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the peer does not take its home")
		}
	}
	if got := look()["network"]; got.State != "warn" || !strings.Contains(got.Remedy, "ops.listen") {
		t.Errorf("a peer that cannot be asked: got %+v", got)
	}
}

// The chain of an endpoint must be the one that the addresses are of.
func TestDoctorChain(t *testing.T) {
	a := newHome(t)
	dev := a.start("chain", "dev", "--listen", freePort(t))
	endpoint, contracts := dev.line("chain.endpoint"), dev.line("chain.contracts")
	text, err := os.ReadFile(contracts)
	if err != nil {
		t.Fatal(err)
	}
	b := a.another()
	look := func(name, file string) finding {
		t.Helper()
		path := filepath.Join(b.dir, name)
		if file != "" {
			path = b.write(name, file, 0o600)
		}
		o := b.outcome(b.command("doctor", "--output", "json", set("chain.endpoint", endpoint), set("chain.contracts", path)))
		var list []finding
		if err := json.Unmarshal([]byte(o.out), &list); err != nil {
			t.Fatal(err)
		}
		return list[len(list)-1]
	}
	if got := look("right.json", string(text)); got.State != "ok" || !strings.Contains(got.Detail, "with its contracts") {
		t.Errorf("got %+v, want ok", got)
	}
	var wrong map[string]any
	if err := json.Unmarshal(text, &wrong); err != nil {
		t.Fatal(err)
	}
	wrong["chain_id"] = 7
	other, err := json.Marshal(wrong)
	if err != nil {
		t.Fatal(err)
	}
	if got := look("wrong.json", string(other)); got.State != "fail" || !strings.Contains(got.Detail, "the contracts are on chain 7") || !strings.Contains(got.Remedy, "chain.endpoint") {
		t.Errorf("another chain: got %+v", got)
	}
	if got := look("damaged.json", "{"); got.State != "fail" || !strings.Contains(got.Detail, "is damaged") || !strings.Contains(got.Remedy, "anew") {
		t.Errorf("a damaged file: got %+v", got)
	}
	if got := look("none.json", ""); got.State != "fail" || !strings.Contains(got.Remedy, "chain.contracts") {
		t.Errorf("no file: got %+v", got)
	}
}

// The limit of open files is that of the process.
func TestDoctorFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such limit")
	}
	b := newHome(t)
	if o := b.outcome(b.shell("ulimit -n 100; exec peer doctor")); o.code != exitCheck || !strings.Contains(o.out, "100 may be open") || !strings.Contains(o.out, "ulimit -n 65536") {
		t.Errorf("exit code %d\n%s%s", o.code, o.out, o.err)
	}
}

// What doctor says of GPUs: each one that is present, and that jobs do not run
// on it as long as they do not.
func TestGPUFinding(t *testing.T) {
	idle := capacity.GPU{Vendor: "NVIDIA", Model: "H200", Memory: 141 << 30, Driver: "550.54.15", PCI: "0000:0f:00.0"}
	used := idle
	used.Used = true
	other := capacity.GPU{Vendor: "Intel", Model: "device 0x9a49", PCI: "0000:00:02.0"}
	for _, c := range []struct {
		name  string
		gpus  []capacity.GPU
		notes []string
		state string
		want  []string
	}{
		{"none", nil, nil, "ok", []string{"none found; jobs run on the CPU"}},
		{"idle", []capacity.GPU{other, idle}, nil, "warn", []string{"Intel device 0x9a49, memory not known, no driver", "NVIDIA H200, 141 GiB, driver 550.54.15, PCI 0000:0f:00.0: present, jobs run on the CPU"}},
		{"other", []capacity.GPU{other}, []string{"why"}, "note", []string{"jobs run on the CPU", "; why"}},
		{"used", []capacity.GPU{used}, nil, "ok", []string{"in use"}},
		{"one of two", []capacity.GPU{idle, used}, nil, "warn", []string{"jobs run on the CPU", "in use"}},
	} {
		got := gpuFinding(capacity.Machine{GPUs: c.gpus, Notes: c.notes})
		if got.State != c.state {
			t.Errorf("%s: got %+v, want %s", c.name, got, c.state)
		}
		for _, w := range c.want {
			if !strings.Contains(got.Detail, w) {
				t.Errorf("%s: got %q, want %q in it", c.name, got.Detail, w)
			}
		}
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[uint64]string{0: "0.0 KiB", 1536: "1.5 KiB", 1 << 30: "1.0 GiB", 1<<64 - 1: "16384.0 PiB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d): got %s, want %s", n, got, want)
		}
	}
}
