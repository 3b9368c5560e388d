package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/storage/pin"
)

func pinCmd(a *app) *cobra.Command {
	return group("pin", "Keep blocks, and see how far that is", `What is pinned stays: garbage collection leaves it. "peer datanet pin" pins a
Datanet; these commands take the CID of anything, and show and mend all pins.`,
		"  peer pin ls", pinAddCmd(a), pinLsCmd(a), pinRmCmd(a), pinStatusCmd(a), pinRecoverCmd(a))
}

// A pinReport is how far one pin is.
type pinReport struct {
	Root   string            `json:"root"`
	Label  string            `json:"label"`
	Whole  bool              `json:"whole"`
	State  pin.State         `json:"state"`
	Reason string            `json:"reason,omitempty"`
	Since  time.Time         `json:"since"`
	Retry  *time.Time        `json:"retry,omitempty"`
	Bytes  uint64            `json:"bytes"`
	Count  map[pin.State]int `json:"pieces"`
	Pieces []pieceLine       `json:"detail,omitempty"`
}

type pieceLine struct {
	Shard  uint32     `json:"shard"`
	Index  uint8      `json:"index"`
	State  pin.State  `json:"state"`
	Reason string     `json:"reason,omitempty"`
	Since  time.Time  `json:"since"`
	Retry  *time.Time `json:"retry,omitempty"`
	Keeper string     `json:"keeper,omitempty"` // peer ID
	Kept   bool       `json:"kept"`
}

func reportOf(s pin.Status) pinReport {
	r := pinReport{Root: linkText(s.Root), Label: s.Name, Whole: s.Whole || len(s.Shards) == 0 && s.Datanet == [32]byte{}, State: s.State, Reason: s.Reason, Since: s.Since, Retry: when(s.Retry), Bytes: s.Bytes, Count: s.Count}
	for _, p := range s.Pieces {
		line := pieceLine{Shard: p.Shard, Index: p.Index, State: p.State, Reason: p.Reason, Since: p.Since, Retry: when(p.Retry), Kept: p.Kept}
		if p.Keeper.PeerID() != "" {
			line.Keeper = p.Keeper.PeerID().String()
		}
		r.Pieces = append(r.Pieces, line)
	}
	return r
}

// when is a time, or nothing for none.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type pinArgs struct {
	Root, Name string
	Wait       bool
}

