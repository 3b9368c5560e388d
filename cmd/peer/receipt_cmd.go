package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/cmd/peer/gateway"
	"github.com/openledger/openledger/compute/receipt"
)

func receiptCmd(a *app) *cobra.Command {
	return group("receipt", "What was signed for answers", `Receipts of the answers that this peer got of others, and of those that its own API
gave (state own): who answered, with which model and adapter, what an audit found and
what became of a dispute about it. "peer verify FILE" checks one again.`, "  peer receipt list",
		receiptListCmd(a), receiptShowCmd(a), receiptExportCmd(a))
}

var (
	receiptList = task[int, receiptsReport]{"receipt/list", func(ctx context.Context, r *repo, _ *feed, most int) (out receiptsReport, err error) {
		all, err := gateway.NewBook(r.ledger).List(ctx, most)
		out.Receipts = []receiptLine{}
		for _, e := range all {
			out.Receipts = append(out.Receipts, receiptOf(e))
		}
		return out, ledgerProblem(err)
	}}
	receiptShow = task[string, receiptReport]{"receipt/show", func(ctx context.Context, r *repo, f *feed, id string) (out receiptReport, err error) {
		e, err := gateway.NewBook(r.ledger).Find(ctx, id)
		if errors.Is(err, gateway.ErrNoReceipt) {
			return out, problemf(exitUsage, `"peer receipt list" shows all`, "%w", err)
		}
		if err != nil {
			return out, ledgerProblem(err)
		}
		v, err := receipt.Open(e.File, r.network())
		if err != nil {
			return out, err
		}
		if _, err := f.out.Write(e.File); err != nil {
			return out, err
		}
		return receiptReport{receiptOf(e), v.Signer.PeerID().String(), len(v.Spec.Request.Prompt), v.Spec.Given, string(v.File.Finish),
			fmt.Sprintf("%x", v.Receipt.Chain), len(v.File.Voucher) > 0}, nil
	}}
)

func receiptListCmd(a *app) *cobra.Command {
	most := 50
	c := &cobra.Command{
		Use: "list", Short: "List receipts, the newest first", Args: takes(0, 0), Example: "  peer receipt list",
		RunE: a.inHome(taskOf(a, receiptList, func([]string) (int, error) { return most, nil })),
	}
	c.Flags().IntVar(&most, "most", most, "receipts")
	return c
}

func receiptShowCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show a receipt", Args: takes(1, 1), Example: "  peer receipt show --help",
		RunE: a.inHome(taskOf(a, receiptShow, func(words []string) (string, error) { return words[0], nil })),
	}
}

func receiptExportCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "export ID FILE", Short: "Write a receipt into a file", Args: takes(2, 2), Example: "  peer receipt export --help",
		Long: `Write a receipt into a file, with all that is needed to check it: the tokens of
prompt and answer too.`,
		RunE: a.inHome(func(h home, s *settings, words []string) (report, error) {
			f, err := os.OpenFile(words[1], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if err != nil {
				return nil, problemf(exitUsage, "name a file that is not there yet", "%w", err)
			}
			answer, err := receiptShow.run(a, h, s, words[0], f)
			if err = errors.Join(err, f.Close()); err != nil {
				return nil, errors.Join(err, os.Remove(words[1]))
			}
			return answer, nil
		}),
	}
}

// A receiptLine is a receipt in a list.
type receiptLine struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	Worker  string    `json:"worker"`
	Model   string    `json:"model"`
	Adapter string    `json:"adapter,omitempty"`
	Tokens  int       `json:"tokens"`
	State   string    `json:"state"`
	Note    string    `json:"note,omitempty"`
	Verdict string    `json:"verdict,omitempty"` // of the dispute about a false one
}

func receiptOf(e gateway.Entry) receiptLine {
	note := e.Note
	if note == "" {
		note = e.Doubt
	}
	return receiptLine{fmt.Sprintf("%x", e.ID), e.At, e.Worker, e.Model, e.Adapter, e.Tokens, string(e.State), note, e.Verdict}
}

type receiptsReport struct {
	Receipts []receiptLine `json:"receipts"`
}

func (r receiptsReport) text(out io.Writer) {
	if len(r.Receipts) == 0 {
		fmt.Fprintln(out, "no receipts yet; each answer of the API leaves one")
		return
	}
	w := table(out)
	fmt.Fprintln(w, "ID\tat\ttokens\tstate\tworker\tmodel")
	for _, l := range r.Receipts {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\n", l.ID[:16], l.At.Format(time.DateTime), l.Tokens, l.State, l.Worker, l.Model)
	}
	w.Flush()
}

type receiptReport struct {
	receiptLine
	Peer    string `json:"peer"`
	Prompt  int    `json:"prompt_tokens"`
	Given   int    `json:"given_tokens"` // which another worker had answered before
	Finish  string `json:"finish"`
	Chain   string `json:"chain"`
	Settles bool   `json:"settles"`
}

func (r receiptReport) text(out io.Writer) {
	w := table(out)
	for _, l := range [][2]any{
		{"ID", r.ID}, {"at", r.At.Format(time.DateTime)}, {"worker", r.Worker}, {"peer", r.Peer}, {"model", r.Model}, {"adapter", r.Adapter},
		{"prompt", r.Prompt}, {"answer", r.Tokens}, {"given before", r.Given}, {"ends by", r.Finish}, {"chain", r.Chain}, {"settles", r.Settles},
		{"state", r.State}, {"note", r.Note}, {"verdict", r.Verdict},
	} {
		fmt.Fprintf(w, "%v\t%v\n", l[0], l[1])
	}
	w.Flush()
}
