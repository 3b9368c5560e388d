package chain_test

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
	"github.com/openledger/openledger/settle/epoch/liar"
)

// town is payers, workers and owners of one Ledger on a dev chain, with an
// aggregator.
type town struct {
	t       *testing.T
	seed    uint64
	r       *rand.Rand
	d       *chain.Dev
	k       *chain.Contracts
	poster  chain.Signer
	watcher chain.Signer
	payers  []*ecdsa.PrivateKey
	workers []*ecdsa.PrivateKey
	salt    uint64

	book     *epoch.Book
	previous epoch.Header
	final    []liar.Epoch // the honest ones, as published
}

var bond = new(big.Int).Mul(big.NewInt(10_000), big.NewInt(1e18))

func newTown(t *testing.T, seed uint64) *town {
	s := &town{
		t: t, seed: seed, r: rand.New(rand.NewPCG(seed, 0)), d: openDev(t, ""), previous: epoch.Genesis(),
		poster: chain.KeySigner(key("poster", 0)), watcher: chain.KeySigner(key("watcher", 0)),
	}
	t.Cleanup(func() { s.d.Close() })
	terms := chain.DemoTerms(founder.Address())
	terms.LeaderTime = 0
	a, err := chain.Deploy(t.Context(), s.d, founder, terms)
	if err != nil {
		t.Fatal(err)
	}
	if s.k, err = chain.Open(t.Context(), s.d, a); err != nil {
		t.Fatal(err)
	}
	max := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	do(t, s.d, founder, s.k.Approve(a.Ledger, max))
	do(t, s.d, founder, s.k.Approve(a.Staking, max))
	for i := range 4 {
		s.payers = append(s.payers, key("payer", i))
		do(t, s.d, founder, s.k.Deposit(addressOf(s.payers[i]), big.NewInt(1e15)))
	}
	for i := range 3 {
		s.workers = append(s.workers, key("worker", i))
	}
	fund(t, s.d, s.poster.Address())
	fund(t, s.d, s.watcher.Address())
	fund(t, s.d, addressOf(s.workers[0]))
	for _, staker := range []common.Address{s.poster.Address(), addressOf(s.workers[0])} {
		do(t, s.d, founder, s.k.Stake(staker, new(big.Int).Mul(bond, big.NewInt(3))))
	}
	do(t, s.d, chain.KeySigner(s.workers[0]), s.k.Enroll())
	s.book = epoch.NewBook(s.k.Rules(t.Context()))
	return s
}

func (s *town) sign(k *ecdsa.PrivateKey, digest [32]byte) (out epoch.Signature) {
	b, err := crypto.Sign(digest[:], k)
	if err != nil {
		s.t.Fatal(err)
	}
	copy(out[:], b)
	out[64] += 27
	return out
}

func (s *town) usage(fee uint64) epoch.Record {
	payer, worker := s.payers[s.r.IntN(len(s.payers))], s.workers[s.r.IntN(len(s.workers))]
	s.salt++
	u := &epoch.Usage{Request: epoch.Request{
		Payer: addressOf(payer), Model: [32]byte{1}, Fee: *uint256.NewInt(fee), LastEpoch: 1 << 40, Salt: s.salt,
		Workers: []common.Address{addressOf(s.workers[2]), addressOf(worker)},
	}}
	u.Result = epoch.Result{Output: [32]byte{2}, Gain: s.r.Uint32()}
	add := func(a epoch.Account, c epoch.Class) {
		u.Result.Credits = append(u.Result.Credits, epoch.Credit{Account: a, Class: c, Weight: *uint256.NewInt(s.r.Uint64N(1000))})
	}
	add(epoch.AccountOf(addressOf(worker)), epoch.Workers)
	for range s.r.IntN(3) {
		add(epoch.AccountOf(common.Address{19: byte(1 + s.r.IntN(9))}), epoch.Owners)
	}
	for range s.r.IntN(4) {
		add(epoch.PoolOf(fmt.Sprint("datanet ", s.r.IntN(3))), epoch.Data)
	}
	s.signUsage(u, payer, worker)
	return epoch.Record{Usage: u}
}

func (s *town) signUsage(u *epoch.Usage, payer, worker *ecdsa.PrivateKey) {
	u.Result.Request = u.Request.Hash()
	u.PayerSignature = s.sign(payer, u.Request.Signing(s.k.Domain()))
	u.WorkerSignature = s.sign(worker, u.Result.Signing(s.k.Domain()))
}

