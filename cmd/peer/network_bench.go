package main

import (
	"context"
	"runtime/debug"
	"time"

	"github.com/openledger/openledger/compute/llama"
	"github.com/openledger/openledger/compute/op"
	"github.com/openledger/openledger/compute/tape"
	"github.com/openledger/openledger/network/capacity"
)

// benchModel is what an advert's tokens per second are measured with: a small
// Llama with drawn weights, the same on every peer, so that figures compare.
const benchModel = `{"model_type":"llama","vocab_size":4096,"hidden_size":256,"intermediate_size":704,"num_hidden_layers":4,
"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":512,"rms_norm_eps":1e-5,"hidden_act":"silu",
"rope_theta":10000.0,"tie_word_embeddings":true,"initializer_range":0.02}`

// benchmarkOf returns what measures this machine for its advert, or nil.
func benchmarkOf(wanted bool, e *engine) func(context.Context) (capacity.Speed, error) {
	if !wanted {
		return nil
	}
	return func(ctx context.Context) (capacity.Speed, error) {
		defer debug.FreeOSMemory() // half a gigabyte, which an idle peer would keep for minutes
		return measureApart(ctx, op.Config{Threads: e.Threads(), Kernels: e.Kernels()})
	}
}

// measureApart measures an engine of its own, whose scratch memory goes with it.
func measureApart(ctx context.Context, c op.Config) (capacity.Speed, error) {
	e, err := op.New(c)
	if err != nil {
		return capacity.Speed{}, err
	}
	defer e.Close()
	return measure(ctx, e)
}

// measure takes about two seconds.
func measure(ctx context.Context, e *op.Engine) (capacity.Speed, error) {
	s := capacity.Speed{Compute: uint64(op.MeasurePeak(e) / 1e6), Bandwidth: uint64(op.MeasureBandwidth(e))}
	config, err := llama.ParseConfig([]byte(benchModel), nil)
	if err != nil {
		return s, err
	}
	m, err := llama.New(config, tape.NewCPU(e))
	if err == nil {
		err = m.Init(e, 1)
	}
	if err != nil {
		return s, err
	}
	if s.Prefill, s.Decode, err = measureReading(ctx, m); err != nil {
		return s, err
	}
	s.Train, err = measureTraining(ctx, m)
	return s, err
}

const benchTokens = 256

// tokensOf are made-up tokens.
func tokensOf(n int) []int32 {
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(i*2654435761>>7) & 4095
	}
	return ids
}

// measureReading returns thousandths of a token a second, in long prompts and
// one by one.
func measureReading(ctx context.Context, m *llama.Model) (prefill, decode uint64, err error) {
	f, err := m.NewForward(llama.ForwardConfig{Tokens: benchTokens, Picks: 1, Context: 512, Cached: true})
	if err != nil {
		return 0, 0, err
	}
	cache, err := m.NewCache((512 + op.PageRows - 1) / op.PageRows)
	if err != nil {
		return 0, 0, err
	}
	pages := make([]int32, cache.Pages())
	for i := range pages {
		pages[i] = int32(i)
	}
	run := func(pos, n int) func() error {
		r := &llama.Run{IDs: tokensOf(n), Cache: cache, Picks: []int32{int32(n - 1)}, Seqs: []tape.Seq{{Rows: n, Pos: pos, Pages: pages}}}
		return func() error { return f.Run(r) }
	}
	if prefill, err = pace(ctx, benchTokens, run(0, benchTokens)); err == nil {
		decode, err = pace(ctx, 1, run(benchTokens, 1))
	}
	return prefill, decode, err
}

func measureTraining(ctx context.Context, m *llama.Model) (uint64, error) {
	g, err := m.NewGradients(llama.GradConfig{Tokens: benchTokens})
	if err != nil {
		return 0, err
	}
	b := llama.Batch{IDs: tokensOf(benchTokens), Targets: tokensOf(benchTokens), Docs: []int{benchTokens}}
	return pace(ctx, benchTokens, func() error {
		if err := g.Zero(); err != nil {
			return err
		}
		return g.Add(b, 1./benchTokens, 0)
	})
}

// pace runs something for half a second, after once to warm up, and returns
// thousandths of a token a second of the fastest round.
func pace(ctx context.Context, tokens int, run func() error) (uint64, error) {
	best := time.Duration(1 << 62)
	for start, n := time.Now(), 0; n < 3 || time.Since(start) < time.Second/2; n++ {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		t := time.Now()
		if err := run(); err != nil {
			return 0, err
		}
		if n > 0 {
			best = min(best, time.Since(t))
		}
	}
	return uint64(float64(tokens) * 1000 / best.Seconds()), nil
}
