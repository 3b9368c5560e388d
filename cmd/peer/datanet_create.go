package main

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
)

var policies = map[string]manifest.Policy{"open": manifest.Open, "invited": manifest.Invited, "reviewed": manifest.Reviewed}

// draftFlags are the flags for what a founder says of a Datanet.
type draftFlags struct {
	Description, Licence, Policy string
	Tags, Curators, Invited      []string
}

func (f *draftFlags) add(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.Description, "description", "", "what it is about, for those who search")
	flags.StringSliceVar(&f.Tags, "tag", nil, "`word` to be found by; may be repeated")
	flags.StringSliceVar(&f.Curators, "curator", nil, "`account` that may review and withdraw, beside you; may be repeated")
	flags.StringSliceVar(&f.Invited, "invite", nil, "`account` that may contribute under the policy invited; may be repeated")
}

// draft changes what was said before by what the flags say.
func (f *draftFlags) draft(before draft) (draft, error) {
	d := before
	d.Description = cmp.Or(f.Description, d.Description)
	d.Licence = cmp.Or(manifest.Licence(f.Licence), d.Licence)
	if f.Policy != "" {
		var ok bool
		if d.Policy, ok = policies[f.Policy]; !ok {
			return d, problemf(exitUsage, "want open, invited or reviewed", "--policy is %q", f.Policy)
		}
	}
	d.Tags = sorted(append(slices.Clone(d.Tags), f.Tags...))
	for _, list := range []struct {
		to   *[]record.Account
		from []string
		flag string
	}{{&d.Curators, f.Curators, "curator"}, {&d.Invited, f.Invited, "invite"}} {
		for _, text := range list.from {
			account, err := record.ParseAccount(text)
			if err != nil {
				return d, problemf(exitUsage, `want an account, as "peer id" prints it`, "--%s %s: %w", list.flag, text, err)
			}
			if !slices.Contains(*list.to, account) {
				*list.to = append(slices.Clone(*list.to), account)
			}
		}
	}
	return d, nil
}

// sorted returns the words in order, each once, in small letters.
func sorted(words []string) []string {
	for i, w := range words {
		words[i] = strings.ToLower(strings.TrimSpace(w))
	}
	slices.Sort(words)
	return slices.Compact(words)
}

type createArgs struct {
	Name  string
	Draft draft
}

var datanetCreate = task[createArgs, createReport]{"datanet/create", func(ctx context.Context, r *repo, _ *feed, args createArgs) (createReport, error) {
	k := known{ID: manifest.NewID(r.account, args.Name), Name: args.Name, Founder: r.account, Draft: args.Draft}
	next := manifest.New(k.Name, k.Draft.Licence, k.Draft.Policy).Manifest
	k.Draft.apply(&next)
	report := createReport{k.Name, k.ID.String(), k.Founder, k.Draft.Licence, k.Draft.Policy.String()}
	if err := next.Check(); err != nil {
		return report, &problem{exitUsage, err, ""}
	}
	return report, r.inTx(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM datanets WHERE id = ?", k.ID[:]).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return problemf(exitUsage, `choose another name, or change it with "peer datanet publish"`, "you have a Datanet %s already", k.Name)
		}
		return remember(ctx, tx, k)
	})
}}

func datanetCreateCmd(a *app) *cobra.Command {
	var f draftFlags
	c := &cobra.Command{
		Use: "create NAME", Short: "Begin a Datanet of your own", Args: takes(1, 1),
		Long: `Begin a Datanet. You are its founder: you sign its versions. A licence is
required, as SPDX spells it; what others contribute must be under it. The policy
says whose contributions it takes: open (anybody's), invited, or reviewed (what a
curator accepted). Nothing leaves this machine before "peer datanet publish".`,
		Example: `  peer datanet create poems --licence CC0-1.0 --description "Short poems" --tag poetry
  peer datanet create reports --licence CC-BY-SA-4.0 --policy reviewed`,
		RunE: a.inHome(taskOf(a, datanetCreate, func(words []string) (createArgs, error) {
			d, err := f.draft(draft{Policy: manifest.Open, Tags: []string{}})
			return createArgs{words[0], d}, err
		})),
	}
	f.add(c)
	c.Flags().StringVar(&f.Licence, "licence", "", "SPDX `expression`, such as CC-BY-4.0 or MIT; required")
	c.Flags().StringVar(&f.Policy, "policy", "open", "whose contributions it takes: open, invited or reviewed")
	return c
}

type createReport struct {
	Name    string           `json:"name"`
	ID      string           `json:"id"`
	Founder record.Account   `json:"founder"`
	Licence manifest.Licence `json:"licence"`
	Policy  string           `json:"policy"`
}

func (r createReport) text(out io.Writer) {
	fmt.Fprintf(out, "Created %s under %s, %s to contributions.\nAdd data with: peer datanet add %s FILE\n", r.Name, r.Licence, r.Policy, r.Name)
}
