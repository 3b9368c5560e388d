package main

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/settle/chain"
)

func stakeCmd(a *app) *cobra.Command {
	return group("stake", "What this peer stands to lose", `A peer that works for others, or posts epochs, bonds OPEN and answers with it for
what its key signs. Bonded OPEN leaves after a delay longer than any dispute.`,
		"  peer stake status", stakeAddCmd(a), stakeExitCmd(a), stakeWithdrawCmd(a), stakeStatusCmd(a))
}

type stakeReport struct {
	Account  string `json:"account"`
	Bonded   string `json:"bonded"`
	Locked   string `json:"locked"` // for jobs that are not over
	Free     string `json:"free"`   // for others
	Leaving  string `json:"leaving"`
	Ready    string `json:"ready,omitempty"` // when leaving can be withdrawn
	Delay    string `json:"delay"`
	Operator string `json:"operator"` // key that signs for this account
	Payout   string `json:"payout"`   // where earnings go
	Needed   string `json:"needed"`   // to post epochs
	Posts    bool   `json:"posts"`
}

var stakeStatus = task[none, stakeReport]{"stake/status", func(ctx context.Context, r *repo, _ *feed, _ none) (out stakeReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	b, err := l.k.BondOf(ctx, [20]byte(r.account))
	if err != nil {
		return out, err
	}
	free, err := l.k.Free(ctx, [20]byte(r.account))
	if err != nil {
		return out, err
	}
	out = stakeReport{
		Account: r.account.String(), Bonded: open(b.Bonded), Free: open(free), Locked: open(new(big.Int).Sub(b.Bonded, free)), Leaving: open(b.Leaving), Delay: b.Delay.String(),
		Operator: b.Operator.String(), Payout: b.Payout.String(), Needed: open(b.Needed), Posts: b.Bonded.Cmp(b.Needed) >= 0,
	}
	if !b.Ready.IsZero() {
		out.Ready = b.Ready.Format(time.DateTime)
	}
	return out, nil
}}

func (r stakeReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "account\t%s\nbonded\t%s\nlocked\t%s for jobs that are not over\nfree\t%s\n", r.Account, r.Bonded, r.Locked, r.Free)
	if r.Leaving != "0" {
		fmt.Fprintf(w, "leaving\t%s, ready %s\n", r.Leaving, r.Ready)
	}
	posts := "may post epochs"
	if !r.Posts {
		posts = "too little to post epochs"
	}
	fmt.Fprintf(w, "needed\t%s: %s\ndelay\t%s from exit to withdraw\noperator\t%s\npayout\t%s\n", r.Needed, posts, r.Delay, r.Operator, r.Payout)
	w.Flush()
}

func stakeStatusCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show the bond and who signs for it", Args: takes(0, 0), Example: "  peer stake status",
		RunE: a.inHome(taskOf(a, stakeStatus, noArgs)),
	}
}

var stakeAdd = task[amountTo, madeReport]{"stake/add", func(ctx context.Context, r *repo, _ *feed, in amountTo) (out madeReport, err error) {
	amount, err := parseOpen(in.Amount)
	if err != nil {
		return out, err
	}
	staker, err := r.addressOr(in.To)
	if err != nil {
		return out, err
	}
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	steps, err := l.allowed(ctx, r, l.k.Staking, amount)
	if err != nil {
		return out, err
	}
	out.Made, err = l.make(ctx, append(steps, step{"stake " + open(amount) + " OPEN", l.k.Stake([20]byte(staker), amount)})...)
	return out, err
}}

func stakeAddCmd(a *app) *cobra.Command {
	staker := ""
	c := &cobra.Command{
		Use: "add AMOUNT", Short: "Bond OPEN", Args: takes(1, 1), Example: "  peer stake add 10000",
		Long: `Bond OPEN. Jobs lock a part of it while this peer works or audits; what is free can
leave ("peer stake exit").`,
		RunE: a.inHome(taskOf(a, stakeAdd, func(words []string) (amountTo, error) { return amountTo{Amount: words[0], To: staker}, nil })),
	}
	c.Flags().StringVar(&staker, "for", "", "`address` of the staker (default this peer)")
	return c
}

var stakeExit = task[string, madeReport]{"stake/exit", func(ctx context.Context, r *repo, _ *feed, text string) (out madeReport, err error) {
	amount, err := parseOpen(text)
	if err != nil {
		return out, err
	}
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	if out.Made, err = l.make(ctx, step{"exit with " + open(amount) + " OPEN", l.k.ExitStake(amount)}); err != nil {
		return out, err
	}
	b, err := l.k.BondOf(ctx, [20]byte(r.account))
	out.Note = fmt.Sprintf(`"peer stake withdraw" pays it out from %s on.`, b.Ready.Format(time.DateTime))
	return out, err
}}

func stakeExitCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "exit AMOUNT", Short: "Take OPEN out of the bond", Args: takes(1, 1), Example: "  peer stake add 10 && peer stake exit 4",
		Long: "Take OPEN out of the bond. It can be slashed until it is withdrawn; what is leaving\nalready begins its wait anew.",
		RunE: a.inHome(taskOf(a, stakeExit, func(words []string) (string, error) { return words[0], nil })),
	}
}

var stakeWithdraw = task[none, madeReport]{"stake/withdraw", func(ctx context.Context, r *repo, _ *feed, _ none) (out madeReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	now, err := chain.Now(ctx, l.client)
	if err != nil {
		return out, err
	}
	b, err := l.k.BondOf(ctx, [20]byte(r.account))
	switch {
	case err != nil:
		return out, err
	case b.Leaving.Sign() == 0:
		return out, problemf(exitFailed, `"peer stake exit AMOUNT" comes first`, "no stake is leaving")
	case now.Before(b.Ready):
		return out, problemf(exitFailed, "try again then", "%s OPEN can be withdrawn from %s on", open(b.Leaving), b.Ready.Format(time.DateTime))
	}
	out.Made, err = l.make(ctx, step{"withdraw " + open(b.Leaving) + " OPEN", l.k.WithdrawStake()})
	return out, err
}}

func stakeWithdrawCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "withdraw", Short: "Pay out the stake that has left", Args: takes(0, 0), Example: "  peer stake withdraw --help",
		RunE: a.inHome(taskOf(a, stakeWithdraw, noArgs)),
	}
}
