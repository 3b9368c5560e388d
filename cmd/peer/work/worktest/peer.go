package worktest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ipfs/go-cid"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/openledger/openledger/cmd/peer/auditor"
	"github.com/openledger/openledger/cmd/peer/holder"
	"github.com/openledger/openledger/cmd/peer/requester"
	"github.com/openledger/openledger/cmd/peer/work"
	"github.com/openledger/openledger/cmd/peer/worker"
	"github.com/openledger/openledger/compute/job"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
)

// A Role is one that a peer has beside requesting. Roles add up.
type Role uint8

const (
	Works  Role = 1
	Audits Role = 2
)

// A Peer is one with all its roles. Its fields may be changed between New and
// Start, and while it is down.
type Peer struct {
	work.Peer
	Requester *requester.Service
	Worker    *worker.Service  // nil: it does not work
	Auditor   *auditor.Service // nil: it does not audit
	Holder    *holder.Service

	Wrap   func(work.Runner) work.Runner                // what it computes with; nil: an honest bench
	Find   func(ctx context.Context, s *job.Spec) error // before it looks for a model
	Serves func(c cid.Cid) bool                         // nil: it serves every block that it has
	Opens  func(limit int) []byte                       // what it opens in disputes; nil: what is asked for
	Says   func(to record.Account, m work.Message) bool // nil: every message goes out
	Limits job.Limits                                   // as a worker
	Room   uint64                                       // for pieces of others, in bytes
	Class  string                                       // of hardware
	Watch  float64                                      // as an auditor
	Kernel string                                       // of the engine; "": the fastest
	Log    slog.Handler                                 // nil: none
	Ledger *work.Ledger                                 // of its own jobs
	Chain  func(p *Peer) Chain                          // where its jobs are settled, made at each start; nil: in Ledger

	w      *World
	name   string
	role   Role
	home   string
	engine *op.Engine
	db     *sql.DB
	up     atomic.Bool
	stop   context.CancelFunc
	run    sync.WaitGroup

	mu      sync.Mutex
	store   map[cid.Cid][]byte
	kept    map[job.ID]map[cid.Cid]bool
	lent    int
	pins    map[cid.Cid][]cid.Cid
	proofs  [][]byte
	charges [][]byte
	got     map[record.Account]int // blocks, by who gave them
}

// A Chain is a peer's part in one.
type Chain interface {
	work.Escrow
	work.Hiring
	Run(ctx context.Context) error
}

// DB is the peer's ledger.db.
func (p *Peer) DB() *sql.DB { return p.db }

// Add makes a peer. change is called before it starts; nil: nothing is changed.
func (w *World) Add(name string, role Role, change func(*Peer)) *Peer {
	w.Helper()
	p := &Peer{
		w: w, name: name, role: role, home: w.TempDir(), Class: name, store: map[cid.Cid][]byte{}, kept: map[job.ID]map[cid.Cid]bool{},
		pins: map[cid.Cid][]cid.Cid{}, Room: 1 << 30, got: map[record.Account]int{},
		Limits: job.Limits{Memory: 1 << 40, Slots: 4, Funds: job.MaxAmount},
	}
	p.Peer = work.Peer{Network: Network, Key: Key(name), Blocks: p, Dir: filepath.Join(p.home, "jobs"), Holders: w.holders}
	if change != nil {
		change(p)
	}
	e, err := op.New(op.Config{Threads: 1, Kernels: p.Kernel})
	p.engine = Must[*op.Engine](w)(e, err)
	w.mu.Lock()
	w.peers = append(w.peers, p)
	w.mu.Unlock()
	p.Start()
	return p
}

// Up tells whether the peer runs.
func (p *Peer) Up() bool { return p.up.Load() }

