package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// A terminal is the far end of a pseudo terminal that a peer runs on.
type terminal struct {
	*os.File
	t    *testing.T
	seen strings.Builder
	in   *bufio.Reader
}

// onTerminal starts the peer on a terminal of its own.
func (b *box) onTerminal(args ...string) (*terminal, *exec.Cmd) {
	b.t.Helper()
	far, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		b.t.Skip("no pseudo terminals here: ", err)
	}
	b.t.Cleanup(func() { far.Close() })
	n, err := unix.IoctlGetInt(int(far.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(far.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		b.t.Skip("no pseudo terminals here: ", err)
	}
	near, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		b.t.Skip("no pseudo terminals here: ", err)
	}
	defer near.Close()
	c := b.command(args...)
	c.Stdin, c.Stdout, c.Stderr = near, near, near
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	return &terminal{File: far, t: b.t, in: bufio.NewReader(far)}, c
}

// expect waits for text on the screen.
func (t *terminal) expect(text string) {
	t.t.Helper()
	for !strings.Contains(t.seen.String(), text) {
		c, err := t.in.ReadByte()
		if err != nil {
			t.t.Fatalf("the screen ended without %q:\n%s", text, t.seen.String())
		}
		t.seen.WriteByte(c)
	}
}

func (t *terminal) enter(line string) {
	t.t.Helper()
	if _, err := t.WriteString(line + "\r"); err != nil {
		t.t.Fatal(err)
	}
}

func TestPrompt(t *testing.T) {
	b := newBox(t)
	b.unset("OPENLEDGER_PASSPHRASE")
	screen, c := b.onTerminal("init")
	screen.expect("Passphrase: ")
	screen.enter(testPassphrase)
	screen.expect("The same again: ")
	screen.enter(testPassphrase)
	screen.expect("peer ID")
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
	if strings.Contains(screen.seen.String(), testPassphrase) {
		t.Errorf("the passphrase shows:\n%s", screen.seen.String())
	}
	b.env = append(b.env, "OPENLEDGER_PASSPHRASE="+testPassphrase)
	b.ok("key", "export", "backup.json")
	b.ok("key", "import", "backup.json") // the passphrase is the one typed
}

func TestPromptTwoDiffer(t *testing.T) {
	b := newBox(t)
	b.unset("OPENLEDGER_PASSPHRASE")
	screen, c := b.onTerminal("init")
	screen.expect("Passphrase: ")
	screen.enter("one")
	screen.expect("The same again: ")
	screen.enter("two")
	screen.expect("the two passphrases differ")
	c.Wait()
	if code := exitCode(c.ProcessState.ExitCode()); code != exitKey {
		t.Errorf("exit code %d, want %d", code, exitKey)
	}
	b.env = append(b.env, "OPENLEDGER_PASSPHRASE="+testPassphrase)
	b.ok("init") // what the first one left is no obstacle
}

// TestPromptInterrupted: Ctrl-C at the prompt leaves a terminal that echoes.
func TestPromptInterrupted(t *testing.T) {
	for name, interrupt := range map[string]func(*terminal, *exec.Cmd) error{
		"by key":    func(t *terminal, _ *exec.Cmd) error { _, err := t.WriteString("secr\x03"); return err },
		"by signal": func(_ *terminal, c *exec.Cmd) error { return c.Process.Signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) { testInterrupt(t, interrupt) })
	}
}

func testInterrupt(t *testing.T, interrupt func(*terminal, *exec.Cmd) error) {
	b := newHome(t)
	b.unset("OPENLEDGER_PASSPHRASE")
	screen, c := b.onTerminal("run")
	screen.expect("Passphrase: ")
	if err := interrupt(screen, c); err != nil {
		t.Fatal(err)
	}
	screen.expect("interrupted")
	c.Wait()
	if code := exitCode(c.ProcessState.ExitCode()); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	state, err := unix.IoctlGetTermios(int(screen.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	if state.Lflag&unix.ECHO == 0 {
		t.Error("the terminal does not echo any more")
	}
}
