package escrow_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/openledger/openledger/cmd/peer/escrow"
	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/work/worktest"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/recipe"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

// long asks for more kills.
var long = os.Getenv("OPENLEDGER_LONG") != ""

// A town is peers of training jobs on a dev chain, with real keys, roles and EVM.
type town struct {
	*worktest.World
	d *chain.Dev
	k *chain.Contracts

	founder chain.Signer
	mu      sync.Mutex
	sends   func(ctx context.Context, name string, send func() error) error // of the requester; nil: as they are
}

const stakes = 10_000 // OPEN of each worker and auditor

func signer(p record.Key) chain.Signer {
	return chain.RecordSigner(p.Public().Account(), func(b [32]byte) (record.Signature, error) { return p.Sign(b), nil })
}

func open(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)) }

func newTown(t *testing.T) *town {
	t.Helper()
	founder := signer(worktest.Key("founder"))
	d := worktest.Must[*chain.Dev](t)(chain.OpenDev("", chain.DevConfig{Faucet: founder.Address()}))
	t.Cleanup(func() { d.Close() })
	w := &town{World: worktest.New(t), d: d, founder: founder}
	terms := chain.DemoTerms(founder.Address())
	terms.Network = worktest.Network
	a := worktest.Must[chain.Addresses](t)(chain.Deploy(t.Context(), d, founder, terms))
	w.k = worktest.Must[*chain.Contracts](t)(chain.Open(t.Context(), d, a))
	w.do(w.k.Approve(w.k.Staking, open(1_000_000)))
	return w
}

// do sends a call of the founder.
func (w *town) do(call chain.Call) {
	w.Helper()
	_, err := chain.Transact(context.Background(), w.d, w.founder, call)
	worktest.Must[any](w)(nil, err)
}

// add makes a peer that settles on the chain, with OPEN, ether and a stake.
func (w *town) add(name string, role worktest.Role, change func(*worktest.Peer)) *worktest.Peer {
	w.Helper()
	at := common.Address(worktest.Key(name).Public().Account())
	w.do(chain.Call{To: at, Value: open(1)})
	w.do(w.k.Transfer(at, open(1000)))
	if role != 0 {
		w.do(w.k.Stake(at, open(stakes)))
	}
	return w.Add(name, role, func(p *worktest.Peer) {
		p.Chain = w.part
		if change != nil {
			change(p)
		}
	})
}

// A member is one peer's part in the chain.
type member struct {
	*escrow.Service
	d *chain.Dev
	o *chain.Outbox
}

// Run settles, and does what "peer run" does about the outbox.
func (m *member) Run(ctx context.Context) error {
	var work sync.WaitGroup
	defer work.Wait()
	work.Go(func() {
		for ctx.Err() == nil {
			if all, err := m.o.Open(ctx); err == nil && len(all) > 0 {
				m.d.Seal()
			}
			_ = m.o.Step(ctx) // what went wrong is tried again
			select {
			case <-ctx.Done():
			case <-time.After(500 * time.Millisecond):
			}
		}
	})
	return m.Service.Run(ctx)
}

// A wire is a chain as one peer reaches it.
type wire struct {
	chain.Client
	send func(ctx context.Context, send func() error) error
}

func (c wire) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	return c.send(ctx, func() error { return c.Client.SendTransaction(ctx, tx) })
}

func (w *town) part(p *worktest.Peer) worktest.Chain {
	db := p.DB()
	var made int
	worktest.Must[any](w)(nil, db.QueryRow(`SELECT count(*) FROM sqlite_master WHERE name = 'job_escrows'`).Scan(&made))
	for _, step := range escrow.Tables {
		if made == 0 {
			_, err := db.Exec(step)
			worktest.Must[any](w)(nil, err)
		}
	}
	sign := signer(p.Key)
	c := wire{w.d, func(ctx context.Context, send func() error) error {
		w.mu.Lock()
		f := w.sends
		w.mu.Unlock()
		if f == nil {
			return send()
		}
		return f(ctx, p.Account().String(), send)
	}}
	o := worktest.Must[*chain.Outbox](w)(chain.NewOutbox(context.Background(), db, c, sign, w.k.ChainID, chain.OutboxConfig{}))
	return &member{escrow.New(escrow.Config{
		Link:     func(context.Context) (*chain.Contracts, *chain.Outbox, error) { return w.k, o, nil },
		Attached: true, DB: db, Account: p.Account(), Signer: sign, Every: 200 * time.Millisecond, Log: slog.New(slog.DiscardHandler),
		Ask: func(ctx context.Context, to record.Account, m work.Message) ([]byte, error) {
			return p.Mail.Ask(ctx, to, m)
		},
	}), w.d, o}
}