// Start starts the peer, or starts it again after Kill.
func (p *Peer) Start() {
	w := p.w
	w.Helper()
	Must[any](w)(nil, errors.Join(os.RemoveAll(p.Dir), os.MkdirAll(p.Dir, 0o700)))
	name := url.URL{Scheme: "file", Path: filepath.Join(p.home, "ledger.db"), RawQuery: "_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(10000)&_txlock=immediate"}
	p.db = Must[*sql.DB](w)(sql.Open("sqlite", name.String()))
	p.db.SetMaxOpenConns(1) // who waits for another connection's lock sleeps, and a bubble's time may stand still then
	if p.Peer.Log = slog.New(slog.DiscardHandler); p.Log != nil {
		p.Peer.Log = slog.New(p.Log)
	}
	p.Journal = Must[*job.Journal](w)(job.OpenJournal(p.db))
	p.Mail = Must[*work.Mail](w)(work.NewMail(p.db, p.send, p.Peer.Log))
	p.Ledger = Must[*work.Ledger](w)(work.OpenLedger(p.db))
	var escrow work.Escrow
	var hiring work.Hiring
	runs := []func(context.Context) error{p.Mail.Run}
	if p.Chain != nil {
		c := p.Chain(p)
		escrow, hiring = c, c
		runs = append(runs, c.Run)
	}
	p.Requester = Must[*requester.Service](w)(requester.New(requester.Config{
		Peer: &p.Peer, Escrow: escrow, Ledger: p.Ledger, Publish: p.publish, Auditors: p.auditors, Ask: p.ask, Open: p.bench, Rules: work.Rules(Network, p.engine),
		Beacon: func(context.Context, job.Millis) (b [32]byte, err error) { return [32]byte{1}, nil },
		Proof: func(_ job.ID, proof []byte) error {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.proofs = append(p.proofs, proof)
			return nil
		},
		Charge: func(_ job.ID, charge []byte) error {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.charges = append(p.charges, charge)
			return nil
		},
	}))
	p.Holder = Must[*holder.Service](w)(holder.New(holder.Config{
		Peer: &p.Peer, DB: p.db, Pins: pins{p}, Room: p.Room, Party: p.party,
	}))
	runs = append(runs, p.Requester.Run, p.Holder.Run)
	if p.role&Works != 0 {
		p.Worker = Must[*worker.Service](w)(worker.New(worker.Config{
			Peer: &p.Peer, Hiring: hiring, Limits: func() job.Limits { return p.Limits }, Open: p.open, Neighbours: p.neighbours,
			Machine: func() job.Machine {
				return job.Machine{Bid: job.Bid{Operator: p.Account(), Class: p.Class}, Arithmetic: []uint64{op.Version}}
			},
		}))
		runs = append(runs, p.Worker.Run)
	}
	if p.role&Audits != 0 {
		p.Auditor = Must[*auditor.Service](w)(auditor.New(auditor.Config{Peer: &p.Peer, Hiring: hiring, Watch: p.Watch, Memory: p.Limits.Memory, Open: p.open}))
		runs = append(runs, p.Auditor.Run)
	}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	for _, run := range runs {
		p.run.Go(func() {
			if err := run(ctx); err != nil {
				w.Error(err)
			}
		})
	}
	p.up.Store(true)
}

// Kill ends the peer as a kill does: from one moment on nobody hears of it, and
// what it has not journalled is lost.
func (p *Peer) Kill() {
	if !p.up.Swap(false) {
		return
	}
	p.stop()
	p.run.Wait()
	if err := p.db.Close(); err != nil {
		p.w.Error(err)
	}
}

// Forget loses blocks, as a disk may.
func (p *Peer) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.store)
}

// Stored counts the blocks that lie here.
func (p *Peer) Stored() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.store)
}

// Proofs are the fraud proofs that its jobs led to.
func (p *Peer) Proofs() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.proofs)
}

// Charges are what its jobs led to for a contract to convict by.
func (p *Peer) Charges() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.charges)
}

// Got tells how many blocks it has had of whom.
func (p *Peer) Got() map[record.Account]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.got)
}

func (p *Peer) bench(ctx context.Context, s *job.Spec, dir string, known *work.Facts) (*work.Bench, error) {
	return work.Open(ctx, s, Network, p.engine, p, dir, known)
}

