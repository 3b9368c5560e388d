package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/storage/block"
)

func datanetCmd(a *app) *cobra.Command {
	return group("datanet", "Make, share and fetch Datanets", `A Datanet is a collection of texts as a chain of signed versions: each record
keeps its licence, its place in its source, and the contributor who gets the
credit. It is named by its founder: NAME, NAME@ACCOUNT where several have that
name, its ID, or the CID of its latest version.`,
		"  peer datanet list",
		datanetCreateCmd(a), datanetAddCmd(a), datanetReviewCmd(a), datanetPublishCmd(a), datanetListCmd(a), datanetShowCmd(a), datanetSearchCmd(a),
		datanetPinCmd(a), datanetVerifyCmd(a), datanetExportCmd(a), datanetWithdrawCmd(a), datanetStatsCmd(a))
}

// A datanetLine is one Datanet in a list.
type datanetLine struct {
	Name    string           `json:"name"`
	Founder record.Account   `json:"founder"`
	Mine    bool             `json:"mine"`
	Version *uint64          `json:"version"` // null before the first
	CID     string           `json:"cid,omitempty"`
	Licence manifest.Licence `json:"licence"`
	Records uint64           `json:"records"` // without those withdrawn
	Bytes   uint64           `json:"bytes"`
	Waiting int              `json:"waiting"` // parts that wait for the next version
	Problem string           `json:"problem,omitempty"`
}

var datanetList = task[none, datanetTable]{"datanet/list", func(ctx context.Context, r *repo, _ *feed, _ none) (datanetTable, error) {
	all, err := r.datanets(ctx)
	report := datanetTable{[]datanetLine{}}
	if err != nil {
		return report, err
	}
	for _, k := range all {
		line := datanetLine{Name: k.Name, Founder: k.Founder, Mine: k.mine(r), Licence: k.Draft.Licence, CID: linkText(k.Head)}
		head, err := r.head(ctx, k)
		switch {
		case err != nil:
			line.Problem, head = err.Error(), nil // the others are listed in any case
		case head != nil:
			m := head.Value()
			line.Version, line.Licence = &m.Version, m.Licence
			line.Records, line.Bytes = m.Stats.Records-m.Stats.Withdrawn, m.Stats.Bytes
		}
		parts, err := r.parts(ctx, k.ID)
		if err != nil {
			return report, err
		}
		in := map[string]bool{}
		if head != nil {
			for c := range listed(head.Value()) {
				in[c.String()] = true
			}
		}
		for _, p := range parts {
			if !in[p.CID.String()] {
				line.Waiting++
			}
		}
		report.Datanets = append(report.Datanets, line)
	}
	return report, nil
}}

// head reads the latest version by itself; nil before the first.
func (r *repo) head(ctx context.Context, k known) (*manifest.Sealed[manifest.Manifest], error) {
	if !k.Head.Defined() {
		return nil, nil
	}
	s, err := r.version(ctx, k.Head)
	return &s, err
}

// version reads a manifest that is here by itself.
func (r *repo) version(ctx context.Context, c cid.Cid) (manifest.Sealed[manifest.Manifest], error) {
	return openHead(ctx, c, r.network(), r.get)
}

// openHead gets a manifest and checks it by itself.
func openHead(ctx context.Context, c cid.Cid, n record.Network, get manifest.Get) (s manifest.Sealed[manifest.Manifest], err error) {
	b, err := get(ctx, c)
	if err == nil {
		err = block.Check(c, b)
	}
	if err != nil {
		return s, err
	}
	return manifest.OpenManifest(b, n)
}

func datanetListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the Datanets that are here", Args: takes(0, 0),
		Long:    "List the Datanets that this peer made or pinned. \"peer datanet search\" finds\nthose of others.",
		Example: "  peer datanet list\n  peer datanet list --output json",
		RunE:    a.inHome(taskOf(a, datanetList, noArgs)),
	}
}

type datanetTable struct {
	Datanets []datanetLine `json:"datanets"`
}

