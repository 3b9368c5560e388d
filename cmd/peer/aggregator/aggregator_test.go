package aggregator_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"database/sql"
	"fmt"
	"log/slog"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
	"github.com/ipfs/go-cid"
	_ "modernc.org/sqlite"

	"github.com/openledger/openledger/cmd/peer/aggregator"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/claim"
	"github.com/openledger/openledger/settle/epoch"
	"github.com/openledger/openledger/settle/epoch/liar"
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

// A town is payers, workers and owners, with an aggregator and a watcher, on one
// dev chain.
type town struct {
	t       *testing.T
	seed    uint64
	r       *rand.Rand
	d       *chain.Dev
	k       *chain.Contracts
	payers  []*ecdsa.PrivateKey
	workers []*ecdsa.PrivateKey
	owners  int
	salt    uint64

	mu     sync.Mutex
	blocks map[cid.Cid][]byte

	poster, watcher *aggregator.Service
	keys            map[*aggregator.Service]chain.Signer
}

var bond = new(big.Int).Mul(big.NewInt(10_000), big.NewInt(1e18))

func newTown(t *testing.T, seed uint64, payers, workers, owners int) *town {
	s := &town{
		t: t, seed: seed, r: rand.New(rand.NewPCG(seed, 0)), owners: owners,
		blocks: map[cid.Cid][]byte{}, keys: map[*aggregator.Service]chain.Signer{},
	}
	var err error
	s.d, err = chain.OpenDev("", chain.DevConfig{Faucet: founder.Address()})
	s.check(err)
	t.Cleanup(func() { s.d.Close() })
	a, err := chain.Deploy(t.Context(), s.d, founder, chain.DemoTerms(founder.Address()))
	s.check(err)
	s.k, err = chain.Open(t.Context(), s.d, a)
	s.check(err)
	most := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	s.do(founder, s.k.Approve(a.Ledger, most))
	s.do(founder, s.k.Approve(a.Staking, most))
	for i := range payers {
		s.payers = append(s.payers, key("payer", i))
		s.do(founder, s.k.Deposit(addressOf(s.payers[i]), big.NewInt(1e15)))
	}
	for i := range workers {
		s.workers = append(s.workers, key("worker", i))
	}
	s.poster, s.watcher = s.service("poster", true), s.service("watcher", false)
	distributor := chain.KeySigner(s.workers[0])
	for _, to := range []common.Address{s.keys[s.poster].Address(), s.keys[s.watcher].Address(), distributor.Address()} {
		s.do(founder, chain.Call{To: to, Value: big.NewInt(1e18)})
		s.do(founder, s.k.Transfer(to, bond))
	}
	for _, staker := range []common.Address{s.keys[s.poster].Address(), distributor.Address()} {
		s.do(founder, s.k.Stake(staker, new(big.Int).Mul(bond, big.NewInt(3))))
	}
	s.do(distributor, s.k.Enroll())
	return s
}

func (s *town) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("seed %d: %v", s.seed, err)
	}
}

func (s *town) do(by chain.Signer, call chain.Call) {
	s.t.Helper()
	_, err := chain.Transact(s.t.Context(), s.d, by, call)
	s.check(err)
}

func (s *town) keep(_ context.Context, c cid.Cid, b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocks[c] = bytes.Clone(b)
	return nil
}

func (s *town) get(_ context.Context, c cid.Cid) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.blocks[c]
	if !ok {
		return nil, fmt.Errorf("no block %v", c)
	}
	return b, nil
}

