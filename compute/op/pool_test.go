package op

import (
	"sync/atomic"
	"testing"
)

// marks counts how often each piece is done, and by which workers.
type marks struct {
	done    [200]atomic.Int32
	workers [8]atomic.Int32
}

func (m *marks) do(i, worker int) {
	m.done[i].Add(1)
	m.workers[worker].Add(1)
}

func TestPoolDoesEachPieceOnce(t *testing.T) {
	for threads := 1; threads <= 8; threads++ {
		var p pool
		p.init(threads)
		for round := range 300 {
			m, n := new(marks), round%200
			p.run(n, m)
			for i := range m.done {
				want := int32(0)
				if i < n {
					want = 1
				}
				if got := m.done[i].Load(); got != want {
					t.Fatalf("threads %d, %d pieces: piece %d done %d times", threads, n, i, got)
				}
			}
			for w := threads; w < 8; w++ {
				if m.workers[w].Load() > 0 {
					t.Fatalf("threads %d: worker %d took part", threads, w)
				}
			}
		}
		p.close()
	}
}

func TestPoolAllocatesNothing(t *testing.T) {
	var p pool
	p.init(4)
	defer p.close()
	m := new(marks)
	p.run(100, m)
	if n := testing.AllocsPerRun(100, func() { p.run(100, m) }); n != 0 {
		t.Errorf("%v allocations per job", n)
	}
}

func TestEngineAfterClose(t *testing.T) {
	e := newEngine(t, "", 4)
	y, x, w := NewMatrix(64, 512), benchMatrix(64, 512), e.PackF32(benchMatrix(512, 512))
	e.MatMul(y, x, w, MatMulOpt{})
	e.Close()
	e.Close() // twice is harmless
	mustPanic(t, "op: engine used after Close", func() { e.MatMul(y, x, w, MatMulOpt{}) })
}
