package main

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/cmd/peer/gateway"
	"github.com/openledger/openledger/cmd/peer/servetest"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/settle/epoch"
)

// on has a peer reach the chain that another one keeps at an address.
func (x *citizen) on(address string) func(*Config) {
	return func(c *Config) {
		c.Chain.Endpoint, c.Chain.Contracts = "http://"+address, filepath.Join(string(x.home), "chain.json")
	}
}

// did fails the test on an error of a task, done in the running peer.
func did[A any, R report](x *citizen, do task[A, R], args A) R {
	x.t.Helper()
	out, err := do.do(context.Background(), x.answers.repo, &feed{}, args)
	if err != nil {
		x.t.Fatal(err)
	}
	return out
}

// recovered is the signer of a digest as the EVM's ecrecover says.
func (x *citizen) recovered(digest [32]byte, s epoch.Signature) common.Address {
	x.t.Helper()
	input := append(digest[:], common.LeftPadBytes(s[64:], 32)...)
	at := common.Address{19: 1}
	out, err := x.answers.repo.chain.client.CallContract(x.t.Context(), ethereum.CallMsg{To: &at, Data: append(input, s[:64]...)}, nil)
	if err != nil {
		x.t.Fatal(err)
	}
	return common.BytesToAddress(out)
}

// TestAnswersOnChain: an answer is paid from the deposit in the Ledger. Without
// one it is refused with the remedy; with one its Request and its Result are
// signed for the contract, an epoch settles them, and the deposit is that much
// less. The audit is drawn by a finalized block.
func TestAnswersOnChain(t *testing.T) {
	const price = 2_000_000 // 2 OPEN for a million tokens
	port := freePort(t)
	asker := newCitizenWith(t, "asker", nil, func(c *Config) {
		c.Chain.Listen, c.Chain.Epochs, c.Chain.Every, c.Serve.Spend = port, "post", time.Second, price
	})
	did(asker, chainStatus, none{}) // the contracts are there
	worker := newCitizenWith(t, "worker", []string{servetest.Dir(t)}, func(c *Config) {
		asker.on(port)(c)
		c.Network.PriceServe = price
	}, asker)
	base := worker.answers.models()[0].local.Base.CID
	asker.knows(base, 1)
	model := base.String()
	body := fmt.Sprintf(`{"model":%q,"prompt":"the name","max_tokens":5}`, model)
	r, err := http.Post(asker.answers.url()+"/v1/completions", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r.Body)
	r.Body.Close()
	text := string(b)
	if err != nil || r.StatusCode != http.StatusPaymentRequired || !strings.Contains(text, "peer wallet deposit AMOUNT") || !strings.Contains(text, " OPEN and 0 OPEN") {
		t.Fatalf("%s: %s", r.Status, text)
	}

	did(asker, walletDeposit, amountTo{Amount: "1"})
	did(asker, stakeAdd, amountTo{Amount: "10000"})
	asker.text(model, "")
	all := asker.receipts()
	if len(all) != 1 {
		t.Fatalf("%d receipts", len(all))
	}
	v, err := receipt.Open(all[0].File, asker.answers.repo.network())
	if err != nil {
		t.Fatal(err)
	}
	k := asker.answers.repo.chain.k
	u, err := serves.Settles(v, k.Domain())
	if err != nil || u == nil || !u.Signed(k.Domain()) {
		t.Fatalf("it does not settle at the Ledger: %v", err)
	}
	if got, want := asker.recovered(u.Request.Signing(k.Domain()), u.PayerSignature), common.Address(asker.key.Public().Account()); got != want {
		t.Errorf("the EVM says %v signed the Request, want %v", got, want)
	}
	if got, want := asker.recovered(u.Result.Signing(k.Domain()), u.WorkerSignature), common.Address(worker.key.Public().Account()); got != want {
		t.Errorf("the EVM says %v signed the Result, want %v", got, want)
	}
	if _, err := serves.Settles(v, noContract(asker.answers.repo.network())); err == nil {
		t.Error("it settles at no contract, too")
	}
	// What is promised and not settled is not there to be promised again.
	one := new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)
	left := func() *big.Int {
		tl := &till{repo: asker.answers.repo}
		left, _, err := tl.left(t.Context(), asker.key.Public().Account())
		if err != nil {
			t.Fatal(err)
		}
		return left
	}
	want := new(big.Int).Sub(one, u.Request.Fee.ToBig())
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if got := left(); got.Cmp(want) != 0 {
			t.Fatalf("%v is left of the deposit, want %v", got, want)
		}
		if _, final, err := k.Tip(t.Context()); err != nil || time.Now().After(deadline) {
			t.Fatalf("not settled in time: %v", err)
		} else if final > 0 {
			break
		}
	}
	if got := did(asker, walletBalance, none{}); got.Spent != open(u.Request.Fee.ToBig()) || got.Left != open(want) {
		t.Errorf("got %+v, the fee was %s", got, open(u.Request.Fee.ToBig()))
	}

	// A beacon of the chain is the same for all, and of a block after the receipt.
	x, err := asker.answers.beacon([32]byte{1})(t.Context(), all[0].At)
	y, err2 := worker.answers.beacon([32]byte{2})(t.Context(), all[0].At)
	if err != nil || err2 != nil || x != y {
		t.Errorf("beacons %x, %x: %v, %v", x, y, err, err2)
	}
	if _, err := asker.answers.beacon([32]byte{1})(t.Context(), time.Now().Add(time.Hour)); err != gateway.ErrLater {
		t.Errorf("a beacon of a time to come: %v", err)
	}
}
