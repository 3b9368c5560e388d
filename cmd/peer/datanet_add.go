package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/ingest"
	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/pin"
)

type addArgs struct {
	Datanet string
	Path    string // absolute
	Signed  string // instead of a path: the CID of a contribution that somebody else signed
	Config  ingest.Config
	Fresh   bool // forget an earlier try
}

// workDir is where an add in progress keeps what it has read: one folder for
// each input of each Datanet.
func (h home) workDir(id manifest.ID, path string) string {
	sum := sha256.Sum256([]byte(id.String() + "\x00" + path))
	return h.path(filepath.Join("ingest", fmt.Sprintf("%x", sum[:12])))
}

var datanetAdd = task[addArgs, addReport]{"datanet/add", addTo}

func addTo(ctx context.Context, r *repo, f *feed, args addArgs) (report addReport, err error) {
	k, err := r.datanet(ctx, args.Datanet)
	if err != nil {
		return report, err
	}
	if args.Signed != "" {
		return r.receive(ctx, f, k, args.Signed)
	}
	if _, err := os.Stat(args.Path); err != nil {
		return report, problemf(exitUsage, "name a file or a folder", "%w", err)
	}
	release, err := r.take("adding " + args.Path + " to " + k.Name)
	if err != nil {
		return report, err
	}
	defer release()
	if _, err := r.key(); err != nil { // now, not after an hour of work
		return report, err
	}
	d, err := r.load(ctx, k)
	if err != nil {
		return report, err
	}
	c := args.Config
	c.Owner, c.Dir = r.account, r.home.workDir(k.ID, args.Path)
	if c.Licence, err = k.covered(d, c.Licence); err != nil {
		return report, err
	}
	if args.Fresh {
		if err := os.RemoveAll(c.Dir); err != nil {
			return report, homeProblem(err)
		}
	}
	before, err := r.pending(ctx, k, d)
	if err != nil {
		return report, err
	}
	get, done, err := r.reader(ctx, "records of "+k.Name, k.ID)
	if err != nil {
		return report, err
	}
	defer done()
	c.Against = r.everything(ctx, get, d, before)
	c.Progress = func(p ingest.Progress) { f.progress("reading bytes", int64(p.Bytes), int64(p.AllBytes)) }
	return r.contribute(ctx, k, args.Path, c)
}

// contribute reads, stores and signs an input.
func (r *repo) contribute(ctx context.Context, k known, path string, c ingest.Config) (report addReport, err error) {
	hold := r.blocks.Hold()
	defer hold.Release()
	contribution, made, err := ingest.Add(ctx, path, c, hold)
	if err != nil && made != nil && made.Records == 0 && ctx.Err() == nil { // it was read to its end
		return report, problemf(exitFailed, why(made), "%w", errors.Join(err, os.RemoveAll(c.Dir)))
	}
	if err != nil {
		return report, ingestProblem(err, c.Dir)
	}
	if err := hold.Flush(ctx); err != nil {
		return report, err
	}
	s, err := sealPart(ctx, r, k, kindContribution, func(key record.Key, sequence uint64) (manifest.Sealed[manifest.Contribution], error) {
		return manifest.SealContribution(key, r.network(), k.ID, sequence, contribution)
	})
	if err != nil {
		return report, err
	}
	report = addedReport(k, r, s, *made)
	report.Heard = r.tell(ctx, k, s.CID())
	return report, os.RemoveAll(c.Dir)
}

// addedReport is what there is to say of a contribution that is here now.
func addedReport(k known, r *repo, s manifest.Sealed[manifest.Contribution], made ingest.Report) addReport {
	line := contributionOf(s)
	return addReport{Datanet: k.Name, Contribution: line.CID, Owner: line.Owner, Mine: k.mine(r), Shards: line.Shards, Bytes: line.Bytes, Contributors: line.Contributors, Report: made}
}

