package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestReadOnlyHome runs the peer where the home is mounted read-only, in a
// mount namespace of its own.
func TestReadOnlyHome(t *testing.T) {
	b := newHome(t)
	inside := func(command string) *exec.Cmd {
		c := b.shell(`mount --bind "$OPENLEDGER_PATH" "$OPENLEDGER_PATH" && mount -o remount,ro,bind "$OPENLEDGER_PATH" || exit 99; ` + command)
		c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
		if os.Getuid() != 0 {
			c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
			c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
			c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
		}
		return c
	}
	if out, err := inside("true").CombinedOutput(); err != nil {
		t.Skipf("no read-only mount for a test here: %v %s", err, out)
	}
	for _, command := range []string{"peer run", "peer key new", "peer key rotate", "peer config set log.level debug", `peer init --home "$OPENLEDGER_PATH/inner"`} {
		b.refused(inside(command), exitHome, "read-only", "mount it writable")
	}
	if o := b.outcome(inside("peer doctor")); o.code != exitCheck || !strings.Contains(o.out, "read-only") {
		t.Errorf("doctor: exit code %d\n%s", o.code, o.out)
	}
	if o := b.outcome(inside("peer id")); o.code != exitDone {
		t.Errorf("peer id only reads, got exit code %d: %s", o.code, o.err)
	}
}

// TestUnreadableHome runs the peer as a user who may not enter the home.
func TestUnreadableHome(t *testing.T) {
	b := newHome(t)
	for _, command := range [][]string{{"run"}, {"init"}, {"key", "list"}, {"config", "show"}} {
		c := b.command(command...)
		if os.Getuid() == 0 { // root may read anything: be nobody, who can reach the home but not enter
			c.Dir = "/"
			c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
			for dir := b.dir; dir != os.TempDir() && dir != "/"; dir = dir[:strings.LastIndex(dir, "/")] {
				os.Chmod(dir, 0o755)
			}
		} else {
			os.Chmod(b.home, 0)
			t.Cleanup(func() { os.Chmod(b.home, 0o700) })
		}
		b.refused(c, exitHome, "permission denied", "chown")
	}
}
