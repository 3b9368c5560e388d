package op

import "fmt"

// A Sampler does what Sample and LogSumExp do beside its engine and other
// Samplers: the rows of a batch are drawn on several goroutines. It is not safe
// for concurrent use.
type Sampler struct {
	k    *rowKernels
	s    sampler
	exps []float32
}

// NewSampler returns a Sampler with the kernels of the engine.
func (e *Engine) NewSampler() *Sampler { return &Sampler{k: &e.row.rowKernels} }

// Sample is Engine.Sample among the tokens whose bit is set in allowed, as if
// there were no others; nil allows all. It also returns -1 if none is allowed.
//
//	logits (V)    allowed (V/64, rounded up), no bit beyond V
func (s *Sampler) Sample(logits []float32, allowed []uint64, c SampleConfig, u float32) int {
	checkSample(logits, c, u)
	if allowed != nil && len(allowed) != (len(logits)+63)/64 {
		panic(fmt.Sprintf("op: Sample: %d words allow some of %d tokens", len(allowed), len(logits)))
	}
	return s.s.sample(s.k, logits, allowed, c, u)
}

// LogSumExp is Engine.LogSumExp.
func (s *Sampler) LogSumExp(x []float32) float32 {
	if len(x) == 0 {
		panic("op: LogSumExp: no elements")
	}
	s.exps = grown(s.exps, len(x))
	m := s.k.max(x)
	return m + Log(s.k.expSum(s.exps[:len(x)], x, m))
}