// pay distributes what the first pool with anything has, and `more` on top.
func (s *town) pay(key *ecdsa.PrivateKey, more uint64) (epoch.Record, bool) {
	for i := range 3 {
		pool := epoch.PoolOf(fmt.Sprint("datanet ", i))
		at, earned, paid, ok := s.book.State().Earned(pool)
		left := new(epoch.Amount).Sub(&earned, &paid)
		if !ok || left.IsZero() {
			continue
		}
		left.AddUint64(left, more)
		d := epoch.Distribution{Pool: pool, Epoch: s.book.Epoch() - 1, Part: uint32(s.r.Uint32()), Amount: *left}
		half := new(epoch.Amount).Rsh(left, 1)
		d.Credits = []epoch.Credit{
			{Account: epoch.AccountOf(common.Address{0: 9, 19: 1}), Weight: *half},
			{Account: epoch.AccountOf(common.Address{0: 9, 19: 2}), Weight: *new(epoch.Amount).Sub(left, half)},
		}
		p := &epoch.Payment{Distribution: d, Signature: s.sign(key, d.Signing(s.k.Domain()))}
		return epoch.Record{Payment: p, Place: at}, true
	}
	return epoch.Record{}, false
}

func (s *town) settle(r epoch.Record) {
	s.t.Helper()
	if err := s.book.Settle(r, false); err != nil {
		s.t.Fatalf("seed %d: %v", s.seed, err)
	}
}

func (s *town) fill(n int) {
	for range n {
		if s.r.IntN(4) == 0 && s.book.Epoch() > 2 {
			if r, ok := s.pay(s.workers[0], 0); ok {
				s.settle(r)
				continue
			}
		}
		s.settle(s.usage(s.r.Uint64N(1e9)))
	}
}

// close posts the open epoch and makes it final.
func (s *town) close() {
	s.t.Helper()
	h := s.book.Header([32]byte{1})
	do(s.t, s.d, s.poster, s.k.Post(h, s.previous, s.book.LastPath()))
	s.pass(20 * time.Second)
	do(s.t, s.d, s.watcher, s.k.Finalize(h))
	s.final = append(s.final, liar.Epoch{Header: h, Records: slices.Clone(s.book.Records()), Sums: slices.Clone(s.book.Sums())})
	if err := s.book.Next(h); err != nil {
		s.t.Fatal(err)
	}
	s.previous = h
}

func (s *town) pass(by time.Duration) {
	s.t.Helper()
	if err := s.d.Advance(by); err != nil {
		s.t.Fatal(err)
	}
}

// TestEpochsOnChain: headers that a Book computes are posted and made final by
// the contracts, everybody claims, and each balance is what the Book says.
func TestEpochsOnChain(t *testing.T) {
	s := newTown(t, 3)
	for range 4 {
		s.fill(15)
		s.close()
		h, state := s.previous, s.book.State()
		var places []uint32
		var leaves []epoch.EarnedLeaf
		for i := range uint32(state.Accounts()) {
			if leaf := state.OpenEarned(i); !leaf.Account.IsPool() {
				places, leaves = append(places, i), append(leaves, leaf)
			} else if i < 3 {
				refused(t, s.d, s.watcher, s.k.Claim(h, []uint32{i}, []epoch.EarnedLeaf{leaf}), "WrongLeaf")
			}
		}
		do(t, s.d, s.watcher, s.k.Claim(h, places, leaves))
		refused(t, s.d, s.watcher, s.k.Claim(h, places[:1], leaves[:1]), "NothingToClaim")
		for i, leaf := range leaves {
			b, err := s.k.Balance(t.Context(), common.Address(leaf.Account[12:]))
			if err != nil || b.Cmp(leaf.Earned.ToBig()) != 0 {
				t.Errorf("seed %d, epoch %d, place %d: got %v (%v), want %v", s.seed, h.Epoch, places[i], b, err, &leaf.Earned)
			}
		}
	}
	tip, final, err := s.k.Tip(t.Context())
	if err != nil || tip != 4 || final != 4 {
		t.Errorf("tip %d, final %d, %v", tip, final, err)
	}
}

