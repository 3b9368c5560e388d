package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

type reviewArgs struct {
	Datanet, Contribution string
	Accept                bool
	Reason                string // empty: show what waits
}

var datanetReview = task[reviewArgs, reviewReport]{"datanet/review", func(ctx context.Context, r *repo, _ *feed, args reviewArgs) (report reviewReport, err error) {
	k, d, err := r.open(ctx, args.Datanet)
	if err != nil {
		return report, err
	}
	report.Datanet = k.Name
	waiting, err := r.pending(ctx, k, d)
	if err != nil {
		return report, err
	}
	if args.Contribution == "" {
		if report.Waiting, err = r.waiting(ctx, waiting); err == nil {
			report.Offered, err = r.offered(ctx, k)
		}
		return report, err
	}
	c, err := cid.Decode(args.Contribution)
	if err != nil {
		return report, problemf(exitUsage, `"peer datanet review `+k.Name+`" lists those that wait`, "contribution %q: %w", args.Contribution, err)
	}
	if _, err := r.contribution(ctx, c); err != nil {
		from, noOffer := r.offerer(ctx, c)
		switch {
		case from == "" || noOffer != nil:
			return report, errors.Join(err, noOffer)
		case args.Accept:
			return report, problemf(exitFailed, "take it first, with: peer datanet add "+k.Name+" "+c.String(), "contribution %s was offered, and is not here", c)
		}
		report.TurnedDown, err = r.turnDown(ctx, k, c, args.Reason)
		report.Contribution = args.Contribution
		return report, err
	}
	if m := k.next(d); !m.Curates(r.account, k.Founder) {
		return report, problemf(exitFailed, "the founder can add you with --curator "+r.account.String(), "you are no curator of %s", k.Name)
	}
	s, err := sealPart(ctx, r, k, kindReview, func(key record.Key, sequence uint64) (manifest.Sealed[manifest.Review], error) {
		return manifest.SealReview(key, r.network(), k.ID, sequence, manifest.Review{Contribution: c, Accept: args.Accept, Reason: args.Reason})
	})
	report.Review, report.Contribution, report.Accept = linkText(s.CID()), args.Contribution, args.Accept
	if err == nil {
		report.Heard = r.tell(ctx, k, s.CID())
	}
	return report, err
}}

// open finds a Datanet and loads its latest version, which may be none.
func (r *repo) open(ctx context.Context, name string) (known, *manifest.Datanet, error) {
	k, err := r.datanet(ctx, name)
	if err != nil {
		return k, nil, err
	}
	d, err := r.load(ctx, k)
	return k, d, err
}

// opened is open for what needs a version.
func (r *repo) opened(ctx context.Context, name string) (known, *manifest.Datanet, error) {
	k, d, err := r.open(ctx, name)
	if err == nil && d == nil {
		err = problemf(exitFailed, "make the first with: peer datanet publish "+k.Name, "%s has no version yet", k.Name)
	}
	return k, d, err
}

// next is what the coming version says of itself.
func (k *known) next(d *manifest.Datanet) *manifest.Manifest {
	m := new(manifest.Manifest)
	if d != nil {
		*m = d.Manifest()
	}
	if k.Draft.Licence != "" {
		k.Draft.apply(m)
	}
	return m
}

// A contributionLine is one contribution in a list.
type contributionLine struct {
	CID          string           `json:"cid"`
	Owner        record.Account   `json:"owner"`
	Title        string           `json:"title,omitempty"`
	Licence      manifest.Licence `json:"licence"`
	Records      uint64           `json:"records"`
	Bytes        uint64           `json:"bytes"`
	Contributors int              `json:"contributors"`
	Shards       int              `json:"shards"`
	Withdrawn    uint64           `json:"withdrawn,omitempty"`
}

func contributionOf(s manifest.Sealed[manifest.Contribution]) contributionLine {
	c := s.Value()
	line := contributionLine{CID: s.CID().String(), Owner: s.Owner(), Title: c.Title, Licence: c.Licence, Records: c.Records(), Contributors: len(c.Contributors), Shards: len(c.Shards)}
	for _, who := range c.Contributors {
		line.Bytes += who.Bytes
	}
	return line
}

