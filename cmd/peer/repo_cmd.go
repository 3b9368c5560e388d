package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/pin"
)

func repoCmd(a *app) *cobra.Command {
	return group("repo", "Look after what this peer stores", `The repo is what a peer stores: its blocks (blocks/) and the ledger of all that one
may ask questions about (ledger.db).`,
		"  peer repo stat", repoStatCmd(a), repoVerifyCmd(a), repoRepairCmd(a), repoGCCmd(a))
}

type repoStatReport struct {
	Blocks   int    `json:"blocks"`
	Bytes    uint64 `json:"bytes"`
	Disk     uint64 `json:"disk"`
	Free     uint64 `json:"free"` // of the disk
	Pinned   uint64 `json:"pinned"`
	Quota    uint64 `json:"quota"`
	Datanets int    `json:"datanets"`
	Path     string `json:"path"`
}

var repoStat = task[none, repoStatReport]{"repo/stat", func(ctx context.Context, r *repo, _ *feed, _ none) (report repoStatReport, err error) {
	st, err := r.blocks.Stat(ctx)
	if err != nil {
		return report, err
	}
	u, err := r.pins.Usage(ctx)
	if err != nil {
		return report, err
	}
	all, err := r.datanets(ctx)
	if err != nil {
		return report, err
	}
	free, err := freeDisk(string(r.home))
	return repoStatReport{st.Blocks, st.Bytes, st.Disk, free, u.Pinned, u.Quota, len(all), r.home.blocksDir()}, err
}}

func repoStatCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "stat", Short: "Show how much is stored", Args: takes(0, 0), Example: "  peer repo stat\n  peer repo stat --output json",
		RunE: a.inHome(taskOf(a, repoStat, noArgs)),
	}
}

func (r repoStatReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "path\t%s\nblocks\t%d\nsize\t%s\non disk\t%s\nfree\t%s\npinned\t%s\n", r.Path, r.Blocks, size(r.Bytes), size(r.Disk), size(r.Free), size(r.Pinned))
	if r.Quota > 0 {
		fmt.Fprintf(w, "quota\t%s\n", size(r.Quota))
	}
	fmt.Fprintf(w, "Datanets\t%d\n", r.Datanets)
	w.Flush()
}

type repoGCReport struct {
	Blocks int    `json:"blocks"`
	Bytes  uint64 `json:"bytes"`
}

var repoGC = task[none, repoGCReport]{"repo/gc", func(ctx context.Context, r *repo, f *feed, _ none) (repoGCReport, error) {
	freed, err := r.pins.GC(ctx)
	return repoGCReport{freed.Blocks, freed.Bytes}, err
}}

func repoGCCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "gc", Short: "Delete blocks that nothing pins", Args: takes(0, 0), Example: "  peer repo gc",
		Long: "Delete blocks that nothing pins. What is pinned stays, and what another command\nis just adding or fetching.",
		RunE: a.inHome(taskOf(a, repoGC, noArgs)),
	}
}

func (r repoGCReport) text(out io.Writer) {
	fmt.Fprintf(out, "Deleted %d blocks, %s.\n", r.Blocks, size(r.Bytes))
}

// A repoFault is something that is not as it should be.
type repoFault struct {
	What   string `json:"what"`
	Remedy string `json:"remedy"`
}

type repoVerifyReport struct {
	Blocks   int         `json:"blocks"`
	Bytes    uint64      `json:"bytes"`
	Datanets int         `json:"datanets"`
	Faults   []repoFault `json:"faults"`
}

// mostFaults bounds the faults that are listed.
const mostFaults = 100

func (r *repoVerifyReport) fault(remedy, format string, args ...any) {
	if len(r.Faults) < mostFaults {
		r.Faults = append(r.Faults, repoFault{fmt.Sprintf(format, args...), remedy})
	}
}

var repoVerify = task[none, repoVerifyReport]{"repo/verify", func(ctx context.Context, r *repo, f *feed, _ none) (repoVerifyReport, error) {
	report := repoVerifyReport{Faults: []repoFault{}}
	problems, err := checkLedger(ctx, r.ledger)
	if err != nil {
		return report, err
	}
	for _, p := range problems {
		report.fault("peer repo repair", "%s: %s", r.home.ledgerFile(), p)
	}
	st, err := r.blocks.Stat(ctx)
	if err != nil {
		return report, err
	}
	for e, err := range r.blocks.Verify(ctx) {
		switch {
		case ctx.Err() != nil:
			return report, ctx.Err()
		case errors.Is(err, block.ErrCorrupt):
			report.fault("peer repo repair", "block %s of %d bytes has rotted on the disk", e.CID, e.Size)
		case err != nil:
			report.fault("check the disk, then: peer repo repair", "%v", err)
		}
		report.Blocks++
		report.Bytes += uint64(e.Size)
		f.progress("blocks", int64(report.Blocks), int64(st.Blocks))
	}
	if err := r.verifyPins(ctx, &report); err != nil {
		return report, err
	}
	return report, r.verifyDatanets(ctx, &report)
}}

// verifyPins looks whether all that is pinned is here.
func (r *repo) verifyPins(ctx context.Context, report *repoVerifyReport) error {
	for m, err := range r.pins.Verify(ctx) {
		if err != nil {
			return err
		}
		report.fault("peer pin recover", "block %s of pin %s: %v", m.Block, m.Root, m.Err)
	}
	return nil
}

// verifyDatanets looks whether all that the ledger says of Datanets is here and
// signed by who may.
func (r *repo) verifyDatanets(ctx context.Context, report *repoVerifyReport) error {
	all, err := r.datanets(ctx)
	if err != nil {
		return err
	}
	for _, k := range all {
		report.Datanets++
		if st, err := r.pins.Status(ctx, k.Head); err == nil && st.State != pin.Pinned {
			continue // it is on its way
		}
		if _, err := r.load(ctx, k); err != nil {
			report.fault("peer datanet pin "+k.Name, "%v", err)
		}
		parts, err := r.parts(ctx, k.ID)
		if err != nil {
			return err
		}
		for _, p := range parts {
			if _, err := r.blocks.Get(ctx, p.CID); err != nil {
				report.fault("peer repo repair", "%s %s of %s: %v", p.Kind, p.CID, k.Name, err)
			}
		}
	}
	return nil
}

func repoVerifyCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "Check all that is stored", Args: takes(0, 0), Example: "  peer repo verify",
		Long: `Read the ledger and every block, compare each with its hash, and look whether all
that is pinned and all that the ledger names is here. Exit code 7 if something is
wrong, with what to do about it.`,
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			answer, err := repoVerify.run(a, h, s, none{}, io.Discard)
			if err != nil {
				return nil, err
			}
			if n := len(answer.Faults); n > 0 {
				if err := a.show(answer); err != nil {
					return nil, err
				}
				return nil, problemf(exitCheck, answer.Faults[0].Remedy, "%d %s wrong, first: %s", n, map[bool]string{true: "thing is", false: "things are"}[n == 1], answer.Faults[0].What)
			}
			return answer, nil
		}),
	}
}

func (r repoVerifyReport) text(out io.Writer) {
	for _, f := range r.Faults {
		fmt.Fprintf(out, "%s\n  %s\n", f.What, f.Remedy)
	}
	if len(r.Faults) == 0 {
		fmt.Fprintf(out, "Consistent: %d blocks (%s), %d Datanets, the ledger.\n", r.Blocks, size(r.Bytes), r.Datanets)
	}
}
