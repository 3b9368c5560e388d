package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/attribution/statement"
	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
)

func attributionCmd(a *app) *cobra.Command {
	return group("attribution", "Whose data made an answer", `Whose data made an answer, by the gradients of what its adapter learnt. A request with
"attribution": {} gets it, at once with "wait": true. It is provisional: a statement
that this peer signs and anybody computes again from the receipt, the index of the
adapter and its model. ID is that of the answer, or the beginning of its receipt's.`,
		"  peer attribution list", attributionListCmd(a), attributionShowCmd(a), attributionVerifyCmd(a))
}

func attributionListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the indexes of this home", Args: takes(0, 0),
		Example: `  peer train local --preset tiny --text "to be or not to be" --steps 3 --out mine
  peer train local --model ./mine --text "that is the question" --method lora --steps 3 --valid 0 --attribution --out question
  peer attribution list`,
		RunE: a.inHome(func(h home, _ *settings, _ []string) (report, error) {
			out := indexList{Indexes: []indexLine{}}
			all, err := h.indexes().list()
			if err != nil {
				return nil, err
			}
			for _, adapter := range all {
				r, err := h.indexes().record(adapter)
				if err != nil {
					return nil, err
				}
				out.Indexes = append(out.Indexes, indexLine{adapter, r.Terms.Model.String(), r.Terms.Rows, len(r.Terms.Owners), int64(r.Terms.Rows * r.Terms.Width / 8)})
			}
			return out, nil
		}),
	}
}

type indexLine struct {
	Adapter  string `json:"adapter"`
	Model    string `json:"model"`
	Examples uint64 `json:"examples"`
	Owners   int    `json:"contributors"`
	Bytes    int64  `json:"bytes"`
}

type indexList struct {
	Indexes []indexLine `json:"indexes"`
}

func (r indexList) text(out io.Writer) {
	if len(r.Indexes) == 0 {
		fmt.Fprintln(out, `no indexes yet; "peer train local --method lora --attribution" makes one`)
		return
	}
	w := table(out)
	fmt.Fprintln(w, "EXAMPLES\tCONTRIBUTORS\tSIZE\tADAPTER")
	for _, l := range r.Indexes {
		fmt.Fprintf(w, "%d\t%d\t%s\t%s\n", l.Examples, l.Owners, size(uint64(l.Bytes)), l.Adapter)
	}
	w.Flush()
}

var attributionShow = task[string, attributionReport]{"attribution/show", func(ctx context.Context, r *repo, _ *feed, id string) (out attributionReport, err error) {
	x, err := r.attributedBy(ctx, id)
	if err != nil {
		return out, err
	}
	return r.attributionOf(x, 0)
}}

func attributionShowCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show whose data made an answer", Args: takes(1, 1), Example: "  peer attribution show --help",
		RunE: a.inHome(taskOf(a, attributionShow, func(words []string) (string, error) { return words[0], nil })),
	}
}

// An attributionReport is whose data made an answer, as the API has it.
type attributionReport struct {
	ID          string              `json:"id"`
	Object      string              `json:"object"`
	Status      string              `json:"status"`
	Reason      string              `json:"reason,omitempty"`
	Provisional bool                `json:"provisional"`
	Method      string              `json:"method,omitempty"`
	Model       string              `json:"model_cid,omitempty"`
	Adapter     string              `json:"adapter_cid,omitempty"`
	Gain        float64             `json:"gain"`   // part of its loss that the adapter took from the base
	Amount      string              `json:"amount"` // of the fee, that the data may get, in 1e-18 OPEN
	Rest        string              `json:"rest"`   // of it, that stays in the pool
	Sources     []attributionSource `json:"sources"`
	Records     []attributionRecord `json:"records"`
	Spans       []struct{}          `json:"spans"`
	Receipt     *attributionReceipt `json:"receipt,omitempty"`
}

type attributionSource struct {
	Contributor string  `json:"contributor"`
	Score       int64   `json:"score"` // ranks and divides; it has no unit
	Share       float64 `json:"share"`
	Credit      string  `json:"credit"` // in 1e-18 OPEN
}