// TestDefectsOnChain: each planted defect is found by a watcher, and the chain
// rejects the epoch and slashes who posted it; nobody else loses anything.
func TestDefectsOnChain(t *testing.T) {
	s := newTown(t, 11)
	s.fill(8)
	s.close()
	older, olderHeader := s.final[0].Records, s.final[0].Header
	s.fill(8)
	s.close()
	forced := s.usage(77)
	do(t, s.d, s.watcher, s.k.Force(forced.Usage))
	if err := s.book.Settle(forced, true); err != nil {
		t.Fatal(err)
	}
	s.fill(10)
	honest := s.book.Header([32]byte{1})
	n := len(s.book.Records())
	lastUsage := n - 1
	for s.book.Records()[lastUsage].Usage == nil {
		lastUsage--
	}
	another := s.usage(5)
	tooMuch := s.usage(2e15)
	overPool, ok := s.pay(s.workers[0], 1e9)
	stranger, ok2 := s.pay(key("stranger", 0), 0)
	if !ok || !ok2 {
		t.Fatalf("seed %d: no pool has anything", s.seed)
	}
	props := liar.Props{Another: another, TooMuch: tooMuch, OverPool: overPool, Stranger: stranger, Older: older[0]}
	for _, c := range liar.Lies(liar.Of(s.book, [32]byte{1}), props) {
		before, err := s.k.Bonded(t.Context(), s.poster.Address())
		if err != nil {
			t.Fatal(err)
		}
		if before.Cmp(bond) < 0 {
			do(t, s.d, founder, s.k.Stake(s.poster.Address(), bond))
			before = bond
		}
		e := liar.Of(s.book, [32]byte{1})
		c.Tell(&e)
		last := e.Commit()
		do(t, s.d, s.poster, s.k.Post(e.Header, s.previous, last))

		watcher := s.replay()
		var fault *epoch.Fault
		if err := watcher.Check(t.Context(), e.Header, e.Records, e.Sums); !errors.As(err, &fault) {
			t.Fatalf("seed %d, %s: got %v", s.seed, c.Name, err)
		}
		if fault.First != nil && fault.First.Path == nil {
			if _, err := s.k.Challenge(fault); err == nil {
				t.Errorf("%s: a duplicate of an older epoch goes unopened", c.Name)
			}
			if err := fault.First.Open(olderHeader, older); err != nil {
				t.Fatal(err)
			}
		}
		call, err := s.k.Challenge(fault)
		if err != nil {
			t.Fatal(err)
		}
		reward, _ := s.k.Balance(t.Context(), s.watcher.Address())
		do(t, s.d, s.watcher, call)
		tip, _, err := s.k.Tip(t.Context())
		after, _ := s.k.Bonded(t.Context(), s.poster.Address())
		rewarded, _ := s.k.Balance(t.Context(), s.watcher.Address())
		if err != nil || tip != 2 || new(big.Int).Sub(before, after).Cmp(bond) != 0 {
			t.Errorf("seed %d, %s: tip %d (%v), bonded %v of %v", s.seed, c.Name, tip, err, after, before)
		}
		if got, want := rewarded.Sub(rewarded, reward), new(big.Int).Div(new(big.Int).Mul(bond, big.NewInt(3)), big.NewInt(10)); got.Cmp(want) != 0 {
			t.Errorf("%s: rewarded %v, want %v", c.Name, got, want)
		}
	}

	// The honest header stands: what Check would find in it were it wrong is right.
	do(t, s.d, founder, s.k.Stake(s.poster.Address(), bond))
	do(t, s.d, s.poster, s.k.Post(honest, s.previous, s.book.LastPath()))
	records, sums := s.book.Records(), s.book.Sums()
	for _, i := range []int{0, 1, lastUsage, n - 1} {
		wrong := slices.Clone(sums)
		wrong[i].EarnedRoot[0] ^= 1
		e := liar.Epoch{Header: honest, Records: slices.Clone(records), Sums: wrong}
		e.Commit()
		var fault *epoch.Fault
		if err := s.replay().Check(t.Context(), e.Header, e.Records, e.Sums); !errors.As(err, &fault) || fault.Record != uint64(i) {
			t.Fatalf("seed %d: record %d: got %v", s.seed, i, err)
		}
		right := *fault
		right.Header, right.Later = honest, sums[i]
		if i > 0 {
			right.Before = sums[i-1]
		}
		trace := liar.Tree(n, func(i int) []byte { return liar.SumsLeaf(&sums[i]) })
		at := func(i int) []merkle.Digest {
			p, err := trace.Prove(uint64(max(i, 0)))
			if err != nil {
				t.Fatal(err)
			}
			return p.Path
		}
		right.LaterPath, right.BeforePath = at(i), at(i-1)
		call, err := s.k.Challenge(&right)
		if err != nil {
			t.Fatal(err)
		}
		refused(t, s.d, s.watcher, call, "StepIsRight")
	}
}

// replay returns a watcher's book after the two epochs that are final.
func (s *town) replay() *epoch.Book {
	s.t.Helper()
	b := epoch.NewBook(s.k.Rules(context.Background()))
	for i, e := range s.final {
		if err := b.Check(context.Background(), e.Header, e.Records, e.Sums); err != nil {
			s.t.Fatalf("seed %d, final epoch %d: %v", s.seed, i+1, err)
		}
	}
	return b
}
