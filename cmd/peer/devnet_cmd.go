package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/cmd/peer/devnet"
)

func devnetCmd(a *app) *cobra.Command {
	var dir string
	up := &cobra.Command{
		Use: "up", Short: "Start the network, made if it is not there", Args: takes(0, 0), Annotations: live,
		Long: `Start the peers that do not run and wait until they are ready. They run until
"peer devnet down", beyond the end of this command.`,
		Example: "  peer devnet up --help",
	}
	peers := up.Flags().Int("peers", devnet.Peers, "peers of a new network, `N` of at least 5")
	up.RunE = a.onNet(&dir, func(ctx context.Context, n *devnet.Net) (report, error) {
		release, err := devnet.Take(dir)
		if err != nil {
			return nil, netProblem(err)
		}
		defer release()
		if n == nil {
			program, err := os.Executable()
			if err != nil {
				return nil, err
			}
			roles, err := devnet.Roles(*peers)
			if err != nil {
				return nil, problemf(exitUsage, "", "%w", err)
			}
			if n, err = devnet.Create(ctx, dir, program, roles); err != nil {
				return nil, netProblem(err)
			}
		}
		if err := n.Up(ctx); err != nil {
			return nil, fmt.Errorf("%w; the logs are in %s", err, filepath.Join(n.Dir, "logs"))
		}
		return reportNet(ctx, n), nil
	})
	status := &cobra.Command{
		Use: "status", Short: "Show its peers", Args: takes(0, 0), Example: "  peer devnet status --help",
		RunE: a.onNet(&dir, func(ctx context.Context, n *devnet.Net) (report, error) {
			if n == nil {
				return nil, noNet(dir)
			}
			return reportNet(ctx, n), nil
		}),
	}
	down := &cobra.Command{
		Use: "down", Short: "Stop its peers", Args: takes(0, 0), Example: "  peer devnet down --help",
		Long: "Stop the peers of the network. Their homes stay, and \"peer devnet up\" goes on with them.",
	}
	remove := down.Flags().Bool("remove", false, "delete the network, too")
	down.RunE = a.onNet(&dir, func(ctx context.Context, n *devnet.Net) (report, error) {
		if n == nil {
			return nil, noNet(dir)
		}
		if err := n.Down(); err != nil {
			return nil, err
		}
		if *remove {
			return nil, netProblem(devnet.Remove(n.Dir))
		}
		return reportNet(ctx, n), nil
	})
	logs := &cobra.Command{
		Use: "logs [PEER]", Short: "Print what its peers logged", Args: takes(0, 1), Example: "  peer devnet logs --help",
		RunE: func(_ *cobra.Command, args []string) error {
			n, err := devnet.Open(dir)
			if errors.Is(err, fs.ErrNotExist) {
				return noNet(dir)
			}
			if err != nil {
				return err
			}
			if len(args) == 1 && n.Peer(args[0]) == nil {
				return problemf(exitUsage, `"peer devnet status" lists them`, "the network has no peer %q", args[0])
			}
			for _, p := range n.Peers {
				if len(args) == 1 && p.Name != args[0] {
					continue
				}
				if err := a.printLog(p, len(args) == 0); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c := group("devnet", "Keep a network of peers on this machine", `A network of peers on this machine, to develop with: processes of their own with
homes, keys, ports and a chain, joined to nobody outside. It lies in one folder;
"peer demo" leaves one behind.`, "  peer devnet --help", up, status, logs, down)
	c.PersistentFlags().StringVar(&dir, "dir", defaultNet(), "`folder` of the network")
	return c
}

// defaultNet is the folder of a network where none is named.
func defaultNet() string {
	user, err := os.UserHomeDir()
	if err != nil {
		user = os.TempDir()
	}
	return filepath.Join(user, ".openledger-devnet")
}

func noNet(dir string) error {
	return problemf(exitHome, `make one with "peer devnet up", or name its folder with --dir`, "%s holds no network of peers", dir)
}

// onNet makes a command of work on the network in a folder, nil if there is none.
func (a *app) onNet(dir *string, work func(ctx context.Context, n *devnet.Net) (report, error)) func(*cobra.Command, []string) error {
	return func(*cobra.Command, []string) error {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		n, err := devnet.Open(*dir)
		if errors.Is(err, fs.ErrNotExist) {
			n, err = nil, nil
		}
		if err != nil {
			return problemf(exitHome, `"peer demo" with the same --dir begins anew`, "%w", err)
		}
		answer, err := work(ctx, n)
		if err != nil && ctx.Err() != nil {
			return problemf(exitInterrupted, "the same command goes on", "interrupted")
		}
		if err != nil || answer == nil {
			return err
		}
		return a.show(answer)
	}
}

func (a *app) printLog(p *devnet.Peer, named bool) error {
	text, err := os.ReadFile(p.Log())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if named {
			line = p.Name + "  " + line
		}
		if _, err := io.WriteString(a.out, line); err != nil {
			return err
		}
	}
	return nil
}

type devnetReport struct {
	Dir   string          `json:"dir"`
	Peers []devnetPeerRow `json:"peers"`
}

type devnetPeerRow struct {
	*devnet.Peer
	PID   int    `json:"pid,omitempty"`
	State string `json:"state"` // ready, starting or stopped
	Home  string `json:"home"`
	Ops   string `json:"ops,omitempty"`
}

func reportNet(ctx context.Context, n *devnet.Net) devnetReport {
	r := devnetReport{Dir: n.Dir}
	for _, p := range n.Peers {
		row := devnetPeerRow{Peer: p, PID: p.PID(), State: "stopped", Home: p.Home(), Ops: p.URL()}
		switch {
		case row.PID != 0 && p.Ready(ctx):
			row.State = "ready"
		case row.PID != 0:
			row.State = "starting"
		}
		r.Peers = append(r.Peers, row)
	}
	return r
}

func (r devnetReport) text(out io.Writer) {
	fmt.Fprintf(out, "Network in %s\n\n", r.Dir)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "PEER\tSTATE\tPROCESS\tACCOUNT\tAPI\tDOES")
	for _, p := range r.Peers {
		pid, api := "", ""
		if p.PID != 0 {
			pid = fmt.Sprint(p.PID)
		}
		if p.API != "" {
			api = "http://" + p.API + "/v1"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", p.Name, p.State, pid, p.Account, api, p.Does)
	}
	w.Flush()
	fmt.Fprintf(out, "\nAs one of them:  peer --home %s COMMAND\n", filepath.Join(r.Dir, "homes", r.Peers[0].Name))
}
