package main

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/settle/chain"
)

func govCmd(a *app) *cobra.Command {
	return group("gov", "Decide with other holders of OPEN", `Holders of OPEN decide how fees are split and how long epochs can be proven wrong:
propose, vote, and once the timelock is over execute. What changes holds from the
epoch after the next on.`, "  peer gov list", govProposeCmd(a), govVoteCmd(a), govListCmd(a), govExecuteCmd(a))
}

type proposalLine struct {
	ID      string `json:"id"`
	State   string `json:"state"`
	Does    string `json:"does"`
	Text    string `json:"text"`
	For     string `json:"for"`
	Against string `json:"against"`
	Abstain string `json:"abstain"`
	Quorum  string `json:"quorum"`
	Until   string `json:"until"` // the vote ends, or it can be executed
}

type proposalsReport struct {
	Proposals []proposalLine `json:"proposals"`
}

var govList = task[none, proposalsReport]{"gov/list", func(ctx context.Context, r *repo, _ *feed, _ none) (out proposalsReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	all, err := l.k.Proposals(ctx)
	out.Proposals = []proposalLine{}
	for _, p := range slices.Backward(all) {
		until := p.End
		if !p.Ready.IsZero() {
			until = p.Ready
		}
		out.Proposals = append(out.Proposals, proposalLine{
			ID: idText(p.ID), State: p.State.String(), Does: l.k.Says(p), Text: p.Text, For: open(p.For), Against: open(p.Against),
			Abstain: open(p.Abstain), Quorum: open(p.Quorum), Until: until.Format(time.DateTime),
		})
	}
	return out, err
}}

func idText(id *big.Int) string { return fmt.Sprintf("%064x", id) }

func govListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List proposals, the newest first", Args: takes(0, 0), Example: "  peer gov list",
		RunE: a.inHome(taskOf(a, govList, noArgs)),
	}
}

func (r proposalsReport) text(out io.Writer) {
	if len(r.Proposals) == 0 {
		fmt.Fprintln(out, "no proposals yet")
		return
	}
	w := table(out)
	fmt.Fprintln(w, "ID\tstate\tfor\tagainst\tquorum\tuntil\tdoes")
	for _, p := range r.Proposals {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.ID[:16], p.State, p.For, p.Against, p.Quorum, p.Until, p.Does)
	}
	w.Flush()
}

// A proposal is what a person proposes: one of Split, and Window with Bond.
type proposal struct {
	Split  []uint16
	Window time.Duration
	Bond   string
	Text   string
}

var govPropose = task[proposal, madeReport]{"gov/propose", func(ctx context.Context, r *repo, _ *feed, in proposal) (out madeReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	var call chain.Call
	switch {
	case len(in.Split) == 6:
		call = l.k.ProposeSplit([6]uint16(in.Split), in.Text)
	default:
		var bond *big.Int
		if in.Bond != "" {
			if bond, err = parseOpen(in.Bond); err != nil {
				return out, err
			}
		}
		if call, err = l.k.ProposeTerms(ctx, chain.Window{Proof: in.Window}, bond, in.Text); err != nil {
			return out, err
		}
	}
	steps, err := l.voting(ctx, r)
	if err != nil {
		return out, err
	}
	if out.Made, err = l.make(ctx, append(steps, step{"propose", call})...); err != nil {
		return out, err
	}
	all, err := l.k.Proposals(ctx)
	if err == nil && len(all) > 0 {
		p := all[len(all)-1]
		out.Note = fmt.Sprintf("Proposal %s; the vote lasts from %s to %s.", idText(p.ID)[:16], p.Start.Format(time.DateTime), p.End.Format(time.DateTime))
	}
	return out, err
}}

// voting returns the step by which this peer's OPEN count as votes; none if they
// do already.
func (l *chainLink) voting(ctx context.Context, r *repo) ([]step, error) {
	votes, err := l.k.Votes(ctx, [20]byte(r.account))
	if err != nil || votes.Sign() > 0 {
		return nil, err
	}
	return []step{{"count own OPEN as votes", l.k.Delegate([20]byte(r.account))}}, nil
}

func govProposeCmd(a *app) *cobra.Command {
	split, in := "", proposal{}
	c := &cobra.Command{
		Use: "propose TEXT", Short: "Propose a split of fees, or other terms of epochs", Args: takes(1, 1),
		Long: `Propose a split of fees with --split: parts in 1/10,000 of treasury, workers,
stakers, storage, owners of models and adapters, and data, separated by commas. Or
propose how long an epoch can be proven wrong with --window, and the bond of who
posts it with --bond. It takes votes: this peer's OPEN are made to count.`,
		Example: `  peer gov propose --split 400,2100,1500,500,1000,4500 "more for workers"`,
		RunE: a.inHome(taskOf(a, govPropose, func(words []string) (proposal, error) {
			in.Text = words[0]
			var err error
			in.Split, err = parseSplit(split)
			if err == nil && len(in.Split) == 0 && in.Window == 0 && in.Bond == "" {
				err = problemf(exitUsage, "give --split, --window or --bond", "nothing is proposed")
			}
			return in, err
		})),
	}
	c.Flags().StringVar(&split, "split", "", "`parts` of a fee in 1/10,000, six of them")
	c.Flags().DurationVar(&in.Window, "window", 0, "`time` in which an epoch can be proven wrong")
	c.Flags().StringVar(&in.Bond, "bond", "", "`amount` that who posts epochs must have bonded")
	return c
}

