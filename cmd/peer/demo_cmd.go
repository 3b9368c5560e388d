package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/cmd/peer/devnet"
	"github.com/openledger/openledger/datanet/manifest"
)

// A show is what the flags of demo say.
type show struct {
	dir, data, datanet, model, licence string
	columns                            devnet.Columns
	peers                              int
	quick, keep                        bool
}

func demoCmd(a *app) *cobra.Command {
	s := &show{}
	c := &cobra.Command{
		Use: "demo", Short: "Show the whole network at work on this machine", Args: takes(0, 0), Annotations: live,
		Long: fmt.Sprintf(`Start a network of peers on this machine, each a process of its own, and have it
do what OpenLedger is for, on real text. Each command is shown as it is given,
and can be given again afterwards.

The text is Go's own source, whose packages are the contributors; or a folder
(--data), whose folders are; or one file of text (--data), of which two peers
have a half each; or a JSONL file (--datanet) with the contributor of each row in
a field: %s, or the one that --contributor-column names. Its text is
in %s, or in that of --text-column. Nothing of it leaves this machine.`, list(devnet.ContributorColumns), list(devnet.TextColumns)),
		Example: "  peer demo --help",
	}
	f := c.Flags()
	f.StringVar(&s.dir, "dir", defaultNet(), "`folder` of the network")
	f.StringVar(&s.data, "data", "", "`folder` or file of texts, instead of Go's source")
	f.StringVar(&s.datanet, "datanet", "", "JSONL `file` of texts with their contributors, instead of Go's source")
	f.StringVar(&s.columns.Text, "text-column", "", "with --datanet: `field` of the text")
	f.StringVar(&s.columns.Contributor, "contributor-column", "", "with --datanet: `field` of the contributor")
	f.StringVar(&s.licence, "licence", "LicenseRef-private", "SPDX `expression` that your texts are under")
	f.StringVar(&s.model, "model", "", "`folder` of a Llama in Hugging Face's layout, instead of a base trained from scratch")
	f.IntVar(&s.peers, "peers", devnet.Peers, "peers, `N` of at least 5")
	f.BoolVar(&s.quick, "quick", false, "train less")
	f.BoolVar(&s.keep, "keep", false, "let the peers run on")
	c.RunE = func(*cobra.Command, []string) error {
		also := []os.Signal{syscall.SIGPIPE} // who reads this has gone
		if !signal.Ignored(syscall.SIGHUP) { // by nohup
			also = append(also, syscall.SIGHUP)
		}
		stop, force, release := interrupts(also...)
		defer release()
		return a.demo(stop, force, s)
	}
	return c
}

func list(words []string) string {
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " or " + words[n]
}

// demo looks at all that it is given before it makes anything. It ends when stop
// does, in haste when force does, and leaves no process unless it is to.
func (a *app) demo(stop, force context.Context, s *show) error {
	roles, err := devnet.Roles(s.peers)
	if err != nil {
		return problemf(exitUsage, "", "%w", err)
	}
	d, err := s.script()
	if err != nil {
		return err
	}
	d.Out = a.out
	err = s.perform(stop, force, d, roles)
	if stop.Err() == nil {
		return err
	}
	if d.Net != nil && d.Net.Running() {
		return problemf(exitInterrupted, `"peer devnet down" stops the others`, "interrupted; not all peers are stopped: %w", err)
	}
	return problemf(exitInterrupted, "the same command begins anew", "interrupted; all peers are stopped")
}

// script is the demonstration that the flags describe, without its network.
func (s *show) script() (d *devnet.Demo, err error) {
	d = &devnet.Demo{Quick: s.quick, Licence: s.licence}
	most := 400 << 10
	if s.quick {
		most = 120 << 10
	}
	if err := manifest.Licence(s.licence).Check(); err != nil {
		return nil, problemf(exitUsage, "", "--licence: %w", err)
	}
	info, err := os.Stat(s.data)
	switch {
	case s.data != "" && s.datanet != "":
		return nil, problemf(exitUsage, "give --data or --datanet", "the texts are named twice")
	case s.datanet == "" && s.columns != devnet.Columns{}:
		return nil, problemf(exitUsage, "give --datanet, too", "--text-column and --contributor-column are fields of a JSONL file")
	case s.datanet != "":
		d.Texts, err = devnet.RowTexts(s.datanet, s.columns, most)
	case s.data == "":
		d.Texts, err = devnet.GoTexts(most)
		d.Licence, d.Prompts = devnet.GoLicence, devnet.GoPrompts
	case err == nil && info.IsDir():
		d.Texts, err = devnet.FolderTexts(s.data, most)
	case err == nil && filepath.Ext(s.data) == ".jsonl":
		return nil, problemf(exitUsage, "give it with --datanet", "%s is a table of rows", s.data)
	case err == nil:
		d.Texts, err = devnet.FileTexts(s.data, most)
	}
	if err == nil {
		err = devnet.Enough(d.Texts)
	}
	if err != nil {
		return nil, problemf(exitUsage, "", "%w", err)
	}
	if s.model != "" {
		if d.Model, err = filepath.Abs(s.model); err != nil {
			return nil, err
		}
		if _, err := baseOf(d.Model); err != nil {
			return nil, problemf(exitUsage, "name a folder with config.json, *.safetensors and tokenizer.json of a Llama", "--model %s: %w", s.model, err)
		}
	}
	return d, nil
}

// demoDisk is the room that a demonstration wants, in bytes: quick ones took 350 MB.
const demoDisk = 1 << 30

// perform makes the network and has it do its work.
func (s *show) perform(ctx, force context.Context, d *devnet.Demo, roles []devnet.Role) error {
	free, err := freeDisk(existing(s.dir))
	if err == nil && free < demoDisk {
		return problemf(exitHome, "make room, or choose another disk with --dir", "%s free for %s, a demonstration wants %s", size(free), s.dir, size(demoDisk))
	}
	release, err := devnet.Take(s.dir)
	if err != nil {
		return netProblem(err)
	}
	defer release()
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if d.Net, err = devnet.Create(ctx, s.dir, program, roles); err != nil {
		return netProblem(err)
	}
	defer context.AfterFunc(force, func() { d.Net.Kill() })() // what is left then, Running tells
	err = d.Run(ctx)
	if err != nil || !s.keep {
		err = errors.Join(err, d.Net.Down())
	}
	if err != nil {
		return fmt.Errorf("%w; the logs are in %s", err, filepath.Join(d.Net.Dir, "logs"))
	}
	return nil
}

// netProblem adds what helps against an error of the folder of a network.
func netProblem(err error) error {
	switch {
	case errors.Is(err, devnet.ErrRunning):
		return problemf(exitBusy, `stop it with "peer devnet down", or choose another folder with --dir`, "%w", err)
	case errors.Is(err, devnet.ErrForeign):
		return problemf(exitHome, "choose another folder with --dir", "%w", err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.ENOTDIR):
		return problemf(exitHome, "choose another folder with --dir", "%w", err)
	}
	return err
}