// pinned finds a pin by its root or its name.
func (r *repo) pinned(ctx context.Context, name string) (pin.Status, error) {
	all, err := r.pins.List(ctx)
	if err != nil {
		return pin.Status{}, err
	}
	var found []pin.Status
	for _, s := range all {
		if s.Root.String() == name {
			return s, nil
		}
		if s.Name == name {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return pin.Status{}, problemf(exitFailed, `"peer pin ls" lists the pins`, "%q: %w", name, pin.ErrNotPinned)
}

var pinAdd = task[pinArgs, pinReport]{"pin/add", func(ctx context.Context, r *repo, f *feed, args pinArgs) (report pinReport, err error) {
	root, err := cid.Decode(args.Root)
	if err != nil {
		return report, problemf(exitUsage, "want a CID such as bafyrei...", "%q: %w", args.Root, err)
	}
	if err := r.pins.Add(ctx, pin.Pin{Root: root, Name: args.Name, Whole: true}); err != nil {
		return report, err
	}
	if args.Wait {
		err = r.await(ctx, f, root)
	}
	s, statusErr := r.pins.Status(ctx, root)
	return reportOf(s), errors.Join(err, statusErr)
}}

func pinAddCmd(a *app) *cobra.Command {
	args := pinArgs{}
	var background bool
	c := &cobra.Command{
		Use: "add CID", Short: "Keep a block and everything below it", Args: takes(1, 1),
		Long: "Keep a block and all blocks below it. A running peer fetches what is not here.",
		Example: `  peer datanet create poems --licence CC0-1.0
  printf '{"text":"Roses are red"}\n' > poems.jsonl
  peer datanet add poems poems.jsonl
  peer pin add $(peer datanet review poems | awk 'NR == 2 {print $1}') --name poems`,
		RunE: a.inHome(taskOf(a, pinAdd, func(words []string) (pinArgs, error) {
			args.Root, args.Wait = words[0], !background
			return args, nil
		})),
	}
	c.Flags().StringVar(&args.Name, "name", "", "what to call it")
	c.Flags().BoolVar(&background, "no-wait", false, "return at once; peer pin status says how far it is")
	return c
}

func (r pinReport) text(out io.Writer) {
	w := table(out)
	fmt.Fprintf(w, "pin\t%s\nroot\t%s\nstate\t%s since %s\nsize\t%s\n", r.Label, r.Root, r.State, r.Since.Local().Format(time.DateTime), size(r.Bytes))
	if r.Reason != "" {
		fmt.Fprintf(w, "reason\t%s\n", r.Reason)
	}
	if r.Retry != nil {
		fmt.Fprintf(w, "again at\t%s\n", r.Retry.Local().Format(time.DateTime))
	}
	for _, state := range []pin.State{pin.Pinned, pin.Pinning, pin.Queued, pin.Error, pin.Remote} {
		if n := r.Count[state]; n > 0 {
			fmt.Fprintf(w, "pieces\t%d %s\n", n, state)
		}
	}
	w.Flush()
	if len(r.Pieces) == 0 {
		return
	}
	fmt.Fprintln(w, "SHARD\tPIECE\tSTATE\tKEEPER\t")
	for _, p := range r.Pieces {
		fmt.Fprintf(w, "%d\t%d\t%s\t%s\t%s\n", p.Shard, p.Index, p.State, p.Keeper, p.Reason)
	}
	w.Flush()
}

var pinLs = task[none, pinTable]{"pin/ls", func(ctx context.Context, r *repo, _ *feed, _ none) (pinTable, error) {
	all, err := r.pins.List(ctx)
	report := pinTable{Pins: []pinReport{}}
	for _, s := range all {
		report.Pins = append(report.Pins, reportOf(s))
	}
	if err != nil {
		return report, err
	}
	u, err := r.pins.Usage(ctx)
	report.Quota, report.Bytes, report.Promised = u.Quota, u.Pinned, u.Promised
	return report, err
}}

func pinLsCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "ls", Short: "List what is pinned", Args: takes(0, 0), Example: "  peer pin ls\n  peer pin ls --output json",
		Long: "List what is pinned, and how far that is: pinned, pinning, queued, error (it is\ntried again), or remote where other peers keep it.",
		RunE: a.inHome(taskOf(a, pinLs, noArgs)),
	}
}

type pinTable struct {
	Pins     []pinReport `json:"pins"`
	Quota    uint64      `json:"quota"`
	Bytes    uint64      `json:"bytes"`
	Promised uint64      `json:"promised"`
}

func (r pinTable) text(out io.Writer) {
	if len(r.Pins) == 0 {
		fmt.Fprintln(out, `nothing is pinned; "peer datanet pin" and "peer pin add" do`)
		return
	}
	w := table(out)
	fmt.Fprintln(w, "ROOT\tNAME\tSTATE\tSIZE\tPIECES HERE\tELSEWHERE\t")
	for _, p := range r.Pins {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t%s\n", p.Root, p.Label, p.State, size(p.Bytes), p.Count[pin.Pinned], p.Count[pin.Remote], p.Reason)
	}
	w.Flush()
	if r.Quota > 0 {
		fmt.Fprintf(out, "%s of %s used, %s promised\n", size(r.Bytes), size(r.Quota), size(r.Promised))
	}
}

