package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/cmd/peer/upkeep"
	"github.com/openledger/openledger/settle/epoch"
)

func epochCmd(a *app) *cobra.Command {
	return group("epoch", "What was settled, recomputed by anybody", `An epoch is what an aggregator settles at once: one header on the chain, its records
as blocks. Nobody is believed: whoever recomputes an epoch and finds it wrong
proves that in one transaction and is rewarded.`, "  peer epoch list", epochListCmd(a), epochShowCmd(a), epochVerifyCmd(a))
}

type epochLine struct {
	Epoch   uint64 `json:"epoch"`
	State   string `json:"state"` // posted, final
	Records uint64 `json:"records"`
	Spent   string `json:"spent"` // in this epoch
	Poster  string `json:"poster"`
	At      string `json:"at"`
	Data    string `json:"data"` // CID
	Hash    string `json:"hash"`
}

type epochsReport struct {
	Epochs []epochLine `json:"epochs"`
	Tip    uint64      `json:"tip"`
	Final  uint64      `json:"final"`
}

var epochList = task[int, epochsReport]{"epoch/list", func(ctx context.Context, r *repo, _ *feed, most int) (out epochsReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	return l.epochs(ctx, most)
}}

func (l *chainLink) epochs(ctx context.Context, most int) (out epochsReport, err error) {
	l.books.Lock()
	defer l.books.Unlock()
	posted, err := l.follow.Posted(ctx)
	if err != nil {
		return out, err
	}
	if out.Tip, out.Final, err = l.k.Tip(ctx); err != nil {
		return out, err
	}
	out.Epochs = []epochLine{}
	before := epoch.Amount{}
	for i, p := range posted {
		h := p.Header
		spent := new(epoch.Amount).Sub(&h.Total, &before)
		before = h.Total
		if i < len(posted)-most {
			continue
		}
		line := epochLine{
			Epoch: h.Epoch, State: "posted", Records: h.Records, Spent: open(spent.ToBig()), Poster: p.Poster.String(),
			At: p.At.Format(time.DateTime), Data: h.DataCID().String(), Hash: fmt.Sprintf("%x", h.Hash()),
		}
		if h.Epoch <= out.Final {
			line.State = "final"
		}
		out.Epochs = append(out.Epochs, line)
	}
	slices.Reverse(out.Epochs)
	return out, nil
}

func epochListCmd(a *app) *cobra.Command {
	most := 20
	c := &cobra.Command{
		Use: "list", Short: "List epochs, the newest first", Args: takes(0, 0), Example: "  peer epoch list",
		RunE: a.inHome(taskOf(a, epochList, func([]string) (int, error) { return most, nil })),
	}
	c.Flags().IntVar(&most, "most", most, "epochs")
	return c
}

func (r epochsReport) text(out io.Writer) {
	if len(r.Epochs) == 0 {
		fmt.Fprintln(out, "no epochs yet; a bonded peer posts the first one when there is something to settle")
		return
	}
	w := table(out)
	fmt.Fprintln(w, "epoch\tstate\trecords\tspent\tat\tposter")
	for _, e := range r.Epochs {
		fmt.Fprintf(w, "%d\t%s\t%d\t%s\t%s\t%s\n", e.Epoch, e.State, e.Records, e.Spent, e.At, e.Poster)
	}
	w.Flush()
}

// An epochPart names an epoch, and a record of it or none.
type epochPart struct {
	Epoch  uint64
	Record *uint64
}

type movedLine struct {
	Account string `json:"account"` // an address, or a pool
	Amount  string `json:"amount"`
}

type epochReport struct {
	epochLine
	Previous string      `json:"previous"`
	Record   *uint64     `json:"record,omitempty"`
	Kind     string      `json:"kind,omitempty"`
	By       string      `json:"by,omitempty"` // payer, or pool
	Evidence string      `json:"evidence,omitempty"`
	Model    string      `json:"model,omitempty"`
	Credits  []movedLine `json:"credits,omitempty"`
}

