package chain_test

import (
	"context"
	"database/sql"
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
	"github.com/ethereum/go-ethereum/core/types"
	_ "modernc.org/sqlite"

	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/chain/chaintest"
)

func openDB(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

const payments = 12

func payee(i int) common.Address { return common.Address{0: 0xaa, 19: byte(i)} }

// pay puts all payments into an outbox and steps it until they are final.
func pay(t *testing.T, dir string, d *chain.Dev, c chain.Client) {
	t.Helper()
	o, err := chain.NewOutbox(t.Context(), openDB(t, filepath.Join(dir, "outbox.db")), c, founder, chain.DevID, chain.OutboxConfig{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range payments {
		if err := o.Put(t.Context(), fmt.Sprint("payment ", i), chain.Call{To: payee(i), Value: big.NewInt(int64(1000 + i))}); err != nil {
			t.Fatal(err)
		}
	}
	for range 100 {
		if err := o.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		done := 0
		for i := range payments {
			stage, problem, err := o.Status(t.Context(), fmt.Sprint("payment ", i))
			if err != nil || stage == chain.Failed {
				t.Fatal(err, problem)
			}
			if stage == chain.Done {
				done++
			}
		}
		if done == payments {
			return
		}
		d.Seal()
	}
	t.Fatal("the payments do not become final")
}

func paid(t *testing.T, d *chain.Dev, why string) {
	t.Helper()
	for i := range payments {
		if b, err := d.BalanceAt(t.Context(), payee(i), nil); err != nil || b.Int64() != int64(1000+i) {
			t.Errorf("%s: payee %d has %v (%v), want %d", why, i, b, err, 1000+i)
		}
	}
}

// TestKilled: a process that is killed again and again, at seeded calls, pays
// each payee once.
func TestKilled(t *testing.T) {
	const seed = 21
	if at := os.Getenv("OUTBOX_KILL"); at != "" {
		n, err := strconv.Atoi(at)
		if err != nil {
			t.Fatal(err)
		}
		dir := os.Getenv("OUTBOX_DIR")
		d := openDev(t, filepath.Join(dir, "chain"))
		pay(t, dir, d, chaintest.NewMortal(d, n))
		d.Close()
		return
	}
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(seed, 0))
	killed := 0
	for range 8 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "OUTBOX_DIR="+dir, fmt.Sprint("OUTBOX_KILL=", 2+r.IntN(40)))
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() == 1 {
			t.Fatalf("seed %d: %v\n%s", seed, err, out)
		}
		if err != nil {
			killed++
		}
	}
	if killed < 4 {
		t.Errorf("seed %d: killed only %d times", seed, killed)
	}
	d := openDev(t, filepath.Join(dir, "chain"))
	defer d.Close()
	pay(t, dir, d, d)
	paid(t, d, fmt.Sprint("seed ", seed))
}

// TestReorg: what a reorg drops is sent again, once.
func TestReorg(t *testing.T) {
	d := openDev(t, "")
	defer d.Close()
	dir := t.TempDir()
	o, err := chain.NewOutbox(t.Context(), openDB(t, filepath.Join(dir, "outbox.db")), d, founder, chain.DevID, chain.OutboxConfig{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		d.Seal()
	}
	call := chain.Call{To: payee(0), Value: big.NewInt(1000)}
	if err := o.Put(t.Context(), "payment 0", call); err != nil {
		t.Fatal(err)
	}
	if err := o.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.Seal()
	d.Seal()
	if err := d.Rewind(t.Context(), 3); err != nil { // drops the payment and two blocks
		t.Fatal(err)
	}
	if b, err := d.BalanceAt(t.Context(), payee(0), nil); err != nil || b.Sign() != 0 {
		t.Fatalf("after the reorg: %v (%v)", b, err)
	}
	pay(t, dir, d, d)
	paid(t, d, "reorg")
	call.Value = big.NewInt(2)
	if err := o.Put(t.Context(), "payment 0", call); err == nil {
		t.Error("another call of the same name is taken")
	}
}

// unsealed is a chain that is slow to make blocks.
type unsealed struct{ *chain.Dev }

func (u unsealed) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	return u.Client.SendTransaction(ctx, tx)
}

// lost is a chain that a transaction never reaches.
type lost struct{ *chain.Dev }

func (lost) SendTransaction(context.Context, *types.Transaction) error { return nil }

// TestNonceSpent: where something else spent the nonce for good, another is
// taken, and the payment is made once.
func TestNonceSpent(t *testing.T) {
	d := openDev(t, "")
	defer d.Close()
	dir := t.TempDir()
	o, err := chain.NewOutbox(t.Context(), openDB(t, filepath.Join(dir, "outbox.db")), lost{d}, founder, chain.DevID, chain.OutboxConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Put(t.Context(), "payment 0", chain.Call{To: payee(0), Value: big.NewInt(1000)}); err != nil {
		t.Fatal(err)
	}
	if err := o.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	fund(t, d, common.Address{5}) // with the same key and nonce
	for range 40 {
		d.Seal()
	}
	pay(t, dir, d, d)
	paid(t, d, "nonce spent")
}

// TestStuck: who waits too long pays more, up to the limit.
func TestStuck(t *testing.T) {
	d := openDev(t, "")
	defer d.Close()
	now := time.Unix(1e9, 0)
	cfg := chain.OutboxConfig{Now: func() time.Time { return now }, MaxFee: big.NewInt(4e9)}
	o, err := chain.NewOutbox(t.Context(), openDB(t, filepath.Join(t.TempDir(), "outbox.db")), unsealed{d}, founder, chain.DevID, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Put(t.Context(), "payment 0", chain.Call{To: payee(0), Value: big.NewInt(1000)}); err != nil {
		t.Fatal(err)
	}
	for range 6 {
		if err := o.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		now = now.Add(2 * time.Minute)
	}
	if stage, problem, err := o.Status(t.Context(), "payment 0"); err != nil || stage != chain.Sent || problem == "" {
		t.Errorf("at the limit: stage %d, %q, %v", stage, problem, err)
	}
	for range 40 {
		d.Seal()
	}
	if err := o.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	if stage, _, err := o.Status(t.Context(), "payment 0"); err != nil || stage != chain.Done {
		t.Errorf("stage %d, %v", stage, err)
	}
	if b, err := d.BalanceAt(t.Context(), payee(0), nil); err != nil || b.Int64() != 1000 {
		t.Errorf("paid %v (%v)", b, err)
	}
}
