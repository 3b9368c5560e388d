package chain

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
)

const outboxSchema = `CREATE TABLE IF NOT EXISTS outbox (
	id      INTEGER PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE,
	address BLOB NOT NULL,      -- of the contract
	data    BLOB NOT NULL,
	value   TEXT NOT NULL,      -- wei
	state   INTEGER NOT NULL,
	problem TEXT NOT NULL DEFAULT '',
	nonce   INTEGER UNIQUE,     -- null until it is signed
	raw     BLOB,               -- the last transaction signed
	hashes  BLOB NOT NULL DEFAULT x'', -- of all transactions signed
	sent    INTEGER NOT NULL DEFAULT 0 -- when the last one was signed, Unix seconds
)`

// A Stage is how far a call of an Outbox is.
type Stage int

// Stages are append-only.
const (
	Waiting Stage = iota // not yet signed, for want of a chain, gas or OPEN
	Sent                 // signed and sent, perhaps in a block
	Done                 // in a finalized block
	Failed               // in a finalized block, and reverted there
)

// OutboxConfig says how an Outbox sends; the zero value works.
type OutboxConfig struct {
	Every    time.Duration // between two looks at the chain; default 2 s
	Patience time.Duration // until a fee is raised by a quarter; default 1 minute
	MaxFee   *big.Int      // the most per unit of gas, wei; default 500 gwei
	Now      func() time.Time
	Log      *slog.Logger // nil: silent
}

// An Outbox sends calls and repeats them until they are in a finalized block,
// over restarts, reorgs and rising prices. Each is journalled with its nonce
// before it is sent, and never sent with another unless that nonce was spent by
// something else for good: so none happens twice. Nothing else may send with its
// key.
type Outbox struct {
	db     *sql.DB
	c      Client
	signer Signer
	id     *big.Int
	cfg    OutboxConfig
	mu     sync.Mutex // of Step
}

// NewOutbox opens the outbox of a signer in a database of its own.
func NewOutbox(ctx context.Context, db *sql.DB, c Client, s Signer, chainID uint64, cfg OutboxConfig) (*Outbox, error) {
	if cfg.Every == 0 {
		cfg.Every = 2 * time.Second
	}
	if cfg.Patience == 0 {
		cfg.Patience = time.Minute
	}
	if cfg.MaxFee == nil {
		cfg.MaxFee = big.NewInt(500e9)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if _, err := db.ExecContext(ctx, outboxSchema); err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	return &Outbox{db: db, c: c, signer: s, id: new(big.Int).SetUint64(chainID), cfg: cfg}, nil
}

// Put takes a call over. Once it returns the call will be made, once: a second
// call of the same name is the first one, and it is an error if they differ.
func (o *Outbox) Put(ctx context.Context, name string, call Call) error {
	value := call.Value
	if value == nil {
		value = new(big.Int)
	}
	if call.Data == nil {
		call.Data = []byte{}
	}
	if _, err := o.db.ExecContext(ctx, `INSERT INTO outbox (name, address, data, value, state) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING`,
		name, call.To[:], call.Data, value.String(), Waiting); err != nil {
		return fmt.Errorf("put %q into the outbox: %w", name, err)
	}
	var same bool
	err := o.db.QueryRowContext(ctx, `SELECT address = ? AND data = ? AND value = ? FROM outbox WHERE name = ?`, call.To[:], call.Data, value.String(), name).Scan(&same)
	if err != nil {
		return fmt.Errorf("put %q into the outbox: %w", name, err)
	}
	if !same {
		return fmt.Errorf("put %q into the outbox: another call has that name", name)
	}
	return nil
}

// Status says how far a call is, and what it waits for.
func (o *Outbox) Status(ctx context.Context, name string) (stage Stage, problem string, err error) {
	err = o.db.QueryRowContext(ctx, `SELECT state, problem FROM outbox WHERE name = ?`, name).Scan(&stage, &problem)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", fmt.Errorf("the outbox has no %q", name)
	}
	return stage, problem, err
}

