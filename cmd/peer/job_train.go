package main

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// trainHere makes the group "train" a command of its own: a job for the network,
// watched to its end.
func trainHere(a *app, c *cobra.Command) *cobra.Command {
	var o order
	var out string
	var detach bool
	c.Short, c.Annotations = "Train models and adapters, verified, on peers of the network", live
	c.Long = `Train a LoRA of a model, or all of it, on workers of the network: "peer train
--base MODEL --datanet DATANET" makes a job of a preset, submits it and shows
loss, time left and how far its verification is. The job goes on when this
command ends; "peer job" sees to it. "peer train local" trains on this machine.`
	c.Example = "  peer train --help\n  peer train local --help"
	o.flags(c.Flags())
	c.Flags().StringVar(&out, "out", "", "`folder` for the result, once it is final")
	c.Flags().BoolVar(&detach, "detach", false, "submit and return")
	help := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		if o.Base == "" && o.Datanet == "" {
			return help(c, args)
		}
		return a.inHome(func(h home, s *settings, _ []string) (report, error) {
			o.absolute()
			if out != "" {
				path, err := filepath.Abs(out)
				if err != nil {
					return nil, err
				}
				out = path
			}
			submitted, err := jobSubmit.run(a, h, s, o, io.Discard)
			if err != nil || detach || o.Estimate {
				return submitted, err
			}
			if a.output == "text" {
				submitted.text(a.err)
			}
			return a.watchJob(h, s, submitted, out)
		})(c, args)
	}
	return c
}

// watchJob shows a job until it is over.
func (a *app) watchJob(h home, s *settings, submitted submitReport, out string) (report, error) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	bar := a.bar(int64(submitted.Estimate.Steps), "")
	seen, status := uint64(0), ""
	var r jobReport
	var err error
	for {
		if r, err = jobShow.ask(ctx, h, &feed{progress: func(string, int64, int64) {}, out: io.Discard}, submitted.ID); err != nil {
			bar.finish()
			if ctx.Err() != nil {
				return nil, problemf(exitInterrupted, `the job goes on: "peer job show last"`, "interrupted")
			}
			return nil, err
		}
		bar.say(watched(r))
		if r.Step > seen {
			bar.add(int64(r.Step - seen))
			seen = r.Step
		}
		if _, ok := a.terminal(); !ok && r.Status != status && a.output == "text" {
			fmt.Fprintf(a.err, "%s: %s\n", r.Status, r.Why)
		}
		if status = r.Status; r.Over {
			break
		}
		select {
		case <-ctx.Done():
		case <-time.After(300 * time.Millisecond):
		}
	}
	bar.finish()
	if r.Status != "FINAL" {
		return nil, problemf(exitFailed, `"peer job explain last" says more`, "job %s is %s: %s", r.ID[:16], r.Status, r.Why)
	}
	if out == "" {
		return r, nil
	}
	got, err := jobGet.run(a, h, s, getArgs{submitted.ID, out}, io.Discard)
	if err != nil {
		return nil, err
	}
	return got, nil
}

// watched is where a job is in a few words.
func watched(r jobReport) string {
	words := []string{strings.ToLower(r.Status)}
	if r.Step > 0 {
		words = append(words, fmt.Sprintf("step %d", r.Step), fmt.Sprintf("loss %.4f", r.Loss))
	}
	if r.Left > 0 {
		words = append(words, "left "+time.Duration(r.Left*float64(time.Second)).Round(time.Second).String())
	}
	return strings.Join(words, "  ")
}
