package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/big"
	"slices"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/claim"
	"github.com/openledger/openledger/settle/epoch"
)

type earningLine struct {
	Kind     string       `json:"kind"` // model, Datanet, storage of a Datanet
	ID       string       `json:"id"`
	Pending  string       `json:"pending"` // in epochs that can still be proven wrong
	Final    string       `json:"final"`
	Evidence []earningRef `json:"evidence"`
}

// An earningRef is a record that a line consists of.
type earningRef struct {
	Epoch    uint64 `json:"epoch"`
	Record   uint64 `json:"record"`
	Amount   string `json:"amount"`
	Evidence string `json:"evidence"` // digest of a usage's output, or of a distribution's statements
	Final    bool   `json:"final"`
}

type earningsReport struct {
	Account string        `json:"account"`
	Lines   []earningLine `json:"lines"`
	Pending string        `json:"pending"`
	Final   string        `json:"final"`
	Claimed string        `json:"claimed"`
	Due     string        `json:"due"`
	long    bool
}

var earningsTask = task[string, earningsReport]{"earnings", func(ctx context.Context, r *repo, _ *feed, who string) (out earningsReport, err error) {
	account, err := r.addressOr(who)
	if err != nil {
		return out, err
	}
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	l.books.Lock()
	lines, err := claim.Lines(ctx, l.k, l.follow, epoch.AccountOf([20]byte(account)))
	l.books.Unlock()
	if err != nil {
		return out, err
	}
	pending, final, claimed := new(big.Int), new(big.Int), new(big.Int)
	out = earningsReport{Account: account.String(), Lines: []earningLine{}}
	for _, x := range r.byDatanet(ctx, l, account, lines) {
		line := earningLine{Kind: x.Kind, ID: fmt.Sprintf("%x", x.ID), Pending: open(x.Pending), Final: open(x.Final)}
		for _, ref := range x.Records {
			line.Evidence = append(line.Evidence, earningRef{ref.Epoch, ref.Record, open(ref.Amount), fmt.Sprintf("%x", ref.Evidence), ref.Final})
		}
		out.Lines = append(out.Lines, line)
		pending.Add(pending, x.Pending)
		final.Add(final, x.Final)
	}
	b, err := l.finalBook(ctx)
	if err != nil {
		return out, err
	}
	if place, _, _, ok := b.State().Earned(epoch.AccountOf([20]byte(account))); ok {
		if claimed, err = l.k.Claimed(ctx, place); err != nil {
			return out, err
		}
	}
	out.Pending, out.Final, out.Claimed, out.Due = open(pending), open(final), open(claimed), open(new(big.Int).Sub(final, claimed))
	return out, nil
}}

// byDatanet divides what a peer got as a pinner by Datanet, as far as the
// statements behind it are to be had.
func (r *repo) byDatanet(ctx context.Context, l *chainLink, account record.Account, lines []claim.Line) (out []claim.Line) {
	for _, x := range lines {
		if x.Kind != "storage" {
			out = append(out, x)
			continue
		}
		first := len(out)
		for _, ref := range x.Records {
			by, err := r.paidFor(ctx, l, ref.Evidence, ref.Part, account)
			if err != nil {
				r.log.InfoContext(ctx, "What a pinner was paid for is not to be had", slog.Any("err", err))
				by = map[[32]byte]*big.Int{x.ID: ref.Amount}
			}
			for _, id := range slices.SortedFunc(maps.Keys(by), func(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) }) {
				at := first + slices.IndexFunc(out[first:], func(y claim.Line) bool { return y.ID == id })
				if at < first {
					at = len(out)
					out = append(out, claim.Line{Source: claim.Source{Kind: x.Kind, ID: id}, Pending: new(big.Int), Final: new(big.Int)})
				}
				one := ref
				one.Amount = by[id]
				y := &out[at]
				if y.Records = append(y.Records, one); one.Final {
					y.Final.Add(y.Final, one.Amount)
				} else {
					y.Pending.Add(y.Pending, one.Amount)
				}
			}
		}
	}
	return out
}

func earningsCmd(a *app) *cobra.Command {
	who, long := "", false
	c := &cobra.Command{
		Use: "earnings", Short: "Show what this peer earned, and by what", Args: takes(0, 0), Example: "  peer earnings\n  peer earnings --long",
		Long: `Show what this peer earned by each model and Datanet, and as a pinner of a Datanet
(storage): pending in epochs that can still be proven wrong, final, and claimed. --long lists the records behind each
line; "peer epoch show EPOCH RECORD" shows one, with the evidence that it names.`,
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			answer, err := earningsTask.run(a, h, s, who, io.Discard)
			answer.long = long
			return answer, err
		}),
	}
	c.Flags().StringVar(&who, "of", "", "`address` (default this peer)")
	c.Flags().BoolVar(&long, "long", false, "list the records too")
	return c
}

func (r earningsReport) text(out io.Writer) {
	w := table(out)
	if len(r.Lines) > 0 {
		fmt.Fprintln(w, "by\tID\tpending\tfinal\trecords")
	}
	for _, l := range r.Lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\n", l.Kind, l.ID[:16], l.Pending, l.Final, len(l.Evidence))
		if !r.long {
			continue
		}
		for _, e := range l.Evidence {
			fmt.Fprintf(w, "  epoch %d, record %d\t%s\t%s\t\t\n", e.Epoch, e.Record, e.Evidence[:16], e.Amount)
		}
	}
	fmt.Fprintf(w, "pending\t%s\nfinal\t%s\nclaimed\t%s\ndue\t%s\n", r.Pending, r.Final, r.Claimed, r.Due)
	w.Flush()
	if r.Due != "0" {
		fmt.Fprintln(out, `"peer claim" collects it.`)
	}
}
