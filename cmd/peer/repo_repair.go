package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/datanet/manifest"
	"github.com/openledger/openledger/proofs/canon"
	"github.com/openledger/openledger/proofs/record"
	"github.com/openledger/openledger/storage/block"
	"github.com/openledger/openledger/storage/erasure"
	"github.com/openledger/openledger/storage/pin"
)

type repairReport struct {
	Damaged  int    `json:"damaged"`            // blocks that were deleted
	Restored int    `json:"restored"`           // chunks made again from others
	Ledger   string `json:"ledger,omitempty"`   // where the damaged ledger lies now
	Datanets int    `json:"datanets,omitempty"` // found again for a new ledger
	Missing  int    `json:"missing"`            // blocks that only other peers have
}

func repoRepairCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "repair", Short: "Mend what can be mended without other peers", Args: takes(0, 0), Example: "  peer repo repair",
		Long: `Delete blocks that have rotted, make missing pieces of shards again from those that
are here, and, where the ledger is damaged, put it aside and write a new one from
the signed records among the blocks. The peer must not be running. What is still
missing then, "peer run" and "peer pin recover" fetch from others.`,
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			unlock, err := h.lock()
			if err != nil {
				return nil, err
			}
			defer unlock()
			return a.repair(ctx, h, s)
		}),
	}
}

func (a *app) repair(ctx context.Context, h home, s *settings) (answer repairReport, err error) {
	stored, err := h.keyring().active(s.Key)
	if err != nil {
		return answer, err
	}
	if answer.Ledger, err = asideIfDamaged(ctx, h); err != nil {
		return answer, err
	}
	noKey := func() (record.Key, error) { return record.Key{}, errors.New("a repair signs nothing") }
	r, err := openRepo(h, s.Config, stored.who, noKey, a.logger(s.Log))
	if err != nil {
		return answer, err
	}
	bar := newTaskBar(a)
	defer bar.finish()
	if err = r.openRooms(ctx, r.pinsAlone()); err == nil {
		err = r.repair(ctx, &feed{progress: bar.progress}, &answer)
	}
	return answer, errors.Join(err, r.close())
}

// asideIfDamaged moves a ledger that cannot be used out of the way and returns
// its new name.
func asideIfDamaged(ctx context.Context, h home) (string, error) {
	path := h.ledgerFile()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	db, err := openLedger(path)
	if err == nil {
		var problems []string
		problems, err = checkLedger(ctx, db)
		if err = errors.Join(err, db.Close()); err == nil && len(problems) == 0 {
			return "", nil
		}
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	aside := path + ".damaged-" + time.Now().UTC().Format("20060102-150405")
	for _, suffix := range []string{"", "-wal", "-shm"} { // the log belongs to it
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", homeProblem(err)
		}
	}
	return aside, nil
}

func (r *repo) repair(ctx context.Context, f *feed, report *repairReport) error {
	found, err := r.sweepRotten(ctx, f, report)
	if err != nil {
		return err
	}
	if report.Ledger != "" {
		if err := r.rebuild(ctx, found, report); err != nil {
			return err
		}
	}
	all, err := r.datanets(ctx)
	if err != nil {
		return err
	}
	for _, k := range all {
		st, err := r.pins.Status(ctx, k.Head)
		if err != nil && !errors.Is(err, pin.ErrNotPinned) {
			return err
		}
		if d, err := r.load(ctx, k); err == nil && d != nil {
			if err := r.restore(ctx, d, st, report); err != nil {
				return err
			}
		}
	}
	for _, err := range r.pins.Verify(ctx) {
		if err != nil {
			return err
		}
		report.Missing++
	}
	return nil
}

// sweepRotten deletes damaged blocks and returns the signed records among the
// others.
func (r *repo) sweepRotten(ctx context.Context, f *feed, report *repairReport) (found []record.Verified, err error) {
	st, err := r.blocks.Stat(ctx)
	if err != nil {
		return nil, err
	}
	done := 0
	for e, err := range r.blocks.All(ctx) {
		if err != nil {
			return nil, err
		}
		b, err := r.blocks.Get(ctx, e.CID)
		switch {
		case errors.Is(err, block.ErrCorrupt):
			report.Damaged++
			err = r.blocks.Delete(ctx, e.CID)
		case errors.Is(err, block.ErrNotFound):
			err = nil
		case err == nil:
			if v, notOne := record.Open(b, r.network()); notOne == nil {
				found = append(found, v)
			}
		}
		if err != nil {
			return nil, err
		}
		done++
		f.progress("blocks", int64(done), int64(st.Blocks))
	}
	return found, r.blocks.Sync(ctx)
}