// receive fetches a contribution that somebody else signed for a Datanet of this
// peer, so that it can be reviewed and published.
func (r *repo) receive(ctx context.Context, f *feed, k known, name string) (report addReport, err error) {
	c, err := cid.Decode(name)
	if err != nil {
		return report, problemf(exitUsage, "name a file, a folder, or the CID of a contribution", "%q: %w", name, err)
	}
	if !k.mine(r) {
		return report, problemf(exitFailed, "ask the founder to", "%s is a Datanet of %s, who alone takes contributions", k.Name, k.Founder)
	}
	near, err := r.nearOffer(ctx, c)
	if err != nil {
		return report, err
	}
	defer near()
	if err := r.pins.Add(ctx, pin.Pin{Root: c, Name: k.Name + ": contribution to look at", Whole: true}); err != nil {
		return report, err
	}
	if err := r.await(ctx, f, c); err != nil {
		return report, err
	}
	s, err := r.contribution(ctx, c)
	if err == nil && s.Datanet() != k.ID {
		err = fmt.Errorf("contribution %s is for Datanet %s", c, s.Datanet())
	}
	if err == nil { // a false credit would spoil the version
		err = manifest.VerifyContribution(ctx, s, r.get)
	}
	if err != nil {
		return report, &problem{exitCheck, errors.Join(err, r.pins.Remove(ctx, c)), ""}
	}
	old, err := r.parts(ctx, k.ID)
	if err != nil {
		return report, err
	}
	if !slices.ContainsFunc(old, func(p part) bool { return p.CID.Equals(c) }) {
		if err := r.keepPart(ctx, k, s.Record(), c, kindContribution); err != nil {
			return report, err
		}
	}
	return addedReport(k, r, s, ingest.Report{Records: int(contributionOf(s).Records)}), nil
}

// why is the first reason for which nothing was taken.
func why(r *ingest.Report) string {
	if len(r.QuarantineList) > 0 {
		return "the first: " + r.QuarantineList[0].Source + ": " + r.QuarantineList[0].Reason
	}
	return ""
}

// ingestProblem adds what helps against an error of package ingest.
func ingestProblem(err error, dir string) error {
	if _, missing := os.Stat(filepath.Join(dir, "state")); missing == nil && !errors.Is(err, context.Canceled) {
		return problemf(exitFailed, "give the command again to go on, or with --fresh to read all again", "%w", err)
	}
	return err
}

// licence is what the contributions to a Datanet must be under.
func (k *known) licence(d *manifest.Datanet) manifest.Licence {
	if d != nil {
		return d.Manifest().Licence
	}
	return k.Draft.Licence
}

// covered returns the licence of a contribution, if that of the Datanet covers it.
func (k *known) covered(d *manifest.Datanet, l manifest.Licence) (manifest.Licence, error) {
	have := k.licence(d)
	if l == "" {
		return have, nil
	}
	if err := l.Check(); err != nil {
		return l, &problem{exitUsage, err, ""}
	}
	if !have.Covers(l) {
		return l, problemf(exitUsage, fmt.Sprintf("a Datanet for both is made with --licence %q", have+" AND "+l), "%s is under %s, which does not cover %s", k.Name, have, l)
	}
	return l, nil
}

// everything yields the records that a Datanet has, and those that wait for its
// next version.
func (r *repo) everything(ctx context.Context, get manifest.Get, d *manifest.Datanet, pending []part) iter.Seq2[manifest.Item, error] {
	return func(yield func(manifest.Item, error) bool) {
		if d != nil {
			for item, err := range d.Records(ctx, get) {
				if !yield(item, err) {
					return
				}
			}
		}
		for _, p := range pending {
			if p.Kind != kindContribution {
				continue
			}
			for item, err := range r.records(ctx, p.CID) {
				if !yield(item, err) {
					return
				}
			}
		}
	}
}

// records yields the records of one contribution.
func (r *repo) records(ctx context.Context, c cid.Cid) iter.Seq2[manifest.Item, error] {
	return func(yield func(manifest.Item, error) bool) {
		s, err := r.contribution(ctx, c)
		if err != nil {
			yield(manifest.Item{}, err)
			return
		}
		whole, index := s.Value(), uint64(0)
		for _, shard := range whole.Shards {
			b, err := manifest.ReadShard(ctx, shard, len(whole.Contributors), r.get)
			if err != nil {
				yield(manifest.Item{}, fmt.Errorf("contribution %s: %w", c, err))
				return
			}
			for _, rec := range b.Records {
				item := manifest.Item{Record: rec, Index: index, From: b.Sources[rec.Source], Credit: whole.Contributors[rec.Contributor]}
				if !yield(item, nil) {
					return
				}
				index++
			}
		}
	}
}

// contribution reads one that is here.
func (r *repo) contribution(ctx context.Context, c cid.Cid) (s manifest.Sealed[manifest.Contribution], err error) {
	b, err := r.blocks.Get(ctx, c)
	if err == nil {
		s, err = manifest.OpenContribution(b, r.network())
	}
	if err != nil {
		return s, fmt.Errorf("contribution %s: %w", c, err)
	}
	return s, nil
}