func (r datanetTable) text(out io.Writer) {
	if len(r.Datanets) == 0 {
		fmt.Fprintln(out, `no Datanets yet; "peer datanet create" makes one, "peer datanet search" finds those of others`)
		return
	}
	w := table(out)
	fmt.Fprintln(w, "NAME\tFOUNDER\tVERSION\tRECORDS\tSIZE\tLICENCE\t")
	for _, d := range r.Datanets {
		version, note := "-", d.Problem
		if d.Version != nil {
			version = fmt.Sprint(*d.Version)
		}
		if d.Waiting > 0 {
			note = fmt.Sprintf("%d to publish %s", d.Waiting, note)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\t%s\n", d.Name, d.Founder, version, d.Records, size(d.Bytes), d.Licence, note)
	}
	w.Flush()
}

// A showReport is one version of a Datanet.
type showReport struct {
	Name          string             `json:"name"`
	ID            string             `json:"id"`
	Founder       record.Account     `json:"founder"`
	Description   string             `json:"description,omitempty"`
	Tags          []string           `json:"tags"`
	Licence       manifest.Licence   `json:"licence"`
	Policy        string             `json:"policy"`
	Curators      []record.Account   `json:"curators,omitempty"`
	Invited       []record.Account   `json:"invited,omitempty"`
	Version       *uint64            `json:"version"`
	CID           string             `json:"cid,omitempty"`
	Parent        string             `json:"parent,omitempty"`
	Records       uint64             `json:"records"`
	Withdrawn     uint64             `json:"withdrawn"`
	Bytes         uint64             `json:"bytes"`
	Shards        uint64             `json:"shards"`
	Contributors  int                `json:"contributors"`
	Contributions []contributionLine `json:"contributions"`
	Waiting       []contributionLine `json:"waiting,omitempty"`
	Checked       bool               `json:"checked"` // every rule of the chain was
	Registered    registration       `json:"registered"`
}

var datanetShow = task[string, showReport]{"datanet/show", func(ctx context.Context, r *repo, _ *feed, name string) (report showReport, err error) {
	k, d, err := r.open(ctx, name)
	if err != nil {
		return report, err
	}
	report = showOf(k, k.next(d))
	if d != nil {
		m := d.Manifest()
		report = showOf(k, &m)
		report.Version, report.CID, report.Checked = &m.Version, d.CID().String(), true
		for i, c := range d.Contributions() {
			line := contributionOf(c)
			line.Withdrawn = d.Withdrawn(i).Count()
			report.Contributions = append(report.Contributions, line)
		}
	}
	waiting, err := r.pending(ctx, k, d)
	if err != nil {
		return report, err
	}
	if report.Waiting, err = r.waiting(ctx, waiting); err != nil {
		return report, err
	}
	if d == nil {
		report.Registered = registration{State: registeredNone, Why: "it has no version yet"}
		return report, nil
	}
	report.Registered, err = r.registration(ctx, chain.DatanetItem, d.CID(), k.Founder)
	return report, err
}}

// showOf is what a manifest says by itself.
func showOf(k known, m *manifest.Manifest) showReport {
	return showReport{
		Name: k.Name, ID: k.ID.String(), Founder: k.Founder, Description: m.Description, Tags: append([]string{}, m.Tags...), Licence: m.Licence, Policy: m.Policy.String(),
		Curators: m.Curators, Invited: m.Invited, Parent: linkText(m.Parent), Records: m.Stats.Records, Withdrawn: m.Stats.Withdrawn, Bytes: m.Stats.Bytes,
		Shards: m.Stats.Shards, Contributors: len(m.Contributors), Contributions: []contributionLine{},
	}
}

func datanetShowCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "show DATANET", Short: "Show what a Datanet is", Args: takes(1, 1),
		Long: "Show the latest version that is here, after checking its whole chain: every\nsignature, and that each version follows the rules from its parent; and whether it\nis registered on the chain.",
		Example: `  peer datanet create poems --licence CC0-1.0
  peer datanet show poems`,
		RunE: a.inHome(taskOf(a, datanetShow, func(words []string) (string, error) { return words[0], nil })),
	}
}