// restore makes chunks of pinned pieces again that are not here, from those that
// are.
func (r *repo) restore(ctx context.Context, d *manifest.Datanet, st pin.Status, report *repairReport) error {
	kept := map[pin.Piece]bool{}
	for _, p := range st.Pieces {
		kept[p.Piece] = st.Whole || p.State == pin.Pinned
	}
	hold := r.blocks.Hold()
	defer hold.Release()
	for i, layoutCID := range pinOf(known{}, d, false).Shards {
		b, err := r.blocks.Get(ctx, layoutCID)
		if err != nil {
			continue // counted as missing
		}
		var l erasure.Layout
		if err := canon.Decode(b, &l, canon.Limits{}); err != nil {
			return fmt.Errorf("layout %s: %w", layoutCID, err)
		}
		var lost []int
		chunks := 0
		for j := range l.Code.Pieces() {
			if n := r.lacks(ctx, l.Piece(j)); n > 0 && kept[pin.Piece{Shard: uint32(i), Index: uint8(j)}] {
				lost = append(lost, j)
				chunks += n
			}
		}
		err = erasure.Repair(ctx, &l, lost, r.get, func(ctx context.Context, chunk []byte) (cid.Cid, error) {
			return hold.Add(ctx, cid.Raw, slices.Clone(chunk))
		})
		if errors.Is(err, erasure.ErrLost) {
			continue // others have the rest
		}
		if err != nil {
			return err
		}
		report.Restored += chunks
	}
	return hold.Flush(ctx)
}

// lacks returns how many of the blocks are not here, or damaged.
func (r *repo) lacks(ctx context.Context, piece []cid.Cid) (n int) {
	for _, c := range piece {
		if _, err := r.blocks.Get(ctx, c); err != nil {
			n++
		}
	}
	return n
}

// rebuild writes what the ledger knew of Datanets anew, from signed records.
func (r *repo) rebuild(ctx context.Context, found []record.Verified, report *repairReport) error {
	slices.SortStableFunc(found, func(a, b record.Verified) int { return cmp.Compare(a.Header().Sequence, b.Header().Sequence) })
	heads := map[manifest.ID]known{}
	versions := map[manifest.ID][]manifest.Sealed[manifest.Manifest]{}
	for _, v := range found {
		if v.Header().Type != record.Manifest {
			continue
		}
		s, err := manifest.OpenManifest(v.Envelope(), r.network())
		if err != nil {
			continue // not one that this peer wrote
		}
		if _, err := manifest.Load(ctx, s.CID(), r.network(), r.get); err != nil {
			continue // parts of it are missing
		}
		m := s.Value()
		k := known{ID: s.Datanet(), Name: m.Name, Founder: s.Owner(), Head: s.CID()}
		if k.mine(r) {
			k.Draft = draft{m.Description, m.Tags, m.Licence, m.Policy, m.Curators, m.Invited}
		}
		heads[k.ID] = k
		versions[k.ID] = append(versions[k.ID], s)
	}
	report.Datanets = len(heads)
	for id, k := range heads {
		d, err := r.load(ctx, k)
		if err != nil {
			return err
		}
		if err := r.keep(ctx, pinOf(k, d, k.mine(r))); err != nil {
			return err
		}
		err = r.inTx(ctx, func(tx *sql.Tx) error {
			if err := remember(ctx, tx, k); err != nil || !k.mine(r) {
				return err
			}
			for _, s := range versions[id] {
				at := k
				at.Head = s.CID()
				if err := noteVersion(ctx, tx, at, s.Value().Version); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return r.rebuildParts(ctx, found, heads)
}

// rebuildParts writes down the parts that are this peer's, or for its Datanets.
func (r *repo) rebuildParts(ctx context.Context, found []record.Verified, heads map[manifest.ID]known) error {
	kinds := map[record.Type]kind{record.Contribution: kindContribution, record.Review: kindReview, record.Withdrawal: kindWithdrawal}
	for _, v := range found {
		what, isPart := kinds[v.Header().Type]
		k, here := heads[v.Header().Subject]
		if !isPart || !here || !k.mine(r) && v.Signer().Account() != r.account {
			continue
		}
		c, err := block.CID(cid.DagCBOR, v.Envelope())
		if err == nil {
			err = r.keepPart(ctx, k, v, c, what)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r repairReport) text(out io.Writer) {
	if r.Ledger != "" {
		fmt.Fprintf(out, "The ledger was damaged and lies in %s now; %d Datanets were found again.\n", r.Ledger, r.Datanets)
		fmt.Fprintln(out, `What this key promised other peers is not known any more: take a new one with "peer key rotate".`)
	}
	fmt.Fprintf(out, "%d damaged blocks deleted, %d chunks restored from others.\n", r.Damaged, r.Restored)
	if r.Missing > 0 {
		fmt.Fprintf(out, "%d blocks are missing still: \"peer run\" and \"peer pin recover\" fetch them.\n", r.Missing)
	}
}
