package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

var (
	update = flag.Bool("update", false, "rewrite docs/metrics.md")
	slow   = flag.Bool("slow", false, "run the examples that measure, too: half a minute")
)

// scratch is a folder that all tests share and that goes with them.
var scratch string

func TestMain(m *testing.M) {
	flag.Parse()
	var err error
	if scratch, err = os.MkdirTemp("", "peer-test-"); err == nil {
		err = os.Chmod(scratch, 0o755) // another user runs the binary too
	}
	if err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(scratch)
	os.Exit(code)
}

// binary is the peer that the tests run, built once; fuzzing does without.
var binary = sync.OnceValue(func() string {
	path := filepath.Join(scratch, "peer")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		panic(fmt.Sprintf("build the peer: %v\n%s", err, out))
	}
	return path
})

// A box is a folder of its own in which the binary runs: nothing of the
// machine's own home or environment shows in it.
type box struct {
	t    *testing.T
	dir  string // the working directory and $HOME
	home string // $OPENLEDGER_PATH
	env  []string
}

const testPassphrase = "correct horse battery"

func newBox(t *testing.T) *box {
	t.Parallel()
	return moreBox(t)
}

// moreBox is one more box for a test that has one.
func moreBox(t *testing.T) *box {
	dir := t.TempDir()
	b := &box{t: t, dir: dir, home: filepath.Join(dir, "home")}
	b.env = []string{
		"HOME=" + dir, "PATH=" + filepath.Dir(binary()) + ":" + os.Getenv("PATH"), "OPENLEDGER_PATH=" + b.home,
		"OPENLEDGER_PASSPHRASE=" + testPassphrase, "OPENLEDGER_KEY_SCRYPT=light", "OPENLEDGER_OPS_LISTEN=127.0.0.1:0",
		"OPENLEDGER_SERVE_LISTEN=127.0.0.1:0", "OPENLEDGER_NETWORK_PORT=0", "OPENLEDGER_NETWORK_LAN=false", "OPENLEDGER_NETWORK_BENCHMARK=false",
	}
	return b
}

// newHome is a box whose home is made: a copy of one home, since a key costs time.
func newHome(t *testing.T) *box {
	b := newBox(t)
	if err := os.CopyFS(b.home, os.DirFS(template())); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(b.home, 0o700), os.Chmod(b.keyPath(), 0o600)); err != nil { // CopyFS opens both to others
		t.Fatal(err)
	}
	return b
}

var template = sync.OnceValue(func() string {
	home := filepath.Join(scratch, "home")
	c := exec.Command(binary(), "init", "--home", home, "--scrypt", "light")
	c.Env = []string{"OPENLEDGER_PASSPHRASE=" + testPassphrase}
	if out, err := c.CombinedOutput(); err != nil {
		panic(fmt.Sprintf("make a home: %v\n%s", err, out))
	}
	return home
})

func (b *box) unset(name string) {
	b.env = slices.DeleteFunc(b.env, func(kv string) bool { return strings.HasPrefix(kv, name+"=") })
}

func (b *box) command(args ...string) *exec.Cmd {
	c := exec.Command(binary(), args...)
	c.Dir, c.Env = b.dir, b.env
	return c
}

// An outcome is what a command left behind.
type outcome struct {
	out, err string
	code     exitCode
}

func (b *box) outcome(c *exec.Cmd) outcome {
	b.t.Helper()
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		b.t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), exitCode(c.ProcessState.ExitCode())}
}

// ok runs a command that must succeed and returns its answer.
func (b *box) ok(args ...string) string {
	b.t.Helper()
	o := b.outcome(b.command(args...))
	if o.code != exitDone {
		b.t.Fatalf("peer %s: exit code %d\n%s%s", strings.Join(args, " "), o.code, o.out, o.err)
	}
	return o.out
}

// refused runs a command that must fail with one line on standard error that
// holds all of want, and nothing else.
func (b *box) refused(c *exec.Cmd, code exitCode, want ...string) {
	b.t.Helper()
	o := b.outcome(c)
	if o.code != code || o.out != "" || strings.Count(o.err, "\n") != 1 {
		b.t.Errorf("%s: exit code %d, want %d and one line of error; got:\n%s%s", c, o.code, code, o.out, o.err)
	}
	for _, w := range want {
		if !strings.Contains(o.err, w) {
			b.t.Errorf("%s: got %q, want %q in it", c, o.err, w)
		}
	}
}

func (b *box) write(name, text string, mode os.FileMode) string {
	b.t.Helper()
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(b.dir, name)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		b.t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// keyPath is the one file of the keystore.
func (b *box) keyPath() string {
	b.t.Helper()
	files, err := filepath.Glob(filepath.Join(b.home, "keystore", "UTC--*"))
	if err != nil || len(files) != 1 {
		b.t.Fatalf("keystore holds %d files, want 1 (%v)", len(files), err)
	}
	return files[0]
}

// A process is a peer that runs. Its output comes by lines.
type process struct {
	*exec.Cmd
	t      *testing.T
	out    *bufio.Reader
	stdout io.Closer    // of the pipe that out reads
	errors bytes.Buffer // read it after end
}

func (b *box) start(args ...string) *process {
	b.t.Helper()
	p := &process{Cmd: b.command(args...), t: b.t}
	pipe, err := p.StdoutPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	p.out, p.stdout, p.Stderr = bufio.NewReader(pipe), pipe, &p.errors
	if err := p.Start(); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() {
		p.Process.Kill()
		p.Wait()
		if b.t.Failed() {
			b.t.Logf("%s said:\n%s", p, p.errors.String())
		}
	})
	return p
}

// line waits for a line that starts with prefix and returns what follows it.
func (p *process) line(prefix string) string {
	p.t.Helper()
	for {
		text, err := p.out.ReadString('\n')
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			return strings.TrimSpace(rest)
		}
		if err != nil {
			p.Wait()
			p.t.Fatalf("%s ended without a line %q\n%s", p, prefix, p.errors.String())
		}
	}
}

// end sends a signal, waits for the process and returns its exit code.
func (p *process) end(s syscall.Signal) exitCode {
	p.t.Helper()
	if err := p.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
	io.Copy(io.Discard, p.out)
	p.Wait()
	return exitCode(p.ProcessState.ExitCode())
}
