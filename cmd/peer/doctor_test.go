package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/openledger/openledger/network/capacity"
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

func TestDoctor(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(*box)
		code    exitCode
		want    map[string]finding // State and a part of Detail
	}{
		{"sound home", func(*box) {}, exitDone, map[string]finding{
			"home": {State: "ok", Detail: "writable"}, "config": {State: "ok", Detail: "6 from the environment, 1 from the file"},
			"operators": {State: "ok", Detail: "arithmetic 1, "},
			"key":       {State: "ok", Detail: "0x"}, "lock": {State: "ok", Detail: "free"},
		}},
		{"no home", func(b *box) { os.RemoveAll(b.home) }, exitDone, map[string]finding{
			"home": {State: "note", Detail: "peer init"}, "key": {State: "note", Detail: "peer init"}, "lock": {State: "ok", Detail: "free"},
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
				if got := found[name]; got.State != want.State || !strings.Contains(got.Detail, want.Detail) {
					t.Errorf("%s: got %+v, want %s and %q", name, got, want.State, want.Detail)
				}
			}
		})
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
