package main

import (
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// set is a setting as a flag.
func set(key, value string) string { return "--set=" + key + "=" + value }

// TestWallet: OPEN is sent, deposited, staked and taken back on the chain of the
// home, by commands alone and through the running peer, and adds up to the unit.
func TestWallet(t *testing.T) {
	b := newHome(t)
	balance := func() (r balanceReport) {
		t.Helper()
		if err := json.Unmarshal([]byte(b.ok("wallet", "balance", "--output", "json")), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	b.ok("wallet", "transfer", "0x00000000000000000000000000000000000000aa", "0.000000000000000001")
	b.ok("wallet", "deposit", "12.5")
	if r := balance(); r.OPEN != "999999987.499999999999999999" || r.Deposited != "12.5" || r.Left != "12.5" {
		t.Errorf("got %+v", r)
	}
	p := b.start("run")
	p.line("health")
	b.ok("stake", "add", "4000")
	b.ok("stake", "add", "3000")
	b.ok("stake", "add", "3000") // not the one before, which is not final yet
	b.ok("wallet", "withdraw", "2.5")
	if r := balance(); r.OPEN != "999989987.499999999999999999" || r.Leaving != "2.5" || r.From != 2 || r.Bonded != "10000" {
		t.Errorf("got %+v", r)
	}
	b.refused(b.command("chain", "deploy", "--again"), exitBusy, "the running peer uses the contracts")
	if code := p.end(syscall.SIGINT); code != exitDone {
		t.Errorf("exit code %d\n%s", code, p.errors.String())
	}
	b.refused(b.command("wallet", "withdraw"), exitFailed, "once epoch 1 is final")
	b.refused(b.command("wallet", "deposit", "1000000000"), exitFailed, "not enough OPEN")
	b.refused(b.command("wallet", "transfer", "0x00000000000000000000000000000000000000aa", "1000000000"), exitFailed, "not enough OPEN")
	b.refused(b.command("wallet", "withdraw", "10.1"), exitFailed, "SpendsMoreThanDeposited")
	b.refused(b.command("stake", "withdraw"), exitFailed, "peer stake exit AMOUNT")
	if r := balance(); r.OPEN != "999989987.499999999999999999" {
		t.Errorf("what was refused cost something: %+v", r)
	}
}

// TestChainRefuses: each error names the thing and the remedy.
func TestChainRefuses(t *testing.T) {
	b := newHome(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	down := "http://user:secret@" + l.Addr().String()
	port := l.Addr().String()
	l.Close()
	b.ok("chain", "deploy")
	dev := b.start("chain", "dev", "--listen", port)
	dev.line("chain.endpoint")
	file := filepath.Join(b.home, "chain.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := moreBox(t)
	other.ok("init")
	other.env = append(other.env, "OPENLEDGER_CHAIN_ENDPOINT=http://"+port)
	other.refused(other.command("wallet", "balance"), exitConfig, "addresses of the contracts", "chain.contracts=FILE")
	other.env = append(other.env, "OPENLEDGER_CHAIN_CONTRACTS="+file)
	other.ok("wallet", "balance")
	other.ok("chain", "status")
	other.refused(other.command("wallet", "transfer", "0x00000000000000000000000000000000000000aa", "1"), exitFailed, "not enough OPEN")

	wrong := func(from, to string) string {
		return b.write("wrong.json", strings.Replace(string(text), from, to, 1), 0o600)
	}
	other.refused(other.command("wallet", "balance", set("chain.contracts", wrong(`"chain_id": 1337`, `"chain_id": 10`))), exitFailed, "this is chain 1337", "on chain 10")
	other.refused(other.command("wallet", "balance", set("chain.contracts", wrong(`"ledger": "0x`, `"ledger": "0xff`))), exitConfig, "is damaged")
	other.refused(other.command("wallet", "balance", set("chain.endpoint", "here")), exitConfig, "no URL")
	if code := dev.end(syscall.SIGINT); code != exitDone {
		t.Errorf("chain dev: exit code %d\n%s", code, dev.errors.String())
	}
	other.refused(other.command("wallet", "balance", set("chain.endpoint", down)), exitFailed, "does not answer", "check the endpoint")
	if o := other.outcome(other.command("wallet", "balance", set("chain.endpoint", down))); strings.Contains(o.err, "secret") {
		t.Errorf("the password is shown: %s", o.err)
	}
	for _, c := range []struct {
		args []string
		code exitCode
		want string
	}{
		{[]string{"wallet", "deposit", "1e3"}, exitUsage, "want a decimal"},
		{[]string{"wallet", "deposit", "0"}, exitUsage, "does nothing"},
		{[]string{"wallet", "transfer", "0x12", "1"}, exitUsage, "is not an address"},
		{[]string{"epoch", "show", "x"}, exitUsage, "is no epoch"},
		{[]string{"epoch", "show", "7"}, exitUsage, "not posted"},
		{[]string{"gov", "propose", "nothing"}, exitUsage, "give --split"},
		{[]string{"gov", "propose", "--split", "1,2,3,4,5,6", "x"}, exitUsage, "sum to 21"},
		{[]string{"gov", "vote", "12", "perhaps"}, exitUsage, "for, against or abstain"},
		{[]string{"gov", "vote", "12", "for"}, exitUsage, "0 proposals"},
		{[]string{"chain", "deploy"}, exitUsage, "--again"},
		{[]string{"wallet", "balance", set("chain.listen", "0.0.0.0:8545")}, exitFailed, "127.0.0.1"},
	} {
		b.refused(b.command(c.args...), c.code, c.want)
	}
}
