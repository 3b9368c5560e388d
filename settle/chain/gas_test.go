package chain_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/contract/equivocations"
	"github.com/openledger/openledger/settle/contract/ledger"
	"github.com/openledger/openledger/settle/contract/registry"
	"github.com/openledger/openledger/settle/epoch"
	"github.com/openledger/openledger/settle/epoch/liar"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

// A gasTable is what each call costs, and the most that it may. Gas is exact, so
// the golden file is: a change of a contract shows here.
type gasTable struct {
	t    *testing.T
	rows bytes.Buffer
}

// row notes a cost; most is 0 where there is no target.
func (g *gasTable) row(what string, gas, most uint64) {
	g.t.Helper()
	fmt.Fprintf(&g.rows, "%-44s %9d %9d\n", what, gas, most)
	if most > 0 && gas > most {
		g.t.Errorf("%s: %d gas, want at most %d", what, gas, most)
	}
}

// slack is by how much a cost may differ from the golden file: the zero bytes of
// times.
const slack = 300

func (g *gasTable) compare(name string) {
	g.t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, g.rows.Bytes(), 0o644); err != nil {
			g.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		g.t.Fatal(err)
	}
	gotRows, wantRows := strings.Split(g.rows.String(), "\n"), strings.Split(string(want), "\n")
	if len(gotRows) != len(wantRows) {
		g.t.Fatalf("%d rows, want %d: run with -update", len(gotRows), len(wantRows))
	}
	gas := func(row string) (string, int) {
		f := strings.Fields(row)
		if len(f) < 3 {
			return row, 0
		}
		n, err := strconv.Atoi(f[len(f)-2])
		if err != nil {
			g.t.Fatal(err)
		}
		return strings.Join(f[:len(f)-2], " "), n
	}
	for i := range gotRows {
		name, got := gas(gotRows[i])
		wantName, want := gas(wantRows[i])
		if name != wantName || got > want+slack || got < want-slack {
			g.t.Errorf("got %s: %d, want %s: %d; run with -update if that is meant", name, got, wantName, want)
		}
	}
}

// paysMany is a usage with this many credits of accounts of their own.
func (s *town) paysMany(credits, from int) epoch.Record {
	payer, worker := s.payers[0], s.workers[0]
	s.salt++
	u := &epoch.Usage{Request: epoch.Request{
		Payer: addressOf(payer), Model: [32]byte{1}, Prompt: [32]byte{2}, Fee: *uint256.NewInt(1e12), LastEpoch: 1 << 40, Salt: s.salt,
		Workers: []common.Address{addressOf(worker)},
	}}
	u.Result = epoch.Result{Output: [32]byte{2}, Gain: 1 << 31}
	for i := range credits {
		a := common.BytesToAddress(crypto.Keccak256(fmt.Append(nil, "account ", from+i)))
		u.Result.Credits = append(u.Result.Credits, epoch.Credit{Account: epoch.AccountOf(a), Class: epoch.Owners, Weight: *uint256.NewInt(uint64(1 + i))})
	}
	s.signUsage(u, payer, worker)
	return epoch.Record{Usage: u}
}

// claims returns what a claim of places opens.
func (s *town) claims(from, to uint32) (places []uint32, leaves []epoch.EarnedLeaf) {
	for i := from; i < to; i++ {
		places, leaves = append(places, i), append(leaves, s.book.State().OpenEarned(i))
	}
	return places, leaves
}

// convicted posts a lie about the open epoch and returns what its challenge
// costs.
func (s *town) convicted(tell func(e *liar.Epoch)) uint64 {
	s.t.Helper()
	e := liar.Of(s.book, [32]byte{1})
	tell(&e)
	do(s.t, s.d, s.poster, s.k.Post(e.Header, s.previous, e.Commit()))
	var fault *epoch.Fault
	if err := s.replay().Check(context.Background(), e.Header, e.Records, e.Sums); !errors.As(err, &fault) {
		s.t.Fatal(err)
	}
	call, err := s.k.Challenge(fault)
	if err != nil {
		s.t.Fatal(err)
	}
	return do(s.t, s.d, s.watcher, call)
}