// waiting describes the contributions among parts.
func (r *repo) waiting(ctx context.Context, parts []part) ([]contributionLine, error) {
	lines := []contributionLine{}
	for _, p := range parts {
		if p.Kind != kindContribution {
			continue
		}
		s, err := r.contribution(ctx, p.CID)
		if err != nil {
			return nil, err
		}
		lines = append(lines, contributionOf(s))
	}
	return lines, nil
}

func contributionTable(out io.Writer, lines []contributionLine) {
	w := table(out)
	fmt.Fprintln(w, "CONTRIBUTION\tOWNER\tRECORDS\tSIZE\tCONTRIBUTORS\tLICENCE")
	for _, l := range lines {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%d\t%s\n", l.CID, l.Owner, l.Records, size(l.Bytes), l.Contributors, l.Licence)
	}
	w.Flush()
}

func datanetReviewCmd(a *app) *cobra.Command {
	var accept, reject string
	c := &cobra.Command{
		Use: "review DATANET [CONTRIBUTION]", Short: "List what waits for a review, or accept or reject it", Args: takes(1, 2),
		Long: `Without a contribution, list those that the latest version does not hold, and
those that others offer: "peer datanet add" takes one of these. With one, sign your verdict on it as a curator, with the reason; the last verdict of a
curator counts. "peer datanet publish" then takes it into the next version.`,
		Example: `  peer datanet create poems --licence CC0-1.0 --policy reviewed
  printf '{"text":"Roses are red"}\n' > poems.jsonl
  peer datanet add poems poems.jsonl
  peer datanet review poems
  peer datanet review poems $(peer datanet review poems | awk 'NR == 2 {print $1}') --accept "checked by hand"`,
		RunE: a.inHome(taskOf(a, datanetReview, func(words []string) (reviewArgs, error) {
			args := reviewArgs{Datanet: words[0], Accept: accept != "", Reason: accept + reject}
			if len(words) == 2 {
				args.Contribution = words[1]
			}
			if (len(words) == 2) != (accept != "" || reject != "") || accept != "" && reject != "" {
				return args, problemf(exitUsage, `as in --accept "checked by hand"`, "a verdict wants a contribution and either --accept or --reject with the reason")
			}
			return args, nil
		})),
	}
	c.Flags().StringVar(&accept, "accept", "", "accept it, for this `reason`")
	c.Flags().StringVar(&reject, "reject", "", "reject it, for this `reason`")
	return c
}

type reviewReport struct {
	Datanet      string             `json:"datanet"`
	Review       string             `json:"review,omitempty"`
	Contribution string             `json:"contribution,omitempty"`
	Accept       bool               `json:"accept"`
	Heard        string             `json:"heard,omitempty"`       // by the founder: "yes", or why not
	TurnedDown   bool               `json:"turned_down,omitempty"` // one that was only offered
	Waiting      []contributionLine `json:"waiting,omitempty"`
	Offered      []contributionLine `json:"offered,omitempty"`
}

func (r reviewReport) text(out io.Writer) {
	switch {
	case r.Review != "":
		fmt.Fprintf(out, "%s %s.\nreview %s\n%s\n",
			map[bool]string{true: "Accepted", false: "Rejected"}[r.Accept], r.Contribution, r.Review, nextStep(r.Datanet, r.Heard))
	case r.TurnedDown:
		fmt.Fprintf(out, "Turned down %s: who offers it is told the reason.\n", r.Contribution)
	case len(r.Waiting)+len(r.Offered) == 0:
		fmt.Fprintf(out, "Nothing waits for a review in %s.\n", r.Datanet)
	case len(r.Waiting) > 0:
		contributionTable(out, r.Waiting)
	}
	if len(r.Offered) > 0 {
		fmt.Fprintln(out, "Offered by others:")
		contributionTable(out, r.Offered)
		fmt.Fprintf(out, "Take one with: peer datanet add %s %s\nTurn it down with: peer datanet review %s %s --reject REASON\n",
			r.Datanet, r.Offered[0].CID, r.Datanet, r.Offered[0].CID)
	}
}

type withdrawArgs struct {
	Datanet, Contribution string
	Records               []uint64 // none: all
	Reason                string
}

