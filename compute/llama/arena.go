package llama

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/openledger/openledger/compute/lora"
	"github.com/openledger/openledger/compute/tape"
)

// An Arena is one block of memory for the keys and values of sequences and for
// adapters; see tape.Arena.
type Arena struct {
	m         *Model
	a         tape.Arena
	cache     tape.Cache
	pageBytes int
	linears   []lora.Linear
}

// NewArena makes an arena.
func (m *Model) NewArena(bytes int) (*Arena, error) {
	b, ok := m.backend.(tape.ArenaBackend)
	if !ok {
		return nil, fmt.Errorf("llama: the backend %T has no arenas", m.backend)
	}
	c := tape.CacheConfig{Layers: m.Config.Layers, Attn: m.Config.Attn(0)}
	a := &Arena{m: m, pageBytes: c.PageBytes(), linears: m.Config.Linears()}
	var err error
	if a.a, err = b.Arena(bytes / a.pageBytes * a.pageBytes); err == nil {
		a.cache, err = a.a.Cache(c)
	}
	if err != nil {
		return nil, fmt.Errorf("llama: an arena of %d bytes, a page has %d: %w", bytes, a.pageBytes, err)
	}
	return a, nil
}

// Cache returns the KV cache on the arena.
func (a *Arena) Cache() tape.Cache { return a.cache }

// PageBytes returns the memory of one page of the cache in all layers; page i
// lies at i·PageBytes.
func (a *Arena) PageBytes() int { return a.pageBytes }

// A Loading is an adapter on its way into an arena, block by block: its Adapter
// can run at once, and waits where it is not there yet.
type Loading struct {
	Adapter *tape.Adapter
	Modules int   // linear layers that it changes
	Blocks  []int // bytes of the part for each layer of the model that has one, and for the output layer

	a      *Arena
	parts  [][]loadingPart // by block
	ready  atomic.Int64    // modules below this are there
	failed atomic.Bool
	mu     sync.Mutex
	more   sync.Cond
	there  []bool // by block
	blocks int    // that are there, counted from the first one without a gap
}

type loadingPart struct {
	adapterPart
	module int
}

// Begin fits an adapter to the model; what does not fit is a
// *lora.CoverageError.
func (a *Arena) Begin(f *lora.Files) (*Loading, error) {
	fitted, err := f.Fit(a.linears)
	if err != nil {
		return nil, err
	}
	l := &Loading{a: a, Modules: len(fitted), Adapter: &tape.Adapter{Modules: make([]tape.AdapterModule, len(a.linears))}}
	l.more.L = &l.mu
	l.Adapter.Wait = l.wait
	perLayer, block := len(a.m.Config.linears()), -1
	for i, module := 0, 0; i < len(fitted); module++ { // both are in the order of the model
		p := &fitted[i]
		if a.linears[module].Name != p.Name {
			continue
		}
		if n := module / perLayer; n != block {
			block = n
			l.parts, l.Blocks = append(l.parts, make([]loadingPart, 0, perLayer)), append(l.Blocks, 0)
		}
		part := loadingPart{adapterPart{p.Name, p.Scale, stored(p.A), stored(p.B)}, module}
		last := len(l.parts) - 1
		l.parts[last] = append(l.parts[last], part)
		l.Blocks[last] += a.bytes(&part.a) + a.bytes(&part.b)
		i++
	}
	l.there = make([]bool, len(l.parts))
	return l, nil
}

func (a *Arena) bytes(t *tape.Tensor) int { return a.a.WeightsBytes(t.Type, t.Rows, t.Cols) }

// Load copies block i to the bytes of the arena from at on, aligned to
// tape.ArenaAlign. Different blocks may be loaded at the same time. After an
// error the adapter is of no use; nothing waits for it.
func (l *Loading) Load(i, at int) error {
	for _, p := range l.parts[i] {
		var both [2]tape.Weights
		for k, t := range []tape.Tensor{p.a, p.b} {
			var err error
			if bad := notFinite(t.Data, t.Type); bad >= 0 {
				err = fmt.Errorf("element %d is an infinity or NaN; the adapter is broken", bad)
			} else {
				both[k], err = l.a.a.Weights(at, t)
			}
			if err != nil {
				l.fail()
				return fmt.Errorf("adapter of %s: lora_%c: %w", p.name, 'A'+k, err)
			}
			at += l.a.bytes(&t)
		}
		l.mu.Lock()
		if !l.Failed() { // else a run may be looking at it
			l.Adapter.Modules[p.module] = tape.AdapterModule{A: both[0], B: both[1], Scale: p.scale}
		}
		l.mu.Unlock()
	}
	l.mu.Lock()
	for l.there[i] = true; l.blocks < len(l.there) && l.there[l.blocks]; l.blocks++ {
	}
	n := len(l.Adapter.Modules)
	if l.blocks < len(l.parts) {
		n = l.parts[l.blocks][0].module
	}
	l.mu.Unlock()
	l.publish(n)
	return nil
}

// Failed tells whether a Load has failed. A run that has waited for a module and
// then finds false had all of the adapter.
func (l *Loading) Failed() bool { return l.failed.Load() }

// fail says that nothing more will come: a run must not wait.
func (l *Loading) fail() {
	l.mu.Lock()
	l.failed.Store(true)
	l.mu.Unlock()
	l.publish(len(l.Adapter.Modules))
}

// publish says that all modules below n are there, or will not be.
func (l *Loading) publish(n int) {
	l.mu.Lock()
	l.ready.Store(max(l.ready.Load(), int64(n)))
	l.mu.Unlock()
	l.more.Broadcast()
}

func (l *Loading) wait(module int) {
	if int64(module) < l.ready.Load() {
		return
	}
	l.mu.Lock()
	for int64(module) >= l.ready.Load() {
		l.more.Wait()
	}
	l.mu.Unlock()
}