// TestGas pins what everything costs, and the targets of the design.
func TestGas(t *testing.T) {
	s := newTown(t, 5)
	g := &gasTable{t: t}
	max := new(big.Int).Lsh(big.NewInt(1), 250)
	do(t, s.d, founder, s.k.Stake(s.poster.Address(), new(big.Int).Mul(bond, big.NewInt(20))))

	// Deposits, and items of the Registry.
	g.row("deposit, first of a payer", do(t, s.d, founder, s.k.Deposit(common.Address{9}, big.NewInt(1e9))), 0)
	g.row("deposit, later", do(t, s.d, founder, s.k.Deposit(common.Address{9}, big.NewInt(1e9))), 0)
	items := registry.NewRegistry()
	g.row("register an item", do(t, s.d, founder, chain.Call{To: s.k.Registry, Data: items.PackRegister(1, [32]byte{1}, [32]byte{2}, [32]byte{3}, nil)}), 145_000)

	// An epoch of 10 records with 13 credits each: 130 accounts.
	for i := range 10 {
		s.settle(s.paysMany(13, 13*i))
	}
	h := s.book.Header([32]byte{1})
	do(t, s.d, s.poster, s.k.Post(h, s.previous, s.book.LastPath()))
	s.pass(20 * time.Second)
	do(t, s.d, s.watcher, s.k.Finalize(h))
	s.final = append(s.final, liar.Of(s.book, [32]byte{1}))
	if err := s.book.Next(h); err != nil {
		t.Fatal(err)
	}
	s.previous = h
	places, leaves := s.claims(3, 4)
	g.row("claim, first", do(t, s.d, s.watcher, s.k.Claim(h, places, leaves)), 115_000)
	places, leaves = s.claims(4, 104)
	many := do(t, s.d, s.watcher, s.k.Claim(h, places, leaves))
	g.row("claimMany, first of 100, each", many/100, 70_000)

	// Another one, in steady state.
	for i := range 10 {
		s.settle(s.paysMany(13, 13*i))
	}
	h = s.book.Header([32]byte{1})
	g.row("post", do(t, s.d, s.poster, s.k.Post(h, s.previous, s.book.LastPath())), 130_000)
	s.pass(20 * time.Second)
	g.row("finalize", do(t, s.d, s.watcher, s.k.Finalize(h)), 40_000)
	s.final = append(s.final, liar.Of(s.book, [32]byte{1}))
	if err := s.book.Next(h); err != nil {
		t.Fatal(err)
	}
	s.previous = h
	places, leaves = s.claims(3, 4)
	g.row("claim, later", do(t, s.d, s.watcher, s.k.Claim(h, places, leaves)), 80_000)
	places, leaves = s.claims(4, 104)
	g.row("claimMany, later of 100, each", do(t, s.d, s.watcher, s.k.Claim(h, places, leaves))/100, 70_000)

	// Defects.
	s.settle(s.paysMany(1, 500))
	s.settle(s.paysMany(13, 0))
	g.row("proveStep, 1 credit and 3 pools", s.convicted(func(e *liar.Epoch) { e.Sums[0].EarnedRoot[3] ^= 1 }), 700_000)
	g.row("proveStep, 13 credits and 3 pools", s.convicted(func(e *liar.Epoch) { e.Sums[1].EarnedRoot[3] ^= 1 }), 700_000)
	g.row("proveDuplicate, 1 credit", s.convicted(func(e *liar.Epoch) {
		e.Records, e.Sums = append(e.Records, e.Records[0]), append(e.Sums, e.Sums[1])
	}), 200_000)
	g.row("proveDuplicate, 13 credits", s.convicted(func(e *liar.Epoch) {
		e.Records, e.Sums = append(e.Records, e.Records[1]), append(e.Sums, e.Sums[1])
	}), 0)
	for i := range 14 {
		s.settle(s.paysMany(3, i))
	}
	h = s.book.Header([32]byte{1})
	do(t, s.d, s.poster, s.k.Post(h, s.previous, s.book.LastPath()))
	do(t, s.d, founder, s.k.Approve(s.k.Challenges, max))
	g.row("demand 16 records", do(t, s.d, founder, s.k.Demand(h, 0)), 0)
	g.row("show 16 records of 1, 13 and 14 of 3 credits", do(t, s.d, s.poster, s.k.Show(s.shown(h))), 0)

	g.row("post of no records, leader of 16 in its time", s.leads(), 130_000)
	g.row("force a usage of 3 credits", do(t, s.d, s.watcher, s.k.Force(s.paysMany(3, 7).Usage)), 0)
	s.jobsGas(g)
	s.equivocationGas(g)
	g.compare("gas.golden")
}

