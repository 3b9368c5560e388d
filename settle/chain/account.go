package chain

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/openledger/openledger/settle/contract/ledger"
)

// A Deposit is what a payer has in the Ledger, in units of 1e-18 OPEN.
type Deposit struct {
	ID           uint32 // 0: never deposited
	Deposited    *big.Int
	Withdrawn    *big.Int
	Leaving      *big.Int
	LeavingEpoch uint64   // from which it can no longer be spent
	Limit        *big.Int // that may be spent in all, up to and with the next epoch
}

// DepositOf returns what a payer has in the Ledger.
func (k *Contracts) DepositOf(ctx context.Context, a common.Address) (d Deposit, err error) {
	d.Deposited, d.Withdrawn, d.Leaving, d.Limit = new(big.Int), new(big.Int), new(big.Int), new(big.Int)
	if d.ID, err = view(ctx, k.Client, k.Ledger, ledgerABI.PackPayerId(a), ledgerABI.UnpackPayerId); err != nil || d.ID == 0 {
		return d, err
	}
	p, err := view(ctx, k.Client, k.Ledger, ledgerABI.PackPayerOf(d.ID), ledgerABI.UnpackPayerOf)
	if err != nil {
		return d, err
	}
	d.Deposited, d.Withdrawn, d.Leaving, d.LeavingEpoch = p.Deposited, p.Withdrawn, p.Leaving, p.LeavingEpoch
	tip, _, err := k.Tip(ctx)
	if err == nil {
		d.Limit, err = view(ctx, k.Client, k.Ledger, ledgerABI.PackLimitOf(d.ID, tip+1), ledgerABI.UnpackLimitOf)
	}
	return d, err
}

// A Bond is what a staker has in Staking, in units of 1e-18 OPEN.
type Bond struct {
	Bonded, Leaving *big.Int
	Ready           time.Time // when leaving can be withdrawn
	Operator        common.Address
	Payout          common.Address
	Delay           time.Duration // from exit to withdraw
	Needed          *big.Int      // of who posts epochs
}

// BondOf returns what a staker has bonded, who signs for it and where its money goes.
func (k *Contracts) BondOf(ctx context.Context, a common.Address) (b Bond, err error) {
	s, err := view(ctx, k.Client, k.Staking, stakingABI.PackStakeOf(a), stakingABI.UnpackStakeOf)
	if err != nil {
		return b, err
	}
	b.Bonded, b.Leaving = s.Bonded, s.Leaving
	if s.ReadyAt > 0 {
		b.Ready = time.Unix(int64(s.ReadyAt), 0)
	}
	if b.Operator, err = view(ctx, k.Client, k.Staking, stakingABI.PackOperatorOf(a), stakingABI.UnpackOperatorOf); err != nil {
		return b, err
	}
	if b.Payout, err = k.Payout(ctx, a); err != nil {
		return b, err
	}
	delay, err := view(ctx, k.Client, k.Staking, stakingABI.PackDelay(), stakingABI.UnpackDelay)
	if err != nil {
		return b, err
	}
	b.Delay = time.Duration(delay) * time.Second
	t, err := k.terms(ctx)
	b.Needed = t.Bond
	return b, err
}

// Payout returns where withdrawals and claims of an account go.
func (k *Contracts) Payout(ctx context.Context, a common.Address) (common.Address, error) {
	return view(ctx, k.Client, k.Staking, stakingABI.PackPayoutOf(a), stakingABI.UnpackPayoutOf)
}

func (k *Contracts) terms(ctx context.Context) (ledger.LedgerTerms, error) {
	t, err := view(ctx, k.Client, k.Ledger, ledgerABI.PackGetTerms(), ledgerABI.UnpackGetTerms)
	if err != nil {
		err = fmt.Errorf("read the terms of the Ledger: %w", err)
	}
	return t, err
}

// A Window is the times of an epoch, as the Ledger has them now.
type Window struct {
	Proof  time.Duration // in which a header can be proven wrong
	Leader time.Duration // in which only the leader may post
	Demand time.Duration // in which demanded data must be shown
}

// Window returns the times of epochs.
func (k *Contracts) Window(ctx context.Context) (w Window, err error) {
	t, err := k.terms(ctx)
	second := func(n uint32) time.Duration { return time.Duration(n) * time.Second }
	return Window{second(t.Window), second(t.LeaderTime), second(t.DemandTime)}, err
}

// Leader returns who alone may post an epoch in the leader's time; zero: anybody.
func (k *Contracts) Leader(ctx context.Context, epoch uint64) (common.Address, error) {
	return view(ctx, k.Client, k.Ledger, ledgerABI.PackLeaderOf(epoch), ledgerABI.UnpackLeaderOf)
}

// Staker returns who answers for what a key signs.
func (k *Contracts) Staker(ctx context.Context, key common.Address) (common.Address, error) {
	return view(ctx, k.Client, k.Staking, stakingABI.PackStakerOf(key), stakingABI.UnpackStakerOf)
}

// Split returns the parts of a fee in an epoch, in 1/10,000 by class.
func (k *Contracts) Split(ctx context.Context, epoch uint64) ([6]uint16, error) {
	return view(ctx, k.Client, k.Ledger, ledgerABI.PackSplitOf(epoch), ledgerABI.UnpackSplitOf)
}

// Allowance returns how much a contract may take of an owner.
func (k *Contracts) Allowance(ctx context.Context, owner, spender common.Address) (*big.Int, error) {
	return view(ctx, k.Client, k.Token, tokenABI.PackAllowance(owner, spender), tokenABI.UnpackAllowance)
}

// ExitStake takes an amount out of the caller's bond; it can be withdrawn after
// the delay.
func (k *Contracts) ExitStake(amount *big.Int) Call {
	return Call{To: k.Staking, Data: stakingABI.PackExit(amount)}
}

// WithdrawStake pays out the stake that has left.
func (k *Contracts) WithdrawStake() Call {
	return Call{To: k.Staking, Data: stakingABI.PackWithdraw()}
}

// Join joins the draw of leaders at a place, the next free one or one's own.
func (k *Contracts) Join(place uint64) Call {
	return Call{To: k.Ledger, Data: ledgerABI.PackJoin(new(big.Int).SetUint64(place))}
}

// ProveWithheld rejects an epoch of which a demand was not answered in time.
func (k *Contracts) ProveWithheld(h Header, number uint64) Call {
	return Call{To: k.Challenges, Data: challengesABI.PackProveWithheld(challengeHeader(&h), number)}
}
