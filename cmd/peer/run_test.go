package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// get returns the status and the body of a page.
func get(t *testing.T, url, token string) (int, string) {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestRun(t *testing.T) {
	b := newBox(t)
	b.ok("init")
	p := b.start("run")
	health := p.line("health")
	base := strings.TrimSuffix(health, "/health")
	for _, page := range []struct{ route, want string }{
		{"/health", `{"status":"ok"}`},
		{"/readiness", `{"stage":"ready"}`},
		{"/metrics", `peer_stage{stage="ready"} 1`},
		{"/metrics", "go_goroutines"},
		{"/debug/pprof/", "goroutine"},
		{"/debug/pprof/heap?debug=1", "heap profile"},
	} {
		if code, body := get(t, base+page.route, ""); code != 200 || !strings.Contains(body, page.want) {
			t.Errorf("GET %s: %d %.200q, want 200 and %q", page.route, code, body, page.want)
		}
	}
	if code, _ := get(t, base+"/nowhere", ""); code != 404 {
		t.Errorf("GET /nowhere: %d, want 404", code)
	}

	pid := fmt.Sprint(p.Process.Pid)
	b.refused(b.command("run"), exitBusy, "in use by process "+pid, "stop that process")
	b.refused(b.command("key", "rotate"), exitBusy, "in use by process "+pid)
	if out := b.ok("doctor"); !strings.Contains(out, "held by process "+pid) {
		t.Errorf("doctor beside a running peer: %s", out)
	}

	p.end(syscall.SIGKILL)
	again := b.start("run") // the lock of a dead process is no obstacle
	if code, _ := get(t, again.line("health"), ""); code != 200 {
		t.Errorf("GET /health after kill -9: %d", code)
	}
	if code := again.end(syscall.SIGTERM); code != exitDone {
		t.Errorf("SIGTERM: exit code %d, want 0\n%s", code, again.errors.String())
	}
	if log := again.errors.String(); !strings.Contains(log, `msg="Peer stopping"`) {
		t.Errorf("log of a clean stop: %s", log)
	}
}

func TestRunJSON(t *testing.T) {
	b := newHome(t)
	p := b.start("run", "--output", "json", "--set", "log.format=json", "--set", "ops.listen=")
	var ready struct{ Account, Health string }
	if err := json.NewDecoder(p.out).Decode(&ready); err != nil {
		t.Fatal(err)
	}
	var id struct{ Account string }
	if err := json.Unmarshal([]byte(b.ok("id", "--output", "json")), &id); err != nil {
		t.Fatal(err)
	}
	if ready.Account != id.Account || ready.Health != "" {
		t.Errorf("ready says %+v, id says %+v; want one account and no address", ready, id)
	}
	if code := p.end(syscall.SIGINT); code != exitDone {
		t.Errorf("SIGINT: exit code %d, want 0", code)
	}
	for line := range strings.Lines(p.errors.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("log line is not JSON: %s", line)
		}
	}
}

func TestToken(t *testing.T) {
	b := newHome(t)
	const token = "0123456789abcdef"
	b.write("home/token", token+"\n", 0o600)
	p := b.start("run", "--set", "ops.token_file=token", "--set", "ops.listen=0.0.0.0:0")
	base := strings.TrimSuffix(p.line("health"), "/health")
	for _, c := range []struct {
		route, token string
		want         int
	}{
		{"/health", "", 200}, {"/metrics", "", 401}, {"/metrics", token, 200}, {"/metrics", token + "0", 401},
		{"/readiness", "", 401}, {"/readiness", token, 200}, {"/debug/pprof/", "wrong", 401},
	} {
		if code, _ := get(t, base+c.route, c.token); code != c.want {
			t.Errorf("GET %s with token %q: %d, want %d", c.route, c.token, code, c.want)
		}
	}
}
