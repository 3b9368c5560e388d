package claim_test

import (
	"context"
	"crypto/ecdsa"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
	"github.com/ipfs/go-cid"
	_ "modernc.org/sqlite"

	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/chain/chaintest"
	"github.com/openledger/openledger/settle/claim"
	"github.com/openledger/openledger/settle/epoch"
)

func key(name string) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte(name)))
	if err != nil {
		panic(err)
	}
	return k
}

func addressOf(k *ecdsa.PrivateKey) common.Address { return crypto.PubkeyToAddress(k.PublicKey) }

var founder, payer, worker = key("founder"), key("payer"), key("worker")

// A life is one process that deposits, posts an epoch, makes it final and claims.
type life struct {
	t     *testing.T
	dir   string
	dev   *chain.Dev
	k     *chain.Contracts
	o     *chain.Outbox
	epoch uint64 // that it works at
}

func (l *life) check(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatalf("epoch %d: %v", l.epoch, err)
	}
}

func (l *life) keep(_ context.Context, c cid.Cid, b []byte) error {
	return os.WriteFile(filepath.Join(l.dir, "blocks", c.String()), b, 0o600)
}

func (l *life) get(_ context.Context, c cid.Cid) ([]byte, error) {
	return os.ReadFile(filepath.Join(l.dir, "blocks", c.String()))
}

// make has a call made and waits until it is final. One that reverted in a block,
// because the kill took blocks with it, is made again.
func (l *life) make(name string, call chain.Call) {
	l.t.Helper()
	for range 3 {
		attempt, err := l.o.Attempt(l.t.Context(), name, call)
		l.check(err)
		if l.final(attempt) {
			return
		}
		l.check(l.dev.Advance(20 * time.Second))
	}
	l.t.Fatalf("%s reverts again and again", name)
}

func (l *life) final(name string) bool {
	l.t.Helper()
	for range 100 {
		l.check(l.o.Step(l.t.Context()))
		stage, problem, err := l.o.Status(l.t.Context(), name)
		l.check(err)
		switch {
		case stage == chain.Failed:
			return false
		case stage == chain.Waiting && problem != "":
			l.t.Fatalf("%s: %s", name, problem)
		case stage == chain.Done:
			return true
		}
		l.dev.Seal()
	}
	l.t.Fatalf("%s does not become final", name)
	return false
}

// record is the one of an epoch: the same whenever it is made.
func (l *life) record() epoch.Record {
	q := epoch.Request{Payer: addressOf(payer), Fee: *uint256.NewInt(1_000_000 + l.epoch), LastEpoch: 1 << 40, Salt: l.epoch, Workers: []common.Address{addressOf(worker)}}
	r := epoch.Result{Request: q.Hash(), Credits: []epoch.Credit{{Account: epoch.AccountOf(addressOf(worker)), Class: epoch.Workers, Weight: *uint256.NewInt(1)}}}
	u := &epoch.Usage{Request: q, Result: r}
	for _, s := range []struct {
		key    *ecdsa.PrivateKey
		digest [32]byte
		to     *epoch.Signature
	}{{payer, q.Signing(l.k.Domain()), &u.PayerSignature}, {worker, r.Signing(l.k.Domain()), &u.WorkerSignature}} {
		b, err := crypto.Sign(s.digest[:], s.key)
		l.check(err)
		copy(s.to[:], b)
		s.to[64] += 27
	}
	return epoch.Record{Usage: u}
}

// live does all that an epoch needs; whatever was done before is not done again.
func (l *life) live() {
	ctx := l.t.Context()
	f, err := chain.Follow(l.k, l.get, filepath.Join(l.dir, "books"))
	l.check(err)
	l.make(fmt.Sprint("deposit ", l.epoch), l.k.Deposit(addressOf(payer), big.NewInt(2_000_000)))
	tip, final, err := l.k.Tip(ctx)
	l.check(err)
	if tip < l.epoch {
		b, err := f.Open(ctx, l.epoch-1)
		l.check(err)
		before := b.Previous()
		l.check(b.Settle(l.record(), false))
		digest, err := b.Publish(ctx, l.keep)
		l.check(err)
		l.make(fmt.Sprint("post ", l.epoch), l.k.Post(b.Header(digest), before, b.LastPath()))
	}
	if final < l.epoch {
		l.check(l.dev.Advance(20 * time.Second))
		posted, err := f.Posted(ctx)
		l.check(err)
		l.make(fmt.Sprint("finalize ", l.epoch), l.k.Finalize(posted[l.epoch-1].Header))
	}
	book, err := f.Book(ctx, l.epoch)
	l.check(err)
	dues, err := claim.Dues(ctx, l.k, book, addressOf(worker), addressOf(payer))
	l.check(err)
	names, err := claim.Put(ctx, l.k, l.o, book.Previous(), dues)
	l.check(err)
	for _, name := range names {
		if !l.final(name) {
			l.t.Fatalf("%s reverted", name)
		}
	}
}

