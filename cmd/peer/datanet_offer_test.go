package main

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// contribute adds a line of text to a Datanet of somebody else.
func (b *box) contribute(datanet, file, text string) (r addReport) {
	b.t.Helper()
	b.write(file, `{"text":"`+text+`"}`+"\n", 0o644)
	b.answer(&r, "datanet", "add", datanet, file)
	return r
}

// offers waits until a founder sees so many offers.
func (b *box) offers(datanet string, want int) []contributionLine {
	b.t.Helper()
	var r reviewReport
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		r = reviewReport{}
		if b.answer(&r, "datanet", "review", datanet); len(r.Offered) == want {
			return r.Offered
		}
	}
	b.t.Fatalf("review %s: %d offers, want %d", datanet, len(r.Offered), want)
	return nil
}

// TestOffer: what somebody signs for a Datanet of another peer reaches its
// founder without a CID by hand, also if he was away.
func TestOffer(t *testing.T) {
	a := newHome(t)
	a.poems()
	a.ok("datanet", "publish", "poems")
	a.write("club.jsonl", `{"text":"For members only, says the sign on the door"}`+"\n", 0o644)
	a.ok("datanet", "create", "club", "--licence", "CC0-1.0", "--policy", "invited")
	a.ok("datanet", "add", "club", "club.jsonl")
	a.ok("datanet", "publish", "club")
	first := a.start("run")
	first.line("health")
	addr := a.local()
	b := a.another()
	b.joined(addr)
	b.search("poems")
	b.ok("datanet", "pin", "poems")
	b.search("club")
	b.ok("datanet", "pin", "club")

	one := b.contribute("poems", "one.jsonl", "A poem of mine, which nobody has read yet")
	if one.Heard != yes {
		t.Fatalf("add: the founder has not heard: %s", one.Heard)
	}
	two := b.contribute("poems", "two.jsonl", "Buy cheap watches at the corner of the market")
	if r := b.contribute("club", "three.jsonl", "May I come in, although nobody asked me to"); !strings.Contains(r.Heard, "is not invited to club") {
		t.Errorf("add to a Datanet for invited only: %q", r.Heard)
	}
	if got := a.offers("poems", 2); got[0].CID != one.Contribution || got[0].Owner != one.Owner || got[0].Records != 1 {
		t.Errorf("offered: %+v, want %s of %s", got, one.Contribution, one.Owner)
	}
	a.offers("club", 0)
	a.refused(a.command("datanet", "review", "poems", two.Contribution, "--accept", "why not"), exitFailed, "take it first")
	a.ok("datanet", "review", "poems", two.Contribution, "--reject", "an advertisement")
	a.ok("datanet", "add", "poems", one.Contribution)
	a.offers("poems", 0)
	var p publishReport
	if a.answer(&p, "datanet", "publish", "poems"); p.Contributions != 1 || p.Version != 1 {
		t.Errorf("publish: %+v", p)
	}
	b.found("poems", p.CID)
	b.ok("datanet", "pin", "poems")

	// A withdrawal by the owner of the record comes in by itself.
	var w withdrawReport
	if b.answer(&w, "datanet", "withdraw", "poems", one.Contribution, "--record", "0", "--reason", "not ready"); w.Heard != yes {
		t.Errorf("withdraw: the founder has not heard: %s", w.Heard)
	}
	if a.answer(&p, "datanet", "publish", "poems"); p.Withdrawals != 1 || p.Version != 2 {
		t.Errorf("publish: %+v", p)
	}

	// While the founder is away, his Datanet still takes contributions.
	first.end(syscall.SIGTERM)
	if r := b.contribute("poems", "four.jsonl", "Written while nobody was listening to it"); r.Heard == yes || r.Heard == offline {
		t.Errorf("add while the founder is away: %q", r.Heard)
	}
	a.start("run").line("health")
	a.ok("swarm", "connect", b.local())
	a.offers("poems", 1)
	a.ok("repo", "verify")
	b.ok("repo", "verify")
}

// found waits until a search gives a certain version.
func (b *box) found(name, head string) {
	b.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		if b.search(name).CID == head {
			return
		}
	}
	b.t.Fatalf("datanet search %s: version %s was not found", name, head)
}
