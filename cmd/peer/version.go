package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/compute/op"
)

// stamp is the version that a release is linked with: -ldflags "-X main.stamp=v1.2.3".
var stamp string

// version is the stamp, else what the Go tool knows of the source.
func version() string {
	if stamp != "" {
		return stamp
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func versionCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: takes(0, 0),
		Example: "  peer version\n  peer version --output json",
		RunE: func(*cobra.Command, []string) error {
			return a.show(versionReport{version(), op.Version, homeVersion, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH})
		},
	}
}

type versionReport struct {
	Version    string `json:"version"`
	Arithmetic int    `json:"arithmetic"` // what every bit is defined by
	Home       int    `json:"home"`       // the layout of a home
	Go         string `json:"go"`
	Platform   string `json:"platform"`
}

func (r versionReport) text(w io.Writer) {
	fmt.Fprintf(w, "peer %s (arithmetic %d, home %d, %s, %s)\n", r.Version, r.Arithmetic, r.Home, r.Go, r.Platform)
}
