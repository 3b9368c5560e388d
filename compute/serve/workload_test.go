package serve

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
)

// lengths are those of S-LoRA's synthetic requests for CPUs, U[8,128] in and out;
// scripts/llamacpp_serve.mjs has the same.
func lengths(n int) [][2]int {
	x, all := uint32(4), make([][2]int, n)
	for i := range all {
		for k := range all[i] {
			x = x*1664525 + 1013904223
			all[i][k] = 8 + int(x>>8)%121
		}
	}
	return all
}

// A workload is requests and when they come.
type workload struct {
	requests int
	rate     float64               // a second, as a Poisson process; 0: all at once
	adapter  func(request int) int // of the adapters; nil: the base model
}

// A result is what came of a workload.
type result struct {
	tokens, requests float64 // a second
	first            []time.Duration
	loads            uint64
}

// run offers the requests and waits for all answers.
func (w workload) run(b *testing.B, e *Engine, ids []cid.Cid) (r result) {
	b.Helper()
	rng := rand.New(rand.NewPCG(4, uint64(w.requests)))
	var mu sync.Mutex
	var wg sync.WaitGroup
	before, began, total := e.Stats(), time.Now(), 0
	due := began
	for i, l := range lengths(w.requests) {
		q := Request{Prompt: make([]int32, l[0]), MaxTokens: l[1], StopTokens: []int32{}}
		for k := range q.Prompt {
			q.Prompt[k] = int32(rng.IntN(49152))
		}
		if w.adapter != nil {
			q.Adapter = ids[w.adapter(i)]
		}
		total += l[0] + l[1]
		if w.rate > 0 {
			due = due.Add(time.Duration(rng.ExpFloat64() / w.rate * float64(time.Second)))
			time.Sleep(time.Until(due))
		}
		s, err := e.Submit(context.Background(), q)
		if err != nil {
			b.Fatal(err)
		}
		at := time.Now()
		wg.Go(func() {
			_, err := s.Next(context.Background())
			if err != nil {
				b.Error(err)
			}
			mu.Lock()
			r.first = append(r.first, time.Since(at))
			mu.Unlock()
			for err == nil {
				_, err = s.Next(context.Background())
			}
		})
	}
	wg.Wait()
	took := time.Since(began).Seconds()
	slices.Sort(r.first)
	r.tokens, r.requests, r.loads = float64(total)/took, float64(w.requests)/took, e.Stats().Loads-before.Loads
	return r
}

func (r result) percentile(p int) float64 { return r.first[len(r.first)*p/100].Seconds() }

// beside runs a workload without adapters and with them, and reports both.
func beside(b *testing.B, e *Engine, ids []cid.Cid, w workload) {
	b.Helper()
	workload{requests: 16}.run(b, e, nil) // memory that nobody has touched is slow
	alone := w
	alone.adapter = nil
	base, got := alone.run(b, e, nil), w.run(b, e, ids)
	b.ReportMetric(base.tokens, "base-tokens/s")
	b.ReportMetric(got.tokens, "tokens/s")
	b.ReportMetric(100*got.tokens/base.tokens, "%")
	b.ReportMetric(base.percentile(99), "base-first-p99-s")
	b.ReportMetric(got.percentile(50), "first-p50-s")
	b.ReportMetric(got.percentile(99), "first-p99-s")
	b.ReportMetric(float64(got.loads), "loads")
}

// zipf returns ranks below n with probability proportional to rank^-alpha.
func zipf(n int, alpha float64) func(int) int {
	rng := rand.New(rand.NewPCG(5, 5))
	sums, total := make([]float64, n), 0.0
	for i := range sums {
		total += math.Pow(float64(i+1), -alpha)
		sums[i] = total
	}
	return func(int) int {
		i, _ := slices.BinarySearch(sums, rng.Float64()*total)
		return i
	}
}

// poolEngine makes an engine with memory for so many of n adapters, and loads
// the first ones, which are the popular ones.
func poolEngine(b *testing.B, n, pool int, targets []string) (*Engine, []cid.Cid) {
	b.Helper()
	each := 3 << 20 // of rank 8, with the columns that fill up vectors
	if len(targets) > len(qkvo) {
		each = 15 << 19
	}
	e := benchEngine(b, Config{Memory: int64(400<<20 + pool*each), Queue: 4096})
	ids := benchAdapters(b, e, n, 8, targets)
	for i := range min(n, pool) {
		if err := e.Load(context.Background(), fmt.Sprint("adapter", i), false); err != nil {
			b.Fatal(err)
		}
	}
	return e, ids
}

// BenchmarkThroughput is S-LoRA's synthetic workload, offered faster than it can
// be served, with adapters by a power law, beside the same without adapters.
func BenchmarkThroughput(b *testing.B) {
	for _, c := range []struct {
		name           string
		adapters, pool int
		targets        []string
		distinct       bool
	}{
		{"1", 1, 1, qkvo, false}, {"5", 5, 5, qkvo, false}, {"10", 10, 10, qkvo, false}, {"100", 100, 100, qkvo, false},
		{"1000", 1000, 1000, qkvo, false}, {"2000 in 1000", 2000, 1000, qkvo, false}, {"distinct all-linear", 60, 60, allLinear, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			e, ids := poolEngine(b, c.adapters, c.pool, c.targets)
			w := workload{requests: 60, adapter: zipf(c.adapters, 1)}
			if c.distinct {
				w.adapter = func(i int) int { return i }
			}
			for b.Loop() {
				beside(b, e, ids, w)
			}
		})
	}
}

// BenchmarkPool is memory for a tenth of 2,000 adapters: requests at once by a
// power law, and in a steady stream below the capacity with every adapter as
// likely as another, so that nine of ten are not there.
func BenchmarkPool(b *testing.B) {
	for name, w := range map[string]workload{
		"power law at once": {requests: 100, adapter: zipf(2000, 1)},
		"uniform, Poisson":  {requests: 80, rate: 3, adapter: zipf(2000, 0)},
	} {
		b.Run(name, func(b *testing.B) {
			e, ids := poolEngine(b, 2000, 200, qkvo)
			for b.Loop() {
				beside(b, e, ids, w)
			}
		})
	}
}

// BenchmarkMixes is Punica's mixes: each request another adapter; as many
// adapters as the root of the requests, in turn; Zipf's law of 1.5; one.
func BenchmarkMixes(b *testing.B) {
	const n = 40
	e, ids := poolEngine(b, n, n, qkvo)
	for b.Loop() {
		workload{requests: 16}.run(b, e, nil)
		base := workload{requests: n}.run(b, e, nil)
		b.ReportMetric(base.tokens, "base-tokens/s")
		for _, mix := range []struct {
			name    string
			adapter func(int) int
		}{
			{"distinct", func(i int) int { return i }}, {"uniform", func(i int) int { return i % 6 }},
			{"skewed", zipf(n, 1.5)}, {"identical", func(int) int { return 0 }},
		} {
			got := workload{requests: n, adapter: mix.adapter}.run(b, e, ids)
			b.ReportMetric(100*got.tokens/base.tokens, mix.name+"-%")
		}
	}
}
