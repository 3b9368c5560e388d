package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const owaspFile = "../../../shared/data/owasp/records.jsonl"

// An owaspRecord is a line of the cybersecurity corpus.
type owaspRecord struct{ ID, Contributor, Text string }

// owasp reads the corpus: 874 records of 135 contributors.
func owasp(t *testing.T) (path string, records []owaspRecord) {
	t.Helper()
	path, err := filepath.Abs(owaspFile)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the corpus is not here: ", err)
	}
	for line := range bytes.Lines(b) {
		var r owaspRecord
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return path, records
}

// goSource is a folder of Go's own source.
func goSource(names ...string) string {
	return filepath.Join(append([]string{goRoot(), "src"}, names...)...)
}

var goRoot = sync.OnceValue(func() string {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		panic(err)
	}
	return strings.TrimSpace(string(out))
})

// another is one more box with a key of its own.
func (b *box) another() *box {
	c := moreBox(b.t)
	c.ok("init")
	return c
}

// joined starts the peer of a box that knows the given address, and waits until
// it has a connection.
func (b *box) joined(addr string) *process {
	b.t.Helper()
	b.ok("bootstrap", "add", addr)
	p := b.start("run")
	p.line("health")
	b.ok("swarm", "connect", addr)
	return p
}

// search waits until a Datanet is found that was announced.
func (b *box) search(name string) foundDatanet {
	b.t.Helper()
	for range 50 {
		var r searchReport
		if b.answer(&r, "datanet", "search", name); len(r.Datanets) > 0 {
			return r.Datanets[0]
		}
	}
	b.t.Fatalf("datanet search %s: nothing found", name)
	return foundDatanet{}
}

// TestDatanetBetweenPeers: one peer publishes real data, two find and share it,
// the first is gone for good, and the others give every byte and credit back.
func TestDatanetBetweenPeers(t *testing.T) {
	a := newHome(t)
	path, records := owasp(t)
	source := goSource("encoding", "json")
	a.ok("datanet", "create", "owasp", "--licence", "CC-BY-SA-4.0", "--description", "Cheat sheets on application security", "--tag", "security")
	var added addReport
	a.answer(&added, "datanet", "add", "owasp", path, "--contributor-column", "contributor", "--key-column", "id")
	if added.Report.Records != len(records) || added.Contributors != 135 || added.Report.Duplicates != 0 {
		t.Fatalf("add: %d records by %d contributors, %d duplicates; want %d, 135, 0", added.Report.Records, added.Contributors, added.Report.Duplicates, len(records))
	}
	first := a.start("run")
	first.line("health")
	var published publishReport
	a.answer(&published, "datanet", "publish", "owasp")
	a.ok("datanet", "create", "gosource", "--licence", "BSD-3-Clause", "--tag", "go") // through the running peer
	a.ok("datanet", "add", "gosource", source, "--title", "encoding/json")
	a.ok("datanet", "publish", "gosource")
	wanted := a.export("owasp", "gosource")

	b, c := a.another(), a.another()
	addr := a.local()
	b.joined(addr)
	found := b.search("owasp")
	if found.CID != published.CID || found.Records != uint64(len(records)) || found.Contributors != 135 || found.Licence != "CC-BY-SA-4.0" {
		t.Errorf("search: got %+v, want %s", found, published.CID)
	}
	var pinned datanetPinReport
	b.answer(&pinned, "datanet", "pin", "owasp")
	if here := pinned.Count["pinned"]; here < 10 || here+pinned.Count["remote"] != 20 {
		t.Errorf("pin: got %v, want at least half of the 20 pieces here, and no other state", pinned.Count)
	}
	b.search("gosource")
	b.ok("datanet", "pin", "gosource")
	third := c.joined(addr)
	c.search("owasp")
	c.ok("datanet", "pin", "owasp", "--whole")
	if code := third.end(syscall.SIGTERM); code != exitDone {
		t.Errorf("a peer with pins ends with code %d\n%s", code, third.errors.String())
	}
	first.end(syscall.SIGKILL)

	if got := b.export("owasp", "gosource"); got != wanted {
		t.Error("what the second peer exports is not what the first did")
	}
	checkOwasp(t, b, records)
	for _, x := range []*box{b, c} {
		var v verifyReport
		if x.answer(&v, "datanet", "verify", "owasp"); v.Contributors != 135 || v.Records != 874 || v.CID != published.CID {
			t.Errorf("verify: got %+v", v)
		}
		x.ok("repo", "verify")
	}
	if out := b.ok("pin", "status", "owasp"); !strings.Contains(out, " pinned") {
		t.Errorf("pin status: got\n%s", out)
	}
}