type attributionRecord struct {
	Record      uint64 `json:"record"` // of the data, counted from 0
	Contributor string `json:"contributor"`
	Score       int64  `json:"score"`
}

type attributionReceipt struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"`
	Signer    string    `json:"signer"`
	Statement []byte    `json:"statement"` // sealed, base64
}

// attributionProof is what computing an attribution again needs, beside model,
// adapter and index.
type attributionProof struct {
	ID        string `json:"id"`
	Object    string `json:"object"`
	ReceiptID string `json:"receipt_id"`
	Receipt   []byte `json:"receipt"`   // receipt.File
	Index     []byte `json:"index"`     // index.Record
	Statement []byte `json:"statement"` // sealed
	Verify    string `json:"verify"`
}

// attributionOf is an attribution as it is shown, with at most so many records;
// 0: all that the statement names.
func (r *repo) attributionOf(x attributed, most int) (out attributionReport, err error) {
	out = attributionReport{ID: x.answer, Object: "openledger.attribution", Status: x.state, Reason: x.note, Amount: "0", Rest: "0",
		Sources: []attributionSource{}, Records: []attributionRecord{}, Spans: []struct{}{}}
	if x.state != attributionComplete {
		return out, nil
	}
	a, by, err := r.stated(x)
	if err != nil {
		return out, err
	}
	v, err := r.receiptOf(context.Background(), x.receipt)
	if err != nil {
		return out, err
	}
	is, err := r.home.indexes().record(v.Receipt.Adapter.String())
	if err != nil {
		return out, err
	}
	owner := func(n uint32) string {
		if int(n) < len(is.Terms.Owners) && is.Terms.Owners[n] != "" {
			return is.Terms.Owners[n]
		}
		return fmt.Sprintf("nobody (%d)", n)
	}
	parts, err := partsOf(a)
	if err != nil {
		return out, err
	}
	out.Provisional, out.Method = true, "index/1"
	out.Model, out.Adapter = v.Receipt.Model.String(), v.Receipt.Adapter.String()
	out.Gain = float64(share.Gain(a.Base, a.Tuned)) / share.Whole
	out.Amount, out.Rest = a.Amount.String(), a.Rest.String()
	for i, s := range a.Sources {
		part, _ := new(big.Float).SetInt(parts[i]).Float64()
		out.Sources = append(out.Sources, attributionSource{owner(s.Owner), int64(s.Gradient), part / share.Whole, s.Credit.String()})
	}
	slices.SortStableFunc(out.Sources, func(a, b attributionSource) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	for i, t := range a.Top {
		if most == 0 || i < most {
			out.Records = append(out.Records, attributionRecord{t.Record, owner(t.Owner), int64(t.Score)})
		}
	}
	out.Receipt = &attributionReceipt{hex.EncodeToString(x.receipt[:]), x.at, by.Account().String(), x.envelope}
	return out, nil
}

// partsOf are the shares of a statement's sources, in units of 1/share.Whole:
// what they get of any amount.
func partsOf(a *statement.Answer) ([]*big.Int, error) {
	sources := make([]share.Source, len(a.Sources))
	for i, s := range a.Sources {
		sources[i] = share.Source{Owner: uint64(s.Owner), Gradient: s.Gradient, Spans: s.Spans}
	}
	return share.Provisional(big.NewInt(share.Whole), a.Beta, sources)
}

func (r attributionReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "answer\t%s\nstatus\t%s\n", r.ID, r.Status)
	if r.Reason != "" {
		fmt.Fprintf(w, "reason\t%s\n", r.Reason)
	}
	if r.Receipt != nil {
		fmt.Fprintf(w, "receipt\t%s\nsigned by\t%s\nadapter\t%s\ngain over the base\t%.1f %%\nfor the data\t%s\nleft in the pool\t%s\n",
			r.Receipt.ID, r.Receipt.Signer, r.Adapter, 100*r.Gain, r.Amount, r.Rest)
	}
	w.Flush()
	if len(r.Sources) > 0 {
		fmt.Fprintln(out)
		fmt.Fprintln(w, "SHARE\tCREDIT\tSCORE\tCONTRIBUTOR")
		for _, s := range r.Sources {
			fmt.Fprintf(w, "%.2f %%\t%s\t%d\t%s\n", 100*s.Share, s.Credit, s.Score, s.Contributor)
		}
		w.Flush()
	}
	if len(r.Records) > 0 {
		fmt.Fprintln(out)
		fmt.Fprintln(w, "RECORD\tSCORE\tCONTRIBUTOR")
		for _, s := range r.Records {
			fmt.Fprintf(w, "%d\t%d\t%s\n", s.Record, s.Score, s.Contributor)
		}
		w.Flush()
	}
}

