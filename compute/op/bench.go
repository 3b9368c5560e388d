package op

import (
	"fmt"
	"time"
	"unsafe"
)

// A BenchRow is the measured speed of one operator beside what the machine can
// do at most, measured in the same run.
type BenchRow struct {
	Operator, Format, Shape string
	Threads                 int
	Value                   float64 // in Unit
	Unit                    string  // "GFLOP/s", "GB/s" or "ns/element"
	Peak                    float64 // FMA peak or read bandwidth in the same unit; 0: no yardstick
}

// Ratio returns Value over Peak, 0 without a yardstick.
func (r BenchRow) Ratio() float64 {
	if r.Peak == 0 {
		return 0
	}
	return r.Value / r.Peak
}

// String returns one line of a table.
func (r BenchRow) String() string {
	s := fmt.Sprintf("%-14s %-5s %-22s %2d threads %9.3f %s", r.Operator, r.Format, r.Shape, r.Threads, r.Value, r.Unit)
	if r.Peak == 0 {
		return s
	}
	return s + fmt.Sprintf(" of %.1f, %.1f %%", r.Peak, 100*r.Ratio())
}

// A benchCase is one operator at one shape. prepare returns what one round runs.
type benchCase struct {
	operator, format, shape string
	flops, bytes, elements  float64 // per round; the first that is not 0 counts
	slow                    bool    // left out of a quick run
	prepare                 func(e *Engine) func()
}

// Bench measures the operators of engine e. quick takes a few seconds and skips
// large shapes.
func Bench(e *Engine, quick bool) []BenchRow {
	var rows []BenchRow
	memory := benchMemory(64 << 20)
	for _, c := range append(matrixBenches(), rowBenches()...) {
		if !quick || !c.slow {
			rows = append(rows, c.measure(e, memory, quick))
		}
	}
	return rows
}

// measure runs the case for a while and keeps the fastest round: others were
// disturbed by something that is not ours. The yardstick is taken before and
// after.
func (c benchCase) measure(e *Engine, memory []float32, quick bool) BenchRow {
	row := BenchRow{Operator: c.operator, Format: c.format, Shape: c.shape, Threads: e.threads}
	work, yardstick := c.elements, func() float64 { return 0 }
	switch {
	case c.flops > 0:
		work, row.Unit, yardstick = c.flops, "GFLOP/s", func() float64 { return MeasurePeak(e) / 1e9 }
	case c.bytes > 0:
		work, row.Unit, yardstick = c.bytes, "GB/s", func() float64 { return bandwidth(e, memory) / 1e9 }
	}
	budget := time.Second
	if quick {
		budget /= 5
	}
	run := c.prepare(e)
	run()
	row.Peak = yardstick()
	row.Value = work / fastest(budget, run) / 1e9
	row.Peak = max(row.Peak, yardstick())
	if row.Unit == "" {
		row.Value, row.Unit = 1/row.Value, "ns/element"
	}
	return row
}

// fastest returns the seconds of the fastest of several rounds.
func fastest(budget time.Duration, run func()) float64 {
	best, start := time.Duration(1<<62), time.Now()
	for n := 0; n < 3 || time.Since(start) < budget; n++ {
		t := time.Now()
		run()
		best = min(best, time.Since(t))
	}
	return best.Seconds()
}

// MeasurePeak returns the single-precision operations per second that e's
// threads reach on multiply-adds that touch no memory, in about 50 ms.
func MeasurePeak(e *Engine) float64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	j := &peakJob{k: &e.k.mat, rounds: 200_000}
	flops := float64(j.rounds * 24 * 2 * e.k.mat.lanes)
	if e.k.mat.peakFMA == nil {
		j.rounds = 20_000
		flops = float64(j.rounds * 2 * len(j.a))
	}
	return float64(e.threads) * flops / fastest(40*time.Millisecond, func() { e.pool.run(e.threads, j) })
}

type peakJob struct {
	k      *matKernels
	rounds int
	a      [64]float32
}

func (j *peakJob) do(_, _ int) {
	if j.k.peakFMA != nil {
		j.k.peakFMA(j.rounds)
		return
	}
	for range j.rounds {
		Chain(j.a[:], j.a[:])
	}
}

// MeasureBandwidth returns the bytes per second that e's threads read from more
// memory than the caches hold, in about 200 ms.
func MeasureBandwidth(e *Engine) float64 { return bandwidth(e, benchMemory(64<<20)) }

// Reader returns a function that reads so many bytes of memory once, with all
// threads of e and its best loop: the yardstick of what reads weights once, to
// be run in turn with it, since the bandwidth of a machine that is shared changes
// within seconds.
func Reader(e *Engine, bytes int) func() {
	memory := benchMemory(max(bytes/4, 1<<20))
	j := &readJob{k: &e.k.mat, memory: memory, parts: 4 * e.threads}
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.pool.run(j.parts, j)
	}
}

