package main

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/big"
	"sync"
	"time"

	"github.com/ipfs/go-cid"

	"github.com/openledger/openledger/attribution/influence/index"
	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/attribution/statement"
	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/gateway"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/receipt"
	"github.com/openledger/openledger/compute/train"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
)

// attributionTables are what the ledger knows of the attributions of answers.
var attributionTables = []string{`CREATE TABLE attributions (
	answer TEXT PRIMARY KEY,          -- ID in the API
	receipt BLOB NOT NULL,
	at INTEGER NOT NULL,              -- milliseconds
	state TEXT NOT NULL,              -- pending, complete, unavailable, failed
	note TEXT NOT NULL,               -- why it is not complete
	envelope BLOB NOT NULL            -- the sealed statement
)`, `CREATE INDEX attributions_by_receipt ON attributions (receipt)`}

// States of an attribution.
const (
	attributionPending     = "pending"
	attributionComplete    = "complete"
	attributionUnavailable = "unavailable"
	attributionFailed      = "failed"
)

// topRows is how many examples a statement names.
const topRows = 20

// dataBps is the part of a fee that is the data's, in the split that governance
// begins with, in 1/10,000.
const dataBps = 4500

// An attributed is one attribution of the ledger.
type attributed struct {
	answer   string
	receipt  [32]byte
	at       time.Time
	state    string
	note     string
	envelope []byte
}

const attributedColumns = "SELECT answer, receipt, at, state, note, envelope FROM attributions "

func scanAttributed(row interface{ Scan(...any) error }) (x attributed, err error) {
	var id []byte
	var at int64
	err = row.Scan(&x.answer, &id, &at, &x.state, &x.note, &x.envelope)
	copy(x.receipt[:], id)
	x.at = time.UnixMilli(at)
	return x, err
}

// keepAttributed writes an attribution, or what became of it.
func keepAttributed(ctx context.Context, db *sql.DB, x attributed) error {
	if x.envelope == nil {
		x.envelope = []byte{}
	}
	_, err := db.ExecContext(ctx, "INSERT OR REPLACE INTO attributions (answer, receipt, at, state, note, envelope) VALUES (?, ?, ?, ?, ?, ?)",
		x.answer, x.receipt[:], x.at.UnixMilli(), x.state, x.note, x.envelope)
	return ledgerProblem(err)
}

// attributions says whose data made the answers of a peer. It is the
// api.Attributions of the peer.
type attributions struct {
	s    *answers
	news chan struct{}

	mu   sync.Mutex
	open map[[2]cid.Cid]*opened // by model and adapter
}

var _ api.Attributions = (*attributions)(nil)

func newAttributions(s *answers) *attributions {
	return &attributions{s: s, news: make(chan struct{}, 1), open: map[[2]cid.Cid]*opened{}}
}

// run makes the statements that are pending, also those of an earlier process; of a
// model that is not computed here, they wait for it.
func (t *attributions) run(ctx context.Context) error {
	defer t.close()
	for {
		all, err := t.s.repo.pendingAttributions(ctx)
		for _, x := range all {
			if err != nil {
				break
			}
			if v, bad := t.s.repo.receiptOf(ctx, x.receipt); bad == nil && t.s.of(v.Receipt.Model) == nil {
				continue
			}
			_, err = t.complete(ctx, x)
		}
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.news:
		}
	}
}

// look has run look for what is pending.
func (t *attributions) look() {
	select {
	case t.news <- struct{}{}:
	default:
	}
}

// pendingAttributions lists what is to be attributed, the oldest first.
func (r *repo) pendingAttributions(ctx context.Context) (all []attributed, err error) {
	rows, err := r.ledger.QueryContext(ctx, attributedColumns+"WHERE state = ? ORDER BY at", attributionPending)
	if err != nil {
		return nil, ledgerProblem(err)
	}
	defer rows.Close()
	for rows.Next() {
		x, err := scanAttributed(rows)
		if err != nil {
			return nil, ledgerProblem(err)
		}
		all = append(all, x)
	}
	return all, ledgerProblem(rows.Err())
}

func (t *attributions) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, o := range t.open {
		if err := o.close(); err != nil {
			t.s.log.Error("An attribution index not closed", slog.Any("err", err))
		}
	}
	t.open = nil
}

// of returns the index of an adapter on a model that is computed here.
func (t *attributions) of(v *serving, adapter cid.Cid) (*opened, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := [2]cid.Cid{v.local.Base.CID, adapter}
	if o := t.open[key]; o != nil && o.model == v.weights {
		return o, nil
	}
	if t.open == nil {
		return nil, errors.New("the peer is stopping")
	}
	o, err := t.s.repo.home.indexes().open(adapter, v.weights)
	if err != nil {
		return nil, err
	}
	t.open[key] = o
	return o, nil
}