var pinRm = task[string, pinRmReport]{"pin/rm", func(ctx context.Context, r *repo, _ *feed, name string) (report pinRmReport, err error) {
	s, err := r.pinned(ctx, name)
	if err != nil {
		return report, err
	}
	all, err := r.datanets(ctx)
	if err != nil {
		return report, err
	}
	for _, k := range all {
		if k.Head.Equals(s.Root) && k.mine(r) {
			return report, problemf(exitUsage, "a version of your own that others rely on stays", "%s is the latest version of your Datanet %s", s.Root, k.Name)
		}
		parts, err := r.parts(ctx, k.ID)
		if err != nil {
			return report, err
		}
		for _, p := range parts {
			if p.CID.Equals(s.Root) {
				return report, problemf(exitUsage, "publish it first", "%s is a %s that waits for the next version of %s", s.Root, p.Kind, k.Name)
			}
		}
	}
	if err := r.pins.Remove(ctx, s.Root); err != nil {
		return report, err
	}
	_, err = r.ledger.ExecContext(ctx, "DELETE FROM datanets WHERE head = ? AND founder != ? AND id NOT IN (SELECT datanet FROM parts)", s.Root.String(), r.account.String())
	return pinRmReport{s.Root.String(), s.Name}, err
}}

func pinRmCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "rm PIN", Short: "Let go of a pin, by its root or its name", Args: takes(1, 1),
		Long:    "Let go of a pin. Its blocks stay until \"peer repo gc\", pieces that others rely on\na little longer.",
		Example: "  peer pin rm --help",
		RunE:    a.inHome(taskOf(a, pinRm, func(words []string) (string, error) { return words[0], nil })),
	}
}

type pinRmReport struct {
	Root  string `json:"root"`
	Label string `json:"label"`
}

func (r pinRmReport) text(out io.Writer) { fmt.Fprintln(out, "no longer pinned:", r.Root, r.Label) }

var pinStatus = task[string, pinReport]{"pin/status", func(ctx context.Context, r *repo, _ *feed, name string) (report pinReport, err error) {
	s, err := r.pinned(ctx, name)
	if err == nil {
		s, err = r.pins.Status(ctx, s.Root)
	}
	return reportOf(s), err
}}

func pinStatusCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "status PIN", Short: "Show a pin, each piece and who keeps it", Args: takes(1, 1), Example: "  peer pin status --help",
		Long: "Show how far a pin is, by its root or its name: each piece, the peer that keeps it,\nand why it is not here yet.",
		RunE: a.inHome(taskOf(a, pinStatus, func(words []string) (string, error) { return words[0], nil })),
	}
}

var pinRecover = task[string, pinRecoverReport]{"pin/recover", func(ctx context.Context, r *repo, f *feed, name string) (report pinRecoverReport, err error) {
	root := cid.Undef
	if name != "" {
		s, err := r.pinned(ctx, name)
		if err != nil {
			return report, err
		}
		root = s.Root
	}
	if report.Queued, err = r.pins.Recover(ctx, root); err != nil {
		return report, err
	}
	if r.online == nil {
		err = r.pins.Work(ctx)
	}
	return report, err
}}

func pinRecoverCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "recover [PIN]", Short: "Fetch again what a pin lacks", Args: takes(0, 1), Example: "  peer pin recover",
		Long: "Read every block of a pin, or of all, and fetch or restore again what is missing,\ndamaged or failed.",
		RunE: a.inHome(taskOf(a, pinRecover, func(words []string) (string, error) {
			if len(words) == 0 {
				return "", nil
			}
			return words[0], nil
		})),
	}
}

type pinRecoverReport struct {
	Queued int `json:"queued"`
}

func (r pinRecoverReport) text(out io.Writer) {
	if r.Queued == 0 {
		fmt.Fprintln(out, "All that is pinned is here.")
		return
	}
	fmt.Fprintf(out, "%d pins and pieces are fetched again; \"peer pin ls\" shows how far that is.\n", r.Queued)
}
