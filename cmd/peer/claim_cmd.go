package main

import (
	"context"
	"fmt"
	"io"
	"math/big"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/settle/claim"
	"github.com/openledger/openledger/settle/epoch"
)

// finalBook returns the balances after the last final epoch, recomputed.
func (l *chainLink) finalBook(ctx context.Context) (*epoch.Book, error) {
	l.books.Lock()
	defer l.books.Unlock()
	_, final, err := l.k.Tip(ctx)
	if err != nil {
		return nil, err
	}
	// It is opened anew: who asked for it reads it while others replay further.
	return l.follow.Open(ctx, final)
}

type claimReport struct {
	Account string     `json:"account"`
	Amount  string     `json:"amount"`
	To      string     `json:"to"`
	Epoch   uint64     `json:"epoch"`
	Made    []madeStep `json:"made"`
}

var claimTask = task[none, claimReport]{"claim", func(ctx context.Context, r *repo, _ *feed, _ none) (out claimReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	out = claimReport{Account: r.account.String(), Amount: "0", Made: []madeStep{}}
	if to := r.config.Key.Payout.Account; to != (address{}).Account {
		call := l.k.SetPayout([20]byte(to))
		now, err := l.k.Payout(ctx, [20]byte(r.account))
		if err != nil {
			return out, err
		}
		if now != [20]byte(to) {
			if out.Made, err = l.make(ctx, step{"pay out to " + to.String(), call}); err != nil {
				return out, err
			}
		}
	}
	now, err := l.k.Payout(ctx, [20]byte(r.account))
	if err != nil {
		return out, err
	}
	out.To = now.String()
	b, err := l.finalBook(ctx)
	if err != nil {
		return out, err
	}
	h := b.Previous()
	out.Epoch = h.Epoch
	dues, err := claim.Dues(ctx, l.k, b, [20]byte(r.account))
	if err != nil || len(dues) == 0 {
		return out, err
	}
	sum := new(big.Int)
	for i := range dues {
		sum.Add(sum, dues[i].Amount())
	}
	names, err := claim.Put(ctx, l.k, l.outbox, h, dues)
	if err != nil {
		return out, err
	}
	for _, name := range names {
		m, err := l.await(ctx, name)
		if err != nil {
			return out, err
		}
		m.What = "claim " + open(sum) + " OPEN"
		out.Made = append(out.Made, m)
	}
	out.Amount = open(sum)
	return out, nil
}}

func claimCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "claim", Short: "Collect what this peer has earned", Args: takes(0, 0), Example: "  peer claim",
		Long: `Collect what this peer has earned in final epochs and not yet collected. It goes to
key.payout, which is written to the chain first, else to this peer's own account.
What is claimed is cumulative: nothing is paid twice, however often this is run.`,
		RunE: a.inHome(taskOf(a, claimTask, noArgs)),
	}
}

func (r claimReport) text(out io.Writer) {
	madeReport{Made: r.Made}.text(out)
	if r.Amount == "0" {
		fmt.Fprintf(out, "Nothing to claim as of epoch %d, the last final one.\n", r.Epoch)
		return
	}
	fmt.Fprintf(out, "Claimed %s OPEN, as of epoch %d, to %s.\n", r.Amount, r.Epoch, r.To)
}
