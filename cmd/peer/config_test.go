package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openledger/openledger/compute/serve"
)

// TestPrecedence: flag over environment over file over default, each named.
func TestPrecedence(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(file, []byte("# mine\nlog:\n  level: warn\n  format: json\nrun: {stop_timeout: 5s}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := loadSettings(file, []string{"OPENLEDGER_LOG_LEVEL=error", "OPENLEDGER_RUN_STOP_TIMEOUT=6s", "OPENLEDGER_LOG_LEVLE=x", "PATH=y"},
		[]override{{"log.level", "info", "flag --set"}, {"log.level", "debug", "flag --log-level"}})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]struct{ value, source string }{
		"log.level":        {"DEBUG", "flag --log-level"},
		"run.stop_timeout": {"6s", "environment OPENLEDGER_RUN_STOP_TIMEOUT"},
		"log.format":       {"json", "file " + file + ":4"},
		"key.scrypt":       {"standard", "default"},
	} {
		l, err := s.find(key)
		if err != nil {
			t.Fatal(err)
		}
		if l.String() != want.value || l.source != want.source {
			t.Errorf("%s: got %s from %s, want %s from %s", key, l, l.source, want.value, want.source)
		}
	}
	if got := s.strangers([]string{"OPENLEDGER_LOG_LEVLE=x", "OPENLEDGER_PATH=x", "OPENLEDGER_KERNELS=ref"}); len(got) != 1 || !strings.Contains(got[0], "did you mean OPENLEDGER_LOG_LEVEL?") {
		t.Errorf("strangers: %q", got)
	}
}

// TestNamesOfSettings: each has a name, and no two share a variable.
func TestNamesOfSettings(t *testing.T) {
	seen := map[string]string{}
	for _, l := range newSettings().all {
		if strings.HasSuffix(l.key, ".") || strings.HasPrefix(l.key, ".") || strings.Contains(l.key, "..") {
			t.Errorf("a field below %q has no yaml name", l.key)
		}
		if other, ok := seen[l.env()]; ok {
			t.Errorf("%s and %s are both %s", l.key, other, l.env())
		}
		seen[l.env()] = l.key
	}
	if _, err := loadSettings("", nil, nil); err != nil {
		t.Errorf("the defaults are refused: %v", err)
	}
}

// TestConfigSet keeps what a person wrote.
func TestConfigSet(t *testing.T) {
	b := newHome(t)
	b.write("home/config.yaml", "# about the log\nlog:\n  level: warn # loud enough\n", 0o600)
	b.ok("config", "set", "log.level", "debug")
	b.ok("config", "set", "run.stop_timeout", "60s")
	want := "# about the log\nlog:\n  level: DEBUG # loud enough\nrun:\n  stop_timeout: 1m0s\n"
	if got, err := os.ReadFile(filepath.Join(b.home, "config.yaml")); err != nil || string(got) != want {
		t.Errorf("got (%v)\n%s\nwant\n%s", err, got, want)
	}
	for name, text := range map[string]string{"empty": "", "comments": "# nothing\n# yet\n", "empty section": "log:\n"} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			b.write("home/config.yaml", text, 0o600)
			b.ok("config", "set", "log.level", "debug")
			if got := b.ok("config", "get", "log.level"); got != "DEBUG\n" {
				t.Errorf("got %q", got)
			}
			if got, _ := os.ReadFile(filepath.Join(b.home, "config.yaml")); name == "comments" && !strings.HasPrefix(string(got), text) {
				t.Errorf("comments are lost:\n%s", got)
			}
		})
	}
}

func TestConfigShow(t *testing.T) {
	b := newHome(t)
	var list []struct {
		Key    string
		Value  any
		Source string
	}
	if err := json.Unmarshal([]byte(b.ok("config", "show", "--output", "json")), &list); err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{}
	for _, l := range list {
		sources[l.Key] = l.Source
	}
	for key, want := range map[string]string{
		"ops.listen": "environment OPENLEDGER_OPS_LISTEN", "log.level": "default",
		"key.account": "file " + filepath.Join(b.home, "config.yaml") + ":6",
	} {
		if sources[key] != want {
			t.Errorf("%s comes from %q, want %q", key, sources[key], want)
		}
	}
	b.env = append(b.env, "OPENLEDGER_LOGLEVEL=debug")
	if o := b.outcome(b.command("config", "show")); !strings.Contains(o.err, "OPENLEDGER_LOGLEVEL sets nothing") {
		t.Errorf("a misspelt variable is ignored in silence: %q", o.err)
	}
}

// TestInitKeepsConfig: a config.yaml prepared in an empty folder stays.
func TestInitKeepsConfig(t *testing.T) {
	b := newBox(t)
	if err := os.Mkdir(b.home, 0o700); err != nil {
		t.Fatal(err)
	}
	b.write("home/config.yaml", "# prepared\nlog: {format: json}\n", 0o600)
	b.ok("init", "--set", "run.stop_timeout=7s")
	out := b.ok("config", "show")
	for _, want := range []string{"log.format           json", "run.stop_timeout     7s"} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"log.levl", "log.level", 1}} {
		if got := serve.Distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q): got %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := nearest("x", nil); got != "" {
		t.Errorf("nearest of nothing: %q", got)
	}
}

// FuzzConfig: no file makes the reader panic, and what it takes it can write.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("log: {level: debug}\nrun: {stop_timeout: 5s}\n"))
	f.Add([]byte("a: &a [*a]\nlog: *a\n"))
	f.Add([]byte("? [x]\n: y\n"))
	f.Add([]byte("--- 1\n---\n2"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s := newSettings()
		if s.read("config.yaml", text) != nil {
			return
		}
		for _, l := range s.all {
			if err := l.set(l.String(), "again"); err != nil {
				t.Errorf("%s: %q was read and cannot be set: %v", l.key, l, err)
			}
		}
	})
}