func datanetAddCmd(a *app) *cobra.Command {
	var args addArgs
	var licence, format string
	c := &cobra.Command{
		Use: "add DATANET PATH|CONTRIBUTION", Short: "Add a file, a folder or a contribution to a Datanet", Args: takes(2, 2),
		Long: `Read a file, or all files below a folder, cut them into records, leave out what
the Datanet has already, and sign the rest as your contribution. JSONL, CSV,
Parquet, Markdown, plain text and source code are read, by the end of the file's
name. Secrets and e-mail addresses are reported, and replaced with --redact. What
cannot be read is listed with the reason and loses nothing else.

Given again after an interruption, it goes on from where it was.

To a Datanet of somebody else that is pinned here you may contribute too: the
running peer offers what you signed to the founder, who sees it in "peer datanet
review" and takes it with this command and its CID.`,
		Example: `  peer datanet create poems --licence CC0-1.0
  printf '{"text":"Roses are red","by":"ann"}\n{"text":"Violets are blue","by":"bob"}\n' > poems.jsonl
  peer datanet add poems poems.jsonl --contributor-column by`,
		RunE: a.inHome(taskOf(a, datanetAdd, func(words []string) (addArgs, error) {
			path, err := filepath.Abs(words[1])
			args.Datanet, args.Path = words[0], path
			if _, there := os.Stat(path); there != nil && isCID(words[1]) {
				args.Signed = words[1]
			}
			args.Config.Licence, args.Config.Format = manifest.Licence(licence), ingest.Format(format)
			return args, err
		})),
	}
	f := c.Flags()
	f.StringVar(&args.Config.Title, "title", "", "what the contribution is called")
	f.StringVar(&licence, "licence", "", "SPDX `expression` (default that of the Datanet)")
	f.StringVar(&format, "format", "", "jsonl, csv, parquet, markdown or text (default by the name's end)")
	f.StringVar(&args.Config.Columns.Text, "text-column", "text", "`column` or field of the text")
	f.StringVar(&args.Config.Columns.Contributor, "contributor-column", "", "`column` of the author who gets the credit (default: you)")
	f.StringVar(&args.Config.Columns.Key, "key-column", "", "`column` of the record's own name")
	f.BoolVar(&args.Config.Redact, "redact", false, "replace secrets and e-mail addresses by what they are")
	f.BoolVar(&args.Config.Keep, "keep-duplicates", false, "keep records like earlier ones; they are reported in any case")
	f.BoolVar(&args.Fresh, "fresh", false, "forget what an interrupted add had read")
	return c
}

func isCID(text string) bool {
	_, err := cid.Decode(text)
	return err == nil
}

type addReport struct {
	Datanet      string         `json:"datanet"`
	Contribution string         `json:"contribution"`
	Owner        record.Account `json:"owner"`
	Mine         bool           `json:"mine"` // the Datanet
	Shards       int            `json:"shards"`
	Bytes        uint64         `json:"bytes"`
	Contributors int            `json:"contributors"`
	Heard        string         `json:"heard,omitempty"` // by the founder: "yes", or why not
	Report       ingest.Report  `json:"report"`
}

// shown is how many findings of each kind a person is shown.
const shown = 10

func (r addReport) text(out io.Writer) {
	fmt.Fprintf(out, "Added %d %s (%s) by %d %s to %s, in %d %s.\n", r.Report.Records, plural(r.Report.Records, "record"), size(r.Bytes),
		r.Contributors, plural(r.Contributors, "contributor"), r.Datanet, r.Shards, plural(r.Shards, "shard"))
	for i, d := range r.Report.DuplicateList[:min(shown, len(r.Report.DuplicateList))] {
		if i == 0 {
			fmt.Fprintf(out, "%d duplicates:\n", r.Report.Duplicates)
		}
		fmt.Fprintf(out, "  %s at byte %d is %.0f %% like %s at byte %d\n", d.Source, d.Offset, 100*d.Similarity, d.Of, d.OfOffset)
	}
	for i, l := range r.Report.FindingList[:min(shown, len(r.Report.FindingList))] {
		if i == 0 {
			fmt.Fprintf(out, "%d secrets or addresses:\n", r.Report.Findings)
		}
		fmt.Fprintf(out, "  %s at byte %d: %s\n", l.Source, l.Offset, l.Kind)
	}
	for i, q := range r.Report.QuarantineList[:min(shown, len(r.Report.QuarantineList))] {
		if i == 0 {
			fmt.Fprintf(out, "%d not read:\n", r.Report.Quarantined)
		}
		fmt.Fprintf(out, "  %s at byte %d: %s\n", q.Source, q.Offset, q.Reason)
	}
	if r.Report.Duplicates > shown || r.Report.Findings > shown || r.Report.Quarantined > shown {
		fmt.Fprintln(out, "--output json lists all of them")
	}
	fmt.Fprintf(out, "contribution %s\n", r.Contribution)
	fmt.Fprintln(out, nextStep(r.Datanet, r.Heard))
	if !r.Mine {
		fmt.Fprintf(out, "The founder takes it, while this peer runs, with: peer datanet add %s %s\n", r.Datanet, r.Contribution)
	}
}
