package upkeep_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	_ "modernc.org/sqlite"

	"github.com/openledger/openledger/cmd/peer/aggregator"
	"github.com/openledger/openledger/cmd/peer/upkeep"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/claim"
	"github.com/openledger/openledger/settle/epoch"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
	"github.com/openledger/openledger/storage/pin"
	"github.com/openledger/openledger/storage/storetest"
)

const network record.Network = 7

// A keeper is a peer that pins: real stores, records and audits, whose wire is a
// call in this process.
type keeper struct {
	*street
	key    record.Key
	db     *sql.DB
	blocks *block.Store
	pins   *pin.Service
	fails  bool // loses its pieces before anybody asks for them
}

// A street is an auditor, who posts epochs, and pinners, on a dev chain.
type street struct {
	t        *testing.T
	d        *chain.Dev
	k        *chain.Contracts
	keepers  []*keeper
	book     *upkeep.Book
	poster   *aggregator.Service
	datanets map[[32]byte][]cid.Cid // layouts
	versions map[[32]byte]cid.Cid
	found    map[[32]byte][]cid.Cid // statements that somebody published, by evidence
}

func (s *street) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func keyOf(t *testing.T, i int) record.Key {
	k, err := record.ParseKey(storetest.Bytes(uint64(i)+900, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (m *keeper) account() record.Account { return m.key.Public().Account() }
func (m *keeper) address() common.Address { return common.Address(m.account()) }

func (m *keeper) signer() chain.Signer {
	return chain.RecordSigner(m.account(), func(digest [32]byte) (record.Signature, error) { return m.key.Sign(digest), nil })
}

func (s *street) do(by *keeper, call chain.Call) {
	s.t.Helper()
	_, err := chain.Transact(s.t.Context(), s.d, by.signer(), call)
	s.check(err)
}

func (m *keeper) Ping(context.Context, record.PublicKey) (time.Duration, error) {
	return time.Second, nil
}

// Audit asks another keeper; one that fails has lost its pieces by then.
func (m *keeper) Audit(ctx context.Context, to record.PublicKey, challenge []byte, answered func([]byte)) ([]byte, error) {
	for _, o := range m.keepers {
		if o.key.Public() != to {
			continue
		}
		if o.fails {
			for _, layouts := range m.datanets {
				for _, c := range layouts {
					o.lose(ctx, c)
				}
			}
		}
		r, err := o.pins.Answer(ctx, challenge)
		if err != nil {
			return nil, err
		}
		answered(r.Answer())
		return r.Openings()
	}
	return nil, errors.New("nobody")
}

func (m *keeper) lose(ctx context.Context, layout cid.Cid) {
	var l erasure.Layout
	b, err := m.blocks.Get(ctx, layout)
	m.check(err)
	m.check(canon.Decode(b, &l, canon.Limits{}))
	for _, stripe := range l.Stripes {
		for _, c := range stripe {
			m.check(m.blocks.Delete(ctx, c))
		}
	}
}

func openDB(t *testing.T) *sql.DB {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "ledger.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

// dataset stores the same Datanet at everybody.
func (s *street) dataset(n, size int) [32]byte {
	s.t.Helper()
	ctx := s.t.Context()
	id := sha256.Sum256([]byte{byte(n)})
	version, err := block.CID(cid.Raw, id[:])
	s.check(err)
	for _, m := range s.keepers {
		h := m.blocks.Hold()
		l, err := erasure.Encode(ctx, bytes.NewReader(storetest.Bytes(uint64(n), size)), erasure.Default, func(ctx context.Context, b []byte) (cid.Cid, error) {
			return h.Add(ctx, cid.Raw, b)
		})
		s.check(err)
		c, err := h.Add(ctx, cid.DagCBOR, l.AppendCanon(nil))
		s.check(err)
		root, err := h.Add(ctx, cid.DagCBOR, canon.AppendCID(canon.AppendArray(nil, 1), c))
		s.check(err)
		s.check(h.Flush(ctx))
		s.datanets[id], s.versions[id] = []cid.Cid{c}, version
		s.check(m.pins.Add(ctx, pin.Pin{Root: root, Name: "test", Datanet: id, Shards: []cid.Cid{c}, Bytes: 1 << 24}))
		h.Release()
	}
	return id
}

func newStreet(t *testing.T, fails ...bool) *street {
	s := &street{t: t, datanets: map[[32]byte][]cid.Cid{}, versions: map[[32]byte]cid.Cid{}, found: map[[32]byte][]cid.Cid{}}
	ctx := t.Context()
	auditor := &keeper{street: s, key: keyOf(t, 0)}
	var err error
	s.d, err = chain.OpenDev("", chain.DevConfig{Faucet: auditor.address()})
	s.check(err)
	t.Cleanup(func() { s.d.Close() })
	a, err := chain.Deploy(ctx, s.d, auditor.signer(), chain.DemoTerms(auditor.address()))
	s.check(err)
	s.k, err = chain.Open(ctx, s.d, a)
	s.check(err)
	most := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	bond := new(big.Int).Mul(big.NewInt(30_000), big.NewInt(1e18))
	for _, call := range []chain.Call{s.k.Approve(a.Ledger, most), s.k.Approve(a.Staking, most), s.k.Stake(auditor.address(), bond), s.k.Enroll(), s.k.Deposit(auditor.address(), big.NewInt(1e15))} {
		s.do(auditor, call)
	}
	s.keepers = []*keeper{auditor}
	for i, f := range fails {
		s.keepers = append(s.keepers, &keeper{street: s, key: keyOf(t, i+1), fails: f})
	}
	var work sync.WaitGroup
	run, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); work.Wait() })
	for i, m := range s.keepers {
		m.db, m.blocks = openDB(t), block.New(dssync.MutexWrap(datastore.NewMapDatastore()))
		c := pin.Config{Network: network, Key: m.key, Quota: 1 << 30, Log: slog.New(slog.DiscardHandler), Publish: m.publish, Every: 200 * time.Millisecond}
		if i == 0 {
			c.Wire = m
			c.Beacon = func(ctx context.Context) ([32]byte, error) {
				now, err := chain.Now(ctx, s.d)
				if err != nil {
					return [32]byte{}, err
				}
				return s.book.Slot(ctx, now)
			}
			c.Passed = func(ctx context.Context, p pin.Transcript) error { return s.book.Passed(ctx, p) }
		}
		m.pins, err = pin.Open(m.db, m.blocks, c)
		s.check(err)
	}
	s.book = s.newBook(auditor)
	o, err := chain.NewOutbox(ctx, auditor.db, s.d, auditor.signer(), chain.DevID, chain.OutboxConfig{})
	s.check(err)
	f, err := chain.Follow(s.k, auditor.get, t.TempDir())
	s.check(err)
	world := s.world(auditor.get)
	s.poster = aggregator.New(aggregator.Config{
		Contracts: s.k, Outbox: o, Follower: f, Account: auditor.address(), Ledger: auditor.db, Keep: auditor.blocks.Put, Get: auditor.get, Posts: true, Every: time.Second,
		Payments: func(ctx context.Context, p *epoch.Payment) error { return world.Check(ctx, p) },
	})
	for _, m := range s.keepers {
		work.Go(func() {
			if err := m.pins.Run(run); err != nil {
				t.Error(err)
			}
		})
	}
	return s
}

func (m *keeper) get(ctx context.Context, c cid.Cid) ([]byte, error) { return m.blocks.Get(ctx, c) }

// publish tells the auditor, and everybody else, of a pledge.
func (m *keeper) publish(ctx context.Context, pledge record.Verified) error {
	for _, o := range m.keepers {
		if o != m {
			if err := o.pins.Learn(ctx, pledge); err != nil && !errors.Is(err, pin.ErrRefused) {
				return err
			}
		}
	}
	return nil
}

func (s *street) world(get epoch.Get) upkeep.World {
	return upkeep.World{
		Network: network, Domain: s.k.Domain(), Get: get,
		Shards: func(ctx context.Context, id [32]byte, version cid.Cid) (pin.Shards, error) {
			if s.versions[id] != version {
				return nil, &upkeep.Unfounded{Reason: "no version of it"}
			}
			return upkeep.NewLayouts(func(c cid.Cid) ([]byte, error) { return get(ctx, c) }, s.datanets[id]), nil
		},
		Find: func(ctx context.Context, evidence [32]byte, use func([]byte) error) error {
			err := errors.New("nobody publishes it")
			for _, c := range s.found[evidence] {
				b, wrong := get(ctx, c)
				if err = wrong; err == nil {
					err = use(b)
				}
				if err == nil {
					break
				}
			}
			return err
		},
		Beacon: func(ctx context.Context, slot uint64) ([32]byte, error) {
			return chain.Beacon(ctx, s.d, upkeep.StartOf(slot))
		},
	}
}

func (s *street) newBook(m *keeper) *upkeep.Book {
	for _, tables := range [][]string{aggregator.Tables, upkeep.Tables} {
		for _, table := range tables {
			_, err := m.db.Exec(table)
			s.check(err)
		}
	}
	return &upkeep.Book{
		World: s.world(m.get), Ledger: m.db,
		Keep: func(ctx context.Context, blocks []upkeep.Block) error {
			for _, b := range blocks {
				if err := m.blocks.Put(ctx, b.CID, b.Data); err != nil {
					return err
				}
			}
			return m.pins.Add(ctx, pin.Pin{Root: blocks[len(blocks)-1].CID, Name: "statement", Whole: true})
		},
		Publish: func(_ context.Context, evidence [32]byte, statement cid.Cid) error {
			s.found[evidence] = append(s.found[evidence], s.versions[[32]byte{}], statement) // first one of a liar
			return nil
		},
		Version: func(_ context.Context, id [32]byte) (cid.Cid, error) { return s.versions[id], nil },
		Sign:    func(digest [32]byte) (epoch.Signature, error) { return sign(m.key, digest), nil },
	}
}

func sign(k record.Key, digest [32]byte) epoch.Signature { return epoch.Signature(k.Sign(digest)) }

// fee settles an answer that the auditor paid for and gave.
func (s *street) fee(fee uint64) epoch.Record {
	m := s.keepers[0]
	q := epoch.Request{Payer: m.address(), Fee: *uint256.NewInt(fee), LastEpoch: 1 << 40, Salt: fee, Workers: []common.Address{m.address()}}
	r := epoch.Result{Request: q.Hash(), Credits: []epoch.Credit{{Account: epoch.AccountOf(m.address()), Class: epoch.Workers, Weight: *uint256.NewInt(1)}}}
	return epoch.Record{Usage: &epoch.Usage{
		Request: q, Result: r, PayerSignature: sign(m.key, q.Signing(s.k.Domain())), WorkerSignature: sign(m.key, r.Signing(s.k.Domain())),
	}}
}

func (s *street) until(tip, final uint64) {
	s.t.Helper()
	for range 60 {
		gotTip, gotFinal, err := s.k.Tip(s.t.Context())
		s.check(err)
		if gotTip == tip && gotFinal == final {
			return
		}
		s.check(s.d.Advance(4 * time.Second))
		s.check(s.poster.Step(s.t.Context()))
	}
	s.t.Fatalf("epoch %d is not posted, or %d not final", tip, final)
}

// audits counts the audits of the pinners that are not paid for, by Datanet.
func (s *street) audits() (n map[string]int) {
	n = map[string]int{}
	rows, err := s.keepers[0].db.Query(`SELECT datanet, pinner FROM audits`)
	s.check(err)
	defer rows.Close()
	for rows.Next() {
		var datanet, pinner []byte
		s.check(rows.Scan(&datanet, &pinner))
		n[fmt.Sprintf("%x/%x", datanet, pinner)]++
	}
	return n
}

// TestPinnersArePaid: audits between real peers become records of an epoch on a
// dev chain. Who passed is paid by Datanet, and claims it; who lost its pieces is
// paid nothing; nothing is made or lost; anybody recomputes it from blocks; and
// what does not follow from audits is refused.
func TestPinnersArePaid(t *testing.T) {
	s := newStreet(t, false, false, true)
	ctx := t.Context()
	ids := [][32]byte{s.dataset(1, 30_000), s.dataset(2, 250_000)}
	const hours = 2
	for hour := 1; hour <= hours; hour++ {
		tick := time.NewTicker(20 * time.Millisecond)
		for deadline := time.Now().Add(2 * time.Minute); ; <-tick.C {
			n, ready := s.audits(), 0
			for _, id := range ids {
				for _, m := range s.keepers[1:3] {
					if who := m.account(); n[fmt.Sprintf("%x/%x", id, who[:])] >= hour {
						ready++
					}
				}
			}
			if ready == 4 {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("hour %d: audits %v", hour, n)
			}
		}
		tick.Stop()
		s.check(s.d.Advance(time.Hour))
		for range 70 { // so that a final block is of the next hour
			s.d.Seal()
		}
	}
	s.check(s.poster.Take(ctx, s.fee(1_000_000_007)))
	s.until(1, 0)
	b, err := s.poster.Follower.Book(ctx, 1)
	s.check(err)
	_, earned, distributed, ok := b.State().Earned(epoch.StoragePool)
	if !ok || earned.Uint64() != (1_000_000_007)*5/100 || !distributed.IsZero() {
		t.Fatalf("the pool of storage has %v, of which %v is distributed", &earned, &distributed)
	}
	terms, err := s.k.OpeningTerms(ctx)
	s.check(err)
	nothing, err := block.CID(cid.Raw, nil)
	s.check(err)
	s.check(s.keepers[0].blocks.Put(ctx, nothing, nil))
	s.versions[[32]byte{}] = nothing
	s.check(s.book.Draw(ctx, 1, earned, terms.Cap))
	var paid []epoch.Record
	s.check(s.book.Records(ctx, func(r epoch.Record) error {
		paid = append(paid, r)
		return s.poster.Take(ctx, r)
	}))
	s.check(s.book.Records(ctx, func(epoch.Record) error { return errors.New("handed over twice") }))
	if len(paid) != 1 || len(paid[0].Payment.Distribution.Credits) != 4 {
		t.Fatalf("%d payments, want one of two pinners for two Datanets: %+v", len(paid), paid)
	}
	s.refuses(paid)
	s.until(2, 2)

	// Anybody: the blocks that the auditor has, and a book from the first epoch on.
	f, err := chain.Follow(s.k, s.keepers[0].get, t.TempDir())
	s.check(err)
	book, err := f.Book(ctx, 2)
	s.check(err)
	world := s.world(s.keepers[0].get)
	_, d, err := f.Epoch(ctx, 2)
	s.check(err)
	n := 0
	for r, err := range d.All(ctx) {
		s.check(err)
		s.check(world.Check(ctx, r.Payment))
		n++
	}
	if n != 1 {
		t.Errorf("epoch 2 has %d records, want 1", n)
	}
	// Somebody asks the contract for a score: it is shown, else stake would pay.
	asker := s.keepers[1]
	s.do(s.keepers[0], s.k.Transfer(asker.address(), terms.Bond))
	s.do(s.keepers[0], chain.Call{To: asker.address(), Value: big.NewInt(1e18)})
	s.do(asker, s.k.Approve(s.k.Openings, terms.Bond))
	question, err := s.k.AskScore(paid[0].Payment, 3)
	s.check(err)
	s.do(asker, question)
	open, err := s.k.Asked(ctx, s.keepers[0].address(), 0)
	if err != nil || len(open) != 1 {
		t.Fatalf("asked %+v (%v)", open, err)
	}
	signed, scores, ok, err := s.book.Signed(ctx, open[0].Subject)
	if err != nil || !ok {
		t.Fatalf("what was asked for is not found: %v", err)
	}
	answer, err := s.k.AnswerScore(signed, int(open[0].Leaf), scores)
	s.check(err)
	s.do(asker, answer)
	if open, err := s.k.Asked(ctx, s.keepers[0].address(), 0); err != nil || len(open) != 0 {
		t.Errorf("asked %+v (%v) after the answer", open, err)
	}

	sum := new(big.Int)
	statement, err := world.Statement(ctx, paid[0].Payment.Distribution.Evidence)
	s.check(err)
	cap := new(big.Int).Div(new(big.Int).Mul(earned.ToBig(), big.NewInt(int64(terms.Cap))), big.NewInt(10_000))
	due, all := map[record.Account]*big.Int{}, uint64(0)
	for _, x := range statement.Shares {
		all += x.Weight
	}
	for _, x := range statement.Shares { // by the words of the decision, to a unit that is left over
		want := new(big.Int).Div(new(big.Int).Mul(earned.ToBig(), new(big.Int).SetUint64(x.Weight)), new(big.Int).SetUint64(all))
		if want.Cmp(cap) > 0 {
			want = cap
		}
		by, err := statement.PaidTo(0, x.Account)
		s.check(err)
		if off := new(big.Int).Sub(by[x.Datanet], want); off.Sign() < 0 || off.Cmp(big.NewInt(1)) > 0 {
			t.Errorf("%s has %v for %x, want %v", x.Account, by[x.Datanet], x.Datanet[:4], want)
		}
		if due[x.Account] == nil {
			due[x.Account] = new(big.Int)
		}
		due[x.Account].Add(due[x.Account], by[x.Datanet])
	}
	for i, m := range s.keepers {
		lines, err := claim.Lines(ctx, s.k, f, epoch.AccountOf(m.address()))
		s.check(err)
		got := new(big.Int)
		for _, l := range lines {
			if l.Kind == "storage" {
				got.Add(got, l.Final)
			}
		}
		sum.Add(sum, got)
		if want := due[m.account()]; (want == nil) != (got.Sign() == 0) || want != nil && want.Cmp(got) != 0 || (got.Sign() > 0) != (i == 1 || i == 2) {
			t.Errorf("keeper %d has %v, by its statement %v", i, got, want)
		}
		if got.Sign() == 0 {
			continue
		}
		before, err := s.k.Balance(ctx, m.address())
		s.check(err)
		dues, err := claim.Dues(ctx, s.k, book, m.address())
		s.check(err)
		s.do(s.keepers[0], s.k.Claim(book.Previous(), []uint32{dues[0].Place}, []epoch.EarnedLeaf{dues[0].Leaf}))
		after, err := s.k.Balance(ctx, m.address())
		s.check(err)
		if after.Sub(after, before).Cmp(got) != 0 {
			t.Errorf("keeper %d claimed %v, want %v", i, after, got)
		}
	}
	if _, earned, distributed, _ := book.State().Earned(epoch.StoragePool); sum.Cmp(distributed.ToBig()) != 0 || distributed.Gt(&earned) || distributed.IsZero() {
		t.Errorf("pinners got %v of %v, %v is distributed", sum, &earned, &distributed)
	}
	held := new(big.Int)
	for place := range uint32(book.State().Accounts()) {
		_, earned, distributed, _ := book.State().Earned(book.State().At(place))
		held.Add(held, earned.ToBig()).Sub(held, distributed.ToBig())
	}
	if total := book.State().Total(); held.Cmp(total.ToBig()) != 0 {
		t.Errorf("accounts have %v, fees were %v", held, &total)
	}
}

// refuses: payments that differ from what the audits are worth, in any way.
func (s *street) refuses(paid []epoch.Record) {
	ctx := s.t.Context()
	auditor, failed := s.keepers[0], s.keepers[3]
	world := s.world(auditor.get)
	p := *paid[0].Payment
	mine := s.found[p.Distribution.Evidence]
	honest, err := world.Statement(ctx, p.Distribution.Evidence)
	s.check(err)
	resign := func(p epoch.Payment, by record.Key) *epoch.Payment {
		p.Signature = sign(by, p.Distribution.Signing(s.k.Domain()))
		return &p
	}
	other := func(change func(x *upkeep.Statement)) *epoch.Payment {
		x := honest
		x.Shares, x.Audits = slices.Clone(honest.Shares), slices.Clone(honest.Audits)
		change(&x)
		text, err := canon.Encode(&x)
		s.check(err)
		c, err := block.CID(cid.DagCBOR, text)
		s.check(err)
		s.check(auditor.blocks.Put(ctx, c, text))
		scores, err := x.Scores()
		s.check(err)
		parts, err := x.Parts()
		s.check(err)
		s.found[scores.Evidence()] = []cid.Cid{c}
		return resign(epoch.Payment{Distribution: parts[0]}, auditor.key)
	}
	more := p
	more.Distribution.Credits = slices.Clone(p.Distribution.Credits)
	more.Distribution.Credits[0].Account = epoch.AccountOf(failed.address())
	pretend := func(x *upkeep.Statement) upkeep.Audit { // the audit of another, resealed by who failed
		a := x.Audits[0]
		answer, err := record.Open(a.Answer, network)
		s.check(err)
		v, err := record.Seal(failed.key, answer.Header(), answer.Payload())
		s.check(err)
		a.Answer = v.Envelope()
		return a
	}
	for _, c := range []struct {
		name    string
		payment func() *epoch.Payment
		want    string
	}{
		{"credit to another", func() *epoch.Payment { return resign(more, auditor.key) }, "another part"},
		{"signed by another", func() *epoch.Payment { return resign(p, failed.key) }, "the audits are those of"},
		{"weight added", func() *epoch.Payment { return other(func(x *upkeep.Statement) { x.Shares[0].Weight++ }) }, "not what its audits are worth"},
		{"audit left out", func() *epoch.Payment { return other(func(x *upkeep.Statement) { x.Audits = x.Audits[1:] }) }, "not what its audits are worth"},
		{"audit twice", func() *epoch.Payment {
			return other(func(x *upkeep.Statement) { x.Audits = slices.Insert(x.Audits, 1, x.Audits[0]) })
		}, "out of order"},
		{"another hour", func() *epoch.Payment { return other(func(x *upkeep.Statement) { x.Audits[0].Slot++ }) }, "not made in its hour"},
		{"another version", func() *epoch.Payment {
			return other(func(x *upkeep.Statement) { x.Audits[0].Version = x.Audits[0].Pledge })
		}, "no version"},
		{"openings of another", func() *epoch.Payment {
			return other(func(x *upkeep.Statement) { x.Audits[0].Openings = x.Audits[1].Openings })
		}, "opening"},
		{"answer of another", func() *epoch.Payment { return other(func(x *upkeep.Statement) { x.Audits[0] = pretend(x) }) }, "signed by"},
	} {
		var unfounded *upkeep.Unfounded
		err := s.poster.Take(ctx, epoch.Record{Payment: c.payment()})
		s.found[p.Distribution.Evidence] = mine
		if !errors.As(err, &unfounded) || !bytes.Contains([]byte(err.Error()), []byte(c.want)) {
			s.t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}