// A verifyAttribution asks to make a statement again, with the model in a folder
// or of the home.
type verifyAttribution struct{ ID, Model string }

var attributionVerify = task[verifyAttribution, attributionVerdict]{"attribution/verify", func(ctx context.Context, r *repo, _ *feed, args verifyAttribution) (out attributionVerdict, err error) {
	x, err := r.attributedBy(ctx, args.ID)
	if err != nil {
		return out, err
	}
	if x.state != attributionComplete {
		return out, problemf(exitCheck, "", "the attribution of %s is %s. %s", x.answer, x.state, x.note)
	}
	a, by, err := r.stated(x)
	if err != nil {
		return out, err
	}
	v, err := r.receiptOf(ctx, x.receipt)
	if err != nil {
		return out, err
	}
	if args.Model == "" {
		args.Model = v.Receipt.Model.String()
	}
	info, err := r.home.models().find(args.Model)
	if err != nil {
		return out, err
	}
	load, err := formOf(info.Dir, v.Receipt.Model)
	if err != nil {
		return out, err
	}
	e, err := op.New(r.config.Engine)
	if err != nil {
		return out, err
	}
	defer e.Close()
	m, err := llama.Load(info.Dir, tape.NewCPU(e), load)
	if err != nil {
		return out, err
	}
	o, err := r.home.indexes().open(v.Receipt.Adapter, m)
	if err != nil {
		return out, err
	}
	defer o.close()
	in, err := o.inputs(e, v)
	if err != nil {
		return out, err
	}
	if err := statement.VerifyAnswer(a, in); err != nil {
		return out, problemf(exitCheck, "who signed it answers for it: "+by.Account().String(), "%w", err)
	}
	return attributionVerdict{hex.EncodeToString(x.receipt[:]), "true", by.Account().String(), int(o.record.Terms.Rows), len(a.Sources)}, nil
}}

func attributionVerifyCmd(a *app) *cobra.Command {
	var model string
	c := &cobra.Command{
		Use: "verify ID", Short: "Compute the statement of an answer again", Args: takes(1, 1), Example: "  peer attribution verify --help",
		Long: `Compute the statement of an answer again, with the model of its receipt, the adapter and
its index: the gradient of the answer, the score of every example, the shares. The
first field that differs is named.`,
		RunE: a.inHome(taskOf(a, attributionVerify, func(words []string) (args verifyAttribution, err error) {
			args = verifyAttribution{words[0], model}
			if model != "" {
				args.Model, err = filepath.Abs(model)
			}
			return args, err
		})),
	}
	c.Flags().StringVar(&model, "model", "", "`folder` of the model (default: the one of the home)")
	return c
}

type attributionVerdict struct {
	Receipt  string `json:"receipt"`
	State    string `json:"state"`
	Signer   string `json:"signer"`
	Examples int    `json:"examples"`
	Sources  int    `json:"contributors"`
}

func (r attributionVerdict) text(out io.Writer) {
	fmt.Fprintf(out, "The attribution is %s: the scores of %d examples and the shares of %d contributors, signed by %s, were computed again.\n", r.State, r.Examples, r.Sources, r.Signer)
}
