package op

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// A job is work cut into independent pieces, each of which writes its own part
// of the output: which goroutine does a piece never shows.
type job interface {
	// do computes piece i. worker is in [0, threads) and picks scratch memory.
	do(i, worker int)
}

// A pool runs jobs on goroutines that live from the first parallel job to
// close, so that a job costs neither a goroutine nor an allocation. One job at
// a time; the caller takes part as worker 0.
type pool struct {
	threads int
	helpers []helper
	done    sync.WaitGroup

	job  job          // valid while state has the open bit
	n    int64        // number of pieces
	next atomic.Int64 // the next piece to hand out

	// state holds the open bit and the number of helpers inside the job. A
	// helper enters only while the bit is set, so one that wakes late finds the
	// door closed and the caller never waits for it.
	state   atomic.Int64
	started atomic.Uint64 // counts jobs; helpers watch it

	// ahead is what a thread that waits may read, so that it lies in its cache.
	ahead atomic.Pointer[ahead]
	read  func(p unsafe.Pointer, n, apart int) // peakRead; nil: there is none

	relax func(n int) // nil: there is none
	own   bool        // each thread can have a CPU of its own

	quit atomic.Bool
}

const poolOpen = 1 << 32

// helper is one goroutine's bed.
type helper struct {
	asleep atomic.Bool
	wake   chan struct{}
	_      [40]byte // keeps neighbours off one cache line
}

func (p *pool) init(threads int) { p.threads = threads }

// run calls j.do for every piece in [0, n) and returns when all are done.
func (p *pool) run(n int, j job) {
	if p.quit.Load() {
		panic("op: engine used after Close")
	}
	if p.threads == 1 || n <= 1 {
		for i := range n {
			j.do(i, 0)
		}
		return
	}
	if p.helpers == nil {
		p.start()
	}
	p.job, p.n = j, int64(n)
	p.next.Store(0)
	p.state.Store(poolOpen)
	p.started.Add(1)
	for i := range min(p.threads, n) - 1 {
		if h := &p.helpers[i]; h.asleep.CompareAndSwap(true, false) {
			h.wake <- struct{}{}
		}
	}
	p.work(0)
	p.state.Add(-poolOpen)
	waited := 0
	for p.state.Load() != 0 {
		p.pause(&waited)
	}
	p.job = nil
}

// work takes pieces until none is left.
func (p *pool) work(worker int) {
	for {
		i := p.next.Add(1) - 1
		if i >= p.n {
			return
		}
		p.job.do(int(i), worker)
	}
}

func (p *pool) start() {
	p.helpers = make([]helper, p.threads-1)
	p.own = p.relax != nil && p.threads <= runtime.GOMAXPROCS(0)
	p.done.Add(p.threads - 1)
	for i := range p.helpers {
		p.helpers[i].wake = make(chan struct{}, 1)
		go p.help(&p.helpers[i], i+1)
	}
}

// pause passes a moment of waiting, of which there were waited so far: it reads
// ahead if it can. Where the threads have CPUs of their own it keeps that for a
// while, since the scheduler of goroutines takes longer to come back than most
// operators; it lets others run where not, and when something is in the way.
func (p *pool) pause(waited *int) {
	*waited++
	switch {
	case p.fetch():
	case p.own && *waited < watch:
		p.relax(8)
	default:
		runtime.Gosched()
	}
}

// watch is how many moments a thread waits before it gives up its CPU: about as
// long as a small operator takes.
const watch = 400

// help is the life of one helper: wait for a job, take part, wait again. It
// watches for a while before it sleeps, because operators follow each other
// closely and waking a thread costs as much as a small operator.
func (p *pool) help(h *helper, worker int) {
	defer p.done.Done()
	seen := uint64(0)
	for {
		for waited := 0; p.started.Load() == seen; {
			if waited < watch {
				p.pause(&waited)
				continue
			}
			h.asleep.Store(true)
			if p.started.Load() == seen || !h.asleep.CompareAndSwap(true, false) {
				<-h.wake
			}
		}
		seen = p.started.Load()
		if p.quit.Load() {
			return
		}
		if p.enter() {
			p.work(worker)
			p.state.Add(-1)
		}
	}
}

// enter counts a helper in if the job is still open.
func (p *pool) enter() bool {
	for {
		s := p.state.Load()
		if s < poolOpen {
			return false
		}
		if p.state.CompareAndSwap(s, s+1) {
			return true
		}
	}
}

// close ends the helpers and waits for them.
func (p *pool) close() {
	p.quit.Store(true)
	p.started.Add(1)
	for i := range p.helpers {
		if h := &p.helpers[i]; h.asleep.CompareAndSwap(true, false) {
			h.wake <- struct{}{}
		}
	}
	p.done.Wait()
	p.helpers = nil
}