// Attribute implements api.Attributions: it writes down that an answer is to be
// attributed, and waits for it if that is wanted.
func (t *attributions) Attribute(ctx context.Context, id string, want api.Attribution, r api.Receipt) (any, error) {
	x := attributed{answer: id, at: time.Now(), state: attributionUnavailable}
	switch _, err := t.s.repo.home.indexes().record(r.Request.Adapter.String()); {
	case !r.Request.Adapter.Defined():
		x.note = "a base model answered: only what an adapter learnt is attributed"
	case len(r.IDs) != 1:
		x.note = "attribution wants one choice with a receipt: leave n out"
	case errors.Is(err, errNoIndex):
		x.note = errNoIndex.Error()
	case err != nil:
		return nil, err
	case t.s.of(r.Request.Model) == nil:
		x.note = "another peer computed the answer, and this one does not have its model loaded"
	default:
		x.state = attributionPending
	}
	if len(r.IDs) > 0 {
		x.receipt = r.IDs[0]
	}
	if err := keepAttributed(context.WithoutCancel(ctx), t.s.repo.ledger, x); err != nil {
		return nil, err
	}
	if x.state == attributionPending {
		if want.Wait {
			var err error
			if x, err = t.complete(ctx, x); err != nil {
				return nil, err
			}
		} else {
			t.look()
		}
	}
	return t.s.repo.attributionOf(x, want.TopK)
}

// complete makes the statement of an answer and keeps it. What cannot be attributed
// is no error: its note says why.
func (t *attributions) complete(ctx context.Context, x attributed) (attributed, error) {
	v, err := t.s.repo.receiptOf(ctx, x.receipt)
	if err == nil {
		x.envelope, err = t.state(v)
	}
	if ctx.Err() != nil {
		return x, ctx.Err() // it stays pending
	}
	if x.state = attributionComplete; err != nil {
		x.state, x.note = attributionFailed, oneLine(err.Error())
		t.s.log.WarnContext(ctx, "An answer not attributed", slog.String("receipt", hex.EncodeToString(x.receipt[:])), slog.Any("err", err))
	}
	return x, keepAttributed(ctx, t.s.repo.ledger, x)
}

// state seals the statement of an answer.
func (t *attributions) state(v *receipt.Verified) ([]byte, error) {
	m := t.s.of(v.Receipt.Model)
	if m == nil {
		return nil, fmt.Errorf("model %s is not loaded any more", v.Receipt.Model)
	}
	o, err := t.of(m, v.Receipt.Adapter)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	in, err := o.inputs(m.operators, v)
	if err != nil {
		return nil, err
	}
	a, err := in.Answer()
	if err != nil {
		return nil, err
	}
	key, err := t.s.repo.key()
	if err != nil {
		return nil, err
	}
	sealed, err := a.Seal(key, t.s.repo.network())
	return sealed.Envelope(), err
}

// inputs are what the statement of an answer is made of.
func (o *opened) inputs(e *op.Engine, v *receipt.Verified) (*statement.Inputs, error) {
	terms := &o.record.Terms
	if !v.Receipt.Model.Equals(terms.Model) {
		return nil, fmt.Errorf("model %s answered, the index of the adapter is of model %s", v.Receipt.Model, terms.Model)
	}
	prompt := v.Spec.Request.Prompt
	sample, err := train.Completion([]train.Turn{{Tokens: prompt}, {Tokens: v.Spec.Tokens, Learn: true}}, len(prompt)+len(v.Spec.Tokens))
	if err != nil {
		return nil, err
	}
	p, err := index.NewProjector(e, o.model, o.lora, o.factors, len(sample.IDs), int(terms.Width), terms.Seed)
	if err != nil {
		return nil, err
	}
	in := &statement.Inputs{Receipt: v.ID, Record: &o.record, Index: o.rows, Engine: e, Beta: share.BetaLoRA, Amount: new(big.Int), Top: topRows}
	var tuned float32
	if in.Query, tuned, err = p.Query(sample); err != nil {
		return nil, err
	}
	base, err := lossOf(o.model, sample)
	if err != nil {
		return nil, err
	}
	in.Base, in.Tuned = natsOf(base), natsOf(tuned)
	if len(v.File.Voucher) > 0 {
		var pays serves.Payment
		if err := canon.Decode(v.File.Voucher, &pays, canon.Limits{}); err != nil {
			return nil, err
		}
		in.Amount = pays.Request.Fee.ToBig()
		in.Amount.Quo(in.Amount.Mul(in.Amount, big.NewInt(dataBps)), big.NewInt(10_000))
	}
	return in, nil
}

