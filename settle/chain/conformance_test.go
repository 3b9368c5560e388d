package chain_test

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// TestConformance runs one suite over each chain that this package talks to.
func TestConformance(t *testing.T) {
	for name, open := range map[string]func(*testing.T) *ground{"dev": devGround, "anvil": anvilGround} {
		t.Run(name, func(t *testing.T) {
			g := open(t)
			a, err := chain.Deploy(t.Context(), g, founder, chain.DemoTerms(founder.Address()))
			if err != nil {
				t.Fatal(err)
			}
			k, err := chain.Open(t.Context(), g, a)
			if err != nil {
				t.Fatal(err)
			}
			for name, test := range map[string]func(*testing.T, *ground, *chain.Contracts){
				"addresses": wrongAddresses, "down": rpcDown, "another chain": anotherChain, "no ether": noEther, "no OPEN": noOPEN,
				"stuck": stuckNonce, "reorg": reorg, "settlement": settlement,
			} {
				t.Run(name, func(t *testing.T) { test(t, g, k) })
			}
		})
	}
}

// A cut client is a chain whose endpoint does not answer.
type cut struct {
	chain.Client
	off bool
}

var errDown = errors.New("connection refused")

func (c *cut) ChainID(ctx context.Context) (*big.Int, error) {
	if c.off {
		return nil, errDown
	}
	return c.Client.ChainID(ctx)
}

func (c *cut) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if c.off {
		return errDown
	}
	return c.Client.SendTransaction(ctx, tx)
}

func (c *cut) EstimateGas(ctx context.Context, call ethereum.CallMsg) (uint64, error) {
	if c.off {
		return 0, errDown
	}
	return c.Client.EstimateGas(ctx, call)
}