// shown answers the first demand of the open epoch.
func (s *town) shown(h epoch.Header) epoch.Shown {
	s.t.Helper()
	blocks := make(memory)
	data, err := s.book.Publish(s.t.Context(), blocks.put)
	if err != nil {
		s.t.Fatal(err)
	}
	withData := h
	withData.Data = data
	d, err := epoch.OpenDAG(s.t.Context(), withData, blocks.get)
	if err != nil {
		s.t.Fatal(err)
	}
	shown, err := d.Show(s.t.Context(), withData, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	shown.Header = h
	return shown
}

// leads returns what a post costs that draws its leader among 16, on contracts
// that give leaders an hour.
func (s *town) leads() uint64 {
	t := s.t
	t.Helper()
	terms := chain.DemoTerms(founder.Address())
	terms.LeaderTime = 3600
	terms.Holder = founder.Address()
	a, err := chain.Deploy(t.Context(), s.d, founder, terms)
	if err != nil {
		t.Fatal(err)
	}
	k, err := chain.Open(t.Context(), s.d, a)
	if err != nil {
		t.Fatal(err)
	}
	do(t, s.d, founder, k.Approve(k.Staking, new(big.Int).Mul(bond, big.NewInt(16))))
	l := ledger.NewLedger()
	leader := func(i int) chain.Signer { return chain.KeySigner(key("leader", i)) }
	for i := range 16 {
		fund(t, s.d, leader(i).Address())
		do(t, s.d, founder, k.Stake(leader(i).Address(), bond))
		do(t, s.d, leader(i), chain.Call{To: k.Ledger, Data: l.PackJoin(big.NewInt(int64(i)))})
	}
	book := epoch.NewBook(k.Rules(t.Context()))
	first := book.Header([32]byte{1})
	do(t, s.d, leader(0), k.Post(first, epoch.Genesis(), nil)) // there is no epoch that a leader's time begins with
	if err := book.Next(first); err != nil {
		t.Fatal(err)
	}
	out, err := s.d.CallContract(t.Context(), ethCall(k.Ledger, l.PackLeaderOf(2)), nil)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := l.UnpackLeaderOf(out)
	if err != nil {
		t.Fatal(err)
	}
	post := k.Post(book.Header([32]byte{2}), first, nil)
	for i := range 16 {
		if leader(i).Address() == drawn {
			refused(t, s.d, leader((i+1)%16), post, "NotTheLeader")
			return do(t, s.d, leader(i), post)
		}
	}
	t.Fatalf("the leader %v is none of the 16", drawn)
	return 0
}

func (s *town) jobsGas(g *gasTable) {
	t := s.t
	worker := chain.KeySigner(s.workers[0])
	do(t, s.d, founder, s.k.Approve(s.k.Jobs, new(big.Int).Lsh(big.NewInt(1), 250)))
	o := chain.Offer{
		Spec: [32]byte{1}, Steps: 1000, Window: time.Minute, Patience: time.Minute, Until: time.Unix(1<<39, 0),
		Escrow: big.NewInt(1e15), Data: big.NewInt(1e12), Pool: common.Address{8},
	}
	job, err := s.k.JobOf(t.Context(), founder.Address(), o)
	if err != nil {
		t.Fatal(err)
	}
	g.row("job: open", do(t, s.d, founder, s.k.OpenJob(o)), 0)
	engage := func(salt uint64) (chain.Member, uint64) {
		e := chain.Engagement{
			Job: job, Worker: worker.Address(), To: 1000, Due: time.Unix(1<<39, 0), Pay: big.NewInt(1e14), Stake: big.NewInt(1e15), Bond: big.NewInt(1e13), Salt: salt,
		}
		m := s.k.MemberOf(e)
		sig, err := chain.SignFor(worker, m)
		if err != nil {
			t.Fatal(err)
		}
		return m, do(t, s.d, founder, s.k.Engage(e, sig))
	}
	m, _ := engage(0)
	n, gas := engage(1)
	g.row("job: engage", gas, 0)
	g.row("job: submit", do(t, s.d, worker, s.k.Submit(m, 500, [32]byte{5})), 0)
	s.pass(2 * time.Minute)
	g.row("job: release", do(t, s.d, s.watcher, s.k.Release(m)), 0)
	g.row("job: approve", do(t, s.d, founder, s.k.ApproveMembers(n)), 0)
	g.row("job: refund", do(t, s.d, founder, s.k.RefundJob(job)), 0)
	if m, err := s.k.Member(t.Context(), m); err != nil || m.Stage != chain.Paid || m.UpTo != 500 {
		t.Errorf("member: %+v, %v", m, err)
	}
	if j, err := s.k.Job(t.Context(), job); err != nil || !j.Closed || j.Held.Sign() != 0 || j.Done != 1000 {
		t.Errorf("job: %+v, %v", j, err)
	}
}

func (s *town) equivocationGas(g *gasTable) {
	header := func(payload byte) []byte {
		b := append([]byte("openledger/1"), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 17)
		b = append(b, bytes.Repeat([]byte{7}, 32)...)
		b = binary.BigEndian.AppendUint64(b, 3)
		return append(b, bytes.Repeat([]byte{payload}, 32)...)
	}
	x, y := header(1), header(2)
	sign := func(k *ecdsa.PrivateKey, b []byte) []byte { sig := s.sign(k, sha(b)); return sig[:] }
	data := equivocations.NewEquivocations().PackProveRecords(x, sign(s.workers[0], x), y, sign(s.workers[0], y))
	g.row("prove an equivocation", do(s.t, s.d, s.watcher, chain.Call{To: s.k.Equivocations, Data: data}), 200_000)
}

func sha(b []byte) [32]byte { return sha256.Sum256(b) }

func ethCall(to common.Address, data []byte) ethereum.CallMsg {
	return ethereum.CallMsg{To: &to, Data: data}
}

// memory holds blocks.
type memory map[cid.Cid][]byte

func (m memory) put(_ context.Context, c cid.Cid, b []byte) error { m[c] = b; return nil }
func (m memory) get(_ context.Context, c cid.Cid) ([]byte, error) {
	if b, ok := m[c]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("no block %v", c)
}
