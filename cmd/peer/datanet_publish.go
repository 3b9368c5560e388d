package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/settle/chain"
	"github.com/openledger/openledger/storage/pin"
)

type publishArgs struct {
	Datanet string
	Change  draftFlags
}

var datanetPublish = task[publishArgs, publishReport]{"datanet/publish", func(ctx context.Context, r *repo, f *feed, args publishArgs) (publishReport, error) {
	k, err := r.own(ctx, args.Datanet)
	if err != nil {
		return publishReport{}, err
	}
	release, err := r.take("the next version of " + k.Name)
	if err != nil {
		return publishReport{}, err
	}
	defer release()
	report, err := r.nextVersion(ctx, &k, args.Change)
	if err != nil {
		return report, err
	}
	report.Name, report.CID = k.Name, linkText(k.Head)
	if err := r.keepVersion(ctx, f, k, true); err != nil {
		return report, err
	}
	if report.Announced, err = r.announce(ctx, k); err != nil {
		return report, err
	}
	r.registerSoon(ctx)
	report.Registered, err = r.registration(ctx, chain.DatanetItem, k.Head, k.Founder)
	return report, err
}}

// nextVersion seals a version with all that waits and may be in it. Where there
// is nothing new the latest stays.
func (r *repo) nextVersion(ctx context.Context, k *known, change draftFlags) (report publishReport, err error) {
	d, err := r.load(ctx, *k)
	if err != nil {
		return report, err
	}
	waiting, err := r.pending(ctx, *k, d)
	if err != nil {
		return report, err
	}
	before := k.Draft
	if k.Draft, err = change.draft(k.Draft); err != nil {
		return report, err
	}
	next := manifest.New(k.Name, k.Draft.Licence, k.Draft.Policy)
	if d != nil {
		next = d.Draft()
	}
	k.Draft.apply(&next.Manifest)
	if err := next.Manifest.Check(); err != nil {
		return report, &problem{exitUsage, err, ""}
	}
	if err := r.gather(ctx, next, waiting, &report); err != nil {
		return report, err
	}
	switch news := report.Contributions + report.Reviews + report.Withdrawals; {
	case d == nil && len(next.Manifest.Contributions) == 0:
		return report, problemf(exitFailed, report.remedy(k.Name), "%s has no data to publish yet", k.Name)
	case d != nil && news == 0 && before.same(k.Draft):
		report.Version, report.Again = d.Manifest().Version, true
		return report, r.inTx(ctx, func(tx *sql.Tx) error {
			return toRegister(ctx, tx, registrable{kind: chain.DatanetItem, what: k.Head, series: k.ID, parent: d.Manifest().Parent})
		})
	}
	report.Version = next.Manifest.Version
	return report, r.sealVersion(ctx, k, next.Manifest)
}

// gather lists in a draft what waits, first the reviews, on which the rest may
// depend. What the policy does not let in waits on.
func (r *repo) gather(ctx context.Context, next *manifest.Draft, waiting []part, report *publishReport) error {
	for _, what := range []kind{kindReview, kindContribution, kindWithdrawal} {
		for _, p := range waiting {
			if p.Kind != what {
				continue
			}
			b, err := r.blocks.Get(ctx, p.CID)
			if err == nil {
				err = r.gatherOne(next, p, b, report)
			}
			if err != nil {
				return fmt.Errorf("%s %s: %w", p.Kind, p.CID, err)
			}
		}
	}
	return nil
}

func (r *repo) gatherOne(next *manifest.Draft, p part, b []byte, report *publishReport) error {
	wait := func(why string) { report.Waiting = append(report.Waiting, waitingPart{p.Kind, p.CID.String(), why}) }
	switch p.Kind {
	case kindReview:
		v, err := manifest.OpenReview(b, r.network())
		switch {
		case err != nil:
			return err
		case !next.Manifest.Curates(v.Owner(), r.account):
			wait("its signer is no curator")
		default:
			next.Review(v)
			report.Reviews++
		}
	case kindContribution:
		c, err := manifest.OpenContribution(b, r.network())
		if err != nil {
			return err
		}
		if why := next.Accepts(r.account, c); why != nil {
			wait(why.Error())
			return nil
		}
		report.Contributions++
		return next.Add(c)
	case kindWithdrawal:
		w, err := manifest.OpenWithdrawal(b, r.network())
		if err != nil {
			return err
		}
		if err := next.Withdraw(w); err != nil {
			wait(err.Error())
			return nil
		}
		report.Withdrawals++
	}
	return nil
}

