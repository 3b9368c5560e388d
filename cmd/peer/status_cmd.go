package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

func statusCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show how this peer is, on one screen", Annotations: live, Args: takes(0, 0), Example: "  peer status\n  peer status --output json",
		Long: `Show how the running peer is: its roles, whom it reaches, its jobs, models, pins
and earnings, and what is wrong with what to do about it.`,
		RunE: a.inHome(func(h home, s *settings, _ []string) (report, error) {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return h.status(ctx, s)
		}),
	}
}

func topCmd(a *app) *cobra.Command {
	c := &cobra.Command{
		Use: "top", Short: "Watch how this peer is", Annotations: live, Args: takes(0, 0), Example: "  peer top --times 1",
		Long: "Show what \"peer status\" shows, again and again. Ctrl-C ends it.",
	}
	every := c.Flags().Duration("every", 2*time.Second, "`time` between two looks")
	times := c.Flags().Int("times", 0, "looks, `N`; 0: until Ctrl-C")
	c.RunE = a.inHome(func(h home, s *settings, _ []string) (report, error) {
		if *every < 100*time.Millisecond {
			return nil, problemf(exitUsage, "want 100ms or more", "--every is %s", *every)
		}
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		_, terminal := a.terminal()
		for n := 1; ; n++ {
			r, err := h.status(ctx, s)
			if ctx.Err() != nil {
				return nil, nil
			}
			if err != nil {
				return nil, err
			}
			if terminal && a.output == "text" {
				fmt.Fprint(a.out, "\x1b[H\x1b[2J") // to the corner, and clear
			}
			if err := a.show(r); err != nil {
				return nil, err
			}
			if n == *times {
				return nil, nil
			}
			select {
			case <-ctx.Done():
				return nil, nil
			case <-time.After(*every):
			}
		}
	})
	return c
}

// A statusReport is one screen about a running peer.
type statusReport struct {
	Home     string          `json:"home"`
	Account  string          `json:"account"`
	Roles    []string        `json:"roles"`
	Network  string          `json:"network"`
	Peers    int             `json:"peers"`
	Jobs     []jobLine       `json:"jobs"`
	Models   []string        `json:"models"`
	Adapters []string        `json:"adapters"`
	Datanets []datanetLine   `json:"datanets"`
	Store    repoStatReport  `json:"store"`
	Pins     map[string]int  `json:"pins"` // by state
	Earnings *earningsReport `json:"earnings,omitempty"`
	Problems []statusProblem `json:"problems"`
}

type statusProblem struct {
	Of     string `json:"of"`
	What   string `json:"what"`
	Remedy string `json:"remedy,omitempty"`
}

// status asks the running peer for all its parts. A part that does not answer is
// a problem of its own.
func (h home) status(ctx context.Context, s *settings) (r statusReport, err error) {
	r = statusReport{Home: string(h), Account: s.Key.Account.String(), Roles: s.roles(), Pins: map[string]int{}, Problems: []statusProblem{}}
	var net netReport
	if err := h.ask(ctx, "net/check", nil, &net); err != nil {
		return r, err // nobody runs, most often
	}
	r.network(net)
	quiet := &feed{progress: func(string, int64, int64) {}, out: io.Discard}
	part := func(of string, err error) {
		if err != nil {
			r.Problems = append(r.Problems, statusProblem{of, oneLine(err.Error()), ""})
		}
	}
	var peers peersReport
	part("network", h.ask(ctx, "swarm/peers", nil, &peers))
	seen := map[string]bool{}
	for _, p := range peers.Peers {
		seen[p.ID] = true
	}
	r.Peers = len(seen)
	jobs, err := jobList.ask(ctx, h, quiet, none{})
	part("jobs", err)
	r.Jobs = jobs.Jobs
	for _, j := range r.Jobs {
		if j.Status == "ABANDONED" || j.Status == "DISPUTED" || j.Status == "FAILED" {
			r.Problems = append(r.Problems, statusProblem{"job " + j.ID[:16], "it is " + j.Status, "peer job explain " + j.ID[:16]})
		}
	}
	datanets, err := datanetList.ask(ctx, h, quiet, none{})
	part("Datanets", err)
	r.Datanets = datanets.Datanets
	for _, d := range r.Datanets {
		if d.Problem != "" {
			r.Problems = append(r.Problems, statusProblem{"Datanet " + d.Name, d.Problem, ""})
		}
	}
	r.Store, err = repoStat.ask(ctx, h, quiet, none{})
	part("store", err)
	pins, err := pinLs.ask(ctx, h, quiet, none{})
	part("pins", err)
	for _, p := range pins.Pins {
		r.Pins[string(p.State)]++
		if p.Reason != "" {
			r.Problems = append(r.Problems, statusProblem{"pin " + p.Label, p.Reason, "peer pin recover " + p.Root})
		}
	}
	r.Models, r.Adapters = h.names("models"), h.names("adapters")
	if _, dev := os.Stat(h.chainDir()); s.Chain.Endpoint != "" || dev == nil {
		earned, err := earningsTask.ask(ctx, h, quiet, "")
		part("earnings", err)
		r.Earnings = &earned
	}
	return r, ctx.Err()
}

