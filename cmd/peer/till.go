package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"math/big"
	"net/http"
	"sync"
	"time"

	"github.com/openledger/openledger/cmd/peer/api"
	"github.com/openledger/openledger/cmd/peer/gateway"
	serves "github.com/openledger/openledger/cmd/peer/serving"
	"github.com/openledger/openledger/compute/serve"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/settle/epoch"
)

// attached says whether this peer settles on a chain that others reach, too.
func (c *chainConfig) attached() bool { return c.Endpoint != "" || c.Listen != "" }

// noContract stands for the contract of payments where no chain is attached: what
// is signed for it settles on none.
func noContract(n record.Network) [32]byte {
	return sha256.Sum256(fmt.Appendf(nil, "openledger/no contract/1/%d", uint64(n)))
}

// lastsFor is how many epochs a payment may wait to be settled. What it promises
// of the deposit is free again after them.
const lastsFor = 32

// A till knows for which contract answers are paid, and whether the deposit that
// a payer has in the Ledger covers what it promised.
type till struct {
	repo *repo

	mu       sync.Mutex
	contract *[32]byte   // once the chain was asked
	book     *epoch.Book // after the last final epoch that was looked at
	promised map[record.Account]map[[32]byte]promise
}

// A promise is a payment that is not settled.
type promise struct {
	fee  *big.Int
	last uint64 // epoch
}

// domain is that of what is signed.
func (t *till) domain(ctx context.Context) ([32]byte, error) {
	if !t.repo.config.Chain.attached() {
		return noContract(t.repo.network()), nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.contract == nil {
		l, err := t.repo.link(ctx)
		if err != nil {
			return [32]byte{}, err
		}
		d := l.k.Domain()
		t.contract = &d
	}
	return *t.contract, nil
}

// left returns what a payer may still promise: what may be spent of its deposit,
// less what was spent in final epochs and what it promised since. tip is the last
// epoch that is posted.
func (t *till) left(ctx context.Context, payer record.Account) (left *big.Int, tip uint64, err error) {
	l, err := t.repo.link(ctx)
	if err != nil {
		return nil, 0, err
	}
	tip, final, err := l.k.Tip(ctx)
	if err != nil {
		return nil, 0, err
	}
	if t.book == nil || t.book.Previous().Epoch != final {
		if t.book, err = l.finalBook(ctx); err != nil {
			return nil, 0, fmt.Errorf("what was spent is not known: %w", err)
		}
	}
	d, err := l.k.DepositOf(ctx, [20]byte(payer))
	if err != nil {
		return nil, 0, err
	}
	spent := t.book.State().Spent(d.ID)
	left = new(big.Int).Sub(d.Limit, spent.ToBig())
	if t.promised == nil {
		if err := t.remember(ctx); err != nil {
			return nil, 0, err
		}
	}
	for request, p := range t.promised[payer] {
		if p.last <= final || t.book.Settled(request) {
			delete(t.promised[payer], request)
			continue
		}
		left.Sub(left, p.fee)
	}
	return left, tip, nil
}

// remember reads what this peer promised before it was started.
func (t *till) remember(ctx context.Context) error {
	all, err := gateway.NewBook(t.repo.ledger).Payments(ctx)
	if err != nil {
		return ledgerProblem(err)
	}
	t.promised = map[record.Account]map[[32]byte]promise{}
	for _, b := range all {
		if p, err := serves.ReadPayment(b); err == nil && p != nil {
			t.note(p)
		}
	}
	return nil
}

func (t *till) note(p *serves.Payment) {
	payer := record.Account(p.Request.Payer)
	if t.promised[payer] == nil {
		t.promised[payer] = map[[32]byte]promise{}
	}
	t.promised[payer][p.Request.Hash()] = promise{p.Request.Fee.ToBig(), p.Request.LastEpoch}
}

// pay signs a payment of this peer, which its deposit covers where there is one.
func (t *till) pay(ctx context.Context, key record.Key, r *serve.Request, workers []record.PublicKey, price uint64) (*serves.Payment, error) {
	domain, err := t.domain(ctx)
	if err != nil {
		return nil, err
	}
	if !t.repo.config.Chain.attached() {
		return serves.Pay(key, domain, r, workers, price, math.MaxUint32)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	left, tip, err := t.left(ctx, key.Public().Account())
	if err != nil {
		return nil, err
	}
	fee := serves.FeeOf(r, price)
	if wants := fee.ToBig(); left.Cmp(wants) < 0 {
		return nil, &api.Error{Status: http.StatusPaymentRequired, Code: "deposit", Message: fmt.Sprintf(
			`The answer costs up to %s OPEN and %s OPEN of the deposit are left: "peer wallet deposit AMOUNT" adds to it, a lower max_tokens costs less.`, open(wants), open(left))}
	}
	p, err := serves.Pay(key, domain, r, workers, price, tip+lastsFor)
	if err == nil {
		t.note(p)
	}
	return p, err
}

// covers says whether the payer's deposit is enough for what it promises this peer.
func (t *till) covers(ctx context.Context, p *serves.Payment) error {
	if !t.repo.config.Chain.attached() {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	payer := record.Account(p.Request.Payer)
	left, tip, err := t.left(ctx, payer)
	if err != nil {
		return fmt.Errorf("the deposit of %s is not known: %w", payer, err)
	}
	if before, ok := t.promised[payer][p.Request.Hash()]; ok {
		left.Add(left, before.fee)
	}
	fee := p.Request.Fee.ToBig()
	switch {
	case left.Cmp(fee) < 0:
		return fmt.Errorf("the payment is %s OPEN, and of the deposit of %s there are %s OPEN left: deposit more", open(fee), payer, open(left))
	case p.Request.LastEpoch <= tip+1 || p.Request.FirstEpoch > tip+1:
		return fmt.Errorf("the payment settles in the epochs from %d to %d, the next one is %d: sign one for that and some after it", p.Request.FirstEpoch, p.Request.LastEpoch, tip+1)
	}
	t.note(p)
	return nil
}

// beacon returns a number that nobody knew at a time, from the first finalized
// block after it.
func (r *repo) beacon(ctx context.Context, after time.Time) ([32]byte, error) {
	l, err := r.link(ctx)
	if err != nil {
		return [32]byte{}, err
	}
	return chain.Beacon(ctx, l.client, after)
}

// settling opens the chain for the jobs that are settled there.
func (r *repo) settling(ctx context.Context) (*chain.Contracts, *chain.Outbox, error) {
	if !r.config.Chain.attached() {
		return nil, nil, problemf(exitConfig, "set chain.endpoint, or chain.listen where the dev chain is kept, as they were when the job began", "no chain is attached, and the job is settled on one")
	}
	l, err := r.link(ctx)
	if err != nil {
		return nil, nil, err
	}
	return l.k, l.outbox, nil
}