// sealVersion signs a version, checks it as any reader will, and makes it the
// latest. The block is durable before the ledger names it.
func (r *repo) sealVersion(ctx context.Context, k *known, m manifest.Manifest) error {
	key, err := r.key()
	if err != nil {
		return err
	}
	s, err := manifest.SealManifest(key, r.network(), m)
	if err != nil {
		return err
	}
	hold := r.blocks.Hold()
	defer hold.Release()
	if err := hold.Put(ctx, s.CID(), s.Record().Envelope()); err != nil {
		return err
	}
	if err := hold.Flush(ctx); err != nil {
		return err
	}
	if _, err := manifest.Load(ctx, s.CID(), r.network(), r.get); err != nil {
		return fmt.Errorf("version %d of %s would break a rule: %w", m.Version, k.Name, err)
	}
	k.Head = s.CID()
	if err := r.keep(ctx, pin.Pin{Root: k.Head, Name: k.Name, Whole: true}); err != nil {
		return err
	}
	return r.inTx(ctx, func(tx *sql.Tx) error {
		if err := noteVersion(ctx, tx, *k, m.Version); err != nil {
			return err
		}
		if err := toRegister(ctx, tx, registrable{kind: chain.DatanetItem, what: k.Head, series: k.ID, parent: m.Parent}); err != nil {
			return err
		}
		return remember(ctx, tx, *k)
	})
}

// noteVersion writes into the journal which version this is, and refuses a
// second one under its number.
func noteVersion(ctx context.Context, tx *sql.Tx, k known, version uint64) error {
	var there string
	err := tx.QueryRowContext(ctx, "SELECT cid FROM versions WHERE datanet = ? AND version = ?", k.ID[:], version).Scan(&there)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err = tx.ExecContext(ctx, "INSERT INTO versions (datanet, version, cid) VALUES (?, ?, ?)", k.ID[:], version, linkText(k.Head))
		return err
	case err != nil:
		return err
	case there != linkText(k.Head):
		return fmt.Errorf("version %d of %s is %s already; another would be a fork", version, k.Name, there)
	}
	return nil
}

// same says whether two drafts say the same.
func (d draft) same(o draft) bool {
	a, b := manifest.Manifest{}, manifest.Manifest{}
	d.apply(&a)
	o.apply(&b)
	return string(a.AppendCanon(nil)) == string(b.AppendCanon(nil))
}

func datanetPublishCmd(a *app) *cobra.Command {
	var args publishArgs
	c := &cobra.Command{
		Use: "publish DATANET", Short: "Sign the next version of your Datanet and announce it", Args: takes(1, 1),
		Long: `Sign a version with all that was added, reviewed and withdrawn since the last,
and with what the flags change. Its shards are erasure-coded: any 10 of the 20
pieces of each restore it. A running peer announces the version by gossip and in
the DHT, keeps announcing it, and serves it; without one it is announced by the
next "peer run". Where a chain is configured it is registered there too.`,
		Example: `  peer datanet create poems --licence CC0-1.0
  printf '{"text":"Roses are red"}\n' > poems.jsonl
  peer datanet add poems poems.jsonl
  peer datanet publish poems
  peer datanet publish poems --tag poetry --description "Short poems"`,
		RunE: a.inHome(taskOf(a, datanetPublish, func(words []string) (publishArgs, error) {
			args.Datanet = words[0]
			return args, nil
		})),
	}
	args.Change.add(c)
	return c
}

// A waitingPart is what a version could not take.
type waitingPart struct {
	Kind kind   `json:"kind"`
	CID  string `json:"cid"`
	Why  string `json:"why"`
}

type publishReport struct {
	Name          string        `json:"name"`
	Version       uint64        `json:"version"`
	CID           string        `json:"cid"`
	Again         bool          `json:"again"` // nothing was new
	Contributions int           `json:"contributions"`
	Reviews       int           `json:"reviews"`
	Withdrawals   int           `json:"withdrawals"`
	Waiting       []waitingPart `json:"waiting,omitempty"`
	Announced     announcement  `json:"announced"`
	Registered    registration  `json:"registered"`
}

// remedy says what a Datanet without data needs.
func (r *publishReport) remedy(name string) string {
	if len(r.Waiting) > 0 {
		return fmt.Sprintf("%s %s waits: %s", r.Waiting[0].Kind, r.Waiting[0].CID, r.Waiting[0].Why)
	}
	return "add some with: peer datanet add " + name + " FILE"
}

func (r publishReport) text(out io.Writer) {
	if r.Again {
		fmt.Fprintf(out, "%s stays at version %d: nothing is new.\n", r.Name, r.Version)
	} else {
		var what []string
		for _, c := range []struct {
			n    int
			what kind
		}{{r.Contributions, kindContribution}, {r.Reviews, kindReview}, {r.Withdrawals, kindWithdrawal}} {
			if c.n > 0 {
				what = append(what, fmt.Sprintf("%d new %s", c.n, plural(c.n, string(c.what))))
			}
		}
		fmt.Fprintf(out, "Published version %d of %s: %s.\n", r.Version, r.Name, strings.Join(what, ", "))
	}
	fmt.Fprintf(out, "manifest %s\n", r.CID)
	for _, w := range r.Waiting {
		fmt.Fprintf(out, "%s %s waits: %s\n", w.Kind, w.CID, w.Why)
	}
	switch r.Announced {
	case announced:
		fmt.Fprintf(out, "Others find it with: peer datanet search %s\n", r.Name)
	case lonely:
		fmt.Fprintln(out, "No other peer is connected yet: it is announced as soon as one is.")
	case silent:
		fmt.Fprintln(out, `No peer is running here: "peer run" announces it and serves it.`)
	}
	if r.Registered.State != registeredNone {
		fmt.Fprintf(out, "registered %s\n", r.Registered)
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return what
	}
	return what + "s"
}