// lossOf returns the sum of a sample's losses without any adapter.
func lossOf(m *llama.Model, s train.Sample) (float32, error) {
	g, err := m.NewGradients(llama.GradConfig{Tokens: len(s.IDs), Context: len(s.IDs), Eval: true})
	if err != nil {
		return 0, err
	}
	if err := g.Zero(); err != nil {
		return 0, err
	}
	if err := g.Add(llama.Batch{IDs: s.IDs, Targets: s.Targets, Docs: []int{len(s.IDs)}}, 1, 0); err != nil {
		return 0, err
	}
	return g.Loss()
}

// natsOf is a loss in units of 2^-40 nat, rounded to even.
func natsOf(loss float32) share.Nats {
	return share.Nats(math.RoundToEven(float64(max(loss, 0)) * (1 << 40))) // the product is exact
}

// receiptOf finds a receipt of the ledger.
func (r *repo) receiptOf(ctx context.Context, id [32]byte) (*receipt.Verified, error) {
	e, err := gateway.NewBook(r.ledger).Find(ctx, hex.EncodeToString(id[:]))
	if err != nil {
		return nil, err
	}
	return receipt.Open(e.File, r.network())
}

// attributedBy finds an attribution by the ID of its answer, or by the beginning of
// that of its receipt.
func (r *repo) attributedBy(ctx context.Context, id string) (attributed, error) {
	x, err := scanAttributed(r.ledger.QueryRowContext(ctx, attributedColumns+"WHERE answer = ?", id))
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return x, ledgerProblem(err)
	}
	unknown := problemf(exitUsage, `ask with "attribution": {} in the request; "peer receipt list" shows the receipts`, "no attribution of %q", id)
	e, err := gateway.NewBook(r.ledger).Find(ctx, id)
	if errors.Is(err, gateway.ErrNoReceipt) {
		return x, unknown
	}
	if err != nil {
		return x, ledgerProblem(err)
	}
	x, err = scanAttributed(r.ledger.QueryRowContext(ctx, attributedColumns+"WHERE receipt = ? ORDER BY at DESC LIMIT 1", e.ID[:]))
	if errors.Is(err, sql.ErrNoRows) {
		return x, unknown
	}
	return x, ledgerProblem(err)
}

// stated opens the statement of an attribution.
func (r *repo) stated(x attributed) (a *statement.Answer, by record.PublicKey, err error) {
	v, err := record.Open(x.envelope, r.network())
	if err != nil {
		return nil, by, err
	}
	a, err = statement.OpenAnswer(v)
	return a, v.Signer(), err
}

// notAttributed is the API's answer for an unknown ID.
func notAttributed(id string) error {
	return &api.Error{Status: 404, Param: "id", Code: "attribution_not_found", Message: fmt.Sprintf("There is no attribution of %q: ask for one with \"attribution\" in the request.", id)}
}

// Attribution implements api.Attributions.
func (t *attributions) Attribution(ctx context.Context, id string) (any, error) {
	x, err := scanAttributed(t.s.repo.ledger.QueryRowContext(ctx, attributedColumns+"WHERE answer = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, notAttributed(id)
	}
	if err != nil {
		return nil, ledgerProblem(err)
	}
	return t.s.repo.attributionOf(x, 0)
}

// Proof implements api.Attributions.
func (t *attributions) Proof(ctx context.Context, id string) (any, error) {
	x, err := scanAttributed(t.s.repo.ledger.QueryRowContext(ctx, attributedColumns+"WHERE answer = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, notAttributed(id)
	}
	if err != nil {
		return nil, ledgerProblem(err)
	}
	if x.state != attributionComplete {
		return nil, &api.Error{Status: 409, Param: "id", Code: "attribution_" + x.state, Message: fmt.Sprintf("The attribution of %q is %s. %s", id, x.state, x.note)}
	}
	v, err := t.s.repo.receiptOf(ctx, x.receipt)
	if err != nil {
		return nil, err
	}
	r, err := t.s.repo.home.indexes().record(v.Receipt.Adapter.String())
	if err != nil {
		return nil, err
	}
	p := attributionProof{ID: id, Object: "openledger.attribution.proof", ReceiptID: hex.EncodeToString(x.receipt[:]), Statement: x.envelope, Verify: fmt.Sprintf("peer attribution verify %x", x.receipt[:8])}
	if p.Index, err = canon.Encode(&r); err != nil {
		return nil, err
	}
	p.Receipt, err = canon.Encode(&v.File)
	return p, err
}