func parseSplit(text string) (parts []uint16, err error) {
	if text == "" {
		return nil, nil
	}
	sum := 0
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.ParseUint(strings.TrimSpace(word), 10, 16)
		if err != nil {
			return nil, problemf(exitUsage, "want six parts, as 500,2000,1500,500,1000,4500", "--split: %q is no part", word)
		}
		parts, sum = append(parts, uint16(n)), sum+int(n)
	}
	if len(parts) != 6 || sum != 10_000 {
		return nil, problemf(exitUsage, "want six parts, as 500,2000,1500,500,1000,4500", "--split has %d parts that sum to %d, not 6 that sum to 10000", len(parts), sum)
	}
	return parts, nil
}

// proposal finds the one proposal whose ID begins so.
func (l *chainLink) proposal(ctx context.Context, prefix string) (p chain.Proposal, err error) {
	all, err := l.k.Proposals(ctx)
	if err != nil {
		return p, err
	}
	found := 0
	for _, q := range all {
		if prefix != "" && strings.HasPrefix(idText(q.ID), strings.TrimPrefix(strings.ToLower(prefix), "0x")) {
			p = q
			found++
		}
	}
	if found != 1 {
		return p, problemf(exitUsage, `"peer gov list" shows them`, "%d proposals begin with %q", found, prefix)
	}
	return p, nil
}

// A ballot is a vote on a proposal.
type ballot struct{ ID, Vote string }

var govVote = task[ballot, madeReport]{"gov/vote", func(ctx context.Context, r *repo, _ *feed, in ballot) (out madeReport, err error) {
	vote, ok := map[string]chain.Vote{"for": chain.For, "against": chain.Against, "abstain": chain.Abstain}[in.Vote]
	if !ok {
		return out, problemf(exitUsage, "want for, against or abstain", "%q is no vote", in.Vote)
	}
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	p, err := l.proposal(ctx, in.ID)
	if err != nil {
		return out, err
	}
	if p.State != chain.Active {
		return out, problemf(exitFailed, fmt.Sprintf("the vote lasts from %s to %s", p.Start.Format(time.DateTime), p.End.Format(time.DateTime)), "proposal %s is %s", idText(p.ID)[:16], p.State)
	}
	out.Made, err = l.make(ctx, step{"vote " + in.Vote, l.k.CastVote(p.ID, vote)})
	return out, err
}}

func govVoteCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "vote ID for|against|abstain", Short: "Vote on a proposal", Args: takes(2, 2), Example: "  peer gov vote --help",
		Long: "Vote on a proposal with the OPEN that counted as this peer's votes when the vote\nbegan. An ID may be cut short.",
		RunE: a.inHome(taskOf(a, govVote, func(words []string) (ballot, error) { return ballot{words[0], words[1]}, nil })),
	}
}

var govExecute = task[string, madeReport]{"gov/execute", func(ctx context.Context, r *repo, _ *feed, id string) (out madeReport, err error) {
	l, err := r.link(ctx)
	if err != nil {
		return out, err
	}
	p, err := l.proposal(ctx, id)
	if err != nil {
		return out, err
	}
	switch p.State {
	case chain.Succeeded:
		if out.Made, err = l.make(ctx, step{"queue", l.k.QueueProposal(p)}); err != nil {
			return out, err
		}
		if p, err = l.proposal(ctx, id); err != nil {
			return out, err
		}
		out.Note = fmt.Sprintf("It is in the timelock; the same command executes it from %s on.", p.Ready.Format(time.DateTime))
	case chain.Queued:
		if now, err := chain.Now(ctx, l.client); err != nil || now.Before(p.Ready) {
			return out, problemf(exitFailed, "try again then", "proposal %s can be executed from %s on (%v)", idText(p.ID)[:16], p.Ready.Format(time.DateTime), err)
		}
		out.Made, err = l.make(ctx, step{"execute", l.k.ExecuteProposal(p)})
	default:
		err = problemf(exitFailed, `"peer gov list" says how the vote stands`, "proposal %s is %s", idText(p.ID)[:16], p.State)
	}
	return out, err
}}

func govExecuteCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "execute ID", Short: "Carry out what was decided", Args: takes(1, 1), Example: "  peer gov execute --help",
		Long: "Hand a proposal that succeeded to the timelock; once its time is over, the same\ncommand executes it.",
		RunE: a.inHome(taskOf(a, govExecute, func(words []string) (string, error) { return words[0], nil })),
	}
}