func (p *Peer) open(ctx context.Context, s *job.Spec, dir string) (work.Runner, error) {
	b, err := p.bench(ctx, s, dir, nil)
	switch {
	case err != nil:
		return nil, err
	case p.Wrap != nil:
		return p.Wrap(b), nil
	}
	return b, nil
}

// Model and Data are those of work.Source.
func (p *Peer) Model(ctx context.Context, s *job.Spec) (string, error) {
	if p.Find != nil {
		if err := p.Find(ctx, s); err != nil {
			return "", err
		}
	}
	return p.w.Model, nil
}

func (p *Peer) Data(context.Context, *job.Spec) (manifest.Get, func(), error) {
	return p.w.data.get, func() {}, nil
}

// send is the wire of messages.
func (p *Peer) send(ctx context.Context, to record.PublicKey, body []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil || !p.Up() {
		return nil, errors.Join(err, errors.New("down"))
	}
	if m, err := work.ReadMessage(body); err == nil && p.Says != nil && !p.Says(to.Account(), m) {
		return nil, nil
	}
	x, err := p.w.who(to.Account())
	if err != nil {
		return nil, err
	}
	return x.take(ctx, p.Key.Public(), body)
}

// consent signs for whichever of its roles has a job.
func (p *Peer) consent(ctx context.Context, from record.PublicKey, m work.Message) ([]byte, error) {
	switch {
	case p.Worker != nil && p.Worker.Has(m.Job):
		return p.Worker.Consent(ctx, from, m)
	case p.Auditor != nil && p.Auditor.Has(m.Job):
		return p.Auditor.Consent(ctx, from, m)
	}
	return nil, fmt.Errorf("no job %s here", m.Job)
}

// take takes a message from the wire and returns the answer.
func (p *Peer) take(ctx context.Context, from record.PublicKey, body []byte) ([]byte, error) {
	switch m, err := work.ReadMessage(body); {
	case err != nil:
	case m.Kind == work.Hire || m.Kind == work.PayPart:
		return p.consent(ctx, from, m)
	case m.Kind == work.Hold:
		return p.Holder.Asked(ctx, from, m)
	}
	return nil, p.Take(ctx, from, body)
}

// Take is take without an answer.
func (p *Peer) Take(ctx context.Context, from record.PublicKey, body []byte) error {
	m, err := work.ReadMessage(body)
	switch {
	case err != nil:
		return err
	case m.Kind == work.Hold:
		_, err := p.Holder.Asked(ctx, from, m)
		return err
	case m.Kind == work.Release:
		return p.Holder.Release(ctx, from, m.Job)
	case m.Kind == work.Wanted:
		if p.Auditor == nil {
			return nil
		}
		if err := p.Mail.Meet(from); err != nil {
			return err
		}
		return p.Auditor.Wanted(ctx, from, m.Job)
	case m.Kind == work.Opened:
		if p.Auditor == nil {
			return nil
		}
		return errors.Join(p.Mail.Meet(from), p.Auditor.Invited(ctx, from, m.Job))
	case p.Requester.Has(m.Job):
		return p.Requester.Take(ctx, from, m)
	case p.Worker != nil && p.Worker.Has(m.Job):
		return p.Worker.Take(ctx, from, m)
	case p.Auditor != nil && p.Auditor.Has(m.Job):
		return p.Auditor.Take(ctx, from, m)
	case m.Kind == work.Refusal:
		return nil
	}
	return fmt.Errorf("no job %s here", m.Job)
}

func (p *Peer) publish(ctx context.Context, v record.Verified) error {
	for _, x := range p.w.everybody() {
		if x != p && x.Up() {
			x.Holder.Offered(v.Header().Subject)
		}
		if x != p && x.Up() && x.Worker != nil {
			p.w.work.Go(func() { x.Worker.Offered(ctx, v) })
		}
	}
	return nil
}

func (p *Peer) auditors() (all []record.PublicKey) {
	for _, x := range p.w.everybody() {
		if x.Up() && x.Auditor != nil {
			all = append(all, x.Key.Public())
		}
	}
	return all
}