// Run looks at the chain until ctx is done. A chain that does not answer is
// waited for.
func (o *Outbox) Run(ctx context.Context) error {
	tick := time.NewTicker(o.cfg.Every)
	defer tick.Stop()
	for {
		if err := o.Step(ctx); err != nil && ctx.Err() == nil {
			o.cfg.Log.InfoContext(ctx, "The chain does not take transactions; they are kept", slog.Any("err", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// An item is a row of the journal.
type item struct {
	id      int64
	name    string
	call    Call
	stage   Stage
	nonce   uint64
	raw     []byte
	hashes  []byte
	sent    int64
	problem string
}

// Step looks at each call that is not finished once: signs and sends what waits,
// sends again what is in no block, and finishes what is final.
func (o *Outbox) Step(ctx context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	items, err := o.open(ctx)
	if err != nil || len(items) == 0 {
		return err
	}
	id, err := o.c.ChainID(ctx)
	if err != nil {
		return fmt.Errorf("ask for the chain id: %w", err)
	}
	if id.Cmp(o.id) != 0 {
		return fmt.Errorf("this is chain %v, the outbox is for chain %v: check the endpoint", id, o.id)
	}
	final, err := o.c.HeaderByNumber(ctx, big.NewInt(int64(rpc.FinalizedBlockNumber)))
	if err != nil {
		return fmt.Errorf("ask for the finalized block: %w", err)
	}
	spent, err := o.c.NonceAt(ctx, o.signer.Address(), final.Number)
	if err != nil {
		return fmt.Errorf("ask for the nonce of %v: %w", o.signer.Address(), err)
	}
	for i := range items {
		it := &items[i]
		if it.stage == Sent {
			err = o.follow(ctx, it, final.Number, spent)
		}
		if err == nil && it.stage == Waiting {
			err = o.first(ctx, it)
		}
		var refused *RevertError
		if errors.As(err, &refused) {
			err = o.note(ctx, it, refused.Error())
		}
		if err != nil {
			return errors.Join(fmt.Errorf("%s: %w", it.name, err), o.note(ctx, it, err.Error()))
		}
	}
	return nil
}

func (o *Outbox) open(ctx context.Context) (items []item, err error) {
	rows, err := o.db.QueryContext(ctx, `SELECT id, name, address, data, value, state, COALESCE(nonce, 0), COALESCE(raw, x''), hashes, sent, problem FROM outbox WHERE state IN (?, ?) ORDER BY id`, Waiting, Sent)
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var it item
		var to []byte
		var value string
		if err := rows.Scan(&it.id, &it.name, &to, &it.call.Data, &value, &it.stage, &it.nonce, &it.raw, &it.hashes, &it.sent, &it.problem); err != nil {
			return nil, fmt.Errorf("read the outbox: %w", err)
		}
		it.call.To = common.BytesToAddress(to)
		it.call.Value, _ = new(big.Int).SetString(value, 10)
		items = append(items, it)
	}
	return items, rows.Err()
}

// note keeps what a call waits for.
func (o *Outbox) note(ctx context.Context, it *item, problem string) error {
	if it.problem == problem {
		return nil
	}
	it.problem = problem
	_, err := o.db.ExecContext(ctx, `UPDATE outbox SET problem = ? WHERE id = ?`, problem, it.id)
	return err
}

// first signs and sends a call that waits, with the next nonce.
func (o *Outbox) first(ctx context.Context, it *item) error {
	tx, err := draft(ctx, o.c, o.signer.Address(), o.id, it.call)
	if err != nil {
		return err
	}
	next, err := o.c.NonceAt(ctx, o.signer.Address(), nil)
	if err != nil {
		return fmt.Errorf("ask for the nonce of %v: %w", o.signer.Address(), err)
	}
	var journalled sql.NullInt64
	if err := o.db.QueryRowContext(ctx, `SELECT MAX(nonce) FROM outbox`).Scan(&journalled); err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	if journalled.Valid && uint64(journalled.Int64) >= next {
		next = uint64(journalled.Int64) + 1
	}
	tx.Nonce = next
	return o.send(ctx, it, tx)
}

// send signs a transaction, journals it, and only then sends it.
func (o *Outbox) send(ctx context.Context, it *item, tx *types.DynamicFeeTx) error {
	if tx.GasFeeCap.Cmp(o.cfg.MaxFee) > 0 {
		if err := o.note(ctx, it, fmt.Sprintf("gas costs %v wei, more than the limit of %v: wait, or raise the limit", tx.GasFeeCap, o.cfg.MaxFee)); err != nil || len(it.raw) == 0 {
			return err
		}
		return o.again(ctx, it) // at the price that it has
	}
	signed, err := sign(o.signer, o.id, tx)
	if err != nil {
		return err
	}
	raw, err := signed.MarshalBinary()
	if err != nil {
		return fmt.Errorf("write a transaction: %w", err)
	}
	hash := signed.Hash()
	it.stage, it.nonce, it.raw, it.sent, it.problem = Sent, tx.Nonce, raw, o.cfg.Now().Unix(), ""
	it.hashes = append(it.hashes, hash[:]...)
	if _, err := o.db.ExecContext(ctx, `UPDATE outbox SET state = ?, nonce = ?, raw = ?, hashes = ?, sent = ?, problem = '' WHERE id = ?`,
		it.stage, it.nonce, it.raw, it.hashes, it.sent, it.id); err != nil {
		return fmt.Errorf("journal a transaction: %w", err)
	}
	o.cfg.Log.DebugContext(ctx, "Sending a transaction", slog.String("name", it.name), slog.Uint64("nonce", it.nonce))
	return o.submit(ctx, signed)
}

func (it *item) transaction() (*types.Transaction, error) {
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(it.raw); err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return tx, nil
}

// again sends what was signed last.
func (o *Outbox) again(ctx context.Context, it *item) error {
	tx, err := it.transaction()
	if err != nil {
		return err
	}
	return o.submit(ctx, tx)
}

// submit sends what is journalled; what the chain knows already is no error.
func (o *Outbox) submit(ctx context.Context, tx *types.Transaction) error {
	err := o.c.SendTransaction(ctx, tx)
	if err == nil {
		return nil
	}
	for _, known := range []string{"already known", "nonce too low", "replacement transaction underpriced"} {
		if strings.Contains(err.Error(), known) {
			return nil // the next Step sees which transaction it was
		}
	}
	return explain(err)
}

// follow looks for a call that was sent; spent is the finalized nonce.
func (o *Outbox) follow(ctx context.Context, it *item, final *big.Int, spent uint64) error {
	for i := 0; i < len(it.hashes); i += common.HashLength {
		receipt, err := o.c.TransactionReceipt(ctx, common.Hash(it.hashes[i:i+common.HashLength]))
		if errors.Is(err, ethereum.NotFound) || indexing(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("ask for a receipt: %w", err)
		}
		if receipt.BlockNumber.Cmp(final) > 0 {
			return nil // in a block that may still be dropped
		}
		if it.stage = Done; receipt.Status != types.ReceiptStatusSuccessful {
			it.stage, it.problem = Failed, "it reverted in block "+receipt.BlockNumber.String()
		}
		_, err = o.db.ExecContext(ctx, `UPDATE outbox SET state = ?, problem = ? WHERE id = ?`, it.stage, it.problem, it.id)
		return err
	}
	if it.nonce < spent {
		// Another transaction has that nonce for good, so none of ours can come.
		it.stage = Waiting
		_, err := o.db.ExecContext(ctx, `UPDATE outbox SET state = ?, nonce = NULL, raw = NULL, hashes = x'' WHERE id = ?`, Waiting, it.id)
		it.raw, it.hashes = nil, nil
		return err
	}
	if o.cfg.Now().Unix()-it.sent < int64(o.cfg.Patience/time.Second) {
		return o.again(ctx, it)
	}
	tx, err := it.transaction()
	if err != nil {
		return err
	}
	tip, feeCap := raised(tx.GasTipCap()), raised(tx.GasFeeCap())
	return o.send(ctx, it, &types.DynamicFeeTx{
		ChainID: o.id, Nonce: it.nonce, To: tx.To(), Data: tx.Data(), Value: tx.Value(), Gas: tx.Gas(), GasTipCap: tip, GasFeeCap: feeCap,
	})
}

// raised returns a fee and a quarter of it, which pools take as a replacement.
func raised(fee *big.Int) *big.Int {
	more := new(big.Int).Rsh(fee, 2)
	return more.Add(more, fee).Add(more, big.NewInt(1))
}

// An Entry is a call of an outbox, as people are told.
type Entry struct {
	Name    string
	Stage   Stage
	Problem string
	Hash    common.Hash // of the last transaction that was signed; zero: none was
}

// Open lists the calls that are not finished, the oldest first.
func (o *Outbox) Open(ctx context.Context) (all []Entry, err error) {
	items, err := o.open(ctx)
	for _, it := range items {
		e := Entry{Name: it.name, Stage: it.stage, Problem: it.problem}
		if n := len(it.hashes); n > 0 {
			e.Hash = common.Hash(it.hashes[n-common.HashLength:])
		}
		all = append(all, e)
	}
	return all, err
}

// Same returns the name of the last call that is not finished and does the same.
func (o *Outbox) Same(ctx context.Context, call Call) (name string, ok bool, err error) {
	items, err := o.open(ctx)
	for _, it := range slices.Backward(items) {
		value := call.Value
		if value == nil {
			value = new(big.Int)
		}
		if it.call.To == call.To && string(it.call.Data) == string(call.Data) && it.call.Value.Cmp(value) == 0 {
			return it.name, true, nil
		}
	}
	return "", false, err
}

// Cancel takes a call back that was never signed; ok says whether it was one.
func (o *Outbox) Cancel(ctx context.Context, name string) (ok bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	r, err := o.db.ExecContext(ctx, `DELETE FROM outbox WHERE name = ? AND state = ? AND nonce IS NULL`, name, Waiting)
	if err != nil {
		return false, fmt.Errorf("take %q out of the outbox: %w", name, err)
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Receipt returns the block that a call stands in, or nil while it stands in none.
func (o *Outbox) Receipt(ctx context.Context, name string) (*types.Receipt, error) {
	var hashes []byte
	if err := o.db.QueryRowContext(ctx, `SELECT hashes FROM outbox WHERE name = ?`, name).Scan(&hashes); err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	for i := 0; i < len(hashes); i += common.HashLength {
		r, err := o.c.TransactionReceipt(ctx, common.Hash(hashes[i:i+common.HashLength]))
		if err == nil {
			return r, nil
		}
		if !errors.Is(err, ethereum.NotFound) && !indexing(err) {
			return nil, fmt.Errorf("ask for a receipt: %w", err)
		}
	}
	return nil, nil
}

// Attempt is Put of a call that is made again, under another name, where it
// reverted in a block: because a reorg made it come too early, say. It returns the
// name of the attempt.
func (o *Outbox) Attempt(ctx context.Context, name string, call Call) (string, error) {
	for try := 1; ; try++ {
		n := name
		if try > 1 {
			n = fmt.Sprintf("%s, attempt %d", name, try)
		}
		var stage Stage
		err := o.db.QueryRowContext(ctx, `SELECT state FROM outbox WHERE name = ?`, n).Scan(&stage)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return n, o.Put(ctx, n, call)
		case err != nil:
			return n, fmt.Errorf("read the outbox: %w", err)
		case stage != Failed:
			return n, nil
		}
	}
}
