package lab

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/openledger/openledger/attribution/influence"
	"github.com/openledger/openledger/attribution/influence/index"
	"github.com/openledger/openledger/attribution/share"
	"github.com/openledger/openledger/compute/train"
)

// The variable names a folder for the base model; with it the worlds have their
// full size. The figures are published with
//
//	OPENLEDGER_LAB=/tmp/lab go test -v -timeout 60m ./attribution/influence/lab
const folder = "OPENLEDGER_LAB"

// base returns the folder of the base model, made if it is not there.
func base(t *testing.T, dir string, s Size, steps int) string {
	t.Helper()
	dir = filepath.Join(dir, fmt.Sprintf("base-%d-%d", s.Hidden, steps))
	if _, err := os.Stat(filepath.Join(dir, "model.safetensors")); err == nil {
		return dir
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Pretrain(dir, s, steps); err != nil {
		t.Fatal(err)
	}
	return dir
}

func full(t *testing.T) string {
	t.Helper()
	dir := os.Getenv(folder)
	if dir == "" {
		t.Skipf("%s is not set: the worlds of full size take half an hour", folder)
	}
	return dir
}

func open(t *testing.T, w World) *Lab {
	t.Helper()
	l, err := Open(w, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func sgd(t *testing.T, rate float64, steps, batch int) train.Options {
	t.Helper()
	o, err := SGD(rate, steps, batch)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// gate prints how smooth the run of a world is.
func (l *Lab) gate(t *testing.T) {
	t.Helper()
	x := l.workers[0]
	if err := x.Trainer.SetState(&x.first); err != nil {
		t.Fatal(err)
	}
	c, err := influence.NewCheckpoints(x.Trainer)
	if err == nil {
		_, err = influence.Run(x.Trainer, c.Record)
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := influence.Gate(x.Backend, x.Trainer, c, l.Queries, 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("gate: correlation %.4f, exact %v", s, s.Exact())
}

func find(rows []Row, method string) Row {
	for _, r := range rows {
		if r.Method == method {
			return r
		}
	}
	panic("lab: no method " + method)
}

// atLeast reports a figure that is below what is required.
func atLeast(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(got >= want) {
		t.Errorf("%s: got %.4f, required %.4f", what, got, want)
	}
}

// TestTasks: the figures that attribution is held to, and the other methods
// beside it.
func TestTasks(t *testing.T) {
	dir := full(t)
	l := open(t, Tasks(base(t, dir, Small, 500), 500, 40, 25, sgd(t, 0.0025, 60, 50)))
	l.gate(t)
	rows, err := l.Measure(os.Stdout, Full)
	if err != nil {
		t.Fatal(err)
	}
	exact, ekfac := find(rows, "exact replay"), find(rows, "EK-FAC")
	for k, want := range []float64{0.95, 0.90, 0.70} {
		atLeast(t, fmt.Sprintf("exact replay, LDS at %g left out", Full.Parts[k]), exact.LDS[k], want)
	}
	atLeast(t, "exact replay, Pearson of leave-owner-out", exact.Pearson, 0.93)
	atLeast(t, "exact replay, -L1 of payouts", -exact.L1, -0.16)
	atLeast(t, "EK-FAC, LDS at half left out", ekfac.LDS[2], 0.65)
	atLeast(t, "EK-FAC above DataInf at half left out", ekfac.LDS[2]-find(rows, "DataInf").LDS[2], 0.1)
}

// TestIndex: what the real-time index keeps of full EK-FAC, where half of the data
// is left out.
func TestIndex(t *testing.T) {
	dir := full(t)
	l := open(t, Tasks(base(t, dir, Small, 500), 500, 40, 25, sgd(t, 0.0025, 60, 50)))
	left := l.Subsets(Full.Subsets, 0.5, 102)
	losses, err := l.Retrain(left)
	if err != nil {
		t.Fatal(err)
	}
	methods, err := l.Estimates(index.DefaultWidth, index.MaxWidth)
	if err != nil {
		t.Fatal(err)
	}
	lds := map[string]float64{}
	for _, m := range methods {
		all := LDS(m.Scores, left, losses)
		lds[m.Name] = Mean(all)
		t.Logf("%-14s LDS at half left out %.3f ± %.3f", m.Name, Mean(all), Error(all))
	}
	atLeast(t, "index of 2 KiB as a part of full EK-FAC", lds["index, 2048 B"]/lds["EK-FAC"], 0.90)
	atLeast(t, "index of 8 KiB as a part of full EK-FAC", lds["index, 8192 B"]/lds["EK-FAC"], 0.95)
}

// TestMixed: owners whose examples are of all tasks, so that each has much the
// same as the others.
func TestMixed(t *testing.T) {
	dir := full(t)
	w := Tasks(base(t, dir, Small, 500), 500, 40, 25, sgd(t, 0.0025, 60, 50))
	for i := range w.Owners {
		w.Owners[i] = i % 25
	}
	rows, err := open(t, w).Measure(os.Stdout, Counts{Checkpoints: 6, Directions: 1024})
	if err != nil {
		t.Fatal(err)
	}
	exact := find(rows, "exact replay")
	atLeast(t, "exact replay, Pearson of leave-owner-out", exact.Pearson, 0.93)
	atLeast(t, "exact replay, -L1 of payouts", -exact.L1, -0.16)
}

// TestSigns: what is paid to poison.
func TestSigns(t *testing.T) {
	dir := full(t)
	w, poisoned := Signs(base(t, dir, Small, 500), 500, 60, sgd(t, 0.005, 100, 50))
	l := open(t, w)
	l.gate(t)
	for _, p := range []share.Policy{{CapBps: 2500}, share.DefaultPolicy} {
		leak, err := l.Leak(t.TempDir(), poisoned, p)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("floor of %g deviations: %.2f %% of the payout goes to 15 %% of poison", float64(p.FloorMilli)/1000, 100*leak)
		if p == share.DefaultPolicy {
			atLeast(t, "-part of the payout that poison gets", -leak, -0.015)
		}
	}
}

// TestRecords: real contributors, left out in turn.
func TestRecords(t *testing.T) {
	full(t)
	file, model := "../../../../shared/data/owasp/records.jsonl", "../../../../shared/models/stories260K"
	if _, err := os.Stat(file); err != nil {
		t.Skipf("%s is absent", file)
	}
	w, err := Records(file, model, 25, 20, 2, 48)
	if err != nil {
		t.Fatal(err)
	}
	w.Options = sgd(t, 0.0025, 50, 50)
	l := open(t, w)
	l.gate(t)
	if _, err := l.Measure(os.Stdout, Counts{Checkpoints: 6, Directions: 1024}); err != nil {
		t.Fatal(err)
	}
}

// TestSmall is the whole way in a few seconds.
func TestSmall(t *testing.T) {
	l := open(t, Tasks(base(t, t.TempDir(), Size{32, 48, 1, 2}, 40), 60, 6, 6, sgd(t, 0.002, 18, 10)))
	rows, err := l.Measure(t.Output(), Counts{Subsets: 12, Parts: []float64{0.02, 0.2}, Checkpoints: 3, Directions: 64})
	if err != nil {
		t.Fatal(err)
	}
	exact := find(rows, "exact replay")
	atLeast(t, "exact replay, LDS", min(exact.LDS[0], exact.LDS[1]), 0.9)
	atLeast(t, "exact replay, Pearson of leave-owner-out", exact.Pearson, 0.9)
}

func TestStatistics(t *testing.T) {
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: got %g, want %g", what, got, want)
		}
	}
	near("Pearson", Pearson([]float64{1, 2, 4}, []float64{2, 4, 8}), 1)
	near("Pearson of a constant", Pearson([]float64{1, 1}, []float64{1, 2}), 0)
	near("Spearman", Spearman([]float64{1, 2, 3, 4}, []float64{1, 10, 100, 50}), 0.8)
	near("Spearman with ties", Spearman([]float64{1, 1, 2}, []float64{5, 5, 9}), 1)
	near("error", Error([]float64{1, 3}), 1)
	near("L1", L1(Shares([]float64{3, 1, -5}), Shares([]float64{0, 0, 0})), 1)
	left := []map[int]bool{{0: true}, {1: true}, {2: true}}
	near("LDS", LDS([][]float64{{1, 2, 3}}, left, [][]float64{{7}, {8}, {9}})[0], 1)
}