func (r showReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "name\t%s\nfounder\t%s\nid\t%s\n", r.Name, r.Founder, r.ID)
	if r.Version != nil {
		fmt.Fprintf(w, "version\t%d\nmanifest\t%s\n", *r.Version, r.CID)
	} else {
		fmt.Fprintf(w, "version\tnone yet\n")
	}
	fmt.Fprintf(w, "licence\t%s\npolicy\t%s\n", r.Licence, r.Policy)
	if r.Description != "" {
		fmt.Fprintf(w, "about\t%s\n", oneLine(r.Description))
	}
	if len(r.Tags) > 0 {
		fmt.Fprintf(w, "tags\t%s\n", strings.Join(r.Tags, " "))
	}
	for _, c := range r.Curators {
		fmt.Fprintf(w, "curator\t%s\n", c)
	}
	for _, i := range r.Invited {
		fmt.Fprintf(w, "invited\t%s\n", i)
	}
	fmt.Fprintf(w, "records\t%d, %d of them withdrawn\nsize\t%s in %d shards\ncontributors\t%d\n", r.Records, r.Withdrawn, size(r.Bytes), r.Shards, r.Contributors)
	fmt.Fprintf(w, "registered\t%s\n", r.Registered)
	w.Flush()
	if len(r.Contributions) > 0 {
		contributionTable(out, r.Contributions)
	}
	if len(r.Waiting) > 0 {
		fmt.Fprintln(out, "\nWaiting for the next version:")
		contributionTable(out, r.Waiting)
	}
}

// A creditLine is what one contributor has in a Datanet.
type creditLine struct {
	Name    string          `json:"name,omitempty"`
	Account *record.Account `json:"account,omitempty"`
	Records uint64          `json:"records"`
	Bytes   uint64          `json:"bytes"`
	Share   float64         `json:"share"` // of the bytes
}

type statsReport struct {
	Name         string       `json:"name"`
	Version      uint64       `json:"version"`
	Records      uint64       `json:"records"`
	Withdrawn    uint64       `json:"withdrawn"`
	Bytes        uint64       `json:"bytes"`
	Contributors []creditLine `json:"contributors"`
}

var datanetStats = task[string, statsReport]{"datanet/stats", func(ctx context.Context, r *repo, _ *feed, name string) (report statsReport, err error) {
	k, d, err := r.opened(ctx, name)
	if err != nil {
		return report, err
	}
	m := d.Manifest()
	report = statsReport{k.Name, m.Version, m.Stats.Records, m.Stats.Withdrawn, m.Stats.Bytes, []creditLine{}}
	for _, c := range m.Contributors {
		line := creditLine{Name: c.Name, Records: c.Records, Bytes: c.Bytes, Share: float64(c.Bytes) / float64(max(1, m.Stats.Bytes))}
		if c.Account != (record.Account{}) {
			line.Account = &c.Account
		}
		report.Contributors = append(report.Contributors, line)
	}
	slices.SortStableFunc(report.Contributors, func(a, b creditLine) int { return cmp.Compare(b.Bytes, a.Bytes) })
	return report, nil
}}

func datanetStatsCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "stats DATANET", Short: "Show who contributed how much", Args: takes(1, 1),
		Example: `  peer datanet create poems --licence CC0-1.0
  printf '{"text":"Roses are red","by":"ann"}\n{"text":"Violets are blue","by":"bob"}\n' > poems.jsonl
  peer datanet add poems poems.jsonl --contributor-column by
  peer datanet publish poems
  peer datanet stats poems`,
		RunE: a.inHome(taskOf(a, datanetStats, func(words []string) (string, error) { return words[0], nil })),
	}
}

func (r statsReport) text(out io.Writer) {
	fmt.Fprintf(out, "%s, version %d: %d records (%d withdrawn), %s, %d %s\n",
		r.Name, r.Version, r.Records, r.Withdrawn, size(r.Bytes), len(r.Contributors), plural(len(r.Contributors), "contributor"))
	w := table(out)
	fmt.Fprintln(w, "CONTRIBUTOR\tRECORDS\tSIZE\tSHARE")
	for _, c := range r.Contributors {
		name := c.Name
		if c.Account != nil {
			name = strings.TrimSpace(name + " " + c.Account.String())
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%.2f %%\n", name, c.Records, size(c.Bytes), 100*c.Share)
	}
	w.Flush()
}