// balance is the OPEN that an account has.
func (w *town) balance(a record.Account) *big.Int {
	w.Helper()
	return worktest.Must[*big.Int](w)(w.k.Balance(context.Background(), [20]byte(a)))
}

// stake is what an account has bonded, and what of that is not locked.
func (w *town) stake(a record.Account) (bonded, free *big.Int) {
	w.Helper()
	b := worktest.Must[chain.Bond](w)(w.k.BondOf(context.Background(), [20]byte(a)))
	return b.Bonded, worktest.Must[*big.Int](w)(w.k.Free(context.Background(), [20]byte(a)))
}

// burned is where burned OPEN lies.
var burned = record.Account(common.HexToAddress("0xdead"))

// all is the OPEN of everybody: it never changes.
func (w *town) all(peers ...*worktest.Peer) *big.Int {
	sum := new(big.Int)
	for _, a := range []record.Account{record.Account(w.founder.Address()), burned, {9}, record.Account(w.k.Jobs), record.Account(w.k.Staking)} {
		sum.Add(sum, w.balance(a))
	}
	for _, p := range peers {
		sum.Add(sum, w.balance(p.Account()))
	}
	return sum
}

// settled waits until a job's money is all paid out.
func (w *town) settled(asks *worktest.Peer, id job.ID) {
	w.Helper()
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		var closed bool
		if err := asks.DB().QueryRow(`SELECT closed FROM job_escrows WHERE job = ?`, id[:]).Scan(&closed); err == nil && closed {
			return
		}
		if time.Now().After(end) {
			w.Fatalf("not settled in time\n%s\n%s", w.History(asks, id), w.calls(asks))
		}
	}
}

// calls lists what lies in the outbox of a peer.
func (w *town) calls(p *worktest.Peer) (text string) {
	rows, err := p.DB().Query(`SELECT name, state, problem FROM outbox`)
	if err != nil {
		return err.Error()
	}
	defer rows.Close()
	for rows.Next() {
		var name, problem string
		var state int
		if err := rows.Scan(&name, &state, &problem); err != nil {
			return err.Error()
		}
		text += fmt.Sprintln(name, state, problem)
	}
	return text
}

func terms(s *job.Spec) {
	s.Segment, s.Terms.Window = 1, 1000
	s.Terms.Data, s.Terms.Pool = 300_000, record.Account{9}
}

// over waits for the end of a job.
func (w *town) over(asks *worktest.Peer, id job.ID, want job.Status) requester.View {
	w.Helper()
	for end := time.Now().Add(4 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		v, err := asks.Requester.View(id)
		if errors.Is(err, work.ErrStopped) || err != nil && !asks.Up() {
			continue
		}
		if err == nil && v.Status.Over() {
			if v.Status != want {
				w.Fatalf("job is %s, want %s\n%s", v.Status, want, w.History(asks, id))
			}
			return v
		}
		if time.Now().After(end) {
			w.Fatalf("job is %s: %+v, %v\n%s\n%s", v.Status, v.Explanation, err, w.History(asks, id), w.calls(asks))
		}
	}
}

// A house is the peers of one job.
type house struct {
	*town
	asks, one, two, audits *worktest.Peer
	total                  *big.Int
}

func newHouse(t *testing.T, two func(*worktest.Peer)) *house {
	w := newTown(t)
	h := &house{town: w, asks: w.add("requester", 0, nil), one: w.add("one", worktest.Works, nil), two: w.add("two", worktest.Works, two), audits: w.add("auditor", worktest.Audits, nil)}
	h.total = h.all(h.peers()...)
	return h
}

func (h *house) peers() []*worktest.Peer { return []*worktest.Peer{h.asks, h.one, h.two, h.audits} }

// paid checks that an honest job was paid as its machine says, to the unit, once.
func (h *house) paid(v requester.View, id job.ID) {
	h.Helper()
	s := &v.Spec
	k, _, err := h.asks.Journal.Requester(id)
	worktest.Must[any](h)(nil, err)
	spent := escrow.Wei(s.Terms.Data)
	for _, p := range k.Machine.Parts() {
		want := h.wants(s, p)
		spent.Add(spent, want)
		if got := new(big.Int).Sub(h.balance(p.Account), open(1000)); got.Cmp(want) != 0 {
			h.Errorf("%s was paid %s, want %s", p.Account, chain.FormatAmount(got), chain.FormatAmount(want))
		}
		if bonded, free := h.stake(p.Account); bonded.Cmp(open(stakes)) != 0 || free.Cmp(bonded) != 0 {
			h.Errorf("%s has %v bonded and %v free", p.Account, bonded, free)
		}
	}
	if got := new(big.Int).Sub(open(1000), h.balance(h.asks.Account())); got.Cmp(spent) != 0 {
		h.Errorf("the job cost %s, want %s", chain.FormatAmount(got), chain.FormatAmount(spent))
	}
	h.conserved()
}

