package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/openledger/openledger/compute/op"
)

func benchCmd(a *app) *cobra.Command {
	var quick bool
	var threads int
	var kernels string
	c := &cobra.Command{
		Use: "bench", Short: "Measure this machine's operators", Args: takes(0, 0),
		Long: `Measure each operator beside what the machine can do at most: multiply-adds that
touch no memory, and memory that is only read. Stop other work first; the
fastest of several rounds counts.`,
		Example: "  peer bench --quick",
		RunE: func(*cobra.Command, []string) error {
			e, err := a.openEngine(threads, kernels)
			if err != nil {
				return err
			}
			defer e.Close()
			return a.show(benchReport{e.Kernels(), e.Threads(), op.Bench(e, quick)})
		},
	}
	f := c.Flags()
	f.BoolVar(&quick, "quick", false, "less than a minute, without the large shapes")
	f.IntVar(&threads, "threads", 0, "threads (default: one a core)")
	f.StringVar(&kernels, "kernels", "", "implementation: avx512, avx2, neon or ref (default: the fastest here)")
	return c
}

type benchReport struct {
	Kernels string        `json:"kernels"`
	Threads int           `json:"threads"`
	Rows    []op.BenchRow `json:"rows"`
}

func (r benchReport) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "arithmetic %d, kernels %s, %d threads\n\n", op.Version, r.Kernels, r.Threads)
	fmt.Fprintln(w, "OPERATOR\tFORMAT\tSHAPE\tSPEED\tUNIT\tPEAK\tRATIO")
	for _, b := range r.Rows {
		peak, ratio := "", ""
		if b.Peak > 0 {
			peak, ratio = fmt.Sprintf("%.1f", b.Peak), fmt.Sprintf("%.0f %%", 100*b.Ratio())
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%.3f\t%s\t%s\t%s\n", b.Operator, b.Format, b.Shape, b.Value, b.Unit, peak, ratio)
	}
	w.Flush()
}
