package main

import (
	"context"
	"fmt"
	"io"
	"math/big"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
)

func walletCmd(a *app) *cobra.Command {
	return group("wallet", "OPEN of this peer, and its deposit that pays for answers", `OPEN is what answers, training and data are paid with. What is deposited in the
Ledger pays for answers; the rest is this peer's to send. Amounts are exact
decimals. Without chain.endpoint all of it is play money on a chain in this home.`,
		"  peer wallet balance", walletBalanceCmd(a), walletDepositCmd(a), walletWithdrawCmd(a), walletTransferCmd(a))
}

type balanceReport struct {
	Account   string `json:"account"`
	OPEN      string `json:"open"`
	Ether     string `json:"ether"` // for gas
	Deposited string `json:"deposited"`
	Spent     string `json:"spent"` // in final epochs
	Left      string `json:"left"`
	Leaving   string `json:"leaving"`
	From      uint64 `json:"leaving_epoch,omitempty"`
	Bonded    string `json:"bonded"`
	Note      string `json:"note,omitempty"`
	Waiting   int    `json:"waiting"` // calls that are not final
}

var walletBalance = task[none, balanceReport]{"wallet/balance", func(ctx context.Context, r *repo, _ *feed, _ none) (out balanceReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	who := r.account
	balance, err := l.k.Balance(ctx, [20]byte(who))
	if err != nil {
		return out, err
	}
	ether, err := l.client.BalanceAt(ctx, [20]byte(who), nil)
	if err != nil {
		return out, err
	}
	d, err := l.k.DepositOf(ctx, [20]byte(who))
	if err != nil {
		return out, err
	}
	bond, err := l.k.BondOf(ctx, [20]byte(who))
	if err != nil {
		return out, err
	}
	spent, note := l.spent(ctx, d.ID)
	waiting, err := l.outbox.Open(ctx)
	left := new(big.Int).Sub(new(big.Int).Sub(d.Deposited, d.Withdrawn), spent)
	return balanceReport{
		Account: who.String(), OPEN: open(balance), Ether: open(ether), Deposited: open(d.Deposited), Spent: open(spent), Left: open(left),
		Leaving: open(d.Leaving), From: d.LeavingEpoch, Bonded: open(bond.Bonded), Note: note, Waiting: len(waiting),
	}, err
}}

// spent returns what a payer has spent in final epochs, and why that is not known.
func (l *chainLink) spent(ctx context.Context, id uint32) (*big.Int, string) {
	sum := new(big.Int)
	if id == 0 {
		return sum, ""
	}
	b, err := l.finalBook(ctx)
	if err != nil {
		return sum, "what was spent is not known: " + oneLine(err.Error())
	}
	s := b.State().Spent(id)
	return s.ToBig(), ""
}

func walletBalanceCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "balance", Short: "Show OPEN, gas, deposit and bond", Args: takes(0, 0), Example: "  peer wallet balance\n  peer wallet balance --output json",
		RunE: a.inHome(taskOf(a, walletBalance, noArgs)),
	}
}

func (r balanceReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "account\t%s\nOPEN\t%s\nether for gas\t%s\ndeposited\t%s\nspent\t%s\nleft\t%s\n", r.Account, r.OPEN, r.Ether, r.Deposited, r.Spent, r.Left)
	if r.Leaving != "0" {
		fmt.Fprintf(w, "leaving\t%s, not spent from epoch %d on\n", r.Leaving, r.From)
	}
	fmt.Fprintf(w, "bonded\t%s\n", r.Bonded)
	if r.Note != "" {
		fmt.Fprintf(w, "note\t%s\n", r.Note)
	}
	if r.Waiting > 0 {
		fmt.Fprintf(w, "not final yet\t%d transactions\n", r.Waiting)
	}
	w.Flush()
}

// A madeReport is what a command did on the chain.
type madeReport struct {
	Made []madeStep `json:"made"`
	Note string     `json:"note,omitempty"`
}

func (r madeReport) text(out io.Writer) {
	w := table(out)
	for _, m := range r.Made {
		fmt.Fprintf(w, "%s\tblock %d\t%s\n", m.What, m.Block, m.Hash)
	}
	w.Flush()
	if r.Note != "" {
		fmt.Fprintln(out, r.Note)
	}
}

// An amountTo is an amount, as typed, and whom it is for.
type amountTo struct {
	Amount string
	To     string // an address; empty: this peer
	Ether  bool   // of a transfer: ether, for gas, and not OPEN
}

func (r *repo) addressOr(text string) (record.Account, error) {
	if text == "" {
		return r.account, nil
	}
	who, err := record.ParseAccount(text)
	if err != nil {
		return who, problemf(exitUsage, "copy the whole address", "%w", err)
	}
	return who, nil
}

// allowed returns the step that lets a contract take an amount, none if it may.
func (l *chainLink) allowed(ctx context.Context, r *repo, spender [20]byte, amount *big.Int) ([]step, error) {
	has, err := l.k.Balance(ctx, [20]byte(r.account))
	if err != nil {
		return nil, err
	}
	if has.Cmp(amount) < 0 {
		return nil, problemf(exitFailed, "get some, or take a smaller amount", "not enough OPEN: %s has %s and %s is asked for", r.account, open(has), open(amount))
	}
	may, err := l.k.Allowance(ctx, [20]byte(r.account), spender)
	if err != nil || may.Cmp(amount) >= 0 {
		return nil, err
	}
	return []step{{"approve " + open(amount) + " OPEN", l.k.Approve(spender, amount)}}, nil
}