// TestContribute: what somebody else signs for a Datanet comes in when its
// founder takes it, with the credit of who signed.
func TestContribute(t *testing.T) {
	a := newHome(t)
	a.poems()
	a.start("run").line("health")
	b := a.another()
	b.joined(a.local())
	b.search("poems")
	b.ok("datanet", "pin", "poems")
	b.write("mine.jsonl", `{"text":"A poem of mine, which nobody has read yet"}`+"\n", 0o644)
	var added, taken addReport
	b.answer(&added, "datanet", "add", "poems", "mine.jsonl")
	b.refused(b.command("datanet", "publish", "poems"), exitFailed, "who alone signs its versions")
	a.answer(&taken, "datanet", "add", "poems", added.Contribution)
	if taken.Owner != added.Owner || taken.Report.Records != 1 {
		t.Errorf("taken: %+v, want what %s signed", taken, added.Owner)
	}
	var p publishReport
	if a.answer(&p, "datanet", "publish", "poems"); p.Contributions != 1 || p.Version != 1 {
		t.Errorf("publish: %+v", p)
	}
	if out := a.ok("datanet", "stats", "poems"); !strings.Contains(out, added.Owner.String()) {
		t.Errorf("no credit for %s:\n%s", added.Owner, out)
	}
	a.ok("repo", "verify")
}

// export returns the records of Datanets as lines of JSON.
func (b *box) export(names ...string) (all string) {
	b.t.Helper()
	for _, name := range names {
		all += b.ok("datanet", "export", name)
	}
	return all
}

// cleaned is a text as ingest keeps it: NFC, without control characters.
func cleaned(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || r == '\ufeff' {
			return -1
		}
		return r
	}, strings.NewReplacer("\r\n", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)))
}

// checkOwasp compares the texts, keys and credits of an export with the file.
func checkOwasp(t *testing.T, b *box, records []owaspRecord) {
	t.Helper()
	credits, i := map[string]uint64{}, 0
	for line := range strings.Lines(b.ok("datanet", "export", "owasp")) {
		var e exported
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if want := records[i]; e.Text != cleaned(want.Text) || e.Key != want.ID || e.Contributor != want.Contributor || e.Licence != "CC-BY-SA-4.0" {
			t.Fatalf("record %d: got %.200q of %s, want %.200q of %s", i, e.Text, e.Contributor, want.Text, want.Contributor)
		}
		credits[e.Contributor]++
		i++
	}
	if i != len(records) {
		t.Fatalf("export: %d records, want %d", i, len(records))
	}
	var stats statsReport
	b.answer(&stats, "datanet", "stats", "owasp")
	if len(stats.Contributors) != 135 {
		t.Errorf("stats: %d contributors, want 135", len(stats.Contributors))
	}
	for _, c := range stats.Contributors {
		if c.Records != credits[c.Name] {
			t.Errorf("%s is credited with %d records, has %d", c.Name, c.Records, credits[c.Name])
		}
	}
}

// TestDatanetVersions: reviews decide what comes in, withdrawals what is left.
func TestDatanetVersions(t *testing.T) {
	b := newHome(t)
	b.write("one.jsonl", `{"text":"The first poem of all, about the sea"}`+"\n"+`{"text":"Write to ann@example.org for the rest"}`+"\n", 0o644)
	b.write("two.jsonl", `{"text":"The first poem of all, about the sea"}`+"\n"+`{"text":"A second one, on the hills above it"}`+"\n", 0o644)
	b.ok("datanet", "create", "poems", "--licence", "MIT", "--policy", "reviewed")
	var one, two addReport
	b.answer(&one, "datanet", "add", "poems", "one.jsonl", "--redact")
	b.answer(&two, "datanet", "add", "poems", "two.jsonl")
	if one.Report.Findings != 1 || two.Report.Duplicates != 1 || two.Report.Records != 1 {
		t.Errorf("got %+v and %+v, want one address found and one duplicate left out", one.Report, two.Report)
	}
	b.refused(b.command("datanet", "publish", "poems"), exitFailed, "no data to publish yet", one.Contribution, "accepted by no curator")
	b.ok("datanet", "review", "poems", one.Contribution, "--accept", "read it")
	b.ok("datanet", "review", "poems", two.Contribution, "--reject", "off topic")
	var p publishReport
	b.answer(&p, "datanet", "publish", "poems")
	if p.Contributions != 1 || p.Reviews != 2 || len(p.Waiting) != 1 || !strings.Contains(p.Waiting[0].Why, "rejected by a curator") {
		t.Errorf("publish: got %+v", p)
	}
	if out := b.ok("datanet", "export", "poems"); !strings.Contains(out, "Write to [e-mail] for the rest") {
		t.Errorf("export: got %s", out)
	}
	b.ok("datanet", "withdraw", "poems", one.Contribution, "--record", "1", "--reason", "private")
	b.answer(&p, "datanet", "publish", "poems", "--description", "Poems")
	if p.Version != 1 || p.Withdrawals != 1 {
		t.Errorf("publish: got %+v", p)
	}
	if out := b.ok("datanet", "export", "poems"); strings.Count(out, "\n") != 1 || strings.Contains(out, "Write to") {
		t.Errorf("after the withdrawal: got %s", out)
	}
	if b.answer(&p, "datanet", "publish", "poems"); !p.Again || p.Version != 1 {
		t.Errorf("publish again: got %+v", p)
	}
	var show showReport
	if b.answer(&show, "datanet", "show", "poems"); show.Withdrawn != 1 || len(show.Contributions) != 1 || len(show.Waiting) != 1 || show.Description != "Poems" {
		t.Errorf("show: got %+v", show)
	}
	b.ok("datanet", "export", "poems", "--format", "car", "--to", "poems.car")
	b.ok("repo", "gc")
	b.ok("repo", "verify")
}
