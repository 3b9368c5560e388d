package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// A check looks at one thing that a peer needs.
type check struct {
	name string
	look func(*patient) finding
}

// A patient is what checks look at. Its home may be missing and its settings
// unreadable; the checks of those say so, the others make do.
type patient struct {
	app      *app
	home     home
	settings *settings // the defaults where err is set
	err      error
}

// A finding is what a check found. ok and note need no attention; warn will,
// and fail does now.
type finding struct {
	Name   string `json:"name"`
	State  string `json:"state"` // ok, note, warn or fail
	Detail string `json:"detail"`
	Remedy string `json:"remedy,omitempty"` // what to do about it
}

func found(state, format string, args ...any) finding {
	return finding{State: state, Detail: fmt.Sprintf(format, args...)}
}

// failed is the finding that an error is, with the remedy that the error knows.
func failed(err error) finding {
	var p *problem
	if errors.As(err, &p) {
		return found("fail", "%s", oneLine(p.err.Error())).mend(p.remedy)
	}
	return found("fail", "%s", oneLine(err.Error()))
}

// mend adds what to do about a finding.
func (f finding) mend(remedy string) finding {
	f.Remedy = remedy
	return f
}

func doctorCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "Check this machine and the peer's home", Args: takes(0, 0),
		Long:    "Check this machine, the peer's home, its ports, data and chain, and how a running\npeer stands in the network; each with what to do about it. It changes nothing,\nneeds no home and no network, and works beside a running peer. Exit code 7 says\nthat a check failed.",
		Example: "  peer doctor\n  peer doctor --output json",
		RunE: func(*cobra.Command, []string) error {
			h, err := a.homeDir()
			if err != nil {
				return err
			}
			p := &patient{app: a, home: h}
			if p.settings, p.err = a.settings(h); p.err != nil {
				p.settings = newSettings()
			}
			r, failures := doctorReport{}, 0
			for _, c := range checks() {
				f := c.look(p)
				f.Name = c.name
				if f.State == "fail" {
					failures++
				}
				r = append(r, f)
			}
			if err := a.show(r); err != nil || failures == 0 {
				return err
			}
			return problemf(exitCheck, "see the lines that say fail", "%d of %d checks failed", failures, len(r))
		},
	}
}

type doctorReport []finding

func (r doctorReport) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, f := range r {
		fmt.Fprintf(w, "%s\t%s\t%s\n", f.State, f.Name, f.Detail)
		if f.Remedy != "" {
			fmt.Fprintf(w, "\t\t%s\n", f.Remedy)
		}
	}
	w.Flush()
}
