package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/catalog"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/pin"
)

type datanetPinArgs struct {
	Datanet string
	Whole   bool
	Wait    bool
}

var datanetPin = task[datanetPinArgs, datanetPinReport]{"datanet/pin", func(ctx context.Context, r *repo, f *feed, args datanetPinArgs) (report datanetPinReport, err error) {
	e, err := r.resolve(ctx, args.Datanet)
	if err != nil {
		return report, err
	}
	k := known{ID: e.ID, Name: e.Manifest.Name, Founder: e.Founder, Head: e.Head}
	f.progress("asking for the manifest", 0, 1)
	get, done, err := r.reader(ctx, "manifest of "+k.Name, k.ID) // connects to who has it
	if err != nil {
		return report, err
	}
	defer done()
	head, err := openHead(ctx, e.Head, r.network(), get)
	if err != nil {
		return report, &problem{exitFailed, fmt.Errorf("%s: %w", k.Name, err), refusedRemedy(err)}
	}
	d, err := r.catalog.Check(ctx, e.Head)
	if err != nil {
		return report, &problem{exitCheck, fmt.Errorf("%s: %w", k.Name, err), refusedRemedy(err)}
	}
	p := pinOf(k, d, args.Whole)
	if most := r.config.Storage.Pledge; most > 0 {
		p.Bytes = min(p.Bytes, most)
	}
	if err := r.pins.Add(ctx, p); err != nil {
		return report, err
	}
	if err := r.follow(ctx, k); err != nil {
		return report, err
	}
	if r.online != nil {
		r.online.askPledges(ctx, head)
	}
	if args.Wait {
		err = r.await(ctx, f, p.Root)
	}
	st, statusErr := r.pins.Status(ctx, p.Root)
	report = datanetPinReport{Name: k.Name, Founder: k.Founder.String(), CID: p.Root.String(), Version: d.Manifest().Version, pinReport: reportOf(st)}
	return report, errors.Join(err, statusErr)
}}

// refusedRemedy is what helps where a version could not be checked.
func refusedRemedy(err error) string {
	if errors.Is(err, context.DeadlineExceeded) || missingRemedy(err) != "" {
		return `its keepers may be offline: "peer datanet pin" again later goes on`
	}
	return ""
}

// resolve finds a Datanet in the catalog, or else in the network.
func (r *repo) resolve(ctx context.Context, name string) (catalog.Entry, error) {
	if k, err := r.datanet(ctx, name); err == nil {
		name = k.ID.String() // the one that is here, not another of that name
	}
	e, err := r.catalog.Resolve(ctx, name)
	if err == nil || !errors.Is(err, catalog.ErrUnknown) {
		return e, err
	}
	if r.online == nil {
		return e, problemf(exitFailed, `start the peer with "peer run", so that others are asked`, "%w", err)
	}
	r.online.learnDatanets(ctx, name)
	if e, err = r.catalog.Resolve(ctx, name); err != nil {
		err = problemf(exitFailed, `"peer datanet search" shows what is announced`, "%w", err)
	}
	return e, err
}

// follow writes a Datanet of somebody else down, with its latest version.
func (r *repo) follow(ctx context.Context, k known) error {
	return r.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO datanets (id, name, founder, draft, head) VALUES (?, ?, ?, '', ?) ON CONFLICT (id) DO UPDATE SET head = excluded.head",
			k.ID[:], k.Name, k.Founder.String(), linkText(k.Head)); err != nil {
			return err
		}
		return nil
	})
}

// await works at a pin until all that falls to this peer is here, and shows how
// far that is.
func (r *repo) await(ctx context.Context, f *feed, root cid.Cid) error {
	watched, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() { r.watch(watched, f, root) })
	defer work.Wait()
	defer stop()
	for looked := false; ; looked = true {
		if r.online == nil {
			if err := r.pins.Work(ctx); err != nil {
				return err
			}
		}
		if err := r.pins.Wait(ctx, root); err != nil {
			return problemf(exitFailed, "it is tried again; \"peer pin status "+root.String()+"\" shows how far it is", "%w", err)
		}
		st, err := r.pins.Status(ctx, root)
		if err != nil || looked || divided(st) {
			return err
		}
		// What of it falls to whom is to be looked at: now, and not in a minute.
		if err := r.pins.Work(ctx); err != nil {
			return err
		}
	}
}

// divided says whether somebody keeps each piece.
func divided(st pin.Status) bool {
	return !slices.ContainsFunc(st.Pieces, func(p pin.PieceStatus) bool { return p.State == pin.Remote && p.Keeper == record.PublicKey{} })
}

// watch shows how far a pin is.
func (r *repo) watch(ctx context.Context, f *feed, root cid.Cid) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		st, err := r.pins.Status(ctx, root)
		if err != nil {
			continue // the caller will hear of it
		}
		total := 0
		for _, n := range st.Count {
			total += n
		}
		f.progress("pieces", int64(st.Count[pin.Pinned]+st.Count[pin.Remote]), int64(total))
	}
}

func datanetPinCmd(a *app) *cobra.Command {
	args := datanetPinArgs{Wait: true}
	var background bool
	c := &cobra.Command{
		Use: "pin DATANET", Short: "Keep a Datanet, or a share of it", Args: takes(1, 1),
		Long: `Keep a Datanet of somebody else: check its newest version, fetch the pieces of its
shards that fall to this peer, and promise to keep them; other peers audit that.
With --whole keep all of it. Given again, it goes on, or takes a newer version.
Any 10 of the 20 pieces of a shard restore it, wherever they lie.`,
		Example: "  peer datanet pin --help",
		RunE: a.inHome(taskOf(a, datanetPin, func(words []string) (datanetPinArgs, error) {
			args.Datanet, args.Wait = words[0], !background
			return args, nil
		})),
	}
	c.Flags().BoolVar(&args.Whole, "whole", false, "keep all of it here")
	c.Flags().BoolVar(&background, "no-wait", false, "let the running peer fetch it, and show how far it is with: peer pin status")
	return c
}

type datanetPinReport struct {
	Name    string `json:"name"`
	Founder string `json:"founder"`
	Version uint64 `json:"version"`
	CID     string `json:"cid"`
	pinReport
}

func (r datanetPinReport) text(out io.Writer) {
	fmt.Fprintf(out, "Pinned version %d of %s: %s, %d pieces here, %d with others.\nmanifest %s\n", r.Version, r.Name, size(r.Bytes), r.Count[pin.Pinned], r.Count[pin.Remote], r.CID)
}
