package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openledger/openledger/cmd/peer/devnet"
)

// The quick demonstration, on real sockets, and what it leaves: two Datanets, a
// job that two workers agreed on, answers with receipts.
func TestDemo(t *testing.T) {
	if os.Getenv("OPENLEDGER_DEMO") == "" {
		t.Skip("set OPENLEDGER_DEMO=1: it takes minutes of both cores")
	}
	b := newBox(t)
	dir := filepath.Join(b.dir, "net")
	t.Cleanup(func() { b.outcome(b.command("devnet", "down", "--remove", "--dir", dir)) })
	out := b.ok("demo", "--quick", "--keep", "--dir", dir)
	t.Log(out)
	n, err := devnet.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	asker := n.Peer(devnet.Gateway)
	ask := func(answer any, args ...string) {
		t.Helper()
		if err := asker.Ask(t.Context(), answer, args...); err != nil {
			t.Fatal(err)
		}
	}
	var jobs jobsReport
	ask(&jobs, "job", "list")
	if len(jobs.Jobs) != 1 || jobs.Jobs[0].Status != "FINAL" {
		t.Errorf("jobs %+v, want one that is FINAL", jobs.Jobs)
	}
	var datanets datanetTable
	ask(&datanets, "datanet", "list")
	if len(datanets.Datanets) != 2 {
		t.Errorf("Datanets %+v, want both", datanets.Datanets)
	}
	var receipts struct{ Receipts []json.RawMessage }
	ask(&receipts, "receipt", "list")
	if len(receipts.Receipts) < 2 {
		t.Errorf("%d receipts, want one for each answer", len(receipts.Receipts))
	}
	var status statusReport
	ask(&status, "status")
	if len(status.Datanets) != 2 || status.Peers < 3 {
		t.Errorf("status %+v, want two Datanets and three peers at least", status)
	}
	if down := b.ok("devnet", "down", "--dir", dir); strings.Contains(down, "ready") {
		t.Errorf("after down:\n%s", down)
	}
	for _, p := range n.Peers {
		if p.Running() {
			t.Errorf("%s runs after down", p.Name)
		}
	}
}