// wants is what a part earns: its steps of the price, which is the reward, rounded
// down by the contract, and its audits.
func (h *house) wants(s *job.Spec, p job.Part) *big.Int {
	want := escrow.Wei(s.Terms.Reward)
	want.Div(want.Mul(want, new(big.Int).SetUint64(p.Steps)), new(big.Int).SetUint64(s.Steps()))
	want.Div(want, big.NewInt(1e12)).Mul(want, big.NewInt(1e12)) // an engagement is in whole millionths
	for range p.Audits {
		want.Add(want, escrow.Wei(s.AuditPay(0)))
	}
	return want
}

func (h *house) conserved() {
	h.Helper()
	if left := h.balance(record.Account(h.k.Jobs)); left.Sign() != 0 {
		h.Errorf("%s OPEN are left in JobEscrow", chain.FormatAmount(left))
	}
	if now := h.all(h.peers()...); now.Cmp(h.total) != 0 {
		h.Errorf("there were %v in all, there are %v", h.total, now)
	}
}

// TestPaid: a job of real roles is paid through JobEscrow: stakes are locked before
// anybody works, all who did are paid to the unit, and the rest comes back.
func TestPaid(t *testing.T) {
	h := newHouse(t, nil)
	locked := make(chan bool, 1)
	id := h.Submit(h.asks, recipe.Choices{Level: job.C}, terms)
	go func() {
		for range 1000 {
			if b, err := h.k.Free(context.Background(), [20]byte(h.one.Account())); err == nil && b.Cmp(open(stakes)) < 0 {
				locked <- true
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		locked <- false
	}()
	v := h.over(h.asks, id, job.Final)
	if !<-locked {
		t.Error("no stake was locked")
	}
	h.settled(h.asks, id)
	h.paid(v, id)
	h.Right(h.asks, id)
}

// TestCheat: a worker that lies loses the stake of the job by a brief that the EVM
// judges, once, and is paid nothing; the others are paid.
func TestCheat(t *testing.T) {
	h := newHouse(t, func(p *worktest.Peer) {
		p.Wrap = func(r work.Runner) work.Runner { return worktest.Liar(r, 2) }
	})
	three := h.add("three", worktest.Works, nil)
	h.total = h.all(append(h.peers(), three)...)
	before := h.balance(burned)
	id := h.Submit(h.asks, recipe.Choices{Level: job.C}, terms)
	v := h.over(h.asks, id, job.Final)
	h.settled(h.asks, id)
	bonded, free := h.stake(h.two.Account())
	// A tenth of all that it had to the Referee, and what the stake is more.
	lost := open(stakes / 10)
	if stake := escrow.Wei(v.Spec.Terms.Stake); stake.Cmp(lost) > 0 {
		lost = stake
	}
	if got := new(big.Int).Sub(open(stakes), bonded); got.Cmp(lost) != 0 || free.Cmp(bonded) != 0 {
		t.Errorf("the cheat lost %s, want %s; %s of %s is free", chain.FormatAmount(got), chain.FormatAmount(lost), chain.FormatAmount(free), chain.FormatAmount(bonded))
	}
	if got := h.balance(h.two.Account()); got.Cmp(open(1000)) != 0 {
		t.Errorf("the cheat has %s OPEN", chain.FormatAmount(got))
	}
	if got := new(big.Int).Sub(h.balance(burned), before); got.Cmp(new(big.Int).Div(lost, big.NewInt(2))) != 0 {
		t.Errorf("%s were burned of %s", chain.FormatAmount(got), chain.FormatAmount(lost))
	}
	// Who was right against it gets three tenths, besides what it earned.
	k, _, err := h.asks.Journal.Requester(id)
	worktest.Must[any](t)(nil, err)
	rewarded := new(big.Int)
	for _, p := range k.Machine.Parts() {
		if p.Account != h.two.Account() {
			rewarded.Add(rewarded, new(big.Int).Sub(new(big.Int).Sub(h.balance(p.Account), open(1000)), h.wants(&v.Spec, p)))
		}
	}
	if want := new(big.Int).Div(new(big.Int).Mul(lost, big.NewInt(3)), big.NewInt(10)); rewarded.Cmp(want) != 0 {
		t.Errorf("those who were right got %s beside their pay, want %s", chain.FormatAmount(rewarded), chain.FormatAmount(want))
	}
	if left := h.balance(record.Account(h.k.Jobs)); left.Sign() != 0 {
		t.Errorf("%s OPEN are left in JobEscrow", chain.FormatAmount(left))
	}
	if now := h.all(append(h.peers(), three)...); now.Cmp(h.total) != 0 {
		t.Errorf("there were %v in all, there are %v", h.total, now)
	}
	h.Right(h.asks, id)
}

// TestChallenged: of two workers who lie alike, the one that is disputed is convicted
// on the chain, and who looked into the segment on its own account gets its part of
// the stake for pay.
func TestChallenged(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for a window of ten seconds")
	}
	w := newTown(t)
	asks := w.add("requester", 0, func(p *worktest.Peer) {
		p.Says = func(_ record.Account, m work.Message) bool { return m.Kind != work.Wanted }
	})
	peers := []*worktest.Peer{asks}
	for _, name := range []string{"first", "second"} {
		peers = append(peers, w.add(name, worktest.Works, func(p *worktest.Peer) {
			p.Limits.Price = 100_000 // cheaper: it is chosen
			p.Wrap = func(r work.Runner) work.Runner { return worktest.Liar(r, 3) }
		}))
	}
	for _, name := range []string{"one", "two"} {
		peers = append(peers, w.add(name, worktest.Works, nil))
	}
	watch := w.add("watch", worktest.Audits, func(p *worktest.Peer) { p.Watch = 1 })
	peers = append(peers, watch)
	total := w.all(peers...)
	id := w.Submit(asks, recipe.Choices{Level: job.C, Epochs: 5}, func(s *job.Spec) {
		terms(s)
		s.Segment, s.Terms.Audit, s.Terms.Window = 2, 3000, 10_000
	})
	v := w.over(asks, id, job.Final)
	if said := strings.Join(v.Explanation.Parts, "\n"); !strings.Contains(said, "challenge of segment 1 by "+watch.Account().String()) || !strings.Contains(said, "it was right") {
		t.Errorf("it is explained as\n%s", said)
	}
	for end := time.Now().Add(time.Minute); w.balance(watch.Account()).Cmp(open(1000)) <= 0; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("who challenged gets nothing\n%s\n%s", w.History(asks, id), w.calls(asks))
		}
	}
	slashed := 0
	for _, liar := range peers[1:3] {
		if bonded, _ := w.stake(liar.Account()); bonded.Cmp(open(stakes)) < 0 {
			slashed++
		}
	}
	if slashed == 0 {
		t.Error("nobody lost its stake")
	}
	if now := w.all(peers...); now.Cmp(total) != 0 {
		t.Errorf("there were %v in all, there are %v", total, now)
	}
}