var datanetWithdraw = task[withdrawArgs, withdrawReport]{"datanet/withdraw", func(ctx context.Context, r *repo, _ *feed, args withdrawArgs) (report withdrawReport, err error) {
	k, d, err := r.opened(ctx, args.Datanet)
	if err != nil {
		return report, err
	}
	report.Datanet, report.Contribution = k.Name, args.Contribution
	var from cid.Cid
	for _, c := range d.Contributions() {
		if c.CID().String() != args.Contribution {
			continue
		}
		if from = c.CID(); c.Owner() != r.account && !k.next(d).Curates(r.account, k.Founder) {
			return report, problemf(exitFailed, "ask one of them", "%s is of %s: only its owner and the curators of %s may withdraw it", c.CID(), c.Owner(), k.Name)
		}
		if report.Records = uint64(len(args.Records)); report.Records == 0 {
			value := c.Value()
			report.Records = value.Records()
		}
	}
	if !from.Defined() {
		return report, problemf(exitUsage, `"peer datanet show `+k.Name+`" lists them`, "contribution %q is not in %s", args.Contribution, k.Name)
	}
	w, err := d.Withdraw(ctx, from, args.Records, args.Reason, r.get)
	if err == nil {
		err = d.Draft().Allows(w)
	}
	if err != nil {
		return report, &problem{exitUsage, err, missingRemedy(err)}
	}
	s, err := sealPart(ctx, r, k, kindWithdrawal, func(key record.Key, sequence uint64) (manifest.Sealed[manifest.Withdrawal], error) {
		return manifest.SealWithdrawal(key, r.network(), k.ID, sequence, w)
	})
	report.Withdrawal = linkText(s.CID())
	if err == nil {
		report.Heard = r.tell(ctx, k, s.CID())
	}
	return report, err
}}

func datanetWithdrawCmd(a *app) *cobra.Command {
	var records []string
	var reason string
	c := &cobra.Command{
		Use: "withdraw DATANET CONTRIBUTION", Short: "Take records out of all later versions", Args: takes(2, 2),
		Long: `Sign that records of a contribution must not be used any more: its owner may, and
a curator. Later versions leave them out; who contributed them stays on record.
"peer datanet publish" makes the version that says so.`,
		Example: `  peer datanet create poems --licence CC0-1.0
  printf '{"text":"Roses are red"}\n{"text":"Violets are blue"}\n' > poems.jsonl
  peer datanet add poems poems.jsonl
  peer datanet publish poems
  peer datanet withdraw poems $(peer datanet show poems | awk '/^bafy/ {print $1}') --record 1 --reason "asked by its author"
  peer datanet publish poems`,
		RunE: a.inHome(taskOf(a, datanetWithdraw, func(words []string) (withdrawArgs, error) {
			args := withdrawArgs{Datanet: words[0], Contribution: words[1], Reason: reason}
			if reason == "" {
				return args, problemf(exitUsage, `as in --reason "asked by its author"`, "a withdrawal needs a reason")
			}
			var err error
			args.Records, err = numbers(records)
			return args, err
		})),
	}
	c.Flags().StringSliceVar(&records, "record", nil, "`number` of a record, counted from 0, or a range such as 10-19; may be repeated (default all)")
	c.Flags().StringVar(&reason, "reason", "", "why; required")
	return c
}

// mostWithdrawn bounds the records that one command takes back by number.
const mostWithdrawn = 1 << 16

// numbers reads a list of numbers and ranges, which must ascend.
func numbers(words []string) (list []uint64, err error) {
	for _, word := range words {
		first, last, ranged := strings.Cut(word, "-")
		from, err := strconv.ParseUint(first, 10, 64)
		to := from
		if err == nil && ranged {
			to, err = strconv.ParseUint(last, 10, 64)
		}
		if err != nil || to < from || len(list) > 0 && from <= list[len(list)-1] || to-from >= mostWithdrawn || len(list) >= mostWithdrawn {
			return nil, problemf(exitUsage, "want ascending numbers or ranges, at most 65536, such as 3 or 10-19", "--record %q", word)
		}
		for n := from; n <= to; n++ {
			list = append(list, n)
		}
	}
	return list, nil
}

type withdrawReport struct {
	Datanet      string `json:"datanet"`
	Contribution string `json:"contribution"`
	Records      uint64 `json:"records"`
	Withdrawal   string `json:"withdrawal"`
	Heard        string `json:"heard,omitempty"` // by the founder: "yes", or why not
}

func (r withdrawReport) text(out io.Writer) {
	fmt.Fprintf(out, "Withdrew %d %s of %s.\nwithdrawal %s\n%s\n",
		r.Records, plural(int(r.Records), "record"), r.Contribution, r.Withdrawal, nextStep(r.Datanet, r.Heard))
}
