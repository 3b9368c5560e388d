package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// shell is a script that ends in the peer; "home" is the box's.
func (b *box) shell(script string) *exec.Cmd {
	c := exec.Command("sh", "-c", script)
	c.Dir, c.Env = b.dir, b.env
	return c
}

// TestExamples runs every example of every --help as it is printed.
func TestExamples(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the examples are for a Unix shell")
	}
	root := newRoot(newApp(os.Stdin, os.Stdout, os.Stderr))
	commands := append(root.Commands(), root)
	for i := 0; i < len(commands); i++ {
		if c := commands[i]; c != root {
			commands = append(commands, c.Commands()...)
		}
	}
	for _, c := range commands {
		if c.Name() == "help" {
			continue
		}
		t.Run(c.CommandPath(), func(t *testing.T) {
			b := newBox(t)
			if c.Example == "" || c.Short == "" {
				t.Fatal("no example or no description")
			}
			if !strings.Contains(c.Example, "peer init") {
				b.ok("init")
			}
			if c.Annotations["needs"] != "" {
				b.start("run").line("health")
			}
			for line := range strings.Lines(c.Example) {
				line = strings.TrimSpace(line)
				if strings.HasPrefix(line, "peer bench") && !*slow {
					t.Skip("measures for a while; -slow runs it")
				}
				if rest, ok := strings.CutPrefix(line, "peer run"); ok {
					p := b.start(append([]string{"run"}, strings.Fields(rest)...)...)
					p.line("health")
					if code := p.end(syscall.SIGINT); code != exitDone {
						t.Errorf("%s: exit code %d\n%s", line, code, p.errors.String())
					}
					continue
				}
				if rest, ok := strings.CutPrefix(line, "peer serve"); ok {
					p := b.start(append([]string{"serve"}, strings.Fields(rest)...)...)
					p.line("base URL")
					if code := p.end(syscall.SIGINT); code != exitDone {
						t.Errorf("%s: exit code %d", line, code)
					}
					continue
				}
				if o := b.outcome(b.shell(line)); o.code != exitDone {
					t.Errorf("%s: exit code %d\n%s%s", line, o.code, o.out, o.err)
				}
			}
		})
	}
}

// TestExitCodes: the help documents every code.
func TestExitCodes(t *testing.T) {
	for _, code := range []string{"0  ", "1  ", "2  ", "3  ", "4  ", "5  ", "6  ", "7  ", "130  "} {
		if !strings.Contains(exitHelp, "\n  "+code) {
			t.Errorf("the help does not explain exit code %s", code)
		}
	}
}
