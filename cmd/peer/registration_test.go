package main

import (
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/settle/chain"
)

// freePort is a loopback host:port at which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// registered waits until a show command says that something is registered.
func (b *box) registered(args ...string) (r registration) {
	b.t.Helper()
	for deadline := time.Now().Add(3 * time.Minute); r.State != registeredFinal; {
		var report struct{ Registered registration }
		b.answer(&report, args...)
		if r = report.Registered; r.State != registeredPending && r.State != registeredFinal || time.Now().After(deadline) {
			b.t.Fatalf("%v: %v", args, r)
		}
	}
	return r
}

// TestRegistered: what is published is registered where a chain is named, by the
// command and by the running peer, over restarts and a chain that was out of
// reach; each version and each adapter names what it was made of.
func TestRegistered(t *testing.T) {
	b := newHome(t)
	state := func(want, why string, args ...string) {
		t.Helper()
		var report struct{ Registered registration }
		b.answer(&report, args...)
		if r := report.Registered; r.State != want || !strings.Contains(r.Why, why) {
			t.Errorf("%v: got %+v, want %s: %s", args, r, want, why)
		}
	}
	b.ok("datanet", "create", "poems", "--licence", "CC0-1.0")
	state(registeredNone, "no version", "datanet", "show", "poems")
	b.ok("datanet", "add", "poems", b.write("one.jsonl", `{"text":"Roses are red and the sky above them is blue"}`, 0o600))
	b.ok("datanet", "publish", "poems")
	state(registeredNone, "no chain is configured", "datanet", "show", "poems")
	first := b.version("poems")

	at := freePort(t)
	endpoint := "OPENLEDGER_CHAIN_ENDPOINT=http://" + at
	b.env = append(b.env, endpoint)
	state(registeredPending, "does not answer", "datanet", "show", "poems")
	b.unset("OPENLEDGER_CHAIN_ENDPOINT")
	b.env = append(b.env, "OPENLEDGER_CHAIN_LISTEN="+at)
	b.ok("datanet", "add", "poems", b.write("two.jsonl", `{"text":"Violets are blue and the grass around them is green"}`, 0o600))
	b.ok("datanet", "publish", "poems")
	second := b.version("poems")
	if first == second {
		t.Fatalf("both versions are %s", first)
	}
	b.ok("train", "local", "--preset", "tiny", "--text", "to be or not to be", "--steps", "1", "--out", "mine")
	b.ok("train", "local", "--model", "./mine", "--text", "that is the question", "--method", "lora", "--steps", "1", "--out", "question")
	state(registeredNone, "no final block", "model", "show", filepath.Join(b.dir, "mine"))

	p := b.start("run")
	p.line("health")
	b.ok("adapter", "publish", "./question", "--base", "./mine")
	ids := map[string]bool{}
	for _, args := range [][]string{{"datanet", "show", "poems"}, {"adapter", "show", "./question"}} {
		r := b.registered(args...)
		if r.ID == "" || r.Block == 0 || r.Owner == "" || ids[r.ID] {
			t.Errorf("%v: got %+v", args, r)
		}
		ids[r.ID] = true
	}
	state(registeredNone, "no final block", "model", "show", "./mine")
	b.inGraph(first, second)
	if code := p.end(syscall.SIGINT); code != exitDone {
		t.Errorf("exit code %d\n%s", code, p.errors.String())
	}
}

// version is the CID of a Datanet's latest version.
func (b *box) version(name string) string {
	b.t.Helper()
	var r showReport
	b.answer(&r, "datanet", "show", name)
	return r.CID
}

// inGraph looks at what the running peer read of the Registry: the second version
// was made of the first, and soon nothing is left to register.
func (b *box) inGraph(first, second string) {
	b.t.Helper()
	ctx := b.t.Context()
	db, err := openLedger(home(b.home).ledgerFile())
	if err != nil {
		b.t.Fatal(err)
	}
	defer db.Close()
	text, err := os.ReadFile(filepath.Join(b.home, "chain.json"))
	if err != nil {
		b.t.Fatal(err)
	}
	var k chain.Contracts
	if err := json.Unmarshal(text, &k.Addresses); err != nil {
		b.t.Fatal(err)
	}
	g, err := chain.NewProvenance(ctx, &k, db)
	if err != nil {
		b.t.Fatal(err)
	}
	var parents []chain.ItemID
	for i, name := range []string{first, second} {
		c, err := cid.Decode(name)
		if err != nil {
			b.t.Fatal(err)
		}
		found, err := g.Find(ctx, chain.DatanetItem, chain.DigestOf(c))
		if err != nil || len(found) != 1 || !slices.Equal(found[0].Parents, parents) || found[0].Series == ([32]byte{}) {
			b.t.Fatalf("version %d: found %+v (%v), want parents %x", i, found, err, parents)
		}
		parents = []chain.ItemID{found[0].ID}
	}
	left := 1
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); left > 0; <-tick.C {
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM registrations").Scan(&left); err != nil || time.Now().After(deadline) {
			b.t.Fatalf("%d registrations are left (%v)", left, err)
		}
	}
}
