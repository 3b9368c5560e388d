package train

import (
	"math"
	"testing"
	"time"

	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/proofs/merkle"
	"github.com/openledger/openledger/proofs/trace"
)

// BenchmarkCommit measures what a worker does for being checkable, beside the
// step that it does it for: digests of the samples, of the state after the step,
// the leaf and the chain. Run it with -benchtime 1x; a step came before.
func BenchmarkCommit(b *testing.B) {
	for _, c := range []struct {
		name    string
		shape   string
		lora    bool
		samples int // of 256 tokens
	}{
		{"15M/full/16384", "15M", false, 64},
		{"110M/lora-r16/2048", "110M", true, 8},
	} {
		b.Run(c.name, func(b *testing.B) {
			tr := benchTrainerOf(b, c.shape, c.lora, c.samples)
			initial, err := tr.Digest()
			if err != nil {
				b.Fatal(err)
			}
			builder := trace.Begin([32]byte{}, initial)
			steps(b, tr, 1)
			sketcher := tape.Tables.Sketcher()
			plan := func(n int) { // the step's part of the plan that is signed before the work
				batch, contents := Samples(tr.Batch(uint64(n)))
				p, err := tr.Program(uint64(n), merkle.Digest{}, batch, contents)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := sketcher.Sketch(p, trace.Samples(batch)); err != nil {
					b.Fatal(err)
				}
			}
			plan(tr.step)
			var step, commit, planned time.Duration
			tokens := 0
			for b.Loop() {
				began := time.Now()
				r, err := tr.Step()
				if err != nil {
					b.Fatal(err)
				}
				done := time.Now()
				batch, _ := Samples(tr.Batch(uint64(tr.step)))
				state, err := tr.Digest()
				if err != nil {
					b.Fatal(err)
				}
				builder.Add(trace.Step{State: state, Batch: trace.Samples(batch), Loss: math.Float32bits(r.Loss)})
				step, commit, tokens = step+done.Sub(began), commit+time.Since(done), tokens+r.Tokens
				began = time.Now()
				plan(tr.step)
				planned += time.Since(began)
			}
			b.ReportMetric(float64(tokens)/float64(b.N), "tokens/step")
			b.ReportMetric(step.Seconds()*1e3/float64(b.N), "step-ms")
			b.ReportMetric(commit.Seconds()*1e3/float64(b.N), "commit-ms")
			b.ReportMetric(100*commit.Seconds()/step.Seconds(), "%-of-step")
			b.ReportMetric(planned.Seconds()*1e3/float64(b.N), "plan-ms") // one thread; jobs use all
		})
	}
}
