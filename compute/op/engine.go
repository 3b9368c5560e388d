package op

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
)

// KernelsEnv names the environment variable that picks the implementation when
// Config.Kernels is empty.
const KernelsEnv = "OPENLEDGER_KERNELS"

// Config says how an Engine computes. It never changes what is computed.
type Config struct {
	Threads int    // goroutines that compute, the caller included; 0: GOMAXPROCS
	Kernels string // "ref", "avx2", "avx512", "neon"; "": the fastest one here
}

// An Engine computes operators on this machine's CPU. Its methods may be called
// from any goroutine, one at a time: a second caller waits. After the first
// call with the same shapes they allocate nothing.
//
// Close ends the engine's goroutines; an engine that is never closed keeps them.
type Engine struct {
	mu      sync.Mutex // held during an operator
	k       *kernels
	pool    pool
	slab    slab
	mat     matScratch
	row     rowJob
	attn    attnJob
	block   blockJob
	train   trainJob
	adapter adapterJob
	signs   signJob
	threads int
}

// kernels is one implementation: a name and what it can do faster than the
// reference. A nil function means that the reference computes it.
type kernels struct {
	name string
	mat  matKernels
	row  rowKernels
	attn attnKernels
	half halfKernels
	sign signKernels
}

// reference is the implementation that defines the bits.
var reference = &kernels{name: "ref", row: referenceRows}

// New returns an engine. It starts no goroutine; the first large operator does.
func New(c Config) (*Engine, error) {
	if c.Threads < 0 {
		return nil, fmt.Errorf("op: %d threads; 0 means one per CPU", c.Threads)
	}
	if c.Threads == 0 {
		c.Threads = runtime.GOMAXPROCS(0)
	}
	if c.Kernels == "" {
		c.Kernels = os.Getenv(KernelsEnv)
	}
	if c.Kernels == "" {
		c.Kernels = Available()[0]
	}
	for _, k := range implementations() {
		if k.name == c.Kernels {
			return engineOf(k, c.Threads), nil
		}
	}
	return nil, fmt.Errorf("op: no kernels %q on this machine; available: %s",
		c.Kernels, strings.Join(Available(), ", "))
}

func engineOf(k *kernels, threads int) *Engine {
	e := &Engine{k: k, threads: threads}
	e.pool.init(threads)
	e.pool.read, e.pool.relax = k.mat.peakRead, k.mat.relax
	e.mat.init(threads)
	e.row.init(k.row, threads)
	e.attn.init(threads)
	e.block.init(&k.attn, threads)
	e.block.read = k.mat.peakRead
	e.train.init(&k.attn, threads)
	return e
}

// Available names the implementations that this machine can run, the fastest
// first and "ref" last.
func Available() []string {
	var names []string
	for _, k := range implementations() {
		names = append(names, k.name)
	}
	return names
}

// Kernels returns the name of the implementation in use.
func (e *Engine) Kernels() string { return e.k.name }

// Threads returns how many goroutines compute, the caller included.
func (e *Engine) Threads() int { return e.threads }

// Close waits for the operator in progress and ends the engine's goroutines.
// The engine must not be used afterwards.
func (e *Engine) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.pool.close()
}