func outbox(t *testing.T, c chain.Client, s chain.Signer, cfg chain.OutboxConfig) *chain.Outbox {
	t.Helper()
	o, err := chain.NewOutbox(t.Context(), openDB(t, filepath.Join(t.TempDir(), "outbox.db")), c, s, chain.DevID, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func putCall(t *testing.T, o *chain.Outbox, call chain.Call) {
	t.Helper()
	if err := o.Put(t.Context(), "owed", call); err != nil {
		t.Fatal(err)
	}
}

// owed checks where the call is, and that what it waits for is said.
func owed(t *testing.T, o *chain.Outbox, want chain.Stage, says string) {
	t.Helper()
	stage, problem, err := o.Status(t.Context(), "owed")
	if err != nil || stage != want || !strings.Contains(problem, says) || strings.Contains(problem, "\n") {
		t.Errorf("got stage %d, %q, %v; want %d, %q", stage, problem, err, want, says)
	}
}

// done steps the outbox until the call is final.
func done(t *testing.T, g *ground, o *chain.Outbox) {
	t.Helper()
	for range 200 {
		if err := o.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		stage, problem, err := o.Status(t.Context(), "owed")
		if err != nil || stage == chain.Failed {
			t.Fatal(err, problem)
		}
		if stage == chain.Done {
			return
		}
		g.seal()
	}
	t.Fatal("the call does not become final")
}

// got checks that an address was paid once.
func got(t *testing.T, g *ground, a common.Address, want int64) {
	t.Helper()
	if b, err := g.BalanceAt(t.Context(), a, nil); err != nil || b.Int64() != want {
		t.Errorf("%v has %v (%v), want %d", a, b, err, want)
	}
}

func wrongAddresses(t *testing.T, g *ground, k *chain.Contracts) {
	for _, c := range []struct {
		name   string
		change func(*chain.Addresses)
		want   string
	}{
		{"wrong chain id", func(a *chain.Addresses) { a.ChainID++ }, "the contracts are on chain 1338"},
		{"no contract", func(a *chain.Addresses) { a.Jobs[3]++ }, "where JobEscrow should be"},
		{"another contract", func(a *chain.Addresses) { a.Ledger = a.Challenges }, "check the addresses"},
		{"of another deployment", func(a *chain.Addresses) { a.Token = a.Registry }, "not of one deployment"},
	} {
		a := k.Addresses
		c.change(&a)
		if _, err := chain.Open(t.Context(), g, a); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// rpcDown: what is owed stays owed while nothing answers.
func rpcDown(t *testing.T, g *ground, _ *chain.Contracts) {
	c := &cut{Client: g.Client, off: true}
	o := outbox(t, c, founder, chain.OutboxConfig{})
	to := common.Address{0xd0}
	putCall(t, o, chain.Call{To: to, Value: big.NewInt(5)})
	for range 3 {
		if err := o.Step(t.Context()); !errors.Is(err, errDown) {
			t.Errorf("got %v", err)
		}
	}
	owed(t, o, chain.Waiting, "")
	c.off = false
	if err := o.Step(t.Context()); err != nil { // sent
		t.Fatal(err)
	}
	c.off = true
	if err := o.Step(t.Context()); !errors.Is(err, errDown) {
		t.Errorf("got %v", err)
	}
	owed(t, o, chain.Sent, "")
	c.off = false
	done(t, g, o)
	got(t, g, to, 5)
}

// anotherChain: nothing is signed for a chain that is not the outbox's.
func anotherChain(t *testing.T, g *ground, _ *chain.Contracts) {
	o, err := chain.NewOutbox(t.Context(), openDB(t, filepath.Join(t.TempDir(), "outbox.db")), g, founder, 99, chain.OutboxConfig{})
	if err != nil {
		t.Fatal(err)
	}
	to := common.Address{0xd1}
	putCall(t, o, chain.Call{To: to, Value: big.NewInt(5)})
	if err := o.Step(t.Context()); err == nil || !strings.Contains(err.Error(), "the outbox is for chain 99: check the endpoint") {
		t.Errorf("got %v", err)
	}
	owed(t, o, chain.Waiting, "")
	got(t, g, to, 0)
}

// noEther: who cannot pay for gas is told, and pays when it can.
func noEther(t *testing.T, g *ground, _ *chain.Contracts) {
	poor := chain.KeySigner(key("poor", 7))
	o := outbox(t, g, poor, chain.OutboxConfig{})
	to := common.Address{0xd2}
	putCall(t, o, chain.Call{To: to, Value: big.NewInt(5)})
	if err := o.Step(t.Context()); err == nil || !strings.Contains(err.Error(), "not enough ether for gas") {
		t.Errorf("got %v", err)
	}
	// Some nodes say so before it is signed, some when it is sent.
	stage, _, err := o.Status(t.Context(), "owed")
	if err != nil {
		t.Fatal(err)
	}
	owed(t, o, min(stage, chain.Sent), "send some to the address that signs")
	fund(t, g, poor.Address())
	done(t, g, o)
	got(t, g, to, 5)
}

// noOPEN: the same of OPEN.
func noOPEN(t *testing.T, g *ground, k *chain.Contracts) {
	s := chain.KeySigner(key("poor", 8))
	fund(t, g, s.Address())
	o := outbox(t, g, s, chain.OutboxConfig{})
	to := common.Address{0xd3}
	putCall(t, o, k.Transfer(to, big.NewInt(5)))
	if err := o.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	owed(t, o, chain.Waiting, "not enough OPEN")
	do(t, g, founder, k.Transfer(s.Address(), big.NewInt(5)))
	done(t, g, o)
	if b, err := k.Balance(t.Context(), to); err != nil || b.Int64() != 5 {
		t.Errorf("has %v (%v)", b, err)
	}
}

// stuckNonce: a transaction that no block takes is repeated at a higher price,
// with its nonce, and happens once.
func stuckNonce(t *testing.T, g *ground, _ *chain.Contracts) {
	s := chain.KeySigner(key("stuck", 0))
	fund(t, g, s.Address())
	now := time.Unix(1e9, 0)
	o := outbox(t, g, s, chain.OutboxConfig{Now: func() time.Time { return now }})
	to := common.Address{0xd4}
	putCall(t, o, chain.Call{To: to, Value: big.NewInt(5)})
	g.hold(true)
	for range 4 {
		if err := o.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		now = now.Add(2 * time.Minute)
	}
	owed(t, o, chain.Sent, "")
	got(t, g, to, 0)
	g.hold(false)
	done(t, g, o)
	got(t, g, to, 5)
	if n, err := g.NonceAt(t.Context(), s.Address(), nil); err != nil || n != 1 {
		t.Errorf("nonce %d (%v), want 1", n, err)
	}
}

// reorg: what three lost blocks held happens again, once.
func reorg(t *testing.T, g *ground, _ *chain.Contracts) {
	s := chain.KeySigner(key("reorg", 0))
	fund(t, g, s.Address())
	final := uint64(0)
	head, err := g.BlockNumber(t.Context())
	for range 100 { // the payment for gas MUST NOT be lost
		if final, err = g.final(t.Context()); err != nil || final >= head {
			break
		}
		g.seal()
	}
	if err != nil || final < head {
		t.Fatalf("block %d does not become final: %d, %v", head, final, err)
	}
	g.seal()
	o := outbox(t, g, s, chain.OutboxConfig{})
	to := common.Address{0xd5}
	putCall(t, o, chain.Call{To: to, Value: big.NewInt(5)})
	if err := o.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.seal()
	g.seal()
	got(t, g, to, 5)
	g.rewind(3)
	owed(t, o, chain.Sent, "")
	done(t, g, o)
	got(t, g, to, 5)
	if n, err := g.NonceAt(t.Context(), s.Address(), nil); err != nil || n != 1 {
		t.Errorf("nonce %d (%v), want 1", n, err)
	}
}

// settlement: an epoch is posted, becomes final and is claimed from.
func settlement(t *testing.T, g *ground, k *chain.Contracts) {
	s := &town{t: t, k: k, poster: founder, watcher: founder, previous: epoch.Genesis(), r: rand.New(rand.NewPCG(9, 0))}
	payer, worker := key("payer", 90), key("worker", 90)
	s.payers, s.workers = append(s.payers, payer), append(s.workers, worker, worker, worker)
	amount := new(big.Int).Mul(bond, big.NewInt(2))
	do(t, g, founder, k.Approve(k.Ledger, big.NewInt(1e15)))
	do(t, g, founder, k.Approve(k.Staking, amount))
	do(t, g, founder, k.Deposit(addressOf(payer), big.NewInt(1e15)))
	do(t, g, founder, k.Stake(founder.Address(), amount))
	s.book = epoch.NewBook(k.Rules(t.Context()))
	for range 3 {
		s.settle(s.usage(1e9))
	}
	h := s.book.Header([32]byte{1})
	do(t, g, founder, k.Post(h, s.previous, s.book.LastPath()))
	refused(t, g, founder, k.Finalize(h), "TooEarly")
	g.advance(20 * time.Second)
	do(t, g, founder, k.Finalize(h))
	leaf := s.book.State().OpenEarned(3)
	do(t, g, founder, k.Claim(h, []uint32{3}, []epoch.EarnedLeaf{leaf}))
	refused(t, g, founder, k.Claim(h, []uint32{3}, []epoch.EarnedLeaf{leaf}), "NothingToClaim")
	b, err := k.Balance(t.Context(), common.Address(leaf.Account[12:]))
	if err != nil || b.Cmp(leaf.Earned.ToBig()) != 0 || b.Sign() == 0 {
		t.Errorf("claimed %v (%v), want %v", b, err, &leaf.Earned)
	}
}