func (p *Peer) ask(ctx context.Context, to record.PublicKey, q work.Question, limit int) (b []byte, err error) {
	x, err := p.w.who(to.Account())
	switch {
	case err != nil:
		return nil, err
	case x.Opens != nil:
		b = x.Opens(limit)
	case x.Worker != nil && x.Worker.Has(q.Job):
		b, err = x.Worker.Answer(ctx, p.Key.Public(), q)
	case x.Auditor != nil && x.Auditor.Has(q.Job):
		b, err = x.Auditor.Answer(ctx, p.Key.Public(), q)
	default:
		err = errors.New("no such job")
	}
	if err == nil && len(b) > limit {
		err = fmt.Errorf("an answer of %d bytes, at most %d", len(b), limit)
	}
	return b, err
}

// Get, Keep, Lend, Fetch and Drop are those of work.Blocks: of hints first, then of
// whoever has a block.
func (p *Peer) Get(ctx context.Context, id job.ID, c cid.Cid, hints ...record.PublicKey) ([]byte, error) {
	if b, ok := p.has(c); ok {
		return b, nil
	}
	var from []*Peer
	for _, h := range hints {
		if x, err := p.w.who(h.Account()); err == nil {
			from = append(from, x)
		}
	}
	for _, x := range append(from, p.w.everybody()...) {
		if x == p || !x.Up() || x.Serves != nil && !x.Serves(c) {
			continue
		}
		if b, ok := x.has(c); ok {
			p.mu.Lock()
			p.got[x.Account()]++
			p.mu.Unlock()
			return b, nil
		}
	}
	// As on the real wires a missing block is waited for until the deadline.
	if _, ok := ctx.Deadline(); ok && !p.w.Hasty {
		<-ctx.Done()
	}
	return nil, errors.Join(fmt.Errorf("%s: %w", c, block.ErrNotFound), ctx.Err())
}

func (p *Peer) has(c cid.Cid) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b, ok := p.store[c]
	return b, ok
}

func (p *Peer) Keep(_ context.Context, id job.ID, blocks ...work.Block) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept[id] == nil {
		p.kept[id] = map[cid.Cid]bool{}
	}
	for _, b := range blocks {
		p.store[b.CID], p.kept[id][b.CID] = b.Data, true
	}
	return nil
}

func (p *Peer) Lend(ctx context.Context, _ job.ID, blocks ...work.Block) (done func(), err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lent++
	id := job.ID{255, byte(p.lent), byte(p.lent >> 8), byte(p.lent >> 16)}
	p.kept[id] = map[cid.Cid]bool{}
	for _, b := range blocks {
		p.store[b.CID], p.kept[id][b.CID] = b.Data, true
	}
	return func() {
		if err := p.Drop(ctx, id); err != nil {
			p.w.Error(err)
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.kept, id)
	}, nil
}

func (p *Peer) Fetch(ctx context.Context, id job.ID, cids []cid.Cid, hints ...record.PublicKey) error {
	for _, c := range cids {
		b, err := p.Get(ctx, id, c, hints...)
		if err != nil {
			return err
		}
		if err := p.Keep(ctx, id, work.Block{CID: c, Data: b}); err != nil {
			return err
		}
	}
	return nil
}

func (p *Peer) Drop(_ context.Context, id job.ID, but ...cid.Cid) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.kept[id] {
		if !slices.Contains(but, c) {
			delete(p.kept[id], c)
			p.collect(c)
		}
	}
	return nil
}

// Try loads a job with a model folder of another's choice.
func (p *Peer) Try(model string, s *job.Spec) error {
	b, err := work.OpenBench(context.Background(), s, Network, p.engine, elsewhere{p, model}, filepath.Join(p.Dir, "try"))
	if err != nil {
		return err
	}
	return b.Close()
}

// elsewhere finds another model than the peer does.
type elsewhere struct {
	*Peer
	model string
}

func (e elsewhere) Model(context.Context, *job.Spec) (string, error) { return e.model, nil }
