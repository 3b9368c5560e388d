package main

import (
	"math/big"
	"strings"
	"testing"

	"github.com/openledger/openledger/settle/chain"
)

// openOf reads an amount that a command wrote.
func openOf(t *testing.T, text string) *big.Int {
	t.Helper()
	n, err := chain.ParseAmount(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A job of peers that share a chain is paid there: a worker without a stake says
// so and does not bid, one with a stake is engaged, and gets what it earned; the
// requester pays exactly that, and has the rest back.
func TestJobOnChain(t *testing.T) {
	c := newCrewOn(t, 2, freePort(t))
	balance := func(b *box) (r balanceReport) {
		b.answer(&r, "wallet", "balance")
		return r
	}
	before := openOf(t, balance(c.ask).OPEN)
	id := c.submit("--level", "C")
	c.wait(id, func(r jobReport) bool {
		return strings.Contains(strings.Join(r.Declined, "\n"), "stake or bond could not be locked")
	})
	staked := new(big.Int)
	for _, w := range append(c.workers, c.audit) {
		var who struct{ Account string }
		w.answer(&who, "id")
		c.ask.ok("stake", "add", "1000", "--for", who.Account)
		staked.Add(staked, openOf(t, "1000"))
	}
	r := c.wait(id, func(r jobReport) bool {
		return r.Over && strings.Contains(strings.Join(r.Money, "\n"), "all is paid out, the rest came back")
	})
	if r.Status != "FINAL" || !strings.HasPrefix(r.Ledger, "JobEscrow 0x") {
		t.Fatalf("job is %s of %s: %s\n%s", r.Status, r.Ledger, r.Why, c.ask.ok("job", "history", id))
	}
	sum := new(big.Int)
	for _, w := range append(c.workers, c.audit) {
		got := balance(w)
		sum.Add(sum, openOf(t, got.OPEN))
		if got.OPEN == "0" && w != c.audit {
			t.Errorf("a worker was not paid:\n%s", strings.Join(r.Money, "\n"))
		}
		var s stakeReport
		w.answer(&s, "stake", "status")
		if s.Bonded != "1000" || s.Free != "1000" || s.Locked != "0" {
			t.Errorf("of its stake: %+v", s)
		}
	}
	if after := openOf(t, balance(c.ask).OPEN); new(big.Int).Sub(new(big.Int).Sub(before, staked), after).Cmp(sum) != 0 {
		t.Errorf("the requester had %v, staked %v and has %v; the others got %v", before, staked, after, sum)
	}
	if text := c.ask.ok("job", "show", id); !strings.Contains(text, "ledger ") || !strings.Contains(text, "paid 0.") {
		t.Errorf("job show:\n%s", text)
	}
}