func (r *statusReport) network(net netReport) {
	r.Network = string(net.State)
	for _, f := range net.Findings {
		switch f.State {
		case "warn", "fail":
			r.Problems = append(r.Problems, statusProblem{f.Name, f.Detail, f.Remedy})
		case "ok", "note":
			if f.Name == "reachability" {
				r.Network += ", " + f.Detail
			}
		}
	}
}

// roles are what a peer does by its settings.
func (s *settings) roles() []string {
	roles := []string{"stores"}
	if s.Worker.Enabled {
		roles = append(roles, "trains")
	}
	if s.Auditor.Enabled {
		roles = append(roles, "audits")
	}
	if len(s.Serve.Models) > 0 {
		roles = append(roles, "serves "+strings.Join(s.Serve.Models, ", "))
	}
	if s.Serve.Listen != "" {
		roles = append(roles, "API at http://"+s.Serve.Listen+"/v1")
	}
	if s.Network.Relay {
		roles = append(roles, "relays")
	}
	return roles
}

// names are the folders below one of the home.
func (h home) names(dir string) []string {
	names := []string{}
	entries, err := os.ReadDir(h.path(dir))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return names
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}

func (r statusReport) text(out io.Writer) {
	w := table(out)
	line := func(what, format string, args ...any) { fmt.Fprintf(w, "%s\t%s\n", what, fmt.Sprintf(format, args...)) }
	line("home", "%s", r.Home)
	line("account", "%s", r.Account)
	line("roles", "%s", strings.Join(r.Roles, ", "))
	line("network", "%s; connected to %d", r.Network, r.Peers)
	line("jobs", "%s", jobsInWords(r.Jobs))
	line("models", "%s", orNone(r.Models))
	line("adapters", "%s", orNone(r.Adapters))
	line("Datanets", "%d", len(r.Datanets))
	line("store", "%d blocks, %s; %s of the disk free", r.Store.Blocks, size(r.Store.Bytes), size(r.Store.Free))
	var pins []string
	for _, state := range []string{"pinned", "pinning", "queued", "remote", "error"} {
		if n := r.Pins[state]; n > 0 {
			pins = append(pins, fmt.Sprintf("%d %s", n, state))
		}
	}
	line("pins", "%s", orNone(pins))
	if e := r.Earnings; e != nil {
		line("earnings", "%s pending, %s final, %s claimed OPEN", e.Pending, e.Final, e.Claimed)
	}
	w.Flush()
	if len(r.Problems) == 0 {
		fmt.Fprintln(out, "\nNo problems.")
		return
	}
	fmt.Fprintln(out, "\nProblems")
	for _, p := range r.Problems {
		fmt.Fprintf(w, "  %s\t%s\n", p.Of, p.What)
		if p.Remedy != "" {
			fmt.Fprintf(w, "\t%s\n", p.Remedy)
		}
	}
	w.Flush()
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}

// jobsInWords counts jobs by status, and says more of those under way.
func jobsInWords(jobs []jobLine) string {
	var parts []string
	ended := map[string]int{}
	var order []string
	for _, j := range jobs {
		switch j.Status {
		case "FINAL", "ABANDONED", "SLASHED", "FAILED", "CANCELLED":
			if ended[j.Status]++; ended[j.Status] == 1 {
				order = append(order, j.Status)
			}
		default:
			parts = append(parts, fmt.Sprintf("%s %s step %d of %d", j.ID[:16], j.Status, j.Step, j.Steps))
		}
	}
	for _, status := range order {
		parts = append(parts, fmt.Sprintf("%d %s", ended[status], status))
	}
	return orNone(parts)
}
