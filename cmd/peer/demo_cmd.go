package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/cmd/peer/devnet"
)

func demoCmd(a *app) *cobra.Command {
	var dir, data string
	var peers int
	var quick, keep bool
	c := &cobra.Command{
		Use: "demo", Short: "Show the whole network at work on this machine", Args: takes(0, 0), Annotations: live,
		Long: `Start a network of peers on this machine, each a process of its own, and have it
do what OpenLedger is for, on real text: Go's own source, whose packages are the
contributors, or the folder of --data, whose folders are. Each command is shown
as it is given, and can be given again afterwards.`,
		Example: "  peer demo --help",
	}
	c.Flags().StringVar(&dir, "dir", defaultNet(), "`folder` of the network")
	c.Flags().StringVar(&data, "data", "", "`folder` of texts, instead of Go's source")
	c.Flags().IntVar(&peers, "peers", devnet.Peers, "peers, `N` of at least 4")
	c.Flags().BoolVar(&quick, "quick", false, "train less")
	c.Flags().BoolVar(&keep, "keep", false, "let the peers run on")
	c.RunE = func(*cobra.Command, []string) error {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		roles, err := devnet.Roles(peers)
		if err != nil {
			return problemf(exitUsage, "", "%w", err)
		}
		d := devnet.Demo{Quick: quick, Out: a.out}
		most := 400 << 10
		if quick {
			most = 120 << 10
		}
		if data == "" {
			d.Texts, err = devnet.GoTexts(most)
		} else {
			d.Texts, err = devnet.FolderTexts(data, most)
		}
		if err != nil {
			return err
		}
		if err := devnet.Remove(dir); err != nil {
			if errors.Is(err, devnet.ErrRunning) {
				return problemf(exitBusy, `stop it with "peer devnet down", or choose another folder with --dir`, "%w", err)
			}
			return err
		}
		program, err := os.Executable()
		if err != nil {
			return err
		}
		if d.Net, err = devnet.Create(ctx, dir, program, roles); err != nil {
			return err
		}
		err = d.Run(ctx)
		if err != nil || !keep {
			err = errors.Join(err, d.Net.Down())
		}
		if ctx.Err() != nil {
			return problemf(exitInterrupted, `the same command begins anew`, "interrupted; all peers are stopped")
		}
		if err != nil {
			return fmt.Errorf("%w; the logs are in %s", err, d.Net.Dir)
		}
		return nil
	}
	return c
}