// benchMemory returns n floats of memory that exists: untouched pages would all
// be the same page of zeros.
func benchMemory(n int) []float32 {
	memory := alignedFloats(n)
	for i := 0; i < len(memory); i += 1024 {
		memory[i] = 1
	}
	return memory
}

func bandwidth(e *Engine, memory []float32) float64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	j := &readJob{k: &e.k.mat, memory: memory, parts: 4 * e.threads}
	read := 4 * j.parts * (len(memory) / j.parts / 1024 * 1024)
	return float64(read) / fastest(80*time.Millisecond, func() { e.pool.run(j.parts, j) })
}

type readJob struct {
	k      *matKernels
	memory []float32
	parts  int
}

func (j *readJob) do(i, _ int) {
	n := len(j.memory) / j.parts / 1024 * 1024
	part := j.memory[i*n : (i+1)*n]
	if j.k.peakRead != nil {
		j.k.peakRead(unsafe.Pointer(&part[0]), n/256, n)
		return
	}
	var sum float32
	for i := 0; i < len(part); i += 16 { // one value per cache line
		sum += part[i]
	}
	part[0] = sum - sum + 1
}

// matrixBenches lists the matrix products. The weights of products with few
// rows are taken in turn from more memory than the caches hold, as they are in
// a model.
func matrixBenches() []benchCase {
	const n = 4096
	var list []benchCase
	for _, f := range []Format{F32, BF16, F16, Q8} {
		for _, m := range []int{1, 2, 8, 16, 64, 256, 1024} {
			for slices := 1; slices <= 2; slices++ {
				if f != Q8 && slices == 2 {
					continue
				}
				c := benchCase{operator: "matmul", format: f.String(), shape: fmt.Sprintf("%dx%dx%d", m, n, n),
					flops: 2 * float64(m) * n * n, slow: m > 256,
					prepare: func(e *Engine) func() { return prepareMatMul(e, f, m, n, slices) }}
				if f == Q8 {
					c.format = fmt.Sprintf("q8/%d", slices)
				}
				if m == 1 {
					c.bytes, c.flops = float64(f.Bytes())*n*n, 0
				}
				list = append(list, c)
			}
		}
	}
	for _, size := range []int{256, 512, 1024, 2048} {
		for _, form := range []string{"NN", "NT", "TN"} {
			c := benchCase{operator: "gemm " + form, format: "f32", shape: fmt.Sprintf("%dx%dx%d", size, size, size),
				flops: 2 * float64(size) * float64(size) * float64(size), slow: size > 1024,
				prepare: func(e *Engine) func() {
					a, b, y := benchMatrix(size, size), benchMatrix(size, size), NewMatrix(size, size)
					return func() { e.Gemm(y, a, b, form[0] == 'T', form[1] == 'T', false) }
				}}
			list = append(list, c)
		}
	}
	for _, f := range []Format{F32, BF16, Q8} {
		const m = 512
		list = append(list, benchCase{operator: "matmulT", format: f.String(), shape: fmt.Sprintf("%dx%dx%d", m, n, n),
			flops: 2 * float64(m) * n * n, slow: true,
			prepare: func(e *Engine) func() {
				dx, dy, w := NewMatrix(m, n), benchMatrix(m, n), benchWeights(e, f, n)
				return func() { e.MatMulT(dx, dy, w, MatMulOpt{}) }
			}})
	}
	return list
}

func prepareMatMul(e *Engine, f Format, m, n, slices int) func() {
	weights := []*Weights{benchWeights(e, f, n)}
	for m <= 64 && len(weights)*weights[0].Bytes() < 256<<20 {
		weights = append(weights, benchWeights(e, f, n))
	}
	x, y := benchMatrix(m, n), NewMatrix(m, n)
	next := 0
	return func() {
		e.MatMul(y, x, weights[next%len(weights)], MatMulOpt{Slices: slices})
		next++
	}
}

func benchWeights(e *Engine, f Format, n int) *Weights {
	if f == BF16 || f == F16 {
		half := make([]byte, 2*n*n)
		for i := range half {
			half[i] = byte(40 + i%16)
		}
		return e.PackHalf(f, half, n, n)
	}
	if f == Q8 {
		return e.PackQ8(benchMatrix(n, n))
	}
	return e.PackF32(benchMatrix(n, n))
}

// benchMatrix returns values in [-1, 1) without a pattern that matters.
func benchMatrix(rows, cols int) Matrix {
	m := NewMatrix(rows, cols)
	x := uint32(1)
	for i := range m.Data {
		x = x*1664525 + 1013904223
		m.Data[i] = float32(int32(x)) * 0x1p-31
	}
	return m
}
