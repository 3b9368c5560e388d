package chain_test

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/openledger/openledger/settle/chain"
)

func key(name string, i int) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256(fmt.Append(nil, name, " ", i)))
	if err != nil {
		panic(err)
	}
	return k
}

func addressOf(k *ecdsa.PrivateKey) common.Address { return crypto.PubkeyToAddress(k.PublicKey) }

var founder = chain.KeySigner(key("founder", 0))

func openDev(t *testing.T, dir string) *chain.Dev {
	t.Helper()
	d, err := chain.OpenDev(dir, chain.DevConfig{Faucet: founder.Address()})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// do sends a call that MUST succeed and returns its gas.
func do(t *testing.T, c chain.Client, s chain.Signer, call chain.Call) uint64 {
	t.Helper()
	receipt, err := chain.Transact(t.Context(), c, s, call)
	if err != nil {
		t.Fatal(err)
	}
	return receipt.GasUsed
}

// refused sends a call that MUST revert with an error of this name.
func refused(t *testing.T, c chain.Client, s chain.Signer, call chain.Call, name string) {
	t.Helper()
	var r *chain.RevertError
	if _, err := chain.Transact(t.Context(), c, s, call); !errors.As(err, &r) || r.Name != name {
		t.Errorf("got %v, want %s", err, name)
	}
}

// TestRestart: what was deployed and paid is there after a restart.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	d := openDev(t, dir)
	a, err := chain.Deploy(t.Context(), d, founder, chain.DemoTerms(founder.Address()))
	if err != nil {
		t.Fatal(err)
	}
	k, err := chain.Open(t.Context(), d, a)
	if err != nil {
		t.Fatal(err)
	}
	to := common.Address{7}
	do(t, d, founder, k.Transfer(to, big.NewInt(1234)))
	if _, err := chain.OpenDev(dir, chain.DevConfig{}); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a second process opens the folder: got %v", err)
	}
	head, err := d.BlockNumber(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}

	d = openDev(t, dir)
	defer d.Close()
	if again, err := d.BlockNumber(t.Context()); err != nil || again != head {
		t.Errorf("head: got %d (%v), want %d", again, err, head)
	}
	if k, err = chain.Open(t.Context(), d, a); err != nil {
		t.Fatal(err)
	}
	if b, err := k.Balance(t.Context(), to); err != nil || b.Int64() != 1234 {
		t.Errorf("balance: got %v (%v)", b, err)
	}
	do(t, d, founder, k.Transfer(to, big.NewInt(1)))
}

// TestBadInput: each error names the thing and the remedy.
func TestBadInput(t *testing.T) {
	ctx := t.Context()
	d := openDev(t, "")
	defer d.Close()
	terms := chain.DemoTerms(founder.Address())
	a, err := chain.Deploy(ctx, d, founder, terms)
	if err != nil {
		t.Fatal(err)
	}
	k, err := chain.Open(ctx, d, a)
	if err != nil {
		t.Fatal(err)
	}
	deploy := func(change func(*chain.Terms)) error {
		wrong := terms
		change(&wrong)
		_, err := chain.Deploy(ctx, d, founder, wrong)
		return err
	}
	check := func(change func(*chain.Addresses)) error {
		wrong := a
		change(&wrong)
		_, err := chain.Open(ctx, d, wrong)
		return err
	}
	down := func() error {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		_, err = chain.Dial(ctx, "http://user:secret@"+l.Addr().String())
		return err
	}()
	if strings.Contains(down.Error(), "secret") {
		t.Errorf("the error shows the password: %v", down)
	}
	_, public := chain.OpenDev("", chain.DevConfig{HTTP: "0.0.0.0:8545"})
	_, poor := chain.Transact(ctx, d, chain.KeySigner(key("poor", 0)), k.Deposit(common.Address{1}, big.NewInt(1)))
	_, broke := chain.Transact(ctx, d, founder, k.Transfer(common.Address{1}, new(big.Int).Lsh(big.NewInt(1), 100)))
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"RPC down", down, "check the endpoint"},
		{"public bind", public, "127.0.0.1"},
		{"wrong chain", check(func(a *chain.Addresses) { a.ChainID++ }), "this is chain 1337, the contracts are on chain 1338"},
		{"no contract", check(func(a *chain.Addresses) { a.Ledger[3]++ }), "where Ledger should be"},
		{"another contract", check(func(a *chain.Addresses) { a.Staking = a.Registry }), "not of one deployment"},
		{"not a Ledger", check(func(a *chain.Addresses) { a.Ledger = a.Token }), "check the addresses"},
		{"split", deploy(func(t *chain.Terms) { t.Split[0]++ }), "sums to 10001"},
		{"delay", deploy(func(t *chain.Terms) { t.StakingDelay = 10 }), "longer delay"},
		{"not approved", poor, "approve"},
		{"not enough OPEN", broke, "not enough OPEN"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) || strings.Contains(c.err.Error(), "\n") {
			t.Errorf("%s: got %v, want %q", c.name, c.err, c.want)
		}
	}
}

// TestRoles: the Ledger slashes, the guardian pauses, who deployed may nothing.
func TestRoles(t *testing.T) {
	d := openDev(t, "")
	defer d.Close()
	terms := chain.DemoTerms(founder.Address())
	guardian := chain.KeySigner(key("guardian", 0))
	terms.Guardian = guardian.Address()
	a, err := chain.Deploy(t.Context(), d, founder, terms)
	if err != nil {
		t.Fatal(err)
	}
	k, err := chain.Open(t.Context(), d, a)
	if err != nil {
		t.Fatal(err)
	}
	fund(t, d, guardian.Address())
	refused(t, d, founder, k.Pause(), "AccessManagedUnauthorized")
	refused(t, d, founder, k.SetSplit(terms.Split), "AccessManagedUnauthorized")
	refused(t, d, guardian, k.SetSplit(terms.Split), "AccessManagedUnauthorized")
	do(t, d, guardian, k.Pause())
	do(t, d, guardian, k.Unpause())
	refused(t, d, guardian, k.Pause(), "TooEarly")
}

// fund gives ether for gas.
func fund(t *testing.T, c chain.Client, to common.Address) {
	t.Helper()
	do(t, c, founder, chain.Call{To: to, Value: big.NewInt(1e18)})
}

// TestOtherProcesses: Run seals what comes over HTTP.
func TestOtherProcesses(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	d, err := chain.OpenDev("", chain.DevConfig{Faucet: founder.Address(), HTTP: address})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- d.Run(ctx) }()
	c, err := chain.Dial(ctx, "http://"+address)
	if err != nil {
		t.Fatal(err)
	}
	to := addressOf(key("other", 0))
	fund(t, c, to)
	if b, err := c.BalanceAt(ctx, to, nil); err != nil || b.Sign() == 0 {
		t.Errorf("balance: got %v (%v)", b, err)
	}
	c.Close()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestTime: Advance moves the clock of the chain, Rewind drops blocks.
func TestTime(t *testing.T) {
	d := openDev(t, "")
	defer d.Close()
	before, err := d.HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Advance(time.Hour); err != nil {
		t.Fatal(err)
	}
	after, err := d.HeaderByNumber(t.Context(), nil)
	if err != nil || after.Time != before.Time+3600 {
		t.Errorf("time: got %d (%v), want %d", after.Time, err, before.Time+3600)
	}
	if err := d.Rewind(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if n, err := d.BlockNumber(t.Context()); err != nil || n != 0 {
		t.Errorf("head: got %d (%v)", n, err)
	}
}
