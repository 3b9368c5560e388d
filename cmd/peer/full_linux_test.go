package main

import (
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestDiskFull: where the disk is full, an add says so and what is there stays.
func TestDiskFull(t *testing.T) {
	b := newHome(t)
	b.poems()
	wanted := b.export("poems")
	// The home on a disk of its own, whose rest is less than the store keeps free.
	inside := func(command string) *exec.Cmd {
		c := b.shell(fmt.Sprintf(`mkdir -p full && mount -t tmpfs -o size=300m none full && cp -a home full/ && export OPENLEDGER_PATH=$PWD/full/home || exit 99
dd if=/dev/zero of=full/filler bs=1M count=60 2>/dev/null; %s`, command))
		c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
		return c
	}
	if out, err := inside("true").CombinedOutput(); err != nil {
		t.Skipf("no disk for a test here: %v %s", err, out)
	}
	source := goSource("encoding", "json")
	o := b.outcome(inside("peer datanet create go --licence MIT && peer datanet add go " + source))
	if o.code == exitDone || !strings.Contains(o.err, "the disk is almost full") || !strings.Contains(o.err, "free some space") {
		t.Errorf("add: exit code %d\n%s%s", o.code, o.out, o.err)
	}
	o = b.outcome(inside("peer datanet export poems && peer repo verify >&2 && peer doctor >&2"))
	if o.out != wanted {
		t.Errorf("export from a full disk: exit code %d\n%s%s", o.code, o.out, o.err)
	}
}