var walletDeposit = task[amountTo, madeReport]{"wallet/deposit", func(ctx context.Context, r *repo, _ *feed, in amountTo) (out madeReport, err error) {
	amount, err := parseOpen(in.Amount)
	if err != nil {
		return out, err
	}
	to, err := r.addressOr(in.To)
	if err != nil {
		return out, err
	}
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	steps, err := l.allowed(ctx, r, l.k.Ledger, amount)
	if err != nil {
		return out, err
	}
	out.Made, err = l.make(ctx, append(steps, step{"deposit " + open(amount) + " OPEN", l.k.Deposit([20]byte(to), amount)})...)
	return out, err
}}

func walletDepositCmd(a *app) *cobra.Command {
	to := ""
	c := &cobra.Command{
		Use: "deposit AMOUNT", Short: "Deposit OPEN that pays for answers", Args: takes(1, 1), Example: "  peer wallet deposit 12.5",
		RunE: a.inHome(taskOf(a, walletDeposit, func(words []string) (amountTo, error) { return amountTo{Amount: words[0], To: to}, nil })),
	}
	c.Flags().StringVar(&to, "for", "", "`address` of the payer (default this peer)")
	return c
}

var walletWithdraw = task[amountTo, madeReport]{"wallet/withdraw", func(ctx context.Context, r *repo, _ *feed, in amountTo) (out madeReport, err error) {
	to, err := r.addressOr(in.To)
	if err != nil {
		return out, err
	}
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	if in.Amount != "" {
		amount, err := parseOpen(in.Amount)
		if err != nil {
			return out, err
		}
		if out.Made, err = l.make(ctx, step{"announce " + open(amount) + " OPEN", l.k.Exit(amount)}); err != nil {
			return out, err
		}
		d, err := l.k.DepositOf(ctx, [20]byte(r.account))
		out.Note = fmt.Sprintf(`It cannot be spent from epoch %d on; when epoch %d is final, "peer wallet withdraw" pays it out.`, d.LeavingEpoch, d.LeavingEpoch-1)
		return out, err
	}
	d, err := l.k.DepositOf(ctx, [20]byte(r.account))
	if err != nil {
		return out, err
	}
	if d.Leaving.Sign() == 0 {
		return out, problemf(exitFailed, `"peer wallet withdraw AMOUNT" announces it first`, "nothing of the deposit is leaving")
	}
	b, err := l.finalBook(ctx)
	if err != nil {
		return out, err
	}
	h := b.Previous()
	if h.Epoch+1 < d.LeavingEpoch {
		return out, problemf(exitFailed, "try again then", "%s OPEN can be withdrawn once epoch %d is final; the last final one is %d", open(d.Leaving), d.LeavingEpoch-1, h.Epoch)
	}
	out.Made, err = l.make(ctx, step{"withdraw", l.k.Withdraw(h, b.State().OpenSpent(d.ID), [20]byte(to))})
	return out, err
}}

func walletWithdrawCmd(a *app) *cobra.Command {
	to := ""
	c := &cobra.Command{
		Use: "withdraw [AMOUNT]", Short: "Take a deposit back", Args: takes(0, 1),
		Long: `With an amount: announce that it leaves the deposit. It can still be spent until
the epoch after the next, so that no answer under way goes unpaid. Without: pay
out what has left.`,
		Example: "  peer wallet deposit 12.5 && peer wallet withdraw 2.5",
		RunE: a.inHome(taskOf(a, walletWithdraw, func(words []string) (amountTo, error) {
			return amountTo{Amount: append(words, "")[0], To: to}, nil
		})),
	}
	c.Flags().StringVar(&to, "to", "", "`address` that gets it (default this peer)")
	return c
}

var walletTransfer = task[amountTo, madeReport]{"wallet/transfer", func(ctx context.Context, r *repo, _ *feed, in amountTo) (out madeReport, err error) {
	amount, err := parseOpen(in.Amount)
	if err != nil {
		return out, err
	}
	to, err := r.addressOr(in.To)
	if err != nil {
		return out, err
	}
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	if in.Ether {
		out.Made, err = l.make(ctx, step{"send " + open(amount) + " ether to " + to.String(), chain.Call{To: [20]byte(to), Value: amount}})
		return out, err
	}
	out.Made, err = l.make(ctx, step{"send " + open(amount) + " OPEN to " + to.String(), l.k.Transfer([20]byte(to), amount)})
	return out, err
}}

func walletTransferCmd(a *app) *cobra.Command {
	ether := false
	c := &cobra.Command{
		Use: "transfer ADDRESS AMOUNT", Short: "Send OPEN, or ether for gas", Args: takes(2, 2), Example: `  peer wallet transfer 0x00000000000000000000000000000000000000aa 0.25
  peer wallet transfer --ether 0x00000000000000000000000000000000000000aa 0.01`,
		RunE: a.inHome(taskOf(a, walletTransfer, func(words []string) (amountTo, error) {
			return amountTo{Amount: words[1], To: words[0], Ether: ether}, nil
		})),
	}
	c.Flags().BoolVar(&ether, "ether", false, "send ether, which pays for gas, and not OPEN")
	return c
}
