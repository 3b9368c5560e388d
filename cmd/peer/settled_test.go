package main

import (
	"context"
	"math/big"
	"testing"
	"time"

	"github.com/openledger/openledger/cmd/peer/servetest"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// sent has the peer that keeps the chain give another one gas and OPEN.
func (x *citizen) sent(to *citizen, amount string) {
	x.t.Helper()
	l, err := x.answers.repo.link(x.t.Context())
	if err == nil {
		_, err = l.make(x.t.Context(), step{"gas", chain.Call{To: [20]byte(to.key.Public().Account()), Value: big.NewInt(1e18)}})
	}
	if err != nil {
		x.t.Fatal(err)
	}
	did(x, walletTransfer, amountTo{Amount: amount, To: to.key.Public().Account().String()})
}

// TestSettledBetweenPeers: an asker and a worker, who post nothing, tell an
// aggregator by gossip of an answer; it posts the epoch, the worker recomputes it
// and claims its part. What both tell of, and tell again, is settled once.
func TestSettledBetweenPeers(t *testing.T) {
	const price = 2_000_000 // 2 OPEN for a million tokens
	port := freePort(t)
	poster := newCitizenWith(t, "poster", nil, func(c *Config) {
		c.Chain.Listen, c.Chain.Epochs, c.Chain.Every = port, "post", time.Second
	})
	did(poster, chainStatus, none{}) // the contracts are there
	did(poster, stakeAdd, amountTo{Amount: "10000"})
	worker := newCitizenWith(t, "worker", []string{servetest.Dir(t)}, func(c *Config) {
		poster.on(port)(c)
		c.Network.PriceServe = price
	}, poster)
	asker := newCitizenWith(t, "asker", nil, func(c *Config) {
		poster.on(port)(c)
		c.Serve.Spend = price
	}, poster, worker)
	poster.sent(worker, "1")
	poster.sent(asker, "3")
	did(asker, walletDeposit, amountTo{Amount: "2"})
	base := worker.answers.models()[0].local.Base.CID
	asker.knows(base, 1)
	asker.text(base.String(), "")

	k := worker.answers.repo.chain.k
	final := func(want uint64) {
		t.Helper()
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for deadline := time.Now().Add(2 * time.Minute); ; <-tick.C {
			_, final, err := k.Tip(t.Context())
			if err != nil || time.Now().After(deadline) {
				t.Fatalf("epoch %d is not final in time: %d, %v", want, final, err)
			}
			if final >= want {
				return
			}
		}
	}
	final(1)
	for _, x := range []*citizen{worker, asker} { // each by itself, from the chain and blocks of others
		if r := did(x, epochVerify, verifyArgs{Epoch: 1}); !r.Right || r.Records != 1 {
			t.Errorf("epoch 1: %+v", r)
		}
	}
	b, err := worker.answers.repo.chain.finalBook(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, earned, _, _ := b.State().Earned(epoch.AccountOf([20]byte(worker.key.Public().Account())))
	total := b.State().Total()
	if earned.IsZero() || total.Lt(&earned) {
		t.Fatalf("the worker earned %v of %v", &earned, &total)
	}
	if r := did(worker, earningsTask, ""); len(r.Lines) != 1 || r.Lines[0].Kind != "model" || r.Final != open(earned.ToBig()) || r.Due != r.Final {
		t.Errorf("got %+v, want %s of one model", r, open(earned.ToBig()))
	}
	balance := func() *big.Int {
		t.Helper()
		n, err := k.Balance(t.Context(), [20]byte(worker.key.Public().Account()))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := balance()
	if r := did(worker, claimTask, none{}); r.Amount != open(earned.ToBig()) || new(big.Int).Sub(balance(), before).Cmp(earned.ToBig()) != 0 {
		t.Errorf("claimed %s, has %v more, want %v", r.Amount, new(big.Int).Sub(balance(), before), &earned)
	}
	if r := did(worker, claimTask, none{}); r.Amount != "0" {
		t.Errorf("claimed %s a second time", r.Amount)
	}

	// The worker knows that it is settled, and says it to nobody any more.
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); ; <-tick.C {
		owed, err := worker.answers.repo.owed(context.Background())
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("the worker is still owed %d answers (%v)", len(owed), err)
		}
		if len(owed) == 0 {
			break
		}
	}
	asker.text(base.String(), "")
	final(2)
	if r := did(worker, epochVerify, verifyArgs{Epoch: 2}); !r.Right || r.Records != 1 {
		t.Errorf("epoch 2: %+v", r)
	}
	if tip, _, err := k.Tip(t.Context()); err != nil || tip != 2 {
		t.Errorf("%d epochs (%v), want 2: what was told twice is settled once", tip, err)
	}
}