// TestKilledMoney: the requester is killed while it puts money aside, engages,
// pays or takes the rest back, before a transaction goes out or after. Nothing is
// paid twice and nothing is lost.
func TestKilledMoney(t *testing.T) {
	kills := 2
	if long {
		kills = 12
	}
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1))
	for i := range kills {
		n, after := 1+rnd.IntN(8), rnd.IntN(2) == 1
		if i == 0 {
			n = 1 + rnd.IntN(3) // of putting aside, for sure
		}
		t.Run(fmt.Sprintf("at transaction %d, sent %v, seed %d", n, after, seed), func(t *testing.T) {
			h := newHouse(t, nil)
			now := make(chan struct{})
			count := 0
			h.sends = func(ctx context.Context, who string, send func() error) error {
				if who != h.asks.Account().String() {
					return send()
				}
				h.mu.Lock()
				count++
				at := count
				h.mu.Unlock()
				if at != n {
					return send()
				}
				if after {
					_ = send() // the process never hears how it went
				}
				close(now)
				<-ctx.Done()
				return ctx.Err()
			}
			id := h.Submit(h.asks, recipe.Choices{Level: job.C}, terms)
			select {
			case <-now:
				h.asks.Kill()
				time.Sleep(time.Duration(rnd.IntN(1000)) * time.Millisecond)
				h.asks.Start()
			case <-time.After(time.Minute):
				t.Logf("there were only %d transactions", count)
			}
			v := h.over(h.asks, id, job.Final)
			h.settled(h.asks, id)
			h.paid(v, id)
		})
	}
}
