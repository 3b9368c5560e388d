package lab

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/attribution/influence/baseline"
	"github.com/openledger/openledger/attribution/influence/index"
)

// Counts says how much is measured.
type Counts struct {
	Subsets     int       // retrainings per part left out
	Parts       []float64 // of the samples left out
	Checkpoints int       // of TracIn
	Directions  int       // of TRAK
}

// Full is what the figures are published with.
var Full = Counts{Subsets: 40, Parts: []float64{0.01, 0.1, 0.5}, Checkpoints: 6, Directions: 1024}

// A Row is what one method reaches.
type Row struct {
	Method  string
	LDS     []float64 // by part
	Error   []float64 // standard error, over queries
	Pearson float64   // with leave-owner-out retraining, all queries together
	Slope   float64   // of the real change by the predicted one
	L1      float64   // of the vector of payouts
}

// A Method has the scores of queries x samples, positive: helped.
type Method struct {
	Name   string
	Scores [][]float64
}

// Baselines computes the scores of every method but exact replay.
func (l *Lab) Baselines(c Counts) ([]Method, error) {
	x := l.workers[0]
	examples, err := influence.NewExamples(x.Model, x.LoRA, l.longest())
	if err != nil {
		return nil, err
	}
	bank := func() (*baseline.Bank, error) { return baseline.NewBank(x.Engine, examples, l.Samples, l.Queries) }
	steps := len(l.Options.Rates)
	var banks []*baseline.Bank
	if err := x.Trainer.SetState(&x.first); err != nil {
		return nil, err
	}
	inRun, err := baseline.InRun(x.Engine, x.Trainer, examples, l.Queries, func(n int) error {
		if k := len(banks) + 1; k < c.Checkpoints && n == steps*k/c.Checkpoints {
			b, err := bank()
			banks = append(banks, b)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	last, err := bank()
	if err != nil {
		return nil, err
	}
	all := []Method{
		{"GradDot", baseline.GradDot(last)}, {"GradCos", baseline.GradCos(last)},
		{"TracIn", baseline.TracIn(append(banks, last))}, {"in-run Shapley", inRun}, {"DataInf", baseline.DataInf(last)},
	}
	for _, damping := range []float64{0.1, 1, 10} {
		trak, err1 := baseline.TRAK(last, c.Directions, 7, damping)
		logra, err2 := baseline.LoGra(last, 16, 7, damping)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		all = append(all, Method{fmt.Sprintf("TRAK λ=%g", damping), trak}, Method{fmt.Sprintf("LoGra λ=%g", damping), logra})
	}
	factors, err := baseline.NewFactors(x.Engine, x.Model, x.LoRA, l.Samples, 2, 7)
	if err != nil {
		return nil, err
	}
	ekfac, err := baseline.EKFAC(last, factors, 0.1)
	if err != nil {
		return nil, err
	}
	indexed, err := l.Indexed(index.DefaultWidth, index.MaxWidth)
	return append(append(all, Method{"EK-FAC", ekfac}), indexed...), err
}

// Measure retrains the world and prints what each method reaches, as soon as it
// is known.
func (l *Lab) Measure(w io.Writer, c Counts) (rows []Row, err error) {
	begin := time.Now()
	say := func(format string, a ...any) {
		fmt.Fprintf(w, "%6.0f s  %s\n", time.Since(begin).Seconds(), fmt.Sprintf(format, a...))
	}
	dir, err := os.MkdirTemp("", "lab")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)

	owners := l.ByOwner()
	truth, err := l.Retrain(append([]map[int]bool{nil}, owners...))
	if err != nil {
		return nil, err
	}
	before, err := l.untrained()
	if err != nil {
		return nil, err
	}
	say("%d samples, %d queries, %d steps: mean loss %.3f -> %.3f; %d owners left out in turn", len(l.Samples), len(l.Queries), len(l.Options.Rates), Mean(before), Mean(truth[0]), len(owners))
	real := make([]float64, len(owners))
	for k := range owners {
		for q := range l.Queries {
			real[k] += truth[k+1][q] - truth[0][q]
		}
	}
	n := len(l.Queries)
	if len(c.Parts) == 0 {
		n = 0 // nothing asks for them one by one
	}
	exact, err := l.Exact(dir, append(Singly(l.Queries[:n]), Together(l.Queries)))
	if err != nil {
		return nil, err
	}
	together := exact[n] // one way back for all queries: what settlement does
	say("exact replay, %d ways back", n+1)
	methods, err := l.Baselines(c)
	if err != nil {
		return nil, err
	}
	say("%d other methods", len(methods))
	methods = append(methods, Method{"exact replay", exact[:n]})
	for _, m := range methods {
		all := make([]float64, len(l.Samples))
		for _, s := range m.Scores {
			for i, v := range s {
				all[i] += v
			}
		}
		if m.Name == "exact replay" {
			all = together
		}
		predicted := make([]float64, len(owners))
		for k, set := range owners {
			for i, v := range all {
				if set[i] {
					predicted[k] += v
				}
			}
		}
		rows = append(rows, Row{Method: m.Name, Pearson: Pearson(predicted, real), Slope: slope(predicted, real), L1: L1(Shares(predicted), Shares(real))})
		r := rows[len(rows)-1]
		say("%-16s leave-owner-out: Pearson %6.3f, slope %8.3g, L1 %.3f", r.Method, r.Pearson, r.Slope, r.L1)
	}
	for k, part := range c.Parts {
		left := l.Subsets(c.Subsets, part, uint64(100+k))
		losses, err := l.Retrain(left)
		if err != nil {
			return nil, err
		}
		for i, m := range methods {
			lds := LDS(m.Scores, left, losses)
			rows[i].LDS, rows[i].Error = append(rows[i].LDS, Mean(lds)), append(rows[i].Error, Error(lds))
			say("%-16s %4.1f %% left out: LDS %6.3f ± %.3f", m.Name, 100*part, Mean(lds), Error(lds))
		}
	}
	Print(w, c, rows)
	return rows, nil
}

func (l *Lab) untrained() ([]float64, error) {
	x := l.workers[0]
	if err := x.Trainer.SetState(&x.first); err != nil {
		return nil, err
	}
	return x.Losses(l.Queries)
}

// slope returns the slope of the line through 0 of b by a.
func slope(a, b []float64) float64 {
	var ab, aa float64
	for i := range a {
		ab, aa = ab+a[i]*b[i], aa+a[i]*a[i]
	}
	if aa == 0 {
		return 0
	}
	return ab / aa
}

// Print writes the table.
func Print(w io.Writer, c Counts, rows []Row) {
	fmt.Fprintf(w, "\n| %-16s |", "method")
	for _, p := range c.Parts {
		fmt.Fprintf(w, " LDS %4.1f %% |", 100*p)
	}
	fmt.Fprintf(w, " Pearson | L1    |\n|---|")
	for range len(c.Parts) + 2 {
		fmt.Fprint(w, "---|")
	}
	for _, r := range rows {
		fmt.Fprintf(w, "\n| %-16s |", r.Method)
		for k := range r.LDS {
			fmt.Fprintf(w, " %.3f±%.3f |", r.LDS[k], r.Error[k])
		}
		fmt.Fprintf(w, " %7.3f | %.3f |", r.Pearson, r.L1)
	}
	fmt.Fprintln(w)
}
