package op

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestAdapters: a row has the bits of its own adapter alone, computed by the
// reference with the plain operators, whatever stands beside it: other ranks,
// other formats, no adapter.
func TestAdapters(t *testing.T) {
	const seed = 21
	shapes := []struct{ k, n int }{{64, 48}, {257, 33}, {1030, 7}}
	ranks := []int{1, 8, 16, 17, 3, 40}
	for _, threads := range []int{1, 3} {
		es := engines(t, threads)
		for at, s := range shapes {
			r := rand.New(rand.NewPCG(seed, uint64(at)))
			const rows = 31
			x, y0 := randomMatrix(r, rows, s.k, s.k+at), randomMatrix(r, rows, s.n, s.n+at)
			type source struct {
				f            Format
				a, b         Matrix
				halfA, halfB []byte
				from, to     int
			}
			var sources []source
			for from := 0; from < rows; {
				rank, f := ranks[len(sources)%len(ranks)], []Format{F32, BF16, F16}[len(sources)%3]
				to := min(rows, from+1+r.IntN(9))
				if len(sources)%4 != 3 { // every fourth run has none
					sources = append(sources, source{f, randomMatrix(r, rank, s.k, s.k), randomMatrix(r, s.n, rank, rank),
						smallHalves(r, f, rank*s.k), smallHalves(r, f, s.n*rank), from, to})
				} else {
					sources = append(sources, source{})
				}
				from = to
			}
			var want []float32
			for i := len(es) - 1; i >= 0; i-- { // the reference first
				e, y := es[i], y0.clone()
				var runs []AdapterRows
				for q, p := range sources {
					if p.to == 0 {
						runs = append(runs, AdapterRows{})
						continue
					}
					runs = append(runs, AdapterRows{p.from, p.to, weightsOf(e, p.f, p.a, p.halfA), weightsOf(e, p.f, p.b, p.halfB), 0.25 * float32(q+1)})
				}
				if want == nil {
					w := y0.clone()
					for _, p := range runs {
						for row := p.From; row < p.To; row++ { // one row at a time
							u, d := NewMatrix(1, p.A.N()), NewMatrix(1, s.n)
							e.MatMul(u, x.Slice(row, row+1), p.A, MatMulOpt{})
							e.MatMul(d, u, p.B, MatMulOpt{})
							e.AddScaled(w.Slice(row, row+1), d, p.Scale)
						}
					}
					want = w.Data
				}
				e.AddAdapters(y, x, runs)
				sameBits(t, fmt.Sprintf("seed %d, %s, %d threads, %+v", seed, e.Kernels(), threads, s), y.Data, want)
			}
		}
	}
}

// smallHalves draws values whose products stay finite.
func smallHalves(r *rand.Rand, f Format, n int) []byte {
	x, b := make([]float32, n), make([]byte, 2*n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	if f == BF16 || f == F16 {
		Narrow(b, f, x)
	}
	return b
}

// TestAdaptersLarge: a run that all threads share has the bits of one that one
// thread does.
func TestAdaptersLarge(t *testing.T) {
	const rows, k, n, rank = 40, 700, 600, 64
	r := rand.New(rand.NewPCG(22, 0))
	x, y0 := randomMatrix(r, rows, k, k), randomMatrix(r, rows, n, n)
	a, b := randomMatrix(r, rank, k, k), randomMatrix(r, n, rank, rank)
	var want []float32
	for _, threads := range []int{1, 2, 5} {
		e := newEngine(t, "", threads)
		run := AdapterRows{2, rows, e.PackF32(a), e.PackF32(b), 0.5}
		if run.work() < sharedWork {
			t.Fatal("too small")
		}
		y := y0.clone()
		e.AddAdapters(y, x, []AdapterRows{run})
		if want == nil {
			want = y.Data
		}
		sameBits(t, fmt.Sprintf("%d threads", threads), y.Data, want)
	}
}

func TestAdaptersAllocateNothing(t *testing.T) {
	e := newEngine(t, "", 3)
	if e.Kernels() == "ref" {
		t.Skip("the reference allocates")
	}
	const rows, k, n, rank = 8, 96, 80, 8
	x, y := benchMatrix(rows, k), NewMatrix(rows, n)
	var runs []AdapterRows
	for i := range rows {
		runs = append(runs, AdapterRows{i, i + 1, e.PackF32(benchMatrix(rank, k)), e.PackF32(benchMatrix(n, rank)), 1})
	}
	run := func() { e.AddAdapters(y, x, runs) }
	for range 200 { // each worker meets work some time
		run()
	}
	if a := testing.AllocsPerRun(20, run); a != 0 {
		t.Errorf("%v allocations", a)
	}
}

// BenchmarkAdapters: a decoding step of 32 sequences, each with its own
// adapter of rank 8 of one 768x768 layer, beside one call per sequence.
func BenchmarkAdapters(b *testing.B) {
	const rows, k, n, rank, many = 32, 768, 768, 8, 512
	for _, f := range []Format{F32, BF16} {
		e := newEngine(b, "", 0)
		x, y := benchMatrix(rows, k), NewMatrix(rows, n)
		var all []AdapterRows // more than the caches hold
		for i := range many {
			all = append(all, AdapterRows{i % rows, i%rows + 1, weightsOf(e, f, benchMatrix(rank, k), make([]byte, 2*rank*k)),
				weightsOf(e, f, benchMatrix(n, rank), make([]byte, 2*n*rank)), 1})
		}
		at := 0
		next := func() []AdapterRows {
			at = (at + rows) % many
			return all[at : at+rows]
		}
		b.Run(f.String()+"/together", func(b *testing.B) {
			b.SetBytes(rows * int64(all[0].A.Bytes()+all[0].B.Bytes()))
			for b.Loop() {
				e.AddAdapters(y, x, next())
			}
		})
		b.Run(f.String()+"/one by one", func(b *testing.B) {
			b.SetBytes(rows * int64(all[0].A.Bytes()+all[0].B.Bytes()))
			u, d := NewMatrix(1, rank), NewMatrix(1, n)
			for b.Loop() {
				for i, r := range next() {
					e.MatMul(u, x.Slice(i, i+1), r.A, MatMulOpt{})
					e.MatMul(d, u, r.B, MatMulOpt{})
					e.AddScaled(y.Slice(i, i+1), d, 1)
				}
			}
		})
	}
}