var epochShow = task[epochPart, epochReport]{"epoch/show", func(ctx context.Context, r *repo, _ *feed, in epochPart) (out epochReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	all, err := l.epochs(ctx, 1<<30)
	if err != nil {
		return out, err
	}
	if in.Epoch == 0 || in.Epoch > uint64(len(all.Epochs)) {
		return out, problemf(exitUsage, `"peer epoch list" shows those that are`, "epoch %d is not posted; the last one is %d", in.Epoch, all.Tip)
	}
	out.epochLine = all.Epochs[uint64(len(all.Epochs))-in.Epoch]
	l.books.Lock()
	defer l.books.Unlock()
	p, d, err := l.follow.Epoch(ctx, in.Epoch)
	out.Previous = fmt.Sprintf("%x", p.Header.Previous)
	if err != nil || in.Record == nil {
		if in.Record == nil {
			err = nil // the header is known without the data
		}
		return out, err
	}
	rec, _, err := d.Record(ctx, *in.Record)
	if err != nil {
		return out, err
	}
	split, err := l.k.Split(ctx, in.Epoch)
	if err != nil {
		return out, err
	}
	out.Record, out.Kind = in.Record, "dismissed"
	switch {
	case rec.Usage != nil:
		out.Kind, out.By = "usage", rec.Usage.Request.Payer.String()
		out.Model, out.Evidence = fmt.Sprintf("%x", rec.Usage.Request.Model), fmt.Sprintf("%x", rec.Usage.Result.Output)
	case rec.Payment != nil:
		out.Kind, out.By = "distribution", accountText(rec.Payment.Distribution.Pool)
		out.Evidence = fmt.Sprintf("%x", rec.Payment.Distribution.Evidence)
	}
	to, amounts := rec.Moves(split)
	for i := range to {
		out.Credits = append(out.Credits, movedLine{accountText(to[i]), open(amounts[i].ToBig())})
	}
	return out, nil
}}

func accountText(a epoch.Account) string {
	switch {
	case a == epoch.TreasuryPool:
		return "treasury"
	case a == epoch.StakersPool:
		return "stakers"
	case a == epoch.StoragePool:
		return "storage"
	case a.IsPool():
		return fmt.Sprintf("pool %x", a[:8])
	}
	return address{Account: [20]byte(a[12:])}.String()
}

func number(text, what string) (uint64, error) {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, problemf(exitUsage, "want a number, as 3", "%q is no %s", text, what)
	}
	return n, nil
}

func epochShowCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "show EPOCH [RECORD]", Short: "Show an epoch, or one of its records", Args: takes(1, 2), Example: "  peer epoch show --help",
		RunE: a.inHome(taskOf(a, epochShow, func(words []string) (in epochPart, err error) {
			if in.Epoch, err = number(words[0], "epoch"); err == nil && len(words) > 1 {
				var n uint64
				n, err = number(words[1], "record")
				in.Record = &n
			}
			return in, err
		})),
	}
}

func (r epochReport) text(out io.Writer) {
	w := table(out)
	lines := [][2]any{{"epoch", r.Epoch}, {"state", r.State}, {"records", r.Records}, {"spent", r.Spent}, {"poster", r.Poster}, {"at", r.At}, {"data", r.Data}, {"hash", r.Hash}}
	if r.Record != nil {
		lines = [][2]any{{"epoch", r.Epoch}, {"record", *r.Record}, {"kind", r.Kind}, {"by", r.By}, {"model", r.Model}, {"evidence", r.Evidence}}
	}
	for _, l := range lines {
		fmt.Fprintf(w, "%v\t%v\n", l[0], l[1])
	}
	for _, c := range r.Credits {
		fmt.Fprintf(w, "credit\t%s\t%s\n", c.Amount, c.Account)
	}
	w.Flush()
}

// A verifyArgs names an epoch, and says whether to prove it wrong if it is.
type verifyArgs struct {
	Epoch     uint64
	Challenge bool
}