// service is an aggregator with a home of its own.
func (s *town) service(name string, posts bool) *aggregator.Service {
	dir := s.t.TempDir()
	db, err := sql.Open("sqlite", filepath.Join(dir, "ledger.db"))
	s.check(err)
	db.SetMaxOpenConns(1)
	s.t.Cleanup(func() { db.Close() })
	for _, table := range aggregator.Tables {
		_, err := db.Exec(table)
		s.check(err)
	}
	signer := chain.KeySigner(key(name, 0))
	o, err := chain.NewOutbox(s.t.Context(), db, s.d, signer, chain.DevID, chain.OutboxConfig{})
	s.check(err)
	f, err := chain.Follow(s.k, s.get, filepath.Join(dir, "books"))
	s.check(err)
	c := aggregator.Config{Contracts: s.k, Outbox: o, Follower: f, Account: signer.Address(), Ledger: db, Keep: s.keep, Get: s.get, Posts: posts, Every: time.Second}
	if testing.Verbose() && os.Getenv("AGGREGATOR_LOG") != "" {
		c.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	service := aggregator.New(c)
	s.keys[service] = signer
	return service
}

func (s *town) sign(k *ecdsa.PrivateKey, digest [32]byte) (out epoch.Signature) {
	b, err := crypto.Sign(digest[:], k)
	s.check(err)
	copy(out[:], b)
	out[64] += 27
	return out
}

func (s *town) usage(fee uint64) epoch.Record {
	payer, worker := s.payers[s.r.IntN(len(s.payers))], s.workers[s.r.IntN(len(s.workers))]
	s.salt++
	u := &epoch.Usage{Request: epoch.Request{
		Payer: addressOf(payer), Model: [32]byte{byte(s.r.IntN(3))}, Fee: *uint256.NewInt(fee), LastEpoch: 1 << 40, Salt: s.salt,
		Workers: []common.Address{addressOf(worker)},
	}}
	u.Result = epoch.Result{Request: u.Request.Hash(), Output: [32]byte{2}, Gain: s.r.Uint32()}
	add := func(a epoch.Account, c epoch.Class) {
		u.Result.Credits = append(u.Result.Credits, epoch.Credit{Account: a, Class: c, Weight: *uint256.NewInt(s.r.Uint64N(1000))})
	}
	add(epoch.AccountOf(addressOf(worker)), epoch.Workers)
	for range s.r.IntN(3) {
		add(epoch.AccountOf(addressOf(key("owner", s.r.IntN(s.owners)))), epoch.Owners)
	}
	for range s.r.IntN(4) {
		add(epoch.PoolOf(fmt.Sprint("datanet ", s.r.IntN(3))), epoch.Data)
	}
	u.PayerSignature = s.sign(payer, u.Request.Signing(s.k.Domain()))
	u.WorkerSignature = s.sign(worker, u.Result.Signing(s.k.Domain()))
	return epoch.Record{Usage: u}
}

// pay distributes an amount of a pool over two owners.
func (s *town) pay(by *ecdsa.PrivateKey, pool epoch.Account, of uint64, amount epoch.Amount) epoch.Record {
	s.salt++
	d := epoch.Distribution{Pool: pool, Epoch: of, Part: uint32(s.salt), Amount: amount, Evidence: [32]byte{7}}
	half := new(epoch.Amount).Rsh(&amount, 1)
	for i, w := range []*epoch.Amount{half, new(epoch.Amount).Sub(&amount, half)} {
		d.Credits = append(d.Credits, epoch.Credit{Account: epoch.AccountOf(addressOf(key("owner", i))), Weight: *w})
	}
	return epoch.Record{Payment: &epoch.Payment{Distribution: d, Signature: s.sign(by, d.Signing(s.k.Domain()))}}
}

// step lets time pass and everybody look at the chain, until so many epochs are
// posted and final.
func (s *town) until(tip, final uint64) {
	s.t.Helper()
	for range 60 {
		gotTip, gotFinal, err := s.k.Tip(s.t.Context())
		s.check(err)
		if gotTip == tip && gotFinal == final {
			return
		}
		s.check(s.d.Advance(4 * time.Second))
		for _, a := range []*aggregator.Service{s.poster, s.watcher} {
			s.check(a.Step(s.t.Context()))
		}
	}
	gotTip, gotFinal, _ := s.k.Tip(s.t.Context())
	s.t.Fatalf("seed %d: %d epochs posted and %d final, want %d and %d", s.seed, gotTip, gotFinal, tip, final)
}

// TestEpochs: 100 accounts, 10,000 records over 20 epochs with AGGREGATOR_FULL=1,
// fewer without. Each epoch is posted by one aggregator and recomputed by another;
// this test recomputes every leaf, every balance and the conservation of OPEN by
// itself.
func TestEpochs(t *testing.T) {
	epochs, records, owners := 4, 30, 12
	if os.Getenv("AGGREGATOR_FULL") != "" {
		epochs, records, owners = 20, 500, 85
	}
	s := newTown(t, 6, 8, 4, owners)
	ctx := t.Context()
	split, err := s.k.Split(ctx, 1)
	s.check(err)
	a := newAudit(split)
	for e := 1; e <= epochs; e++ {
		for range records {
			s.check(s.poster.Take(ctx, s.usage(s.r.Uint64N(1e9))))
		}
		pool := epoch.PoolOf("datanet 1")
		if have := a.sums[pool]; have != nil && e%2 == 0 {
			left := uint256.MustFromBig(new(big.Int).Sub(have.earned, have.distributed))
			s.check(s.poster.Take(ctx, s.pay(s.workers[0], pool, uint64(e-1), *left)))
		}
		forced := s.usage(5_000)
		if e == 2 { // nobody settles it: its payer forces it in
			s.do(s.keys[s.watcher], s.k.Force(forced.Usage))
		}
		s.until(uint64(e), uint64(e-1))
		f, err := chain.Follow(s.k, s.get, t.TempDir())
		s.check(err)
		p, d, err := f.Epoch(ctx, uint64(e))
		s.check(err)
		n := 0
		for r, err := range d.All(ctx) {
			s.check(err)
			a.record(r)
			n++
		}
		if want := records + map[bool]int{true: 1}[e%2 == 0] + map[bool]int{true: 1}[e == 2]; n != want {
			t.Errorf("seed %d: epoch %d has %d records, want %d", s.seed, e, n, want)
		}
		if got := a.earnedRoot(); got != [32]byte(p.Header.EarnedRoot) || p.Header.Total.ToBig().Cmp(a.fees) != 0 || int(p.Header.Accounts) != len(a.places) {
			t.Fatalf("seed %d: epoch %d: the header has %+v; recomputed root %x, total %v, %d accounts", s.seed, e, p.Header, got, a.fees, len(a.places))
		}
	}
	s.until(uint64(epochs), uint64(epochs))
	for range 2 {
		s.check(s.poster.Step(ctx))
	}
	s.balances(a)
}

// balances has everybody claim and compares what they have then.
func (s *town) balances(a *audit) {
	s.t.Helper()
	ctx := s.t.Context()
	f, err := chain.Follow(s.k, s.get, s.t.TempDir())
	s.check(err)
	_, final, err := s.k.Tip(ctx)
	s.check(err)
	b, err := f.Book(ctx, final)
	s.check(err)
	var people []common.Address
	before := map[common.Address]*big.Int{}
	sumBefore, earned, spent := new(big.Int), new(big.Int), new(big.Int)
	for at, x := range a.sums {
		earned.Add(earned, new(big.Int).Sub(x.earned, x.distributed))
		if at.IsPool() {
			continue
		}
		who := common.Address(at[12:])
		people = append(people, who)
		before[who], err = s.k.Balance(ctx, who)
		s.check(err)
		sumBefore.Add(sumBefore, before[who])
	}
	for _, x := range a.spent {
		spent.Add(spent, x)
	}
	if earned.Cmp(a.fees) != 0 || spent.Cmp(a.fees) != 0 {
		s.t.Errorf("seed %d: spent %v, earned %v, fees %v", s.seed, spent, earned, a.fees)
	}
	dues, err := claim.Dues(ctx, s.k, b, people...)
	s.check(err)
	for len(dues) > 0 {
		some := dues[:min(100, len(dues))]
		dues = dues[len(some):]
		var places []uint32
		var leaves []epoch.EarnedLeaf
		for _, d := range some {
			places, leaves = append(places, d.Place), append(leaves, d.Leaf)
		}
		s.do(s.keys[s.watcher], s.k.Claim(b.Previous(), places, leaves))
	}
	for _, who := range people {
		has, err := s.k.Balance(ctx, who)
		s.check(err)
		if want := new(big.Int).Add(before[who], a.sums[epoch.AccountOf(who)].earned); has.Cmp(want) != 0 {
			s.t.Errorf("seed %d: %v has %v, want %v", s.seed, who, has, want)
		}
	}
	// All OPEN there is lies with who holds it, in the contracts, or was burned.
	all := new(big.Int)
	for _, at := range append(people, founder.Address(), s.keys[s.poster].Address(), s.keys[s.watcher].Address(), s.k.Ledger, s.k.Staking, s.k.Challenges, s.k.Timelock, common.HexToAddress("0xdEaD")) {
		x, err := s.k.Balance(ctx, at)
		s.check(err)
		all.Add(all, x)
	}
	if want := new(big.Int).Exp(big.NewInt(10), big.NewInt(27), nil); all.Cmp(want) != 0 {
		s.t.Errorf("seed %d: there are %v units of OPEN, want %v", s.seed, all, want)
	}
	if paid, err := s.k.Balance(ctx, s.k.Ledger); err != nil || paid.Cmp(new(big.Int).Sub(big.NewInt(8e15), new(big.Int).Sub(a.fees, s.pools(a)))) != 0 {
		s.t.Errorf("seed %d: the Ledger has %v (%v)", s.seed, paid, err)
	}
}

// pools is what pools have and have not passed on.
func (s *town) pools(a *audit) *big.Int {
	all := new(big.Int)
	for at, x := range a.sums {
		if at.IsPool() {
			all.Add(all, new(big.Int).Sub(x.earned, x.distributed))
		}
	}
	return all
}

// TestLiars: each lie that an aggregator can publish is caught by the watcher, the
// epoch is rejected and its poster slashed, and the honest epoch follows.
func TestLiars(t *testing.T) {
	s := newTown(t, 9, 4, 3, 6)
	ctx := t.Context()
	for e := range uint64(2) {
		for range 8 {
			s.check(s.poster.Take(ctx, s.usage(s.r.Uint64N(1e9))))
		}
		s.until(e+1, e+1)
	}
	f, err := chain.Follow(s.k, s.get, t.TempDir())
	s.check(err)
	_, d, err := f.Epoch(ctx, 1)
	s.check(err)
	older, _, err := d.Record(ctx, 0)
	s.check(err)
	forced := s.usage(77)
	s.do(s.keys[s.watcher], s.k.Force(forced.Usage))
	b, err := f.Open(ctx, 2)
	s.check(err)
	before := b.Previous()
	s.check(b.Settle(forced, true))
	for range 9 {
		s.check(b.Settle(s.usage(s.r.Uint64N(1e9)), false))
	}
	pool := epoch.PoolOf("datanet 1")
	place, earned, paid, ok := b.State().Earned(pool)
	left := new(epoch.Amount).Sub(&earned, &paid)
	if !ok || left.IsZero() {
		t.Fatalf("seed %d: the pool has nothing", s.seed)
	}
	props := liar.Props{
		Another: s.usage(5), TooMuch: s.usage(2e15), Older: older,
		OverPool: s.pay(s.workers[0], pool, 1, *new(epoch.Amount).AddUint64(left, 1e9)), Stranger: s.pay(key("stranger", 0), pool, 1, *left),
	}
	props.OverPool.Place, props.Stranger.Place = place, place
	lies := liar.Lies(liar.Of(b, [32]byte{}), props)
	if len(lies) != 19 {
		t.Errorf("%d lies", len(lies))
	}
	if os.Getenv("AGGREGATOR_FULL") == "" { // each kind of proof once; the contracts' tests tell all
		lies = slices.DeleteFunc(lies, func(l liar.Lie) bool {
			return !slices.Contains([]string{"state", "duplicate of an older epoch", "forced out", "dismissed though not", "payment over the pool"}, l.Name)
		})
	}
	liarKey, watcher := s.keys[s.poster], s.keys[s.watcher].Address()
	for _, l := range append(lies, liar.Lie{Name: "withheld", Tell: nil}) {
		bonded, err := s.k.Bonded(ctx, liarKey.Address())
		s.check(err)
		if bonded.Cmp(bond) < 0 {
			s.do(founder, s.k.Stake(liarKey.Address(), bond))
			bonded = new(big.Int).Add(bonded, bond)
		}
		e := liar.Of(b, [32]byte{})
		if l.Tell != nil {
			l.Tell(&e)
		}
		last := e.Commit()
		if l.Tell == nil {
			e.Header.Data = [32]byte{9} // of which there are no blocks
		} else if e.Header.Data, err = epoch.Publish(ctx, s.keep, 3, e.Records, e.Sums); err != nil {
			t.Fatal(err)
		}
		reward, err := s.k.Balance(ctx, watcher)
		s.check(err)
		s.check(s.d.Advance(4 * time.Second)) // whoever leads, its time is over
		s.do(liarKey, s.k.Post(e.Header, before, last))
		for range 20 {
			s.check(s.watcher.Step(ctx))
			if tip, _, err := s.k.Tip(ctx); err == nil && tip == 2 {
				break
			}
			s.check(s.d.Advance(time.Second))
		}
		tip, final, err := s.k.Tip(ctx)
		s.check(err)
		after, err := s.k.Bonded(ctx, liarKey.Address())
		s.check(err)
		rewarded, err := s.k.Balance(ctx, watcher)
		s.check(err)
		got, want := rewarded.Sub(rewarded, reward), new(big.Int).Div(new(big.Int).Mul(bond, big.NewInt(3)), big.NewInt(10))
		if tip != 2 || final != 2 || new(big.Int).Sub(bonded, after).Cmp(bond) != 0 || got.Cmp(want) != 0 {
			t.Fatalf("seed %d: %s: tip %d, final %d, bonded %v of %v, rewarded %v", s.seed, l.Name, tip, final, after, bonded, got)
		}
	}
	// The honest aggregator goes on, and nobody lost a unit.
	s.do(founder, s.k.Stake(liarKey.Address(), bond))
	for range 5 {
		s.check(s.poster.Take(ctx, s.usage(s.r.Uint64N(1e9))))
	}
	s.until(3, 3)
	a := newAudit([6]uint16{500, 2000, 1500, 500, 1000, 4500})
	for e := range uint64(3) {
		_, d, err := f.Epoch(ctx, e+1)
		s.check(err)
		for r, err := range d.All(ctx) {
			s.check(err)
			a.record(r)
		}
	}
	for at, want := range a.sums {
		book, err := f.Book(ctx, 3)
		s.check(err)
		if _, earned, _, _ := book.State().Earned(at); earned.ToBig().Cmp(want.earned) != 0 {
			t.Errorf("seed %d: %x has %v, want %v", s.seed, at, &earned, want.earned)
		}
	}
}

// TestDemandAnswered: data that a watcher cannot get and demands are shown by who
// has them, and the epoch becomes final.
func TestDemandAnswered(t *testing.T) {
	s := newTown(t, 4, 2, 2, 3)
	ctx := t.Context()
	for range 20 {
		s.check(s.poster.Take(ctx, s.usage(s.r.Uint64N(1e9))))
	}
	s.check(s.d.Advance(4 * time.Second))
	s.check(s.poster.Step(ctx))
	if tip, _, err := s.k.Tip(ctx); err != nil || tip != 1 {
		t.Fatalf("seed %d: tip %d, %v", s.seed, tip, err)
	}
	p, _, err := func() (chain.Posted, *epoch.DAG, error) {
		f, err := chain.Follow(s.k, s.get, t.TempDir())
		s.check(err)
		return f.Epoch(ctx, 1)
	}()
	s.check(err)
	stranger := s.keys[s.watcher]
	need, err := s.k.DemandBond(ctx)
	s.check(err)
	s.do(stranger, s.k.Approve(s.k.Challenges, need))
	s.do(stranger, s.k.Demand(p.Header, 1))
	before, err := s.k.Balance(ctx, s.keys[s.poster].Address())
	s.check(err)
	s.check(s.poster.Step(ctx))
	after, err := s.k.Balance(ctx, s.keys[s.poster].Address())
	s.check(err)
	if after.Sub(after, before).Cmp(need) != 0 {
		t.Errorf("who showed got %v, want %v", after, need)
	}
	s.until(1, 1)
	if n, err := s.poster.Waiting(ctx); err != nil || n != 20 {
		t.Errorf("%d records wait (%v)", n, err)
	}
}
