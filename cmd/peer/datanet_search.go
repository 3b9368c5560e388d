package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/catalog"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

type searchArgs struct {
	Query catalog.Query
	Local bool
}

// searchTime is how long other peers are asked what they know.
const searchTime = 10 * time.Second

var datanetSearch = task[searchArgs, searchReport]{"datanet/search", func(ctx context.Context, r *repo, _ *feed, args searchArgs) (searchReport, error) {
	report := searchReport{Datanets: []foundDatanet{}, Asked: r.online != nil && !args.Local}
	if report.Asked {
		r.online.learnDatanets(ctx, args.Query.Words)
	}
	found, err := r.catalog.Search(ctx, args.Query)
	for _, e := range found {
		m := e.Manifest
		report.Datanets = append(report.Datanets, foundDatanet{
			Name: m.Name, Founder: e.Founder, ID: e.ID.String(), CID: e.Head.String(), Version: m.Version, Licence: m.Licence, Description: m.Description, Tags: m.Tags,
			Records: m.Stats.Records - m.Stats.Withdrawn, Bytes: m.Stats.Bytes, Contributors: len(m.Contributors), State: e.State.String(), Forks: e.Forks, Seen: e.Seen,
		})
	}
	return report, err
}}

// learnDatanets asks other peers what Datanets they know: some of them for all,
// and those that the DHT knows for this name.
func (o *online) learnDatanets(ctx context.Context, name string) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	named := make(chan struct{})
	go func() {
		defer close(named)
		if strings.Contains(name, " ") || name == "" {
			return
		}
		if _, err := o.repo.catalog.FindName(ctx, o.net(), name); err != nil {
			o.repo.log.DebugContext(ctx, "No Datanet of this name", slog.String("name", name), slog.Any("err", err))
		}
	}()
	if _, err := o.repo.catalog.Sync(ctx, o.net()); err != nil {
		o.repo.log.DebugContext(ctx, "No other catalog", slog.Any("err", err))
	}
	<-named
}

func datanetSearchCmd(a *app) *cobra.Command {
	var args searchArgs
	var founder string
	c := &cobra.Command{
		Use: "search [WORD...]", Short: "Find Datanets of others", Args: takes(0, 32),
		Long: `Search what is announced in the network: words of the name, the tags and the
description. A running peer also asks others what they know; without one only
what it has heard before is searched.`,
		Example: `  peer datanet search
  peer datanet search poems --licence CC0-1.0 --min-records 100 --output json`,
		RunE: a.inHome(taskOf(a, datanetSearch, func(words []string) (searchArgs, error) {
			args.Query.Words = strings.Join(words, " ")
			var err error
			if founder != "" {
				if args.Query.Founder, err = record.ParseAccount(founder); err != nil {
					return args, problemf(exitUsage, "want an account such as 0x52908400098527886E0F7030069857D2E4169EE7", "--founder %s: %w", founder, err)
				}
			}
			return args, nil
		})),
	}
	f := c.Flags()
	f.StringSliceVar(&args.Query.Tags, "tag", nil, "only with this `word` as a tag; may be repeated")
	f.StringVar(&args.Query.Licence, "licence", "", "only under this SPDX `identifier`")
	f.StringVar(&founder, "founder", "", "only of this `account`")
	f.Uint64Var(&args.Query.MinRecords, "min-records", 0, "only with so many records, or more")
	f.Uint64Var(&args.Query.MaxBytes, "max-bytes", 0, "only with so many bytes of text, or less; 0: any")
	f.BoolVar(&args.Query.Valid, "checked", false, "only those whose whole chain this peer has checked")
	f.IntVar(&args.Query.Limit, "most", 20, "answers")
	f.BoolVar(&args.Local, "local", false, "ask no other peer")
	return c
}

// A foundDatanet is one answer of a search.
type foundDatanet struct {
	Name         string           `json:"name"`
	Founder      record.Account   `json:"founder"`
	ID           string           `json:"id"`
	CID          string           `json:"cid"`
	Version      uint64           `json:"version"`
	Licence      manifest.Licence `json:"licence"`
	Description  string           `json:"description"`
	Tags         []string         `json:"tags"`
	Records      uint64           `json:"records"`
	Bytes        uint64           `json:"bytes"`
	Contributors int              `json:"contributors"`
	State        string           `json:"state"`
	Forks        int              `json:"forks"` // versions of which its founder signed two
	Seen         time.Time        `json:"seen"`
}

type searchReport struct {
	Datanets []foundDatanet `json:"datanets"`
	Asked    bool           `json:"asked"` // other peers
}

func (r searchReport) text(out io.Writer) {
	if len(r.Datanets) == 0 {
		fmt.Fprintln(out, "nothing found")
	} else {
		w := table(out)
		fmt.Fprintln(w, "NAME\tFOUNDER\tVERSION\tRECORDS\tSIZE\tLICENCE\tSTATE\t")
		for _, d := range r.Datanets {
			note := ""
			if d.Forks > 0 {
				note = fmt.Sprintf("its founder contradicts himself (%d forks)", d.Forks)
			}
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\t%s\t%s\t%s\n", d.Name, d.Founder, d.Version, d.Records, size(d.Bytes), d.Licence, d.State, note)
		}
		w.Flush()
	}
	if !r.Asked {
		fmt.Fprintln(out, `No other peer was asked: "peer run" does.`)
	}
}