type verifiedReport struct {
	Epoch   uint64     `json:"epoch"`
	Right   bool       `json:"right"`
	Records uint64     `json:"records"`
	Record  uint64     `json:"record,omitempty"` // the first wrong one
	Reason  string     `json:"reason,omitempty"`
	Made    []madeStep `json:"made,omitempty"`
	Paid    int        `json:"pinners_paid,omitempty"`   // payments out of the pool of storage
	Ground  bool       `json:"without_ground,omitempty"` // one of them does not follow from audits, which no contract judges
	Took    string     `json:"took"`
}

var epochVerify = task[verifyArgs, verifiedReport]{"epoch/verify", func(ctx context.Context, r *repo, _ *feed, in verifyArgs) (out verifiedReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	start := time.Now()
	l.books.Lock()
	b, err := l.follow.Verify(ctx, in.Epoch)
	l.books.Unlock()
	out = verifiedReport{Epoch: in.Epoch, Took: time.Since(start).Round(time.Millisecond).String()}
	var fault *epoch.Fault
	switch {
	case errors.As(err, &fault):
		out.Epoch, out.Record, out.Reason, out.Records = fault.Header.Epoch, fault.Record, fault.Reason, fault.Header.Records
		if in.Challenge {
			call, err := l.k.Challenge(fault)
			if err != nil {
				return out, err
			}
			out.Made, err = l.make(ctx, step{fmt.Sprintf("prove epoch %d wrong", fault.Header.Epoch), call})
			return out, err
		}
		return out, nil
	case err != nil:
		return out, err
	}
	out.Right, out.Records = true, b.Previous().Records
	l.books.Lock()
	_, d, err := l.follow.Epoch(ctx, in.Epoch)
	l.books.Unlock()
	if err != nil {
		return out, err
	}
	var unfounded *upkeep.Unfounded
	if out.Paid, out.Record, err = r.checkUpkeep(ctx, l, d); errors.As(err, &unfounded) {
		out.Right, out.Ground, out.Reason, err = false, true, err.Error(), nil
	} else if err == nil {
		out.Record = 0
	}
	out.Took = time.Since(start).Round(time.Millisecond).String()
	return out, err
}}

func epochVerifyCmd(a *app) *cobra.Command {
	challenge := false
	c := &cobra.Command{
		Use: "verify EPOCH", Short: "Recompute an epoch from its records", Args: takes(1, 1), Example: "  peer epoch verify --help",
		Long: `Recompute an epoch, and those before it that were not yet, from their records: who
signed, what was spent, who earned, and that pinners are paid for audits that they
passed. Exit code 7 if one is wrong, with its first
wrong record; --challenge proves it on the chain, which drops the epoch and pays
30 % of its poster's bond.`,
		RunE: a.inHome(func(h home, s *settings, words []string) (report, error) {
			n, err := number(words[0], "epoch")
			if err != nil {
				return nil, err
			}
			answer, err := epochVerify.run(a, h, s, verifyArgs{n, challenge}, io.Discard)
			if err != nil || answer.Right {
				return answer, err
			}
			if err := a.show(answer); err != nil {
				return nil, err
			}
			remedy := fmt.Sprintf(`"peer epoch verify %d --challenge" proves it`, answer.Epoch)
			if answer.Ground {
				remedy = "its sums are right; tell others of who signed that payment"
			}
			if len(answer.Made) > 0 {
				remedy = "it is proven and dropped"
			}
			return nil, problemf(exitCheck, remedy, "epoch %d is wrong", answer.Epoch)
		}),
	}
	c.Flags().BoolVar(&challenge, "challenge", false, "prove it on the chain if it is wrong")
	return c
}

func (r verifiedReport) text(out io.Writer) {
	if r.Right {
		fmt.Fprintf(out, "Epoch %d is right: %d records recomputed in %s.\n", r.Epoch, r.Records, r.Took)
		return
	}
	fmt.Fprintf(out, "Epoch %d, record %d: %s.\n", r.Epoch, r.Record, r.Reason)
	madeReport{Made: r.Made}.text(out)
}