func born(t *testing.T, dir string, die int) *life {
	l := &life{t: t, dir: dir}
	var err error
	s := chain.KeySigner(founder)
	l.dev, err = chain.OpenDev(filepath.Join(dir, "chain"), chain.DevConfig{Faucet: s.Address()})
	l.check(err)
	at := filepath.Join(dir, "addresses")
	if text, err := os.ReadFile(at); err == nil {
		var a chain.Addresses
		l.check(json.Unmarshal(text, &a))
		l.k, err = chain.Open(t.Context(), l.dev, a)
		l.check(err)
	} else {
		terms := chain.DemoTerms(s.Address())
		terms.LeaderTime = 0
		a, err := chain.Deploy(t.Context(), l.dev, s, terms)
		l.check(err)
		l.k, err = chain.Open(t.Context(), l.dev, a)
		l.check(err)
		max := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
		stake, err := chain.ParseAmount("20000")
		l.check(err)
		for _, call := range []chain.Call{l.k.Approve(a.Ledger, max), l.k.Approve(a.Staking, max), l.k.Stake(s.Address(), stake)} {
			_, err := chain.Transact(t.Context(), l.dev, s, call)
			l.check(err)
		}
		l.check(os.MkdirAll(filepath.Join(dir, "blocks"), 0o700))
		text, err := json.Marshal(a)
		l.check(err)
		l.check(os.WriteFile(at, text, 0o600))
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "outbox.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	l.check(err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	l.o, err = chain.NewOutbox(t.Context(), db, chaintest.NewMortal(l.dev, die), s, chain.DevID, chain.OutboxConfig{})
	l.check(err)
	return l
}

// TestKilled: a process is killed at seeded calls of deposit, post, finalize and
// claim. Whatever came before, everybody has what is due, once. CLAIM_KILLS=100
// kills it so often.
func TestKilled(t *testing.T) {
	const seed = 41
	const epochs = 3
	live := func(dir string, die int) *life {
		l := born(t, dir, die)
		for l.epoch = 1; l.epoch <= epochs; l.epoch++ {
			l.live()
		}
		return l
	}
	if at := os.Getenv("CLAIM_KILL"); at != "" {
		die, err := strconv.Atoi(at)
		if err != nil {
			t.Fatal(err)
		}
		live(os.Getenv("CLAIM_DIR"), die).dev.Close()
		return
	}
	kills, _ := strconv.Atoi(os.Getenv("CLAIM_KILLS"))
	if kills == 0 {
		kills = 3
	}
	r := rand.New(rand.NewPCG(seed, 0))
	killed, dir, lives := 0, t.TempDir(), 0
	settle := func() {
		l := live(dir, 0)
		defer l.dev.Close()
		ctx := t.Context()
		d, err := l.k.DepositOf(ctx, addressOf(payer))
		l.check(err)
		if d.Deposited.Int64() != epochs*2_000_000 {
			t.Errorf("seed %d, life %d: deposited %v, want %d", seed, lives, d.Deposited, epochs*2_000_000)
		}
		var want int64
		for e := int64(1); e <= epochs; e++ {
			want += (1_000_000 + e) * 2000 / 10_000
		}
		if b, err := l.k.Balance(ctx, addressOf(worker)); err != nil || b.Int64() != want {
			t.Errorf("seed %d, life %d: the worker has %v (%v), want %d", seed, lives, b, err, want)
		}
		if tip, final, err := l.k.Tip(ctx); err != nil || tip != epochs || final != epochs {
			t.Errorf("seed %d, life %d: tip %d, final %d, %v", seed, lives, tip, final, err)
		}
	}
	for killed < kills {
		if lives++; lives > 3*kills+10 {
			t.Fatalf("seed %d: only %d kills in %d lives", seed, killed, lives)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "CLAIM_DIR="+dir, fmt.Sprint("CLAIM_KILL=", 2+r.IntN(60)))
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() == 1 {
			t.Fatalf("seed %d, life %d: %v\n%s", seed, lives, err, out)
		}
		if err != nil {
			killed++
			continue
		}
		settle() // it lived to the end: look, and begin another
		dir = t.TempDir()
	}
	settle()
	t.Logf("seed %d: %d kills in %d lives", seed, killed, lives)
}

// TestPayout: earnings go where their owner says, and lines say what they are.
func TestPayout(t *testing.T) {
	l := born(t, t.TempDir(), 0)
	defer l.dev.Close()
	ctx := t.Context()
	s := chain.KeySigner(founder)
	cold := common.Address{19: 77}
	for range 2 {
		name, err := claim.SetPayout(ctx, l.k, l.o, s.Address(), cold)
		l.check(err)
		if name != "" && !l.final(name) {
			t.Errorf("%s reverted", name)
		}
	}
	if to, err := l.k.Payout(ctx, s.Address()); err != nil || to != cold {
		t.Errorf("payout to %v (%v)", to, err)
	}
	l.epoch = 1
	l.live()
	f, err := chain.Follow(l.k, l.get, filepath.Join(l.dir, "books"))
	l.check(err)
	lines, err := claim.Lines(ctx, l.k, f, epoch.AccountOf(addressOf(worker)))
	l.check(err)
	if len(lines) != 1 || lines[0].Kind != "model" || lines[0].Final.Int64() != 200_000 || lines[0].Pending.Sign() != 0 || len(lines[0].Records) != 1 {
		t.Errorf("got %+v", lines)
	}
}
