package escrow_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/cmd/peer/escrow"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/settle/chain"
)

// TestRequesterGone: workers whose requester never comes back submit what they did
// and are paid for it by the contract, when its window is over.
func TestRequesterGone(t *testing.T) {
	h := newHouse(t, nil)
	id := h.Submit(h.asks, recipe.Choices{Level: job.C}, func(s *job.Spec) {
		terms(s)
		s.Terms.Window = 60_000 // it is not over before the requester is gone
	})
	var spec job.Spec
	done := func(p *worktest.Peer) bool {
		var n int
		err := p.DB().QueryRow(`SELECT count(*) FROM job_engagements WHERE job = ? AND mine = 1 AND upto = ?`, id[:], spec.Steps()).Scan(&n)
		return err == nil && n == 1
	}
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		v, err := h.asks.Requester.View(id)
		if spec = v.Spec; err == nil && done(h.one) && done(h.two) {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%v\n%s", err, h.History(h.asks, id))
		}
	}
	h.asks.Kill()
	long := time.Duration(spec.Terms.Job+spec.Terms.Pause+2*spec.Terms.Window)*time.Millisecond + time.Minute
	worktest.Must[any](t)(nil, h.d.Advance(long))
	want := new(big.Int).Add(open(1000), escrow.Wei(spec.Terms.Reward))
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(200 * time.Millisecond) {
		one, two := h.balance(h.one.Account()), h.balance(h.two.Account())
		if one.Cmp(want) == 0 && two.Cmp(want) == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("they have %v and %v, want %v\n%s", one, two, want, h.calls(h.one))
		}
		worktest.Must[any](t)(nil, h.d.Advance(time.Minute)) // the window
	}
	for _, p := range []*worktest.Peer{h.one, h.two} {
		if bonded, free := h.stake(p.Account()); bonded.Cmp(open(stakes)) != 0 || free.Cmp(bonded) != 0 {
			t.Errorf("%v of %v is free", free, bonded)
		}
	}
}

// TestNotEngaged: who has no stake left, or no chain, says why and is not engaged;
// who has one is, and the job goes on without them.
func TestNotEngaged(t *testing.T) {
	w := newTown(t)
	asks := w.add("requester", 0, nil)
	w.Add("offchain", worktest.Works, nil)
	at := common.Address(worktest.Key("poor").Public().Account())
	w.do(w.k.Stake(at, big.NewInt(1)))
	w.Add("poor", worktest.Works, func(p *worktest.Peer) { p.Chain = w.part })
	w.add("one", worktest.Works, nil)
	w.add("two", worktest.Works, nil)
	w.add("auditor", worktest.Audits, nil)
	id := w.Submit(asks, recipe.Choices{Level: job.C}, terms)
	w.over(asks, id, job.Final)
	w.settled(asks, id)
	for _, name := range []string{"offchain", "poor"} {
		if got := w.balance(worktest.Key(name).Public().Account()); got.Sign() != 0 {
			t.Errorf("%s was paid %v", name, got)
		}
	}
}

// TestCannotPay: a job that cannot be paid is not begun, and the error says what to do.
func TestCannotPay(t *testing.T) {
	w := newTown(t)
	submit := func(name string, change func(*escrow.Config), want ...string) {
		t.Helper()
		p := w.Add(name, 0, func(p *worktest.Peer) {
			p.Chain = func(p *worktest.Peer) worktest.Chain {
				m := w.part(p).(*member)
				if change != nil {
					change(&m.Config)
				}
				return m
			}
		})
		s, facts := w.Cook(p, recipe.Choices{Level: job.C}, terms)
		_, err := p.Requester.Submit(context.Background(), s, facts)
		for _, x := range want {
			if err == nil || !strings.Contains(err.Error(), x) {
				t.Errorf("%s: got %v, want %q", name, err, x)
			}
		}
		if all, err := p.Requester.Jobs(); err != nil || len(all) > 0 {
			t.Errorf("%s: %d jobs began, %v", name, len(all), err)
		}
	}
	submit("no OPEN", nil, "not enough OPEN", "get some")
	w.do(w.k.Transfer(common.Address(worktest.Key("no gas").Public().Account()), open(10)))
	submit("no gas", nil, "no ether for gas", "send some to 0x")
	submit("down", func(c *escrow.Config) {
		c.Link = func(ctx context.Context) (*chain.Contracts, *chain.Outbox, error) {
			_, err := chain.Dial(ctx, "http://127.0.0.1:1")
			return nil, nil, err
		}
	}, "does not answer", "check the endpoint")
	submit("other chain", func(c *escrow.Config) {
		a := w.k.Addresses
		a.ChainID++
		c.Link = func(ctx context.Context) (*chain.Contracts, *chain.Outbox, error) {
			k, err := chain.Open(ctx, w.d, a)
			return k, nil, err
		}
	}, "this is chain 1337", "check the endpoint")
}

// TestOtherContracts: a job whose money lies in another JobEscrow says so.
func TestOtherContracts(t *testing.T) {
	w := newTown(t)
	p := w.add("requester", 0, nil)
	s, _ := w.Cook(p, recipe.Choices{Level: job.C}, terms)
	m := w.part(p).(*member)
	if ok, err := m.Check(t.Context(), s); !ok || err != nil {
		t.Fatal(ok, err)
	}
	other := *w.k
	other.Jobs[0]++
	m.Link = func(context.Context) (*chain.Contracts, *chain.Outbox, error) { return &other, m.o, nil }
	err := m.Open(t.Context(), s.ID())
	if err == nil || !strings.Contains(err.Error(), "set chain.endpoint and chain.contracts to those of the job") {
		t.Errorf("got %v", err)
	}
	if v, err := m.View(t.Context(), s.ID()); err != nil || !v.OnChain || !strings.Contains(fmt.Sprint(v.Lines), "waits for the chain") {
		t.Errorf("got %+v, %v", v, err)
	}
	off := escrow.New(escrow.Config{DB: p.DB(), Account: p.Account(), Log: slog.New(slog.DiscardHandler)})
	if v, err := off.View(t.Context(), s.ID()); err != nil || !strings.Contains(fmt.Sprint(v.Lines), "set chain.endpoint") {
		t.Errorf("got %+v, %v", v, err)
	}
	if ok, err := off.Check(t.Context(), s); ok || err != nil {
		t.Errorf("without a chain: %v, %v", ok, err)
	}
}
